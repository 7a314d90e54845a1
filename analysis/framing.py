"""Framing by codebook: what each passage makes the issue about, and how actors are cast in it.

A frame is coded where one of its cues stands and is not negated; the codebook is a file (``codebook/frames.yml``
or an own one of the same shape). Roles follow the acts of a passage (:mod:`analysis.acts`): who does harm is cast
as villain, who suffers it as victim, who helps as hero (Frermann et al. 2023). Both are exploratory: their
agreement with human coding has not been measured yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
from spacy.tokens import Span as Words
from spacy.tokens import Token

from analysis import codebook, schema, spans
from analysis.acts import Act, acts_in, bad_actors
from analysis.parsing import Parsed
from analysis.voices import Voices

_LONGEST = 4
"""Words in the longest cue."""


@dataclass(frozen=True)
class Frame:
    """One frame of a scheme, with its cues as sequences of lemmas."""

    scheme: str
    name: str
    definition: str
    cues: frozenset[tuple[str, ...]]


@cache
def load_frames(path: Path | None = None) -> tuple[Frame, ...]:
    """The frames of all schemes in the codebook, or in an own file of the same shape.

    Raises :class:`analysis.codebook.CodebookError` if a scheme or a frame lacks what it needs.
    """
    name = "frames.yml" if path is None else str(path)
    schemes = codebook.read_yaml("frames.yml", path=path)
    found = []
    for scheme, content in schemes.items() if isinstance(schemes, dict) else ():
        if not isinstance(content, dict) or not isinstance(content.get("frames"), dict):
            raise codebook.CodebookError(name, 1, f"scheme '{scheme}' has no 'frames'")
        for frame, entry in content["frames"].items():
            if not isinstance(entry, dict) or not entry.get("definition") or not entry.get("cues"):
                raise codebook.CodebookError(name, 1, f"frame '{frame}' needs a definition and cues")
            cues = frozenset(tuple(str(cue).lower().split()) for cue in entry["cues"])
            found.append(Frame(scheme, frame, entry["definition"], cues))
    if not found:
        raise codebook.CodebookError(name, 1, "it holds no scheme of frames")
    return tuple(found)


def code_frames(
    parsed: Parsed,
    passages: pd.DataFrame,
    statements: pd.DataFrame,
    mentions: pd.DataFrame,
    *,
    scheme_file: Path | None = None,
) -> pd.DataFrame:
    """The frames of every passage, as the table "frames": one row per passage, frame and voice.

    The voice is whose words the cue stands in. `evidence` holds all cues of the frame in that voice. A cue in a
    name or a title is none: a "defence minister" does not make a passage about defence.
    """
    voices, rows = Voices(statements), []
    titles = mentions[mentions.form.isin(["name", "title"])]
    named = list(zip(titles.start, titles.end, strict=True))
    by_cue: dict[tuple[str, ...], list[Frame]] = {}
    for frame in load_frames(scheme_file):
        for cue in frame.cues:
            by_cue.setdefault(cue, []).append(frame)
    for passage in passages.itertuples(index=False):
        words = parsed.doc.char_span(passage.start, passage.end, alignment_mode="expand")
        found: dict[tuple, list[spans.Span]] = {}
        for cue, place in _cues_in(words, by_cue):
            if spans.within(place, named):
                continue
            voice = tuple(voices.at(place[0]).items())
            for frame in by_cue[cue]:
                found.setdefault((frame.scheme, frame.name, voice), []).append(place)
        rows += [_frame_row(parsed, passage.passage_id, *key, places) for key, places in found.items()]
    return schema.tabulate("frames", rows)


def _cues_in(words: Words, cues: dict) -> Iterator[tuple[tuple[str, ...], spans.Span]]:
    """The cues among the words, the longest first where they overlap, negated ones left out."""
    tokens = [token for token in words if not token.is_space]
    lemmas = [(token.lemma_.lower(), token.lower_) for token in tokens]
    first = {cue[0] for cue in cues}
    k = 0
    while k < len(tokens):
        step = 1
        if first.isdisjoint(lemmas[k]):
            k += 1
            continue
        for size in range(min(_LONGEST, len(tokens) - k), 0, -1):
            cue = next((c for c in _readings(lemmas[k : k + size]) if c in cues), None)
            if cue is not None:
                if not _negated(tokens[k]):
                    yield cue, (tokens[k].idx, tokens[k + size - 1].idx + len(tokens[k + size - 1]))
                step = size
                break
        k += step


def _readings(words: list[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    yield tuple(lemma for lemma, _ in words)
    yield tuple(word for _, word in words)


def _negated(token: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ in ("no", "without") for child in token.children)


def _frame_row(parsed: Parsed, passage: int, scheme: str, frame: str, voice: tuple, places: list) -> dict[str, object]:
    return {
        "article_id": parsed.article.article_id,
        "scheme": scheme,
        "frame": frame,
        "passage_id": passage,
        "evidence": spans.write(places),
        "evidence_text": spans.words(parsed.article.text, places),
        "method": f"codebook:{scheme}",
        **dict(voice),
    }


# --- roles -------------------------------------------------------------------------------------------------------


def cast_roles(
    parsed: Parsed, passages: pd.DataFrame, statements: pd.DataFrame, actors: pd.DataFrame, mentions: pd.DataFrame
) -> pd.DataFrame:
    """How actors are cast, as the table "roles": one row per passage, actor, role and voice.

    villain: does harm, causes what is bad, deceives, helps the bad, or is accused. victim: is harmed or suffers,
    or is called oppressed. hero: helps, or fights and eases what is bad. An act that is negated casts nobody.
    """
    voices = Voices(statements)
    named = {row.actor_id: row for row in actors.itertuples(index=False)}
    places = {
        token.i: mention.actor_id
        for mention in mentions[mentions.actor_id.notna()].itertuples(index=False)
        for token in parsed.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    }
    bad = bad_actors(actors)
    rows: dict[tuple, dict[str, object]] = {}
    for passage in passages.itertuples(index=False):
        words = parsed.doc.char_span(passage.start, passage.end, alignment_mode="expand")
        for act in acts_in(words):
            for role, tokens, rule in _parts(act, bad, places):
                for actor_id in dict.fromkeys(places[t.i] for t in tokens if t.i in places):
                    voice = voices.of_act(act.predicate.idx)
                    if (voice["voice_id"] == actor_id and role == "villain") or (actor_id in bad and role == "victim"):
                        continue
                    key = (passage.passage_id, actor_id, role, voice["voice_id"])
                    rows.setdefault(key, _role_row(parsed, named[actor_id], key, rule, act) | voice)
    return schema.tabulate("roles", rows.values())


def _parts(act: Act, bad: set[str], places: dict[int, str]) -> Iterator[tuple[str, tuple[Token, ...], str]]:
    """Which words of an act are cast in which role, and by which rule."""
    if act.negated:
        return
    on_bad = act.valence < 0 or any(places.get(t.i) in bad for t in act.patients)
    if act.classes & {"harm", "deceive"} and not on_bad:
        yield "villain", act.agents, "agent_of_harm"
        yield "victim", act.patients, "patient_of_harm"
    elif act.classes & {"aid", "arm"} and on_bad:
        yield "villain", act.agents, "helps_the_bad"
    elif act.classes & {"cause"} and act.valence < 0:
        yield "villain", act.agents, "causes_the_bad"
    elif act.classes & {"combat"} and on_bad:
        yield "hero", act.agents, "fights_the_bad"
        yield "victim", tuple(t for t in act.patients if places.get(t.i) not in bad), "relieved_of_the_bad"
    elif act.classes & {"aid"} and act.asserted and any(t.i in places for t in act.patients):
        yield "hero", act.agents, "helps"
        yield "victim", act.patients, "is_helped"
    elif act.classes & {"suffer"}:
        yield "victim", act.agents, "suffers"
    elif act.predicate.lemma_.lower() in ("accuse", "blame", "condemn", "denounce"):
        yield "villain", act.patients, "is_accused"


def _role_row(parsed: Parsed, actor, key: tuple, rule: str, act: Act) -> dict[str, object]:
    return {
        "article_id": parsed.article.article_id,
        "actor_id": key[1],
        "actor": actor.name,
        "camp": actor.camp,
        "role": key[2],
        "passage_id": key[0],
        "evidence": spans.write(act.evidence),
        "evidence_text": spans.words(parsed.article.text, act.evidence),
        "method": rule,
    }
