"""MegaVeridicality (White and Rawlins 2018) as texts of our own: a verb that takes a clause, and how far what its clause says happened.

Ten people judged each verb, plain and negated, in a bare sentence (“Someone knew that a particular thing happened”): did the thing happen? Yes, maybe and no
are 3, 0 and -3 here, and their mean is the value of the clause's verb, put into clauses that a newspaper could have. The verb itself is a predicate without
a value. Verbs' past forms are EWT's where it has them; else they follow the rule.
"""
import collections
import csv
import random
import re

SUBJECTS = ["The minister", "Officials", "She", "He", "The company", "The union", "A spokesman", "Residents", "The committee", "Someone"]
# Each with its verb in brackets.
CLAUSES = ["the council [approved] the plan", "the talks [collapsed]", "the army [crossed] the border", "the bank [raised] its rates", "a ship [sank] off the coast",
           "the two leaders [met] in secret", "prices [fell] last year", "the judge [dismissed] the case", "the engineers [found] a crack", "workers [left] the building",
           "the fire [started] in the kitchen", "the mayor [paid] for the trip", "the firm [sold] its ships", "the patient [recovered]", "the police [arrested] a driver",
           "a particular thing [happened]"]
LEARNED, TIMES = 13, 6  # so many of them are learned from, each verb with six; the others are held out
SCALE = {"yes": 3.0, "maybe": 0.0, "no": -3.0}
IN_A_TEXT = 12


def past_forms(conllu):
    """{(lemma, VBD | VBN): the form most often seen}."""
    seen = collections.defaultdict(collections.Counter)
    for line in conllu.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) == 10 and fields[4] in ("VBD", "VBN"):
            seen[fields[2], fields[4]][fields[1].lower()] += 1
    return {key: forms.most_common(1)[0][0] for key, forms in seen.items()}


def by_rule(verb):
    first, _, rest = verb.partition(" ")
    past = first + "d" if first.endswith("e") else re.sub("y$", "ied", first) if re.search("[^aeiou]y$", first) else first + "ed"
    return f"{past} {rest}".strip()


def texts(shared, seed=1):
    """{name: (text, [(begin, end, value, or None)])}, a sentence a line; texts whose names begin with “held” have the clauses that are held out."""
    data = shared / "data"
    forms = past_forms(data / "ewt" / "train.conllu")
    judged = collections.defaultdict(list)
    with open(data / "megaveridicality" / "mega-veridicality-v1.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["exclude"] == "False" and row["conditional"] == "False":
                judged[row["verb"].replace("_", " "), row["voice"], row["polarity"]].append(SCALE[row["veridicality"]])
    rng = random.Random(seed)
    sentences = {"held": [], "learned": []}
    for (verb, voice, polarity), values in sorted(judged.items()):
        past, participle = (forms.get((verb, tag), by_rule(verb)) for tag in ("VBD", "VBN"))
        clauses = [("learned", clause) for clause in rng.sample(CLAUSES[:LEARNED], TIMES)] + [("held", rng.choice(CLAUSES[LEARNED:]))]
        for part, clause in clauses:
            subject = rng.choice(SUBJECTS)
            were = "were" if subject in ("Officials", "Residents") else "was"
            said = {("active", "positive"): f"[{past}]", ("active", "negative"): f"did not [{verb}]", ("passive", "positive"): f"{were} [{participle}]",
                    ("passive", "negative"): f"{were} not [{participle}]"}[voice, polarity]
            sentences[part].append((f"{subject} {said} that {clause}.", (None, sum(values) / len(values))))
    out = {}
    for part, found in sentences.items():
        rng.shuffle(found)
        for at in range(0, len(found), IN_A_TEXT):
            text, predicates = "", []
            for sentence, values in found[at:at + IN_A_TEXT]:
                for value in values:
                    begin, end = sentence.index("["), sentence.index("]") - 1
                    sentence = sentence[:begin] + sentence[begin + 1:end + 1] + sentence[end + 2:]
                    predicates.append((len(text) + begin, len(text) + end, value))
                text += sentence + "\n"
            out[f"{part}-{at}"] = (text, predicates)
    return out
