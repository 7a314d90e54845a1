"""How near to a reader's mind an actor is at a place of the text: how long ago it was mentioned, and in which role.

"Lund opened the debate on the harbour with Holm. "It will close," *he* said": the speaker and the subject before weigh
more than an object, and a sentence back takes weight away. Quoted sentences take up no time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from analysis.actors.clusters import Cluster
from analysis.language import syntax
from analysis.language.document import Parsed
from analysis.mentions.candidates import Candidate
from analysis.statements.attribution import Attribution

_ROLES = {
    "speaker": 3.0,
    "subject": 2.4,
    "owner of the subject": 1.9,
    "inner subject": 1.4,
    "owner": 1.3,
    "object": 1.2,
    "other": 1.0,
}
_INNER = ("ccomp", "relcl", "advcl", "acl", "pcomp")
"""What makes a clause a part of another: "hours after *Trump* spoke"."""

_TURN, _FIRST = 1.0, 1.7
"""What a further sentence in between takes from the weight, and what the first takes."""

LEAD = 8
"""In how many first turns, headline included, an actor may be described before the name is given."""

_HANDICAP = 0.5
"""What the kinds that weigh less lose."""

_QUOTED = 0.8
"""The share of its tokens in quotation marks from which a sentence is a quotation."""


@dataclass(frozen=True)
class Setting:
    """What linking has to know about an article; `credited` are the statements whose content holds a token."""

    doc: Doc
    turns: tuple[int, ...]
    quoted: bytearray
    speakers: frozenset[int]
    credited: dict[int, tuple[Attribution, ...]]

    def turn(self, token: Token) -> int:
        return self.turns[token.i]

    def is_quoted(self, token: Token) -> bool:
        return bool(self.quoted[token.i])

    def enclosing(self, token: Token) -> Attribution | None:
        """The statement whose content holds a token."""
        return next((a for a in self.credited.get(token.i, ()) if a.source_head != token), None)


def setting_of(parsed: Parsed, attributions: Sequence[Attribution]) -> Setting:
    """Turns, quotations and speakers of a document."""
    doc, quoted = parsed.doc, bytearray(len(parsed.doc))
    for quote in (quote for stretch in parsed.stretches for quote in stretch.quotes if quote.double):
        span = parsed.words(quote.span)
        quoted[span.start : span.end] = b"\1" * len(span)
    turns: list[int] = []
    turn = 0
    for sentence in doc.sents:
        inside = sum(quoted[sentence.start : sentence.end])
        turn += inside < _QUOTED * len(sentence)
        turns += [turn] * len(sentence)
    spoken = [a for a in attributions if a.source_head is not None]
    credited: dict[int, tuple[Attribution, ...]] = {}
    for one in spoken:
        inside = (t for start, end in one.content for t in parsed.words((start, end)) if start <= t.idx < end)
        for token in inside:
            credited[token.i] = (*credited.get(token.i, ()), one)
    return Setting(doc, tuple(turns), quoted, frozenset(a.source_head.i for a in spoken), credited)


def role(mention: Candidate, setting: Setting) -> str:
    """What the mentioned does in its sentence: speaker, subject, object, ..."""
    head = mention.head
    if head.i in setting.speakers:
        return "owner of the subject" if head.dep_ == "poss" else "speaker"
    if head.dep_ in (*syntax.SUBJECTS, *syntax.PASSIVE_SUBJECTS):
        return "inner subject" if head.head.dep_ in _INNER else "subject"
    if head.dep_ == "poss":
        return "owner of the subject" if head.head.dep_ in syntax.SUBJECTS else "owner"
    return "object" if head.dep_ in ("dobj", "dative", "pobj") else "other"


def _cost(distance: int) -> float:
    """What the turns in between take: the same sentence is nearer than two sentences are to each other."""
    return _TURN * (distance - 1) + _FIRST if distance else 0.0


def most_salient(
    one: Candidate,
    clusters: Iterable[Cluster],
    setting: Setting,
    *,
    window: int,
    quoted: bool = False,
    last: Sequence[str] = (),
) -> tuple[Cluster | None, str]:
    """The actor that is nearest to mind at a mention, among those mentioned in the turns before, and its role.

    Mentions in quotations count for a mention in one, elsewhere only if `quoted`; the kinds `last` weigh less.
    """
    best: tuple[float, int, Cluster | None, str] = (float("-inf"), -1, None, "")
    inside = quoted or setting.is_quoted(one.head)
    for cluster in clusters:
        for mention in cluster.before(one.start):
            distance = setting.turn(one.head) - setting.turn(mention.head)
            if distance > window:
                break
            if setting.is_quoted(mention.head) and not inside:
                continue
            part = role(mention, setting)
            weight = _ROLES[part] - _cost(distance) - (_HANDICAP if cluster.kind in last else 0)
            if (weight, mention.start) > best[:2]:
                best = (weight, mention.start, cluster, part)
    return best[2], best[3]
