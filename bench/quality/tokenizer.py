#!/usr/bin/env python3
"""WordPiece and units held against the originals: Hugging Face's `tokenizers` and the trial's data.py. Everything must be identical.

usage: tokenizer.py [--shared ../shared] [--build build] [--only SET] [--every-character] [--show N]

Texts are all files of shared/data and shared/cases, decoded, and the strings inside JSON and the text of web pages once more by themselves.
Held for each, in stretches of some 20,000 characters:
  pieces   WordPiece over the whole stretch, with the place of each piece (sayso_pieces)
  units    the pieces of every unit, as the model uses them (sayso_units)
  features units, shape, quotation, gap and line against data.py, and for PolNeAR the windows too
--every-character holds the pieces of each of Unicode's 1,112,064 characters, by itself and inside a word, instead.
Needs PyPI's tokenizers and numpy; exit status 1 when something differs.
"""
import argparse
import bz2
import gzip
import html
import importlib.util
import json
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import time
import unicodedata
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
STRETCH = 20_000
MAX_UNIT_PIECES = 64  # src/model/units.h
WINDOW, FIRST = 190, (60, 125)
BINARY = {".pdf", ".pyc", ".png", ".jpg"}
# The legacy texts' names say their encoding.
LEGACY = {"big5": "big5hkscs", "euc_kr": "cp949", "gb18030": "gb18030", "iso_2022_jp": "iso2022_jp", "jis0208": "euc_jp", "jis0212": "euc_jp",
          "shift_jis": "cp932"}


def decode(data, name):
    legacy = next((codec for start, codec in LEGACY.items() if name.startswith(start) and "_in" in name and "_ref" not in name), None)
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            legacy = codec
    if legacy:
        return data.decode(legacy, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        said = re.search(rb"(?:charset|encoding)=[\"' ]*([-\w]+)", data[:4096], re.I)
        try:
            return data.decode(said[1].decode() if said else "cp1252", "replace")
        except LookupError:
            return data.decode("utf-8", "replace")


def strings_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_in(inner)


def read_strings(text):
    """The strings of a JSON or JSON Lines text, one a line; nothing when it is neither."""
    values = []
    for part in [text] if not text.startswith("{") or "\n{" not in text else text.splitlines():
        try:
            values.append(json.loads(part))
        except (ValueError, RecursionError):
            return ""
    try:
        return "\n".join(s for value in values for s in strings_in(value))
    except RecursionError:
        return ""


def strip_tags(text):
    text = re.sub(r"(?is)<(script|style)\b.*?</\1\s*>|<!--.*?-->", " ", text)
    return html.unescape(re.sub(r"<[^<>]*>", "\n", text))


def read_texts(shared, only):
    """(set, text) for each file."""
    for folder in sorted(p for part in ("data", "cases") for p in (shared / part).iterdir() if p.is_dir() and only in (None, p.name)):
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix not in BINARY):
            data, name = path.read_bytes(), path.name
            if path.suffix == ".zip" and zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    for member in archive.namelist():
                        yield folder.name, decode(archive.read(member), member)
                continue
            if data[:2] == b"\x1f\x8b":
                try:
                    data = gzip.decompress(data)
                except (OSError, EOFError):
                    pass  # a case that is damaged on purpose: its bytes then
            elif data[:3] == b"BZh":
                data = bz2.decompress(data)
            text = decode(data, name)
            yield folder.name, text
            if text[:1] in "{[\"":
                yield folder.name, read_strings(text)
            if folder.name == "pages":
                yield folder.name, strip_tags(text)
            elif path.suffix == ".xml":
                yield folder.name, html.unescape(text)


def cut(text):
    """Stretches that end at line ends where there are some."""
    text = text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate out of JSON is no text
    at = 0
    while at < len(text):
        end = min(len(text), at + STRETCH)
        line = text.rfind("\n", at, end)
        if end < len(text) and line > at:
            end = line + 1
        yield text[at:end]
        at = end


