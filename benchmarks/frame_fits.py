"""How heads of frames and roles are learned from coded articles, for training and for cross-validation.

Logistic regressions with classes of equal weight; the value of a frame is the sum of one over the article's mean vector
and one over its words.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from analysis.framing import function_model
from analysis.framing.frame_model import FRAMES, rarities, weigh_words
from analysis.framing.role_model import Heads
from analysis.language.encoder import WIDTH
from analysis.language.models import softmax
from benchmarks.framing_corpus import Cast, Coded, Functions

VECTORS, WORDS, LENGTH = 3.0, 10.0, 1.4
"""Strength of the regressions (inverse of the penalty), and the length that mean vectors are brought to."""
ROLES_C, CAST_C = 1.0, 0.1
SCALE = np.array([2.0] * WIDTH + [0.7, 5.0])
"""What the features of an actor are multiplied by before his being cast is learned, so that the penalty is fair."""
FUNCTIONS_C = 0.3
WEIGHED = np.array([3.0] * WIDTH + [1.0] * 4)
"""The same for the features of a passage, before functions are learned."""
CUTS = np.round(np.arange(0.04, 0.61, 0.02), 2)
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


def fit_cast(articles: Sequence[Cast]) -> LogisticRegression:
    """Whether an actor is cast, with probabilities as frequent as they say."""
    rows, coded = rows_of(articles)
    return LogisticRegression(C=CAST_C, max_iter=2000).fit(rows * SCALE, coded >= 0)


def fit_roles(articles: Sequence[Cast]) -> LogisticRegression:
    """The roles of those who are cast, from the mean vectors of their mentions."""
    rows, coded = rows_of(articles)
    return sharpened(rows[coded >= 0, :WIDTH], coded[coded >= 0], ROLES_C)


def rows_of(articles: Sequence[Cast]) -> tuple[np.ndarray, np.ndarray]:
    """The features and roles of all actors."""
    return np.concatenate([one.features for one in articles]), np.concatenate([one.roles for one in articles])


def role_heads(narrative: Sequence[Cast], coded: Sequence[Cast]) -> Heads:
    """Both heads: who is cast from the coded corpus, where all actors were coded, as what from both corpora.

    The cut is set where held-out articles of both agree best: of the one the actors who were marked, of the other all.
    """
    cast, roles = fit_cast(coded), fit_roles([*narrative, *coded])
    weights = {"roles": roles.coef_, "role_constants": roles.intercept_}
    return Heads(cast.coef_[0] * SCALE, cast.intercept_, **weights, cut=np.array(cut_of_cast(narrative, coded)))


def cut_of_cast(narrative: Sequence[Cast], coded: Sequence[Cast]) -> float:
    """The cut of the probability of being cast with the best macro-F1 of roles, by folds.

    The geometric mean of both corpora is taken, so that neither is bought with the other; of cuts within a point of the
    best one the strictest.
    """
    curves = []
    for articles, all_actors in ((narrative, False), (coded, True)):
        folds = np.random.default_rng(1).permutation(len(articles)) % INNER
        parts = [_held_out_roles(articles, folds == fold, narrative, coded) for fold in range(INNER)]
        chance, role, label = map(np.concatenate, zip(*parts, strict=True))
        kept = (label >= 0) | all_actors
        curves.append([role_f1(label[kept], np.where(chance >= cut, role, -1)[kept]) for cut in CUTS])
    scores = _smooth(np.sqrt(np.prod(curves, axis=0)))
    return float(CUTS[np.flatnonzero(scores >= scores.max() - 1)[-1]])


def _held_out_roles(
    articles: Sequence[Cast], asked: np.ndarray, narrative: Sequence[Cast], coded: Sequence[Cast]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of some articles of one corpus: the probability of being cast, the role, and the coded one."""
    known = [articles[n] for n in np.flatnonzero(~asked)]
    of_coded, of_people = (known, narrative) if articles is coded else (coded, known)
    rows, labels = rows_of([articles[n] for n in np.flatnonzero(asked)])
    known_rows, known_roles = rows_of([*of_people, *of_coded])
    cast = known_roles >= 0
    role = regression(ROLES_C).fit(known_rows[cast, :WIDTH], known_roles[cast]).predict(rows[:, :WIDTH])
    return fit_cast(of_coded).predict_proba(rows * SCALE)[:, 1], role, labels


def role_f1(coded: np.ndarray, found: np.ndarray) -> float:
    """Macro-F1 of the three roles in percent; -1 is none."""
    return 100 * f1_score(coded, found, labels=[0, 1, 2], average="macro", zero_division=0)


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


def fit_functions(articles: Sequence[Functions]) -> list[LogisticRegression]:
    """A regression for each function."""
    rows, coded = (np.concatenate([getattr(one, name) for one in articles]) for name in ("features", "coded"))
    return [LogisticRegression(C=FUNCTIONS_C, max_iter=2000).fit(rows * WEIGHED, own) for own in coded.T]


def function_heads(articles: Sequence[Functions]) -> function_model.Heads:
    """The heads of functions, each with the cut that gives held-out articles the best F1."""
    folds = np.random.default_rng(1).permutation(len(articles)) % INNER
    sure, coded = [], []
    for fold in range(INNER):
        known, asked = ([articles[n] for n in np.flatnonzero(which)] for which in (folds != fold, folds == fold))
        rows = np.concatenate([one.features for one in asked]) * WEIGHED
        sure.append(np.array([one.predict_proba(rows)[:, 1] for one in fit_functions(known)]).T)
        coded.append(np.concatenate([one.coded for one in asked]))
    chances, labels = np.concatenate(sure), np.concatenate(coded)
    cuts = np.array([_threshold(chances[:, n], labels[:, n]) for n in range(labels.shape[1])])
    fitted = fit_functions(articles)
    weights = np.concatenate([one.coef_ for one in fitted]) * WEIGHED
    return function_model.Heads(weights, np.concatenate([one.intercept_ for one in fitted]), cuts)


def _threshold(chances: np.ndarray, coded: np.ndarray) -> float:
    """The cut of a probability with the best F1, smoothed over its neighbours."""
    return best_of_cuts([f1_score(coded, chances >= cut) for cut in CUTS])


def best_of_cuts(scores: Sequence[float]) -> float:
    """The cut with the best score, smoothed over its neighbours."""
    return float(CUTS[int(np.argmax(_smooth(scores)))])


def _smooth(scores: Sequence[float]) -> np.ndarray:
    return np.convolve(np.pad(scores, 2, mode="edge"), np.ones(5) / 5, "valid")
