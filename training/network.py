"""The network in PyTorch, named as the weight file names it: a state dict's names are the file's, so that export only rounds and writes.

Shapes: B windows, L pieces, N units, C anchors (cues), d width of the encoder, r width of the span head.
src/model/encoder.cpp is the same network for use; tests hold one against the other.
"""
import math
import pathlib

import torch
import torch.nn as nn
import torch.nn.functional as F

SHAPES, QUOTE_STATES, GAPS, DISTANCES = 13, 4, 3, 34
TAGS = ["O", "B-cue", "I-cue", "B-source", "I-source", "B-content", "I-content"]
MENTION_KINDS = ["name", "nominal", "pronoun"]
MENTION_TYPES = ["person", "organisation", "place", "other"]
MENTIONS = ["O"] + [f"{kind} {of}" for kind in MENTION_KINDS for of in MENTION_TYPES]  # what a unit is the head word of
NAMES = ["O"] + [f"{place}-{of}" for of in ("person", "organisation", "place") for place in "BI"]
ROLES = ["O", "B-source", "I-source", "B-content", "I-content"]
PROCESSOR = pathlib.Path("/proc/cpuinfo")
HAS_BFLOAT16 = PROCESSOR.exists() and bool({"avx512_bf16", "amx_bf16", "bf16"} & set(PROCESSOR.read_text().split()))


