"""Stance: the position that the speaker of a statement takes toward each actor that the statement concerns.

-1 against, 0 neither, +1 for. It is directed and it is not tone: "Iran is ready to help Afghanistan fight
terrorism" is full of dark words and favourable to Afghanistan (Bestvater and Monroe 2023). Named rules decide, in
the order of :data:`RULES`; the name of the first that does is the `method` of the row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pandas as pd
from spacy.tokens import Span as Words
from spacy.tokens import Token

from analysis import schema, spans, syntax
from analysis.acts import Act, acts_in, bad_actors, predicates, valences
from analysis.parsing import Parsed
from analysis.spans import Span

Verdict = tuple[int, list[Span]]
"""A stance and the characters of the words that decided."""

HARM, HELP = frozenset({"harm", "deceive"}), frozenset({"aid", "cooperate"})


@dataclass(frozen=True)
class Actor:
    """What the rules need to know of an actor: its id, name and camp, and whether the text calls it bad."""

    actor_id: str
    name: str
    camp: str | None
    bad: bool = False


@dataclass(frozen=True)
class Statement:
    """One statement as the rules see it: its row, its words in the parse, its speaker, its acts."""

    row: pd.Series
    words: tuple[Token, ...]
    cue: Token | None
    speaker: Actor
    acts: tuple[Act, ...]
    places: dict[int, Actor]

    def actor_of(self, tokens: Iterable[Token]) -> set[str]:
        """The ids of the actors mentioned among the tokens; "we" is the speaker."""
        tokens = list(tokens)
        ids = {self.places[t.i].actor_id for t in tokens if t.i in self.places}
        return ids | (
            {self.speaker.actor_id} if any(t.lower_ in _WE and t.tag_ in ("PRP", "PRP$") for t in tokens) else set()
        )

    def own(self, tokens: Iterable[Token]) -> bool:
        """Whether the tokens name the speaker or its own camp."""
        tokens = list(tokens)
        camps = {self.places[t.i].camp for t in tokens if t.i in self.places} - {None}
        return self.speaker.actor_id in self.actor_of(tokens) or self.speaker.camp in camps


_WE = ("i", "we", "us", "our", "ours", "my", "me")


@dataclass(frozen=True)
class Target:
    """An actor that the statement concerns and the tokens that mention it there."""

    actor: Actor
    tokens: tuple[Token, ...]


def score_stance(
    parsed: Parsed, statements: pd.DataFrame, actors: pd.DataFrame, mentions: pd.DataFrame
) -> pd.DataFrame:
    """The stances of an article, as the table "stances": one row per statement and actor it concerns.

    Targets are the actors mentioned in the content, those that the act of reporting is done to ("urged *the US*"),
    and for the rejection of an accusation those who made it. The speaker is no target of his own statement, his
    state may be. Statements without a resolved speaker and repetitions of a headline have no rows; the stance of
    the writer is not scored. `probability` and `confidence` are missing: rules give none, and their agreement with
    human coding has not been measured. A target about which no rule decides has stance 0 and method "no_rule".
    """
    known = _known_actors(actors)
    places = _places(parsed, mentions, known)
    rows: list[dict[str, object]] = []
    for row in statements[statements.repeats.isna() & statements.speaker_id.notna()].itertuples(index=False):
        statement = _statement(parsed, row, known, places)
        for target in _targets(statement, statements):
            rows.append(_row(parsed, statement, target.actor, *_judge(statement, target)))
        for accuser, verdict in _rejects_accusation(statement, rows):
            rows.append(_row(parsed, statement, known[accuser], "rejects_accusation", verdict))
    return schema.tabulate("stances", rows)


# --- what the rules read -----------------------------------------------------------------------------------------


def _known_actors(actors: pd.DataFrame) -> dict[str, Actor]:
    bad = bad_actors(actors)
    return {
        row.actor_id: Actor(row.actor_id, row.name, None if pd.isna(row.camp) else row.camp, row.actor_id in bad)
        for row in actors.itertuples(index=False)
    }


def _places(parsed: Parsed, mentions: pd.DataFrame, known: dict[str, Actor]) -> dict[int, Actor]:
    """Token -> the actor mentioned there."""
    places: dict[int, Actor] = {}
    for row in mentions[mentions.actor_id.notna()].itertuples(index=False):
        for token in parsed.doc.char_span(row.start, row.end, alignment_mode="expand"):
            places[token.i] = known[row.actor_id]
    return places


def _statement(parsed: Parsed, row, known: dict[str, Actor], places: dict[int, Actor]) -> Statement:
    pieces = [parsed.doc.char_span(*piece, alignment_mode="expand") for piece in spans.read(row.content_spans)]
    words = tuple(token for piece in pieces for token in piece)
    cue = None if pd.isna(row.cue_start) else parsed.doc.char_span(row.cue_start, row.cue_end, alignment_mode="expand")
    acts = tuple(act for piece in pieces for act in acts_in(piece))
    return Statement(row, words, _main(cue, row), known[row.speaker_id], acts, places)


def _main(cue: Words | None, row) -> Token | None:
    return next((t for t in cue if t.lemma_.lower() == row.cue_lemma), None) if cue is not None else None


def _targets(statement: Statement, statements: pd.DataFrame) -> Iterator[Target]:
    """The actors in the content, without those in statements nested in it, then the addressee of an act."""
    nested = statements[statements.inside == statement.row.statement_id].content_spans
    inner = [piece for cell in nested for piece in spans.read(cell)]
    found: dict[str, list[Token]] = {}
    for token in statement.words:
        actor = statement.places.get(token.i)
        if actor is not None and not spans.within((token.idx, token.idx + len(token)), inner):
            found.setdefault(actor.actor_id, []).append(token)
    listener = statement.row.addressee_id
    if statement.row.cue_class in _ACTS_ON_SOMEBODY and not pd.isna(listener) and statement.cue is not None:
        around = [t for t in statement.cue.sent if (a := statement.places.get(t.i)) and a.actor_id == listener]
        found.setdefault(listener, around[:1])
    for actor_id, tokens in found.items():
        if actor_id != statement.speaker.actor_id and tokens:
            yield Target(statement.places[tokens[0].i], tuple(tokens))


_ACTS_ON_SOMEBODY = ("accusing", "denying", "directive", "commissive", "evaluative")


# --- the rules, in their order ------------------------------------------------------------------------------------


def reporting_act(statement: Statement, target: Target) -> Verdict | None:
    """The act of reporting is done to the target: "accuse *Iran* of", "praised *the troops*", "threatened *us*"."""
    cue = statement.cue
    if cue is None or not cue.tag_.startswith("VB"):
        return None
    objects = {t.i for child in syntax.children(cue, "dobj", "dative") for t in syntax.noun_phrase(child)}
    if not any(token.i in objects for token in target.tokens):
        return None
    classes = predicates().get((cue.lemma_.lower(), "verb"), (frozenset(), None))[0]
    against = statement.row.cue_class == "accusing" or classes & {"judge_against", "harm"}
    sign = -1 if against and "judge_for" not in classes else 1 if classes & {"judge_for", "aid"} else 0
    return (sign, _evidence(cue)) if sign else None


def own_act(statement: Statement, target: Target) -> Verdict | None:
    """What the speaker or its side does or offers: "offered to help *Afghanistan*", "we will fight *them*"."""
    for act in statement.acts:
        done_to = target.actor.actor_id in statement.actor_of(act.patients)
        if not done_to or target.actor.camp == statement.speaker.camp or not _by_own_side(statement, act):
            continue
        if act.classes & HELP or (act.classes & {"combat"} and act.valence < 0):
            return _flipped(1, act, statement)
        if act.classes & (HARM | {"combat"}):
            return _flipped(-1, act, statement)
    return None


def judged_by_own_side(statement: Statement, target: Target) -> Verdict | None:
    """A judgement that the speaker or its side passes: "Iran condemns *the US*", "we welcome *Turkey*"."""
    for act in statement.acts:
        if target.actor.actor_id not in statement.actor_of(act.patients) or not _by_own_side(statement, act):
            continue
        if act.classes & {"judge_for", "judge_against"}:
            return _flipped(1 if "judge_for" in act.classes else -1, act, statement)
    return None


def agent_of_bad(statement: Statement, target: Target) -> Verdict | None:
    """The target does harm, causes what is bad, deceives, or helps the bad: "*US bases* fuel insecurity"."""
    for act in _acts_of(statement, target):
        helps_bad = act.classes & {"aid", "arm"} and _bad_patient(statement, act)
        harms = act.classes & HARM and act.valence >= 0 and not _bad_patient(statement, act)
        fights_good = act.classes & {"combat"} and act.valence > 0
        if helps_bad or harms or fights_good or (act.classes & {"cause"} and act.valence < 0):
            return _flipped(-1, act, statement)
    return None


def agent_of_good(statement: Statement, target: Target) -> Verdict | None:
    """The target helps, or fights or eases what is bad: "*Iran* is ready to help Afghanistan"."""
    for act in _acts_of(statement, target):
        helps = act.classes & HELP and act.asserted and not _bad_patient(statement, act) and act.valence >= 0
        eases = act.classes & {"combat"} and (act.valence < 0 or _bad_patient(statement, act))
        if helps or eases or (act.classes & {"cause"} and act.valence > 0):
            return _flipped(1, act, statement)
    return None


def label(statement: Statement, target: Target) -> Verdict | None:
    """The target is called something: "*the terrorists*", "the *oppressed people*", "*Daesh* and other terrorists"."""
    for token in (*target.tokens, *_described_with(target)):
        value = valences("label").get(token.lemma_.lower(), 0)
        if value:
            return value, _evidence(token)
    return None


RULES: tuple[Callable[[Statement, Target], Verdict | None], ...] = (
    reporting_act,
    own_act,
    judged_by_own_side,
    agent_of_bad,
    agent_of_good,
    label,
)
"""In this order; the first that decides names the row."""


def _judge(statement: Statement, target: Target) -> tuple[str, Verdict]:
    for rule in RULES:
        verdict = rule(statement, target)
        if verdict is not None:
            return rule.__name__, verdict
    return "no_rule", (0, _evidence(*target.tokens))


def _rejects_accusation(statement: Statement, rows: list[dict[str, object]]) -> Iterator[tuple[str, Verdict]]:
    """ "The US has dismissed *the allegations*": against everybody who spoke against the speaker's side before.

    In the singular ("the claim") only against the last one.
    """
    noun = next((t for t in statement.words if t.lemma_.lower() in _ACCUSATIONS), None)
    if statement.row.cue_class != "denying" or noun is None or statement.cue is None:
        return
    done = {row["target_id"] for row in rows if row["statement_id"] == statement.row.statement_id}
    accusers = [
        row["source_id"]
        for row in rows
        if row["stance"] == -1
        and row["statement_id"] < statement.row.statement_id
        and row["source_id"] not in {*done, statement.speaker.actor_id}
        and (row["target_id"] == statement.speaker.actor_id or row["target_camp"] == (statement.speaker.camp or ""))
    ]
    chosen = accusers if noun.tag_ == "NNS" else accusers[-1:]
    for accuser in dict.fromkeys(chosen):
        yield accuser, (-1, _evidence(statement.cue, noun))


_ACCUSATIONS = (
    "allegation",
    "accusation",
    "charge",
    "claim",
    "criticism",
    "report",
    "suggestion",
    "remark",
    "statement",
)


# --- helpers of the rules -----------------------------------------------------------------------------------------


def _acts_of(statement: Statement, target: Target) -> Iterator[Act]:
    """The acts that the target does, with what is said not to be so left out under a denying cue."""
    for act in statement.acts:
        if target.actor.actor_id in statement.actor_of(act.agents):
            yield act


def _by_own_side(statement: Statement, act: Act) -> bool:
    """Whether the speaker's side does it; an infinitive without subject is the speaker's: "offered *to help*"."""
    if act.agents and statement.own(act.agents):
        return True
    offered = statement.row.method == "verb_infinitive" and statement.row.cue_class == "commissive"
    return offered and not act.agents


def _bad_patient(statement: Statement, act: Act) -> bool:
    """Whether it is done to somebody whom the text calls bad, or by a bad name: "supporting the militants"."""
    actors = {a.actor_id: a for a in statement.places.values()}
    named = any(actors[i].bad for i in statement.actor_of(act.patients) if i in actors)
    return named or any(valences("label").get(token.lemma_.lower(), 0) < 0 for token in act.patients)


def _flipped(sign: int, act: Act, statement: Statement) -> Verdict:
    """The sign of an act, turned round where the text says that it is refused, 0 where it is denied."""
    refused = not pd.isna(statement.row.cue_lemma) and statement.row.cue_lemma in ("refuse", "decline")
    if act.negated or statement.row.cue_class == "denying":
        sign = 0
    return (-sign if refused else sign), act.evidence


def _described_with(target: Target) -> Iterator[Token]:
    """Words that name or describe the target beside its mention: "X is *a liar*", "X and other *terrorists*"."""
    for token in target.tokens:
        yield from (inner for inner in token.children if inner.dep_ in ("amod", "appos", "compound"))
        for other in syntax.children(token, "conj"):
            if any(word.lower_ == "other" for word in other.children):
                yield from other.subtree
        verb = token.head
        if token.dep_ in syntax.SUBJECTS and verb.lemma_ == "be" and syntax.child(verb, "neg") is None:
            yield from (word for inner in syntax.children(verb, "attr", "acomp") for word in (inner, *inner.lefts))
        if token.dep_ == "dobj":
            yield from syntax.children(verb, "oprd")


def _evidence(*tokens: Token) -> list[Span]:
    return spans.merge((token.idx, token.idx + len(token)) for token in tokens)


def _row(parsed: Parsed, statement: Statement, target: Actor, rule: str, verdict: Verdict) -> dict[str, object]:
    stance, evidence = verdict
    return {
        "article_id": parsed.article.article_id,
        "statement_id": statement.row.statement_id,
        "source_id": statement.speaker.actor_id,
        "source": statement.speaker.name,
        "source_camp": statement.speaker.camp,
        "target_id": target.actor_id,
        "target": target.name,
        "target_camp": target.camp,
        "stance": stance,
        "evidence": spans.write(evidence),
        "evidence_text": spans.words(parsed.article.text, evidence),
        "method": rule,
    }
