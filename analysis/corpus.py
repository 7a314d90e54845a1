"""The whole way at once: one article or many, from a file to all tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from inspect import signature
from pathlib import Path

import pandas as pd
from spacy.language import Language

from analysis import codebook, schema
from analysis.actors import find_actors
from analysis.article import Article, articles_table, load, metadata_table, segments_table
from analysis.devices import find_devices
from analysis.encoder import EncoderError
from analysis.frame_encoder import read
from analysis.framing import code_frames
from analysis.functions import find_functions
from analysis.intake.collection import Intake, Source, account, load_all
from analysis.parsing import Parsed, parse, parse_all
from analysis.roles import cast_roles
from analysis.rules import find_attributions
from analysis.sentiment import score_sentiment, score_tone
from analysis.stance import score_stance
from analysis.statements import extract_statements


@dataclass(frozen=True)
class Analysis:
    """All tables of one or many articles (see :mod:`analysis.schema`), and the texts that their offsets count in."""

    articles: pd.DataFrame
    metadata: pd.DataFrame
    segments: pd.DataFrame
    passages: pd.DataFrame
    actors: pd.DataFrame
    mentions: pd.DataFrame
    statements: pd.DataFrame
    stances: pd.DataFrame
    sentiments: pd.DataFrame
    frames: pd.DataFrame
    roles: pd.DataFrame
    functions: pd.DataFrame
    devices: pd.DataFrame
    intake: pd.DataFrame
    problems: pd.DataFrame
    texts: Mapping[str, str]

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by name, in the order of the analysis."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "texts"}

    def of(self, article_id: str) -> Analysis:
        """The part that belongs to one article."""
        part = {name: table[table["article_id"] == article_id] for name, table in self.tables.items()}
        return Analysis(**part, texts={article_id: self.texts[article_id]})


def analyse(
    article: Article | Parsed | str | Path,
    *,
    nlp: Language | None = None,
    camps: Mapping[str, str] | None = None,
    frames: Path | None = None,
    terms: Path | None = None,
    method: str = "model",
    evidence: bool = True,
) -> Analysis:
    """All tables of one article, given as a path, an :class:`Article` or an already parsed one.

    `camps` overrides the camp of actors by name; `frames` is an own codebook of frames in the format of
    ``codebook/frames.yml``, `terms` an own lexicon of loaded terms in that of ``codebook/loaded_terms.csv``; `method`
    "rules" does without the learned models: fewer statements, stance by rules alone, no sentiment. Without `evidence`
    the words that moved the models of stance and sentiment are not looked for, which takes most of the time of a run:
    for large corpora. Raises :class:`analysis.article.ArticleError` if the file cannot be read.
    """
    if isinstance(article, (str, Path)):
        article = load(article)
    parsed = article if isinstance(article, Parsed) else parse(article, nlp)
    attributions = find_attributions(parsed, method=method)
    actors, mentions = find_actors(parsed, attributions, camps=camps)
    statements = extract_statements(parsed, actors, mentions, attributions)
    passages = score_tone(parsed, statements)
    sentiments = score_sentiment(parsed, mentions, actors, statements, passages, method=method, evidence=evidence)
    readings = read(passages["text"].tolist()) if method == "model" else None
    return Analysis(
        articles=articles_table(parsed.article),
        metadata=metadata_table(parsed.article),
        segments=segments_table(parsed.article),
        passages=passages,
        actors=actors,
        mentions=mentions,
        statements=statements,
        stances=score_stance(
            parsed, statements, actors, mentions, sentiments=sentiments, method=method, evidence=evidence
        ),
        sentiments=sentiments,
        frames=code_frames(parsed, passages, statements, mentions, scheme_file=frames, readings=readings),
        roles=cast_roles(parsed, passages, statements, actors, mentions),
        functions=find_functions(parsed, passages, statements, actors, mentions),
        devices=find_devices(parsed, passages, statements, actors, mentions, terms_file=terms),
        intake=account(parsed.article),
        problems=schema.empty("problems"),
        texts={parsed.article.article_id: parsed.article.text},
    )


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
