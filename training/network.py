"""The network in PyTorch, named as the weight file names it: a state dict's names are the file's, so that export only rounds and writes.

Shapes: B windows, L pieces, N units, C anchors (cues), d width of the encoder, r width of the span head.
src/model/encoder.cpp is the same network for use; tests hold one against the other.
"""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

SHAPES, QUOTE_STATES, GAPS, DISTANCES = 13, 4, 3, 34
TAGS = ["O", "B-cue", "I-cue", "B-source", "I-source", "B-content", "I-content"]
ROLES = ["O", "B-source", "I-source", "B-content", "I-content"]


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

    def forward(self, pieces, features):
        """pieces (B, L), 0 where padded; features (B, L, 3): shape, quote, gap -> (B, L, d)."""
        x = self.word(pieces) + self.position.weight[: pieces.shape[1]] + self.base
        x = x + self.shape(features[..., 0]) + self.quote(features[..., 1]) + self.gap(features[..., 2])
        x = self.dropout(self.norm(x))
        mask = (pieces != 0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return x


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


def count_layers(state, part="encoder"):
    """How many layers a part of the network has in a state dict."""
    return len({name.split(".")[2] for name in state if name.startswith(f"{part}.layers.")})


class Network(nn.Module):
    def __init__(self, layers=6, width=384, heads=12, inner=1536, dropout=0.0, head_dropout=0.2):
        super().__init__()
        self.encoder = Encoder(layers, width, heads, inner, dropout=dropout)
        self.head_dropout = nn.Dropout(head_dropout)
        self.tags = UnitHead(width, len(TAGS))
        self.roles = SpanHead(width, dropout=dropout)

    def encode(self, batch):
        """-> (B, N, d): each unit by its first piece."""
        x = self.encoder(batch["pieces"], batch["features"])
        return self.head_dropout(x.gather(1, batch["first"][..., None].expand(-1, -1, x.shape[-1])))
