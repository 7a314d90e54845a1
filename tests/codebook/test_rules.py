"""Rules are records: their names are those of the golden cases and of what was measured."""

import csv

import pytest

from analysis import codebook
from analysis.actors import descriptions, pronouns
from analysis.positions import stance_rules
from analysis.statements import rules
from benchmarks.reference import RULES
from tests.helpers import CASES_FOLDER


def names(ordered):
    return {name for rule in ordered for name in rule.name.split(", ")}


def column(file, name):
    with (CASES_FOLDER / file).open(encoding="utf-8", newline="") as rows:
        return {row[name] for row in csv.DictReader(rows)} - {"", "none"}


def test_every_rule_says_what_it_reads_and_no_name_stands_twice_in_a_list():
    for ordered in RULES.values():
        assert all(len(rule.tells) > 20 for rule in ordered)
        assert len({rule.name for rule in ordered}) == len(ordered)


@pytest.mark.parametrize(
    ("known", "file"),
    [
        (names(rules.RULES) | {"block_quote", "loose_quote"}, "statements.csv"),
        (names(stance_rules.RULES) | {"rejects_accusation", "no_rule"}, "stances.csv"),
        (
            names((*descriptions.PERSON_RULES, *descriptions.BODY_RULES, *pronouns.OTHERS, *pronouns.THIRD_PERSON))
            | {"full_name", "surname", "same_name", "apposition", "same_description", "unresolved"}
            | {"previous_speaker", "previous_subject", "last_mentioned"},
            "speakers.csv",
        ),
    ],
)
def test_the_golden_cases_name_rules_that_there_are(known, file):
    assert column(file, "rule") <= known


def test_what_was_measured_was_measured_of_rules_that_there_are():
    known = names(rules.RULES) | {"block_quote", "loose_quote", "tagger"}
    assert {row["rule"] for row in codebook.read_csv("rules.csv", ("rule",))} == known
    measured = {row["rule"] for row in codebook.read_csv("stance_rules.csv", ("rule",))}
    assert measured <= names(stance_rules.RULES) | {"rejects_accusation", "deed"}
