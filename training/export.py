#!/usr/bin/env python3
"""Writes a weight file (docs/MODEL.md) from a state dict of the network.

usage: export.py STATE.pt VOCABULARY DESCRIPTION.json OUT.safetensors [--units PROGRAM] [--window PIECES]

DESCRIPTION.json holds what a person decides: name, version, licence, training_sets, settings. Layout, fingerprints, sha256 and the self-test
are added here: sentences whose pieces (from sayso_units) and best labels with log-probabilities (from PyTorch, on the rounded weights)
the program must reproduce when it loads the file.
"""
import argparse
import hashlib
import json
import pathlib
import subprocess

import numpy as np
import torch
from safetensors import safe_open
from safetensors.numpy import save

import network

SELF_TEST = [
    "“We shall open the bridge on Monday, whatever the weather,” Mayor Ruth Okafor told reporters.",
    "According to two people familiar with the talks, the union has rejected the offer - a claim that its lawyer denied.",
    "Café owner: \"It's 20% dearer\", she said; élan, naïveté and 東京 aside.",
]


def tables(state):
    """The file's names: an embedding is a table without “.weight”."""
    for name, tensor in state.items():
        last = name.split(".")[-2] if name.endswith(".weight") else ""
        yield (name[:-7] if last in ("word", "position", "shape", "quote", "gap", "distance", "inside", "line") else name), tensor


def read_shape(state, window):
    """The network's sizes, read off its tensors. Heads of 32 in the encoder, 48 in the span head."""
    width, role_width = state["encoder.word.weight"].shape[1], state["roles.from_unit.weight"].shape[0]
    encoder = {"layers": network.count_layers(state), "width": width, "heads": width // 32, "inner": state["encoder.layers.0.up.weight"].shape[0],
               "positions": state["encoder.position.weight"].shape[0], "window": window}
    heads = [{"name": "tags", "kind": "unit", "labels": network.TAGS},
             {"name": "roles", "kind": "span", "labels": network.ROLES, "width": role_width, "heads": role_width // 48,
              "inner": state["roles.layers.0.up.weight"].shape[0], "layers": network.count_layers(state, "roles")}]
    return encoder, heads


def make_batch(line, window):
    """One window of one line of sayso_units as a batch of one."""
    lo, hi = window
    pieces, features, first = [101], [(0, 0, 0)], []
    for unit, ids in zip(line["units"][lo:hi], line["pieces"][lo:hi]):
        first.append(len(pieces))
        pieces += ids
        features += [tuple(unit[2:5])] * len(ids)
    return {"pieces": torch.tensor([pieces + [102]]), "features": torch.tensor([features + [(0, 0, 0)]]), "first": torch.tensor([first])}


def self_test(state, vocabulary, program, window):
    lines = "".join(json.dumps({"id": str(i), "text": t}) + "\n" for i, t in enumerate(SELF_TEST))
    out = subprocess.run([program, vocabulary, str(window)], input=lines, capture_output=True, text=True, check=True).stdout
    encoder, _ = read_shape(state, window)
    net = network.Network(encoder["layers"], encoder["width"], encoder["heads"], encoder["inner"])
    net.load_state_dict(state)
    net.eval()
    tests = []
    for text, line in zip(SELF_TEST, map(json.loads, out.splitlines())):
        with torch.no_grad():
            scores = torch.log_softmax(net.tags(net.encode(make_batch(line, (0, len(line["units"]))))), -1)[0]
        best = scores.argmax(-1)
        tests.append({"text": text, "head": "tags", "pieces": [p for unit in line["pieces"] for p in unit], "labels": best.tolist(),
                      "scores": [round(scores[i, b].item(), 4) for i, b in enumerate(best)]})
    return tests


def add_head(weights, out, head, tensors, training_set):
    """Writes a weight file that is `weights` with one more head; one of that name there gives way to it.

    head: its entry in the description's `heads`. tensors: {name within the head: array}. training_set: “Topic: sets”, in the place of one with that topic."""
    own = head["name"] + "."
    with safe_open(weights, "np") as file:
        description = json.loads(file.metadata()["sayso"])
        every = {name: file.get_tensor(name) for name in file.keys() if not name.startswith(own)}
    every.update({own + name: tensor for name, tensor in tensors.items()})
    plain = save(every)
    description["sha256"] = hashlib.sha256(plain[8 + int.from_bytes(plain[:8], "little"):]).hexdigest()
    description["heads"] = [h for h in description["heads"] if h["name"] != head["name"]] + [head]
    topic = training_set.partition(": ")[0] + ": "
    description["training_sets"] = [s for s in description["training_sets"] if not s.startswith(topic)] + [training_set]
    out.write_bytes(save(every, metadata={"sayso": json.dumps(description, ensure_ascii=False)}))
    print(f"{out}: {out.stat().st_size} bytes, tensors' sha256 {description['sha256'][:12]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("state", "vocabulary", "description", "out"):
        parser.add_argument(name)
    parser.add_argument("--units", default=str(pathlib.Path(__file__).resolve().parent.parent / "build" / "sayso_units"))
    parser.add_argument("--window", type=int, default=190, help="pieces of a window; the weights should be trained on it")
    args = parser.parse_args()

    state = {k: v.half().float() for k, v in torch.load(args.state).items() if not k.startswith("entities.")}  # add_head writes that head
    words = pathlib.Path(args.vocabulary).read_bytes().rstrip(b"\n")
    tensors = {name: tensor.half().numpy() for name, tensor in tables(state)}
    tensors["tokenizer.vocabulary"] = np.frombuffer(words, dtype=np.uint8)
    encoder, heads = read_shape(state, args.window)

    plain = save(tensors)
    data = plain[8 + int.from_bytes(plain[:8], "little"):]
    description = {"format": "sayso-weights/1", **json.loads(pathlib.Path(args.description).read_text()), "units": "units/1",
                   "tokenizer": hashlib.sha256(words).hexdigest(), "sha256": hashlib.sha256(data).hexdigest(), "encoder": encoder,
                   "heads": heads, "self_test": self_test(state, args.vocabulary, args.units, args.window)}
    pathlib.Path(args.out).write_bytes(save(tensors, metadata={"sayso": json.dumps(description, ensure_ascii=False)}))
    print(f"{args.out}: {pathlib.Path(args.out).stat().st_size} bytes, tensors' sha256 {description['sha256'][:12]}")


if __name__ == "__main__":
    main()
