#!/usr/bin/env python3
"""sayso beside what others install from PyPI or Maven: how right, how fast, how large. One table.

usage: run.py [--only NAME …] [--repeats 5] [--program build/sayso] [--model FILE] [--shared ../shared] [--articles 1000] [--keep FOLDER]

NAME     spacy (its parser alone: the yardstick of speed), textacy, corenlp; sayso is always run. Without --only all that
         bench/peers/setup.sh has installed; CoreNLP is slow and runs once, whatever --repeats says.
right    F1 on PolNeAR's development articles by ../shared/tools/score.py, sayso through to_score.py --top. CoreNLP finds no cues: it is
         aligned by content, and its figures aligned by cue mean nothing.
fast     articles of 800 words (by blanks) a second of CPU: the whole program on one processor with one thread, and the same with what the
         program needs for one paragraph taken off. All programs take turns in each repeat; ratios are made within a repeat.
large    the most resident memory over the same articles; sayso's also over --articles (PolNeAR's, repeated; 0 leaves it out).
Figures are medians, in brackets the least and the most. Without ../shared only the shipped articles are read, and nothing is scored.
"""
import argparse
import itertools
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(ROOT / "bench" / "speed"), str(ROOT / "bench" / "quality")]
from scoring import load
from start import article_texts, measure

BUILT = ROOT / "build" / "peers"
PYTHON = BUILT / "python" / "bin" / "python"
# By name: what setup.sh calls it, the file with its pinned version, and what runs bench/peers/with_NAME.py.
PEERS = {"spacy": ("python", "requirements.txt", PYTHON), "textacy": ("python", "requirements.txt", PYTHON), "corenlp": ("corenlp", "pom.xml", sys.executable)}
ONCE = {"corenlp"}
PARAGRAPH = "The ferry to Holm will sail again on Monday, its operator said. “We have changed the engine,” Marit Dahl told passengers.\n"
SCORED = (("cue-aligned", "cue exact"), ("cue-aligned", "source exact"), ("cue-aligned", "content exact"), ("cue-aligned", "content overlap"),
          ("cue-aligned", "whole exact"), ("content-aligned", "source exact"), ("content-aligned", "content exact"))


def write(folder, texts):
    """The texts, by name, as files of a new folder; how many articles of 800 words they come to."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts:
        (folder / f"{name}.txt").write_bytes(text.encode())
    return sum(len(path.read_text(encoding="utf-8").split()) for path in folder.glob("*.txt")) / 800


def polnear(shared, *parts):
    for part in parts:
        for line in (shared / "data/polnear" / f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            yield document["id"], document["text"]


def scores(shared, folder, name):
    """What score.py says of a program's answer about PolNeAR, or nothing where it finds no attributions."""
    answer, gold = folder / f"{name}-polnear.jsonl", shared / "data/polnear/dev.jsonl"
    if name == "sayso":
        scored = folder / "sayso-scored.jsonl"
        with answer.open("rb") as source, scored.open("wb") as file:
            subprocess.run([sys.executable, shared / "tools/to_score.py", "--top"], stdin=source, stdout=file, check=True)
        answer = scored
    if name == "spacy":
        return {}
    return json.loads(subprocess.run([sys.executable, shared / "tools/score.py", "--json", gold, answer], stdout=subprocess.PIPE, check=True).stdout)


