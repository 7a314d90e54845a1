"""Parts of a federal state that tell its politicians apart: "the Vermont senator", "Rep. Jane Doe (R-Tex.)"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.codebook import read_entries


@dataclass(frozen=True)
class Region:
    """A part of a federal state; `abbreviations` are compared exactly, `people` is what its people are called."""

    name: str
    abbreviations: tuple[str, ...]
    people: tuple[str, ...]
    state: str
    source: str
    note: str


@cache
def regions(path: Path | None = None) -> tuple[Region, ...]:
    """All regions, or those of an own file."""
    return read_entries(Region, "regions.csv", path=path)


def region_in(words: Sequence[str], *, path: Path | None = None) -> str | None:
    """The first region named in the words: "New York", "Calif.", "Tex" and "." as two words; None if none is.

    An abbreviation needs its stop, so that "Miss" and "La" are no states.
    """
    names = _names(path)
    for k, word in enumerate(words):
        if word[:1].isupper():
            stopped = f"{word}." if words[k + 1 : k + 2] == ["."] else word
            found = names.get(" ".join(words[k : k + 2])) or names.get(stopped)
            if found is not None:
                return found
    return None


@cache
def _names(path: Path | None) -> dict[str, str]:
    return {
        form: region.name for region in regions(path) for form in (region.name, *region.abbreviations, *region.people)
    }
