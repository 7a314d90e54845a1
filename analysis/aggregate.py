"""From single judgements to actors: means with the number they rest on and an interval."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.schema import WRITER

ENOUGH = 5
"""From this number of observations on an interval is given."""
RESAMPLES, SEED = 2000, 20260101
NEGATIVE, POSITIVE = -0.425, 0.025
"""Below and above these mean scores the author is negative or positive toward an actor (chosen on PerSenT dev, where
most authors are positive: ``benchmarks.persent``)."""


def interval(values: np.ndarray) -> tuple[float, float]:
    """The 95 % percentile bootstrap interval of the mean (Efron and Tibshirani 1993), the same on every run."""
    draws = np.random.default_rng(SEED).choice(values, (RESAMPLES, len(values)))
    low, high = np.quantile(draws.mean(axis=1), [0.025, 0.975])
    return float(low), float(high)


def mean_stances(stances: pd.DataFrame) -> pd.DataFrame:
    """Mean stance of each source toward each target: `n` statements (or passages of the writer), `low` and `high`.

    The interval is over statements and stands from five of them on. A mean near 0 may come from statements for and
    against: `against`, `neither` and `for` count them.
    """
    rows = []
    for (source, target), group in stances.groupby(["source", "target"], sort=False):
        values = group["stance"].astype(float).to_numpy()
        counts = {name: int((values == sign).sum()) for sign, name in ((-1, "against"), (0, "neither"), (1, "for"))}
        rows.append({"source": source, "target": target, **_mean(values), **counts})
    return pd.DataFrame(rows, columns=["source", "target", "n", "mean", "low", "high", "against", "neither", "for"])


def author_sentiment(sentiments: pd.DataFrame) -> pd.DataFrame:
    """How the article paints each actor as a whole: the mean score of its mentions as -1, 0 or +1, with `n`.

    All voices count, as readers were asked for their impression of the whole article (PerSenT: Bastan et al. 2020);
    `writer` is the mean over the mentions in the writer's own words.
    """
    scored = sentiments[sentiments["sentiment_score"].notna()]
    rows = []
    for actor, group in scored.groupby("actor", sort=False):
        values = group["sentiment_score"].astype(float).to_numpy()
        own = group.loc[group["voice_id"] == WRITER, "sentiment_score"].astype(float)
        rows.append({"actor": actor, "sentiment": as_label(values.mean()), **_mean(values), "writer": own.mean()})
    return pd.DataFrame(rows, columns=["actor", "sentiment", "n", "mean", "low", "high", "writer"])


def as_label(score: float, cuts: tuple[float, float] = (NEGATIVE, POSITIVE)) -> int:
    """A mean score as -1, 0 or +1."""
    return int(score > cuts[1]) - int(score < cuts[0])


def _mean(values: np.ndarray) -> dict[str, object]:
    low, high = interval(values) if len(values) >= ENOUGH else (None, None)
    return {"n": len(values), "mean": float(values.mean()), "low": low, "high": high}
