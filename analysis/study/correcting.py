"""Correcting: the decisions of a person applied to one article, stage by stage, and what matches nothing any more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

import pandas as pd

from analysis.actors.cast import slug_of
from analysis.actors.people import People, people_of
from analysis.language.document import Parsed
from analysis.schema.records import Actor, Device, Frame, Function, Mention, Sentiment, Stance, Statement
from analysis.schema.spans import Span
from analysis.study.corrections import ADD, DELETE, PERSON, SAME_AS, SPLIT, Correction, Corrections
from analysis.study.decided import changed, made

ENOUGH = 0.5
"""A row is meant if its words share at least so much with the place (Jaccard), as borders may move."""
Record = TypeVar("Record")


class Corrector:
    """The decisions about one article, applied stage by stage; what was used is remembered."""

    def __init__(self, corrections: Corrections, parsed: Parsed) -> None:
        self._all, self._parsed, self._used = corrections, parsed, set[Correction]()

    def people(self, people: People) -> People:
        """Actors renamed, joined and moved, mentions added, removed and given to others."""
        actors = {one.actor_id: one for one in people.actors}
        mentions = list(people.mentions)
        for one in self._of("mentions"):
            mentions = self._mention(one, mentions, actors)
        for one in self._of("actors"):
            mentions = self._actor(one, mentions, actors)
        return people_of(self._parsed, _counted(actors.values(), mentions), sorted(mentions, key=lambda m: m.start))

    def records(self, table: str, records: Sequence[Record], people: People) -> list[Record]:
        """The rows of a table as they are decided."""
        found = list(records)
        for one in self._of(table):
            if one.field == ADD:
                new = made(table, one, self._place(one), people, found)
                found += [new] if new is not None and self._is_used(one) else []
                continue
            at = self._match(one, found, table, people)
            if at is not None and self._is_used(one):
                found[at : at + 1] = [] if one.field == DELETE else [changed(found[at], one, people)]
        return sorted(found, key=_in_text) if table == "statements" else found

    def problems(self) -> list[dict[str, object]]:
        """The decisions that matched nothing, as rows of problems; those about all articles need not match in each."""
        left = (one for one in self._all.rows if one not in self._used and one.article_id)
        article = self._parsed.article
        about = {"article_id": article.article_id, "source_file": self._all.file or "corrections"}
        return [
            about
            | {
                "stage": "corrections",
                "problem": f"line {one.line} matches no row of {one.table} any more ({one.about or one.words})",
                "remedy": "look at the article and correct the line, or take it out",
            }
            for one in left
        ]

    def _of(self, table: str) -> Iterator[Correction]:
        return (one for one in self._all.rows if one.table == table)

    def _is_used(self, one: Correction) -> bool:
        self._used.add(one)
        return True

    def _place(self, one: Correction) -> Span | None:
        """The characters that a decision is about: where it says, or the nearest place with its words."""
        text, (start, end) = self._parsed.text, one.place
        if not one.words or text[start:end] == one.words:
            return (start, end) if end <= len(text) else None
        found = [match.start() for match in re.finditer(re.escape(one.words), text)]
        first = min(found, key=lambda at: abs(at - start), default=None)
        return None if first is None else (first, first + len(one.words))

    def _match(self, one: Correction, records: Sequence[object], table: str, people: People) -> int | None:
        """The row that is meant: of those at the place, and about the same, the one that shares most with it."""
        place = self._place(one)
        if place is None:
            return None
        shares = [_share(place, _anchor(record, people)) for record in records]
        same = [_about(record) == one.about or not one.about or table == "statements" for record in records]
        good = [n for n, share in enumerate(shares) if same[n] and share >= ENOUGH]
        return max(good, key=lambda n: (_about(records[n]) == one.about, shares[n]), default=None)

    def _mention(self, one: Correction, mentions: list[Mention], actors: dict[str, Actor]) -> list[Mention]:
        place = self._place(one)
        if place is None:
            return mentions
        shares = [_share(place, (mention.start, mention.end)) for mention in mentions]
        at = max(range(len(mentions)), key=shares.__getitem__, default=None)
        there = at is not None and shares[at] >= ENOUGH
        if one.field == ADD:
            if not there and self._is_used(one):
                mentions = [*mentions, self._new_mention(one, place, mentions, actors)]
        elif there and self._is_used(one):
            if one.field == DELETE:
                return mentions[:at] + mentions[at + 1 :]
            actor = _named(one.value, actors, self._parsed.article_id) if one.value else None
            mentions = list(mentions)
            mentions[at] = replace(mentions[at], actor_id=actor and actor.actor_id, method=PERSON, confidence=None)
        return mentions

    def _new_mention(
        self, one: Correction, place: Span, mentions: Sequence[Mention], actors: dict[str, Actor]
    ) -> Mention:
        text = self._parsed.text[slice(*place)]
        return Mention(
            article_id=self._parsed.article_id,
            mention_id=max((mention.mention_id for mention in mentions), default=0) + 1,
            actor_id=_named(one.value or one.about, actors, self._parsed.article_id).actor_id,
            segment_id=self._parsed.segment_at(place[0]).segment_id,
            start=place[0],
            end=place[1],
            text=text,
            form="name" if text[:1].isupper() else "description",
            method=PERSON,
        )

    def _actor(self, one: Correction, mentions: list[Mention], actors: dict[str, Actor]) -> list[Mention]:
        meant = [actor for actor in actors.values() if one.about in (actor.name, actor.actor_id)]
        if not meant:
            return mentions
        self._is_used(one)
        for actor in meant:
            if one.field == SPLIT:
                mentions = self._split(one.value, actor, mentions, actors)
                continue
            if one.field != SAME_AS:
                told = {"method": PERSON, "confidence": None, "evidence": (), "evidence_text": None}
                actors[actor.actor_id] = replace(actor, **{one.field: one.value or None}, **told)
                continue
            other = _named(one.value, actors, self._parsed.article_id)
            if other.actor_id != actor.actor_id:
                names = tuple(dict.fromkeys((*other.names, *actor.names)))
                actors[other.actor_id] = replace(other, names=names, method=PERSON, confidence=None)
                del actors[actor.actor_id]
                mentions = [
                    replace(mention, actor_id=other.actor_id) if mention.actor_id == actor.actor_id else mention
                    for mention in mentions
                ]
        return mentions

    def _split(self, value: str, actor: Actor, mentions: list[Mention], actors: dict[str, Actor]) -> list[Mention]:
        """The mentions by some names are somebody else's."""
        name, forms = _forms(value)
        known = {form.casefold() for form in forms}
        theirs = [one for one in mentions if one.actor_id == actor.actor_id and one.text.casefold() in known]
        if not theirs:
            return mentions
        other = _named(name, actors, self._parsed.article_id)
        kept = tuple(one for one in actor.names if one.casefold() not in known)
        actors[actor.actor_id] = replace(actor, names=kept or (actor.name,), method=PERSON, confidence=None)
        actors[other.actor_id] = replace(other, names=tuple(dict.fromkeys((*other.names, *forms))))
        moved = {one.mention_id for one in theirs}
        return [
            replace(one, actor_id=other.actor_id, method=PERSON, confidence=None) if one.mention_id in moved else one
            for one in mentions
        ]


