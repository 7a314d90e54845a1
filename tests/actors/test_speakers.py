"""Golden cases of the rules that link mentions to actors, and the benchmark that measures them."""

import csv
from collections import Counter

import pytest

from analysis.knowledge.gazetteer import shipped
from analysis.stages import find_actors
from analysis.statements.attribution import Attribution
from benchmarks.speakers import GOLD as FOLDER
from benchmarks.speakers import KINDS, Coded, figures, outcomes, read_gold, wilson
from tests.helpers import CASES_FOLDER, attributions_of, parsed_text

CASES = list(csv.DictReader((CASES_FOLDER / "speakers.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case['rule']}: {case['mention']}") for case in CASES])
def test_links_the_mention(case):
    actors, mentions = find_actors(parsed_text(case["text"]))
    name = dict(zip(actors.actor_id, actors.name, strict=True))
    found = [(name.get(row.actor_id), row.method) for row in mentions.itertuples() if row.text == case["mention"]]
    assert found[-1:] == [(case["actor"], case["rule"])]


APART = {
    "another office": ("Senator Susan Collins spoke first. The judge said it was over.", "The judge"),
    "another party": ("Rep. Jane Moreno (D-Ohio) spoke first. The Republican nominee said it was over.", "nominee"),
    "several groups": ("ISIS lost the town. Officials accused Iran of supporting the militant groups.", "groups"),
    "somebody new": ("A source left. A source said it was over.", "A source"),
    "a body of another name": (
        "The Clinton campaign met. The Trump campaign said the vote was fair.",
        "The Trump campaign",
    ),
}


@pytest.mark.parametrize("case", APART)
def test_does_not_link(case):
    text, words = APART[case]
    _, mentions = find_actors(parsed_text(text))
    last = mentions[mentions.text.str.contains(words)].iloc[-1]
    assert Counter(mentions.actor_id)[last.actor_id] == 1


def test_the_first_person_in_a_quotation_is_the_speaker_and_outside_it_the_writer():
    text = "I said the wall would fail. Nobody listened.\n\nJane Moreno is a retired engineer in Oslo."
    parsed, found = attributions_of(text)
    one = next(token for token in parsed.doc if token.text == "I")
    given = [*found, _credited(one)]
    _, mentions = find_actors(parsed, given)
    assert mentions[mentions.text == "I"].method.tolist() == ["writer"]
    assert mentions[mentions.text == "I"].actor_id.tolist() == ["jane-moreno"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They met Peter Lund, who said it was over.", "Peter Lund"),
    ],
)
def test_a_relative_pronoun_means_the_noun_of_its_clause(text, name):
    parsed = parsed_text(text)
    actors, mentions = find_actors(parsed, [_credited(next(token for token in parsed.doc if token.text == "who"))])
    found = mentions[mentions.text == "who"]
    assert found.method.tolist() == ["relative_pronoun"]
    assert actors.set_index("actor_id").loc[found.actor_id, "name"].tolist() == [name]


def _credited(token):
    return Attribution("given", ((token.idx, token.idx + 1),), (token.idx, token.idx + 1), token)


@pytest.mark.parametrize(
    ("words", "region"),
    [
        (["the", "New", "York", "mayor"], "New York"),
        (["R", "-", "Tex", "."], "Texas"),
        (["D", "-", "Va."], "Virginia"),
        (["Miss", "Lund"], None),
        (["new", "york"], None),
    ],
)
def test_region_in(words, region):
    assert shipped().region_in(words) == region


# --- the benchmark -----------------------------------------------------------------------------------------------

TEXT = "Susan Collins met Peter Lund. She said the bill was dead. He said it was not."


def _coded(source, antecedent):
    place = (TEXT.index(antecedent), TEXT.index(antecedent) + len(antecedent)) if antecedent else None
    return Coded("test", (TEXT.index(source), TEXT.index(source) + len(source)), "pronoun", place, "whole")


def test_outcomes_are_right_wrong_and_missed():
    parsed, found = attributions_of(TEXT)
    coded = [_coded("She", "Susan Collins"), _coded("He", "Susan Collins"), _coded("it", "Peter Lund")]
    offset = parsed.article.text.index(TEXT)
    coded = [
        Coded(
            one.article_id,
            (one.source[0] + offset, one.source[1] + offset),
            one.kind,
            (one.antecedent[0] + offset, one.antecedent[1] + offset),
            one.sample,
        )
        for one in coded
    ]
    assert list(outcomes(parsed, found, coded)) == ["right", "wrong", "missed"]


def test_an_actor_that_holds_two_coded_speakers_is_right_for_neither():
    parsed, found = attributions_of("Susan Collins left. She said the bill was dead. Collins said it was over.")
    text = parsed.article.text
    she = (text.index("She"), text.index("She") + 3)
    first = (text.index("Susan Collins"), text.index("Susan Collins") + 13)
    second = (text.index("Collins said"), text.index("Collins said") + 7)
    coded = [Coded("test", she, "pronoun", first, "whole"), Coded("test", second, "name", second, "whole")]
    assert list(outcomes(parsed, found, coded)) == ["wrong", "wrong"]


def test_figures_count_the_outcomes():
    one = Coded("test", (0, 1), "name", (0, 1), "whole")
    table = figures([(one, "right"), (one, "right"), (one, "wrong"), (one, "unresolved")])
    assert (table["name"]["n"], table["name"]["accuracy"]) == (4, 50)
    assert table["all"]["wrong"] == table["all"]["unresolved"] == 1


def test_the_interval_of_wilson():
    low, high = wilson(90, 100)
    assert (round(low, 1), round(high, 1)) == (82.6, 94.5)


@pytest.mark.parametrize("name", ["speakers.csv", "speakers_train.csv"])
def test_the_gold_is_whole(name):
    coded = [one for rows in read_gold(FOLDER / name).values() for one in rows]
    assert {one.kind for one in coded} == set(KINDS)
    assert all(one.source[0] < one.source[1] for one in coded)
    assert len({(one.article_id, one.source, one.sample) for one in coded}) == len(coded)
