"""What the entity heads learn from documents with names, mentions and coreference, how well they do on dev, and how they get into a weight file.

The heads are network.EntityHeads, the sets corpora.py's; train.py trains them together with attribution, on the same encoder.
"""
import pathlib
import random
import sys

import numpy as np
import torch
import torch.nn.functional as F

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import corpora  # noqa: E402
import data  # noqa: E402
import decoding  # noqa: E402
import export  # noqa: E402
import network  # noqa: E402
import pairs as pair_facts  # noqa: E402
import scorers  # noqa: E402

NAME_TYPE = {"PER": "person", "ORG": "organisation", "LOC": "place"}
NAME_OF = {v: k for k, v in NAME_TYPE.items()}
SETS = ("Entities: GUM (train, CC BY, CC BY-SA and public domain), LitBank (CC BY 4.0), Universal NER's English EWT (its test part, CC BY-SA 4.0), "
        "GAP (development part, Apache-2.0)")
MOST_BACK = 150       # a mention looks for its antecedent among so many before it
BATCHES = {"gum-train": 1, "litbank": 1, "uner-train": 6, "gap-train": 10}  # texts a step
NOVELS = 30           # of LitBank's hundred an epoch


def load(shared, units, vocabulary, window, bounds):
    """{set: articles with their gold}, cut as attribution's are; those that teach also at other `bounds` of the first window."""
    sets = {}
    for name, texts in corpora.load(shared).items():
        plain = [{"id": t.id, "text": t.text, "attributions": []} for t in texts]
        sets[name] = data.cut(plain, units, vocabulary, window, bounds if name in BATCHES else ())
        for text, article in zip(texts, sets[name], strict=True):
            prepare(text, article)
    return sets


def epoch_batches(sets, seed):
    """One epoch's steps, [articles]: every text once, of the novels some by chance."""
    rng = random.Random(seed)
    batches = []
    for name, size in BATCHES.items():
        chosen = rng.sample(sets[name], NOVELS if name == "litbank" else len(sets[name]))
        batches += [chosen[i:i + size] for i in range(0, len(chosen), size)]
    return batches


def prepare(text, article):
    """Puts the gold in units: article.gold [dict] in order of heads, article.name_tags or None, article.pairs."""
    unit_at = {}
    for i, (begin, end) in enumerate(article.places.tolist()):
        unit_at.update((c, i) for c in range(begin, end))
    span = lambda b, e: (min(u), max(u) + 1) if (u := [unit_at[c] for c in range(b, e) if c in unit_at]) else None
    article.words = [text.text[b:e].lower() for b, e in article.places.tolist()]
    gold = {}
    for begin, end, of, kind, cluster, head in text.mentions:
        where, at = span(begin, end), unit_at.get(head)
        if where is None or at is None or not where[0] <= at < where[1]:
            continue
        mention = describe(article, where[0], where[1], at, network.MENTION_KINDS.index(kind), network.MENTION_TYPES.index(of) if of else -1)
        mention["cluster"] = cluster
        if at not in gold or where[1] - where[0] > gold[at]["end"] - gold[at]["begin"]:
            gold[at] = mention
    article.gold = [gold[at] for at in sorted(gold)]
    article.all_marked = text.mentions_are_all and bool(text.mentions)
    article.name_tags = None
    article.names = None
    if text.names is not None:
        article.names = [(*where, of) for b, e, of in text.names if (where := span(b, e))]
        tags = torch.zeros(len(article.pieces), dtype=torch.long)
        for begin, end, of in article.names:
            tags[begin:end] = network.NAMES.index(f"I-{NAME_TYPE[of]}")
            tags[begin] = network.NAMES.index(f"B-{NAME_TYPE[of]}")
        article.name_tags = tags
    article.pairs = [(span(*pronoun), span(*name), same) for pronoun, name, same in text.pairs]


