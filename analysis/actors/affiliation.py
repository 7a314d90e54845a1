"""Affiliation: from an actor over its office and body to its state, and its party beside it.

Each link of the chain is told by words of the article, by the lists (:mod:`analysis.knowledge`), or, weakest, by where
the article is at home: "the army" under ISLAMABAD is Pakistan's. The article beats the lists. Which link makes the
camp is another question (:mod:`analysis.actors.camps`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.actors.clusters import INFERRED, Cluster
from analysis.actors.home import Home, state_told
from analysis.codebook import word_list
from analysis.knowledge.entries import Organisation
from analysis.knowledge.gazetteer import Knowledge
from analysis.knowledge.holders import LEADERS, Holder, Holders, at, comparable
from analysis.mentions.candidates import Candidate
from analysis.schema.spans import Span

PRIVATE = frozenset(
    ("scholar", "doctor", "lawyer", "entertainer", "honorific", "journalist", "executive", "cleric", "campaign staff")
)
"""Offices that are held for no state."""
EXPERTS = frozenset({"scholar", "doctor", "lawyer", "entertainer"})
"""Offices whose holders speak for themselves, whatever body they work for."""

_FOR_A_BODY = frozenset({"spokesperson", "adviser", "head of an agency", "chief of staff", "diplomat", *PRIVATE})
"""Offices that tell nothing without the body they are held in."""


@dataclass(frozen=True)
class Link:
    """A link of the chain: what it says, the words that tell it, and the rule."""

    value: str
    words: Span
    rule: str


@dataclass(frozen=True)
class Chain:
    """What is known of whose an actor is; `own` is a body that is a side of its own, between states or beside them."""

    office: Link | None = None
    body: Link | None = None
    own: Link | None = None
    state: Link | None = None
    party: Link | None = None


@dataclass(frozen=True)
class Ground:
    """What a chain is looked up in: the lists, the place and the date of the article, and the states it names."""

    known: Knowledge
    holders: Holders
    home: Home
    date: str | None
    bodies: Mapping[str, str] = field(default_factory=dict)
    surnames: frozenset[str] = frozenset()

    def home_link(self) -> Link | None:
        """The state in which the article is at home."""
        seen = self.home.state
        if seen is None:
            return None
        return Link(
            seen.state, (seen.start, seen.end), "home_dateline" if seen == self.home.dateline else "home_places"
        )


def chain_of(cluster: Cluster, ground: Ground) -> Chain:
    """The chain of an actor."""
    first = span_of(cluster.mentions[0][0])
    if cluster.kind == "state":
        known = ground.known.state_of(cluster.name) is not None
        return Chain(state=Link(cluster.name, first, "state_itself") if known else ground.home_link())
    if cluster.kind == "place":
        return Chain()
    if cluster.kind == "organisation":
        return _of_body(cluster, ground)
    if cluster.kind == "group":
        return _of_group(cluster, ground)
    return _of_person(cluster, ground)


def span_of(one: Candidate) -> Span:
    """The characters of a candidate."""
    doc = one.head.doc
    return doc[one.start].idx, doc[one.end - 1].idx + len(doc[one.end - 1])


def contends(cluster: Cluster, chain: Chain) -> bool:
    """Whether an actor stands for election: a candidate, a party, a campaign."""
    offices = {office.office_class for one in cluster.facts for office in one.offices}
    party = cluster.kind == "organisation" and chain.party is not None
    return party or "candidate" in offices or "campaign" in cluster.name.casefold().split()


# --- bodies ------------------------------------------------------------------------------------------------------


def _of_body(cluster: Cluster, ground: Ground) -> Chain:
    mention = cluster.mentions[0][0]
    listed = ground.known.organisation_of(cluster.name)
    if listed is not None and listed.type == "party":
        return Chain(party=Link(listed.camp or listed.name, span_of(mention), "listed_organisation"))
    state = next((one for one in cluster.facts if one.state), None)
    told = Link(state.state, span_of(state), "state_in_title") if state is not None else None
    named = cluster.named or is_organ(cluster.name)
    return _through_body(cluster.name, span_of(mention), told, ground) if named else Chain(state=told)


_AFFAIRS = re.compile(r"\w+ (?=Affairs|Relations)")
"""What a body deals with is not whose it is: "*Taiwan* Affairs Office"."""


def _through_body(name: str, words: Span, told: Link | None, ground: Ground, body: Link | None = None) -> Chain:
    """The chain that goes on from a body: to the state whose organ it is, or it is a side of its own."""
    name = ground.bodies.get(name, name)
    listed = ground.known.organisation_of(name) or _listed_inside(name, ground.known)
    shared = name.casefold() in word_list("shared_bodies")
    if listed is not None and not (shared and ground.home.state):
        return _through_listed(listed, words, body)
    inside = state_told(_AFFAIRS.sub("", name), ground.known, alone=False)
    if listed is not None or is_organ(name):
        abroad = word_list("abroad").intersection(name.casefold().split())
        home = None if abroad else ground.home_link()
        state = told or (Link(inside, words, "state_in_name") if inside else home)
        return Chain(body=body, state=state)
    return Chain(body=body, own=Link(name, words, "named_body"), state=told)


def _listed_inside(name: str, known: Knowledge) -> Organisation | None:
    """The armed group or party whose part a body is: "*Houthi* military"."""
    found = (known.organisation_of(word) for word in name.split()) if " " in name else ()
    return next((one for one in found if one is not None and one.type in ("armed group", "party")), None)


def _through_listed(listed: Organisation, words: Span, body: Link | None) -> Chain:
    if listed.type == "party":
        return Chain(body=body, party=Link(listed.camp or listed.name, words, "party_in_title"))
    rule = "organisation_in_title" if body else "listed_organisation"
    if listed.type in ("government body", "security force") and listed.camp:
        return Chain(body=body, state=Link(listed.camp, words, rule))
    whole = bool(listed.camp) and listed.type not in ("media", "company") and not _is_agency(listed)
    return Chain(body=body, own=Link(listed.camp if whole else listed.name, words, rule))


def _is_agency(listed: Organisation) -> bool:
    """Whether a body between states is a side beside the one that it is part of: WHO, not a council of the UN."""
    return listed.camp == "United Nations" and "United Nations" not in listed.name and "UN" not in listed.name.split()


def is_organ(name: str) -> bool:
    """Whether a body is an organ of a state by its noun: "Anti-Corruption Commission", "county police"."""
    words = name.casefold().replace("'s", "").split()
    apart = word_list("no_organs") | word_list("between_states")
    return not apart.intersection(words) and bool(word_list("organs").intersection(words))


# --- groups ------------------------------------------------------------------------------------------------------


def _of_group(cluster: Cluster, ground: Ground) -> Chain:
    for one in cluster.facts:
        listed = ground.known.organisation_of(one.organisation) if one.organisation else None
        if listed is not None:
            return _through_body(listed.name, span_of(one), _state_in_words([one], ground), ground)
    state = _state_in_words(cluster.facts, ground)
    if state is None and is_official_group(cluster, ground.known) and not _is_of_others(cluster):
        state = ground.home_link()
    return Chain(state=state)


def _is_of_others(cluster: Cluster) -> bool:
    """Whether a group with an official noun is no state's: "hospital officials", "world leaders"."""
    words = {token.lower_ for one in cluster.facts for token in one.head.lefts}
    return bool(words & (word_list("no_organs") | word_list("everybody")))


