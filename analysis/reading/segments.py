"""Segmentation: what each line of a normalised article is, from its headline to the last note.

A line is a paragraph. Each gets one kind by the first of :data:`RULES` that names one; a body paragraph that
begins with a dateline is cut in two behind it. The wordings of bylines and boilerplate stand in
``codebook/segments.csv``; headlines are recognised by their form, since they share no words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from analysis import codebook
from analysis.reading.datelines import MACROS, PARAGRAPH, dateline_end

HEADLINE_WORDS = 30
SENTENCE_HEADLINE_WORDS = 16
"""A headline that is written like a sentence ("Obama works to unite Democrats.") is shorter than a lead."""
HEADLINES = 4
SIMILAR = 0.9
"""From this similarity of their words on (:mod:`difflib`), one headline repeats another."""
LONGEST_NOTE = 300
"""Bylines and boilerplate are shorter than this many characters."""

_END_MARKS = re.compile(r"[\"”’'»)\]\s]*$")
_LEAD = re.compile(
    r"\b(?:said|told|added|was|were|had|has been|have been|according to|yesterday|"
    r"(?<!super )(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_OUTLET = re.compile(r"\s+[-–—|]\s+[\w .'’&]{2,40}$")


@dataclass(frozen=True)
class Segment:
    """A piece of the article: its kind (``schema.SEGMENT_KINDS``) and its characters in ``article.text``.

    `repeats` is the id of the headline that a repeated headline says again, else None.
    """

    segment_id: int
    kind: str
    start: int
    end: int
    repeats: int | None = None


@dataclass(frozen=True)
class Place:
    """A line and where it stands: its number, all lines, the headlines and number of body lines above it.

    `title` is the headline where the file tells it apart from the text.
    """

    text: str
    number: int
    lines: tuple[tuple[int, str], ...]
    headlines: tuple[tuple[int, str], ...]
    bodies: int
    title: str | None = None

    @property
    def last(self) -> bool:
        return self.number == len(self.lines) - 1


@dataclass(frozen=True)
class Note:
    """The wording of a byline or of boilerplate, and where it may stand."""

    pattern: re.Pattern[str]
    kind: str
    place: str


PLACES: dict[str, Callable[[Place], bool]] = {
    "anywhere": lambda place: True,
    "top": lambda place: place.bodies < 2,
    "under": lambda place: place.bodies < 2 and bool(place.headlines),
    "below": lambda place: place.bodies > 0,
    "ends": lambda place: place.bodies < 2 or place.number >= len(place.lines) - 6,
    "end": lambda place: place.bodies > 0 and place.number >= len(place.lines) - 3,
}


def segment(text: str, *, title: str | None = None) -> tuple[Segment, ...]:
    """The segments of a normalised text: in order, without overlap, and covering all but white space.

    `title` is the headline, where the file tells it apart from the text.
    """
    lines = tuple((found.start(), found[0]) for found in re.finditer(r"\S(?:[^\n]*\S)?", text))
    segments: list[Segment] = []
    headlines: list[tuple[int, str]] = []
    bodies = 0
    for number, (start, line) in enumerate(lines):
        place = Place(line, number, lines, tuple(headlines), bodies, title)
        kind = next(kind for rule in RULES if (kind := rule(place)))
        dated = bodies > 2 or _is_turn(place) or any(before.kind == "dateline" for before in segments)
        for piece, first, end in _pieces(kind, line, dated=dated):
            repeats = repeated(place) if piece == "repeated headline" else None
            segments.append(Segment(len(segments) + 1, piece, start + first, start + end, repeats))
            bodies += piece == "body"
        if kind == "headline":
            headlines.append((len(segments), line))
    return tuple(segments)


def _pieces(kind: str, line: str, *, dated: bool) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end in the line of its pieces: a body line may begin with the dateline."""
    cut = dateline_end(line) if kind == "body" and not dated else 0
    if cut:
        yield "dateline", 0, cut
    rest = cut + len(line[cut:]) - len(line[cut:].lstrip())
    if rest < len(line):
        yield kind, rest, len(line)


@cache
def notes() -> tuple[Note, ...]:
    """The patterns of ``codebook/segments.csv``; raises :class:`codebook.CodebookError`."""
    rows = codebook.read_csv("segments.csv", ["pattern", "kind", "place"])
    return tuple(_read_note(row, line) for line, row in enumerate(rows, codebook.FIRST_ROW))


def _read_note(row: dict[str, str], line: int) -> Note:
    pattern = row["pattern"]
    for macro, meaning in MACROS.items():
        pattern = pattern.replace(macro, meaning)
    if row["kind"] not in ("byline", "boilerplate") or row["place"] not in PLACES:
        raise codebook.CodebookError("segments.csv", line, "an unknown kind or place")
    try:
        return Note(re.compile(pattern), row["kind"], row["place"])
    except re.error as error:
        raise codebook.CodebookError("segments.csv", line, f"not a regular expression: {error}") from error


