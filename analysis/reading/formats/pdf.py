"""PDF: the lines of the pages by their places, and from them the paragraphs, without headers, footers and hyphens."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from analysis.reading.draft import Draft, lead
from analysis.reading.errors import Where, guarded

LARGEST_PAGES = 200
"""A document with more pages is a book or a whole newspaper."""
EDGE_LINES = 3
"""So many lines at the top and at the bottom of a page may be its header and footer."""
MARGIN, SMALL_TYPE = 0.07, 0.95
"""Smaller letters in this share of the page at its top and bottom are a header or footer too."""
GAP, SMALL, LARGE_TYPE = 1.3, 0.75, 1.15
"""A paragraph begins after a gap of so many line heights, after a line of less than this share of the usual length
that closes a sentence, or where letters become larger or smaller by this factor."""
NUMBERS = re.compile(
    r"\W*(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\W*|(?:https?://\S+)\s+\d+/\d+|\d+/\d+/\d+, \d+:\d\d [AP]M\b.*",
    re.I,
)
"""Page numbers, and what browsers print above and below a page."""
CLOSED = re.compile(r"[.!?:…][\"”’')\]]*\s*$")
SYLLABLE = 3
"""Letters of a word's part; shorter ones are syllables."""
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}


@dataclass(frozen=True)
class Line:
    """A line of a page: its words, where it begins (from the left, from the bottom), and how large its letters are.

    `edge` is true in the margin at the top and bottom of the page.
    """

    text: str
    page: int
    left: float
    height: float
    size: float
    edge: bool = False


def read_pdf(data: bytes, where: Where) -> Iterator[Draft]:
    """The article in the document; its headline is what is printed in the largest letters of the first page."""
    with guarded(where, "a PDF document"):
        lines = _body(_lines(data, where))
        title = _title(lines)
        paragraphs = _paragraphs(lines)
    if not any(character.isalpha() for paragraph in paragraphs for character in paragraph):
        problem = "this PDF holds pictures of pages and no text"
        raise where.error(problem, "run a text recognition over it (OCR, such as ocrmypdf) first", reason="empty")
    yield Draft(lead(title, "\n\n".join(paragraphs)), "PDF", part=where.part, title=title)


def _lines(data: bytes, where: Where) -> list[Line]:
    """All lines in the order in which the document gives them, which is that of its columns."""
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise where.error("this PDF is locked by a password", "open it, and save or print it without the password")
    if len(reader.pages) > LARGEST_PAGES:
        problem = f"this PDF has {len(reader.pages)} pages and one article has less than {LARGEST_PAGES}"
        raise where.error(problem, "save the pages of each article as a file of its own")
    return [line for number, page in enumerate(reader.pages) for line in _page(page, number)]


def _page(page, number: int) -> list[Line]:
    pieces: list[Line] = []

    def visit(text: str, matrix: Sequence[float], place: Sequence[float], _font: object, size: float) -> None:
        if text.strip():
            left = place[4] * matrix[0] + place[5] * matrix[2] + matrix[4]
            height = place[4] * matrix[1] + place[5] * matrix[3] + matrix[5]
            scale = abs(place[3] * matrix[3]) or 1.0
            pieces.append(Line(text, number, left, height, round(abs(size) * scale, 1) or 1.0))

    page.extract_text(visitor_text=visit)
    lines: list[Line] = []
    for piece in pieces:
        before = lines[-1] if lines else None
        if before and abs(before.height - piece.height) < 0.4 * max(before.size, piece.size):
            largest = max(before.size, piece.size)
            lines[-1] = Line(before.text + piece.text, number, before.left, before.height, largest)
        else:
            lines.append(piece)
    low, high = float(page.mediabox.bottom), float(page.mediabox.top)
    inner = (low + MARGIN * (high - low), high - MARGIN * (high - low))
    return [
        replace(one, text=_words(one.text), edge=not inner[0] < one.height < inner[1])
        for one in lines
        if one.text.strip()
    ]


def _words(text: str) -> str:
    return " ".join(re.sub("[ﬀ-ﬆ]", lambda found: LIGATURES[found[0]], text).split())


