"""One coded article against the tables of the program, layer by layer, as counts that can be added up over articles.

Whom the program means by an actor is told by places: an actor of the program is the coded actor with whom most of his
mentions share their place, so that two names for one person are no fault, and two persons made one are. Statements are
matched as in :mod:`benchmarks.matching`; those that one of two readings would not call a statement ("optional") count
neither way, and whatever hangs on statements is asked of the others alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.findings.alpha import alpha
from analysis.schema import WRITER, spans
from analysis.schema.analysis import Analysis
from analysis.schema.spans import Span
from benchmarks.matching import Found, match

Key = tuple[str, ...]
Counts = Counter[Key]
SIGNS = (-1, 0, 1)
FRAMES = ("conflict", "responsibility", "human_interest", "morality", "economic", "resolution")
ROLES = ("hero", "victim", "villain")
FUNCTIONS = ("problem", "cause", "judgement", "remedy")
_SMALL = frozenset("the a an of to in on at with his her their its and for".split())


# --- who is meant --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Meant:
    """The coded actors behind those of the program, and the coded mentions that it has, by the place of theirs."""

    actors: Mapping[str, str]
    mentions: Mapping[Span, str]

    def of(self, actor_id: object) -> str:
        """The coded actor, or a name that no coded actor has."""
        name = str(actor_id)
        return WRITER if name == WRITER else self.actors.get(name, f"? {name}")


def meant(row: dict, tables: Analysis) -> Meant:
    """Match the mentions of both sides by place, and the actors by their mentions."""
    return meant_by(row, tables.mentions)


def meant_by(row: dict, mentions: pd.DataFrame) -> Meant:
    """The same, from the table of mentions alone."""
    coded = {(one["start"], one["end"]): one["actor"] for one in row["mentions"] if one["form"] != "proxy"}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    places = {}
    for one in mentions.itertuples(index=False):
        place = _same_place((one.start, one.end), coded)
        if place and isinstance(one.actor_id, str):
            votes[one.actor_id][coded[place]] += 1
            places[place] = one.actor_id
    return Meant({who: count.most_common(1)[0][0] for who, count in votes.items()}, places)


def _same_place(span: Span, coded: Iterable[Span]) -> Span | None:
    """The coded place that shares at least half of its letters with this one, or its end."""
    for start, end in coded:
        shared = min(end, span[1]) - max(start, span[0])
        if shared > 0 and (end == span[1] or 2 * shared >= max(end, span[1]) - min(start, span[0])):
            return start, end
    return None


# --- counting ------------------------------------------------------------------------------------------------------


def count(row: dict, tables: Analysis) -> Counts:
    """What both sides have of one article: keys are layer, what, and label where there is one."""
    who = meant(row, tables)
    found = list(tables.statements[tables.statements["repeats"].isna()].itertuples(index=False))
    given = [Found(tuple(spans.read(one.content_spans)), None, None, one.method) for one in found]
    pairs = {one.coded: found[one.predicted] for one in match(row["statements"], given, row["text"])}
    counts: Counts = Counter(_of_statements(row, pairs, len(found)))
    counts.update(_of_links(row, who))
    for n, statement in enumerate(row["statements"]):
        if not statement["optional"]:
            counts.update(_of_statement(row, statement, pairs.get(n), who, tables))
    counts.update(_of_positions(row, who, tables))
    counts.update(_of_framing(row, who, tables))
    return counts


def _of_statements(row: dict, pairs: Mapping[int, object], found: int) -> Iterator[Key]:
    sure = [n for n, one in enumerate(row["statements"]) if not one["optional"]]
    yield from (("statements", "both") if n in pairs else ("statements", "coded") for n in sure)
    yield from [("statements", "found")] * (found - len(pairs))


def _of_links(row: dict, who: Meant) -> Iterator[Key]:
    coded = {(one["start"], one["end"]): one["actor"] for one in row["mentions"] if one["form"] != "proxy"}
    for place in coded:
        yield "mentions", "both" if place in who.mentions else "coded"
    for one, other in combinations(coded, 2):
        same, mine = coded[one] == coded[other], who.mentions.get(one)
        linked = mine is not None and mine == who.mentions.get(other)
        if same or linked:
            yield "links", "both" if same and linked else "coded" if same else "found"


def _of_statement(row: dict, statement: dict, mine: object | None, who: Meant, tables: Analysis) -> Iterator[Key]:
    camps = {one["id"]: one["camp"] for one in row["actors"]}
    for one in statement["stances"]:
        if one["stance"] and mine is None:
            yield "sides in all statements", "wrong"
    if mine is None:
        return
    if statement["speakers"]:
        yield "speakers", _right(who.of(mine.speaker_id) in statement["speakers"])
        coded = {camps[one] for one in statement["speakers"]} - {""}
        if coded:
            yield "camps", _right(any(same_name(one, mine.camp) for one in coded))
    yield "cue class", statement["cue_class"], str(mine.cue_class)
    yield "quotation type", _right(statement["quote_type"] == mine.quote_type)
    for part in ("addressee", "occasion"):
        yield from _of_words(part, [row["text"][a:b] for a, b in statement[part]], getattr(mine, part))
    yield from _of_stances(statement, mine, who, tables)


def _of_stances(statement: dict, mine: object, who: Meant, tables: Analysis) -> Iterator[Key]:
    rows = tables.stances[tables.stances.statement_id == mine.statement_id]
    rows = rows[rows.source_id.astype(str) == str(mine.speaker_id)]
    sums: dict[str, int] = defaultdict(int)
    for one in rows.itertuples(index=False):
        sums[who.of(one.target_id)] += int(one.stance)
    for one in statement["stances"]:
        has = one["target"] in sums
        value = int(np.sign(sums.get(one["target"], 0)))
        yield "stances", str(one["stance"]), str(value), "row" if has else "no row"
        if one["stance"]:
            right = _right(value == one["stance"])
            yield from (("sides", right), ("sides in all statements", right))


def _of_positions(row: dict, who: Meant, tables: Analysis) -> Iterator[Key]:
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for one in tables.stances.itertuples(index=False):
        source, target = who.of(one.source_id), who.of(one.target_id)
        if source not in (WRITER, target):
            sums[source, target] += int(one.stance)
    found = {pair: int(np.sign(value)) for pair, value in sums.items() if value}
    coded = {(one["source"], one["target"]): one["position"] for one in row["positions"] if one["source"] != WRITER}
    for pair in found.keys() | coded.keys():
        if found.get(pair) == coded.get(pair):
            yield "positions", "both"
        else:
            yield from [("positions", "coded")] * (pair in coded)
            yield from [("positions", "found")] * (pair in found)


def _of_framing(row: dict, who: Meant, tables: Analysis) -> Iterator[Key]:
    start = {one.passage_id: one.start for one in tables.passages.itertuples(index=False)}
    generic = tables.frames[tables.frames.scheme == "generic"]
    frames = {(start[one.passage_id], one.frame) for one in generic.itertuples(index=False)}
    functions = {(start[one.passage_id], one.function) for one in tables.functions.itertuples(index=False)}
    roles = {(who.of(one.actor_id), one.role) for one in tables.roles.itertuples(index=False)}
    passages = row["passages"]
    yield from _labels("frames", {(one["start"], f) for one in passages for f in one["frames"]}, frames)
    yield from _labels(
        "functions", {(one["start"], f["function"]) for one in passages for f in one["functions"]}, functions
    )
    yield from _labels("roles", {(one["actor"], one["role"]) for one in row["roles"]}, roles)
    learned = set(tables.frames[tables.frames.scheme == "generic_model"].frame)
    doubt = set(row["frames_one_reading"])
    yield from _labels("frames of articles", {("", f) for f in row["frames"]}, {("", f) for f in learned - doubt})


def _labels(layer: str, coded: set[tuple], found: set[tuple]) -> Iterator[Key]:
    yield from ((layer, "both", one[-1]) for one in coded & found)
    yield from ((layer, "coded", one[-1]) for one in coded - found)
    yield from ((layer, "found", one[-1]) for one in found - coded)


def _of_words(layer: str, coded: Sequence[str], found: object) -> Iterator[Key]:
    """A part that is words: the same if they share a word that says something, whatever its limits."""
    words = [_words(" ".join(coded)), _words(found if isinstance(found, str) else "")]
    if words[0] and words[1] and words[0] & words[1]:
        yield layer, "both"
        return
    yield from [(layer, "coded")] * bool(words[0])
    yield from [(layer, "found")] * bool(words[1])


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower())) - _SMALL


def same_name(coded: str, found: object) -> bool:
    """One name holds the other: the Democrats' "Democratic" is the Democratic Party."""
    one, other = coded.lower(), found.lower() if isinstance(found, str) else ""
    return bool(other) and (one in other or other in one)


