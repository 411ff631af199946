#!/usr/bin/env python3
"""Who is meant by a source: 300 attributions drawn at random from PolNeAR dev (240) and GUM dev (60), marked before any output was seen.

usage: sources.py [--program build/sayso] [--model WEIGHTS] [--shared ../shared] [--wrong FILE]

marked.jsonl beside this file holds positions (code points) and labels alone: source, cue and content as their sets have them; `entity` with `naming`, a place
where the document gives that entity's fullest name ([]: it gives none); kind and identity; and, for provenance and factuality, chain, medium, addressee,
occasion, time, polarity, modality, hearsay, markers. Marked by two models of language, a half each, reading by FORMAT.md and MARKING.md; `unsure` names
what an editor could see differently.

The reading's entity for a marked source is that of the attribution whose source shares most characters with it; of none, that of the smallest mention
around the source's last word. It is right when it has a mention that overlaps `naming`, or, where the document has no name, when it has none itself and is
unnamed exactly when it was marked as anonymous. What the reading has no entity for is wrong. 95 % intervals by resampling documents.

"all" is what a user gets: an attribution that was not found counts as wrong, but for what a mention says. "found" is of those found. "given" is of all again,
each with the source, cue and content of its set put in place of what was read (sayso_mentions, which stands beside the
program: `ninja -C build mentions_of`; without it this row is left out): who is meant, whoever finds the attribution.
"""
import argparse
import collections
import itertools
import json
import pathlib
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import mentions_gold

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def texts(shared):
    """{document: text} of both sets."""
    out = {}
    for line in (shared / "data" / "polnear" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        out[article["id"]] = article["text"]
    for path in (shared / "data" / "gum" / "dev" / "dep").glob("*.conllu"):
        out[path.stem] = mentions_gold.gum_mentions(path)[0]
    return out


def read(program, model, documents):
    """{document: reading} by the program, one file each."""
    with tempfile.TemporaryDirectory() as folder:
        names = sorted(documents)
        for i, name in enumerate(names):
            (pathlib.Path(folder) / f"{i:04}.txt").write_text(documents[name], encoding="utf-8")
        command = [program, "read", "--format", "jsonl", *(["--model", model] if model else []), folder]
        out = subprocess.run(command, capture_output=True, check=True, text=True).stdout
        return dict(zip(names, map(json.loads, out.splitlines()), strict=True))


def give(program, model, documents, marked):
    """Who is meant by each of the marked attributions with a source when all of them are given, in their order."""
    by_document = collections.defaultdict(list)
    for m in marked:
        by_document[m["document"]].append(m)
    lines = [json.dumps({"id": name, "text": documents[name], "attributions": [{part: m[part] for part in ("source", "cue", "content")} for m in of_document]})
             for name, of_document in by_document.items()]
    command = [program, *(["--model", model] if model else [])]
    out = subprocess.run(command, input="\n".join(lines), capture_output=True, check=True, text=True).stdout
    found = {line["id"]: iter(line["sources"]) for line in map(json.loads, out.splitlines())}
    entities = [next(found[m["document"]]) for m in marked]
    for entity in entities:
        if entity:
            entity["mentions"] = [{"span": span} for span in entity["mentions"]]
    return entities


def characters(spans):
    return {c for begin, end in spans for c in range(begin, end)}


def find_entity(reading, source):
    """(entity, attribution) of a marked source's spans, each or None."""
    wanted, best = characters(source), (0, None)
    for attribution in reading["attributions"]:
        if attribution["source"]:
            got = characters(attribution["source"]["spans"])
            best = max(best, (len(got & wanted) / len(got | wanted), attribution), key=lambda b: b[0])
    entities = {e["id"]: e for e in reading.get("entities", ())}
    if best[1]:
        return entities.get(best[1]["source"].get("entity")), best[1]
    last = source[-1][1] - 1
    around = [(m["span"][1] - m["span"][0], e["id"]) for e in entities.values() for m in e["mentions"] if m["span"][0] <= last < m["span"][1] and m["span"][0] >= source[0][0] - 4]
    return (entities[max(around)[1]] if around else None), None


def is_right(entity, marked):
    if entity is None:
        return False
    naming = characters(marked["entity"]["naming"])
    if naming:
        return entity["name"] is not None and any(naming & characters([m["span"]]) for m in entity["mentions"])
    return entity["name"] is None and (entity["type"] == "unnamed") == (marked["identity"] == "anonymous")


def arguments(description, name):
    """What a benchmark on the texts of `shared` is told on its command line; None, and a sentence said, where they are not there."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build" / "sayso"))
    parser.add_argument("--model")
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT.parent / "shared")
    parser.add_argument("--wrong", help="write what was not right here, with words of the texts: for reading, not for the repository")
    args = parser.parse_args()
    if not (args.shared / "data").exists():
        print(f"{name}: left out: there is no {args.shared / 'data'}")
        return None
    return args


def main():
    args = arguments(__doc__, "sources.py")
    if args is None:
        return
    marked = [json.loads(line) for line in (HERE / "marked.jsonl").read_text(encoding="utf-8").splitlines()]
    every = texts(args.shared)
    readings = read(args.program, args.model, {m["document"]: every[m["document"]] for m in marked})
    by_document, wrong = collections.defaultdict(list), []
    marked = [m for m in marked if m["source"]]
    giver = pathlib.Path(args.program).with_name("sayso_mentions")
    given = give(giver, args.model, every, marked) if giver.is_file() else None
    for m, meant in zip(marked, given or itertools.repeat(None), strict=bool(given)):
        text = every[m["document"]]
        entity, attribution = find_entity(readings[m["document"]], m["source"])
        right, right_given = is_right(entity, m), is_right(meant, m)
        kind = attribution and attribution["source"]
        words = text[m["source"][0][0]:m["source"][-1][1]].lower()
        sort = "pronoun" if words in ("he", "she", "they", "i", "we", "it", "who") else m["identity"]
        by_document[m["document"]].append({"all": right, "sure": None if "entity" in m["unsure"] or "identity" in m["unsure"] else right, "found": right if attribution else None,
                                           "given": right_given if given else None,
                                           sort: right, m["set"]: right, "identity": kind["identity"] == m["identity"] if kind else None,
                                           "kind": kind["kind"] == m["kind"] if kind and m["kind"] else None})
        if not right or (given and not right_given):
            naming = m["entity"]["naming"]
            wrong.append(f"{m['document']}\t{words!r}\tmarked {m['identity']} {m['entity']['type']} {text[naming[0][0]:naming[0][1]] if naming else None!r}\t"
                         f"read {entity and (entity['type'], entity['name'], entity['names'][:3], [x['text'] for x in entity['mentions']][:4])}\t{'found' if attribution else 'NOT FOUND'}\t"
                         f"given {'right' if right_given else meant and (meant['type'], meant['name'], [text[b:e] for b, e in (x['span'] for x in meant['mentions'])][:4])}\t"
                         f"…{text[max(0, m['source'][0][0] - 120):m['source'][-1][1] + 60]!r}")
    rng = random.Random(1)
    for row in ("all", "sure", "found", "given", "polnear", "gum", "named", "described", "anonymous", "pronoun", "identity", "kind"):
        def share(documents):
            values = [s[row] for d in documents for s in by_document[d] if s.get(row) is not None]
            return (sum(values) / max(1, len(values)), len(values))
        documents = list(by_document)
        value, count = share(documents)
        if count == 0:
            continue
        spread = sorted(share(rng.choices(documents, k=len(documents)))[0] for _ in range(1000))
        print(f"{row:10} {100 * value:5.1f} ({100 * spread[25]:.1f}–{100 * spread[975]:.1f}) of {count}")
    if args.wrong:
        pathlib.Path(args.wrong).write_text("\n".join(wrong) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
