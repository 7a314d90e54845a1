"""Small questions to a dependency parse (the labels are those of spaCy's English models, ClearNLP style)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from analysis.language.known import knowledge_of
from analysis.schema.spans import Span

SUBJECTS = ("nsubj", "csubj", "expl")
PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
_PARTICLES = ("aux", "auxpass", "neg", "prt")
_TIME = ("DATE", "TIME")


def children(token: Token, *deps: str) -> Iterator[Token]:
    """The direct dependents of a token that carry one of the labels, in order."""
    return (child for child in token.children if child.dep_ in deps)


def child(token: Token, *deps: str) -> Token | None:
    """The first dependent with one of the labels, or None."""
    return next(children(token, *deps), None)


def subtree(token: Token, *, without: Iterable[Token] = ()) -> list[Token]:
    """The tokens below a token and itself, in order, without the subtrees of `without`."""
    cut = {inner.i for top in without for inner in top.subtree}
    return [inner for inner in token.subtree if inner.i not in cut]


def span_of(tokens: Iterable[Token]) -> Span | None:
    """The characters from the first to the last of the tokens; None if there are none."""
    tokens = list(tokens)
    return (tokens[0].idx, tokens[-1].idx + len(tokens[-1])) if tokens else None


def runs(tokens: Iterable[Token]) -> list[list[Token]]:
    """The tokens in stretches without a gap; white space does not make one."""
    stretches: list[list[Token]] = []
    for token in sorted(tokens, key=lambda token: token.i):
        last = stretches[-1][-1] if stretches else None
        if last is not None and all(token.doc[i].is_space for i in range(last.i + 1, token.i)):
            stretches[-1].append(token)
        else:
            stretches.append([token])
    return stretches


def is_time(token: Token) -> bool:
    """Whether a phrase tells when: "on Tuesday", "Tuesday", "in 2018"."""
    inner = child(token, "pobj") if token.dep_ == "prep" else token
    return inner is not None and inner.ent_type_ in _TIME


_LISTENERS = ("him", "her", "them", "me", "us", "you")


def is_addressee(token: Token) -> bool:
    """Whether an object, or the noun of "to ...", is somebody one can speak to."""
    if token.dep_ in ("prep", "dative") and token.pos_ == "ADP":
        inner = child(token, "pobj")
        return token.lower_ == "to" and inner is not None and is_addressee(inner)
    knowledge = knowledge_of(token)
    known = knowledge.group_of(token.lemma_.lower()) or knowledge.group_of(token.lower_)
    return bool(
        token.ent_type_ in ("PERSON", "ORG", "NORP", "GPE")
        or token.lower_ in _LISTENERS
        or (known and known.type != "document")
        or knowledge.offices_in([token.text])
    )


_PERSONS = ("i", "we", "he", "she", "they", "him", "her", "them", "us", "who")


def is_somebody(token: Token) -> bool:
    """Whether a noun or pronoun means a person, a state, a body or a group."""
    return token.lower_ in _PERSONS or (token.pos_ in ("NOUN", "PROPN", "PRON", "ADJ") and is_addressee(token))


def has_not(verb: Token) -> bool:
    """Whether a "not" or "never" hangs on the verb itself."""
    return child(verb, "neg") is not None


def noun_phrase(head: Token) -> list[Token]:
    """The tokens that name somebody: modifiers, titles, "of ..." and appositions, without relative clauses.

    Times that the parser hangs on the noun do not belong to it: "Iran's top commander | on Tuesday | said".
    """
    away = [
        inner
        for inner in head.subtree
        if inner.i > head.i
        and (
            (
                inner.dep_ in ("relcl", "acl", "advcl", "parataxis", "ccomp", "cc", "preconj", "conj", "dep")
                and not _joins_names(inner, head)
            )
            or (inner.dep_ in ("prep", "npadvmod", "nmod", "advmod") and is_time(inner))
        )
    ]
    tokens = subtree(head, without=away)
    while tokens and (tokens[-1].is_punct or tokens[-1].is_space):
        tokens.pop()
    while tokens and (tokens[0].is_space or (tokens[0].is_punct and tokens[0].text not in "$#@")):
        tokens.pop(0)
    return next((run for run in runs(tokens) if head in run), [head])


def _joins_names(token: Token, head: Token) -> bool:
    """Whether a conjunction belongs to the phrase: "Lavrov and Kerry said", "the Senate and House"."""
    if token.dep_ == "cc":
        return any(other.dep_ == "conj" and other.pos_ in ("NOUN", "PROPN", "PRON") for other in token.head.children)
    return token.dep_ == "conj" and token.pos_ in ("NOUN", "PROPN", "PRON")


def verb_group(verb: Token) -> list[Token]:
    """The verb with the auxiliaries, negation and particles that stand directly with it: "has not yet said"."""
    group = [verb]
    for i in range(verb.i - 1, verb.sent.start - 1, -1):
        token = verb.doc[i]
        if token.head == verb and token.dep_ in (*_PARTICLES, "advmod") and token.i < verb.i:
            group.insert(0, token)
        else:
            break
    while len(group) > 1 and group[0].dep_ == "advmod":
        group.pop(0)
    following = verb.doc[verb.i + 1] if verb.i + 1 < verb.sent.end else None
    if following is not None and following.head == verb and following.dep_ == "prt":
        group.append(following)
    return group


def subject(verb: Token) -> Token | None:
    """Who does what the verb says: its subject, or the one it shares with a verb above it.

    Shared: "X went on to *say*", "X said A and *warned* B", "X spoke, *adding* that ...", "a letter *saying*
    ...", "X, who *said* ..." (there the noun that the clause is about). In the passive the agent: "told by X".
    """
    seen = 0
    while seen < 6:
        seen += 1
        if child(verb, *PASSIVE_SUBJECTS, "auxpass") is not None or _reduced_passive(verb):
            return _agent(verb)
        own = child(verb, *SUBJECTS)
        if own is not None:
            return _antecedent(own, verb)
        if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return verb.head
        if verb.dep_ in ("conj", "xcomp", "advcl", "ccomp", "aux", "parataxis") and verb.head.pos_ in (
            "VERB",
            "AUX",
        ):
            verb = verb.head
        elif (verb.dep_ == "pcomp" and verb.head.head.pos_ in ("VERB", "AUX")) or (
            verb.dep_ in ("xcomp", "advcl") and verb.head.pos_ == "ADJ"
        ):
            verb = verb.head.head
        else:
            return None
    return None


def _reduced_passive(verb: Token) -> bool:
    return verb.tag_ == "VBN" and verb.dep_ == "acl"


def _agent(verb: Token) -> Token | None:
    by = child(verb, "agent")
    return child(by, "pobj") if by is not None else None


def _antecedent(own: Token, verb: Token) -> Token:
    """The noun a relative pronoun stands for; any other subject stands for itself."""
    if own.tag_ in ("WP", "WDT") and verb.dep_ == "relcl":
        return verb.head
    return own


def sentence_numbers(doc: Doc) -> list[int]:
    """The number of the sentence that each token stands in, from 0."""
    return [number for number, sentence in enumerate(doc.sents) for _ in sentence]
