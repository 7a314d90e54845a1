"""Choosing: the part of a corpus that a question is about, and the sentences behind a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.findings.aggregate import BOTH, taken
from analysis.schema.analysis import Analysis

ONCE = ("corpus", "month", "week", "day", "never")
"""Within what near-duplicates count once: the whole corpus, or the month, week or day of each; "never" counts all."""
SENTENCE_COLUMNS = ["outlet", "date", "article_id", "who", "what", "toward", "words", "sentence", "method"]


def chosen(
    analysis: Analysis,
    *,
    outlets: Sequence[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    actor: str | None = None,
    once: str = "corpus",
) -> Analysis:
    """The articles of some outlets, between two dates (ISO, both included), that mention an actor by a name.

    Near-duplicates are left out but for the first one within the `once` of its date (:data:`ONCE`). Raises
    :class:`ValueError` for another `once`.
    """
    articles = analysis.articles
    keep = ~_copies(articles, once)
    if outlets is not None:
        keep &= articles["outlet"].isin(list(outlets)).to_numpy()
    if since is not None:
        keep &= (articles["date"] >= since).fillna(False).to_numpy(dtype=bool)
    if until is not None:
        keep &= (articles["date"].str.slice(0, len(until)) <= until).fillna(False).to_numpy(dtype=bool)
    if actor is not None:
        with_actor = set(analysis.actors.loc[analysis.actors["name"] == actor, "article_id"])
        keep &= articles["article_id"].isin(with_actor).to_numpy()
    kept = set(articles.loc[keep, "article_id"])
    tables = {
        name: table if name in ("intake", "problems") else table[table["article_id"].isin(kept)].reset_index(drop=True)
        for name, table in analysis.tables.items()
    }
    return replace(analysis, **tables, texts={name: text for name, text in analysis.texts.items() if name in kept})


def _copies(articles: pd.DataFrame, once: str) -> np.ndarray:
    """Whether an article is a near-duplicate of an earlier one that counts already."""
    if once not in ONCE:
        raise ValueError(f"near-duplicates count once within {', '.join(ONCE)}, not within '{once}'")
    if once == "never":
        return np.zeros(len(articles), dtype=bool)
    first = articles["duplicate_of"].fillna(articles["article_id"])
    dates = pd.to_datetime(articles["date"].str.slice(0, 10), errors="coerce", format="ISO8601")
    span = {"corpus": None, "month": "M", "week": "W", "day": "D"}[once]
    within = pd.Series("", index=articles.index) if span is None else dates.dt.to_period(span).astype(str)
    return pd.DataFrame({"first": first.astype(str), "within": within}).duplicated().to_numpy()


def sentences(
    analysis: Analysis,
    *,
    source: str | None = None,
    target: str | None = None,
    frame: str | None = None,
    speaker: str | None = None,
    camp: str | None = None,
    outlet: str | None = None,
    how: str = BOTH,
) -> pd.DataFrame:
    """The sentences behind a number, one row each: positions of a `source` or toward a `target`, a `frame`, or the
    statements of a `speaker` or a `camp`; of one `outlet` or all.

    `how` as in :func:`analysis.findings.taken`. Columns: outlet, date, article, who, what (for, against, the frame, the
    cue), toward whom, the words that decided, the sentence, the rule or model.
    """
    if frame is not None:
        rows = _frames(analysis, frame)
    elif source is not None or target is not None:
        rows = _positions(analysis, source, target, how)
    else:
        rows = _statements(analysis, speaker, camp)
    passages = analysis.passages[["article_id", "passage_id", "text"]].rename(columns={"text": "sentence"})
    about = analysis.articles[["article_id", "outlet", "date"]]
    table = rows.merge(passages, on=["article_id", "passage_id"], how="left").merge(about, on="article_id", how="left")
    table = table if outlet is None else table[table["outlet"] == outlet]
    order = table.sort_values(["outlet", "date", "article_id", "passage_id"], kind="stable", na_position="last")
    return order.reindex(columns=SENTENCE_COLUMNS).reset_index(drop=True)


def _frames(analysis: Analysis, frame: str) -> pd.DataFrame:
    """The rows of a frame, named alone or with its scheme: "conflict", "generic: conflict"."""
    own = analysis.frames
    named = own["frame"].str.replace("_", " ")
    own = own[named.eq(frame) | (own["scheme"] + ": " + named).eq(frame)]
    names = {"voice": "who", "frame": "what", "evidence_text": "words"}
    return own.rename(columns=names).assign(toward=pd.NA)


def _positions(analysis: Analysis, source: str | None, target: str | None, how: str) -> pd.DataFrame:
    own = taken(analysis.stances, how)
    own = own if source is None else own[own["source"] == source]
    own = own if target is None else own[own["target"] == target]
    what = own["stance"].map({-1: "against", 0: "neither", 1: "for"}).astype("string") + " (" + own["how"] + ")"
    names = {"source": "who", "target": "toward", "evidence_text": "words"}
    return own.assign(what=what).rename(columns=names)


def _statements(analysis: Analysis, speaker: str | None, camp: str | None) -> pd.DataFrame:
    own = analysis.statements
    own = own if speaker is None else own[own["speaker"] == speaker]
    own = own if camp is None else own[own["camp"] == camp]
    names = {"speaker": "who", "cue": "what", "addressee": "toward", "content": "words"}
    return own.drop(columns="words").rename(columns=names)
