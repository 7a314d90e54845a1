"""Coded and predicted attributions matched one to one, and the figures that come of it; independent of the package.

The measure of PolNeAR used here: contents are matched best first at a character Jaccard of at least 0.5 over letters
and digits, a discontinuous content being the union of its pieces. "End to end" asks for the right source as well:
the predicted span must touch the head of the coded source or its last word. Kinds of statement are told by the
share of their letters in quotation marks (direct, mixed, indirect) and by the words of their cue (speech or other).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from analysis.schema.spans import Span

JACCARD, DIRECT = 0.5, 0.9
METHODS = ("rules", "model")
"""How statements are found in the benchmarks."""

KINDS = ("all", "direct", "mixed", "indirect", "speech", "other")
_WORD = re.compile(r"\w+(?:[.’'-]\w+)*|[^\w\s]")
_AFTER_HEAD = frozenset(
    "of for in at who which whom from with on to that whose during after before and by , ( — – -".split()
)

Counts = Mapping[str, Counter]
"""Kind of statement -> how many coded, predicted, matched."""


@dataclass(frozen=True)
class Found:
    """A predicted attribution: offsets into the text of the corpus, and the rule or model that found it."""

    content: tuple[Span, ...]
    source: Span | None
    cue: Span | None
    rule: str
    probability: float | None = None


@dataclass(frozen=True)
class Match:
    """A coded attribution and the prediction that found it; positions in their lists."""

    coded: int
    predicted: int
    right_source: bool
    exact: bool


def letters(spans: Iterable[Sequence[int]], text: str) -> frozenset[int]:
    """The places of the letters and digits under the spans."""
    return frozenset(i for start, end in spans for i in range(start, min(end, len(text))) if text[i].isalnum())


def match(coded: Sequence[dict], predicted: Sequence[Found], text: str) -> list[Match]:
    """Pair coded and predicted contents one to one, those that agree best first."""
    gold = [letters(one["content"], text) for one in coded]
    mine = [letters(one.content, text) for one in predicted]
    pairs = sorted(
        (-len(g & m) / len(g | m), i, j) for i, g in enumerate(gold) for j, m in enumerate(mine) if g and g & m
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    found = []
    for jaccard, i, j in pairs:
        if -jaccard >= JACCARD and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            right = source_right(coded[i]["source"], predicted[j].source, text)
            found.append(Match(i, j, right, gold[i] == mine[j]))
    return found


def source_right(coded: Sequence[Sequence[int]], predicted: Span | None, text: str) -> bool:
    """Whether the predicted source touches the head or the last word of the coded one."""
    if not coded or predicted is None:
        return not coded and predicted is None
    tokens = [(s + m.start(), s + m.end()) for s, e in coded for m in _WORD.finditer(text[s:e])]
    words = [span for span in tokens if text[span[0]].isalnum()]
    if not words:
        return False
    head = words[0]
    for start, end in tokens[tokens.index(words[0]) + 1 :]:
        if text[start:end].lower() in _AFTER_HEAD:
            break
        head = (start, end) if text[start].isalnum() else head
    return any(max(start, predicted[0]) < min(end, predicted[1]) for start, end in (head, words[-1]))


# --- kinds of statement ------------------------------------------------------------------------------------------


def quoted_places(text: str) -> frozenset[int]:
    """The places inside double quotation marks; marks pair up within a paragraph, an unclosed one holds to its end."""
    places: set[int] = set()
    for paragraph in re.finditer(r"[^\n]+", text):
        opened = None
        for mark in re.finditer(r"[“”\"«»„]", paragraph.group()):
            place, sign = paragraph.start() + mark.start(), mark.group()
            if sign in "“«„" or (sign == '"' and opened is None):
                opened = place
            elif opened is not None:
                places.update(range(opened, place))
                opened = None
        if opened is not None:
            places.update(range(opened, paragraph.end()))
    return frozenset(places)


def quote_type(content: frozenset[int], quoted: frozenset[int]) -> str:
    """Direct, mixed or indirect, by the share of a content's letters inside quotation marks."""
    share = len(content & quoted) / max(len(content), 1)
    return "direct" if share >= DIRECT else "mixed" if share else "indirect"


