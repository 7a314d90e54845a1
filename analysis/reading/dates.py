"""Dates: from the many ways in which exports write them to one, 2018-02-04."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from analysis.reading.datelines import iso_date

COMPACT = re.compile(r"\s*((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:T?\d{4,6}Z?)?\s*")
NUMERIC = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)\b.*", re.S)
FOREIGN = re.compile(
    r"(?<!\w)\d{1,2}(?:er|[.º])?\s+(?:de\s+)?[^\W\d_]{3,12}\.?,?\s+(?:del?\s+)?(?:19|20)\d\d(?!\w)"
    r"|(?:19|20)\d\d年\d{1,2}月\d{1,2}日"
)
"""A date in words of another language: "7. Juni 2022", "22 mai 2018", "3 de marzo de 2021", "2022年6月7日"."""
LANGUAGES = ("de", "fr", "es", "nl", "it", "pt", "zh")
LONGEST = 80


@lru_cache(maxsize=4096)
def iso(text: str | None) -> str | None:
    """The date as 2018-02-04; None where it is incomplete, or day and month could be exchanged (04/02/2018).

    With points the day comes first (04.02.2018), as wherever dates are written so.
    """
    if not text or len(text) > LONGEST:
        return None
    if found := COMPACT.fullmatch(text):
        return _valid(*map(int, found.groups()))
    if found := iso_date(text):
        return found
    if found := NUMERIC.fullmatch(text):
        one, other, year = (int(found[n]) for n in (1, 3, 4))
        pairs = {(one, other), (other, one)} if one != other and found[2] != "." else {(other, one)}
        dates = [day for pair in pairs if (day := _valid(year, *pair))]
        return dates[0] if len(dates) == 1 else None
    if not re.search(r"\d{4}", text):
        return None
    found = FOREIGN.search(text)
    return _free(text, ("en",)) or (_free(found[0], LANGUAGES) if found else None)


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _free(text: str, languages: tuple[str, ...]) -> str | None:
    """The date in a free form ("Sunday, the 4th of February 2018"), read by dateparser; never a relative one."""
    import dateparser

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    try:
        found = dateparser.parse(text, languages=list(languages), settings=settings)
    except (ValueError, OverflowError, TypeError, RecursionError):
        return None
    return found.date().isoformat() if found else None
