"""Rules for words in quotation marks, headlines and transcripts: who owns a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from analysis.codebook import word_list
from analysis.language import syntax
from analysis.language.known import knowledge_of
from analysis.language.quotes import Quote
from analysis.schema import spans
from analysis.schema.spans import Span
from analysis.statements.attribution import (
    FINITE,
    Attribution,
    CueClause,
    Paragraph,
    credit,
    cue_clause,
    cue_verbs,
    is_that,
    pieces,
    trim,
)


def headline_colon(paragraph: Paragraph) -> Iterator[Attribution]:
    """ "US bases fuel insecurity: Rouhani" and "Rouhani: US bases fuel insecurity"."""
    tokens = paragraph.tokens
    colons = [k for k, token in enumerate(tokens) if token.text == ":" and paragraph.quote_at(token) is None]
    if not paragraph.headline or not colons:
        return
    first, last = tokens[: colons[0]], tokens[colons[-1] + 1 :]
    if _names_somebody(last) and (len(last) < len(first) or not _names_somebody(first)):
        yield _colon("headline_colon", tokens[: colons[-1]], last, tokens[colons[-1]], paragraph)
    elif _names_somebody(first):
        yield _colon("headline_colon", tokens[colons[0] + 1 :], first, tokens[colons[0]], paragraph)


def script_line(paragraph: Paragraph) -> Iterator[Attribution]:
    """A line of a transcript: "CLINTON: I did not."."""
    tokens = paragraph.tokens
    colon = next((k for k, token in enumerate(tokens[:8]) if token.text == ":"), None)
    if paragraph.headline or not colon or colon + 1 == len(tokens):
        return
    name = [token for token in tokens[:colon] if token.is_alpha]
    if (
        0 < len(name) <= 4
        and all(token.is_upper for token in name)
        and name[0].lower_ not in word_list("headline_labels")
    ):
        yield _colon("script_line", tokens[colon + 1 :], tokens[:colon], tokens[colon], paragraph)


def _names_somebody(tokens: list[Token]) -> bool:
    """Whether a piece of a headline can be a speaker: up to six words, a name or an office, no verb."""
    words = [token for token in tokens if token.is_alpha]
    if (
        not 0 < len(words) <= 6
        or words[0].lower_ in word_list("headline_labels")
        or any(token.tag_ in FINITE for token in words)
    ):
        return False
    last = words[-1]
    knowledge = knowledge_of(last)
    speaks = knowledge.group_of(last.lemma_.lower()) or knowledge.offices_in([last.lower_])
    return bool(speaks) or any(token.ent_type_ in _NAMES or token.pos_ == "PROPN" for token in words)


_NAMES = ("PERSON", "ORG", "GPE", "NORP")


def _colon(rule: str, content: list[Token], source: list[Token], colon: Token, paragraph: Paragraph) -> Attribution:
    name = [token for token in source if token.is_alpha]
    return Attribution(
        rule=rule,
        content=tuple(pieces(content, colon, paragraph)),
        source=syntax.span_of(source),
        source_head=name[-1],
        cue=syntax.span_of([colon]),
        cue_head=colon,
    )


def quote_cue(paragraph: Paragraph) -> Iterator[Attribution]:
    """A quotation with its cue clause directly before or behind it: ""A," X said. "B."" is one statement."""
    for verb in cue_verbs(paragraph, "quote", "clause"):
        if syntax.subject(verb) is None:
            continue
        clause = cue_clause(verb)
        before, after = _quote_before(clause, paragraph), _quote_after(clause, paragraph)
        content = [_with_lead_in(before, clause, paragraph)] if before else []
        content += [_with_rest(after, verb, paragraph)] if after else []
        if content and (before or not _reports_more(verb, after, paragraph)):
            yield credit("quote_cue", verb, content)


def has_quote(clause: CueClause, paragraph: Paragraph) -> bool:
    """Whether a quotation ends or begins where the clause begins or ends."""
    return bool(_quote_before(clause, paragraph) or _quote_after(clause, paragraph))


def _quote_before(clause: CueClause, paragraph: Paragraph) -> Quote | None:
    """The quotation that ends where the cue clause begins."""
    i = clause.start - 1
    while i >= paragraph.start and (paragraph.doc[i].is_space or paragraph.doc[i].text in ",-–—"):
        i -= 1
    quote = paragraph.quote_at(paragraph.doc[i]) if i >= paragraph.start else None
    return quote if quote and quote.end <= paragraph.doc[clause.start].idx else None


def _quote_after(clause: CueClause, paragraph: Paragraph) -> Quote | None:
    """The quotation that begins where the cue clause ends."""
    i = clause.end
    while i < paragraph.end and (paragraph.doc[i].is_space or paragraph.doc[i].text in ",:-–—"):
        i += 1
    quote = paragraph.quote_at(paragraph.doc[i]) if i < paragraph.end else None
    return quote if quote and quote.start == paragraph.doc[i].idx else None


def _with_lead_in(quote: Quote, clause: CueClause, paragraph: Paragraph) -> Span:
    """The quotation and what its sentence says before it: 'The plan "is a disaster," X said'."""
    opening = next(token for token in paragraph.tokens if token.idx + len(token) > quote.start)
    lead = list(paragraph.doc[max(opening.sent.start, paragraph.start) : opening.i])
    ends = [k for k, token in enumerate(lead) if token.text in (".", "?", "!", ":", ";")]
    words = trim(lead[ends[-1] + 1 :] if ends else lead)
    own = any(token.tag_ in FINITE and paragraph.cues.allows(token.lemma_.lower(), "quote") for token in words)
    if own or not any(token.is_alpha for token in words) or paragraph.quote_at(words[0]):
        return quote.span
    return words[0].idx, quote.end


def _with_rest(quote: Quote, verb: Token, paragraph: Paragraph) -> Span:
    """The quotation and what the reported clause says after it: 'X called it "a disaster" for the country'."""
    rest = [
        token.idx + len(token)
        for complement in syntax.children(verb, "ccomp", "dobj", "xcomp", "oprd", "attr")
        for token in complement.subtree
        if token.idx >= quote.start and not token.is_punct
    ]
    return quote.start, max([quote.end, *rest])


def _reports_more(verb: Token, quote: Quote, paragraph: Paragraph) -> bool:
    """Whether the reported clause has words before the quotation, so that it is read as a clause."""
    return any(
        token.is_alpha and token.idx < quote.start and token.i > verb.i and not is_that(token)
        for complement in syntax.children(verb, "ccomp")
        for token in complement.subtree
    )


_SIGNED = re.compile(
    r"\s*(―|—|–|--|-)[^\S\n]*((?:[^\W\d_][\w'’-]*\.?[^\S\n]+)+[^\W\d_][\w'’-]*)(?=[^\S\n]*(?:[.,(\n]|$))"
)


def quote_name(paragraph: Paragraph) -> Iterator[Attribution]:
    """A quotation with nothing but a name behind it: '"Build the wall." ― Dana Orlov'."""
    for quote in paragraph.quotes:
        signed = _SIGNED.match(paragraph.text, quote.end) if quote.double else None
        span = paragraph.doc.char_span(*signed.span(2)) if signed else None
        names = [token for token in span if token.text[0].isalpha()] if span is not None else []
        if not names or len(span) > 8 or not all(token.text[0].isupper() for token in names):
            continue
        if not any(token.tag_ in FINITE for token in span):
            dash = paragraph.doc.char_span(*signed.span(1))
            cue = dash[0] if dash is not None else None
            yield Attribution("quote_name", (quote.span,), signed.span(2), names[-1], signed.span(1), cue)


def block_quote(paragraph: Paragraph, before: Paragraph | None) -> Iterator[Attribution]:
    """A paragraph in quotation marks behind one that ends in a colon: 'Orlov continued:', then '"It will fail."'."""
    opening = paragraph.tokens[0] if paragraph.tokens else None
    quote = paragraph.quote_at(opening) if opening is not None else None
    if quote is None or before is None or before.headline or not before.tokens or before.tokens[-1].text != ":":
        return
    last = before.tokens[-1].sent
    verb = next((token for token in reversed(last) if token.tag_.startswith("VB") and syntax.subject(token)), None)
    if verb is not None and before.quote_at(verb) is None:
        yield credit("block_quote", verb, [quote.span])


def with_loose_quotes(paragraph: Paragraph, here: list[Attribution], before: list[Attribution]) -> list[Attribution]:
    """Give each quotation that no rule claimed, if it is a sentence, to the speaker before it."""
    here = sorted(here, key=lambda one: one.content[0])
    for quote in paragraph.quotes:
        if paragraph.headline or not _is_sentence(quote, paragraph) or _claimed(quote, here):
            continue
        earlier = [
            (one.cue, k)
            for k, one in enumerate(here)
            if one.cue and one.source and one.cue[0] < quote.start and not _is_nested(one, here)
        ]
        if earlier:
            k = max(earlier)[1]
            here[k] = replace(here[k], content=tuple(spans.merge([*here[k].content, quote.span])))
        elif any(one.source for one in before):
            last = max(before, key=lambda one: (one.source is not None, one.cue or one.content[0]))
            loose = replace(last, rule="loose_quote", content=(quote.span,), probability=None)
            here.append(replace(loose, cue=None, cue_head=None))
    return here


def _is_nested(one: Attribution, here: list[Attribution]) -> bool:
    """Whether a statement is told inside another: "X said *the mayor had accused Y*"."""
    return any(spans.within(one.cue, other.content) for other in here if other is not one)


def _is_sentence(quote: Quote, paragraph: Paragraph) -> bool:
    """Whether a quotation stands for itself, as no title does: it begins a sentence, has a verb or ends like one."""
    tokens = [token for token in paragraph.tokens if quote.start <= token.idx < quote.end]
    if not quote.double or sum(token.is_alpha for token in tokens) < 3:
        return False
    opening = tokens[0]
    starts = opening.i == paragraph.start or opening.is_sent_start or paragraph.doc[opening.i - 1].text in ".?!:"
    ends = any(token.text in (".", "?", "!", ",") for token in tokens[-2:])
    return bool(starts) and (ends or any(token.tag_ in FINITE for token in tokens))


def _claimed(quote: Quote, here: list[Attribution]) -> bool:
    return any(spans.overlap(piece, quote.span) for one in here for piece in one.content)
