"""Issue dimensions of sentences against human coding: ``python -m benchmarks.frac DATA_DIR --split dev``.

FrAC (Guida et al. 2025, CC BY 4.0): sentences with a dimension of the Policy Frames Codebook, some joined. The model of
the package was learned from dev; there nine stratified folds are each coded by a model learned on the others. Any other
split is coded by the shipped model. Beside it stands the codebook alone: the dimension whose cues weigh most, "other"
where none stands. Its cues were revised with the dev sentences at hand, so its dev figure says how well they fit, not
how well they would do elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.frame_encoder import read
from analysis.frame_model import DIMENSIONS, dimensions
from analysis.framing import rank_frames
from analysis.parsing import load_model
from benchmarks.corpora import read_rows
from benchmarks.labelled import figures, options, report, write_predictions
from benchmarks.measures import SEED

FOLDS = 9
JOINED = {
    "legality": "legality_and_crime",
    "crime_and_punishment": "legality_and_crime",
    "political": "political_and_policy",
    "policy_prescription": "political_and_policy",
}
"""Dimensions of the codebook -> those that FrAC joins."""
NAMES, NUMBERS = list(DIMENSIONS.values()), list(DIMENSIONS)


def cross_validated(vectors: np.ndarray, coded: np.ndarray) -> np.ndarray:
    """The probabilities of each fold by a model that was learned on the others."""
    from sklearn.model_selection import StratifiedKFold

    from training.frames import crossed, fit_dimensions

    folds = np.zeros(len(coded), dtype=int)
    for n, (_, own) in enumerate(StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(vectors, coded)):
        folds[own] = n
    return crossed(vectors, coded, folds, fit_dimensions)


def by_cues(sentences: Sequence[str]) -> np.ndarray:
    """The number of the dimension whose cues weigh most in each sentence, that of "other" where none stands."""
    found = []
    for doc in load_model().pipe(sentences):
        scores: dict[str, float] = {}
        for name, score in rank_frames(doc[:], "policy"):
            joined = JOINED.get(name, name)
            scores[joined] = scores.get(joined, 0.0) + score * (joined in NAMES)
        best = max(scores, key=scores.get) if any(scores.values()) else "other"
        found.append(NAMES.index(best))
    return np.array(found)


def main() -> None:
    """Print the table; write predictions where asked."""
    given = options("frac", __doc__.splitlines()[0], "dev", plot=False)
    rows = read_rows(given.data, "frac", given.split)
    sentences, readings = [row["sentence"] for row in rows], read([row["sentence"] for row in rows])
    coded = np.array([NUMBERS.index(row["label"]) for row in rows])
    crossed = given.split == "dev"
    vectors = np.array([one.whole for one in readings])
    chances = cross_validated(vectors, coded) if crossed else dimensions(readings)
    found = chances.argmax(1)
    if given.predictions:
        write_predictions(given.predictions, [row["id"] for row in rows], found, chances, NUMBERS)
    cues = figures(coded, by_cues(sentences), np.ones((len(rows), len(NAMES))), NAMES)
    label = "codebook, cues revised on these sentences" if crossed else "codebook"
    others = {label: {name: value for name, value in cues.items() if name != "calibration_error"}}
    report(figures(coded, found, chances, NAMES), others, given.json)


if __name__ == "__main__":
    main()
