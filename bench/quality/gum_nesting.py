#!/usr/bin/env python3
"""Attributions inside attributions, on GUM: its eRST attributions as source, cue and content, and the program held against them.

usage: gum_nesting.py [--sayso build/sayso] [--model WEIGHTS] [--part train --part dev] [--genre news] [--half even] [--gold OUT.jsonl] [--missed OUT.txt]
example: bench/quality/gum_nesting.py --boot 1000

Gold. GUM's rst/*.rs4 cut a document into elementary units of whole words; a unit (or group of units) that attributes hangs by the relation
attribution-positive or attribution-negative on a nucleus, which is what it attributes. The words of an .rs4 are, one by one, the words of
dep/*.conllu (checked; ranges such as “don't” are two); the text is made from the CoNLL-U as words.py makes it, and reddit has none.
  unit     what hangs: its units and their satellites. A relation that is a secondary edge counts too.
  content  the nucleus' units, with the satellites below it, not those beside it. Words of the unit and of the source are never content. When the nucleus
           is a fragment of an interrupted unit (same-unit): if the cue governs the fragment's head in the dependency tree, the content is what lies
           in all fragments under the same dependents of the cue (“the results | revealed | that …”); else all fragments (“this, | he said, | is …”).
           So contents can be in pieces. Commas, colons, dashes and stops at an end are cut off, as FORMAT has it, and a closing mark
           whose opening one is not in the content; the rest is as coarse as GUM's units.
  cue      the word that the signal “indicative_word” names in the unit (of several, the nearest that governs the content's head, else the last), or the
           phrase of “indicative_phrase”. Without a signal: the nearest word of the unit that governs the content's head, else the unit's head, if it
           is a verb or adjective. With it go its aux, cop, compound:prt and fixed dependents and the adverbs between or beside them (not “then”, “now”, “so”,
           “here”, “there”, “when” and the like).
  source   the words of the signal “attribution_source” (of several, the one with the cue's subject, else the nearest); “it” that is expl is none.
  nested   when its cue and content lie in the content of another; within the smallest such.
Dropped and counted: credits of pictures, names of speakers, authors of references (no word that attributes); what is left without content.
GUM has no attribution where the content is no clause of its own (“wants to go”, “called for calm”): what the program finds there is surplus here.
“Nested, markable” leaves that out on the program's side: where no word of the content stands in another elementary unit than the cue, GUM, whose
attributions join units, cannot have it. It tells what is wrong from what is out of GUM's reach; the figure to be held against others is “nested”.

Scores: shared/tools/score.py's counts, aligned by cue. “all”: all attributions of both sides. “nested”: only those of each side that stand in another.
“found”: paired, so sharing a word of the cue. 95 % intervals by resampling documents. Nothing is learned from GUM, so the five folds (documents in order
of name, every fifth) show the spread and no more. When something is learned: --model 'run/{fold}.safetensors' reads the documents of fold 0 … 4 with the
weights of that name, which must not have seen them.
"""
import argparse
import collections
import dataclasses
import json
import pathlib
import sys
import xml.etree.ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import scoring
from words import raw_text

FOLDS = 5
MARKS = {'"', "“", "”", "''", "``"}
TRIMMED = {",", ".", ";", ":", "-", "–", "—", "--"}
TIMING = {"then", "now", "so", "here", "there", "when", "where", "how", "why", "today", "later", "once", "however"}


@dataclasses.dataclass
class Word:
    form: str
    kind: str       # universal part of speech
    head: int       # number of the word that governs it, counted from 0 in the document, or -1
    relation: str
    begin: int      # code points in the text
    end: int


@dataclasses.dataclass
class Attribution:
    cue: list       # words by number, all three in order
    source: list
    content: list
    negative: bool
    within: int = -1


