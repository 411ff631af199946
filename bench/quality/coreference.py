#!/usr/bin/env python3
"""Coreference on GUM's development part: MUC, B³, CEAFe and their average (CoNLL), beside CoreNLP's statistical coreference.

usage: coreference.py [--program build/sayso_mentions] [--model WEIGHTS] [--only sayso corenlp] [--peers FOLDER]
example: bench/quality/coreference.py --peers build/peers/answers

Mentions count when both ends are GUM's (mentions_gold.py); all of GUM's types are in, events and abstract things too. Three tables:
  without singletons   clusters of one mention are left out of both sides: the figure to compare with others'
  with singletons      all clusters of both sides; CoreNLP is told to keep its own
  who                  persons, organizations and places, without singletons: GUM's other clusters are left out of the gold, and what stands
                       exactly at one of their mentions is left out of the answers
“mentions” is how many of the mentions in those clusters are found. GUM links more than OntoNotes, which CoreNLP learned from: appositions and
predicates are mentions of the cluster, and abstract things are in. “who” takes away some of that.
Counts are added over documents before they are divided, as the shared task's scorer does. A span that an answer has in two clusters stays in
the first. CEAFe is Luo's (2005) with φ4 as Pradhan et al. (2014) give it. Intervals (95 %) by resampling documents. Before it measures, the
program checks itself against examples with known values (and gave the figures of PyPI's scorch 0.2.0 on 500 random pairs of clusterings).
It needs SciPy; where that is missing it runs itself with the Python of build/peers.
"""
import collections
import importlib.util
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import mentions_gold
import resolvers
import scoring

METRICS = ("MUC", "B³", "CEAFe")
ROWS = (*METRICS, "CoNLL", "mentions")


def muc(these, others):
    """Links of these clusters that the others have too, and links: Vilain et al. (1995)."""
    of = {mention: number for number, cluster in enumerate(others) for mention in cluster}
    kept = sum(len(cluster) - len({of.get(mention, (mention,)) for mention in cluster}) for cluster in these)
    return kept, sum(len(cluster) - 1 for cluster in these)


def b_cubed(these, others):
    """The sum over the mentions of the share of their cluster that is also in their other cluster, and mentions: Bagga and Baldwin (1998)."""
    of = {mention: cluster for cluster in others for mention in cluster}
    kept = sum(len(cluster & of[mention]) / len(cluster) for cluster in these for mention in cluster if mention in of)
    return kept, sum(map(len, these))


def ceaf_e(gold, found):
    """The similarity φ4 of the best one-to-one alignment of clusters."""
    import numpy
    import scipy.optimize
    if not gold or not found:
        return 0.0
    alike = numpy.array([[2 * len(one & other) / (len(one) + len(other)) for other in found] for one in gold])
    return float(alike[scipy.optimize.linear_sum_assignment(alike, maximize=True)].sum())


def counts(gold, found):
    """{metric: (numerator and denominator of precision, then of recall)} of two lists of sets."""
    same, mentions = ceaf_e(gold, found), [set().union(*side) for side in (found, gold)]
    both = len(mentions[0] & mentions[1])
    return {"MUC": (*muc(found, gold), *muc(gold, found)), "B³": (*b_cubed(found, gold), *b_cubed(gold, found)),
            "CEAFe": (same, len(found), same, len(gold)), "mentions": (both, len(mentions[0]), both, len(mentions[1]))}


def prf(numbers):
    precision, recall = (100 * numbers[i] / numbers[i + 1] if numbers[i + 1] else 0.0 for i in (0, 2))
    return {"P": precision, "R": recall, "F": 2 * precision * recall / (precision + recall) if precision + recall else 0.0}


def figures(total):
    found = {(row, name, column): value for (row, name), numbers in total.items() for column, value in prf(numbers).items()}
    for name in {name for _, name in total}:
        for column in "PRF":
            found["CoNLL", name, column] = sum(found[row, name, column] for row in METRICS) / len(METRICS)
    return found


def check():
    """The example of Pradhan et al. (2014), two of Bagga and Baldwin (1998), one of Vilain et al. (1995), edges: (gold, found, metric, P, R)."""
    def clusters(line):
        return [set(one) for one in line.split()]

    examples = [("abc defg", "ab cd fghi", "MUC", 2 / 5, 2 / 5), ("abc defg", "ab cd fghi", "B³", 4 / 8, 35 / 12 / 7),
                ("abc defg", "ab cd fghi", "CEAFe", 1.3 / 3, 1.3 / 2),
                ("abcde fg hijkl", "abcde fghijkl", "MUC", 9 / 10, 9 / 9), ("abcde fg hijkl", "abcdehijkl fg", "MUC", 9 / 10, 9 / 9),
                ("abcde fg hijkl", "abcde fghijkl", "B³", 16 / 21, 1), ("abcde fg hijkl", "abcdehijkl fg", "B³", 7 / 12, 1),
                ("abcd", "ab cd", "MUC", 1, 2 / 3), ("abc", "de", "B³", 0, 0), ("a b", "a b", "CEAFe", 1, 1), ("a b", "a b", "MUC", 0, 0)]
    for gold, found, metric, *expected in examples:
        got = prf(counts(clusters(gold), clusters(found))[metric])
        if any(abs(got[column] - 100 * value) > 1e-9 for column, value in zip("PR", expected)):
            scoring.stop(f"{metric} of {found} against {gold} is {got}, not {expected}: this scorer is broken, its figures mean nothing.")


def clustered(mentions, least):
    """Mentions (begin, end, cluster) as a list of sets of spans with at least so many members."""
    of, clusters = {}, collections.defaultdict(set)
    for begin, end, cluster in mentions:
        clusters[of.setdefault((begin, end), cluster)].add((begin, end))
    return [cluster for cluster in clusters.values() if len(cluster) >= least]


def main():
    if importlib.util.find_spec("scipy") is None:
        other = resolvers.PEERS["spacy"][3]
        if not other.is_file() or pathlib.Path(sys.executable) == other:
            scoring.leave_out("SciPy is missing. bench/peers/setup.sh installs a Python that has it.")
        os.execv(other, [str(other), *sys.argv])
    args = resolvers.parse_arguments(__doc__, ["corenlp"])
    check()
    documents = {path.stem: mentions_gold.gum_mentions(path) for path in resolvers.gum_paths(args.shared)}
    names = resolvers.available(args)
    texts = {key: text for key, (text, _) in documents.items()}
    found = {name: resolvers.answers(args, name, texts) for name in names}
    for title, least, who in (("Without singletons", 2, False), ("With singletons", 1, False), ("Who, without singletons", 2, True)):
        per_document, size = [], [0, 0]
        for key, (_, gold) in documents.items():
            other = {one[:2] for one in gold if who and one[2] not in mentions_gold.TYPES}
            wanted = clustered([(one[0], one[1], one[4]) for one in gold if one[:2] not in other], least)
            size = [size[0] + sum(map(len, wanted)), size[1] + len(wanted)]
            per_document.append({})
            for name in names:
                answered = [(one[0], one[1], one[4]) for one in found[name][key]["mentions"] if tuple(one[:2]) not in other]
                for metric, numbers in counts(wanted, clustered(answered, least)).items():
                    per_document[-1][metric, name] = numbers
        print(f"\n{title}: GUM, {len(documents)} documents, {size[0]} mentions in {size[1]} clusters")
        resolvers.print_table(names, ROWS, per_document, figures, args.boot, "PRF")


if __name__ == "__main__":
    main()
