"""Office-holders: who held public office when and for which state and party, looked up by name and date.

The list (``codebook/office_holders.csv``, built by ``training/knowledge.py``) says of each person the state, the office
and the party as far as its sources do, and from when to when. A name is looked up by its last word: lines are read
when they are asked for, so that loading takes milliseconds. A researcher's own file has the same columns and is asked
first.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from pathlib import Path

from analysis.codebook import FIRST_ROW, CodebookError, alternatives, folder, read_csv
from analysis.knowledge.names import bare, given_names_agree

FILE = "office_holders.csv"
LEADERS = frozenset(
    ("president", "prime minister", "chancellor", "supreme leader", "leader", "king", "queen", "emir", "sultan")
)
"""Offices whose holders the press names by a single word."""

_LONG_LISTS = ("Phoenix", "Wikidata")
"""Sources that name many whom nobody calls by a surname alone."""


@dataclass(frozen=True)
class Holder:
    """A person's time in an office; dates are ISO 8601 and empty where they are open or not known."""

    name: str
    aliases: tuple[str, ...]
    state: str
    office: str
    party: str
    start: str
    end: str
    source: str
    note: str

    def held(self, date: str) -> bool:
        """Whether the date (ISO 8601) lies in the term."""
        return self.start[: len(date)] <= date and (not self.end or date <= self.end)


@dataclass(frozen=True, eq=False)
class Holders:
    """The list by the last words of names; `own` entries stand before those of the package."""

    own: tuple[Holder, ...] = ()

    def named(self, words: Sequence[str]) -> list[Holder]:
        """The terms of those who bear a name of several words, in lower case: "hassan", "rouhani".

        Given names may be shortened to initials, and further ones may stand between: "J. Biden", "Joseph R. Biden".
        """
        return [one for one in self._with_last(words[-1]) if any(_agree(words, form) for form in _forms(one))]

    def called(self, word: str, home: str | None, named: Container[str]) -> list[Holder]:
        """The terms of those who are called by this one word, a surname or a short name that the list gives.

        The well known leaders anywhere; else the well known of the state in which the article is at home; else a
        leader of a state that the article has `named`.
        """
        found = self._with_last(word)
        leading = [one for one in found if one.office in LEADERS or any(form == (word,) for form in _forms(one))]
        known = [one for one in leading if one.source not in _LONG_LISTS]
        at_home = [one for one in found if one.state == home and one.source not in _LONG_LISTS]
        at_home = at_home if len({one.party for one in at_home}) == 1 else []
        return known or at_home or [one for one in leading if one.state in named]

    def _with_last(self, word: str) -> list[Holder]:
        own = [one for one in self.own if any(form[-1] == word for form in _forms(one))]
        return own or [_holder(line) for line in _lines().get(word, ())]


def leaders_called(word: str) -> bool:
    """Whether the shipped list has a leader who is called by this one word, in lower case."""
    return bool(Holders().called(word, None, ()))


def _forms(one: Holder) -> list[tuple[str, ...]]:
    return [comparable(name) for name in (one.name, *one.aliases)]


def comparable(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared: "Kim Jong-un" -> kim, jong-un; "A.P.J. Kalam" -> apj, kalam."""
    return tuple(bare(name).casefold().replace(".", "").split())


def _agree(words: Sequence[str], form: Sequence[str]) -> bool:
    return len(form) > 1 and words[-1] == form[-1] and given_names_agree(words[0], form[0])


@cache
def _lines() -> Mapping[str, list[str]]:
    """Last word of a name or alias -> the lines that have it."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in (folder() / FILE).read_text(encoding="utf-8").splitlines()[1:]:
        name, aliases = line.split(",", 2)[:2]
        lasts = {one.rpartition(" ")[2] for one in (name, *aliases.split("|")) if one}
        for last in {one.lower() if one.isascii() else bare(one).casefold() for one in lasts}:
            found[last].append(line)
    return found


def is_given_name(word: str) -> bool:
    """Whether a word, in lower case, is the first name of at least three persons of the list."""
    return _first_words()[word] >= 3


@cache
def _first_words() -> Counter[str]:
    lines = {line for found in _lines().values() for line in found}
    return Counter(bare(line.partition(" ")[0]).casefold() for line in lines)


@cache
def _holder(line: str) -> Holder:
    name, aliases, *others = next(csv.reader([line]))
    return Holder(name, tuple(filter(None, aliases.split("|"))), *others)


def read_holders(path: Path) -> tuple[Holder, ...]:
    """A researcher's own file: the column `name`, and as many of the others as he likes.

    Raises :class:`analysis.codebook.CodebookError` naming the line that is wrong.
    """
    return _read(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> tuple[Holder, ...]:
    rows = read_csv(FILE, ("name",), path=path, documented=False)
    unknown = set(rows[0] if rows else ()) - {one.name for one in fields(Holder)}
    if unknown:
        raise CodebookError(path, 1, f"there is no column '{min(unknown)}' in a list of office-holders")
    for line, row in enumerate(rows, FIRST_ROW):
        for date in (row.get("start", ""), row.get("end", "")):
            if not _DATE.fullmatch(date):
                raise CodebookError(path, line, f"'{date}' is no date: write 2024, 2024-03 or 2024-03-01")
    blank = dict.fromkeys((one.name for one in fields(Holder)), "")
    return tuple(Holder(**blank | row | {"aliases": alternatives(row.get("aliases", ""))}) for row in rows)


_DATE = re.compile(r"(?:\d{4}(?:-\d\d){0,2})?")


def at(terms: Iterable[Holder], date: str | None) -> list[Holder]:
    """The terms that hold on a date, else those that ended before it, else all; without a date all."""
    terms = list(terms)
    if date is None:
        return terms
    return [one for one in terms if one.held(date)] or [one for one in terms if one.start <= date] or terms