def read_words(path, text):
    """The words of a CoNLL-U file and where they stand in its text."""
    words, at, first, surface = [], 0, 0, []

    def place(form):
        nonlocal at
        while text[at].isspace():
            at += 1
        if not text.startswith(form, at):
            raise ValueError(f"{path.name}: “{form}” does not stand at {at}")
        at += len(form)
        return at - len(form)

    def place_group():  # words written as one: each at its letters, or all at the whole
        if not surface:
            return
        form, members = surface[0], words[surface[1]:]
        begin = place(form)
        fits = "".join(word.form for word in members) == form
        for word in members:
            word.begin, word.end = (begin, begin + len(word.form)) if fits else (at - len(form), at)
            begin += len(word.form)
        surface.clear()

    last = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) < 10:
            first = len(words)
            continue
        number = fields[0]
        if "-" in number:
            last = int(number.split("-")[1])
            surface.extend((fields[1], len(words)))
        elif "." not in number:
            words.append(Word(fields[1], fields[3], first + int(fields[6]) - 1 if fields[6] != "0" else -1, fields[7], 0, 0))
            if not surface:
                words[-1].begin = place(fields[1])
                words[-1].end = at
            elif int(number) == last:
                place_group()
    return words


class Tree:
    """An eRST tree: the words under each node, the relations, the signals."""

    def __init__(self, path):
        root = xml.etree.ElementTree.parse(path).getroot()
        self.several = {one.get("name") for one in root.iter("rel") if one.get("type") == "multinuc"}
        self.nodes, self.children, self.own, count = {}, collections.defaultdict(list), {}, 0
        for node in [*root.iter("segment"), *root.iter("group")]:
            name = node.get("id")
            self.nodes[name] = (node.get("parent"), node.get("relname"))
            self.children[node.get("parent")].append(name)
            if node.tag == "segment":
                length = len(node.text.split())
                self.own[name] = set(range(count, count + length))
                count += length
        self.word_count = count
        self.signals = collections.defaultdict(lambda: collections.defaultdict(list))
        for signal in root.iter("signal"):
            if signal.get("tokens"):
                self.signals[signal.get("source")][signal.get("subtype")].append(sorted({int(t) - 1 for t in signal.get("tokens").split(",")}))
        self.secondary = [(edge.get("id"), edge.get("source"), edge.get("target"), edge.get("relname")) for edge in root.iter("secedge")]

    def is_nucleus(self, name):
        return self.nodes[name][1] == "span" or self.nodes[name][1] in self.several

    def extent(self, name):
        """The words of a node, without the satellites that hang on it."""
        return self.own[name] if name in self.own else set().union(*(self.whole(c) for c in self.children[name] if self.is_nucleus(c)))

    def whole(self, name):
        return self.extent(name).union(*(self.whole(c) for c in self.children[name] if not self.is_nucleus(c)))

    def interrupted(self, name):
        """The words of all fragments of the interrupted unit that the node is a fragment of, or none."""
        while self.nodes[name][1] == "span":
            name = self.nodes[name][0]
        return self.extent(self.nodes[name][0]) if self.nodes[name][1] == "same-unit" else set()

    def attributing(self):
        """(name of the signals, node that attributes, node attributed, negative)."""
        edges = [(name, name, parent, relation) for name, (parent, relation) in self.nodes.items()] + self.secondary
        for signals, unit, nucleus, relation in edges:
            if relation and relation.startswith("attribution-"):
                yield signals, unit, nucleus, relation == "attribution-negative"


def governors(words, at):
    """The words above a word, nearest first."""
    while words[at].head >= 0:
        at = words[at].head
        yield at


def head_of(words, chosen):
    """The word of a set that no other of it governs; the first one that is no punctuation."""
    tops = [w for w in sorted(chosen) if words[w].head not in chosen]
    return next((w for w in tops if words[w].relation != "punct"), tops[0])


def cue_of(words, unit, signals, content_head):
    above = list(governors(words, content_head))
    for phrase in signals["indicative_phrase"]:
        if set(phrase) <= unit:
            return phrase
    indicated = {w for signal in signals["indicative_word"] for w in signal} & unit
    if indicated:
        core = next((w for w in above if w in indicated), max(indicated))
    else:
        core = next((w for w in above if w in unit and words[w].kind in ("VERB", "NOUN", "ADJ", "AUX", "ADV")), None)
        if core is None:
            core = head_of(words, unit)
            if words[core].kind not in ("VERB", "ADJ"):
                return []
    group = {core} | {w for w in unit if words[w].head == core and words[w].relation.split(":")[0] in ("aux", "cop", "fixed") or
                      words[w].head == core and words[w].relation == "compound:prt"}
    adverbs = {w for w in unit if words[w].relation == "advmod" and words[w].form.lower() not in TIMING and
               (words[w].head == core or words[words[w].head].relation == "advmod" and words[words[w].head].head == core)}
    while True:  # those that touch, one after the other
        touching = {w for w in adverbs - group if w + 1 in group or w - 1 in group}
        if not touching:
            return sorted(group)
        group |= touching