def repeated(place: Place) -> int | None:
    """The id of the headline above that the line says again, in whatever case and with an outlet behind."""
    return next((number for number, headline in place.headlines if similar(place.text, headline)), None)


def similar(one: str, other: str) -> bool:
    """Whether two lines have the same words, or nearly so."""
    if max(len(one), len(other)) > LONGEST_NOTE:
        return False
    pairs = ((_key(a), _key(b)) for a in (one, _OUTLET.sub("", one)) for b in (other, _OUTLET.sub("", other)))
    return any(a == b or SequenceMatcher(None, a, b, autojunk=False).ratio() >= SIMILAR for a, b in pairs if a)


def _key(line: str) -> str:
    return " ".join(re.findall(r"\w+", line.casefold()))


def _repetition(place: Place) -> str | None:
    """The headline again, near the top: as on saved web pages and in the exports of press databases."""
    return "repeated headline" if place.bodies < 2 and repeated(place) else None


def _told(place: Place) -> str | None:
    """The line that the file itself marks as the headline, also where it looks like a sentence."""
    told = place.title and not place.bodies and _key(place.title) == _key(place.text)
    return "headline" if told and _key(place.text) else None


def _note(place: Place) -> str | None:
    """A byline, time stamp or piece of boilerplate by its wording."""
    if len(place.text) > LONGEST_NOTE:
        return None
    found = (note for note in notes() if PLACES[note.place](place) and note.pattern.fullmatch(place.text))
    return next((note.kind for note in found), None)


def _first_headline(place: Place) -> str | None:
    """The line above everything else: no full stop, or title case, or a short sentence above a longer one."""
    if place.bodies or place.headlines or not _may_be_headline(place):
        return None
    below = [line for _, line in place.lines[place.number + 1 : place.number + 4]]
    said_again = len(below) > 1 and similar(place.text, below[0])
    form = _is_open(place.text) or (below and (_is_title_case(place.text) or _is_short_sentence(place, below)))
    return "headline" if said_again or form else None


def _further_headline(place: Place) -> str | None:
    """A line below the headline and above the text: "Reputations at risk; / Window on Wall Street."."""
    if place.bodies or not 0 < len(place.headlines) < HEADLINES or place.last or not _may_be_headline(place):
        return None
    short = len(place.text.split()) <= SENTENCE_HEADLINE_WORDS
    continued = short and place.headlines[-1][1].endswith(";")
    titled = _is_title_case(place.text) and not _LEAD.search(place.text)
    return "headline" if continued or titled or _is_open(place.text) else None


def _body(place: Place) -> str:
    return "body"


RULES: tuple[Callable[[Place], str | None], ...] = (
    _repetition,
    _told,
    _note,
    _first_headline,
    _further_headline,
    _body,
)


def _may_be_headline(place: Place) -> bool:
    """Short, and neither a speaker's turn nor the lead behind a dateline; "EXCLUSIVE – Six Ask For Talks" may."""
    short = len(place.text.split(maxsplit=HEADLINE_WORDS)) <= HEADLINE_WORDS
    titled = not place.headlines and len(place.text) < PARAGRAPH and _is_title_case(place.text)
    return short and not _is_turn(place) and (titled or not dateline_end(place.text))


def _is_turn(place: Place) -> bool:
    """A speaker's turn in a transcript ("SHAPIRO: Welcome."): other lines begin so too."""
    turn = re.compile(r"\s*[A-Z][A-Z .'’-]*:\s")
    return bool(turn.match(place.text)) and sum(bool(turn.match(line)) for _, line in place.lines) > 2


ENOUGH = 200
"""Characters at the end of a line that show how it ends."""


def _is_open(text: str) -> bool:
    """No mark at the end that closes a sentence or announces one."""
    return _END_MARKS.sub("", text[-ENOUGH:])[-1:] not in tuple(".!?:,") or text.endswith("...")


def _is_title_case(text: str) -> bool:
    """The long words begin with capital letters: "Bernie Sanders: It Is Not a Radical Idea."."""
    long = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    titled = len(long) > 2 and sum(word[0].isupper() for word in long) >= 0.75 * len(long)
    return titled and text[-1] not in ":,"


def _is_short_sentence(place: Place, below: list[str]) -> bool:
    """One short sentence without the marks of a lead (past tense, weekday), above a longer paragraph."""
    one = not re.search(r"[^\W\d_]{4}[.?!][\"”’')]*\s+\S", place.text)
    short = len(place.text.split()) <= SENTENCE_HEADLINE_WORDS and len(place.text) < max(map(len, below))
    return one and short and place.text[-1] not in ":," and not _LEAD.search(place.text)
