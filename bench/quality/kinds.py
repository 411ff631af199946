#!/usr/bin/env python3
"""Which kinds of attribution the program finds, on PolNeAR's development part: by quotation, source, cue and content, with 95 % intervals.

usage: kinds.py [--sayso build/sayso] [--model WEIGHTS] [--part dev]
example: bench/quality/kinds.py --boot 1000

Aligned by cue with shared/tools/score.py, attributions of the program that stand in no other. Of gold of a kind: “found” is paired with at least half of
its content covered (the scorer's own measure), “right” is source, cue and content all exact. Of the program's attributions of a kind, told by the same rules
from its own parts: “right” is precision. Where both sides have other parts they can be of other kinds, so precision and recall of a kind are not one F1.
PolNeAR has no parts of speech and no sentences; the rules are:
  quotation     the scorer's: all, some or none of the content's words inside quotation marks
  source        none; pronoun (the list PRONOUNS); named: a word with a capital that the article does not also have in small letters; else described
  cue           marks: no word (colon, dash); according to: it or “per”, “in the words of”, “in the opinion of”, “in the view of”; noun: a word before the
                cue or its first word is an article or possessive, or its only or first word ends like a noun (-ion, -ment, -ness, -ance); else
                a verb of one word or of several
  verb          plain reporting, or attitude and intention: the first word of the cue whose base form is in REPORTING or in ATTITUDE; else another word
  in quotes     all of the cue inside quotation marks (few in PolNeAR, where a token is in one attribution at most; what the program finds inside another's
                content is left out here)
  in pieces     the content's words do not follow each other
  over an end   in the content a word with a capital, or an opening mark and such a word, follows “.”, “?” or “!” and perhaps a closing mark; not after a
                letter alone or a title (TITLES)
"""
import argparse
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import scoring

PRONOUNS = set("i you he she it we they me him her us them who which that this those these one someone somebody everyone everybody anyone nobody others many some "
               "his hers its their my our your both".split())
BEFORE_NOUN = set("the a an his her its their our my your no any this these those ’s 's s’ such".split())
REPORTING = set(
    "say tell add note claim argue report announce write state explain reply answer respond ask declare insist admit acknowledge confirm deny testify "
    "tweet comment remark observe describe mention quote cite show find reveal disclose indicate suggest conclude estimate predict warn accuse allege assert contend "
    "maintain stress emphasize recall repeat continue concede speak talk call point read publish post joke boast complain criticize question agree according".split())
ATTITUDE = set(
    "want wish hope plan intend vow pledge promise seek aim expect fear worry doubt believe think feel consider know see understand like love hate prefer support oppose "
    "favor back endorse reject refuse decline demand urge request propose recommend encourage advise order require decide determine threaten offer try need welcome "
    "condemn praise approve disapprove regret desire dream wonder suspect trust view regard deem mean intention desire determination concern belief opinion "
    "opposition refusal decision proposal".split())
IRREGULAR = {"said": "say", "told": "tell", "thought": "think", "knew": "know", "known": "know", "wrote": "write", "written": "write", "felt": "feel", "sought": "seek",
             "found": "find", "meant": "mean", "saw": "see", "seen": "see", "spoke": "speak", "spoken": "speak", "understood": "understand", "shown": "show", "tried": "try"}
TITLES = set("mr mrs ms dr sen rep gov gen jr sr st lt col sgt vs no u.s".split())
TABLE = (("all", ["all"]), ("quotation", ["direct", "mixed", "indirect"]), ("source", ["named", "described", "pronoun", "none"]),
         ("cue", ["verb, one word", "verb, several words", "noun", "according to", "marks"]), ("verb", ["plain reporting", "attitude, intention", "another word"]),
         ("in quotes", ["yes", "no"]), ("in pieces", ["yes", "no"]), ("over an end", ["yes", "no"]))


