"""Functions of framing (Entman 1993): which passage names a problem, a cause, a judgement or a remedy, and whose.

*Problem*: a state of affairs told as bad or threatening; its actor is who suffers from it. *Cause*: who or what is
told as bringing a problem about. *Judgement*: an actor or act is evaluated, accusation and dismissal included; its
actor is the judged. *Remedy*: a treatment, offer, demand or action that is to solve a problem; its actor is who acts
or is to act. Named rules over acts (:mod:`analysis.acts`), bad things and reporting verbs; where models are asked, one
that read the passage decides (:mod:`analysis.framing.function_model`). Exploratory: agreement with hand coding is in
``benchmarks/README.md``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span as Words
from spacy.tokens import Token

from analysis import schema
from analysis.acts.deeds import accused, deed_of, is_handed_on
from analysis.acts.finding import Act
from analysis.acts.lexicon import valences
from analysis.acts.story import Story
from analysis.codebook import word_list
from analysis.framing import function_model
from analysis.framing.frame_reading import Passage, passages_of
from analysis.language import syntax
from analysis.language.document import Place, characters
from analysis.schema import spans
from analysis.schema.records import Actor, Function, Statement
from analysis.schema.spans import Span
from analysis.statements.voices import Voice

_NO_BAD = ("no", "not", "n't", "never", "without", "neither", "nor", "counter", "anti")


@dataclass(frozen=True)
class Found:
    """A function in a passage: the rule, the words of its actor, the words that decided, and where it stands."""

    function: str
    rule: str
    actor: tuple[Token, ...]
    evidence: tuple[Span, ...]
    place: int


def functions_of(story: Story, *, learned: bool = False) -> list[Function]:
    """The functions of every passage: one record per passage, function, actor and voice.

    Where a function has an actor in a passage, one of the same voice without an actor is left out. The rule that comes
    first names the record. By the model (`learned`) a passage has a function or not: what rules find is kept where it
    agrees, and what they do not find has a record without an actor, with the words that add most.
    """
    ruled = _by_rule(story)
    return _by_model(story, ruled) if learned else ruled


def _by_model(story: Story, ruled: Sequence[Function]) -> list[Function]:
    parsed, found = story.parsed, []
    readings = passages_of(parsed.reading, parsed.sentences)
    own: dict[tuple[int, str], list[Function]] = {}
    for one in ruled:
        own.setdefault((one.passage_id, one.function), []).append(one)
    names = [{name for name in schema.FUNCTIONS if (place.passage_id, name) in own} for place in parsed.passages]
    rows = function_model.chances(function_model.features(readings, names))
    for place, reading, row in zip(parsed.passages, readings, rows, strict=True):
        for n, name in enumerate(schema.FUNCTIONS):
            if row[n] < function_model.heads().cuts[n]:
                continue
            kept = own.get((place.passage_id, name)) or [_told(story, place, reading, name)]
            found += [replace(one, probability=float(row[n])) for one in kept]
    return found


def _told(story: Story, place: Place, reading: Passage, name: str) -> Function:
    """A function of a passage in which no rule finds it."""
    text = story.parsed.text[place.start : place.end]
    words = [(place.start + a, place.start + b) for a, b in function_model.words_for(reading, text, name)]
    words = words or [(place.start, place.end)]
    found = Found(name, function_model.VERSION, (), tuple(words), words[0][0])
    return _function(story, None, place.passage_id, found, story.voices.of_most(words))


def _by_rule(story: Story) -> list[Function]:
    told = sorted((one for one in story.statements if one.cue_start is not None), key=lambda one: one.cue_start)
    starts = [one.cue_start for one in told]
    rows: dict[tuple, Function] = {}
    for passage in story.parsed.passages:
        words = story.parsed.words((passage.start, passage.end))
        here = told[bisect_left(starts, words.start_char) : bisect_left(starts, words.end_char)]
        for one in _functions_in(words, sorted(here, key=lambda one: one.statement_id), story):
            voice = story.voices.of_act(one.place)
            for actor_id in story.people.among(one.actor) or [None]:
                key = (passage.passage_id, one.function, voice.voice_id, actor_id)
                actor = story.people.by_id.get(actor_id)
                rows.setdefault(key, _function(story, actor, passage.passage_id, one, voice))
    told_of = {key[:3] for key in rows if key[3] is not None}
    kept = [row for key, row in rows.items() if key[3] is not None or key[:3] not in told_of]
    order = {name: n for n, name in enumerate(schema.FUNCTIONS)}
    return sorted(kept, key=lambda row: (row.passage_id, order[row.function]))


def _functions_in(words: Words, statements: Sequence[Statement], story: Story) -> Iterator[Found]:
    for act in story.acts_in(words):
        yield from _of_act(act, story)
    yield from _of_cues(words, statements)
    yield from _of_things(words)
    yield from _of_declines(words)
    yield from _of_duties(words, story)


def _of_act(act: Act, story: Story) -> Iterator[Found]:
    """What an act that is done tells; a supposed offer of help is a remedy all the same ("ready to help if asked")."""
    deed, among = None if act.denied else deed_of(act, story), story.people.among

    def found(function: str, rule: str, tokens: tuple[Token, ...]) -> Found:
        return Found(function, rule, tokens, tuple(act.evidence), act.predicate.idx)

    if deed == "accuses":
        yield found("judgement", "is_accused", accused(act))
    elif deed == "deceives":
        yield found("judgement", "deceives", act.agents)
    elif deed == "harms":
        yield found("problem", "harm_is_done", act.patients)
        if among(act.agents) or (act.agents and act.predicate.pos_ == "VERB"):
            yield found("cause", "agent_of_harm", act.agents)
    elif deed in ("helps_the_bad", "causes_the_bad"):
        yield found("problem", _PROBLEMS[deed], _sufferers(act, story))
        yield found("cause", deed, act.agents)
    elif (deed == "fights_the_bad" and not is_handed_on(act)) or deed == "helps":
        yield found("remedy", deed, act.agents)
    elif deed == "suffers" and not story.bad.intersection(among(act.agents)):
        yield found("problem", deed, act.agents)
    elif deed == "judges" and among(act.patients):
        yield found("judgement", "is_judged", act.patients)


_PROBLEMS = {"helps_the_bad": "the_bad_is_helped", "causes_the_bad": "the_bad_is_caused"}


def _sufferers(act: Act, story: Story) -> tuple[Token, ...]:
    """Where it hurts: "fuelling insecurity *in the region and in Norway*", "moving the killers *to Norway*"."""
    heads = [head for head in (act.thing, act.predicate) if head is not None]
    around = [token for head in heads for token in syntax.children(head, "prep", "dative")]
    inside = (inner for token in around if token.lower_ in ("in", "for", "among", "to") for inner in token.subtree)
    return tuple(token for token in inside if token.i in story.people.places)


def _of_cues(words: Words, statements: Sequence[Statement]) -> Iterator[Found]:
    """What the act of reporting tells: to accuse or dismiss is to judge; demands, offers and promises are remedies."""
    for one in statements:
        cue = words.doc.char_span(*one.cue_span, alignment_mode="expand")
        named = _CUES.get("warning" if one.cue_lemma in word_list("warning") else one.cue_class)
        if (
            named is not None
            and cue is not None
            and one.cue_lemma not in word_list("committing_to_nothing")
            and not syntax.has_not(cue.root)
        ):
            function, rule = named
            actor = {"offers_or_promises": _tokens(words, one.source_span), "demands": _object(cue)}.get(rule, ())
            yield Found(function, rule, actor, (one.cue_span,), one.cue_start)


_CUES = {
    "accusing": ("judgement", "accuses"),
    "denying": ("judgement", "dismisses"),
    "directive": ("remedy", "demands"),
    "commissive": ("remedy", "offers_or_promises"),
    "warning": ("problem", "warns"),
}
"""Class of a cue -> the function of its statement, and the rule."""


def _tokens(words: Words, span: Span | None) -> tuple[Token, ...]:
    return tuple(token for token in words if span[0] <= token.idx < span[1]) if span is not None else ()


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
        places = tuple(characters(*told))
        yield Found("problem", "bad_thing", (), places, told[0].idx)


def _of_declines(words: Words) -> Iterator[Found]:
    """Something good gets less: "the security is deteriorating"."""
    for token in words:
        subject = syntax.child(token, "nsubj") if token.lemma_.lower() in word_list("declining") else None
        if subject is not None and valences("thing").get(subject.lemma_.lower(), 0) > 0:
            places = tuple(characters(subject, token))
            yield Found("problem", "good_declines", tuple(subject.subtree), places, token.idx)


def _is_absent(token: Token) -> bool:
    near = (token, *token.children, token.head, *token.head.children)
    return any(word.lower_ in _NO_BAD for word in near if word.i < token.i)


def _of_duties(words: Words, story: Story) -> Iterator[Found]:
    """Somebody must, should or needs to act: "the government needs to move faster"."""
    for token in words:
        verb = token.head if token.dep_ == "aux" else token
        subject = syntax.child(verb, "nsubj", "nsubjpass")
        needs = token.lemma_.lower() != "need" or syntax.child(token, "xcomp") is not None
        if token.lemma_.lower() in word_list("duty") and needs and subject is not None and not syntax.has_not(verb):
            actor = tuple(syntax.noun_phrase(subject))
            if story.people.among(actor):
                yield Found("remedy", "has_to_act", actor, tuple(characters(token)), token.idx)


def _function(story: Story, actor: Actor | None, passage: int, one: Found, voice: Voice) -> Function:
    return Function(
        article_id=story.parsed.article_id,
        function=one.function,
        actor_id=actor.actor_id if actor is not None else None,
        actor=actor.name if actor is not None else None,
        camp=actor.camp if actor is not None else None,
        passage_id=passage,
        evidence=one.evidence,
        evidence_text=spans.words(story.parsed.text, one.evidence),
        method=one.rule,
        **vars(voice),
    )