def fast_products():
    """Products of matrices in bfloat16 where the processor multiplies it; elsewhere it would be emulated, so single precision there."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=HAS_BFLOAT16)


def attend(q, k, v, mask):
    """Attention in single precision, also where training computes the products of matrices in bfloat16: that is faster on a CPU."""
    with torch.autocast("cpu", enabled=False):
        return F.scaled_dot_product_attention(q.float(), k.float(), v.float(), attn_mask=mask)


class Layer(nn.Module):
    """One transformer layer, post-norm, GELU (Devlin et al. 2019)."""

    def __init__(self, width, heads, inner, dropout):
        super().__init__()
        self.heads = heads
        self.query_key_value = nn.Linear(width, 3 * width)
        self.attention_out = nn.Linear(width, width)
        self.attention_norm = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.feed_forward_norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, mask):
        b, n, d = x.shape
        q, k, v = self.query_key_value(x).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        mixed = attend(q, k, v, mask).transpose(1, 2).reshape(b, n, d)
        x = self.attention_norm(x + self.dropout(self.attention_out(mixed)))
        return self.feed_forward_norm(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    def __init__(self, layers, width=384, heads=12, inner=1536, vocabulary=30522, positions=512, dropout=0.0):
        super().__init__()
        self.word = nn.Embedding(vocabulary, width)
        self.position = nn.Embedding(positions, width)
        self.base = nn.Parameter(torch.zeros(width))
        self.shape = nn.Embedding(SHAPES, width)
        self.quote = nn.Embedding(QUOTE_STATES, width)
        self.gap = nn.Embedding(GAPS, width)
        for table in (self.shape, self.quote, self.gap):
            nn.init.normal_(table.weight, std=0.01)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList([Layer(width, heads, inner, dropout) for _ in range(layers)])
        self.dropout = nn.Dropout(dropout)

    def forward(self, pieces, features, watch=()):
        """pieces (B, L), 0 where padded; features (B, L, 3): shape, quote, gap -> (B, L, d); with `watch`, numbers of layers from 1: what each of them gave."""
        x = self.word(pieces) + self.position.weight[: pieces.shape[1]] + self.base
        x = x + self.shape(features[..., 0]) + self.quote(features[..., 1]) + self.gap(features[..., 2])
        x = self.dropout(self.norm(x))
        mask = (pieces != 0)[:, None, None, :]
        watched = []
        for number, layer in enumerate(self.layers, 1):
            x = layer(x, mask)
            if number in watch:
                watched.append(x)
        return watched if watch else x


def bucket_of(distance):
    """Signed distance in units -> 0…33: exact below 8, then nine logarithmic buckets up to 256; negative ones 17 further."""
    a = distance.abs()
    far = (8 + (torch.log(a.clamp(min=8).float() / 8) / math.log(32) * 9).long()).clamp(max=16)
    bucket = torch.where(a < 8, a, far)
    return torch.where(distance < 0, bucket + 17, bucket)


class UnitHead(nn.Module):
    def __init__(self, width, labels):
        super().__init__()
        self.out = nn.Linear(width, labels)

    def forward(self, units):
        return self.out(units)


class SpanHead(nn.Module):
    """A label for each unit, given an anchor span of units."""

    def __init__(self, encoder_width, width=192, heads=4, inner=384, layers=1, labels=len(ROLES), dropout=0.0):
        super().__init__()
        self.from_unit = nn.Linear(encoder_width, width)
        self.from_anchor = nn.Linear(3 * encoder_width, width)
        self.distance = nn.Embedding(DISTANCES, width)
        self.inside = nn.Embedding(2, width)
        self.line = nn.Embedding(3, width)
        for table in (self.distance, self.inside, self.line):
            nn.init.normal_(table.weight, std=0.1)
        self.norm = nn.LayerNorm(width)
        self.layers = nn.ModuleList([Layer(width, heads, inner, dropout) for _ in range(layers)])
        self.hidden = nn.Linear(width, width)
        self.out = nn.Linear(width, labels)

    def forward(self, units, real, lines, window, begin, end):
        """units (B, N, d), real (B, N) which are units, lines (B, N) their line; anchors: window, begin, end (C) -> (C, N, labels)."""
        at = torch.arange(units.shape[1])[None]
        inside = (at >= begin[:, None]) & (at < end[:, None])
        share = inside.float()
        mean = torch.einsum("cn,cnd->cd", share / share.sum(1, keepdim=True), units[window])
        anchor = self.from_anchor(torch.cat([mean, units[window, begin], units[window, end - 1]], -1))
        zero = torch.zeros_like(at)
        distance = torch.where(at < begin[:, None], at - begin[:, None], torch.where(at >= end[:, None], at - end[:, None] + 1, zero))
        own = lines[window]
        side = (own - own[torch.arange(len(begin)), begin][:, None]).clamp(-1, 1) + 1
        z = self.from_unit(units)[window] + anchor[:, None] + self.distance(bucket_of(distance)) + self.inside(inside.long()) + self.line(side)
        z = self.norm(z)
        mask = real[window][:, None, None, :]
        for layer in self.layers:
            z = layer(z, mask)
        return self.out(F.gelu(self.hidden(z)))


class EntityHeads(nn.Module):
    """Names, mentions and coreference, on a weighted sum of several layers of the encoder and transformer layers of their own.

    names: B-I-O tags. mentions: what a unit is the head word of. bounds: given a head word, where its mention begins and ends, scored as a product of
    vectors (Dozat and Manning 2017). links: how well a mention's antecedent is another one, after Lee et al. 2017 and, by head words,
    Dobrovolskii 2021: a product of two vectors plus a small network over both and what is known of the pair (`pair_tables`).
    """
    PAIR_TABLES = {"kinds": 9, "apart": 10, "units_apart": 12, "words": 5, "types": 2, "lines": 3}  # entities/pairs.py, src/mentions/links.h
    BEFORE, BEHIND = 24, 40   # a mention begins at most so many units before its head word, and ends at most so many behind it

    def __init__(self, encoder_width, watched, width=256, heads=4, inner=512, layers=1, hidden=128, dropout=0.0):
        super().__init__()
        self.mix = nn.Parameter(torch.zeros(watched))
        self.from_unit = nn.Linear(encoder_width, width)
        self.norm = nn.LayerNorm(width)
        self.layers = nn.ModuleList([Layer(width, heads, inner, dropout) for _ in range(layers)])
        self.names = nn.Linear(width, len(NAMES))
        self.mentions = nn.Linear(width, len(MENTIONS))
        self.begin_key, self.begin_query = nn.Linear(width, 64), nn.Linear(width, 64)
        self.end_key, self.end_query = nn.Linear(width, 64), nn.Linear(width, 64)
        self.before = nn.Parameter(torch.zeros(self.BEFORE + 1))
        self.behind = nn.Parameter(torch.zeros(self.BEHIND + 1))
        self.from_mention = nn.Linear(2 * width, width)
        self.mention_norm = nn.LayerNorm(width)
        self.later, self.earlier = nn.Linear(width, hidden), nn.Linear(width, hidden)
        self.later_hidden, self.earlier_hidden = nn.Linear(width, hidden), nn.Linear(width, hidden, bias=False)
        self.pairs = nn.ModuleDict({name: nn.Embedding(size, hidden) for name, size in self.PAIR_TABLES.items()})
        self.link = nn.Linear(hidden, 1)
        self.dropout = nn.Dropout(3 * dropout)

    def forward(self, watched, real):
        """watched (B, N, w, d) the units of each watched layer, real (B, N) -> (B, N, width)."""
        x = torch.einsum("bnwd,w->bnd", watched, torch.softmax(self.mix, 0))
        z = self.norm(self.from_unit(self.dropout(x)))
        for layer in self.layers:
            z = layer(z, real[:, None, None, :])
        return z

    def bounds(self, z, window, head):
        """z (B, N, width); heads: window (M), head (M) -> scores of begins (M, BEFORE + 1) at head - 0, 1, … and of ends (M, BEHIND + 1) at head + 0, 1, …"""
        query = z[window, head]
        n = z.shape[1]
        out = []
        for key, ask, reach, bias, sign in ((self.begin_key, self.begin_query, self.BEFORE, self.before, -1), (self.end_key, self.end_query, self.BEHIND, self.behind, 1)):
            at = head[:, None] + sign * torch.arange(reach + 1)[None]
            inside = (at >= 0) & (at < n)
            keys = key(z)[window[:, None], at.clamp(0, n - 1)]
            score = torch.einsum("mrk,mk->mr", keys, ask(query)) / 8 + bias
            out.append(score.masked_fill(~inside, -1e4))
        return out

    def mention_vectors(self, head, mean):
        """Of M mentions: vectors of their head words and means over their units, (M, width) each -> (M, width)."""
        return self.mention_norm(self.from_mention(torch.cat([head, mean], -1)))

    def links(self, vectors, later, earlier, pairs):
        """vectors (M, width); later, earlier (P) mentions by number; pairs {table: (P)} -> (P): above 0 the pair corefers rather than not."""
        v = self.dropout(vectors)
        product = (self.later(v)[later] * self.earlier(v)[earlier]).sum(-1) / 11.3137085
        hidden = self.later_hidden(v)[later] + self.earlier_hidden(v)[earlier]
        for name, table in self.pairs.items():
            hidden = hidden + table(pairs[name])
        return product + self.link(F.relu(hidden))[..., 0]


class FactualityHead(nn.Module):
    """Of each unit: is it a predicate, and did what it says happen? On a weighted sum of several layers of the encoder and transformer layers of its own."""

    def __init__(self, encoder_width, watched, width=256, heads=4, inner=512, layers=1, dropout=0.0):
        super().__init__()
        self.mix = nn.Parameter(torch.zeros(watched))
        self.from_unit = nn.Linear(encoder_width, width)
        self.norm = nn.LayerNorm(width)
        self.layers = nn.ModuleList([Layer(width, heads, inner, dropout) for _ in range(layers)])
        self.out = nn.Linear(width, 2)
        self.dropout = nn.Dropout(2 * dropout)

    def forward(self, watched, real):
        """watched (B, N, w, d) the units of each watched layer, real (B, N) -> (B, N, 2): a predicate's logit, its value from -3 to 3."""
        x = torch.einsum("bnwd,w->bnd", watched, torch.softmax(self.mix, 0))
        z = self.norm(self.from_unit(self.dropout(x)))
        for layer in self.layers:
            z = layer(z, real[:, None, None, :])
        logit, value = self.out(self.dropout(z)).unbind(-1)
        return torch.stack([logit, 3 * torch.tanh(value)], -1)


