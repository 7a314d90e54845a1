"""Interfaces: the labels that databases and tables show in other languages around articles in English.

The labels stand in the codebook (``interfaces.csv``: German, French, Spanish, Dutch, Chinese). An export in another
interface is read as its English one: every label is put back into English first, line by line; no word of an article is
touched.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from analysis import codebook

FEWEST_LABELS = 3
"""So many different labels of one language tell that the interface speaks it."""
_NUMBER = r"\d[\d.,]{0,12}"


@cache
def _labels() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Use -> language -> label in small letters -> what it means."""
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for row in codebook.read_csv("interfaces.csv", ["language", "label", "means", "use"]):
        found[row["use"]][row["language"]][row["label"].casefold()] = row["means"]
    return found


@cache
def _any(use: str, language: str | None = None) -> str:
    """A pattern of all labels of a use, the longest first."""
    spoken = _labels()[use]
    labels = {label for name, some in spoken.items() if language in (None, name) for label in some}
    return "|".join(map(re.escape, sorted(labels, key=len, reverse=True))) or r"(?!)"


@cache
def _patterns(language: str) -> re.Pattern[str]:
    """What a line of an interface in this language may be, one named group each."""
    use = {name: _any(name, language) for name in ("field", "line", "unit", "document", "of")}
    return re.compile(
        rf"^(?P<lead>[ \t]*+)(?:(?P<field>{use['field']})[ \t\xa0]*[:：]|(?P<line>{use['line']})[ \t\r]*$"
        rf"|(?P<count>{_NUMBER})[ \xa0]?(?P<unit>{use['unit']})[ \t\r]*$"
        rf"|(?:{use['document']}) (?P<number>\d+) (?:{use['of']}) (?P<total>\d+)[ \t\r]*$"
        rf"|(?:AN[ \t|]+)?(?:{use['document']}) (?P<accession>[A-Za-z]\w{{14,}})[ \t|\r]*$)",
        re.I | re.M,
    )


def in_english(text: str, *, fewest: int = FEWEST_LABELS) -> str:
    """The text of an export with the labels of its interface in English; the text itself if it shows fewer."""
    best: tuple[int, str] = (fewest - 1, "")
    for language in sorted(_labels()["field"]):
        seen = {_kind(found) for found in _patterns(language).finditer(text)}
        best = max(best, (len(seen), language))
    return _put_back(text, best[1]) if best[1] else text


def _kind(found: re.Match[str]) -> str:
    named = found["field"] or found["line"]
    return named.casefold() if named else found.lastgroup or ""


def _put_back(text: str, language: str) -> str:
    labels = {**_labels()["field"][language], **_labels()["line"][language]}

    def english(found: re.Match[str]) -> str:
        if found["field"]:
            return f"{found['lead']}{labels[found['field'].casefold()]}:"
        if found["line"]:
            return found["lead"] + labels[found["line"].casefold()]
        if found["unit"]:
            return f"{found['lead']}{found['count'].strip()} words"
        if found["accession"]:
            return f"{found['lead']}Document {found['accession']}"
        return f"{found['lead']}Document {found['number']} of {found['total']}"

    return _patterns(language).sub(english, text)


@cache
def _columns() -> Mapping[str, str]:
    """The name of a column in small letters, in whatever language -> what it is."""
    return {label: means for some in _labels()["column"].values() for label, means in some.items()}


def column(name: str) -> str | None:
    """What a column of this name holds ("Titel": title), None if no language names one so."""
    return _columns().get(" ".join(re.sub(r"[\W_]+", " ", name).split()).casefold())


def without_by(author: str) -> str:
    """An author without the word before the name: "By Jane Doe", "Von Ines Malloy"."""
    return re.sub(rf"^(?:(?:by|{_any('by')}):?\s+)+", "", author, flags=re.I)


def is_byline(line: str) -> bool:
    """Whether a line names an author: "By Jane Doe", "Par Enid Fairweather"."""
    return re.match(rf"(?:by|author|{_any('by')})[:\s]", line, re.I) is not None


@cache
def header_of(language: str | None = None) -> re.Pattern[str]:
    """ "812 words", "71 mots, p. A8": where the count of words stands in a line, in whatever language."""
    return re.compile(rf"(?<![\w.,])\d[\d.,]{{0,12}}\s?(?:words|{_any('unit', language)})(?!\w)", re.I)
