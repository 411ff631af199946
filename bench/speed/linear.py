#!/usr/bin/env python3
"""Time against length on hostile texts: t(2n)/t(n) must stay near 2, whatever the text.

usage: linear.py [--program build/sayso] [--layers sections] [--bytes 1000000] [--limit 2.3]

Each text is made in two lengths, n and 2n; each is read by a run of its own, three times, the best time counts, and what the program
needs for an empty text is taken off. A text that is read in less than 10 ms tells nothing and is made longer. Exit status 1 when a ratio
is over the limit.
"""
import argparse
import pathlib
import resource
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

NEWS = ("Dock owners and the United Dockers’ Front are holding secret talks, the minister said on Monday. “We keep hearing that the owners "
        "intend to hire crews abroad,” she said. The owners’ association did not respond.\n\n")

# What is repeated, by name; of two pieces first the one, then as often the other.
TEXTS = {
    "news": NEWS,
    "one line": NEWS.replace("\n", " "),
    "one word": "a",
    "words": "port ",
    "capitals": "PORT ",
    "short lines": "Port\n",
    "short paragraphs": "The port\n\n",
    "blank lines": "\n",
    "line ends CR LF": "\r\n",
    "blanks": " ",
    "straight marks": "\"",
    "straight marks apart": "\" ",
    "opening marks": "“",
    "closing marks": "”",
    "marks, words": "“a ",
    "marks of two kinds": ("“a ", "x» "),
    "marks in single marks": ("‘a ", "“b” "),
    "single marks": "’",
    "single marks apart": "' ",
    "possessives": "owners’ ",
    "guillemets": "«",
    "opening brackets": "(",
    "brackets in brackets": ("(", ")"),
    "closing brackets": ")",
    "brackets": "(a) ",
    "mixed brackets": "([",
    "notes": "(a – ed.) ",
    "hyphens": "-",
    "hyphenated": "a-",
    "capitals, hyphens": "A-",
    "dashes": "—",
    "dashes apart": "— ",
    "stops": ".",
    "stops apart": ". ",
    "initials": "J. ",
    "dotted": "a.b",
    "colons": ":",
    "turns": "SMITH: No.\n",
    "labels": "A: ",
    "places": "VESTRAND, ",
    "dates": "March 4, 2016 ",
    "date lines": "March 4, 2016\n\n",
    "bylines": "By Jane Doe\n\n",
    "list": "• a\n",
    "dialogue": "– No.\n\n",
    "quoted lines": "> a\n",
    "quoted paragraphs": "“a\n\n",
    "colon paragraphs": "He said:\n\n“Yes\n\n",
    "credits": "Photo: Jane Doe\n\n",
    "captions": "A quay. (AP Photo/Jane Doe)\n\n",
    "embeds": "— Jane (@jane) March 4, 2016\n",
    "addresses": "a.com/",
    "mail": "a@b.",
    "digits": "1",
    "numbers": "1-",
    "commas": ",",
    "slashes": "/",
    "credits in brackets": ("(reporting by ", ")"),
    "notes in brackets": ("(ed. note: ", ")"),
    "emoji": "👩\u200d",
    "marks on a letter": "\u0301",
    "flags": "🇳",
    "right to left": "שלום ",
    "Chinese": "港口",
    "controls": "\u202b",
}


def repeat(piece, count):
    return "".join(part * count for part in piece) if isinstance(piece, tuple) else piece * count


def measure(command, path):
    """Seconds of processor time: what others do on the machine counts less than in time by the clock."""
    best = float("inf")
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([*command, path], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build" / "sayso")
    parser.add_argument("--layers", default="sections")
    parser.add_argument("--bytes", type=int, default=1_000_000)
    parser.add_argument("--limit", type=float, default=2.3)
    parser.add_argument("--only", help="texts whose name has this in it")
    args = parser.parse_args()
    if not args.program.exists():
        sys.exit(f"linear.py: {args.program} is not there. Build it: make")
    command = [args.program, "read", "--layers", args.layers, "--format", "jsonl"]
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "text.txt"
        path.write_text("\n", encoding="utf-8")
        start = measure(command, path)
        print(f"{'':22}{'bytes':>10}{'t(n) ms':>9}{'t(2n) ms':>10}{'ratio':>7}")
        for name, piece in TEXTS.items():
            if args.only and args.only not in name:
                continue
            size = len(repeat(piece, 1).encode())
            count = max(1, args.bytes // size)
            for _ in range(5):
                path.write_text(repeat(piece, count), encoding="utf-8")
                once = measure(command, path) - start
                # Below this the clock and the start of a program are larger than what is measured.
                if once >= 0.01:
                    break
                count *= 4
            # A neighbour on the machine can slow one of the two: what is over the limit is measured again.
            for _ in range(3):
                path.write_text(repeat(piece, 2 * count), encoding="utf-8")
                twice = measure(command, path) - start
                ratio = twice / max(once, 1e-6)
                if ratio <= args.limit:
                    break
                path.write_text(repeat(piece, count), encoding="utf-8")
                once = measure(command, path) - start
            worst = max(worst, ratio)
            over = "  over the limit" if ratio > args.limit else ""
            print(f"{name:22}{count * size:>10}{1000 * once:>9.1f}{1000 * twice:>10.1f}{ratio:>7.2f}{over}", flush=True)
    print(f"{'worst':22}{worst:>36.2f}")
    sys.exit(worst > args.limit)


if __name__ == "__main__":
    main()
