"""The encoder: MiniLM over a frozen table of word pieces; it reads plain windows, without marks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from analysis.language.encoder import WIDTH

HEADS, LAYERS, INNER, POSITIONS = 12, 6, 1536, 512


class Layer(nn.Module):
    """One layer of BERT; the three projections of attention are one matrix."""

    def __init__(self) -> None:
        super().__init__()
        self.attend, self.join = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.widen, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.first, self.second = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, hidden: Tensor) -> Tensor:
        rows, length, _ = x.shape
        parts = self.attend(x).view(rows, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        joined = F.scaled_dot_product_attention(parts[0], parts[1], parts[2], attn_mask=hidden.to(parts.dtype))
        x = self.first(x + self.join(joined.transpose(1, 2).reshape(rows, length, WIDTH)))
        return self.second(x + self.narrow(F.gelu(self.widen(x))))


class Encoder(nn.Module):
    """The vectors of word pieces -> one vector for each as it stands in its window; `mask` is 0 for padding."""

    def __init__(self) -> None:
        super().__init__()
        self.places, self.norm = nn.Embedding(POSITIONS, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, words: Tensor, mask: Tensor) -> Tensor:
        x = self.norm(words + self.places(torch.arange(words.shape[1], device=words.device)))
        hidden = (1 - mask)[:, None, None, :] * -10_000.0
        for layer in self.layers:
            x = layer(x, hidden)
        return x


def pretrained(folder: Path) -> Encoder:
    """An encoder with the weights of all-MiniLM-L6-v2, or another BERT of that shape."""
    kept, encoder = load_file(folder / "model.safetensors"), Encoder()
    first = kept["embeddings.token_type_embeddings.weight"][0]
    state = {
        "places.weight": kept["embeddings.position_embeddings.weight"] + first,
        "norm.weight": kept["embeddings.LayerNorm.weight"],
        "norm.bias": kept["embeddings.LayerNorm.bias"],
    }
    for number in range(LAYERS):
        state |= _layer(kept, f"encoder.layer.{number}.", f"layers.{number}.")
    encoder.load_state_dict(state)
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
    """The rows of the word embeddings for the pieces of a smaller vocabulary; padding is 0."""
    full = {piece: n for n, piece in enumerate((folder / "vocab.txt").read_text(encoding="utf-8").split("\n"))}
    pieces = vocabulary.read_text(encoding="utf-8").split()
    rows = load_file(folder / "model.safetensors")["embeddings.word_embeddings.weight"][[full[one] for one in pieces]]
    rows = rows.clone()
    rows[0] = 0
    return rows


def mean(weights: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of the weights of runs that began alike (Wortsman et al. 2022)."""
    return {name: torch.stack([one[name] for one in weights]).mean(0) for name in weights[0]}
