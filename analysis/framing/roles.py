"""Roles: how actors are cast in a passage, by named rules over what its acts amount to.

Who does harm is cast as villain, who suffers it as victim, who helps as hero (Frermann et al. 2023). The acts are
those of :mod:`analysis.acts`. Exploratory: they agree little with hand coding (``benchmarks/README.md``).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from analysis.acts.deeds import accused, deed_of, helped, is_handed_on
from analysis.acts.finding import Act
from analysis.acts.story import Story
from analysis.schema import spans
from analysis.schema.records import Role


def roles_of(story: Story) -> list[Role]:
    """How actors are cast: one record per passage, actor, role and voice.

    villain: does harm, causes what is bad, deceives, helps the bad, or is accused. victim: is harmed or suffers,
    or is called oppressed. hero: helps, or fights and eases what is bad. An act that is negated casts nobody, nor does
    a harm that is only supposed ("if Norway attacks").
    """
    found: dict[tuple, Role] = {}
    known, text = story.people.by_id, story.parsed.text
    for passage in story.parsed.passages:
        for act in story.acts_in(story.parsed.words((passage.start, passage.end))):
            voice = story.voices.of_act(act.predicate.idx)
            for role, actor_id, rule in _castings(act, story):
                if voice.voice_id == actor_id and role == "villain":
                    continue
                key = (passage.passage_id, actor_id, role, voice.voice_id)
                if key not in found:
                    evidence = {"evidence": tuple(act.evidence), "evidence_text": spans.words(text, act.evidence)}
                    who = {"actor_id": actor_id, "actor": known[actor_id].name, "camp": known[actor_id].camp}
                    where = {"article_id": story.parsed.article_id, "passage_id": passage.passage_id}
                    found[key] = Role(**where, **who, **evidence, role=role, method=rule, **vars(voice))
    return list(found.values())


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
