#!/usr/bin/env python3
"""Good records recovered from archives with random damage, held against what was written.

Writes archives of a few records each (own texts; plain, gzip by record, gzip as a whole), damages each at random (flipped bits, cut off, bytes
inserted or deleted, ranges overwritten, lying lengths) and asks which of the records that the damage did not touch come out whole. A record is
touched when a byte of it, with its header and the four bytes behind it, is changed or lost; in an archive packed as a whole, when not all of it
can be unpacked from what stands before the damage. All of them must come out. warcio and fastwarc (PyPI) read the same archives where they are
installed: --python names the interpreter that has them.

    cmake --build build --target sayso_records
    python3 -m venv VENV && VENV/bin/pip install warcio fastwarc
    bench/quality/warc.py --archives 10000 --python VENV/bin/python
"""
import argparse
import collections
import gzip
import hashlib
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORDS = ("lock harbour council Tuesday report water gate minister bridge said tonnes by the of in a will not has been opened repaired closed "
         "Ostmark Lund Åse price vote budget river ferry “It is tight” she he told reporters 4,200 18 percent").split()
KINDS = ("plain", "gzip by record", "gzip as a whole")
DAMAGES = ("flipped bits", "cut off", "inserted", "deleted", "overwritten", "lying length", "two of these")
BATCH = 200

# Prints for each file the SHA-256 of the payloads that a peer gives, until it gives up.
PEER = r"""
import hashlib, json, sys
name = sys.argv[1]
def warcio(path):
    from warcio.archiveiterator import ArchiveIterator
    with open(path, "rb") as f:
        for r in ArchiveIterator(f):
            if r.rec_type in ("response", "resource", "conversion"):
                yield r.content_stream().read()
def fastwarc(path):
    from fastwarc.warc import ArchiveIterator, WarcRecordType as T
    with open(path, "rb") as f:
        for r in ArchiveIterator(f, record_types=T.response | T.resource | T.conversion, parse_http=True, auto_decode="all"):
            yield r.reader.read()
for path in sys.stdin.read().splitlines():
    out = []
    try:
        for body in {"warcio": warcio, "fastwarc": fastwarc}[name](path):
            out.append(hashlib.sha256(body).hexdigest())
    except Exception:
        pass
    print(json.dumps(out))
"""


def make_text(rng):
    lines = [" ".join(rng.choice(WORDS) for _ in range(rng.randint(4, 40))) + "." for _ in range(rng.randint(1, 40))]
    return ("<html><body><h1>%08x</h1>\n<p>" % rng.getrandbits(32) + "</p>\n<p>".join(lines) + "</p></body></html>").encode()


def make_record(rng):
    """(bytes of the record, SHA-256 of what must come out, or nothing for one that holds no article)."""
    body = make_text(rng)
    kind = rng.choices(("response", "chunked", "packed", "resource", "request"), (6, 2, 2, 1, 1))[0]
    uri, ends = "http://example.org/%d" % rng.getrandbits(40), b"\r\n"
    if kind == "resource":
        block, media = body, "text/html"
    elif kind == "request":
        block, media = b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n", "application/http; msgtype=request"
    else:
        head, sent = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n", body
        if kind == "packed":
            sent, head = gzip.compress(body, mtime=0), head + b"Content-Encoding: gzip\r\n"
        if kind == "chunked":
            at, parts = 0, []
            while at < len(sent):
                size = rng.randint(1, 2000)
                parts.append(b"%x\r\n%s\r\n" % (len(sent[at:at + size]), sent[at:at + size]))
                at += size
            sent, head = b"".join(parts) + b"0\r\n\r\n", head + b"Transfer-Encoding: chunked\r\n"
        elif rng.random() < .7:
            head += b"Content-Length: %d\r\n" % len(sent)
        block, media = head + b"\r\n" + sent, "application/http; msgtype=response"
    kind = kind if kind in ("resource", "request") else "response"
    number = "%032x" % rng.getrandbits(128)
    fields = [b"WARC-Type: " + kind.encode(), b"WARC-Record-ID: <urn:uuid:%s>" % number.encode(), b"WARC-Date: 2026-01-01T00:00:00Z",
              b"WARC-Target-URI: " + uri.encode(), b"Content-Type: " + media.encode(), b"Content-Length: %d" % len(block)]
    if rng.random() < .3:
        fields.append(b"WARC-Block-Digest: sha256:" + hashlib.sha256(block).hexdigest().encode())
    rng.shuffle(fields)
    record = b"WARC/1.%d\r\n" % rng.randint(0, 1) + ends.join(fields) + b"\r\n\r\n" + block + b"\r\n\r\n"
    return record, None if kind == "request" else hashlib.sha256(body).hexdigest()


