#!/usr/bin/env python3
"""Finding the article: pieces of the 990 pages of ../shared/data/pages, ours and others' in one run, scored as ../shared/tools/pages.py does.

usage: pages.py [--build build] [--folds FOLDS] [--decode DIR] [--keep DIR] [--only NAME]…

Prints precision, recall, F of: sayso as shipped (its trees have seen these pages), sayso five-fold by site (with --folds: the folder that
training/pages/train.py wrote; each page read with trees that have not seen its site), trafilatura, resiliparse and readability-lxml where they
are installed. --decode only writes the pages as UTF-8; --keep keeps trafilatura's texts (training/pages/README.md).
"""
import argparse
import gzip
import json
import logging
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import zlib
from urllib.parse import urlsplit

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGES = ROOT.parent / "shared" / "data" / "pages"


def fold(address):
    site = ".".join(urlsplit(address).netloc.lower().split(".")[-2:])
    return zlib.crc32(site.encode()) % 5


def flat(text):
    return " ".join(text.split())


def decode(data):
    """Bytes of a page to text: byte-order mark, UTF-8 if it is, what it declares, windows-1252."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = re.search(rb"charset=[\"']?([\w-]+)", data[:4096], re.I)
    name = declared.group(1).decode().lower() if declared else "windows-1252"
    name = {"iso-8859-1": "windows-1252", "latin1": "windows-1252", "us-ascii": "windows-1252", "gb2312": "gb18030", "gbk": "gb18030"}.get(name, name)
    if name in ("utf-8", "utf8") and data.decode("utf-8", "replace").count("\ufffd") > 100:
        name = "windows-1252"
    try:
        return data.decode(name, "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def write_pages(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((PAGES / "html").iterdir()):
        name = path.name.removesuffix(".gz").removesuffix(".html")
        (folder / name).write_text(decode(gzip.open(path).read()).replace("\0", "\ufffd"), encoding="utf-8", newline="")


def peers():
    logging.disable(logging.CRITICAL)
    try:
        import trafilatura
        yield f"trafilatura {trafilatura.__version__}", lambda page: trafilatura.extract(page, include_comments=False) or ""
    except ImportError:
        pass
    try:
        from resiliparse.extract.html2text import extract_plain_text
        yield "resiliparse", lambda page: extract_plain_text(page, main_content=True, alt_texts=False, links=False) or ""
    except ImportError:
        pass
    try:
        import readability
        from lxml import html

        # Its summary is mark-up; a space for every tag that ends a block, as its users do.
        def read(page):
            tree = html.fromstring(readability.Document(page).summary())
            return "\n".join(t for e in tree.iter() for t in [e.text or "", e.tail or ""] if t) if tree is not None else ""
        yield "readability-lxml", read
    except ImportError:
        pass


def score(truth, texts):
    tp = fn = fp = 0
    for name, page in truth:
        text = flat(texts.get(name, ""))
        for piece in page.get("with") or []:
            hit = flat(piece) in text
            tp, fn = tp + hit, fn + (not hit)
        for piece in page.get("without") or []:
            fp += flat(piece) in text
    precision, recall = tp / max(1, tp + fp), tp / max(1, tp + fn)
    return f"precision {precision:.3f} recall {recall:.3f} F {2 * precision * recall / max(1e-9, precision + recall):.4f}"


def run_ours(program, paths, folder):
    folder.mkdir(exist_ok=True)
    subprocess.run([program, folder, *paths], check=True, stdout=subprocess.DEVNULL)
    return {p.name: (folder / (p.name + ".txt")).read_text(encoding="utf-8") for p in paths}


def build_fold(trees, build, out):
    """sayso_article with other trees: the one file that holds them compiled again, before the libraries."""
    source = ROOT / "src"
    subprocess.run(["g++", "-O2", "-std=c++20", f"-I{source}", f'-DSAYSO_ARTICLE_TREES="{trees}"', ROOT / "bench" / "quality" / "article.cpp",
                    source / "page" / "article_score.cpp", build / "libsayso_page.a", build / "libsayso_markup.a", build / "libsayso_base.a",
                    "-licuuc", "-licui18n", "-lcrypto", "-lxml2", "-o", out], check=True)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--folds", type=pathlib.Path)
    parser.add_argument("--decode", type=pathlib.Path)
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--only", action="append", help="of the others, only those whose name begins so")
    args = parser.parse_args()
    if not PAGES.exists():
        print("pages.py: ../shared/data/pages is not here; nothing is measured.")
        return
    if args.decode:
        write_pages(args.decode)
        return
    truth, folds = [], {}
    for address, page in json.loads((PAGES / "truth.json").read_text(encoding="utf-8")).items():
        name = page["file"].removesuffix(".gz").removesuffix(".html")
        truth.append((name, page))
        folds[name] = fold(address)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        write_pages(scratch / "pages")
        paths = [scratch / "pages" / name for name in sorted(folds) if (scratch / "pages" / name).exists()]
        program = args.build / "sayso_article"
        if program.exists():
            print(f"{'sayso as shipped':28} {score(truth, run_ours(program, paths, scratch / 'shipped'))}", flush=True)
        else:
            print(f"pages.py: {program} is not built (ninja sayso_article).")
        if args.folds:
            texts = {}
            for k in range(5):
                other = build_fold(args.folds.resolve() / f"article_trees_{k}.inc", args.build, scratch / f"article_{k}")
                texts |= run_ours(other, [p for p in paths if folds[p.name] == k], scratch / f"fold_{k}")
            print(f"{'sayso five-fold by site':28} {score(truth, texts)}", flush=True)
        for name, extract in peers():
            if args.only and not any(name.startswith(o) for o in args.only):
                continue
            texts, begin = {}, time.process_time()
            for path in paths:
                try:
                    texts[path.name] = extract(path.read_text(encoding="utf-8"))
                except Exception:  # noqa: BLE001 — another's failure counts as no text
                    texts[path.name] = ""
            seconds = time.process_time() - begin
            print(f"{name:28} {score(truth, texts)}   ({len(paths) / seconds:.0f} pages/s)", flush=True)
            if args.keep and name.startswith("trafilatura"):
                args.keep.mkdir(parents=True, exist_ok=True)
                for page, text in texts.items():
                    (args.keep / (page + ".txt")).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
