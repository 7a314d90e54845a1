"""Articles: from whatever a file holds to one normalised text with its segments and metadata."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pandas as pd
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from analysis import schema
from analysis.reading import doubts, interfaces
from analysis.reading.datelines import MACROS, iso_date
from analysis.reading.dates import iso
from analysis.reading.draft import Draft
from analysis.reading.errors import ArticleError, Where
from analysis.reading.normalising import normalise, normalised, unwrap
from analysis.reading.offsets import OffsetMap, original
from analysis.reading.opening import Options, open_source
from analysis.reading.segments import Segment, segment
from analysis.schema.spans import Span

__all__ = ["Article", "ArticleError", "Segment", "articles_table", "load", "read_text", "segments_table"]

LANGUAGE_WORDS, LANGUAGE_CERTAINTY = 20, 0.9
LANGUAGE_SAMPLE = 20_000
"""Characters that the language is found from."""
PLACE = re.compile(r"(?:(.*), )?(?:article|row|document) (\d+)", re.S)
LONGEST_TEXT = 1_000_000
"""Characters of an article; spaCy parses no more at once."""
LONGEST_ID = 80


@dataclass(frozen=True)
class Article:
    """One normalised text with its metadata; all offsets are characters into `text`.

    `date` is ISO where it could be read. `language` is missing where the text is too short to tell. `sha256` is that
    of the file's bytes, or of the UTF-8 text for a text in memory. `part` is the place in a file of many articles,
    `fields` all that the file says about the article, by its own names. `origin` leads back to the text of the file.
    `sign` is by what the format of the file was told, `doubt` what speaks against its being one article.
    """

    article_id: str
    text: str
    segments: tuple[Segment, ...]
    source_file: str | None
    title: str | None
    outlet: str | None
    author: str | None
    date: str | None
    dateline: str | None
    language: str | None
    sha256: str
    part: str | None = None
    format: str | None = None
    encoding: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    origin: tuple[OffsetMap, ...] | None = None
    duplicate_of: str | None = None
    similarity: float | None = None
    sign: str | None = None
    doubt: str | None = None

    def text_of(self, segment: Segment) -> str:
        """The words of one of its segments."""
        return self.text[segment.start : segment.end]

    def original_span(self, start: int, end: int) -> Span | None:
        """The span in the text of the file as it is there, its line ends and invisible characters counted.

        None where the file is no text (DOCX, PDF, HTML, tables).
        """
        return None if self.origin is None else original(self.origin, (start, end))

    @property
    def words(self) -> int:
        """The number of its words."""
        return len(re.findall(r"\w+(?:[-'’]\w+)*", self.text))


def load(
    source: str | Path,
    *,
    article_id: str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    date: str | None = None,
    text_column: str | None = None,
) -> Article:
    """Read one article from a file of any format or from an address; its id is the file's name unless given.

    Outlet, author and date are taken from the file where they are not given. A file of several articles is for
    :func:`analysis.load_all`. Raises :class:`ArticleError`.
    """
    found = list(open_source(source, Options(text_column=text_column)))
    if len(found) != 1:
        problem = f"it holds {len(found)} articles" if found else "it holds no article"
        raise ArticleError(source, problem, "read it with load_all, or give a file with one article")
    where, draft = found[0]
    if isinstance(draft, ArticleError):
        raise draft
    article = article_of(draft, where, article_id=article_id, outlet=outlet, author=author, date=date)
    return replace(article, sha256=file_hash(where.path) or article.sha256)


def file_hash(path: str) -> str | None:
    """The SHA-256 sum of a file, None where there is none (an address)."""
    file = Path(path)
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else None


def read_text(
    text: str,
    *,
    article_id: str,
    source_file: str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    date: str | None = None,
) -> Article:
    """An article from a text in memory, as :func:`load` reads one from a file; raises :class:`ArticleError`."""
    draft = Draft(text, "text in memory", origin=OffsetMap())
    where = Where(source_file or article_id)
    article = article_of(draft, where, article_id=article_id, outlet=outlet, author=author, date=date)
    return replace(article, source_file=source_file)


def article_of(
    draft: Draft,
    where: Where,
    *,
    article_id: str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    date: str | None = None,
) -> Article:
    """The article that a draft becomes: normalised, its language told, cut into segments."""
    plain, maps = normalised(draft.text)
    text = unwrap(plain)
    if not any(character.isalpha() for character in text):
        raise where.error("it holds no words", "give a file with the text of an article", reason="empty")
    if len(text) > LONGEST_TEXT:
        problem = f"it has {len(text):,} characters, more than the language model reads at once"
        raise where.error(problem, "split it into its articles")
    language = _language(text, where)
    title = _line(draft.title)
    segments = segment(text, title=title)
    bylines = [text[s.start : s.end] for s in segments if s.kind == "byline"]
    return Article(
        article_id=article_id or _id(draft, where),
        text=text,
        segments=segments,
        source_file=where.path,
        title=title or _first(text, segments, "headline"),
        outlet=outlet or _line(draft.outlet),
        author=author or _writer(draft.author) or _author(bylines),
        date=date or iso(draft.date) or next((found for line in bylines if (found := iso_date(line))), None),
        dateline=_first(text, segments, "dateline") or _line(draft.dateline),
        language=language,
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        part=where.part,
        format=draft.format,
        encoding=draft.encoding,
        fields=tuple((normalise(name), normalise(value)) for name, value in draft.fields),
        origin=None if draft.origin is None else (draft.origin, *maps),
        sign=draft.sign,
        doubt="; ".join(filter(None, (draft.doubt, *doubts.of_article(text)))) or None,
    )


def tables_of_article(article: Article) -> dict[str, pd.DataFrame]:
    """The tables that an article gives by itself, by their names."""
    makers = {"articles": articles_table, "metadata": metadata_table, "segments": segments_table}
    return {name: make(article) for name, make in makers.items()}


def articles_table(article: Article) -> pd.DataFrame:
    """The article as the one row of an articles table."""
    named = {name: getattr(article, name, None) for name in schema.TABLES["articles"]}
    return schema.tabulate("articles", [named | {"characters": len(article.text)}])


def segments_table(article: Article) -> pd.DataFrame:
    """The segments of the article, one a row, with their places in the text of the file."""
    rows = []
    for one in article.segments:
        start, end = article.original_span(one.start, one.end) or (None, None)
        own = {"article_id": article.article_id, "text": article.text_of(one)}
        rows.append({**vars(one), **own, "original_start": start, "original_end": end})
    return schema.tabulate("segments", rows)


def metadata_table(article: Article) -> pd.DataFrame:
    """All that the file says about the article, one field a row."""
    rows = ({"article_id": article.article_id, "field": name, "value": value} for name, value in article.fields)
    return schema.tabulate("metadata", rows)


def with_original_offsets(table: pd.DataFrame, article: Article, *, span: str = "") -> pd.DataFrame:
    """The table with its spans in the text of the file too: columns `original_start` and `original_end`.

    `span` names the columns: "content_" for `content_start` and `content_end`. Missing where the file is no text.
    """
    pairs = zip(table[f"{span}start"], table[f"{span}end"], strict=True)
    found = [None if pd.isna(start) else article.original_span(int(start), int(end)) for start, end in pairs]
    ends = {f"{span}original_{name}": [one and one[n] for one in found] for n, name in enumerate(("start", "end"))}
    return table.assign(**{name: pd.array(cells, dtype="Int64") for name, cells in ends.items()})


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _language(text: str, where: Where) -> str | None:
    """The language code, None where the text is too short or the answer unsure; an error if not English."""
    if len(text.split(maxsplit=LANGUAGE_WORDS)) < LANGUAGE_WORDS:
        return None
    language, probability = _identifier().classify(text[:LANGUAGE_SAMPLE])
    if probability < LANGUAGE_CERTAINTY:
        return None
    if language != "en":
        problem, remedy = (
            f"its language seems to be '{language}' and not English",
            "give the English text or a translation",
        )
        part = where.part
        raise ArticleError(where.path, problem, remedy, reason="not English", part=part, language=language)
    return language


def _id(draft: Draft, where: Where) -> str:
    """The id that the file gives, else the name of the file and the number of the article in it."""
    place = PLACE.fullmatch(where.part or "")
    inner = place[1] if place else where.part
    stem = Path((inner or where.path.rstrip("/")).replace("\\", "/")).stem
    name = draft.id or (f"{stem}-{int(place[2]):03}" if place else stem)
    return re.sub(r"[^\w.-]+", "-", name)[:LONGEST_ID].strip("-.") or "article"


def _line(text: str | None) -> str | None:
    """A cell of metadata as one normalised line."""
    return " ".join(normalise(text).split()) or None if text else None


def _writer(author: str | None) -> str | None:
    """An author without the word before the name: "By Jane Doe", "Von Ines Malloy"."""
    return interfaces.without_by(line) or None if (line := _line(author)) else None


def _first(text: str, segments: Iterable[Segment], kind: str) -> str | None:
    return next((text[s.start : s.end] for s in segments if s.kind == kind), None)


def _author(bylines: Iterable[str]) -> str | None:
    """The names behind "By", or before an outlet: "Jane Doe | Reuters"."""
    named = re.compile(rf"(?:\w+ )?(?i:by):? ({MACROS['{names}']})|({MACROS['{names}']})\s*[|,(/–—-]")
    found = next((match for line in bylines if (match := named.match(line))), None)
    return (found[1] or found[2]) if found else None
