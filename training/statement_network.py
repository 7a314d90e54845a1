"""The network of the tagger: an encoder, a head that finds cues, and one that finds the parts of each cue."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from analysis.language.encoder import WIDTH as PIECE
from analysis.statements.features import PAIR_SIZES, SIZES
from training.encoder_network import Encoder

WIDTH, FEATURE, HEADS = 256, 24, 4


@dataclass(frozen=True)
class Batch:
    """Stretches padded to one length (`ids`, `mask`, `first`, `tokens`, `marks`) and their cues one below another.

    `owner` is the stretch of each cue; `inside` marks its words, `pairs` what each token looks like from it, `real`
    the tokens that are no padding, `parts` and `true` what is to be found.
    """

    ids: Tensor
    mask: Tensor
    first: Tensor
    tokens: Tensor
    marks: Tensor
    owner: Tensor
    inside: Tensor
    pairs: Tensor
    real: Tensor
    parts: Tensor
    true: Tensor


class Reader(nn.Module):
    """Word pieces and features -> one vector a token, and scores of its being outside, at the start of, or in a cue."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.features = nn.ModuleList(nn.Embedding(size, FEATURE) for size in SIZES)
        self.mix = nn.Sequential(nn.Linear(PIECE + FEATURE * len(SIZES), WIDTH), nn.GELU(), nn.LayerNorm(WIDTH))
        self.context = Layer()
        self.cue = nn.Linear(WIDTH, 3)
        self.drop = nn.Dropout(0.15)

    def forward(
        self, words: Tensor, mask: Tensor, first: Tensor, tokens: Tensor, real: Tensor
    ) -> tuple[Tensor, Tensor]:
        pieces = self.encoder(words, mask)
        own = pieces.gather(1, first.unsqueeze(-1).expand(-1, -1, pieces.shape[-1]))
        known = [table(tokens[:, :, k]) for k, table in enumerate(self.features)]
        vectors = self.context(self.mix(self.drop(torch.cat([own, *known], dim=-1))), real)
        return vectors, self.cue(self.drop(vectors))


class Layer(nn.Module):
    """One layer of attention over the tokens of a stretch."""

    def __init__(self) -> None:
        super().__init__()
        self.project = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.think = nn.Sequential(nn.Linear(WIDTH, 2 * WIDTH), nn.GELU(), nn.Linear(2 * WIDTH, WIDTH))
        self.norms = nn.ModuleList((nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)))
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, real: Tensor) -> Tensor:
        rows, length = x.shape[0], x.shape[1]
        parts = self.project(x).view(rows, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        scores = parts[0] @ parts[1].transpose(-1, -2) / (WIDTH // HEADS) ** 0.5
        scores = scores + (1 - real[:, None, None, :].to(scores.dtype)) * -1e4
        seen = (scores.softmax(-1) @ parts[2]).transpose(1, 2).reshape(rows, length, WIDTH)
        x = self.norms[0](x + self.drop(self.out(seen)))
        return self.norms[1](x + self.drop(self.think(x)))


class Linker(nn.Module):
    """The vectors of a stretch as seen from one cue -> scores of outside, source, content, and of being a cue."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs = nn.ModuleList(nn.Embedding(size, WIDTH) for size in PAIR_SIZES)
        self.token, self.cue = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH)
        self.layers = nn.ModuleList((Layer(), Layer()))
        self.parts = nn.Linear(WIDTH, 3)
        self.true = nn.Sequential(nn.Linear(2 * WIDTH, WIDTH), nn.GELU(), nn.Linear(WIDTH, 1))

    def forward(self, vectors: Tensor, inside: Tensor, pairs: Tensor, real: Tensor) -> tuple[Tensor, Tensor]:
        weight = inside.to(vectors.dtype).unsqueeze(-1)
        cue = (vectors * weight).sum(1, keepdim=True) / weight.sum(1, keepdim=True)
        seen = sum(table(pairs[:, :, k]) for k, table in enumerate(self.pairs))
        x = self.norm(self.token(vectors) + self.cue(cue) + vectors * cue + seen)
        for layer in self.layers:
            x = layer(x, real)
        at_cue = (x * weight).sum(1) / weight.sum(1)
        padding = (1 - real.to(x.dtype)).unsqueeze(-1) * -1e4
        return self.parts(x), self.true(torch.cat([at_cue, (x + padding).amax(1)], -1)).squeeze(-1)


class Tagger(nn.Module):
    """Both halves over a frozen table of word pieces; :meth:`forward` reads one batch."""

    def __init__(self, words: Tensor) -> None:
        super().__init__()
        self.register_buffer("words", words)
        self.reader, self.linker = Reader(), Linker()

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        there = (batch.marks >= 0).long()
        words = F.embedding(batch.ids, self.words)
        vectors, marks = self.reader(words, batch.mask, batch.first, batch.tokens, there)
        parts, true = self.linker(vectors[batch.owner], batch.inside, batch.pairs, batch.real)
        return marks, parts, true
