"""Finding attributions: the ordered, named rules, applied paragraph by paragraph.

The rules read one paragraph at a time, so that no source and no content crosses a segment. Each is a small
function that yields :class:`Attribution`; the first to claim a cue or a content keeps it. Which word attributes
with which complement ("offer to help", "accuse X of Y") is data: ``codebook/cues.csv``.
"""

from __future__ import annotations

from analysis.attribution import Attribution, Paragraph, paragraphs
from analysis.cues import Cues, load_cues
from analysis.parsing import Parsed
from analysis.quoted import headline_colon, quote_cue, quote_name, script_line, with_loose_quotes
from analysis.reported import according_to, complement, noun_cue, parenthetical
from analysis.spans import Span, overlap

RULES = (
    headline_colon,
    script_line,
    quote_name,
    quote_cue,
    according_to,
    parenthetical,
    complement,
    noun_cue,
)
"""In this order; the first rule that claims a cue or a content keeps it."""


def find_attributions(parsed: Parsed, cues: Cues | None = None) -> list[Attribution]:
    """All attributions of the article in the order of their contents."""
    cues = cues or load_cues()
    found: list[Attribution] = []
    for paragraph in paragraphs(parsed, cues):
        _read_paragraph(paragraph, found)
    return sorted(found, key=lambda one: (one.content[0], one.content[-1]))


def _read_paragraph(paragraph: Paragraph, found: list[Attribution]) -> None:
    """Add what the rules find in one paragraph; `found` holds what stands before it."""
    here: list[Attribution] = []
    for rule in RULES:
        for one in rule(paragraph):
            if one.content and not any(_same(one, other) for other in here):
                here.append(one)
    found += with_loose_quotes(paragraph, here, found)


def _same(one: Attribution, other: Attribution) -> bool:
    """Whether two rules found the same statement: one cue, or contents that mostly coincide."""
    if one.cue is not None and other.cue is not None and overlap(one.cue, other.cue):
        return True
    return _jaccard(one.content, other.content) >= 0.5


def _jaccard(one: tuple[Span, ...], other: tuple[Span, ...]) -> float:
    first = {i for start, end in one for i in range(start, end)}
    second = {i for start, end in other for i in range(start, end)}
    return len(first & second) / len(first | second)
