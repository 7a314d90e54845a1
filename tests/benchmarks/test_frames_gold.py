"""The comparison of frames, roles and functions with a coder, on small tables made by hand."""

import numpy as np
import pandas as pd
import pytest

from benchmarks import framing_agreement as agreement
from benchmarks.frames_gold import FUNCTIONS, comparable, disagreements, of_functions, read_gold, show, unseen

EVERY = np.arange(3)
NONE = frozenset()


def roles_of(*rows, sets=False):
    names = ["unit", "actor_ids" if sets else "actor_id", "role", "voice_ids" if sets else "voice_id"]
    table = pd.DataFrame(rows, columns=names).assign(article_id="a")
    return table.assign(actor_start=range(len(table))) if sets else table


def test_a_frame_counts_once_a_passage_however_many_voices_use_it():
    coded = pd.DataFrame({"unit": [0, 1, 2], "frame": ["conflict", "conflict", "economic"]})
    found = pd.DataFrame({"unit": [0, 0, 1, 1], "frame": ["conflict", "conflict", "economic", "conflict"]})
    counts = agreement.presence(coded, found, "frame", ["conflict", "economic", "morality"], 3)
    assert counts.both.tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 0]]
    assert counts.f1(EVERY)[:2].tolist() == [100, 0]
    assert np.isnan(counts.f1(EVERY)[2])
    assert counts.macro(EVERY) == 50
    assert counts.micro(EVERY) == pytest.approx(200 * 2 / 6)


def test_a_passage_of_the_program_is_the_coded_one_that_it_shares_most_with():
    units = pd.DataFrame({"article_id": ["a", "a", "b"], "start": [0, 50, 0], "end": [49, 90, 30]})
    passages = pd.DataFrame(
        {
            "article_id": ["a", "a", "a", "b", "c"],
            "passage_id": [1, 2, 3, 1, 1],
            "start": [0, 40, 95, 0, 0],
            "end": [39, 90, 99, 30, 30],
        }
    )
    assert agreement.unit_numbers(units, passages) == {("a", 1): 0, ("a", 2): 1, ("b", 1): 2}


def test_rows_outside_the_coded_passages_are_left_out():
    table = pd.DataFrame({"article_id": ["a", "a"], "passage_id": [1, 7], "frame": ["x", "y"]})
    kept = agreement.in_units(table, {("a", 1): 4})
    assert kept[["unit", "frame"]].values.tolist() == [[4, "x"]]


def test_a_coded_place_stands_for_the_actors_with_a_mention_there():
    mentions = pd.DataFrame(
        {
            "article_id": ["a", "a", "b", "a"],
            "actor_id": ["lund", "norway", "moe", None],
            "start": [0, 10, 0, 20],
            "end": [4, 16, 4, 25],
        }
    )
    coded = pd.DataFrame(
        {
            "article_id": ["a", "a", "a"],
            "actor_start": [2, None, 20],
            "actor_end": [14, None, 25],
            "voice_start": [None, 0, 50],
            "voice_end": [None, 4, 55],
        }
    ).convert_dtypes()
    found = agreement.with_actors(coded, mentions)
    assert found.actor_ids.tolist() == [{"lund", "norway"}, NONE, NONE]
    assert found.voice_ids.tolist() == [{"writer"}, {"lund"}, NONE]


def test_a_role_asks_for_passage_actor_and_role_but_not_for_the_voice():
    coded = roles_of(
        (0, {"lund"}, "villain", {"moe"}), (1, {"lund"}, "victim", {"writer"}), (2, NONE, "hero", {"moe"}), sets=True
    )
    found = roles_of(
        (0, "lund", "villain", "writer"),
        (0, "lund", "villain", "moe"),
        (1, "lund", "villain", "writer"),
        (2, "moe", "hero", "moe"),
    )
    assert agreement.pairs_of_roles(coded, found) == [(0, 1)]
    counts = agreement.role_counts(coded, found, ("villain", "victim", "hero"), 3)
    assert counts.coded.sum(axis=0).tolist() == [1, 1, 1]
    assert counts.found.sum(axis=0).tolist() == [2, 0, 1]
    assert counts.f1(EVERY).tolist() == pytest.approx([200 / 3, 0, 0])


def test_one_found_role_answers_one_coded_role():
    coded = roles_of((0, {"lund", "moe"}, "victim", {"writer"}), (0, {"lund"}, "victim", {"writer"}), sets=True)
    assert agreement.pairs_of_roles(coded, roles_of((0, "lund", "victim", "writer"))) == [(0, 0)]


def test_the_main_role_is_the_commonest_and_actors_without_one_count():
    coded = roles_of(
        (0, {"lund"}, "hero", {"writer"}),
        (1, {"lund"}, "villain", {"writer"}),
        (2, {"lund"}, "villain", {"writer"}),
        (2, NONE, "victim", {"writer"}),
        sets=True,
    )
    found = roles_of((0, "lund", "hero", "writer"), (1, "moe", "victim", "writer"))
    actors = pd.DataFrame({"article_id": ["a"] * 3, "actor_id": ["lund", "moe", "oslo"]})
    main = agreement.main_roles(coded, found, actors)
    assert main[["coded", "found"]].values.tolist() == [
        ["villain", "hero"],
        ["none", "victim"],
        ["none", "none"],
        ["victim", "none"],
    ]


