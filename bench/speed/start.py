#!/usr/bin/env python3
"""How fast one is answered, how many articles a second, and how much memory that takes.

usage: start.py [--program build/sayso] [--times 5] [--articles 40]

start     from starting the program to the end of its answer about one paragraph (wall clock), and how much of it is CPU
articles  articles of 800 words per second of CPU, the start taken off; made of the shipped examples, so that no other data is needed
memory    the most that the program held over all these articles, and over one
Each is the median of --times runs; the machine's other work shows in the first figure only.
"""
import argparse
import os
import pathlib
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
        sys.exit(f"start.py: {' '.join(command[:4])} … ended with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def median_of(times, command):
    return [statistics.median(column) for column in zip(*(measure(command) for _ in range(times)))]


def article_texts(count):
    """Articles of WORDS words: paragraphs of the examples, each article beginning at another one."""
    paragraphs = [p for path in sorted((ROOT / "examples").glob("*.txt")) if not path.name.startswith("LICENSE")
                  for p in path.read_text(encoding="utf-8").split("\n\n")]
    for i in range(count):
        words, article, at = 0, [], i * 7
        while words < WORDS:
            kept = paragraphs[at % len(paragraphs)].split(" ")[:WORDS - words]
            article.append(" ".join(kept))
            words += len(" ".join(kept).split())
            at += 1
        yield "\n\n".join(article) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build" / "sayso")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--articles", type=int, default=40)
    args = parser.parse_args()
    if not args.program.is_file():
        sys.exit(f"start.py: {args.program} is not there. Build it: make")
    read = [str(args.program), "read", "--format", "jsonl", "--threads", "1"]
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        paragraph = folder / "paragraph.txt"
        paragraph.write_text("The ferry to Holm will sail again on Monday, its operator said. “We have changed the engine,” Marit Dahl told passengers.\n", encoding="utf-8")
        articles = folder / "articles"
        articles.mkdir()
        for i, text in enumerate(article_texts(args.articles)):
            (articles / f"{i:04}.txt").write_text(text, encoding="utf-8")
        one = articles / "0000.txt"
        wall, start, _ = median_of(args.times, [*read, str(paragraph)])
        _, _, small = median_of(args.times, [*read, str(one)])
        _, cpu, large = median_of(args.times, [*read, str(articles)])
    print(f"start to the answer about one paragraph: {1000 * wall:.0f} ms, of it {1000 * start:.0f} ms CPU")
    print(f"articles of {WORDS} words per CPU second: {args.articles / (cpu - start):.2f} ({(cpu - start) / args.articles * 1000:.0f} ms each, {args.articles} articles)")
    print(f"most memory: {small / 1e6:.0f} MB for one article, {large / 1e6:.0f} MB over {args.articles}")
    print(f"(median of {args.times}; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors)")


if __name__ == "__main__":
    main()
