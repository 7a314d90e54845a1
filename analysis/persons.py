"""Personal names with their titles: "Iranian defence minister Amir Hatami", "Mr. Trump", "Rouhani"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from analysis import gazetteer, syntax
from analysis.candidates import Candidate, bare_name, gender_of, offices_of, organisation_in, state_in


def find_surnames(doc: Doc) -> set[str]:
    """Last words of the full personal names of the article: "Rouhani" is a person wherever it stands alone."""
    return {
        bare_name(entity.text).split()[-1]
        for entity in doc.ents
        if entity.label_ == "PERSON" and len(bare_name(entity.text).split()) > 1
    }


def find_persons(stretch: Span, named: list[Span], surnames: set[str]) -> Iterator[Candidate]:
    """Personal names with the titles before them: "Iranian defense minister Amir Hatami", "Mr. Trump"."""
    doc = stretch.doc
    for first, last in _name_spans(stretch, named, surnames):
        head = doc[last - 1]
        name = bare_name(doc[first:last].text)
        left = _title_start(doc, first, head, stretch.start)
        about = [*doc[left:first], *_apposition(head)]
        party = _party_behind(doc, last)
        yield Candidate(
            left,
            last,
            head,
            "person",
            "name",
            name=name,
            state=state_in(about),
            organisation=party or organisation_in(about),
            offices=offices_of(about),
            gender=gender_of(name, offices_of(about)),
            definite=True,
        )


def _name_spans(stretch: Span, named: list[Span], surnames: set[str]) -> Iterator[tuple[int, int]]:
    """Token stretches of personal names: what the model calls a person, and surnames of the article alone."""
    for entity in named:
        listed = gazetteer.state_of(bare_name(entity.text)) or gazetteer.organisation_of(bare_name(entity.text))
        alone = bare_name(entity.text) in surnames and len(entity) <= 2
        if alone or (entity.label_ == "PERSON" and not listed):
            yield from _name_proper(stretch.doc, entity.start, entity.end)
        elif entity.label_ == "ORG" and not listed:
            yield from _name_behind_title(entity)
    for token in stretch:
        if token.text not in surnames or token.pos_ != "PROPN":
            continue
        if token.i + 1 == len(token.doc) or token.nbor().pos_ != "PROPN":
            yield token.i, token.i + 1


def _name_behind_title(entity: Span) -> Iterator[tuple[int, int]]:
    """A person that the model runs into a body: "the Polish Armed Forces General *Jan Nowak*"."""
    titles = [k for k, token in enumerate(entity) if gazetteer.offices_in([token.text])]
    name = list(entity[titles[-1] + 1 :]) if titles else []
    if 1 < len(name) <= 3 and gazetteer.gender_of(name[0].text) and all(t.pos_ == "PROPN" for t in name):
        yield name[0].i, name[-1].i + 1


def _name_proper(doc: Doc, first: int, last: int) -> Iterator[tuple[int, int]]:
    """A person entity without titles at its front and possessives at its end: "Gov. Mike Pence's"."""
    while last > first and (doc[last - 1].text in ("'s", "’s", "’") or not doc[last - 1].text[0].isalpha()):
        last -= 1
    while first < last - 1 and (_is_title(doc[first]) or not doc[first].text[0].isalpha()):
        first += 1
    if first < last and doc[first].text[0].isupper():
        yield first, last


def _is_title(token: Token) -> bool:
    return bool(gazetteer.offices_in([token.text])) or gazetteer.state_of_adjective(token.text) is not None


def _title_start(doc: Doc, first: int, head: Token, floor: int) -> int:
    """Where the title before a name begins: "Iran's | defense minister Amir Hatami" with its state and article."""
    left = first
    while left > floor and (doc[left - 1].pos_ in _IN_TITLES or doc[left - 1].text in _INSIDE_TITLES):
        left -= 1
    window = [token.text for token in doc[left:first]]
    starts = [match.start for match in gazetteer.offices_in(window)]
    starts += [k for k, word in enumerate(window) if state_in(doc[left + k : left + k + 1])] if starts else []
    if not starts:
        return first
    begin = left + min(starts)
    begin -= begin > floor and doc[begin - 1].dep_ == "det"
    outer = _head_of_title(doc[begin - 1]) if begin > floor else None
    return outer.left_edge.i if outer is not None and outer.i >= floor else begin


def _head_of_title(of: Token) -> Token | None:
    """The office that a longer title begins with: "*Chief* of Staff of | the Armed Forces General X"."""
    return of.head if of.lower_ == "of" and gazetteer.offices_in([of.head.text]) else None


_IN_TITLES = ("NOUN", "PROPN", "ADJ")
_INSIDE_TITLES = (".", "'s", "’s", "-")


_PARTIES = {"R": "Republican Party", "D": "Democratic Party"}


def _party_behind(doc: Doc, last: int) -> str | None:
    """The party in brackets behind a US name: "Rep. Jason Chaffetz (R-Utah)"."""
    match = re.match(r"\s*\(([RD])[-–—)]", doc[last : last + 4].text) if last < len(doc) else None
    return _PARTIES[match.group(1)] if match else None


def _apposition(head: Token) -> list[Token]:
    """The words of an apposition, on either side: "Hatami, the defence minister", "his counterpart Putin"."""
    behind = [token for one in syntax.children(head, "appos") for token in one.subtree]
    above = syntax.noun_phrase(head.head) if head.dep_ == "appos" and head.head.pos_ == "NOUN" else []
    of = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "of" else None
    title = syntax.noun_phrase(of) if of is not None and gazetteer.offices_in([of.text]) else []
    return [*behind, *above, *title]
