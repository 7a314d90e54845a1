"""Places: where in the text the rows of a table stand."""

from __future__ import annotations

import pandas as pd

from analysis.schema.analysis import Analysis


def placed(analysis: Analysis, table: str) -> pd.DataFrame:
    """The rows of a table, in their order, with their characters as `start` and `end`, and `actor` for mentions.

    That is the content of a statement, the mention of a sentiment, and the passage of everything else. Actors stand in
    no one place and have none.
    """
    rows = getattr(analysis, table)
    if table == "actors":
        return rows
    if table == "statements":
        return rows.rename(columns={"content_start": "start", "content_end": "end"})
    if table == "mentions":
        names = analysis.actors[["article_id", "actor_id", "name"]].rename(columns={"name": "actor"})
        return rows.merge(names, on=["article_id", "actor_id"], how="left")
    if "start" in rows:
        return rows
    key = ["article_id", "mention_id" if table == "sentiments" else "passage_id"]
    places = analysis.mentions if table == "sentiments" else analysis.passages
    return rows.merge(places[[*key, "start", "end"]], on=key, how="left")


def words_at(analysis: Analysis, rows: pd.DataFrame) -> list[str]:
    """What stands between the characters of each row."""
    places = zip(rows["article_id"], rows["start"], rows["end"], strict=True)
    return [analysis.texts[article][start:end] for article, start, end in places]


def sentence_at(analysis: Analysis, rows: pd.DataFrame) -> list[str]:
    """The passage in which each row begins; its own words where it begins in none."""
    places = rows[["article_id", "start"]].assign(start=rows["start"].astype("int64"), place=range(len(rows)))
    passages = analysis.passages[["article_id", "start", "end", "text"]].astype({"start": "int64"})
    near = pd.merge_asof(
        places.sort_values("start", kind="stable"), passages.sort_values("start"), on="start", by="article_id"
    ).sort_values("place")
    there = (near["end"] > near["start"]).fillna(False).tolist()
    found = zip(near["text"], there, words_at(analysis, rows), strict=True)
    return [text if inside else words for text, inside, words in found]
