#!/usr/bin/env python3
"""Time and memory for inputs that were made to be slow: each family at n and 2n bytes, t(2n)/t(n), peak memory.

usage: hostile.py [--program build/sayso] [--megabytes 10] [--runs 2] [--only NAME]…

Read with --layers sections, the limits of bytes, time and memory out of the way; those of nodes, depth and attributes stand, since they are what
bounds memory: an input beyond them is answered with an error, and its row says so. Asked: 2.3 at most, and 512 MiB + 6 × input. The fastest run
counts, in processor time, so that other work on the machine does not; a ratio over 2.3 of times below 0.2 s is noise and no miss.
"""
import argparse
import datetime
import os
import pathlib
import re
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BLOCK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>Rain it is, and no more, said Ann.</p>"
RECORD = (b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Target-URI: http://a.example/\r\n"
          b"Content-Type: application/http; msgtype=response\r\nContent-Length: " + str(len(BLOCK)).encode() + b"\r\n\r\n" + BLOCK + b"\r\n\r\n")
FAMILIES = {  # name -> (before, repeated, behind)
    "deep div": (b"<html><body>", b"<div>", b"x"), "deep b": (b"<html><body>", b"<b>", b"x"), "deep table": (b"<html><body>", b"<table><tr><td>", b"x"),
    "deep quotations": (b"<html><body>", b"<blockquote><q>", b"he said"), "attributes": (b"<html><body><p ", b"a%d=1 ", b">said</p>"),
    "all attributes": (b"<html><body>", b"<p " + b" ".join(b"%c%c" % (a, b) for a in b"abcdefghijklmnop" for b in b"abcdefghijklmnop") + b">", b"x"),
    "one attribute": (b'<html><body><p title="', b"AAAAAAAA", b'">said</p>'), "adoption agency": (b"<html><body>", b"<a><b><i></a>", b"x"),
    "formatting": (b"<html><body>", b"<font size=3>", b"<p>x"), "stray ends": (b"<html><body><div>", b"</span></p>", b"x"),
    "void elements": (b"<html><body>", b"<wbr></i>", b"x"),
    "short paragraphs": (b"<html><body>", b"<p>x", b""), "numbered paragraphs": (b"<html><body>", b"<p>%d", b""),
    "open iframe": (b"<html><body>", b"<iframe>x", b""), "open svg": (b"<html><body>", b"<svg><p>x", b""),
    "open script": (b"<html><script>", b'"he said" ', b""), "open comment": (b"<html><!--", b"-", b""),
    "references": (b"<html><p>", b"&NotEqualTilde;&#x110000;&#xD800;&amp", b""), "paragraphs": (b"<html><body>", b"<p>Rain, she said.", b""),
    "links": (b"<html><body>", b"<a href=/x>News</a> ", b""), "list items": (b"<html><body><ul>", b"<li>Rain, she said.", b""), "nuls": (b"<html>", b"<p>\0he\0 said\0</p>", b""),
    "JSON-LD": (b'<html><script type="application/ld+json">{"@graph":[', b'{"@type":"Person","name":"Ann"},', b"{}]}</script><p>x</p>"),
    "deep JSON": (b'{"text":"Rain.","x":', b"[", b""), "JSON strings": (b'{"text":"', b"\\u201cRain,\\u201d she said. ", b'"}'), "lines of JSON": (b"", b'{"text":"Rain, she said."}\n', b""),
    "feed items": (b"<rss><channel>", b"<item><title>Rain</title><description>It rains, she said.</description></item>", b"</channel></rss>"),
    "one id": (b"<rss><channel>", b"<item><guid>a</guid><title>Rain</title></item>", b"</channel></rss>"),
    "deep XML": (b"<?xml version='1.0'?><rss>", b"<a>", b""), "short XML": (b"<?xml version='1.0'?><rss>", b"<a/>", b"</rss>"),
    "mail": (b"From: a@b.example\nTo: c@d.example\nSubject: Rain\nDate: Mon, 4 May 2026 10:00:00 +0000\n\n", b"> It rains.\n", b""),
    "records": (b"", RECORD, b""), "text": (b"", b"He said that she said that ", b""), "quotation marks": (b"", "“".encode(), b""), "bad UTF-8": (b"Rain ", b"\xc0\xaf\xff ", b""),
}


def write(path, before, unit, count, behind):
    """In parts: the peak memory of a process begins at its parent’s, so ours has to stay small."""
    with path.open("wb") as file:
        file.write(before)
        for begin in range(0, count, 10_000):
            part = range(begin, min(begin + 10_000, count))
            file.write(b"".join(unit % i for i in part) if b"%d" in unit else unit * len(part))
        file.write(behind)


def read(program, path):
    """Seconds of processor time, peak memory in bytes, and the error, of one run."""
    limits = ("document-bytes=1GB", "milliseconds=3600000", "memory-bytes=12GB")
    options = [word for limit in limits for word in ("--limit", limit)]
    process = subprocess.Popen([program, "read", "-q", "--format", "jsonl", "--layers", "sections", "--threads", "1", *options, path], stdout=subprocess.PIPE)
    first = b""
    while chunk := process.stdout.read1(1 << 20):
        first += chunk[:max(0, 2000 - len(first))]
    _, _, usage = os.wait4(process.pid, 0)
    error = re.search(r'"(?:what|message)": ?"([^"]*)', first.decode(errors="replace").split('"error"', 1)[1]) if b'"error"' in first else None
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, error and error.group(1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=ROOT / "build" / "sayso")
    parser.add_argument("--megabytes", type=float, default=10)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--only", nargs="*")
    args = parser.parse_args()
    print(f"{datetime.date.today()}  bench/speed/hostile.py --megabytes {args.megabytes:g}\n{'':18}{'n':>9}{'2n':>9}{'ratio':>7}{'peak at 2n, MB':>16}")
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "input"
        for name, (before, unit, behind) in FAMILIES.items():
            if args.only and name not in args.only:
                continue
            times, peak, size, error = [], 0, 0, None
            for factor in (1, 2):
                count = int(factor * args.megabytes * 1e6 / len(unit))
                write(path, before, unit, count, behind)
                size = path.stat().st_size
                runs = [read(args.program, path) for _ in range(args.runs)]
                times.append(min(run[0] for run in runs))
                peak = max(run[1] for run in runs)
                error = runs[0][2]
            ratio = times[1] / times[0]
            over = ratio > 2.3 and times[1] > 0.2
            large = peak > (512 << 20) + 6 * size
            missed += over or large
            notes = ["over 2.3"] * over + ["over 512 MiB + 6 × input"] * large + ([f"2n: {error}"] if error else [])
            print("  ".join([f"{name:19}{times[0]:6.2f} s{times[1]:7.2f} s{ratio:7.2f}{peak / 1e6:16.0f}", *notes]), flush=True)
    print(f"{missed} missed")


if __name__ == "__main__":
    main()
