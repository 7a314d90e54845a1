"""The network: MiniLM encoders over one frozen table of word pieces, and two heads, one for each task."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from analysis.positions.marking import LONGEST, PAD, TOWARD

WIDTH, HEADS, LAYERS, INNER = 384, 12, 6, 1536
POSITIONS = LONGEST + 64
DROPOUT = 0.1
"""Of the heads alone: a teacher's answers keep the layers from learning by heart, and training is a third faster."""


class Layer(nn.Module):
    """One layer of BERT; the three projections of attention are one matrix."""

    def __init__(self) -> None:
        super().__init__()
        self.attend, self.join = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.widen, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.first, self.second = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        rows, length, _ = x.shape
        parts = self.attend(x).view(rows, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        joined = F.scaled_dot_product_attention(parts[0], parts[1], parts[2], attn_mask=mask.to(parts.dtype))
        joined = joined.transpose(1, 2).reshape(rows, length, WIDTH)
        x = self.first(x + self.join(joined))
        return self.second(x + self.narrow(F.gelu(self.widen(x))))


class Encoder(nn.Module):
    """Six layers and two heads; both heads read [CLS] and the mark of the target, that of stance the source's too."""

    def __init__(self) -> None:
        super().__init__()
        self.marks = nn.Embedding(TOWARD + 1, WIDTH, padding_idx=PAD)
        self.places, self.kinds = nn.Embedding(POSITIONS, WIDTH), nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.sentiment = nn.Sequential(nn.Linear(2 * WIDTH, WIDTH), nn.Tanh(), nn.Dropout(DROPOUT), nn.Linear(WIDTH, 3))
        self.stance = nn.Sequential(nn.Linear(3 * WIDTH, WIDTH), nn.Tanh(), nn.Dropout(DROPOUT), nn.Linear(WIDTH, 5))

    def forward(self, words: Tensor, ids: Tensor, types: Tensor, places: Tensor) -> tuple[Tensor, Tensor]:
        marks = self.marks(ids * (ids <= TOWARD))
        order = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(words + marks + self.places(order) + self.kinds(types))
        mask = (ids == PAD)[:, None, None, :] * -10_000.0
        for layer in self.layers:
            x = layer(x, mask)
        rows = torch.arange(ids.shape[0], device=ids.device)
        whole, source, target = x[:, 0], x[rows, places[:, 0]], x[rows, places[:, 1]]
        both, three = torch.cat([whole, target], -1), torch.cat([whole, source, target], -1)
        return self.sentiment(both[:, None])[:, 0], self.stance(three[:, None])[:, 0]


class Student(nn.Module):
    """An encoder with the table of word pieces that stays as it is."""

    def __init__(self, encoder: Encoder, words: Tensor) -> None:
        super().__init__()
        self.encoder = encoder
        self.register_buffer("words", words)

    def forward(self, ids: Tensor, types: Tensor, places: Tensor) -> tuple[Tensor, Tensor]:
        return self.encoder(F.embedding(ids, self.words), ids, types, places)


def pretrained(folder: Path, *, seed: int) -> Encoder:
    """An encoder with the weights of all-MiniLM-L6-v2 (or another BERT of that shape) and new heads."""
    torch.manual_seed(seed)
    kept, encoder = load_file(folder / "model.safetensors"), Encoder()
    state = {
        "places.weight": kept["embeddings.position_embeddings.weight"][:POSITIONS],
        "kinds.weight": kept["embeddings.token_type_embeddings.weight"],
        "norm.weight": kept["embeddings.LayerNorm.weight"],
        "norm.bias": kept["embeddings.LayerNorm.bias"],
    }
    for number in range(LAYERS):
        state |= _layer(kept, f"encoder.layer.{number}.", f"layers.{number}.")
    encoder.load_state_dict(state, strict=False)
    nn.init.normal_(encoder.marks.weight, std=0.02)
    return encoder


def _layer(kept: dict[str, Tensor], old: str, new: str) -> dict[str, Tensor]:
    names = {
        "join": "attention.output.dense",
        "first": "attention.output.LayerNorm",
        "widen": "intermediate.dense",
        "narrow": "output.dense",
        "second": "output.LayerNorm",
    }
    state = {}
    for kind in ("weight", "bias"):
        parts = [kept[f"{old}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
        state[f"{new}attend.{kind}"] = torch.cat(parts)
        state |= {f"{new}{mine}.{kind}": kept[f"{old}{theirs}.{kind}"] for mine, theirs in names.items()}
    return state


def word_table(folder: Path, vocabulary: Path) -> Tensor:
    """The rows of the word embeddings for the pieces of a smaller vocabulary; the marks and padding are 0 there."""
    full = {piece: n for n, piece in enumerate((folder / "vocab.txt").read_text(encoding="utf-8").split("\n"))}
    pieces = vocabulary.read_text(encoding="utf-8").split()
    table = load_file(folder / "model.safetensors")["embeddings.word_embeddings.weight"]
    rows = table[[full[piece] for piece in pieces]].clone()
    rows[: TOWARD + 1] = 0
    return rows
