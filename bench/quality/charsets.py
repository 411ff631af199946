#!/usr/bin/env python3
"""Decoding held against the WHATWG tables: every code point of every encoding; legacy texts; html5lib's sniffing tests. Differences must be 0.

usage: charsets.py [--shared ../shared] [--build build] [--show N] [--detection]

Held, each count beside its differences:
  labels      every label of encodings.json
  single      each of the 256 bytes of each single-byte encoding, against its index file
  pairs       each of the 65,536 pairs of bytes, and in gb18030 each of the 1,587,600 sequences of four, in EUC-JP of three, in ISO-2022-JP the
              pairs of its JIS X 0208: against decoders written here in Python, step by step from the standard, and its index files
  unicode     each of the 1,112,064 scalar values in UTF-8, UTF-16LE, UTF-16BE
  ill-formed  random bytes out of those that matter in each encoding, against the same Python decoders (UTF-8: against Python's own)
  legacy      the texts of encoding_rs with their decoding
  sniffing    html5lib's tests; their convention: nothing found is windows-1252, and one test needs a script to run
  codecs      single-byte encodings whose table differs from Python's codec of that name (told, not held: Python's are not the standard's)
--detection also tells how often the encoding of unlabelled text is found: sentences of UTF-8 web pages in shared/data/pages, put into the
legacy encodings of their languages, in three lengths. Right is what decodes to the same text.
"""
import argparse
import collections
import gzip
import html
import json
import pathlib
import random
import re
import struct
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DECODE, LABEL, META, HTML, XML, TEXT, DAMAGE, TIME = range(8)
BAD = "\uFFFD"


class Program:
    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, what, label=b"", data=b""):
        label = label.encode() if isinstance(label, str) else label
        self.process.stdin.write(struct.pack("<II", what, len(label)) + label + struct.pack("<I", len(data)) + data)
        self.process.stdin.flush()
        first, second, size = struct.unpack("<III", self.process.stdout.read(12))
        return first, second, self.process.stdout.read(size)

    def decode(self, label, data):
        replaced, first, text = self.ask(DECODE, label, data)
        return replaced, first, text.decode("utf-8")  # strict: what is not UTF-8 is a fault


def read_index(path):
    rows = (line.split() for line in path.read_text(encoding="utf-8").split("\n") if line.strip() and not line.startswith("#"))
    return {int(row[0]): int(row[1], 16) for row in rows}


