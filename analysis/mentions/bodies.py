"""States, organisations, groups, and officials named by their office alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from analysis.codebook import word_list
from analysis.knowledge import names
from analysis.knowledge.entries import Group, State
from analysis.knowledge.gazetteer import Knowledge
from analysis.language import syntax
from analysis.language.document import Parsed
from analysis.language.known import knowledge_of
from analysis.mentions.candidates import (
    LONGEST_NAME,
    SERVING,
    Candidate,
    body_in,
    in_capitals,
    offices_of,
    organisation_in,
    state_in,
)
from analysis.mentions.persons import Known

_GENDERS = {
    **dict.fromkeys(("woman", "girl", "mother", "wife", "daughter", "sister", "policewoman"), "female"),
    **dict.fromkeys(("man", "boy", "father", "husband", "son", "brother", "policeman"), "male"),
}


def find_described(stretch: Span, named: list[Span], known: Known) -> Iterator[Candidate]:
    """Officials by their office, groups by their noun, governments and "the country": no proper name."""
    for token in stretch:
        if token.pos_ not in ("NOUN", "PROPN") or token.dep_ in ("compound", "amod", "nmod"):
            continue
        one = _description(token)
        if one is not None:
            yield one


def _description(head: Token) -> Candidate | None:
    known = knowledge_of(head)
    if not _may_describe(head.lemma_.lower(), head.lower_, known):
        return None
    phrase = [token for token in _short_phrase(head) if not token.is_space]
    proper = " ".join(token.text for token in phrase if token.dep_ != "det")
    if known.is_listed(proper) or _ends_in_listed(phrase, head) or _inside_listed(head, known):
        return None
    about, lemma = _About(phrase), head.lemma_.lower()
    if lemma in word_list("countries") and about.definite and not about.state:
        return about.candidate(head, "state", "description")
    governs = (lemma in word_list("governments") and head.tag_ != "NNS") or head.lower_ in word_list("governments")
    if governs and about.state:
        return about.candidate(head, "state", "description", name=about.state)
    plural, offices = head.tag_ in ("NNS", "NNPS"), about.offices
    if offices and not plural and head.lower_ in offices[-1].phrase.split():
        return about.candidate(head, "person", "title")
    return _collective(head, about, plural=plural)


def _ends_in_listed(phrase: list[Token], head: Token) -> bool:
    """Whether a listed name closes the phrase: "the federal | Securities and Exchange Commission"."""
    if head.pos_ != "PROPN":
        return False
    ends = (head.doc[token.i : head.i + 1].text for token in phrase if token.i < head.i)
    return any(knowledge_of(head).organisation_of(text) for text in ends)


def _inside_listed(head: Token, known: Knowledge) -> bool:
    """Whether a capital behind "of" closes a listed name: "European Court of *Justice*"."""
    if not head.text[0].isupper() or head.i < 2 or head.nbor(-1).lower_ not in ("of", "for", "the"):
        return False
    doc = head.doc
    starts = range(max(head.sent.start, head.i - LONGEST_NAME + 1), head.i - 1)
    return any(known.organisation_of(doc[start : head.i + 1].text) for start in starts)


def _collective(head: Token, about: _About, *, plural: bool) -> Candidate | None:
    """A group or a body: "US officials", "the militant group", "the Clinton campaign", "the campaign"."""
    group = group_noun(head)
    if group is not None and group.singular == "document":
        return None
    group_of = knowledge_of(head).group_of
    armed = any((noun := group_of(t.lemma_.lower())) and noun.type == "armed" for t in head.lefts)
    if (plural and (group or about.offices)) or (group and (about.state or about.organisation or armed)):
        return about.candidate(head, "group", "group")
    if group is None or group.singular != "body" or head.pos_ != "NOUN":
        return None
    if any(token.pos_ == "PROPN" for token in about.phrase):
        return about.candidate(head, "organisation", "description")
    return about.candidate(head, "organisation", "description", tentative=True) if about.definite else None


def group_noun(head: Token) -> Group | None:
    """The group noun that a token is."""
    known = knowledge_of(head)
    return known.group_of(head.lemma_.lower()) or known.group_of(head.lower_)


class _About:
    """What the words of a phrase tell: state, region, organisation, offices."""

    def __init__(self, phrase: list[Token]) -> None:
        self.phrase = phrase
        proper = any(token.text[0].isupper() for token in phrase)
        self.state, self.organisation = (state_in(phrase), organisation_in(phrase)) if proper else (None, None)
        self.region = knowledge_of(phrase[0]).region_in([token.text for token in phrase]) if proper else None
        self.offices = offices_of(phrase)
        self.definite = _definite(phrase)

    def candidate(self, head: Token, kind: str, form: str, *, name: str = "", tentative: bool = False) -> Candidate:
        told = next((office.gender for office in self.offices if office.gender), None)
        gender = told or _GENDERS.get(head.lemma_.lower())
        return Candidate(
            self.phrase[0].i,
            self.phrase[-1].i + 1,
            head,
            kind,
            form,
            name=name,
            state=self.state,
            organisation=self.organisation,
            offices=self.offices,
            gender=gender if kind == "person" else None,
            definite=self.definite or bool(self.state) or kind == "state",
            region=self.region,
            tentative=tentative,
            body=body_in(_with_service(head, self.phrase)),
        )


def _with_service(head: Token, phrase: list[Token]) -> list[Token]:
    """The phrase with whom it speaks for: "a spokesperson | *for Stagecoach South*"."""
    if not any(office.office_class in SERVING for office in offices_of(phrase)):
        return phrase
    preps = (prep for prep in syntax.children(head, "prep") if prep.lower_ in ("for", "of", "at"))
    served = [token for prep in preps for token in prep.subtree]
    return sorted({token.i: token for token in (*phrase, *served)}.values(), key=lambda token: token.i)


_TRADES = ("er", "or", "ist", "ian", "ee", "ant")
"""Endings of nouns for people: "speechwriter", "employee"."""

_THINGS = ("ORG", "LAW", "PRODUCT", "FAC", "GPE")
"""What the model may call a name that is nobody's."""


