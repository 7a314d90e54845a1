"""Linking: which mentions mean the same actor. Named rules, the surest first; what no rule links stays alone.

A link is never made by guessing at a name: "Iran's top military commander" becomes Mohammad Baqeri only because
one person of the article, and no other, is given a military command of Iran.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from analysis import gazetteer, syntax
from analysis.attribution import Attribution
from analysis.mentions import Candidate

_NEAR = 3
"""How many sentences back a personal pronoun is looked after."""


@dataclass
class Cluster:
    """One actor in the making: its mentions with the rule that linked each, and what they tell of it."""

    kind: str
    name: str
    mentions: list[tuple[Candidate, str]] = field(default_factory=list)

    def add(self, candidate: Candidate, rule: str) -> None:
        self.mentions.append((candidate, rule))

    def first(self, attribute: str) -> str | None:
        """The first value that a mention gives for an attribute of :class:`Candidate`."""
        values = (getattr(candidate, attribute) for candidate, _ in self.mentions)
        return next((value for value in values if value), None)

    @property
    def classes(self) -> set[str]:
        return {name for candidate, _ in self.mentions for name in candidate.office_classes} - {"honorific"}

    def last_before(self, position: int) -> int:
        """Where the actor was last mentioned before a token; -1 if it was not."""
        return max((one.start for one, _ in self.mentions if one.start < position), default=-1)


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
    _link_pronouns(candidates, attributions, clusters)
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
        return next(equal, None), "same_name"
    words = one.name.split()
    if len(words) > 1:
        return next((c for c in _persons(clusters) if _full_names_agree(words, c.name.split())), None), "full_name"
    fitting = [c for c in _persons(clusters) if words[0] in (*c.name.split()[-1:], *c.name.split()[:1])]
    fitting = [c for c in fitting if _genders_agree(one.gender, c.first("gender"))]
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


def _genders_agree(one: str | None, other: str | None) -> bool:
    return not (one and other and "both" not in (one, other) and one != other)


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
        c
        for c in _persons(clusters)
        if c.classes & one.office_classes and _named(c) and _genders_agree(one.gender, c.first("gender"))
    ]
    holders = [c for c in holders if c.last_before(one.start) >= 0]
    return max(holders, key=lambda c: c.last_before(one.start), default=None)


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


# --- pronouns ---------------------------------------------------------------------------------------------------


def _link_pronouns(
    candidates: Sequence[Candidate], attributions: Sequence[Attribution], clusters: list[Cluster]
) -> None:
    owner = {one.head.i: cluster for cluster in clusters for one, _ in cluster.mentions}
    sentences = syntax.sentence_numbers(candidates[0].head.doc) if candidates else []
    speakers = sorted({a.source_head.i for a in attributions if a.source_head is not None})
    for one in candidates:
        if one.form != "pronoun":
            continue
        rule, cluster = _antecedent(one, clusters, owner, speakers, sentences)
        if cluster is not None:
            cluster.add(one, rule)
            owner[one.head.i] = cluster


def _antecedent(
    one: Candidate,
    clusters: list[Cluster],
    owner: dict[int, Cluster],
    speakers: list[int],
    sentences: list[int],
) -> tuple[str, Cluster | None]:
    possible = [c for c in clusters if _can_mean(one, c)]
    fits = [c for c in possible if c.last_before(one.start) >= 0]
    last_speaker = next((owner[i] for i in reversed(speakers) if i < one.start and i in owner), None)
    if one.head.i in speakers and last_speaker in fits and _near(one, last_speaker, sentences):
        return "previous_speaker", last_speaker
    subject = _clause_subject(one, owner)
    if subject in possible:
        return "subject_of_the_clause", subject
    near = [c for c in fits if _near(one, c, sentences)]
    if one.kind == "group":
        return "previous_subject", next((c for c in near if _is_previous_subject(one, c)), None)
    return "last_mentioned", max(near, key=lambda c: (_was_subject(c, one), c.last_before(one.start)), default=None)


def _can_mean(one: Candidate, cluster: Cluster) -> bool:
    if one.kind == "person":
        return cluster.kind == "person" and _genders_agree(one.gender, cluster.first("gender"))
    return cluster.kind in (("group", "organisation") if one.kind == "group" else ("state", "organisation"))


def _clause_subject(one: Candidate, owner: dict[int, Cluster]) -> Cluster | None:
    """The subject of the verb above a possessive: "the US deployed *its* forces", "in *his* call X said"."""
    verb = next((token for token in one.head.ancestors if token.pos_ in ("VERB", "AUX")), None)
    who = syntax.subject(verb) if verb is not None else None
    if who is None or who == one.head:
        return None
    fronted = one.head.dep_ == "poss" and who.i > one.start and verb.i > one.start
    return owner.get(who.i) if who.i < one.start or fronted else None


def _near(one: Candidate, cluster: Cluster, sentences: list[int]) -> bool:
    """Whether the actor was mentioned at most a few sentences before."""
    return sentences[one.start] - sentences[cluster.last_before(one.start)] <= _NEAR


def _is_previous_subject(one: Candidate, cluster: Cluster) -> bool:
    """Whether a plural pronoun that is a subject follows the sentence whose subject the actor was."""
    before = one.head.doc[one.head.sent.start - 1].sent if one.head.sent.start else None
    if before is None or one.head.dep_ not in syntax.SUBJECTS:
        return False
    return any(m.head.head == before.root and m.head.dep_ in syntax.SUBJECTS for m, _ in cluster.mentions)


def _was_subject(cluster: Cluster, one: Candidate) -> bool:
    """Whether its last mention in the sentence before was the subject there."""
    last = cluster.last_before(one.start)
    mention = next((m for m, _ in cluster.mentions if m.start == last), None)
    return mention is not None and mention.head.dep_ in syntax.SUBJECTS + syntax.PASSIVE_SUBJECTS
