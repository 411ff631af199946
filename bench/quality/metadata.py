#!/usr/bin/env python3
"""Title, date and author of web pages against ../shared/data/pages, beside trafilatura and newspaper4k in the same run.

usage: metadata.py [--data ../shared/data] [--program build/sayso_metadata] [--peers PYTHON] [--keep FOLDER] [--show title|date|author]

--peers is a Python that has PyPI's trafilatura 2.* and newspaper4k (python3 -m venv, pip install); without it ours stands alone.
Every reader gets the same UTF-8 text of a page, decoded here, and the page's address.

What counts. A field is judged on the pages whose truth has it.
  title   equal: the same after Unicode compatibility form, white space, quotation marks, dashes and case are folded;
          within: one contains the other and neither is empty
  date    the same day, as written (no time zone is moved)
  author  equal: the same set of names after folding as above and dropping full stops; truth and answers alike are split at commas,
          semicolons, “and” and its like; some: at least one name is shared
“none” is the other side: of the pages whose truth says that there is no author (or date), on how many the reader gave none either.
The readers' rules were written with these pages in sight; no weight was learned from them.
"""
import argparse
import gzip
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
QUOTES = dict.fromkeys(map(ord, "\"'`´‘’‚‛“”„‟«»‹›′″"), "'") | dict.fromkeys(map(ord, "-‐‑‒–—―−"), "-") | {0xAD: None, 0x200B: None}
BETWEEN = re.compile(r"\s*[,;|·/]\s*|\s+(?:and|und|et|y|e|og|och|en|&|\+)\s+", re.IGNORECASE)
PEER = '''
import json, logging, sys, time
logging.disable(logging.CRITICAL)
name, pages = sys.argv[1], json.load(open(sys.argv[2], encoding="utf-8"))
if name == "trafilatura":
    from trafilatura.metadata import extract_metadata
    def read(address, html):
        m = extract_metadata(html, default_url=address)
        return {"title": m.title, "date": m.date, "author": m.author} if m else {}
else:
    import newspaper
    def read(address, html):
        a = newspaper.Article(address, fetch_images=False)
        a.download(input_html=html)
        a.parse()
        return {"title": a.title, "date": str(a.publish_date or ""), "author": ", ".join(a.authors or [])}
seconds = 0
for address, file in pages:
    html = open(file, encoding="utf-8").read()
    start = time.process_time()
    try:
        answer = read(address, html)
    except Exception as error:
        answer = {"error": str(error)[:200]}
    seconds += time.process_time() - start
    print(json.dumps(answer | {"seconds": seconds}))
'''


