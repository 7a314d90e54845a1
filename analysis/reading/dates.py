"""Dates: from the many ways in which exports write them to one, 2018-02-04."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from analysis.reading.datelines import iso_date

COMPACT = re.compile(r"\s*((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:T?\d{4,6}Z?)?\s*")
NUMERIC = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)\b.*", re.S)
LONGEST = 80


@lru_cache(maxsize=4096)
def iso(text: str | None) -> str | None:
    """The date as 2018-02-04; None where it is incomplete, or day and month could be exchanged (04/02/2018)."""
    if not text or len(text) > LONGEST:
        return None
    if found := COMPACT.fullmatch(text):
        return _valid(*map(int, found.groups()))
    if found := iso_date(text):
        return found
    if found := NUMERIC.fullmatch(text):
        one, other, year = map(int, found.groups())
        pairs = {(one, other), (other, one)} if one != other else {(one, other)}
        dates = [day for pair in pairs if (day := _valid(year, *pair))]
        return dates[0] if len(dates) == 1 else None
    return _free(text) if re.search(r"\d{4}", text) else None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _free(text: str) -> str | None:
    """The date in a free form ("Sunday, the 4th of February 2018"), read by dateparser; never a relative one."""
    import dateparser

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    try:
        found = dateparser.parse(text, languages=["en"], settings=settings)
    except (ValueError, OverflowError, TypeError, RecursionError):
        return None
    return found.date().isoformat() if found else None
