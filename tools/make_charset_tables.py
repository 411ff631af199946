#!/usr/bin/env python3
"""Makes src/charset/tables.inc from the WHATWG Encoding Standard's index files: tools/make_charset_tables.py [../shared/cases/whatwg-encoding]

The folder holds encodings.json (names and labels) and index-*.txt as published. Run it again when the standard's indexes change; what it
makes is committed, and bench/quality/charsets.py holds it against the same files.
"""
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

HEAD = """\
// Made by tools/make_charset_tables.py from the WHATWG Encoding Standard's encodings.json and index-*.txt{commit}. Do not edit.
//
// The indexes: Copyright © WHATWG (Apple, Google, Mozilla, Microsoft). Portions incorporated into source code, such as these, are licensed
// under the BSD 3-Clause License:
// Redistribution and use in source and binary forms, with or without modification, are permitted provided that the following conditions
// are met:
// 1. Redistributions of source code must retain the above copyright notice, this list of conditions and the following disclaimer.
// 2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following disclaimer in
//    the documentation and/or other materials provided with the distribution.
// 3. Neither the name of the copyright holder nor the names of its contributors may be used to endorse or promote products derived from
//    this software without specific prior written permission.
// THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT
// LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE
// COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES
// (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION)
// HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE)
// ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
//
// 0 in an index: nothing stands there. An index begins at the pointer named FIRST.

"""


def read_index(path):
    """{pointer: code point}"""
    rows = (line.split() for line in path.read_text(encoding="utf-8").split("\n") if line.strip() and not line.startswith("#"))
    return {int(row[0]): int(row[1], 16) for row in rows}


def write_numbers(out, declaration, numbers):
    out.append(f"constexpr {declaration} = {{\n")
    line = ""
    for number in numbers:
        word = f"{number},"
        if len(line) + len(word) > 139:
            out.append(line + "\n")
            line = ""
        line += word
    out.append(line + "};\n")


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "cases" / "whatwg-encoding"
    groups = json.loads((folder / "encodings.json").read_text(encoding="utf-8"))
    encodings = [(group["heading"], encoding) for group in groups for encoding in group["encodings"]]
    origin = folder / "ORIGIN.txt"
    commit = f" (its commit {origin.read_text(encoding='utf-8').split()[0][:12]})" if origin.exists() else ""
    out = [HEAD.replace("{commit}", commit)]

    names = [encoding["name"] for _, encoding in encodings]
    out.append("// In the order of `Encoding`.\nconstexpr std::string_view names[] = {\n")
    out += [f'  "{name}",\n' for name in names]
    out.append("};\n\n// Sorted.\nconstexpr struct { std::string_view label; uint8_t encoding; } labels[] = {\n")
    labels = sorted((label, names.index(encoding["name"])) for _, encoding in encodings for label in encoding["labels"])
    out += [f'  {{"{label}", {encoding}}},\n' for label, encoding in labels]
    out.append("};\n\n")

    single = [(k, e["name"]) for k, (heading, e) in enumerate(encodings) if heading == "Legacy single-byte encodings"]
    assert [k for k, _ in single] == list(range(single[0][0], single[-1][0] + 1))
    out.append(f"// Bytes 80–FF, from the encoding numbered {single[0][0]}.\nconstexpr size_t first_single_byte = {single[0][0]};\n")
    rows = []
    for _, name in single:
        index = read_index(folder / f"index-{name.lower().removesuffix('-i') if name == 'ISO-8859-8-I' else name.lower()}.txt")
        rows += [index.get(k, 0) for k in range(128)]
    write_numbers(out, f"uint16_t single_byte_index[{len(single)} * 128]", rows)

    for name in ("big5", "euc-kr", "gb18030", "jis0208", "jis0212"):
        index = read_index(folder / f"index-{name}.txt")
        first, last = min(index), max(index)
        identifier = name.replace("-", "_")
        out.append(f"\nconstexpr size_t {identifier}_first = {first};\n")
        write_numbers(out, f"uint16_t {identifier}_index[{last - first + 1}]", [index.get(k, 0) & 0xFFFF for k in range(first, last + 1)])
        beyond = [k for k in index if index[k] > 0xFFFF]
        if beyond:
            assert all(index[k] >> 16 == 2 for k in beyond)
            bits = [sum(1 << bit for bit in range(32) if index.get(k + bit, 0) > 0xFFFF) for k in range(first, last + 1, 32)]
            out.append("// A bit for each pointer: the code point is in plane 2.\n")
            write_numbers(out, f"uint32_t {identifier}_plane_2[{len(bits)}]", bits)

    ranges = sorted(read_index(folder / "index-gb18030-ranges.txt").items())
    out.append("\n// Where a range of four-byte sequences begins: pointer and code point.\n")
    out.append(f"constexpr struct {{ uint32_t pointer, code_point; }} gb18030_ranges[{len(ranges)}] = {{\n")
    out += [f"  {{{pointer}, {code_point}}},\n" for pointer, code_point in ranges]
    katakana = read_index(folder / "index-iso-2022-jp-katakana.txt")  # used by encoders only
    assert len(katakana) == 63
    out.append("};\n")
    path = ROOT / "src" / "charset" / "tables.inc"
    path.write_text("".join(out), encoding="utf-8")
    print(f"{path}: {path.stat().st_size:,} bytes, {len(names)} encodings, {len(labels)} labels")


if __name__ == "__main__":
    main()
