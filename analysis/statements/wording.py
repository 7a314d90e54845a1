"""How a statement is worded: its cue class, its quotation type, and how often coders agree with such a one."""

from __future__ import annotations

from functools import cache

from analysis import codebook
from analysis.language.document import Parsed
from analysis.schema import spans
from analysis.statements.attribution import Attribution
from analysis.statements.cues import Cues

_DIRECT = 0.9
"""Share of a content's letters inside quotation marks from which it counts as direct (PolNeAR yardstick)."""


def wording(parsed: Parsed, one: Attribution, cues: Cues) -> dict[str, object]:
    """The fields of a statement that its own words give, without speaker, addressee and occasion."""
    text = parsed.text
    content = spans.words(text, one.content)
    fields: dict[str, object] = {
        "cue_class": cues.class_of(_leading_lemma(parsed, one, cues)),
        "content_start": one.content[0][0],
        "content_end": one.content[-1][1],
        "content_spans": one.content,
        "content": content,
        "quote_type": _quote_type(parsed, one),
        "words": sum(any(map(str.isalnum, word)) for word in content.split()),
        "via": text[slice(*one.via)] if one.via else None,
        "method": one.rule,
        "confidence": confidence_of(one),
    }
    if one.source:
        start, end = one.source
        fields |= {"source_start": start, "source_end": end, "source": text[start:end]}
    if one.cue:
        start, end = one.cue
        fields |= {"cue_start": start, "cue_end": end, "cue": text[start:end], "cue_lemma": one.lemma}
        fields |= {"evidence": (one.cue,), "evidence_text": text[start:end]}
    return fields


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


def _leading_lemma(parsed: Parsed, one: Attribution, cues: Cues) -> str:
    """The lemma that gives a cue its class: in a chain the verb that leads it ("*went* on to say")."""
    words = parsed.words(one.cue) if one.cue else ()
    verbs = (token.lemma_.lower() for token in words if token.tag_.startswith("VB"))
    return next((lemma for lemma in verbs if lemma in cues.verbs), one.lemma)


def _quote_type(parsed: Parsed, one: Attribution) -> str:
    """Direct if nearly all letters of the content stand in quotation marks, mixed if some do."""
    letters = [i for start, end in one.content for i in range(start, end) if parsed.text[i].isalnum()]
    quoted = sum(parsed.quoted[i] > 0 for i in letters)
    share = quoted / len(letters) if letters else 0.0
    return "direct" if share >= _DIRECT else "mixed" if share else "indirect"
