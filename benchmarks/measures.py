"""Measures that the benchmarks share: F1, calibration, intervals by resampling, and the calibration plot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

RESAMPLES, SEED, BINS = 1000, 20260101, 10


def f1_by_label(coded: np.ndarray, found: np.ndarray, labels: int) -> np.ndarray:
    """F1 of each label in percent; 0 for one that neither side has."""
    scores = []
    for label in range(labels):
        hits = np.sum((coded == label) & (found == label))
        total = np.sum(coded == label) + np.sum(found == label)
        scores.append(200 * hits / total if total else 0.0)
    return np.array(scores)


def macro_f1(coded: np.ndarray, found: np.ndarray, labels: int) -> float:
    """Mean of the F1 of all labels, in percent."""
    return float(f1_by_label(coded, found, labels).mean())


def calibration_error(coded: np.ndarray, found: np.ndarray, chances: np.ndarray) -> float:
    """Expected calibration error: how far the probability of the label is from how often it is right, ten bins."""
    sure = chances[np.arange(len(found)), found]
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    gaps = [
        abs(sure[bins == b].mean() - (coded == found)[bins == b].mean()) * np.mean(bins == b)
        for b in range(BINS)
        if (bins == b).any()
    ]
    return float(sum(gaps))


def interval(
    measure: Callable[[np.ndarray], float], rows: int, groups: np.ndarray | None = None
) -> tuple[float, float]:
    """The 95 % percentile bootstrap interval of a measure of row numbers; `groups` are drawn whole if given.

    Draws in which the measure is missing are left out.
    """
    rng = np.random.default_rng(SEED)
    units = [np.array([n]) for n in range(rows)]
    if groups is not None:
        units = [np.flatnonzero(groups == one) for one in np.unique(groups)]
    draws = []
    for _ in range(RESAMPLES):
        chosen = rng.integers(0, len(units), len(units))
        draws.append(measure(np.concatenate([units[n] for n in chosen])))
    low, high = np.nanquantile(draws, [0.025, 0.975])
    return float(low), float(high)


def plot_calibration(coded: np.ndarray, found: np.ndarray, chances: np.ndarray, title: str, path: Path) -> None:
    """How often a label is right, by its probability, as a picture."""
    from matplotlib import pyplot

    from analysis.charts.style import use_style

    sure, right = chances[np.arange(len(found)), found], coded == found
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    seen = [b for b in range(BINS) if (bins == b).any()]
    x, y = [sure[bins == b].mean() for b in seen], [right[bins == b].mean() for b in seen]
    with use_style():
        figure, ax = pyplot.subplots(figsize=(5.2, 4.6), layout="constrained")
        ax.plot([0, 1], [0, 1], color="#767676", linestyle="--", linewidth=1, label="right as often as sure")
        ax.plot(x, y, color="#0072B2", marker="o")
        for b, at, share in zip(seen, x, y, strict=True):
            ax.annotate(f"n = {np.sum(bins == b)}", (at, share), (6, -11), textcoords="offset points", fontsize=7)
        ax.set(
            xlim=(0.2, 1.02), ylim=(0, 1.04), xlabel="probability of the label", ylabel="share of labels that are right"
        )
        ax.set_title(f"{title}: expected calibration error {calibration_error(coded, found, chances):.3f}", loc="left")
        ax.legend(loc="lower right")
        figure.savefig(path, dpi=200)
        pyplot.close(figure)
