"""Unattributed claims: accusations, evaluations and causes that a text asserts with nobody credited.

Ordered, named rules over the parse; their words stand in ``codebook/claims.csv`` (evaluations after Martin and White
2005) and in the lexicon of acts. They look at the writer's own words only, and are narrow on purpose: what happened
("Norway attacked Denmark") is a report and no such claim.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Span as Words
from spacy.tokens import Token

from analysis import codebook
from analysis.acts.finding import Act
from analysis.codebook import word_list
from analysis.codebook.rules import Rule
from analysis.language import syntax
from analysis.language.terms import kind_fits, readings_of

RULES_OF_FILE = ("passive", "noun", "judging", "label", "attribute")


@dataclass(frozen=True)
class ClaimWord:
    """One row of ``claims.csv``: a word, the rule that looks for it, and what kind of claim it makes."""

    term: str
    rule: str
    term_class: str
    pos: tuple[str, ...]
    source: str
    note: str


@dataclass(frozen=True)
class Claim:
    """A claim: the rule, its words, the word that names who it is about, and its kind."""

    rule: str
    words: tuple[Token, ...]
    about: Token | None
    term: str
    term_class: str


ClaimWords = Mapping[tuple[str, str], ClaimWord]


@cache
def load_claims(path: Path | None = None) -> ClaimWords:
    """(rule, word) -> the row, of the package's lexicon or an own file.

    Raises :class:`analysis.codebook.CodebookError` for a rule that there is not.
    """
    found = {}
    for line, row in enumerate(codebook.read_entries(ClaimWord, "claims.csv", path=path), codebook.FIRST_ROW):
        if row.rule not in RULES_OF_FILE:
            problem = f"'{row.rule}' is none of {', '.join(RULES_OF_FILE)}"
            raise codebook.CodebookError(path or "claims.csv", line, problem)
        found[row.rule, row.term] = row
    return found


def claims_in(sentence: Words, words: ClaimWords, actors: Collection[int], acts: Sequence[Act] = ()) -> Iterator[Claim]:
    """The claims of a sentence by the rules below, in order; `actors` are the tokens of mentions, `acts` its acts.

    A word counts once, for the first rule that takes it.
    """
    taken: set[int] = set()
    found = [rule.decide(sentence, words, actors) for rule in WORD_RULES]
    found += [rule.decide(acts, actors) for rule in ACT_RULES]
    for claims in found:
        for claim in claims:
            if taken.isdisjoint(token.i for token in claim.words):
                taken |= {token.i for token in claim.words}
                yield claim


def agentless_passive(sentence: Words, words: ClaimWords, _: Collection[int]) -> Iterator[Claim]:
    """ "The mayor *is accused* of theft", "*is widely seen* as weak", "it *is believed* that": by whom is not said."""
    for verb in sentence:
        row = _row(verb, "passive", words)
        if row is None or verb.tag_ != "VBN" or not _passive(verb) or not _complete(verb, row):
            continue
        if syntax.child(verb, "agent") is None and not syntax.has_not(verb):
            group = [t for t in syntax.verb_group(verb) if t.dep_ != "neg"]
            yield Claim("agentless_passive", tuple(group), _patient(verb), row.term, row.term_class)


def agentless_noun(sentence: Words, words: ClaimWords, _: Collection[int]) -> Iterator[Claim]:
    """ "amid *fears* that the dam will break", "*allegations* of fraud": whose is not said."""
    for noun in sentence:
        row = _row(noun, "noun", words)
        if row is None or noun.pos_ != "NOUN" or _owned(noun):
            continue
        if any(c.i > noun.i and _is_what(c, row) for c in noun.children):
            yield Claim("agentless_noun", (noun,), None, row.term, row.term_class)


def judging_adverb(sentence: Words, words: ClaimWords, actors: Collection[int]) -> Iterator[Claim]:
    """ "The minister *falsely* said", "*shamelessly* copied": a verdict on what an actor does."""
    for adverb in sentence:
        row = _row(adverb, "judging", words)
        if row is None or adverb.dep_ != "advmod" or adverb.head.pos_ != "VERB":
            continue
        who = syntax.subject(adverb.head) or syntax.child(adverb.head, *syntax.PASSIVE_SUBJECTS)
        if who is not None and who.i in actors:
            yield Claim("judging_adverb", (adverb,), who, row.term, row.term_class)


def label(sentence: Words, words: ClaimWords, actors: Collection[int]) -> Iterator[Claim]:
    """ "The mayor is *corrupt*", "the minister was *a liar*": said of an actor, or of what is an actor's."""
    for word in sentence:
        row = _row(word, "label", words)
        verb = word.head
        if row is None or word.dep_ not in ("attr", "acomp") or verb.lemma_ not in ("be", "prove", "remain", "look"):
            continue
        who = syntax.child(verb, "nsubj")
        about = next((t for t in who.subtree if t.i in actors), None) if who is not None else None
        if about is not None and not syntax.has_not(verb) and not _open(verb):
            yield Claim("label", (word,), about, row.term, row.term_class)


