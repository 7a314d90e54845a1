"""The two corpora of stance and sentiment as marked passages with their labels."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from analysis.language.models import word_pieces
from analysis.positions.marking import Encoded, Marked, encode
from benchmarks.corpora import read_rows
from benchmarks.dse import pair

SENTIMENTS = ("negative", "neutral", "positive")
SENTIMENT, STANCE = TASKS = ("sentiment", "stance")
UNKNOWN = -1
"""The label of a passage that nobody labelled."""
SWAPPED = (0, 2, 1, 4, 3)
"""The label of a pair when p and q change places."""
KEPT = ("[UNK]", "[CLS]", "[SEP]", "[MASK]")
SIZE = 16_000


Passage = tuple[Marked, str, int]
"""A marked passage, its task and its label."""


@dataclass(frozen=True)
class Example:
    """A passage as the encoder reads it, its task and label, its length in pieces, and a teacher's logits for it."""

    passage: Encoded
    task: str
    label: int
    length: int
    soft: np.ndarray | None = None


def sentiment_passages(rows: Sequence[dict]) -> Iterator[tuple[Marked, int]]:
    """NewsMTSC: the mention is the target, the label its sentiment."""
    for row in rows:
        yield Marked(row["sentence"], (row["start"], row["end"])), SENTIMENTS.index(row["label"])


def pair_passages(rows: Sequence[dict]) -> Iterator[tuple[Marked, int]]:
    """DSE: p is the source and q the target."""
    for row in rows:
        yield pair(row), row["label"]


def labelled(folder: Path, *, part: int | None = None) -> list[Passage]:
    """The mentions and pairs of the train splits; every pair stands twice, the second time with p and q changed round.

    `part` takes that many rows of each corpus, to try the scripts.
    """
    mentions, pairs = (read_rows(folder, name, "train")[:part] for name in ("newsmtsc", "dse"))
    both = [*pair_passages(pairs)]
    both += [(passage.swapped(), SWAPPED[label]) for passage, label in both]
    found = [(passage, SENTIMENT, label) for passage, label in sentiment_passages(mentions)]
    return found + [(passage, STANCE, label) for passage, label in both]


def prepare(
    tokenizer: Tokenizer, passages: Iterable[Passage], taught: Iterable[np.ndarray] | None = None
) -> list[Example]:
    """The passages encoded once, with the logits of a teacher where there are some."""
    found = []
    for (passage, task, label), soft in zip(passages, taught if taught is not None else repeat(None), strict=False):
        encoded = encode(tokenizer, passage)
        found.append(Example(encoded, task, label, len(encoded.ids), soft))
    return found


def held_out(tokenizer: Tokenizer, folder: Path, part: int | None = None) -> dict[str, list[Example]]:
    """The dev rows of both corpora, on which epochs are compared."""
    mentions, pairs = read_rows(folder, "newsmtsc", "dev")[:part], read_rows(folder, "dse", "valid")[:part]
    both = {SENTIMENT: sentiment_passages(mentions), STANCE: pair_passages(pairs)}
    return {task: prepare(tokenizer, [(p, task, label) for p, label in some]) for task, some in both.items()}


def chosen(examples: Sequence[Example], neutral: float, rng: random.Random) -> list[Example]:
    """The examples of an epoch: all but a share of the pairs that are coded neutral, of which there are so many."""
    return [one for one in examples if one.task != STANCE or one.label != 0 or rng.random() < neutral]


def write_vocabulary(full: Path, folder: Path, path: Path) -> None:
    """The pieces worth their room: the most frequent of the training texts, :data:`SIZE` in all.

    A rarer word is read in shorter pieces. Equals stand in BERT's order, which is about that of frequency. Padding
    and the marks stand first, in the order of :mod:`analysis.positions.marking`.
    """
    pieces = full.read_text(encoding="utf-8").split("\n")
    tokenizer = word_pieces(full)
    counts: Counter[str] = Counter()
    for text in _texts(folder):
        counts.update(tokenizer.encode(text, add_special_tokens=False).tokens)
    plain = [one for one in pieces if re.fullmatch(r"(?:##)?[ -~–—‘’“”…•€£éèáíóúñüöäçãøåß]+", one) and one[0] != "["]
    single = [one for one in plain if len(one.removeprefix("##")) == 1]
    order = sorted(plain, key=lambda one: (-counts[one], pieces.index(one)))
    kept = set([*single, *order][:SIZE]) if len(single) < SIZE else set(single)
    marks = ["[PAD]", *(f"[unused{number}]" for number in range(5))]
    lines = [*marks, *KEPT, *(one for one in plain if one in kept)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _texts(folder: Path) -> Iterator[str]:
    for corpus, key in (("newsmtsc", "sentence"), ("dse", "sentence"), ("polnear", "text")):
        with gzip.open(folder / f"{corpus}_train.jsonl.gz", "rt", encoding="utf-8") as lines:
            yield from (json.loads(line)[key] for line in lines)
