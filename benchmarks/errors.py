"""Errors to read: ``python -m benchmarks.errors DATA_DIR --split dev --number 60``.

Draws missed and false statements of the model at random (seeded) and prints each with its paragraph and with what it
was taken for, so that a person can say what kind of error it is. What the reading gave stands in the README here.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis.language.parsing import parse_all
from analysis.reading.article import read_text
from analysis.schema import spans
from analysis.statements.rules import find_attributions
from benchmarks.corpora import read_rows
from benchmarks.matching import METHODS, Found, letters, match
from benchmarks.polnear import found_of


def errors(folder: Path, split: str, method: str) -> Iterator[str]:
    """Every missed and every false statement of a split, as a text to read."""
    rows = read_rows(folder, "polnear", split)
    articles = [read_text(row["text"], article_id=row["id"]) for row in rows]
    for row, parsed in zip(rows, parse_all(articles), strict=True):
        text, coded = row["text"], [one for one in row["attributions"] if one["content"]]
        gold = [_coded(one) for one in coded]
        found = [found_of(one, parsed.article) for one in find_attributions(parsed, method=method)]
        matches = match(coded, found, text)
        missed = set(range(len(gold))) - {one.coded for one in matches}
        false = set(range(len(found))) - {one.predicted for one in matches}
        for i in sorted(missed):
            yield _told("MISSED", row["id"], gold[i], found, text)
        for j in sorted(false):
            yield _told("FALSE", row["id"], found[j], gold, text)


def _coded(one: dict) -> Found:
    parts = {name: [tuple(span) for span in one[name]] for name in ("source", "cue", "content")}
    source, cue = (parts[name][0] if parts[name] else None for name in ("source", "cue"))
    return Found(tuple(parts["content"]), source, cue, "coded")


def _told(kind: str, article_id: str, one: Found, others: Sequence[Found], text: str) -> str:
    """The statement, those of the other side that share words with it, and the paragraph."""
    mine = letters(one.content, text)
    start = text.rfind("\n", 0, one.content[0][0]) + 1
    end = text.find("\n", one.content[-1][1])
    near = [_shown(other, text) for other in others if mine & letters(other.content, text)]
    paragraph = text[start : end if end >= 0 else len(text)]
    return "\n".join([f"{kind} {article_id}", f"  {_shown(one, text)}", *(f"  ~ {other}" for other in near), paragraph])


def _shown(one: Found, text: str) -> str:
    source, cue = (text[slice(*span)] if span else "-" for span in (one.source, one.cue))
    return f"[{source}] [{cue}] [{spans.words(text, one.content)}]"


def main() -> None:
    """Print the drawn errors."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.errors", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with polnear_SPLIT.jsonl.gz")
    parser.add_argument("--split", default="dev", help="which file: train, dev, ... (default: dev)")
    parser.add_argument("--method", choices=METHODS, default="model")
    parser.add_argument("--number", type=int, default=60, help="how many (default: 60)")
    options = parser.parse_args()
    found = list(errors(options.data, options.split, options.method))
    drawn = random.Random(1).sample(found, min(options.number, len(found)))
    print("\n\n".join(f"{number}. {one}" for number, one in enumerate(drawn, start=1)))


if __name__ == "__main__":
    main()
