"""How often the rows of a model agreed with coders, by its probability: the counts of ``codebook/bands.csv``."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import pairwise

from analysis import codebook
from analysis.codebook.measured import BANDS, BANDS_FILE

EDGES = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
HEADER = (*BANDS, "source", "note")
Row = tuple[object, ...]


def bands(measure: str, label: str, rows: Iterable[tuple[bool, float]], source: str) -> Iterator[Row]:
    """The rows of the file for one label, of which it is known whether coders agreed, and the probability."""
    known = list(rows)
    for low, high in pairwise(EDGES):
        here = [agreed for agreed, chance in known if low <= chance < high]
        if here:
            yield measure, label, low, high, sum(here), len(here), source, ""


def write_bands(rows: Iterable[Row]) -> None:
    """Put rows into the file, in the place of those of the same measures."""
    new = list(rows)
    measures = {row[0] for row in new}
    old = [tuple(row[name] for name in HEADER) for row in codebook.read_csv(BANDS_FILE, BANDS)]
    kept = [row for row in old if row[0] not in measures]
    with (codebook.folder() / BANDS_FILE).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADER, *kept, *new])
