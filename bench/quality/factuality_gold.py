"""UDS-IH2's judgements of factuality (White et al. 2016; Rudinger et al. 2018) as places in EWT's texts. No program itself; training imports it too.

Each predicate, nearly always a verb, was judged by two people as a rule: did it happen (or will it), and how sure are they, 0 to 4. Its value is the mean of
their ±¾ · sureness, as Rudinger et al. have it: from -3, certainly not, to +3, certainly. The judgements number the words of UD 1.2's sentences;
ud_ids.json says which sentence of a newer EWT each is. Words have kept their numbers but for a hundredth or less: a number beyond its sentence is left out.

People read “he did not pay” in two ways: the paying did not happen, or what is said is so. Which, goes by the person: their means over negated predicates lie
anywhere from -2.6 to +2.8, and three of the 20 who judged 20 of them or more stand apart at -2.1 and below, the next at -0.8 (train). So the mean of all
says little about negation. Gold for measuring is that mean all the same, as others have it; for training there is `clear_negation`.

A text is a document of EWT: its paragraphs are lines, the sentences of one are apart by their own spaces.
"""
import collections
import dataclasses
import json
import zipfile

NOBODY = {"nobody", "nothing", "none", "neither"}
FEWEST, LEAST = 20, -1.5  # who is clear about negation: so many negated predicates judged, their mean below that


@dataclasses.dataclass
class Sentence:
    places: list = dataclasses.field(default_factory=list)  # (begin, end) of each word in the document's text, code points
    words: list = dataclasses.field(default_factory=list)   # (lemma, number of the word it depends on, how)

    def negated(self):
        """Numbers of words, from 1, that are negated: by “not” or “never”, or by a subject that is nobody, nothing, no …"""
        no = {head for lemma, head, relation in self.words if lemma == "no" and relation == "det"}
        return {head for number, (lemma, head, relation) in enumerate(self.words, 1)
                if (lemma in ("not", "never") and relation == "advmod") or (relation.startswith("nsubj") and (lemma in NOBODY or number in no))}


def ewt_documents(path):
    """{document: (text, {sentence: Sentence})}. A word written as one with others stands at its letters, or at the whole where they are not its own."""
    documents = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc id = "):
            document, text, sentences, spaced = line[14:], "", {}, ""
        elif line.startswith("# newpar"):
            spaced = "\n" if text else ""
        elif line.startswith("# sent_id = "):
            sentence, group_end = sentences.setdefault(line[12:], Sentence()), 0
        elif line and not line.startswith("#"):
            number, form, lemma, _, _, _, head, relation, _, misc = line.split("\t")
            if "." in number:
                continue
            if "-" not in number:
                sentence.words.append((lemma, int(head), relation))
            if "-" not in number and int(number) <= group_end:
                at = text.find(form, inside)
                sentence.places.append((at, at + len(form)) if at >= 0 else whole)
                inside = max(inside, at + len(form) if at >= 0 else 0)
                continue
            text += spaced + form
            whole = (len(text) - len(form), len(text))
            spaced = "" if "SpaceAfter=No" in misc.split("|") else " "
            if "-" in number:
                group_end, inside = int(number.split("-")[1]), whole[0]
            else:
                sentence.places.append(whole)
            documents[document] = (text, sentences)
    return documents


def judgements_of(data):
    """{sentence: {number of the word: {person: judgement}}}."""
    sentence_of = json.loads((data / "uds-factuality" / "ud_ids.json").read_text(encoding="utf-8"))
    with zipfile.ZipFile(data / "uds-factuality" / "2.0" / "raw" / "factuality.zip") as file:
        graphs = json.loads(file.read("factuality.json"))["data"]
    out = collections.defaultdict(dict)
    for graph, nodes in graphs.items():
        for node, attributes in nodes.items():
            found = attributes["factuality"]["factual"]
            out[sentence_of[graph]["sentence_id"]][int(node.rsplit("-", 1)[1])] = {
                who: (0.75 if happened else -0.75) * found["confidence"][who] for who, happened in found["value"].items()}
    return out


def mean(values):
    return sum(values) / len(values) if values else None


def people_clear_about_negation(data, judgements):
    """Judged by the training part alone."""
    of_negated = collections.defaultdict(list)
    for _, sentences in ewt_documents(data / "ewt" / "train.conllu").values():
        for name, sentence in sentences.items():
            for number in sentence.negated():
                for who, value in judgements[name].get(number, {}).items():
                    of_negated[who].append(value)
    return {who for who, values in of_negated.items() if len(values) >= FEWEST and mean(values) < LEAST}


def uds_documents(shared, part, clear_negation=False):
    """{document: (text, [(begin, end, value)])} of EWT's part; `shared` is the folder with data/.

    clear_negation: of a negated predicate only what those said who take it that it did not happen; None where they said nothing.
    """
    data = shared / "data"
    judgements = judgements_of(data)
    clear = people_clear_about_negation(data, judgements) if clear_negation else set()
    out = {}
    for document, (text, sentences) in ewt_documents(data / "ewt" / f"{part}.conllu").items():
        predicates = []
        for name, sentence in sentences.items():
            negated = sentence.negated() if clear_negation else set()
            for number, said in judgements[name].items():
                if number <= len(sentence.places):
                    everybody = number not in negated
                    predicates.append((*sentence.places[number - 1], mean([value for who, value in said.items() if everybody or who in clear])))
        out[document] = (text, sorted(predicates, key=lambda p: p[0]))
    return out


def negated_words(shared, part):
    """{document: {begin of each word that is negated}}."""
    return {document: {sentence.places[number - 1][0] for sentence in sentences.values() for number in sentence.negated()}
            for document, (_, sentences) in ewt_documents(shared / "data" / "ewt" / f"{part}.conllu").items()}
