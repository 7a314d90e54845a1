"""Word documents and RTF: their paragraphs, in order, with the headings and bookmarks that mark them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.reading.archives import check_zip
from analysis.reading.draft import Draft, lead
from analysis.reading.errors import Where, guarded

PAGE = "\ue000"
"""Stands for a page break of an RTF document, of which its reader leaves nothing."""
DELETED = frozenset({"del", "moveFrom", "Fallback", "instrText", "footnoteReference", "commentReference"})
"""Parts of a paragraph that are not its text: tracked deletions, codes of fields, second copies."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its text, the name of its style, and the bookmarks that begin in it or before it."""

    text: str
    style: str = ""
    marks: tuple[str, ...] = ()


def read_docx(data: bytes, where: Where) -> list[Paragraph]:
    """The paragraphs of a Word document, those in its tables and text boxes too."""
    import docx

    check_zip(data, where)
    with guarded(where, "a Word document"):
        document = docx.Document(io.BytesIO(data))
        names = {style.style_id: style.name or "" for style in document.styles}
        return list(_paragraphs(document.element.body, names))


def _paragraphs(body, names: dict[str, str]) -> Iterator[Paragraph]:
    """The paragraphs in their order; a bookmark between two of them belongs to the second."""
    waiting: list[str] = []
    for element in body.iter():
        tag = _tag(element)
        if tag == "bookmarkStart" and not _above(element, "p"):
            waiting.append(_value(element, "name"))
        if tag != "p" or _above(element, "Fallback"):
            continue
        marks = [_value(one, "name") for one in element.iter() if _tag(one) == "bookmarkStart"]
        style = next((_value(one, "val") for one in element.iter() if _tag(one) == "pStyle"), "")
        yield Paragraph("".join(_words(element)), names.get(style, style), (*waiting, *marks))
        waiting = []


def _words(element) -> Iterator[str]:
    for child in element:
        tag = _tag(child)
        if tag == "t":
            yield child.text or ""
        elif tag == "tab":
            yield "\t"
        elif tag in ("br", "cr"):
            yield "\n"
        elif tag == "noBreakHyphen":
            yield "-"
        elif tag not in DELETED and tag not in ("p", "pPr", "rPr"):
            yield from _words(child)


def _tag(element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _above(element, tag: str) -> bool:
    return any(_tag(one) == tag for one in element.iterancestors())


def read_rtf(data: bytes, where: Where) -> list[Paragraph]:
    """The paragraphs of an RTF document; cells of a table are parted by "|", a page break is :data:`PAGE`."""
    from striprtf.striprtf import rtf_to_text

    with guarded(where, "an RTF document"):
        source = re.sub(r"\\page(?![a-z])", rf"\\par\\u{ord(PAGE) - 65536}?\\par ", data.decode("latin-1"))
        text = rtf_to_text(source, errors="replace")
    return [Paragraph(line) for line in text.split("\n")]


def read_document(paragraphs: list[Paragraph], where: Where, *, kind: str) -> Iterator[Draft]:
    """The document as one article; a paragraph in the style of a title or first heading is its headline."""
    lines = [(one.text.replace(PAGE, "").strip(), one.style) for one in paragraphs]
    lines = [(text, style) for text, style in lines if text]
    head = next((text for text, style in lines[:5] if style.casefold() in ("title", "heading 1")), None)
    yield Draft(lead(head, "\n\n".join(text for text, _ in lines)), kind, part=where.part, title=head)
