"""Collections: many articles from files, folders, archives, tables and addresses, and an account of every one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import pandas as pd

from analysis import schema
from analysis.reading import doubts, duplicates
from analysis.reading.article import Article, article_of, file_hash
from analysis.reading.draft import Draft, lead
from analysis.reading.errors import ArticleError, Where
from analysis.reading.opening import Options, open_source

FEWEST_WORDS = 10
"""An article of fewer words is a caption, a notice or a title without its text."""
MARKS = ("duplicate_of", "similarity", "doubt")
"""What is known of an article only when all are read."""
Source = str | Path


@dataclass(frozen=True)
class Intake:
    """The articles that were kept, the account of all that was found, and what is wrong with the rest."""

    articles: tuple[Article, ...]
    table: pd.DataFrame
    problems: pd.DataFrame

    def pick(self, number: int = 1) -> Article:
        """The first article, the second, ... of those that were kept; an :class:`ArticleError` if there is none."""
        if 1 <= number <= len(self.articles):
            return self.articles[number - 1]
        problem = self.problems.iloc[0] if len(self.problems) == len(self.table) == 1 else None
        if problem is not None:
            raise ArticleError(problem["source_file"], problem["problem"], problem["remedy"])
        raise ArticleError(
            f"Article {number}", "there is no such article", f"of these choose one: {self.sentence[:-1]}"
        )

    @property
    def sentence(self) -> str:
        """The account in one sentence."""
        return sentence_of(self.table)


def load_all(
    *sources: Source | Iterable[Source],
    text_column: str | None = None,
    pages: Source | None = None,
    fewest_words: int = FEWEST_WORDS,
    threshold: float = duplicates.THRESHOLD,
    drop_duplicates: bool = False,
) -> Intake:
    """Read all articles in files, folders, ZIP archives, tables, exports of databases and at addresses.

    `text_column` names the column with the texts of tables, `pages` the folder of saved pages that a table of
    addresses belongs to. Near-duplicates, from `threshold` (0 to 1) on, are marked, and set aside only where
    `drop_duplicates` is true. Nothing is lost: what cannot be read stands in the tables, the rest goes on.
    """
    entries = read_each(*sources, text_column=text_column, pages=pages, fewest_words=fewest_words)
    articles, ledger = [], Ledger(threshold, drop_duplicates=drop_duplicates)
    for entry in entries:
        ledger.add(entry)
        if isinstance(entry, Article):
            articles.append(entry)
    closed = ledger.close(lambda place: articles[place].text)
    kept = [closed.marked(place, one) for place, one in enumerate(articles) if place not in closed.dropped]
    return Intake(tuple(kept), closed.table, closed.problems)


def read_each(
    *sources: Source | Iterable[Source],
    text_column: str | None = None,
    pages: Source | None = None,
    fewest_words: int = FEWEST_WORDS,
) -> Iterator[Article | ArticleError]:
    """The articles in all sources one by one, each with an id of its own, or what is wrong with one; lazily.

    The options are those of :func:`load_all`.
    """
    options = Options(text_column=text_column, pages=Path(pages) if pages is not None else None)
    seen: set[str] = set()
    total = lru_cache(1)(file_hash)
    for source in flat(sources):
        for where, item in open_source(source, options):
            entry = _read(where, item, fewest_words)
            if isinstance(entry, Article):
                whole = total(entry.source_file) if entry.source_file else None
                entry = replace(entry, article_id=_own_id(entry.article_id, seen), sha256=whole or entry.sha256)
            yield entry


def _own_id(article_id: str, seen: set[str]) -> str:
    """An id that was not seen before: the second "talks" is "talks-2"."""
    number, own = 1, article_id
    while own.casefold() in seen:
        number += 1
        own = f"{article_id}-{number}"
    seen.add(own.casefold())
    return own


class Ledger:
    """The account of an intake while it is written: a row for each article or failure, and sketches of the texts."""

    def __init__(self, threshold: float = duplicates.THRESHOLD, *, drop_duplicates: bool = False) -> None:
        self._drop = drop_duplicates
        self._rows: list[dict[str, object]] = []
        self._problems: list[dict[str, object]] = []
        self._places: list[int] = []
        self._sketches = duplicates.Sketches(threshold)

    def add(self, entry: Article | ArticleError) -> None:
        """Write down what was found next."""
        if isinstance(entry, ArticleError):
            self._rows.append(_error_row(entry))
            self._problems.append(problem_row(entry))
        else:
            self._places.append(len(self._rows))
            self._rows.append(_row(entry))
            self._sketches.add(entry.text)

    def close(self, text_of: Callable[[int], str]) -> Closed:
        """The account, with the copies marked and articles in doubt that are far longer than the others.

        `text_of` gives the text of the first article, the second, ... again.
        """
        rows = [self._rows[place] for place in self._places]
        copies = self._sketches.copies(text_of)
        for place, doubt in enumerate(doubts.of_lengths([row["words"] for row in rows])):
            rows[place]["doubt"] = "; ".join(filter(None, (rows[place]["doubt"], doubt))) or None
        for place, (first, share) in copies.items():
            rows[place] |= {"duplicate_of": rows[first]["article_id"], "similarity": round(share, 4)}
        dropped = frozenset(copies) if self._drop else frozenset()
        marks = tuple(tuple(row[name] for name in MARKS) for row in rows)
        for place in dropped:
            detail = "it shares {similarity:.0%} of its wording with {duplicate_of}".format(**rows[place])
            aside = {"article_id": None, "status": "set aside", "reason": "duplicate", "detail": detail}
            rows[place] |= aside
        tables = (
            schema.tabulate(name, found) for name, found in (("intake", self._rows), ("problems", self._problems))
        )
        return Closed(*tables, dropped=dropped, marks=marks)


@dataclass(frozen=True)
class Closed:
    """An account that is complete; `dropped` are the places of the articles that are set aside as copies.

    `marks` are what is known of each article only when all are read.
    """

    table: pd.DataFrame
    problems: pd.DataFrame
    dropped: frozenset[int]
    marks: tuple[tuple[object, ...], ...]

    def marked(self, place: int, article: Article) -> Article:
        """The article at that place with what the others tell of it."""
        return replace(article, **dict(zip(MARKS, self.marks[place], strict=True)))


def sentence_of(table: pd.DataFrame) -> str:
    """The account of an intake in one sentence."""
    kept, aside = (table[table["status"] == status] for status in schema.STATUSES)
    copies = int(kept["duplicate_of"].notna().sum())
    marked = f" ({copies} marked as near-{_plural(copies, 'duplicate')} of others)" if copies else ""
    why = ", ".join(_reasons(aside))
    files = table["source_file"].nunique()
    found = f"{_count(files, 'file')}, {_count(len(table), 'article')} found"
    doubtful = int(kept["doubt"].notna().sum())
    look = f" Look at {_count(doubtful, 'article')} in doubt." if doubtful else ""
    return f"{found}: {len(kept)} kept{marked}, {len(aside)} set aside{f' ({why})' if why else ''}.{look}"


def account(article: Article) -> pd.DataFrame:
    """The table of an intake of this one article."""
    return schema.tabulate("intake", [_row(article)])


def save(article: Article, folder: Path) -> Path:
    """The article as a file of its own, from which :func:`analysis.load` reads it again.

    For an article that is one of many in its file: a table of one row (JSON lines) with all its metadata.
    """
    titled = bool(article.title) and lead(article.title, article.text) == article.text
    about = {name: getattr(article, name) for name in ("outlet", "author", "date")}
    own = {"id": article.article_id, "title": article.title if titled else None, **about}
    row = {**dict(article.fields), **{name: value for name, value in own.items() if value}, "text": article.text}
    file = folder / f"{article.article_id}.jsonl"
    file.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    return file


def flat(sources: Iterable[Source | Iterable[Source]]) -> Iterator[Source]:
    """Sources one by one, however they are nested."""
    for source in sources:
        if isinstance(source, (str, Path)):
            yield source
        else:
            yield from flat(source)


def _read(where: Where, item: Draft | ArticleError, fewest_words: int) -> Article | ArticleError:
    """The article that a draft becomes, or why it becomes none."""
    if isinstance(item, ArticleError):
        return item
    try:
        article = article_of(item, where)
        if article.words < fewest_words:
            problem = f"it has only {article.words} words"
            raise where.error(problem, "give the whole article, or leave it out", reason="too short")
    except ArticleError as error:
        return error
    return article


def _row(article: Article) -> dict[str, object]:
    names = ("part", "format", "sign", "language", "title", "outlet", "date", "words", *MARKS)
    row = {name: getattr(article, name) for name in names} | {"source_file": article.source_file or article.article_id}
    return row | {"status": "kept", "article_id": article.article_id}


def _error_row(error: ArticleError) -> dict[str, object]:
    row = {"source_file": error.path, "part": error.part, "status": "set aside", "reason": error.reason}
    return row | {"detail": f"{error.problem}; {error.remedy}", "language": error.language}


def problem_row(error: ArticleError) -> dict[str, object]:
    """An error as a row of problems."""
    row = {"source_file": error.path, "part": error.part, "stage": "load"}
    return row | {"problem": error.problem, "remedy": error.remedy}


def _reasons(aside: pd.DataFrame) -> Iterator[str]:
    """ "2 not English: de, fr", for each reason in its fixed order."""
    counts = Counter(aside["reason"])
    for reason in schema.REASONS:
        if counts[reason]:
            languages = sorted(set(aside.loc[aside["reason"] == reason, "language"].dropna()))
            shown = f": {', '.join(languages)}" if reason == "not English" else ""
            yield f"{counts[reason]} {_plural(counts[reason], 'duplicate') if reason == 'duplicate' else reason}{shown}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {_plural(number, noun)}"


def _plural(number: int, noun: str) -> str:
    return noun if number == 1 else f"{noun}s"
