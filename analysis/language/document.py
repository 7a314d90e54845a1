"""The document: an article and its parse, with all that several stages look up in it, worked out once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from analysis.knowledge.gazetteer import Knowledge
from analysis.language.encoder import Reading, apart, read, windows
from analysis.language.known import knowledge_of
from analysis.language.quotes import Quote, find_quotes
from analysis.language.stand_ins import stand_ins_of
from analysis.reading.article import Article, Segment
from analysis.schema.spans import Span

READ = ("headline", "repeated headline", "body")
"""The kinds of segment in which statements and actors are looked for."""
TOLD = ("headline", "body")
"""The kinds of segment whose sentences are passages."""


@dataclass(frozen=True)
class Place:
    """One sentence of headline or body: its number, its segment, its kind ("headline" or "body"), its characters."""

    passage_id: int
    segment_id: int
    placement: str
    start: int
    end: int


@dataclass(frozen=True)
class Stretch:
    """A segment that is read: its tokens and the quotations in it."""

    segment: Segment
    words: Words
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Parsed:
    """An article and its parse; ``token.idx`` counts characters of ``article.text``."""

    article: Article
    doc: Doc

    @property
    def knowledge(self) -> Knowledge:
        """What is known before the article is read."""
        return knowledge_of(self.doc[:])

    @property
    def article_id(self) -> str:
        return self.article.article_id

    @property
    def text(self) -> str:
        return self.article.text

    def words(self, span: Span) -> Words:
        """The tokens that a span of characters touches."""
        return self.doc.char_span(*span, alignment_mode="expand")

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """The segments that are read and have words, in order."""
        found = ((one, self.words((one.start, one.end))) for one in self.article.segments if one.kind in READ)
        return tuple(
            Stretch(one, words, tuple(find_quotes(self.text, one.start, one.end)))
            for one, words in found
            if words is not None
        )

    @cached_property
    def quoted(self) -> bytearray:
        """For each character 2 inside double quotation marks, 1 inside single ones, 0 outside."""
        mask = bytearray(len(self.text))
        for stretch in self.stretches:
            for quote in stretch.quotes:
                mask[quote.start : quote.end] = (b"\2" if quote.double else b"\1") * (quote.end - quote.start)
        return mask

    @cached_property
    def entities(self) -> tuple[Words, ...]:
        """The named entities of the parse."""
        return tuple(self.doc.ents)

    @cached_property
    def passages(self) -> tuple[Place, ...]:
        """The sentences of headline and body. Repeated headlines, datelines, bylines and boilerplate are none."""
        found: list[Place] = []
        for stretch in self.stretches:
            segment = stretch.segment
            for sentence in stretch.words.sents if segment.kind in TOLD else ():
                start, end = max(sentence.start_char, segment.start), min(sentence.end_char, segment.end)
                words = self.text[start:end]
                start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
                if any(map(str.isalnum, words)):
                    found.append(Place(len(found) + 1, segment.segment_id, segment.kind, start, end))
        return tuple(found)

    @cached_property
    def sentences(self) -> list[Span]:
        """The characters of each passage."""
        return [(one.start, one.end) for one in self.passages]

    @cached_property
    def reading(self) -> Reading:
        """What the encoder makes of the passages; they are read when it is first asked for, and once."""
        return read(windows(self.text, self.sentences, names=stand_ins_of(self.doc)))

    def passage_at(self, at: int) -> Place | None:
        """The passage that holds a character; none in a repeated headline or between passages."""
        k = bisect_right(self._passage_starts, at) - 1
        return self.passages[k] if k >= 0 and at < self.passages[k].end else None

    @cached_property
    def _passage_starts(self) -> list[int]:
        return [one.start for one in self.passages]

    def segment_at(self, at: int) -> Segment:
        """The segment that holds a character."""
        return self.article.segments[bisect_right(self._segment_starts, at) - 1]

    @cached_property
    def _segment_starts(self) -> list[int]:
        return [one.start for one in self.article.segments]


def read_together(articles: Sequence[Parsed]) -> None:
    """Read several articles at once, windows of like length together, so that less of each batch is padding."""
    parts = [windows(one.text, one.sentences, names=stand_ins_of(one.doc)) for one in articles]
    for one, reading in zip(articles, apart(read([window for part in parts for window in part]), parts), strict=True):
        vars(one)["reading"] = reading  # what the cached property would find


def characters(*tokens: Token) -> list[Span]:
    """The characters of each token."""
    return [(token.idx, token.idx + len(token)) for token in tokens]
