"""Krippendorff's alpha: agreement of coders, corrected for chance, any of whom may have left units out.

Krippendorff 2011, Computing Krippendorff's alpha-reliability: 1 less the disagreement that was observed over that which
chance alone would give, both from the matrix of coincidences. The tests hold its published example.
"""

from __future__ import annotations

import numpy as np

LEVELS = ("nominal", "ordinal", "interval")


def alpha(coded: np.ndarray, *, level: str) -> float:
    """Alpha of `coded`, one row a coder and one column a unit, a missing value NaN; `level` is one of ``LEVELS``.

    Missing (NaN) where fewer than two values occur in units that two coders coded. Values of an ordinal level count in
    their order. Raises :class:`ValueError` for a level that there is not.
    """
    if level not in LEVELS:
        raise ValueError(f"There is no level '{level}': choose one of {', '.join(LEVELS)}.")
    paired = coded[:, (~np.isnan(coded)).sum(axis=0) > 1]
    values = np.unique(paired[~np.isnan(paired)])
    if len(values) < 2:
        return float("nan")
    counts = (paired[:, :, None] == values).sum(axis=0).astype(float)
    coders = counts.sum(axis=1)
    together = (counts.T / (coders - 1)) @ counts - np.diag((counts / (coders - 1)[:, None]).sum(axis=0))
    totals, distance = together.sum(axis=1), _distances(values, together.sum(axis=1), level)
    expected = (np.outer(totals, totals) * distance).sum() / (totals.sum() - 1)
    return float(1 - (together * distance).sum() / expected)


def _distances(values: np.ndarray, totals: np.ndarray, level: str) -> np.ndarray:
    """The squared distance of each value from each other one."""
    if level == "nominal":
        return 1.0 - np.eye(len(values))
    if level == "interval":
        return (values[:, None] - values) ** 2
    middles = np.cumsum(totals) - totals / 2  # ranks: all values below, and half of those that are equal
    return (middles[:, None] - middles) ** 2
