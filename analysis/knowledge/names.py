"""Forms of names: how they are made comparable, and an index from forms to the entries that bear them.

A form that two entries share belongs to the one that does not list it as `ambiguous` ("Congo"); if both do,
it belongs to neither ("Korea"). Short forms with two capitals are compared exactly, so that "us", "who" and
"is" are never US, WHO and IS. Other names may stand in any case that has a capital: "IRAN" in a headline is
Iran, "turkey" is a bird.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol, TypeVar

from analysis.codebook import FIRST_ROW, CodebookError, alternatives, read_csv

SHORT = 5
"""Names of at most so many letters, two of them capitals, are compared exactly: "UN", "U.S.", "DoD"."""


class Named(Protocol):
    """An entry with a name, and those of its forms that often mean something else."""

    @property
    def name(self) -> str: ...

    @property
    def ambiguous(self) -> tuple[str, ...]: ...


Entry = TypeVar("Entry", bound=Named)


@lru_cache(maxsize=100_000)
def bare(name: str) -> str:
    """A name without diacritics, quotation marks, leading "the" and possessive ending, spaces made single."""
    letters = unicodedata.normalize("NFKD", name.replace("’", "'"))
    plain = " ".join("".join(c for c in letters if not unicodedata.combining(c)).split()).strip("\"“”'")
    return re.sub(r"^the (?=\S)|'s$", "", plain, flags=re.IGNORECASE)


def key(name: str) -> str:
    """The form under which a name stands in an index."""
    plain = bare(name)
    letters = [c for c in plain if c.isalpha()]
    exact = len(letters) <= SHORT and sum(map(str.isupper, letters)) > 1 and " " not in plain
    return plain if exact else plain.casefold()


def look_up(name: str, index: Mapping[str, Entry]) -> Entry | None:
    """The entry that bears this name, None if there is none or the name has no capital."""
    plain = bare(name)
    if not any(map(str.isupper, plain)):
        return None
    return index.get(plain) or index.get(plain.casefold())


def given_names_agree(one: str, other: str) -> bool:
    """Whether two given names, in lower case, may be one person's: equal, an initial, or a short form: "Bill"."""
    if one == other or (min(len(one), len(other)) == 1 and one[0] == other[0]):
        return True
    return other in _short_forms().get(one, ()) or one in _short_forms().get(other, ())


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    rows = read_csv("nicknames.csv", ("name", "short"))
    return {row["name"].casefold(): frozenset(one.casefold() for one in alternatives(row["short"])) for row in rows}


def is_ambiguous(name: str, entry: Named) -> bool:
    """Whether this name of the entry often means something else: "Georgia", "Washington", "the Times"."""
    return key(name) in map(key, entry.ambiguous)


def index_of(
    entries: Iterable[Entry], forms: Callable[[Entry], Iterable[str]], *, file: str | Path
) -> dict[str, Entry]:
    """Key of every form -> its entry.

    Raises :class:`CodebookError`, naming `file` and line, for a form that two entries claim and neither
    lists as ambiguous, and for one without a capital, which would never be found.
    """
    holders: dict[str, dict[str, tuple[int, Entry]]] = {}
    for line, entry in enumerate(entries, FIRST_ROW):
        for form in forms(entry):
            if not any(map(str.isupper, bare(form))):
                raise CodebookError(file, line, f"'{form}' has no capital")
            holders.setdefault(key(form), {})[entry.name] = (line, entry)
    owners = {form: _owner(form, held, file) for form, held in holders.items()}
    return {form: entry for form, entry in owners.items() if entry}


def _owner(form: str, held: Mapping[str, tuple[int, Entry]], file: str | Path) -> Entry | None:
    if len(held) == 1:
        return next(iter(held.values()))[1]
    firm = [(line, entry) for line, entry in held.values() if form not in map(key, entry.ambiguous)]
    if len(firm) > 1:
        claims = " and ".join(entry.name for _, entry in firm)
        raise CodebookError(file, firm[-1][0], f"'{form}' belongs to {claims}; mark it as ambiguous")
    return firm[0][1] if firm else None