def _right(right: bool) -> str:
    return "right" if right else "wrong"


# --- figures -------------------------------------------------------------------------------------------------------

Measure = Callable[[Counts], float]


def share(layer: str) -> Measure:
    """Percent right of what was asked."""

    def measure(counts: Counts) -> float:
        total = counts[layer, "right"] + counts[layer, "wrong"]
        return 100 * counts[layer, "right"] / total if total else float("nan")

    return measure


def f1(layer: str, label: str | None = None) -> Measure:
    """F1 in percent of what both sides have, of one label or of all together."""
    return lambda counts: _f1(*(_sum(counts, layer, side, label) for side in ("both", "coded", "found")))


def precision(layer: str) -> Measure:
    """Percent of what the program has that is coded too."""
    return lambda counts: _ratio(_sum(counts, layer, "both"), _sum(counts, layer, "found"))


def recall(layer: str) -> Measure:
    """Percent of what is coded that the program has too."""
    return lambda counts: _ratio(_sum(counts, layer, "both"), _sum(counts, layer, "coded"))


def macro_f1(layer: str, labels: Sequence[str]) -> Measure:
    """The mean F1 of the labels that either side has."""
    return lambda counts: _mean(f1(layer, label)(counts) for label in labels)


def stance_f1(counts: Counts) -> float:
    """Macro-F1 of against, neither and for, of all coded pairs; a pair without a row counts as neither."""
    table = _stances(counts, ("row", "no row"))
    both, coded, found = np.diag(table), table.sum(axis=1), table.sum(axis=0)
    return _mean(_f1(b, c - b, f - b) for b, c, f in zip(both, coded, found, strict=True))


