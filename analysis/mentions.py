"""Where an actor may be named, described or meant: candidates for mentions, one per phrase, before linking."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from analysis import gazetteer, names, syntax
from analysis.gazetteer import Office

_PERSON_PRONOUNS = {
    "he": "male",
    "him": "male",
    "his": "male",
    "himself": "male",
    "she": "female",
    "her": "female",
    "hers": "female",
    "herself": "female",
}
_THEY = ("they", "them", "their", "theirs", "themselves")
_IT = ("it", "its", "itself")
_GOVERNMENTS = ("government", "administration", "regime", "authorities", "leadership", "state", "republic")
_COUNTRY = ("country", "nation")
_LONGEST_NAME = 6


@dataclass(frozen=True)
class Candidate:
    """A phrase that may mention an actor: token positions, end excluded, and what its words tell.

    `name` is the proper name without titles, empty for descriptions and pronouns; `state` a state named in the
    phrase ("Iranian", "of Iran"), `organisation` likewise; `gender` where words tell it.
    """

    start: int
    end: int
    head: Token
    kind: str
    form: str
    name: str = ""
    state: str | None = None
    organisation: str | None = None
    offices: tuple[Office, ...] = ()
    gender: str | None = None
    definite: bool = False

    @property
    def office_classes(self) -> frozenset[str]:
        return frozenset(office.office_class for office in self.offices)


def find_candidates(doc: Doc, spans: Iterable[tuple[int, int]]) -> list[Candidate]:
    """All candidates in the token stretches `spans` (the segments that are read), in order, none overlapping.

    Longer phrases win over the names inside them, so that "Iranian officials" is one group and not also Iran.
    """
    found: list[Candidate] = []
    taken: set[int] = set()
    stretches = [doc[start:end] for start, end in spans]
    entities = [list(stretch.ents) for stretch in stretches]
    surnames = _surnames(doc)
    for finder in (_persons, _described, _listed, _entities, _pronouns):
        for stretch, named in zip(stretches, entities, strict=True):
            for one in finder(stretch, named, surnames):
                if not taken.intersection(range(one.start, one.end)):
                    taken.update(range(one.start, one.end))
                    found.append(one)
    return sorted(found, key=lambda one: one.start)


def _surnames(doc: Doc) -> set[str]:
    """Last words of the full personal names of the article: "Rouhani" is a person wherever it stands alone."""
    return {
        _bare(entity.text).split()[-1]
        for entity in doc.ents
        if entity.label_ == "PERSON" and len(_bare(entity.text).split()) > 1
    }


def _bare(name: str) -> str:
    """A name without white space, possessive and marks at its edges."""
    name = " ".join(name.split()).strip("\"'“”‘’.,:;-–—()[]")
    for ending in ("'s", "’s"):
        name = name.removesuffix(ending)
    return name


# --- persons ----------------------------------------------------------------------------------------------------


def _persons(stretch: Span, named: list[Span], surnames: set[str]) -> Iterator[Candidate]:
    """Personal names with the titles before them: "Iranian defense minister Amir Hatami", "Mr. Trump"."""
    doc = stretch.doc
    for first, last in _name_spans(stretch, named, surnames):
        head = doc[last - 1]
        name = _bare(doc[first:last].text)
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
            state=_state_in(about),
            organisation=party or _organisation_in(about),
            offices=_offices(about),
            gender=_gender(name, _offices(about)),
            definite=True,
        )


def _name_spans(stretch: Span, named: list[Span], surnames: set[str]) -> Iterator[tuple[int, int]]:
    """Token stretches of personal names: what the model calls a person, and surnames of the article alone."""
    for entity in named:
        listed = gazetteer.state_of(_bare(entity.text)) or gazetteer.organisation_of(_bare(entity.text))
        alone = _bare(entity.text) in surnames and len(entity) <= 2
        if alone or (entity.label_ == "PERSON" and not listed):
            yield from _name_proper(stretch.doc, entity.start, entity.end)
    for token in stretch:
        if token.text in surnames and not token.ent_type_ and token.pos_ == "PROPN":
            yield token.i, token.i + 1


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
    starts += [k for k, word in enumerate(window) if _state_in(doc[left + k : left + k + 1])] if starts else []
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


# --- descriptions and groups ------------------------------------------------------------------------------------


def _described(stretch: Span, named: list[Span], surnames: set[str]) -> Iterator[Candidate]:
    """Officials by their office, groups by their noun, governments and "the country": no proper name."""
    for token in stretch:
        if token.pos_ not in ("NOUN", "PROPN") or token.dep_ in ("compound", "amod", "nmod"):
            continue
        one = _description(token)
        if one is not None:
            yield one


def _description(head: Token) -> Candidate | None:
    if not _may_describe(head):
        return None
    phrase = [token for token in _short_phrase(head) if not token.is_space]
    proper = " ".join(token.text for token in phrase if token.dep_ != "det")
    if gazetteer.state_of(proper) or gazetteer.organisation_of(proper):
        return None
    state, organisation = _state_in(phrase), _organisation_in(phrase)
    offices, lemma = _offices(phrase), head.lemma_.lower()
    span, definite = (phrase[0].i, phrase[-1].i + 1), _definite(phrase)
    plural = head.tag_ in ("NNS", "NNPS")
    if lemma in _COUNTRY and definite and not state:
        return Candidate(*span, head, "state", "description", definite=True)
    if (lemma in _GOVERNMENTS or head.lower_ in _GOVERNMENTS) and state:
        return Candidate(*span, head, "state", "description", name=state, state=state, definite=True)
    if offices and not plural and head.lower_ in offices[-1].phrase.split():
        gender = next((office.gender for office in offices if office.gender), None)
        return Candidate(
            *span, head, "person", "title", "", state, organisation, offices, gender, definite or bool(state)
        )
    group = gazetteer.group_of(lemma) or gazetteer.group_of(head.lower_)
    if (plural and (group or offices)) or (group and group.type != "document" and (state or organisation)):
        return Candidate(*span, head, "group", "group", "", state, organisation, offices, None, definite)
    return None


def _may_describe(head: Token) -> bool:
    """Whether the noun alone lets hope for an actor, before its phrase is read."""
    lemma, word = head.lemma_.lower(), head.lower_
    known = lemma in gazetteer.office_words() or word in gazetteer.office_words()
    listed = gazetteer.group_of(lemma) or gazetteer.group_of(word)
    return known or listed is not None or lemma in (*_COUNTRY, *_GOVERNMENTS)


def _short_phrase(head: Token) -> list[Token]:
    """The noun with what stands before it, and "of ..." behind it: "the oppressed people of Afghanistan"."""
    tokens = syntax.noun_phrase(head)
    last = head.i
    for preposition in syntax.children(head, "prep"):
        inner = syntax.child(preposition, "pobj")
        if preposition.lower_ == "of" and inner is not None and preposition.i == last + 1:
            last = inner.i if inner.ent_type_ in ("GPE", "ORG", "NORP") or inner.pos_ == "PROPN" else last
    return [token for token in tokens if token.i <= last]


def _definite(phrase: list[Token]) -> bool:
    first = phrase[0]
    return first.lower_ in ("the", "this", "that", "these", "those") or first.dep_ == "poss" or first.tag_ == "PRP$"


# --- names in the gazetteer and other entities ------------------------------------------------------------------


def _listed(stretch: Span, named: list[Span], surnames: set[str]) -> Iterator[Candidate]:
    """States and organisations by their listed names, the longest first; a capital only where it acts."""
    words, start = [token.text for token in stretch], stretch.start
    capital = [word[0].isupper() for word in words]
    k = 0
    while k < len(words):
        one = None
        for last in range(min(len(words), k + _LONGEST_NAME), k, -1) if capital[k] else ():
            if capital[last - 1]:
                one = one or _listed_name(stretch.doc, start + k, start + last, " ".join(words[k:last]))
        if one is not None:
            yield one
        k = one.end - start if one is not None else k + 1


def _listed_name(doc: Doc, first: int, last: int, text: str) -> Candidate | None:
    head = doc[last - 1]
    state = gazetteer.state_of(text)
    if state is not None and (not _is_place(text, state) or _acts(head)):
        return Candidate(first, last, head, "state", "name", name=state.name, state=state.name, definite=True)
    organisation = gazetteer.organisation_of(text)
    if organisation is not None and any(token.pos_ == "PROPN" for token in doc[first:last]):
        members = names.bare(text) in organisation.members
        kind, form = ("group", "group") if members else ("organisation", "name")
        name = text if members else organisation.name
        return Candidate(first, last, head, kind, form, name, organisation=organisation.name, definite=True)
    adjective = gazetteer.state_of_adjective(text)
    if adjective is not None and head.pos_ in ("ADJ", "PROPN", "NOUN"):
        plural = head.tag_ in ("NNPS", "NNS")
        kind, form = ("group", "group") if plural else ("state", "nationality")
        return Candidate(first, last, head, kind, form, name=adjective.name, state=adjective.name)
    return None


def _is_place(text: str, state: gazetteer.State) -> bool:
    """Whether a name of the state is also that of a mere place: its capital, "Georgia", "Washington"."""
    return text in state.capital or names.is_ambiguous(text, state)


def _acts(head: Token) -> bool:
    """Whether a place stands for those who govern there: "Moscow said", "Kabul's demands", not "in Kabul"."""
    agent = head.dep_ == "pobj" and head.head.dep_ == "agent"
    return agent or head.dep_ in ("nsubj", "nsubjpass") or (head.dep_ == "dobj" and head.head.pos_ == "VERB")


def _entities(stretch: Span, named: list[Span], surnames: set[str]) -> Iterator[Candidate]:
    """Organisations that the model finds and no list holds; a state inside the name gives the camp."""
    for entity in named:
        name = names.bare(entity.text)
        if entity.label_ == "ORG" and name and name[0].isupper() and entity.root.pos_ == "PROPN":
            last = entity.end - (entity[-1].tag_ == "POS")
            state = _state_in(list(entity))
            yield Candidate(entity.start, last, entity.root, "organisation", "name", name, state, definite=True)


def _pronouns(stretch: Span, named: list[Span], surnames: set[str]) -> Iterator[Candidate]:
    """Third-person pronouns; those of the first and second person belong to quotations."""
    for token in stretch:
        word = token.lower_
        if token.pos_ not in ("PRON", "DET"):
            continue
        if word in _PERSON_PRONOUNS:
            gender = _PERSON_PRONOUNS[word]
            yield Candidate(token.i, token.i + 1, token, "person", "pronoun", gender=gender)
        elif word in _THEY:
            yield Candidate(token.i, token.i + 1, token, "group", "pronoun")
        elif word in _IT:
            yield Candidate(token.i, token.i + 1, token, "organisation", "pronoun")


# --- what the words of a phrase tell ----------------------------------------------------------------------------


def _offices(tokens: Iterable[Token]) -> tuple[Office, ...]:
    words = [token.lemma_ if token.tag_ == "NNS" else token.text for token in tokens]
    return tuple(match.office for match in gazetteer.offices_in(words))


def _state_in(tokens: Iterable[Token]) -> str | None:
    """The first state named in the words, as a name or as an adjective, also inside "US Military"."""
    tokens = list(tokens)
    for size in (3, 2, 1):
        for k in range(len(tokens) - size + 1):
            text = " ".join(token.text for token in tokens[k : k + size])
            state = gazetteer.state_of(text) or gazetteer.state_of_adjective(text)
            if state is not None and text[0].isupper():
                return state.name
    return None


def _organisation_in(tokens: Iterable[Token]) -> str | None:
    tokens = list(tokens)
    for size in range(min(_LONGEST_NAME, len(tokens)), 0, -1):
        for k in range(len(tokens) - size + 1):
            found = gazetteer.organisation_of(" ".join(token.text for token in tokens[k : k + size]))
            if found is not None:
                return found.name
    return None


def _gender(name: str, offices: tuple[Office, ...]) -> str | None:
    told = next((office.gender for office in offices if office.gender), None)
    words = name.split()
    return told or (gazetteer.gender_of(words[0]) if len(words) > 1 else None)