def _forms(value: str) -> tuple[str, tuple[str, ...]]:
    """Of "the other actor: a name | another name" the actor, and the names; the first name is his if he has none."""
    name, colon, rest = value.partition(":")
    forms = tuple(filter(None, map(str.strip, (rest if colon else value).split("|"))))
    return (name.strip() if colon else forms[0] if forms else ""), forms


def _named(name: str, actors: dict[str, Actor], article_id: str) -> Actor:
    """The actor of a name, or a new one."""
    known = next((actor for actor in actors.values() if name in (actor.name, actor.actor_id)), None)
    if known is None:
        actor_id = slug_of(name)
        while actor_id in actors:
            actor_id += "-2"
        known = actors[actor_id] = Actor(
            article_id=article_id, actor_id=actor_id, name=name, kind="person", names=(name,), method=PERSON
        )
    return known


def _counted(actors: Iterable[Actor], mentions: Sequence[Mention]) -> list[Actor]:
    """The actors with the number of their mentions; those without any are gone."""
    numbers = pd.Series([one.actor_id for one in mentions], dtype=object).value_counts()
    kept = (replace(one, mentions=int(numbers.get(one.actor_id, 0))) for one in actors)
    return [one for one in kept if one.mentions or one.method == PERSON]


# --- which row is meant --------------------------------------------------------------------------------------------


def _share(one: Span, other: Span | None) -> float:
    if other is None:
        return 0.0
    both = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return both / (one[1] - one[0] + other[1] - other[0] - both) if both else 0.0


def _anchor(record: object, people: People) -> Span | None:
    """The characters that a row stands for."""
    if isinstance(record, Statement):
        return record.content_start, record.content_end
    if isinstance(record, Device):
        return record.start, record.end
    if isinstance(record, Sentiment):
        return next(((m.start, m.end) for m in people.mentions if m.mention_id == record.mention_id), None)
    place = next((one for one in people.parsed.passages if one.passage_id == record.passage_id), None)
    return None if place is None else (place.start, place.end)


def _about(record: object) -> str:
    """What tells a row from others at the same place."""
    if isinstance(record, Statement):
        return record.cue or ""
    if isinstance(record, Stance):
        return f"{record.source} > {record.target}"
    if isinstance(record, Frame):
        return f"{record.scheme}: {record.frame}"
    if isinstance(record, Device):
        return record.device
    return record.function if isinstance(record, Function) else record.actor


def _in_text(statement: Statement) -> tuple[int, int]:
    return statement.content_start, statement.statement_id