class Standard:
    """The standard's decoders, each as handlers over a queue of bytes; None is the end of the queue."""

    def __init__(self, folder):
        self.folder = folder
        self.indexes = {name: read_index(folder / f"index-{name}.txt") for name in ("big5", "euc-kr", "gb18030", "jis0208", "jis0212")}
        self.ranges = sorted(read_index(folder / "index-gb18030-ranges.txt").items())
        self.decoders = {"Big5": self.big5, "EUC-KR": self.euc_kr, "Shift_JIS": self.shift_jis, "EUC-JP": self.euc_jp, "gb18030": self.gb18030,
                         "GBK": self.gb18030, "ISO-2022-JP": self.iso_2022_jp, "UTF-16LE": self.utf_16le, "UTF-16BE": self.utf_16be}

    def decode(self, name, data):
        queue = collections.deque(data)
        return "".join(self.decoders[name](queue))

    @staticmethod
    def pairs(queue, index, is_lead, single, pointer_of, special=lambda pointer: None):
        lead = 0
        while True:
            byte = queue.popleft() if queue else None
            if byte is None:
                if lead:
                    yield BAD
                return
            if lead:
                pointer = pointer_of(lead, byte)
                lead = 0
                found = special(pointer) or (chr(index[pointer]) if pointer in index else None)
                if found:
                    yield found
                    continue
                if byte < 0x80:
                    queue.appendleft(byte)
                yield BAD
            elif byte < 0x80:
                yield chr(byte)
            elif is_lead(byte):
                lead = byte
            else:
                yield single(byte) or BAD

    def big5(self, queue):
        def pointer_of(lead, byte):
            offset = 0x40 if byte < 0x7F else 0x62
            return (lead - 0x81) * 157 + byte - offset if 0x40 <= byte <= 0x7E or 0xA1 <= byte <= 0xFE else None
        special = {1133: "\u00CA\u0304", 1135: "\u00CA\u030C", 1164: "\u00EA\u0304", 1166: "\u00EA\u030C"}
        return self.pairs(queue, self.indexes["big5"], lambda b: 0x81 <= b <= 0xFE, lambda b: None, pointer_of, special.get)

    def euc_kr(self, queue):
        return self.pairs(queue, self.indexes["euc-kr"], lambda b: 0x81 <= b <= 0xFE, lambda b: None,
                          lambda lead, b: (lead - 0x81) * 190 + b - 0x41 if 0x41 <= b <= 0xFE else None)

    def shift_jis(self, queue):
        def pointer_of(lead, byte):
            offset, lead_offset = 0x40 if byte < 0x7F else 0x41, 0x81 if lead < 0xA0 else 0xC1
            return (lead - lead_offset) * 188 + byte - offset if 0x40 <= byte <= 0x7E or 0x80 <= byte <= 0xFC else None
        return self.pairs(queue, self.indexes["jis0208"], lambda b: 0x81 <= b <= 0x9F or 0xE0 <= b <= 0xFC,
                          lambda b: "\u0080" if b == 0x80 else chr(0xFF61 - 0xA1 + b) if 0xA1 <= b <= 0xDF else None, pointer_of,
                          lambda pointer: chr(0xE000 - 8836 + pointer) if pointer is not None and 8836 <= pointer <= 10715 else None)

    def euc_jp(self, queue):
        lead, jis0212 = 0, False
        while True:
            byte = queue.popleft() if queue else None
            if byte is None:
                if lead:
                    yield BAD
                return
            if lead == 0x8E and 0xA1 <= byte <= 0xDF:
                lead = 0
                yield chr(0xFF61 - 0xA1 + byte)
            elif lead == 0x8F and 0xA1 <= byte <= 0xFE:
                lead, jis0212 = byte, True
            elif lead:
                found = None
                if 0xA1 <= lead <= 0xFE and 0xA1 <= byte <= 0xFE:
                    found = self.indexes["jis0212" if jis0212 else "jis0208"].get((lead - 0xA1) * 94 + byte - 0xA1)
                lead, jis0212 = 0, False
                if found is None and byte < 0x80:
                    queue.appendleft(byte)
                yield BAD if found is None else chr(found)
            elif byte < 0x80:
                yield chr(byte)
            elif byte in (0x8E, 0x8F) or 0xA1 <= byte <= 0xFE:
                lead = byte
            else:
                yield BAD

    def gb18030_range(self, pointer):
        if 39419 < pointer < 189000 or pointer > 1237575:
            return None
        if pointer == 7457:
            return 0xE7C7
        low, high = 0, len(self.ranges)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.ranges[middle][0] <= pointer else (low, middle)
        return self.ranges[low][1] + pointer - self.ranges[low][0]

    def gb18030(self, queue):
        first = second = third = 0
        while True:
            byte = queue.popleft() if queue else None
            if byte is None:
                if first or second or third:
                    yield BAD
                return
            if third:
                if not 0x30 <= byte <= 0x39:
                    queue.extendleft((byte, third, second))
                    first = second = third = 0
                    yield BAD
                    continue
                found = self.gb18030_range((first - 0x81) * 12600 + (second - 0x30) * 1260 + (third - 0x81) * 10 + byte - 0x30)
                first = second = third = 0
                yield BAD if found is None else chr(found)
            elif second:
                if 0x81 <= byte <= 0xFE:
                    third = byte
                    continue
                queue.extendleft((byte, second))
                first = second = 0
                yield BAD
            elif first:
                if 0x30 <= byte <= 0x39:
                    second = byte
                    continue
                lead, first, found = first, 0, None
                if 0x40 <= byte <= 0x7E or 0x80 <= byte <= 0xFE:
                    found = self.indexes["gb18030"].get((lead - 0x81) * 190 + byte - (0x40 if byte < 0x7F else 0x41))
                if found is None and byte < 0x80:
                    queue.appendleft(byte)
                yield BAD if found is None else chr(found)
            elif byte < 0x80:
                yield chr(byte)
            elif byte == 0x80:
                yield "\u20AC"
            elif byte == 0xFF:
                yield BAD
            else:
                first = byte

    def iso_2022_jp(self, queue):
        state = output_state = "ascii"
        lead, output = 0, False
        while True:
            byte = queue.popleft() if queue else None
            if state in ("ascii", "roman", "katakana"):
                if byte == 0x1B:
                    state = "escape start"
                elif byte is None:
                    return
                elif state == "roman" and byte in (0x5C, 0x7E):
                    output = False
                    yield "\u00A5" if byte == 0x5C else "\u203E"
                elif state != "katakana" and byte < 0x80 and byte not in (0x0E, 0x0F):
                    output = False
                    yield chr(byte)
                elif state == "katakana" and 0x21 <= byte <= 0x5F:
                    output = False
                    yield chr(0xFF61 - 0x21 + byte)
                else:
                    output = False
                    yield BAD
            elif state == "lead":
                if byte == 0x1B:
                    state = "escape start"
                elif byte is None:
                    return
                elif 0x21 <= byte <= 0x7E:
                    output, lead, state = False, byte, "trail"
                else:
                    output = False
                    yield BAD
            elif state == "trail":
                if byte == 0x1B:
                    state = "escape start"
                    yield BAD
                elif byte is not None and 0x21 <= byte <= 0x7E:
                    state = "lead"
                    found = self.indexes["jis0208"].get((lead - 0x21) * 94 + byte - 0x21)
                    yield BAD if found is None else chr(found)
                else:
                    state = "lead"
                    yield BAD
            elif state == "escape start":
                if byte in (0x24, 0x28):
                    lead, state = byte, "escape"
                    continue
                if byte is not None:
                    queue.appendleft(byte)
                output, state = False, output_state
                yield BAD
            else:
                chosen = {(0x28, 0x42): "ascii", (0x28, 0x4A): "roman", (0x28, 0x49): "katakana", (0x24, 0x40): "lead", (0x24, 0x42): "lead"}.get((lead, byte))
                if chosen:
                    state = output_state = chosen
                    was, output = output, True
                    if was:
                        yield BAD
                    continue
                queue.extendleft((lead,) if byte is None else (byte, lead))
                output, state = False, output_state
                yield BAD

    def utf_16le(self, queue):
        return self.utf_16(queue, False)

    def utf_16be(self, queue):
        return self.utf_16(queue, True)

    @staticmethod
    def utf_16(queue, big):
        lead_byte = lead_surrogate = None
        while True:
            byte = queue.popleft() if queue else None
            if byte is None:
                if lead_byte is not None or lead_surrogate is not None:
                    yield BAD
                return
            if lead_byte is None:
                lead_byte = byte
                continue
            unit = (lead_byte << 8) + byte if big else (byte << 8) + lead_byte
            lead_byte = None
            if lead_surrogate is not None:
                lead, lead_surrogate = lead_surrogate, None
                if 0xDC00 <= unit <= 0xDFFF:
                    yield chr(0x10000 + ((lead - 0xD800) << 10) + (unit - 0xDC00))
                    continue
                queue.extendleft((unit & 0xFF, unit >> 8) if big else (unit >> 8, unit & 0xFF))
                yield BAD
            elif 0xD800 <= unit <= 0xDBFF:
                lead_surrogate = unit
            else:
                yield BAD if 0xDC00 <= unit <= 0xDFFF else chr(unit)


