#!/usr/bin/env python3
"""The worked example and twelve articles of our own, row by row: chain, firmness, circumstances, retellings, entities, sections, summary.

usage: articles.py [--program build/sayso] [--model WEIGHTS] [--shared ../shared] [--failing]

tests/articles/ holds the articles and what a right reading of each says, in the form of ../shared/examples/harbour.expected.json; two models of language wrote
and marked six each by FORMAT.md and MARKING.md before they saw any output. ../shared/tools/rows.py counts the rows that hold. Nothing was trained on them, but
rules were written with their failing rows in sight, and with the worked example's.
"""
import argparse
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build" / "sayso"))
    parser.add_argument("--model")
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    parser.add_argument("--failing", action="store_true", help="print the rows that fail")
    args = parser.parse_args()
    if not (args.shared / "tools" / "rows.py").exists():
        print(f"articles.py: left out: there is no {args.shared / 'tools' / 'rows.py'}")
        return
    sys.path.insert(0, str(args.shared / "tools"))
    import rows

    model = ["--model", args.model] if args.model else []
    held = asked = 0
    for text in [args.shared / "examples" / "harbour.txt", *sorted((ROOT / "tests" / "articles").glob("*.txt"))]:
        out = subprocess.run([args.program, "read", "--format", "json", *model, str(text)], capture_output=True, check=True, text=True).stdout
        expected = json.loads(text.with_suffix(".expected.json").read_text(encoding="utf-8"))
        results = list(rows.rows(expected, json.loads(out)))
        good = sum(ok for _, ok in results)
        if text.parent.name == "articles":
            held, asked = held + good, asked + len(results)
        print(f"{text.stem:18} {good:4} of {len(results)} rows  {100 * good / len(results):5.1f} %")
        if args.failing:
            for name, ok in results:
                if not ok:
                    print("    fails:", name)
    print(f"{'the twelve':18} {held:4} of {asked} rows  {100 * held / asked:5.1f} %")


if __name__ == "__main__":
    main()
