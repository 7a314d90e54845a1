"""Frames of whole articles: a frame is there or not, with a strength that does not grow with the length."""

from __future__ import annotations

import pandas as pd

from analysis.findings.aggregate import wilson
from analysis.findings.counts import CODEBOOK

THERE = 0.1
"""By the codebook a frame is there in an article if at least this share of its passages has it; chosen on the
Narrative Frames Corpus (``benchmarks/README.md``)."""
COLUMNS = ("article_id", "scheme", "frame", "there", "passages", "of", "share", "low", "high", "probability")


def frames_of_articles(frames: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """The frames of each article, one row for each that any passage has, by scheme, the strongest first.

    `passages` of all (`of`) have the frame, whoever's words they are; `share` is its strength, `low` and `high` its
    95 % interval by Wilson (1927). `there`: a model says so of the article, or by the codebook the share is at least
    :data:`THERE`. `probability` is the model's, missing by the codebook.
    """
    whole = passages.groupby("article_id").size()
    groups = frames.groupby(["article_id", "scheme", "frame"], sort=False)
    found = groups.agg(
        passages=("passage_id", "nunique"), probability=("probability", "max"), method=("method", "first")
    ).reset_index()
    found["of"] = found["article_id"].map(whole).astype(int)
    found["share"] = found["passages"] / found["of"]
    found["there"] = ~found["method"].str.startswith(CODEBOOK) | (found["share"] >= THERE)
    bounds = [wilson(part, of) for part, of in zip(found["passages"], found["of"], strict=True)]
    found[["low", "high"]] = pd.DataFrame(bounds, columns=["low", "high"], index=found.index, dtype=float)
    order = found.sort_values(["article_id", "scheme", "share", "frame"], ascending=[True, True, False, True])
    return order[list(COLUMNS)].reset_index(drop=True)
