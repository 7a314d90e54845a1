"""The encoder of framing: one vector for every word piece of a passage, read once for frames and roles alike.

It is all-MiniLM-L6-v2 (Apache 2.0; Reimers and Gurevych 2019, Wang et al. 2020) as published, not trained further, with
weights in eight bits and a smaller vocabulary (``models/FRAMES.md``). What is learned from coded news are linear heads
on its vectors: :mod:`analysis.framing.frame_model`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from onnxruntime import InferenceSession
from tokenizers import Tokenizer

from analysis.language.models import load_session, load_tokenizer, of_like_length, padded
from analysis.schema.spans import Span

NAME, VOCABULARY = "frames", "frames-vocab.txt"
WIDTH = 384
LONGEST = 160
"""Word pieces of a passage that are read; what follows is not."""


@dataclass(frozen=True)
class Reading:
    """What the encoder makes of one passage: a vector of 384 for each piece, and the characters of the pieces."""

    offsets: tuple[Span, ...]
    vectors: np.ndarray

    @property
    def whole(self) -> np.ndarray:
        """The passage as one vector of length 1: the mean of all pieces, the marks at both ends included."""
        return _unit(self.vectors.mean(axis=0))

    def at(self, span: Span) -> np.ndarray:
        """The words of a span as one vector of length 1; of a span that was not read, the whole passage."""
        touched = [n for n, (start, end) in enumerate(self.offsets, 1) if start < span[1] and end > span[0]]
        return _unit(self.vectors[touched].mean(axis=0)) if touched else self.whole


def read(texts: Sequence[str]) -> list[Reading]:
    """Every passage as the encoder reads it, by itself; equal passages are read once.

    Raises :class:`analysis.language.models.EncoderError` if the weights are missing or not those that were measured.
    """
    session, tokenizer = load_session(NAME), load_tokenizer(VOCABULARY)
    found = read_with(session, tokenizer, list(dict.fromkeys(texts)))
    return [found[text] for text in texts]


def read_with(session: InferenceSession, tokenizer: Tokenizer, texts: Sequence[str]) -> dict[str, Reading]:
    """Different passages to their readings, those of like length answered together."""
    coded = [tokenizer.encode(text, add_special_tokens=False) for text in texts]
    begin, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    ids = [[begin, *one.ids[:LONGEST], end] for one in coded]
    found: dict[str, Reading] = {}
    for part in of_like_length([len(one) for one in ids]):
        (vectors,) = session.run(["vectors"], {"ids": padded([ids[n] for n in part])})
        for n, row in zip(part, vectors, strict=True):
            found[texts[n]] = Reading(tuple(coded[n].offsets[:LONGEST]), row[: len(ids[n])].astype(np.float32))
    return found


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / max(float(np.linalg.norm(vector)), 1e-9)
