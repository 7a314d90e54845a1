"""Agreement: coders with each other, the tool with what they agree on, and numbers corrected for the tool's errors.

`codings` has the columns `unit`, `coder`, `label`: who says what of which unit, missing labels left out. Units are
those of :mod:`analysis.study.coding`, with the probability by which each was drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.findings.aggregate import RESAMPLES, SEED
from analysis.findings.alpha import alpha

CODER_COLUMNS = ["coders", "n", "percent", "alpha", "low", "high"]
SHOWN = ["unit", "article_id", "outlet", "place", "about", "coders say", "tool says", "context"]
CLASS_COLUMNS = ["label", "n", "precision", "recall", "f1", "low", "high"]


def between_coders(codings: pd.DataFrame, labels: Sequence[str], *, level: str = "nominal") -> pd.DataFrame:
    """How far coders agree: each pair, and all together in the last row.

    `labels` are those of the question in their order, `level` one of ``nominal``, ``ordinal``. Columns: `coders`; `n`
    units that two of them coded; `percent` of the pairs of codings that are the same; Krippendorff's `alpha` with its
    95 % bootstrap interval over units.
    """
    table = _numbers(codings, labels)
    coders = list(table.columns)
    rows = [_agreement(table[list(pair)], " and ".join(pair), level) for pair in combinations(coders, 2)]
    rows += [_agreement(table, "all", level)] if len(coders) != 2 else []
    return pd.DataFrame(rows, columns=CODER_COLUMNS)


def _numbers(codings: pd.DataFrame, labels: Sequence[str]) -> pd.DataFrame:
    """One row a unit, one column a coder: the place of the label in the order of labels."""
    known = codings.dropna(subset="label")
    known = known[known["label"].isin(labels)]
    order = {label: place for place, label in enumerate(labels)}
    return known.assign(number=known["label"].map(order)).pivot(index="unit", columns="coder", values="number")


def _agreement(table: pd.DataFrame, who: str, level: str) -> dict[str, object]:
    both = table[table.notna().sum(axis=1) > 1]
    cells = both.to_numpy(dtype=float)
    pairs = [(one, other) for row in cells for one, other in combinations(row[~np.isnan(row)], 2)]
    same = np.mean([one == other for one, other in pairs]) if pairs else np.nan
    low, high = _interval(lambda chosen: alpha(cells[chosen].T, level=level), len(cells))
    value = alpha(cells.T, level=level) if len(cells) else np.nan
    named = {"coders": who, "n": len(cells), "percent": 100 * same}
    return named | {"alpha": value, "low": low, "high": high}


def gold(codings: pd.DataFrame) -> pd.DataFrame:
    """What most coders of a unit say: `unit`, `label`, `coders`; units in which they tie are left out.

    These are to be settled by talking about them: their label in a file of one more coder makes a majority.
    """
    counts = codings.dropna(subset="label").groupby(["unit", "label"]).size().rename("votes").reset_index()
    most = counts.groupby("unit")["votes"].transform("max")
    first = counts[counts["votes"] == most]
    clear = first[~first["unit"].duplicated(keep=False)]
    total = counts.groupby("unit")["votes"].sum().rename("coders")
    return clear.merge(total, on="unit")[["unit", "label", "coders"]].reset_index(drop=True)


def tied(codings: pd.DataFrame) -> pd.DataFrame:
    """The codings of units on which coders disagree without a majority."""
    known = set(gold(codings)["unit"])
    left = codings.dropna(subset="label")
    return left[~left["unit"].isin(known)].sort_values(["unit", "coder"]).reset_index(drop=True)


def against_gold(units: pd.DataFrame, settled: pd.DataFrame, labels: Sequence[str]) -> pd.DataFrame:
    """Precision, recall and F1 of the tool for each label, and of all (macro), with 95 % intervals over units.

    `units` has `unit`, `tool` and `probability` (by which the unit was drawn); a unit weighs as many as it stands for.
    `n` are units that coders gave the label.
    """
    table = units.merge(settled, on="unit")
    weights = 1 / table["probability"].to_numpy(dtype=float)
    coded, found = table["label"].to_numpy(dtype=str), table["tool"].to_numpy(dtype=str)
    rows = []
    for label in labels:
        scores = _scores(coded, found, weights, label)
        low, high = _interval(lambda c, label=label: _scores(coded[c], found[c], weights[c], label)[2], len(table))
        n = int((coded == label).sum())
        rows.append(dict(zip(CLASS_COLUMNS, (label, n, *scores, low, high), strict=True)))
    present = [label for label in labels if (coded == label).any()]

    def macro(chosen: np.ndarray) -> float:
        return float(np.mean([_scores(coded[chosen], found[chosen], weights[chosen], one)[2] for one in present]))

    here = pd.DataFrame(rows).set_index("label").reindex(present)
    means = [float(here[name].astype(float).mean()) for name in ("precision", "recall", "f1")]
    low, high = _interval(macro, len(table)) if present else (None, None)
    rows.append(dict(zip(CLASS_COLUMNS, ("macro", len(table), *means, low, high), strict=True)))
    return pd.DataFrame(rows, columns=CLASS_COLUMNS)


def _scores(coded: np.ndarray, found: np.ndarray, weights: np.ndarray, label: str) -> tuple[float, float, float]:
    hits = weights[(coded == label) & (found == label)].sum()
    said, there = weights[found == label].sum(), weights[coded == label].sum()
    precision, recall = (hits / whole if whole else np.nan for whole in (said, there))
    return precision, recall, 2 * hits / (said + there) if said + there else 0.0


def confusion(units: pd.DataFrame, settled: pd.DataFrame, labels: Sequence[str]) -> pd.DataFrame:
    """How many units coders gave each label (rows) and the tool (columns)."""
    table = units.merge(settled, on="unit")
    return pd.crosstab(table["label"], table["tool"]).reindex(index=labels, columns=labels, fill_value=0)


def disagreements(units: pd.DataFrame, settled: pd.DataFrame) -> pd.DataFrame:
    """The units that coders and tool see differently, with their text."""
    table = units.merge(settled, on="unit")
    table = table[table["tool"] != table["label"]].rename(columns={"label": "coders say", "tool": "tool says"})
    return table[[name for name in SHOWN if name in table]].reset_index(drop=True)


# --- numbers corrected for the tool's errors -----------------------------------------------------------------------


def corrected_share(population: pd.DataFrame, settled: pd.DataFrame, label: str) -> dict[str, float]:
    """The share of a label in all rows, as the tool has it and corrected for its errors in those that people coded.

    Design-based supervised learning (Egami, Hinck, Stewart and Wei 2023): each row counts as the tool says, and each
    coded one by as much more or less as it stands for rows in which the tool errs. Right on average whatever the errors
    are, as long as the units were drawn by the probabilities that they have. Intervals: 95 %, by article.
    `population` has `unit`, `tool`, `article_id` for all rows, and `probability`, missing where a row was not drawn.
    """
    tool, outcome, coded = _outcomes(population, settled, label)
    articles = population["article_id"].to_numpy()
    raw, own = _mean(tool, articles), _mean(outcome, articles)
    named = {
        "rows": len(population),
        "coded": int(coded.sum()),
        "tool": raw[0],
        "tool_low": raw[1],
        "tool_high": raw[2],
    }
    return named | {"corrected": own[0], "low": own[1], "high": own[2]}


def corrected_regression(
    population: pd.DataFrame, settled: pd.DataFrame, label: str, on: Sequence[str]
) -> pd.DataFrame:
    """Linear regression of whether a row has a label on columns of the rows, raw and corrected, one row a coefficient.

    Least squares with standard errors by article (statsmodels); texts are taken as categories. Corrected as in
    :func:`corrected_share`.
    """
    import statsmodels.api as sm

    tool, outcome, _ = _outcomes(population, settled, label)
    columns = pd.get_dummies(population[list(on)], drop_first=True, dtype=float)
    design = sm.add_constant(columns.reset_index(drop=True))
    groups = population["article_id"].factorize()[0]
    rows = []
    fits = [sm.OLS(y, design).fit(cov_type="cluster", cov_kwds={"groups": groups}) for y in (tool, outcome)]
    for name in design.columns:
        row = {"coefficient": name}
        for prefix, fit in zip(("tool", "corrected"), fits, strict=True):
            low, high = fit.conf_int().loc[name]
            row |= {prefix: fit.params[name], f"{prefix}_low": low, f"{prefix}_high": high}
        rows.append(row)
    return pd.DataFrame(rows)


def _outcomes(population: pd.DataFrame, settled: pd.DataFrame, label: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of each row what the tool says, the corrected outcome, and whether people coded it."""
    coded = population["unit"].map(settled.set_index("unit")["label"])
    there = coded.notna().to_numpy()
    tool = (population["tool"] == label).to_numpy(dtype=float)
    people = (coded == label).to_numpy(dtype=float)
    chance = population["probability"].astype(float).fillna(1.0).to_numpy()
    return tool, tool + there * (people - tool) / chance, there


def _mean(values: np.ndarray, articles: np.ndarray) -> tuple[float, float, float]:
    """A mean with its 95 % interval (t with one degree less than there are articles), articles drawn as a whole."""
    from scipy.stats import t

    _, numbers = np.unique(articles, return_inverse=True)
    mean, groups = values.mean(), int(numbers.max()) + 1
    sums = np.bincount(numbers, weights=values - mean)
    spread = np.sqrt(groups / max(groups - 1, 1) * (sums**2).sum()) / len(values)
    reach = t.ppf(0.975, max(groups - 1, 1)) * spread
    return float(mean), float(mean - reach), float(mean + reach)


def _interval(measure: Callable[[np.ndarray], float], rows: int) -> tuple[float | None, float | None]:
    """The 95 % percentile bootstrap interval over units; none for fewer than five."""
    if rows < 5:
        return None, None
    draw = np.random.default_rng(SEED)
    found = [measure(draw.integers(0, rows, rows)) for _ in range(RESAMPLES // 4)]
    if np.isnan(found).all():
        return None, None
    low, high = np.nanquantile(found, [0.025, 0.975])
    return float(low), float(high)
