#!/usr/bin/env python3
"""Attributions that survive finding the article: pages whose article is replaced, in its own mark-up, by a text whose reading is known.

usage: surviving.py [--build build] [--reader build/sayso] [--pages 200]

Of ../shared/data/pages those with at least five paragraphs beside each other that hold the truth's pieces, English ones first, in an order that
does not depend on anything but the names. The smallest element that holds most of the pieces is the article; its paragraphs get the paragraphs of
one of examples/*.txt (the elements stay; the last is repeated when there are too few, the rest taken out when there are too many). Counted is
how many contents of the plain text's attributions stand in what each tool extracts, white space aside. Needs lxml.
"""
import argparse
import copy
import importlib.util
import json
import pathlib
import subprocess
import tempfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
spec = importlib.util.spec_from_file_location("quality_pages", ROOT / "bench" / "quality" / "pages.py")
quality = importlib.util.module_from_spec(spec)
spec.loader.exec_module(quality)
flat = quality.flat


def known_texts(reader):
    """Paragraphs and the contents that lie in one of them, for each example."""
    for path in sorted((ROOT / "examples").glob("*.txt")):
        if path.name.startswith("LICENSE"):
            continue
        said = subprocess.run([reader, "read", "--format", "jsonl", path], check=True, capture_output=True, text=True).stdout
        reading = json.loads(said.splitlines()[0])
        text = reading["document"]["text"]
        paragraphs = [flat(p) for p in text.split("\n\n")[1:] if len(flat(p)) > 30]
        contents = []
        for attribution in reading["attributions"]:
            for begin, end in attribution["content"]["spans"]:
                piece = flat(text[begin:end])
                if any(piece in p for p in paragraphs):
                    contents.append(piece)
        yield path.name, paragraphs, contents


def article_of(tree, pieces):
    """The smallest element with most of the pieces, and its paragraphs."""
    def count(element):
        text = flat(element.text_content())
        return sum(flat(p) in text for p in pieces)
    body = tree.find(".//body")
    if body is None or count(body) < 2:
        return None, []
    need = max(2, (count(body) * 2 + 2) // 3)
    element = body
    while True:
        inner = [child for child in element if isinstance(child.tag, str) and count(child) >= need]
        if not inner:
            break
        element = inner[0]
    paragraphs = [p for p in element.iter("p") if len(flat(p.text_content())) > 40]
    return element, paragraphs


def replace(paragraphs, texts):
    while len(paragraphs) < len(texts):
        again = copy.deepcopy(paragraphs[-1])
        paragraphs[-1].addnext(again)
        paragraphs.append(again)
    for element, text in zip(paragraphs, texts):
        tail = element.tail
        for child in list(element):
            element.remove(child)
        element.text, element.tail = text, tail
    for element in paragraphs[len(texts):]:
        element.getparent().remove(element)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--reader", type=pathlib.Path, default=ROOT / "build" / "sayso")
    parser.add_argument("--pages", type=int, default=200)
    args = parser.parse_args()
    if not quality.PAGES.exists():
        print("surviving.py: ../shared/data/pages is not here; nothing is measured.")
        return
    try:
        from lxml import html
    except ImportError:
        print("surviving.py: lxml is not installed; nothing is measured.")
        return
    if not args.reader.exists() or not (args.build / "sayso_article").exists():
        print(f"surviving.py: {args.reader} or {args.build / 'sayso_article'} is not built; nothing is measured.")
        return
    texts = list(known_texts(args.reader))
    truth = {p["file"].removesuffix(".gz").removesuffix(".html"): p for p in json.loads((quality.PAGES / "truth.json").read_text(encoding="utf-8")).values()}
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        quality.write_pages(scratch / "pages")
        (scratch / "made").mkdir()
        (scratch / "ours").mkdir()
        candidates = []
        for path in (scratch / "pages").iterdir():
            if path.name in truth:
                english = 'lang="en' in path.read_text(encoding="utf-8")[:3000].lower()
                candidates.append((not english, zlib.crc32(path.name.encode()), path))
        made = {}
        for _, order, path in sorted(candidates):
            if len(made) == args.pages:
                break
            tree = html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
            _, paragraphs = article_of(tree, truth[path.name].get("with") or [])
            if len(paragraphs) < 5 or any(p.find(".//p") is not None for p in paragraphs):
                continue
            name, new, contents = texts[order % len(texts)]
            replace(paragraphs, new)
            page = "<!DOCTYPE html>\n" + html.tostring(tree, encoding="unicode")
            if sum(content in flat(tree.text_content()) for content in contents) < len(contents):
                continue
            (scratch / "made" / path.name).write_text(page, encoding="utf-8")
            made[path.name] = contents
        total = sum(len(c) for c in made.values())
        print(f"{len(made)} pages, {total} attributions")

        def report(name, texts_of):
            missing = {page: sum(c not in flat(texts_of.get(page, "")) for c in contents) for page, contents in made.items()}
            lost = sum(missing.values())
            worst = ", ".join(f"{p} {n}" for p, n in sorted(missing.items(), key=lambda x: -x[1])[:4] if n)
            print(f"{name:28} {100 * (total - lost) / total:.2f} % survive ({lost} lost on {sum(n > 0 for n in missing.values())} pages; {worst})", flush=True)

        report("sayso", quality.run_ours(args.build / "sayso_article", [scratch / "made" / p for p in sorted(made)], scratch / "ours"))
        for name, extract in quality.peers():
            said = {}
            for page in made:
                try:
                    said[page] = extract((scratch / "made" / page).read_text(encoding="utf-8"))
                except Exception:  # noqa: BLE001 — another's failure counts as no text
                    said[page] = ""
            report(name, said)


if __name__ == "__main__":
    main()
