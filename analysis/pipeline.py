"""The whole way of one article: the stages in their order, from a file to all tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from spacy.language import Language

from analysis import schema
from analysis.actors.finding import find_actors
from analysis.actors.speakers import extract_statements
from analysis.framing.devices import find_devices
from analysis.framing.frame_encoder import read
from analysis.framing.frames import code_frames
from analysis.framing.functions import find_functions
from analysis.framing.roles import cast_roles
from analysis.language.parsing import Parsed, parse
from analysis.positions.sentiment import score_sentiment, score_tone
from analysis.positions.stance import score_stance
from analysis.reading.article import Article, articles_table, load, metadata_table, segments_table
from analysis.reading.collection import account
from analysis.schema.analysis import Analysis
from analysis.statements.rules import find_attributions


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
    for large corpora. Raises :class:`analysis.reading.article.ArticleError` if the file cannot be read.
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
