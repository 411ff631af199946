#!/usr/bin/env python3
"""Attributions on PolNeAR's development part, by the published scorer and by `sayso eval`, and the worked example row by row.

usage: attributions.py [--shared ../shared] [--program build/sayso] [--boot 1000] [--keep FOLDER]

Prints all cue-aligned rows, recall by kind of gold content and 95% intervals; then how far `sayso eval` is from the scorer (four digits must be
equal); then the rows of the worked example that issue 3 asks for. Exit status 1 when eval differs or something is no reading.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

from scoring import load

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# Issue 3: of these the content, cue, source span, quotation and type; and every section but background.
ASKED = ("a1", "a2", "a3", "a6", "a9", "a10", "a11", "a12", "a13", "a14")
ROW = re.compile(r"(a\d+) \(.*\) (content|cue|source|source: none expressed|quotation .*|type .*)$", re.S)


def blocks_of(printed):
    """What score.py printed, by the names in brackets."""
    return dict(re.findall(r"^(\[[^\]]+\].*?)\n(.*?)(?=\n\n|\Z)", printed, re.M | re.S))


def differences(ours, theirs):
    """Figures of two of the scorer's JSON objects that differ when written to four digits."""
    for block, metrics in theirs.items():
        for metric, figures in metrics.items():
            for name, one, other in zip(("P", "R", "F1"), ours.get(block, {}).get(metric, (None, None, None)), figures):
                if one is None or f"{one:.4f}" != f"{other:.4f}":
                    yield f"{block}, {metric}, {name}: {one} against {other}"


def is_asked(name):
    found = ROW.match(name)
    return (found and found[1] in ASKED) or (name.startswith("section ") and "background" not in name)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build" / "sayso")
    parser.add_argument("--boot", type=int, default=1000)
    parser.add_argument("--keep", type=pathlib.Path, help="folder for what the program answered")
    args = parser.parse_args()
    gold, tools, examples = args.shared / "data/polnear/dev.jsonl", args.shared / "tools", args.shared / "examples"
    if not gold.is_file():
        print(f"attributions.py: left out: {gold} is not there.")
        return 0
    if not args.program.is_file():
        sys.exit(f"attributions.py: {args.program} is not there. Build it: make")
    wrong = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or pathlib.Path(temporary)
        texts, system = folder / "texts", folder / "system.jsonl"
        texts.mkdir(parents=True, exist_ok=True)
        documents = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
        for document in documents:
            (texts / f"{document['id']}.txt").write_bytes(document["text"].encode())
        begun = time.time()
        readings = subprocess.run([args.program, "read", "-q", "--format", "jsonl", texts], check=True, stdout=subprocess.PIPE).stdout
        print(f"{subprocess.run([args.program, '--version'], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()}; "
              f"{len(documents)} articles read in {time.time() - begun:.1f} s")
        (folder / "readings.jsonl").write_bytes(readings)
        for line, document in zip(readings.decode().splitlines(), sorted(documents, key=lambda d: f"{d['id']}.txt".encode())):
            if json.loads(line)["document"]["text"] != document["text"]:
                sys.exit(f"attributions.py: the text of {document['id']} is another one")
        system.write_bytes(subprocess.run([sys.executable, tools / "to_score.py", "--top"], input=readings, check=True, stdout=subprocess.PIPE).stdout)

        score = [sys.executable, tools / "score.py", gold, system]
        blocks = blocks_of(subprocess.run([*score, "--types", "--boot", str(args.boot)], check=True, stdout=subprocess.PIPE, text=True).stdout)
        for name, rows in blocks.items():
            if name.startswith(("[cue-aligned]", "[types cue-aligned]", "[95%")):
                print(f"\n{name}\n{rows}")

        theirs = json.loads(subprocess.run([*score, "--json"], check=True, stdout=subprocess.PIPE).stdout)
        for what, more in (("the same readings", [system]), ("gold's texts, read by itself", [])):
            ours = json.loads(subprocess.run([args.program, "eval", "--json", "--top", gold, *more], check=True, stdout=subprocess.PIPE).stdout)
            found = list(differences(ours, theirs))
            wrong += len(found)
            print(f"\nsayso eval on {what}: {sum(len(m) for b in theirs.values() for m in b.values()) * 3} figures, {len(found)} differ from the scorer's in four digits",
                  *found[:10], sep="\n")

        answer = json.loads(subprocess.run([args.program, "read", "--format", "json", examples / "harbour.txt"], check=True, stdout=subprocess.PIPE).stdout)
        expected = json.loads((examples / "harbour.expected.json").read_text(encoding="utf-8"))
        rows = [(name, holds) for name, holds in load(tools / "rows.py").rows(expected, answer) if is_asked(name)]
        print(f"\nworked example, what issue 3 asks for: {sum(h for _, h in rows)} of {len(rows)} rows")
        for name, holds in rows:
            if not holds:
                print(f"  fails: {name}")
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main())
