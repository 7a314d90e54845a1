"""Reading the human-coded corpora; they are not part of the project and every script takes their folder."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from analysis.language.parsing import load_model
from analysis.language.stand_ins import stand_ins_of
from analysis.positions.stance_model import Marked


def read_rows(folder: Path, corpus: str, split: str | None) -> list[dict]:
    """The rows of ``CORPUS_SPLIT.jsonl.gz`` in a folder, or of ``CORPUS.jsonl.gz``, one JSON object a line.

    Raises :class:`SystemExit` with one sentence if the file is not there.
    """
    path = folder / (f"{corpus}_{split}.jsonl.gz" if split else f"{corpus}.jsonl.gz")
    if not path.is_file():
        raise SystemExit(f"{path.name} is not in {folder}: name the folder that holds the corpora.")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def stand_ins(texts: Sequence[str]) -> list[Mapping[str, str]]:
    """The names of persons in each text with what the models read in their place."""
    nlp = load_model()
    with nlp.select_pipes(enable=["tok2vec", "ner"]):
        return [stand_ins_of(doc) for doc in nlp.pipe(texts, batch_size=64)]


def with_stand_ins(passages: Sequence[Marked]) -> list[Marked]:
    """Sentences as the models read them in an article."""
    names = stand_ins([one.text for one in passages])
    return [replace(one, names=own) for one, own in zip(passages, names, strict=True)]