def base_forms(word):
    forms = {word, IRREGULAR.get(word, word)}
    for ending, instead in (("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("d", ""), ("ied", "y"), ("ing", ""), ("ing", "e")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[:-len(ending)] + instead
            forms |= {stem, stem[:-1]} if len(stem) > 2 and stem[-1] == stem[-2] else {stem}
    return forms


def kind_of_cue(words, before):
    if not any(re.search(r"\w", word) for word in words):
        return "marks"
    if words[0] in ("per", "according") or " ".join(words[:2]) == "in the" and words[-1] == "of" and words[2:3] in (["words"], ["opinion"], ["view"]):
        return "according to"
    if before in BEFORE_NOUN or words[0] in BEFORE_NOUN or re.search(r"(ion|ment|ness|ance)s?$", words[0]) and words[0] not in ("mention", "question", "comment"):
        return "noun"
    return "verb, one word" if sum(bool(re.search(r"\w", word)) for word in words) == 1 else "verb, several words"


def kind_of_verb(words):
    for word in words:
        forms = base_forms(word)
        if forms & REPORTING:
            return "plain reporting"
        if forms & ATTITUDE:
            return "attitude, intention"
    return "another word"


def passes_an_end(scored, content):
    text = lambda token: scored.text[slice(*scored.toks[token])] if token < len(scored.toks) else ""
    for token in content:
        if text(token) not in (".", "?", "!") or text(token - 1).lower() in TITLES or len(text(token - 1)) == 1:
            continue
        following = token + 1
        while text(following) in ("”", '"', "“", "’", "‘", "'", ")", "("):
            following += 1
        apart = following in content and scored.text[scored.toks[token][1]:scored.toks[following][0]].strip("”\"“’‘'()") != ""
        if apart and text(following)[0].isupper():
            return True
    return False


def kinds(score, scored, one, mask, small):
    """{(group, kind)} of an attribution in the scorer's form. `small`: the article's words in small letters."""
    text = lambda token: scored.text[slice(*scored.toks[token])]
    cue = [text(token).lower() for token in sorted(one["cue"])]
    source = [text(token) for token in sorted(one["source"])]
    before = "".join(scored.text[:scored.toks[min(one["cue"])][0]].split()[-1:]).lower() if one["cue"] else ""
    before = before if before in BEFORE_NOUN else before[-2:]  # “the senator’s claim”
    content = sorted(one["content"])
    if not source:
        who = "none"
    elif len(source) == 1 and source[0].lower() in PRONOUNS:
        who = "pronoun"
    else:
        who = "named" if any(word[0].isupper() and word.lower() not in small for word in source) else "described"
    yes = lambda holds: "yes" if holds else "no"
    return {("all", "all"), ("quotation", score.kind(scored, one, mask)), ("source", who), ("cue", kind_of_cue(cue, before)), ("verb", kind_of_verb(cue)),
            ("in quotes", yes(one["cue"] and all(mask[scored.toks[token][0]] for token in one["cue"]))),
            ("in pieces", yes(content and len(content) < content[-1] - content[0] + 1)), ("over an end", yes(passes_an_end(scored, one["content"])))}


def count(score, article, answer):
    """{(group, kind): (gold, found, right, the program's, right)} of one article."""
    scored, mask = score.Doc(article["text"]), score.quote_mask(article["text"])
    small = {word for word in re.findall(r"\w+", article["text"]) if word[0].islower()}
    form = lambda attributions: [one for one in map(scored.attribution, attributions) if one["cue"] or one["content"]]
    gold, theirs = form(article["attributions"]), form(scoring.spans_of(a) for a in answer if a["within"] is None)
    pairs, counts = score.align(gold, theirs, "cue"), {}
    right = {(i, j) for i, j in pairs if all(gold[i][part] == theirs[j][part] for part in scoring.PARTS)}
    found = {i for i, j in pairs if 2 * len(gold[i]["content"] & theirs[j]["content"]) >= max(1, len(gold[i]["content"]))}
    right_gold, right_theirs = {i for i, _ in right}, {j for _, j in right}
    for i, one in enumerate(gold):
        scoring.add(counts, {kind: (1, i in found, i in right_gold, 0, 0) for kind in kinds(score, scored, one, mask, small)})
    for j, one in enumerate(theirs):
        scoring.add(counts, {kind: (0, 0, 0, 1, j in right_theirs) for kind in kinds(score, scored, one, mask, small)})
    return counts


def figures(total):
    found = {}
    for kind, (gold, seen, right, program, precise) in total.items():
        found.update({(kind, "found"): 100 * seen / gold if gold else 0, (kind, "right"): 100 * right / gold if gold else 0,
                      (kind, "precise"): 100 * precise / program if program else 0})
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    scoring.add_options(parser)
    parser.add_argument("--part", default="dev", choices=["train", "dev"])
    args = parser.parse_args()
    score = scoring.load_scorer(args.shared)
    scoring.check_program(args)
    articles = {article["id"]: article for article in scoring.load_gold(args.shared, args.part)}
    answers = scoring.read_texts(args, {name: article["text"] for name, article in articles.items()})
    scoring.print_head(args)
    per = [count(score, article, answers[name]) for name, article in articles.items()]
    total = scoring.totals(per)
    value, around = figures(total), scoring.intervals(per, figures, args.boot)

    def cell(kind, what, n):
        if not n:
            return f"{'–':>20}"
        low, high = around[kind, what]
        return f"{f'{value[kind, what]:.1f} ({low:.1f}–{high:.1f})':>20}"

    print(f"\n{'':34}{'gold':>6}{'found, %':>20}{'right, %':>20}{'program':>9}{'right, %':>20}")
    for group, names in TABLE:
        for name in names:
            gold, _, _, program, _ = total.get((group, name), (0,) * 5)
            kind = (group, name)
            print(f"{group if name == names[0] else '':14}{name:20}{gold:6}{cell(kind, 'found', gold)}{cell(kind, 'right', gold)}{program:9}{cell(kind, 'precise', program)}")


if __name__ == "__main__":
    main()