def describe(article, begin, end, head, kind, of):
    words = article.words[begin:end]
    return {"begin": begin, "end": end, "head": head, "kind": kind, "type": of, "line": int(article.lines[head]), "words": words,
            "plain": pair_facts.plain(words), "head_word": article.words[head], "cluster": None}


def read_windows(encoder, articles, watch, rng=None):
    """All windows of these articles as one batch: units of each watched layer (B, N, w, d), real (B, N), [(article, window)].

    With `rng` the first window of each article is cut at a random one of its bounds.
    """
    jobs = [(a, w) for a in articles for w in a.windows[rng.choice(list(a.windows)) if rng else next(iter(a.windows))]]
    batch = data.make_batch([data.make_example(*job) for job in jobs])
    with network.fast_products():
        watched = encoder(batch["pieces"], batch["features"], watch)
    at = batch["first"][..., None].expand(-1, -1, watched[0].shape[-1])
    return torch.stack([x.gather(1, at).float() for x in watched], 2), batch["real"], jobs


def spread(z, jobs, articles):
    """Per article its units' vectors (N, width), from the windows' (B, N, width)."""
    out = {id(a): [] for a in articles}
    for row, (article, (lo, hi)) in enumerate(jobs):
        out[id(article)].append(z[row, :hi - lo])
    return [torch.cat(out[id(a)]) for a in articles]


def vectors_of(heads, units, mentions):
    head = units[[m["head"] for m in mentions]]
    sums = torch.cat([torch.zeros(1, units.shape[1]), units.cumsum(0)])
    begin, end = torch.tensor([m["begin"] for m in mentions]), torch.tensor([m["end"] for m in mentions])
    mean = (sums[end] - sums[begin]) / (end - begin)[:, None]
    return heads.mention_vectors(head, mean)


def candidate_pairs(mentions):
    """Pairs (later, earlier) and the rows of the tables."""
    later, earlier, rows = (torch.from_numpy(np.ascontiguousarray(x)) for x in pair_facts.pair_tables(mentions, MOST_BACK))
    return later, earlier, {name: rows[:, k] for k, name in enumerate(network.EntityHeads.PAIR_TABLES)}


def link_table(heads, units, mentions):
    """(M, M) scores below the diagonal, -inf elsewhere."""
    table = torch.full((len(mentions), len(mentions)), -1e9)
    later, earlier, rows = candidate_pairs(mentions)
    if len(later):
        scores = heads.links(vectors_of(heads, units, mentions), later, earlier, rows)
        table = table.index_put((later, earlier), scores)
    return table


def predict_mentions(article, z_rows, heads, bias):
    """Mentions as the heads find them. z_rows: [(window, (N, width))]."""
    found = []
    for (lo, hi), z in z_rows:
        scores = torch.log_softmax(heads.mentions(z), -1)
        scores[:, 0] += bias
        best = scores.argmax(-1)
        at = torch.nonzero(best)[:, 0]
        if not len(at):
            continue
        begins, ends = heads.bounds(z[None], torch.zeros_like(at), at)
        for unit, label, b, e in zip(at.tolist(), (best[at] - 1).tolist(), begins.argmax(-1).tolist(), ends.argmax(-1).tolist()):
            kind, of = divmod(label, len(network.MENTION_TYPES))
            found.append(describe(article, lo + unit - b, lo + unit + e + 1, lo + unit, kind, of))
    return found


def clusters_of(table):
    """Each mention goes with its best antecedent above 0. -> a number a mention."""
    cluster = []
    for i in range(len(table)):
        best = int(table[i, :i].argmax()) if i else -1
        cluster.append(cluster[best] if best >= 0 and table[i, best] > 0 else i)
    return cluster


def resolve(encoder, heads, watch, article):
    """The mentions that the heads find in an article, and the number of each one's cluster."""
    encoded, real, jobs = read_windows(encoder, [article], watch)
    z = heads(encoded, real)
    mentions = predict_mentions(article, [(w, z[row, :w[1] - w[0]]) for row, (_, w) in enumerate(jobs)], heads, 0.0)
    return mentions, clusters_of(link_table(heads, spread(z, jobs, [article])[0], mentions))


