"""Collections: many articles from files, folders, archives, tables and addresses, and an account of every one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
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
        kept, aside = (self.table[self.table["status"] == status] for status in schema.STATUSES)
        copies = int(kept["duplicate_of"].notna().sum())
        marked = f" ({copies} marked as near-{_plural(copies, 'duplicate')} of others)" if copies else ""
        why = ", ".join(_reasons(aside))
        files = self.table["source_file"].nunique()
        found = f"{_count(files, 'file')}, {_count(len(self.table), 'article')} found"
        doubtful = int(kept["doubt"].notna().sum())
        look = f" Look at {_count(doubtful, 'article')} in doubt." if doubtful else ""
        return f"{found}: {len(kept)} kept{marked}, {len(aside)} set aside{f' ({why})' if why else ''}.{look}"


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
    options = Options(text_column=text_column, pages=Path(pages) if pages is not None else None)
    found = [
        _read(where, item, fewest_words) for source in _flat(sources) for where, item in open_source(source, options)
    ]
    articles = _compared(_hashed(_named([one for one in found if isinstance(one, Article)])))
    marked = _marked(articles, threshold)
    kept = [one for one in marked if not (drop_duplicates and one.duplicate_of)]
    errors = [one for one in found if isinstance(one, ArticleError)]
    waiting, failed = iter(marked), iter(errors)
    rows = [
        _row(next(waiting), drop=drop_duplicates) if isinstance(one, Article) else _error_row(next(failed))
        for one in found
    ]
    table, problems = schema.tabulate("intake", rows), schema.tabulate("problems", map(problem_row, errors))
    return Intake(tuple(kept), table, problems)


def account(article: Article) -> pd.DataFrame:
    """The table of an intake of this one article."""
    return schema.tabulate("intake", [_row(article, drop=False)])


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


def _flat(sources: Iterable[Source | Iterable[Source]]) -> Iterator[Source]:
    for source in sources:
        if isinstance(source, (str, Path)):
            yield source
        else:
            yield from source


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


def _named(articles: list[Article]) -> list[Article]:
    """Each article with an id of its own: the second "talks" is "talks-2"."""
    seen: set[str] = set()
    named = []
    for article in articles:
        number, article_id = 1, article.article_id
        while article_id.casefold() in seen:
            number += 1
            article_id = f"{article.article_id}-{number}"
        seen.add(article_id.casefold())
        named.append(replace(article, article_id=article_id))
    return named


def _hashed(articles: list[Article]) -> list[Article]:
    """Each article with the SHA-256 sum of its file."""
    sums = {path: file_hash(path) for path in {one.source_file for one in articles if one.source_file}}
    return [replace(one, sha256=sums.get(one.source_file) or one.sha256) for one in articles]


def _compared(articles: list[Article]) -> list[Article]:
    """The articles, those far longer than the others in doubt."""
    found = doubts.of_lengths([one.words for one in articles])
    return [
        replace(one, doubt="; ".join(filter(None, (one.doubt, doubt)))) if doubt else one
        for one, doubt in zip(articles, found, strict=True)
    ]


def _marked(articles: list[Article], threshold: float) -> list[Article]:
    """The articles, copies of an earlier one marked as such."""
    if len(articles) < 2:
        return articles
    copies = duplicates.near_duplicates([one.text for one in articles], threshold=threshold)
    return [
        replace(one, duplicate_of=articles[copies[n][0]].article_id, similarity=round(copies[n][1], 4))
        if n in copies
        else one
        for n, one in enumerate(articles)
    ]


def _row(article: Article, *, drop: bool) -> dict[str, object]:
    names = (
        "part",
        "format",
        "sign",
        "language",
        "title",
        "outlet",
        "date",
        "words",
        "duplicate_of",
        "similarity",
        "doubt",
    )
    row = {name: getattr(article, name) for name in names} | {"source_file": article.source_file or article.article_id}
    if drop and article.duplicate_of:
        detail = f"it shares {article.similarity:.0%} of its wording with {article.duplicate_of}"
        return row | {"status": "set aside", "reason": "duplicate", "detail": detail}
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
