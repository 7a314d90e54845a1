"""Drafts: what a reader takes from a file before it becomes an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.reading import interfaces
from analysis.reading.offsets import OffsetMap

HEAD = 200_000
"""Characters at the begin of a text that show what it is."""

Fields = Iterable[tuple[str, str]]

KNOWN: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline", "hd", "heading", "article title", "article headline", "web title"),
    "outlet": (
        *("outlet", "source", "source name", "publication", "publication title", "publication name", "newspaper"),
        *("media name", "media", "medium", "publisher", "sn", "site name", "sitename", "source title"),
    ),
    "author": ("author", "authors", "byline", "by", "author name", "writer", "journalist"),
    "date": (
        *("date", "publish date", "published", "published at", "publication date", "pub date", "pubdate", "pd"),
        *("date published", "datetime", "date time", "article date", "date publish", "published date"),
        *("web publication date", "date pub"),
    ),
    "dateline": ("dateline",),
    "id": (
        *("id", "article id", "doc id", "document id", "stories id", "story id", "docid", "an", "accession number"),
        *("accession no", "proquest document id", "uuid", "guid"),
    ),
}
"""What an article knows of itself -> the names that exports and tables give it, the most usual first."""


@dataclass(frozen=True)
class Draft:
    """One article as a file gives it: its text, not normalised yet, and what the file says about it.

    `origin` leads back to the text of the file where that is text; `fields` is everything that the file says
    about the article, by the file's own names. `sign` is by what its format was told, `doubt` what a person should
    look at.
    """

    text: str
    format: str
    part: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    date: str | None = None
    dateline: str | None = None
    id: str | None = None
    encoding: str | None = None
    origin: OffsetMap | None = None
    sign: str | None = None
    doubt: str | None = None
    fields: tuple[tuple[str, str], ...] = ()


def key(name: str) -> str:
    """A name of a field in one form: "Publication_Date:" -> "publication date"."""
    return re.sub(r"[\W_]+", " ", name).strip().casefold()


def known(fields: Fields) -> dict[str, str]:
    """What an article knows of itself, from fields under whatever names; the first name that has a value wins.

    A name in another language ("Titel"), or written as one word ("publishedAt"), counts where no plain one has a value.
    """
    values = [(name, value.strip()) for name, value in reversed(list(fields)) if value and value.strip()]
    plain = {key(name): value for name, value in values}
    apart = {key(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)): value for name, value in values}
    foreign = {what: value for name, value in values if (what := interfaces.column(name)) in KNOWN}
    found = {
        what: next((some[name] for some in (plain, apart) for name in names if name in some), foreign.get(what))
        for what, names in KNOWN.items()
    }
    return {what: value for what, value in found.items() if value}


def lead(title: str | None, body: str) -> str:
    """The text with its title as the first line, unless it begins with it already."""
    if not title or " ".join(body.split()).casefold().startswith(" ".join(title.split()).casefold()):
        return body
    return f"{' '.join(title.split())}\n\n{body}"
