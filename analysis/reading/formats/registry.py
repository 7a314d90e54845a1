"""The formats that are texts: how each is recognised and how it is read, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.reading.draft import HEAD, Draft
from analysis.reading.errors import ArticleError, Where
from analysis.reading.formats import factiva, nexis, page, plain, proquest, tables
from analysis.reading.formats.word import Paragraph
from analysis.reading.pairing import pair

Item = Draft | ArticleError


@dataclass(frozen=True)
class Options:
    """How files are read: the name of the column with the texts, and the saved pages that addresses belong to."""

    text_column: str | None = None
    pages: Path | None = None


@dataclass(frozen=True)
class Format:
    """A format: whether a text is written in it (told the text, its file's name, the options), and its articles.

    `several` says whether a text in it may hold several articles, and so be long.
    """

    name: str
    recognises: Callable[[str, str, Options], bool]
    read: Callable[[str, Where, Options], Iterator[Item]]
    several: bool = True


def articles_of(table: tables.Table, where: Where, options: Options) -> Iterator[Item]:
    """The articles of a table; one without texts is paired with saved pages where these are given."""
    if options.pages is not None and not tables.has_text(table, options.text_column):
        yield from pair(table, options.pages, where)
    else:
        yield from tables.read_table(table, where, text_column=options.text_column)


FORMATS = (
    Format(
        "Factiva page",
        lambda text, name, options: page.is_page(text) and factiva.is_factiva_page(text),
        lambda text, where, options: factiva.read_factiva_page(text, where),
    ),
    Format(
        "web page",
        lambda text, name, options: page.is_page(text),
        lambda text, where, options: page.read_page(text, where),
        several=False,
    ),
    Format(
        "JSON",
        lambda text, name, options: tables.is_json(text),
        lambda text, where, options: articles_of(tables.read_json(text, where), where, options),
    ),
    Format(
        "Nexis, older",
        lambda text, name, options: nexis.is_nexis_txt(text),
        lambda text, where, options: nexis.read_nexis_txt(text, where),
    ),
    Format(
        "ProQuest",
        lambda text, name, options: proquest.is_proquest(text),
        lambda text, where, options: proquest.read_proquest(text, where),
    ),
    Format(
        "Nexis Uni",
        lambda text, name, options: nexis.is_nexis(text),
        lambda text, where, options: nexis.read_nexis(
            [Paragraph(line) for line in text.splitlines()], where, kind="text"
        ),
    ),
    Format(
        "Factiva",
        lambda text, name, options: factiva.is_factiva(text),
        lambda text, where, options: factiva.read_factiva(text, where, kind="text"),
    ),
    Format(
        "table",
        lambda text, name, options: tables.delimiter(text[:HEAD], name, text_column=options.text_column) is not None,
        lambda text, where, options: articles_of(
            tables.read_csv(text, where, text_column=options.text_column), where, options
        ),
    ),
    Format(
        "Markdown",
        lambda text, name, options: plain.is_markdown(text),
        lambda text, where, options: plain.read_markdown(text, where),
        several=False,
    ),
    Format(
        "plain text",
        lambda text, name, options: True,
        lambda text, where, options: plain.read_plain(text, where),
        several=False,
    ),
)
"""In this order; the first that recognises a text reads it."""


def format_of(text: str, name: str, options: Options) -> Format:
    """The format that a text is written in."""
    return next(one for one in FORMATS if one.recognises(text, name, options))
