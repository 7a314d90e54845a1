"""The table of statements: every attribution with its speaker, cue class, quotation type and circumstances."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import pandas as pd
from spacy.tokens import Token

from analysis import codebook, schema
from analysis.language import syntax
from analysis.language.parsing import Parsed
from analysis.language.passages import Passage, passage_at, passages_of
from analysis.language.quotes import find_quotes
from analysis.reading.article import Segment
from analysis.schema import spans
from analysis.statements.attribution import Attribution
from analysis.statements.cues import Cues, load_cues
from analysis.statements.rules import find_attributions

_DIRECT = 0.9
"""Share of a content's letters inside quotation marks from which it counts as direct (PolNeAR yardstick)."""

_OCCASIONS = ("in", "on", "at", "during", "after", "before", "following", "through", "via", "ahead", "amid")
_TALKS = (
    "conversation",
    "call",
    "meeting",
    "interview",
    "talk",
    "telephone",
    "phone",
    "letter",
    "summit",
    "briefing",
)


def extract_statements(
    parsed: Parsed,
    actors: pd.DataFrame,
    mentions: pd.DataFrame,
    attributions: Sequence[Attribution] | None = None,
    *,
    cues: Cues | None = None,
) -> pd.DataFrame:
    """The statements of an article, as the table "statements", one row per attribution in order of the text.

    `actors` and `mentions` are those of :func:`analysis.actors.finding.find_actors`. The speaker is the actor whose
    mention holds the head of the source; a source that no mention covers leaves the speaker missing. The
    repetition of a headline is a row of its own that names the first in `repeats`, so that it can be left out.
    """
    cues = cues or load_cues()
    attributions = find_attributions(parsed, cues) if attributions is None else attributions
    people = _Directory(actors, mentions)
    passages = passages_of(parsed)
    rows: list[dict[str, object]] = []
    for number, one in enumerate(attributions, start=1):
        row = {"article_id": parsed.article.article_id, "statement_id": number}
        row |= _place(parsed, one, passages) | _speaker(one, people) | _wording(parsed, one, cues)
        rows.append(row | _circumstances(parsed, one, people))
    _mark_repetitions(parsed, rows)
    _mark_nesting(rows)
    return schema.tabulate("statements", rows)


def confidence_of(one: Attribution) -> float | None:
    """The share of such statements that human coders coded too (``codebook/rules.csv``); None if not measured.

    Such: found by the same rule, or by the tagger with a probability in the same band.
    """
    shares = [share for rule, least, share in _agreement() if rule == one.rule and (one.probability or 0) >= least]
    return shares[-1] if shares else None


@cache
def _agreement() -> tuple[tuple[str, float, float], ...]:
    """Rule, least probability of the band, share; the bands of a rule from the lowest to the highest."""
    rows = codebook.read_csv("rules.csv", ("rule", "least", "agreed", "found", "source", "note"))
    bands = ((row["rule"], float(row["least"]), round(int(row["agreed"]) / int(row["found"]), 2)) for row in rows)
    return tuple(sorted(bands))


class _Directory:
    """Looks up which actor is mentioned at a place of the text."""

    def __init__(self, actors: pd.DataFrame, mentions: pd.DataFrame) -> None:
        self._names = dict(zip(actors.actor_id, actors.name, strict=True))
        self._camps = dict(zip(actors.actor_id, actors.camp, strict=True))
        self._mentions = list(mentions[["start", "end", "actor_id", "method"]].itertuples(index=False, name=None))

    def at(self, place: int) -> tuple[str, str, str | None, str] | None:
        """Id, name and camp of the actor mentioned at a character, and the rule that linked the mention."""
        for start, end, actor_id, method in self._mentions:
            if start <= place < end and not pd.isna(actor_id):
                return actor_id, self._names[actor_id], self._camps[actor_id], method
        return None


