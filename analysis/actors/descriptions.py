"""Actors that are described, not named: "the minister", "Iran's top military commander", "the campaign", "his aides".

Named rules in order. A person without a name is linked by apposition, by an office that one named person holds, or,
where the article gives that office to nobody, as another word for the person just spoken of. Bodies and documents are
linked by their noun. What no rule links is an actor of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from analysis.actors.clusters import Cluster, Register
from analysis.actors.described_bodies import (
    armed_group_before,
    author_of,
    body_before,
    body_behind,
    state_before,
)
from analysis.actors.described_persons import (
    named_at_last,
    named_next,
    named_otherwise,
    office_and_body,
    office_and_region,
    office_and_state,
    office_before,
    office_behind,
    only_spokesperson,
    predicate,
)
from analysis.actors.nouns import headline_noun, phrase_name, same_noun, same_words
from analysis.actors.salience import Setting
from analysis.codebook.rules import Rule
from analysis.mentions.candidates import Candidate

Link = Callable[[Candidate, Register, Setting], Cluster | None]

PERSON_RULES: tuple[Rule[Link], ...] = (
    Rule("predicate", predicate),
    Rule("office_and_state", office_and_state),
    Rule("office_and_region", office_and_region),
    Rule("office_and_body", office_and_body),
    Rule("same_noun", same_noun),
    Rule("office_before", office_before),
    Rule("office_behind", office_behind),
    Rule("only_spokesperson", only_spokesperson),
    Rule("named_at_last", named_at_last),
    Rule("named_next", named_next),
    Rule("headline_noun", headline_noun),
    Rule("same_words", same_words),
    Rule("named_otherwise", named_otherwise),
)

BODY_RULES: tuple[Rule[Link], ...] = (
    Rule("author_of", author_of),
    Rule("state_before", state_before),
    Rule("armed_group_before", armed_group_before),
    Rule("headline_noun", headline_noun),
    Rule("same_words", same_words),
    Rule("body_before", body_before),
    Rule("body_behind", body_behind),
    Rule("same_noun", same_noun),
)


def link_description(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """Link a description, or make it an actor of its own; a tentative one is dropped if no rule links it."""
    for rule in PERSON_RULES if one.kind == "person" else BODY_RULES:
        cluster = rule.decide(one, register, setting)
        if cluster is not None:
            cluster.add(one, rule.name)
            return cluster
    if one.tentative and one.head.i not in setting.speakers:
        return None
    cluster = register.open(one, phrase_name(one))
    cluster.add(one, "same_description")
    return cluster
