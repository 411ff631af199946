"""GUM's entities, Universal NER's names and GAP's pairs as spans of a text in code points. No program itself; training may import it too.

GUM. The text is made from the CoNLL-U as words.py makes it, the words' places are gum_nesting.py's. A mention is what one pair of brackets of
the column MISC (Entity=) holds; its cluster is the number of its group, so that what GUM calls apposition, predicate, cataphora and discourse
deixis is one cluster with what it belongs to. Its head is the word (no punctuation) that hangs from a word outside the mention; of several, the
one nearest to the sentence's root, then the first. Its kind goes by the head's part of speech: PROPN is a name, PRON a pronoun (“my” and “this”
too), all else nominal.
"""
import csv
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from gum_nesting import read_words
from words import raw_text

KINDS = {"PROPN": "name", "PRON": "pronoun"}
# GUM's types that name what Universal NER names; the others (event, time, object, …) are of no type there.
TYPES = {"person": "PER", "organization": "ORG", "place": "LOC"}
BRACKET = re.compile(r"\((\d+)-([a-z]+)-[^()]*(\))?|(\d+)\)")
# What may stand between two words of one name: “University of Sydney”, “Proctor & Gamble”, “Coca-Cola”.
INSIDE = {"of", "the", "for", "de", "&", "-", "–", "/", "'s", "’s", "."}
PRONOUNS = {"she": "feminine", "her": "feminine", "hers": "feminine", "he": "masculine", "his": "masculine", "him": "masculine"}


def _head(words, first, last):
    """The number of the word that heads words first … last."""
    def depth(number):
        steps = 0
        while words[number].head >= 0:
            number, steps = words[number].head, steps + 1
        return steps

    inside = range(first, last + 1)
    outward = [n for n in inside if words[n].head not in inside]
    return min([n for n in outward if words[n].kind != "PUNCT"] or outward, key=lambda n: (depth(n), n))


def _read(path):
    """The text, its words, which of them are tagged NNP or NNPS, its mentions as (first word, last word, type, cluster) in order."""
    text = raw_text([path])
    words, proper, mentions, open_ones, count = read_words(path, text), [], [], [], -1
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) < 10 or "-" in fields[0] or "." in fields[0]:
            continue
        count += 1
        proper.append(fields[4] in ("NNP", "NNPS"))
        entity = next((part[7:] for part in fields[9].split("|") if part.startswith("Entity=")), "")
        if BRACKET.sub("", entity):
            raise ValueError(f"{path.name}: “{entity}” is more than brackets")
        for cluster, kind, closes, closed in BRACKET.findall(entity):
            if closes:
                mentions.append((count, count, kind, int(cluster)))
            elif cluster:
                open_ones.append((int(cluster), kind, count))
            else:
                at = max(i for i, one in enumerate(open_ones) if one[0] == int(closed))
                _, kind, first = open_ones.pop(at)
                mentions.append((first, count, kind, int(closed)))
    if open_ones or count + 1 != len(words):
        raise ValueError(f"{path.name}: {len(open_ones)} mentions do not end, {count + 1} words against {len(words)}")
    return text, words, proper, sorted(mentions, key=lambda one: (one[0], -one[1]))


def gum_mentions(path):
    """A GUM document's text and its mentions: (begin, end, GUM's type, “name”, “nominal” or “pronoun”, cluster, head's begin, head's end)."""
    text, words, _, mentions = _read(path)
    found = []
    for first, last, kind, cluster in mentions:
        head = words[_head(words, first, last)]
        found.append((words[first].begin, words[last].end, kind, KINDS.get(head.kind, "nominal"), cluster, head.begin, head.end))
    return text, found


def _name_words(words, proper, first, last, head):
    """First and last word of the name in a mention: the words tagged NNP or NNPS around its head, also over what may stand inside a name."""
    def reach(step, limit):
        at = found = head
        while at != limit and (proper[at + step] or words[at + step].form.lower() in INSIDE):
            at += step
            found = at if proper[at] else found
        return found

    return reach(-1, first), reach(1, last)


def _outermost(spans):
    """Of spans that overlap the one that begins first, of those the longest."""
    kept = []
    for span in sorted(spans, key=lambda one: (one[0], -one[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def gum_names(path):
    """The text and its names of TYPES, (begin, end, type), twice: as whole mentions and as the words of the name alone.

    A mention is a name when its head is PROPN and its type is in TYPES. A mention of several joined by “and” (its head has a conj inside it) is
    none itself; those inside it are. Whole mentions: the outermost, without a last “'s”. Words of the name: of every such mention the run of words
    tagged NNP or NNPS around its head, also over “of”, “&” and the like (INSIDE); of runs that overlap the outermost. “Sydney, Australia” is one
    name as a mention, and two by their words.
    """
    text, words, proper, mentions = _read(path)
    whole, bare = [], []
    for first, last, kind, _ in mentions:
        head = _head(words, first, last)
        joined = any(word.head == head and word.relation == "conj" for word in words[first:last + 1])
        if words[head].kind == "PROPN" and kind in TYPES and not joined:
            whole.append((words[first].begin, words[last - (words[last].kind == "PART" and last > first)].end, TYPES[kind]))
            begin, end = _name_words(words, proper, first, last, head)
            bare.append((words[begin].begin, words[end].end, TYPES[kind]))
    return text, _outermost(whole), _outermost(bare)


def uner_documents(path):
    """{document: (text, [(begin, end, “PER”, “ORG” or “LOC”)])} of a file of Universal NER; each line of the text is a sentence (# text)."""
    documents, name, text, names, at = {}, None, "", [], 0
    for line in [*path.read_text(encoding="utf-8").splitlines(), "# newdoc id = "]:
        if line.startswith("# newdoc id = "):
            if name:
                documents[name] = (text, [tuple(one) for one in names])
            name, text, names = line[14:], "", []
        elif line.startswith("# text = "):
            at = len(text)
            text += line[9:] + "\n"
        elif line and not line.startswith("#"):
            form, label = line.split("\t")[1:3]
            while text[at].isspace():
                at += 1
            if not text.startswith(form, at):
                raise ValueError(f"{path.name}: “{form}” does not stand at {at} of {name}")
            if label.startswith("B-"):
                names.append([at, 0, label[2:]])
            at += len(form)
            if label != "O":
                names[-1][1] = at
    return documents


def gap_examples(path):
    """GAP's lines as dictionaries: id, text, gender, the spans pronoun, a and b, and whether a and b are whom the pronoun means."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    examples = []
    for row in rows:
        one = {"id": row["ID"], "text": row["Text"], "gender": PRONOUNS[row["Pronoun"].lower()]}
        for part, column in (("pronoun", "Pronoun"), ("a", "A"), ("b", "B")):
            begin = int(row[f"{column}-offset"])
            one[part] = (begin, begin + len(row[column]))
            if not row["Text"].startswith(row[column], begin):
                raise ValueError(f"{path.name}: “{row[column]}” does not stand at {begin} of {row['ID']}")
        one["a is"], one["b is"] = row["A-coref"] == "TRUE", row["B-coref"] == "TRUE"
        examples.append(one)
    return examples
