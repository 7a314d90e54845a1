"""Actors that are described, not named: "the minister", "Iran's top military commander", "the campaign", "his aides".

Named rules in order. A person without a name is linked by apposition, by an office that one named person holds, or,
where the article gives that office to nobody, as another word for the person just spoken of. Bodies and documents are
linked by their noun. What no rule links is an actor of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from analysis import gazetteer, syntax
from analysis.bodies import group_noun
from analysis.candidates import Candidate
from analysis.clusters import Cluster, Register, genders_agree
from analysis.salience import Setting, most_salient

Rule = Callable[[Candidate, Register, Setting], Cluster | None]


def link_description(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """Link a description, or make it an actor of its own; a tentative one is dropped if no rule links it."""
    for rule in PERSON_RULES if one.kind == "person" else BODY_RULES:
        cluster = rule(one, register, setting)
        if cluster is not None:
            cluster.add(one, rule.__name__)
            return cluster
    if one.tentative and one.head.i not in setting.speakers:
        return None
    cluster = register.open(one, phrase_name(one))
    cluster.add(one, "same_description")
    return cluster


# --- persons ----------------------------------------------------------------------------------------------------


def apposition(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "the defence minister, Amir Hatami", "his Russian counterpart Vladimir Putin": name and office together."""
    near = {child.i for child in syntax.children(one.head, "appos")}
    near |= {one.head.head.i} if one.head.dep_ in ("appos", "compound") else set()
    return next((c for c in register.persons if any(m.head.i in near for m, _ in c.mentions)), None) if near else None