def is_official_group(cluster: Cluster, known: Knowledge) -> bool:
    """Whether the noun of a group holds public power: "officials", "police"."""
    if any(word_list("state_adjectives").intersection(t.lower_ for t in one.head.lefts) for one in cluster.facts):
        return True
    nouns = (known.group_of(one.head.lemma_.lower()) for one, _ in cluster.mentions)
    offices = (office.official for one in cluster.facts for office in one.offices)
    return any(noun is not None and noun.official for noun in nouns) or any(offices)


# --- persons -----------------------------------------------------------------------------------------------------


def _of_person(cluster: Cluster, ground: Ground) -> Chain:
    facts = cluster.facts
    classes = {office.office_class for one in facts for office in one.offices}
    body = next((one for one in _bodies_of(cluster) if one.value.casefold() not in ground.surnames), None)
    state, terms = _state_in_words(facts, ground), held(cluster, ground)
    through = Chain()
    academic = body is not None and word_list("academic").intersection(body.value.casefold().split())
    if body is not None and not classes & EXPERTS and not (academic and "spokesperson" not in classes):
        through = _through_body(body.value, body.words, state, ground, body)
    official = any(office.official for one in facts for office in one.offices)
    public = official and (not classes <= _FOR_A_BODY or any(is_organ(o.phrase) for one in facts for o in one.offices))
    phrases = {office.phrase for one in facts for office in one.offices}
    public_alone = public and not phrases & word_list("offices_of_bodies")
    unlisted = through.own is not None and through.own.rule == "named_body"
    if unlisted and (public_alone or (state is not None and official)):
        through = Chain(body=body)
    parties = (_through_listed(listed, span_of(one), None).party for one, listed in _parties_in(facts, ground))
    party = next(parties, None) or through.party
    listed = next((one for one in terms if one.state), None)
    unlisted = through.own is not None and through.own.rule == "named_body"
    if unlisted and listed is not None and listed.source != "Phoenix":
        through = Chain(body=body)
    member = next((one for one in terms if one.party), None)
    words = span_of(cluster.mentions[0][0])
    if listed is not None and state is None:
        state = Link(listed.state, words, "listed_holder")
    if member is not None and party is None and (state is None or state.value == member.state):
        party = Link(member.party, words, "listed_holder")
    state = state or through.state
    if state is None and through.own is None and party is None and public:
        state = ground.home_link()
    if classes and classes <= PRIVATE and listed is None and not _is_for_state(facts):
        state = through.state if through.body is not None else None
    return Chain(body=body, own=through.own, state=state, party=party)


