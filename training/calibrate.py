#!/usr/bin/env python3
"""Fits how sure a reading is: confidence = 1 / (1 + exp(-(c0 + c1 * doubt(p(cue)) + c2 * doubt(p(roles))))), on development data.

doubt(p) = log(0.001 - log p), where p is the probability of all labels of the cue, or of source and content, together.

usage: calibrate.py WEIGHTS.safetensors GOLD.jsonl [--program build/sayso] [--write OUT.safetensors] [--description DESCRIPTION.json]

The program itself is asked for the two doubts, on its final readings (after rules): the weight file is copied with the calibrations
(0, 0.1, 0) and (0, 0, 0.1), and what the program then says is turned back. An attribution counts as right when source, cue and content are all
exactly gold's (the scorer's “whole”). Only attributions of the model that stand in no other are used, as gold has no nested ones; the constants
of rules stand in the code. Logistic regression by Newton's method (three parameters, no penalty).
Prints the three numbers, the expected calibration error in ten bins of equal size, five-fold over documents, and the curve. --write puts the numbers into
a copy of the weights, --description into the JSON that export.py reads.
"""
import argparse
import json
import math
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT.parent / "shared" / "tools"))
import score  # noqa: E402  the published scorer

SCALE = 0.1  # doubts lie between -6.9 and 7, where four decimals of a logistic curve that is ten times flatter tell them apart


def with_settings(weights, change):
    """The bytes of the weight file with `change` applied to its attribution settings. The tensors stay."""
    size = int.from_bytes(weights[:8], "little")
    header = json.loads(weights[8 : 8 + size])
    description = json.loads(header["__metadata__"]["sayso"])
    description.setdefault("settings", {}).setdefault("attribution", {}).update(change)
    header["__metadata__"]["sayso"] = json.dumps(description, ensure_ascii=False)
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + weights[8 + size :]


def read_all(program, weights, texts):
    """{id: attributions} of all texts, read with these weights."""
    out = {}
    with tempfile.TemporaryDirectory() as folder:
        model = pathlib.Path(folder) / "weights.safetensors"
        model.write_bytes(weights)
        place = pathlib.Path(folder) / "texts"
        place.mkdir()
        names = {}
        for number, (name, text) in enumerate(texts.items()):
            names[f"{number:06d}.txt"] = name
            (place / f"{number:06d}.txt").write_bytes(text.encode())
        run = subprocess.run([program, "read", "--quiet", "--format", "jsonl", "--model", model, place], capture_output=True, check=True)
        for line in run.stdout.splitlines():
            reading = json.loads(line)
            out[names[pathlib.Path(reading["document"]["source"]).name]] = reading["attributions"]
    return out


def logit(p):
    p = min(max(p, 1e-6), 1 - 1e-6)
    return math.log(p / (1 - p))


def collect(program, weights, gold):
    """Rows (document, doubt of the cue, doubt of the roles, right or not)."""
    texts = {i: d["text"] for i, d in gold.items()}
    cue = read_all(program, with_settings(weights, {"calibration": [0, SCALE, 0]}), texts)
    roles = read_all(program, with_settings(weights, {"calibration": [0, 0, SCALE]}), texts)
    rows = []
    for name, document in gold.items():
        scored = score.Doc(document["text"])
        wanted = [scored.attribution(a) for a in document["attributions"]]
        found = [(a, b) for a, b in zip(cue[name], roles[name]) if a["within"] is None]
        parts = [scored.attribution({r: (a[r] or {"spans": []})["spans"] for r in score.ROLES}) for a, _ in found]
        pairs = {j: i for i, j in score.align(wanted, parts, "cue")}
        for j, (a, b) in enumerate(found):
            if "model roles" not in a["evidence"]:
                continue
            right = j in pairs and all(wanted[pairs[j]][r] == parts[j][r] for r in score.ROLES)
            rows.append((name, logit(a["confidence"]) / SCALE, logit(b["confidence"]) / SCALE, right))
    return rows


def fit(x, y):
    """Maximum likelihood of a logistic regression; x has a column of ones."""
    c = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ c))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + 1e-9 * np.eye(len(c)), x.T @ (y - p))
        c += step
        if np.abs(step).max() < 1e-9:
            break
    return c


def curve(p, y, bins=10):
    """(mean confidence, share right, count) of bins of equal size, and the expected calibration error."""
    order = np.argsort(p)
    rows = [(p[b].mean(), y[b].mean(), len(b)) for b in np.array_split(order, bins)]
    return rows, sum(abs(a - b) * n for a, b, n in rows) / len(p)


def five_fold(x, y, names):
    """-> the confidence of each row by what the other four fifths of the documents taught; `names` has each row's document."""
    order = sorted(set(names))
    fold = np.array([order.index(name) % 5 for name in names])
    held_out = np.zeros(len(y))
    for k in range(5):
        held_out[fold == k] = 1 / (1 + np.exp(-x[fold == k] @ fit(x[fold != k], y[fold != k])))
    return held_out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=pathlib.Path)
    parser.add_argument("gold", type=pathlib.Path)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build" / "sayso")
    parser.add_argument("--write", type=pathlib.Path)
    parser.add_argument("--description", type=pathlib.Path)
    args = parser.parse_args()

    weights = args.weights.read_bytes()
    rows = collect(args.program, weights, score.load(args.gold))
    x = np.array([[1, a, b] for _, a, b, _ in rows])
    y = np.array([float(r) for *_, r in rows])
    bins, error = curve(five_fold(x, y, [name for name, *_ in rows]), y)
    numbers = [round(float(c), 4) for c in fit(x, y)]
    print(f"{len(y)} attributions, {100 * y.mean():.1f} % right; calibration {numbers}")
    print(f"expected calibration error, five-fold: {error:.4f}")
    print("confidence   right       n")
    for mean, share, count in bins:
        print(f"{mean:10.3f}{share:8.3f}{count:8d}")
    change = {"calibration": numbers}
    if args.write:
        args.write.write_bytes(with_settings(weights, change))
    if args.description:
        description = json.loads(args.description.read_text())
        description["settings"]["attribution"].update(change)
        args.description.write_text(json.dumps(description, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
