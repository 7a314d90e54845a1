"""Issue dimensions of sentences against human coding: ``python -m benchmarks.frac DATA_DIR --split dev``.

FrAC (Guida et al. 2025): sentences with a dimension of the Policy Frames Codebook, some joined. Its sentences come from
SOCC (CC BY-NC-SA 4.0), so it is measured on and nothing is learned from it. The codebook codes the dimension whose cues
weigh most, "other" where none stands. Its cues were revised with the dev sentences at hand, so the dev figure says how
well they fit, not how well they would do elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.framing.frames import rank_frames
from analysis.language.parsing import load_model
from benchmarks.corpora import read_rows
from benchmarks.labelled import figures, options, report, write_predictions

DIMENSIONS = {
    1: "economic",
    3: "morality",
    4: "fairness_and_equality",
    5: "legality_and_crime",
    6: "political_and_policy",
    8: "security_and_defence",
    9: "health_and_safety",
    11: "cultural_identity",
    12: "public_opinion",
    15: "other",
}
"""Numbers of the Policy Frames Codebook as FrAC joins them."""
JOINED = {
    "legality": "legality_and_crime",
    "crime_and_punishment": "legality_and_crime",
    "political": "political_and_policy",
    "policy_prescription": "political_and_policy",
}
"""Dimensions of the codebook -> those that FrAC joins."""
NAMES, NUMBERS = list(DIMENSIONS.values()), list(DIMENSIONS)


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
    coded = np.array([NUMBERS.index(row["label"]) for row in rows])
    found = by_cues([row["sentence"] for row in rows])
    if given.predictions:
        write_predictions(given.predictions, [row["id"] for row in rows], found, np.eye(len(NAMES))[found], NUMBERS)
    result = figures(coded, found, np.eye(len(NAMES))[found], NAMES)
    result.pop("calibration_error")
    report("codebook", result, {}, given.json)


if __name__ == "__main__":
    main()
