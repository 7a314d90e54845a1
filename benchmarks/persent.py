"""The author's sentiment toward the main actor of an article: ``python -m benchmarks.persent DATA_DIR --split dev``.

PerSenT (Bastan et al. 2020, COLING). The whole way from text to mentions is taken; the scores of all mentions of the
main entity are averaged and cut in three. On the dev split the cuts are cross-validated: each tenth of the articles is
labelled with the cuts that suit the other nine best. Other splits are labelled with the cuts of the package.
"""

from __future__ import annotations

import json

import numpy as np
from tqdm import tqdm

from analysis.actors import find_actors
from analysis.aggregate import NEGATIVE, POSITIVE, as_label
from analysis.article import read_text
from analysis.marking import Marked
from analysis.parsing import Parsed, parse_all
from analysis.questions import about_mention
from analysis.rules import find_attributions
from analysis.spans import Span
from analysis.stance_model import sentiments
from benchmarks.corpora import read_rows
from benchmarks.labelled import figures, options, report, write_predictions
from benchmarks.measures import SEED, macro_f1

NAMES = ("negative", "neutral", "positive")
GRID = np.round(np.arange(-0.6, 0.625, 0.025), 3)
FOLDS = 10


def mentions_of(parsed: Parsed, entity: str) -> list[Span]:
    """The mentions of the main entity, pronouns too: those of the actor that shares most of its name."""
    actors, mentions = find_actors(parsed, find_attributions(parsed))
    wanted = set(_words(entity))
    shared = [(len(wanted & set(_words(row.name))), row.mentions, row.actor_id) for row in actors.itertuples()]
    best = max(shared, default=(0, 0, ""))
    if not best[0]:
        return named(parsed.article.text, entity)
    own = mentions[mentions.actor_id == best[2]]
    return list(zip(own.start.astype(int), own.end.astype(int), strict=True))


def named(text: str, entity: str) -> list[Span]:
    """Where the last word of the name stands, for an entity that is no actor of the article."""
    last = entity.rsplit(maxsplit=1)[-1]
    return [(at, at + len(last)) for at in range(len(text)) if text.startswith(last, at)]


def _words(name: str) -> list[str]:
    return [word.strip(".,'’").lower() for word in name.split() if len(word.strip(".,'’")) > 2]


def scores(rows: list[dict]) -> list[np.ndarray]:
    """For each article the probabilities of the mentions of its main entity."""
    articles = [read_text(row["text"], article_id=row["id"]) for row in rows]
    passages: list[list[Marked]] = []
    for row, parsed in zip(rows, tqdm(parse_all(articles), total=len(rows)), strict=True):
        places = mentions_of(parsed, row["entity"])
        passages.append([about_mention(parsed, place).passage for place in places])
    chances = iter(sentiments([one for part in passages for one in part]))
    return [np.array([next(chances) for _ in part]).reshape(-1, 3) for part in passages]


def means(found: list[np.ndarray]) -> np.ndarray:
    """Mean probabilities over the mentions of each article; without a mention it counts as neutral."""
    return np.array([one.mean(axis=0) if len(one) else np.array([0.0, 1.0, 0.0]) for one in found])


def cross_validated(values: np.ndarray, coded: np.ndarray) -> np.ndarray:
    """Labels of each fold by the cuts that suit the others."""
    folds = np.random.default_rng(SEED).permutation(len(coded)) % FOLDS
    found = np.zeros(len(coded), dtype=int)
    for fold in range(FOLDS):
        cuts = best_cuts(values[folds != fold], coded[folds != fold])
        found[folds == fold] = labelled(values[folds == fold], cuts)
    return found


def best_cuts(values: np.ndarray, coded: np.ndarray) -> tuple[float, float]:
    """The cuts with the best macro-F1."""
    pairs = [(low, high) for low in GRID for high in GRID if low <= high]
    return max(pairs, key=lambda pair: macro_f1(coded, labelled(values, pair), 3))


def labelled(values: np.ndarray, cuts: tuple[float, float]) -> np.ndarray:
    """Scores as 0 negative, 1 neutral, 2 positive."""
    return np.array([1 + as_label(value, cuts) for value in values])


def main() -> None:
    """Print the table; write predictions where asked."""
    given = options("persent", __doc__.splitlines()[0], "dev")
    rows = read_rows(given.data, "persent", given.split)
    chances = means(scores(rows))
    coded = np.array([NAMES.index(row["label"]) for row in rows])
    values = chances[:, 2] - chances[:, 0]
    found = labelled(values, (NEGATIVE, POSITIVE))
    if given.predictions:
        write_predictions(given.predictions, [row["id"] for row in rows], found, chances, NAMES)
    more = {}
    if given.split == "dev":
        more = {"cross-validated cuts": figures(coded, cross_validated(values, coded), chances, NAMES)}
    report(figures(coded, found, chances, NAMES), more, given.json)
    if given.split == "dev" and not given.json:
        print("cuts that suit all of dev best:", json.dumps([float(one) for one in best_cuts(values, coded)]))


if __name__ == "__main__":
    main()