def spread(values, digits, scale=1):
    values = [scale * v for v in values]
    middle = f"{statistics.median(values):.{digits}f}"
    return middle if len(values) == 1 else f"{middle} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def version(name, program):
    if name == "sayso":
        return re.match(r"sayso \S+", subprocess.run([program, "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout)[0]
    pins = (HERE / PEERS[name][1]).read_text(encoding="utf-8")
    found = re.search(rf"^{name}==(\S+)|<{name}>([^<]+)<", pins, re.M)
    return {"spacy": "spaCy's parser", "textacy": "textacy", "corenlp": "CoreNLP"}[name] + " " + (found[1] or found[2])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=[*PEERS, "sayso"], metavar="NAME")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build" / "sayso")
    parser.add_argument("--model", help="sayso's weight file")
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--keep", type=pathlib.Path, help="folder for what the programs answered")
    args = parser.parse_args()
    if not args.program.is_file():
        sys.exit(f"run.py: {args.program} is not there. Build it: make")
    names = ["sayso"]
    for name in args.only or PEERS:
        if name != "sayso":
            what, pins, _ = PEERS[name]
            kept = BUILT / f"{what}.pins"
            if kept.is_file() and kept.read_bytes() == (HERE / pins).read_bytes():
                names.append(name)
            else:
                print(f"run.py: {name} is left out: it is not installed in the pinned version. bench/peers/setup.sh {what} does that.")
    # All on one processor and with one thread; what libraries would start on their own is told so.
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ[variable] = "1"

    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or pathlib.Path(temporary)
        sets = {"shipped": write(folder / "shipped", ((f"{i:02}", text) for i, text in enumerate(article_texts())))}
        write(folder / "start", [("paragraph", PARAGRAPH)])
        titles = {"shipped": "the shipped articles", "polnear": "84 articles of PolNeAR's development part"}
        gold = (args.shared / "data/polnear/dev.jsonl").is_file()
        if gold:
            sets["polnear"] = write(folder / "polnear", polnear(args.shared, "dev"))
        else:
            print(f"run.py: nothing is scored: {args.shared}/data/polnear/dev.jsonl is not there.")

        def command(name, texts):
            out = str(folder / f"{name}-{texts}.jsonl")
            if name == "sayso":
                model = ["--model", args.model] if args.model else []
                return [str(args.program), "read", "-q", "--format", "jsonl", "--threads", "1", *model, "-o", out, str(folder / texts)]
            return [str(PEERS[name][2]), str(HERE / f"with_{name}.py"), str(folder / texts), out]

        runs = {name: {texts: [] for texts in ("start", *sets)} for name in names}
        for name in names:
            measure(command(name, "start"))
        for repeat in range(args.repeats):
            for name in names:
                if repeat == 0 or name not in ONCE:
                    for texts in runs[name]:
                        runs[name][texts].append(measure(command(name, texts)))

        def row(title, value):
            print(f"{title:44}" + "".join(f"{value(name):>24}" for name in names), flush=True)

        row("", lambda name: version(name, args.program))
        if gold:
            found = {name: scores(args.shared, folder, name) for name in names}
            print("F1 in %, PolNeAR's development part")
            for block, metric in SCORED:
                row(f"  {block.replace('-', ' ')}, {metric}", lambda name: f"{100 * found[name][block][metric][2]:.1f}" if found[name] else "–")
        for texts, articles in sets.items():
            def rates(name, off):
                """Articles a second of CPU in each repeat, with that share of the start taken off."""
                return [articles / (cpu - off * start) for (_, cpu, _), (_, start, _) in zip(runs[name][texts], runs[name]["start"])]

            print(f"articles a second of CPU, {titles[texts]}")
            for off, title in ((1, "start taken off"), (0, "the whole program")):
                row(f"  {title}", lambda name: spread(rates(name, off), 2))
                if len(names) > 1:
                    ratios = {name: [ours / theirs for ours, theirs in zip(rates("sayso", off), rates(name, off))] for name in names}
                    row("    sayso's divided by that", lambda name: spread(ratios[name], 2) if name != "sayso" else "")
        print("start to the answer about one paragraph")
        row("  seconds by the clock", lambda name: spread([wall for wall, _, _ in runs[name]["start"]], 2))
        row("  seconds of CPU", lambda name: spread([cpu for _, cpu, _ in runs[name]["start"]], 2))
        print("most memory in MB")
        for texts in runs["sayso"]:
            row(f"  {titles.get(texts, 'one paragraph')}", lambda name: spread([memory for _, _, memory in runs[name][texts]], 0, 1e-6))
        if args.articles:
            texts = itertools.cycle(list(polnear(args.shared, "train", "dev")) if gold else list(enumerate(shipped(100))))
            write(folder / "many", ((f"{i:05}", text) for i, (_, text) in zip(range(args.articles), texts)))
            print(f"{f'  {args.articles} articles':44}{measure(command('sayso', 'many'))[2] / 1e6:>24.0f}")
        print(f"({args.repeats} repeats; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors)")


if __name__ == "__main__":
    main()