def load_original(path):
    """Hugging Face's tokenizer without special pieces: “[SEP]” in a text is a text."""
    from tokenizers import Tokenizer
    description = json.loads(path.read_text(encoding="utf-8"))
    words = description["model"]["vocab"]
    for key in ("truncation", "padding", "post_processor"):
        description[key] = None
    description["added_tokens"] = []
    return Tokenizer.from_str(json.dumps(description)), sorted(words, key=words.get)


def load_trial(path):
    sys.path.insert(0, str(path))
    spec = importlib.util.spec_from_file_location("trial_data", path / "data.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_pieces(program, vocabulary, texts):
    import numpy
    data = [t.encode() for t in texts]
    out = subprocess.run([program, vocabulary], input=b"".join(struct.pack("<I", len(d)) + d for d in data), stdout=subprocess.PIPE, check=True).stdout
    numbers, at = numpy.frombuffer(out, dtype="<u4"), 0
    for _ in texts:
        count = int(numbers[at])
        yield numbers[at + 1: at + 1 + 3 * count].reshape(count, 3)
        at += 1 + 3 * count


def read_units(program, vocabulary, texts):
    lines = "".join(json.dumps({"id": str(i), "text": t}) + "\n" for i, t in enumerate(texts))
    out = subprocess.run([program, vocabulary, str(WINDOW), *map(str, FIRST)], input=lines, stdout=subprocess.PIPE, check=True, text=True).stdout
    return map(json.loads, out.splitlines())


class Counts:
    def __init__(self, show):
        self.rows, self.show = {}, show

    def add(self, name, **counts):
        row = self.rows.setdefault(name, dict.fromkeys(("texts", "characters", "pieces", "piece differences", "units", "unit differences",
                                                         "feature differences", "windows", "window differences"), 0))
        for key, count in counts.items():
            row[key] += count

    def differ(self, name, kind, *what):
        self.add(name, **{kind: 1})
        if self.show:
            self.show -= 1
            print(f"{name}: {kind}:", *what)


def hold_pieces(counts, name, texts, original, answers):
    for text, found, expected in zip(texts, answers, original.encode_batch(texts, add_special_tokens=False)):
        counts.add(name, texts=1, characters=len(text), pieces=len(expected.ids))
        wanted = [[i, *span] for i, span in zip(expected.ids, expected.offsets)]
        if found.tolist() != wanted:
            at = next((k for k, (a, b) in enumerate(zip(found.tolist(), wanted)) if a != b), min(len(found), len(wanted)))
            lo = (wanted[at][1] if at < len(wanted) else len(text)) - 10
            counts.differ(name, "piece differences", repr(text[max(0, lo):lo + 40]), "ours", found[at:at + 3].tolist(), "theirs", wanted[at:at + 3])


def hold_units(counts, name, texts, original, trial, answers):
    lines = list(answers)
    words = [[t[u[0]:u[1]] for u in line["units"]] for t, line in zip(texts, lines)]
    for text, line, own, expected in zip(texts, lines, words, original.encode_batch(words, is_pretokenized=True, add_special_tokens=False)):
        pieces = [[] for _ in own]
        for word, piece in zip(expected.word_ids, expected.ids):
            if len(pieces[word]) < MAX_UNIT_PIECES:
                pieces[word].append(piece)
        unknown = original.token_to_id("[UNK]")
        pieces = [p or [unknown] for p in pieces]
        counts.add(name, units=len(own))
        for k in (k for k, pair in enumerate(zip(pieces, line["pieces"])) if pair[0] != pair[1]):
            counts.differ(name, "unit differences", repr(own[k]), "ours", line["pieces"][k], "theirs", pieces[k])
        spans, shape, quote, gap, paragraph = trial.words_of(text)
        theirs = [[*s, *f] for s, f in zip(spans, zip(shape.tolist(), quote.tolist(), gap.tolist(), paragraph.tolist()))]
        # Unicode 15 made lower-case letters of some that are none in Python 3.11, which has 14; that folder holds all characters.
        if name == "unicode-15" and unicodedata.unidata_version < "15":
            continue
        if theirs != line["units"]:
            k = next((k for k, (a, b) in enumerate(zip(line["units"], theirs)) if a != b), min(len(theirs), len(own)))
            lo = max(0, spans[k][0] - 10) if k < len(spans) else 0
            counts.differ(name, "feature differences", repr(text[lo:lo + 40]), "ours", line["units"][k:k + 2], "theirs", theirs[k:k + 2])
        elif name == "polnear":
            document = trial.D()
            document.ps, document.sh, document.q, document.pieces = gap, shape, quote, pieces
            for first in (WINDOW, *FIRST):
                wanted = [list(map(int, w)) for w in trial.windows(document, WINDOW, first)]
                counts.add(name, windows=len(wanted))
                if wanted != line["windows"][str(first)]:
                    k = next(k for k, (a, b) in enumerate(zip(wanted, line["windows"][str(first)])) if a != b)
                    counts.differ(name, "window differences", "ours", line["windows"][str(first)][k:k + 2], "theirs", wanted[k:k + 2])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--only", help="one folder of the data or cases, such as polnear")
    parser.add_argument("--every-character", action="store_true")
    parser.add_argument("--show", type=int, default=20, help="how many differences are printed")
    args = parser.parse_args()
    missing = [name for name in ("tokenizers", "numpy") if not importlib.util.find_spec(name)]
    if missing or not (args.shared / "trial").is_dir():
        print(f"tokenizer.py: left out: it needs PyPI's tokenizers and numpy, and {args.shared}.")
        return
    pieces_program, units_program = args.build / "sayso_pieces", args.build / "sayso_units"
    if not pieces_program.exists() or not units_program.exists():
        sys.exit(f"tokenizer.py: its programs are not in {args.build}. Build them: cmake --build build --target sayso_pieces sayso_units")
    original, words = load_original(args.shared / "trial" / "tokenizer.json")
    trial, counts, begun = load_trial(args.shared / "trial"), Counts(args.show), time.time()
    with tempfile.TemporaryDirectory() as folder:
        vocabulary = pathlib.Path(folder) / "vocabulary.txt"
        vocabulary.write_text("\n".join(words) + "\n", encoding="utf-8")
        if args.every_character:
            characters = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]
            for form in ("{}", "a{}b", "{}a", "e\u0301{}\u0301x"):
                for at in range(0, len(characters), 100_000):
                    texts = [form.replace("{}", c) for c in characters[at:at + 100_000]]
                    hold_pieces(counts, ascii(form), texts, original, read_pieces(pieces_program, vocabulary, texts))
        else:
            seen, batch = set(), {}

            def hold(name):
                texts = batch.pop(name, [])
                hold_pieces(counts, name, texts, original, read_pieces(pieces_program, vocabulary, texts))
                hold_units(counts, name, texts, original, trial, read_units(units_program, vocabulary, texts))

            for name, text in read_texts(args.shared, args.only):
                for stretch in cut(text):
                    if hash(stretch) not in seen:
                        seen.add(hash(stretch))
                        batch.setdefault(name, []).append(stretch)
                if len(batch.get(name, [])) > 100:
                    hold(name)
            for name in list(batch):
                hold(name)
    heads = list(next(iter(counts.rows.values())))
    print(f"{'':22}" + "".join(f"{h.replace(' differences', ' diff'):>14}" for h in heads))
    total = dict.fromkeys(heads, 0)
    for name, row in sorted(counts.rows.items()):
        print(f"{name:22}" + "".join(f"{row[h]:>14,}" for h in heads))
        total = {h: total[h] + row[h] for h in heads}
    print(f"{'all':22}" + "".join(f"{total[h]:>14,}" for h in heads) + f"   in {time.time() - begun:.0f} s")
    sys.exit(any(count for head, count in total.items() if "differences" in head))


if __name__ == "__main__":
    main()
