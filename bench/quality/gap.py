#!/usr/bin/env python3
"""Whom a pronoun means: F1 on GAP's validation part by its official rule, beside CoreNLP's statistical coreference.

usage: gap.py [--program build/sayso_mentions] [--model WEIGHTS] [--only sayso corenlp] [--peers FOLDER]
example: bench/quality/gap.py --peers build/peers/answers

Each of the 454 texts asks twice whether its pronoun means a name, A or B. As GAP's gap_scorer.py has it: F1 of yes over both names of all texts,
“masculine” and “feminine” by the pronoun, bias is F1 of feminine by F1 of masculine. Texts alone are read, not their pages (snippet-context).
Programs are given neither pronoun nor names. GAP's scorer leaves open how clusters become yes and no; here it is as in the conversion that the
published resolvers after GAP used (to_gap_tsv.py of SpanBERT's coreference): yes when a cluster has a mention that is exactly the pronoun, and one
whose span holds the name's or lies in it. “strict” asks for a mention that is exactly the name, or the name with “'s”.
Intervals (95 %) by resampling texts.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import mentions_gold
import resolvers
import scoring

ROWS = ("overall", "masculine", "feminine", "strict")


def answer(mentions, pronoun, name, text, strict):
    """Whether the pronoun's cluster has the name."""
    same = {one[4] for one in mentions if tuple(one[:2]) == pronoun}
    for begin, end, _, _, cluster in mentions:
        inside, around = name[0] <= begin and end <= name[1], begin <= name[0] and name[1] <= end
        exact = begin == name[0] and (end == name[1] or text[name[1]:end] in ("'s", "’s", "'", "’"))
        if cluster in same and (exact if strict else inside or around):
            return True
    return False


def counts(name, mentions, example):
    """{(row, program): (yes, gold's yes, right)} of both names of a text."""
    out = {(row, name): (0, 0, 0) for row in ROWS}
    for row in ("overall", example["gender"], "strict"):
        for part in "ab":
            said = answer(mentions, example["pronoun"], example[part], example["text"], row == "strict")
            gold = example[f"{part} is"]
            out[row, name] = tuple(map(sum, zip(out[row, name], (said, gold, said and gold))))
    return out


def figures(total):
    return {(row, name, column): value for (row, name), numbers in total.items() for column, value in zip("PRF", resolvers.f1(*numbers))}


def main():
    args = resolvers.parse_arguments(__doc__, ["corenlp"])
    examples = mentions_gold.gap_examples(resolvers.need(args.shared / "data" / "gap" / "gap-validation.tsv"))
    names = resolvers.available(args)
    found = {name: resolvers.answers(args, name, {one["id"]: one["text"] for one in examples}) for name in names}
    per_document = []
    for one in examples:
        per_document.append({})
        for name in names:
            per_document[-1].update(counts(name, found[name][one["id"]]["mentions"], one))
    print(f"\nGAP, validation: {len(examples)} texts, {sum(one['a is'] + one['b is'] for one in examples)} of {2 * len(examples)} pairs are one")
    resolvers.print_table(names, ROWS, per_document, figures, args.boot, "PRF")

    def bias(total):
        all_of = figures(total)
        return {name: all_of["feminine", name, "F"] / (all_of["masculine", name, "F"] or float("inf")) for name in names}

    between = scoring.intervals(per_document, bias, args.boot)
    print("bias: " + ", ".join(f"{resolvers.TITLES[name]} {resolvers.with_interval(value, between[name], 2)}"
                               for name, value in bias(scoring.totals(per_document)).items()))


if __name__ == "__main__":
    main()