@torch.no_grad()
def evaluate(encoder, heads, watch, sets):
    encoder.eval()
    heads.eval()
    figures = {}
    for name in ("uner-dev", "gum-dev"):
        counts = {}
        for article in sets[name]:
            encoded, real, jobs = read_windows(encoder, [article], watch)
            z = heads(encoded, real)
            found = []
            for row, (_, (lo, hi)) in enumerate(jobs):
                sequence = decoding.best_labels(torch.log_softmax(heads.names(z[row:row + 1, :hi - lo]), -1), network.NAMES)[0]
                found += [(lo + b, lo + e, NAME_OF[of]) for of, b, e in decoding.runs_of(sequence, network.NAMES)]
            for of in ("PER", "ORG", "LOC"):
                got, want = {f for f in found if f[2] == of}, {g for g in article.names if g[2] == of}
                for key in (of, "all"):
                    c = counts.setdefault(key, [0, 0, 0])
                    c[0] += len(got & want)
                    c[1] += len(got)
                    c[2] += len(want)
        figures[name] = {key: round(200 * c[0] / max(1, c[1] + c[2]), 1) for key, c in counts.items()}
    documents, mention_counts = [], [0, 0, 0]
    for article in sets["gum-dev"]:
        mentions, cluster = resolve(encoder, heads, watch, article)
        response = {}
        for m, c in zip(mentions, cluster):
            response.setdefault(c, []).append((m["begin"], m["end"]))
        key = {}
        for m in article.gold:
            key.setdefault(m["cluster"], []).append((m["begin"], m["end"]))
        got, want = {(m["begin"], m["end"]) for m in mentions}, {(m["begin"], m["end"]) for m in article.gold}
        mention_counts = [mention_counts[0] + len(got & want), mention_counts[1] + len(got), mention_counts[2] + len(want)]
        documents.append((list(key.values()), list(response.values())))
    figures["mentions"] = round(200 * mention_counts[0] / (mention_counts[1] + mention_counts[2]), 1)
    figures["coreference"] = {k: round(100 * v, 1) for k, v in scorers.conll(documents, singletons=False).items()}
    figures["with singletons"] = {k: round(100 * v, 1) for k, v in scorers.conll(documents, singletons=True).items()}
    tp = fp = fn = 0
    for article in sets["gap-dev"]:
        mentions, cluster = resolve(encoder, heads, watch, article)
        for pronoun, name, same in article.pairs:
            at = [c for m, c in zip(mentions, cluster) if m["begin"] == pronoun[0] and m["end"] == pronoun[1]]
            meant = bool(at) and any(c == at[0] and m["begin"] <= name[0] and name[1] <= m["end"] and m["kind"] == 0 and m["head"] >= name[0] and m["head"] < name[1]
                                     for m, c in zip(mentions, cluster))
            tp, fp, fn = tp + (meant and same), fp + (meant and not same), fn + (same and not meant)
    figures["gap"] = round(200 * tp / max(1, 2 * tp + fp + fn), 1)
    return figures


