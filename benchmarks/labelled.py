"""What the benchmarks of stance and of sentiment have in common: options, figures, predictions, the printed table."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.measures import calibration_error, f1_by_label, interval, macro_f1, plot_calibration


def options(
    program: str, description: str, split: str, *, corpus: str | None = None, plot: bool = True
) -> argparse.Namespace:
    """The options of a benchmark over labelled rows."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{program}", description=description)
    parser.add_argument("data", type=Path, help=f"the folder with {corpus or program}_SPLIT.jsonl.gz")
    parser.add_argument("--split", default=split, help=f"which file (default: {split})")
    parser.add_argument("--predictions", type=Path, help="write id, label and probabilities to this file, JSON lines")
    if plot:
        parser.add_argument("--plot", type=Path, help="save the calibration plot to this file")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    return parser.parse_args()


def figures(
    coded: np.ndarray,
    found: np.ndarray,
    chances: np.ndarray,
    names: Sequence[str],
    *,
    groups: np.ndarray | None = None,
) -> dict[str, object]:
    """Macro-F1 with its interval, F1 of each label, accuracy and calibration error of labels and probabilities.

    With `groups` the interval is over these: rows of one article are drawn together.
    """
    low, high = interval(lambda rows: macro_f1(coded[rows], found[rows], len(names)), len(coded), groups)
    return {
        "rows": len(coded),
        "macro_f1": macro_f1(coded, found, len(names)),
        "macro_f1_interval": [low, high],
        "f1": dict(zip(names, f1_by_label(coded, found, len(names)).tolist(), strict=True)),
        "accuracy": float(100 * (coded == found).mean()),
        "calibration_error": calibration_error(coded, found, chances),
    }


def write_predictions(
    path: Path, ids: Sequence[str], found: np.ndarray, chances: np.ndarray, names: Sequence[object]
) -> None:
    """One JSON object a row: id, label, and the probability of every label."""
    lines = [
        json.dumps({"id": one, "label": names[label], "probabilities": [round(float(p), 4) for p in row]})
        for one, label, row in zip(ids, found, chances, strict=True)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def report(name: str, result: dict[str, object], more: dict[str, dict[str, object]], as_json: bool) -> None:
    """Print the figures of a method and of what it is compared with."""
    if as_json:
        print(json.dumps({name: result, **more}))
        return
    for label, one in {name: result, **more}.items():
        low, high = one["macro_f1_interval"]
        parts = "  ".join(f"{part} {value:.1f}" for part, value in one["f1"].items())
        print(f"{label}: macro-F1 {one['macro_f1']:.1f} ({low:.1f} to {high:.1f})  {parts}", end="")
        print(f"  accuracy {one['accuracy']:.1f}  n = {one['rows']}", end="")
        error = one.get("calibration_error")
        print(f"  calibration error {error:.3f}" if error is not None else "")


def finish(given: argparse.Namespace, title: str, coded: np.ndarray, found: np.ndarray, chances: np.ndarray) -> None:
    """Save the calibration plot where asked."""
    if given.plot:
        plot_calibration(coded, found, chances, title, given.plot)
