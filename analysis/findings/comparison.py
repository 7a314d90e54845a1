"""Comparison: do outlets, or months, differ? Means over articles with bands, and a test that is corrected for all.

The test permutes the groups among the articles (Fisher 1935) and takes the F ratio of each item; the probabilities are
corrected by Holm (1979) for all items of all questions that are compared together. `eta2` is the share of the variance
that lies between the groups (Cohen 1988: .01 small, .06 medium, .14 large). Bands come from drawing articles, not
statements (Efron and Tibshirani 1993).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.findings.aggregate import SEED, interval

BY = ("outlet", "month")
MOST_ITEMS = 12
"""Items of a question that are compared: those that most articles say something to, whatever their group."""
FEWEST = 4
"""Articles that must say something to an item, and groups have together, for it to be compared."""
PERMUTATIONS = 4_999
LEVEL = 0.05
GROUP_COLUMNS = ["question", "item", "group", "n", "rows", "mean", "low", "high"]
TEST_COLUMNS = ["question", "item", "n", "groups", "f", "eta2", "p", "p_corrected", "differs"]


def groups_of(articles: pd.DataFrame, by: str = "outlet") -> pd.Series:
    """The outlet or the month of each article, by its id; those without one are left out.

    Raises :class:`ValueError` for another `by`.
    """
    if by not in BY:
        raise ValueError(f"articles are compared by {' or by '.join(BY)}, not by '{by}'")
    cells = articles["outlet"] if by == "outlet" else articles["date"].str.slice(0, 7)
    return cells.set_axis(articles["article_id"]).dropna().rename("group")


def compared(values: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """The mean of each item in each group: over `n` articles, with a band from five of them on.

    `values` are those of :mod:`analysis.findings.by_article`, `groups` those of :func:`groups_of`.
    """
    table = _chosen(values, groups)
    rows = []
    for (question, item, group), own in table.groupby(["question", "item", "group"], sort=False):
        numbers = own["value"].to_numpy(dtype=float)
        low, high = interval(numbers, own["article_id"]) or (None, None)
        row = {"question": question, "item": item, "group": group, "n": len(own), "rows": int(own["rows"].sum())}
        rows.append(row | {"mean": float(numbers.mean()), "low": low, "high": high})
    return pd.DataFrame(rows, columns=GROUP_COLUMNS)


def differences(values: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """For each item whether the groups differ: F ratio, effect size, probability, and that corrected for all items.

    An item is tested if at least two groups have two articles that say something to it. `differs`: the corrected
    probability is below 0.05. The same numbers on every run.
    """
    table = _chosen(values, groups)
    rows, cells = [], []
    for (question, item), own in table.groupby(["question", "item"], sort=False):
        sizes = own["group"].value_counts()
        kept = own[own["group"].isin(sizes[sizes > 1].index)]
        if kept["group"].nunique() > 1 and kept["value"].nunique() > 1:
            rows.append({"question": question, "item": item, "n": len(kept), "groups": kept["group"].nunique()})
            cells.append(kept)
    if not rows:
        return pd.DataFrame(columns=TEST_COLUMNS)
    from statsmodels.stats.multitest import multipletests

    tests = [_permuted(own["value"].to_numpy(dtype=float), own["group"].factorize()[0]) for own in cells]
    found = pd.DataFrame(rows).join(pd.DataFrame(tests, columns=["f", "eta2", "p"]))
    found["differs"], found["p_corrected"] = multipletests(found["p"], alpha=LEVEL, method="holm")[:2]
    return found.sort_values(["p", "eta2"], ascending=[True, False], kind="stable")[TEST_COLUMNS].reset_index(drop=True)


def _chosen(values: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """The values of articles whose group is known, of the items that most articles say something to."""
    table = values.merge(groups, left_on="article_id", right_index=True)
    table = table.assign(said=(table["rows"] > 0).astype(int))
    counts = table.groupby(["question", "item"], sort=False)["said"].sum().reset_index()
    counts = counts[counts["said"] >= FEWEST].sort_values(["said", "item"], ascending=[False, True], kind="stable")
    kept = counts.groupby("question", sort=False).head(MOST_ITEMS)
    order = kept.reset_index(drop=True).reset_index(names="rank")[["question", "item", "rank"]]
    return table.merge(order, on=["question", "item"]).sort_values(["rank", "article_id"], kind="stable")


def _permuted(values: np.ndarray, codes: np.ndarray) -> tuple[float, float, float]:
    """F ratio, share of variance between the groups, and how often permuted groups give as large a ratio."""
    sizes = np.bincount(codes)
    total = ((values - values.mean()) ** 2).sum()
    centred = values - values.mean()

    def between(some: np.ndarray) -> np.ndarray:
        sums = np.stack([(some == group) @ centred for group in range(len(sizes))], axis=-1)
        return (sums**2 / sizes).sum(axis=-1)

    observed = float(between(codes[None, :])[0])
    draw = np.random.default_rng(SEED)
    at_least, left = 0, PERMUTATIONS
    while left:
        some = min(left, max(1, 2_000_000 // len(values)))
        drawn = draw.permuted(np.tile(codes, (some, 1)), axis=1)
        at_least += int((between(drawn) >= observed * (1 - 1e-9)).sum())
        left -= some
    within = max(total - observed, 1e-12)
    ratio = (observed / (len(sizes) - 1)) / (within / max(len(values) - len(sizes), 1))
    return ratio, observed / total, (at_least + 1) / (PERMUTATIONS + 1)


def in_words(tests: pd.DataFrame, questions: Sequence[str] | None = None, by: str = "outlet") -> str:
    """What the tests bear out, as a title says it: the items in which the groups differ, or that none is."""
    own = tests if questions is None else tests[tests["question"].isin(questions)]
    if own.empty:
        return f"Too few articles of different {by}s to compare"
    sure = own[own["differs"]]
    if sure.empty:
        return f"No difference between {by}s is borne out ({len(own)} compared)"
    names = [f"{row.item} (p = {_p(row.p_corrected)})" for row in sure.head(2).itertuples()]
    more = f" and {len(sure) - 2} more" if len(sure) > 2 else ""
    what = f"{questions[0]}: " if questions is not None and len(questions) == 1 else ""
    return f"The {by}s differ in {what}{' and '.join(names)}{more}, {len(own)} compared"


def _p(value: float) -> str:
    return f"{value:.3f}" if value >= 0.001 else "< 0.001"
