"""To whom, when and where something was said: "told *reporters* *in Tehran* *on Tuesday*"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from analysis.codebook import word_list
from analysis.language import syntax
from analysis.schema import spans
from analysis.schema.spans import Span
from analysis.statements.attribution import Attribution

_OCCASIONS = ("in", "on", "at", "during", "after", "before", "following", "through", "via", "ahead", "amid", "by", "as")
_TIMED = ("by", "as")
"""Prepositions that are an occasion with a time alone: "by Sunday", "as of yesterday"."""
_NO_OCCASION = (
    "addition",
    "part",
    "fact",
    "turn",
    "general",
    "particular",
    "response",
    "favor",
    "favour",
    "which",
    "how",
)
"""Nouns of phrases that tell no occasion: "in addition", "in part", "in favour of", "in which"."""


def addressee(one: Attribution) -> Token | None:
    """Whom the words were said to: "told *reporters*", "said to *X*", "in his call with *X*", "speaking to *X*"."""
    verb, *others = [*_verbs(one), None]
    if verb is None:
        return None
    above = [other for other in others if other is not None and other.lemma_.lower() in word_list("tells")]
    heard = (_object(one, verb), _spoken_to(one, verb), *(_object(one, other) for other in above))
    return next(filter(None, heard), None)


def _object(one: Attribution, verb: Token) -> Token | None:
    """Who is told or asked, or the other side of a conversation, as the verb has it."""
    for child in syntax.children(verb, "dobj", "dative", "prep"):
        inner = syntax.child(child, "pobj") or child
        asked = _is_asked(verb, child)
        if not asked and not _outside(one, inner):
            continue
        if asked or syntax.is_addressee(child) or (child.dep_ in ("dobj", "dative") and _is_told(verb, inner)):
            return inner
        partner = _partner(inner) if inner.lemma_.lower() in word_list("talks") else None
        if partner is not None:
            return partner
    return _told_to(verb)


def _is_asked(verb: Token, child: Token) -> bool:
    """Whether somebody is asked to do something, and the content begins with him: "urges *the US to waive* it"."""
    if child.dep_ != "dobj" or verb.lemma_.lower() not in word_list("tells") | word_list("asks"):
        return False
    then = [other for other in verb.children if other.i > child.i and other.dep_ in ("xcomp", "ccomp")]
    return any(inner.lower_ == "to" and inner.dep_ == "aux" for clause in then for inner in clause.children)


def _spoken_to(one: Attribution, verb: Token) -> Token | None:
    for spoken in _speaking(one, verb):
        to = next((prep for prep in syntax.children(spoken, "prep") if prep.lower_ in ("to", "with")), None)
        listener = syntax.child(spoken, "dobj") if spoken.lemma_ == "address" else to and syntax.child(to, "pobj")
        if listener is not None:
            return listener
    return None


def _is_told(verb: Token, inner: Token) -> bool:
    """Whether what is told is somebody: "told *The Atlantic*", but not "told the truth"."""
    return verb.lemma_.lower() in word_list("tells") and inner.lemma_.lower() not in word_list("told things")


def _told_to(verb: Token) -> Token | None:
    """Who is asked to do something: "asking *the government* to revoke it"."""
    if verb.lemma_.lower() not in word_list("tells") | word_list("asks"):
        return None
    for clause in syntax.children(verb, "xcomp", "ccomp"):
        who, to = syntax.child(clause, "nsubj"), syntax.child(clause, "aux")
        if who is not None and to is not None and to.lower_ == "to" and verb.i < who.i < to.i:
            return who
    return None


def _speaking(one: Attribution, verb: Token) -> Iterator[Token]:
    """Participles that say how the words were spoken: "*speaking* to Reuters, he said"."""
    quoted = [verb.head] if verb.dep_ in ("parataxis", "ccomp") else []
    for parent in (verb, *quoted, *([one.source_head] if one.source_head is not None else [])):
        for child in syntax.children(parent, "advcl", "acl", "relcl"):
            if child.tag_ == "VBG" and child.lemma_.lower() in word_list("speaking") and _outside(one, child):
                yield child


def occasions(one: Attribution) -> list[Span]:
    """When, where and on what occasion the words were said."""
    found: list[Span] = []
    for verb in _verbs(one):
        for phrase in _phrases(one, verb):
            span = syntax.span_of(phrase)
            if span not in found:
                found.append(span)
    return sorted(found)


def _verbs(one: Attribution) -> Iterator[Token]:
    """The verb of the cue, and the one that it hangs on with the same subject: "*told* reporters ..., saying"."""
    verb = one.cue_head if one.cue_head is not None and one.cue_head.tag_.startswith("VB") else None
    if verb is None:
        return
    yield verb
    alone = syntax.child(verb, *syntax.SUBJECTS, *syntax.PASSIVE_SUBJECTS) is None
    if alone and verb.dep_ in ("advcl", "conj") and verb.head.tag_.startswith("VB") and _outside(one, verb.head):
        yield verb.head


def _partner(talk: Token) -> Token | None:
    """The other side of a conversation: "his call with his counterpart *Vladimir Putin*"."""
    for preposition in syntax.children(talk, "prep"):
        inner = syntax.child(preposition, "pobj")
        if preposition.lower_ in ("with", "to") and inner is not None:
            return syntax.child(inner, "appos") or inner
    return None


def _phrases(one: Attribution, verb: Token) -> Iterator[list[Token]]:
    """When, where and on what occasion: "on Tuesday", "in Tehran", "in his telephonic conversation"."""
    source = [one.source_head] if one.source_head is not None else []
    for parent in (verb, *source, *_speaking(one, verb)):
        for child in parent.children:
            if not _outside(one, child):
                continue
            if child.dep_ == "npadvmod" and child.ent_type_ in ("DATE", "TIME"):
                yield list(child.subtree)
            elif child.dep_ == "prep" and child.lower_ in _OCCASIONS and _is_occasion(child):
                phrase = _short_occasion(child)
                if phrase and (parent not in source or syntax.is_time(child)):
                    yield phrase


def _is_occasion(preposition: Token) -> bool:
    """Whether a phrase tells when or where, and is no idiom and no object of its verb ("called on Turkey")."""
    inner = syntax.child(preposition, "pobj")
    if inner is None:
        return preposition.lower_ not in _TIMED
    if preposition.lower_ in _TIMED:
        return inner.ent_type_ in ("DATE", "TIME")
    called = preposition.lower_ == "on" and preposition.head.lemma_ == "call" and not syntax.is_time(preposition)
    return inner.lower_ not in _NO_OCCASION and not called


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
