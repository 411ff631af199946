#!/usr/bin/env python3
"""Names of persons, organizations and places: F1 by type on Universal NER's EWT and GUM (development parts), beside spaCy and CoreNLP.

usage: names.py [--program build/sayso_mentions] [--model WEIGHTS] [--only sayso spacy corenlp] [--peers FOLDER]
example: bench/quality/names.py --peers build/peers/answers

A name is right when its span and its type are. A first “the”, “a” or “an” is left out on all sides: spaCy has it in its names, CoreNLP not, and
the gold now and then (8 of Universal NER's 966). Texts are whole documents; Universal NER's have a sentence a line, which ends a sentence for
CoreNLP. GUM's names (mentions_gold.py): a mention whose head is PROPN and whose type is person, organization or place; not one of several joined
by “and”.
  GUM, mentions   the outermost of these, as GUM bounds them: with title, apposition and relative clause, so that a bare name is wrong
  GUM, names      of each the words tagged NNP or NNPS around its head, also over “of”, “&” and the like. GUM tags titles so too, and has them in
                  names or as names (“Mr. President”), the others have not: on all sides TITLE is taken off a person's name, and what is then no
                  name is dropped. “Americans” is a person's name there; so it stays.
Types. spaCy: PERSON; ORG; GPE, LOC, FAC for places. CoreNLP: PERSON; ORGANIZATION; LOCATION, CITY, COUNTRY, STATE_OR_PROVINCE. All others are dropped,
so NORP and NATIONALITY (“French”), which are no names in Universal NER. “all” counts all three types; “span” whatever the type.
Intervals (95 %) by resampling documents.
"""
import collections
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import mentions_gold
import resolvers
import scoring

ROWS = ("PER", "ORG", "LOC", "all", "span")
TITLE = re.compile(r"(?:Mr|Mrs|Ms|Miss|Madam|Sir|Lord|Lady|Dr|Doctor|Prof|Professor|Rev|Reverend|Chief Justice|Justice|Judge|General|Gen"
                   r"|Major-General|Major|Colonel|Captain|Vice President|President|Chairman|Chairwoman|Speaker|Secretary|Senator|Sen"
                   r"|Representative|Rep|Governor|Prime Minister|Minister|Director|King|Queen|Prince|Princess|Emperor|Earl|Protector"
                   r"|Commander-in-Chief)\b\.?(?:\s+|$)", re.IGNORECASE)


def without_article(text, names):
    """Each name as (begin, end, type) without a first article."""
    found = []
    for begin, end, kind in names:
        for article in ("the ", "a ", "an "):
            if text[begin:end].lower().startswith(article):
                begin += len(article)
        found.append((begin, end, kind))
    return found


def without_title(text, names):
    """Persons' names without titles before them; a title alone, or with more that is no name (“President of …”), is left out."""
    found = []
    for begin, end, kind in names:
        while kind == "PER" and (title := TITLE.match(text, begin, end)):
            begin = title.end()
        if begin < end and (kind != "PER" or not text[begin].islower()):
            found.append((begin, end, kind))
    return found


def counts(name, found, gold):
    """{(row, name): (found, gold, right)}."""
    out = {}
    for row in ROWS:
        sides = [collections.Counter(one[:2] if row == "span" else one for one in side if row in ("all", "span", one[2])) for side in (found, gold)]
        out[row, name] = (sides[0].total(), sides[1].total(), (sides[0] & sides[1]).total())
    return out


def figures(total):
    return {(row, name, column): value for (row, name), numbers in total.items() for column, value in zip("PRF", resolvers.f1(*numbers))}


def main():
    args = resolvers.parse_arguments(__doc__, resolvers.PEERS)
    uner = mentions_gold.uner_documents(resolvers.need(args.shared / "data" / "uner-ewt" / "en_ewt-ud-dev.iob2"))
    gum = {path.stem: mentions_gold.gum_names(path) for path in resolvers.gum_paths(args.shared)}
    sets = {"Universal NER, EWT": (uner, without_article), "GUM, mentions": ({name: one[:2] for name, one in gum.items()}, without_article),
            "GUM, names": ({name: (one[0], one[2]) for name, one in gum.items()}, lambda text, found: without_title(text, without_article(text, found)))}
    names = resolvers.available(args)
    for title, (documents, plain) in sets.items():
        texts = {key: text for key, (text, _) in documents.items()}
        found = {name: resolvers.answers(args, name, texts) for name in names}
        per_document, size = [], 0
        for key, (text, gold) in documents.items():
            wanted = plain(text, gold)
            size += len(wanted)
            per_document.append({})
            for name in names:
                per_document[-1].update(counts(name, plain(text, [tuple(one) for one in found[name][key]["names"]]), wanted))
        print(f"\n{title}: {len(documents)} documents, {size} names")
        resolvers.print_table(names, ROWS, per_document, figures, args.boot, "PRF")


if __name__ == "__main__":
    main()