def loss_of(encoder, heads, watch, articles, rng):
    """Sum of all losses that these articles teach. Mentions that the heads find and that are none stand among those that may be linked."""
    encoded, real, jobs = read_windows(encoder, articles, watch, rng)
    z = heads(encoded, real)
    every = spread(heads.dropout(z), jobs, articles)
    plain = spread(z, jobs, articles)
    total = torch.zeros(())
    for article, units in zip(articles, every):
        if article.name_tags is not None:
            total = total + F.cross_entropy(heads.names(units), article.name_tags, reduction="sum") / 50
        if article.all_marked:
            labels = torch.zeros(len(article.pieces), dtype=torch.long)
            for m in article.gold:
                labels[m["head"]] = 1 + len(network.MENTION_TYPES) * m["kind"] + m["type"]
            total = total + F.cross_entropy(heads.mentions(units), labels, reduction="sum") / 50
    by_window = {}
    for row, (article, (lo, hi)) in enumerate(jobs):
        for m in article.gold:
            if lo <= m["head"] < hi:
                by_window.setdefault("row", []).append(row)
                by_window.setdefault("head", []).append(m["head"] - lo)
                by_window.setdefault("begin", []).append(min(heads.BEFORE, m["head"] - max(lo, m["begin"])))
                by_window.setdefault("end", []).append(min(heads.BEHIND, min(hi, m["end"]) - 1 - m["head"]))
    if by_window:
        t = {k: torch.tensor(v) for k, v in by_window.items()}
        begins, ends = heads.bounds(heads.dropout(z), t["row"], t["head"])
        total = total + (F.cross_entropy(begins, t["begin"], reduction="sum") + F.cross_entropy(ends, t["end"], reduction="sum")) / 100
    for article, units in zip(articles, plain):
        mentions = list(article.gold)
        if article.all_marked:
            heads_known = {m["head"] for m in mentions}
            with torch.no_grad():
                extra = predict_mentions(article, [((lo, hi), z[row, :hi - lo]) for row, (a, (lo, hi)) in enumerate(jobs) if a is article], heads, -1.0)
            mentions = sorted(mentions + [m for m in extra if m["head"] not in heads_known], key=lambda m: m["head"])
        if len(mentions) > 1:
            table = link_table(heads, units, mentions)
            codes = {}
            group = torch.tensor([codes.setdefault(m["cluster"] if m["cluster"] is not None else ("alone", i), len(codes)) for i, m in enumerate(mentions)])
            same = (group[:, None] == group[None]).tril(-1)
            none = ~same.any(1)
            scores = torch.cat([torch.zeros(len(mentions), 1), table], 1)
            right = torch.cat([none[:, None], same], 1)
            far = right & (scores < -1e8)
            right = right & ~far
            usable = right.any(1)
            lost = torch.logsumexp(scores[usable], 1) - torch.logsumexp(scores[usable].masked_fill(~right[usable], -1e9), 1)
            total = total + lost.sum() / 20
        if article.pairs:
            mentions = []
            for pronoun, name, same in article.pairs:
                if pronoun and name:
                    mentions.append((describe(article, *name, name[1] - 1, 0, 0), same))
            if mentions:
                p = article.pairs[0][0]
                asked = describe(article, *p, p[0], 2, 0)
                all_of_them = sorted([asked, *(m for m, _ in mentions)], key=lambda m: m["head"])
                table = link_table(heads, units, all_of_them)
                where = next(i for i, m in enumerate(all_of_them) if m is asked)
                for m, same in mentions:
                    i = next(k for k, x in enumerate(all_of_them) if x is m)
                    if i < where:
                        total = total + F.binary_cross_entropy_with_logits(table[where, i], torch.tensor(float(same))) / 10
    return total


def add_to_weights(weights, out, heads, watch):
    """Writes a weight file that is `weights` with these heads beside its own; one that has such a head already gets the new one."""
    tensors = {name[:-7] if name.startswith("pairs.") else name: tensor.half().numpy() for name, tensor in heads.state_dict().items()}
    tensors["earlier_hidden.bias"] = np.zeros(heads.earlier_hidden.out_features, np.float16)  # every linear layer of the file has one
    head = {"name": "entities", "kind": "entity", "labels": network.NAMES, "mention_labels": network.MENTIONS, "width": heads.from_unit.out_features,
            "heads": heads.layers[0].heads if len(heads.layers) else 1, "inner": heads.layers[0].up.out_features if len(heads.layers) else 1, "layers": len(heads.layers),
            "hidden": heads.later.out_features, "before": heads.BEFORE, "behind": heads.BEHIND, "watched": list(watch)}
    export.add_head(weights, out, head, tensors, SETS)
