"""Actors that are described, not named: "the minister", "Iran's top military commander", "the campaign", "his aides".

Named rules in order. A person without a name is linked by apposition, by an office that one named person holds, or,
where the article gives that office to nobody, as another word for the person just spoken of. Bodies and documents are
linked by their noun. What no rule links is an actor of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from analysis.actors.clusters import Cluster, Register
from analysis.actors.described_bodies import armed_group_before, body_before, state_before
from analysis.actors.described_persons import (
    named_next,
    named_otherwise,
    office_and_body,
    office_and_region,
    office_and_state,
    office_before,
    office_behind,
    predicate,
)
from analysis.actors.nouns import headline_noun, phrase_name, same_noun, same_words
from analysis.actors.salience import Setting
from analysis.mentions.candidates import Candidate

Rule = Callable[[Candidate, Register, Setting], Cluster | None]

PERSON_RULES: tuple[Rule, ...] = (
    predicate,
    office_and_state,
    office_and_region,
    office_and_body,
    same_noun,
    office_before,
    office_behind,
    named_next,
    headline_noun,
    same_words,
    named_otherwise,
)

BODY_RULES: tuple[Rule, ...] = (
    state_before,
    armed_group_before,
    headline_noun,
    same_words,
    body_before,
    same_noun,
)


def link_description(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """Link a description, or make it an actor of its own; a tentative one is dropped if no rule links it."""
    for rule in PERSON_RULES if one.kind == "person" else BODY_RULES:
        cluster = rule(one, register, setting)
        if cluster is not None:
            cluster.add(one, rule.__name__)
            return cluster
    if one.tentative and one.head.i not in setting.speakers:
        return None
    cluster = register.open(one, phrase_name(one))
    cluster.add(one, "same_description")
    return cluster
