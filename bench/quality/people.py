#!/usr/bin/env python3
"""Model against people: the articles of PolNeAR that several people annotated (16 of train, 2 of dev), by the published scorer, aligned by cue.

usage: people.py [--sayso build/sayso] [--model WEIGHTS] [--note SENTENCE]
example: bench/quality/people.py --note "attribution-2 goes on from weights that have seen the 16 of train: its column says nothing about new articles"

Each annotator's version is read from attributions/ID_ANNOTATOR.ann (the one that train.jsonl and dev.jsonl hold must have the same words in the same parts). Of n annotators:
  people    each pair of them, one as gold (F1 is the same either way)
  model     the program's attributions that stand in no other (PolNeAR has no nested ones), with each annotator as gold
  rest      the majority of all but one, with the one left out as gold
  model'    the program, with the same majority of all but one as gold: what “rest” is for people
Majority: an annotator after the other is aligned with what the earlier ones have (the scorer's alignment by cue); an attribution stays when more than
half of the annotators have it, a word stays in a part when more than half of those who have the attribution put it there.
An article's figure is the mean of F1 over its pairs (for “people”) or annotators. “total” is one F1: each article's counts are divided by its number
of comparisons and added. Intervals (95 %) by resampling articles; the difference is resampled with both sides in the same article.
"""
import argparse
import collections
import itertools
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import scoring

ROWS = ("pairs", "cue exact", "source exact", "content exact", "content overlap", "whole exact")
SIDES = ("people", "model", "rest", "model'")


def read_annotations(path):
    """The attributions of a brat file: events with roles, each a text-bound annotation of one or more spans."""
    spans, events = {}, []
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, rest = line.partition("\t")
        if name.startswith("T"):
            spans[name] = [[int(n) for n in one.split()] for one in re.sub(r"^\S+ ", "", rest.split("\t")[0]).split(";")]
        elif name.startswith("E"):
            events.append([role.split(":") for role in rest.split()])
    attributions = []
    for roles in events:
        one = {part: [] for part in scoring.PARTS}
        for role, name in roles:
            part = role.rstrip("0123456789").lower()
            if part in one:
                one[part] += spans[name]
        attributions.append(one)
    return attributions


def majority(score, versions):
    """One version of several, each a list of the scorer's attributions."""
    clusters = []  # each a list of attributions, one an annotator at most

    def agreed(cluster, share=0.5):
        return {part: frozenset(word for word, n in collections.Counter(w for one in cluster for w in one[part]).items() if n > share * len(cluster))
                for part in scoring.PARTS}

    for version in versions:
        # For alignment a word that half have counts, so that two who differ do not leave a cluster without a cue.
        pairs = {j: i for i, j in score.align([agreed(cluster, 0.49) for cluster in clusters], version, "cue")}
        for j, one in enumerate(version):
            if j in pairs:
                clusters[pairs[j]].append(one)
            else:
                clusters.append([one])
    return [agreed(cluster) for cluster in clusters if 2 * len(cluster) > len(versions)]


def as_words(score, text, attributions):
    """The scorer's form; what has no word is left out, as the scorer does."""
    scored = score.Doc(text)
    return [one for one in map(scored.attribution, attributions) if any(one[part] for part in scoring.PARTS)]


def load_articles(args, score):
    """{id: {text, part, versions: {annotator: attributions}}}."""
    articles = {}
    for part in ("train", "dev"):
        for article in scoring.load_gold(args.shared, part):
            if len(article["annotators"]) < 2:
                continue
            paths = {name: args.shared / "data/polnear" / part / "attributions" / f"{article['id']}_{name}.ann" for name in article["annotators"]}
            for path in paths.values():
                if not path.is_file():
                    scoring.leave_out(f"{path} is not there; this measurement needs every annotator's version.")
            versions = {name: read_annotations(path) for name, path in paths.items()}
            published, here = (sorted(sorted(map(sorted, (one[p] for p in scoring.PARTS))) for one in as_words(score, article["text"], version))
                               for version in (article["attributions"], versions[article["annotator"]]))
            if published != here:
                scoring.stop(f"{article['id']}: the .ann file of {article['annotator']} is not what {part}.jsonl has.")
            articles[article["id"]] = {"text": article["text"], "part": part, "versions": versions}
    return articles


def compare(score, article, answer):
    """{side: [counts of one comparison]}."""
    versions = [as_words(score, article["text"], version) for version in article["versions"].values()]
    model = as_words(score, article["text"], (scoring.spans_of(a) for a in answer if a["within"] is None))
    counts = lambda gold, other: score.count_aligned(gold, other, "cue")
    rest = [majority(score, versions[:k] + versions[k + 1:]) for k in range(len(versions))]
    return {"people": [counts(one, other) for one, other in itertools.combinations(versions, 2)],
            "model": [counts(one, model) for one in versions],
            "rest": [counts(one, others) for one, others in zip(versions, rest)],
            "model'": [counts(others, model) for others in rest]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    scoring.add_options(parser)
    args = parser.parse_args()
    score = scoring.load_scorer(args.shared)
    scoring.check_program(args)
    articles = load_articles(args, score)
    answers = scoring.read_texts(args, {name: article["text"] for name, article in articles.items()})
    scoring.print_head(args)
    compared = {name: compare(score, article, answers[name]) for name, article in articles.items()}

    # F1 is the same when gold and system are exchanged, so “people” needs each pair once.
    f1 = lambda numbers: 100 * score.prf(numbers)[2]
    mean = lambda side, row: sum(f1(one[row]) for one in side) / len(side)
    print(f"\nwhole exact, F1, mean of an article's comparisons; n: attributions, mean of its annotators\n{'':44}{'annotators':>10}{'n':>7}" + "".join(f"{s:>9}" for s in SIDES))
    for name, sides in compared.items():
        versions = articles[name]["versions"].values()
        print(f"{articles[name]['part']:6}{name[:37]:38}{len(versions):10}{sum(map(len, versions)) / len(versions):7.1f}" +
              "".join(f"{mean(sides[side], 'whole exact'):9.1f}" for side in SIDES))

    weighed = {name: {(side, row): tuple(sum(one[row][k] for one in sides[side]) / len(sides[side]) for k in range(3)) for side in SIDES for row in ROWS}
               for name, sides in compared.items()}

    def figures(total):
        found = {key: f1(numbers) for key, numbers in total.items()}
        for row in ROWS:
            found["model - people", row] = found["model", row] - found["people", row]
            found["model' - rest", row] = found["model'", row] - found["rest", row]
        return found

    for part in ("train", "dev", "all"):
        chosen = [counts for name, counts in weighed.items() if part in ("all", articles[name]["part"])]
        total, around = figures(scoring.totals(chosen)), scoring.intervals(chosen, figures, args.boot)
        print(f"\n{part + f', {len(chosen)} articles':22}" + "".join(f"{'found' if row == 'pairs' else row:>22}" for row in ROWS))
        for side in (*SIDES, "model - people", "model' - rest"):
            print(f"{side:22}" + "".join(f"{f'{total[side, row]:.1f} ({around[side, row][0]:.1f}–{around[side, row][1]:.1f})':>22}" for row in ROWS))


if __name__ == "__main__":
    main()