def source_of(words, signals, cue):
    choices = signals["attribution_source"]
    if not choices:
        return []
    subjects = {w for w in range(min(cue) - 60 if min(cue) > 60 else 0, min(len(words), max(cue) + 60)) if words[w].head in cue and "subj" in words[w].relation}
    distance = lambda choice: min(abs(w - c) for w in choice for c in cue)
    best = min(choices, key=lambda choice: (not subjects & set(choice), distance(choice)))
    return [] if all(words[w].relation == "expl" for w in best) else [w for w in best if w not in cue]


def trim(words, chosen):
    chosen = sorted(chosen)
    if chosen and words[chosen[-1]].form in MARKS and sum(words[w].form in MARKS for w in chosen) % 2:
        chosen.pop()
    while chosen and words[chosen[-1]].form in TRIMMED:
        chosen.pop()
    while chosen and words[chosen[0]].form in TRIMMED:
        chosen.pop(0)
    return chosen


def convert(words, tree, dropped):
    """The attributions of a document; counts in `dropped` what becomes none."""
    found, untrimmed = [], []
    for name, unit_node, nucleus_node, negative in tree.attributing():
        unit, nucleus = tree.whole(unit_node), tree.extent(nucleus_node)
        unit = unit - nucleus
        fragments, content = tree.interrupted(nucleus_node) - unit, nucleus - unit
        if not content or not unit:
            dropped["without words of its own or without content"] += 1
            continue
        head = head_of(words, content)
        cue = cue_of(words, unit, tree.signals[name], head)
        if not cue:
            dropped["without a word that attributes (credits, names of speakers, references)"] += 1
            continue
        source = source_of(words, tree.signals[name], cue)
        if fragments:
            above = [head, *governors(words, head)]
            if any(w in cue for w in above[1:]):
                under = next(w for w in above if words[w].head in cue)
                content = {w for w in fragments if w == under or under in governors(words, w)} | content
            else:
                content = fragments
        content = set(content) - set(source) - set(cue)
        if not trim(words, content):
            dropped["without words of its own or without content"] += 1
            continue
        found.append(Attribution(cue, source, trim(words, content), negative))
        untrimmed.append(content)
    for number, one in enumerate(found):
        outer = [k for k, content in enumerate(untrimmed) if k != number and content.issuperset(one.cue) and content.issuperset(one.content)]
        one.within = min(outer, key=lambda k: len(untrimmed[k]), default=-1)
    return found


def spans(words, chosen):
    """Runs of words as spans of code points."""
    runs = []
    for w in chosen:
        if runs and runs[-1][2] == w - 1:
            runs[-1][1:] = [words[w].end, w]
        else:
            runs.append([words[w].begin, words[w].end, w])
    return [[begin, end] for begin, end, _ in runs]


def load_documents(args, dropped):
    """{id: {text, genre, units: [(span of a word, its elementary unit)], attributions with spans, negative, within}}."""
    documents = {}
    for part in args.part or ["train", "dev"]:
        folder = args.shared / "data" / "gum" / part
        if not (folder / "rst").is_dir() or not (folder / "dep").is_dir():
            scoring.leave_out(f"{folder}/rst and dep are not there; this measurement needs GUM (--shared).")
        for path in sorted((folder / "rst").glob("*.rs4")):
            genre = path.name.split("_")[1]
            trees = folder / "dep" / f"{path.stem}.conllu"
            if genre == "reddit" or not trees.is_file() or (args.genre and genre not in args.genre):
                continue
            text, tree = raw_text([trees]), Tree(path)
            words = read_words(trees, text)
            if tree.word_count != len(words):
                scoring.stop(f"{path} has {tree.word_count} words and {trees} {len(words)}.")
            units = [([words[w].begin, words[w].end], name) for name, own in tree.own.items() for w in own]
            documents[path.stem] = {"text": text, "genre": genre, "units": units, "attributions": [
                {"cue": spans(words, a.cue), "source": spans(words, a.source), "content": spans(words, a.content), "negative": a.negative, "within": a.within}
                for a in convert(words, tree, dropped)]}
    return documents


