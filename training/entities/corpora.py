"""The sets that entities are learned from, as documents with mentions in code points: GUM, LitBank, UNER, GAP.

A mention is (begin, end, type, kind, cluster, head): `head` is the place (code point) of its head word; type one of network.MENTION_TYPES, kind one of
network.MENTION_KINDS. A cluster is None for a mention whose coreference is not marked. Names are (begin, end, PER | ORG | LOC).
"""
import dataclasses
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "bench" / "quality"))
import mentions_gold  # noqa: E402

GUM_TYPES = {"person": "person", "organization": "organisation", "place": "place"}
LITBANK_TYPES = {"PER": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place"}
NAME_TYPES = ("PER", "ORG", "LOC")
PRONOUNS = set("""i me my mine myself you your yours yourself yourselves he him his himself she her hers herself it its itself we us our ours ourselves they them
their theirs themselves who whom whose which that this these those one everyone everybody someone somebody anyone anybody nobody""".split())
# A phrase's head stands before the first of these, where no tree says which word it is.
BEHIND_HEAD = {"of", "in", "on", "at", "to", "from", "with", "for", "by", "who", "whom", "whose", "which", "that", "where", ",", "(", "and", "or", "about", "between",
               "under", "over", "into", "upon", "without", "near", "—", "-", ";", ":"}


@dataclasses.dataclass
class Text:
    id: str
    text: str
    mentions: list = dataclasses.field(default_factory=list)
    names: list | None = None          # None: names are not marked
    mentions_are_all: bool = True      # every mention is marked (LitBank marks those of six kinds of things)
    pairs: list = dataclasses.field(default_factory=list)  # GAP: (pronoun span, name span, do they corefer)


def gum(path):
    """One document of GUM; of two mentions with one head word prepare() keeps the longer."""
    text, found = mentions_gold.gum_mentions(path)
    mentions = [(begin, end, GUM_TYPES.get(of, "other"), kind, cluster, head) for begin, end, of, kind, cluster, head, _ in found]
    return Text(path.stem, text, mentions, mentions_gold.gum_names(path)[1])


def litbank(conll, tsv):
    """One novel's beginning: coreference from .conll, types from the layers of .tsv where a span stands in both."""
    words, clusters, parts, at = [], [], [], 0
    for line in conll.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if not line.strip():
            if parts and parts[-1] != "\n":
                parts.append("\n")
                at += 1
            continue
        fields = line.split("\t")
        word = fields[3]
        words.append((at, at + len(word), word))
        parts += [word, " "]
        at += len(word) + 1
        clusters.append(fields[-1].strip() if fields[-1].strip() != "_" else "")
    types, number, runs = {}, 0, {}
    for line in tsv.read_text(encoding="utf-8").splitlines():
        fields = line.rstrip("\n").split("\t")
        if len(fields) < 2 or not fields[0]:
            continue
        for layer, label in enumerate(fields[1:]):
            if label.startswith("B-"):
                runs[layer] = (number, label[2:])
                types[number, number] = label[2:]
            elif label.startswith("I-") and layer in runs:
                first, kind = runs[layer]
                types.pop((first, number - 1), None)
                types[first, number] = kind
            else:
                runs.pop(layer, None)
        number += 1
    types = types if number == len(words) else {}
    open_ones, mentions = {}, []
    for number, marks in enumerate(clusters):
        for mark in re.findall(r"\(\d+\)|\(\d+|\d+\)", marks):
            group = mark.strip("()")
            if mark.startswith("("):
                open_ones.setdefault(group, []).append(number)
            if mark.endswith(")"):
                first = open_ones[group].pop()
                inside = words[first:number + 1]
                head = len(inside) - 1
                for i, (_, _, word) in enumerate(inside):
                    if i and word.lower() in BEHIND_HEAD:
                        head = i - 1
                        break
                word = inside[head][2]
                of = ("pronoun" if len(inside) == 1 and word.lower() in PRONOUNS else
                      "name" if word[:1].isupper() and inside[0][2].lower() not in ("the", "a", "an", "my", "his", "her") else "nominal")
                kind = types.get((first, number))
                mentions.append((inside[0][0], inside[-1][1], LITBANK_TYPES.get(kind, "other") if kind else None, of, group, inside[head][0]))
    return Text(conll.stem, "".join(parts), mentions, None, mentions_are_all=False)


def uner(path):
    """Sentences with names, those of one document as lines of one text."""
    return [Text(name, text, [], [n for n in found if n[2] in NAME_TYPES]) for name, (text, found) in mentions_gold.uner_documents(path).items()]


def gap(path):
    """A text a line; the pronoun, two names, and whether each is meant."""
    texts = []
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        f = line.split("\t")
        pronoun = (int(f[3]), int(f[3]) + len(f[2]))
        pairs = [(pronoun, (int(f[i + 1]), int(f[i + 1]) + len(f[i])), f[i + 2] == "TRUE") for i in (4, 7)]
        texts.append(Text(f[0], f[1], [], None, False, pairs))
    return texts


def load(shared):
    """{set: [Text]}; `shared` is the folder with data/."""
    data = pathlib.Path(shared) / "data"
    out = {}
    for part in ("train", "dev"):
        out[f"gum-{part}"] = [gum(p) for p in sorted((data / "gum" / part / "dep").glob("*.conllu")) if "_reddit_" not in p.name]
    tsv = next((data / "litbank" / "entities").rglob("*.tsv")).parent
    out["litbank"] = [litbank(p, tsv / f"{p.stem}.tsv") for p in sorted((data / "litbank" / "coref" / "conll").glob("*.conll"))]
    out["uner-train"] = uner(data / "uner-ewt" / "en_ewt-ud-test.iob2")
    out["uner-dev"] = uner(data / "uner-ewt" / "en_ewt-ud-dev.iob2")
    out["gap-train"] = gap(data / "gap" / "gap-development.tsv")
    out["gap-dev"] = gap(data / "gap" / "gap-validation.tsv")
    return out


if __name__ == "__main__":
    for name, texts in load(sys.argv[1] if len(sys.argv) > 1 else "../shared").items():
        print(name, len(texts), "texts", sum(len(t.text) for t in texts), "characters", sum(len(t.mentions) for t in texts), "mentions",
              sum(len(t.names or []) for t in texts), "names", len({(t.id, m[4]) for t in texts for m in t.mentions}), "clusters")
