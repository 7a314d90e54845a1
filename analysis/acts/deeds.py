"""Deeds: what an act amounts to, decided once for stances, roles and functions: harm, help, accusation, relief.

Who does harm may be cast as villain, its sufferer as victim, who helps as hero; the same deed names a problem, a cause
or a remedy, and tells for or against whom a speaker is. Whether an act is denied or only told by somebody is not
decided here.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from analysis.actors.people import MODIFIERS
from analysis.acts.factuality import ASKED, SUPPOSED
from analysis.acts.finding import Act
from analysis.acts.lexicon import predicates, valences
from analysis.acts.story import Story
from analysis.codebook import word_list
from analysis.language import syntax


def deed_of(act: Act, story: Story) -> str | None:
    """What an act amounts to: one of accuses, deceives, harms, helps_the_bad, causes_the_bad, fights_the_bad, helps,
    suffers, judges; None if to nothing of these.
    """
    bad = on_bad(act, story)
    if act.predicate.lemma_.lower() in word_list("accusing"):
        return "accuses"
    if "deceive" in act.classes and not is_supposed(act):
        return "deceives"
    if "harm" in act.classes and not bad:
        return "harms" if does_harm(act, story) else None
    if act.classes & {"aid", "arm"} and bad:
        return "helps_the_bad"
    if "cause" in act.classes and act.valence < 0 and not is_supposed(act):
        return "causes_the_bad"
    if "combat" in act.classes and bad:
        return "fights_the_bad"
    if "aid" in act.classes and _is_help(act) and helped(act, story):
        return "helps"
    if "suffer" in act.classes and _suffers(act):
        return "suffers"
    return "judges" if act.classes & {"judge_against", "judge_for"} and act.asserted else None


def sign_of(act: Act) -> int:
    """For or against whom it is done an act is: -1 for harm, deceit and blame, 1 for help and praise, else 0.

    What is done to something bad of somebody may be for or against him: "rid Norway of the terrorists" is 0.
    """
    against, favour = bool(act.classes & _AGAINST), bool(act.classes & _FAVOUR)
    if against == favour or (act.valence < 0 and not act.classes & {"judge_against", "judge_for"}):
        return 0
    return 1 if favour else -1


_AGAINST = frozenset({"harm", "combat", "deceive", "judge_against", "disfavour"})
_FAVOUR = frozenset({"aid", "arm", "cooperate", "judge_for", "favour"})


def on_bad(act: Act, story: Story) -> bool:
    """Whether it is done to something bad, or to somebody whom the text calls bad."""
    return act.valence < 0 or any(story.people.places.get(t.i) in story.bad for t in act.patients)


def is_supposed(act: Act) -> bool:
    """Whether an act is only supposed or asked about: "if Norway attacks", "a crime for firms to bribe"."""
    return act.factuality in (SUPPOSED, ASKED)


def accused(act: Act) -> tuple[Token, ...]:
    """Who is accused: not those to whom it was done, "denounced the persecution *of the monks*"."""
    return tuple(token for token in act.patients if not any(up.dep_ == "prep" for up in _up_to(token, act.predicate)))


def _up_to(token: Token, top: Token) -> Iterator[Token]:
    while token.i not in {top.i, token.head.i}:
        yield token
        token = token.head


def does_harm(act: Act, story: Story) -> bool:
    """Whether an act of harm is meant so: verbs of many senses need somebody, or something good, to do it to."""
    if is_supposed(act):
        return False
    done_to = any(token.i in story.people.places or syntax.is_somebody(token) for token in act.patients)
    return act.predicate.lemma_.lower() not in word_list("harm_of_many_senses") or done_to or act.valence > 0


def _is_help(act: Act) -> bool:
    """Whether an act of aid is told as help, and not in passing."""
    verb, lemma = act.predicate, act.predicate.lemma_.lower()
    offered = any(child.lower_ in ("to", "will", "'ll", "’ll") for child in verb.children)
    return act.asserted and lemma not in word_list("no_help") and (offered or lemma not in word_list("takes_sides"))


def helped(act: Act, story: Story) -> tuple[Token, ...]:
    """The words of those who are helped, not of those whose things are: "improve *the agency's* standards"."""
    places = story.people.places
    return tuple(t for t in act.patients if t.i in places and (t.dep_ not in MODIFIERS or t.head.i in places))


def _suffers(act: Act) -> bool:
    """Whether it is a loss: "lost her son" or "lost their freedom", not "lost patience"."""
    if act.predicate.lemma_.lower() != "lose":
        return not is_supposed(act)
    return any(
        syntax.is_somebody(token) or valences("thing").get(token.lemma_.lower(), 0) > 0 for token in act.patients
    )


def is_handed_on(act: Act) -> bool:
    """Whether somebody is helped to do it: "help *Denmark* in combatting terrorism" makes no hero of Denmark."""
    verb = act.predicate
    above = verb.head.head if verb.dep_ == "pcomp" else verb.head
    classes, _ = predicates().get((above.lemma_.lower(), "verb"), (frozenset(), frozenset()))
    handed = syntax.child(above, "dobj")
    return "aid" in classes and verb.i != above.i and handed is not None and handed in act.agents