def _place(parsed: Parsed, one: Attribution, passages: list[Passage]) -> dict[str, object]:
    segment = _segment_at(parsed, one.content[0][0])
    return {
        "segment_id": segment.segment_id,
        "passage_id": passage_at(passages, one.content[0][0]),
        "placement": "body" if segment.kind == "body" else "headline",
    }


def _segment_at(parsed: Parsed, place: int) -> Segment:
    return next(segment for segment in parsed.article.segments if segment.start <= place < segment.end)


def _speaker(one: Attribution, people: _Directory) -> dict[str, object]:
    found = people.at(one.source_head.idx) if one.source_head is not None else None
    if found is None:
        return {"speaker_method": "no_source" if one.source is None else "unresolved"}
    actor_id, name, camp, method = found
    return {"speaker_id": actor_id, "speaker": name, "camp": camp, "speaker_method": method}


def _wording(parsed: Parsed, one: Attribution, cues: Cues) -> dict[str, object]:
    text = parsed.article.text
    content = spans.words(text, one.content)
    row: dict[str, object] = {
        "cue_class": cues.class_of(_leading_lemma(parsed, one, cues)),
        "content_start": one.content[0][0],
        "content_end": one.content[-1][1],
        "content_spans": spans.write(one.content),
        "content": content,
        "quote_type": _quote_type(parsed, one),
        "words": sum(any(map(str.isalnum, word)) for word in content.split()),
        "via": text[slice(*one.via)] if one.via else None,
        "method": one.rule,
        "confidence": confidence_of(one),
    }
    if one.source:
        row |= {
            "source_start": one.source[0],
            "source_end": one.source[1],
            "source": text[slice(*one.source)],
        }
    if one.cue:
        row |= {
            "cue_start": one.cue[0],
            "cue_end": one.cue[1],
            "cue": text[slice(*one.cue)],
            "cue_lemma": one.lemma,
        }
        row |= {"evidence": spans.write([one.cue]), "evidence_text": text[slice(*one.cue)]}
    return row


def _leading_lemma(parsed: Parsed, one: Attribution, cues: Cues) -> str:
    """The lemma that gives a cue its class: in a chain the verb that leads it ("*went* on to say")."""
    words = parsed.doc.char_span(*one.cue, alignment_mode="expand") if one.cue else ()
    verbs = (token.lemma_.lower() for token in words if token.tag_.startswith("VB"))
    return next((lemma for lemma in verbs if lemma in cues.verbs), one.lemma)


def _quote_type(parsed: Parsed, one: Attribution) -> str:
    """Direct if nearly all letters of the content stand in quotation marks, mixed if some do."""
    text = parsed.article.text
    letters = [i for start, end in one.content for i in range(start, end) if text[i].isalnum()]
    segments = {_segment_at(parsed, start).segment_id: _segment_at(parsed, start) for start, _ in one.content}
    quotes = [quote for s in segments.values() for quote in find_quotes(text, s.start, s.end)]
    quoted = sum(any(quote.start <= i < quote.end for quote in quotes) for i in letters)
    share = quoted / len(letters) if letters else 0.0
    return "direct" if share >= _DIRECT else "mixed" if share else "indirect"


# --- to whom, when and where -------------------------------------------------------------------------------------


def _circumstances(parsed: Parsed, one: Attribution, people: _Directory) -> dict[str, object]:
    verb = one.cue_head
    if verb is None or not verb.tag_.startswith("VB"):
        return {}
    row: dict[str, object] = {}
    listener = _addressee(one, verb)
    if listener is not None:
        found = people.at(listener.idx)
        words = syntax.span_of(syntax.noun_phrase(listener))
        speaker = people.at(one.source_head.idx) if one.source_head is not None else None
        found = None if found and speaker and found[0] == speaker[0] else found
        row["addressee"] = found[1] if found else parsed.article.text[slice(*words)]
        row["addressee_id"] = found[0] if found else None
    occasions = [syntax.span_of(phrase) for phrase in _occasions(one, verb)]
    if occasions:
        row["occasion"] = "; ".join(parsed.article.text[slice(*span)] for span in occasions)
    return row