def by_first_piece(x, batch):
    """Pieces' vectors (B, L, d) -> units' (B, N, d)."""
    return x.gather(1, batch["first"][..., None].expand(-1, -1, x.shape[-1]))


def count_layers(state, part="encoder"):
    """How many layers a part of the network has in a state dict."""
    return len({name.split(".")[2] for name in state if name.startswith(f"{part}.layers.")})


class Network(nn.Module):
    """Encoder and the heads of attribution; with `entities` the head of names, mentions and coreference too, on four of the layers."""

    def __init__(self, layers=6, width=384, heads=12, inner=1536, dropout=0.0, head_dropout=0.2, entities=False):
        super().__init__()
        self.encoder = Encoder(layers, width, heads, inner, dropout=dropout)
        self.head_dropout = nn.Dropout(head_dropout)
        self.tags = UnitHead(width, len(TAGS))
        self.roles = SpanHead(width, dropout=dropout)
        if entities:
            self.entities = EntityHeads(width, watched=4, dropout=dropout)

    def encode(self, batch, encoder=None):
        """-> (B, N, d): each unit by its first piece. `encoder`: another one to ask, or the own one by way of a Follower."""
        return self.head_dropout(by_first_piece((encoder or self.encoder)(batch["pieces"], batch["features"]), batch))
