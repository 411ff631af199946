#!/usr/bin/env python3
"""Trains the factuality head on a finished attribution model, whose encoder stands still, and writes the weight file with both.

usage: train_head.py FOLDER --weights models/attribution.safetensors [--shared ../shared] [--units build/sayso_units] [--epochs 12] [--out WEIGHTS]

What the encoder gives of each text is computed once (FOLDER/encoded.pt). A tenth of the training documents is held out, for choosing between runs;
with --whole the head learns from all of them, by settings chosen before. The development part is read at the end and chooses nothing.
FOLDER receives encoded.pt, head.pt (the head's state dict) and figures.json. See ../README.md, “Factuality”.
"""
import argparse
import json
import pathlib
import random
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "entities"), str(HERE.parent.parent / "bench" / "quality")]
import data  # noqa: E402
import encoding  # noqa: E402
import export  # noqa: E402
import factuality_gold  # noqa: E402
import network  # noqa: E402

WATCHED = {12: (2, 4, 6, 8, 10, 12), 8: (1, 3, 4, 6, 7, 8), 6: (1, 2, 3, 4, 5, 6)}
SETS = "Factuality: UDS-IH2 (train, CC BY-SA 4.0), judgements of the English Web Treebank's predicates (train, CC BY-SA 4.0)"
HELD_OUT = 0.1


def prepare(article, predicates):
    """Puts the gold in units: article.predicate (N) 0 or 1, article.value (N), NaN where nobody judged."""
    unit_at = {}
    for i, (begin, end) in enumerate(article.places.tolist()):
        unit_at.update((c, i) for c in range(begin, end))
    article.predicate, article.value = torch.zeros(len(article.pieces)), torch.full((len(article.pieces),), torch.nan)
    for begin, _, value in predicates:
        article.predicate[unit_at[begin]] = 1
        if value is not None:
            article.value[unit_at[begin]] = value


def windows_of(articles):
    """[(what the encoder gave, predicate, value)] a window."""
    return [(a.encoded[lo:hi], a.predicate[lo:hi], a.value[lo:hi]) for a in articles for lo, hi in next(iter(a.windows.values()))]


def batches_of(windows, rng, units=1500):
    """All windows in random order, those of like length together, some `units` of units a batch."""
    order = rng.sample(windows, len(windows))
    batches = []
    for at in range(0, len(order), 64):
        batch = []
        for window in sorted(order[at:at + 64], key=lambda w: len(w[1])):
            if batch and (len(batch) + 1) * len(window[1]) > units:
                batches.append(batch)
                batch = []
            batch.append(window)
        batches.append(batch)
    rng.shuffle(batches)
    return batches


def side_by_side(windows):
    """Windows as one batch: encoded (B, N, w, d), real, predicate, value (B, N)."""
    rows, longest = len(windows), max(len(w[1]) for w in windows)
    encoded = torch.zeros(rows, longest, *windows[0][0].shape[1:])
    real, predicate, value = torch.zeros(rows, longest, dtype=torch.bool), torch.zeros(rows, longest), torch.full((rows, longest), torch.nan)
    for row, (units, is_predicate, values) in enumerate(windows):
        n = len(is_predicate)
        encoded[row, :n], real[row, :n], predicate[row, :n], value[row, :n] = units.float(), True, is_predicate, values
    return encoded, real, predicate, value


def loss_of(head, windows):
    """A judged predicate weighs as much as eight decisions whether a unit is one."""
    encoded, real, predicate, value = side_by_side(windows)
    out = head(encoded, real)
    judged = ~value.isnan()
    lost = F.binary_cross_entropy_with_logits(out[..., 0][real], predicate[real], reduction="sum") / 8
    return (lost + F.huber_loss(out[..., 1][judged], value[judged], reduction="sum")) / max(1, int(judged.sum()))


@torch.no_grad()
def evaluate(head, windows):
    """Values at predicates that were judged: r, mean absolute error; predicates: F1."""
    head.eval()
    found, gold, counts = [], [], [0, 0, 0]
    for at in range(0, len(windows), 8):
        encoded, real, predicate, value = side_by_side(windows[at:at + 8])
        out = head(encoded, real)
        judged, is_one, said = ~value.isnan(), predicate > 0, (out[..., 0] > 0) & real
        found.append(out[..., 1][judged])
        gold.append(value[judged])
        counts = [counts[0] + int((said & is_one).sum()), counts[1] + int(said.sum()), counts[2] + int(is_one.sum())]
    found, gold = torch.cat(found).numpy(), torch.cat(gold).numpy()
    return {"r": round(float(np.corrcoef(found, gold)[0, 1]), 3), "mean absolute error": round(float(np.abs(found - gold).mean()), 3),
            "judged": len(gold), "predicates F1": round(200 * counts[0] / (counts[1] + counts[2]), 1)}


