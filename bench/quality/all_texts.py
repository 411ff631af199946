#!/usr/bin/env python3
"""Reads every text of ../shared/data and holds every output against the format.

usage: all_texts.py [--shared ../shared] [--program build/sayso] [--sample N] [--set NAME]

Texts: PolNeAR (train, dev), GUM and EWT (rebuilt from CoNLL-U), LitBank, GAP, UNER, speeches, PETRARCH2's tests, Perspectrum. Of web pages there is
no text, so they are left out. Held for each: the reading keeps to the schema and to what a schema cannot say (tools/check_readings.py: above all,
each part's text is document.text at its spans); its text is the file's; the bytes are the same with 1 and with 8 threads, and for a sample of 60
texts with 2 to 7. --sample N takes every so manieth text, N of each set at most: all of them take about an hour on a busy machine with two cores.
Exit status 1 when something does not hold.
"""
import argparse
import collections
import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "bench" / "quality")]
import check_readings
from words import raw_text

BATCH = 200  # documents a run of the program: bounded memory here, and a progress that can be seen


def conllu_texts(path):
    """The documents of a CoNLL-U file."""
    part, parts = [], []
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith("# newdoc") and part:
            parts.append("".join(part))
            part = []
        part.append(line)
    for one in [*parts, "".join(part)]:
        with tempfile.NamedTemporaryFile("w", suffix=".conllu", encoding="utf-8") as file:
            file.write(one)
            file.flush()
            yield raw_text([pathlib.Path(file.name)])


def iob2_texts(path):
    """UNER has sentences with their text, and no documents: fifty sentences a text."""
    sentences = re.findall(r"^# text = (.*)$", path.read_text(encoding="utf-8"), re.M)
    for at in range(0, len(sentences), 50):
        yield "\n".join(sentences[at:at + 50]) + "\n"


def xml_texts(path):
    yield from (html.unescape(text) for text in re.findall(r"<Text>\s*(.*?)\s*</Text>", path.read_text(encoding="utf-8", errors="replace"), re.S))


def read_texts(data):
    """(set, text)."""
    for part in ("train", "dev"):
        for line in (data / f"polnear/{part}.jsonl").read_text(encoding="utf-8").splitlines():
            yield f"polnear {part}", json.loads(line)["text"]
    for name, paths in (("gum", sorted(p for p in (data / "gum").glob("*/dep/*.conllu") if "reddit" not in p.name)), ("ewt", sorted((data / "ewt").glob("*.conllu")))):
        for path in paths:
            yield from ((name, text) for text in conllu_texts(path))
    for path in sorted((data / "litbank").rglob("*.txt")):
        yield "litbank", path.read_text(encoding="utf-8")
    for path in sorted((data / "gap").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            yield "gap", line.split("\t")[1]
    for path in sorted((data / "uner-ewt").glob("*.iob2")):
        yield from (("uner", text) for text in iob2_texts(path))
    for path in sorted((data / "speeches").glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                if name.endswith(".txt"):
                    yield "speeches", archive.read(name)
    for path in sorted((data / "petrarch2").rglob("*.xml")):
        yield from (("petrarch2", text) for text in xml_texts(path))
    pool = json.loads((data / "perspectrum/perspective_pool_v1.0.json").read_text(encoding="utf-8"))
    for at in range(0, len(pool), 20):
        yield "perspectrum", "\n\n".join(one["text"] for one in pool[at:at + 20]) + "\n"


def run(program, threads, paths):
    return subprocess.run([program, "read", "-q", "--format", "jsonl", "--threads", str(threads), *paths], stdout=subprocess.PIPE).stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build" / "sayso")
    parser.add_argument("--sample", type=int, help="texts of each set at most")
    parser.add_argument("--set", help="only sets whose name has this in it")
    args = parser.parse_args()
    if not (args.shared / "data").is_dir():
        print(f"all_texts.py: left out: {args.shared / 'data'} is not there.")
        return 0
    if not args.program.is_file():
        sys.exit(f"all_texts.py: {args.program} is not there. Build it: make")

    sets = collections.defaultdict(list)
    for name, text in read_texts(args.shared / "data"):
        data = text if isinstance(text, bytes) else text.encode()
        if data.strip() and (not args.set or args.set in name):
            sets[name].append(data)
    begun, wrong, total = time.time(), 0, collections.Counter()

    def problem(sentence):
        nonlocal wrong
        wrong += 1
        if wrong <= 20:
            print(sentence, flush=True)

    print(f"{'':16}{'texts':>8}{'characters':>13}{'attributions':>14}{'not read':>10}{'not English':>13}")
    with tempfile.TemporaryDirectory() as temporary:
        folder, spread = pathlib.Path(temporary), []
        for name, texts in sets.items():
            step = max(1, -(-len(texts) // args.sample)) if args.sample else 1
            chosen, count = texts[::step], collections.Counter()
            for at in range(0, len(chosen), BATCH):
                batch = chosen[at:at + BATCH]
                paths = [folder / f"{name.replace(' ', '_')}_{(at + i) * step:05}.txt" for i in range(len(batch))]
                for path, data in zip(paths, batch):
                    path.write_bytes(data)
                out = run(args.program, 1, paths)
                if run(args.program, 8, paths) != out:
                    problem(f"{name}, texts from {at * step}: other bytes with 8 threads")
                records = list(check_readings.load(out))
                if len(records) != len(batch):
                    problem(f"{name}, texts from {at * step}: {len(records)} records of {len(batch)} texts")
                for path, data, (_, record, fault) in zip(paths, batch, records):
                    for sentence in [fault] if fault else check_readings.problems(record):
                        problem(f"{path.name}: {sentence}")
                    if fault or "error" in record:
                        count["not read"] += 1
                        continue
                    warnings = {warning["kind"] for warning in record["document"]["warnings"]}
                    if not warnings & {"charset", "nul"} and record["document"]["text"].encode() != data.removeprefix(b"\xef\xbb\xbf"):
                        problem(f"{path.name}: another text")
                    count.update(texts=1, characters=len(record["document"]["text"]), attributions=len(record["attributions"]))
                    count["not English"] += "not English" in warnings
                spread += [(path, data) for path, data in list(zip(paths, batch))[::max(1, len(batch) // 6)]]
                for path in paths:
                    path.unlink()
            total.update(count)
            print(f"{name:16}{count['texts']:>8,}{count['characters']:>13,}{count['attributions']:>14,}{count['not read']:>10,}{count['not English']:>13,}", flush=True)

        spread = spread[::max(1, len(spread) // 60)]
        for path, data in spread:
            path.write_bytes(data)
        first = run(args.program, 1, [path for path, _ in spread])
        for threads in range(2, 8):
            if run(args.program, threads, [path for path, _ in spread]) != first:
                problem(f"the sample of {len(spread)} texts: other bytes with {threads} threads")
    print(f"{'all':16}{total['texts']:>8,}{total['characters']:>13,}{total['attributions']:>14,}{total['not read']:>10,}{total['not English']:>13,}"
          f"   in {time.time() - begun:.0f} s; {wrong} problems; 1 and 8 threads everywhere, 2 to 7 on {len(spread)} texts")
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main())