def stance_alpha(counts: Counts) -> float:
    """Krippendorff's alpha, ordinal, of the pairs that both sides have."""
    return _alpha(_stances(counts, ("row",)), "ordinal")


def _stances(counts: Counts, rows: Sequence[str]) -> np.ndarray:
    return np.array([[sum(counts["stances", str(c), str(f), r] for r in rows) for f in SIGNS] for c in SIGNS])


def _cues(counts: Counts) -> np.ndarray:
    pairs = {key[1:]: n for key, n in counts.items() if key[0] == "cue class"}
    labels = sorted({one for pair in pairs for one in pair})
    return np.array([[pairs.get((one, other), 0) for other in labels] for one in labels])


def cue_equal(counts: Counts) -> float:
    """Percent of found statements whose cue has the coded class."""
    table = _cues(counts)
    return float(100 * np.trace(table) / table.sum()) if table.size else float("nan")


def cue_alpha(counts: Counts) -> float:
    """Krippendorff's alpha, nominal, of the classes of cues."""
    return _alpha(_cues(counts), "nominal")


def _alpha(table: np.ndarray, level: str) -> float:
    coded, found = np.indices(table.shape).reshape(2, -1).repeat(table.ravel(), axis=1)
    return alpha(np.array([coded, found], dtype=float), level=level)


def _sum(counts: Counts, layer: str, side: str, label: str | None = None) -> int:
    if label is not None:
        return counts[layer, side, label]
    return sum(n for key, n in counts.items() if key[:2] == (layer, side))


def _f1(both: float, coded: float, found: float) -> float:
    total = 2 * both + coded + found
    return 200 * both / total if total else float("nan")


def _mean(values: Iterable[float]) -> float:
    known = [value for value in values if not np.isnan(value)]
    return float(np.mean(known)) if known else float("nan")


def _ratio(both: float, rest: float) -> float:
    return 100 * both / (both + rest) if both + rest else float("nan")
