"""Frames of whole articles against human coding: ``python -m benchmarks.frames DATA_DIR --split dev``.

Narrative Frames Corpus (Frermann et al. 2023, ACL): climate coverage 2017-19. The models of the package were learned
from dev; there each fold is coded by models learned on the other three, cuts and probabilities too. Any other split is
coded by the shipped models. Beside them stand "always yes" and TF-IDF with logistic regression.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from analysis.findings.article_frames import THERE
from analysis.framing import frame_model
from analysis.framing.frame_model import FRAMES, framed, heads
from benchmarks.frame_fits import fit_frames, settle, values
from benchmarks.framing_corpus import Coded, narrative
from benchmarks.labelled import options
from benchmarks.measures import f1_by_label, interval


def shipped(articles: Sequence[Coded]) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities and labels of the frames by the model of the package."""
    model = heads()
    found = [framed(one.texts, one.readings(), model) for one in articles]
    return np.array([one.chances for one in found]), np.array([one.labels for one in found])


def cross_validated(articles: Sequence[Coded]) -> tuple[np.ndarray, np.ndarray]:
    """The same by models that were learned on the other folds."""
    folds, chances = np.array([one.fold for one in articles]), np.zeros((len(articles), len(FRAMES)))
    labels = np.zeros_like(chances, dtype=bool)
    for fold in np.unique(folds):
        known = [one for one in articles if one.fold != fold]
        fitted, settled = fit_frames(known), settle(known)
        for n in np.flatnonzero(folds == fold):
            (value,) = values(fitted, [articles[n]])
            chances[n] = 1 / (1 + np.exp(-(settled["slopes"] * value + settled["shifts"])))
            labels[n] = value > settled["cuts"]
    return chances, labels


def by_words(articles: Sequence[Coded]) -> np.ndarray:
    """TF-IDF of single words with logistic regression, the most probable answer, cross-validated over the folds."""
    folds, coded = np.array([one.fold for one in articles]), np.array([one.frames for one in articles])
    found = np.zeros_like(coded)
    for fold in np.unique(folds):
        known, asked = folds != fold, folds == fold
        words, rarity = frame_model.rarities([one.counts for one in np.array(articles, dtype=object)[known]])
        rows = np.array([frame_model.weigh_words(one.counts, words, rarity) for one in articles])
        for n in range(len(FRAMES)):
            model = LogisticRegression(C=10, max_iter=1000).fit(rows[known], coded[known, n])
            found[asked, n] = model.predict(rows[asked])
    return found


def f1_of_frames(coded: np.ndarray, found: np.ndarray) -> np.ndarray:
    """F1 of each frame in percent."""
    return np.array([f1_by_label(coded[:, n], found[:, n], 2)[1] for n in range(coded.shape[1])])


def frame_figures(coded: np.ndarray, found: np.ndarray) -> dict[str, object]:
    """Macro-F1 with its interval over articles, and the F1 of each frame with its own."""
    each = f1_of_frames(coded, found)
    low, high = interval(lambda rows: float(f1_of_frames(coded[rows], found[rows]).mean()), len(coded))
    own = [interval(lambda rows, n=n: float(f1_of_frames(coded[rows], found[rows])[n]), len(coded)) for n in range(5)]
    return {
        "rows": len(coded),
        "macro_f1": float(each.mean()),
        "macro_f1_interval": [low, high],
        "f1": dict(zip(FRAMES, each.tolist(), strict=True)),
        "f1_interval": dict(zip(FRAMES, map(list, own), strict=True)),
    }


def calibration(coded: np.ndarray, chances: np.ndarray, *, bins: int = 10) -> float:
    """Expected calibration error of the probabilities of all frames together."""
    numbers, said, true = np.minimum((chances * bins).astype(int), bins - 1).ravel(), chances.ravel(), coded.ravel()
    gaps = [abs(said[numbers == b].mean() - true[numbers == b].mean()) * np.mean(numbers == b) for b in set(numbers)]
    return float(sum(gaps))


def write_predictions(path: Path, articles: Sequence[Coded], chances: np.ndarray, labels: np.ndarray) -> None:
    """One JSON object an article: its frames with their probabilities."""
    lines = []
    for one, row, own in zip(articles, chances, labels, strict=True):
        sure = dict(zip(FRAMES, (round(float(chance), 4) for chance in row), strict=True))
        named = [name for name, label in zip(FRAMES, own, strict=True) if label]
        lines.append(json.dumps({"id": one.article_id, "labels": named, "probabilities": sure}))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Print the tables; write predictions where asked."""
    given = options("frames", __doc__.splitlines()[0], "dev", corpus="narrative_frames", plot=False)
    articles = narrative(given.data, given.split)
    crossed = given.split == "dev"
    chances, labels = cross_validated(articles) if crossed else shipped(articles)
    if given.predictions:
        write_predictions(given.predictions, articles, chances, labels)
    coded = np.array([one.frames for one in articles])
    result = {
        "frames": frame_figures(coded, labels) | {"calibration_error": calibration(coded, chances)},
        "by the codebook, from a tenth of the passages on": frame_figures(
            coded, np.array([one.shares for one in articles]) >= THERE
        ),
        "always yes": frame_figures(coded, np.ones_like(coded)),
    }
    if crossed:
        result["TF-IDF"] = frame_figures(coded, by_words(articles))
    show(result, given.json)


def show(result: dict[str, dict], as_json: bool) -> None:
    """The figures as one JSON object or as lines."""
    if as_json:
        print(json.dumps(result))
        return
    for name, one in result.items():
        low, high = one["macro_f1_interval"]
        parts = "  ".join(f"{label} {value:.1f}" for label, value in one["f1"].items())
        error = f"  calibration error {one['calibration_error']:.3f}" if "calibration_error" in one else ""
        print(f"{name}: macro-F1 {one['macro_f1']:.1f} ({low:.1f} to {high:.1f})  {parts}  n = {one['rows']}{error}")


if __name__ == "__main__":
    main()
