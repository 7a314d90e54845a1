"""Persons who are described, not named: by apposition, by an office, or as another word for the one just spoken of."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.actors.clusters import Cluster, Register, genders_agree
from analysis.actors.salience import LEAD, Setting, most_salient
from analysis.knowledge.holders import leaders_called
from analysis.language import syntax
from analysis.mentions.candidates import Candidate


def apposition(one: Candidate, register: Register) -> Cluster | None:
    """ "the defence minister, Amir Hatami", "his counterpart Vladimir Putin", "a lawyer for the bank, Peter Lund"."""
    near = {child.i for child in syntax.children(one.head, "appos")}
    near |= {one.head.head.i} if one.head.dep_ in ("appos", "compound") else set()
    served = (inner for prep in syntax.children(one.head, "prep") for inner in syntax.children(prep, "pobj"))
    near |= {name.i for inner in served for name in syntax.children(inner, "appos") if name.ent_type_ == "PERSON"}
    return next((c for c in register.persons if any(m.head.i in near for m, _ in c.mentions)), None) if near else None


def predicate(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "Lund is *the group's spokeswoman*": what somebody is said to be."""
    verb = one.head.head
    if one.head.dep_ != "attr" or verb.lemma_ != "be" or syntax.child(verb, "neg") is not None:
        return None
    who = syntax.child(verb, "nsubj")
    return next((c for c in register.persons if who is not None and any(m.head == who for m, _ in c.mentions)), None)


