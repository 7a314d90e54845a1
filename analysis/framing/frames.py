"""Framing by codebook: what each passage makes the issue about.

A frame is coded where one of its cues stands, or two of its weak ones (hints); the codebook is a file
(``codebook/frames.yml`` or an own one of the same shape), how a cue is written says :mod:`analysis.framing.frame_cues`.
Exploratory: the cues say what the words are about, and agreement with human coding is low (``benchmarks/README.md``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
from spacy.tokens import Span as Words
from spacy.tokens import Token

from analysis import codebook, schema
from analysis.framing import frame_model
from analysis.framing.frame_cues import Cue, CueError, Cues, Match, read_cue
from analysis.framing.frame_encoder import Reading
from analysis.language.parsing import Parsed
from analysis.schema import spans
from analysis.statements.voices import Voices

CODEBOOK, MODEL = "codebook:", "model"
"""How the methods of the codebook begin, and how the schemes of the model end: "generic_model"."""
WEIGHTS = {"cues": 1.0, "hints": 0.4, "not": 0.0}
"""What a match of each list counts in :func:`rank_frames`."""


@dataclass(frozen=True)
class Frame:
    """One frame of a scheme: its cues, its weak cues, and the longer expressions in which they mean something else.

    `keeps_negated` says whether a negated cue counts, `remainder` whether it is coded by hand alone.
    """

    scheme: str
    name: str
    definition: str
    cues: frozenset[Cue]
    hints: frozenset[Cue] = frozenset()
    exceptions: frozenset[Cue] = frozenset()
    keeps_negated: bool = False
    remainder: bool = False

    @property
    def listed(self) -> list[tuple[Cue, tuple[str, Frame]]]:
        """Every expression with the list that it stands in."""
        lists = {"cues": self.cues, "hints": self.hints, "not": self.exceptions}
        return [(cue, (name, self)) for name, listed in lists.items() for cue in listed]


@cache
def load_frames(path: Path | None = None) -> tuple[Frame, ...]:
    """The frames of all schemes in the codebook, or in an own file of the same shape.

    Raises :class:`analysis.codebook.CodebookError` if a scheme or a frame lacks what it needs, or a cue is not written
    as it has to be.
    """
    name = "frames.yml" if path is None else str(path)
    schemes = codebook.read_yaml("frames.yml", path=path)
    found = []
    for scheme, content in schemes.items() if isinstance(schemes, dict) else ():
        if not isinstance(content, dict) or not isinstance(content.get("frames"), dict):
            raise codebook.CodebookError(name, 1, f"scheme '{scheme}' has no 'frames'")
        keeps = content.get("negated") == "keep"
        found += [_frame(name, scheme, frame, entry, keeps) for frame, entry in content["frames"].items()]
    if not found:
        raise codebook.CodebookError(name, 1, "it holds no scheme of frames")
    return tuple(found)


def _frame(file: str, scheme: str, name: str, entry: object, keeps_negated: bool) -> Frame:
    remainder = isinstance(entry, dict) and entry.get("remainder") is True
    if not isinstance(entry, dict) or not entry.get("definition") or not (entry.get("cues") or remainder):
        raise codebook.CodebookError(file, 1, f"frame '{name}' needs a definition and cues")
    try:
        lists = [frozenset(read_cue(str(cue)) for cue in entry.get(part) or ()) for part in WEIGHTS]
    except CueError as error:
        raise codebook.CodebookError(file, 1, f"frame '{name}', {error}") from error
    return Frame(scheme, name, entry["definition"], *lists, keeps_negated, remainder)


@cache
def _cues(path: Path | None, scheme: str | None = None) -> Cues:
    return Cues(one for frame in load_frames(path) if scheme in (None, frame.scheme) for one in frame.listed)


def code_frames(
    parsed: Parsed,
    passages: pd.DataFrame,
    statements: pd.DataFrame,
    mentions: pd.DataFrame,
    *,
    scheme_file: Path | None = None,
    readings: Sequence[Reading] | None = None,
) -> pd.DataFrame:
    """The frames of every passage, as the table "frames": one row per passage, frame and voice.

    With `readings` of the passages (:func:`analysis.framing.frame_encoder.read`) the rows of a model are added, in a
    scheme of their own, "generic_model" (:mod:`analysis.framing.frame_model`); beside an own codebook there are none.

    The voice is whose words the cue stands in. `evidence` holds all cues of the frame in that voice. A cue in a
    name or a title is none: a "defence minister" does not make a passage about defence.
    """
    voices, rows = Voices(statements), []
    titles = mentions[mentions.form.isin(["name", "title"])]
    named = list(zip(titles.start, titles.end, strict=True))
    for passage in passages.itertuples(index=False):
        words = parsed.doc.char_span(passage.start, passage.end, alignment_mode="expand")
        matches = [one for one in _settled(_cues(scheme_file).matches(words)) if not spans.within(one.span, named)]
        found: dict[tuple, list[spans.Span]] = {}
        for match in _strong_enough(matches):
            _, frame = match.key
            voice = tuple(voices.at(match.span[0]).items())
            found.setdefault((frame.scheme, frame.name, voice), []).append(match.span)
        rows += [_row(parsed, passage.passage_id, *key, spans.merge(places)) for key, places in found.items()]
    if readings and scheme_file is None:
        rows += _by_model(parsed, passages, voices, readings)
    return schema.tabulate("frames", rows)


def of_method(frames: pd.DataFrame, *, learned: bool = False) -> pd.DataFrame:
    """The rows that the codebook gives, or those of the model: the two are never mixed in one picture."""
    return frames[frames["method"].str.startswith(CODEBOOK) != learned]


def _by_model(
    parsed: Parsed, passages: pd.DataFrame, voices: Voices, readings: Sequence[Reading]
) -> list[dict[str, object]]:
    """The model's rows: the passages that speak most for a frame of the article.

    `confidence` is the model's probability of the frame in the whole article.
    """
    places = list(passages[["passage_id", "start", "end"]].astype(int).itertuples(index=False, name=None))
    coded = frame_model.coded([parsed.article.text[start:end] for _, start, end in places], readings)
    rows = []
    for one in coded:
        number, start, end = places[one.passage]
        words = [(start + a, start + b) for a, b in one.evidence] or [(start, end)]
        voice = tuple(voices.at(words[0][0]).items())
        row = _row(parsed, number, f"{one.scheme}_{MODEL}", one.frame, voice, words)
        rows.append(row | {"method": frame_model.VERSION, "confidence": round(one.chance, 4)})
    return rows


def rank_frames(words: Words, scheme: str, *, scheme_file: Path | None = None) -> list[tuple[str, float]]:
    """The frames of one scheme whose cues stand among the words, with a score, the highest first.

    A cue counts 1, a hint 0.4; one of several words counts half as much again, one that stands with n frames of the
    scheme the n-th part. Unlike :func:`code_frames` it takes cues in names too, as a single sentence has no actors.
    """
    matches = _settled(_cues(scheme_file, scheme).matches(words))
    shared: dict[tuple[Token, ...], int] = {}
    for match in matches:
        shared[match.tokens] = shared.get(match.tokens, 0) + 1
    scores = {frame.name: 0.0 for frame in load_frames(scheme_file) if frame.scheme == scheme}
    for match in matches:
        size = 1.5 if len(match.tokens) > 1 else 1.0
        scores[match.key[1].name] += WEIGHTS[match.key[0]] * size / shared[match.tokens]
    return sorted(((name, score) for name, score in scores.items() if score), key=lambda pair: -pair[1])


def _settled(matches: Iterable[Match]) -> list[Match]:
    """Without cues inside longer ones of the same scheme, without negated ones, and each once for a frame.

    An expression under "not" takes away only the cues of its own frame.
    """
    found = list(matches)
    kept = {
        (match.tokens, match.key[1].name, match.key[1].scheme): match
        for match in sorted(found, key=lambda one: one.key[0], reverse=True)
        if match.key[0] != "not"
        and not (match.negated and not match.key[1].keeps_negated)
        and not any(_covers(other, match) for other in found)
    }
    return sorted(kept.values(), key=lambda one: one.span)


def _covers(longer: Match, match: Match) -> bool:
    """Whether a match lies in a longer one that stands against it."""
    (start, end), (left, right) = match.span, longer.span
    (part, frame), own = longer.key, match.key[1]
    inside = left <= start and end <= right and (right - left > end - start or part == "not")
    return inside and frame.scheme == own.scheme and (part != "not" or frame.name == own.name)


def _strong_enough(matches: list[Match]) -> list[Match]:
    """The matches of the frames that have a cue, or two different hints, among them."""
    by_frame: dict[Frame, list[Match]] = {}
    for match in matches:
        by_frame.setdefault(match.key[1], []).append(match)
    return [one for found in by_frame.values() if _is_strong(found) for one in found]


def _is_strong(found: list[Match]) -> bool:
    hints = {tuple(token.lemma_.lower() for token in match.tokens) for match in found}
    return len(hints) > 1 or any(match.key[0] == "cues" for match in found)


def _row(parsed: Parsed, passage: int, scheme: str, frame: str, voice: tuple, places: list) -> dict[str, object]:
    return {
        "article_id": parsed.article.article_id,
        "scheme": scheme,
        "frame": frame,
        "passage_id": passage,
        "evidence": spans.write(places),
        "evidence_text": spans.words(parsed.article.text, places),
        "method": f"{CODEBOOK}{scheme}",
        **dict(voice),
    }
