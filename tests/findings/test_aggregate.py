"""Means over statements and mentions, with what they rest on."""

import numpy as np
import pandas as pd
import pytest

from analysis import schema
from analysis.findings.aggregate import author_labels, author_sentiment, mean_stances


def stances(*values, articles="x"):
    names = {"source_id": "a", "source": "Ada Lind", "target_id": "n", "target": "Norway", "method": "test"}
    names |= {"how": "said", "teller_id": "writer", "teller": "writer"}
    rows = [
        {"article_id": articles[n % len(articles)], "statement_id": n, "stance": v, **names}
        for n, v in enumerate(values, 1)
    ]
    return schema.tabulate("stances", rows)


def mentions(*chances, voice="writer"):
    """Mentions with these probabilities of negative, neutral and positive; None was not scored."""
    names = {"actor_id": "n", "actor": "Norway", "voice_id": voice, "voice": voice, "passage_id": 1, "method": "test"}
    rows = [{"article_id": "x", "mention_id": n, **_scored(one), **names} for n, one in enumerate(chances, 1)]
    return schema.tabulate("sentiments", rows)


def _scored(chances):
    if chances is None:
        return {}
    label = int(np.argmax(chances)) - 1
    return {"sentiment": label, "probability": chances[label + 1], "sentiment_score": chances[2] - chances[0]}


def test_counts_for_and_against_and_gives_an_interval_from_five_articles_on():
    (few,) = mean_stances(stances(1, -1)).to_dict("records")
    assert (few["n"], few["mean"], few["against"], few["for"]) == (2, 0.0, 1, 1) and pd.isna(few["low"])
    (single,) = mean_stances(stances(-1, -1, -1, -1, 0)).to_dict("records")
    assert single["n"] == 5 and pd.isna(single["low"])
    (many,) = mean_stances(stances(-1, -1, -1, -1, 0, articles="abcde")).to_dict("records")
    assert many["mean"] == pytest.approx(-0.8) and many["low"] <= many["mean"] <= many["high"] <= 0


def test_the_author_is_positive_where_the_mentions_are():
    (row,) = author_sentiment(mentions((0.0, 0.1, 0.9), (0.1, 0.1, 0.8))).to_dict("records")
    assert (row["sentiment"], row["n"], row["mean"], row["writer"]) == (1, 2, pytest.approx(0.8), pytest.approx(0.8))
    (quoted,) = author_sentiment(mentions((0.92, 0.06, 0.02), voice="ada")).to_dict("records")
    assert quoted["sentiment"] == -1 and pd.isna(quoted["writer"])


def test_the_label_follows_from_the_mean_probabilities_whatever_the_label_of_each_mention():
    mixed = [(0.7, 0.2, 0.1), (0.2, 0.5, 0.3), (0.1, 0.3, 0.6), (0.05, 0.9, 0.05)]
    (row,) = author_sentiment(mentions(*mixed)).to_dict("records")
    assert row["sentiment"] == author_labels(np.mean(mixed, axis=0, keepdims=True)[:, [0, 2]])[0]


def test_an_author_without_words_for_or_against_is_neutral():
    assert author_labels(np.array([[0.9, 0.05], [0.02, 0.03], [0.05, 0.9]])).tolist() == [-1, 0, 1]


def test_without_rows_there_are_columns():
    assert list(mean_stances(schema.empty("stances")).columns)[:4] == ["source", "target", "n", "mean"]
    assert author_sentiment(mentions(None)).empty