def _body(lines: list[Line]) -> list[Line]:
    """The lines without page numbers and without what stands at the edge of most pages."""
    edges: list[Line] = []
    for page in {line.page: None for line in lines}:
        heights = sorted({line.height for line in lines if line.page == page})
        outer = {*heights[:EDGE_LINES], *heights[-EDGE_LINES:]}
        edges += [line for line in lines if line.page == page and line.height in outer]
    pages = len({line.page for line in lines})
    counts = Counter(key for _, key in {(line.page, _repeated(line)) for line in edges})
    often = {key for key, count in counts.items() if pages > 1 and count > 1 and count >= pages / 2}
    dropped = {line for line in edges if _repeated(line) in often or NUMBERS.fullmatch(line.text)}
    usual = _usual_size(lines)
    return [line for line in lines if line not in dropped and not (line.edge and line.size < SMALL_TYPE * usual)]


def _usual_size(lines: list[Line]) -> float:
    """The size of the letters of most words."""
    return median(line.size for line in lines for _ in line.text.split()) if lines else 1.0


def _repeated(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "0", line.text), round(line.height)


def _title(lines: list[Line]) -> str | None:
    """The words in the largest letters of the first page, if these are larger than those of the text."""
    first = [line for line in lines if line.page == lines[0].page] if lines else []
    if not first:
        return None
    usual = _usual_size(lines)
    largest = max(line.size for line in first)
    title = " ".join(line.text for line in first if line.size == largest)
    return title if largest > LARGE_TYPE * usual and len(title.split()) <= 40 else None


def _paragraphs(lines: list[Line]) -> list[str]:
    """The lines joined to paragraphs."""
    if not lines:
        return []
    steps = sorted((a.height - b.height) / b.size for a, b in pairwise(lines) if a.page == b.page)
    steps = [step for step in steps if 0.8 < step < 5]
    step = steps[len(steps) // 5] if steps else 1.2
    lengths = sorted(len(line.text) for line in lines)
    usual, size = lengths[int(0.8 * len(lengths))], _usual_size(lines)
    words = {word.casefold() for line in lines for word in re.findall(r"[\w’'-]*\w", line.text)}
    paragraphs = [lines[0].text]
    for before, line in pairwise(lines):
        if _begins(before, line, step=step, usual=usual, size=size):
            paragraphs.append(line.text)
        else:
            paragraphs[-1] = _joined(paragraphs[-1], line.text, words)
    return paragraphs


def _begins(before: Line, line: Line, *, step: float, usual: int, size: float) -> bool:
    """Whether a paragraph begins with the line: a gap, an indent or other letters, or a short line above.

    At the top of a page or column the line above tells: most sentences that end there end a paragraph. In the large
    letters of a headline only a gap counts.
    """
    ratio = line.size / before.size
    if not 1 / LARGE_TYPE < ratio < LARGE_TYPE:
        return True
    down, closed = before.height - line.height, bool(CLOSED.search(before.text))
    if before.page != line.page or down <= 0 or down > 12 * step * line.size:
        return closed
    if down > GAP * step * line.size:
        return True
    indented = 0.8 * line.size < line.left - before.left < 6 * line.size
    return closed and line.size < LARGE_TYPE * size and (indented or len(before.text) < SMALL * usual)


def _joined(text: str, line: str, words: set[str]) -> str:
    """Two lines as one; a hyphen at the end of the first goes if it parts one word: "govern-ment", not "low-cost"."""
    found = re.search(r"([^\W\d_]+)[-\u00ad\u2010]$", text)
    following = re.match(r"[^\W\d_]+", line)
    if not found or not following:
        dashed = re.search(r"\w[-—]$", text) and line[:1].isalnum()
        return f"{text}{'' if dashed else ' '}{line}"
    whole = _is_whole(found[1].casefold(), following[0].casefold(), words, named=following[0][0].isupper())
    return f"{text[:-1] if whole else text}{line}"


def _is_whole(first: str, second: str, words: set[str], *, named: bool) -> bool:
    """Whether two parts are one word: as the document writes it elsewhere, else as the list of English words has it.

    Two words that are none together keep their hyphen, and so do names: "US-Iran". A syllable ("copyright-ed") is
    no word, although the list has it.
    """
    if first + second in words:
        return True
    if f"{first}-{second}" in words or named:
        return False
    from textblob.en import spelling

    if len(second) < SYLLABLE or (len(first) < SYLLABLE and first not in ("so", "ex")):
        return True
    return first + second in spelling or first not in spelling or second not in spelling
