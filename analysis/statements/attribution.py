"""What an attribution is, and the pieces that all rules share: paragraph, cue clause, content.

An attribution credits words to somebody: source, cue, content. The rules stand in :mod:`analysis.statements.quoted` and
:mod:`analysis.statements.reported`, their order in :mod:`analysis.statements.rules`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token

from analysis.language import syntax
from analysis.language.document import Parsed
from analysis.language.known import knowledge_of
from analysis.language.quotes import Quote
from analysis.schema import spans
from analysis.schema.spans import Span
from analysis.statements.cues import Cues

FINITE = ("VBZ", "VBP", "VBD", "MD")


@dataclass(frozen=True)
class Attribution:
    """One statement as the text gives it: spans, and the heads of source and cue in the parse.

    `probability` is the tagger's; a rule has none.
    """

    rule: str
    content: tuple[Span, ...]
    source: Span | None = None
    source_head: Token | None = None
    cue: Span | None = None
    cue_head: Token | None = None
    via: Span | None = None
    probability: float | None = None

    @property
    def lemma(self) -> str:
        return self.cue_head.lemma_.lower() if self.cue_head is not None else ""


@dataclass(frozen=True)
class Paragraph:
    """One segment as the rules see it: its tokens, its quotations, its place; `text` is the whole article's."""

    doc: Doc
    start: int
    end: int
    quotes: tuple[Quote, ...]
    headline: bool
    cues: Cues

    text: str

    @cached_property
    def tokens(self) -> list[Token]:
        return [token for token in self.doc[self.start : self.end] if not token.is_space]

    def quote_at(self, token: Token) -> Quote | None:
        """The quotation in double marks that a token stands in."""
        k = bisect_right(self._starts, token.idx) - 1
        return self._doubles[k] if k >= 0 and token.idx < self._doubles[k].end else None

    @cached_property
    def _doubles(self) -> list[Quote]:
        return [quote for quote in self.quotes if quote.double]

    @cached_property
    def _starts(self) -> list[int]:
        return [quote.start for quote in self._doubles]


def paragraphs(parsed: Parsed, cues: Cues) -> list[Paragraph]:
    """The segments that are read, as the rules see them."""
    return [
        Paragraph(parsed.doc, one.words.start, one.words.end, one.quotes, one.segment.kind != "body", cues, parsed.text)
        for one in parsed.stretches
    ]


def cue_verbs(paragraph: Paragraph, *patterns: str) -> Iterator[Token]:
    """The reporting verbs of the paragraph, outside quotations, that attribute in one of these ways."""
    for token in paragraph.tokens:
        if not token.tag_.startswith("VB") or paragraph.quote_at(token) is not None or _is_own_voice(token):
            continue
        if any(paragraph.cues.allows(token.lemma_.lower(), pattern) for pattern in patterns):
            yield token


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


def credit(rule: str, verb: Token, content: list[Span], source: Token | None = None) -> Attribution:
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


def quoted_by(verb: Token) -> Token | None:
    """Whom a medium quotes: "the agency *quoted* Y as saying"; nobody in the passive."""
    if verb.lemma_ not in ("quote", "cite") or syntax.child(verb, "auxpass") is not None:
        return None
    said = (syntax.child(prep, "pcomp") for prep in syntax.children(verb, "prep") if prep.lower_ == "as")
    relays = any(inner is not None and inner.tag_ == "VBG" for inner in said)
    return syntax.child(verb, "dobj") if relays else None


def _named_head(who: Token) -> Token:
    """The name at the end of a title that the parser takes for the head: "*Chief* of Staff ... Mohammad Baqeri"."""
    return named_head(syntax.noun_phrase(who)) or who


def named_head(words: Sequence[Token]) -> Token | None:
    """The one person who is named in a source behind a title or an apposition, whatever the parser made of it.

    "WHO chief *Ann Lee*", "the mayor, *Ann Lee*", "speaker of the parliament *Ali Larijani*"; not "a spokesman for
    Mayor Ann Lee" nor "the wife of Ann Lee". None if there is none, or if the source begins with the name.
    """
    inside = [k for k, token in enumerate(words) if token.ent_type_ == "PERSON"]
    if len(inside) < 2 or inside[-1] - inside[0] + 1 != len(inside) or not inside[0]:
        return None
    first, last = words[inside[0]], words[inside[-1]]
    if any(token.ent_iob_ == "B" for token in words[inside[0] + 1 : inside[-1] + 1]):
        return None
    before = words[inside[0] - 1]
    if before.text == ",":
        return last if last.dep_ == "appos" or first.dep_ == "appos" else None
    known = knowledge_of(first)
    k = inside[0] - 1
    titled = bool(known.offices_in([before.text]))
    while k >= 0 and words[k].pos_ in ("NOUN", "PROPN", "ADJ") and words[k].text not in ("'s", "’s"):
        k -= 1
    if k >= 0 and words[k].pos_ in ("DET", "PRON") and k and words[k - 1].pos_ == "ADP":
        k -= 1
    above = words[k] if k >= 0 else None
    if above is None or above.pos_ in ("DET", "NUM", "PUNCT", "CCONJ", "VERB", "ADV", "PRON"):
        return last if titled or before.pos_ in ("NOUN", "PROPN") else None
    if above.lower_ == "of" and k and known.offices_in([words[k - 1].text]) and not titled:
        return last  # "speaker of the parliament Ali Larijani"
    return None


_OWN_VOICE = ("i", "we", "you", "one")


def _is_own_voice(verb: Token) -> bool:
    """Whether it is the writer, or the reader, who says it: "I think", "we have argued", "you might say"."""
    who = syntax.child(verb, *syntax.SUBJECTS)
    return who is not None and who.lower_ in _OWN_VOICE


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


def pieces(tokens: list[Token], verb: Token, paragraph: Paragraph) -> list[Span]:
    """The tokens as spans, trimmed, and widened to the end of a quotation that they would cut."""
    trimmed = (trim(run) for run in syntax.runs(tokens))
    around = paragraph.quote_at(verb)
    return [mend(syntax.span_of(run), paragraph, around) for run in trimmed if run]


_LOOSE = ",;:-–—."


def trim(run: list[Token]) -> list[Token]:
    """Without white space, commas and a leading "that" at the edges; quotation marks stay."""
    while run and (run[0].is_space or run[0].text in _LOOSE or run[0].dep_ == "cc" or is_that(run[0])):
        run = run[1:]
    while run and (run[-1].is_space or run[-1].text in _LOOSE or run[-1].dep_ == "cc"):
        run = run[:-1]
    return run


def is_that(token: Token) -> bool:
    return token.dep_ == "mark" and token.lower_ == "that"


def mend(span: Span, paragraph: Paragraph, around: Quote | None) -> Span:
    """Widen a content that begins or ends inside a quotation to the whole of it, `around` apart."""
    start, end = span
    for quote in paragraph.quotes:
        if quote.double and quote != around and spans.overlap(span, quote.span):
            start, end = min(start, quote.start), max(end, quote.end)
    return start, end
