"""Devices: the places where a choice of words tells a story one way, as the table "devices".

loaded terms (:mod:`loaded`), scare quotes (:mod:`scare_quotes`), hedges and boosters (:mod:`hedges`), and claims of the
writer that nobody is credited with (:mod:`claims`), all of :mod:`analysis.framing`. The first three stand in any voice;
scare quotes and unattributed claims are the writer's by definition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from spacy.tokens import Span as Words
from spacy.tokens import Token

from analysis.acts.story import Story
from analysis.framing.claims import claims_in, load_claims
from analysis.framing.hedges import hedges_in, load_hedges
from analysis.framing.loaded import load_terms
from analysis.framing.scare_quotes import echoed, scare_quotes
from analysis.language import syntax
from analysis.language.document import Place, characters
from analysis.schema import WRITER, spans
from analysis.schema.records import Device


def devices_of(story: Story, *, terms_file: Path | None = None) -> list[Device]:
    """The devices of an article, in the order of the text: one record a place.

    `actor_id`, `actor` and `camp` are those of whom the word is about, where a mention says so; `voice` is whose words
    they are. `terms_file` is an own lexicon of loaded terms. Neutral alternatives of loaded terms are records too, so
    that a choice can be compared with what was not chosen.
    """
    scene = _Scene(story, terms_file)
    found = [one for passage in story.parsed.passages for one in _in_passage(scene, passage)]
    return sorted(found, key=lambda one: (one.start, one.end, one.device))


def _in_passage(scene: _Scene, passage: Place) -> Iterator[Device]:
    words, headline = scene.story.parsed.words((passage.start, passage.end)), passage.placement == "headline"
    here = _Here(scene, passage)
    yield from _loaded(here, words, headline)
    yield from _hedges(here, words, headline)
    yield from _claims(here, words)
    yield from _scare_quotes(here)


class _Scene:
    """What is known of an article beside its story: quotations, contents and their echoes, cues with a source."""

    def __init__(self, story: Story, terms_file: Path | None) -> None:
        self.story, self.terms_file = story, terms_file
        self.contents = [piece for one in story.statements for piece in one.content_spans]
        self.quotes = [quote for stretch in story.parsed.stretches for quote in stretch.quotes]

    @cached_property
    def echoes(self) -> frozenset[str]:
        return echoed(self.story.parsed.text, self.contents)

    @cached_property
    def taken(self) -> bytearray:
        """The characters in quotation marks and in cues with a source."""
        mask = bytearray(len(self.story.parsed.text))
        cues = (one.cue_span for one in self.story.statements if one.cue_span and one.source is not None)
        for start, end in (*cues, *(quote.span for quote in self.quotes)):
            mask[start:end] = b"\1" * (end - start)
        return mask


class _Here:
    """A passage, in which devices are found."""

    def __init__(self, scene: _Scene, passage: Place) -> None:
        self.scene, self.story, self.passage = scene, scene.story, passage
        self.places = scene.story.people.places

    def device(self, kind: str, start: int, end: int, about: Token | None, **fields: object) -> Device:
        """A device in this passage; `about` is a word that means the referent."""
        text = self.story.parsed.text
        actor = self.story.people.by_id.get(self.places.get(about.i)) if about is not None else None
        return Device(
            article_id=self.story.parsed.article_id,
            device=kind,
            placement=self.passage.placement,
            start=start,
            end=end,
            text=text[start:end],
            actor_id=actor.actor_id if actor is not None else None,
            actor=actor.name if actor is not None else None,
            camp=actor.camp if actor is not None else None,
            passage_id=self.passage.passage_id,
            evidence=((start, end),),
            evidence_text=text[start:end],
            **vars(self.story.voices.at(start)),
            **fields,
        )


def _loaded(here: _Here, words: Words, headline: bool) -> Iterator[Device]:
    for found in load_terms(here.scene.terms_file).find(words, headline=headline):
        entry = found.entry
        fields = {"term": entry.term[0], "term_class": entry.term_set, "loading": entry.loading, "method": "lexicon"}
        yield here.device("loaded_term", found.start, found.end, _referent(found.tokens[-1], here), **fields)


def _referent(word: Token, here: _Here) -> Token:
    """Who is called so: of an adjective or a noun before a noun that noun, of a verb its object."""
    if word.i in here.places:
        return word
    if word.dep_ in ("amod", "compound", "nmod"):
        return word.head
    if word.pos_ == "VERB":
        return syntax.child(word, "dobj", *syntax.PASSIVE_SUBJECTS) or word
    return word


def _hedges(here: _Here, words: Words, headline: bool) -> Iterator[Device]:
    for found in hedges_in(words, load_hedges(), headline=headline):
        entry = found.entry
        fields = {"term": entry.term[0], "term_class": entry.term_class, "method": "lexicon"}
        yield here.device(entry.kind, found.start, found.end, None, **fields)


def _claims(here: _Here, words: Words) -> Iterator[Device]:
    acts = here.story.acts_in(words)
    for claim in claims_in(words, load_claims(), here.places, acts):
        first, last = claim.words[0], claim.words[-1]
        places = characters(*claim.words)
        if _credited(here, places):
            continue
        evidence = tuple(spans.merge(places))
        found = here.device(
            "unattributed_claim",
            first.idx,
            last.idx + len(last),
            claim.about,
            term=claim.term,
            term_class=claim.term_class,
            method=claim.rule,
        )
        yield replace(found, evidence=evidence, evidence_text=spans.words(here.story.parsed.text, evidence))


def _credited(here: _Here, words: list[spans.Span]) -> bool:
    """Whether somebody is credited with the words, in a content, a quotation or by a cue with a source."""
    said = any(here.story.voices.at(start).voice_id != WRITER for start, _ in words)
    return said or any(any(here.scene.taken[start:end]) for start, end in words)


def _scare_quotes(here: _Here) -> Iterator[Device]:
    scene, place = here.scene, (here.passage.start, here.passage.end)
    quotes = [quote for quote in scene.quotes if place[0] <= quote.start < place[1]]
    for (start, end), last in scare_quotes(here.story.parsed.doc, place, quotes, scene.contents, scene.echoes):
        about = last.head if last.dep_ in ("amod", "compound", "nmod") else last
        yield here.device("scare_quote", start, end, about, method="quotation_marks")