def describe(head: Token) -> Candidate:
    """A source as a candidate, whatever it is: "a witness", "the poll", "46 percent", "Tompkins"."""
    phrase = [token for token in syntax.noun_phrase(head) if token.i <= head.i and not token.is_space]
    about, noun = _About(phrase), group_noun(head)
    plural = head.tag_ in ("NNS", "NNPS") or head.pos_ in ("PRON", "NUM", "DET", "ADJ")
    if head.pos_ == "PROPN":
        first = next((k for k, token in enumerate(phrase) if token.pos_ == "PROPN"), 0)
        trade = head.lower_ in word_list("firms") and len(phrase) > first + 1
        kind = "organisation" if noun is not None or trade or head.ent_type_ in _THINGS else "person"
        return about.candidate(head, kind, "name", name=head.doc[phrase[first].i : head.i + 1].text)
    if plural:
        return about.candidate(head, "group", "group")
    named = any(one.ent_type_ == "PERSON" for one in syntax.children(head, "appos"))
    things = word_list("no_trades") | word_list("documents")
    trade = noun is None and head.lemma_.endswith(_TRADES) and head.lemma_ not in things
    if named or trade or knowledge_of(head).offices_in([head.text]) or (noun is not None and noun.singular == "person"):
        return about.candidate(head, "person", "title")
    return about.candidate(head, "organisation", "description")


@lru_cache(maxsize=20_000)
def _may_describe(lemma: str, word: str, known: Knowledge) -> bool:
    """Whether a noun, in lower case, lets hope for an actor, before its phrase is read."""
    office = lemma in known.office_words or word in known.office_words
    listed = known.group_of(lemma) or known.group_of(word)
    return office or listed is not None or lemma in word_list("countries") | word_list("governments")


def _short_phrase(head: Token) -> list[Token]:
    """The noun with what stands before it, and "of ..." behind it: "the oppressed people of Afghanistan"."""
    tokens = syntax.noun_phrase(head)
    colon = max((token.i for token in tokens if token.text == ":" and token.i < head.i), default=-1)
    tokens = [token for token in tokens if token.i > colon]
    last = head.i
    for preposition in syntax.children(head, "prep"):
        inner = syntax.child(preposition, "pobj")
        if preposition.lower_ == "of" and inner is not None and preposition.i == last + 1:
            last = inner.i if inner.ent_type_ in ("GPE", "ORG", "NORP") or inner.pos_ == "PROPN" else last
    return [token for token in tokens if token.i <= last]


def _definite(phrase: list[Token]) -> bool:
    first = phrase[0]
    return first.lower_ in ("the", "this", "that", "these", "those") or first.dep_ == "poss" or first.tag_ == "PRP$"


def find_listed(stretch: Span, named: list[Span], known: Known) -> Iterator[Candidate]:
    """States and organisations by their listed names, the longest first; a capital only where it acts."""
    words, start = [token.text for token in stretch], stretch.start
    capital = [word[0].isupper() for word in words]
    k = 0
    while k < len(words):
        one = None
        for last in range(min(len(words), k + LONGEST_NAME), k, -1) if capital[k] else ():
            if capital[last - 1]:
                one = one or _listed_name(stretch.doc, start + k, start + last, " ".join(words[k:last]))
        if one is not None:
            yield one
        k = one.end - start if one is not None else k + 1


