"""Roles and functions by the model: the same under other names, with their words, where the model believes them."""

import pytest

from analysis import analyse
from analysis.framing import function_model, role_model
from analysis.schema import spans
from tests.helpers import SEED_FILE, parsed_text

STORY = (
    "Rebels led by {villain} murdered forty villagers and burned their homes. {villain} ordered the massacre, and the "
    "cruel attacks went on for weeks. The villagers suffered terribly and mourned their children.\n\n"
    "Doctor {hero} saved dozens of the wounded. {hero} worked day and night to protect the survivors, and they thanked "
    "the brave doctor. {hero} rescued children from the burning school."
)
NAMES = [("Jan Nowak", "Eva Berg"), ("Donald Trump", "Hillary Clinton"), ("Hassan Amini", "Wei Zhang")]


def roles_of(villain: str, hero: str) -> dict[str, str]:
    roles = analyse(parsed_text(STORY.format(villain=villain, hero=hero)), evidence=False).roles
    return {one.actor: one.role for one in roles.itertuples()}


@pytest.mark.parametrize("names", NAMES)
def test_who_harms_is_villain_and_who_saves_is_hero_whatever_their_names(names):
    for villain, hero in (names, names[::-1]):
        found = roles_of(villain, hero)
        assert (found[villain], found[hero]) == ("villain", "hero")


def test_an_actor_has_one_role_with_a_probability_and_words_of_the_article():
    analysis = analyse(SEED_FILE)
    (text,), roles = analysis.texts.values(), analysis.roles
    assert len(roles) and (roles.groupby("actor_id")["role"].nunique() == 1).all()
    assert roles["probability"].between(0, 1).all() and (roles["method"] == role_model.VERSION).any()
    for row in roles.itertuples():
        assert spans.words(text, spans.read(row.evidence)) == row.evidence_text
        assert not (row.role == "villain" and row.voice_id == row.actor_id)
    places = {row.passage_id: (row.start, row.end) for row in analysis.passages.itertuples()}
    for row in roles[roles["method"] == role_model.VERSION].itertuples():
        start, end = places[row.passage_id]
        assert all(start <= a < b <= end for a, b in spans.read(row.evidence))


def test_rules_alone_give_no_probability():
    assert analyse(SEED_FILE, method="rules").roles["probability"].isna().all()


def test_functions_are_kept_where_the_model_believes_them_and_found_where_no_rule_does():
    by_rule, by_model = (analyse(SEED_FILE, method=method, evidence=False).functions for method in ("rules", "model"))
    told = by_model[by_model["method"] == function_model.VERSION]
    assert len(told) and told["actor"].isna().all()
    assert told["evidence_text"].notna().all() and by_model["probability"].notna().all()
    kept = by_model[by_model["method"] != function_model.VERSION]
    key = ["passage_id", "function", "method"]
    assert {*kept[key].itertuples(index=False)} < {*by_rule[key].itertuples(index=False)}


def test_an_article_without_actors_or_passages_has_no_roles():
    assert role_model.cast([]) == []
    assert analyse(parsed_text("It rained all day and nobody said a word."), evidence=False).roles.empty
