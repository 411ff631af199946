#!/usr/bin/env python3
"""Learns which pieces of a page are its article, from ../shared/data/pages, and writes src/page/article_trees.inc.

usage: train.py FEATURES WEAK [--out FILE] [--folds DIR]

FEATURES: what sayso_page_features wrote. WEAK: another extractor's text of each page, <page>.txt (trafilatura's): pieces of which the truth
says nothing are labelled by it, with little weight. Two stages of boosted trees: the second sees what the first said of the neighbourhood,
where the first's word on a page of training always comes from trees that have not seen the page's site. --folds writes five more files, each
learned without one fold, for the honest figure (bench/quality/pages.py). Needs numpy and lightgbm.
"""
import argparse
import json
import pathlib
import struct
import zlib
from urllib.parse import urlsplit

import lightgbm
import numpy

ROOT = pathlib.Path(__file__).resolve().parents[2]
TRUTH = ROOT.parent / "shared" / "data" / "pages" / "truth.json"
CONTEXT = 24
WEAK = 0.06   # weight of a weak label beside one of the truth
SHARE = 0.35  # of the pieces that have only a weak label, how many are learned from: the rest says nothing new and costs time
FIRST = dict(objective="binary", num_leaves=12, learning_rate=0.08, min_data_in_leaf=30, lambda_l2=5, feature_fraction=0.5, bagging_fraction=0.8,
             bagging_freq=1, num_threads=1, verbose=-1, seed=7, max_bin=63, deterministic=True)
SECOND = dict(FIRST, num_leaves=10, feature_fraction=0.4)
FIRST_TREES, SECOND_TREES = 100, 100


def fold(address):
    site = ".".join(urlsplit(address).netloc.lower().split(".")[-2:])
    return zlib.crc32(site.encode()) % 5


def flat(text):
    return " ".join(text.split())


class Page:
    def __init__(self, path):
        data, at = path.read_bytes(), 8
        count, width = struct.unpack_from("<II", data)
        self.texts, self.own, self.around = [], numpy.zeros((count, width), numpy.float32), []
        for i in range(count):
            (size,) = struct.unpack_from("<I", data, at)
            self.texts.append(data[at + 4:at + 4 + size].decode())
            at += 4 + size
            self.own[i] = numpy.frombuffer(data, "<f4", width, at)
            at += 4 * width
            (size,) = struct.unpack_from("<I", data, at)
            self.around.append(numpy.frombuffer(data, "<u4", size, at + 4))
            at += 4 + 4 * size
        self.flat = [flat(t) for t in self.texts]
        self.size = numpy.array([len(t.encode()) for t in self.texts], numpy.float32)
        self.links = self.own[:, 2]

    def label(self, truth, weak):
        """+1/0 and a weight for every piece."""
        joined, begins, at = " ".join(self.flat), [], 0
        for t in self.flat:
            begins.append(at)
            at += len(t) + 1
        begins = numpy.array(begins + [at])
        y, w = numpy.zeros(len(self.flat)), numpy.zeros(len(self.flat))
        lines = {flat(line.lstrip("-• ")) for line in weak.splitlines()}
        whole = flat(weak)
        for i, t in enumerate(self.flat):
            y[i] = (t in whole) if len(t) > 30 else (t in lines)
            w[i] = WEAK * min(1, 0.3 + len(t) / 100)
        for key in ("without", "with"):
            for piece in truth.get(key) or []:
                piece = flat(piece)
                hits, at = [], joined.find(piece)
                while at >= 0 and piece:
                    a = numpy.searchsorted(begins, at, "right") - 1
                    b = numpy.searchsorted(begins, at + len(piece) - 1, "right") - 1
                    hits.append(range(a, b + 1))
                    at = joined.find(piece, at + 1)
                if key == "with" and len(hits) > 1:  # once is enough: where the other extractor sees it, then where most text is
                    hits = [max(hits, key=lambda h: (y[h[0]], self.size[h[0]], -h[0]))]
                for h in hits:
                    for i in h:
                        y[i], w[i] = key == "with", 1
        self.y, self.w = y, w
        random = numpy.random.default_rng(zlib.crc32(self.name.encode())).random(len(y))
        self.used = (w == 1) | (random < SHARE)
        self.w[w < 1] /= SHARE

    def context(self, s):
        """As Context::describe() in src/page/article_features.cpp."""
        n = len(s)
        size = numpy.minimum(400, self.size)
        score, weight = {}, {}
        for i in range(n):
            for e in self.around[i]:
                score[e] = score.get(e, 0) + s[i] * size[i]
                weight[e] = weight.get(e, 0) + size[i]
        before = numpy.concatenate([[0], numpy.cumsum(s * size)])
        sizes = numpy.concatenate([[0], numpy.cumsum(size)])
        sure = [i for i in range(n) if s[i] > 0.5 and self.size[i] > 60]
        first, last = (sure[0], sure[-1]) if sure else (-1, -1)

        def mean(a, b, but):
            a, b = max(0, a), min(n, b)
            if a >= b:
                return -1
            p, q = before[b] - before[a], sizes[b] - sizes[a]
            if a <= but < b:
                p, q = p - s[but] * size[but], q - size[but]
            return p / q if q > 0 else -1

        out = numpy.zeros((n, CONTEXT), numpy.float32)
        top = s.max() if n else 0
        for i in range(n):
            row = [s[i]] + [s[i + d] if 0 <= i + d < n else -1 for d in (-2, -1, 1, 2)]
            for d in (-1, 1):
                row += [numpy.log1p(self.size[i + d]), self.links[i + d]] if 0 <= i + d < n else [-1, -1]
            row += [mean(i - 5, i, i), mean(i + 1, i + 6, i), mean(i - 12, i + 13, i)]
            for level in range(4):
                e = self.around[i][min(level, len(self.around[i]) - 1)]
                row.append((score[e] - s[i] * size[i]) / (weight[e] - size[i]) if weight[e] > size[i] + 0.5 else -1)
            row += [before[i] / before[n] if before[n] > 0 else 0, numpy.log1p(before[n]), top - s[i],
                    0 if first < 0 else max(-20, min(20, i - first)), 0 if last < 0 else max(-20, min(20, i - last)),
                    score[self.around[i][0]] / max(1, before[n])]
            out[i, :len(row)] = row
        return out


