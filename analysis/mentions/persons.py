"""Personal names with their titles: "Iranian defence minister Amir Hatami", "Mr. Trump", "Rouhani"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from spacy.attrs import ORTH
from spacy.tokens import Doc, Span, Token

from analysis.codebook import word_list
from analysis.knowledge import names
from analysis.knowledge.holders import is_given_name
from analysis.language import syntax
from analysis.language.document import Parsed
from analysis.language.known import knowledge_of
from analysis.mentions.candidates import (
    SERVING,
    Candidate,
    body_in,
    gender_told,
    offices_of,
    organisation_in,
    state_in,
    stripped,
)


@dataclass(frozen=True)
class Known:
    """The full personal names of an article, in lower case, where their last words stand, and which are also words."""

    full: frozenset[str]
    places: tuple[int, ...]
    words: frozenset[str]


def find_known(parsed: Parsed) -> Known:
    """The full names that the model sees: "Rouhani" is then a person wherever it stands alone, also as ROUHANI."""
    doc = parsed.doc
    full = {" ".join(name): entity for entity in parsed.entities if (name := _full_name(entity))}
    surnames = {stripped(entity.text).split()[-1] for entity in full.values()}
    missed = {name: last for name, last in _missed_names(parsed) if name not in full}
    surnames |= set(missed.values())
    places = _places(doc, {form for name in surnames for form in (name, name.upper())})
    words = {name.lower() for name in surnames if _places(doc, {name.lower()})}
    return Known(frozenset({*full, *missed}), tuple(i for i in places if doc[i].text[0].isupper()), frozenset(words))


def _places(doc: Doc, forms: set[str]) -> list[int]:
    """Where one of the words stands, written so."""
    keys = [doc.vocab.strings[form] for form in forms]
    return np.isin(doc.to_array(ORTH), np.array(keys, dtype=np.uint64)).nonzero()[0].tolist() if keys else []


def _missed_names(parsed: Parsed) -> Iterator[tuple[str, str]]:
    """Full names that the model misses: a given name and a word that it calls a person elsewhere; and that word."""
    doc = parsed.doc
    single = {entity[0].text for entity in parsed.entities if entity.label_ == "PERSON" and len(entity) == 1}
    for place in _places(doc, single):
        first, last = doc[max(place - 1, 0)], doc[place]
        if first.pos_ == "PROPN" and last.ent_iob_ != "I" and first != last and parsed.knowledge.gender_of(first.text):
            yield f"{first.lower_} {last.lower_}", last.text


def _full_name(entity: Span) -> list[str]:
    """The words of an entity that is a full personal name, whatever the model calls it; none if it is not."""
    if len(entity) < 2 or (entity.label_ != "PERSON" and not 2 <= len(entity) <= 3):
        return []
    words = names.bare(stripped(entity.text)).casefold().split()
    if len(words) < 2 or not words[-1].replace("-", "").replace("'", "").isalpha():
        return []
    if entity.label_ != "PERSON" and not (_begins_like_person(entity) and not _has_body_noun(entity)):
        return []
    return words if not knowledge_of(entity).is_listed(stripped(entity.text)) else []


def _begins_like_person(entity: Span) -> bool:
    """Whether a name begins with a given name, also one that only the list of office-holders has: "Wojciech"."""
    first = names.bare(entity[0].text).casefold()
    return all(token.text[0].isupper() for token in entity) and (
        knowledge_of(entity).gender_of(first) is not None or is_given_name(first)
    )


def _has_body_noun(entity: Span) -> bool:
    """Whether a word of a name is a noun for a body or a firm: "Victoria *Police*", "Austin *Journal*"."""
    bodies = word_list("firms") | word_list("no_organs") | word_list("organs")
    return any(token.lower_ in bodies or group_named(token) for token in entity)


def find_persons(stretch: Span, named: list[Span], known: Known) -> Iterator[Candidate]:
    """Personal names with the titles before them: "Iranian defense minister Amir Hatami", "Mr. Trump"."""
    doc = stretch.doc
    for first, last in _name_spans(stretch, named, known):
        head = doc[last - 1]
        if _names_a_body(head) or _is_state_described(doc[first:last]):
            continue
        name = stripped(doc[first:last].text)
        left = _title_start(doc, first, head, stretch.start)
        about = [*doc[left:first], *_apposition(head)]
        party, region = _brackets(doc, last, stretch.end)
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
            gender=gender_told(name, offices_of(about), knowledge_of(stretch)),
            definite=True,
            region=region or knowledge_of(stretch).region_in([token.text for token in about]),
            body=body_in(about),
        )


def _is_state_described(name: Span) -> bool:
    """Whether the last word is a state and the first no given name: "Mountainous *Nepal*"."""
    known = knowledge_of(name)
    return len(name) == 2 and known.state_of(name[-1].text) is not None and known.gender_of(name[0].text) is None


def _names_a_body(head: Token) -> bool:
    """Whether a name only tells which body or group is meant: "the *Clinton* campaign", "*McConnell* aides"."""
    if head.dep_ not in ("compound", "nmod", "amod") or head.head.i <= head.i or head.head.pos_ == "PROPN":
        return False
    noun = knowledge_of(head).group_of(head.head.lemma_.lower())
    return noun is not None and (noun.singular == "body" or head.head.tag_ == "NNS")


def _name_spans(stretch: Span, named: list[Span], known: Known) -> Iterator[tuple[int, int]]:
    """Token stretches of personal names: what the model calls a person, and surnames of the article alone."""
    for entity in named:
        name = stripped(entity.text)
        listed = knowledge_of(stretch).is_listed(name)
        if (entity.label_ == "PERSON" and not listed) or " ".join(_full_name(entity)) in known.full:
            yield from _name_proper(stretch.doc, entity.start, entity.end, known)
        elif entity.label_ == "ORG" and not listed:
            yield from _name_behind_title(entity)
    inside = slice(bisect_left(known.places, stretch.start), bisect_left(known.places, stretch.end))
    for place in known.places[inside]:
        if _stands_for_person(stretch.doc[place], known):
            yield _first_of_name(stretch.doc, place, stretch.start), place + 1


def _stands_for_person(token: Token, known: Known) -> bool:
    """Whether a surname is a person here: not the first word of "Clinton Foundation", nor "Black voters"."""
    if token.i + 1 < len(token.doc) and token.nbor().pos_ == "PROPN":
        return False
    return token.pos_ == "PROPN" or not (token.is_sent_start and token.lower_ in known.words)


def _first_of_name(doc: Doc, last: int, floor: int) -> int:
    """Where the name begins whose last word is a known surname: "Eric | Trump" is not the other Trump."""
    first = last
    while first > floor and _is_part_of_name(doc[first - 1], doc[last]):
        first -= 1
    return first


def _is_part_of_name(token: Token, last: Token) -> bool:
    """Whether a word before a surname is a given name: known as one, or a proper noun that is no title."""
    if token.pos_ != "PROPN" or not token.text[0].isupper():
        return False
    joined = token.dep_ == "compound" and token.head == last and token.ent_type_ in ("", "PERSON")
    return bool(knowledge_of(token).gender_of(token.text)) or (joined and not _is_title(token, last) and len(token) > 2)


def _name_behind_title(entity: Span) -> Iterator[tuple[int, int]]:
    """A person that the model runs into a body: "the Polish Armed Forces General *Jan Nowak*"."""
    titles = [k for k, token in enumerate(entity) if knowledge_of(token).offices_in([token.text])]
    name = list(entity[titles[-1] + 1 :]) if titles else []
    if 1 < len(name) <= 3 and knowledge_of(entity).gender_of(name[0].text) and all(t.pos_ == "PROPN" for t in name):
        yield name[0].i, name[-1].i + 1


def _name_proper(doc: Doc, first: int, last: int, known: Known) -> Iterator[tuple[int, int]]:
    """A person entity without titles at its front and other things at its end: "Gov. Mike Pence's"."""
    while last > first and (doc[last - 1].text in ("'s", "’s", "’") or not doc[last - 1].text[0].isalpha()):
        last -= 1
    while first < last - 1 and (_is_title(doc[first], doc[first + 1]) or not doc[first].text[0].isalpha()):
        first += 1
    if last - first > 1 and any(knowledge_of(doc[k:last]).is_listed(doc[k:last].text) for k in range(first + 1, last)):
        return  # "the Obama White House" is no person
    cuts = (k for k in range(first + 2, last) if _is_known(doc[first:k], known) and not _is_known(doc[k:last], known))
    last = next(cuts, last)
    if first < last and doc[first].text[0].isupper():
        yield first, last


def _is_known(part: Span, known: Known) -> bool:
    """Whether the front of an entity is a full name that also stands elsewhere: "Elizabeth Warren | Hammers"."""
    return names.bare(part.text).casefold() in known.full


def _is_title(token: Token, behind: Token) -> bool:
    """Whether a word is a title before a name: not the given name in "Marine Le Pen"."""
    known = knowledge_of(token)
    if known.gender_of(token.text) and not known.gender_of(behind.text):
        return False
    return bool(known.offices_in([token.text])) or known.state_of_adjective(token.text) is not None


def _title_start(doc: Doc, first: int, head: Token, floor: int) -> int:
    """Where the title before a name begins: "Iran's | defense minister Amir Hatami" with its state and article."""
    left = _run_of_title(doc, first, floor)
    while (further := _phrase_across(doc, left, first, floor)) < left:
        left = _run_of_title(doc, further, floor)
    window = [token.text for token in doc[left:first]]
    starts = [match.start for match in knowledge_of(head).offices_in(window)] if window else []
    if not starts:
        return first
    plurals = [k for k in range(min(starts)) if doc[left + k].tag_ == "NNS"]  # "the Syrian refugees | President Obama"
    behind = range(max(plurals, default=-1) + 1, len(window))
    starts += [k for k in behind if _tells_where(doc[left + k : left + k + 2], window[k : k + 2])]
    begin = left + min(starts)
    while begin > left and _names_body_before(doc[begin - 1], doc[begin]):
        begin -= 1
    begin -= begin > floor and doc[begin - 1].dep_ == "det"
    outer = _head_of_title(doc[begin - 1]) if begin > floor else None
    return outer.left_edge.i if outer is not None and outer.i >= floor else begin


def _run_of_title(doc: Doc, left: int, floor: int) -> int:
    known = knowledge_of(doc[left])
    while left > floor:
        word = doc[left - 1]
        if not (word.pos_ in _IN_TITLES or word.text in _INSIDE_TITLES or known.offices_in([word.text])):
            break
        left -= 1
    return left


def _phrase_across(doc: Doc, left: int, first: int, floor: int) -> int:
    """Where an office begins that goes on over "of", "*Secretary of* | State Mike Lowe", or else the title."""
    if left <= floor or left == first or doc[left - 1].lower_ not in ("of", "for"):
        return left
    start = max(floor, left - 4)
    matches = knowledge_of(doc[left]).offices_in([token.text for token in doc[start:first]])
    return min((start + one.start for one in matches if start + one.start < left - 1 < start + one.end), default=left)


def _names_body_before(token: Token, behind: Token) -> bool:
    """Whether a word before a title is of the body that it is held in: "*Taliban* | spokesman Zabih Noor"."""
    if token.text == "-" or behind.text == "-":
        return token.nbor(-1).pos_ == "PROPN" if token.text == "-" and token.i else token.pos_ == "PROPN"
    serves = any(one.office.office_class in SERVING for one in knowledge_of(token).offices_in([behind.text]))
    named = token.ent_type_ in ("ORG", "NORP", "PRODUCT", "FAC", "GPE") or group_named(token)
    named = named or (group_named(behind) and token.text[0].isupper() and token.pos_ in ("ADJ", "PROPN"))
    if not named and not (serves and token.pos_ == "PROPN" and not token.ent_type_):
        return False
    return token.dep_ in ("compound", "nmod", "amod", "poss") or behind.text in ("'s", "’s")


def group_named(token: Token) -> bool:
    """Whether a word is a noun for a body: "*army* | chief Ann Lee"."""
    noun = knowledge_of(token).group_of(token.lemma_.lower())
    return noun is not None and noun.singular == "body"


def _tells_where(words: Span, texts: list[str]) -> bool:
    """Whether a state begins with the first of two words, or a region with both."""
    return bool(state_in(words[:1]) or knowledge_of(words).region_in(texts))


def _head_of_title(of: Token) -> Token | None:
    """The office that a longer title begins with: "*Chief* of Staff of | the Armed Forces General X"."""
    return of.head if of.lower_ == "of" and knowledge_of(of).offices_in([of.head.text]) else None


_IN_TITLES = ("NOUN", "PROPN", "ADJ")
_INSIDE_TITLES = (".", "'s", "’s", "-")


_PARTIES = {"R": "Republican Party", "D": "Democratic Party"}


def _brackets(doc: Doc, last: int, end: int) -> tuple[str | None, str | None]:
    """Party and region behind a name: "Rep. Jason Chaffetz (R-Utah)", "Kaine, D-Va.,", "Rangel of New York"."""
    if last >= end or doc[last].text not in ("(", ",", "of"):
        return None, None
    known = knowledge_of(doc[last])
    behind = [token.text for token in doc[last + 1 : min(last + 6, end)]]
    if doc[last].text == "of":
        return None, known.region_in(behind[:2])
    party = _PARTIES.get(behind[0]) if len(behind) > 2 and behind[1] in "-–—" else None
    return (party, known.region_in(behind[2:4])) if party or behind[:1] == ["I"] else (None, None)


def _apposition(head: Token) -> list[Token]:
    """The words of an apposition, on either side: "Hatami, the defence minister", "his counterpart Putin"."""
    behind = [token for one in syntax.children(head, "appos") for token in _title_words(one)]
    above = syntax.noun_phrase(head.head) if head.dep_ == "appos" and head.head.pos_ == "NOUN" else []
    of = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "of" else None
    title = syntax.noun_phrase(of) if of is not None and knowledge_of(of).offices_in([of.text]) else []
    bodies = [syntax.child(prep, "pobj") for prep in syntax.children(head, "prep") if prep.lower_ in _AT]
    works = [token for body in (*bodies, syntax.child(head, "poss")) if body is not None for token in _body(body)]
    return [*behind, *above, *title, *works]


def _body(noun: Token) -> list[Token]:
    """The words of a body beside a name: "Jane Lowe of | *the Fisheries Union*", "*the BBC*'s | Jane Lowe"."""
    return list(noun.subtree) if noun.ent_type_ == "ORG" or group_named(noun) else []


_AT = ("of", "from", "at", "with", "for")


def _title_words(noun: Token) -> list[Token]:
    """The words that tell the office: "a pollster | who advised the candidate", "an aide | to the minister"."""
    below = [t for t in noun.subtree if t != noun]
    away = [t for t in below if t.dep_ in _ASIDE or (t.dep_ == "prep" and t.lower_ not in _OF)]
    away = [t for t in away if not (t.dep_ == "poss" and _body(t))]
    return syntax.subtree(noun, without=away) if away else list(noun.subtree)


_ASIDE = ("relcl", "acl", "advcl", "appos", "poss")
_OF = ("of", "from", "in")
