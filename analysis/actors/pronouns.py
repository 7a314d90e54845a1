"""Whom a pronoun means: the noun before a relative, the subject of its clause, the speaker before, the last that fits.

Named rules in order; the last, :func:`nearest`, takes the actor that is nearest to mind
(:mod:`analysis.actors.salience`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analysis.actors.clusters import Cluster, Register, genders_agree
from analysis.actors.salience import Setting, most_salient
from analysis.codebook.rules import Rule
from analysis.language import syntax
from analysis.language.known import knowledge_of
from analysis.mentions.candidates import Candidate
from analysis.mentions.finding import relative_noun

_NEAR = 4
"""How many turns back a pronoun is looked after."""

_BODIES = ("organisation", "state")
"""Kinds of actors that "they" means only if no group is near."""

_NEAREST = {"speaker": "previous_speaker", "subject": "previous_subject"}


@dataclass(frozen=True)
class Scene:
    """The actors known where a pronoun stands, and whose mention each token is the head of."""

    register: Register
    owner: Mapping[int, Cluster]
    setting: Setting
    writer: Cluster | None = None


def link_pronoun(one: Candidate, scene: Scene) -> tuple[str, Cluster | None]:
    """The rule that decides and the actor; no actor if none fits."""
    third = one.kind != "relative" and one.head.lower_ not in _FIRST
    for rule in THIRD_PERSON if third else OTHERS:
        cluster = rule.decide(one, scene)
        if cluster is not None:
            return rule.name, cluster
    return nearest(one, scene) if third else ("unresolved", None)


_FIRST = ("i", "me", "my", "myself")


def relative_pronoun(one: Candidate, scene: Scene) -> Cluster | None:
    """ "Mitch McConnell, *who* said": the actor that the relative clause is about."""
    noun = relative_noun(one.head) if one.kind == "relative" else None
    return scene.owner.get(noun.i) if noun is not None else None


def quoted_speaker(one: Candidate, scene: Scene) -> Cluster | None:
    """ "*I* said no," Lund recalled: the first person in a quotation is whoever is quoted."""
    if one.head.lower_ not in _FIRST or not scene.setting.is_quoted(one.head):
        return None
    around = scene.setting.enclosing(one.head)
    return scene.owner.get(around.source_head.i) if around is not None else None


def writer(one: Candidate, scene: Scene) -> Cluster | None:
    """ "*I* grew up in Oslo": outside quotations it is the writer, if the note below the article names him."""
    own = one.head.lower_ in _FIRST and not scene.setting.is_quoted(one.head)
    return scene.writer if own else None


def subject_of_the_clause(one: Candidate, scene: Scene) -> Cluster | None:
    """The subject of the verb above a possessive or reflexive: "the US deployed *its* forces"."""
    if one.head.dep_ != "poss" and not one.head.lower_.endswith(("self", "selves")):
        return None
    who = _clause_subject(one, scene)
    return who if who is not None and can_mean(one, who, scene) else None


def subject_behind(one: Candidate, scene: Scene) -> Cluster | None:
    """ "Though *she* called it wrong, Lund voted for it": the subject of the main clause behind a fronted one."""
    verb = one.head.head
    if one.head.dep_ not in syntax.SUBJECTS or verb.dep_ != "advcl" or verb.head.i < verb.i:
        return None
    who = syntax.child(verb.head, *syntax.SUBJECTS, *syntax.PASSIVE_SUBJECTS)
    cluster = scene.owner.get(who.i) if who is not None and who.i > verb.i else None
    return cluster if cluster is not None and can_mean(one, cluster, scene) else None


Link = Callable[[Candidate, Scene], Cluster | None]
OTHERS: tuple[Rule[Link], ...] = (
    Rule("relative_pronoun", relative_pronoun),
    Rule("quoted_speaker", quoted_speaker),
    Rule("writer", writer),
)
THIRD_PERSON: tuple[Rule[Link], ...] = (
    Rule("subject_of_the_clause", subject_of_the_clause),
    Rule("subject_behind", subject_behind),
)


def nearest(one: Candidate, scene: Scene) -> tuple[str, Cluster | None]:
    """The fitting actor that is nearest to mind: the speaker before, the subject before, or another."""
    fits = [c for c in scene.register.clusters if c.last_before(one.start) >= 0 and can_mean(one, c, scene)]
    if scene.writer is not None:  # who writes "I" is never "she"
        fits = [c for c in fits if c is not scene.writer]
    if one.head.dep_ in ("dobj", "dative", "pobj"):  # "he praised *him*" is never about himself
        subject = _clause_subject(one, scene)
        fits = [c for c in fits if c is not subject]
    if scene.setting.is_quoted(one.head):  # nobody calls himself "he"
        around = scene.setting.enclosing(one.head)
        speaker = scene.owner.get(around.source_head.i) if around is not None else None
        fits = [c for c in fits if c is not speaker]
    several = one.kind == "group"
    cluster, role = most_salient(one, fits, scene.setting, window=_NEAR, last=_BODIES if several else ())
    return _NEAREST.get(role, "last_mentioned"), cluster


def can_mean(one: Candidate, cluster: Cluster, scene: Scene) -> bool:
    """Whether number and gender let a pronoun mean an actor."""
    if one.kind == "person":
        return cluster.kind == "person" and genders_agree(one.gender, cluster.gender)
    if one.kind == "group":
        return cluster.kind == "group" or _is_body(cluster) or _are_several(cluster, one)
    return cluster.kind in ("state", "organisation") or (cluster.kind == "group" and _is_body(cluster))


def _is_body(cluster: Cluster) -> bool:
    """Whether an actor is a body of people, which may be "it" and "they": "the campaign", "the army"."""
    if cluster.kind == "organisation":
        head = cluster.mentions[0][0].head if cluster.mentions else None
        noun = knowledge_of(head).group_of(head.lemma_.lower()) if head is not None else None
        return noun is None or noun.singular == "body"
    singular = (one for one, _ in cluster.mentions if one.head.tag_ in ("NN", "NNP"))
    nouns = (knowledge_of(one.head).group_of(one.lemma) for one in singular)
    return any(noun is not None and noun.singular == "body" for noun in nouns)


def _are_several(cluster: Cluster, one: Candidate) -> bool:
    """Whether the last mention before joins the actor to another: "Lavrov and Kerry met. *They* said"."""
    last = next((mention for mention in cluster.before(one.start) if mention.form != "pronoun"), None)
    return last is not None and any(c.dep_ == "conj" and c.pos_ in ("PROPN", "NOUN") for c in last.head.children)


def _clause_subject(one: Candidate, scene: Scene) -> Cluster | None:
    verb = next((token for token in one.head.ancestors if token.pos_ in ("VERB", "AUX")), None)
    who = syntax.subject(verb) if verb is not None else None
    if who is None or who == one.head:
        return None
    fronted = one.head.dep_ == "poss" and who.i > one.start and verb.i > one.start
    return scene.owner.get(who.i) if who.i < one.start or fronted else None
