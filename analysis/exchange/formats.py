"""Formats: under which name each program's files are written and read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.codebook import CodebookError
from analysis.exchange import brat, dna, inception, label_studio, networks, refi, standoff
from analysis.exchange.annotations import LAYERS, Annotated, annotated
from analysis.findings import united
from analysis.schema.analysis import Analysis

WRITERS: Mapping[str, Callable[[Annotated, Path], list[Path]]] = {
    "brat": brat.write,
    "inception": inception.write,
    "label-studio": label_studio.write,
    "refi-qda": refi.write,
    "offsets": standoff.write,
}
READERS: Mapping[str, Callable[[Path], Annotated]] = {
    "brat": brat.read,
    "inception": inception.read,
    "label-studio": label_studio.read,
    "refi-qda": refi.read,
    "offsets": standoff.read,
}
WHOLE = ("dna", "network")
"""Formats of the whole analysis, not of annotations."""
FORMATS = (*WRITERS, *WHOLE)
ABOUT = ("title", "outlet", "author", "date")


def write(
    analysis: Analysis, folder: Path | str, formats: Sequence[str] = FORMATS, *, tables: Sequence[str] = tuple(LAYERS)
) -> list[Path]:
    """Write an analysis for other programs, each format into a folder of its name; the files.

    `tables` are the layers of annotations. In networks, which are over all articles, actors are one across these
    (:func:`analysis.findings.united`). Raises :class:`KeyError` for a format that there is not.
    """
    unknown = sorted(set(formats) - set(FORMATS))
    if unknown:
        raise KeyError(f"'{unknown[0]}' is none of {', '.join(FORMATS)}")
    found = with_sources(analysis, tables) if set(formats) & set(WRITERS) else Annotated({})
    files = []
    joined = united(analysis)[0] if set(formats) & set(WHOLE) and len(analysis.articles) > 1 else analysis
    for name in formats:
        place = Path(folder) / name
        place.mkdir(parents=True, exist_ok=True)
        if name in WRITERS:
            files += WRITERS[name](found, place)
        elif name == "dna":
            files += dna.write(joined, place)
        else:
            files += networks.write_network(joined.stances, joined.actors, joined.articles, place)
    return files


def with_sources(analysis: Analysis, tables: Sequence[str]) -> Annotated:
    """The annotations of an analysis with its sentences, and what is known of each article."""
    about = analysis.articles.set_index("article_id")[list(ABOUT)].astype("string")
    told = {name: {key: value for key, value in row.items() if not pd.isna(value)} for name, row in about.iterrows()}
    passages = analysis.passages.groupby("article_id")[["start", "end"]]
    sentences = {name: [tuple(map(int, one)) for one in part.to_numpy()] for name, part in passages}
    return replace(annotated(analysis, tables=tables), about=told, sentences=sentences)


def read(path: Path | str, format: str) -> Annotated:
    """What stands in the files of another program. Raises :class:`analysis.codebook.CodebookError`."""
    if format not in READERS:
        raise CodebookError(path, None, f"'{format}' cannot be read back, only {', '.join(READERS)}")
    return READERS[format](Path(path))
