"""How heads of frames and roles are learned from coded articles, for training and for cross-validation.

Logistic regressions with classes of equal weight; the value of a frame is the sum of one over the article's mean vector
and one over its words.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from analysis.framing.frame_model import FRAMES, rarities, weigh_words
from analysis.language.models import softmax
from benchmarks.framing_corpus import Coded

VECTORS, WORDS, LENGTH = 3.0, 10.0, 1.4
"""Strength of the regressions (inverse of the penalty), and the length that mean vectors are brought to."""
ROLES_C = 5.0
FACTORS = np.arange(0.5, 5.05, 0.1)
INNER, SMOOTH = 5, 9
"""Folds in which cuts are chosen; so many neighbouring cuts are averaged."""


def regression(strength: float) -> LogisticRegression:
    """A logistic regression with classes of equal weight."""
    return LogisticRegression(C=strength, class_weight="balanced", max_iter=1000)


def means(articles: Sequence[Coded]) -> np.ndarray:
    """The mean vector of each article."""
    return np.array([one.vectors.mean(axis=0) for one in articles])


def fit_frames(articles: Sequence[Coded]) -> dict[str, np.ndarray]:
    """Weights of vectors and words for each frame."""
    vocabulary, rarity = rarities([one.counts for one in articles])
    words = np.array([weigh_words(one.counts, vocabulary, rarity) for one in articles])
    vectors, coded = means(articles), np.array([one.frames for one in articles])
    dense = [regression(VECTORS).fit(LENGTH * vectors, coded[:, n]) for n in range(len(FRAMES))]
    sparse = [regression(WORDS).fit(words, coded[:, n]) for n in range(len(FRAMES))]
    return {
        "frames": LENGTH * np.concatenate([one.coef_ for one in dense]),
        "words": np.concatenate([one.coef_ for one in sparse]),
        "constants": np.concatenate([a.intercept_ + b.intercept_ for a, b in zip(dense, sparse, strict=True)]),
        "centre": vectors.mean(axis=0),
        "vocabulary": vocabulary,
        "rarity": rarity,
    }


def values(fitted: dict[str, np.ndarray], articles: Sequence[Coded]) -> np.ndarray:
    """The value of each frame (columns) for each article."""
    words = np.array([weigh_words(one.counts, fitted["vocabulary"], fitted["rarity"]) for one in articles])
    return means(articles) @ fitted["frames"].T + words @ fitted["words"].T + fitted["constants"]


def held_out(articles: Sequence[Coded], folds: np.ndarray) -> np.ndarray:
    """The value of every article by what was learned on the other folds."""
    found = np.zeros((len(articles), len(FRAMES)))
    for fold in np.unique(folds):
        fitted = fit_frames([one for one, own in zip(articles, folds, strict=True) if own != fold])
        found[folds == fold] = values(fitted, [one for one, own in zip(articles, folds, strict=True) if own == fold])
    return found


def settle(articles: Sequence[Coded]) -> dict[str, np.ndarray]:
    """The cut of each frame, and slope and shift from values to probabilities, chosen on inner folds."""
    folds = np.random.default_rng(1).permutation(len(articles)) % INNER
    inner, coded = held_out(articles, folds), np.array([one.frames for one in articles])
    sure = [LogisticRegression().fit(inner[:, [n]], coded[:, n]) for n in range(len(FRAMES))]
    return {
        "cuts": np.array([best_cut(inner[:, n], coded[:, n]) for n in range(len(FRAMES))]),
        "slopes": np.array([one.coef_[0, 0] for one in sure]),
        "shifts": np.array([one.intercept_[0] for one in sure]),
    }


def best_cut(scores: np.ndarray, coded: np.ndarray) -> float:
    """The cut with the best F1, smoothed over its neighbours."""
    steps = np.unique(scores)
    cuts = (steps[1:] + steps[:-1]) / 2
    f1 = np.array([2 * np.sum(coded & (scores > cut)) / (coded.sum() + np.sum(scores > cut)) for cut in cuts])
    smooth = np.convolve(np.pad(f1, SMOOTH // 2, mode="edge"), np.ones(SMOOTH) / SMOOTH, "valid")
    return float(cuts[smooth.argmax()])


def fit_roles(articles: Sequence[Coded]) -> LogisticRegression:
    """Roles from the vectors of name and mentions."""
    rows, coded = np.concatenate([one.features for one in articles if one.entities]), roles_of(articles)
    return sharpened(rows, coded, ROLES_C)


def roles_of(articles: Sequence[Coded]) -> np.ndarray:
    """The coded roles of all entities."""
    return np.concatenate([one.roles for one in articles])


def sharpened(rows: np.ndarray, labels: np.ndarray, strength: float) -> LogisticRegression:
    """A regression whose weights are multiplied so that its probabilities are as sure as they are right.

    A strong penalty makes them too cautious; the factor makes what held-out rows get most likely.
    """
    folds = np.random.default_rng(1).permutation(len(rows)) % INNER
    kept = np.zeros((len(rows), len(np.unique(labels))))
    for fold in range(INNER):
        known = folds != fold
        kept[~known] = regression(strength).fit(rows[known], labels[known]).predict_log_proba(rows[~known])
    truth = np.searchsorted(np.unique(labels), labels)
    losses = [-np.log(softmax(factor * kept)[np.arange(len(rows)), truth]).mean() for factor in FACTORS]
    model, factor = regression(strength).fit(rows, labels), FACTORS[int(np.argmin(losses))]
    model.coef_, model.intercept_ = factor * model.coef_, factor * model.intercept_
    return model
