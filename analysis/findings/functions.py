"""What the functions of an article say, as clauses."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis import schema


def functions_sentence(functions: pd.DataFrame, *, most: int = 3) -> dict[str, str]:
    """What the functions of one article say, as clauses: function -> "the United States (fueling insecurity), says ..."

    At most so many actors of each function, those named most often first; functions without an actor tell their words.
    """
    sentences = {}
    for name in schema.FUNCTIONS:
        rows = functions[functions["function"] == name]
        if not rows.empty:
            known = rows[rows["actor"].notna()]
            shown = known if len(known) else rows
            groups = shown.groupby(shown["actor"].fillna(""), sort=False)
            order = sorted(groups, key=lambda pair: -len(pair[1]))[:most]
            sentences[name] = "; ".join(_clause(actor, group) for actor, group in order)
    return sentences


def _clause(actor: str, rows: pd.DataFrame) -> str:
    words = _listed(dict.fromkeys(rows["evidence_text"].str.lower()), 3)
    voices = _listed(dict.fromkeys("the writer" if v == schema.WRITER else v for v in rows["voice"]), 2)
    return f"{actor} ({words}), says {voices}" if actor else f"“{words}”, says {voices}"


def _listed(parts: Iterable[str], most: int) -> str:
    shown = list(parts)
    return ", ".join(shown[:most]) + (f" and {len(shown) - most} more" if len(shown) > most else "")
