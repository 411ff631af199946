"""The encoder of a weight file, and what it gives of texts while it stands still."""
import json
import time

import torch
from safetensors import safe_open

import data
import network

WATCHED = {12: (3, 6, 9, 12), 8: (2, 4, 6, 8), 6: (2, 3, 5, 6)}  # the layers that the entity head reads
TABLES = ("word", "position", "shape", "quote", "gap", "distance", "inside", "line")  # embeddings: the file's names lack “.weight”


def read_weights(path):
    """(state dict under the network's names, the vocabulary's bytes, the description) of a weight file."""
    with safe_open(path, "pt") as file:
        description = json.loads(file.metadata()["sayso"])
        state = {}
        for name in file.keys():
            if name in ("tokenizer.vocabulary", "entities.earlier_hidden.bias"):  # every linear layer of a file has a bias, that one's is 0
                continue
            table = name.rsplit(".", 1)[-1] in TABLES or name.startswith("entities.pairs.")
            state[name + ".weight" if table else name] = file.get_tensor(name).float()
        vocabulary = bytes(file.get_tensor("tokenizer.vocabulary").numpy())
    return state, vocabulary, description


def load_encoder(path):
    """The encoder of a weight file, its vocabulary's bytes, its description."""
    state, vocabulary, description = read_weights(path)
    shape = description["encoder"]
    encoder = network.Encoder(shape["layers"], shape["width"], shape["heads"], shape["inner"])
    encoder.load_state_dict({name[8:]: tensor for name, tensor in state.items() if name.startswith("encoder.")})
    return encoder.eval(), vocabulary, description


class Follower:
    """An encoder in training that is held against a deeper, finished one: `distance` says how far apart the watched layers were at the last call,

    and `aim` what the teacher's top layer gave (B, L, d).

    Mean squared difference of a watched layer's numbers over their variance in the teacher, mean over the layers (after Jiao et al. 2020, “TinyBERT”; no
    projection is needed where the widths are one).
    """

    def __init__(self, encoder, teacher):
        self.encoder, self.teacher = encoder, teacher
        self.watch, self.teachers_watch = WATCHED[len(encoder.layers)], WATCHED[len(teacher.layers)]
        self.distance = torch.zeros(())

    def __call__(self, pieces, features, watch=()):
        assert watch in ((), self.watch), watch
        own = self.encoder(pieces, features, self.watch)
        with torch.no_grad():
            aims = self.teacher(pieces, features, self.teachers_watch)
        self.aim = aims[-1]
        real = pieces != 0
        pairs = [(x[real].float(), aim[real].float()) for x, aim in zip(own, aims)]
        self.distance = sum(((x - aim) ** 2).mean() / aim.var() for x, aim in pairs) / len(pairs)
        return own if watch else own[-1]


@torch.no_grad()
def encode(encoder, articles, watch):
    """Fills article.encoded (N, w, d) in half precision: each unit by its first piece."""
    jobs = [(article, window) for article in articles for window in article.windows[next(iter(article.windows))]]
    size = lambda job: sum(map(len, job[0].pieces[job[1][0]:job[1][1]]))
    jobs.sort(key=size)
    for article in articles:
        article.encoded = torch.zeros(len(article.pieces), len(watch), encoder.word.weight.shape[1], dtype=torch.half)
    begun, done = time.time(), 0
    for at in range(0, len(jobs), 8):
        some = jobs[at:at + 8]
        examples = [data.make_example(article, window) for article, window in some]
        batch = data.make_batch(examples)
        with network.fast_products():
            watched = encoder(batch["pieces"], batch["features"], watch)
        for row, (article, (lo, hi)) in enumerate(some):
            first = batch["first"][row, :hi - lo]
            for i, x in enumerate(watched):
                article.encoded[lo:hi, i] = x[row, first].half()
        done += 1
        if done % 200 == 0:
            print(f"encoded {at + 8} of {len(jobs)} windows, {time.time() - begun:.0f} s", flush=True)
