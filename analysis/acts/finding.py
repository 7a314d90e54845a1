"""Acts: who does what to whom, read off the parse with a lexicon of predicates.

An act is a predicate ("attack", "help", "pretext") with those who do it and those to whom it is done. The
classes are data (``codebook/acts.csv``), after the verb classes of CAMEO (Schrodt 2012) and the connotation
frames of Rashkin, Singh and Choi (2016): one word may stand in several, what it is done to decides. Whether a
thing is good or bad is data too (``codebook/valence.csv``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from analysis.acts.factuality import DENIED, factuality
from analysis.acts.lexicon import lemma_of, predicates, valences
from analysis.language import syntax

_JOINED = ("of", "including", "like")
"""Prepositions that keep a noun phrase together; behind all others begins something else."""


@dataclass(frozen=True)
class Act:
    """A predicate, its classes, and the words of those who do it and of what it is done to.

    `agents` and `patients` are the tokens of the noun phrases, without places: "the presence of US bases |in
    Afghanistan|". `valence` is that of the thing it is done to, not of what only tells which ("a *crime* unit"): -1
    bad, +1 good, 0 neither. `asserted` is
    False in a relative clause, which only says in passing what everybody is supposed to know; `factuality` is that of
    :func:`analysis.acts.factuality.factuality`.
    """

    predicate: Token
    classes: frozenset[str]
    agents: tuple[Token, ...]
    patients: tuple[Token, ...]
    valence: int
    thing: Token | None
    asserted: bool
    factuality: str

    @property
    def denied(self) -> bool:
        """Whether the text says that it was not done."""
        return self.factuality == DENIED

    @property
    def evidence(self) -> list[tuple[int, int]]:
        """The characters of the predicate and of the thing that gives it its value."""
        words = [self.predicate, *([self.thing] if self.thing is not None else [])]
        return sorted((word.idx, word.idx + len(word)) for word in words)


@cache
def _lemmas() -> frozenset[str]:
    return frozenset(lemma for lemma, _ in predicates())


def act_of(token: Token) -> Act | None:
    """The act whose predicate a token is; None if it is none."""
    if lemma_of(token) not in _lemmas():
        return None
    pos = "verb" if token.tag_.startswith("VB") else "noun" if token.pos_ in ("NOUN", "PROPN") else ""
    known = predicates().get((lemma_of(token), pos))
    if known is None or (pos == "verb" and token.dep_ in ("amod", "compound")):
        return None
    classes, prepositions = known
    agents = _region(_agent(token)) if pos == "verb" else _noun_agent(token)
    patients = _verb_patient(token, prepositions) if pos == "verb" else _noun_patient(token, prepositions)
    valence, thing = _valence(patients)
    asserted = not any(word.dep_ in ("relcl",) for word in (token, *_clause_heads(token)))
    return Act(token, classes, agents, patients, valence, thing, asserted, factuality(token))


def _clause_heads(token: Token) -> Iterator[Token]:
    """The verbs above a word up to the clause that it belongs to."""
    for above in token.ancestors:
        yield above
        if above.dep_ in ("ccomp", "ROOT", "relcl"):
            return


def _agent(verb: Token) -> Token | None:
    """Who does it: the object where a verb above hands it on ("accuse *Iran* of supporting"), else the subject."""
    above = verb.head.head if verb.dep_ == "pcomp" else verb.head if verb.dep_ in ("xcomp", "ccomp") else None
    own = syntax.child(verb, *syntax.SUBJECTS, *syntax.PASSIVE_SUBJECTS)
    handed = syntax.child(above, "dobj") if above is not None and own is None and above.tag_.startswith("VB") else None
    if handed is not None and handed.i < verb.i and above.lemma_ not in ("promise", "do", "make"):
        return handed
    return syntax.subject(verb)


def _region(head: Token | None) -> tuple[Token, ...]:
    """The words of a noun phrase that share in its part: not those of its places and relative clauses."""
    if head is None:
        return ()
    cut = [
        inner
        for inner in head.subtree
        if inner.i != head.i
        and (inner.dep_ in ("relcl", "acl", "advcl") or (inner.dep_ == "prep" and inner.lower_ not in _JOINED))
    ]
    return tuple(syntax.subtree(head, without=cut))


def _verb_patient(verb: Token, prepositions: frozenset[str]) -> tuple[Token, ...]:
    """What it is done to: the object, the passive subject, the noun of "conspire against ..."."""
    passive = syntax.child(verb, *syntax.PASSIVE_SUBJECTS)
    if passive is not None:
        return _region(passive if passive.tag_ not in ("WDT", "WP") else verb.head)
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return _region(verb.head)
    heads = list(syntax.children(verb, "dobj", "dative"))
    for preposition in syntax.children(verb, "prep"):
        if preposition.lower_ in prepositions:
            heads += syntax.children(preposition, "pobj")
    return tuple(word for head in heads for word in _region(head))


def _noun_agent(noun: Token) -> tuple[Token, ...]:
    """Who does what a noun says: "US attacks", "Iran's support", "hatched by outsiders"; of "under the pretext
    of" the subject of the verb."""
    for preposition in syntax.children(noun, "prep", "agent"):
        if preposition.lower_ == "by":
            return _region(syntax.child(preposition, "pobj"))
    for participle in syntax.children(noun, "acl"):
        agent = syntax.subject(participle)
        if participle.tag_ == "VBN" and agent is not None:
            return _region(agent)
    under = noun.head
    if (
        under.dep_ == "prep"
        and under.lower_ in predicates()[noun.lemma_.lower(), "noun"][1]
        and under.head.pos_ == "VERB"
    ):
        return _region(syntax.subject(under.head))
    return tuple(w for inner in syntax.children(noun, "poss", "compound", "amod", "nmod") for w in inner.subtree)


def _noun_patient(noun: Token, prepositions: frozenset[str]) -> tuple[Token, ...]:
    found: list[Token] = []
    holders = [noun, *syntax.children(noun, "acl")]
    for holder in holders:
        for preposition in syntax.children(holder, "prep", "dative"):
            if preposition.lower_ in prepositions:
                found += (word for head in syntax.children(preposition, "pobj") for word in _region(head))
    return tuple(found)


def _valence(patients: tuple[Token, ...]) -> tuple[int, Token | None]:
    """Whether a good or a bad thing is among the words, and which; no word that only tells which other thing."""
    things = (word for word in patients if word.dep_ not in ("compound", "amod", "nmod"))
    for word in sorted(things, key=lambda word: (word.dep_ == "poss", word.i)):
        value = valences("thing").get(word.lemma_.lower(), 0)
        if value:
            return value, word
    return 0, None