class Counts:
    def __init__(self, show):
        self.rows, self.left = {}, show

    def hold(self, name, what, ours, expected, held=1):
        row = self.rows.setdefault(name, [0, 0])
        row[0] += held
        if ours != expected:
            row[1] += 1
            if self.left > 0:
                self.left -= 1
                print(f"{name}: {what}: ours {ours!r}, expected {expected!r}")

    def hold_pieces(self, name, encoding, pieces, ours, expected):
        """Texts of many pieces, joined by line ends: equal as a whole, or told apart piece by piece."""
        row = self.rows.setdefault(name, [0, 0])
        if ours == expected:
            row[0] += len(pieces)
            return
        for piece, a, b in zip(pieces, ours.split("\n"), expected.split("\n")):
            self.hold(name, f"{encoding} {piece.hex()}", a, b)


def hold_tables(program, standard, counts):
    groups = json.loads((standard.folder / "encodings.json").read_text(encoding="utf-8"))
    codecs = {}
    for group in groups:
        for encoding in group["encodings"]:
            name = encoding["name"]
            for label in encoding["labels"]:
                counts.hold("labels", label, program.ask(LABEL, f" {label.upper()}\t")[2].decode(), name)
            if group["heading"] != "Legacy single-byte encodings":
                continue
            index = read_index(standard.folder / f"index-{'iso-8859-8' if name == 'ISO-8859-8-I' else name.lower()}.txt")
            expected = [chr(b) if b < 0x80 else chr(index[b - 0x80]) if b - 0x80 in index else BAD for b in range(256)]
            replaced, _, text = program.decode(name, bytes(range(256)))
            for byte in range(256):
                counts.hold("single", f"{name} {byte:02X}", text[byte] if len(text) == 256 else text, expected[byte])
            counts.hold("single", name, replaced, expected.count(BAD), 0)
            try:
                theirs = bytes(range(256)).decode(name, "replace")
                codecs[name] = sum(a != b for a, b in zip(theirs, text))
            except LookupError:
                codecs[name] = None
    counts.hold("single", "x-user-defined", program.decode("x-user-defined", bytes(range(256)))[2],
                "".join(chr(b if b < 0x80 else 0xF700 + b) for b in range(256)), 256)
    counts.hold("single", "replacement", program.decode("iso-2022-kr", b"abc"), (1, 0, BAD))
    return codecs


