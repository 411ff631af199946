"""CoreNLP: who said what by its annotator `quote`, which finds quotations and who speaks them, but no cues; or names and coreference.

usage: with_corenlp.py FOLDER OUT.jsonl [--mentions]

Writes a line an article in the form of ../shared/tools/score.py. The annotators are those that `quote` asks for, as it comes. Quotations
by the same mention of a speaker are one attribution in pieces, which helps CoreNLP; one without a mention in the text has no source.

With --mentions a line holds {"id", "names": [[begin, end, type], …], "mentions": [[begin, end, kind, null, cluster], …]}. Coreference is the
statistical one with its own settings, except that clusters of one mention are kept. LOCATION, CITY, COUNTRY and STATE_OR_PROVINCE are places;
NATIONALITY, TITLE and all others are dropped, and so are the pronouns that it calls names of persons. A line break ends a sentence.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

JARS = pathlib.Path(__file__).resolve().parent.parent.parent / "build" / "peers" / "corenlp"
QUOTES = ["-annotators", "tokenize,pos,lemma,ner,depparse,coref,quote"]
MENTIONS = ["-annotators", "tokenize,pos,lemma,ner,depparse,coref", "-coref.algorithm", "statistical", "-coref.removeSingletonClusters", "false",
            "-ssplit.newlineIsSentenceBreak", "always"]
TYPES = {"PERSON": "PER", "ORGANIZATION": "ORG", "LOCATION": "LOC", "CITY": "LOC", "COUNTRY": "LOC", "STATE_OR_PROVINCE": "LOC"}
KINDS = {"PROPER": "name", "PRONOMINAL": "pronoun", "NOMINAL": "nominal", "LIST": "nominal"}


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


def mentions(text, answer):
    at = code_points(text)
    names, found = [], []
    for sentence in answer["sentences"]:
        for name in sentence["entitymentions"]:
            if name["ner"] in TYPES and not sentence["tokens"][name["tokenBegin"]]["pos"].startswith("PRP"):
                names.append([at[name["characterOffsetBegin"]], at[name["characterOffsetEnd"]], TYPES[name["ner"]]])
    for cluster, chain in answer["corefs"].items():
        for one in chain:
            tokens = answer["sentences"][one["sentNum"] - 1]["tokens"]
            begin, end = tokens[one["startIndex"] - 1]["characterOffsetBegin"], tokens[one["endIndex"] - 2]["characterOffsetEnd"]
            found.append([at[begin], at[end], KINDS[one["type"]], None, int(cluster)])
    return {"names": names, "mentions": found}


def main():
    paths = sorted(pathlib.Path(sys.argv[1]).glob("*.txt"))
    wanted = sys.argv[3:] == ["--mentions"]
    with tempfile.TemporaryDirectory() as temporary, open(sys.argv[2], "w", encoding="utf-8") as file:
        folder = pathlib.Path(temporary)
        (folder / "list").write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
        command = ["java", "-Xmx4g", "-cp", f"{JARS}/*", "edu.stanford.nlp.pipeline.StanfordCoreNLP", *(MENTIONS if wanted else QUOTES),
                   "-fileList", folder / "list", "-outputFormat", "json", "-outputDirectory", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for path in paths:
            answer = json.loads((folder / f"{path.name}.json").read_text(encoding="utf-8"))
            text = path.read_bytes().decode("utf-8")
            found = mentions(text, answer) if wanted else {"attributions": attributions(text, answer)}
            file.write(json.dumps({"id": path.stem, **found}) + "\n")


if __name__ == "__main__":
    main()