def office_and_state(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "Iran's top military commander": the one person of that state who holds such an office."""
    if not one.state:
        return None
    return _only(c for c in _holders(one, register) if c.first("state") == one.state)


def office_and_region(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "the Vermont senator": the one person of that region who holds such an office, or whose office is not told."""
    if not one.region:
        return None
    there = [c for c in register.persons if c.first("region") == one.region and _agree(one, c)]
    return _only(c for c in there if c.classes & one.office_classes) or _only(c for c in there if not c.classes)


def office_and_body(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "the chair of the DNC": the one person whose title names that body."""
    if not one.organisation or one.organisation == one.party:
        return None
    return _only(c for c in _holders(one, register) if c.first("organisation") == one.organisation)


def only_spokesperson(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "A mainland spokesman said. ... said Lin Tao, spokesman for": the one person who is called a spokesperson.

    Definite, or in the lead; nothing that is told of state and body differs.
    """
    if "spokesperson" not in one.office_classes or not (one.definite or setting.turn(one.head) <= LEAD):
        return None
    if any(prep.lower_ in ("for", "of", "at") for prep in syntax.children(one.head, "prep")) and not one.body:
        return None  # "a spokesperson for flydubai"
    named = [c for c in register.persons if "spokesperson" in c.classes and c.named]
    if len(named) != 1 or not genders_agree(one.gender, named[0].gender):
        return None
    told = ((one.state, named[0].first("state")), (one.organisation, named[0].first("organisation")))
    differs = any(mine and theirs and mine != theirs for mine, theirs in told)
    return None if differs or (one.body and one.body != named[0].first("body")) else named[0]


def named_at_last(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "*The spokesman* noted. ... Qasemi noted": the one speaker who is a bare surname and never introduced."""
    if one.head.i not in setting.speakers or "spokesperson" not in one.office_classes or one.state:
        return None
    bare = (c for c in register.persons if len(c.words) == 1 and not c.classes and c.gender is None)
    new = (c for c in bare if c.mentions[0][0].head.i in setting.speakers and not leaders_called(c.words[0]))
    cluster = _only(new)
    known = cluster is not None and all(len(mention.words) <= 1 for mention, _ in cluster.mentions)
    return cluster if known and cluster.last_before(one.start) < 0 else None


def office_before(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "the minister": a person named before it who is called minister, the one spoken of last."""
    if one.state or not one.definite:
        return None
    holders = [c for c in _holders(one, register) if c.last_before(one.start) >= 0 and _called_alike(one, c)]
    cluster, _ = most_salient(one, holders, setting, window=3)
    return cluster or max(holders, key=lambda c: (_was(one, c), len(c.mentions)), default=None)


def office_behind(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "A New York judge has rejected ...", in the lead or with the name at once: the holder named next."""
    if one.state or one.office_classes & _SERVANTS:
        return None
    here = setting.turn(one.head)
    later = [c for c in _holders(one, register) if c.last_before(one.start) < 0]
    next_ones = [c for c in later if _first_turn(c, setting) - here <= 2]
    at_once = _only(c for c in next_ones if _called_alike(one, c))
    if at_once is not None or not (here <= LEAD or _is_owned(one)):
        return at_once
    return _only(next_ones) or _only(c for c in later if _first_turn(c, setting) - here < _SOON)


def _first_turn(cluster: Cluster, setting: Setting) -> int:
    return setting.turn(cluster.mentions[0][0].head)


_SOON = 8
"""In how many turns behind the office the name has to come."""

_SERVANTS = frozenset({"spokesperson", "campaign spokesperson", "campaign staff", "adviser", "journalist"})
"""Offices that many hold, so that two holders are seldom one person."""


def named_next(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "*The head of the studio* hinted at it. "Smart," Peter Lund wrote": a new name without a title was described.

    In the lead, or for a definite description; the one person who is first named in the next two turns, as a speaker.
    """
    speaks = one.head.i in setting.speakers and one.office_classes
    if not speaks or one.office_classes & _SERVANTS or not (one.definite or setting.turn(one.head) <= LEAD):
        return None
    here, new = setting.turn(one.head), (c for c in register.persons if c.last_before(one.start) < 0)
    return _only(c for c in new if _first_turn(c, setting) - here <= 2 and _is_bare(c, setting) and _agree(one, c))


def _is_bare(cluster: Cluster, setting: Setting) -> bool:
    """Whether a person enters as a speaker, by full name, without a title."""
    first = cluster.mentions[0][0]
    return first.head.i in setting.speakers and len(first.words) > 1 and not (first.offices or cluster.classes)


def named_otherwise(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "Trump spoke next. *The New York businessman* said": another word for the person just spoken of.

    Only words that tell one politician from another, and nobody to whom the article gives another firm office.
    """
    telling = one.office_classes & _TELLING or one.region or one.party or _was_before(one) or _has_age(one)
    elsewhere = bool(one.organisation) and one.organisation != one.party
    if not (one.definite and telling) or elsewhere or one.office_classes & _SERVANTS:
        return None
    fits = [c for c in register.persons if _agree(one, c) and not _is_somebody_else(one, c)]
    fits = [c for c in fits if genders_agree(_gender_in_clause(one), c.gender)]
    cluster, part = most_salient(one, fits, setting, window=3, quoted=True)
    return cluster if part != "other" else None


_TELLING = frozenset({"candidate", "executive", "legislator", "regional leader", "first lady", "head of state"})

_APART = frozenset({"judge", "prosecutor", "doctor", "scholar", "lawyer", "police", "spokesperson", "military officer"})

_FIRM = frozenset({"legislator", "regional leader", "head of state", "judge", "prosecutor", "doctor"})


def _is_somebody_else(one: Candidate, cluster: Cluster) -> bool:
    """Whether a person is known by another firm office: a senator is not "the governor", an aide no candidate."""
    mine, known = one.office_classes & _FIRM, cluster.classes & _FIRM
    serves = bool(cluster.classes & (_SERVANTS | _APART)) and not one.office_classes & cluster.classes
    abroad = bool(one.state) and bool(cluster.classes or cluster.first("state"))
    return bool(mine and known and not mine & known) or serves or abroad or not cluster.named


def _holders(one: Candidate, register: Register) -> list[Cluster]:
    """The named persons who hold such an office and differ in nothing else that is told."""
    holding = (
        c for c in register.persons if (c.classes & one.office_classes or _ends_alike(one, c)) and _agree(one, c)
    )
    return [c for c in holding if c.named]


def _ends_alike(one: Candidate, cluster: Cluster) -> bool:
    """Whether a longer office ends in this one: "the minister" may be a foreign minister."""
    return any(phrase.endswith(f" {office.phrase}") for phrase in cluster.offices for office in one.offices)


def _called_alike(one: Candidate, cluster: Cluster) -> bool:
    """Whether an office is called by the same word: a "Sen." is no "minority leader", though both legislate."""
    called = {office.phrase for office in one.offices}
    return bool(called & cluster.offices) or _ends_alike(one, cluster)


def _agree(one: Candidate, cluster: Cluster) -> bool:
    """Whether gender, region and party agree as far as they are told."""
    region, party = cluster.first("region"), cluster.first("party")
    return (
        genders_agree(one.gender, cluster.gender)
        and not (one.region and region and one.region != region)
        and not (one.party and party and one.party != party)
    )


def _has_age(one: Candidate) -> bool:
    """Whether an age stands in the words: "the 34-year-old mother"."""
    return any(token.lower_ == "old" or token.lower_.endswith("-old") for token in one.head.lefts)


def _gender_in_clause(one: Candidate) -> str | None:
    """The gender that the object tells of a subject: "the nominee attacked *her* opponent"."""
    if one.head.dep_ not in syntax.SUBJECTS:
        return None
    owned = (t for thing in syntax.children(one.head.head, "dobj") for t in syntax.children(thing, "poss"))
    return next((_OWN[token.lower_] for token in owned if token.lower_ in _OWN), None)


_OWN = {"her": "female", "his": "male"}


def _was_before(one: Candidate) -> bool:
    return any(token.lower_ in ("former", "ex", "then") for token in one.head.doc[one.start : one.end])


def _was(one: Candidate, cluster: Cluster) -> bool:
    """Whether both or neither are called former: "the former president" is not the president."""
    return _was_before(one) == any(_was_before(mention) for mention, _ in cluster.mentions)


def _is_owned(one: Candidate) -> bool:
    return any(token.dep_ == "poss" for token in one.head.children)


def _only(clusters: Iterable[Cluster]) -> Cluster | None:
    found = list(clusters)
    return found[0] if len(found) == 1 else None
