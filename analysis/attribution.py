"""Who is credited with which words: source, cue and content, found by ordered, named rules.

The rules read one paragraph at a time, so that no source and no content crosses a segment. Each is a small
function that yields :class:`Attribution`; the first to claim a cue keeps it. Which word attributes with which
complement ("offer to help", "accuse X of Y") is data: ``codebook/cues.csv``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from analysis import spans, syntax
from analysis.cues import Cues, load_cues
from analysis.parsing import Parsed
from analysis.quotes import Quote, find_quotes
from analysis.spans import Span

READ = ("headline", "repeated headline", "body")
"""The kinds of segment in which statements are looked for."""


@dataclass(frozen=True)
class Attribution:
    """One statement as the text gives it: spans, and the heads of source and cue in the parse."""

    rule: str
    content: tuple[Span, ...]
    source: Span | None = None
    source_head: Token | None = None
    cue: Span | None = None
    cue_head: Token | None = None
    via: Span | None = None

    @property
    def lemma(self) -> str:
        return self.cue_head.lemma_.lower() if self.cue_head is not None else ""


@dataclass(frozen=True)
class Paragraph:
    """One segment as the rules see it: its tokens, its quotations, its place."""

    doc: Doc
    start: int
    end: int
    quotes: tuple[Quote, ...]
    headline: bool
    cues: Cues

    @property
    def tokens(self) -> list[Token]:
        return [token for token in self.doc[self.start : self.end] if not token.is_space]

    def quote_at(self, token: Token) -> Quote | None:
        """The quotation in double marks that a token stands in."""
        return next((q for q in self.quotes if q.double and q.start <= token.idx < q.end), None)


def find_attributions(parsed: Parsed, cues: Cues | None = None) -> list[Attribution]:
    """All attributions of the article in the order of their contents."""
    cues = cues or load_cues()
    found: list[Attribution] = []
    for paragraph in _paragraphs(parsed, cues):
        _read_paragraph(paragraph, found)
    return sorted(found, key=lambda one: (one.content[0], one.content[-1]))


def _paragraphs(parsed: Parsed, cues: Cues) -> Iterator[Paragraph]:
    for segment in parsed.article.segments:
        span = parsed.doc.char_span(segment.start, segment.end, alignment_mode="expand")
        if segment.kind in READ and span is not None:
            quotes = tuple(find_quotes(parsed.article.text, segment.start, segment.end))
            headline = segment.kind != "body"
            yield Paragraph(parsed.doc, span.start, span.end, quotes, headline, cues)


def _read_paragraph(paragraph: Paragraph, found: list[Attribution]) -> None:
    """Add what the rules find in one paragraph; `found` holds what stands before it."""
    here: list[Attribution] = []
    for rule in RULES:
        for one in rule(paragraph):
            if one.content and not any(_same(one, other) for other in here):
                here.append(one)
    found += _with_loose_quotes(paragraph, here, found)


def _same(one: Attribution, other: Attribution) -> bool:
    """Whether two rules found the same statement: one cue, or contents that mostly coincide."""
    if one.cue_head is not None and one.cue_head == other.cue_head:
        return True
    return _jaccard(one.content, other.content) >= 0.5


def _jaccard(one: tuple[Span, ...], other: tuple[Span, ...]) -> float:
    first = {i for start, end in one for i in range(start, end)}
    second = {i for start, end in other for i in range(start, end)}
    return len(first & second) / len(first | second)


# --- the clause that attributes --------------------------------------------------------------------------------

_REPORTED = ("ccomp", "parataxis", "conj", "cc", "advcl", "punct", "xcomp", "dep", "intj")


@dataclass(frozen=True)
class CueClause:
    """The words that attribute, as token positions, end excluded: "Rouhani told reporters in Tehran"."""

    verb: Token
    source: Token | None
    start: int
    end: int


def cue_clause(verb: Token) -> CueClause:
    """The verb with its subject, addressee and adjuncts, without what it reports."""
    who = syntax.subject(verb)
    inside = [token.i for token in syntax.verb_group(verb)]
    for inner in verb.children:
        if inner == who and inner.dep_ in syntax.SUBJECTS:
            inside += [inner.left_edge.i, inner.right_edge.i]
        elif inner.i > verb.i and inner.dep_ not in _REPORTED:
            inside.append(inner.right_edge.i)
    return CueClause(verb, who, min(inside), max(inside) + 1)


def _attribution(rule: str, verb: Token, content: list[Span], source: Token | None = None) -> Attribution:
    who = source if source is not None else syntax.subject(verb)
    cue = syntax.span_of(_cue_words(verb))
    quoting = _quoting(verb)
    via = None
    if quoting is not None and who is not None:
        via, who = syntax.span_of(syntax.noun_phrase(who)), syntax.child(quoting, "dobj")
        cue = (cue[0], quoting.idx + len(quoting))
    return Attribution(
        rule=rule,
        content=tuple(spans.merge(content)),
        source=syntax.span_of(syntax.noun_phrase(who)) if who is not None else None,
        source_head=_named_head(who) if who is not None else None,
        cue=cue,
        cue_head=verb,
        via=via,
    )


def _named_head(who: Token) -> Token:
    """The name at the end of a title that the parser takes for the head: "*Chief* of Staff ... Mohammad Baqeri"."""
    last = syntax.noun_phrase(who)[-1]
    return last if last.ent_type_ == "PERSON" and not who.ent_type_ and last.dep_ == "pobj" else who


def _cue_words(verb: Token) -> list[Token]:
    """The verb group, with the verb that it hangs on where that only leads to it: "went on to say"."""
    above = verb.head
    leads = verb.dep_ in ("xcomp", "advcl") and 0 < verb.i - above.i <= 3 and above.tag_.startswith("VB")
    if leads and syntax.child(verb, *syntax.SUBJECTS) is None and any(t.lower_ == "to" for t in verb.lefts):
        return [*syntax.verb_group(above), *verb.doc[above.i + 1 : verb.i + 1]]
    return syntax.verb_group(verb)


def _quoting(verb: Token) -> Token | None:
    """The participle that hands the words on to somebody else: "Press TV reported, *quoting* X"."""
    handed = (c for c in syntax.children(verb, "advcl") if c.tag_ == "VBG" and c.lemma_.lower() in ("quote", "cite"))
    return next((c for c in handed if c.i > verb.i and syntax.child(c, "dobj") is not None), None)


def _pieces(tokens: list[Token], verb: Token, paragraph: Paragraph) -> list[Span]:
    """The tokens as spans, trimmed, and widened to the end of a quotation that they would cut."""
    trimmed = (_trim(run) for run in syntax.runs(tokens))
    around = paragraph.quote_at(verb)
    return [_mend(syntax.span_of(run), paragraph, around) for run in trimmed if run]


_LOOSE = ",;:-–—."


def _trim(run: list[Token]) -> list[Token]:
    """Without white space, commas and a leading "that" at the edges; quotation marks stay."""
    while run and (run[0].is_space or run[0].text in _LOOSE or run[0].dep_ == "cc" or _is_that(run[0])):
        run = run[1:]
    while run and (run[-1].is_space or run[-1].text in _LOOSE or run[-1].dep_ == "cc"):
        run = run[:-1]
    return run


def _is_that(token: Token) -> bool:
    return token.dep_ == "mark" and token.lower_ == "that"


def _mend(span: Span, paragraph: Paragraph, around: Quote | None) -> Span:
    """Widen a content that begins or ends inside a quotation to the whole of it, `around` apart."""
    start, end = span
    for quote in paragraph.quotes:
        if quote.double and quote != around and spans.overlap(span, quote.span):
            start, end = min(start, quote.start), max(end, quote.end)
    return start, end


# --- rules: headlines and scripts ------------------------------------------------------------------------------


def headline_colon(paragraph: Paragraph) -> Iterator[Attribution]:
    """ "US bases fuel insecurity: Rouhani" and "Rouhani: US bases fuel insecurity"."""
    tokens = paragraph.tokens
    colons = [k for k, token in enumerate(tokens) if token.text == ":" and paragraph.quote_at(token) is None]
    if not paragraph.headline or not colons:
        return
    first, last = tokens[: colons[0]], tokens[colons[-1] + 1 :]
    if _names_somebody(last):
        yield _colon(tokens[: colons[-1]], last, tokens[colons[-1]], paragraph)
    elif _names_somebody(first):
        yield _colon(tokens[colons[0] + 1 :], first, tokens[colons[0]], paragraph)


def script_line(paragraph: Paragraph) -> Iterator[Attribution]:
    """A line of a transcript: "CLINTON: I did not."."""
    tokens = paragraph.tokens
    colon = next((k for k, token in enumerate(tokens[:8]) if token.text == ":"), None)
    if paragraph.headline or not colon or colon + 1 == len(tokens):
        return
    if all(token.is_upper or not token.is_alpha for token in tokens[:colon]) and _names_somebody(tokens[:colon]):
        yield _colon(tokens[colon + 1 :], tokens[:colon], tokens[colon], paragraph)


_SPEAKING = ("poll", "report", "study", "survey", "source", "official", "analysis", "expert", "analyst", "minister")


def _names_somebody(tokens: list[Token]) -> bool:
    """Whether a piece of a headline can be a speaker: up to six words, a name or an office, no verb."""
    words = [token for token in tokens if token.is_alpha]
    if not 0 < len(words) <= 6 or not words[0].text[0].isupper():
        return False
    named = any(token.ent_type_ in ("PERSON", "ORG", "GPE", "NORP") or token.pos_ == "PROPN" for token in words)
    return (named or words[-1].lemma_.lower() in _SPEAKING) and not any(token.tag_ in _FINITE for token in words)


_FINITE = ("VBZ", "VBP", "VBD", "MD")


def _colon(content: list[Token], source: list[Token], colon: Token, paragraph: Paragraph) -> Attribution:
    name = [token for token in source if token.is_alpha]
    return Attribution(
        rule="headline_colon" if paragraph.headline else "script_line",
        content=tuple(_pieces(content, colon, paragraph)),
        source=syntax.span_of(source),
        source_head=name[-1],
        cue=syntax.span_of([colon]),
        cue_head=colon,
    )


# --- rules: quotations -----------------------------------------------------------------------------------------


def quote_cue(paragraph: Paragraph) -> Iterator[Attribution]:
    """A quotation with its cue clause directly before or behind it: ""A," X said. "B."" is one statement."""
    for verb in _cue_verbs(paragraph, "quote", "clause"):
        if syntax.subject(verb) is None:
            continue
        clause = cue_clause(verb)
        before, after = _quote_before(clause, paragraph), _quote_after(clause, paragraph)
        content = [_with_lead_in(before, clause, paragraph)] if before else []
        content += [_with_rest(after, verb, paragraph)] if after else []
        if content and (before or not _reports_more(verb, after, paragraph)):
            yield _attribution("quote_cue", verb, content)


def _cue_verbs(paragraph: Paragraph, *patterns: str) -> Iterator[Token]:
    """The reporting verbs of the paragraph, outside quotations, that attribute in one of these ways."""
    for token in paragraph.tokens:
        if not token.tag_.startswith("VB") or paragraph.quote_at(token) is not None:
            continue
        if any(paragraph.cues.allows(token.lemma_.lower(), pattern) for pattern in patterns):
            yield token


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
    lead = paragraph.doc[max(opening.sent.start, paragraph.start) : opening.i]
    words = _trim(list(lead))
    own = any(token.tag_ in _FINITE and paragraph.cues.allows(token.lemma_.lower(), "quote") for token in words)
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
        token.is_alpha and token.idx < quote.start and token.i > verb.i and not _is_that(token)
        for complement in syntax.children(verb, "ccomp")
        for token in complement.subtree
    )


# --- rules: clauses --------------------------------------------------------------------------------------------


def according_to(paragraph: Paragraph) -> Iterator[Attribution]:
    """ "According to the poll, A" and "A, according to the poll": the rest of the sentence is credited."""
    for token in paragraph.tokens[:-1]:
        to = paragraph.doc[token.i + 1]
        if token.lower_ != "according" or to.lower_ != "to":
            continue
        who = syntax.child(to, "pobj") or syntax.child(token, "pobj")
        if who is None:
            continue
        phrase = paragraph.doc[token.i : who.right_edge.i + 1]
        content = [t for t in _clause_around(token, paragraph) if not phrase.start <= t.i < phrase.end]
        if any(t.is_alpha for t in content):
            found = _attribution("according_to", token, _pieces(_largest(content, token), token, paragraph), who)
            yield replace(found, cue=(token.idx, to.idx + len(to)))


def _clause_around(token: Token, paragraph: Paragraph) -> list[Token]:
    """The clause that a phrase modifies, as far as its sentence reaches."""
    return [t for t in token.sent if paragraph.start <= t.i < paragraph.end]


def _largest(content: list[Token], cue: Token) -> list[Token]:
    """The part before the cue if it is a clause, otherwise the part behind it."""
    before = [t for t in content if t.i < cue.i]
    return before if sum(t.is_alpha for t in before) > 2 else [t for t in content if t.i > cue.i]


def parenthetical(paragraph: Paragraph) -> Iterator[Attribution]:
    """ "A, X said" and "A, X said, B": the cue clause stands behind or inside what it reports."""
    for verb in _cue_verbs(paragraph, "clause", "quote"):
        if syntax.subject(verb) is None or _reported_behind(verb):
            continue
        clause = cue_clause(verb)
        before = _before(clause, paragraph)
        if before:
            yield _attribution("parenthetical", verb, _pieces(before + _behind(clause), verb, paragraph))


def _reported_behind(verb: Token) -> bool:
    return any(inner.i > verb.i for inner in syntax.children(verb, "ccomp") if not _inverted(inner, verb))


def _inverted(complement: Token, verb: Token) -> bool:
    return complement.left_edge.i < verb.i


_SET_OFF = (",", "”", '"', "''", "?", "!", "-", "–", "—")


def _before(clause: CueClause, paragraph: Paragraph) -> list[Token]:
    """What the sentence says before the cue clause, if it is a clause and a comma or a mark sets it off."""
    verb, sentence = clause.verb, clause.verb.sent
    before = [t for t in paragraph.doc[max(sentence.start, paragraph.start) : clause.start] if not t.is_space]
    if not before or before[-1].text not in _SET_OFF or sum(t.is_alpha for t in before) < 2:
        return []
    reported = any(inner.i < clause.start for inner in syntax.children(verb, "ccomp"))
    loose = verb.dep_ == "parataxis" or (verb.dep_ in ("ROOT", "ccomp") and _ends(clause))
    return before if reported or (loose and _is_clause(before)) else []


def _ends(clause: CueClause) -> bool:
    """Whether nothing but punctuation follows the cue clause in its sentence."""
    return not any(t.is_alpha for t in clause.verb.doc[clause.end : clause.verb.sent.end])


def _is_clause(tokens: list[Token]) -> bool:
    """Whether the tokens hold a finite verb with its subject."""
    inside = {t.i for t in tokens}
    return any(
        t.dep_ in (*syntax.SUBJECTS, *syntax.PASSIVE_SUBJECTS)
        and t.head.i in inside
        and not any(mark.dep_ in ("mark", "advmod") and mark.i < t.i for mark in t.head.children)
        for t in tokens
    )


def _behind(clause: CueClause) -> list[Token]:
    """What follows a cue clause between commas and belongs to the same report: "A, X said, B"."""
    doc, end = clause.verb.doc, clause.verb.sent.end
    if clause.end >= end or doc[clause.end].text != ",":
        return []
    reported = {t.i for c in syntax.children(clause.verb, "ccomp") for t in c.subtree}
    if clause.verb.dep_ in ("parataxis", "ccomp"):
        reported |= {t.i for t in clause.verb.sent} - {t.i for t in clause.verb.subtree}
    return [t for t in doc[clause.end : end] if t.i in reported]


def complement(paragraph: Paragraph) -> Iterator[Attribution]:
    """A reporting verb with what it reports behind it: a clause, an infinitive, an object, "about ..."."""
    for verb in _cue_verbs(paragraph, "clause", "infinitive", "object", "as", "about"):
        for pattern, tokens in _complements(verb):
            pieces = _pieces(tokens, verb, paragraph)
            if paragraph.cues.allows(verb.lemma_.lower(), pattern) and pieces:
                yield _attribution(f"verb_{pattern}", verb, pieces)
                break


def _complements(verb: Token) -> Iterator[tuple[str, list[Token]]]:
    """What a verb may report, surest first, with the name of the pattern."""
    right = [inner for inner in verb.children if inner.i > verb.i]
    for inner in right:
        if inner.dep_ == "ccomp":
            yield ("infinitive" if _is_infinitive(inner) else "clause"), _until_next_cue(inner)
    for inner in right:
        if inner.dep_ == "xcomp" and (_is_infinitive(inner) or inner.tag_ == "VBG"):
            yield "infinitive", _until_next_cue(inner)
    objects = [inner for inner in right if inner.dep_ in ("dobj", "oprd", "attr", "dative")]
    if objects:
        tokens = _from(objects[0], verb)
        yield ("as" if _has_predicate(objects[0], verb) else "object"), tokens
    for inner in right:
        if inner.dep_ == "prep" and not syntax.is_time(inner):
            yield "about", _from(inner, verb)[0 if syntax.child(inner, "pcomp", "pobj") else 1 :]


def _until_next_cue(reported: Token) -> list[Token]:
    """The reported clause, without a participle or a semicolon that takes the sentence back to the speaker.

    "X said A, | citing B": the parser often hangs the participle on A.
    """
    tokens = syntax.subtree(reported)
    for one in tokens:
        previous = one.nbor(-1) if one.i else one
        back = one.tag_ == "VBG" and one.dep_ == "advcl" and previous.text == "," and one.i > reported.i
        if back or (one.text == ";" and one.i > reported.i):
            return [token for token in tokens if token.i < one.i]
    return tokens


def _is_infinitive(verb: Token) -> bool:
    return any(aux.lower_ == "to" for aux in syntax.children(verb, "aux"))


def _has_predicate(first: Token, verb: Token) -> bool:
    """Whether the object is said to be or do something: "call X a liar", "describe X as", "accuse X of"."""
    return any(
        inner.dep_ in ("oprd", "xcomp", "ccomp") or (inner.dep_ == "prep" and inner.lower_ in ("as", "of"))
        for inner in verb.children
        if inner.i > first.i
    )


_COMPLEMENTS = ("dobj", "oprd", "attr", "dative", "prep", "xcomp", "ccomp", "pcomp", "acomp")


def _from(first: Token, verb: Token) -> list[Token]:
    """From the first complement to the last, times left out: "accuse | Iran of supporting the groups"."""
    last = max(
        inner.right_edge.i
        for inner in verb.children
        if inner.i >= first.i and inner.dep_ in _COMPLEMENTS and not (inner.dep_ == "prep" and syntax.is_time(inner))
    )
    return list(verb.doc[first.left_edge.i : last + 1])


# --- rules: nouns ----------------------------------------------------------------------------------------------


def noun_cue(paragraph: Paragraph) -> Iterator[Attribution]:
    """ "the claim that A", "X's accusation that A": a reporting noun with its clause."""
    for noun in paragraph.tokens:
        if noun.pos_ != "NOUN" or noun.lemma_.lower() not in paragraph.cues.nouns:
            continue
        clause = next((c for c in syntax.children(noun, "acl", "ccomp", "relcl") if _has_that(c)), None)
        if clause is not None:
            who = syntax.child(noun, "poss") or _by_or_from(noun)
            found = _attribution("noun_clause", noun, _pieces(syntax.subtree(clause), noun, paragraph), who)
            yield replace(found, cue=(noun.idx, noun.idx + len(noun)))


def _has_that(clause: Token) -> bool:
    return any(_is_that(mark) for mark in clause.children)


def _by_or_from(noun: Token) -> Token | None:
    for preposition in syntax.children(noun, "prep", "agent"):
        if preposition.lower_ in ("by", "from"):
            return syntax.child(preposition, "pobj")
    return None


RULES = (headline_colon, script_line, quote_cue, according_to, parenthetical, complement, noun_cue)
"""In this order; the first rule that claims a cue or a content keeps it."""


# --- quotations without a cue of their own ---------------------------------------------------------------------


def _with_loose_quotes(
    paragraph: Paragraph, here: list[Attribution], before: list[Attribution]
) -> list[Attribution]:
    """Give each quotation that no rule claimed, if it is a sentence, to the speaker before it."""
    here = sorted(here, key=lambda one: one.content[0])
    for quote in paragraph.quotes:
        if paragraph.headline or not _is_sentence(quote, paragraph) or _claimed(quote, here):
            continue
        earlier = [k for k, one in enumerate(here) if one.cue and one.cue[0] < quote.start]
        if earlier:
            k = earlier[-1]
            here[k] = replace(here[k], content=tuple(spans.merge([*here[k].content, quote.span])))
        elif before:
            last = max(before, key=lambda one: one.cue or one.content[0])
            here.append(replace(last, rule="loose_quote", content=(quote.span,), cue=None, cue_head=None))
    return here


def _is_sentence(quote: Quote, paragraph: Paragraph) -> bool:
    """Whether a quotation stands for itself: it begins a sentence and holds a verb or ends like a sentence."""
    tokens = [token for token in paragraph.tokens if quote.start <= token.idx < quote.end]
    opening = tokens[0] if tokens else None
    if not quote.double or opening is None or sum(token.is_alpha for token in tokens) < 3:
        return False
    starts = opening.is_sent_start or paragraph.doc[opening.i - 1].text in (".", "?", "!", ":") or opening.i == paragraph.start
    return bool(starts)


def _claimed(quote: Quote, here: list[Attribution]) -> bool:
    return any(spans.overlap(piece, quote.span) for one in here for piece in one.content)
