"""Functions of framing (Entman 1993): which passage names a problem, a cause, a judgement or a remedy, and whose.

*Problem*: a state of affairs told as bad or threatening; its actor is who suffers from it. *Cause*: who or what is
told as bringing a problem about. *Judgement*: an actor or act is evaluated, accusation and dismissal included; its
actor is the judged. *Remedy*: a treatment, offer, demand or action that is to solve a problem; its actor is who acts
or is to act. Named rules over acts (:mod:`analysis.acts`), bad things and reporting verbs. Exploratory: agreement with
hand coding is in ``benchmarks/README.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd
from spacy.tokens import Span as Words
from spacy.tokens import Token

from analysis import schema
from analysis.acts.finding import Act, acts_in, bad_actors, valences
from analysis.framing.roles import ACCUSING, HARM, accused, actors_among, does_harm, is_handed_on, is_supposed
from analysis.framing.roles import helps as does_help
from analysis.language import syntax
from analysis.language.parsing import Parsed
from analysis.schema import spans
from analysis.schema.spans import Span
from analysis.statements.voices import Voices, mentioned

WARNING = ("warn", "fear", "caution", "worry", "threaten")
DECLINING = ("collapse", "crumble", "decline", "deteriorate", "erode", "fade", "fail", "shrink", "worsen")
_REFUSING = ("refuse", "decline")
"""Cues that commit to nothing."""
_DUTIES = ("must", "should", "need", "ought")
_NO_BAD = ("no", "not", "n't", "never", "without", "neither", "nor", "counter", "anti")


@dataclass(frozen=True)
class Found:
    """A function in a passage: the rule, the words of its actor, the words that decided, and where it stands."""

    function: str
    rule: str
    actor: tuple[Token, ...]
    evidence: tuple[Span, ...]
    place: int


@dataclass(frozen=True)
class _Scene:
    """What the rules know of an article: the actor that each token mentions, and the actors that are called bad."""

    places: dict[int, str]
    bad: set[str]


def find_functions(
    parsed: Parsed, passages: pd.DataFrame, statements: pd.DataFrame, actors: pd.DataFrame, mentions: pd.DataFrame
) -> pd.DataFrame:
    """The functions of every passage, as the table "functions": one row per passage, function, actor and voice.

    Where a function has an actor in a passage, a row of the same voice without one is left out. The rule that comes
    first names the row.
    """
    voices, scene = Voices(statements), _Scene(mentioned(parsed, mentions), bad_actors(actors))
    named = {row.actor_id: row for row in actors.itertuples(index=False)}
    rows: dict[tuple, dict[str, object]] = {}
    for passage in passages.itertuples(index=False):
        words = parsed.doc.char_span(passage.start, passage.end, alignment_mode="expand")
        for one in _functions_in(words, statements, scene):
            voice = voices.of_act(one.place)
            for actor_id in actors_among(one.actor, scene.places) or [None]:
                key = (passage.passage_id, one.function, voice["voice_id"], actor_id)
                rows.setdefault(key, _row(parsed, named.get(actor_id), passage.passage_id, one) | voice)
    told = {key[:3] for key in rows if key[3] is not None}
    kept = [row for key, row in rows.items() if key[3] is not None or key[:3] not in told]
    order = {name: n for n, name in enumerate(schema.FUNCTIONS)}
    return schema.tabulate("functions", sorted(kept, key=lambda row: (row["passage_id"], order[row["function"]])))


def _functions_in(words: Words, statements: pd.DataFrame, scene: _Scene) -> Iterator[Found]:
    for act in acts_in(words):
        yield from _of_act(act, scene)
    yield from _of_cues(words, statements)
    yield from _of_things(words)
    yield from _of_declines(words)
    yield from _of_duties(words, scene)


def _of_act(act: Act, scene: _Scene) -> Iterator[Found]:
    """What an act that is done tells; a supposed offer of help is a remedy all the same ("ready to help if asked")."""
    if act.negated:
        return

    def found(function: str, rule: str, tokens: tuple[Token, ...]) -> Found:
        return Found(function, rule, tokens, tuple(act.evidence), act.predicate.idx)

    on_bad = act.valence < 0 or any(scene.places.get(token.i) in scene.bad for token in act.patients)
    if act.predicate.lemma_.lower() in ACCUSING:
        yield found("judgement", "is_accused", accused(act))
    elif act.classes & {"deceive"}:
        yield found("judgement", "deceives", act.agents)
    elif act.classes & HARM and not on_bad and does_harm(act, scene.places):
        yield found("problem", "harm_is_done", act.patients)
        if actors_among(act.agents, scene.places) or (act.agents and act.predicate.pos_ == "VERB"):
            yield found("cause", "agent_of_harm", act.agents)
    elif act.classes & {"aid", "arm"} and on_bad:
        yield found("problem", "the_bad_is_helped", _sufferers(act, scene))
        yield found("cause", "helps_the_bad", act.agents)
    elif act.classes & {"cause"} and act.valence < 0 and not is_supposed(act):
        yield found("problem", "the_bad_is_caused", _sufferers(act, scene))
        yield found("cause", "causes_the_bad", act.agents)
    elif act.classes & {"combat"} and on_bad and not is_handed_on(act):
        yield found("remedy", "fights_the_bad", act.agents)
    elif act.classes & {"aid"} and does_help(act) and actors_among(act.patients, scene.places):
        yield found("remedy", "helps", act.agents)
    elif act.classes & {"suffer"} and not is_supposed(act):
        if not scene.bad.intersection(actors_among(act.agents, scene.places)):
            yield found("problem", "suffers", act.agents)
    elif act.classes & {"judge_against", "judge_for"} and act.asserted and actors_among(act.patients, scene.places):
        yield found("judgement", "is_judged", act.patients)


def _sufferers(act: Act, scene: _Scene) -> tuple[Token, ...]:
    """Where it hurts: "fuelling insecurity *in the region and in Norway*", "moving the killers *to Norway*"."""
    heads = [head for head in (act.thing, act.predicate) if head is not None]
    around = [token for head in heads for token in syntax.children(head, "prep", "dative")]
    inside = (inner for token in around if token.lower_ in ("in", "for", "among", "to") for inner in token.subtree)
    return tuple(token for token in inside if token.i in scene.places)


def _of_cues(words: Words, statements: pd.DataFrame) -> Iterator[Found]:
    """What the act of reporting tells: to accuse or dismiss is to judge; demands, offers and promises are remedies."""
    placed = statements[statements.cue_start.notna()]
    inside = placed[(placed.cue_start >= words.start_char) & (placed.cue_start < words.end_char)]
    for row in inside.itertuples(index=False):
        cue = words.doc.char_span(int(row.cue_start), int(row.cue_end), alignment_mode="expand")
        source = _tokens(words, row.source_start, row.source_end)
        named = _CUES.get("warning" if row.cue_lemma in WARNING else row.cue_class)
        if named is not None and cue is not None and row.cue_lemma not in _REFUSING and not syntax.has_not(cue.root):
            function, rule = named
            actor = {"offers_or_promises": source, "demands": _object(cue)}.get(rule, ())
            yield Found(function, rule, actor, ((int(row.cue_start), int(row.cue_end)),), int(row.cue_start))


_CUES = {
    "accusing": ("judgement", "accuses"),
    "denying": ("judgement", "dismisses"),
    "directive": ("remedy", "demands"),
    "commissive": ("remedy", "offers_or_promises"),
    "warning": ("problem", "warns"),
}
"""Class of a cue -> the function of its statement, and the rule."""


def _tokens(words: Words, start: object, end: object) -> tuple[Token, ...]:
    if pd.isna(start):
        return ()
    return tuple(token for token in words if start <= token.idx < end)


def _object(cue: Words) -> tuple[Token, ...]:
    """Who is to act: "urged *the government* to pay"; without an object, the subject of the clause."""
    head = cue.root
    clause = syntax.child(head, "ccomp", "xcomp")
    told = syntax.child(head, "dobj", "dative") or (syntax.child(clause, "nsubj") if clause is not None else None)
    return tuple(syntax.noun_phrase(told)) if told is not None else ()


def _of_things(words: Words) -> Iterator[Found]:
    """A bad thing that is not said to be absent: "the security threats in the region"."""
    things = [token for token in words if token.pos_ == "NOUN" and valences("thing").get(token.lemma_.lower(), 0) < 0]
    told = [token for token in things if not _is_absent(token)]
    if told:
        places = tuple((token.idx, token.idx + len(token)) for token in told)
        yield Found("problem", "bad_thing", (), places, told[0].idx)


def _of_declines(words: Words) -> Iterator[Found]:
    """Something good gets less: "the security is deteriorating"."""
    for token in words:
        subject = syntax.child(token, "nsubj") if token.lemma_.lower() in DECLINING else None
        if subject is not None and valences("thing").get(subject.lemma_.lower(), 0) > 0:
            places = ((subject.idx, subject.idx + len(subject)), (token.idx, token.idx + len(token)))
            yield Found("problem", "good_declines", tuple(subject.subtree), places, token.idx)


def _is_absent(token: Token) -> bool:
    near = (token, *token.children, token.head, *token.head.children)
    return any(word.lower_ in _NO_BAD for word in near if word.i < token.i)


def _of_duties(words: Words, scene: _Scene) -> Iterator[Found]:
    """Somebody must, should or needs to act: "the government needs to move faster"."""
    for token in words:
        verb = token.head if token.dep_ == "aux" else token
        subject = syntax.child(verb, "nsubj", "nsubjpass")
        needs = token.lemma_.lower() != "need" or syntax.child(token, "xcomp") is not None
        if token.lemma_.lower() in _DUTIES and needs and subject is not None and not syntax.has_not(verb):
            actor = tuple(syntax.noun_phrase(subject))
            if actors_among(actor, scene.places):
                yield Found("remedy", "has_to_act", actor, ((token.idx, token.idx + len(token)),), token.idx)


def _row(parsed: Parsed, actor, passage: int, one: Found) -> dict[str, object]:
    return {
        "article_id": parsed.article.article_id,
        "function": one.function,
        "actor_id": actor.actor_id if actor is not None else None,
        "actor": actor.name if actor is not None else None,
        "camp": actor.camp if actor is not None else None,
        "passage_id": passage,
        "evidence": spans.write(one.evidence),
        "evidence_text": spans.words(parsed.article.text, one.evidence),
        "method": one.rule,
    }


def functions_sentence(functions: pd.DataFrame, *, most: int = 3) -> dict[str, str]:
    """What the functions of one article say, as clauses: function -> "the United States (fueling insecurity), says ..."

    At most so many actors of each function, those named most often first; functions without an actor tell their words.
    """
    sentences = {}
    for name in schema.FUNCTIONS:
        rows = functions[functions["function"] == name]
        if not rows.empty:
            known = rows[rows["actor"].notna()]
            shown = known if len(known) else rows
            groups = shown.groupby(shown["actor"].fillna(""), sort=False)
            order = sorted(groups, key=lambda pair: -len(pair[1]))[:most]
            sentences[name] = "; ".join(_clause(actor, group) for actor, group in order)
    return sentences


def _clause(actor: str, rows: pd.DataFrame) -> str:
    words = _listed(dict.fromkeys(rows["evidence_text"].str.lower()), 3)
    voices = _listed(dict.fromkeys("the writer" if v == schema.WRITER else v for v in rows["voice"]), 2)
    return f"{actor} ({words}), says {voices}" if actor else f"“{words}”, says {voices}"


def _listed(parts: Iterable[str], most: int) -> str:
    shown = list(parts)
    return ", ".join(shown[:most]) + (f" and {len(shown) - most} more" if len(shown) > most else "")