def read_folds(args, texts):
    """The program's attributions; {fold} in --model names weights that have not seen the fold's documents."""
    if args.kept or "{fold}" not in (args.model or ""):
        return scoring.read_texts(args, texts)
    found, pattern, keep = {}, args.model, args.keep
    for fold in range(FOLDS):
        args.model, args.keep = pattern.replace("{fold}", str(fold)), None
        found.update(scoring.read_texts(args, dict(list(texts.items())[fold::FOLDS])))
    args.model, args.keep = pattern, keep
    if keep:
        keep.write_text(json.dumps(found), encoding="utf-8")
    return found


ROWS = {"found": "pairs", "cue exact": "cue exact", "source exact": "source exact", "content exact": "content exact", "content overlap": "content overlap",
        "whole exact": "whole exact"}


def is_markable(document, spans):
    """Does a word of the content stand in another elementary unit than the cue?"""
    units = {part: {unit for (begin, end), unit in document["units"] if any(b < end and begin < e for b, e in spans[part])} for part in ("cue", "content")}
    return bool(units["content"] - units["cue"])


def count(score, document, answer):
    """{(all, nested or markable, the scorer's row): (matched, the program's, gold's)} of one document."""
    scored = score.Doc(document["text"])
    gold = [scored.attribution(a) for a in document["attributions"]]
    theirs = [scored.attribution(scoring.spans_of(a)) for a in answer]
    nested = [g for g, a in zip(gold, document["attributions"]) if a["within"] >= 0]
    sides = {"all": (gold, theirs), "nested": (nested, [s for s, a in zip(theirs, answer) if a["within"]]),
             "nested, markable": (nested, [s for s, a in zip(theirs, answer) if a["within"] and is_markable(document, scoring.spans_of(a))])}
    return {(which, row): numbers for which, (ours, other) in sides.items() for row, numbers in score.count_aligned(ours, other, "cue").items()}


FATES = ("found inside another", "found, inside none", "outer one's content read, not found there", "outer one found with another content", "outer one not found")


def fates(score, document, answer):
    """What became of each nested attribution of gold: how many of each of FATES."""
    scored = score.Doc(document["text"])
    gold = [scored.attribution(a) for a in document["attributions"]]
    theirs, counts = [scored.attribution(scoring.spans_of(a)) for a in answer], collections.Counter()
    pairs = dict(score.align(gold, theirs, "cue"))
    for number, a in enumerate(document["attributions"]):
        if a["within"] < 0:
            continue
        outer = theirs[pairs[a["within"]]] if a["within"] in pairs else None
        counts[FATES[not answer[pairs[number]]["within"] if number in pairs else 4 if outer is None else 2 if gold[number]["cue"] <= outer["content"] else 3]] += 1
    return counts


