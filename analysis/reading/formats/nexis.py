"""Nexis: the exports of Nexis Uni (DOCX, RTF), and the older plain text ("1 of 10 DOCUMENTS")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analysis.reading.dates import iso
from analysis.reading.draft import HEAD, Draft, known, lead
from analysis.reading.errors import ArticleError, Where
from analysis.reading.formats.word import PAGE, Paragraph
from analysis.reading.offsets import OffsetMap, join, trimmed
from analysis.schema.spans import Span

OLD_START = re.compile(r"^[ \t]*\d+ of \d+ DOCUMENTS?[ \t\r]*$", re.M)
NEXIS_END = re.compile(r"^[ \t]*End of Document[ \t\r]*$", re.M)
NEXIS_FIELD = re.compile(r"^[ \t]*(?:Length|Load-Date|Section|Byline):", re.M)

END = re.compile(r"\s*End of Document\s*")
FIELD = re.compile(r"\s*(Section|Length|Byline|Dateline|Highlight|Series|Edition|Correction-Date)\s*:\s*(.*)", re.S)
AFTER = re.compile(
    r"\s*(?:(?:Graphic|Classification|Notes|Correction|Load-Date)\s*$|(?:Load-Date|Language|Publication-Type)\s*:\s*\S)"
)
"""What stands below the text of an article."""
TRAILER = re.compile(r"\s*([A-Z][\w-]*(?: [\w-]+){0,2})\s*:\s*(.+)", re.S)
COVER = re.compile(
    r"\s*(?:User Name|Date and Time|Job Number|Documents? \(\d+\)|Client/Matter|Search Terms|Search Type|"
    r"Content Type|Narrowed by|Time of Request)\b"
)
LISTED = re.compile(r"\s*\d+\.\s+(\S.*)", re.S)
NO_TEXT = "this entry of the export has no text"
NOT_SHOWN = re.compile(
    r"(?i)\b(?:document|article)\b.{0,80}\b(?:unable to (?:show|display)|cannot be (?:shown|displayed)|has an error)"
)
"""What the database says in place of a document that it does not show."""
EXPORT_AGAIN = "export it again as full document"

OLD_FIELD = re.compile(r"([A-Z][A-Z-]{2,20}(?: [A-Z-]+)?):[ \t]*(.*)", re.S)
OLD_HEADER = frozenset({"BYLINE", "SECTION", "LENGTH", "DATELINE", "HIGHLIGHT", "SERIES", "SOURCE", "TYPE", "EDITION"})
OLD_LAST = re.compile(r"^(?:PUBLICATION-TYPE|LANGUAGE|LOAD-DATE):", re.M)
INNER = re.compile(r"\s+(?=(?:Highlight|HIGHLIGHT|Length|LENGTH|Section|SECTION|Dateline|DATELINE|Body):\s)")
"""Where a field begins inside the value of another one: "BYLINE: Sara Kent Highlight: ..."."""
OLD_TRAILER = frozenset(
    {
        *("LOAD-DATE", "LANGUAGE", "PUBLICATION-TYPE", "GRAPHIC", "JOURNAL-CODE", "SUBJECT", "COMPANY", "ORGANIZATION"),
        *("PERSON", "COUNTRY", "STATE", "CITY", "TICKER", "INDUSTRY", "GEOGRAPHIC", "NOTES", "CORRECTION", "TYPE"),
        *("DOCUMENT-TYPE", "CORRECTION-DATE", "DISTRIBUTION"),
    }
)


# --- Nexis Uni -----------------------------------------------------------------------------------------------------


def is_nexis_document(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a document is an export of Nexis Uni, by its bookmarks or by its visible marks."""
    marked = any(mark == "Body" or mark.startswith("Body_") for one in paragraphs for mark in one.marks)
    ends = any(END.fullmatch(one.text) for one in paragraphs)
    return ends and (marked or any(re.match(r"\s*(?:Load-Date|Length):", one.text) for one in paragraphs))


def read_nexis(paragraphs: Sequence[Paragraph], where: Where, *, kind: str) -> Iterator[Draft | ArticleError]:
    """The articles between the cover page and the last "End of Document", one after the other."""
    listed = [found[1].strip() for one in paragraphs if (found := LISTED.fullmatch(one.text.replace(PAGE, "")))]
    for number, article in enumerate(_articles(paragraphs), 1):
        place = where.inside(f"article {number}")
        yield _article(article, place, kind=kind, listed=listed)


