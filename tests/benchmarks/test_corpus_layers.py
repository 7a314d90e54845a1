"""What is counted of a coded article: the coding itself agrees with itself, and each fault costs what it should."""

from collections import Counter
from types import SimpleNamespace

import pandas as pd
import pytest

from benchmarks import corpus_layers as layers
from benchmarks.coded import read_corpus
from benchmarks.corpus import FIGURES, figures, table

ARTICLE = "wikinews-034cfe0d"


@pytest.fixture(scope="module")
def row():
    return next(one for one in read_corpus(["wikinews"]) if one["id"] == ARTICLE)


def _tables(row, *, flip=False, silent=False):
    """The coding as if the program had given it."""
    names = {one["id"]: one for one in row["actors"]}
    said = [one for one in row["statements"] if not (silent and one is row["statements"][0])]
    statements = [
        {
            "statement_id": n,
            "repeats": pd.NA,
            "speaker_id": one["speakers"][0] if one["speakers"] else None,
            "camp": names[one["speakers"][0]]["camp"] if one["speakers"] else None,
            "cue_class": one["cue_class"],
            "quote_type": one["quote_type"],
            "content_spans": ";".join(f"{a}-{b}" for a, b in one["content"]),
            "method": "coder",
            **{part: " ".join(row["text"][a:b] for a, b in one[part]) for part in ("addressee", "occasion")},
        }
        for n, one in enumerate(said)
    ]
    stances = [
        {
            "statement_id": n,
            "source_id": one["speakers"][0],
            "target_id": s["target"],
            "stance": s["stance"] * (-1 if flip else 1),
        }
        for n, one in enumerate(said)
        if one["speakers"]
        for s in one["stances"]
    ]
    mentions = [{"start": m["start"], "end": m["end"], "actor_id": m["actor"]} for m in row["mentions"]]
    passages = [{"passage_id": n, "start": p["start"]} for n, p in enumerate(row["passages"])]
    frames = [
        {"passage_id": n, "scheme": "generic", "frame": f} for n, p in enumerate(row["passages"]) for f in p["frames"]
    ]
    functions = [
        {"passage_id": n, "function": f["function"]} for n, p in enumerate(row["passages"]) for f in p["functions"]
    ]
    columns = {
        "frames": ["passage_id", "scheme", "frame"],
        "functions": ["passage_id", "function"],
        "roles": ["actor_id", "role"],
        "stances": ["statement_id", "source_id", "target_id", "stance"],
    }
    rows = {"statements": statements, "stances": stances, "mentions": mentions, "passages": passages}
    rows |= {"frames": frames, "functions": functions, "roles": []}
    return SimpleNamespace(**{name: pd.DataFrame(some, columns=columns.get(name)) for name, some in rows.items()})


def test_the_coding_agrees_with_itself(row):
    counts = layers.count(row, _tables(row))
    measures = [layers.f1(one) for one in ("statements", "links", "frames", "functions", "occasion")]
    measures += [layers.share(one) for one in ("speakers", "camps", "sides", "quotation type")]
    assert {measure(counts) for measure in (*measures, layers.stance_f1, layers.cue_equal)} == {100}


def test_a_turned_stance_is_a_wrong_side_and_a_wrong_position(row):
    right, turned = layers.count(row, _tables(row)), layers.count(row, _tables(row, flip=True))
    assert right["sides", "right"] == turned["sides", "wrong"] > 0
    assert turned["positions", "both"] < right["positions", "both"]


def test_a_missed_statement_costs_its_sides_too(row):
    missed = layers.count(row, _tables(row, silent=True))
    assert missed["statements", "coded"] == 1
    assert missed["sides in all statements", "wrong"] == 1 and missed["sides", "wrong"] == 0


def test_two_actors_made_one_cost_precision_of_links(row):
    tables = _tables(row)
    tables.mentions["actor_id"] = "one"
    counts = layers.count(row, tables)
    assert layers.recall("links")(counts) == 100
    assert layers.precision("links")(counts) < 50


def test_the_table_has_every_figure_with_its_interval(row):
    articles = [layers.count(row, _tables(row)), layers.count(row, _tables(row, silent=True))]
    lines = table(figures(articles)).splitlines()
    assert len(lines) == len(FIGURES) + 2
    assert lines[2].startswith("| statements | F1 | 85.7 (")
    assert sum(articles, Counter())["statements", "coded"] == 1
