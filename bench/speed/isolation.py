#!/usr/bin/env python3
"""What documents that fail cost the others: many documents, a hundredth of them poisoned in ten ways, beside a run without poison.

usage: isolation.py [--program build/sayso_hooked] [--documents 100000] [--threads 2] [--milliseconds 12] [--memory 10MB]

The documents are the examples' paragraphs as JSON Lines; poison is a line that sayso_hooked obeys (src/cli/test_hooks.h). Read with --layers sections.
What spins or eats memory costs what it may take before it is ended, so the limits decide: 12 ms are some twenty times what one of these documents takes, and
10 MB twice what is enough. Asked: every other record byte-equal to the clean run's, an error record with the right reason for each poisoned one, less than 10 % slower.
Both runs three times, in turns; the medians count.
"""
import argparse
import datetime
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from isolation_test import POISONS  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=ROOT / "build" / "sayso_hooked")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--threads", default="2")
    parser.add_argument("--milliseconds", default="12", help="a document may take")
    parser.add_argument("--memory", default="10MB", help="a document may take")
    args = parser.parse_args()
    if not pathlib.Path(args.program).is_file():
        print(f"isolation.py: left out: {args.program} is not built (make test builds it).")
        return
    texts = [p.read_text(encoding="utf-8") for p in sorted((ROOT / "examples").glob("*.txt")) if not p.name.startswith("LICENSE")]
    wishes = list(POISONS)
    poisoned = {i: wishes[i // 100 % len(wishes)] for i in range(50, args.documents, 100)}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name, bad in (("clean", {}), ("poisoned", poisoned)):
            with open(folder / name, "w", encoding="utf-8") as file:
                for i in range(args.documents):
                    text = f"{texts[i % len(texts)]}\n\nNumber {i} came last.\n" + (f"sayso-test: {bad[i]}\n" if i in bad else "")
                    file.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
        seconds = {"clean": [], "poisoned": []}
        for _ in range(3):
            for name in seconds:
                begun = time.monotonic()
                with open(folder / f"{name}.out", "wb") as out, open(folder / name, "rb") as lines:
                    subprocess.run([args.program, "read", "-q", "--layers", "sections", "--threads", args.threads, "--limit",
                                    f"milliseconds={args.milliseconds}", "--limit", f"memory-bytes={args.memory}"], stdin=lines, stdout=out, check=False)
                seconds[name].append(time.monotonic() - begun)
        equal = reasons = other = 0
        with open(folder / "clean.out", "rb") as clean, open(folder / "poisoned.out", "rb") as found:
            for i, (expected, line) in enumerate(zip(clean, found, strict=True)):
                if i not in poisoned:
                    equal += line == expected
                    other += line != expected
                else:
                    what = json.loads(line).get("error", {}).get("what", "")
                    reasons += what.startswith(POISONS[poisoned[i]][0].replace("700 ms", f"{args.milliseconds} ms"))
    clean, bad = (statistics.median(seconds[name]) for name in ("clean", "poisoned"))
    print(f"{datetime.date.today()}  bench/speed/isolation.py: {args.documents} documents, {len(poisoned)} poisoned in {len(wishes)} ways, {args.threads} workers, "
          f"{args.milliseconds} ms and {args.memory} a document")
    print(f"records equal to the clean run's: {equal} of {args.documents - len(poisoned)}; right reasons: {reasons} of {len(poisoned)}")
    print(f"clean {clean:.1f} s, poisoned {bad:.1f} s: {100 * (bad / clean - 1):+.1f} %")
    sys.exit(0 if other == 0 and reasons == len(poisoned) else 1)


if __name__ == "__main__":
    main()
