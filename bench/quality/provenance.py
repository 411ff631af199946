#!/usr/bin/env python3
"""Chain, circumstances and firmness on the 300 marked attributions of marked.jsonl (sources.py says how they were drawn and marked).

usage: provenance.py [--program build/sayso] [--model WEIGHTS] [--shared ../shared] [--wrong FILE]

A marked attribution is the reading's whose cue and content share most characters with it (at least a third of both together); what is not found is left out of
the rows and stated in the first. A chain is right when it has the marked links in order: an entity with a name by a mention that overlaps the marked place
of its name, one without by having none. Medium, addressee, occasion, time: F1, a hit when half of the characters in either are shared, or, for a medium,
addressee or time, when one stands in the other. Markers: F1, the kind equal and half of the characters shared. 95 % intervals by resampling documents.
`sure`: without the attributions whose marking of that field was unsure.
"""
import collections
import json
import pathlib
import random

import sources

PARTS = ("medium", "addressee", "occasion", "time")


def find(reading, marked):
    """The reading's attribution for a marked one, or None."""
    content, cue = sources.characters(marked["content"]), sources.characters(marked["cue"])
    best = (1 / 3, None)
    for a in reading["attributions"]:
        c = sources.characters(a["content"]["spans"]) if a["content"] else set()
        q = sources.characters(a["cue"]["spans"]) if a["cue"] else set()
        share = (len(c & content) / max(1, len(c | content)) + 2 * len(q & cue) / max(1, len(q | cue))) / 3
        best = max(best, (share, a), key=lambda b: b[0])
    return best[1]


def link_is(entity, marked):
    naming = sources.characters(marked["naming"])
    if naming:
        return entity["name"] is not None and any(naming & sources.characters([m["span"]]) for m in entity["mentions"])
    return entity["name"] is None


def overlap(got, wanted, loose):
    a, b = sources.characters(got), sources.characters(wanted)
    return len(a & b) >= 0.5 * len(a | b) or (loose and bool(a & b) and (a <= b or b <= a))


def compare(reading, marked):
    """{row: value}: True or False for a share, (hits, given, wanted) for an F1; None without an attribution."""
    a = find(reading, marked)
    if a is None:
        return None
    entities = {e["id"]: e for e in reading["entities"]}
    out = {"chain": len(a["chain"]) == len(marked["chain"]) and all(link_is(entities[x], m) for x, m in zip(a["chain"], marked["chain"])),
           "chain behind its first link": len(a["chain"]) == len(marked["chain"]) and all(link_is(entities[x], m) for x, m in list(zip(a["chain"], marked["chain"]))[1:])}
    for part in PARTS:
        hit = bool(a[part] and marked[part]) and overlap(a[part]["spans"], marked[part]["spans"], part != "occasion")
        out[part] = (hit, bool(a[part]), bool(marked[part]))
    if marked["medium"] and a["medium"]:
        out["kind of medium, where both have one"] = a["medium"]["kind"] == marked["medium"]["kind"]
    hidden = (a["source"] or {}).get("identity") == "anonymous" or a["source"] is None
    wanted = marked["identity"] == "anonymous" or not marked["source"]
    out["anonymous, or no source"] = (hidden and wanted, hidden, wanted)
    firm = a["factuality"]
    out["polarity"] = firm["polarity"] == marked["polarity"]
    out["modality"] = firm["modality"] == marked["modality"]
    out["hearsay"] = (firm["hearsay"] and marked["hearsay"], firm["hearsay"], marked["hearsay"])
    hits = sum(any(m["kind"] == n["kind"] and overlap([n["span"]], m["spans"] if "spans" in m else [m["span"]], False) for n in firm["markers"]) for m in marked["markers"])
    out["markers"] = (hits, len(firm["markers"]), len(marked["markers"]))
    return out


def value_of(values):
    if isinstance(values[0], tuple):
        hits, given, wanted = map(sum, zip(*values))
        return 2 * hits / max(1, given + wanted)
    return sum(values) / len(values)


FIELD_OF = {"chain behind its first link": "chain", "anonymous, or no source": "identity", "kind of medium, where both have one": "medium"}


def main():
    args = sources.arguments(__doc__, "provenance.py")
    if args is None:
        return
    marked = [json.loads(line) for line in (sources.HERE / "marked.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = sources.texts(args.shared)
    readings = sources.read(args.program, args.model, {m["document"]: texts[m["document"]] for m in marked})
    rows, wrong, found = collections.defaultdict(lambda: collections.defaultdict(list)), [], 0
    for m in marked:
        reading, text = readings[m["document"]], texts[m["document"]]
        result = compare(reading, m)
        if result is None:
            continue
        found += 1
        for row, value in result.items():
            rows[row][m["document"]].append(value)
            if FIELD_OF.get(row, row) not in m["unsure"]:
                rows[row + ", sure"][m["document"]].append(value)
            if not (value is True or (isinstance(value, tuple) and value[0] == value[1] == value[2])):
                a = find(reading, m)
                names = {e["id"]: e["name"] or "?" + "".join(e["roles"][:1]) for e in reading["entities"]}
                begin, end = m["cue"][0][0] if m["cue"] else m["content"][0][0], m["content"][-1][1]
                marked_words = {k: " … ".join(text[b:e] for b, e in m[k]["spans"]) for k in PARTS if m[k]}
                wrong.append(f"{row}\t{m['document']}\tunsure {m['unsure']}\tmarked {marked_words} {[text[l['naming'][0][0]:l['naming'][0][1]] if l['naming'] else '?' for l in m['chain']]} "
                             f"{m['polarity']} {m['modality']} {m['hearsay']} {[(k['kind'], text[k['span'][0]:k['span'][1]] if 'span' in k else '') for k in m['markers']]}\t"
                             f"read { {k: a[k]['text'] for k in PARTS if a[k]} } {[names[x] for x in a['chain']]} {a['factuality']['polarity']} {a['factuality']['modality']} {a['factuality']['hearsay']} "
                             f"{[(x['kind'], x['text']) for x in a['factuality']['markers']]}\tcue {a['cue'] and a['cue']['text']!r}\t{text[max(0, begin - 100):min(end, begin + 350)]!r}")
    print(f"found: {found} of {len(marked)}")
    rng = random.Random(1)
    for row, by_document in rows.items():
        documents = list(by_document)
        spread = sorted(value_of([v for d in rng.choices(documents, k=len(documents)) for v in by_document[d]]) for _ in range(1000))
        values = [v for d in documents for v in by_document[d]]
        size = f"{sum(v[2] for v in values)} marked" if isinstance(values[0], tuple) else f"of {len(values)}"
        print(f"{row:42} {100 * value_of(values):5.1f} ({100 * spread[25]:.1f}–{100 * spread[975]:.1f}) {size}")
    if args.wrong:
        pathlib.Path(args.wrong).write_text("\n".join(wrong) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
