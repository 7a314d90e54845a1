"""Packed documents that are no office files: EPUB (each chapter or article of a book) and OpenDocument text (ODT)."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from lxml import etree

from analysis.reading.archives import check_zip
from analysis.reading.draft import Draft, lead
from analysis.reading.errors import ArticleError, Where, guarded
from analysis.reading.formats import markup
from analysis.reading.formats.word import Paragraph

CONTENTS = "META-INF/container.xml"
FEWEST_WORDS = 40
"""A chapter of fewer words that is mostly links is a cover, a menu or a list."""
NAVIGATION = re.compile(r"nav|toc|menu|cover|calibre_nav", re.I)
DATED = re.compile(r"\s*[\[(](?:[^\[\]()]*\d{4}[^\[\]()]*)[\])]\s*$")
"""The date that a newspaper as a book has behind its name: "The Weekly Compass [Sat, 12 Feb 2022]"."""
NO_CHAPTER = "this book holds no article"


def read_epub(data: bytes, where: Where) -> Iterator[Draft | ArticleError]:
    """The articles of the book in the order of its spine; menus, covers and lists of links are left out."""
    check_zip(data, where)
    with guarded(where, "an EPUB book"):
        book = zipfile.ZipFile(io.BytesIO(data))
        root = _xml(book.read(CONTENTS)).xpath("string(//*[local-name()='rootfile']/@full-path)")
        package = _xml(book.read(root))
        files = _spine(package, posixpath.dirname(root))
        names = set(book.namelist())
        pages = [(name, book.read(name).decode("utf-8", "replace")) for name in files if name in names]
    title, date = _about(package, "title"), _about(package, "date")
    outlet = _about(package, "publisher") or DATED.sub("", title)
    drafts = [one for name, html in pages if (one := _chapter(html, where)) is not None]
    if not drafts:
        raise where.error(NO_CHAPTER, "save its articles as plain text (.txt)", reason="empty")
    for number, draft in enumerate(drafts, 1):
        part = where.inside(f"article {number}").part
        yield replace(draft, part=part, outlet=outlet or None, date=date[:10] or None, fields=(("book", title),))


def _xml(data: bytes) -> etree._Element:
    return etree.fromstring(data, parser=etree.XMLParser(resolve_entities=False, no_network=True, recover=True))


def _spine(package: etree._Element, folder: str) -> list[str]:
    """The files of the book in reading order."""
    items = {one.get("id"): one.get("href", "") for one in package.xpath("//*[local-name()='item']")}
    order = [one.get("idref") for one in package.xpath("//*[local-name()='itemref']")]
    return [posixpath.normpath(posixpath.join(folder, unquote(items[name]))) for name in order if items.get(name)]


def _about(package: etree._Element, name: str) -> str:
    found = package.xpath(f"string(//*[local-name()='metadata']/*[local-name()='{name}'])")
    return " ".join(str(found).split())


def _chapter(html: str, where: Where) -> Draft | None:
    """One chapter as an article, None if it is a menu, a cover or empty."""
    tree = markup.tree_of(re.sub(r"<\?xml[^>]*\?>", "", html), where, "a chapter")
    for one in list(tree.iter()):
        if isinstance(one.tag, str) and (one.tag == "nav" or NAVIGATION.search(one.get("class") or "")):
            one.getparent().remove(one) if one.getparent() is not None else None
    heading = next((markup.text_of(one) for one in tree.iter("h1", "h2") if markup.text_of(one)), "")
    title = heading or " ".join((tree.findtext(".//title") or "").split())
    body = tree.find(".//body")
    text = markup.lines_of(body if body is not None else tree)
    linked = sum(len(markup.text_of(one).split()) for one in tree.iter("a"))
    words = len(text.split())
    if words < 2 or linked * 2 > words or (words < FEWEST_WORDS and not tree.xpath("//p")):
        return None
    return Draft(lead(title, text), "book (EPUB)", title=title or None)


def read_odt(data: bytes, where: Where) -> list[Paragraph]:
    """The paragraphs of an OpenDocument text, headings with the style of one."""
    check_zip(data, where)
    with guarded(where, "an OpenDocument text"):
        content = _xml(zipfile.ZipFile(io.BytesIO(data)).read("content.xml"))
        for one in content.xpath(
            "//*[local-name()='tracked-changes' or local-name()='annotation' or local-name()='note']"
        ):
            one.getparent().remove(one)
        return [_paragraph(one) for one in content.xpath("//*[local-name()='p' or local-name()='h']")]


def _paragraph(element: etree._Element) -> Paragraph:
    heading = element.tag.rpartition("}")[2] == "h"
    style = next((value for key, value in element.attrib.items() if key.endswith("}style-name")), "")
    return Paragraph("".join(_words(element)), "Heading 1" if heading else style)


def _words(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        kind = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if kind in ("tab", "line-break"):
            yield "\t" if kind == "tab" else "\n"
        elif kind == "s":
            yield " "
        elif kind not in ("p", "h"):
            yield from _words(child)
        yield child.tail or ""
