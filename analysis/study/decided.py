"""Decided rows: what becomes of a row that a person changes, and the rows that a person adds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from typing import TypeVar

from analysis.actors.people import People
from analysis.language.document import Parsed, Place
from analysis.schema import WRITER
from analysis.schema.records import Actor, Device, Frame, Function, Role, Sentiment, Stance, Statement
from analysis.schema.spans import Span
from analysis.schema.values import SAID
from analysis.study.corrections import PERSON, Correction

Record = TypeVar("Record")


def changed(record: Record, one: Correction, people: People) -> Record:
    """The row with what a person decided."""
    told: dict[str, object] = {one.field: one.value or None}
    if one.field in ("stance", "sentiment"):
        told = {one.field: int(one.value)}
    elif one.field in ("speaker", "addressee"):
        told = _who(one.field, one.value, people)
    elif isinstance(record, (Function, Device)) and one.field == "actor":
        actor = _known(one.value, people)
        told = {"actor": one.value or None, "actor_id": actor and actor.actor_id, "camp": actor and actor.camp}
    elif one.field == "content":
        start, end = (int(edge) for edge in one.value.split("-"))
        told = _content(people.parsed, (start, end))
    marked = {"method": PERSON, "confidence": None}
    names = {field.name for field in fields(record)}
    marked |= {name: None for name in ("probability", "score", "sentiment_score") if name in names}
    if isinstance(record, Sentiment):
        marked = {"sentiment_method": PERSON, "sentiment_score": None, "probability": None}
    return replace(record, **told, **marked)


def _known(name: str, people: People) -> Actor | None:
    return next((actor for actor in people.actors if name and name in (actor.name, actor.actor_id)), None)


def _who(field: str, name: str, people: People) -> dict[str, object]:
    """Speaker or addressee, with the camp of a speaker."""
    actor = _known(name, people)
    told: dict[str, object] = {field: actor.name if actor else name or None}
    told[f"{field}_id"] = actor.actor_id if actor else None
    return told | ({"camp": actor and actor.camp, "speaker_method": PERSON} if field == "speaker" else {})


def _content(parsed: Parsed, place: Span) -> dict[str, object]:
    """The fields of a statement that follow from its words."""
    words = parsed.text[slice(*place)]
    inside = [parsed.quoted[at] == 2 for at in range(*place) if parsed.text[at].isalnum()]
    kind = "direct" if inside and all(inside) else "mixed" if any(inside) else "indirect"
    counted = sum(any(map(str.isalnum, word)) for word in words.split())
    spans = {"content_start": place[0], "content_end": place[1], "content_spans": (place,)}
    return spans | {"content": words, "words": counted, "quote_type": kind}


def _statement(one: Correction, place: Span | None, people: People, there: Sequence[Statement]) -> Statement | None:
    """A statement that a person found; `about` is its speaker, `value` the class of its cue."""
    if place is None:
        return None
    parsed = people.parsed
    segment, passage = parsed.segment_at(place[0]), parsed.passage_at(place[0])
    return Statement(
        article_id=parsed.article_id,
        statement_id=max((row.statement_id for row in there), default=0) + 1,
        segment_id=segment.segment_id,
        passage_id=passage.passage_id if passage else None,
        placement="body" if segment.kind == "body" else "headline",
        cue_class=one.value or "neutral",
        method=PERSON,
        **_who("speaker", one.about, people),
        **_content(parsed, place),
    )


def _passage(place: Span | None, people: People) -> Place | None:
    return None if place is None else people.parsed.passage_at(place[0])


def _stance(one: Correction, place: Span | None, people: People, there: Sequence[Stance]) -> Stance | None:
    """A position that a person found; `about` is "source > target", `value` -1, 0 or 1."""
    passage = _passage(place, people)
    source, target = (_known(name.strip(), people) for name in [*one.about.split(">"), ""][:2])
    if passage is None or source is None or target is None:
        return None
    names = {"source_id": source.actor_id, "source": source.name, "source_camp": source.camp}
    names |= {"target_id": target.actor_id, "target": target.name, "target_camp": target.camp}
    teller = {"teller_id": source.actor_id, "teller": source.name, "how": SAID}
    where = {"article_id": people.parsed.article_id, "passage_id": passage.passage_id, "method": PERSON}
    return Stance(stance=int(one.value or 0), **names, **teller, **where)


def _voiced(record: type, told: Mapping[str, object], place: Span | None, people: People) -> object | None:
    """A row of a passage in the writer's voice."""
    passage = _passage(place, people)
    where = {"article_id": people.parsed.article_id, "voice_id": WRITER, "voice": WRITER, "method": PERSON}
    return None if passage is None else record(passage_id=passage.passage_id, **where, **told)


def _frame(one: Correction, place: Span | None, people: People, there: Sequence[Frame]) -> Frame | None:
    scheme, _, frame = one.about.partition(": ")
    return _voiced(Frame, {"scheme": scheme, "frame": frame}, place, people)


def _role(one: Correction, place: Span | None, people: People, there: Sequence[Role]) -> Role | None:
    actor = _known(one.about, people)
    if actor is None:
        return None
    told = {"actor_id": actor.actor_id, "actor": actor.name, "camp": actor.camp, "role": one.value}
    return _voiced(Role, told, place, people)


def _function(one: Correction, place: Span | None, people: People, there: Sequence[Function]) -> Function | None:
    actor = _known(one.value, people)
    told = {"actor_id": actor.actor_id, "actor": actor.name, "camp": actor.camp} if actor else {}
    return _voiced(Function, {"function": one.about} | told, place, people)


_MAKERS: Mapping[str, Callable[[Correction, Span | None, People, Sequence], object | None]] = {
    "statements": _statement,
    "stances": _stance,
    "frames": _frame,
    "roles": _role,
    "functions": _function,
}


def made(table: str, one: Correction, place: Span | None, people: People, there: Sequence[Record]) -> Record | None:
    """The row that a person adds to a table; None if the place or an actor is not there."""
    return _MAKERS[table](one, place, people, there)