def test_alpha_is_one_for_equal_codes_and_missing_without_variation():
    same = np.array(["a", "b", "a", "b"])
    assert agreement.nominal(same, same) == 1
    assert np.isnan(agreement.nominal(np.zeros(3), np.zeros(3)))
    # Two coders, four units, one disagreement: 1 - (8 - 1) * 2 / (2 * 3 * 5) by Krippendorff's formula.
    assert agreement.nominal(np.array([0, 0, 1, 1]), np.array([0, 0, 1, 0])) == pytest.approx(1 - 7 * 2 / 30)


def functions_of(rows, **more):
    names = ["passage_id", "function", "actor_id", "voice_id"]
    return pd.DataFrame(rows, columns=names).assign(article_id="a", method="m", **more).convert_dtypes()


def small_case():
    """Three passages of ten characters; Lund is named at 0 and 10, Moe at 5."""
    units = pd.DataFrame({"article_id": ["a"] * 3, "start": [0, 10, 20], "end": [9, 19, 29]})
    mentions = pd.DataFrame(
        {"article_id": ["a"] * 3, "actor_id": ["lund", "moe", "lund"], "start": [0, 5, 10], "end": [4, 8, 14]}
    )
    coded = pd.DataFrame(
        [
            (0, "cause", 0, 4, 5, 8),
            (0, "problem", None, None, 5, 8),
            (1, "remedy", 10, 14, None, None),
            (2, "judgement", None, None, None, None),
        ],
        columns=["unit", "function", "actor_start", "actor_end", "voice_start", "voice_end"],
    ).convert_dtypes()
    gold = {"units": units, "functions": coded.assign(article_id="a"), "frames": pd.DataFrame()}
    gold["roles"] = gold["functions"].iloc[:0]
    found = {
        "passages": units.assign(passage_id=[1, 2, 3]),
        "mentions": mentions,
        "functions": functions_of(
            [
                (1, "cause", "moe", "moe"),
                (1, "cause", "lund", "writer"),
                (1, "problem", None, "moe"),
                (2, "remedy", "moe", "writer"),
                (3, "problem", "lund", "writer"),
            ]
        ),
    }
    return comparable(gold, found)


def test_functions_are_counted_by_passage_and_their_actors_where_both_have_them():
    result = of_functions(*small_case())
    assert {name: (one["coded"], one["found"], one["both"]) for name, one in result["labels"].items()} == {
        "problem": (1, 2, 1),
        "cause": (1, 1, 1),
        "judgement": (1, 0, 0),
        "remedy": (1, 1, 1),
    }
    assert result["micro_f1"] == pytest.approx(200 * 3 / 8)
    assert (result["pairs"], result["same_actor"]) == (3, 2)
    assert (result["pairs_with_a_coded_actor"], result["same_coded_actor"]) == (2, 1)
    assert result["same_voice"] == 3


def test_both_codings_are_told_in_words():
    gold, found = small_case()
    rows = found["functions"].drop(columns="unit").assign(actor=found["functions"].actor_id, voice="writer")
    text = "Lund Moe, Lund left. Nobody did."
    told = list(disagreements(gold, found | {"functions": rows.assign(evidence_text="left")}, {"a": text}))
    assert told[0]["coded"] == "cause Lund (Moe); problem - (Moe)"
    assert told[0]["evidence"] == "left; left; left"
    assert told[0]["found"] == "cause lund (writer, m); cause moe (writer, m); problem - (writer, m)"


def test_the_coding_is_complete_and_lies_in_its_passages():
    gold = read_gold()
    assert len(gold["units"]) == 104
    assert gold["units"].article_id.nunique() == 5
    assert len(unseen(gold)) == 92
    coded = gold["frames"].groupby("unit").scheme.nunique()
    assert (coded == 2).all(), "every passage is coded by both schemes, also where it has no frame"
    assert set(gold["functions"].function) == set(FUNCTIONS)
    for name in ("functions", "roles"):
        placed = gold[name].dropna(subset="actor_start")
        assert ((placed.start <= placed.actor_start) & (placed.actor_end <= placed.end)).all()


def test_figures_are_printed_with_their_intervals(capsys):
    gold, found = small_case()
    one = of_functions(gold, found)
    roles = one | {"actors": 3, "actor_alpha": 0.5, "actor_alpha_interval": (0.1, 0.9)}
    roles |= {"actors_cast_by_both": 1, "actors_cast_alike": 1}
    frames = {"generic": one | {"always_macro_f1": 40.0}}
    show({"frames": frames, "roles": roles, "functions": one, "methods": {"functions": {"m": 5}}})
    printed = capsys.readouterr().out
    assert "same actor 2 of 3 (where the coder names one 1 of 2)" in printed
    assert "alpha 0.50 (0.10 to 0.90)" in printed