def _articles(paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """The paragraphs of each article without empty ones; what no "End of Document" closes counts if it has a body."""
    article: list[Paragraph] = []
    for one in paragraphs:
        if END.fullmatch(one.text.replace(PAGE, "")):
            yield article
            article = []
        elif one.text.replace(PAGE, "").strip() or one.marks:
            article.append(one)
    if any(_is_body(one) for one in article):
        yield article


def _is_body(one: Paragraph) -> bool:
    return one.text.strip() == "Body" or any(mark == "Body" or mark.startswith("Body_") for mark in one.marks)


def _article(article: list[Paragraph], where: Where, *, kind: str, listed: Sequence[str]) -> Draft | ArticleError:
    body = next((n for n, one in enumerate(article) if _is_body(one)), None)
    if body is None:
        body = next((n for n in reversed(range(len(article))) if FIELD.fullmatch(article[n].text)), None)
    if body is None:
        return where.error(NO_TEXT, EXPORT_AGAIN, reason="empty")
    start = next((n for n in range(body) if any(mark.startswith("Bookmark_") for mark in article[n].marks)), None)
    header = [one.text.strip() for one in article[start or 0 : body] if one.text.strip()]
    rest = [one.text.strip() for one in article[body:] if one.text.strip() not in ("", "Body")]
    if FIELD.fullmatch(article[body].text):
        header, rest = [*header, article[body].text.strip()], rest[1:]
    end = next((n for n, text in enumerate(rest) if AFTER.match(text)), len(rest))
    if not rest[:end]:
        return where.error(NO_TEXT, EXPORT_AGAIN, reason="empty")
    fields = [(found[1], found[2].strip()) for text in header if (found := FIELD.fullmatch(text))]
    fields += [(found[1], found[2].strip()) for text in rest[end:] if (found := TRAILER.fullmatch(text))]
    title, outlet, date = _top(header, listed, covered=start is None)
    found = known([*fields, ("title", title), ("outlet", outlet), ("date", date)])
    text = lead(title, "\n\n".join(rest[:end]))
    return Draft(text, f"Nexis ({kind})", part=where.part, fields=tuple(fields), **found)


def _top(header: list[str], listed: Sequence[str], *, covered: bool) -> tuple[str, str, str]:
    """Headline, outlet and date: the first lines of an article are headline, outlet, date, copyright, fields.

    Where no bookmark tells where the cover page ends, the headline is the line above the outlet, or the lines from
    the one on that the cover lists.
    """
    above = header[: next((n for n, text in enumerate(header) if _is_fielded(text)), len(header))]
    dated = next((n for n in reversed(range(len(above))) if iso(above[n])), None)
    if dated is None:
        return (above[-2] if len(above) > 1 else "", above[-1] if above else "", "")
    outlet = above[dated - 1] if dated > 0 else ""
    lines = [text.replace(PAGE, "").strip() for text in above[: max(dated - 1, 0)]]
    if covered and any(COVER.match(text) or LISTED.fullmatch(text) for text in lines):
        lines = lines[_last(lines, lambda text: text in listed, len(lines) - 1) :]
    return " ".join(lines), outlet, above[dated]


def _is_fielded(text: str) -> bool:
    return bool(FIELD.fullmatch(text) or re.match(r"\s*(?:Copyright\b|©)", text))


def _last(lines: list[str], test, default: int) -> int:
    return next((n for n in reversed(range(len(lines))) if test(lines[n])), max(default, 0))


# --- the older plain text ------------------------------------------------------------------------------------------


def read_nexis_txt(text: str, where: Where) -> Iterator[Draft | ArticleError]:
    """The articles behind the lines "1 of 10 DOCUMENTS"; offsets lead back to the file.

    Where an export has no such lines, an article ends below its last fields ("LOAD-DATE: ...").
    """
    for number, (start, end) in enumerate(_old_documents(text), 1):
        yield _old_article(text, start, end, where.inside(f"article {number}"))


def _old_documents(text: str) -> list[Span]:
    found = list(OLD_START.finditer(text))
    if found:
        return list(zip([one.end() for one in found], [*(one.start() for one in found[1:]), len(text)], strict=True))
    lengths = [one.start() for one in re.finditer(r"^(?:LENGTH|BYLINE|SECTION):", text, re.M)]
    closes = [one.end() for one in OLD_LAST.finditer(text)]
    cuts = [0]
    for close, following in zip(closes, [*closes[1:], len(text)], strict=True):
        if any(close < one < following for one in lengths):
            rights = re.compile(r"All Rights Reserved.*|Copyright \d{4}.*", re.I)
            ends = [one.end() for one in rights.finditer(text, close, following)]
            cuts.append(ends[0] if ends else text.index("\n", close) + 1)
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


def _old_article(text: str, start: int, end: int, where: Where) -> Draft | ArticleError:
    """Outlet and date stand centred, then come the headline, fields in capitals, the text and more fields."""
    blocks = [(start + one.start(), start + one.end()) for one in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text[start:end])]
    named = [_field(text, span) for span in blocks]
    first = next((n for n, field in enumerate(named) if field and field[0] in OLD_HEADER), None)
    if first is None:
        return _no_text(text[start:end], where)
    body = next((n for n in range(first, len(blocks)) if not named[n] or named[n][0] not in OLD_HEADER), len(blocks))
    after = next((n for n in range(body, len(blocks)) if _closes(text, blocks[n], named[n])), len(blocks))
    if body == after:
        return where.error(NO_TEXT, EXPORT_AGAIN, reason="empty")
    top = [text[s:e] for s, e in blocks[:first]]
    dated = next((n for n, block in enumerate(top) if n and iso(block)), None)
    headline = _headline(text, blocks[:first], dated)
    fields = [field for field in (*named[first:body], *named[after:]) if field]
    about = [("outlet", " ".join(top[0].split()) if top else ""), ("date", top[dated].strip() if dated else "")]
    found = known([*fields, *about, ("title", " ".join(text[slice(*headline)].split()) if headline else "")])
    content, origin = _flowing(text, [*([headline] if headline else []), *blocks[body:after]])
    return Draft(content, "Nexis (plain text)", part=where.part, origin=origin, fields=tuple(fields), **found)


