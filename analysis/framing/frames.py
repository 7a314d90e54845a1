"""Framing by codebook: what each passage makes the issue about.

A frame is coded where one of its cues stands, or two of its weak ones (hints); the codebook is a file
(``codebook/frames.yml`` or an own one of the same shape), how a cue is written says :mod:`analysis.framing.frame_cues`.
Exploratory: the cues say what the words are about, and agreement with human coding is low (``benchmarks/README.md``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from spacy.tokens import Span as Words
from spacy.tokens import Token

from analysis import codebook
from analysis.acts.story import Story
from analysis.codebook.measured import band_agreement
from analysis.framing import frame_model
from analysis.framing.frame_cues import Cue, CueError, Cues, Match, read_cue
from analysis.framing.frame_reading import passages_of
from analysis.schema import spans
from analysis.schema.records import Frame
from analysis.statements.voices import Voice

CODEBOOK, MODEL = "codebook:", "model"
"""How the methods of the codebook begin, and how the schemes of the model end: "generic_model"."""
WEIGHTS = {"cues": 1.0, "hints": 0.4, "not": 0.0}
"""What a match of each list counts in :func:`rank_frames`."""


@dataclass(frozen=True)
class Entry:
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
    def listed(self) -> list[tuple[Cue, tuple[str, Entry]]]:
        """Every expression with the list that it stands in."""
        lists = {"cues": self.cues, "hints": self.hints, "not": self.exceptions}
        return [(cue, (name, self)) for name, listed in lists.items() for cue in listed]


@cache
def load_frames(path: Path | None = None) -> tuple[Entry, ...]:
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
        found += [_entry(name, scheme, frame, entry, keeps) for frame, entry in content["frames"].items()]
    if not found:
        raise codebook.CodebookError(name, 1, "it holds no scheme of frames")
    return tuple(found)


def _entry(file: str, scheme: str, name: str, entry: object, keeps_negated: bool) -> Entry:
    remainder = isinstance(entry, dict) and entry.get("remainder") is True
    if not isinstance(entry, dict) or not entry.get("definition") or not (entry.get("cues") or remainder):
        raise codebook.CodebookError(file, 1, f"frame '{name}' needs a definition and cues")
    try:
        lists = [frozenset(read_cue(str(cue)) for cue in entry.get(part) or ()) for part in WEIGHTS]
    except CueError as error:
        raise codebook.CodebookError(file, 1, f"frame '{name}', {error}") from error
    return Entry(scheme, name, entry["definition"], *lists, keeps_negated, remainder)


@cache
def _cues(path: Path | None, scheme: str | None = None) -> Cues:
    return Cues(one for frame in load_frames(path) if scheme in (None, frame.scheme) for one in frame.listed)


def frames_of(story: Story, *, scheme_file: Path | None = None, learned: bool = False) -> list[Frame]:
    """The frames of every passage: one record per passage, frame and voice.

    Where models are asked (`learned`) those of a model are added, in a scheme of their own, "generic_model"
    (:mod:`analysis.framing.frame_model`); beside an own codebook there are none.

    The voice is whose words the cue stands in, or whose speaking it is ("Lund *accused* Norway" is Lund's). `evidence`
    holds all cues of the frame in that voice. A cue in a name or a title is none: a "defence minister" does not make a
    passage about defence.
    """
    cues, named, coded = _cues(scheme_file), _named(story), []
    for passage in story.parsed.passages:
        words = story.parsed.words((passage.start, passage.end))
        matches = [one for one in _settled(cues.matches(words)) if not _in_a_name(one, named)]
        found: dict[tuple, list[spans.Span]] = {}
        for match in _strong_enough(matches):
            _, frame = match.key
            key = (frame.scheme, frame.name, story.voices.of_act(match.span[0]))
            found.setdefault(key, []).append(match.span)
        coded += [_frame(story, passage.passage_id, *key, spans.merge(places)) for key, places in found.items()]
    if learned and scheme_file is None:
        coded += _by_model(story)
    return coded


def _named(story: Story) -> dict[int, int]:
    """The tokens of names and titles, and which mention each belongs to."""
    titles = [one for one in story.people.mentions if one.form in ("name", "title")]
    return {token.i: one.mention_id for one in titles for token in story.parsed.words((one.start, one.end))}


def _in_a_name(match: Match, named: dict[int, int]) -> bool:
    mention = named.get(match.tokens[0].i)
    return mention is not None and mention == named.get(match.tokens[-1].i)


def _by_model(story: Story) -> list[Frame]:
    """The model's records: the passages that speak most for a frame of the article.

    `probability` is that of the frame in the whole article, `confidence` how often such frames were coded by people.
    """
    parsed, passages, found = story.parsed, story.parsed.passages, []
    if not passages:
        return []
    readings = passages_of(parsed.reading, parsed.sentences)
    coded = frame_model.coded([parsed.text[start:end] for start, end in parsed.sentences], readings)
    for one in coded:
        place = passages[one.passage]
        words = [(place.start + a, place.start + b) for a, b in one.evidence] or [(place.start, place.end)]
        sure = band_agreement("frame", "any", one.chance)
        row = _frame(story, place.passage_id, f"{one.scheme}_{MODEL}", one.frame, story.voices.of_most(words), words)
        found.append(replace(row, method=frame_model.VERSION, probability=one.chance, confidence=sure))
    return found


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
    by_frame: dict[Entry, list[Match]] = {}
    for match in matches:
        by_frame.setdefault(match.key[1], []).append(match)
    return [one for found in by_frame.values() if _is_strong(found) for one in found]


def _is_strong(found: list[Match]) -> bool:
    hints = {tuple(token.lemma_.lower() for token in match.tokens) for match in found}
    return len(hints) > 1 or any(match.key[0] == "cues" for match in found)


def _frame(story: Story, passage: int, scheme: str, frame: str, voice: Voice, places: Sequence[spans.Span]) -> Frame:
    return Frame(
        article_id=story.parsed.article_id,
        scheme=scheme,
        frame=frame,
        passage_id=passage,
        evidence=tuple(places),
        evidence_text=spans.words(story.parsed.text, places),
        method=f"{CODEBOOK}{scheme}",
        **vars(voice),
    )
