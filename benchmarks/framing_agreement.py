"""How far two codings of frames, roles and functions agree: one of them by a coder, the other by the program.

The unit is the coded passage. Tables of both sides carry a column `unit`, the number of the passage (0, 1, ...). A
coded actor is a place in the text; in the column `actor_ids` stand the actors of the program that have a mention there.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.findings.alpha import alpha
from analysis.schema import WRITER
from analysis.schema.spans import overlap
from benchmarks.measures import interval

UNFOUND = "not found"
"""Stands for a coded actor that the program does not have."""


@dataclass(frozen=True)
class Counts:
    """How much the coder and the program have, and how much of it is the same: arrays of passages times labels."""

    labels: tuple[str, ...]
    coded: np.ndarray
    found: np.ndarray
    both: np.ndarray

    def f1(self, rows: np.ndarray) -> np.ndarray:
        """F1 of each label over these passages in percent; missing where neither side has the label."""
        total = self.coded[rows].sum(axis=0) + self.found[rows].sum(axis=0)
        return 200 * self.both[rows].sum(axis=0) / np.where(total, total, np.nan)

    def macro(self, rows: np.ndarray) -> float:
        """The mean F1 of the labels that either side has in these passages; missing if there is none."""
        f1 = self.f1(rows)
        return float(f1[~np.isnan(f1)].mean()) if not np.isnan(f1).all() else float("nan")

    def micro(self, rows: np.ndarray) -> float:
        """F1 of all labels taken together."""
        total = self.coded[rows].sum() + self.found[rows].sum()
        return float(200 * self.both[rows].sum() / total) if total else float("nan")


# --- tables made comparable --------------------------------------------------------------------------------------


def unit_numbers(units: pd.DataFrame, passages: pd.DataFrame) -> dict[tuple[str, int], int]:
    """The number of the coded passage that each passage of the program shares most characters with.

    `units` has the columns article_id, start, end; a passage that shares none is left out.
    """
    numbers = {}
    places = list(units[["article_id", "start", "end"]].itertuples(index=False, name=None))
    for row in passages.itertuples(index=False):
        shared = [
            min(row.end, end) - max(row.start, start) if row.article_id == article else 0
            for article, start, end in places
        ]
        if shared and max(shared) > 0:
            numbers[row.article_id, row.passage_id] = int(np.argmax(shared))
    return numbers


def in_units(table: pd.DataFrame, numbers: dict[tuple[str, int], int]) -> pd.DataFrame:
    """The rows of a table of the program that stand in a coded passage, with its number in `unit`."""
    keys = [numbers.get(key) for key in zip(table.article_id, table.passage_id, strict=True)]
    return table.assign(unit=pd.array(keys, dtype="Int64")).dropna(subset="unit")


def with_actors(coded: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Adds `actor_ids` and `voice_ids`: the actors with a mention in the coded place.

    Where there is no place there is no actor, and the voice is the writer.
    """
    named = mentions[mentions.actor_id.notna()]
    found = {article: list(zip(t.start, t.end, t.actor_id, strict=True)) for article, t in named.groupby("article_id")}

    def ids(article: str, start: object, end: object, absent: frozenset[str]) -> frozenset[str]:
        if pd.isna(start):
            return absent
        return frozenset(who for at, to, who in found.get(article, ()) if overlap((at, to), (start, end)))

    rows = list(coded.itertuples(index=False))
    actors = [ids(row.article_id, row.actor_start, row.actor_end, frozenset()) for row in rows]
    voices = [ids(row.article_id, row.voice_start, row.voice_end, frozenset([WRITER])) for row in rows]
    return coded.assign(actor_ids=actors, voice_ids=voices)


# --- agreement ---------------------------------------------------------------------------------------------------


def presence(coded: pd.DataFrame, found: pd.DataFrame, column: str, labels: Sequence[str], units: int) -> Counts:
    """Frames or functions: a label is there or not there in a passage, by however many voices or actors."""

    def table(rows: pd.DataFrame) -> np.ndarray:
        has = set(zip(rows["unit"], rows[column], strict=True))
        return np.array([[(unit, label) in has for label in labels] for unit in range(units)], dtype=int)

    one, other = table(coded), table(found)
    return Counts(tuple(labels), one, other, one & other)


def pairs_of_roles(coded: pd.DataFrame, found: pd.DataFrame) -> list[tuple[int, int]]:
    """Coded and found rows that are the same role of the same actor in the same passage, each row once.

    Positions in the two tables. Of several voices for one role the found row with the coded voice is taken first.
    """
    pairs, used = [], set()
    rows = list(found.itertuples(index=False))
    for k, one in enumerate(coded.itertuples(index=False)):
        same = [
            n
            for n, row in enumerate(rows)
            if (row.unit, row.role) == (one.unit, one.role) and row.actor_id in one.actor_ids and n not in used
        ]
        if same:
            best = min(same, key=lambda n: rows[n].voice_id not in one.voice_ids)
            used |= {n for n in same if rows[n].actor_id == rows[best].actor_id}
            pairs.append((k, best))
    return pairs


