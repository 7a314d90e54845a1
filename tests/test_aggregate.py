"""Means over statements and mentions, with what they rest on."""

import pandas as pd
import pytest

from analysis import schema
from analysis.aggregate import as_label, author_sentiment, mean_stances


def stances(*values):
    names = {"source_id": "a", "source": "Ada Lind", "target_id": "n", "target": "Norway", "method": "test"}
    rows = [{"article_id": "x", "statement_id": n, "stance": v, **names} for n, v in enumerate(values, 1)]
    return schema.tabulate("stances", rows)


def mentions(*scores, voice="writer"):
    names = {"actor_id": "n", "actor": "Norway", "voice_id": voice, "voice": voice, "passage_id": 1, "method": "test"}
    rows = [{"article_id": "x", "mention_id": n, "sentiment_score": s, **names} for n, s in enumerate(scores, 1)]
    return schema.tabulate("sentiments", rows)


def test_counts_for_and_against_and_gives_an_interval_from_five_statements_on():
    (few,) = mean_stances(stances(1, -1)).to_dict("records")
    assert (few["n"], few["mean"], few["against"], few["for"]) == (2, 0.0, 1, 1) and pd.isna(few["low"])
    (many,) = mean_stances(stances(-1, -1, -1, -1, 0)).to_dict("records")
    assert many["mean"] == pytest.approx(-0.8) and many["low"] <= many["mean"] <= many["high"] <= 0


def test_the_author_is_positive_where_the_mean_of_the_mentions_is():
    (row,) = author_sentiment(mentions(0.9, 0.7)).to_dict("records")
    assert (row["sentiment"], row["n"], row["mean"], row["writer"]) == (1, 2, pytest.approx(0.8), pytest.approx(0.8))
    (quoted,) = author_sentiment(mentions(-0.9, voice="ada")).to_dict("records")
    assert quoted["sentiment"] == -1 and pd.isna(quoted["writer"])


def test_without_rows_there_are_columns():
    assert list(mean_stances(schema.empty("stances")).columns)[:4] == ["source", "target", "n", "mean"]
    assert author_sentiment(mentions(None)).empty


def test_cuts_divide_scores_in_three():
    assert [as_label(score, (-0.5, 0.5)) for score in (-0.6, 0, 0.6)] == [-1, 0, 1]
