"""The formats that are texts: how each is recognised and how it is read, in the order in which they are asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.reading import interfaces
from analysis.reading.draft import HEAD, Draft
from analysis.reading.errors import ArticleError, Where
from analysis.reading.formats import europresse, factiva, feeds, markup, nexis, page, plain, proquest, records, tables
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
    """A format: by which sign a text is told to be in it, whether it is (told text, name, options), and its articles.

    `several` says whether a text in it may hold several articles, and so be long; `export` whether it is one of a
    database, whose labels may be in another language.
    """

    name: str
    sign: str
    recognises: Callable[[str, str, Options], bool]
    read: Callable[[str, Where, Options], Iterator[Item]]
    several: bool = True
    export: bool = False


def articles_of(table: tables.Table, where: Where, options: Options) -> Iterator[Item]:
    """The articles of a table; one without texts is paired with saved pages where these are given."""
    if options.pages is not None and not tables.has_text(table, options.text_column):
        yield from pair(table, options.pages, where)
    else:
        yield from tables.read_table(table, where, text_column=options.text_column)


def _page_text(html: str) -> str:
    """The lines of a page that may be an export, labels in English; of a page that shows no sign of one nothing."""
    if not EXPORT_PAGE.search(html):
        return ""
    tree = markup.tree_of(html, Where(""), "a page")
    return interfaces.in_english(markup.lines_of(tree))


EXPORT_PAGE = re.compile(
    r"(?<!\d)\d{1,6}\s{1,9}of\s{1,9}\d{1,6}\s{1,9}DOCUMENTS?|"
    r"LOAD-DATE|Load-Date|End of Document|ProQuest|Dokument-?ID|Document \w{15,}"
)
"""What every page with an export in it says somewhere."""


def _in_page(recognises: Callable[[str], bool]) -> Callable[[str, str, Options], bool]:
    return lambda text, name, options: page.is_page(text) and recognises(_page_text(text))


def _nexis_lines(text: str, where: Where, kind: str) -> Iterator[Item]:
    return nexis.read_nexis([Paragraph(line) for line in text.splitlines()], where, kind=kind)


def _moved(items: Iterator[Item], kind: str) -> Iterator[Item]:
    """Articles that were read from the lines of a page: their places in the file are not known."""
    for item in items:
        told = isinstance(item, Draft) and item.format.split(" (")[0]
        yield replace(item, origin=None, format=f"{told} ({kind})") if told else item


FORMATS = (
    Format(
        "Factiva page",
        'elements of the class "article enArticle"',
        lambda text, name, options: page.is_page(text) and factiva.is_factiva_page(text),
        lambda text, where, options: factiva.read_factiva_page(text, where),
    ),
    Format(
        "Europresse page",
        'elements of the class "titreArticleVisu"',
        lambda text, name, options: page.is_page(text) and europresse.is_europresse(text),
        lambda text, where, options: europresse.read_europresse(text, where),
    ),
    Format(
        "Nexis page",
        'the lines "1 of 10 DOCUMENTS" and "LOAD-DATE:" on a page',
        _in_page(nexis.is_nexis_txt),
        lambda text, where, options: _moved(nexis.read_nexis_txt(_page_text(text), where), "HTML"),
    ),
    Format(
        "Nexis Uni page",
        'the line "End of Document" on a page',
        _in_page(nexis.is_nexis),
        lambda text, where, options: _moved(_nexis_lines(_page_text(text), where, "HTML"), "HTML"),
    ),
    Format(
        "ProQuest page",
        'the lines "Document 1 of 2" and "Full text:" on a page',
        _in_page(proquest.is_proquest),
        lambda text, where, options: _moved(proquest.read_proquest(_page_text(text), where), "HTML"),
    ),
    Format(
        "table as a page",
        "rows of a page in a file that is called a table",
        lambda text, name, options: page.is_page(text) and markup.is_table_page(text, name),
        lambda text, where, options: articles_of(tables.read_page_table(text, where), where, options),
    ),
    Format(
        "web page",
        "elements of a page of the web",
        lambda text, name, options: page.is_page(text),
        lambda text, where, options: page.read_page(text, where),
        several=False,
    ),
    Format(
        "feed",
        "elements of a feed (item, entry) or of an agency's XML",
        lambda text, name, options: feeds.is_xml(text),
        lambda text, where, options: feeds.read_feed(text, where),
    ),
    Format(
        "JSON",
        "objects in braces",
        lambda text, name, options: records.is_json(text),
        lambda text, where, options: articles_of(records.read_json(text, where), where, options),
    ),
    Format(
        "Nexis, older",
        'the lines "1 of 10 DOCUMENTS" and "LOAD-DATE:"',
        lambda text, name, options: nexis.is_nexis_txt(text),
        lambda text, where, options: nexis.read_nexis_txt(text, where),
        export=True,
    ),
    Format(
        "ProQuest",
        'the lines "Document 1 of 2" or of underscores, and "Full text:"',
        lambda text, name, options: proquest.is_proquest(text),
        lambda text, where, options: proquest.read_proquest(text, where),
        export=True,
    ),
    Format(
        "Nexis Uni",
        'the line "End of Document" and "Length:"',
        lambda text, name, options: nexis.is_nexis(text),
        lambda text, where, options: _nexis_lines(text, where, "text"),
        export=True,
    ),
    Format(
        "Factiva",
        'the line "Document ABCD0000..." and its codes or the count of words',
        lambda text, name, options: factiva.is_factiva(text),
        lambda text, where, options: factiva.read_factiva(text, where, kind="text"),
        export=True,
    ),
    Format(
        "table",
        "a first line of names, and as many cells in the lines below",
        lambda text, name, options: tables.delimiter(text[:HEAD], name, text_column=options.text_column) is not None,
        lambda text, where, options: articles_of(
            tables.read_csv(text, where, text_column=options.text_column), where, options
        ),
    ),
    Format(
        "Markdown",
        "a heading or front matter at its head",
        lambda text, name, options: plain.is_markdown(text),
        lambda text, where, options: plain.read_markdown(text, where),
        several=False,
    ),
    Format(
        "source code",
        "most of its lines",
        lambda text, name, options: plain.is_code(text),
        lambda text, where, options: plain.refuse_code(text, where),
    ),
    Format(
        "plain text",
        "no sign of another format",
        lambda text, name, options: True,
        lambda text, where, options: plain.read_plain(text, where),
        several=False,
    ),
)
"""In this order; the first that recognises a text reads it."""


def format_of(text: str, name: str, options: Options) -> tuple[Format, str]:
    """The format that a text is written in, and the text: that of an export with its labels in English."""
    found = next(one for one in FORMATS if one.recognises(text, name, options))
    if not found.several:
        english = interfaces.in_english(text)
        export = next((one for one in FORMATS if one.export and one.recognises(english, name, options)), None)
        if export is not None and english != text and not page.is_page(text):
            return export, english
    return found, text