def _addressee(one: Attribution, verb: Token) -> Token | None:
    """Whom the words were said to: "told *reporters*", "said to *X*", "in his call with *X*"."""
    for child in syntax.children(verb, "dobj", "dative", "prep"):
        inner = syntax.child(child, "pobj") or child
        if not _outside(one, inner):
            continue
        if syntax.is_addressee(child):
            return inner
        partner = _partner(inner) if inner.lemma_.lower() in _TALKS else None
        if partner is not None:
            return partner
    return None


def _partner(talk: Token) -> Token | None:
    """The other side of a conversation: "his call with his counterpart *Vladimir Putin*"."""
    for preposition in syntax.children(talk, "prep"):
        inner = syntax.child(preposition, "pobj")
        if preposition.lower_ in ("with", "to") and inner is not None:
            return syntax.child(inner, "appos") or inner
    return None


def _occasions(one: Attribution, verb: Token) -> Iterator[list[Token]]:
    """When, where and on what occasion: "on Tuesday", "in Tehran", "in his telephonic conversation"."""
    parents = [verb, *([one.source_head] if one.source_head is not None else [])]
    for parent in parents:
        for child in parent.children:
            if not _outside(one, child):
                continue
            if child.dep_ == "npadvmod" and child.ent_type_ in ("DATE", "TIME"):
                yield list(child.subtree)
            elif child.dep_ == "prep" and child.lower_ in _OCCASIONS:
                phrase = _short_occasion(child)
                if phrase and (parent is verb or syntax.is_time(child)):
                    yield phrase


def _short_occasion(preposition: Token) -> list[Token]:
    """The phrase up to its noun: the partner of a conversation is the addressee."""
    inner = syntax.child(preposition, "pobj")
    if inner is None:
        return []
    partners = [p for p in syntax.children(inner, "prep") if p.lower_ in ("with", "to")]
    cut = [*partners, *syntax.children(inner, "relcl", "acl", "advcl")]
    tokens = [token for token in syntax.subtree(preposition, without=cut) if not token.is_space]
    while tokens and tokens[-1].is_punct:
        tokens.pop()
    return tokens


def _outside(one: Attribution, token: Token) -> bool:
    inside = (token.idx, token.idx + len(token))
    return not spans.within(inside, one.content) and not (one.source and spans.within(inside, [one.source]))


# --- repetition and nesting --------------------------------------------------------------------------------------


def _mark_repetitions(parsed: Parsed, rows: list[dict[str, object]]) -> None:
    """A statement of a repeated headline names the same statement of the first headline."""
    kinds = {segment.segment_id: segment for segment in parsed.article.segments}
    for row in rows:
        segment = kinds[row["segment_id"]]
        if segment.kind == "repeated headline":
            firsts = (r for r in rows if r["segment_id"] == segment.repeats)
            same = next((r for r in firsts if r["method"] == row["method"]), None)
            row["repeats"] = same["statement_id"] if same else None


def _mark_nesting(rows: list[dict[str, object]]) -> None:
    """A statement whose content and cue lie in the content of another names the innermost such one."""
    extents = {row["statement_id"]: (row, spans.read(str(row["content_spans"]))) for row in rows}
    for row in rows:
        places = [row.get(name) for name in ("cue_start", "cue_end", "content_start", "content_end")]
        mine = [place for place in places if place is not None]
        hulls = [
            (end - start, number)
            for number, (other, pieces) in extents.items()
            for start, end in pieces
            if other is not row and start <= min(mine) and max(mine) <= end
        ]
        row["inside"] = min(hulls)[1] if hulls else None


def counted(statements: pd.DataFrame) -> pd.DataFrame:
    """The statements that count once: without repetitions of a headline."""
    return statements[statements["repeats"].isna()]
