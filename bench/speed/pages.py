#!/usr/bin/env python3
"""Pages of 170 KB that one core parses and finds the article of in a second, ours beside trafilatura and resiliparse.

usage: pages.py [--build build] [--pages 200]

Takes the pages of ../shared/data/pages that are nearest to 170 KB as UTF-8, counts CPU seconds without reading and writing files, and gives pages
a second for pages of just that size.
"""
import argparse
import importlib.util
import pathlib
import re
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SIZE = 170_000
spec = importlib.util.spec_from_file_location("quality_pages", ROOT / "bench" / "quality" / "pages.py")
quality = importlib.util.module_from_spec(spec)
spec.loader.exec_module(quality)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--pages", type=int, default=200)
    args = parser.parse_args()
    if not quality.PAGES.exists():
        print("pages.py: ../shared/data/pages is not here; nothing is measured.")
        return
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        quality.write_pages(scratch / "pages")
        paths = sorted((scratch / "pages").iterdir(), key=lambda p: (abs(p.stat().st_size - SIZE), p.name))[:args.pages]
        total = sum(p.stat().st_size for p in paths)
        print(f"{len(paths)} pages of {min(p.stat().st_size for p in paths)} to {max(p.stat().st_size for p in paths)} bytes")
        program = args.build / "sayso_article"
        if program.exists():
            (scratch / "out").mkdir()
            said = subprocess.run([program, scratch / "out", *paths], check=True, capture_output=True, text=True).stdout
            seconds = float(re.search(r"([\d.e-]+) CPU", said).group(1))
            print(f"{'sayso, parsing and finding':28} {total / seconds / SIZE:8.0f} pages/s")
        else:
            print(f"pages.py: {program} is not built (ninja sayso_article).")
        texts = [p.read_text(encoding="utf-8") for p in paths]
        for name, extract in quality.peers():
            if name.startswith("readability"):
                continue
            begin = time.process_time()
            for text in texts:
                extract(text)
            print(f"{name:28} {total / (time.process_time() - begin) / SIZE:8.0f} pages/s", flush=True)


if __name__ == "__main__":
    main()
