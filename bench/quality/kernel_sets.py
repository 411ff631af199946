#!/usr/bin/env python3
"""Every set of kernels that this processor runs (SAYSO_KERNELS) writes the same bytes: the example articles and PolNeAR's development part.

usage: kernel_sets.py [--shared ../shared] [--program build/sayso] [--sets baseline,avx2]

Prints for each set the CPU seconds of reading them in one run on one thread, and which texts' readings differ from the first set's. Without
../shared only the examples are read. Exit status 1 when a byte differs.
"""
import argparse
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def runnable_sets(program):
    """The names that the program's refusal of another one tells."""
    refused = subprocess.run([program, "read"], input=b"", capture_output=True, env={**os.environ, "SAYSO_KERNELS": "?"})
    found = re.search(r"It runs: ([a-z0-9, ]+)\.", refused.stderr.decode())
    if not found:
        sys.exit(f"kernel_sets.py: {program} does not say which sets it runs: {refused.stderr.decode().strip()}")
    return found[1].split(", ")


def read(program, name, paths):
    """The readings, a line each, and the CPU seconds they took."""
    process = subprocess.Popen([program, "read", "-q", "--format", "jsonl", "--threads", "1", *paths], stdout=subprocess.PIPE, env={**os.environ, "SAYSO_KERNELS": name})
    out = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"kernel_sets.py: sayso read with {name} ended with {process.returncode}")
    return out.splitlines(), used.ru_utime + used.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build" / "sayso")
    parser.add_argument("--sets", help="only these, with commas between; by default all that this processor runs")
    args = parser.parse_args()
    if not args.program.is_file():
        sys.exit(f"kernel_sets.py: {args.program} is not there. Build it: make")

    sets = args.sets.split(",") if args.sets else runnable_sets(args.program)
    with tempfile.TemporaryDirectory() as temporary:
        paths = [path for path in sorted((ROOT / "examples").glob("*.txt")) if not path.name.startswith("LICENSE")]
        articles = args.shared / "data/polnear/dev.jsonl"
        if articles.is_file():
            for i, line in enumerate(articles.read_text(encoding="utf-8").splitlines()):
                paths.append(pathlib.Path(temporary) / f"polnear_dev_{i:02}.txt")
                paths[-1].write_text(json.loads(line)["text"], encoding="utf-8")
        else:
            print(f"kernel_sets.py: only the examples: {articles} is not there.")

        wrong, first = 0, None
        print(f"{len(paths)} texts{'':10}{'CPU s':>8}{'bytes':>12}  sha256")
        for name in sets:
            readings, seconds = read(args.program, name, paths)
            whole = b"\n".join(readings)
            print(f"{name:18}{seconds:>8.1f}{len(whole):>12,}  {hashlib.sha256(whole).hexdigest()[:16]}", flush=True)
            first = first or readings
            differ = [path.name for path, one, other in zip(paths, first, readings) if one != other]
            if differ or len(readings) != len(paths):
                wrong += 1
                print(f"  {name} against {sets[0]}: {len(readings)} readings of {len(paths)}; others of {', '.join(differ) or 'none'}")
    print("The same bytes." if not wrong else f"Other bytes in {wrong} of {len(sets)} sets.")
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main())
