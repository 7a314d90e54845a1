"""Sentiment toward a mention against human coding: ``python -m benchmarks.newsmtsc DATA_DIR --split dev``.

NewsMTSC (Hamborg and Donnay 2021, EACL): mentions in news sentences, coded negative, neutral or positive. Beside the
model stands TextBlob's polarity of the sentence, cut where it agrees best with the train split.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from textblob import TextBlob

from analysis.positions import stance_model
from analysis.positions.stance_model import Marked
from benchmarks.corpora import read_rows, with_stand_ins
from benchmarks.labelled import figures, finish, options, report, write_predictions
from benchmarks.measures import macro_f1

NAMES = ("negative", "neutral", "positive")
CUTS = np.round(np.arange(-0.5, 0.55, 0.05), 2)


def passages(rows: list[dict]) -> list[Marked]:
    """The sentences with their targets marked."""
    return [Marked(row["sentence"], (row["start"], row["end"])) for row in rows]


def labels(rows: list[dict]) -> np.ndarray:
    """The coded sentiments as 0 negative, 1 neutral, 2 positive."""
    return np.array([NAMES.index(row["label"]) for row in rows])


def polarities(rows: list[dict]) -> np.ndarray:
    """TextBlob's polarity of each sentence."""
    return np.array([TextBlob(row["sentence"]).sentiment.polarity for row in rows])


def best_cuts(values: np.ndarray, coded: np.ndarray) -> tuple[float, float]:
    """Below the first negative, above the second positive: the pair with the best macro-F1."""
    pairs = [(low, high) for low in CUTS for high in CUTS if low <= high]
    return max(pairs, key=lambda pair: macro_f1(coded, cut(values, pair), 3))


def cut(values: np.ndarray, cuts: tuple[float, float]) -> np.ndarray:
    """Values as labels."""
    return 1 + (values > cuts[1]).astype(int) - (values < cuts[0]).astype(int)


def textblob(folder: Path, rows: list[dict]) -> dict[str, object]:
    """The figures of TextBlob with cuts from the train split; it gives no probabilities."""
    train = read_rows(folder, "newsmtsc", "train")
    found = cut(polarities(rows), best_cuts(polarities(train), labels(train)))
    result = figures(labels(rows), found, np.ones((len(rows), 3)), NAMES)
    return {name: value for name, value in result.items() if name != "calibration_error"}


def main() -> None:
    """Print the table; write predictions and plot where asked."""
    given = options("newsmtsc", __doc__.splitlines()[0], "dev")
    rows = read_rows(given.data, "newsmtsc", given.split)
    chances = stance_model.sentiments(with_stand_ins(passages(rows)))
    coded, found = labels(rows), chances.argmax(1)
    if given.predictions:
        write_predictions(given.predictions, [row["id"] for row in rows], found, chances, NAMES)
    finish(given, "Sentiment", coded, found, chances)
    report("model", figures(coded, found, chances, NAMES), {"TextBlob": textblob(given.data, rows)}, given.json)


if __name__ == "__main__":
    main()
