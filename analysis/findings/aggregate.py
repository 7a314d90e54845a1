"""From single judgements to actors: means with the number they rest on and an interval."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import sqrt

import numpy as np
import pandas as pd

from analysis import codebook
from analysis.schema import WRITER
from analysis.schema.values import MANNERS, SAID

ENOUGH = 5
"""From this number of articles on an interval is given."""
BOTH = "both"
RESAMPLES, SEED = 2000, 20260101
AUTHOR_COLUMNS = ("label", "constant", "negative", "positive", "source", "note")


def interval(values: np.ndarray, articles: Sequence[object]) -> tuple[float, float] | None:
    """The 95 % percentile bootstrap interval of a mean (Efron and Tibshirani 1993), the same on every run.

    `articles` says which article each value is from. Articles are drawn, as the sentences of one are not independent of
    each other; none is given for fewer than :data:`ENOUGH` of them.
    """
    known, numbers = np.unique(np.asarray(articles, dtype=str), return_inverse=True)
    if len(known) < ENOUGH:
        return None
    sums, counts = np.bincount(numbers, weights=values), np.bincount(numbers)
    drawn = np.random.default_rng(SEED).integers(0, len(known), (RESAMPLES, len(known)))
    low, high = np.quantile(sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1), [0.025, 0.975])
    return float(low), float(high)


def wilson(part: int, whole: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share, as shares (Wilson 1927)."""
    share = part / whole
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def percent(share: float) -> str:
    """A share as it is written: "12 %"."""
    return f"{100 * share:.0f} %"


def taken(stances: pd.DataFrame, how: str = SAID) -> pd.DataFrame:
    """The stances that speakers take themselves ("said"), those that are told of others ("told"), or "both".

    Raises :class:`ValueError` for any other word.
    """
    if how not in (*MANNERS, BOTH):
        raise ValueError(f"{how!r} is none of {', '.join((*MANNERS, BOTH))}")
    return stances if how == BOTH else stances[stances["how"] == how]


def mean_stances(stances: pd.DataFrame, *, how: str = SAID) -> pd.DataFrame:
    """Mean stance of each source toward each target: `n` rows, `low` and `high`, `score`.

    `how` as in :func:`taken`; what is told has no rows of 0. The interval comes from drawing articles and stands from
    five of them on. A mean near 0 may come from statements for and against: `against`, `neither` and `for` count them.
    `score` is the mean of the probabilities of for less those of against, where the model was asked.
    """
    rows = []
    for (source, target), group in taken(stances, how).groupby(["source", "target"], sort=False):
        values = group["stance"].astype(float).to_numpy()
        counts = {name: int((values == sign).sum()) for sign, name in ((-1, "against"), (0, "neither"), (1, "for"))}
        score = group["score"].astype(float).mean()
        own = _mean(values, group["article_id"])
        rows.append({"source": source, "target": target, **own, "score": score, **counts})
    columns = ["source", "target", "n", "mean", "low", "high", "score", "against", "neither", "for"]
    return pd.DataFrame(rows, columns=columns)


def once_an_article(stances: pd.DataFrame, *, least: int = 1) -> pd.DataFrame:
    """Positions in which every article has one vote on a pair, those that at least so many articles have.

    The vote is the sign of the mean of its rows for or against; an article in which they balance has none. For networks
    over a corpus, where a long article would outweigh the others.
    """
    sided = stances[stances["stance"] != 0]
    pair = ["article_id", "how", "source", "target"]
    means = sided.assign(stance=sided["stance"].astype(float)).groupby(pair)["stance"].transform("mean")
    votes = sided.assign(stance=means.pipe(np.sign).astype(int).astype("Int64"))
    votes = votes[votes["stance"] != 0].drop_duplicates(pair)
    spread = votes.groupby(["source", "target"])["article_id"].transform("nunique")
    return votes[spread >= least].reset_index(drop=True)


def author_sentiment(sentiments: pd.DataFrame) -> pd.DataFrame:
    """How the article paints each actor as a whole: the mean score of its mentions as -1, 0 or +1, with `n`.

    All voices count, as readers were asked for their impression of the whole article (PerSenT: Bastan et al. 2020);
    `sentiment` follows from the mean probabilities of all mentions (:func:`author_labels`), `writer` is the mean score
    of those in the writer's own words.
    """
    scored = sentiments[sentiments["sentiment_score"].notna()]
    rows = []
    for actor, group in scored.groupby("actor", sort=False):
        values = group["sentiment_score"].astype(float).to_numpy()
        own = group.loc[group["voice_id"] == WRITER, "sentiment_score"].astype(float)
        (label,) = author_labels(_sides(group).mean(axis=0, keepdims=True))
        mean = _mean(values, group["article_id"])
        rows.append({"actor": actor, "sentiment": int(label), **mean, "writer": own.mean()})
    return pd.DataFrame(rows, columns=["actor", "sentiment", "n", "mean", "low", "high", "writer"])


def author_labels(chances: np.ndarray) -> np.ndarray:
    """Mean probabilities of negative and positive (rows of two) as -1, 0 or +1, by the weights of the codebook.

    Sentences are painted more darkly than articles: the weights were learned on the coded articles of PerSenT dev
    (``models/author_sentiment.csv``, made by ``training.author_sentiment``).
    """
    return author_scores(chances).argmax(axis=1) - 1


def author_scores(chances: np.ndarray) -> np.ndarray:
    """The weight of evidence for -1, 0 and +1, for rows as :func:`author_labels` takes them."""
    weights = _author_weights()
    return weights[:, 0] + chances @ weights[:, 1:].T


@cache
def _author_weights() -> np.ndarray:
    file = codebook.folder().parent / "models" / "author_sentiment.csv"
    rows = {int(row["label"]): row for row in codebook.read_csv(file.name, AUTHOR_COLUMNS, path=file)}
    return np.array([[float(rows[label][name]) for name in AUTHOR_COLUMNS[1:4]] for label in (-1, 0, 1)])


def chances(label: pd.Series, probability: pd.Series, score: pd.Series) -> np.ndarray:
    """The model's probabilities of -1, 0 and +1, one row each, from its label, that label's probability and the score.

    `score` is the probability of +1 less that of -1. Missing where the model was not asked.
    """
    sign, chance, between = (one.astype(float).to_numpy() for one in (label, probability, score))
    good = np.select([sign > 0, sign < 0], [chance, chance + between], (1 - chance + between) / 2)
    return np.stack([good - between, 1 - 2 * good + between, good], axis=1)


def _sides(scored: pd.DataFrame) -> np.ndarray:
    """The probabilities of negative and positive of each mention."""
    return chances(scored["sentiment"], scored["probability"], scored["sentiment_score"])[:, [0, 2]]


def _mean(values: np.ndarray, articles: Sequence[object]) -> dict[str, object]:
    low, high = interval(values, articles) or (None, None)
    return {"n": len(values), "mean": float(values.mean()), "low": low, "high": high}
