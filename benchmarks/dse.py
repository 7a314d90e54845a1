"""Stance of one actor toward another against human coding: ``python -m benchmarks.dse DATA_DIR --split valid``.

"Who blames or endorses whom" (Park, Pan and Joo 2021): sentences with two entities, p and q, coded neutral or for or
against in one direction. "toward" are the figures of "p toward q" alone: against, neither, for.
"""

from __future__ import annotations

import re

import numpy as np

from analysis.positions import stance_model
from analysis.positions.stance_model import Marked
from analysis.schema.spans import Span
from benchmarks.corpora import read_rows, with_stand_ins
from benchmarks.labelled import figures, finish, options, report, write_predictions

NAMES = ("neutral", "p for q", "q for p", "p against q", "q against p")
TOWARD = ("against", "neither", "for")
SIGNS = np.array([1, 2, 1, 0, 1])
"""The label of a pair -> what p is toward q."""


def pair(row: dict) -> Marked:
    """A sentence with p as source and q as target, the brackets taken out.

    The corpus closes its brackets before an "s" ("[Iran]s", "[the United State]s"): a name reaches to the end of its
    word.
    """
    text, places = row["sentence"], {}
    for name in ("p", "q"):
        taken = [span[0] for span in places.values()]
        found = [m.start() for m in re.finditer(re.escape(f"[{row[name]}]"), text) if m.start() not in taken]
        start = found[0] if found else text.find(row[name])
        places[name] = (start, start + len(row[name]) + 2 * bool(found))
    edges = sorted({edge for start, end in places.values() for edge in (start, end - 1) if text[edge] in "[]"})
    plain = "".join(one for place, one in enumerate(text) if place not in edges)
    moved = {name: tuple(edge - sum(e < edge for e in edges) for edge in span) for name, span in places.items()}
    return Marked(plain, _whole(plain, moved["q"]), _whole(plain, moved["p"]))


def _whole(text: str, span: Span) -> Span:
    start, end = span
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def toward(coded: np.ndarray, found: np.ndarray, chances: np.ndarray) -> dict[str, object]:
    """The figures of p toward q."""
    result = figures(SIGNS[coded], SIGNS[found], stance_model.toward(chances), TOWARD)
    return result | {"f1_for_and_against": (result["f1"]["for"] + result["f1"]["against"]) / 2}


def main() -> None:
    """Print the table; write predictions and plot where asked."""
    given = options("dse", __doc__.splitlines()[0], "valid")
    rows = read_rows(given.data, "dse", given.split)
    chances = stance_model.pairs(with_stand_ins([pair(row) for row in rows]))
    coded, found = np.array([row["label"] for row in rows]), stance_model.decided(chances, stance_model.settings().lean)
    if given.predictions:
        write_predictions(given.predictions, [row["id"] for row in rows], found, chances, range(5))
    finish(given, "Stance", coded, found, chances)
    directed = toward(coded, found, chances)
    report("model", figures(coded, found, chances, NAMES), {"toward": directed}, given.json)
    if not given.json:
        print(f"toward: mean F1 of for and against {directed['f1_for_and_against']:.1f}")


if __name__ == "__main__":
    main()
