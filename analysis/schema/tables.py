"""The tables: which columns each one has, of which type, and which values they may take.

Every table is tidy (one row, one observation) and carries `article_id`: one article is a corpus of one.
A table without rows still has all its columns. What was not measured is missing, never 0.

Spans are characters into ``article.text``. `evidence` holds the spans of the words that decided, as
``"120-127;130-140"`` (see :mod:`analysis.schema.spans`), and `evidence_text` those words. `method` is the name of
the rule or the name and version of the model. `confidence` is the share of this method's rows that agreed
with human coding where that was measured, and missing where it was not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.schema.columns import (
    COUNT,
    FLAG,
    ID,
    KEY,
    MAYBE_OFFSET,
    NUMBER,
    OFFSET,
    SCORE,
    SHARE,
    TEXT,
    Column,
    SchemaError,
    is_missing,
    one_of,
    problem_of,
)

WRITER = "writer"
"""The voice of everything that the article attributes to nobody."""

KINDS = ("person", "state", "organisation", "group")
SEGMENT_KINDS = ("headline", "repeated headline", "dateline", "byline", "body", "boilerplate")
MENTION_FORMS = ("name", "title", "description", "nationality", "group", "pronoun")
QUOTE_TYPES = ("direct", "indirect", "mixed")
PLACEMENTS = ("headline", "body")
CUE_CLASSES = (
    "neutral",
    "structuring",
    "assertive",
    "accusing",
    "denying",
    "conceding",
    "directive",
    "commissive",
    "evaluative",
    "cognitive",
)
ROLES = ("villain", "victim", "hero")
FUNCTIONS = ("problem", "cause", "judgement", "remedy")
DEVICES = ("loaded_term", "scare_quote", "hedge", "booster", "unattributed_claim")
LOADINGS = ("delegitimising", "neutral", "legitimising")
STATUSES = ("kept", "set aside")
REASONS = ("empty", "too short", "not English", "no text", "duplicate", "unreadable")
"""Why an article is set aside; `no text` is a row of a table whose text is elsewhere."""

_JUDGEMENT = {"evidence": TEXT, "evidence_text": TEXT, "method": ID, "confidence": SHARE}
_SPAN = {"start": OFFSET, "end": OFFSET, "text": ID}
_VOICE = {"voice_id": ID, "voice": ID, "passage_id": KEY, "statement_id": NUMBER}

TABLES: Mapping[str, Mapping[str, Column]] = {
    "articles": {
        "article_id": ID,
        "source_file": TEXT,
        "title": TEXT,
        "outlet": TEXT,
        "author": TEXT,
        "date": TEXT,
        "dateline": TEXT,
        "language": TEXT,
        "words": COUNT,
        "characters": COUNT,
        "part": TEXT,
        "format": TEXT,
        "encoding": TEXT,
        "duplicate_of": TEXT,
        "similarity": SHARE,
        "sha256": TEXT,
    },
    "metadata": {
        "article_id": ID,
        "field": ID,
        "value": ID,
    },
    "segments": {
        "article_id": ID,
        "segment_id": KEY,
        "kind": one_of(SEGMENT_KINDS),
        **_SPAN,
        "repeats": NUMBER,
        "original_start": MAYBE_OFFSET,
        "original_end": MAYBE_OFFSET,
    },
    "passages": {
        "article_id": ID,
        "passage_id": KEY,
        "segment_id": KEY,
        "placement": one_of(PLACEMENTS),
        **_SPAN,
        "words": COUNT,
        "attributed": SHARE,
        "polarity": SCORE,
        "subjectivity": SHARE,
        **_JUDGEMENT,
    },
    "actors": {
        "article_id": ID,
        "actor_id": ID,
        "name": ID,
        "kind": one_of(KINDS),
        "office": TEXT,
        "affiliation": TEXT,
        "camp": TEXT,
        "official": FLAG,
        "names": TEXT,
        "mentions": COUNT,
        "statements": COUNT,
        **_JUDGEMENT,
    },
    "mentions": {
        "article_id": ID,
        "mention_id": KEY,
        "actor_id": TEXT,
        "segment_id": KEY,
        **_SPAN,
        "form": one_of(MENTION_FORMS),
        "method": ID,
        "confidence": SHARE,
    },
    "statements": {
        "article_id": ID,
        "statement_id": KEY,
        "segment_id": KEY,
        "passage_id": NUMBER,
        "placement": one_of(PLACEMENTS),
        "repeats": NUMBER,
        "inside": NUMBER,
        "speaker_id": TEXT,
        "speaker": TEXT,
        "camp": TEXT,
        "source_start": MAYBE_OFFSET,
        "source_end": MAYBE_OFFSET,
        "source": TEXT,
        "cue_start": MAYBE_OFFSET,
        "cue_end": MAYBE_OFFSET,
        "cue": TEXT,
        "cue_lemma": TEXT,
        "cue_class": one_of(CUE_CLASSES),
        "content_start": OFFSET,
        "content_end": OFFSET,
        "content_spans": ID,
        "content": ID,
        "quote_type": one_of(QUOTE_TYPES),
        "via": TEXT,
        "addressee_id": TEXT,
        "addressee": TEXT,
        "occasion": TEXT,
        "words": COUNT,
        "speaker_method": TEXT,
        **_JUDGEMENT,
    },
    "stances": {
        "article_id": ID,
        "statement_id": NUMBER,
        "passage_id": NUMBER,
        "source_id": ID,
        "source": ID,
        "source_camp": TEXT,
        "target_id": ID,
        "target": ID,
        "target_camp": TEXT,
        "stance": Column("Int64", required=True, low=-1, high=1),
        "probability": SHARE,
        **_JUDGEMENT,
    },
    "sentiments": {
        "article_id": ID,
        "mention_id": KEY,
        "actor_id": ID,
        "actor": ID,
        "camp": TEXT,
        **_VOICE,
        "polarity": SCORE,
        "subjectivity": SHARE,
        **_JUDGEMENT,
        "sentiment": Column("Int64", low=-1, high=1),
        "sentiment_score": SCORE,
        "probability": SHARE,
        "sentiment_evidence": TEXT,
        "sentiment_evidence_text": TEXT,
        "sentiment_method": TEXT,
    },
    "frames": {
        "article_id": ID,
        "scheme": ID,
        "frame": ID,
        **_VOICE,
        **_JUDGEMENT,
    },
    "roles": {
        "article_id": ID,
        "actor_id": ID,
        "actor": ID,
        "camp": TEXT,
        "role": one_of(ROLES),
        **_VOICE,
        **_JUDGEMENT,
    },
    "functions": {
        "article_id": ID,
        "function": one_of(FUNCTIONS),
        "actor_id": TEXT,
        "actor": TEXT,
        "camp": TEXT,
        **_VOICE,
        **_JUDGEMENT,
    },
    "devices": {
        "article_id": ID,
        "device": one_of(DEVICES),
        "placement": one_of(PLACEMENTS),
        **_SPAN,
        "term": TEXT,
        "term_class": TEXT,
        "loading": one_of(LOADINGS, required=False),
        "actor_id": TEXT,
        "actor": TEXT,
        "camp": TEXT,
        **_VOICE,
        **_JUDGEMENT,
    },
    "intake": {
        "article_id": TEXT,
        "source_file": ID,
        "part": TEXT,
        "format": TEXT,
        "status": one_of(STATUSES),
        "reason": one_of(REASONS, required=False),
        "detail": TEXT,
        "language": TEXT,
        "title": TEXT,
        "outlet": TEXT,
        "date": TEXT,
        "words": COUNT,
        "duplicate_of": TEXT,
        "similarity": SHARE,
    },
    "problems": {
        "article_id": TEXT,
        "source_file": ID,
        "part": TEXT,
        "stage": ID,
        "problem": ID,
        "remedy": ID,
    },
}


def empty(table: str) -> pd.DataFrame:
    """A table of that name without rows, with all its columns and types."""
    return tabulate(table, [])


def tabulate(table: str, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Rows as a checked table: columns in the order of the schema, absent cells missing.

    Raises :class:`SchemaError` if a row names a column that the table does not have, or the result fails
    :func:`check`.
    """
    rows, columns = list(rows), TABLES[table]
    unknown = {name for row in rows for name in row} - set(columns)
    if unknown:
        raise SchemaError(f"{table}: no such column: {', '.join(sorted(unknown))}")
    data = {}
    for name, column in columns.items():
        cells = [row.get(name) for row in rows]
        problem = problem_of([cell for cell in cells if not is_missing(cell)], len(cells), column)
        if problem:
            raise SchemaError(f"{table}.{name}: {problem}")
        data[name] = pd.array(cells, dtype=column.dtype)
    return pd.DataFrame(data)


def check(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` if it follows the schema of `table`; raise :class:`SchemaError` naming what does not."""
    columns = TABLES[table]
    if list(frame.columns) != list(columns):
        raise SchemaError(f"{table}: columns {list(frame.columns)} instead of {list(columns)}")
    for name, column in columns.items():
        cells = frame[name]
        if str(cells.dtype) != column.dtype:
            raise SchemaError(f"{table}.{name}: type {cells.dtype} instead of {column.dtype}")
        problem = problem_of(cells.dropna().tolist(), len(cells), column)
        if problem:
            raise SchemaError(f"{table}.{name}: {problem}")
    return frame
