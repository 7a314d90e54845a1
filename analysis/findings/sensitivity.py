"""Sensitivity: what becomes of the stances if the cut of the model moves, or rules or model decide alone."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.findings.aggregate import chances, taken
from analysis.schema.values import SAID

STEP = 0.1
PAIR = ["article_id", "source", "target"]


def at_cut(stances: pd.DataFrame, cut: float) -> pd.Series:
    """What the model alone says of each stance: the likelier side if it has at least `cut`, else 0."""
    rows = chances(stances["stance"], stances["probability"], stances["score"])
    side = np.where(rows[:, 2] > rows[:, 0], 1, -1)
    found = np.where(np.nanmax(rows[:, [0, 2]], axis=1, initial=0) >= cut, side, 0)
    return pd.Series(found, index=stances.index, dtype="Int64").where(stances["probability"].notna())


def sensitivity(stances: pd.DataFrame, cut: float, rules: pd.DataFrame | None = None) -> pd.DataFrame:
    """The mean stance of each source toward each target as it is shown and as it would be otherwise.

    Columns: `article_id`, `source`, `target`, `n` statements; `shown`; `cut - 0.1` and `cut + 0.1`, where the model's
    cut moves and rules decide as before; `model alone`; `rules alone`, if their stances (of ``analyse(...,
    method="rules")``) are given, missing where they have no row; `stable`, whether the sign is the same in all.
    """
    said = taken(stances, SAID)
    usual = at_cut(said, cut)
    by_model = usual.eq(said["stance"]) & usual.notna()
    ways = {"shown": said["stance"]}
    for name, moved in ((f"cut - {STEP}", cut - STEP), (f"cut + {STEP}", cut + STEP)):
        ways[name] = said["stance"].where(~by_model, at_cut(said, moved))
    ways["model alone"] = usual
    table = said[PAIR].assign(**ways)
    found = table.groupby(PAIR, sort=False).agg(n=("shown", "size"), **{way: (way, "mean") for way in ways})
    if rules is not None:
        alone = taken(rules, SAID).groupby(PAIR)["stance"].mean()
        found["rules alone"] = alone.reindex(found.index)
    signs = np.sign(found.drop(columns="n").astype(float))
    found["stable"] = signs.eq(signs["shown"], axis=0).where(signs.notna(), True).all(axis=1)
    return found.reset_index()
