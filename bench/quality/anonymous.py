#!/usr/bin/env python3
"""Sources whom the text does not name (identity “anonymous”): 140 attributions of PolNeAR train, marked by a model of language before any output was seen.

usage: anonymous.py [--program build/sayso] [--model WEIGHTS] [--shared ../shared] [--wrong FILE]

anonymous.jsonl beside this file holds positions (code points) and labels alone. Drawn with fixed seeds from 200 articles drawn the same way: 80 of the
attributions whose source has a word like “officials”, “aides”, “a person close to”, “some” and no name in apposition (set “matching”), 60 of all others
(“random”). `anonymous` by MARKING.md: who speaks is kept back (“officials”, “aides”, “people close to”), and not one of a public that anybody could ask
(“supporters”, “voters”, “analysts”). `unsure`: two editors could differ. A marked attribution is the reading's as in provenance.py; what is not found is
left out of the rows and stated. Rules were mended with the even lines of the file in sight; the odd ones tell what they are worth. 95 % intervals by
resampling documents.
"""
import collections
import json
import pathlib
import random

import provenance
import sources


def main():
    args = sources.arguments(__doc__, "anonymous.py")
    if args is None:
        return
    marked = [json.loads(line) for line in (sources.HERE / "anonymous.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = {}
    for line in (args.shared / "data" / "polnear" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        texts[article["id"]] = article["text"]
    readings = sources.read(args.program, args.model, {m["document"]: texts[m["document"]] for m in marked})
    rows, wrong, found = collections.defaultdict(lambda: collections.defaultdict(list)), [], 0
    for number, m in enumerate(marked):
        a = provenance.find(readings[m["document"]], m)
        if a is None:
            continue
        found += 1
        read = a["source"] is not None and a["source"]["identity"] == "anonymous"
        value = (read and m["anonymous"], read, m["anonymous"])
        for row in ("all", "even lines" if number % 2 == 0 else "odd lines"):
            rows[row][m["document"]].append(value)
            if not m["unsure"]:
                rows[row + ", sure"][m["document"]].append(value)
        if read != m["anonymous"]:
            text, (begin, end) = texts[m["document"]], (m["source"][0][0], m["source"][-1][1])
            wrong.append(f"line {number}\t{'unsure' if m['unsure'] else ''}\tmarked {m['anonymous']}\tread {a['source'] and (a['source']['text'], a['source']['identity'])}\t"
                         f"…{text[max(0, begin - 100):end + 100]!r}")
    print(f"found: {found} of {len(marked)}")
    rng = random.Random(1)
    for row, by_document in rows.items():
        documents = list(by_document)
        spread = sorted(provenance.value_of([v for d in rng.choices(documents, k=len(documents)) for v in by_document[d]]) for _ in range(1000))
        hits, given, wanted = map(sum, zip(*(v for d in documents for v in by_document[d])))
        print(f"{row:18} F1 {200 * hits / max(1, given + wanted):5.1f} ({100 * spread[25]:.1f}–{100 * spread[975]:.1f}), precision {hits} of {given}, recall {hits} of {wanted}")
    if args.wrong:
        pathlib.Path(args.wrong).write_text("\n".join(wrong) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
