"""ProQuest: exports as text, documents between lines of underscores or below "Document 1 of 2", with "Name: value"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from analysis.reading.draft import HEAD, Draft, known
from analysis.reading.errors import ArticleError, Where
from analysis.reading.offsets import join, trimmed
from analysis.schema.spans import Span

PROQUEST = re.compile(r"^(?:_{60,}|Document \d+ of \d+)[ \t\r]*$", re.M)
PROQUEST_FIELD = re.compile(
    r"^(?:Full text|Publication title|ProQuest document ID|Document URL|Publication info):", re.M | re.I
)

LINK = re.compile(r"\s*ProQuest document link\s*")
NAMES = (
    "Abstract|Author|Authors|Publication info|Links|Full text|Subject|Location|People|Company / organization|Title|"
    "Publication title|Pages|First page|Publication year|Publication date|Year|Section|Publisher|Place of publication|"
    "Country of publication|Publication subject|ISSN|Source type|Language of publication|Language|Document type|"
    "ProQuest document ID|Document URL|Copyright|Last updated|Database|Dateline|Credit|Identifier / keyword|"
    "Business indexing term|Volume|Issue|Edition|Number of pages|Classification|Document feature|Accession number|"
    "Alternate title|Publication frequency|Ethnic/heritage"
)
FIELD = re.compile(rf"^(?P<name>{NAMES})(?: \([\w ]+\))?:[ \t]*", re.M)
NO_TEXT = "this entry of the export has no full text"
EXPORT_AGAIN = "export it again with the full text, or leave it out"
COVER = re.compile(r"\s*(?:Table of contents|Bibliography|Citation style:|Contact us at:|Database copyright)", re.I)


def read_proquest(text: str, where: Where) -> Iterator[Draft | ArticleError]:
    """The documents of the export; offsets lead back to the file."""
    marks = list(PROQUEST.finditer(text))
    edges = [(a.end(), b.start()) for a, b in pairwise(marks)]
    edges = [(0, marks[0].start()), *edges, (marks[-1].end(), len(text))]
    number = 0
    for start, end in edges:
        if not FIELD.search(text, start, end) or COVER.match(text, start, end):
            continue
        number += 1
        yield _document(text, start, end, where.inside(f"document {number}"))


def _document(text: str, start: int, end: int, where: Where) -> Draft | ArticleError:
    """The first line is the title; a value reaches to the next field, that of "Full text" over paragraphs."""
    found = [match for match in FIELD.finditer(text, start, end) if _at_line(text, match.start())]
    body = next((n for n, match in enumerate(found) if match["name"] == "Full text"), None)
    values = [
        (match["name"], trimmed(text, match.end(), found[n + 1].start() if n + 1 < len(found) else end))
        for n, match in enumerate(found)
    ]
    fields = [(name, _value(text[slice(*span)])) for name, span in values if name != "Full text"]
    known_fields = _about({**known(fields), **_title(text, start, found)})
    if body is None or not text[slice(*values[body][1])].strip():
        return where.error(NO_TEXT, EXPORT_AGAIN, reason="empty")
    headline = _first_line(text, start, found)
    span = values[body][1]
    repeated = headline and " ".join(text[slice(*headline)].split()) in " ".join(text[slice(*span)].split())[:400]
    content, origin = join(text, [span] if repeated or not headline else [headline, span])
    return Draft(content, "ProQuest", part=where.part, origin=origin, fields=tuple(fields), **known_fields)


def _value(text: str) -> str:
    return " ".join(LINK.sub(" ", text).split())


def _about(found: dict[str, str]) -> dict[str, str]:
    """Authors as they are spoken ("Kessel, Bram": Bram Kessel), the publication without its place ("News; Corran")."""
    author, outlet = found.get("author"), found.get("outlet")
    if author:
        names = [_spoken(one.strip().rstrip(".")) for one in author.split(";") if one.strip()]
        if len(names) == 2 and all(len(one.split()) == 1 for one in names):
            names = [f"{names[1]} {names[0]}"]
        found = found | {"author": "; ".join(names)}
    return found | {"outlet": outlet.partition(";")[0].strip()} if outlet else found


def _spoken(name: str) -> str:
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() and "," not in first else name


def _at_line(text: str, place: int) -> bool:
    return place == 0 or text[place - 1] == "\n"


def _first_line(text: str, start: int, found: list[re.Match[str]]) -> Span | None:
    """The span of the title: the first line, if it is no field."""
    first, last = trimmed(text, start, found[0].start() if found else start)
    if link := LINK.match(text, first, last):
        first, last = trimmed(text, link.end(), last)
    line = text.find("\n", first, last)
    span = trimmed(text, first, line if line >= 0 else last)
    return span if span[0] < span[1] else None


def _title(text: str, start: int, found: list[re.Match[str]]) -> dict[str, str]:
    span = _first_line(text, start, found)
    return {"title": " ".join(text[slice(*span)].split())} if span else {}


def is_proquest(text: str) -> bool:
    """Whether a text is an export of ProQuest: entries between lines of underscores, and the names of its fields."""
    return PROQUEST.search(text[:HEAD]) is not None and PROQUEST_FIELD.search(text) is not None
