"""Roles: how actors are cast in a passage, by named rules over its acts.

Who does harm is cast as villain, who suffers it as victim, who helps as hero (Frermann et al. 2023). The acts are
those of :mod:`analysis.acts.finding`. Exploratory: they agree little with hand coding (``benchmarks/README.md``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd
from spacy.tokens import Token

from analysis import schema
from analysis.acts.finding import Act, acts_in, bad_actors, predicates, valences
from analysis.framing.frame_cues import is_somebody
from analysis.language import syntax
from analysis.language.parsing import Parsed
from analysis.schema import spans
from analysis.statements.voices import Voices, mentioned

HARM = frozenset({"harm", "deceive"})
_OF_MANY_SENSES = (
    *("beat", "block", "break", "burn", "crush", "cut", "deny", "divide", "execute", "flood", "gut", "hack", "hatch"),
    *("hit", "hurt", "kill", "overwhelm", "plot", "shell", "shoot", "slash", "squeeze", "stalk", "stoke", "strike"),
    *("target", "threaten"),
)
"""Verbs of harm that mean it only toward somebody or something good: "cut emissions", "kill the bill" are no harm."""
_NO_HELP = (
    *("advance", "advise", "benefit", "boost", "contribute", "enable", "encourage", "enhance", "feed"),
    *("foster", "honor", "honour", "host", "improve", "inform", "invest", "promote", "respect", "restore"),
    *("revive", "secure", "serve", "share", "supply", "thank", "treat", "welcome"),
)
"""Verbs of aid that make no hero: "encourage them to vote", "treat them differently"."""
_TAKES_SIDES = ("back", "defend", "support")
"""Help only if it is offered ("vowed to support the farmers"); "they support the candidate" tells on whose side."""
_SUPPOSED = ("if", "unless", "whether", "for")
_MODIFIERS = ("compound", "amod", "nmod", "poss")


def cast_roles(
    parsed: Parsed, passages: pd.DataFrame, statements: pd.DataFrame, actors: pd.DataFrame, mentions: pd.DataFrame
) -> pd.DataFrame:
    """How actors are cast, as the table "roles": one row per passage, actor, role and voice.

    villain: does harm, causes what is bad, deceives, helps the bad, or is accused. victim: is harmed or suffers,
    or is called oppressed. hero: helps, or fights and eases what is bad. An act that is negated casts nobody, nor does
    a harm that is only supposed ("if Norway attacks").
    """
    voices = Voices(statements)
    named = {row.actor_id: row for row in actors.itertuples(index=False)}
    places, bad = mentioned(parsed, mentions), bad_actors(actors)
    rows: dict[tuple, dict[str, object]] = {}
    for passage in passages.itertuples(index=False):
        words = parsed.doc.char_span(passage.start, passage.end, alignment_mode="expand")
        for act in acts_in(words):
            voice = voices.of_act(act.predicate.idx)
            for role, actor_id, rule in _castings(act, bad, places):
                if voice["voice_id"] == actor_id and role == "villain":
                    continue
                key = (passage.passage_id, actor_id, role, voice["voice_id"])
                rows.setdefault(key, _row(parsed, named[actor_id], key, rule, act) | voice)
    return schema.tabulate("roles", rows.values())


def actors_among(tokens: Iterable[Token], places: dict[int, str]) -> list[str]:
    """The actors that the tokens mention, without those who only tell which other one it is: "a *Danish* minister"."""
    kept = [token for token in tokens if token.i in places and not _tells_which(token, places)]
    return list(dict.fromkeys(places[token.i] for token in kept))


def _tells_which(token: Token, places: dict[int, str]) -> bool:
    above = token.head
    return token.dep_ in _MODIFIERS and above.i in places and places[above.i] != places[token.i]


def is_supposed(act: Act) -> bool:
    """Whether an act is only supposed: "if Norway attacks", "a crime for firms to bribe"."""
    return any(child.dep_ == "mark" and child.lower_ in _SUPPOSED for child in act.predicate.children)


def _castings(act: Act, bad: set[str], places: dict[int, str]) -> Iterator[tuple[str, str, str]]:
    """Role, actor and rule; who acts on himself is cast once, and the bad are no victims."""
    doing = set(actors_among(act.agents, places))
    for role, tokens, rule in _parts(act, bad, places):
        for actor_id in actors_among(tokens, places):
            if role == "victim" and (actor_id in bad or (rule != "suffers" and actor_id in doing)):
                continue
            yield role, actor_id, rule


def _parts(act: Act, bad: set[str], places: dict[int, str]) -> Iterator[tuple[str, tuple[Token, ...], str]]:
    """Which words of an act are cast in which role, and by which rule."""
    if act.negated:
        return
    valence = valence_of(act)
    on_bad = valence < 0 or any(places.get(t.i) in bad for t in act.patients)
    if act.classes & HARM and not on_bad:
        if does_harm(act, places):
            yield "villain", act.agents, "agent_of_harm"
            yield "victim", act.patients, "patient_of_harm"
    elif act.classes & {"aid", "arm"} and on_bad:
        yield "villain", act.agents, "helps_the_bad"
    elif act.classes & {"cause"} and valence < 0:
        yield "villain", act.agents, "causes_the_bad"
    elif act.classes & {"combat"} and on_bad:
        if not is_handed_on(act):
            yield "hero", act.agents, "fights_the_bad"
        yield "victim", tuple(t for t in act.patients if t.dep_ not in ("compound", "amod")), "relieved_of_the_bad"
    elif act.classes & {"aid"} and helps(act) and helped(act, places):
        yield "hero", act.agents, "helps"
        yield "victim", helped(act, places), "is_helped"
    elif act.classes & {"suffer"} and _suffers(act):
        yield "victim", act.agents, "suffers"
    elif act.predicate.lemma_.lower() in ACCUSING:
        yield "villain", accused(act), "is_accused"


ACCUSING = ("accuse", "blame", "condemn", "denounce")


def accused(act: Act) -> tuple[Token, ...]:
    """Who is accused: not those to whom it was done, "denounced the persecution *of the monks*"."""
    return tuple(token for token in act.patients if not any(up.dep_ == "prep" for up in _up_to(token, act.predicate)))


def _up_to(token: Token, top: Token) -> Iterator[Token]:
    while token.i not in {top.i, token.head.i}:
        yield token
        token = token.head


def does_harm(act: Act, places: dict[int, str]) -> bool:
    """Whether an act of harm is meant so: verbs of many senses need somebody, or something good, to do it to."""
    if is_supposed(act):
        return False
    done_to = any(token.i in places or is_somebody(token) for token in act.patients)
    return act.predicate.lemma_.lower() not in _OF_MANY_SENSES or done_to or valence_of(act) > 0


def helps(act: Act) -> bool:
    """Whether an act of aid is told as help, and not in passing."""
    verb, lemma = act.predicate, act.predicate.lemma_.lower()
    offered = any(child.lower_ in ("to", "will", "'ll", "’ll") for child in verb.children)
    return act.asserted and lemma not in _NO_HELP and (offered or lemma not in _TAKES_SIDES)


def helped(act: Act, places: dict[int, str]) -> tuple[Token, ...]:
    """The words of those who are helped, not of those whose things are: "improve *the agency's* standards"."""
    return tuple(t for t in act.patients if t.i in places and (t.dep_ not in _MODIFIERS or t.head.i in places))


def valence_of(act: Act) -> int:
    """The valence of the thing itself: a "*crime* unit" is none."""
    return 0 if act.thing is None or act.thing.dep_ in ("compound", "amod", "nmod") else act.valence


def _suffers(act: Act) -> bool:
    """Whether it is a loss: "lost her son" or "lost their freedom", not "lost patience"."""
    if act.predicate.lemma_.lower() != "lose":
        return not is_supposed(act)
    return any(is_somebody(token) or valences("thing").get(token.lemma_.lower(), 0) > 0 for token in act.patients)


def is_handed_on(act: Act) -> bool:
    """Whether somebody is helped to do it: "help *Denmark* in combatting terrorism" makes no hero of Denmark."""
    verb = act.predicate
    above = verb.head.head if verb.dep_ == "pcomp" else verb.head
    classes, _ = predicates().get((above.lemma_.lower(), "verb"), (frozenset(), frozenset()))
    handed = syntax.child(above, "dobj")
    return "aid" in classes and verb.i != above.i and handed is not None and handed in act.agents


def _row(parsed: Parsed, actor, key: tuple, rule: str, act: Act) -> dict[str, object]:
    return {
        "article_id": parsed.article.article_id,
        "actor_id": key[1],
        "actor": actor.name,
        "camp": actor.camp,
        "role": key[2],
        "passage_id": key[0],
        "evidence": spans.write(act.evidence),
        "evidence_text": spans.words(parsed.article.text, act.evidence),
        "method": rule,
    }
