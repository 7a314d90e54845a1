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

from analysis import codebook
from analysis.codebook import word_list
from analysis.language import syntax

ACT_COLUMNS = ("lemma", "pos", "act_class", "prepositions", "source", "note")
VALENCE_COLUMNS = ("lemma", "kind", "valence", "source", "note")

_JOINED = ("of", "including", "like")
"""Prepositions that keep a noun phrase together; behind all others begins something else."""
_NEGATIONS = ("no", "not", "n't", "never", "without", "neither", "nor", "hardly")


@dataclass(frozen=True)
class Act:
    """A predicate, its classes, and the words of those who do it and of what it is done to.

    `agents` and `patients` are the tokens of the noun phrases, without places: "the presence of US bases |in
    Afghanistan|". `valence` is that of the thing it is done to, not of what only tells which ("a *crime* unit"): -1
    bad, +1 good, 0 neither. `asserted` is
    False in a relative clause, which only says in passing what everybody is supposed to know.
    """

    predicate: Token
    classes: frozenset[str]
    agents: tuple[Token, ...]
    patients: tuple[Token, ...]
    valence: int
    thing: Token | None
    negated: bool
    asserted: bool

    @property
    def evidence(self) -> list[tuple[int, int]]:
        """The characters of the predicate and of the thing that gives it its value."""
        words = [self.predicate, *([self.thing] if self.thing is not None else [])]
        return sorted((word.idx, word.idx + len(word)) for word in words)


@cache
def predicates() -> dict[tuple[str, str], tuple[frozenset[str], frozenset[str]]]:
    """(lemma, "verb" or "noun") -> its classes, and the prepositions that its object comes with."""
    table: dict[tuple[str, str], tuple[frozenset[str], frozenset[str]]] = {}
    for row in codebook.read_csv("acts.csv", ACT_COLUMNS):
        classes, prepositions = table.get((row["lemma"], row["pos"]), (frozenset(), frozenset()))
        named = frozenset(codebook.alternatives(row["prepositions"]))
        table[row["lemma"], row["pos"]] = (classes | {row["act_class"]}, prepositions | named)
    return table


@cache
def valences(kind: str) -> dict[str, int]:
    """Lemma -> -1 or +1, of "thing" (terrorism, peace) or "label" (aggressor, hero)."""
    rows = codebook.read_csv("valence.csv", VALENCE_COLUMNS)
    return {row["lemma"]: int(row["valence"]) for row in rows if row["kind"] == kind}


def lemma_of(token: Token) -> str:
    """The lemma; where the parser takes "raped" for a form of "rap", the predicate of which it is the regular past."""
    word = token.lower_
    return word[:-1] if word.endswith("ed") and (word[:-1], "verb") in predicates() else token.lemma_.lower()


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
    return Act(token, classes, agents, patients, valence, thing, is_negated(token), asserted)


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


def is_negated(token: Token) -> bool:
    """Whether the text says that it is not so: "did not attack", "refused to help", "no attack", "is not an attack"."""
    if any(child.dep_ == "neg" or child.lower_ in _NEGATIONS for child in token.children):
        return True
    above = token.head
    if token.dep_ == "xcomp" and above.lemma_.lower() in word_list("refusing"):
        return True
    if above.lower_ == "without":
        return True
    joined = token.dep_ in ("xcomp", "pcomp", "conj") and above.pos_ in ("VERB", "AUX", "ADP")
    called = token.dep_ in ("attr", "acomp") and above.lemma_ == "be"
    return (joined or called) and syntax.has_not(above)
