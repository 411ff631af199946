#!/usr/bin/env python3
"""Writes src/entities/first_names.inc: first names that only men or only women have in the lists of many countries.

usage: make_first_names.py FAKER-40.63.0.whl NAMES-0.3.0.tar.gz        (pip download --no-deps Faker==40.63.0 names==0.3.0)

Faker (MIT) has lists of men's and women's first names for some eighty languages and countries; names (MIT) those of the United States' census of 1990
with their shares. A name that stands on both sides anywhere is left out, unless the census has it twenty times as often on one side; so are names in
other letters than Latin, of fewer than three letters, and those that English reads as words of other kinds more often.
"""
import ast
import collections
import hashlib
import pathlib
import re
import sys
import tarfile
import zipfile

OUT = pathlib.Path(__file__).resolve().parent.parent / "src" / "entities" / "first_names.inc"
SHA256 = {"faker": "36627c20b575b4138f54b6c21f8703e9ab122fd487aca11319beec2aa6ca7232", "names": "726e46254f2ed03f1ffb5d941dae3bc67c35123941c29becd02d48d0caa2a671"}
WORDS = set("may august dean earl king major prince duke judge art bill will mark rich frank grant guy hope faith joy grace chance royal general pope "
            "bishop sunday london paris austin jackson carolina georgia dakota india china israel jordan chad america asia europa van don mac des "
            "mayor star destiny liberty".split())


def faker_lists(path):
    """-> (men's, women's) names of each list. The providers' code is read, not run."""
    men, women = set(), set()
    with zipfile.ZipFile(path) as wheel:
        for member in sorted(wheel.namelist()):
            if not re.fullmatch(r"faker/providers/person/\w+/__init__\.py", member):
                continue
            lists = {}
            for node in ast.walk(ast.parse(wheel.read(member).decode("utf-8"))):
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in ("first_names_male", "first_names_female"):
                    lists[node.targets[0].id] = {n.value for n in ast.walk(node.value) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
            if len(lists) == 2 and lists["first_names_male"] != lists["first_names_female"]:
                men |= lists["first_names_male"]
                women |= lists["first_names_female"]
    return men, women


def census_shares(path):
    """{name: (share among men, among women)}, in per cent."""
    shares = collections.defaultdict(lambda: [0.0, 0.0])
    with tarfile.open(path) as archive:
        for side, file in enumerate(("dist.male.first", "dist.female.first")):
            for line in archive.extractfile(f"names-0.3.0/names/{file}").read().decode().splitlines():
                name, share = line.split()[:2]
                shares[name.lower()][side] = float(share)
    return shares


def choose(faker, census):
    """-> (men's, women's) names, sorted, in lower case."""
    fits = lambda name: re.fullmatch(r"[A-ZÀ-ɏ][a-zà-ɏ]+(-[A-ZÀ-ɏ]?[a-zà-ɏ]+)?", name) and len(name) > 2
    sides = [{name.lower() for name in names if fits(name)} for names in faker]
    out = (set(), set())
    for name in sides[0] | sides[1] | set(census):
        if name in WORDS or len(name) < 3:
            continue
        man, woman = census.get(name, (0, 0))
        if man > 20 * woman and man >= 0.004 or woman > 20 * man and woman >= 0.004:
            side = 0 if man > woman else 1
            if name in sides[1 - side] and name not in sides[side]:
                continue
            out[side].add(name)
        elif man == woman == 0 and (name in sides[0]) != (name in sides[1]):
            out[0 if name in sides[0] else 1].add(name)
    return sorted(out[0]), sorted(out[1])


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    for what, path in zip(SHA256, sys.argv[1:]):
        if hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest() != SHA256[what]:
            sys.exit(f"make_first_names.py: {path} is another file than this script was written for")
    men, women = choose(faker_lists(sys.argv[1]), census_shares(sys.argv[2]))
    lines = ["// Made by tools/make_first_names.py from the lists of Faker 40.63.0 and names 0.3.0 (PyPI). Do not edit.", "//",
             "// Faker: Copyright (c) 2012 Daniele Faraglia. names: Copyright (c) 2013 Trey Hunner. Both under the MIT License:"]
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        licence = next(n for n in wheel.namelist() if n.endswith("LICENSE.txt"))
        text = wheel.read(licence).decode("utf-8")
    lines += [f"// {line}".rstrip() for line in text[text.index("Permission"):].strip().splitlines()]
    for title, names in (("names_only_men_have", men), ("names_only_women_have", women)):
        lines += ["", f"const char {title}[] ="]
        row = ""
        for name in names:
            if len(row) + len(name) > 130:
                lines.append(f'    "{row}"')
                row = ""
            row += f"{name} "
        lines.append(f'    "{row}";')
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(men)} names of men, {len(women)} of women: {OUT}")


if __name__ == "__main__":
    main()