_FOR_STATES = ("attorney", "chief executive", "prosecutor", "solicitor")


def _parties_in(facts: Iterable[Candidate], ground: Ground) -> Iterator[tuple[Candidate, Organisation]]:
    found = ((one, ground.known.organisation_of(one.party)) for one in facts if one.party)
    return ((one, listed) for one, listed in found if listed is not None)


def _is_for_state(facts: Sequence[Candidate]) -> bool:
    """Whether an office that is mostly private is held for a state that its words name: "United States *attorney*"."""
    return any(one.state and office.phrase in _FOR_STATES for one in facts for office in one.offices)


def _bodies_of(cluster: Cluster) -> Iterator[Link]:
    """The bodies that titles and appositions name; those of a mention that was only inferred tell nothing."""
    inferred = [one for one, rule in cluster.mentions if rule in INFERRED and one.body]
    fixed = ((one, office.body) for one in cluster.facts for office in one.offices if office.body)
    yield from (Link(body, span_of(one), "title") for one, body in fixed)
    for one, rule in cluster.mentions:
        told = one.form == "name" or rule in ("apposition", "same_description", "same_words", "same_noun")
        if told and (name := one.body or one.organisation):
            yield Link(name, span_of(one), "title")
    yield from (Link(one.body, span_of(one), "title") for one in inferred)


def _state_in_words(facts: Sequence[Candidate], ground: Ground) -> Link | None:
    """The state that a title or phrase names, itself or by a part of it: "Iranian", "the Vermont senator"."""
    for one in facts:
        if one.state:
            return Link(one.state, span_of(one), "state_in_title")
    for one in facts:
        if one.region and (state := ground.known.region_state(one.region)):
            return Link(state, span_of(one), "region_in_title")
    for one in facts:
        for entity in one.head.doc[one.start : one.end].ents:
            if entity.label_ in ("GPE", "LOC") and (state := state_told(entity.text, ground.known)):
                return Link(state, span_of(one), "place_in_title")
    return None


def held(cluster: Cluster, ground: Ground) -> list[Holder]:
    """The terms of the office-holder that a person is, by full name, or by a surname that stands for a leader.

    A namesake of office-holders of two states is none of them, unless the article names one of the states. A person
    with an office in the text that no politician holds is none.
    """
    names = {comparable(one.name) for one in cluster.facts if one.form == "name" and one.name}
    longest = max(names, key=len, default=())
    if not longest:
        return []
    full = len(longest) > 1
    home = ground.home.state.state if ground.home.state is not None else None
    holders = ground.holders
    found = holders.named(longest) if full else holders.called(longest[0], home, ground.home.votes)
    found = at(found, ground.date)
    states = {one.state for one in found if one.state}
    if len(states) > 1:
        told = {state for state in states if ground.home.votes[state]}
        found = [one for one in found if one.state in told] if len(told) == 1 else []
    classes = {office.office_class for one in cluster.facts for office in one.offices} - {"honorific"}
    leader = any(one.office in LEADERS for one in found) and not (classes and classes <= PRIVATE)
    return found if not full or leader or _is_borne_out(cluster, found, ground) else []


def _is_borne_out(cluster: Cluster, found: Iterable[Holder], ground: Ground) -> bool:
    """Whether the article says anything that fits: a public office or a party, or the name of the state."""
    facts = cluster.facts
    classes = {office.office_class for one in facts for office in one.offices} - {"honorific"}
    if classes and classes <= PRIVATE:
        return False
    official = any(office.official for one in facts for office in one.offices) or any(one.party for one in facts)
    sure = any(one.source != "Phoenix" for one in found)
    return official or sure or any(ground.home.votes[one.state] for one in found)
