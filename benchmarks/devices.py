"""Devices of news articles for reading by hand: ``python -m benchmarks.devices DATA_DIR polnear dev ID [ID ...]``.

Prints every row of the table "devices" of the named articles with the words around it, so that a reader can judge each
as right or wrong. Without ids it draws articles of 1,200 to 6,000 characters (``--number``, ``--seed``) and names them.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pandas as pd

from analysis import analyse
from analysis.language.parsing import parse
from analysis.reading.article import read_text
from benchmarks.corpora import read_rows

AROUND = 60
"""Characters shown on each side of a device."""
SHORTEST, LONGEST = 1200, 6000


def chosen(rows: Iterable[dict], ids: Sequence[str], number: int, seed: int) -> list[dict]:
    """The rows with these ids; without any, `number` rows of a readable length drawn with the seed."""
    rows = sorted(rows, key=lambda row: str(row["id"]))
    if ids:
        return [row for row in rows if str(row["id"]) in ids]
    readable = [row for row in rows if SHORTEST <= len(row["text"]) <= LONGEST]
    return random.Random(seed).sample(readable, min(number, len(readable)))


def lines(devices: pd.DataFrame, text: str) -> Iterator[str]:
    """One line a device: what it is, of whom, in whose voice, by which rule, and the words around it."""
    for row in devices.itertuples(index=False):
        before, after = text[max(0, row.start - AROUND) : row.start], text[row.end : row.end + AROUND]
        words = f"{before}[[{row.text}]]{after}".replace("\n", " / ")
        cells = (row.device, row.term_class, row.loading, row.actor, row.voice, row.method)
        yield " | ".join("" if pd.isna(cell) else str(cell) for cell in cells) + f" | {words}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder with the corpora")
    parser.add_argument("corpus", help="polnear, persent, narrative_frames")
    parser.add_argument("split", help="train or dev")
    parser.add_argument("ids", nargs="*", help="ids of articles")
    parser.add_argument("--number", type=int, default=5)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    rows = read_rows(options.folder, options.corpus, options.split)
    for row in chosen(rows, options.ids, options.number, options.seed):
        found = analyse(parse(read_text(row["text"], article_id="article")))
        print(f"\n# {row['id']}: {len(found.devices)} devices")
        print(*lines(found.devices, found.texts["article"]), sep="\n")


if __name__ == "__main__":
    main()
