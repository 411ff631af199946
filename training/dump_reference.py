#!/usr/bin/env python3
"""Writes what the C++ network is held against (src/model/encoder_test.cpp): tests/golden/model/.

usage: dump_reference.py [--units PROGRAM] [--small] [--seed FILE]

shipped.json is always written: what PyTorch makes of the texts below with models/attribution.safetensors. It is due when the weights change.
--small makes small.safetensors and small.json anew: a random network and its inside. They are a promise, not a by-product: a program
that no longer loads an old small.safetensors breaks it. Make them anew only for a new version of the format, under another name.
--seed writes a still smaller weight file, what the fuzzer of the loader starts from (fuzz/seeds/weights_fuzz/).

References are made on the rounded weights, in single precision; each says the sha256 of its weights.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import torch
from safetensors import safe_open

import export
import network

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden" / "model"
WINDOW = 190
TEXTS = [
    "“The dam will hold,” engineer Ingrid Solberg said.",
    "Dam builders split over repairs\n\nThe council believes that \"nobody was hurt\", its clerk wrote on 3 May; two miners denied it.\n"
    "Neither side would say whether the talks go on.",
    "The harbour board voted on Tuesday to close the old north pier, and its chair, Tomas Lindqvist, told a crowded hall that the timber "
    "had rotted beyond repair. “I walked it myself in March,” he said, “and I would not let my own children run along it.”\n"
    "Boat owners answered that the board had let the pier decay for years. According to Petra Nakamura, who keeps two trawlers there, "
    "repairs were promised in 2011 and again in 2016. Her brother added: “We paid the fees. Where did the money go?”\n"
    "A spokeswoman for the port declined to comment, but a letter seen by the paper suggests that officials knew of the danger. The mayor "
    "hopes to reopen it by spring.",
    "東京 Café CAFÉ naïve “x’ 'y\" 1,5 % e\u0301 \u200b ½ Ⅷ — ###",
]

# [PAD] is 0 and [UNK], [CLS], [SEP] are 100 to 102, as in BERT's vocabulary: the scripts beside this one count on them.
LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORDS = ("the a of to and in that said say says will hold not he she it its was is on for by who old two had would we i two pier dam board told "
         "wrote hope hopes talks money paper mayor ##s ##ed ##ing ##er ##ly ##tion ##or ##al ##es ##ers ##st ##nd ##th ##ow").split()
SEED_TEXT = "a “b” c1."


def make_vocabulary(words):
    starts = ["[PAD]", *LETTERS, *"0123456789", *".,!?:;'\"“”‘’-—()%$#&/京東½…"]
    goes_on = ["##" + c for c in LETTERS + "0123456789"]
    filled = (starts + goes_on + ["@", "*"])[:100]
    return list(dict.fromkeys(filled + ["[UNK]", "[CLS]", "[SEP]", *words]))


class SmallNetwork(network.Network):
    """The same network with every size small and no two alike."""

    sizes = None  # layers, width, heads, inner, vocabulary, positions; the span head's width, heads, inner

    def __init__(self, *_):
        layers, width, heads, inner, vocabulary, positions, role_width, role_heads, role_inner = self.sizes
        super().__init__(1, 32, 1, 1)
        self.encoder = network.Encoder(layers, width, heads, inner, vocabulary, positions)
        self.tags = network.UnitHead(width, len(network.TAGS))
        self.roles = network.SpanHead(width, role_width, role_heads, role_inner)


def export_small(path, sizes, vocabulary, program, name, self_test):
    """A random network through export.py as it is: only its sizes, which export reads off real ones, are told to it here."""
    SmallNetwork.sizes, export.SELF_TEST = sizes, self_test
    real_shape, real_network = export.read_shape, network.Network

    def read_shape(*args):
        encoder, heads = real_shape(*args)
        encoder["heads"], heads[1]["heads"] = sizes[2], sizes[7]
        return encoder, heads

    torch.manual_seed(20261124)
    net = SmallNetwork()
    with torch.no_grad():
        for key, tensor in net.state_dict().items():
            # As large as in trained weights, so that nothing is hidden by being near zero.
            tensor.copy_(torch.randn_like(tensor) * (0.1 if key.endswith("bias") else 0.5) + (1.0 if key.endswith("norm.weight") else 0.0))
    export.read_shape, network.Network = read_shape, SmallNetwork
    try:
        with tempfile.TemporaryDirectory() as folder:
            state, words, description = (pathlib.Path(folder) / n for n in ("state.pt", "vocabulary.txt", "description.json"))
            torch.save(net.state_dict(), state)
            words.write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
            description.write_text(json.dumps({"name": name, "version": 1, "licence": "Apache-2.0", "training_sets": [], "settings": {}}))
            sys.argv = ["export.py", str(state), str(words), str(description), str(path), "--units", program, "--window", str(WINDOW)]
            export.main()
    finally:
        export.read_shape, network.Network = real_shape, real_network


def load(path):
    """(network, description, vocabulary) of a weight file."""
    with safe_open(path, "np") as file:
        description = json.loads(file.metadata()["sayso"])
        tensors = {name: file.get_tensor(name) for name in file.keys()}
    words = tensors.pop("tokenizer.vocabulary").tobytes()
    entities, factuality = ({name[len(head) + 1:]: torch.from_numpy(tensors.pop(name).astype(np.float32)) for name in list(tensors) if name.startswith(head + ".")}
                            for head in ("entities", "factuality"))
    encoder, roles = description["encoder"], description["heads"][1]
    SmallNetwork.sizes = (encoder["layers"], encoder["width"], encoder["heads"], encoder["inner"], len(tensors["encoder.word"]),
                          encoder["positions"], roles["width"], roles["heads"], roles["inner"])
    net = SmallNetwork()
    names = {name: key for key, (name, _) in zip(net.state_dict(), export.tables(net.state_dict()))}
    net.load_state_dict({names[name]: torch.from_numpy(tensor.astype(np.float32)) for name, tensor in tensors.items()})
    return net.eval(), description, words, load_entities(description, entities), load_factuality(description, factuality)


def load_entities(description, tensors):
    """(the head “entities”, the layers that it watches), or None when the file has none."""
    head = next((h for h in description["heads"] if h["name"] == "entities"), None)
    if head is None:
        return None
    heads = network.EntityHeads(description["encoder"]["width"], len(head["watched"]), head["width"], head["heads"], head["inner"], head["layers"], head["hidden"])
    tensors.pop("earlier_hidden.bias")  # zero, and not there in training
    heads.load_state_dict({f"{name}.weight" if name.startswith("pairs.") else name: tensor for name, tensor in tensors.items()})
    return heads.eval(), head["watched"]


def load_factuality(description, tensors):
    """(the head “factuality”, the layers that it watches), or None when the file has none."""
    head = next((h for h in description["heads"] if h["name"] == "factuality"), None)
    if head is None:
        return None
    net = network.FactualityHead(description["encoder"]["width"], len(head["watched"]), head["width"], head["heads"], head["inner"], head["layers"])
    net.load_state_dict(tensors)
    return net.eval(), head["watched"]


def watched_units(net, watched, batch):
    """(1, N, w, d): what each of the watched layers gives of each unit of one window."""
    layers = net.encoder(batch["pieces"], batch["features"], watched)
    return torch.stack([x[:, batch["first"][0]] for x in layers], 2)


def dump_entities(net, entities, batch):
    """What the head makes of one window: names, what each unit is the head word of, the bounds of mentions around every third unit, the beginnings of their
    vectors, and how each links to the one before, given one row of each table."""
    heads, watched = entities
    units = watched_units(net, watched, batch)
    z = heads(units, torch.ones(units.shape[:2], dtype=torch.bool))
    at = torch.arange(0, units.shape[1], 3)
    begins, ends = heads.bounds(z, torch.zeros_like(at), at)
    bounds = torch.stack([at - begins.argmax(-1), at + ends.argmax(-1) + 1], 1)
    means = torch.stack([z[0, b:e].mean(0) for b, e in bounds.tolist()])
    vectors = heads.mention_vectors(z[0, at], means)
    later = torch.arange(1, len(at))
    links = heads.links(vectors, later, later - 1, {name: torch.full_like(later, i % 2 + 1 if name != "types" else 1) for i, name in enumerate(heads.PAIR_TABLES)})
    return {"names": rows(torch.log_softmax(heads.names(z), -1)[0], 5), "mentions": rows(torch.log_softmax(heads.mentions(z), -1)[0], 5), "bounds": bounds.tolist(),
            "vectors": rows(vectors[:, :8], 5), "links": [round(x, 4) for x in links.tolist()]}


def rows(tensor, digits):
    return [[round(value, digits) for value in row] for row in tensor.tolist()]


def dump(path, weights, program, inside):
    net, description, words, entities, factuality = load(weights)
    with tempfile.TemporaryDirectory() as folder:
        vocabulary = pathlib.Path(folder) / "vocabulary.txt"
        vocabulary.write_bytes(words + b"\n")
        lines = "".join(json.dumps({"id": str(i), "text": t}) + "\n" for i, t in enumerate(TEXTS))
        out = subprocess.run([program, vocabulary, str(WINDOW)], input=lines, capture_output=True, text=True, check=True).stdout
    texts = []
    for text, line in zip(TEXTS, map(json.loads, out.splitlines())):
        result = {"text": text, "windows": []}
        for lo, hi in line["windows"][str(WINDOW)]:
            batch = export.make_batch(line, (lo, hi))
            units = hi - lo
            # Spans of one, of several, at both ends, and the whole.
            anchors = sorted({(0, 1), (units // 2, min(units, units // 2 + 3)), (units - 1, units), (0, units)})
            with torch.no_grad():
                encoded = net.encode(batch)
                begin, end = torch.tensor(anchors).T
                lines_of = torch.tensor([[unit[5] for unit in line["units"][lo:hi]]])
                roles = net.roles(encoded, torch.ones(1, units, dtype=torch.bool), lines_of, torch.zeros(len(anchors), dtype=torch.long), begin, end)
                window = {"begin": lo, "end": hi, "pieces": [p for pieces in line["pieces"][lo:hi] for p in pieces],
                          "tags": rows(torch.log_softmax(net.tags(encoded), -1)[0], 5),
                          "roles": [{"begin": b, "end": e, "scores": rows(torch.log_softmax(r, -1), 5)} for (b, e), r in zip(anchors, roles)]}
                if entities:
                    window["entities"] = dump_entities(net, entities, batch)
                if factuality:
                    head, watched = factuality
                    window["factuality"] = rows(head(watched_units(net, watched, batch), torch.ones(1, units, dtype=torch.bool))[0], 5)
                if inside and units < 40:  # what an encoder of 0, 1, … layers makes of each unit
                    layers, window["layers"] = net.encoder.layers, []
                    for count in range(len(layers) + 1):
                        net.encoder.layers = layers[:count]
                        window["layers"].append(rows(net.encode(batch)[0], 5))
                    net.encoder.layers = layers
            result["windows"].append(window)
        texts.append(result)
    line_of = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    path.write_text('{"weights":' + line_of(description["sha256"]) + ',"texts":[\n' + ",\n".join(map(line_of, texts)) + "\n]}\n", encoding="utf-8")
    print(f"{path}: {path.stat().st_size} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", default=str(ROOT / "build" / "sayso_units"))
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--seed", type=pathlib.Path)
    args = parser.parse_args()
    torch.set_num_threads(1)
    if args.seed:
        vocabulary = make_vocabulary([])
        export_small(args.seed, (1, 4, 2, 3, len(vocabulary), WINDOW + 66, 2, 1, 3), vocabulary, args.units, "seed", [SEED_TEXT])
        return
    if args.small:
        vocabulary = make_vocabulary(WORDS)
        export_small(GOLDEN / "small.safetensors", (2, 24, 3, 40, len(vocabulary), WINDOW + 66, 14, 2, 20), vocabulary, args.units, "small",
                     export.SELF_TEST)
        dump(GOLDEN / "small.json", GOLDEN / "small.safetensors", args.units, inside=True)
    dump(GOLDEN / "shipped.json", ROOT / "models" / "attribution.safetensors", args.units, inside=False)


if __name__ == "__main__":
    main()
