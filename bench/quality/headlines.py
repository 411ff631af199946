#!/usr/bin/env python3
"""Headlines that are firmer than the words they rest on: 100 articles (PolNeAR dev, and the 16 of its train that several people annotated), marked by a model
of language that saw no output of sayso.

usage: headlines.py [--program build/sayso] [--model WEIGHTS] [--shared ../shared] [--wrong FILE]

headlines.jsonl beside this file holds positions (code points) and labels alone: `headline`; `attributed`: it attributes what it says; `rests_on`: contents of
the body that it retells; `firmer` (null where two editors could differ); `drops_attribution`: it says in the paper's own voice what the body has as somebody's
claim alone. Rows: precision and recall of `firmer_than_its_source` where the mark is not null, how often the reading finds something that the headline rests
on, and how often that overlaps what was marked. Only 2 of 100 are marked as firmer, so recall says next to nothing: this set counts false alarms.
"""
import json
import pathlib

import sources


def main():
    args = sources.arguments(__doc__, "headlines.py")
    if args is None:
        return
    marked = [json.loads(line) for line in (sources.HERE / "headlines.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = {}
    for part in ("dev", "train"):
        for line in (args.shared / "data" / "polnear" / f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            texts[article["id"]] = article["text"]
    readings = sources.read(args.program, args.model, {m["document"]: texts[m["document"]] for m in marked})
    said = right = wanted = found = resting = overlapping = 0
    wrong = []
    for m in marked:
        reading = readings[m["document"]]
        finding = reading["summary"]["headline"]
        firmer = bool(finding and finding["firmer_than_its_source"])
        contents = {a["id"]: a["content"]["spans"] for a in reading["attributions"]}
        rests_on = sources.characters([s for spans in m["rests_on"] for s in spans])
        hit = bool(finding) and any(rests_on & sources.characters(contents[x]) for x in finding["rests_on"])
        if rests_on:
            resting += 1
            overlapping += hit
        found += bool(finding)
        if m["firmer"] is not None:
            said += firmer
            wanted += m["firmer"]
            right += firmer and m["firmer"]
        if firmer != bool(m["firmer"]):
            text = texts[m["document"]]
            wrong.append(f"{m['document']}\tmarked {m['firmer']} ({m['why']})\tread {firmer}\t{text[m['headline'][0]:m['headline'][1]]!r}\t"
                         + " | ".join(" … ".join(text[b:e] for b, e in contents[x]) for x in (finding or {}).get("rests_on", [])))
    print(f"firmer: {said} said, {right} of them right, {wanted} marked, of {sum(m['firmer'] is not None for m in marked)} that are marked either way")
    print(f"rests on something: {found} of {len(marked)} read, {resting} marked; of those marked {overlapping} overlap what is read")
    if args.wrong:
        pathlib.Path(args.wrong).write_text("\n".join(wrong) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