def fit(params, trees, x, y, w):
    return lightgbm.train(params, lightgbm.Dataset(x, y, weight=w), trees)


def learn(pages, folds):
    """Both stages, from the pages of `folds`."""
    chosen = [p for p in pages if p.fold in folds]
    stack = lambda field, some=chosen: numpy.concatenate([getattr(p, field)[p.used] for p in some])
    x, y, w = stack("own"), stack("y"), stack("w")
    first = fit(FIRST, FIRST_TREES, x, y, w)
    for k in folds:  # the first stage's word on each page, from trees that have not seen its site
        others = [p for p in chosen if p.fold != k]
        m = fit(FIRST, FIRST_TREES, stack("own", others), stack("y", others), stack("w", others))
        for p in chosen:
            if p.fold == k:
                p.both = numpy.hstack([p.own, p.context(m.predict(p.own))])
    second = fit(SECOND, SECOND_TREES, stack("both"), y, w)
    return first, second


def score(pages, said, threshold):
    tp = fn = fp = 0
    for p in pages:
        keep = said[p.name] > threshold
        if not keep.any() and len(keep):
            keep[said[p.name].argmax()] = True
        text = " ".join(t for t, k in zip(p.flat, keep) if k)
        for piece in p.truth.get("with") or []:
            hit = flat(piece) in text
            tp, fn = tp + hit, fn + (not hit)
        for piece in p.truth.get("without") or []:
            fp += flat(piece) in text
    precision, recall = tp / max(1, tp + fp), tp / max(1, tp + fn)
    return 2 * precision * recall / (precision + recall), precision, recall


def write(stages, path):
    """Trees as arrays: for an inner node the number looked at, the border, where the two branches begin; leaves are negative."""
    out = [f"// Learned by training/pages/train.py from ../shared/data/pages; see there. Do not edit.\n"]
    for name, model in zip(("first", "second"), stages):
        nodes, roots, leaves = [], [], []

        def add(node):
            if "leaf_value" in node:
                leaves.append(node["leaf_value"])
                return -len(leaves)
            at = len(nodes)
            nodes.append(None)
            left, right = add(node["left_child"]), add(node["right_child"])
            nodes[at] = (node["split_feature"], node["threshold"], left, right)
            return at

        for tree in model.dump_model()["tree_info"]:
            roots.append(add(tree["tree_structure"]))
        real = lambda v, digits: (lambda t: t if "." in t or "e" in t else t + ".0")(f"{v:.{digits}g}") + "f"
        lines = [f"const Branch {name}_branches[] = {{"] + [f"{{{f}, {real(t, 6)}, {a}, {b}}}," for f, t, a, b in nodes] + ["};"]
        lines += [f"const float {name}_leaves[] = {{"] + [real(v, 5) + "," for v in leaves] + ["};"]
        lines += [f"const int16_t {name}_roots[] = {{"] + [f"{r}," for r in roots] + ["};"]
        row = ""
        for item in lines:  # as many on a line as fit
            if len(row) + len(item) > 138 or item.startswith("const"):
                out.append(row.rstrip() + "\n")
                row = ""
            row += item + " "
        out.append(row.rstrip() + "\n")
    path.write_text("".join(out).replace("\n\n", "\n"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("features", type=pathlib.Path)
    parser.add_argument("weak", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--folds", type=pathlib.Path)
    args = parser.parse_args()
    pages = []
    for address, truth in json.loads(TRUTH.read_text(encoding="utf-8")).items():
        name = truth["file"].removesuffix(".gz").removesuffix(".html")
        if not (args.features / (name + ".bin")).exists():
            continue
        page = Page(args.features / (name + ".bin"))
        page.name, page.truth, page.fold = name, truth, fold(address)
        weak = args.weak / (name + ".txt")
        page.label(truth, weak.read_text(encoding="utf-8") if weak.exists() else "")
        pages.append(page)
    print(len(pages), "pages", sum(len(p.y) for p in pages), "pieces")
    if args.out:
        write(learn(pages, list(range(5))), args.out)
    if args.folds or not args.out:
        said, first_said = {}, {}
        for k in range(5):
            stages = learn(pages, [j for j in range(5) if j != k])
            if args.folds:
                write(stages, args.folds / f"article_trees_{k}.inc")
            for p in pages:
                if p.fold == k and len(p.y):
                    first_said[p.name] = stages[0].predict(p.own)
                    said[p.name] = stages[1].predict(numpy.hstack([p.own, p.context(first_said[p.name])]))
        pages_with = [p for p in pages if p.name in said]
        for which, s in (("first stage", first_said), ("both", said)):
            for threshold in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
                print(f"{which} at {threshold}: F {'%.4f precision %.4f recall %.4f' % score(pages_with, s, threshold)}")


if __name__ == "__main__":
    main()
