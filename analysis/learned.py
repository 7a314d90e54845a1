"""Attributions by the learned tagger, and by the rules where they are surer.

The tagger says for every word of a paragraph how likely it is a cue, and for every cue which words are its source
and its content (:mod:`analysis.tagger`). Here its probabilities become attributions: spans without ragged edges,
quotations whole, the head of the source in the parse.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from spacy.tokens import Token

from analysis import encoder, features, syntax
from analysis.attribution import Attribution, Paragraph, mend, trim
from analysis.features import Stretch, head_of
from analysis.spans import Span, merge
from analysis.tagger import Onnx, Tagged, tag

METHOD = "tagger"
"""The name that stands in the column `method` of a statement that the tagger found."""


@dataclass(frozen=True)
class Thresholds:
    """From which probability on a word belongs to a part and a cue counts; chosen on PolNeAR dev."""

    cue: float = 0.65
    content: float = 0.5
    source: float = 0.4


def attributions_of(paragraphs: Sequence[Paragraph], limits: Thresholds | None = None) -> list[list[Attribution]]:
    """What the tagger finds in each paragraph of an article."""
    network, tokenizer, limits = Onnx(), encoder.load_tokenizer(), limits or Thresholds()

    def read(stretch: Stretch) -> list[Attribution]:
        return statements_of(stretch, tag(stretch, network, tokenizer), limits)

    return [[one for stretch in features.stretches(paragraph) for one in read(stretch)] for paragraph in paragraphs]


def statements_of(stretch: Stretch, tagged: Sequence[Tagged], limits: Thresholds) -> list[Attribution]:
    """What the tagger says about one stretch, as attributions."""
    sure = [one for one in tagged if one.probability >= limits.cue]
    found = (attribution_of(one, stretch, limits) for one in undisputed(sure, limits))
    return [one for one in found if one is not None]


def undisputed(tagged: Sequence[Tagged], limits: Thresholds) -> list[Tagged]:
    """The cues with no word credited twice, unless one statement is nested in the other.

    '"A," X said. "B," Y said.': where the tagger gives "B" to both, the likelier cue keeps it.
    """
    contents = [one.content.copy() for one in tagged]
    for i, one in enumerate(tagged):
        for j in range(i + 1, len(tagged)):
            other = tagged[j]
            both = (contents[i] >= limits.content) & (contents[j] >= limits.content)
            nested = contents[i][other.start] >= limits.content or contents[j][one.start] >= limits.content
            if both.any() and not nested:
                loser = i if contents[i][both].mean() < contents[j][both].mean() else j
                contents[loser][both] = 0.0
    return [replace(one, content=content) for one, content in zip(tagged, contents, strict=True)]


def attribution_of(one: Tagged, stretch: Stretch, limits: Thresholds) -> Attribution | None:
    """What the tagger says about one cue, as an attribution; None if nothing is credited."""
    cue = _trimmed_cue(list(stretch.tokens[one.start : one.end]))
    content = _content(one, stretch, cue, limits)
    if not content:
        return None
    source = _best_run(one.source, limits.source, one)
    words = _with_article(_trimmed_source([stretch.tokens[k] for k in source]), cue)
    return Attribution(
        rule=METHOD,
        content=tuple(content),
        source=syntax.span_of(words),
        source_head=_head(words) if words else None,
        cue=syntax.span_of(cue),
        cue_head=head_of(cue),
        probability=round(one.probability, 3),
    )


_HOLE = 10
"""At most so many words between two parts of one content are taken in, if neither cue nor source is among them."""


def _content(one: Tagged, stretch: Stretch, cue: list[Token], limits: Thresholds) -> list[Span]:
    """The credited words in pieces: small holes filled, edges trimmed, quotations whole."""
    inside = one.content >= limits.content
    inside[one.start : one.end] = False
    runs = _runs(_filled(inside, one))
    around = stretch.paragraph.quote_at(cue[0])
    spans = []
    for first, last in runs:
        words = trim(list(stretch.tokens[first:last]))
        if any(token.is_alpha or token.like_num for token in words):
            spans.append(_mended(syntax.span_of(words), stretch.paragraph, around, cue))
    return merge(spans)


def _mended(span: Span, paragraph: Paragraph, around: object, cue: list[Token]) -> Span:
    """The span widened to whole quotations, unless that would take in the cue."""
    wide = mend(span, paragraph, around)
    return span if wide[0] < cue[-1].idx + len(cue[-1]) and cue[0].idx < wide[1] else wide


def _filled(inside: np.ndarray, one: Tagged) -> np.ndarray:
    """The mask without small holes, the cue and its source apart."""
    filled = inside.copy()
    places = np.flatnonzero(inside)
    for left, right in itertools.pairwise(places):
        hole = np.arange(left + 1, right)
        cut = any(one.start <= k < one.end or one.source[k] >= 0.5 for k in hole)
        if 0 < len(hole) <= _HOLE and not cut:
            filled[hole] = True
    return filled


def _runs(inside: np.ndarray) -> list[tuple[int, int]]:
    """Stretches of true values, end excluded."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inside.astype(int), [0]])))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _best_run(chances: np.ndarray, limit: float, one: Tagged) -> range:
    """The words of the source: the likeliest stretch without a gap."""
    runs = _runs(_filled(chances >= limit, replace(one, source=np.zeros_like(chances))))
    return range(*max(runs, key=lambda run: chances[run[0] : run[1]].sum())) if runs else range(0)


def _trimmed_source(words: list[Token]) -> list[Token]:
    """Without marks at the edges, and without what hangs behind: "Iran's top commander | on Tuesday"."""
    while words and (_is_edge(words[-1], ")”\"'") or words[-1].pos_ == "ADP" or syntax.is_time(words[-1])):
        words = words[:-1]
    while words and _is_edge(words[0], "(“\"'@#$"):
        words = words[1:]
    return words


def _is_edge(token: Token, kept: str) -> bool:
    return token.is_space or (token.is_punct and token.text not in kept)


def _trimmed_cue(words: list[Token]) -> list[Token]:
    """From the verb or its auxiliary on, without the article of a source: "also | offered", "according to | a"."""
    while len(words) > 1 and words[0].dep_ == "advmod" and words[0].tag_.startswith("RB"):
        words = words[1:]
    while len(words) > 1 and words[-1].dep_ == "det":
        words = words[:-1]
    return words


def _with_article(words: list[Token], cue: list[Token]) -> list[Token]:
    """The source from its article on: "*the* report"."""
    before = words[0].nbor(-1) if words and words[0].i else None
    if before is not None and before.dep_ == "det" and before.head in words and before not in cue:
        return [before, *words]
    return words


def _head(words: Sequence[Token]) -> Token:
    """Who it is: the head of the first noun phrase in the source, a name rather than its title."""
    inside = {token.i for token in words}
    tops = [t for t in words if (t.head.i not in inside or t.head == t) and t.pos_ in ("NOUN", "PROPN", "PRON")]
    top = tops[0] if tops else next((t for t in words if t.pos_ in ("NOUN", "PROPN", "PRON")), words[-1])
    last = syntax.noun_phrase(top)[-1]
    named = last.ent_type_ == "PERSON" and not top.ent_type_ and last.dep_ == "pobj"
    return last if named else top
