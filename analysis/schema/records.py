"""Records: one frozen object a row, field for field the columns of its table.

Stages make and take records; a table is built of them once, when all is done (:func:`analysis.schema.tabulate`), and
read back to them where a user gives one (:mod:`analysis.schema.rows`). A field's annotation holds its Python type
and its column; several spans or names in one cell are tuples here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from analysis.schema.columns import (
    Column,
    Count,
    Flag,
    Id,
    Key,
    MaybeOffset,
    Names,
    Number,
    Offset,
    Pieces,
    Places,
    Score,
    Share,
    Sign,
    Text,
    one_of,
)
from analysis.schema.spans import Span
from analysis.schema.values import (
    CUE_CLASSES,
    DEVICES,
    FUNCTIONS,
    KINDS,
    LOADINGS,
    MANNERS,
    MENTION_FORMS,
    PLACEMENTS,
    QUOTE_TYPES,
    ROLES,
)


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A sentence of headline or body, with its tone and the share of it that is credited to somebody."""

    article_id: Id
    passage_id: Key
    segment_id: Key
    placement: Annotated[str, one_of(PLACEMENTS)]
    start: Offset
    end: Offset
    text: Id
    words: Count = None
    attributed: Share = None
    polarity: Score = None
    subjectivity: Share = None
    evidence: Places = ()
    evidence_text: Text = None
    method: Id
    confidence: Share = None


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody who speaks or is spoken about, whatever the names that the text uses."""

    article_id: Id
    actor_id: Id
    name: Id
    kind: Annotated[str, one_of(KINDS)]
    office: Text = None
    body: Text = None
    state: Text = None
    party: Text = None
    camp: Text = None
    official: Flag = None
    names: Names = ()
    mentions: Count = None
    statements: Count = None
    evidence: Places = ()
    evidence_text: Text = None
    method: Id
    confidence: Share = None


@dataclass(frozen=True, kw_only=True)
class Mention:
    """One place where an actor is named, described or meant by a pronoun; without an id no rule could link it."""

    article_id: Id
    mention_id: Key
    actor_id: Text = None
    segment_id: Key
    start: Offset
    end: Offset
    text: Id
    form: Annotated[str, one_of(MENTION_FORMS)]
    method: Id
    confidence: Share = None


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Source, cue and content, and what the text says about speaker, addressee and occasion."""

    article_id: Id
    statement_id: Key
    segment_id: Key
    passage_id: Number = None
    placement: Annotated[str, one_of(PLACEMENTS)]
    repeats: Number = None
    inside: Number = None
    speaker_id: Text = None
    speaker: Text = None
    camp: Text = None
    source_start: MaybeOffset = None
    source_end: MaybeOffset = None
    source: Text = None
    cue_start: MaybeOffset = None
    cue_end: MaybeOffset = None
    cue: Text = None
    cue_lemma: Text = None
    cue_class: Annotated[str, one_of(CUE_CLASSES)]
    content_start: Offset
    content_end: Offset
    content_spans: Pieces
    content: Id
    quote_type: Annotated[str, one_of(QUOTE_TYPES)]
    via: Text = None
    addressee_id: Text = None
    addressee: Text = None
    occasion: Text = None
    words: Count = None
    speaker_method: Text = None
    evidence: Places = ()
    evidence_text: Text = None
    method: Id
    confidence: Share = None

    @property
    def cue_span(self) -> Span | None:
        return None if self.cue_start is None else (self.cue_start, self.cue_end)

    @property
    def source_span(self) -> Span | None:
        return None if self.source_start is None else (self.source_start, self.source_end)


@dataclass(frozen=True, kw_only=True)
class Stance:
    """The position of a source toward a target: -1 against, 0 neither, +1 for.

    `said` is what a speaker takes in a statement of his own, `told` what others tell of the source: a deed, or words.
    The teller is the writer, or the speaker in whose words it is told.
    """

    article_id: Id
    statement_id: Number = None
    passage_id: Number = None
    how: Annotated[str, one_of(MANNERS)]
    teller_id: Id
    teller: Id
    source_id: Id
    source: Id
    source_camp: Text = None
    target_id: Id
    target: Id
    target_camp: Text = None
    stance: Annotated[int, Column("Int64", required=True, low=-1, high=1)]
    score: Score = None
    probability: Share = None
    evidence: Places = ()
    evidence_text: Text = None
    method: Id
    confidence: Share = None


@dataclass(frozen=True, kw_only=True)
class Sentiment:
    """How the language around a mention paints the actor: tone by a lexicon, sentiment by a model."""

    article_id: Id
    mention_id: Key
    actor_id: Id
    actor: Id
    camp: Text = None
    voice_id: Id
    voice: Id
    passage_id: Key
    statement_id: Number = None
    polarity: Score = None
    subjectivity: Share = None
    evidence: Places = ()
    evidence_text: Text = None
    method: Id
    confidence: Share = None
    sentiment: Sign = None
    sentiment_score: Score = None
    probability: Share = None
    sentiment_evidence: Places = ()
    sentiment_evidence_text: Text = None
    sentiment_method: Text = None


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What a passage makes the issue about, in the words of one voice."""

    article_id: Id
    scheme: Id
    frame: Id
    voice_id: Id
    voice: Id
    passage_id: Key
    statement_id: Number = None
    evidence: Places = ()
    evidence_text: Text = None
    method: Id
    probability: Share = None
    confidence: Share = None


@dataclass(frozen=True, kw_only=True)
class Role:
    """How a voice casts an actor in a passage."""

    article_id: Id
    actor_id: Id
    actor: Id
    camp: Text = None
    role: Annotated[str, one_of(ROLES)]
    voice_id: Id
    voice: Id
    passage_id: Key
    statement_id: Number = None
    evidence: Places = ()
    evidence_text: Text = None
    method: Id
    probability: Share = None
    confidence: Share = None


@dataclass(frozen=True, kw_only=True)
class Function:
    """A problem, cause, judgement or remedy in a passage, and the actor it is about."""

    article_id: Id
    function: Annotated[str, one_of(FUNCTIONS)]
    actor_id: Text = None
    actor: Text = None
    camp: Text = None
    voice_id: Id
    voice: Id
    passage_id: Key
    statement_id: Number = None
    evidence: Places = ()
    evidence_text: Text = None
    method: Id
    probability: Share = None
    confidence: Share = None


@dataclass(frozen=True, kw_only=True)
class Device:
    """A place where a choice of words tells a story one way."""

    article_id: Id
    device: Annotated[str, one_of(DEVICES)]
    placement: Annotated[str, one_of(PLACEMENTS)]
    start: Offset
    end: Offset
    text: Id
    term: Text = None
    term_class: Text = None
    loading: Annotated[str | None, one_of(LOADINGS, required=False)] = None
    actor_id: Text = None
    actor: Text = None
    camp: Text = None
    voice_id: Id
    voice: Id
    passage_id: Key
    statement_id: Number = None
    evidence: Places = ()
    evidence_text: Text = None
    method: Id
    confidence: Share = None


RECORDS: Mapping[str, type] = {
    "passages": Passage,
    "actors": Actor,
    "mentions": Mention,
    "statements": Statement,
    "stances": Stance,
    "sentiments": Sentiment,
    "frames": Frame,
    "roles": Role,
    "functions": Function,
    "devices": Device,
}
"""Table -> what one of its rows is."""
