"""Statements by official: who says what, with the office that the article gives, and how much room each gets."""

from __future__ import annotations

import pandas as pd

from analysis.findings.counts import counted, words_once

HEADS = ["speaker", "office", "camp"]


def camps_made_of(actors: pd.DataFrame) -> str:
    """Of what the camps of the actors are made, in words for a report."""
    parties = (actors["camp"] == actors["party"]).fillna(False)
    if not parties.any():
        return "of states, and of bodies beside or between them"
    states = actors.loc[parties, "state"].dropna().unique()
    whose = f" ({', '.join(sorted(states))})" if len(states) else ""
    return f"of parties{whose}, else of states, and of bodies beside or between them"


def statements_by_official(statements: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """The statements with the office of their speakers, speaker by speaker; who is not resolved is called so.

    All columns of "statements", and `office` and `official` of the speaker.
    """
    offices = actors[["article_id", "actor_id", "office", "official"]].rename(columns={"actor_id": "speaker_id"})
    said = statements.merge(offices, on=["article_id", "speaker_id"], how="left").fillna({"speaker": "not resolved"})
    return said.sort_values(["speaker", "article_id", "statement_id"], kind="stable")


def words_by_official(said: pd.DataFrame) -> pd.DataFrame:
    """How many statements and words each official has; `said` as above.

    Repeated headlines are left out, and words inside another statement count with the outer one.
    """
    said = counted(said)
    own = said.assign(words=words_once(said))[said["official"].fillna(False)]
    return own.groupby(HEADS, dropna=False, as_index=False).agg(statements=("words", "size"), words=("words", "sum"))


def most_heard(said: pd.DataFrame) -> pd.DataFrame:
    """The statements of the one speaker who has most, repeated headlines left out."""
    said = counted(said)
    return said[said["speaker_id"].isin(said["speaker_id"].mode().head(1))]