def _listed_name(doc: Doc, first: int, last: int, text: str) -> Candidate | None:
    head, known = doc[last - 1], knowledge_of(doc[last - 1])
    if _is_joined(doc, first - 1) or (_is_joined(doc, last) and known.state_of_adjective(text) is None):
        return None  # "the Review-*Journal*", "*Hindu*-nationalist"
    state = known.state_of(text)
    if state is not None and (not _is_place(text, state) or _acts(head)):
        form = "place" if is_where(head) else "name"
        return Candidate(first, last, head, "state", form, name=state.name, state=state.name, definite=True)
    organisation = known.organisation_of(text)
    if organisation is not None and any(_is_proper(token) for token in doc[first:last]):
        members = names.bare(text) in organisation.members
        if members and head.tag_ in ("NN", "NNP") and not text.isupper() and syntax.child(head, "det", "nummod"):
            return _About(_short_phrase(head)).candidate(head, "person", "title")
        kind, form = ("group", "group") if members else ("organisation", "name")
        name = text if members else organisation.name
        return Candidate(first, last, head, kind, form, name, organisation=organisation.name, definite=True)
    adjective = known.state_of_adjective(text)
    if adjective is not None and head.pos_ in ("ADJ", "PROPN", "NOUN"):
        plural = head.tag_ in ("NNPS", "NNS")
        kind, form = ("group", "group") if plural else ("state", "nationality")
        return Candidate(first, last, head, kind, form, name=adjective.name, state=adjective.name)
    return None


def _is_joined(doc: Doc, at: int) -> bool:
    """Whether a hyphen without a space stands there."""
    return 0 <= at < len(doc) and doc[at].text == "-" and not doc[at].whitespace_


def is_where(head: Token) -> bool:
    """Whether a name tells where something happens, not who acts: "in *Iran*", "across *Kabul*"."""
    return head.dep_ == "pobj" and head.head.lower_ in word_list("where")


def _is_proper(token: Token) -> bool:
    return token.pos_ == "PROPN" or token.is_upper or bool(token.ent_type_)


def _is_place(text: str, state: State) -> bool:
    """Whether a name of the state is also that of a mere place: its capital, "Georgia", "Washington"."""
    return text in state.capital or names.is_ambiguous(text, state)


def _acts(head: Token) -> bool:
    """Whether a place stands for those who govern there: "Moscow said", "Kabul's demands", not "in Kabul"."""
    agent = head.dep_ == "pobj" and head.head.dep_ == "agent"
    return agent or head.dep_ in ("nsubj", "nsubjpass") or (head.dep_ == "dobj" and head.head.pos_ == "VERB")


def _stands_elsewhere(entity: Span) -> bool:
    return entity.doc.text.count(entity.text) > 1


def find_entities(stretch: Span, named: list[Span], known: Known) -> Iterator[Candidate]:
    """Organisations that the model finds and no list holds; a state inside the name gives the camp."""
    for entity in named:
        name = names.bare(entity.text)
        if entity.label_ != "ORG" or (len(entity) > 1 and in_capitals(entity[0]) and not _stands_elsewhere(entity)):
            continue  # the model takes the words of a headline in capitals for names
        if knowledge_of(entity).place_of(entity.text) is not None:
            continue  # "Crete" is a place, whatever the model says
        name_proper = _name_proper(entity)
        if name and name[0].isupper() and name_proper.root.pos_ == "PROPN":
            name, state = names.bare(name_proper.text), state_in(list(name_proper))
            first, last = name_proper.start, name_proper.end
            yield Candidate(first, last, name_proper.root, "organisation", "name", name, state, definite=True)


def _name_proper(entity: Span) -> Span:
    """The entity up to its possessive ending, or to a small word that is none of a name: "Foreign Office | summons"."""
    small = (k for k, t in enumerate(entity) if k and t.text[0].islower() and t.pos_ in ("VERB", "AUX", "NOUN"))
    cut = next((k for k in small if entity[k - 1].text[0].isupper()), len(entity))
    cut -= entity[cut - 1].tag_ == "POS"
    return entity[:cut]


def find_places(parsed: Parsed, taken: Iterable[Candidate]) -> list[Candidate]:
    """Cities, regions and buildings that the model finds and nobody else is: where something happens."""
    inside = {i for one in taken for i in range(one.start, one.end)}
    found = []
    for entity in parsed.entities:
        free = not inside.intersection(range(entity.start, entity.end))
        place = entity.label_ in ("GPE", "LOC", "FAC") or knowledge_of(entity).place_of(entity.text) is not None
        if place and free and entity.text[0].isupper():
            last = entity.end - (entity[-1].tag_ == "POS")
            name = names.bare(entity.doc[entity.start : last].text)
            found.append(Candidate(entity.start, last, entity.root, "place", "place", name, definite=True))
    read = [(one.words.start, one.words.end) for one in parsed.stretches]
    return [one for one in found if any(start <= one.start < end for start, end in read)]