def hold_sequences(program, standard, counts):
    for name in ("Big5", "EUC-KR", "Shift_JIS", "EUC-JP", "gb18030", "GBK"):
        pieces = [bytes((a, b)) for a in range(0x80, 256) for b in range(256) if b != 0x0A]
        if name == "EUC-JP":
            pieces += [bytes((0x8F, a, b)) for a in range(0xA1, 0xFF) for b in range(0x80, 256)]
        data = b"\n".join(pieces)
        counts.hold_pieces("pairs", name, pieces, program.decode(name, data)[2], standard.decode(name, data))
    pieces = [bytes((a, b)) for a in range(0x21, 0x7F) for b in range(0x21, 0x7F)]
    data = b"\x1B(B\n".join(b"\x1B$B" + piece for piece in pieces)
    counts.hold_pieces("pairs", "ISO-2022-JP", pieces, program.decode("iso-2022-jp", data)[2], standard.decode("ISO-2022-JP", data))
    for lead in range(0x81, 0xFF):  # four bytes: expected straight from the ranges, the step by step decoder is held by the random bytes
        pieces = [bytes((lead, b, c, d)) for b in range(0x30, 0x3A) for c in range(0x81, 0xFF) for d in range(0x30, 0x3A)]
        first = (lead - 0x81) * 12600
        expected = "\n".join(BAD if (c := standard.gb18030_range(first + k)) is None else chr(c) for k in range(12600))
        counts.hold_pieces("pairs", "gb18030", pieces, program.decode("gb18030", b"\n".join(pieces))[2], expected)


def hold_unicode(program, counts):
    characters = "".join(chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000)
    for name in ("utf-8", "utf-16le", "utf-16be"):
        replaced, _, text = program.decode(name, characters.encode(name))
        counts.hold("unicode", name, (replaced, text == characters), (0, True), len(characters))


