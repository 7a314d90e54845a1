"""The two corpora of stance and sentiment as marked passages with their labels."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from analysis.encoder import word_pieces
from analysis.marking import Encoded, Marked, encode
from benchmarks.corpora import read_rows
from benchmarks.dse import pair

SENTIMENTS = ("negative", "neutral", "positive")
SENTIMENT, STANCE = "sentiment", "stance"
SWAPPED = (0, 2, 1, 4, 3)
"""The label of a pair when p and q change places."""
KEPT = ("[UNK]", "[CLS]", "[SEP]", "[MASK]")
SIZE = 16_000


@dataclass(frozen=True)
class Example:
    """A passage as the encoder reads it, its task, its label and how much it counts."""

    passage: Encoded
    task: str
    label: int
    length: int


def sentiment_passages(rows: Sequence[dict]) -> Iterator[tuple[Marked, int]]:
    """NewsMTSC: the mention is the target, the label its sentiment."""
    for row in rows:
        yield Marked(row["sentence"], (row["start"], row["end"])), SENTIMENTS.index(row["label"])


def pair_passages(rows: Sequence[dict]) -> Iterator[tuple[Marked, int]]:
    """DSE: p is the source and q the target."""
    for row in rows:
        yield pair(row), row["label"]


def prepare(tokenizer: Tokenizer, passages: Iterable[tuple[Marked, int]], task: str) -> list[Example]:
    """The passages encoded once."""
    encoded = ((encode(tokenizer, passage), label) for passage, label in passages)
    return [Example(one, task, label, len(one.ids)) for one, label in encoded]


def training_set(tokenizer: Tokenizer, folder: Path, *, part: int | None = None) -> tuple[list[Example], list[Example]]:
    """The examples of every epoch, and the neutral pairs of which each epoch takes another share.

    Every pair stands twice, the second time with p and q changed round. `part` takes that many rows of each corpus,
    to try the script.
    """
    mentions, pairs = (read_rows(folder, name, "train")[:part] for name in ("newsmtsc", "dse"))
    both = [*pair_passages(pairs)]
    both += [(passage.swapped(), SWAPPED[label]) for passage, label in both]
    stances = prepare(tokenizer, both, STANCE)
    fixed = prepare(tokenizer, sentiment_passages(mentions), SENTIMENT) + [one for one in stances if one.label]
    return fixed, [one for one in stances if not one.label]


def epoch(fixed: list[Example], neutral: list[Example], share: float, pieces: int, rng: random.Random):
    """The batches of one epoch: examples of like length together, at most so many pieces in a batch."""
    chosen = [*fixed, *rng.sample(neutral, int(share * len(neutral)))]
    rng.shuffle(chosen)
    chosen.sort(key=lambda one: one.length + rng.random() * 6)
    batches, current = [], []
    for one in chosen:
        if current and (len(current) + 1) * max(one.length, current[-1].length) > pieces:
            batches.append(current)
            current = []
        current.append(one)
    batches.append(current)
    rng.shuffle(batches)
    return batches


def write_vocabulary(full: Path, folder: Path, path: Path) -> None:
    """The pieces worth their room: the most frequent of the training texts, :data:`SIZE` in all.

    A rarer word is read in shorter pieces. Equals stand in BERT's order, which is about that of frequency. Padding
    and the marks stand first, in the order of :mod:`analysis.marking`.
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
