"""Datelines, and the forms of names, agencies, dates and times that bylines are made of."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from analysis import codebook

DATELINE_REACH = 160
"""A dateline ends within this many characters."""
PARAGRAPH = 100
"""A line of this many characters is a paragraph and no headline."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_UPPER = "A-ZÀ-ÖØ-Þ"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_DATE = (
    rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?:,? \d{{4}})?"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
)
_TIME = r"(?:T?\d{1,2}[:.]\d\d(?:[:.]\d\d)?Z?|\d{1,2} ?[ap]\.?m\b)"
_FILLER = r"(?:[ap]\.?m\b\.?|at\b|on\b|updated\b|(?:[ecmp][sd]?t|[bi]st|ces?t|gmt|utc)\b|[\s,|·•()/@–—+:-])"
_AGENCY = (
    r"(?:AP|Reuters|AFP|CNN|UPI|IRNA|TASS|Xinhua|Bloomberg|BBC|ANI|PTI|IANS|Anadolu|Tasnim|MNA|Pajhwok|KUNA|WAM|"
    r"(?:The )?Associated Press|Agence France-Presse|Press TV|Al Jazeera|Thomson Reuters Foundation|RFE/RL)"
)
_TOKEN = rf"[{_UPPER}][\w.'’-]*"
_NAME = rf"{_TOKEN}(?: (?:(?:al|bin|bint|de|del|der|van|von|da|di|la|le|el|ibn) )*{_TOKEN}){{1,3}}"
_NO_POST = (
    r"(?!(?:The|Staff|Special|Senior|Chief|National|Foreign|Political|News|Deputy|Associate|Associated|Agence|"
    r"White|Contributing|Executive|Managing|Opinion|Bureau|Diplomatic|Defen[cs]e|International)\b)"
)
"""What follows a name as its post or agency and is no second name: By JANE DOE, Staff Writer."""
MACROS = {
    "{names}": rf"{_NAME}(?:(?:, | and |, and | & ){_NO_POST}{_NAME})*",
    "{agency}": _AGENCY,
    "{stamp}": rf"(?i:(?:{_DAY}|{_FILLER})*+(?:{_DATE}|{_TIME})(?:{_DAY}|{_DATE}|{_TIME}|{_FILLER})*+)\.?",
}
"""What stands for a name, a news agency and a date or time in the patterns of ``segments.csv``."""

_CAPITALS = rf"[{_UPPER}][{_UPPER}.'’]+(?:[ /-][{_UPPER}][{_UPPER}.'’]*+){{0,3}}"
_REGION = rf"(?:, {_TOKEN}(?: {_TOKEN}){{0,2}})"
_WHEN = rf"(?:,? (?i:(?:{_DAY},? )?{_DATE}|{_DAY}))"
_DASH = r"(?:\s*(?:[–—―]|--+|[|])|\s+-)"
_TOWN = rf"{_TOKEN}(?: {_TOKEN}){{0,2}}"
_BEFORE_TEXT = rf"(?=\s*(?:$|[\"“‘'\[(]?[{_UPPER}0-9]))"
DATELINES = tuple(
    re.compile(pattern + _BEFORE_TEXT)
    for pattern in (
        # KABUL, Afghanistan, Feb. 4 (AP) —   TEHRAN -   BEIRUT |
        rf"{_CAPITALS}{_REGION}{{0,2}}{_WHEN}?(?:,? \([^()]{{2,40}}\))?{_DASH}",
        # Tehran, Feb 4, IRNA –   KABUL (Pajhwok):   MOSCOW, February 4. /TASS/.
        rf"{_TOWN}{_REGION}?{_WHEN}?(?:, {_AGENCY}|[,.]? [(/]{_AGENCY}[)/])(?:{_DASH}|[:.](?=\s))",
        # Kabul, Feb 4 –
        rf"{_TOWN}{_REGION}?, (?i:{_DATE}){_DASH}",
        # (CNN) --   Washington (CNN)
        rf"(?:{_TOKEN}(?: {_TOKEN})?{_REGION}?{_WHEN}? )?\({_AGENCY}\)(?:{_DASH}|:)?",
    )
)
_PLACE_ALONE = re.compile(rf"{_CAPITALS}(?:{_REGION}{{0,2}}{_WHEN}|{_REGION})(?: \({_AGENCY}\))?")
_BARE = re.compile(rf"({_TOWN})(?:{_DASH}|(:)(?=\s))" + _BEFORE_TEXT)
_DAY_FIRST = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTH}),? (?P<year>\d{{4}})", re.I)
_MONTH_FIRST = re.compile(rf"\b(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})", re.I)
_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)")


def dateline_end(line: str) -> int:
    """Where the dateline that the line begins with ends, behind its dash; 0 if there is none.

    A place with neither date nor agency counts in capitals before a dash ("TEHRAN - "), before a colon in
    front of a paragraph, and in small letters if it is a capital city ("Tehran - Iran has ...").
    """
    start = line[:DATELINE_REACH]
    found = next((match for rule in DATELINES if (match := rule.match(start))), None)
    found = found or _PLACE_ALONE.fullmatch(start) or _bare_place(line)
    return found.end() if found else 0


def _bare_place(line: str) -> re.Match[str] | None:
    found = _BARE.match(line[:DATELINE_REACH])
    if found is None or found[1].title() in _capital_cities():
        return found
    paragraph = found[1].isupper() and len(found[1]) > 2 and len(line) > PARAGRAPH
    return found if found[2] and paragraph else None


@cache
def _capital_cities() -> frozenset[str]:
    rows = codebook.read_csv("states.csv", ["name", "capital"])
    return frozenset(city for row in rows for city in codebook.alternatives(row["capital"]))


def iso_date(text: str) -> str | None:
    """The first complete date in the text, as 2018-02-04; None where day and month could be exchanged."""
    found = next((match for form in (_ISO, _MONTH_FIRST, _DAY_FIRST) if (match := form.search(text))), None)
    if found is None:
        return None
    month = found["month"]
    number = int(month) if month.isdecimal() else MONTHS.index(month[:3].lower()) + 1
    try:
        return date(int(found["year"]), number, int(found["day"])).isoformat()
    except ValueError:
        return None