# Bytes that matter to each decoder.
RANDOM = {
    "UTF-8": b"aZ<\x7f\x80\x8f\x90\x9f\xa0\xbf\xc0\xc1\xc2\xdf\xe0\xe1\xec\xed\xee\xef\xf0\xf1\xf3\xf4\xf5\xff",
    "Big5": b"a<0@~\x7f\x80\x81\x87\x88\xa0\xa1\xa4\xf9\xfe\xff\x62\x64\xa3\xa5",
    "EUC-KR": b"aAZ[`{\x7f\x80\x81\xa0\xa1\xb0\xc6\xc7\xfd\xfe\xff",
    "Shift_JIS": b"a<0@~\x7f\x80\x81\x9f\xa0\xa1\xb1\xdf\xe0\xf0\xf9\xfa\xfc\xfd\xff",
    "EUC-JP": b"a<0\x7f\x80\x8e\x8f\xa0\xa1\xb0\xcf\xdf\xe0\xf4\xfe\xff",
    "gb18030": b"a<0159@~\x7f\x80\x81\x82\x84\x90\xa1\xb0\xe3\xfe\xff",
    "ISO-2022-JP": b"\x1b\x1b\x1b($((BJI@B\x20\x21\x5c\x7e\x7f\x0e\x0f\n_`\x80",
    "UTF-16LE": b"\x00\x00a\xd8\xd9\xdb\xdc\xdf\xe0\xfe\xff",
    "UTF-16BE": b"\x00\x00a\xd8\xd9\xdb\xdc\xdf\xe0\xfe\xff",
}


def hold_random(program, standard, counts):
    chance = random.Random(7)
    for name, matter in RANDOM.items():
        for k in range(4000):
            data = bytes(chance.choice(matter) for _ in range(chance.choice((1, 2, 3, 4, 5, 8, 30, 100))))
            if name == "UTF-8":
                expected = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
            else:
                mark = {"UTF-16LE": b"\xff\xfe", "UTF-16BE": b"\xfe\xff"}.get(name, b"")
                expected = standard.decode(name, data.removeprefix(mark))
            replaced, first, text = program.decode(name, data)
            counts.hold("ill-formed", f"{name} {data.hex()}", text, expected)
            if replaced:
                counts.hold("ill-formed", f"{name} {data.hex()}: the first replaced", text.encode()[first:first + 3], BAD.encode(), 0)


LEGACY = {"big5": "big5", "euc_kr": "euc-kr", "gb18030": "gb18030", "iso_2022_jp": "iso-2022-jp", "jis0208": "euc-jp", "jis0212": "euc-jp",
          "shift_jis": "shift_jis"}


def hold_legacy(program, folder, katakana_index, counts):
    for path in sorted(folder.glob("*_in.txt")):
        name = path.name.removesuffix("_in.txt")
        expected = (folder / f"{name}_in_ref.txt").read_bytes().decode("utf-8").split("\n")
        ours = program.decode(LEGACY[name], path.read_bytes())[2].split("\n")
        counts.hold("legacy", f"{name}: lines", len(ours), len(expected), 0)
        for k, (a, b) in enumerate(zip(ours, expected)):
            counts.hold("legacy", f"{name} line {k + 1}", a, b)
    # ISO-2022-JP's encoder writes half-width katakana as full-width ones.
    katakana = {"iso_2022_jp": {0xFF61 + pointer: code_point for pointer, code_point in read_index(katakana_index).items()}}
    for path in sorted(folder.glob("*_out_ref.txt")):  # what an encoder makes of the other texts, read back
        name = path.name.removesuffix("_out_ref.txt")
        original = (folder / f"{name}_out.txt").read_bytes().decode("utf-8").split("\n")
        ours = program.decode(LEGACY[name], path.read_bytes())[2].split("\n")
        for k, (a, b) in enumerate(zip(ours, original)):
            if not re.search(r"&#\d+;", a):  # an encoder wrote what it has no code for as a reference
                counts.hold("legacy", f"{name} line {k + 1}, read back", a, b.translate(katakana.get(name, {})))


