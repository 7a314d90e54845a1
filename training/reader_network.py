"""The networks of the reader: an encoder that reads plain windows, and one that answers questions from its vectors."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from analysis.language.encoder import NARROW, WIDTH
from analysis.positions.asking import SEEN
from training.encoder_network import Encoder

HEADS, INNER, DROPOUT = 4, 4 * NARROW, 0.1
LEFT_OUT = 0.08
"""The share of pieces that the small reader is not shown while it learns, so that words can be left out later."""
ANSWERS = {"sentiment": 3, "pair": 5, "side": 3, "told": 3}


class Attention(nn.Module):
    """A layer of the small reader; `last` moves the question alone, as nothing else is read behind it."""

    def __init__(self, *, last: bool) -> None:
        super().__init__()
        self.last = last
        self.before, self.between = nn.LayerNorm(NARROW), nn.LayerNorm(NARROW)
        self.ask, self.show = nn.Linear(NARROW, NARROW), nn.Linear(NARROW, 2 * NARROW)
        self.join, self.widen, self.back = nn.Linear(NARROW, NARROW), nn.Linear(NARROW, INNER), nn.Linear(INNER, NARROW)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, x: Tensor, hidden: Tensor) -> Tensor:
        rows, length, _ = x.shape
        y = self.before(x)
        asking = y[:, :1] if self.last else y
        asked = self.ask(asking).view(rows, -1, HEADS, NARROW // HEADS).transpose(1, 2)
        keys, values = self.show(y).view(rows, length, 2, HEADS, NARROW // HEADS).permute(2, 0, 3, 1, 4)
        scores = asked @ keys.transpose(-1, -2) / (NARROW // HEADS) ** 0.5 + hidden
        seen = (scores.softmax(-1) @ values).transpose(1, 2).reshape(rows, -1, NARROW)
        x = (x[:, :1] if self.last else x) + self.drop(self.join(seen))
        return x + self.drop(self.back(F.gelu(self.widen(self.between(x)))))


class Asker(nn.Module):
    """Questions, the pieces of their passages and the vectors of their actors -> the answers of each kind.

    `pieces`: questions x pieces x NARROW; `there` and `seen` describe them (:func:`analysis.positions.asking.arrays`);
    `means`: questions x 3 x WIDTH, the means of the passage and of the mentions of target and source, 0 without any.
    """

    def __init__(self) -> None:
        super().__init__()
        self.seen = nn.ModuleList(nn.Embedding(size, NARROW) for size in SEEN)
        self.kinds, self.query = nn.Embedding(len(ANSWERS), NARROW), nn.Linear(3 * WIDTH, NARROW)
        self.norm = nn.LayerNorm(NARROW)
        self.layers = nn.ModuleList((Attention(last=False), Attention(last=True)))
        self.heads = nn.ModuleList(map(_head, ANSWERS.values()))

    def forward(self, pieces: Tensor, there: Tensor, seen: Tensor, kinds: Tensor, means: Tensor) -> tuple[Tensor, ...]:
        known = sum(table(seen[:, :, n]) for n, table in enumerate(self.seen))
        query = self.query(means.flatten(1)[:, None])[:, 0] + self.kinds(kinds)
        x = torch.cat([query[:, None], self.norm(pieces + known)], 1)
        hidden = (1 - torch.cat([torch.ones_like(there[:, :1]), there], 1))[:, None, None, :] * -10_000.0
        for layer in self.layers:
            x = layer(x, hidden)
        told = torch.cat([x[:, 0], means.flatten(1)], -1)
        return tuple(head(told[:, None])[:, 0] for head in self.heads)


def _head(answers: int) -> nn.Module:
    wide = NARROW + 3 * WIDTH
    return nn.Sequential(nn.Linear(wide, 256), nn.GELU(), nn.Dropout(DROPOUT), nn.Linear(256, answers))


class Reader(nn.Module):
    """Both, over a frozen table of word pieces: what is trained."""

    def __init__(self, words: Tensor) -> None:
        super().__init__()
        self.register_buffer("words", words)
        self.encoder, self.down, self.asker = Encoder(), nn.Linear(WIDTH, NARROW), Asker()

    def forward(self, ids: Tensor, batch: Mapping[str, Tensor]) -> tuple[Tensor, ...]:
        """The answers to the questions about some windows; `batch` holds the arrays of the questions as tensors."""
        vectors = self.encoder(F.embedding(ids, self.words), (ids != 0).long())
        flat, rows, there = vectors.flatten(0, 1).float(), batch["rows"], batch["there"]
        if self.training:
            there = there * (torch.rand(there.shape) > LEFT_OUT)
        whole = (F.embedding(rows, flat) * there[..., None]).sum(1) / there.sum(1, keepdim=True).clamp(min=1)
        actors = (pooled(flat, batch[name], len(rows)) for name in ("target_places", "source_places"))
        pieces = F.embedding(rows, self.down(vectors).flatten(0, 1))
        return self.asker(pieces, there, batch["seen"], batch["kinds"], torch.stack([whole, *actors], 1))


def pooled(flat: Tensor, places: Tensor, questions: int) -> Tensor:
    """For each question the mean of the mentions that `places` lists (question, first piece, end); 0 without any."""
    sums = torch.cat([torch.zeros_like(flat[:1]), flat.cumsum(0)])
    means = (sums[places[:, 2]] - sums[places[:, 1]]) / (places[:, 2] - places[:, 1])[:, None]
    counts = torch.bincount(places[:, 0], minlength=questions).clamp(min=1)
    return torch.zeros(questions, flat.shape[1]).index_add(0, places[:, 0], means) / counts[:, None]
