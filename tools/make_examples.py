#!/usr/bin/env python3
"""Makes the real example articles from GUM: tools/make_examples.py [../shared/data/gum]

Writes examples/NAME.txt, plain text rebuilt from GUM's sentences (`# text`), one block a paragraph, headline first, speakers of an
interview set before their turns, and examples/LICENSE-GUM.txt, which says whose each text is. Only GUM's news and interviews
are taken: they are Wikinews, CC BY 2.5; other genres have other licences. Only documents of the training part are taken, so that
what the examples show is never a measurement. Run it again when the list below changes; the files it makes are committed.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ARTICLES = ["news_afghan", "news_clock", "news_hackers", "news_taxes", "news_warming", "interview_daly"]

LICENCE = """\
The articles below are from Wikinews (https://en.wikinews.org), by its contributors, under the Creative Commons Attribution
2.5 licence: https://creativecommons.org/licenses/by/2.5/

They were taken from GUM, the Georgetown University Multilayer corpus (https://gucorpling.org/gum/; Amir Zeldes, "The GUM Corpus:
Creating Multilayer Resources in the Classroom", Language Resources and Evaluation 51(3), 2017, 581-612), whose annotators
divided them into sentences and paragraphs, under the Creative Commons Attribution 4.0 licence:
https://creativecommons.org/licenses/by/4.0/

Changed: sentences were joined into paragraphs again, links and pictures are left out (captions are kept), and in interviews the
speaker's name stands before each turn. Made by tools/make_examples.py.

harbour.txt is none of them: it is part of sayso and invented.

"""


def read_conllu(path):
    """The meta lines as a dict, and the paragraphs: [(speaker or None, text)]."""
    meta, paragraphs = {}, []
    new, speaker, text = True, None, None
    last = glue = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# meta::"):
            key, value = line[len("# meta::"):].split(" = ", 1)
            meta[key] = value
        elif line == "# newpar":
            new, speaker = True, None
        elif line.startswith("# speaker = "):
            # "MarymeganDaly" is how GUM writes "Marymegan Daly".
            speaker = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", line[len("# speaker = "):])
        elif line.startswith("# text = "):
            text = line[len("# text = "):]
        elif not line and text is not None:
            if new:
                paragraphs.append((speaker, text))
            else:
                paragraphs[-1] = (paragraphs[-1][0], paragraphs[-1][1] + glue + text)
            glue = "" if "SpaceAfter=No" in last else " "
            new, text = False, None
        elif re.match(r"\d+(-\d+)?\t", line):
            last = line.split("\t")[9]
    # Some documents have headline and date in one block.
    head, title = paragraphs[0][1], meta["title"]
    if head.startswith(title) and head != title:
        paragraphs[0:1] = [(None, title), (None, head[len(title):].strip())]
    return meta, paragraphs


def main():
    gum = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "../shared/data/gum"
    if not (gum / "train/dep").is_dir():
        sys.exit(f"make_examples: {gum} is not GUM (it has no train/dep); give its folder as the argument.")
    licence = LICENCE
    for article in ARTICLES:
        meta, paragraphs = read_conllu(gum / f"train/dep/GUM_{article}.conllu")
        assert "en.wikinews.org" in meta["sourceURL"], article
        name = article.split("_")[1] + ".txt"
        blocks = [f"{speaker}: {text}" if speaker else text for speaker, text in paragraphs]
        (ROOT / "examples" / name).write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
        licence += f'{name}\n  "{meta["title"]}", Wikinews, {meta["dateCreated"]}\n  {meta["sourceURL"]}\n  GUM_{article}\n'
    (ROOT / "examples/LICENSE-GUM.txt").write_text(licence, encoding="utf-8")


if __name__ == "__main__":
    main()
