#!/usr/bin/env python3
"""Did it happen? The head for factuality on UDS-IH2's development part (EWT), through the program: Pearson's r and the mean absolute error.

usage: factuality.py [--program build/sayso_factuality] [--model models/attribution.safetensors]

Gold is the mean of two people's judgements, -3 to 3 (factuality_gold.py). r and the error are of values at gold's predicates, whether the head takes them for
predicates or not, as Rudinger et al. (2018) have it; “negated”: the error at the negated ones, against all judgements, and against those of people who are
clear about negation. “predicates”: F1 of the units that the head takes for predicates (logit above 0) against the units that hold one.
Texts are whole documents. Intervals (95 %) by resampling documents.
"""
import argparse
import datetime
import json
import math
import pathlib
import shlex
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import factuality_gold
import resolvers
import scoring


def read(program, model, texts):
    """{id: [(begin, end, logit, value)]} of {id: text}."""
    lines = "".join(json.dumps({"id": key, "text": text}) + "\n" for key, text in texts.items())
    done = subprocess.run([program, model], input=lines.encode(), stdout=subprocess.PIPE)
    found = {one["id"]: one["units"] for one in map(json.loads, done.stdout.splitlines())}
    if done.returncode or set(found) != set(texts):
        scoring.stop(f"the program answered about {len(found)} of {len(texts)} texts (exit status {done.returncode}).")
    return found


def counts(units, predicates, clear, negated_words):
    """What the figures are made of: sums over a document's values, and its numbers of predicates. `clear` are the same predicates as clear people judged them."""
    unit_at = {place: unit for unit in units for place in range(unit[0], unit[1])}
    pairs = [(unit_at[begin][3], value) for begin, _, value in predicates]
    negated = [(x, y, z) for (x, y), (begin, _, z) in zip(pairs, clear, strict=True) if begin in negated_words]
    clearly = [abs(x - z) for x, _, z in negated if z is not None]
    said = {unit[0] for unit in units if unit[2] > 0}
    gold = {unit_at[begin][0] for begin, _, _ in predicates}
    return {"values": (len(pairs), sum(x for x, _ in pairs), sum(y for _, y in pairs), sum(x * x for x, _ in pairs), sum(y * y for _, y in pairs),
                       sum(x * y for x, y in pairs), sum(abs(x - y) for x, y in pairs)),
            "negated": (len(negated), sum(abs(x - y) for x, y, _ in negated), len(clearly), sum(clearly)),
            "predicates": (len(said), len(gold), len(said & gold))}


def figures(total):
    n, x, y, xx, yy, xy, apart = total["values"]
    negated, negated_apart, clear, clear_apart = total["negated"]
    return {"r": (n * xy - x * y) / math.sqrt((n * xx - x * x) * (n * yy - y * y)), "mean absolute error": apart / n,
            "negated, by all": negated_apart / max(1, negated), "negated, by the clear": clear_apart / max(1, clear), "predicates F1": resolvers.f1(*total["predicates"])[2]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=pathlib.Path, default=scoring.ROOT.parent / "shared")
    parser.add_argument("--program", type=pathlib.Path, default=scoring.ROOT / "build" / "sayso_factuality")
    parser.add_argument("--model", type=pathlib.Path, default=scoring.ROOT / "models" / "attribution.safetensors")
    parser.add_argument("--boot", type=int, default=1000, help="how often documents are resampled")
    args = parser.parse_args()
    for path in (args.shared / "data" / "uds-factuality", args.shared / "data" / "ewt"):
        resolvers.need(path)
    if not args.program.is_file():
        scoring.leave_out(f"{args.program} is not there. Build it: cmake --build build --target factuality_of.")
    gold = factuality_gold.uds_documents(args.shared, "dev")
    found = read(args.program, args.model, {name: text for name, (text, _) in gold.items()})
    clear = factuality_gold.uds_documents(args.shared, "dev", clear_negation=True)
    negated = factuality_gold.negated_words(args.shared, "dev")
    per_document = [counts(found[name], predicates, clear[name][1], negated[name]) for name, (_, predicates) in gold.items()]
    whole, between = figures(scoring.totals(per_document)), scoring.intervals(per_document, figures, args.boot)
    print(f"{datetime.date.today()}  {shlex.join(sys.argv)}")
    print(f"\nUDS-IH2, development: {len(gold)} documents, {sum(len(predicates) for _, predicates in gold.values())} predicates")
    for name, value in whole.items():
        print(f"{name:<23}{resolvers.with_interval(value, between[name], 1 if name == 'predicates F1' else 3)}")


if __name__ == "__main__":
    main()