def lie(rng, record):
    """The record with another Content-Length in its own header (HTTP has one too)."""
    end = record.index(b"\r\n\r\n")
    begin = record.index(b"\r\nContent-Length: ", 0, end + 2) + len(b"\r\nContent-Length: ")
    stop = record.index(b"\r\n", begin)
    true = int(record[begin:stop])
    other = rng.choice((str(true + rng.randint(1, 5000)), str(max(0, true - rng.randint(1, true + 1))), "-1", "", "18446744073709551616", "1e3",
                        str(true) + str(rng.randint(0, 9)), str(true)[:-1], "0x%x" % true, str(rng.randint(0, 10**9))))
    return record[:begin] + other.encode() + record[stop:]


def damage_bytes(rng, data, how):
    """(damaged bytes, ranges of the original that were touched; an insertion touches the byte on either side)."""
    size = len(data)
    if how == "flipped bits":
        out, touched = bytearray(data), []
        for _ in range(rng.randint(1, 8)):
            at = rng.randrange(size)
            out[at] ^= 1 << rng.randrange(8)
            touched.append((at, at + 1))
        return bytes(out), touched
    at = rng.randrange(size)
    if how == "cut off":
        return data[:at], [(at, size)]
    length = min(rng.choice((1, 3, 20, 300, 3000)), size - at)
    if how == "inserted":
        return data[:at] + rng.randbytes(length) + data[at:], [(max(0, at - 1), at + 1)]
    if how == "deleted":
        return data[:at] + data[at + length:], [(max(0, at - 1), at + length + 1)]
    fill = rng.choice((b"\0" * length, rng.randbytes(length), b"\xff" * length))
    return data[:at] + fill + data[at + length:], [(at, at + length)]


def count_unpacked(data):
    """How many bytes a cut-off gzip member gives."""
    return len(zlib.decompressobj(31).decompress(data))


def make_archive(rng):
    """(kind, damage, bytes, hashes of the records that must come out, hashes of all that were written)."""
    kind, how = rng.choice(KINDS), rng.choice(DAMAGES)
    records = [make_record(rng) for _ in range(rng.randint(2, 8))]
    written = {h for _, h in records if h}
    lied = set()
    if how == "lying length" or (how == "two of these" and rng.random() < .3):
        k = rng.randrange(len(records))
        lied.add(k)
        records[k] = lie(rng, records[k][0]), records[k][1]
    pieces = [gzip.compress(r, mtime=0) if kind == "gzip by record" else r for r, _ in records]
    plain_ends, ends = [], []
    for (record, _), piece in zip(records, pieces):
        plain_ends.append((plain_ends[-1] if plain_ends else 0) + len(record))
        ends.append((ends[-1] if ends else 0) + len(piece))
    data = b"".join(pieces)
    if kind == "gzip as a whole":
        data = gzip.compress(data, mtime=0)
    ranges = []
    if how == "two of these":
        # From the back to the front, so that the places of the second are those of the first.
        first = rng.randrange(1, len(data))
        front, back = data[:first], data[first:]
        a, touched_a = damage_bytes(rng, front, rng.choice(("flipped bits", "inserted", "deleted", "overwritten")))
        b, touched_b = damage_bytes(rng, back, rng.choice(DAMAGES[:5]))
        data_out, ranges = a + b, touched_a + [(x + first, y + first) for x, y in touched_b]
    elif how == "lying length":
        data_out = data
    else:
        data_out, ranges = damage_bytes(rng, data, how)
    good = set()
    whole = count_unpacked(data[:min(x for x, _ in ranges)]) if kind == "gzip as a whole" and ranges else None
    for k, (_, expected) in enumerate(records):
        if not expected or k in lied:
            continue
        if whole is not None:
            touched = plain_ends[k] > whole
        else:
            begin, end = (ends[k - 1] if k else 0), ends[k]
            touched = kind != "gzip as a whole" and any(x < end and y > begin for x, y in ranges)
        if not touched:
            good.add(expected)
    return kind, how, data_out, good, written


