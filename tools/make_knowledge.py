#!/usr/bin/env python3
"""Writes the knowledge files (knowledge/README.md) from facts: countries, office-holders; bodies.tsv is kept by hand.

usage: make_knowledge.py [--shared ../shared] [--out knowledge]

Needs PyYAML (Debian's python3-yaml). The same input gives the same bytes.
"""
import argparse
import json
import pathlib
import urllib.parse

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
STATES_ROLES = {"sen": "Senator", "rep": "Representative", "prez": "President", "viceprez": "Vice President"}


def wikidata(shared):
    """{title with spaces: Q…} of GUM's Wikipedia links."""
    out = {}
    for line in (shared / "data" / "gum" / "wiki_map.tab").read_text(encoding="utf-8").splitlines()[1:]:
        _, title, number, *_ = line.split("\t")
        if number.startswith("Q"):
            out[urllib.parse.unquote(title).replace("_", " ")] = number
    return out


def row(*fields):
    return "\t".join(f.replace("\t", " ").replace("\n", " ") for f in fields) + "\n"


def countries(shared, known):
    """Countries with their other names, demonyms and capitals (world-countries, ODbL)."""
    given = json.loads((shared / "data" / "countries" / "world-countries" / "countries.json").read_text(encoding="utf-8"))
    capitals = [city for c in given for city in c["capital"]]
    names = {c["name"]["common"].lower() for c in given}
    usual = {"US": ["US", "America"], "GB": ["UK", "Britain", "Great Britain"], "KR": ["Republic of Korea"], "CZ": ["Czech Republic"], "MM": ["Burma"], "CI": ["Ivory Coast"]}  # as news says them
    for country in sorted(given, key=lambda c: c["cca2"]):
        name, code = country["name"]["common"], country["cca2"]
        demonym = country.get("demonyms", {}).get("eng", {})
        others = dict.fromkeys([country["name"]["official"], *(a for a in country["altSpellings"] if len(a) > 2 and a.isascii()), *filter(None, (demonym.get("m"), demonym.get("f")))])
        others.update(dict.fromkeys(usual.get(code, ())))
        others.pop(name, None)
        links = [f"iso3166:{code}"] + ([f"wikidata:{known[name]}"] if name in known else [])
        yield row("country", name, "|".join(others), "|".join(links))
        for city in country["capital"]:
            # A capital that is a country's name too, or two countries' capital, says nothing.
            if capitals.count(city) == 1 and city.lower() not in names:
                yield row("seat", city, name)


def people(shared):
    """Presidents, vice presidents and the present Congress of the United States (congress-legislators, CC0)."""
    folder = shared / "data" / "congress-legislators"
    seen = {}
    for file in ("executive.yaml", "legislators-current.yaml"):
        for person in yaml.load((folder / file).read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            name = person["name"]
            full = name.get("official_full") or f"{name['first']} {name['last']}"
            key = person["id"]["bioguide"] if "bioguide" in person["id"] else full
            entry = seen.setdefault(key, {"name": full, "aliases": {}, "links": {}, "offices": []})
            entry["aliases"].update(dict.fromkeys([f"{name['first']} {name['last']}"] + ([f"{name['nickname']} {name['last']}"] if "nickname" in name else [])))
            if "wikidata" in person["id"]:
                entry["links"]["wikidata"] = person["id"]["wikidata"]
            entry["links"]["bioguide"] = person["id"].get("bioguide", "")
            for term in person["terms"]:
                role = STATES_ROLES[term["type"]]
                entry["aliases"][f"{role} {name['last']}"] = None
                entry["offices"].append((role, term.get("state", "United States"), term["start"], term["end"]))
    for entry in sorted(seen.values(), key=lambda e: (e["name"], e["links"].get("bioguide", ""))):
        entry["aliases"].pop(entry["name"], None)
        yield row("person", entry["name"], "|".join(entry["aliases"]), "|".join(f"{k}:{v}" for k, v in sorted(entry["links"].items()) if v))
        merged = []
        for office in entry["offices"]:  # one term after the other is one time in office
            if merged and merged[-1][:2] == office[:2] and office[2] <= merged[-1][3] or (merged and merged[-1][:2] == office[:2] and office[2][:7] == merged[-1][3][:7]):
                merged[-1] = (*merged[-1][:3], max(merged[-1][3], office[3]))
            else:
                merged.append(office)
        for office in merged:
            yield row("office", *office)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "knowledge")
    args = parser.parse_args()
    known = wikidata(args.shared)
    for name, rows in (("countries.tsv", countries(args.shared, known)), ("people.tsv", people(args.shared))):
        text = "# Made by tools/make_knowledge.py; knowledge/README.md says what the columns are and whose facts these were.\n" + "".join(rows)
        (args.out / name).write_text(text, encoding="utf-8")
        print(f"{args.out / name}: {text.count(chr(10)) - 1} lines, {len(text.encode())} bytes")


if __name__ == "__main__":
    main()
