"""The author's sentiment toward the main actor of an article: ``python -m benchmarks.persent DATA_DIR --split dev``.

PerSenT (Bastan et al. 2020, COLING). The whole way from text to mentions is taken; the scores of all mentions of the
main entity are averaged and labelled by the weights of the package. As these were learned on the dev split, there the
figures are cross-validated: each tenth of the articles is labelled by weights that were learned on the other nine.
"""

from __future__ import annotations

import numpy as np
from tqdm import tqdm

from analysis.findings.aggregate import author_scores
from analysis.language.document import Parsed
from analysis.language.parsing import parse_all
from analysis.positions.questions import about_mention
from analysis.positions.stance_model import chances
from analysis.reading.article import read_text
from analysis.schema.spans import Span
from analysis.stages import find_actors
from analysis.statements.rules import find_attributions
from benchmarks.corpora import read_rows
from benchmarks.labelled import figures, options, report, write_predictions
from benchmarks.measures import SEED

NAMES = ("negative", "neutral", "positive")
FOLDS, STRENGTH = 10, 10.0


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
    found = []
    for row, parsed in zip(rows, tqdm(parse_all(articles), total=len(rows)), strict=True):
        asked = [about_mention(parsed, place) for place in mentions_of(parsed, row["entity"])]
        known = [one for one in asked if one is not None]
        found.append(chances(parsed.reading, known) if known else np.zeros((0, 3)))
    return found


def means(found: list[np.ndarray]) -> np.ndarray:
    """Mean probabilities over the mentions of each article; without a mention it counts as neutral."""
    return np.array([one.mean(axis=0) if len(one) else np.array([0.0, 1.0, 0.0]) for one in found])


def cross_validated(sides: np.ndarray, coded: np.ndarray) -> np.ndarray:
    """The probabilities of the labels in each fold by what was learned on the others."""
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    return cross_val_predict(readout(), sides, coded, cv=folds, method="predict_proba")


def readout():
    """The multinomial regression from mean probabilities to labels, each label of equal weight."""
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=5000)


def of_package(sides: np.ndarray) -> np.ndarray:
    """The probabilities of the labels by the weights of the package."""
    raised = np.exp(author_scores(sides))
    return raised / raised.sum(axis=1, keepdims=True)


def main() -> None:
    """Print the table; write predictions where asked."""
    given = options("persent", __doc__.splitlines()[0], "dev")
    rows = read_rows(given.data, "persent", given.split)
    sides = means(scores(rows))[:, [0, 2]]
    coded = np.array([NAMES.index(row["label"]) for row in rows])
    learned_here = given.split == "dev"
    sure = cross_validated(sides, coded) if learned_here else of_package(sides)
    found = sure.argmax(axis=1)
    if given.predictions:
        write_predictions(given.predictions, [row["id"] for row in rows], found, sure, NAMES)
    report("model", figures(coded, found, sure, NAMES), {}, given.json)


if __name__ == "__main__":
    main()
