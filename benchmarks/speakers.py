"""Speakers against hand coding: ``python -m benchmarks.speakers DATA_DIR --split dev``.

The gold (``benchmarks/gold``) holds offsets into PolNeAR articles and no text: a coded source, the kind of mention
it is, and the place where its speaker is most fully named. Linking alone: the coded sources are given, and right is
an actor with a mention over the last letter of that place; an actor that holds the places of two coded speakers is
right for neither. A speaker coded as not resolvable is right if none is named. End to end: the statements are those
that the program finds; a coded source that none of them overlaps is missed.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import accumulate
from pathlib import Path

import pandas as pd
from spacy.tokens import Span as Phrase
from spacy.tokens import Token
from tqdm import tqdm

from analysis.findings import aggregate
from analysis.language.document import Parsed
from analysis.language.parsing import parse_all
from analysis.reading.article import read_text
from analysis.schema.spans import Span
from analysis.stages import find_actors
from analysis.statements.attribution import Attribution
from analysis.statements.rules import find_attributions
from benchmarks.corpora import read_rows

GOLD = Path(__file__).parent / "gold"
KINDS = ("name", "title", "pronoun", "group", "other")
OUTCOMES = ("right", "wrong", "unresolved", "missed")
SEEDS = {"dev": (3, 12), "train": (5, 6)}
"""Split -> the seed and the number of the articles coded as a whole."""

Finder = Callable[[Parsed, dict], Sequence[Attribution]]


@dataclass(frozen=True)
class Coded:
    """One coded source and the place where its speaker is most fully named; None if nobody can tell."""

    article_id: str
    source: Span
    kind: str
    antecedent: Span | None
    sample: str


def choose(rows: Iterable[dict], split: str) -> list[str]:
    """The articles coded as a whole: 10 to 40 sources, drawn in turn from each publisher."""
    seed, number = SEEDS[split]
    shelves: dict[str, list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["id"]):
        if 10 <= sum(bool(one["source"]) for one in row["attributions"]) <= 40:
            shelves[row["publisher"]].append(row["id"])
    draw = random.Random(seed)
    for publisher in sorted(shelves):
        draw.shuffle(shelves[publisher])
    turns = ((k, publisher) for k in range(number) for publisher in sorted(shelves) if k < len(shelves[publisher]))
    return [shelves[publisher][k] for k, publisher in turns][:number]


def read_gold(path: Path) -> dict[str, list[Coded]]:
    """Article id -> its coded sources."""
    coded: dict[str, list[Coded]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            places = (row["antecedent_start"], row["antecedent_end"])
            antecedent = (int(places[0]), int(places[1])) if places[0] else None
            source = (int(row["source_start"]), int(row["source_end"]))
            coded[row["article_id"]].append(Coded(row["article_id"], source, row["kind"], antecedent, row["sample"]))
    return dict(coded)


# --- finders of statements ---------------------------------------------------------------------------------------


def placed(row: dict, coded: list[Coded], text: str) -> tuple[dict, list[Coded]]:
    """The coded spans as places in the text that was read, where reading has mended its characters."""
    if row["text"] == text:
        return row, coded
    move = _mover(row["text"], text)
    pieces = ("source", "cue", "content")
    moved = [{part: [[move(s), move(e)] for s, e in one[part]] for part in pieces} for one in row["attributions"]]
    mine = [replace(one, source=_moved(one.source, move), antecedent=_moved(one.antecedent, move)) for one in coded]
    return {**row, "text": text, "attributions": moved}, mine


def _moved(span: Span | None, move: Callable[[int], int]) -> Span | None:
    return (move(span[0]), move(span[1])) if span is not None else None


def _mover(old: str, new: str) -> Callable[[int], int]:
    """Where a place in the old text lies in the new one; words are compared, since most are the same."""
    olds, news = re.findall(r"\w+|\W", old), re.findall(r"\w+|\W", new)
    starts, ends = list(accumulate(map(len, olds), initial=0)), list(accumulate(map(len, news), initial=0))
    blocks = SequenceMatcher(None, olds, news, autojunk=False).get_matching_blocks()

    def move(place: int) -> int:
        block = max((one for one in blocks if starts[one.a] <= place), key=lambda one: one.a, default=blocks[0])
        return ends[block.b] + min(place - starts[block.a], starts[block.a + block.size] - starts[block.a])

    return move


def given(parsed: Parsed, row: dict) -> list[Attribution]:
    """The coded attributions of PolNeAR themselves, with the heads that the parse gives them."""
    return [_given(parsed, one) for one in row["attributions"] if one["source"]]


def found(parsed: Parsed, row: dict) -> Sequence[Attribution]:
    """The attributions that the program finds."""
    return find_attributions(parsed)


def _given(parsed: Parsed, one: dict) -> Attribution:
    source, cue = _outer(one["source"]), _outer(one["cue"])
    phrase, verb = _phrase(parsed, source), _phrase(parsed, cue)
    return Attribution(
        rule="given",
        content=tuple((start, end) for start, end in one["content"]) or (source,),
        source=source,
        source_head=head_of(phrase) if phrase is not None else None,
        cue=cue,
        cue_head=verb.root if verb is not None else None,
    )


def _outer(pieces: list[list[int]]) -> Span | None:
    return (pieces[0][0], pieces[-1][1]) if pieces else None


def _phrase(parsed: Parsed, span: Span | None) -> Phrase | None:
    return parsed.doc.char_span(*span, alignment_mode="expand") if span is not None else None


def head_of(phrase: Phrase) -> Token:
    """The word that a coded source is about: its root, or the first noun where that is none: "from | the Senate"."""
    nouns = [token for token in phrase if token.pos_ in ("NOUN", "PROPN", "PRON", "NUM") or token.tag_ == "PRP$"]
    owners = [token for token in nouns if token.i + 1 < phrase.end and token.nbor().lower_ in ("'s", "’s", "’")]
    if not nouns or (phrase.root in nouns and phrase.root not in owners):
        return phrase.root
    return next((token for token in nouns if token not in owners), nouns[0])


# --- comparison --------------------------------------------------------------------------------------------------


def outcomes(parsed: Parsed, attributions: Sequence[Attribution], coded: Sequence[Coded]) -> Iterator[str]:
    """For each coded source: right, wrong, unresolved, or missed where no attribution has that source."""
    _, mentions = find_actors(parsed, attributions)
    linked = mentions.dropna(subset="actor_id")
    holders = {one.antecedent: _actors_at(linked, one.antecedent[1] - 1) for one in coded if one.antecedent}
    claims = Counter(actor for actors in holders.values() for actor in actors)
    for one in coded:
        attribution = _best(attributions, one.source)
        if attribution is None or attribution.source_head is None:
            yield "missed"
            continue
        speakers = _actors_at(linked, attribution.source_head.idx)
        if not speakers:
            yield "right" if one.antecedent is None else "unresolved"
        else:
            right = {actor for actor in holders.get(one.antecedent, ()) if claims[actor] == 1}
            yield "right" if speakers & right else "wrong"


def _actors_at(mentions: pd.DataFrame, place: int) -> set[str]:
    return set(mentions.actor_id[(mentions.start <= place) & (place < mentions.end)])


def _best(attributions: Sequence[Attribution], source: Span) -> Attribution | None:
    """The attribution whose source shares the largest part of both with a coded one."""

    def shared(one: Attribution) -> float:
        inner = min(one.source[1], source[1]) - max(one.source[0], source[0])
        return inner / (max(one.source[1], source[1]) - min(one.source[0], source[0]))

    sourced = [one for one in attributions if one.source is not None and one.source_head is not None]
    best = max(sourced, key=shared, default=None)
    return best if best is not None and shared(best) > 0 else None


def evaluate(folder: Path, split: str, gold: Path, finder: Finder) -> list[tuple[Coded, str]]:
    """Every coded source with its outcome, for statements that come from any finder."""
    coded = read_gold(gold)
    rows = [row for row in read_rows(folder, "polnear", split) if row["id"] in coded]
    articles = [read_text(row["text"], article_id=row["id"]) for row in rows]
    pairs: list[tuple[Coded, str]] = []
    for row, parsed in zip(rows, tqdm(parse_all(articles), total=len(rows)), strict=True):
        here, mine = placed(row, coded[row["id"]], parsed.article.text)
        pairs += zip(mine, outcomes(parsed, finder(parsed, here), mine), strict=True)
    return pairs


def figures(pairs: Sequence[tuple[Coded, str]]) -> dict[str, dict[str, float]]:
    """By kind of mention: n, outcomes, accuracy and its 95 % interval; "all" has the articles coded as a whole."""
    groups = {kind: [outcome for one, outcome in pairs if one.kind == kind] for kind in KINDS}
    groups["all"] = [outcome for one, outcome in pairs if one.sample == "whole"]
    return {kind: _figure(Counter(outcomes)) for kind, outcomes in groups.items() if outcomes}


def _figure(count: Counter) -> dict[str, float]:
    low, high = wilson(count["right"], count.total())
    accuracy = 100 * count["right"] / count.total()
    return {"n": count.total(), **{o: count[o] for o in OUTCOMES}, "accuracy": accuracy, "low": low, "high": high}


def wilson(hits: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share, in percent."""
    low, high = aggregate.wilson(hits, total)
    return 100 * low, 100 * high


