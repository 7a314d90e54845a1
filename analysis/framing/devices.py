"""Devices: the places where a choice of words tells a story one way, as the table "devices".

loaded terms (:mod:`loaded`), scare quotes (:mod:`scare_quotes`), hedges and boosters (:mod:`hedges`), and claims of the
writer that nobody is credited with (:mod:`claims`), all of :mod:`analysis.framing`. The first three stand in any voice;
scare quotes and unattributed claims are the writer's by definition.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from spacy.tokens import Span as Words
from spacy.tokens import Token

from analysis import schema
from analysis.framing.claims import claims_in, load_claims
from analysis.framing.hedges import hedges_in, load_hedges
from analysis.framing.loaded import load_terms
from analysis.framing.scare_quotes import echoed, scare_quotes
from analysis.language import syntax
from analysis.language.parsing import Parsed
from analysis.language.quotes import find_quotes
from analysis.schema import WRITER, spans
from analysis.statements.voices import Voices, mentioned


def find_devices(
    parsed: Parsed,
    passages: pd.DataFrame,
    statements: pd.DataFrame,
    actors: pd.DataFrame,
    mentions: pd.DataFrame,
    *,
    terms_file: Path | None = None,
) -> pd.DataFrame:
    """The devices of an article, in the order of the text, as the table "devices": one row a place.

    `actor_id`, `actor` and `camp` are those of whom the word is about, where a mention says so; `voice` is whose words
    they are. `terms_file` is an own lexicon of loaded terms. Neutral alternatives of loaded terms are rows too, so
    that a choice can be compared with what was not chosen.
    """
    place = _Places(parsed, statements, actors, mentions)
    rows: list[dict[str, object]] = []
    for passage in passages.itertuples(index=False):
        words = parsed.doc.char_span(passage.start, passage.end, alignment_mode="expand")
        headline = passage.placement == "headline"
        found = [
            *_loaded(place, words, headline, terms_file),
            *_hedges(place, words, headline),
            *_claims(place, words),
            *_scare_quotes(place, (passage.start, passage.end)),
        ]
        where = {"passage_id": passage.passage_id, "placement": passage.placement}
        rows += [row | where for row in found]
    return schema.tabulate("devices", sorted(rows, key=lambda row: (row["start"], row["end"], row["device"])))


class _Places:
    """What is known of the places of an article: actors, voices, contents, quotations."""

    def __init__(self, parsed: Parsed, statements: pd.DataFrame, actors: pd.DataFrame, mentions: pd.DataFrame) -> None:
        self.parsed, self.voices = parsed, Voices(statements)
        self.contents = [span for cell in statements["content_spans"] for span in spans.read(cell)]
        self.echoes = echoed(parsed.article.text, self.contents)
        cues = statements[statements["cue_start"].notna() & statements["source"].notna()]
        self.cues = [(int(a), int(b)) for a, b in zip(cues["cue_start"], cues["cue_end"], strict=True)]
        self.quotes = [
            q for one in parsed.article.segments for q in find_quotes(parsed.article.text, one.start, one.end)
        ]
        self._names = {row.actor_id: (row.name, row.camp) for row in actors.itertuples(index=False)}
        self.mentioned = mentioned(parsed, mentions)

    def row(self, device: str, start: int, end: int, about: Token | None, **cells: object) -> dict[str, object]:
        """One row of the table without its passage; `about` is a word that means the referent."""
        text = self.parsed.article.text
        actor_id = self.mentioned.get(about.i) if about is not None else None
        name, camp = self._names.get(actor_id, (None, None))
        cells = {"evidence": spans.write([(start, end)]), "evidence_text": text[start:end]} | cells
        return {
            "article_id": self.parsed.article.article_id,
            "device": device,
            "start": start,
            "end": end,
            "text": text[start:end],
            "actor_id": actor_id,
            "actor": name,
            "camp": camp,
            **self.voices.at(start),
            **cells,
        }


def _loaded(place: _Places, words: Words, headline: bool, file: Path | None) -> Iterator[dict[str, object]]:
    for found in load_terms(file).find(words, headline=headline):
        entry = found.entry
        cells = {"term": entry.term[0], "term_class": entry.term_set, "loading": entry.loading, "method": "lexicon"}
        yield place.row("loaded_term", found.start, found.end, _referent(found.tokens[-1], place), **cells)


def _referent(word: Token, place: _Places) -> Token:
    """Who is called so: of an adjective or a noun before a noun that noun, of a verb its object."""
    if word.i in place.mentioned:
        return word
    if word.dep_ in ("amod", "compound", "nmod"):
        return word.head
    if word.pos_ == "VERB":
        return syntax.child(word, "dobj", *syntax.PASSIVE_SUBJECTS) or word
    return word


def _hedges(place: _Places, words: Words, headline: bool) -> Iterator[dict[str, object]]:
    for found in hedges_in(words, load_hedges(), headline=headline):
        entry = found.entry
        cells = {"term": entry.term[0], "term_class": entry.term_class, "method": "lexicon"}
        yield place.row(entry.kind, found.start, found.end, None, **cells)


def _claims(place: _Places, words: Words) -> Iterator[dict[str, object]]:
    for claim in claims_in(words, load_claims(), place.mentioned):
        first, last = claim.words[0], claim.words[-1]
        start, end = first.idx, last.idx + len(last)
        if _credited(place, [(token.idx, token.idx + len(token)) for token in claim.words]):
            continue
        evidence = spans.merge((token.idx, token.idx + len(token)) for token in claim.words)
        shown = {"evidence": spans.write(evidence), "evidence_text": spans.words(place.parsed.article.text, evidence)}
        cells = {"term": claim.term, "term_class": claim.term_class, "method": claim.rule, **shown}
        yield place.row("unattributed_claim", start, end, claim.about, **cells)


def _credited(place: _Places, words: list[spans.Span]) -> bool:
    """Whether somebody is credited with the words, in a content, a quotation or by a cue with a source."""
    taken = [*place.cues, *(quote.span for quote in place.quotes)]
    said = any(place.voices.at(start)["voice_id"] != WRITER for start, _ in words)
    return said or any(spans.overlap(word, one) for word in words for one in taken)


def _scare_quotes(place: _Places, passage: spans.Span) -> Iterator[dict[str, object]]:
    quotes = [quote for quote in place.quotes if passage[0] <= quote.start < passage[1]]
    doc = place.parsed.doc
    for (start, end), last in scare_quotes(doc, passage, quotes, place.contents, place.echoes):
        about = last.head if last.dep_ in ("amod", "compound", "nmod") else last
        yield place.row("scare_quote", start, end, about, method="quotation_marks")