def read_with_sayso(program, paths):
    out = subprocess.run([program, *paths], stdout=subprocess.PIPE, check=True).stdout
    return [[h for _, h in json.loads(line)["records"]] for line in out.splitlines()]


def read_with_peer(python, name, paths):
    out = subprocess.run([python, "-c", PEER, name], input="\n".join(map(str, paths)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    found = [json.loads(line) for line in out.splitlines()]
    return found + [[]] * (len(paths) - len(found))  # one that crashes gives nothing for the rest of the batch


def find_peers(python):
    return [name for name in ("warcio", "fastwarc") if python and
            subprocess.run([python, "-c", "import " + name], stderr=subprocess.DEVNULL).returncode == 0]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--archives", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--python", default=sys.executable, help="an interpreter with warcio and fastwarc")
    parser.add_argument("--keep", type=pathlib.Path, help="a folder for the archives of which a record was lost")
    args = parser.parse_args()
    program = args.build / "sayso_records"
    if not program.exists():
        print(f"warc.py: left out: its program is not in {args.build}. Build it: cmake --build build --target sayso_records")
        return
    peers = find_peers(args.python)
    if len(peers) < 2:
        print("warc.py: warcio or fastwarc is not installed, so they are left out: --python names an interpreter that has them")
    rng, begun = random.Random(args.seed), time.time()
    readers, good_count = ["sayso", *peers], collections.Counter()
    lost = {r: collections.Counter() for r in readers}
    altered, seconds = collections.Counter(), collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, args.archives, BATCH):
            archives, paths = [], []
            for k in range(start, min(start + BATCH, args.archives)):
                archives.append(make_archive(rng))
                paths.append(pathlib.Path(folder) / f"{k}.warc")
                paths[-1].write_bytes(archives[-1][2])
            for kind, how, _, good, _ in archives:
                for key in ("all", kind, how):
                    good_count[key] += len(good)
            for reader in readers:
                since = time.time()
                found = read_with_sayso(program, paths) if reader == "sayso" else read_with_peer(args.python, reader, paths)
                seconds[reader] += time.time() - since
                for (kind, how, data, good, written), hashes, path in zip(archives, found, paths):
                    altered[reader] += len(set(hashes) - written)
                    missing = good - set(hashes)
                    for key in ("all", kind, how):
                        lost[reader][key] += len(missing)
                    if missing and reader == "sayso" and args.keep:
                        args.keep.mkdir(parents=True, exist_ok=True)
                        (args.keep / path.name).write_bytes(data)
            for path in paths:
                path.unlink()
    print(f"{args.archives:,} archives, seed {args.seed}, {good_count['all']:,} records that the damage did not touch, in {time.time() - begun:.0f} s")
    print(f"{'':18}{'records':>9}" + "".join(f"{r + ' lost':>16}" for r in readers))
    for key in ("all", *KINDS, *DAMAGES):
        print(f"{key:18}{good_count[key]:>9,}" + "".join(f"{lost[r][key]:>9,} {lost[r][key] / max(1, good_count[key]):>6.2%}" for r in readers))
    print(f"{'given, not written':27}" + "".join(f"{altered[r]:>16,}" for r in readers))
    print(f"{'seconds':27}" + "".join(f"{seconds[r]:>16.1f}" for r in readers))
    sys.exit(lost["sayso"]["all"] > 0)


if __name__ == "__main__":
    main()
