"""Where an actor may be named, described or meant: candidates for mentions, one per phrase, before linking."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from analysis.language import syntax
from analysis.language.document import Parsed
from analysis.language.known import knowledge_of
from analysis.mentions.bodies import describe, find_described, find_entities, find_listed, group_noun
from analysis.mentions.candidates import Candidate
from analysis.mentions.persons import Known, find_known, find_persons
from analysis.statements.attribution import Attribution

_PERSON_PRONOUNS = {
    "he": "male",
    "him": "male",
    "his": "male",
    "himself": "male",
    "she": "female",
    "her": "female",
    "hers": "female",
    "herself": "female",
}
FIRST_PERSON = ("i", "me", "my", "myself")
DOUBLE = 2
"""How a character inside double quotation marks is marked (:attr:`Parsed.quoted`)."""
_THEY = ("they", "them", "their", "theirs", "themselves")
_IT = ("it", "its", "itself")


def find_candidates(parsed: Parsed) -> list[Candidate]:
    """All candidates in the segments that are read, in order, none overlapping.

    Longer phrases win over the names inside them, so that "Iranian officials" is one group and not also Iran.
    """
    found: list[Candidate] = []
    taken: set[int] = set()
    stretches = [one.words for one in parsed.stretches]
    entities = _by_stretch(parsed.entities, stretches)
    known = find_known(parsed)
    for finder in (find_persons, find_described, find_listed, find_entities, find_pronouns):
        for stretch, named in zip(stretches, entities, strict=True):
            for one in finder(stretch, named, known):
                if not taken.intersection(range(one.start, one.end)):
                    taken.update(range(one.start, one.end))
                    found.append(one)
    found += _quoted_selves(parsed, taken)
    return sorted(found, key=lambda one: one.start)


def _quoted_selves(parsed: Parsed, taken: set[int]) -> Iterator[Candidate]:
    """The first person in quotations, where it is whoever is quoted: "*My* plan," Lund said."""
    for stretch in parsed.stretches:
        for token in stretch.words:
            if token.lower_ in FIRST_PERSON and parsed.quoted[token.idx] == DOUBLE and token.i not in taken:
                yield Candidate(token.i, token.i + 1, token, "person", "pronoun")


def _by_stretch(entities: Sequence[Span], stretches: Sequence[Span]) -> list[list[Span]]:
    """The entities that lie wholly in each stretch."""
    starts = [one.start for one in entities]
    parts = (entities[bisect_left(starts, one.start) : bisect_left(starts, one.end)] for one in stretches)
    return [[one for one in part if one.end <= stretch.end] for part, stretch in zip(parts, stretches, strict=True)]


def find_pronouns(stretch: Span, named: list[Span], known: Known) -> Iterator[Candidate]:
    """Third-person pronouns; those of the first and second person belong to quotations."""
    for token in stretch:
        word = token.lower_
        if token.pos_ not in ("PRON", "DET"):
            continue
        if word in _PERSON_PRONOUNS:
            gender = _PERSON_PRONOUNS[word]
            yield Candidate(token.i, token.i + 1, token, "person", "pronoun", gender=gender)
        elif word in _THEY:
            yield Candidate(token.i, token.i + 1, token, "group", "pronoun")
        elif word in _IT:
            yield Candidate(token.i, token.i + 1, token, "organisation", "pronoun")


_NOBODY = ("we", "us", "our", "you", "your")


def find_sources(attributions: Sequence[Attribution], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Sources that no finder mentions: "a witness", "the poll", "Tompkins" where the model sees no name, "who"."""
    taken = {i for one in candidates for i in range(one.start, one.end)}
    heads = {a.source_head.i: a.source_head for a in attributions if a.source_head is not None}
    found: list[Candidate] = []
    for head in (heads[i] for i in sorted(heads)):
        for one in _source(head):
            if one.head.i not in taken:
                whole = not taken.intersection(range(one.start, one.end))
                found.append(one if whole else _narrow(one))
                taken.update(range(found[-1].start, found[-1].end))
    return found


def _source(head: Token) -> Iterator[Candidate]:
    """A source that is no name or noun of the lists, and the noun that a relative pronoun stands for."""
    if head.lower_ in FIRST_PERSON:
        yield Candidate(head.i, head.i + 1, head, "person", "pronoun")
    elif head.tag_ in ("WP", "WDT", "WP$") or (head.lower_ == "that" and head.dep_ in syntax.SUBJECTS):
        noun = relative_noun(head)
        if noun is not None:
            yield describe(noun)
        yield Candidate(head.i, head.i + 1, head, "relative", "pronoun")
    elif head.lower_ not in _NOBODY and not head.is_punct:
        yield describe(head)


def _narrow(one: Candidate) -> Candidate:
    """The candidate reduced to its head, where the words before it belong to another mention."""
    return replace(one, start=one.head.i, end=one.head.i + 1)


def relative_noun(pronoun: Token) -> Token | None:
    """The noun that a relative pronoun stands for: "*listeners* who said", "*candidates* in close races who said"."""
    before = pronoun.i - 1
    while before > pronoun.sent.start and pronoun.doc[before].is_punct:
        before -= 1
    nouns = [pronoun.doc[max(before, 0)], *(token.head for token in pronoun.ancestors if token.dep_ == "relcl")]
    while nouns[-1].dep_ == "pobj" and nouns[-1].head.head.pos_ in ("NOUN", "PROPN"):
        nouns.append(nouns[-1].head.head)
    nouns = [token for token in nouns if token.pos_ in ("NOUN", "PROPN", "PRON") and token.i < pronoun.i]
    fitting = [token for token in nouns if _is_somebody(token)] if pronoun.lower_ != "which" else nouns
    return next(iter(fitting or nouns), None)


_AGENTS = ("er", "or", "ist", "ian", "ee")
"""Endings of nouns for people: "listener", "donor"."""


def _is_somebody(noun: Token) -> bool:
    known = group_noun(noun)
    person = known.singular != "document" if known is not None else noun.lemma_.endswith(_AGENTS)
    named = noun.pos_ != "NOUN" and noun.ent_type_ in ("", "PERSON", "NORP", "ORG", "GPE")
    return person or named or bool(knowledge_of(noun).offices_in([noun.lemma_]))
