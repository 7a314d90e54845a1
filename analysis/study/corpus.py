"""Many articles: each analysed for itself, the tables of all in one, what failed in a table of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from inspect import signature

import pandas as pd
from spacy.language import Language

from analysis import codebook, schema
from analysis.language.models import EncoderError
from analysis.language.parsing import parse_all
from analysis.pipeline import analyse
from analysis.reading.article import Article
from analysis.reading.collection import Intake, Source, load_all
from analysis.schema.analysis import Analysis


def analyse_corpus(
    sources: Intake | Source | Iterable[Source],
    *,
    nlp: Language | None = None,
    track: Callable[[Iterable[Article]], Iterable[Article]] = lambda articles: articles,
    **options: object,
) -> Analysis:
    """All tables of many articles, given as :func:`load_all` takes them, or as the intake that it returns.

    What cannot be read becomes a row of `intake` and of `problems`; the rest goes on. `track` wraps the articles:
    ``tqdm`` shows the progress. The other options are those of :func:`analyse`.
    """
    signature(analyse).bind_partial(**options)  # an option that there is not ends the run at once
    taken = sources if isinstance(sources, Intake) else load_all(sources)
    problems: list[dict[str, object]] = taken.problems.to_dict("records")
    parts = []
    for parsed in parse_all(track(taken.articles), nlp):
        try:
            parts.append(analyse(parsed, **options))
        except (codebook.CodebookError, EncoderError):
            raise
        except Exception as error:  # one odd article must not end a run over ten thousand
            problems.append(_unexpected(parsed.article, error))
    return _joined(parts, taken.table, schema.tabulate("problems", problems))


def _unexpected(article: Article, error: Exception) -> dict[str, object]:
    return {
        "article_id": article.article_id,
        "source_file": article.source_file or article.article_id,
        "part": article.part,
        "stage": "analyse",
        "problem": f"an unexpected {type(error).__name__}: {error}",
        "remedy": "leave the article out and report it to the makers of this program",
    }


def _joined(parts: list[Analysis], intake: pd.DataFrame, problems: pd.DataFrame) -> Analysis:
    """One analysis of all parts, the types of the schema kept."""
    tables = {
        name: pd.concat([part.tables[name] for part in parts], ignore_index=True) if parts else schema.empty(name)
        for name in schema.TABLES
        if name not in ("intake", "problems")
    }
    texts = {article_id: text for part in parts for article_id, text in part.texts.items()}
    return Analysis(**tables, intake=intake, problems=problems, texts=texts)