def show(table: dict[str, dict[str, float]]) -> str:
    """A table for the terminal."""
    lines = [f"{'':9}{'n':>5}" + "".join(f"{outcome:>12}" for outcome in OUTCOMES) + "   accuracy (95 %)"]
    for kind, row in table.items():
        counts = "".join(f"{row[outcome]:12}" for outcome in OUTCOMES)
        lines.append(f"{kind:9}{row['n']:5}{counts}   {row['accuracy']:.1f} ({row['low']:.1f}-{row['high']:.1f})")
    return "\n".join(lines)


def main() -> None:
    """Print how many speakers are right, by kind of mention, given the sources and end to end."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speakers", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with polnear_SPLIT.jsonl.gz")
    parser.add_argument("--split", default="dev", help="which file: dev or train (default: dev)")
    parser.add_argument("--gold", type=Path, help="another gold (default: the one of the split)")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    parser.add_argument("--articles", action="store_true", help="only print which articles were drawn for coding")
    options = parser.parse_args()
    if options.articles:
        print("\n".join(choose(read_rows(options.data, "polnear", options.split), options.split)))
        return
    gold = options.gold or GOLD / ("speakers.csv" if options.split == "dev" else f"speakers_{options.split}.csv")
    ways = {"linking alone": given, "end to end": found}
    tables = {way: figures(evaluate(options.data, options.split, gold, finder)) for way, finder in ways.items()}
    for way, table in tables.items():
        print(json.dumps({way: table}) if options.json else f"{way}\n{show(table)}\n")


if __name__ == "__main__":
    main()