def decode(raw):
    """UTF-8 text of a page: byte-order mark, the charset its own meta element names, UTF-8, Windows-1252."""
    named = re.search(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", raw[:4096], re.IGNORECASE)
    tries = ["utf-8-sig"] + ([named.group(1).decode()] if named else []) + ["cp1252", "latin-1"]
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        tries.insert(0, "utf-16")
    for encoding in tries:
        try:
            return raw.decode({"iso-8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}.get(encoding.lower(), encoding))
        except (LookupError, UnicodeDecodeError):
            pass


def fold(text):
    return " ".join(unicodedata.normalize("NFKC", text or "").translate(QUOTES).split()).casefold()


def names(text):
    text = ", ".join(text) if isinstance(text, list) else text or ""
    return {name for name in (" ".join(fold(part).replace(".", " ").split()) for part in BETWEEN.split(text)) if name}


def truth_of(page, field):
    """The truth of a field; empty: there is none; None: nobody looked."""
    value = page.get(field)
    return value if isinstance(value, (str, list)) else None


def judge(field, truth, answer):
    """(equal, nearly) of one answer."""
    if field == "title":
        a, b = fold(truth), fold(answer)
        return a == b, bool(a and b and (a in b or b in a))
    if field == "date":
        return (truth or "")[:10] == (answer or "")[:10], (truth or "")[:7] == (answer or "")[:7]
    a, b = names(truth), names(answer)
    return a == b, bool(a & b)


def score(pages, answers, show):
    row = {}
    for field in ("title", "date", "author"):
        has = equal = nearly = without = silent = 0
        for (address, page), answer in zip(pages, answers):
            truth, given = truth_of(page, field), answer.get(field)
            if truth is None:
                continue
            if not truth:
                without, silent = without + 1, silent + (not given)
                if show == field and given:
                    print(f"none   {address}\n  said {given!r}")
                continue
            good, near = judge(field, truth, given)
            has, equal, nearly = has + 1, equal + good, nearly + near
            if show == field and not good:
                print(f"wrong  {address}\n  true {truth!r}\n  said {given!r}")
        row[field] = has, equal, nearly, without, silent
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build" / "sayso_metadata")
    parser.add_argument("--peers", type=pathlib.Path, help="a Python with trafilatura 2.* and newspaper4k")
    parser.add_argument("--keep", type=pathlib.Path, help="folder for the decoded pages and the peers' answers, which are used again")
    parser.add_argument("--show", choices=["title", "date", "author"], help="print ours where it is wrong")
    args = parser.parse_args()
    if not (args.data / "pages").is_dir():
        print(f"metadata.py: left out: {args.data / 'pages'} is not there; this measurement needs the shared data.")
        return
    if not args.program.exists():
        sys.exit(f"metadata.py: {args.program} is not there. Build it: cmake --build build --target sayso_metadata")
    truth = json.loads((args.data / "pages" / "truth.json").read_text(encoding="utf-8"))
    pages = [(address, page) for address, page in truth.items() if any(truth_of(page, f) for f in ("title", "date", "author"))]
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        listed = []
        for number, (address, page) in enumerate(pages):
            file = folder / f"{number}.html"
            if not file.exists():
                raw = gzip.decompress((args.data / "pages" / "html" / (page["file"] + ".gz")).read_bytes())
                file.write_text(decode(raw), encoding="utf-8", newline="")
            listed.append((address, str(file)))
        table = {}
        lines = "".join(f"{file}\t{address}\n" for address, file in listed)
        ours = subprocess.run([args.program], input=lines, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout.splitlines()
        ours = [json.loads(line) for line in ours]
        ours = [a | {"date": a.get("published") or a.get("modified"), "author": a.get("authors")} for a in ours]
        table["sayso"] = ours
        (folder / "pages.json").write_text(json.dumps(listed), encoding="utf-8")
        for peer in ("trafilatura", "newspaper4k") if args.peers else ():
            kept = folder / f"{peer}.jsonl"
            if not (args.keep and kept.exists()):
                run = subprocess.run([args.peers, "-c", PEER, peer, folder / "pages.json"], check=True, stdout=subprocess.PIPE)
                kept.write_bytes(run.stdout)
            table[peer] = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    rows = {name: score(pages, answers, args.show if name == "sayso" else None) for name, answers in table.items()}
    counts = rows["sayso"]
    print(f"{len(pages)} pages; " + ", ".join(f"{f} on {counts[f][0]}" for f in counts) + "; without date "
          f"{counts['date'][3]}, without author {counts['author'][3]}   (per cent)")
    print(f"{'':13}{'title':>8}{'within':>8}{'date':>8}{'none':>8}{'author':>8}{'some':>8}{'none':>8}{'ms a page':>11}")
    for name, row in rows.items():
        t, d, a = (row[f] for f in ("title", "date", "author"))
        cells = [t[1] / t[0], t[2] / t[0], d[1] / d[0], d[4] / max(1, d[3]), a[1] / a[0], a[2] / a[0], a[4] / max(1, a[3])]
        print(f"{name:13}" + "".join(f"{100 * c:8.1f}" for c in cells) + f"{1000 * table[name][-1]['seconds'] / len(pages):11.2f}")


if __name__ == "__main__":
    main()
