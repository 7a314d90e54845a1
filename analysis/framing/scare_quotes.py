"""Scare quotes: marks by which a writer keeps a distance from a word that nobody is credited with.

What is in marks for another reason is left out: words of a statement or an echo of them, titles of works, nicknames,
words spoken of as words ("the term 'x'"), and whole sentences.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from spacy.tokens import Doc, Token

from analysis.codebook import word_list
from analysis.language.quotes import Quote
from analysis.schema import spans
from analysis.schema.spans import Span
from analysis.statements.attribution import FINITE

LONGEST = 4
"""Words in a scare quote; more are taken for somebody's speech."""


def scare_quotes(
    doc: Doc, segment: Span, quotes: Sequence[Quote], credited: Collection[Span], echoes: Collection[str]
) -> Iterator[tuple[Span, Token]]:
    """The characters of each scare quote of a segment, marks included, and the last word in it.

    `credited` are the contents of statements, `echoes` the texts of their quoted parts, in small letters.
    """
    for quote in quotes:
        if not quote.closed or any(spans.overlap(quote.span, one) for one in credited):
            continue
        words = _words(doc, quote)
        if not 0 < len(words) <= LONGEST or _is_echo(words, echoes):
            continue
        before, after = _neighbours(doc, words, quote, segment)
        if not (_is_sentence(words, before, after) or _is_title(words, before, after) or _names(words, before, after)):
            yield quote.span, words[-1]


def echoed(text: str, contents: Collection[Span]) -> frozenset[str]:
    """The credited contents in small letters, in which words of the writer may be found again."""
    return frozenset(re.sub(r"\s+", " ", text[start:end].lower()) for start, end in contents)


def _words(doc: Doc, quote: Quote) -> list[Token]:
    span = doc.char_span(quote.start, quote.end, alignment_mode="contract")
    return [token for token in span if any(map(str.isalnum, token.text))] if span is not None else []


def _is_echo(words: Sequence[Token], echoes: Collection[str]) -> bool:
    """Whether the words are quoted elsewhere in the article from somebody."""
    said = re.compile(rf"\b{re.escape(_text(words).lower())}\b")
    return any(said.search(echo) for echo in echoes)


def _text(words: Sequence[Token]) -> str:
    return words[0].doc[words[0].i : words[-1].i + 1].text


def _neighbours(doc: Doc, words: Sequence[Token], quote: Quote, segment: Span) -> tuple[list[Token], list[Token]]:
    """Up to three words before and after the marks, within the sentence."""
    sentence = words[0].sent
    here = [t for t in sentence if segment[0] <= t.idx < segment[1] and not t.is_space]
    before = [t for t in here if t.idx + len(t) <= quote.start][-3:]
    return before, [t for t in here if t.idx >= quote.end][:3]


def _is_sentence(words: Sequence[Token], before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether the words are speech: '"Yes," she said', 'he replied: "Never"', "we won"."""
    inside = words[0].doc[words[0].i : words[-1].i + 2].text
    ends = bool(re.search(r"[.,!?…][\"”'’]?$", inside.strip())) and bool(after)
    led = bool(before) and before[-1].text in ":,"
    gloss = bool(before) and before[-1].text in ("-", "–", "—", "(")
    clause = any(w.tag_ in FINITE or w.dep_ in ("nsubj", "intj") for w in words) and len(words) > 1
    alone = not any(t.is_alpha for t in before) and not any(t.is_alpha for t in after)
    answer = len(words) == 1 and words[0].lower_ in ("yes", "no", "aye", "nay")
    return (
        alone
        or gloss
        or answer
        or clause
        or inside.rstrip("\"”'’").endswith(("!", "?"))
        or (led and words[0].text[0].isupper())
        or (ends and words[0].text[0].isupper())
    )


def _is_title(words: Sequence[Token], before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether the marks hold the title of a work, a name or a nickname: every weighty word begins with a capital."""
    weighty = [word for word in words if word.pos_ not in ("ADP", "DET", "CCONJ", "PART", "PRON")] or list(words)
    capitals = all(not word.text[0].islower() for word in weighty)
    return capitals or any(t.lower_ in word_list("works") for t in [*before[-2:], *after[:1]])


def _names(words: Sequence[Token], before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether a word is spoken of, or given back as somebody's."""
    near = [t for t in before if t.is_alpha][-2:] + list(islice(words[-1].ancestors, 2))
    around = bool(before and after) and before[-1].pos_ == "PROPN" == after[0].pos_
    return around or any(t.lower_ in word_list("words_as_words") for t in near)
