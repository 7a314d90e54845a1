"""XML: feeds of the web (RSS, Atom) and of agencies and databases (NITF, Factiva), one record one article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from analysis.reading.draft import HEAD, Draft, lead
from analysis.reading.errors import ArticleError, Where, guarded
from analysis.reading.formats import markup

XML = re.compile(
    r"\s*+(?P<told><\?xml\b[^>]{0,500}>)?\s*+(?:(?:<!--.{0,5000}?-->|<!DOCTYPE[^>]{0,500}>|<\?[^>]{0,500}>)\s*+)*+"
    r"<(?P<root>[\w:.-]+)(?P<names>[^>]{0,2000})",
    re.S | re.I,
)
ROOTS = frozenset(
    {"rss", "feed", "rdf", "nitf", "newsml", "newsitem", "ppsarticle", "articles", "documents", "channel"}
)
"""Roots of XML that hold articles; other XML is told by its first line or its namespace."""
RECORDS = ("item", "entry", "nitf", "article", "ppsarticle", "doc", "document", "record", "story", "newsitem")
"""Names of the elements that are one article each, in small letters, the surest first."""
NAMES = {
    "title": ("title", "headline", "hl1", "hedline"),
    "author": ("creator", "author", "byline", "name"),
    "date": ("pubdate", "published", "publicationdate", "date", "dateissued", "date.issue", "updated", "issued"),
    "outlet": ("sourcename", "source", "publication", "publisher", "pubdata"),
    "id": ("guid", "id", "accessionno", "accessionnumber", "doc-id", "docid", "an"),
}
BODIES = (
    *("encoded", "body.content", "content", "fulltext", "body", "text", "maintext", "articlebody", "story"),
    *("leadparagraph", "tailparagraphs", "leadparas", "tailparas", "leadpara", "hlead", "description", "summary"),
)
"""Names of the elements that hold the text, the fullest first; the two halves of Factiva go together."""
HALVES = frozenset({"leadparagraph", "tailparagraphs", "leadparas", "tailparas", "leadpara"})
PARAGRAPHS = frozenset({"p", "para", "paragraph", "block"})
NO_TEXT = "this entry holds no text, only a title or a link"


def is_xml(text: str) -> bool:
    """Whether a text is XML and no page of the web."""
    found = XML.match(text[:HEAD])
    root = found["root"].lower().rpartition(":")[2] if found else "html"
    told = found and (found["told"] or root in ROOTS or "xmlns" in found["names"].lower())
    return bool(told) and root not in ("html", "body", "head") and text.rstrip().endswith(">")


def read_feed(text: str, where: Where) -> Iterator[Draft | ArticleError]:
    """The articles of the feed; raises :class:`ArticleError` if it is XML of another kind."""
    with guarded(where, "an XML file"):
        safe = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
        root = etree.fromstring(re.sub(r"<\?xml[^>]*\?>", "", text, count=1).strip().encode("utf-8"), parser=safe)
    records = _records(root) if root is not None else []
    if not records:
        problem = "it is XML and holds no articles that can be recognised"
        raise where.error(problem, "export the articles as text, DOCX or a table, or give a feed (RSS, Atom)")
    outlet = _outlet(root)
    for number, record in enumerate(records, 1):
        place = where.inside(f"article {number}")
        try:
            with guarded(place, "an entry of a feed"):
                item = _draft(record, outlet, place)
        except ArticleError as error:
            item = error
        yield item


def _records(root: etree._Element) -> list[etree._Element]:
    """The elements of the surest name that occurs, without those inside another of them."""
    elements = [one for one in root.iter() if isinstance(one.tag, str)]
    for name in RECORDS:
        found = [one for one in elements if _name(one) == name and _has_text(one)]
        if found:
            inner = {id(child) for one in found for child in one.iter() if child is not one}
            return [one for one in found if id(one) not in inner]
    return []


def _has_text(record: etree._Element) -> bool:
    names = {_name(one) for one in record.iter() if isinstance(one.tag, str)}
    return bool(names & {*BODIES, *NAMES["title"]})


def _outlet(root: etree._Element) -> str | None:
    """The name of the feed: the title of its channel, else of its root."""
    channel = next((one for one in root.iter() if isinstance(one.tag, str) and _name(one) == "channel"), root)
    return next((_plain(one) for one in channel if isinstance(one.tag, str) and _name(one) == "title"), None)


def _draft(record: etree._Element, outlet: str | None, where: Where) -> Draft | ArticleError:
    found = {what: _value(record, names) for what, names in NAMES.items()}
    body = _body(record)
    if len(body.split()) < 2 or body == found["title"]:
        return where.error(NO_TEXT, "give the page or the full text of the article", reason="empty")
    found["outlet"] = found["outlet"] or outlet
    fields = tuple((_name(one), _plain(one)) for one in record if isinstance(one.tag, str) and len(one) == 0)
    text = lead(found["title"], body)
    return Draft(
        text, "feed (XML)", part=where.part, fields=tuple(f for f in fields if f[1] and len(f[1]) < 500), **found
    )


def _value(record: etree._Element, names: tuple[str, ...]) -> str | None:
    for name in names:
        for one in record.iter():
            if isinstance(one.tag, str) and _name(one) == name and one is not record:
                value = _plain(one) or next((one.get(key) for key in ("name", "norm", "value") if one.get(key)), "")
                if value:
                    return value
    return None


def _body(record: etree._Element) -> str:
    """The text of a record: the fullest of its elements, its paragraphs parted; markup inside it is taken off."""
    elements = [one for one in record.iter() if isinstance(one.tag, str) and _name(one) in BODIES]
    halves = [one for one in elements if _name(one) in HALVES]
    if halves:
        return "\n\n".join(ready for one in halves if (ready := _paragraphs(one)))
    best = min(elements, key=lambda one: BODIES.index(_name(one)), default=None)
    return _paragraphs(best) if best is not None else ""


def _paragraphs(element: etree._Element) -> str:
    inner = [one for one in element.iter() if isinstance(one.tag, str) and _name(one) in PARAGRAPHS - {"block"}]
    if inner:
        return "\n\n".join(ready for one in inner if (ready := " ".join("".join(one.itertext()).split())))
    text = "".join(element.itertext())
    if re.search(r"<(?:p|br|div)\b", text, re.I):
        return markup.lines_of(markup.parser.fragment_fromstring(text, create_parent="div"))
    return "\n\n".join(" ".join(block.split()) for block in re.split(r"\n\s*\n", text) if block.strip())


def _plain(element: etree._Element) -> str:
    text = "".join(element.itertext())
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def _name(element: etree._Element) -> str:
    return re.split("[}:]", element.tag)[-1].lower()
