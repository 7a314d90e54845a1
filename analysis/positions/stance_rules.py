"""The named rules of stance: each looks at one statement and one target and decides, or leaves it to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from analysis.acts.factuality import holder_of
from analysis.acts.finding import Act
from analysis.acts.lexicon import predicates, valences
from analysis.acts.story import Story
from analysis.codebook import word_list
from analysis.codebook.rules import Rule
from analysis.language import syntax
from analysis.language.document import characters
from analysis.schema import spans
from analysis.schema.records import Actor, Statement
from analysis.schema.spans import Span

Verdict = tuple[int, list[Span]]
"""A stance and the characters of the words that decided."""

NO_RULE = "no_rule"
"""The method of a row about which no rule decided."""
ONLY_A_PLACE = "only_a_place"
HARM, HELP = frozenset({"harm", "deceive"}), frozenset({"aid", "cooperate"})


@dataclass(frozen=True)
class Case:
    """One statement as the rules see it: its words in the parse, its cue, its speaker, its acts."""

    statement: Statement
    words: tuple[Token, ...]
    cue: Token | None
    speaker: Actor
    acts: tuple[Act, ...]
    story: Story

    def actor_of(self, tokens: Iterable[Token]) -> set[str]:
        """The ids of the actors mentioned among the tokens; "we" is the speaker."""
        tokens, places = list(tokens), self.story.people.places
        ids = {places[t.i] for t in tokens if t.i in places}
        own = any(t.lower_ in _WE and t.tag_ in ("PRP", "PRP$") for t in tokens)
        return ids | ({self.speaker.actor_id} if own else set())

    def own(self, tokens: Iterable[Token]) -> bool:
        """Whether the tokens name the speaker or its own camp."""
        named = self.actor_of(tokens)
        camps = {self.story.people.by_id[one].camp for one in named} - {None}
        return self.speaker.actor_id in named or self.speaker.camp in camps


_WE = ("i", "we", "us", "our", "ours", "my", "me")


@dataclass(frozen=True)
class Target:
    """An actor that the statement concerns and the tokens that mention it there."""

    actor: Actor
    tokens: tuple[Token, ...]


def reporting_act(case: Case, target: Target) -> Verdict | None:
    """The act of reporting is done to the target: "accuse *Iran* of", "praised *the troops*", "lashed out at *us*"."""
    cue = case.cue
    if cue is None or not cue.tag_.startswith("VB"):
        return None
    classes, prepositions = predicates().get((cue.lemma_.lower(), "verb"), (frozenset(), frozenset()))
    if not any(token.i in _done_to(cue, prepositions) for token in target.tokens):
        return None
    against = case.statement.cue_class == "accusing" or classes & {"judge_against", "harm"}
    sign = -1 if against and "judge_for" not in classes else 1 if classes & {"judge_for", "aid"} else 0
    return (sign, evidence_of(cue)) if sign else None


def _done_to(cue: Token, prepositions: frozenset[str]) -> set[int]:
    """The words that the cue is done to: its object, or behind a preposition that the lexicon gives it."""
    heads = list(syntax.children(cue, "dobj", "dative"))
    for preposition in syntax.children(cue, "prep"):
        if preposition.lower_ in prepositions:
            heads += syntax.children(preposition, "pobj")
    return {token.i for head in heads for token in syntax.noun_phrase(head)}


def of_another(case: Case, target: Target) -> Verdict | None:
    """Somebody else passes the judgement on the target: "*Lund* had accused Norway", "the claim of *Lowe*"."""
    holders = [holder_of(head) for head in _heads(target)]
    if not holders or any(one is None or one not in case.words or _speaks_for(case, one) for one in holders):
        return None
    return 0, evidence_of(*holders)


def _speaks_for(case: Case, holder: Token) -> bool:
    """Whether a judgement of somebody is the speaker's: his own, or that of his state or body, not of a colleague."""
    named = [case.story.people.by_id[one] for one in case.actor_of([holder])]
    return case.speaker in named or any(one.kind != "person" and one.camp == case.speaker.camp for one in named)


def denied_act(case: Case, target: Target) -> Verdict | None:
    """The speaker denies what he or his side is said to have done: "Norway denied that its troops had fired at us"."""
    if case.cue is None or case.statement.cue_lemma not in word_list("denying"):
        return None
    clause = syntax.child(case.cue, "ccomp", "xcomp", "pcomp")
    doer = None if clause is None else syntax.subject(clause)
    ours = doer is not None and (doer == syntax.subject(case.cue) or case.own(doer.subtree) or _has_owner(doer))
    inside = clause is not None and all(clause in (token, *token.ancestors) for token in target.tokens)
    return (0, evidence_of(case.cue, clause)) if ours and inside else None


def _has_owner(noun: Token) -> bool:
    """Whether a noun is said to be somebody's: "*its* troops"."""
    return any(one.tag_ == "PRP$" for one in noun.children)


def own_act(case: Case, target: Target) -> Verdict | None:
    """What the speaker or its side does or offers: "offered to help *Afghanistan*", "we will fight *them*"."""
    for act in case.acts:
        done_to = target.actor.actor_id in case.actor_of(act.patients)
        if not done_to or target.actor.camp == case.speaker.camp or not _by_own_side(case, act):
            continue
        if act.classes & HELP or (act.classes & {"combat"} and act.valence < 0):
            return _flipped(1, act, case)
        if act.classes & (HARM | {"combat"}):
            return _flipped(-1, act, case)
    return None


