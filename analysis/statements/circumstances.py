"""To whom, when and where something was said: "told *reporters* *in Tehran* *on Tuesday*"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from analysis.codebook import word_list
from analysis.language import syntax
from analysis.schema import spans
from analysis.schema.spans import Span
from analysis.statements.attribution import Attribution

_OCCASIONS = ("in", "on", "at", "during", "after", "before", "following", "through", "via", "ahead", "amid")


def addressee(one: Attribution) -> Token | None:
    """Whom the words were said to: "told *reporters*", "said to *X*", "in his call with *X*"."""
    verb = _verb(one)
    for child in syntax.children(verb, "dobj", "dative", "prep") if verb is not None else ():
        inner = syntax.child(child, "pobj") or child
        if not _outside(one, inner):
            continue
        if syntax.is_addressee(child):
            return inner
        partner = _partner(inner) if inner.lemma_.lower() in word_list("talks") else None
        if partner is not None:
            return partner
    return None


def occasions(one: Attribution) -> list[Span]:
    """When, where and on what occasion the words were said."""
    verb = _verb(one)
    return [syntax.span_of(phrase) for phrase in _phrases(one, verb)] if verb is not None else []


def _verb(one: Attribution) -> Token | None:
    return one.cue_head if one.cue_head is not None and one.cue_head.tag_.startswith("VB") else None


def _partner(talk: Token) -> Token | None:
    """The other side of a conversation: "his call with his counterpart *Vladimir Putin*"."""
    for preposition in syntax.children(talk, "prep"):
        inner = syntax.child(preposition, "pobj")
        if preposition.lower_ in ("with", "to") and inner is not None:
            return syntax.child(inner, "appos") or inner
    return None


def _phrases(one: Attribution, verb: Token) -> Iterator[list[Token]]:
    """When, where and on what occasion: "on Tuesday", "in Tehran", "in his telephonic conversation"."""
    parents = [verb, *([one.source_head] if one.source_head is not None else [])]
    for parent in parents:
        for child in parent.children:
            if not _outside(one, child):
                continue
            if child.dep_ == "npadvmod" and child.ent_type_ in ("DATE", "TIME"):
                yield list(child.subtree)
            elif child.dep_ == "prep" and child.lower_ in _OCCASIONS:
                phrase = _short_occasion(child)
                if phrase and (parent is verb or syntax.is_time(child)):
                    yield phrase


def _short_occasion(preposition: Token) -> list[Token]:
    """The phrase up to its noun: the partner of a conversation is the addressee."""
    inner = syntax.child(preposition, "pobj")
    if inner is None:
        return []
    partners = [p for p in syntax.children(inner, "prep") if p.lower_ in ("with", "to")]
    cut = [*partners, *syntax.children(inner, "relcl", "acl", "advcl")]
    tokens = [token for token in syntax.subtree(preposition, without=cut) if not token.is_space]
    while tokens and tokens[-1].is_punct:
        tokens.pop()
    return tokens


def _outside(one: Attribution, token: Token) -> bool:
    inside = (token.idx, token.idx + len(token))
    return not spans.within(inside, one.content) and not (one.source and spans.within(inside, [one.source]))