def hold_sniffing(program, folder, counts):
    for path in sorted(folder.rglob("*.dat")):
        for test in re.split(rb"(?:^|\n)#data\n", path.read_bytes())[1:]:
            data, _, name = test.partition(b"\n#encoding\n")
            expected = program.ask(LABEL, name.strip())[2].decode()
            mark = program.ask(HTML, b"", data)[2].decode().split()
            ours = mark[0] if mark[1] == "bom" else program.ask(META, b"", data)[2].decode() or "windows-1252"
            if path.parent.name == "scripted":
                counts.hold("sniffing (a script would have to run)", repr(data[:80]), "not held", "not held")
            else:
                counts.hold("sniffing", repr(data[:200]), ours, expected)
    for path in sorted((folder / "chardet").glob("test_*.txt")):
        counts.hold("sniffing", path.name, program.ask(HTML, b"", path.read_bytes())[2].decode().split()[0].lower(), path.stem.removeprefix("test_"))


# Encodings that texts of a language are met in.
LANGUAGES = {"en": ["cp1252"], "de": ["cp1252"], "fr": ["cp1252"], "es": ["cp1252"], "it": ["cp1252"], "pt": ["cp1252"], "nl": ["cp1252"], "sv": ["cp1252"],
             "da": ["cp1252"], "pl": ["iso8859-2", "cp1250"], "cs": ["cp1250", "iso8859-2"], "hu": ["cp1250", "iso8859-2"], "tr": ["cp1254"],
             "ru": ["cp1251", "koi8-r"], "uk": ["cp1251", "koi8-u"], "bg": ["cp1251"], "el": ["cp1253"], "ar": ["cp1256"], "fa": ["cp1256"],
             "he": ["cp1255"], "ja": ["shift_jis", "euc_jp", "iso2022_jp"], "zh": ["gb18030", "big5"], "ko": ["cp949"], "th": ["cp874"], "vi": ["cp1258"]}


