#!/usr/bin/env python3
"""Renames the trial model's weights (../shared/trial) to the network's names.

usage: from_trial.py TRIAL.safetensors OUT.pt
"""
import re
import sys

import torch
from safetensors.torch import load_file

LAYER = {"qkv": "query_key_value", "o": "attention_out", "ln1": "attention_norm", "f1": "up", "f2": "down", "ln2": "feed_forward_norm"}
HEADS = {"flat": "tags.out", "wt": "roles.from_unit", "wc": "roles.from_anchor", "dist": "roles.distance", "incue": "roles.inside",
         "pard": "roles.line", "rln": "roles.norm", "f1": "roles.hidden", "out": "roles.out"}
ENCODER = {"word": "word", "pos": "position", "typ": "base", "shape": "shape", "quote": "quote", "par": "gap", "ln": "norm"}


def rename(name):
    layer = re.fullmatch(r"(enc\.layers|rl)\.(\d+)\.(\w+)\.(weight|bias)", name)
    if layer:
        room = "encoder" if layer[1].startswith("enc") else "roles"
        return f"{room}.layers.{layer[2]}.{LAYER[layer[3]]}.{layer[4]}"
    parts = name.split(".")
    if parts[0] == "enc":
        return ".".join(["encoder", ENCODER[parts[1]], *parts[2:]])
    return ".".join([HEADS[parts[0]], *parts[1:]])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    torch.save({rename(k): v.float() for k, v in load_file(sys.argv[1]).items()}, sys.argv[2])