def add_to_weights(weights, out, head, watch):
    description = {"name": "factuality", "kind": "factuality", "labels": ["predicate", "value"], "width": head.from_unit.out_features,
                   "heads": head.layers[0].heads, "inner": head.layers[0].up.out_features, "layers": len(head.layers), "watched": list(watch)}
    export.add_head(weights, out, description, {name: tensor.half().numpy() for name, tensor in head.state_dict().items()}, SETS)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--weights", type=pathlib.Path, required=True)
    parser.add_argument("--shared", type=pathlib.Path, default=HERE.parent.parent.parent / "shared")
    parser.add_argument("--units", default=str(HERE.parent.parent / "build" / "sayso_units"))
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--layers", type=int, default=1)
    parser.add_argument("--dropout", type=float, default=0.2)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--all-of-negation", action="store_true", help="learn all judgements of negated predicates, not only the clear ones (factuality_gold.py)")
    parser.add_argument("--whole", action="store_true", help="hold nothing out")
    parser.add_argument("--out", type=pathlib.Path, help="write WEIGHTS with the head added")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    encoder, vocabulary, description = encoding.load_encoder(args.weights)
    watch = WATCHED[len(encoder.layers)]
    gold = {part: factuality_gold.uds_documents(args.shared, part) for part in ("train", "dev")}
    cache = args.folder / "encoded.pt"
    if cache.exists():
        sets = torch.load(cache, weights_only=False)
    else:
        vocabulary_file = args.folder / "vocabulary.txt"
        vocabulary_file.write_bytes(vocabulary)
        sets = {}
        for part, documents in gold.items():
            sets[part] = data.cut([{"id": name, "text": text, "attributions": []} for name, (text, _) in documents.items()], args.units, vocabulary_file,
                                  description["encoder"]["window"])
            encoding.encode(encoder, sets[part], watch)
            print(part, len(sets[part]), flush=True)
        torch.save(sets, cache)
    for part, documents in gold.items():
        for article in sets[part]:
            prepare(article, documents[article.id][1])
    rng = random.Random(args.seed)
    documents = random.Random(0).sample(sets["train"], len(sets["train"]))
    held_out = 0 if args.whole else round(HELD_OUT * len(documents))
    if not args.all_of_negation:
        clear = factuality_gold.uds_documents(args.shared, "train", clear_negation=True)
        for article in documents[held_out:]:
            prepare(article, clear[article.id][1])
    held, learned, dev = windows_of(documents[:held_out]), windows_of(documents[held_out:]), windows_of(sets["dev"])
    head = network.FactualityHead(encoder.word.weight.shape[1], len(watch), args.width, layers=args.layers, inner=2 * args.width, dropout=args.dropout)
    optimizer = torch.optim.AdamW(head.parameters(), lr=args.rate, betas=(0.9, 0.98), weight_decay=0.01)
    begun, figures = time.time(), {}
    for epoch in range(args.epochs):
        head.train()
        batches, sums = batches_of(learned, rng), 0.0
        for step, batch in enumerate(batches):
            progress = (epoch + step / len(batches)) / args.epochs
            for group in optimizer.param_groups:
                group["lr"] = args.rate * max(progress / 0.06 if progress < 0.06 else (1 - progress) / 0.94, 1e-4)
            loss = loss_of(head, batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(head.parameters(), 5.0)
            optimizer.step()
            sums += loss.item()
        torch.save(head.state_dict(), args.folder / "head.pt")
        if held:
            figures["held out"] = evaluate(head, held)
        print(f"epoch {epoch} loss {sums / len(batches):.3f} {time.time() - begun:.0f} s {figures.get('held out', '')}", flush=True)
    figures["dev"] = evaluate(head, dev)
    print(figures["dev"])
    settings = {name: getattr(args, name) for name in ("epochs", "width", "layers", "dropout", "rate", "seed", "all_of_negation", "whole")}
    (args.folder / "figures.json").write_text(json.dumps({**figures, "weights": str(args.weights), "tensors_sha256": description["sha256"], "watched": watch,
                                                          **settings, "mix": torch.softmax(head.mix, 0).tolist()}, indent=1) + "\n")
    if args.out:
        add_to_weights(args.weights, args.out, head, watch)


if __name__ == "__main__":
    main()
