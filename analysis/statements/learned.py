"""Attributions by the learned tagger, and by the rules where they are surer.

The tagger says for every word of a paragraph how likely it is a cue, and for every cue which words are its source
and its content (:mod:`analysis.statements.tagger`). Here its probabilities become attributions: spans without
ragged edges, quotations whole, the head of the source in the parse.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from spacy.tokens import Token

from analysis.codebook import word_list
from analysis.language import models, syntax
from analysis.schema.spans import Span, merge, overlap
from analysis.statements import features
from analysis.statements.attribution import Attribution, Paragraph, mend, named_head, quoted_by, trim
from analysis.statements.features import Stretch, head_of
from analysis.statements.tagger import Onnx, Tagged, tag

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
    limits, tokenizer = limits or Thresholds(), models.load_tokenizer()
    parts = [list(features.stretches(one)) for one in paragraphs]
    tagged = iter(tag([stretch for part in parts for stretch in part], Onnx(), tokenizer))
    return [_in_turn([statements_of(stretch, next(tagged), limits) for stretch in part]) for part in parts]


def _in_turn(found: Sequence[Sequence[Attribution]]) -> list[Attribution]:
    """The statements of the stretches of one paragraph, no quotation that reaches over two of them given twice."""
    kept: list[Attribution] = []
    for here in found:
        taken = [piece for one in kept for piece in one.content]
        for one in here:
            nested = one.cue is not None and any(overlap(one.cue, piece) for piece in taken)
            free = [piece for piece in one.content if nested or not any(overlap(piece, other) for other in taken)]
            kept += [replace(one, content=tuple(free))] if free else []
    return kept


def statements_of(stretch: Stretch, tagged: Sequence[Tagged], limits: Thresholds) -> list[Attribution]:
    """What the tagger says about one stretch, as attributions."""
    sure = [one for one in tagged if one.probability >= limits.cue]
    found = (attribution_of(one, stretch, limits) for one in undisputed(sure, limits))
    return [one for one in found if one is not None and not _is_deed(one, stretch)]


def _is_deed(one: Attribution, stretch: Stretch) -> bool:
    """Whether the cue tells a deed or a name and no words: "was *convicted* of", "*known* as", "*never says*"."""
    verb = one.cue_head
    quoted = any(
        overlap(piece, (q.start, q.end)) for piece in one.content for q in stretch.paragraph.quotes if q.double
    )
    never = any(token.lower_ == "never" for token in syntax.children(verb, "neg", "advmod"))
    if never and verb.tag_ in ("VBZ", "VBP"):
        return True
    if quoted:
        return False
    naming = one.lemma in word_list("naming") and any(p.lower_ in ("as", "for") for p in syntax.children(verb, "prep"))
    return one.lemma in word_list("deeds_of_state") or (naming and verb.tag_ == "VBN")


def undisputed(tagged: Sequence[Tagged], limits: Thresholds) -> list[Tagged]:
    """The cues with no word credited twice, unless one statement is nested in the other.

    '"A," X said. "B," Y said.': where the tagger gives "B" to both, the cue for which it is likelier keeps it; for
    the other the words count as barred, with a probability below 0.
    """
    contents = [one.content.copy() for one in tagged]
    for i, one in enumerate(tagged):
        for j in range(i + 1, len(tagged)):
            both = (contents[i] >= limits.content) & (contents[j] >= limits.content)
            nested = contents[i][tagged[j].start] >= limits.content or contents[j][one.start] >= limits.content
            if both.any() and not nested:
                loser = i if contents[i][both].mean() < contents[j][both].mean() else j
                contents[loser][both] = -1.0
    return [replace(one, content=content) for one, content in zip(tagged, contents, strict=True)]


def attribution_of(one: Tagged, stretch: Stretch, limits: Thresholds) -> Attribution | None:
    """What the tagger says about one cue, as an attribution; None if nothing is credited, or by nothing but a "the"."""
    cue = _trimmed_cue(list(stretch.tokens[one.start : one.end]))
    at_cue = np.zeros(len(one.content), dtype=bool)
    at_cue[one.start : one.end] = True
    at_source = _best_run(one.source, limits.source, at_cue)
    content = _content(one, stretch, at_cue | at_source, limits)
    if not content or all(token.pos_ == "DET" for token in cue):
        return None
    words = _with_article(_trimmed_source([stretch.tokens[k] for k in np.flatnonzero(at_source)]), cue)
    quoted = quoted_by(head_of(cue))
    via, words = (words, syntax.noun_phrase(quoted)) if words and quoted is not None else ([], words)
    return Attribution(
        rule=METHOD,
        content=tuple(content),
        source=syntax.span_of(words),
        source_head=_head(words) if words else None,
        cue=syntax.span_of(cue),
        cue_head=head_of(cue),
        via=syntax.span_of(via),
        probability=round(one.probability, 3),
    )


_HOLE = 10
"""At most so many words between two parts of one content are taken in, if none of them is barred."""


def _content(one: Tagged, stretch: Stretch, taken: np.ndarray, limits: Thresholds) -> list[Span]:
    """The credited words in pieces: small holes filled, edges trimmed, quotations whole; never a word of `taken`."""
    barred = taken | (one.content < 0)
    inside = _filled((one.content >= limits.content) & ~barred, barred)
    kept = [syntax.span_of([stretch.tokens[k]]) for k in np.flatnonzero(barred)]
    spans = []
    for first, last in _runs(inside):
        words = trim(list(stretch.tokens[first:last]))
        if any(map(str.isalnum, "".join(token.text for token in words))):
            spans.append(_mended(syntax.span_of(words), stretch, kept))
    return merge(spans)


def _mended(span: Span, stretch: Stretch, kept: Sequence[Span]) -> Span:
    """The span widened to whole quotations, unless that would take in words that are kept out."""
    wide = mend(span, stretch.paragraph, None)
    return span if any(overlap(wide, one) for one in kept) else wide


def _filled(inside: np.ndarray, barred: np.ndarray) -> np.ndarray:
    """The mask without small holes; a hole with a barred word in it stays."""
    filled = inside.copy()
    for left, right in itertools.pairwise(np.flatnonzero(inside)):
        if 1 < right - left <= _HOLE + 1 and not barred[left + 1 : right].any():
            filled[left + 1 : right] = True
    return filled


def _runs(inside: np.ndarray) -> list[tuple[int, int]]:
    """Stretches of true values, end excluded."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inside.astype(int), [0]])))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _best_run(chances: np.ndarray, limit: float, barred: np.ndarray) -> np.ndarray:
    """The words of the source as a mask: the likeliest stretch without a large gap."""
    best = np.zeros(len(chances), dtype=bool)
    runs = _runs(_filled((chances >= limit) & ~barred, barred))
    if runs:
        start, end = max(runs, key=lambda run: chances[run[0] : run[1]].sum())
        best[start:end] = True
    return best


