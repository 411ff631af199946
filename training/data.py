"""Training data: articles as the C++ program cuts them into units, pieces and windows, with the gold spans in units.

Nothing of the text side is done here twice: sayso_units (training/units.cpp) is the program's own code. Offsets are code points.
Quotation marks are altered by replacing one character by one character, so that gold offsets stay valid.
"""
import dataclasses
import hashlib
import json
import pathlib
import random
import subprocess

import numpy as np
import torch

import network

BEGIN_MARK, END_MARK = 101, 102
ROLES = ("cue", "source", "content")
IGNORED = -100          # a label that takes no part in a loss
OPENING, CLOSING = "“", "”"


@dataclasses.dataclass
class Article:
    id: str
    places: np.ndarray      # (N, 2) code points of each unit
    features: np.ndarray    # (N, 3) shape, quote state, gap
    lines: np.ndarray       # (N) the line that a unit stands in
    pieces: list            # N lists of piece ids
    windows: dict           # bound of the first window -> [(begin, end)] in units
    attributions: list      # {role: [(begin, end)] in units}
    first_unit: int = -1    # its place in the memory of past predictions; -1: not remembered
    first_cue: int = -1

    def piece_count(self):
        return sum(map(len, self.pieces))


def read_lines(path):
    """The articles of a .jsonl file as dictionaries, and the file's sha256."""
    blob = pathlib.Path(path).read_bytes()
    return [json.loads(line) for line in blob.decode().splitlines()], hashlib.sha256(blob).hexdigest()


def split_for_training(articles):
    """-> (to train on, held back): articles that several people annotated measure the model against people, so none of them is trained on."""
    return [a for a in articles if len(a["annotators"]) == 1], [a for a in articles if len(a["annotators"]) > 1]


def alter_quotes(text, rng):
    """The text as another typist, a careless one or a translating machine leaves it: other quotation marks, single ones, or lost ones."""
    way = rng.choice(["straight", "single", "guillemets", "none", "some"])
    marks = {"straight": ('"', '"'), "single": ("‘", "’"), "guillemets": ("«", "»")}
    out, inside = [], False
    for c in text:
        if c == "\n":
            inside = False
        if c not in (OPENING, CLOSING, '"'):
            out.append(c)
            continue
        opens = c == OPENING or (c == '"' and not inside)
        inside = opens
        if way in marks:
            out.append(marks[way][0 if opens else 1])
        else:
            out.append(" " if way == "none" or rng.random() < 0.5 else c)
    return "".join(out)


def cut(articles, program, vocabulary, window, first_bounds=()):
    """Runs sayso_units over the articles (dictionaries with id, text, attributions) -> [Article]."""
    lines = "".join(json.dumps({"id": a["id"], "text": a["text"]}) + "\n" for a in articles)
    bounds = [str(b) for b in (window, *first_bounds)]
    done = subprocess.run([program, vocabulary, str(window), *bounds[1:]], input=lines.encode(), capture_output=True, check=True)
    return [as_article(article, json.loads(line)) for article, line in zip(articles, done.stdout.splitlines(), strict=True)]


def as_article(article, line):
    units = np.array(line["units"], dtype=np.int32).reshape(-1, 6)
    unit_at = {}
    for i, (begin, end) in enumerate(units[:, :2].tolist()):
        unit_at.update((c, i) for c in range(begin, end))
    attributions = [{role: spans_in_units(found.get(role), unit_at) for role in ROLES} for found in article["attributions"]]
    return Article(line["id"], units[:, :2], units[:, 2:5], units[:, 5], line["pieces"],
                   {int(bound): [tuple(w) for w in found] for bound, found in line["windows"].items()}, attributions)


def spans_in_units(spans, unit_at):
    """Spans of code points -> spans of the units that they touch, in order, overlapping ones as one."""
    touched = []
    for begin, end in spans or ():
        units = [unit_at[c] for c in range(begin, end) if c in unit_at]
        if units:
            touched.append((min(units), max(units) + 1))
    merged = []
    for begin, end in sorted(touched):
        if merged and begin < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def mark(labels, spans, names, name, offset):
    """Writes B-name and I-name over the part of each span that lies in the window starting at unit `offset`."""
    for begin, end in spans:
        begin, end = begin - offset, end - offset
        if end <= 0 or begin >= len(labels):
            continue
        labels[max(begin, 0):end] = names.index("I-" + name)
        if begin >= 0:
            labels[begin] = names.index("B-" + name)