def predicate(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "Lund is *the group's spokeswoman*": what somebody is said to be."""
    verb = one.head.head
    if one.head.dep_ != "attr" or verb.lemma_ != "be" or syntax.child(verb, "neg") is not None:
        return None
    who = syntax.child(verb, "nsubj")
    return next((c for c in register.persons if who is not None and any(m.head == who for m, _ in c.mentions)), None)


def office_and_state(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "Iran's top military commander": the one person of that state who holds such an office."""
    if not one.state:
        return None
    return _only(c for c in _holders(one, register) if c.first("state") == one.state)


def office_and_region(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "the Vermont senator": the one person of that region who holds such an office, or whose office is not told."""
    if not one.region:
        return None
    there = [c for c in register.persons if c.first("region") == one.region and _agree(one, c)]
    return _only(c for c in there if c.classes & one.office_classes) or _only(c for c in there if not c.classes)


def office_and_body(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "the chair of the DNC": the one person whose title names that body."""
    if not one.organisation or one.organisation == one.party:
        return None
    return _only(c for c in _holders(one, register) if c.first("organisation") == one.organisation)


def office_before(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "the minister": a person named before it who is called minister, the one spoken of last."""
    if one.state or not one.definite:
        return None
    holders = [c for c in _holders(one, register) if c.last_before(one.start) >= 0 and _called_alike(one, c)]
    cluster, _ = most_salient(one, holders, setting, window=2)
    return cluster or max(holders, key=lambda c: (_was(one, c), len(c.mentions)), default=None)


def office_behind(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "A New York judge has rejected ...", in the lead or with the name at once: the holder named next."""
    if one.state or one.office_classes & _SERVANTS:
        return None
    here = setting.turn(one.head)
    later = [c for c in _holders(one, register) if c.last_before(one.start) < 0]
    at_once = _only(c for c in later if _first_turn(c, setting) - here <= 2 and _called_alike(one, c))
    if at_once is not None or not (here <= _LEAD or _is_owned(one)):
        return at_once
    return _only(c for c in later if _first_turn(c, setting) - here < _SOON)


def _first_turn(cluster: Cluster, setting: Setting) -> int:
    return setting.turn(cluster.mentions[0][0].head)


_LEAD, _SOON = 6, 8
"""In how many first turns somebody may be introduced by office, and in how many more the name has to come."""

_SERVANTS = frozenset({"spokesperson", "campaign spokesperson", "campaign staff", "adviser", "journalist"})
"""Offices that many hold, so that two holders are seldom one person."""


def same_noun(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "the source" after "another source", "his aides" after "aides to the mayor", "the poll" after "a new poll"."""
    if not one.definite or _is_other(one):
        return None
    alike = [c for c in register.clusters if _same_noun(one, c) and c.last_before(one.start) >= 0]
    if one.kind == "person":
        alike = [c for c in alike if not c.named and _turns_since(c, one, setting) <= 3]
        alike = [c for c in alike if not c.mentions[0][0].definite]
    return max(alike, key=lambda c: c.last_before(one.start), default=None)


def _turns_since(cluster: Cluster, one: Candidate, setting: Setting) -> int:
    return setting.turn(one.head) - setting.turns[max(cluster.last_before(one.start), 0)]


def headline_noun(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "*Judge* rejects request" above "A New York judge has rejected": a headline leaves out what tells more."""
    if setting.turn(one.head) > _LEAD:
        return None
    around = _words_around(one)
    for cluster in register.clusters:
        first = cluster.mentions[0][0] if cluster.mentions else one
        alike = first.form not in ("name", "pronoun") and not first.name and _meaning(first) == _meaning(one)
        if alike and setting.turn(first.head) == 1 and first.start < one.start and _modifiers(first) <= around:
            return cluster
    return None


def same_words(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """The same words again, or the same noun of the same state: "the Afghan people", "the people of Afghanistan"."""
    if one.kind == "person" and not one.definite:
        return None  # "a source" is somebody new each time
    same = _called(phrase_name(one), one, register)
    if same is not None or not one.state or one.kind != "group":
        return same
    return next(
        (c for c in register.clusters if any(m.state == one.state and m.lemma == one.lemma for m, _ in c.mentions)),
        None,
    )


def named_otherwise(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "Trump spoke next. *The New York businessman* said": another word for the person just spoken of.

    Only words that tell one politician from another, and nobody to whom the article gives another firm office.
    """
    telling = one.office_classes & _TELLING or one.region or one.party or _was_before(one)
    elsewhere = bool(one.organisation) and one.organisation != one.party
    if not (one.definite and telling) or elsewhere or one.office_classes & _SERVANTS:
        return None
    fits = [c for c in register.persons if _agree(one, c) and not _is_somebody_else(one, c)]
    cluster, part = most_salient(one, fits, setting, window=3, quoted=True)
    return cluster if part != "other" else None


_TELLING = frozenset(
    {"candidate", "executive", "legislator", "regional leader", "party", "first lady", "head of state"}
)
_APART = frozenset({"judge", "prosecutor", "doctor", "scholar", "lawyer", "police", "spokesperson", "military officer"})
_FIRM = frozenset({"legislator", "regional leader", "head of state", "judge", "prosecutor", "doctor"})


def _is_somebody_else(one: Candidate, cluster: Cluster) -> bool:
    """Whether a person is known by another firm office: a senator is not "the governor", an aide no candidate."""
    mine, known = one.office_classes & _FIRM, cluster.classes & _FIRM
    serves = bool(cluster.classes & (_SERVANTS | _APART)) and not one.office_classes & cluster.classes
    abroad = bool(one.state) and bool(cluster.classes or cluster.first("state"))
    return bool(mine and known and not mine & known) or serves or abroad or not cluster.named


def _holders(one: Candidate, register: Register) -> list[Cluster]:
    """The named persons who hold such an office and differ in nothing else that is told."""
    holding = (
        c for c in register.persons if (c.classes & one.office_classes or _ends_alike(one, c)) and _agree(one, c)
    )
    return [c for c in holding if c.named]


def _ends_alike(one: Candidate, cluster: Cluster) -> bool:
    """Whether a longer office ends in this one: "the minister" may be a foreign minister."""
    return any(phrase.endswith(f" {office.phrase}") for phrase in cluster.offices for office in one.offices)


def _called_alike(one: Candidate, cluster: Cluster) -> bool:
    """Whether an office is called by the same word: a "Sen." is no "minority leader", though both legislate."""
    called = {office.phrase for office in one.offices}
    return bool(called & cluster.offices) or _ends_alike(one, cluster)


def _agree(one: Candidate, cluster: Cluster) -> bool:
    """Whether gender, region and party agree as far as they are told."""
    region, party = cluster.first("region"), cluster.first("party")
    return (
        genders_agree(one.gender, cluster.first("gender"))
        and not (one.region and region and one.region != region)
        and not (one.party and party and one.party != party)
    )


def _was_before(one: Candidate) -> bool:
    return any(token.lower_ in ("former", "ex", "then") for token in one.head.doc[one.start : one.end])


def _was(one: Candidate, cluster: Cluster) -> bool:
    """Whether both or neither are called former: "the former president" is not the president."""
    return _was_before(one) == any(_was_before(mention) for mention, _ in cluster.mentions)


def _is_owned(one: Candidate) -> bool:
    return any(token.dep_ == "poss" for token in one.head.children)


def _only(clusters: Iterable[Cluster]) -> Cluster | None:
    found = list(clusters)
    return found[0] if len(found) == 1 else None


# --- bodies, groups, documents ----------------------------------------------------------------------------------


def state_before(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "the country": the state last mentioned before it."""
    if one.kind != "state":
        return None
    return _last(one, (c for c in register.clusters if c.kind == "state"))


def armed_group_before(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "the terrorists", "the militant group": the armed group last mentioned before it."""
    nouns = [group_noun(one.head), *(group_noun(token) for token in one.head.lefts)]
    armed = any(noun is not None and noun.type == "armed" for noun in nouns)
    if not (one.definite and armed and not one.state):
        return None
    return _last(one, (c for c in register.clusters if _is_of(c, ("armed group",))))


def body_before(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "the commission", "the bank": the body last mentioned whose name has that noun, or that is of that kind."""
    if not one.definite or one.kind == "state" or one.head.tag_ == "NNS" or _modifiers(one):
        return None
    bodies = [c for c in register.clusters if c.kind == "organisation"]
    called = _last(one, (c for c in bodies if one.lemma in c.name.casefold().split()))
    kinds = _KINDS.get(one.lemma)
    if called is not None or kinds is None:
        return called
    fits = (c for c in bodies if c.named and (_is_of(c, kinds) or gazetteer.organisation_of(c.name) is None))
    cluster, _ = most_salient(one, fits, setting, window=6)
    return cluster


_KINDS = {
    "agency": ("government body",),
    "department": ("government body",),
    "bureau": ("government body",),
    "bank": ("company",),
    "company": ("company",),
    "firm": ("company",),
    "corporation": ("company",),
    "group": ("advocacy", "international organisation"),
    "organisation": ("advocacy", "international organisation"),
    "organization": ("advocacy", "international organisation"),
    "union": ("advocacy",),
    "newspaper": ("media",),
    "paper": ("media",),
    "magazine": ("media",),
    "network": ("media",),
    "outlet": ("media",),
    "party": ("party",),
}


def _is_of(cluster: Cluster, kinds: Iterable[str]) -> bool:
    listed = gazetteer.organisation_of(cluster.name) if cluster.kind == "organisation" else None
    return listed is not None and listed.type in kinds


def _last(one: Candidate, clusters: Iterable[Cluster]) -> Cluster | None:
    before = [c for c in clusters if c.last_before(one.start) >= 0]
    return max(before, key=lambda c: c.last_before(one.start), default=None)


def _same_noun(one: Candidate, cluster: Cluster) -> bool:
    """Whether an unnamed actor has this noun, with all the words that tell it from others of its kind."""
    mine = _modifiers(one)
    for mention, _ in cluster.mentions:
        alike = mention.form != "pronoun" and not mention.name and _meaning(mention) == _meaning(one)
        if alike and mention.head.tag_ == one.head.tag_ and mine <= _words_around(mention):
            return True
    return False


def _words_around(one: Candidate) -> set[str]:
    """The words of a phrase and of what hangs on it, with the initials of its names: "PPIC", "DNC"."""
    tokens = list(one.head.subtree)
    runs = syntax.runs(token for token in tokens if token.text[0].isupper() or token.lower_ in ("of", "and"))
    initials = {"".join(t.text[0] for t in run if t.text[0].isupper()).lower() for run in runs}
    return {t.lower_ for t in tokens} | initials


_SYNONYMS = {"survey": "poll", "analysis": "study", "research": "study", "advertisement": "ad", "spot": "ad"}


def _meaning(one: Candidate) -> str:
    return _SYNONYMS.get(one.lemma, one.lemma)


def _modifiers(one: Candidate) -> set[str]:
    """The words that tell a thing from others of its kind: "the *previous* poll", "*federal* officials"."""
    words = one.head.doc[_left(one) : one.head.i]
    return {t.lower_ for t in words if not (t.dep_ in ("det", "case") or t.tag_ in ("PRP$", "POS") or t.is_punct)}


def _left(one: Candidate) -> int:
    """Where the phrase begins, also if its first words are a mention of their own: "*Trump's* | campaign"."""
    return min(one.start, one.head.left_edge.i)


_OTHERS = ("another", "other", "previous", "earlier", "second", "separate", "new")


def _is_other(one: Candidate) -> bool:
    return any(token.lower_ in _OTHERS for token in one.head.doc[one.start : one.end])


def _called(name: str, one: Candidate, register: Register) -> Cluster | None:
    kinds = ("person",) if one.kind == "person" else (one.kind, "group", "organisation")
    return next((c for kind in kinds if (c := register.called(kind, name)) is not None), None)


PERSON_RULES: tuple[Rule, ...] = (
    apposition,
    predicate,
    office_and_state,
    office_and_region,
    office_and_body,
    same_noun,
    office_before,
    office_behind,
    headline_noun,
    same_words,
    named_otherwise,
)
BODY_RULES: tuple[Rule, ...] = (
    state_before,
    armed_group_before,
    headline_noun,
    same_words,
    body_before,
    same_noun,
)


def phrase_name(one: Candidate) -> str:
    """How an actor without a proper name is called: its words without article, marks and time."""
    words = [t for t in one.head.doc[_left(one) : one.end] if not (t.dep_ == "det" or t.is_space or t.tag_ == "PRP$")]
    text = "".join(token.text_with_ws for token in words).strip(" ,'\"“”’")
    return text[:1].upper() + text[1:] if text else one.head.text
