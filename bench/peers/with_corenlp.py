"""Who said what by CoreNLP: its program with the annotator `quote`, which finds quotations and who speaks them, but no cues.

usage: with_corenlp.py FOLDER OUT.jsonl

Writes a line an article in the form of ../shared/tools/score.py. The annotators are those that `quote` asks for, as it comes. Quotations
by the same mention of a speaker are one attribution in pieces, which helps CoreNLP; one without a mention in the text has no source.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

JARS = pathlib.Path(__file__).resolve().parent.parent.parent / "build" / "peers" / "corenlp"
ANNOTATORS = "tokenize,pos,lemma,ner,depparse,coref,quote"


def code_points(text):
    """From Java's positions, UTF-16 units, to code points."""
    at = []
    for i, character in enumerate(text):
        at += [i] * (2 if ord(character) > 0xFFFF else 1)
    return at + [len(text)]


def attributions(text, answer):
    at = code_points(text)
    tokens = [token for sentence in answer["sentences"] for token in sentence["tokens"]]
    by_source = {}
    for quote in answer["quotes"]:
        source = []
        if "mentionBegin" in quote:
            first, last = tokens[quote["mentionBegin"]], tokens[quote["mentionEnd"]]
            source = [[at[first["characterOffsetBegin"]], at[last["characterOffsetEnd"]]]]
        item = by_source.setdefault(str(source) if source else quote["id"], {"cue": [], "source": source, "content": []})
        item["content"].append([at[quote["beginIndex"]], at[quote["endIndex"]]])
    return list(by_source.values())


def main():
    paths = sorted(pathlib.Path(sys.argv[1]).glob("*.txt"))
    with tempfile.TemporaryDirectory() as temporary, open(sys.argv[2], "w", encoding="utf-8") as file:
        folder = pathlib.Path(temporary)
        (folder / "list").write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
        command = ["java", "-Xmx4g", "-cp", f"{JARS}/*", "edu.stanford.nlp.pipeline.StanfordCoreNLP", "-annotators", ANNOTATORS,
                   "-fileList", folder / "list", "-outputFormat", "json", "-outputDirectory", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for path in paths:
            answer = json.loads((folder / f"{path.name}.json").read_text(encoding="utf-8"))
            found = attributions(path.read_bytes().decode("utf-8"), answer)
            file.write(json.dumps({"id": path.stem, "attributions": found}) + "\n")


if __name__ == "__main__":
    main()
