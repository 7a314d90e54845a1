"""Values of articles: one number for each article and question, which comparisons of outlets and months rest on.

An article is the unit: its sentences are not independent of each other, and a long one weighs no more than a short one.
Columns of all tables: `article_id`, `question`, `item` (a camp, an actor, a frame), `value`, `rows` (what it rests on).
An article that says nothing to a question has no row, which is not a value of 0.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.findings.aggregate import taken
from analysis.findings.counts import CODEBOOK, counted, words_once
from analysis.findings.wording import UNMARKED
from analysis.schema.analysis import Analysis
from analysis.schema.values import SAID, TOLD

WORDS, STANCE, DEEDS, FRAMES, SPEECH = (
    "share of speakers' words",
    "stance of speakers toward actors",
    "what is told for or against actors",
    "share of passages with a frame",
    "form of speech",
)
QUESTIONS = (WORDS, STANCE, DEEDS, FRAMES, SPEECH)
TABLES = ("articles", "actors", "statements", "stances", "frames", "passages")
"""The tables that a comparison asks for."""
COLUMNS = ["article_id", "question", "item", "value", "rows"]
ITEMS = 50
"""Items of a question that articles are given a share of; a comparison takes fewer."""
OWN, MARKED = "words in quotation marks", "statements with a marked cue"


def values_of_articles(analysis: Analysis) -> pd.DataFrame:
    """The values of all questions, one below the other."""
    makers = (words_of_camps, stances_toward, deeds_toward, frames_of_passages, speech)
    return pd.concat([make(analysis) for make in makers], ignore_index=True)


def words_of_camps(analysis: Analysis) -> pd.DataFrame:
    """The share of each camp in the words that an article credits to speakers whose camp is known; 0 for the others."""
    said = counted(analysis.statements)
    said = said.assign(spoken=words_once(said)).dropna(subset="camp")
    return _filled(_shares(said, "camp", "spoken"), WORDS)


def stances_toward(analysis: Analysis) -> pd.DataFrame:
    """The mean stance of the speakers of an article toward each actor: -1 against, +1 for."""
    return _means(taken(analysis.stances, SAID), STANCE)


def deeds_toward(analysis: Analysis) -> pd.DataFrame:
    """The mean position of what is told of others, toward each actor."""
    return _means(taken(analysis.stances, TOLD), DEEDS)


def frames_of_passages(analysis: Analysis) -> pd.DataFrame:
    """The share of passages that have each frame of the codebook, "scheme: frame"; 0 where an article has none."""
    frames = analysis.frames[analysis.frames["method"].str.startswith(CODEBOOK)]
    item = frames["scheme"] + ": " + frames["frame"].str.replace("_", " ")
    hits = frames.assign(item=item).groupby(["article_id", "item"])["passage_id"].nunique().rename("rows").reset_index()
    whole = analysis.passages.groupby("article_id").size()
    hits["value"] = hits["rows"] / hits["article_id"].map(whole).astype(float)
    return _filled(hits, FRAMES, whole.index)


def speech(analysis: Analysis) -> pd.DataFrame:
    """Of the words of speakers those in quotation marks throughout; of the statements those with a marked cue."""
    said = counted(analysis.statements)
    said = said.assign(spoken=words_once(said))
    own = _filled(_shares(said, "quote_type", "spoken"), SPEECH)
    own = own[own["item"] == "direct"].assign(item=OWN)
    marked = said.assign(marked=~said["cue_class"].isin(UNMARKED)).groupby("article_id")["marked"]
    marked = marked.agg(value="mean", rows="size").reset_index().assign(question=SPEECH, item=MARKED)
    return pd.concat([own, marked])[COLUMNS]


def _shares(table: pd.DataFrame, item: str, amount: str) -> pd.DataFrame:
    """The share of each item in the amount of its article."""
    parts = table.groupby(["article_id", item]).agg(amount=(amount, "sum"), rows=(amount, "size")).reset_index()
    whole = parts.groupby("article_id")["amount"].transform("sum")
    parts = parts[whole > 0].assign(value=parts["amount"] / whole)
    return parts.rename(columns={item: "item"})[["article_id", "item", "value", "rows"]]


def _filled(shares: pd.DataFrame, question: str, articles: Iterable[str] | None = None) -> pd.DataFrame:
    """Shares of the items that most articles have, with 0 for those that an article could have had and has not."""
    known = pd.Index(shares["article_id"].unique() if articles is None else articles)
    shares = shares[shares["item"].isin(shares["item"].value_counts().index[:ITEMS])]
    grid = pd.MultiIndex.from_product([known, shares["item"].unique()], names=["article_id", "item"])
    found = shares.set_index(["article_id", "item"]).reindex(grid, fill_value=0).reset_index()
    return found.assign(question=question)[COLUMNS]


def _means(stances: pd.DataFrame, question: str) -> pd.DataFrame:
    """The mean stance toward each actor of two articles and more; others in every article have one name at most."""
    spread = stances.groupby("target_id")["article_id"].transform("nunique")
    stances = stances[spread > 1].assign(stance=stances["stance"].astype(float))
    groups = stances.groupby(["article_id", "target"])["stance"]
    found = groups.agg(value="mean", rows="size").reset_index().rename(columns={"target": "item"})
    return found.assign(question=question)[COLUMNS]
