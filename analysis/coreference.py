"""Linking: which mentions mean the same actor. Named rules, the surest first; what no rule links stays alone.

A link is never made by guessing at a name: "Iran's top military commander" becomes Mohammad Baqeri only because
one person of the article, and no other, is given a military command of Iran.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from spacy.tokens import Token

from analysis import gazetteer, syntax
from analysis.attribution import Attribution
from analysis.candidates import Candidate
from analysis.clusters import Cluster, genders_agree
from analysis.pronouns import link_pronouns


def link(candidates: Sequence[Candidate], attributions: Sequence[Attribution]) -> list[Cluster]:
    """Clusters of the candidates; those that no rule links to a named actor make actors of their own."""
    clusters: list[Cluster] = []
    ordered = sorted(candidates, key=lambda one: (one.kind != "person" or len(one.name.split()) < 2, one.start))
    named = [one for one in ordered if one.form in ("name", "nationality") or (one.name and one.form != "pronoun")]
    for one in named:
        _link_name(one, clusters)
    for one in candidates:
        if one.form in ("title", "description", "group") and not one.name:
            _link_description(one, clusters)
    link_pronouns(candidates, attributions, clusters)
    return clusters


# --- names ------------------------------------------------------------------------------------------------------


def _link_name(one: Candidate, clusters: list[Cluster]) -> None:
    same, rule = _same_name(one, clusters)
    if same is None:
        same = Cluster(one.kind, one.name)
        clusters.append(same)
    same.add(one, rule)


def _same_name(one: Candidate, clusters: list[Cluster]) -> tuple[Cluster | None, str]:
    if one.kind != "person":
        key = (one.kind, one.name.lower())
        equal = (c for c in clusters if (c.kind, c.name.lower()) == key or _is_acronym(one.name, c))
        alike = (c for c in _persons(clusters) if c.name.lower() == one.name.lower() and one.kind == "organisation")
        return next(equal, None) or next(alike, None), "same_name"
    words = one.name.split()
    if len(words) > 1:
        return next((c for c in _persons(clusters) if _full_names_agree(words, c.name.split())), None), "full_name"
    fitting = [c for c in _persons(clusters) if words[0] in (*c.name.split()[-1:], *c.name.split()[:1])]
    fitting = [c for c in fitting if genders_agree(one.gender, c.first("gender"))]
    return max(fitting, key=lambda c: c.last_before(one.start), default=None), "surname" if fitting else "full_name"


def _persons(clusters: Iterable[Cluster]) -> list[Cluster]:
    return [cluster for cluster in clusters if cluster.kind == "person" and cluster.name]


def _full_names_agree(one: list[str], other: list[str]) -> bool:
    """ "Hillary Rodham Clinton" and "Hillary Clinton"; "J. Smith" and "John Smith"; not "Bill Clinton"."""
    if len(other) < 2 or one[-1].lower() != other[-1].lower():
        return False
    first, second = one[0].rstrip(".").lower(), other[0].rstrip(".").lower()
    return first == second or (min(len(first), len(second)) == 1 and first[0] == second[0])


def _is_acronym(name: str, cluster: Cluster) -> bool:
    """Whether one is made of the initials of the other: "DNC", "Democratic National Committee"."""
    short, long = sorted((name, cluster.name), key=len)
    initials = "".join(word[0] for word in long.split() if word[0].isupper())
    return cluster.kind == "organisation" and short.isupper() and 2 < len(short) == len(initials) and short == initials


# --- descriptions -----------------------------------------------------------------------------------------------


def _link_description(one: Candidate, clusters: list[Cluster]) -> None:
    for rule in DESCRIPTION_RULES:
        cluster = rule(one, clusters)
        if cluster is not None:
            cluster.add(one, rule.__name__)
            return
    name = phrase_name(one)
    same = next((c for c in clusters if c.kind == one.kind and _same_phrase(one, name, c)), None)
    if same is None:
        same = Cluster(one.kind, name)
        clusters.append(same)
    same.add(one, "same_description")


def _same_phrase(one: Candidate, name: str, cluster: Cluster) -> bool:
    """The same words, or the same noun of the same state: "the Afghan people", "the people of Afghanistan"."""
    if cluster.name == name:
        return True
    if not one.state or one.kind != "group":
        return False
    return any(m.state == one.state and m.head.lemma_ == one.head.lemma_ for m, _ in cluster.mentions)


def apposition(one: Candidate, clusters: list[Cluster]) -> Cluster | None:
    """ "the defence minister, Amir Hatami", "his Russian counterpart Vladimir Putin": name and office together."""
    near = {child.i for child in syntax.children(one.head, "appos")}
    near |= {one.head.head.i} if one.head.dep_ == "appos" else set()
    return next((c for c in _persons(clusters) if any(m.head.i in near for m, _ in c.mentions)), None)


def office_and_state(one: Candidate, clusters: list[Cluster]) -> Cluster | None:
    """ "Iran's top military commander": the one person of that state who holds such an office."""
    if not one.state or one.kind != "person":
        return None
    holders = [
        c for c in _persons(clusters) if c.first("state") == one.state and c.classes & one.office_classes and _named(c)
    ]
    return holders[0] if len(holders) == 1 else None


def office_before(one: Candidate, clusters: list[Cluster]) -> Cluster | None:
    """ "the minister": the person last mentioned before it who holds such an office."""
    if one.state or not one.definite or one.kind != "person":
        return None
    holders = [
        c for c in _persons(clusters) if _holds(c, one) and _named(c) and genders_agree(one.gender, c.first("gender"))
    ]
    holders = [c for c in holders if c.last_before(one.start) >= 0]
    return max(holders, key=lambda c: c.last_before(one.start), default=None)


def _holds(cluster: Cluster, one: Candidate) -> bool:
    """Whether an actor has such an office; "the minister" may be a foreign minister."""
    phrases = [office.phrase for candidate, _ in cluster.mentions for office in candidate.offices]
    short = any(phrase.endswith(f" {office.phrase}") for phrase in phrases for office in one.offices)
    return bool(cluster.classes & one.office_classes) or short


def state_before(one: Candidate, clusters: list[Cluster]) -> Cluster | None:
    """ "the country": the state last mentioned before it."""
    if one.kind != "state":
        return None
    states = [c for c in clusters if c.kind == "state" and c.last_before(one.start) >= 0]
    return max(states, key=lambda c: c.last_before(one.start), default=None)


def armed_group_before(one: Candidate, clusters: list[Cluster]) -> Cluster | None:
    """ "the terrorists", "the militant group": the armed group last mentioned before it."""
    noun = gazetteer.group_of(one.head.lemma_.lower())
    armed = (noun is not None and noun.type == "armed") or (
        one.head.lower_ in ("group", "organisation", "organization")
        and any((gazetteer.group_of(t.lemma_.lower()) or noun) and _armed(t) for t in one.head.lefts)
    )
    if not (one.definite and armed and not one.state):
        return None
    groups = [c for c in clusters if c.kind == "organisation" and _is_armed_group(c) and c.last_before(one.start) >= 0]
    return max(groups, key=lambda c: c.last_before(one.start), default=None)


def _armed(token: Token) -> bool:
    noun = gazetteer.group_of(token.lemma_.lower())
    return noun is not None and noun.type == "armed"


def _is_armed_group(cluster: Cluster) -> bool:
    listed = gazetteer.organisation_of(cluster.name)
    return listed is not None and listed.type == "armed group"


DESCRIPTION_RULES: tuple[Callable[[Candidate, list[Cluster]], Cluster | None], ...] = (
    apposition,
    office_and_state,
    office_before,
    state_before,
    armed_group_before,
)


def _named(cluster: Cluster) -> bool:
    return any(candidate.form == "name" for candidate, _ in cluster.mentions)


def phrase_name(one: Candidate) -> str:
    """How an actor without a proper name is called: its words without article, marks and time."""
    words = [t for t in one.head.doc[one.start : one.end] if not (t.dep_ == "det" or t.is_space or t.tag_ == "PRP$")]
    text = "".join(token.text_with_ws for token in words).strip(" ,'\"“”’")
    return text[:1].upper() + text[1:] if text else one.head.text
