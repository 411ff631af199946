#!/usr/bin/env python3
"""How fast one is answered, how many articles a second, and how much memory that takes.

usage: start.py [--program build/sayso] [--times 5]

start     from starting the program to the end of its answer about one paragraph (wall clock), and how much of it is CPU
articles  articles of 800 words per second of CPU, the start taken off; made of the shipped examples, so that no other data is needed, and no
          sentence twice; then the same articles as forty outlets print them, forty copies of each
memory    the most that the program held over all these copies, and over one article
Each is the median of --times runs; the machine's other work shows in the first figure only.
"""
import argparse
import os
import pathlib
import re
import statistics
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
WORDS = 800


def measure(command):
    """Wall clock and CPU seconds, and the largest memory in bytes, of one run."""
    begun = time.perf_counter()
    process = os.posix_spawn(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
    _, status, used = os.wait4(process, 0)
    if status != 0:
        sys.exit(f"{pathlib.Path(sys.argv[0]).name}: {' '.join(command[:4])} … ended with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def median_of(times, command):
    return [statistics.median(column) for column in zip(*(measure(command) for _ in range(times)))]


def article_texts():
    """The examples' words in articles of WORDS each, no sentence twice: what was read before is remembered and would take no time."""
    text = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt")) if not path.name.startswith("LICENSE"))
    ends = [word.end() for word in re.finditer(r"\S+", text)]
    for first in range(0, len(ends) - WORDS + 1, WORDS):
        yield text[ends[first - 1] if first else 0:ends[first + WORDS - 1]].strip() + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build" / "sayso")
    parser.add_argument("--times", type=int, default=5)
    args = parser.parse_args()
    if not args.program.is_file():
        sys.exit(f"start.py: {args.program} is not there. Build it: make")
    read = [str(args.program), "read", "--format", "jsonl", "--threads", "1"]
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        paragraph = folder / "paragraph.txt"
        paragraph.write_text("The ferry to Holm will sail again on Monday, its operator said. “We have changed the engine,” Marit Dahl told passengers.\n", encoding="utf-8")
        texts = list(article_texts())
        for copies in (1, 40):
            (folder / str(copies)).mkdir()
            for i in range(copies * len(texts)):
                (folder / str(copies) / f"{i:04}.txt").write_text(texts[i % len(texts)], encoding="utf-8")
        wall, start, _ = median_of(args.times, [*read, str(paragraph)])
        _, _, small = median_of(args.times, [*read, str(folder / "1" / "0000.txt")])
        _, once, _ = median_of(args.times, [*read, str(folder / "1")])
        _, forty, large = median_of(args.times, [*read, str(folder / "40")])
    print(f"start to the answer about one paragraph: {1000 * wall:.0f} ms, of it {1000 * start:.0f} ms CPU")
    print(f"articles of {WORDS} words per CPU second: {len(texts) / (once - start):.2f} ({(once - start) / len(texts) * 1000:.0f} ms each, {len(texts)} articles)")
    print(f"40 copies of each: {40 * len(texts) / (forty - start):.0f} articles per CPU second")
    print(f"most memory: {small / 1e6:.0f} MB for one article, {large / 1e6:.0f} MB over {40 * len(texts)}")
    print(f"(median of {args.times}; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors)")


if __name__ == "__main__":
    main()
