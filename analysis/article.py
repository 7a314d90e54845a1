"""Articles: from a file, whatever its encoding, to one normalised text with its segments and metadata."""

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
from analysis.datelines import MACROS, iso_date
from analysis.reading import ArticleError, decode, normalise, read_bytes, unwrap
from analysis.segments import Segment, segment

__all__ = ["Article", "ArticleError", "Segment", "articles_table", "load", "read_text", "segments_table"]

LANGUAGE_WORDS, LANGUAGE_CERTAINTY = 20, 0.9
LANGUAGE_SAMPLE = 20_000
"""Characters that the language is found from."""


@dataclass(frozen=True)
class Article:
    """One normalised text with its metadata; all offsets are characters into `text`.

    `date` is ISO where it could be read. `language` is missing where the text is too short to tell.
    `sha256` is that of the file's bytes, or of the UTF-8 text for a text in memory.
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

    def text_of(self, segment: Segment) -> str:
        """The words of one of its segments."""
        return self.text[segment.start : segment.end]


def load(
    path: str | Path,
    *,
    article_id: str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    date: str | None = None,
) -> Article:
    """Read an article from a plain-text file; its id is the file's name unless given.

    Author and date are taken from the byline where they are not given. Raises :class:`ArticleError`.
    """
    path = Path(path)
    data = read_bytes(path)
    article = read_text(
        decode(data, path),
        article_id=article_id or re.sub(r"[^\w.-]+", "-", path.stem).strip("-.") or "article",
        source_file=str(path),
        outlet=outlet,
        author=author,
        date=date,
    )
    return replace(article, sha256=hashlib.sha256(data).hexdigest())


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
    name, text = source_file or article_id, unwrap(normalise(text))
    if not any(character.isalpha() for character in text):
        raise ArticleError(name, "it holds no words", "give a file with the text of an article")
    language = _language(text, name)
    segments = segment(text)
    bylines = [text[s.start : s.end] for s in segments if s.kind == "byline"]
    return Article(
        article_id=article_id,
        text=text,
        segments=segments,
        source_file=source_file,
        title=_first(text, segments, "headline"),
        outlet=outlet,
        author=author or _author(bylines),
        date=date or next((found for line in bylines if (found := iso_date(line))), None),
        dateline=_first(text, segments, "dateline"),
        language=language,
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
    )


def articles_table(article: Article) -> pd.DataFrame:
    """The article as the one row of an articles table."""
    named = {name: getattr(article, name, None) for name in schema.TABLES["articles"]}
    words = len(re.findall(r"\w+(?:[-'’]\w+)*", article.text))
    return schema.tabulate("articles", [named | {"words": words, "characters": len(article.text)}])


def segments_table(article: Article) -> pd.DataFrame:
    """The segments of the article, one a row."""
    rows = ({**vars(s), "article_id": article.article_id, "text": article.text_of(s)} for s in article.segments)
    return schema.tabulate("segments", rows)


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)


def _language(text: str, name: str) -> str | None:
    """The language code, None where the text is too short or the answer unsure; an error if not English."""
    if len(text.split(maxsplit=LANGUAGE_WORDS)) < LANGUAGE_WORDS:
        return None
    language, probability = _identifier().classify(text[:LANGUAGE_SAMPLE])
    if probability < LANGUAGE_CERTAINTY:
        return None
    if language != "en":
        problem = f"its language seems to be '{language}' and not English"
        raise ArticleError(name, problem, "give the English text or a translation")
    return language


def _first(text: str, segments: Iterable[Segment], kind: str) -> str | None:
    return next((text[s.start : s.end] for s in segments if s.kind == kind), None)


def _author(bylines: Iterable[str]) -> str | None:
    """The names behind "By", or before an outlet: "Jane Doe | Reuters"."""
    named = re.compile(rf"(?:\w+ )?(?i:by):? ({MACROS['{names}']})|({MACROS['{names}']})\s*[|,(/–—-]")
    found = next((match for line in bylines if (match := named.match(line))), None)
    return (found[1] or found[2]) if found else None
