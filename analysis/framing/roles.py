"""Roles: how actors are cast in a passage, by a model that read all their mentions, or by named rules over acts.

Who does harm is cast as villain, who suffers it as victim, who helps or is praised as hero (Frermann et al. 2023). The
acts are those of :mod:`analysis.acts`, the model is :mod:`analysis.framing.role_model`. How well they agree with coders
stands in ``benchmarks/README.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from analysis.acts.deeds import accused, deed_of, helped, is_handed_on
from analysis.acts.finding import Act
from analysis.acts.story import Story
from analysis.framing import role_model
from analysis.schema import ROLES, spans
from analysis.schema.records import Mention, Role, Sentiment
from analysis.schema.spans import Span
from analysis.statements.voices import Voice

VILLAIN = "villain"


def roles_of(story: Story, sentiments: Sequence[Sentiment] = (), *, learned: bool = False) -> list[Role]:
    """How actors are cast: one record per passage, actor, role and voice.

    By the model (`learned`) an actor has one role in the article or none; his records are the passages in which a rule
    casts him in it, with the rule's words, and those whose mention speaks most for it, with the words that moved
    `sentiments` there. By rule a villain does harm, causes what is bad, deceives, helps the bad, or is accused; a
    victim is harmed or suffers, or is called oppressed; a hero helps, or fights and eases what is bad. An act that is
    negated casts nobody, nor does a harm that is only supposed ("if Norway attacks"). Nobody casts himself as villain.
    """
    ruled = list(_by_rule(story).values())
    return list(_by_model(story, ruled, sentiments)) if learned else ruled


def _by_rule(story: Story) -> dict[tuple, Role]:
    found: dict[tuple, Role] = {}
    for passage in story.parsed.passages:
        for act in story.acts_in(story.parsed.words((passage.start, passage.end))):
            voice = story.voices.of_act(act.predicate.idx)
            for role, actor_id, rule in _castings(act, story):
                key = (passage.passage_id, actor_id, role, voice.voice_id)
                if key not in found and (role, actor_id) != (VILLAIN, voice.voice_id):
                    found[key] = _role(story, (passage.passage_id, actor_id, role), voice, act.evidence, rule)
    return found


def _by_model(story: Story, ruled: Sequence[Role], sentiments: Sequence[Sentiment]) -> Iterator[Role]:
    words = {one.mention_id: one.sentiment_evidence for one in sentiments if one.sentiment}
    for read, number, chance in role_model.cast(role_model.read_of(story)):
        role, actor_id = ROLES[number], read.actor_id
        own = [one for one in ruled if (one.actor_id, one.role) == (actor_id, role)]
        own += _told(story, role, read.telling(number), words, {one.passage_id for one in own})
        yield from (replace(one, probability=chance) for one in sorted(own, key=lambda one: one.passage_id))


def _told(
    story: Story, role: str, mentions: Sequence[Mention], words: dict[int, Sequence[Span]], taken: set[int]
) -> Iterator[Role]:
    """The records of passages whose mention speaks for a role; those that a rule has `taken` are left out."""
    for one in mentions:
        passage, voice = story.parsed.passage_at(one.start).passage_id, story.voices.at(one.start)
        if passage not in taken and (role, one.actor_id) != (VILLAIN, voice.voice_id):
            taken.add(passage)
            evidence = list(words.get(one.mention_id) or ()) or [(one.start, one.end)]
            yield _role(story, (passage, one.actor_id, role), voice, evidence, role_model.VERSION)


def _role(story: Story, what: tuple[int, str, str], voice: Voice, evidence: Sequence[Span], method: str) -> Role:
    passage, actor_id, role = what
    actor = story.people.by_id[actor_id]
    return Role(
        article_id=story.parsed.article_id,
        actor_id=actor_id,
        actor=actor.name,
        camp=actor.camp,
        role=role,
        passage_id=passage,
        evidence=tuple(evidence),
        evidence_text=spans.words(story.parsed.text, evidence),
        method=method,
        **vars(voice),
    )


def _castings(act: Act, story: Story) -> Iterator[tuple[str, str, str]]:
    """Role, actor and rule; who acts on himself is cast once, and the bad are no victims."""
    doing = set(story.people.among(act.agents))
    for role, tokens, rule in _parts(act, story):
        for actor_id in story.people.among(tokens):
            if role == "victim" and (actor_id in story.bad or (rule != "suffers" and actor_id in doing)):
                continue
            yield role, actor_id, rule


def _parts(act: Act, story: Story) -> Iterator[tuple[str, tuple[Token, ...], str]]:
    """Which words of an act are cast in which role, and by which rule."""
    deed = None if act.denied else deed_of(act, story)
    if deed in ("harms", "deceives"):
        yield "villain", act.agents, "agent_of_harm"
        yield "victim", act.patients, "patient_of_harm"
    elif deed in ("helps_the_bad", "causes_the_bad"):
        yield "villain", act.agents, deed
    elif deed == "fights_the_bad":
        if not is_handed_on(act):
            yield "hero", act.agents, deed
        yield "victim", tuple(t for t in act.patients if t.dep_ not in ("compound", "amod")), "relieved_of_the_bad"
    elif deed == "helps":
        yield "hero", act.agents, "helps"
        yield "victim", helped(act, story), "is_helped"
    elif deed == "suffers":
        yield "victim", act.agents, "suffers"
    elif deed == "accuses":
        yield "villain", accused(act), "is_accused"