def write_missed(path, score, documents, answers):
    """For reading: each nested attribution of gold, whether the program has it, and how; and what it has beyond them."""
    with path.open("w", encoding="utf-8") as out:
        for name, document in documents.items():
            text, scored = document["text"], score.Doc(document["text"])
            gold, answer = [scored.attribution(a) for a in document["attributions"]], answers[name]
            theirs = [scored.attribution(scoring.spans_of(a)) for a in answer]
            words = lambda one: " | ".join(f"{part}: " + " … ".join(text[b:e] for b, e in one[part]) for part in scoring.PARTS)
            pairs = dict(score.align(gold, theirs, "cue"))
            for i, a in enumerate(document["attributions"]):
                if a["within"] < 0:
                    continue
                outer = a["within"] in pairs
                state = "not found" if i not in pairs else "found, not nested" if not answer[pairs[i]]["within"] else "found"
                out.write(f"{name}\t{state}\touter {'found' if outer else 'not found'}\t{words(a)}\tOUTER {words(document['attributions'][a['within']])}\n")
            taken = set(pairs.values())
            for j, a in enumerate(answer):
                if a["within"] and j not in taken:
                    out.write(f"{name}\tsurplus\t{a['type']}\t{words(scoring.spans_of(a))}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    scoring.add_options(parser)
    parser.add_argument("--part", action="append", choices=["train", "dev"])
    parser.add_argument("--genre", action="append")
    parser.add_argument("--half", choices=["even", "odd"], help="only the documents of even or odd number, counted from 0 in order of name")
    parser.add_argument("--gold", type=pathlib.Path, help="write the converted gold there, in the scorer's form")
    parser.add_argument("--missed", type=pathlib.Path, help="write there which nested attributions were missed and which are surplus")
    args = parser.parse_args()
    score, dropped = scoring.load_scorer(args.shared), collections.Counter()
    scoring.check_program(args)
    documents = load_documents(args, dropped)
    if args.half:
        documents = {name: documents[name] for name in sorted(documents)[args.half == "odd"::2]}
    if not documents:
        scoring.stop("no document of these parts and genres.")
    if args.gold:
        in_form = ({"id": name, **{key: value for key, value in document.items() if key != "units"}} for name, document in documents.items())
        args.gold.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in in_form), encoding="utf-8")
    answers = read_folds(args, {name: document["text"] for name, document in documents.items()})
    scoring.print_head(args)

    every = [a for document in documents.values() for a in document["attributions"]]
    print(f"gold: {len(documents)} documents, {len(every)} attributions, {sum(a['within'] >= 0 for a in every)} nested, "
          f"{sum(not a['source'] for a in every)} without source, {sum(a['negative'] for a in every)} negative, {sum(len(a['content']) > 1 for a in every)} contents in pieces")
    for why, number in dropped.items():
        print(f"dropped: {number} {why}")

    per = {name: count(score, document, answers[name]) for name, document in documents.items()}
    figures = lambda total: {key: 100 * score.prf(numbers)[2] for key, numbers in total.items()}
    total, around = scoring.totals(per.values()), scoring.intervals(list(per.values()), figures, args.boot)
    for which in ("all", "nested", "nested, markable"):
        print(f"\n{which:16}{'P':>7}{'R':>7}{'F1':>7}{'interval':>15}{'matched':>9}{'program':>9}{'gold':>7}")
        for row, key in ROWS.items():
            numbers = total[which, key]
            p, r, f = (100 * x for x in score.prf(numbers))
            low, high = around[which, key]
            print(f"{row:16}{p:7.1f}{r:7.1f}{f:7.1f}{low:9.1f}–{high:.1f}{numbers[0]:9}{numbers[1]:9}{numbers[2]:7}")

    print(f"\nF1 by genre   documents{'gold':>8}{'nested':>8}{'found':>9}{'nested found':>14}{'interval':>13}{'nested whole':>15}")
    genres = collections.Counter(document["genre"] for document in documents.values())
    for genre, number in sorted(genres.items(), key=lambda one: (one[0] != "news", one[0] != "interview", one[0])):
        chosen = [per[name] for name, document in documents.items() if document["genre"] == genre]
        part = scoring.totals(chosen)
        f1, (low, high) = figures(part), scoring.intervals(chosen, lambda t: {"": figures(t)["nested", "pairs"]}, args.boot)[""]
        print(f"{genre:12}{number:11}{part['all', 'pairs'][2]:8}{part['nested', 'pairs'][2]:8}{f1['all', 'pairs']:9.1f}{f1['nested', 'pairs']:14.1f}"
              f"{low:9.1f}–{high:.1f}{f1['nested', 'whole exact']:15.1f}")

    print("\nby fold, F1 of nested, found and whole: " + ", ".join(
        f"{f['nested', 'pairs']:.1f} {f['nested', 'whole exact']:.1f}" for f in (figures(scoring.totals(list(per.values())[k::FOLDS])) for k in range(FOLDS))))
    became = sum((fates(score, document, answers[name]) for name, document in documents.items()), collections.Counter())
    print("what became of gold's nested ones: " + ", ".join(f"{became[fate]} {fate}" for fate in FATES))
    paired = collections.Counter()
    for name, document in documents.items():
        scored = score.Doc(document["text"])
        theirs = [scored.attribution(scoring.spans_of(a)) for a in answers[name]]
        taken = {j for _, j in score.align([scored.attribution(a) for a in document["attributions"]], theirs, "cue")}
        for j, a in enumerate(answers[name]):
            paired.update({(a["type"], j in taken): 1})
    print("of the program's attributions gold has, by type: " + ", ".join(
        f"{kind} {paired[kind, True]} of {paired[kind, True] + paired[kind, False]}" for kind in ("assertion", "belief", "fact", "eventuality")))
    if args.missed:
        write_missed(args.missed, score, documents, answers)


if __name__ == "__main__":
    main()