@cache
def _speech_forms() -> frozenset[str]:
    """The forms of the words of ``speech_words.txt``, one word with its irregular forms a line."""
    forms: set[str] = set()
    for line in (Path(__file__).parent / "speech_words.txt").read_text(encoding="utf-8").splitlines():
        word, *irregular = line.split()
        stems = [word, word + word[-1]] + ([word[:-1]] if word.endswith("e") else [])
        forms.update([word, *irregular, word + "s", word + "es", word + "d", *(stem + "ing" for stem in stems)])
        forms.update(stem + "ed" for stem in stems[:2])
        if word.endswith("y"):
            forms.update([word[:-1] + "ied", word[:-1] + "ies"])
    return frozenset(forms)


def is_speech(cue: Iterable[Sequence[int]], text: str) -> bool:
    """Whether a cue holds a word of speech: "said", "the claim", not "hopes"."""
    words = (word.lower() for start, end in cue for word in re.findall(r"\w+", text[start:end]))
    return any(word in _speech_forms() for word in words)


# --- counting ----------------------------------------------------------------------------------------------------


def count(coded: Sequence[dict], found: Sequence[Found], text: str) -> tuple[dict[str, Counter], set[int]]:
    """The counts of one article by kind, and the predictions that the coders coded too."""
    counts: dict[str, Counter] = defaultdict(Counter)
    quoted = quoted_places(text)
    kinds = [("all", quote_type(letters(one["content"], text), quoted), _cue_kind(one, text)) for one in coded]
    mine = [("all", quote_type(letters(one.content, text), quoted)) for one in found]
    for names in kinds:
        for name in names:
            counts[name]["coded"] += 1
    for names in mine:
        for name in names:
            counts[name]["predicted"] += 1
    matches = match(coded, found, text)
    for one in matches:
        right = Counter(matched=1, right=int(one.right_source), exact=int(one.exact))
        for name in kinds[one.coded]:
            counts[name] += right
        for name in (*mine[one.predicted], kinds[one.coded][2]):
            counts[name] += Counter(hits=1, right_hits=int(one.right_source), exact_hits=int(one.exact))
        counts[kinds[one.coded][2]]["predicted"] += 1
    hits = {one.predicted for one in matches}
    for j, one in enumerate(found):
        if j not in hits:
            counts["speech" if one.cue is None or is_speech([one.cue], text) else "other"]["predicted"] += 1
    return counts, hits


def _cue_kind(one: dict, text: str) -> str:
    return "speech" if is_speech(one["cue"], text) else "other"


def figures(count: Counter) -> dict[str, float]:
    """Precision over the predictions of a kind, recall over the coded of that kind, and their harmonic means.

    Percent, beside the numbers they rest on. Of the kinds of cue, a prediction that found an attribution counts under
    the kind of that attribution, a false one under the kind of its own cue.
    """

    def f1(hits: str, matched: str) -> float:
        precision, recall = count[hits] / max(count["predicted"], 1), count[matched] / max(count["coded"], 1)
        return 200 * precision * recall / (precision + recall) if precision + recall else 0.0

    return {
        "precision": 100 * count["hits"] / max(count["predicted"], 1),
        "recall": 100 * count["matched"] / max(count["coded"], 1),
        "content F1": f1("hits", "matched"),
        "end to end F1": f1("right_hits", "right"),
        "exact F1": f1("exact_hits", "exact"),
        "coded": count["coded"],
        "predicted": count["predicted"],
    }


def total(articles: Iterable[Counts]) -> dict[str, Counter]:
    """The counts of many articles together."""
    summed: dict[str, Counter] = {kind: Counter() for kind in KINDS}
    for article in articles:
        for kind, counter in article.items():
            summed[kind].update(counter)
    return summed


def interval(articles: Sequence[Counts], kind: str, figure: str, *, rounds: int = 1000) -> tuple[float, float]:
    """The 95 % bootstrap interval of a figure, articles drawn with replacement."""
    dice = np.random.default_rng(1)
    names = ("predicted", "coded", "hits", "matched", "right_hits", "right", "exact_hits", "exact")
    table = np.array([[article.get(kind, Counter())[name] for name in names] for article in articles])
    drawn = dice.integers(0, len(articles), (rounds, len(articles)))
    values = [figures(Counter(dict(zip(names, map(int, table[rows].sum(0)), strict=True))))[figure] for rows in drawn]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)
