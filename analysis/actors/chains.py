"""The chains of all actors of an article: what one actor tells of another.

Each actor has a chain of its own (:mod:`analysis.actors.affiliation`); here it is known who else there is: whom an
actor serves, whose forces a pronoun means, which initials stand for a body, who is "the prime minister".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from analysis.actors.affiliation import Chain, Ground, Link, chain_of, held, span_of
from analysis.actors.clusters import Cluster
from analysis.actors.home import Seen
from analysis.codebook import word_list
from analysis.knowledge.holders import LEADERS, at
from analysis.mentions.candidates import Candidate
from analysis.schema.spans import Span


def chains_of(clusters: Sequence[Cluster], ground: Ground) -> list[Chain]:
    """The chains of all actors; who serves another has his side, if nothing else tells one."""
    home = replace(ground.home, persons=tuple(_known_persons(clusters, ground)))
    surnames = frozenset(c.words[-1] for c in clusters if c.kind == "person" and c.named and c.words)
    ground = replace(ground, home=home, bodies=_named_bodies(clusters), surnames=surnames)
    chains = {id(cluster): chain_of(cluster, ground) for cluster in clusters}
    anybody = {k: c for c in clusters for one, _ in c.mentions for k in range(one.start, one.end)}
    owners = {k: c for k, c in anybody.items() if c.kind == "person"}
    bearers: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        if cluster.kind == "person" and cluster.named and cluster.words:
            bearers[cluster.words[-1]].append(cluster)
    for cluster in clusters:
        chain = chains[id(cluster)]
        weak = chain.state is None or chain.state.rule.startswith("home")
        if weak and chain.party is None and chain.own is None:
            principal, words = _principal(cluster, owners, bearers)
            if principal is None:
                principal, words = _possessor(cluster, anybody)
            theirs = chains[id(principal)] if principal is not None else None
            if theirs is not None and (theirs.state or theirs.party):
                state, party = (
                    Link(one.value, words, "serves") if one else None for one in (theirs.state, theirs.party)
                )
                chains[id(cluster)] = replace(chain, state=state or chain.state, party=party)
    return [chains[id(cluster)] for cluster in clusters]


def _known_persons(clusters: Iterable[Cluster], ground: Ground) -> Iterator[Seen]:
    """The persons whom the lists surely know, by full name, as words that name their state."""
    for cluster in clusters:
        if cluster.kind == "person" and len(cluster.words) > 1:
            terms = [one for one in at(ground.holders.named(cluster.words), ground.date) if one.source != "Phoenix"]
            states = {one.state for one in terms}
            if len(states) == 1:
                yield Seen(states.pop(), *span_of(cluster.mentions[0][0]), len(cluster.mentions))


def _principal(
    cluster: Cluster, owners: Mapping[int, Cluster], bearers: Mapping[str, Sequence[Cluster]]
) -> tuple[Cluster | None, Span]:
    """Whom an actor serves: "*Clinton* campaign spokesman", "*Her* aide", "a spokesman for *the governor*"."""
    for one in cluster.facts:
        classes = {office.office_class for office in one.offices}
        if not (classes & _SERVANTS or {one.lemma, *(o.phrase for o in one.offices)} & word_list("serving")):
            continue
        doc = one.head.doc
        around = {
            token.i: token for token in (*doc[max(one.start - 2, one.head.sent.start) : one.end], *one.head.subtree)
        }
        for place in sorted(around):
            named = bearers.get(doc[place].lower_, ()) if doc[place].text[0].isupper() else ()
            found = owners.get(place) or (named[0] if len(named) == 1 else None)
            if found is not None and found is not cluster:
                return found, span_of(one)
    return None, (0, 0)


def _possessor(cluster: Cluster, anybody: Mapping[int, Cluster]) -> tuple[Cluster | None, Span]:
    """Whose a body is that is told by a pronoun alone: "*the US* deployed *its* forces"."""
    for one in cluster.facts:
        first, above = one.head.doc[one.start], one.head
        if cluster.kind == "person" or first.lower_ not in ("its", "their"):
            continue
        while above.dep_ != "ROOT" and above.pos_ not in ("VERB", "AUX"):
            above = above.head
        found = next((anybody.get(child.i) for child in above.lefts if child.dep_ == "nsubj"), None)
        if found is not None and found is not cluster:
            return found, span_of(one)
    return None, (0, 0)


_SERVANTS = frozenset({"spokesperson", "adviser", "chief of staff", "campaign staff", "campaign spokesperson"})


def _named_bodies(clusters: Iterable[Cluster]) -> dict[str, str]:
    """Initials of the bodies that the article names in full -> the full name: "CAAN"."""
    names = [c.name for c in clusters if c.kind == "organisation" and c.named and len(c.name.split()) > 2]
    initials = {"".join(word[0] for word in name.split() if word[0].isupper()): name for name in names}
    return initials | dict(_in_brackets(one) for c in clusters for one, _ in c.mentions if _in_brackets(one))


def _in_brackets(one: Candidate) -> tuple[str, str] | None:
    """The initials behind a body, and its name: "Nepal's civil aviation authority (*CAAN*)"."""
    doc, start, end = one.head.doc, one.start, one.end
    while end < min(one.end + 4, len(doc)) and (doc[end].lower_ in ("of", "for", "the") or doc[end].pos_ == "PROPN"):
        end += 1
    if one.kind not in ("organisation", "group") or end + 2 >= len(doc) or doc[end].text != "(":
        return None
    short = doc[end + 1].text
    return (short, doc[start:end].text) if short.isupper() and doc[end + 2].text == ")" else None


def merge_listed(clusters: Sequence[Cluster], ground: Ground) -> list[Cluster]:
    """The actors, with "the prime minister" joined to the one person of the article whom the lists give that office."""
    named = [c for c in clusters if c.kind == "person" and c.named]
    kept = []
    for cluster in clusters:
        holder = _listed_for(cluster, named, ground) if cluster.kind == "person" and not cluster.named else None
        if holder is None:
            kept.append(cluster)
        else:
            for one, _ in cluster.mentions:
                holder.add(one, "listed_holder")
    return kept


def _listed_for(cluster: Cluster, named: Sequence[Cluster], ground: Ground) -> Cluster | None:
    phrases = {office.phrase for one in cluster.facts for office in one.offices} & LEADERS
    state = cluster.first("state") or (ground.home.state.state if ground.home.state else None)
    if not phrases or any(_was(one) for one in cluster.facts):
        return None
    fits = [c for c in named if any(h.office in phrases and h.state == state for h in held(c, ground))]
    return fits[0] if len(fits) == 1 else None


def _was(one: Candidate) -> bool:
    return any(
        token.lower_ in ("former", "ex", "then", "next", "new", "future") for token in one.head.doc[one.start : one.end]
    )