def _no_text(words: str, where: Where) -> ArticleError:
    """Why an entry has no text: the database says so itself, or there is none."""
    if NOT_SHOWN.search(" ".join(words.split())):
        problem = "the database says of this entry that it cannot show it"
        return where.error(problem, "look it up in the database, or leave it out", reason="empty")
    return where.error(NO_TEXT, EXPORT_AGAIN, reason="empty")


def _field(text: str, span: Span) -> tuple[str, str] | None:
    found = OLD_FIELD.match(text[span[0] : span[1]])
    if found and found[1] in OLD_HEADER | OLD_TRAILER:
        return found[1], " ".join(INNER.split(" ".join(found[2].split()))[0].split())
    return None


def _closes(text: str, span: Span, field: tuple[str, str] | None) -> bool:
    """Whether the text of an article is over: a field, or the centred line of the copyright."""
    return bool(field and field[0] in OLD_TRAILER) or bool(re.match(r"Copyright \d{4}|Copyright ©", text[span[0] :]))


def _headline(text: str, top: list[Span], dated: int | None) -> Span | None:
    """The last block above the fields that is not centred, below outlet and date."""
    below = top[(dated or 0) + 1 :]
    left = [span for span in below if text[text.rfind("\n", 0, span[0]) + 1 : span[0]].strip(" \t") == ""]
    flush = [span for span in left if span[0] - text.rfind("\n", 0, span[0]) - 1 < 8]
    return next(iter(reversed(flush or left)), None)


def _flowing(text: str, spans: list[Span]) -> tuple[str, OffsetMap]:
    """The blocks as paragraphs: lines that were broken at a fixed width are joined, no offset moves."""
    content, origin = join(text, [trimmed(text, *span) for span in spans])
    return re.sub(r"(?<=\S)\r?\n(?=[ \t]*\S)", lambda found: " " * len(found[0]), content), origin


def is_nexis(text: str) -> bool:
    """Whether a text is an export of Nexis Uni: its last line, and the heading "Body" or the lines of its header."""
    return bool(NEXIS_END.search(text) and NEXIS_FIELD.search(text))


def is_nexis_txt(text: str) -> bool:
    """Whether a text is an older export of Nexis: "1 of 2 DOCUMENTS" and the lines of its header, or more of these."""
    names = set(re.findall(r"^(LENGTH|LOAD-DATE|BYLINE|LANGUAGE|SECTION|PUBLICATION-TYPE):", text, re.M))
    numbered = OLD_START.search(text[:HEAD]) is not None
    return bool(names) if numbered else len(names) > 2 and "LOAD-DATE" in names