def tell_detection(program, shared):
    texts = collections.defaultdict(list)
    for path in sorted((shared / "data" / "pages" / "html").glob("*.gz")):
        page = gzip.open(path).read()
        try:
            page = page.decode("utf-8")
        except UnicodeDecodeError:
            continue
        said = re.search(r"<html[^>]*\blang=[\"']?([a-zA-Z]{2})", page)
        if not said or said[1].lower() not in LANGUAGES:
            continue
        page = re.sub(r"(?is)<(script|style|head)\b.*?</\1\s*>|<!--.*?-->", " ", page)
        text = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^<>]*>", " ", page)))
        texts[said[1].lower()].append(text)
    print(f"{'detection':14}{'100 bytes':>16}{'1,000':>16}{'10,000':>16}   most frequent wrong answers")
    total = {100: [0, 0], 1000: [0, 0], 10_000: [0, 0]}
    for language, codecs in LANGUAGES.items():
        for codec in codecs:
            cells, wrong = [], collections.Counter()
            for size in total:
                right = count = 0
                for text in texts[language][:60]:
                    data = text[:12_000].encode(codec, "ignore")
                    step = max(size, len(data) // 3 + 1)
                    for at in range(0, len(data), step):
                        stretch = data[at:at + size].decode(codec, "ignore").encode(codec)
                        if len(stretch) < size // 2 or stretch.isascii() and codec != "iso2022_jp":
                            continue
                        answer = program.ask(TEXT, b"", stretch)[2].decode()
                        good = program.decode(answer.split()[0], stretch)[2] == stretch.decode(codec)
                        count, right = count + 1, right + good
                        if not good:
                            wrong[answer] += 1
                total[size][0] += right
                total[size][1] += count
                cells.append(f"{right}/{count}")
            print(f"{language + ' ' + codec:14}" + "".join(f"{c:>16}" for c in cells) + "   " + ", ".join(f"{k} {n}" for k, n in wrong.most_common(4)))
    print(f"{'all':14}" + "".join(f"{a / b:>16.1%}" for a, b in total.values() if b))


def tell_speed(program):
    sentence = "The owners said on Monday, that 25 berths would open. "
    cyrillic, japanese, chinese, korean = "Министр сказал, что порт откроют в понедельник. ", "大臣は港が月曜に開くと言った。", "部長說港口星期一開放。", "장관은 항구가 월요일에 열린다고 말했다. "
    rows = [("ASCII, UTF-8", "utf-8", sentence.encode()), ("ASCII, windows-1252", "windows-1252", sentence.encode()),
            ("French, windows-1252", "windows-1252", "Le ministre a déclaré que le port, fermé, rouvrira à l’été. ".encode("cp1252")),
            ("Russian, windows-1251", "windows-1251", cyrillic.encode("cp1251")), ("Russian, UTF-8", "utf-8", cyrillic.encode()),
            ("Japanese, UTF-8", "utf-8", japanese.encode()), ("Japanese, Shift_JIS", "shift_jis", japanese.encode("shift_jis")),
            ("Japanese, EUC-JP", "euc-jp", japanese.encode("euc_jp")), ("Japanese, ISO-2022-JP", "iso-2022-jp", japanese.encode("iso2022_jp")),
            ("Chinese, Big5", "big5", chinese.encode("big5")), ("Chinese, gb18030", "gb18030", chinese.encode("gb18030")),
            ("Korean, EUC-KR", "euc-kr", korean.encode("cp949")), ("Russian, UTF-16LE", "utf-16le", cyrillic.encode("utf-16-le")),
            ("FF, UTF-8 (all ill-formed)", "utf-8", b"\xff"), ("FF, EUC-KR (all ill-formed)", "euc-kr", b"\xff")]
    print(f"{'speed, MB/s':30}{'text':>10}{'with map':>10}")
    for name, label, piece in rows:
        data = piece * (8_000_000 // len(piece))
        print(f"{name:30}" + "".join(f"{len(data) / max(1, min(program.ask(TIME, label + plus, data)[0] for _ in range(5))):>10,.0f}" for plus in ("", "+")))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--show", type=int, default=20, help="how many differences are printed")
    parser.add_argument("--detection", action="store_true")
    args = parser.parse_args()
    cases = args.shared / "cases"
    if not (cases / "whatwg-encoding").is_dir():
        print(f"charsets.py: left out: it needs {cases}.")
        return
    if not (args.build / "sayso_decode").exists():
        sys.exit(f"charsets.py: its program is not in {args.build}. Build it: cmake --build {args.build} --target sayso_decode")
    begun, counts = time.time(), Counts(args.show)
    program, standard = Program(args.build / "sayso_decode"), Standard(cases / "whatwg-encoding")
    codecs = hold_tables(program, standard, counts)
    hold_sequences(program, standard, counts)
    hold_unicode(program, counts)
    hold_random(program, standard, counts)
    hold_legacy(program, cases / "encoding_rs" / "tests" / "test_data", standard.folder / "index-iso-2022-jp-katakana.txt", counts)
    hold_sniffing(program, cases / "html5lib-encoding" / "encoding", counts)
    print(f"{'':40}{'held':>12}{'differences':>14}")
    for name, (held, differences) in counts.rows.items():
        print(f"{name:40}{held:>12,}{differences:>14,}")
    print(f"{'all':40}{sum(r[0] for r in counts.rows.values()):>12,}{sum(r[1] for r in counts.rows.values()):>14,}   in {time.time() - begun:.0f} s")
    print("bytes where Python's codec differs: " + ", ".join(f"{name} {n}" for name, n in codecs.items() if n)
          + "; it has none for " + ", ".join(name for name, n in codecs.items() if n is None))
    tell_speed(program)
    if args.detection:
        tell_detection(program, args.shared)
    sys.exit(any(differences for _, differences in counts.rows.values()))


if __name__ == "__main__":
    main()
