"""Normalising: one kind of line end and space, nothing invisible, no mojibake; and the way back to the file."""

from __future__ import annotations

import re
import unicodedata

from analysis.reading.offsets import OffsetMap, rewrite

INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Soft hyphens, zero-width characters, byte order marks and direction marks."""
MOJIBAKE = re.compile(r"[\u00c2-\u00f4][^\x00-\x7f]+")
"""UTF-8 that was read in a Western encoding: "â€œ", "Ã©"; ftfy decides whether it is."""
CHANGED = re.compile(
    rf"(?P<line>\r\n?|[\v\f\u2028\u2029])|(?P<none>[{INVISIBLE}])|(?P<windows>[\x80-\x9f])"
    r"|(?P<half>[\ud800-\udfff])|[^\S\n ]|[\x00-\x09\x0e-\x1f\x7f]"
)
BEYOND_ASCII = re.compile(r".?[^\x00-\x7f]+", re.S)
WRAP_WIDTHS = range(50, 101)
LIST_ITEM = re.compile(r"\s|[-–—*•·>]|\d+[.)]|[A-Z][A-Z .'’-]+:\s")


def normalise(text: str) -> str:
    """One kind of line end and space, nothing invisible, characters composed (NFC, which keeps typography)."""
    return normalised(text)[0]


def normalised(text: str) -> tuple[str, tuple[OffsetMap, ...]]:
    """The text as :func:`normalise` gives it, and the maps back to the text as it was.

    As long as the text itself unless that has carriage returns, invisible characters, combining marks or
    mojibake. Typographic marks stay as they are: the rules for quotations know all of them.
    """
    text, composed = _composed(text)
    text, repaired = rewrite(text, MOJIBAKE, _repaired)
    text, changed = rewrite(text, CHANGED, _plain)
    text, again = _composed(text)
    return text, tuple(one for one in (composed, repaired, changed, again) if one.changes)


def _composed(text: str) -> tuple[str, OffsetMap]:
    """Letters and their marks as one character each; what stood between them may have kept them apart."""
    if unicodedata.is_normalized("NFC", text):
        return text, OffsetMap()
    return rewrite(text, BEYOND_ASCII, lambda found: unicodedata.normalize("NFC", found[0]))


def _repaired(found: re.Match[str]) -> str:
    from ftfy import fix_encoding

    return fix_encoding(found[0])


def _plain(found: re.Match[str]) -> str:
    """What one character or line end becomes; \\x93 and its like are the marks of Windows ("“")."""
    match found.lastgroup:
        case "line":
            return "\n"
        case "none":
            return ""
        case "half":
            return "\ufffd"
        case "windows":
            return bytes([ord(found[0])]).decode("cp1252", "ignore") or " "
    return " "


def unwrap(text: str) -> str:
    """Join the lines of paragraphs that were broken at a fixed width, each break becoming one space.

    A break is one of width if the next word would not have fitted on the line. Nothing is joined unless that
    holds for nearly all breaks inside paragraphs: not in poems, lists or one paragraph a line.
    """
    lines = text.split("\n")
    width = max(len(line.rstrip()) for line in lines)
    if width not in WRAP_WIDTHS or "" not in map(str.strip, lines):
        return text
    inner = [n for n in range(len(lines) - 1) if lines[n].strip() and lines[n + 1].strip()]
    broken = {n for n in inner if _is_full(lines[n], lines[n + 1], width)}
    if len(broken) < max(2, 0.8 * len(inner)):
        return text
    return "".join(line + (" " if n in broken else "\n") for n, line in enumerate(lines))[:-1]


def _is_full(line: str, following: str, width: int) -> bool:
    fits = len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0]) <= width - 1
    return not fits and not LIST_ITEM.match(following)
