#!/usr/bin/env python3
"""Writes the knowledge files (knowledge/README.md) from facts: countries, office-holders; bodies.tsv and offices.tsv are kept by hand.

usage: make_knowledge.py [--shared ../shared] [--out knowledge]

Needs PyYAML (Debian's python3-yaml). The same input gives the same bytes.
"""
import argparse
import datetime
import json
import pathlib
import re
import urllib.parse

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
STATES_ROLES = {"sen": "Senator", "rep": "Representative", "prez": "President", "viceprez": "Vice President"}
# Nominees who stand in people.tsv for another office; the others are in offices.tsv. From the day of the nomination to that of the election.
NOMINEES = {"Donald Trump": [("Republican", "2016-07-19", "2016-11-08"), ("Republican", "2020-08-24", "2020-11-03"), ("Republican", "2024-07-15", "2024-11-05")],
            "Joseph Biden": [("Democratic", "2020-08-18", "2020-11-03")], "Kamala D. Harris": [("Democratic", "2024-08-05", "2024-11-05")],
            "William Clinton": [("Democratic", "1992-07-15", "1992-11-03"), ("Democratic", "1996-08-28", "1996-11-05")],
            "Barack Obama": [("Democratic", "2008-08-27", "2008-11-04"), ("Democratic", "2012-09-05", "2012-11-06")]}
LEADERS_DAY = "2014-01-30"  # of the list of leaders: who was in office then has this as his last day known
# What the list of leaders calls somebody by, in its other names.
# Of its codes of offices those whose people are ministers; the others mix them with ambassadors, judges and heads of central banks, and are left out.
MINISTERS = {"GOVAGR": "Agriculture Minister", "GOVEDU": "Education Minister", "GOVENV": "Environment Minister", "GOVHLH": "Health Minister", "GOVLAB": "Labour Minister"}
LEADERS_TITLES = ("President", "Prime Minister", "Chancellor", "Foreign Minister", "Defense Minister", "King", "Queen", "Sultan", "Emir")
SMALL_IN_NAMES = {"van", "von", "der", "den", "de", "da", "do", "dos", "du", "la", "bin", "ibn", "al", "ul", "y", "e"}


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
        merged[:0] = [(f"{party} {role}", "United States", begin, end) for party, begin, end in NOMINEES.get(entry["name"], ()) for role in ("presidential nominee", "nominee")]
        for office in merged:
            yield row("office", *office)


def day_of(digits):
    """ISO 8601 of “331108” or “20120515”; None of what is no day. Two digits of a year below 30 are this century's."""
    if len(digits) == 6:
        digits = ("20" if int(digits[:2]) < 30 else "19") + digits
    try:
        return datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat() if len(digits) == 8 else None
    except ValueError:
        return None


def name_of(entry):
    """“Angela Merkel” of ANGELA_MERKEL_."""
    def word(text, first):
        if re.fullmatch(r"[IVX]+|[A-Z]\.", text) or (not first and text.lower() in SMALL_IN_NAMES):
            return text if re.fullmatch(r"[IVX]+|[A-Z]\.", text) else text.lower()
        return "-".join(part[:1] + part[1:].lower() for part in text.split("-"))
    words = entry.strip().strip("_").split("_")
    return " ".join(word(w, i == 0) for i, w in enumerate(words) if w)


def in_whole_months(begin, end):
    """Such days come from lists of a government's members by the month, not from those of who led it."""
    return begin.endswith("-01") and (end == LEADERS_DAY or (datetime.date.fromisoformat(end) + datetime.timedelta(days=1)).day == 1)


def leaders(shared, known):
    """Heads of state and government, and ministers, of other states, with the days that they were in office (PETRARCH's actors, MIT)."""
    given = json.loads((shared / "data" / "countries" / "world-countries" / "countries.json").read_text(encoding="utf-8"))
    country_of = {c["cca3"]: c["name"]["common"] for c in given if c["cca2"] != "US"}
    people, names, terms, is_new = {}, [], [], True

    def keep():
        """What was read of one entry: all its names, then its days."""
        if not names or len(names[0].split()) < 2 or not terms:
            return
        title, aliases = None, {}
        titled = re.compile(rf"(?:[A-Z]\w+ )??({'|'.join(LEADERS_TITLES)}) (.+)")
        titles = set()
        for name in names[1:]:
            if match := titled.fullmatch(name):
                titles.add(match[1])
                aliases[f"{match[1]} {match[2]}"] = None
            elif len(name.split()) > 1 and not name.startswith(("Kanzler", "Bundeskanzler", "Presient")):
                aliases[name] = None
        if len(titles) == 1:
            title = titles.pop()
        early = [t for t in terms if t[1] == "ELI" and t[2]]
        is_leader = bool(early) or title is not None
        in_office = [t for t in terms if t[2] and t[0] in country_of and (t[1] in MINISTERS or (is_leader and t[1] == "GOV" and not in_whole_months(t[2], t[3])))]
        if not in_office or titled.fullmatch(names[0]):
            return
        person = people.setdefault(names[0], {"aliases": {}, "offices": []})
        person["aliases"].update(aliases)
        person["offices"] += [(MINISTERS.get(code) or title or "Head of state or government", country_of[country], begin, end) for country, code, begin, end in in_office]

    for line in (shared / "data" / "petrarch2" / "dictionaries" / "Phoenix.Countries.actors.txt").read_text(encoding="utf-8").splitlines():
        line = line.split("#")[0].rstrip()
        if term := re.fullmatch(r"\s+\[([A-Z]{3})([A-Z]*)(?: (>?)(\d+)(?:-(\d+))?)?\]", line):
            begin = day_of(term[4]) if term[4] else None
            end = LEADERS_DAY if term[3] else day_of(term[5]) if term[5] else None
            terms.append((term[1], term[2], begin if begin and end and begin <= end else None, end))
            is_new = True
        elif line and not line[0].isspace() and re.fullmatch(r"\+?[A-Z][A-Z_.'-]*", line):
            if is_new and not line.startswith("+"):
                keep()
                names, terms, is_new = [], [], False
            elif names and not line.startswith("+") and names[0].split()[-1] != name_of(line).split()[-1]:
                names, terms = [], []  # else one more spelling of the same name
            names.append(name_of(line.lstrip("+")))
        elif line:
            keep()
            names, terms, is_new = [], [], True
    keep()
    by_hand = {line.split("\t")[1].strip() for line in (ROOT / "knowledge" / "offices.tsv").read_text(encoding="utf-8").splitlines() if line.startswith("person\t")}
    for name, person in sorted(people.items()):
        if name in by_hand:
            continue
        person["aliases"].pop(name, None)
        yield row("person", name, "|".join(person["aliases"]), f"wikidata:{known[name]}" if name in known else "")
        merged = []
        for office in sorted(set(person["offices"]), key=lambda o: (o[0], o[1], o[2])):
            if merged and merged[-1][:2] == office[:2] and office[2] <= merged[-1][3]:
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
    for name, rows in (("countries.tsv", countries(args.shared, known)), ("people.tsv", people(args.shared)), ("world_leaders.tsv", leaders(args.shared, known))):
        text = "# Made by tools/make_knowledge.py; knowledge/README.md says what the columns are and whose facts these were.\n" + "".join(rows)
        (args.out / name).write_text(text, encoding="utf-8")
        print(f"{args.out / name}: {text.count(chr(10)) - 1} lines, {len(text.encode())} bytes")


if __name__ == "__main__":
    main()
