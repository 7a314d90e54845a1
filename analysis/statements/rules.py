"""Finding attributions: the ordered, named rules and the learned tagger, applied paragraph by paragraph.

Both read one paragraph at a time, so that no source and no content crosses a segment. Each rule is a small
function that yields :class:`Attribution`; the first to claim a cue or a content keeps it. Which word attributes
with which complement ("offer to help", "accuse X of Y") is data: ``codebook/cues.csv``. The tagger is
:mod:`analysis.statements.learned`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from analysis.codebook.rules import Rule
from analysis.language.document import Parsed
from analysis.language.models import uses_models
from analysis.schema.spans import jaccard, overlap, within
from analysis.statements.attribution import Attribution, Paragraph, paragraphs
from analysis.statements.cues import Cues, load_cues
from analysis.statements.learned import attributions_of
from analysis.statements.quoted import (
    block_quote,
    headline_colon,
    quote_cue,
    quote_name,
    script_line,
    with_loose_quotes,
)
from analysis.statements.reported import according_to, complement, noun_cue, parenthetical

RULES: tuple[Rule[Callable[[Paragraph], Iterator[Attribution]]], ...] = (
    Rule("headline_colon", headline_colon),
    Rule("script_line", script_line),
    Rule("quote_name", quote_name),
    Rule("quote_cue", quote_cue),
    Rule("according_to", according_to),
    Rule("parenthetical", parenthetical),
    Rule("verb_clause, verb_infinitive, verb_object, verb_as, verb_about", complement),
    Rule("noun_clause", noun_cue),
)
"""In this order; the first rule that claims a cue or a content keeps it. One function may give several methods."""


def find_attributions(parsed: Parsed, cues: Cues | None = None, *, method: str = "model") -> list[Attribution]:
    """All attributions of the article in the order of their contents.

    `method` is one of ``schema.METHODS``. By the model what the tagger finds comes first and the rules add what they
    are surer of; raises :class:`analysis.language.models.EncoderError` if the model files are not those measured.
    """
    learned = uses_models(method)
    parts = paragraphs(parsed, cues or load_cues())
    ruled = [_by_rules(paragraph) for paragraph in parts]
    chosen = map(_reconciled, attributions_of(parts), ruled) if learned else ruled
    found: list[Attribution] = []
    for before, paragraph, here in zip([None, *parts], parts, chosen, strict=False):
        found += with_loose_quotes(paragraph, _introduced(paragraph, before, here, found), found)
    return sorted(found, key=lambda one: (one.content[0], one.content[-1]))


def _introduced(
    paragraph: Paragraph, before: Paragraph | None, here: list[Attribution], found: list[Attribution]
) -> list[Attribution]:
    """The attributions of a paragraph, with that of a quotation which the paragraph before it announces.

    A cue that has a content already ("dismissed the plan in a letter:") stays with it: the quotation has none then.
    """
    new = [one for one in block_quote(paragraph, before) if not any(_same(one, other) for other in here)]
    taken = [one.cue for one in found if one.cue]
    return here + [
        replace(one, cue=None, cue_head=None) if any(overlap(one.cue, cue) for cue in taken) else one for one in new
    ]


def _by_rules(paragraph: Paragraph) -> list[Attribution]:
    """What the rules find in one paragraph."""
    here: list[Attribution] = []
    for rule in RULES:
        for one in rule.decide(paragraph):
            if one.content and not any(_same(one, other) for other in here):
                here.append(one)
    return here


SURER = ("headline_colon", "script_line", "quote_name")
"""Rules that are surer than the tagger: they read the layout of a headline or a transcript, which it hardly saw."""


NESTED = ("verb_as",)
"""Rules for statements inside others ("X said that Y had *accused* Z of A"), which the tagger seldom finds."""


def _reconciled(tagged: list[Attribution], ruled: list[Attribution]) -> list[Attribution]:
    """What the tagger found in one paragraph, and what the rules are surer of: these layouts, and who relayed it."""
    surer = [one for one in ruled if one.rule in SURER or one.via is not None]
    kept = surer + [one for one in tagged if not any(_same(one, other) for other in surer)]
    contents = [piece for one in kept for piece in one.content]
    nested = [one for one in ruled if one.rule in NESTED and one.cue and within(one.cue, contents)]
    return kept + [one for one in nested if not any(_same(one, other) for other in kept)]


def _same(one: Attribution, other: Attribution) -> bool:
    """Whether two rules found the same statement: one cue, or contents that mostly coincide."""
    if one.cue is not None and other.cue is not None and overlap(one.cue, other.cue):
        return True
    return jaccard(one.content, other.content) >= 0.5
