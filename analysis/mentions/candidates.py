"""What a candidate for a mention is, and what the words of a phrase tell about the actor it may mention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from analysis.codebook import word_list
from analysis.knowledge import names
from analysis.knowledge.entries import Office, Organisation
from analysis.knowledge.gazetteer import Knowledge
from analysis.language import syntax
from analysis.language.known import knowledge_of

LONGEST_NAME = 6
"""Words in the longest name that is looked up."""

_SUFFIXES = ("jr", "sr", "ii", "iii", "iv")


@dataclass(frozen=True)
class Candidate:
    """A phrase that may mention an actor: token positions, end excluded, and what its words tell.

    `name` is the proper name without titles, empty for descriptions and pronouns; `state` a state named in the
    phrase ("Iranian", "of Iran"), `region` a part of one ("the Vermont senator"), `organisation` a listed body, `body`
    any that is named or described ("the Foreign Office", "the army"); `gender` where words tell it. A `tentative` one
    is kept only if it means an actor that is known: "the campaign".
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
    region: str | None = None
    tentative: bool = False
    body: str | None = None

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the name, made comparable: "François Hollande Jr." -> francois, hollande."""
        words = names.bare(self.name).casefold().replace(".", "").split()
        return tuple(words[:-1] if len(words) > 1 and words[-1] in _SUFFIXES else words)

    @cached_property
    def party(self) -> str | None:
        """The party that the words tell: "GOP nominee", "Democratic presidential candidate", "(D-Va.)"."""
        doc, left = self.head.doc, self.start
        while left > max(0, self.start - 2) and doc[left - 1].is_title | doc[left - 1].is_upper:
            left -= 1  # "*Republican* | nominee Donald Trump", "*Democrat* | Hillary Clinton"
        tokens = list(doc[left : self.end])
        matches = knowledge_of(self.head).offices_in([token.text for token in tokens])
        office = {k for match in matches if match.end > match.start + 1 for k in range(match.start, match.end)}
        office |= {match.start - 1 for match in matches if match.office.office_class.endswith("minister")}
        words = [t.text for k, t in enumerate(tokens) if t.text[0].isupper() and k not in office and not _is_plain(t)]
        named = (self.organisation, *words, *(f"{word} Party" for word in words if word not in word_list("no_parties")))
        listed = (knowledge_of(self.head).organisation_of(name) for name in named if name)
        return next((found.name for found in listed if found is not None and found.type == "party"), None)

    @cached_property
    def lemma(self) -> str:
        return self.head.lemma_.lower()

    @cached_property
    def office_classes(self) -> frozenset[str]:
        return frozenset(office.office_class for office in self.offices)


def _is_plain(token: Token) -> bool:
    """Whether the name of a party is no more than an adjective here: "*Conservative* icon", not "Conservative MP"."""
    behind = token.doc[min(token.i + 1, len(token.doc) - 1)]
    return token.text in word_list("plain_adjectives") and behind.lower_ not in word_list("party_nouns")


def stripped(name: str) -> str:
    """A name without white space, possessive and marks at its edges."""
    name = " ".join(name.split()).split("—")[0].strip("\"'“”‘’.,:;-–—()[]")
    for ending in ("'s", "’s"):
        name = name.removesuffix(ending)
    return name


def offices_of(tokens: Iterable[Token]) -> tuple[Office, ...]:
    tokens = list(tokens)
    words = [token.lemma_ if token.tag_ == "NNS" else token.text for token in tokens]
    return tuple(match.office for match in knowledge_of(tokens[0]).offices_in(words)) if tokens else ()


def state_in(tokens: Iterable[Token]) -> str | None:
    """The first state named in the words, as a name or as an adjective, also inside "US Military"."""
    tokens = list(tokens)
    known = knowledge_of(tokens[0]) if tokens else None
    found = (known.state_of(text) or known.state_of_adjective(text) for text in _names_in(tokens, 3))
    return next((state.name for state in found if state is not None), None)


def organisation_in(tokens: Iterable[Token]) -> str | None:
    """The first organisation named in the words, the longest names first."""
    tokens = [token for token in _without_portfolio(list(tokens)) if not _is_plain(token)]
    if not tokens:
        return None
    listed = (knowledge_of(tokens[0]).organisation_of(text) for text in _names_in(tokens, LONGEST_NAME, whole=True))
    named = (found.name for found in listed if found is not None)
    return next((name for name in named if name not in word_list("no_bodies")), None)


def _without_portfolio(tokens: list[Token]) -> list[Token]:
    """The words without what a minister is minister of: "*Labour* Minister"."""
    matches = knowledge_of(tokens[0]).offices_in([token.text for token in tokens]) if tokens else []
    portfolios = {one.start - 1 for one in matches if one.office.office_class.endswith("minister")}
    plain = {k for k in portfolios if k >= 0 and tokens[k].text in word_list("portfolios")}
    return [token for k, token in enumerate(tokens) if k not in plain]


def body_in(tokens: Iterable[Token]) -> str | None:
    """The first body in the words, its noun or its name: "Foreign Office | spokesman", "of the | State Council".

    A run of capitals is one if it has a noun for bodies in it or the model sees an organisation; so is such a noun
    alone: "the | army's | chief". Titles, names of states and persons are none; in a headline of capitals only what
    is listed.
    """
    tokens = list(tokens)
    if not tokens:
        return None
    known = knowledge_of(tokens[0])
    words = [token.lemma_ if token.tag_ == "NNS" else token.text for token in tokens]
    matches = known.offices_in(words)
    office = {k for match in matches for k in range(match.start, match.end)}
    serving = {tokens[k].i for one in matches if one.office.office_class in SERVING for k in range(one.start, one.end)}
    portfolios = {tokens[one.start].i for one in matches if one.office.office_class.endswith("minister")}
    runs = syntax.runs(t for k, t in enumerate(tokens) if k not in office and _may_name_body(t, known))
    for run in runs:
        kept = _trimmed(run, known)
        name = " ".join(token.text for token in kept)
        portfolio = bool(kept) and kept[-1].i + 1 in portfolios
        if kept and not portfolio and not in_capitals(kept[0]) and name not in word_list("no_bodies"):
            listed = known.organisation_of(name) or _listed_front(kept, known)
            if listed or _is_body(kept, known) or (serving and _is_served(kept, run, serving, known)):
                return listed.name if listed else name
    return None


SERVING = ("spokesperson", "executive", "head of an agency", "campaign spokesperson", "leader")
"""Offices that are held in a body, whatever its name looks like: "a *Woolworths* spokesperson"."""


def _is_served(kept: Sequence[Token], run: Sequence[Token], serving: set[int], known: Knowledge) -> bool:
    """Whether a name stands before such an office or behind "for", "of", "at", and is no person's or place's."""
    before = any(run[-1].i + step in serving for step in (1, 2))
    first = kept[0].doc[max(kept[0].i - 1, 0)]
    behind = run[0].lower_ in ("for", "of", "at") or first.lower_ in ("for", "of", "at") or first.lower_ == "the"
    named = kept[-1].pos_ == "PROPN" and kept[-1].ent_type_ not in ("GPE", "LOC", "DATE")
    person = known.gender_of(kept[0].text) or (len(kept) > 1 and kept[-1].ent_type_ == "PERSON")
    return (before or behind) and named and not person


def _listed_front(kept: Sequence[Token], known: Knowledge) -> Organisation | None:
    """The listed body that a run begins with, where the model runs on: "Amnesty International | Man"."""
    fronts = (" ".join(token.text for token in kept[:k]) for k in range(len(kept) - 1, 1, -1))
    return next((found for front in fronts if (found := known.organisation_of(front))), None)


_JOINING = ("of", "for", "and", "&", "on", "the")


def _may_name_body(token: Token, known: Knowledge) -> bool:
    noun = known.group_of(token.lemma_.lower())
    body = noun is not None and noun.singular == "body"
    return body or token.text[0].isupper() or (token.lower_ in _JOINING and token.i + 1 < len(token.doc))


def _is_body(run: Sequence[Token], known: Knowledge) -> bool:
    nouns = [noun for t in run if (noun := known.group_of(t.lemma_.lower())) and noun.singular == "body"]
    if not any(token.text[0].isupper() for token in run):
        return any(noun.official for noun in nouns)
    named = run if any(t.lower_ == "and" for t in run) else run[:1]
    persons = any(known.gender_of(t.text) for t in named)  # "Nikos Christodoulides and Jean"
    organisation = any(t.ent_type_ == "ORG" for t in run) and not persons
    return bool(nouns) or (organisation and not any(t.ent_type_ == "PERSON" for t in run))


def in_capitals(token: Token) -> bool:
    """Whether the sentence is a headline in which every longer word has a capital."""
    longer = [word for word in token.sent if len(word) > 3 and word.is_alpha]
    return len(longer) > 2 and sum(word.text[0].isupper() for word in longer) > 0.8 * len(longer)


def _trimmed(run: list[Token], known: Knowledge) -> list[Token]:
    """The run without joining words at its ends and states at its front."""
    kept = list(run)
    while kept and (kept[-1].lower_ in _JOINING or known.offices_in([kept[-1].text])):
        kept.pop()
    while kept and _leads_to_body(kept[0], known):
        kept.pop(0)
    return [] if known.state_of(" ".join(token.text for token in kept)) else kept


def _leads_to_body(token: Token, known: Knowledge) -> bool:
    """Whether a word before a body is no part of its name: an article, a state, a title."""
    titles = (match.office.office_class for match in known.offices_in([token.text]))
    return (
        token.lower_ in (*_JOINING, "a", "an")
        or token.dep_ == "det"
        or known.state_of_adjective(token.text) is not None
        or "honorific" in titles
    )


def _names_in(tokens: Iterable[Token], longest: int, *, whole: bool = False) -> Iterator[str]:
    """The stretches of the words that begin with a capital, the longest first.

    If `whole`, not the end of a longer name: "*Foreign Affairs*" in "Ministry of Foreign Affairs".
    """
    words = [token.text for token in tokens]
    begins = [k for k, word in enumerate(words) if word[0].isupper() and not (whole and _goes_on_from(words, k))]
    for size in range(min(longest, len(words)), 0, -1):
        yield from (" ".join(words[k : k + size]) for k in begins if k + size <= len(words))


def _goes_on_from(words: Sequence[str], at: int) -> bool:
    return at > 1 and words[at - 1] == "of" and words[at - 2][0].isupper()


def gender_told(name: str, offices: tuple[Office, ...], known: Knowledge) -> str | None:
    """What the titles tell, else the given name of a full name."""
    told = next((office.gender for office in offices if office.gender), None)
    words = name.split()
    return told or (known.gender_of(words[0]) if len(words) > 1 else None)