def role_counts(coded: pd.DataFrame, found: pd.DataFrame, labels: Sequence[str], units: int) -> Counts:
    """Roles: the same actor in the same role in the same passage; voices are not asked for."""
    tables = [np.zeros((units, len(labels)), dtype=int) for _ in range(3)]
    matched = coded.iloc[[k for k, _ in pairs_of_roles(coded, found)]]
    distinct = found.drop_duplicates(["unit", "actor_id", "role"])
    for table, rows in zip(tables, (coded, distinct, matched), strict=True):
        for unit, role in zip(rows["unit"], rows["role"], strict=True):
            table[unit, labels.index(role)] += 1
    return Counts(tuple(labels), *tables)


def main_roles(coded: pd.DataFrame, found: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """The role of every actor in its article, as both sides have it: its commonest, of equals the first; else "none".

    Columns article_id, actor_id, coded, found. A coded actor whom the program does not have is a row of its own.
    """
    known = [
        (row.article_id, min(row.actor_ids) if row.actor_ids else f"{UNFOUND}: {row.actor_start}")
        for row in coded.itertuples(index=False)
    ]
    one = _commonest(zip(known, coded.role, strict=True))
    other = _commonest(zip(zip(found.article_id, found.actor_id, strict=True), found.role, strict=True))
    everyone = dict.fromkeys([*zip(actors.article_id, actors.actor_id, strict=True), *known])
    rows = [(*key, one.get(key, "none"), other.get(key, "none")) for key in everyone]
    return pd.DataFrame(rows, columns=["article_id", "actor_id", "coded", "found"])


def _commonest(roles: Iterable[tuple[Hashable, str]]) -> dict[Hashable, str]:
    by_actor: dict[Hashable, list[str]] = {}
    for actor, role in roles:
        by_actor.setdefault(actor, []).append(role)
    return {actor: max(has, key=has.count) for actor, has in by_actor.items()}


def same_actors(coded: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Of the functions that both have in a passage: whether a found row names the coded actor, or none where none is.

    Columns function, named (whether the coder names an actor), actor and voice (whether they are the same).
    """
    rows = []
    for one in coded.itertuples(index=False):
        same = found[(found["unit"] == one.unit) & (found["function"] == one.function)]
        if same.empty:
            continue
        named = not pd.isna(one.actor_start)
        actor = same.actor_id.isin(one.actor_ids).any() if named else same.actor_id.isna().any()
        rows.append((one.function, named, bool(actor), bool(same.voice_id.isin(one.voice_ids).any())))
    return pd.DataFrame(rows, columns=["function", "named", "actor", "voice"])


# --- figures -----------------------------------------------------------------------------------------------------


def nominal(coded: np.ndarray, found: np.ndarray) -> float:
    """Krippendorff's alpha, nominal, of two coders without gaps; missing where there is only one value."""
    values = np.unique(np.concatenate([coded, found]))
    return alpha(np.searchsorted(values, np.array([coded, found])).astype(float), level="nominal")


def figures(counts: Counts, *, alphas: bool, unseen: np.ndarray) -> dict[str, object]:
    """Micro- and macro-F1 and each label's F1, and alpha if asked for, with 95 % intervals over passages.

    `unseen` are the passages on which the rules were not written; F1 is given for them alone, too.
    """
    size, every = len(counts.coded), np.arange(len(counts.coded))
    f1 = counts.f1(every)
    labels = {}
    for k in np.flatnonzero(~np.isnan(f1)):
        label = {"coded": int(counts.coded[:, k].sum()), "found": int(counts.found[:, k].sum())}
        label |= {"both": int(counts.both[:, k].sum()), "f1": float(f1[k])}
        label["f1_interval"] = interval(lambda rows, k=k: counts.f1(rows)[k], size)
        if alphas:
            label["alpha"] = nominal(counts.coded[:, k], counts.found[:, k])
            label["alpha_interval"] = interval(
                lambda rows, k=k: nominal(counts.coded[rows, k], counts.found[rows, k]), size
            )
        labels[counts.labels[k]] = label
    result = {"passages": size, "micro_f1": counts.micro(every), "micro_f1_interval": interval(counts.micro, size)}
    result |= {"macro_f1": counts.macro(every), "macro_f1_interval": interval(counts.macro, size)}
    result["unseen"] = {
        "passages": len(unseen),
        "micro_f1": counts.micro(unseen),
        "micro_f1_interval": interval(lambda rows: counts.micro(unseen[rows]), len(unseen)),
        "macro_f1": counts.macro(unseen),
    }
    if alphas and labels:
        result["mean_alpha"] = float(np.mean([one["alpha"] for one in labels.values()]))
    return result | {"labels": labels}
