"""Reading the human-coded corpora; they are not part of the project and every script takes their folder."""

from __future__ import annotations

import gzip
import json
from pathlib import Path


def read_rows(folder: Path, corpus: str, split: str | None) -> list[dict]:
    """The rows of ``CORPUS_SPLIT.jsonl.gz`` in a folder, or of ``CORPUS.jsonl.gz``, one JSON object a line.

    Raises :class:`SystemExit` with one sentence if the file is not there.
    """
    path = folder / (f"{corpus}_{split}.jsonl.gz" if split else f"{corpus}.jsonl.gz")
    if not path.is_file():
        raise SystemExit(f"{path.name} is not in {folder}: name the folder that holds the corpora.")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
