#!/usr/bin/env python3
"""Words and sentences on the development parts of EWT and GUM, by the CoNLL 2018 measure.

usage: words.py [--data ../shared/data] [--program build/sayso_conllu] [--scorer FILE] [--part dev|train]

The scorer is the shared task's conll18_ud_eval.py. PyPI's package `stanza` (up to 1.9.2) holds it as stanza/utils/conll18_ud_eval.py:
give its path, or have that package installed. Raw text is made from the treebanks' own words and spaces: paragraphs apart by a blank
line, sentences in one by a space. GUM's reddit documents have no text and are left out.
"""
import argparse
import importlib.util
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def load_scorer(path):
    if path is None:
        package = importlib.util.find_spec("stanza")
        if package is None:
            print("words.py: left out: no scorer. Give the path of conll18_ud_eval.py with --scorer, or install PyPI's stanza 1.9.2.")
            sys.exit(0)
        path = pathlib.Path(package.origin).parent / "utils" / "conll18_ud_eval.py"
    spec = importlib.util.spec_from_file_location("conll18_ud_eval", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def raw_text(paths):
    """The plain text of CoNLL-U files."""
    paragraphs = [""]
    for path in paths:
        skip_to, glue = 0, True
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# newdoc") or line == "# newpar" or line.startswith("# newpar id"):
                paragraphs.append("")
            if not line:
                skip_to = 0
            if not line or line.startswith("#"):
                continue
            number, form, misc = line.split("\t")[0], line.split("\t")[1], line.split("\t")[9]
            if "." in number:
                continue
            if "-" in number:
                skip_to = int(number.split("-")[1])
            elif int(number) <= skip_to:
                continue
            paragraphs[-1] += form + ("" if "SpaceAfter=No" in misc.split("|") else " ")
    return "\n\n".join(p.strip() for p in paragraphs if p.strip()) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build" / "sayso_conllu")
    parser.add_argument("--scorer", type=pathlib.Path)
    parser.add_argument("--part", choices=["dev", "train"], default="dev")
    parser.add_argument("--keep", type=pathlib.Path, help="folder for the texts and answers")
    args = parser.parse_args()
    if not args.program.exists():
        sys.exit(f"words.py: {args.program} is not there. Build it: cmake --build build --target sayso_conllu")
    if not args.data.is_dir():
        sys.exit(f"words.py: {args.data} is not there; this measurement needs the shared data.")
    scorer = load_scorer(args.scorer)
    sets = {"EWT": [args.data / "ewt" / f"{args.part}.conllu"],
            "GUM": sorted(p for p in (args.data / "gum" / args.part / "dep").glob("*.conllu") if "reddit" not in p.name)}
    print(f"{args.part:8}{'Tokens':>9}{'Sentences':>11}{'Words':>9}   (F1)")
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or pathlib.Path(temporary)
        folder.mkdir(exist_ok=True)
        for name, paths in sets.items():
            text, gold, answer = (folder / f"{name}.{end}" for end in ("txt", "gold.conllu", "conllu"))
            text.write_text(raw_text(paths), encoding="utf-8")
            gold.write_text("".join(p.read_text(encoding="utf-8").rstrip("\n") + "\n\n" for p in paths), encoding="utf-8")
            answer.write_bytes(subprocess.run([args.program, text], check=True, stdout=subprocess.PIPE).stdout)
            result = scorer.evaluate(scorer.load_conllu_file(str(gold)), scorer.load_conllu_file(str(answer)))
            print(f"{name:8}" + "".join(f"{100 * result[m].f1:>{w}.2f}" for m, w in (("Tokens", 9), ("Sentences", 11), ("Words", 9))))


if __name__ == "__main__":
    main()