def attribute(sentence: Words, words: ClaimWords, _: Collection[int]) -> Iterator[Claim]:
    """ "the *disgraced* mayor", "a *controversial* law": put before the noun as if nobody disputed it."""
    for word in sentence:
        row = _row(word, "attribute", words)
        if row is not None and word.dep_ == "amod" and word.head.i > word.i:
            yield Claim("attribute", (word,), word.head, row.term, row.term_class)


def deceives(acts: Sequence[Act], actors: Collection[int]) -> Iterator[Claim]:
    """ "deployed its forces under the *pretext* of peace", "the minister *lied*": a motive or a lie as a fact."""
    for act in acts:
        who = next((t for t in act.agents if t.i in actors), None)
        if "deceive" in act.classes and not act.denied and who is not None and _is_deceit(act.predicate):
            yield Claim("deceives", (act.predicate,), who, act.predicate.lemma_.lower(), "accusation")


def causes_the_bad(acts: Sequence[Act], actors: Collection[int]) -> Iterator[Claim]:
    """ "The bases *fuel insecurity*": a bad thing and an actor, or what is an actor's, that brings it about."""
    for act in acts:
        who = next((t for t in act.agents if t.i in actors), None)
        sure = act.classes & {"cause"} and act.valence < 0 and not act.denied and act.thing is not None
        if (
            sure
            and who is not None
            and act.predicate.lemma_.lower() in word_list("causing_with_a_side")
            and not _open(act.predicate)
        ):
            words = tuple(sorted((act.predicate, act.thing), key=lambda token: token.i))
            yield Claim("causes_the_bad", words, who, act.predicate.lemma_.lower(), "cause")


WORD_RULES: tuple[Rule[Callable[[Words, ClaimWords, Collection[int]], Iterator[Claim]]], ...] = (
    Rule("agentless_passive", agentless_passive),
    Rule("agentless_noun", agentless_noun),
    Rule("judging_adverb", judging_adverb),
    Rule("label", label),
    Rule("attribute", attribute),
)
ACT_RULES: tuple[Rule[Callable[[Sequence[Act], Collection[int]], Iterator[Claim]]], ...] = (
    Rule("deceives", deceives),
    Rule("causes_the_bad", causes_the_bad),
)
"""In this order, those over words before those over acts; the first rule that takes a word keeps it."""

_OF_CONTENT = {"accusation": ("of", "against", "over", "about"), "belief": ("of", "about", "over")}


def _row(token: Token, rule: str, words: ClaimWords) -> ClaimWord | None:
    rows = (words.get((rule, reading)) for reading in sorted(readings_of(token)))
    return next((row for row in rows if row is not None and kind_fits(token, row.pos)), None)


def _passive(verb: Token) -> bool:
    """A passive with its auxiliary, or a participle behind a noun: "the man *accused* of theft"."""
    return syntax.child(verb, "auxpass") is not None or (verb.dep_ == "acl" and verb.i > verb.head.i)


def _complete(verb: Token, row: ClaimWord) -> bool:
    """Whether the claim follows: accused *of*, seen *as*, believed *to*, said *that*."""
    later = [c for c in verb.children if c.i > verb.i]
    prepositions = {c.lower_ for c in later if c.dep_ == "prep"}
    if row.term_class == "accusation":
        return bool(prepositions & {"of", "for", "as", "over"}) or any(c.dep_ == "xcomp" for c in later)
    clause = any(c.dep_ in ("xcomp", "ccomp", "oprd") for c in later)
    if row.term_class == "belief":
        return clause
    return "as" in prepositions or (row.term in ("consider", "deem") and clause)


def _patient(verb: Token) -> Token | None:
    own = syntax.child(verb, *syntax.PASSIVE_SUBJECTS)
    who = own if own is not None else verb.head if verb.dep_ == "acl" else None
    return verb.head.head if who is not None and who.lower_ in ("who", "which", "that") else who


def _owned(noun: Token) -> bool:
    """Whether the text says whose the belief or the accusation is: "*critics'* fears", "fears *among* voters"."""
    owners = ("poss", "compound", "nmod", "relcl")
    if any(c.dep_ in owners or c.lower_ in ("by", "from", "among", "in", "its", "their") for c in noun.children):
        return True
    verb = noun.head
    if noun.dep_ == "dobj":
        return True
    preposition = verb if verb.dep_ == "prep" else None
    return preposition is not None and preposition.lower_ not in ("amid", "amidst", "despite")


def _is_what(child: Token, row: ClaimWord) -> bool:
    if child.dep_ in ("acl", "ccomp") and any(
        c.dep_ == "mark" or c.tag_ in ("MD", "VBZ", "VBD") for c in child.children
    ):
        return True
    return child.dep_ == "prep" and child.lower_ in _OF_CONTENT.get(row.term_class, ())


def _open(verb: Token) -> bool:
    """Whether the clause asks, supposes or holds for possible: "if he is corrupt", "it may fuel hatred"."""
    clause = [verb, *verb.children]
    supposed = any(t.lower_ in ("if", "whether", "unless", "would", "could", "may", "might", "should") for t in clause)
    return supposed or verb.sent.text.rstrip("\"”'’ ").endswith("?")


def _is_deceit(predicate: Token) -> bool:
    return predicate.lemma_.lower() in word_list("deceit") and not _open(predicate)
