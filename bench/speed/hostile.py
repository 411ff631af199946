#!/usr/bin/env python3
"""Time and memory for inputs that were made to be slow: each family at n and 2n bytes, t(2n)/t(n), peak memory.

usage: hostile.py [--program build/sayso] [--megabytes 10] [--only NAME]…

Read with --layers sections, the limits of bytes, nodes and time out of the way. Asked: 2.3 at most, and 512 MiB + 6 × input. The faster of two runs
counts; a ratio over 2.3 of times below 0.2 s is noise and is marked so.
"""
import argparse
import datetime
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
RECORD = (b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Target-URI: http://a.example/\r\n"
          b"Content-Type: application/http; msgtype=response\r\nContent-Length: 89\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>Rain it is, and no more, said Ann.</p>\r\n\r\n")
FAMILIES = {  # name -> (before, repeated, behind)
    "deep div": (b"<html><body>", b"<div>", b"x"), "deep b": (b"<html><body>", b"<b>", b"x"), "deep table": (b"<html><body>", b"<table><tr><td>", b"x"),
    "deep quotations": (b"<html><body>", b"<blockquote><q>", b"he said"), "attributes": (b"<html><body><p ", b"a%d=1 ", b">said</p>"),
    "one attribute": (b'<html><body><p title="', b"AAAAAAAA", b'">said</p>'), "adoption agency": (b"<html><body>", b"<a><b><i></a>", b"x"),
    "formatting": (b"<html><body>", b"<font size=3>", b"<p>x"), "stray ends": (b"<html><body><div>", b"</span></p>", b"x"),
    "open script": (b"<html><script>", b'"he said" ', b""), "open comment": (b"<html><!--", b"-", b""),
    "references": (b"<html><p>", b"&NotEqualTilde;&#x110000;&#xD800;&amp", b""), "paragraphs": (b"<html><body>", b"<p>Rain, she said.", b""),
    "links": (b"<html><body>", b"<a href=/x>News</a> ", b""), "list items": (b"<html><body><ul>", b"<li>Rain, she said.", b""), "nuls": (b"<html>", b"<p>\0he\0 said\0</p>", b""),
    "JSON-LD": (b'<html><script type="application/ld+json">{"@graph":[', b'{"@type":"Person","name":"Ann"},', b"{}]}</script><p>x</p>"),
    "deep JSON": (b'{"text":"Rain.","x":', b"[", b""), "JSON strings": (b'{"text":"', b"\\u201cRain,\\u201d she said. ", b'"}'), "lines of JSON": (b"", b'{"text":"Rain, she said."}\n', b""),
    "feed items": (b"<rss><channel>", b"<item><title>Rain</title><description>It rains, she said.</description></item>", b"</channel></rss>"),
    "deep XML": (b"<?xml version='1.0'?><rss>", b"<a>", b""), "mail": (b"From: a@b.example\nTo: c@d.example\nSubject: Rain\nDate: Mon, 4 May 2026 10:00:00 +0000\n\n", b"> It rains.\n", b""),
    "records": (b"", RECORD, b""), "text": (b"", b"He said that she said that ", b""), "quotation marks": (b"", "“".encode(), b""), "bad UTF-8": (b"Rain ", b"\xc0\xaf\xff ", b""),
}


def read(program, path):
    """Seconds and peak memory in bytes of one run."""
    begun = time.monotonic()
    process = subprocess.Popen([program, "read", "-q", "--layers", "sections", "--threads", "1", "--limit", "document-bytes=1GB", "--limit", "nodes=1000000000", "--limit",
                                "milliseconds=600000", "--limit", "memory-bytes=12GB", path], stdout=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return time.monotonic() - begun, usage.ru_maxrss * 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=ROOT / "build" / "sayso")
    parser.add_argument("--megabytes", type=float, default=10)
    parser.add_argument("--only", nargs="*")
    args = parser.parse_args()
    print(f"{datetime.date.today()}  bench/speed/hostile.py --megabytes {args.megabytes:g}\n{'':18}{'n':>9}{'2n':>9}{'ratio':>7}{'peak at 2n, MB':>16}")
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "input"
        for name, (before, unit, behind) in FAMILIES.items():
            if args.only and name not in args.only:
                continue
            times, peak, size = [], 0, 0
            for factor in (1, 2):
                count = int(factor * args.megabytes * 1e6 / len(unit))
                path.write_bytes(before + (b"".join(unit % i for i in range(count)) if b"%d" in unit else unit * count) + behind)
                size = path.stat().st_size
                runs = [read(args.program, path) for _ in range(2)]
                times.append(min(seconds for seconds, _ in runs))
                peak = max(memory for _, memory in runs)
            ratio = times[1] / times[0]
            over = ratio > 2.3 and times[1] > 0.2
            large = peak > (512 << 20) + 6 * size
            missed += over or large
            print(f"{name:18}{times[0]:7.2f} s{times[1]:7.2f} s{ratio:7.2f}{peak / 1e6:16.0f}{'  over 2.3' if over else ''}{'  over 512 MiB + 6 × input' if large else ''}", flush=True)
    print(f"{missed} missed")


if __name__ == "__main__":
    main()
