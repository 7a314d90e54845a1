"""Quoted stretches of a paragraph, tolerant of what newsrooms and converters do to quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.schema.spans import Span

_OPENING, _CLOSING = "“„«‟", "”»"
_DOUBLE = re.compile(r"[“”„«»‟\"]|``|''")
_CURLY = re.compile(r"[“”]")
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=[\w$])(?:[^‘'’\"“”\n]|(?<=\w)['’](?=\w)){2,}(?<=[\w.,!?…])[’'](?![\w’'])")


@dataclass(frozen=True)
class Quote:
    """A quoted stretch: the marks included in `start` and `end`; `closed` unless the paragraph ends first."""

    start: int
    end: int
    closed: bool
    double: bool = True

    @property
    def span(self) -> Span:
        return self.start, self.end


def find_quotes(text: str, start: int, end: int) -> list[Quote]:
    """The outermost quoted stretches of the paragraph ``text[start:end]``, in order.

    Straight, typographic, doubled (`` ``...'' ``) and angle marks count, also when they are mixed. A closing
    mark that nothing opened is stray and ignored; a mark that nothing closes holds to the end of the paragraph
    (the convention for a quotation that goes on in the next one). Single marks count outside double ones.
    """
    quotes = _double_quotes(text, start, end)
    for match in _SINGLE.finditer(text, start, end):
        if not any(quote.start < match.end() and match.start() < quote.end for quote in quotes):
            quotes.append(Quote(match.start(), match.end(), closed=True, double=False))
    return sorted(quotes, key=lambda quote: quote.start)


def _double_quotes(text: str, start: int, end: int) -> list[Quote]:
    quotes: list[Quote] = []
    opened: re.Match[str] | None = None
    for match in _DOUBLE.finditer(text, start, end):
        if opened is None:
            opened = match if _opens(text, match, start) else None
        elif _closes(text, opened, match, end):
            quotes.append(Quote(opened.start(), match.end(), closed=True))
            opened = None
    if opened is not None:
        quotes.append(Quote(opened.start(), end, closed=False))
    return [quote for quote in quotes if any(map(str.isalnum, text[quote.start : quote.end]))]


def _opens(text: str, mark: re.Match[str], start: int) -> bool:
    """Whether a mark outside quotations opens one: its shape decides, for straight marks its neighbours."""
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    if mark.group()[0] in _OPENING or mark.group() == "``":
        return True
    if mark.group()[0] in _CLOSING:  # the wrong mark, but nothing stands before it that it could close
        return mark.start() == start and after.isalnum()
    glued_left = mark.start() > start and not before.isspace() and before not in "(—–-[:"
    return not glued_left or after.isalnum()


def _closes(text: str, opened: re.Match[str], mark: re.Match[str], end: int) -> bool:
    """Whether a mark inside a quotation ends it; a straight mark before a closing curly one is a quote within."""
    if mark.group()[0] in _OPENING or mark.group() == "``":
        return False
    if opened.group()[0] not in _OPENING or mark.group() != '"':
        return True
    following = _CURLY.search(text, mark.end(), end)
    return following is None or following.group() == "“"
