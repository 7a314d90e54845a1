"""The coded corpora of framing as the models of frames and roles see them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from analysis.framing.frame_model import FRAMES, ROLES, role_features, word_counts
from analysis.framing.frame_reading import Passage, passages_of, read_alone
from analysis.language.document import Parsed
from analysis.language.encoder import read, windows
from analysis.language.parsing import parse_all
from analysis.language.stand_ins import stand_ins_of
from analysis.reading.article import read_text
from analysis.schema.spans import Span
from benchmarks.corpora import read_rows

MENTIONS = 8
"""Mentions of an entity that are read."""
_LEADING = re.compile(r"^(?:the|a|an|his|her|their|its|our|some|many|these|those)\s+", re.IGNORECASE)
_BEHIND = re.compile(r"\s+(?:of|in|on|for|from|to|who|that|which|with|at|and|by)\s+|,|\(")


@dataclass(frozen=True)
class Coded:
    """An article: its passages and their vectors, its words, which frames it has, and its entities with their roles."""

    article_id: str
    fold: int
    text: str
    names: Mapping[str, str]
    places: list[Span]
    vectors: np.ndarray
    counts: Counter[str]
    frames: np.ndarray
    entities: list[str]
    features: np.ndarray
    roles: np.ndarray

    @property
    def texts(self) -> list[str]:
        """The words of each passage."""
        return [self.text[start:end] for start, end in self.places]

    def readings(self) -> list[Passage]:
        """The passages as the encoder reads them, read again: kept for a whole corpus they would fill the memory."""
        return passages_of(read(windows(self.text, self.places, names=self.names)), self.places)


def narrative(folder: Path, split: str) -> list[Coded]:
    """The articles of the Narrative Frames Corpus (Frermann et al. 2023); what is not coded is empty."""
    rows = read_rows(folder, "narrative_frames", split)
    articles = (read_text(row["text"], article_id=row["id"]) for row in rows)
    return [
        _coded(row, parsed)
        for row, parsed in zip(rows, tqdm(parse_all(articles), total=len(rows), desc="articles"), strict=True)
    ]


def _coded(row: dict, parsed: Parsed) -> Coded:
    text, places = parsed.text, parsed.sentences
    texts = [text[start:end] for start, end in places]
    readings, roles = passages_of(parsed.reading, places), row.get("roles") or []
    entities = [one["entity"] for one in roles]
    names = read_alone(entities)
    features = [role_features(n, places_of(readings, texts, e)) for n, e in zip(names, entities, strict=True)]
    return Coded(
        article_id=row["id"],
        fold=int(row.get("fold") or 0),
        text=text,
        names=stand_ins_of(parsed.doc),
        places=places,
        vectors=np.stack([one.whole for one in readings]),
        counts=word_counts("\n".join(texts)),
        frames=np.array([name in (row.get("frames") or []) for name in FRAMES]),
        entities=entities,
        features=np.array(features).reshape(len(entities), -1),
        roles=np.array([ROLES.index(one["role"]) if one.get("role") in ROLES else -1 for one in roles], dtype=int),
    )


def places_of(readings: Sequence[Passage], texts: Sequence[str], entity: str) -> list[tuple[Passage, Span]]:
    """Where an entity stands: as it was coded, else without its article, else by its head, else by its longest word."""
    for wording in _wordings(entity):
        found = [(readings[n], m.span()) for n, text in enumerate(texts) for m in wording.finditer(text)]
        if found:
            return found[:MENTIONS]
    return []


def _wordings(entity: str) -> Iterator[re.Pattern[str]]:
    whole = entity.strip().strip("'\"“”’.,;:")
    bare = _LEADING.sub("", re.sub(r"[’']s?$", "", whole))
    head = re.findall(r"[\w.’'-]+", _BEHIND.split(bare)[0]) or [bare]
    longest = sorted((word for word in re.findall(r"\w+", bare) if len(word) > 3), key=len, reverse=True)
    for phrase in (whole, bare, head[-1]):
        words = r"\s+".join(map(re.escape, phrase.split()))
        if words:
            yield re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
    for word in longest:
        yield re.compile(rf"(?<!\w){re.escape(word[: max(5, len(word) - 2)])}\w*", re.IGNORECASE)
