"""The stages one by one, tables in and tables out, give what the whole way gives."""

import pandas as pd
import pytest

from analysis import (
    analyse,
    cast_roles,
    code_frames,
    extract_statements,
    find_actors,
    find_devices,
    find_functions,
    load,
    parse,
    read_text,
    score_sentiment,
    score_stance,
    score_tone,
)
from analysis.knowledge.gazetteer import read_knowledge
from tests.helpers import SEED_FILE


@pytest.fixture(scope="module")
def steps():
    parsed = parse(load(SEED_FILE))
    actors, mentions = find_actors(parsed)
    statements = extract_statements(parsed, actors, mentions)
    known = (parsed, statements, actors, mentions)
    passages, sentiments = score_tone(parsed, statements), score_sentiment(*known)
    return {
        "actors": actors,
        "mentions": mentions,
        "statements": statements,
        "passages": passages,
        "sentiments": sentiments,
        "stances": score_stance(*known),
        "frames": code_frames(*known),
        "roles": cast_roles(*known, sentiments=sentiments),
        "functions": find_functions(*known),
        "devices": find_devices(*known),
    }


def test_step_by_step_gives_the_tables_of_the_whole_way(steps):
    whole = analyse(SEED_FILE).tables
    assert set(steps) == set(whole) - {"articles", "metadata", "segments", "intake", "problems"}
    for name, table in steps.items():
        assert len(table), name
        pd.testing.assert_frame_equal(table, whole[name], obj=name)


def test_a_camp_that_is_changed_between_two_steps_goes_on(steps):
    parsed = parse(load(SEED_FILE))
    actors = steps["actors"].assign(camp="Side")
    statements = extract_statements(parsed, actors, steps["mentions"])
    assert set(statements["camp"].dropna()) == {"Side"}
    assert set(score_stance(parsed, statements, actors, steps["mentions"], method="rules")["source_camp"]) == {"Side"}


def test_an_own_camp_has_no_evidence_of_the_rule_that_it_replaced():
    row = analyse(SEED_FILE, camps={"Hassan Rouhani": "Reformers"}, method="rules").actors.set_index("name")
    own = row.loc["Hassan Rouhani"]
    assert (own["camp"], own["method"]) == ("Reformers", "set_by_researcher") and pd.isna(own["evidence"])


@pytest.mark.parametrize("method", ["auto", "model"])
def test_auto_takes_the_models_that_are_there(method):
    assert "tagger" in set(analyse(SEED_FILE, method=method, evidence=False).statements["method"])


def test_a_method_that_there_is_not():
    with pytest.raises(ValueError, match="choose one of auto, model, rules"):
        analyse(SEED_FILE, method="magic")


def test_own_knowledge_goes_with_the_parse(tmp_path):
    own = tmp_path / "states.csv"
    rows = "name,aliases,adjectives,demonyms,capital,houses,ambiguous,source,note\nNorland,,Norlandish,,,,,own,\n"
    own.write_text(rows, encoding="utf-8")
    article = read_text("Norlandish Prime Minister Ada Quill said the harbour is safe. Iran agreed.", article_id="own")
    knowledge = read_knowledge(states=own)
    actors = analyse(parse(article, knowledge=knowledge), method="rules").actors.set_index("name")
    assert actors.loc["Ada Quill", "camp"] == "Norland" and "Iran" not in set(actors["camp"].dropna())
    assert "Norland" not in set(analyse(article, method="rules").actors["camp"].dropna())
