"""Which rows of a table count, and how many there are of each kind."""

from __future__ import annotations

import pandas as pd

CODEBOOK = "codebook:"
"""How the methods of frames by codebook begin."""


def counted(statements: pd.DataFrame) -> pd.DataFrame:
    """The statements that count once: without repetitions of a headline."""
    return statements[statements["repeats"].isna()]


def words_once(statements: pd.DataFrame) -> pd.Series:
    """The words of each statement, 0 for one inside another: those count with the outer one."""
    return statements["words"].where(statements["inside"].isna(), 0).astype(int)


def of_method(frames: pd.DataFrame, *, learned: bool = False) -> pd.DataFrame:
    """The rows that the codebook gives, or those of the model: the two are never mixed in one picture."""
    return frames[frames["method"].str.startswith(CODEBOOK) != learned]


def by_rule(table: pd.DataFrame) -> pd.DataFrame:
    """How many rows each rule or model gave, and the share of such rows that human coders agreed with."""
    groups = table.groupby("method", as_index=False)
    return groups.agg(rows=("method", "size"), agreement=("confidence", "mean")).rename(columns={"method": "rule"})


def stances_by_rule(stances: pd.DataFrame) -> pd.DataFrame:
    """How many stances of -1, 0 and +1 each rule or model gave."""
    counts = stances.groupby(["method", "stance"]).size().reset_index(name="stances")
    return counts.rename(columns={"method": "rule or model"})


def sentiment_by_voice(sentiments: pd.DataFrame) -> pd.DataFrame:
    """Mean sentiment and tone around each actor, in the writer's words and in those of others."""
    voices = sentiments["voice_id"].eq("writer").map({True: "writer", False: "quoted"})
    around = sentiments.groupby(["actor", voices.rename("in the voice of")])
    means = {"sentiment": ("sentiment_score", "mean"), "tone": ("polarity", "mean")}
    return around.agg(mentions=("mention_id", "size"), **means).reset_index()


def frames_by_voice(frames: pd.DataFrame) -> pd.DataFrame:
    """In how many passages each voice uses each frame, and in which words."""
    named = frames.assign(frame=frames["frame"].str.replace("_", " "))
    groups = named.groupby(["scheme", "frame", "voice"], sort=True)
    found = groups.agg(passages=("passage_id", "nunique"), words=("evidence_text", "unique"))
    return found.reset_index().assign(words=[" | ".join(words) for words in found["words"]])


def frames_by_passage(frames: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """The passages of one article with the frames of each scheme in them: "conflict (writer: attacked)"."""
    cells = frames["frame"].str.replace("_", " ") + " (" + frames["voice"] + ": " + frames["evidence_text"] + ")"
    table = cells.groupby([frames["passage_id"], frames["scheme"]]).agg("; ".join).unstack("scheme")
    return passages[["passage_id", "placement", "text"]].merge(table.reset_index(), on="passage_id", how="left")
