"""Europresse: exports as HTML, each document an ``article`` with classes that name its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from analysis.reading import interfaces
from analysis.reading.draft import Draft, lead
from analysis.reading.errors import ArticleError, Where
from analysis.reading.formats.markup import lines_of, text_of, tree_of

MARK = re.compile(r"""class=["'][^"']*\b(?:rdp__articletitle|titreArticleVisu|DocPublicationName)\b""")
NAME_ONLY = re.compile(r"(?:\s*\((?:web ?site|site web|online|en ligne)[^)]*\)|,? (?:no|n°|nr)\.? ?\d+.*)\s*$", re.I)
"""What stands behind the name of a publication: "(web site)", ", no. 812"."""


def is_europresse(html: str) -> bool:
    """Whether a page is an export of Europresse, by the classes of its elements."""
    return MARK.search(html) is not None


def read_europresse(html: str, where: Where) -> Iterator[Draft | ArticleError]:
    """The documents of the export."""
    tree = tree_of(html, where, "an export of Europresse")
    documents = [
        one for one in tree.iter("article") if _first(one, "titreArticleVisu", "rdp__articletitle") is not None
    ]
    for number, document in enumerate(documents or [tree], 1):
        yield _document(document, where.inside(f"document {number}"))


def _document(document: etree._Element, where: Where) -> Draft | ArticleError:
    title, outlet, head, author = (
        _words(document, *names)
        for names in (
            ("titreArticleVisu", "rdp__articletitle"),
            ("DocPublicationName", "rdp__DocPublicationName"),
            ("DocHeader", "rdp__DocHeader"),
            ("docAuthors",),
        )
    )
    text = _first(document, "docOcurrContainer", "DocText")
    body = lines_of(text) if text is not None else ""
    if not body:
        return where.error("this document of the export has no text", "export it again in full", reason="empty")
    counted = interfaces.header_of().search(head)
    dated = head[: counted.start()] if counted else head
    number = _words(document, "publiC-lblNodoc")
    fields = (("Publication name", outlet), ("Header", head), ("Author", author), ("Document number", number))
    return Draft(
        lead(title, body),
        "Europresse (HTML)",
        part=where.part,
        title=title or None,
        outlet=NAME_ONLY.sub("", outlet) or None,
        author=author or None,
        date=dated.strip(" ,") or None,
        fields=tuple((name, value) for name, value in fields if value),
    )


def _first(document: etree._Element, *classes: str) -> etree._Element | None:
    wanted = set(classes)
    return next((one for one in document.iter() if wanted & set((one.get("class") or "").split())), None)


def _words(document: etree._Element, *classes: str) -> str:
    found = _first(document, *classes)
    return text_of(found) if found is not None else ""