def cue_envelope(attribution):
    """The cue as one span, from its first unit to its last: head 2 reads cues of that form."""
    return attribution["cue"][0][0], attribution["cue"][-1][1]


def distinct_cues(article):
    """The attributions that head 2 learns from, by number: they have a cue, and no earlier one has the same."""
    seen = {}
    for attribution in article.attributions:
        if attribution["cue"]:
            seen.setdefault(cue_envelope(attribution), attribution)
    return list(seen.items())


def make_example(article, window):
    """One window: what the network reads, its tags, and for each cue that lies whole in it the roles of the units."""
    lo, hi = window
    pieces, features, first = [BEGIN_MARK], [(0, 0, 0)], []
    for unit in range(lo, hi):
        first.append(len(pieces))
        pieces += article.pieces[unit]
        features += [tuple(article.features[unit])] * len(article.pieces[unit])
    tags = np.zeros(hi - lo, np.int64)
    for role in ("content", "source", "cue"):
        for attribution in article.attributions:
            mark(tags, attribution[role], network.TAGS, role, lo)
    cues = []
    for number, ((begin, end), attribution) in enumerate(distinct_cues(article)):
        if begin < lo or end > hi:
            continue
        roles = np.zeros(hi - lo, np.int64)
        for role in ("content", "source"):
            mark(roles, attribution[role], network.ROLES, role, lo)
        cues.append((begin - lo, end - lo, number, roles))
    return {"pieces": pieces + [END_MARK], "features": features + [(0, 0, 0)], "first": first, "tags": tags, "cues": cues,
            "article": article, "window": window}


def make_batch(examples):
    """Examples side by side, padded with piece 0. `unit` and `cue` are places in the memory of past predictions, -1 where there is none."""
    rows, longest = len(examples), max(len(e["pieces"]) for e in examples)
    units = max(len(e["first"]) for e in examples)
    batch = {"pieces": np.zeros((rows, longest), np.int64), "features": np.zeros((rows, longest, 3), np.int64),
             "first": np.zeros((rows, units), np.int64), "lines": np.full((rows, units), -1, np.int64),
             "real": np.zeros((rows, units), bool), "tags": np.full((rows, units), IGNORED, np.int64),
             "unit": np.full((rows, units), -1, np.int64)}
    cues = {"cue_window": [], "cue_begin": [], "cue_end": [], "cue": []}
    roles = []
    for row, example in enumerate(examples):
        article, (lo, hi), n = example["article"], example["window"], len(example["first"])
        batch["pieces"][row, :len(example["pieces"])] = example["pieces"]
        batch["features"][row, :len(example["pieces"])] = example["features"]
        batch["first"][row, :n] = example["first"]
        batch["lines"][row, :n] = article.lines[lo:hi]
        batch["real"][row, :n] = True
        batch["tags"][row, :n] = example["tags"]
        if article.first_unit >= 0:
            batch["unit"][row, :n] = article.first_unit + np.arange(lo, hi)
        for begin, end, number, labels in example["cues"]:
            for name, value in zip(cues, (row, begin, end, article.first_cue + number if article.first_cue >= 0 else -1)):
                cues[name].append(value)
            roles.append(np.concatenate([labels, np.full(units - n, IGNORED, np.int64)]))
    batch.update({name: np.array(values, np.int64) for name, values in cues.items()})
    batch["roles"] = np.array(roles, np.int64).reshape(-1, units)
    return {name: torch.from_numpy(values) for name, values in batch.items()}


def epoch_batches(articles, altered, seed, pieces, alter_share):
    """One epoch: each article once, windows shifted at random, some articles with altered quotation marks; windows of like length together.

    A batch holds at most `pieces` pieces, padding counted, and at least one window.
    """
    rng = random.Random(seed)
    examples = []
    for article, other in zip(articles, altered, strict=True):
        chosen = other if rng.random() < alter_share else article
        examples += [(chosen, window) for window in chosen.windows[rng.choice(list(chosen.windows))]]
    rng.shuffle(examples)
    size = lambda example: sum(map(len, example[0].pieces[example[1][0]:example[1][1]])) + 2
    batches = []
    for start in range(0, len(examples), 96):
        batch, pool = [], []
        for example in sorted(examples[start:start + 96], key=size):
            if batch and (len(batch) + 1) * size(example) > pieces:
                pool.append(batch)
                batch = []
            batch.append(example)
        pool.append(batch)
        rng.shuffle(pool)
        batches += pool
    return batches