def _trimmed_source(words: list[Token]) -> list[Token]:
    """Without marks at the edges, and without what hangs behind: "Iran's top commander | on Tuesday"."""
    while words and (_is_edge(words[-1], ")”\"'") or words[-1].pos_ == "ADP" or _tells_when(words[-1])):
        words = words[:-1]
    while words and _is_edge(words[0], "(“\"'@#$"):
        words = words[1:]
    return words if any(map(str.isalnum, "".join(token.text for token in words))) else []


def _tells_when(word: Token) -> bool:
    """Whether a last word is a time that hangs on the source: "on Tuesday", not "the class of 2016"."""
    return syntax.is_time(word) and not (word.dep_ == "pobj" and word.head.lower_ == "of")


def _is_edge(token: Token, kept: str) -> bool:
    return token.is_space or (token.is_punct and token.text not in kept)


def _trimmed_cue(words: list[Token]) -> list[Token]:
    """From the verb or its auxiliary on, without the article of a source: "also | offered", "according to | a"."""
    while len(words) > 1 and words[0].dep_ == "advmod" and words[0].tag_.startswith("RB"):
        words = words[1:]
    while len(words) > 1 and (words[-1].dep_ == "det" or words[-1].is_punct):
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
    return named_head(words) or (last if named else top)
