"""Roles of actors against coders: ``python -m benchmarks.roles DATA_DIR --split dev``.

Two columns that are never one: the Narrative Frames Corpus (people, climate coverage 2017-19; Frermann et al. 2023) and
the coded corpus (readings of a language model, all topics). Of the first only those are coded who have a role, so there
it is asked whether a marked actor gets his role; of the second all actors. The model of the package learned from dev of
the first, so there each fold is coded by heads learned without it; any other split by the shipped heads.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import numpy as np

from analysis.framing.role_model import Heads, chances, heads
from analysis.schema import ROLES
from benchmarks.coded import read_corpus
from benchmarks.frame_fits import role_f1, role_heads
from benchmarks.framing_corpus import Cast, cast_in_coded, cast_in_narrative
from benchmarks.labelled import options
from benchmarks.measures import f1_by_label, interval

CODED = ("wikinews", "seed", "polnear")
Rows = Sequence[dict[str, np.ndarray]]


def decided(article: Cast, model: Heads) -> dict[str, np.ndarray]:
    """The coded role of each actor, the role it gets (-1 for none), and the one it would have if it were cast."""
    if not len(article.features):
        return dict.fromkeys(("coded", "found", "given"), np.zeros(0, dtype=int))
    cast, roles = chances(article.features, model)
    given = roles.argmax(axis=1)
    return {"coded": article.roles, "found": np.where(cast >= model.cut, given, -1), "given": given}


def joined(rows: Rows, name: str) -> np.ndarray:
    """One array of all articles."""
    return np.concatenate([one[name] for one in rows])


def given_cast(rows: Rows) -> float:
    """Macro-F1 of the roles of those who are coded with one, whether or not the tool would cast them."""
    coded = joined(rows, "coded")
    return role_f1(coded[coded >= 0], joined(rows, "given")[coded >= 0])


def of_marked(rows: Rows) -> float:
    """The same where no role is an answer, and a wrong one."""
    coded = joined(rows, "coded")
    return role_f1(coded[coded >= 0], joined(rows, "found")[coded >= 0])


def of_all(rows: Rows) -> float:
    """Macro-F1 over all actors, most of whom have no role."""
    return role_f1(joined(rows, "coded"), joined(rows, "found"))


def figure(rows: Rows, measure: Callable[[Rows], float]) -> dict[str, object]:
    """A measure with its interval over articles."""
    low, high = interval(lambda drawn: measure([rows[n] for n in drawn]), len(rows))
    return {"value": measure(rows), "interval": [low, high]}


def main() -> None:
    """Print both columns."""
    given = options("roles", __doc__.splitlines()[0], "dev", corpus="narrative_frames", plot=False)
    articles = cast_in_narrative(given.data, given.split)
    train, dev = (cast_in_coded(read_corpus(CODED, split=part, folder=given.data)) for part in ("train", "dev"))
    kept = {}
    if given.split == "dev":
        for fold in sorted({one.fold for one in articles}):
            kept[fold] = role_heads([one for one in articles if one.fold != fold], train)
    people = [decided(one, kept.get(one.fold) or heads()) for one in articles]
    readings = [decided(one, heads()) for one in dev]
    result = {
        "people: marked actors, role given that one is cast": figure(people, given_cast),
        "people: marked actors, no role a wrong answer": figure(people, of_marked),
        "readings: actors with a role, given that one is cast": figure(readings, given_cast),
        "readings: all actors of the coded corpus": figure(readings, of_all),
    }
    coded, found = joined(people, "coded"), joined(people, "found")
    marked = coded >= 0
    f1 = f1_by_label(coded[marked], found[marked], len(ROLES))
    counts = {
        "marked actors": int(marked.sum()),
        "of them without a role": int((found[marked] < 0).sum()),
        "marked entities that are no actor": sum(len(one.unlinked) for one in articles),
    }
    if given.json:
        print(json.dumps(result | {"counts": counts}))
        return
    for name, one in result.items():
        print(f"{name}: {one['value']:.1f} ({one['interval'][0]:.1f} to {one['interval'][1]:.1f})")
    print("people, F1:", ", ".join(f"{name} {value:.1f}" for name, value in zip(ROLES, f1, strict=True)))
    print(", ".join(f"{name} {n}" for name, n in counts.items()))


if __name__ == "__main__":
    main()