def judged_by_own_side(case: Case, target: Target) -> Verdict | None:
    """A judgement that the speaker or its side passes: "Iran condemns *the US*", "we do not like *Turkey*"."""
    for act in case.acts:
        if target.actor.actor_id not in case.actor_of(act.patients) or not _by_own_side(case, act):
            continue
        if act.denied and "judge_for" in act.classes and case.statement.cue_class != "denying":
            return -1, act.evidence
        if act.classes & {"judge_for", "judge_against"}:
            return _flipped(1 if "judge_for" in act.classes else -1, act, case)
    return None


def agent_of_bad(case: Case, target: Target) -> Verdict | None:
    """The target does harm, causes what is bad, deceives, or helps the bad: "*US bases* fuel insecurity"."""
    for act in _acts_of(case, target):
        helps_bad = act.classes & {"aid", "arm"} and _bad_patient(case, act)
        harms = act.classes & HARM and act.valence >= 0 and not _bad_patient(case, act)
        fights_good = act.classes & {"combat"} and act.valence > 0
        if helps_bad or harms or fights_good or (act.classes & {"cause"} and act.valence < 0):
            return _flipped(-1, act, case)
    return None


def agent_of_good(case: Case, target: Target) -> Verdict | None:
    """The target helps, or fights or eases what is bad: "*Iran* is ready to help Afghanistan"."""
    for act in _acts_of(case, target):
        whom = bool(case.actor_of(act.patients)) or act.valence > 0
        helps = act.classes & HELP and whom and act.asserted and act.valence >= 0 and not _bad_patient(case, act)
        eases = act.classes & {"combat"} and (act.valence < 0 or _bad_patient(case, act))
        if helps or eases or (act.classes & {"cause"} and act.valence > 0):
            return _flipped(1, act, case)
    return None


def label(case: Case, target: Target) -> Verdict | None:
    """The target is called something: "*the terrorists*", "the *oppressed people*", "*Daesh* and other terrorists"."""
    for token in (*target.tokens, *_described_with(target)):
        value = valences("label").get(token.lemma_.lower(), 0)
        if value:
            return value, evidence_of(token)
    return None


def only_a_place(case: Case, target: Target) -> Verdict | None:
    """A state that is named only as the place where something happens: "the talks *in Norway*", but not "trust in".

    Or where something bad is brought: "moving the killers *to Norway*".
    """
    joined = (_first_of(token) for token in _heads(target))
    inside = [token.head for token in joined if token.dep_ == "pobj" and _is_place(token.head, case)]
    states = target.actor.camp == target.actor.name
    if not states or len(inside) < len(_heads(target)) or any(_is_trust(place) for place in inside):
        return None
    return 0, evidence_of(*inside, *_heads(target))


def _first_of(token: Token) -> Token:
    """The first of joined nouns, whose preposition counts for all: "in *Denmark* and Norway"."""
    while token.dep_ == "conj":
        token = token.head
    return token


def _is_place(preposition: Token, case: Case) -> bool:
    if preposition.lower_ in ("to", "into"):
        acts = (act for act in case.acts if act.predicate == preposition.head)
        return any(_bad_patient(case, act) for act in acts)
    return preposition.lower_ in _PLACED


_PLACED = ("in", "within", "inside", "across", "throughout")


def _is_trust(place: Token) -> bool:
    """Whether "in" belongs to "trust", which the parse may hang on the verb: "lost his *trust in* Norway"."""
    before = place.doc[place.i - 1] if place.i else place
    return place.head.lemma_.lower() in word_list("trust") or before.lemma_.lower() in word_list("trust")


def _heads(target: Target) -> list[Token]:
    """The last noun of each mention of the target: that of "the *country*"."""
    names = set(target.tokens)
    return [token for token in target.tokens if token.head not in names]


RULES: tuple[Rule[Callable[[Case, Target], Verdict | None]], ...] = (
    Rule("reporting_act", reporting_act),
    Rule("of_another", of_another),
    Rule("denied_act", denied_act),
    Rule("own_act", own_act),
    Rule("judged_by_own_side", judged_by_own_side),
    Rule("agent_of_bad", agent_of_bad),
    Rule("agent_of_good", agent_of_good),
    Rule("label", label),
    Rule(ONLY_A_PLACE, only_a_place),
)
"""In this order; the first that decides names the row."""


def judge(case: Case, target: Target) -> tuple[str, Verdict]:
    for rule in RULES:
        verdict = rule.decide(case, target)
        if verdict is not None:
            return rule.name, verdict
    return NO_RULE, (0, evidence_of(*target.tokens))


def _acts_of(case: Case, target: Target) -> Iterator[Act]:
    """The acts that the target does, with what is said not to be so left out under a denying cue."""
    for act in case.acts:
        if target.actor.actor_id in case.actor_of(act.agents):
            yield act


def _by_own_side(case: Case, act: Act) -> bool:
    """Whether the speaker's side does it; an infinitive without subject is the speaker's: "offered *to help*"."""
    if act.agents and case.own(act.agents):
        return True
    offered = case.statement.method == "verb_infinitive" and case.statement.cue_class == "commissive"
    return offered and not act.agents


def _bad_patient(case: Case, act: Act) -> bool:
    """Whether it is done to somebody whom the text calls bad, or by a bad name: "supporting the militants"."""
    called = any(valences("label").get(token.lemma_.lower(), 0) < 0 for token in act.patients)
    return called or bool(case.story.bad & case.actor_of(act.patients))


def _flipped(sign: int, act: Act, case: Case) -> Verdict:
    """The sign of an act, turned round where the text says that it is refused, 0 where it is denied."""
    if case.statement.cue_lemma in word_list("committing_to_nothing"):
        return -sign, act.evidence
    return (0 if act.denied or case.statement.cue_class == "denying" else sign), act.evidence


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


def evidence_of(*tokens: Token) -> list[Span]:
    return spans.merge(characters(*tokens))
