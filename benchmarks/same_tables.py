"""Tables before and after, cell by cell.

``python -m benchmarks.same_tables write DATA_DIR FOLDER`` writes the tables of the first article and of the PolNeAR dev
articles; ``python -m benchmarks.same_tables compare BEFORE AFTER`` names every cell in which two such folders differ.
Numbers count as equal up to a tolerance, everything else must be the same.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from benchmarks.corpora import read_rows

if TYPE_CHECKING:
    from analysis import Article

TOLERANCE = 0.001
SEED = Path(__file__).parent.parent / "seeds" / "000_b48bac653413fbe2.txt"


@dataclass(frozen=True)
class Difference:
    """A cell that is not the same; `row` counts the rows of its article from 0, `gap` is the distance of numbers."""

    table: str
    article: str
    row: int
    column: str
    before: str
    after: str
    gap: float | None

    def __str__(self) -> str:
        return f"{self.table}, {self.article}, row {self.row}, {self.column}: {self.before!r} | {self.after!r}"


def write_tables(articles: Iterable[Article], folder: Path, *, only: Collection[str] | None = None, **options) -> None:
    """Analyse articles as a corpus is, in batches, and write the tables of each (or of `only` some) as CSV."""
    from analysis import analyse
    from analysis.language.parsing import parse_all

    for parsed in parse_all(articles):
        found = analyse(parsed, **options)
        article_id = parsed.article.article_id
        if only is None or article_id in only:
            (folder / article_id).mkdir(parents=True)
            for name, table in found.tables.items():
                table.to_csv(folder / article_id / f"{name}.csv", index=False, encoding="utf-8")


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """The tables that :func:`write_tables` wrote, those of all articles together, every cell as it is written."""
    found: dict[str, list[pd.DataFrame]] = {}
    for path in sorted(folder.glob("*/*.csv")):
        found.setdefault(path.stem, []).append(pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8"))
    return {name: pd.concat(parts) for name, parts in found.items()}


def differences(before: dict[str, pd.DataFrame], after: dict[str, pd.DataFrame]) -> Iterator[Difference]:
    """Every cell that differs, and every row that only one side has (column "(row)"), article by article."""
    for name in sorted({*before, *after}):
        one, other = (tables.get(name, pd.DataFrame({"article_id": []}, dtype=str)) for tables in (before, after))
        groups = [dict(list(table.groupby("article_id"))) for table in (one, other)]
        for article in sorted({*groups[0], *groups[1]}):
            parts = [group.get(article, table.head(0)) for group, table in zip(groups, (one, other), strict=True)]
            yield from _in_article(name, article, *parts)


def _in_article(name: str, article: str, one: pd.DataFrame, other: pd.DataFrame) -> Iterator[Difference]:
    """Equal rows are found again wherever they moved to; what is left between them is compared in its order."""
    if list(one.columns) != list(other.columns):
        yield Difference(name, article, 0, "(columns)", ", ".join(one.columns), ", ".join(other.columns), None)
        return
    rows, others = (list(table.itertuples(index=False, name=None)) for table in (one, other))
    for tag, a, b, c, d in SequenceMatcher(None, rows, others, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for row in range(max(b - a, d - c)):
            before, after = (part[row] if row < len(part) else None for part in (rows[a:b], others[c:d]))
            if before is None or after is None:
                shown = ["" if one is None else " | ".join(filter(None, one)) for one in (before, after)]
                yield Difference(name, article, a + row, "(row)", *shown, None)
                continue
            for column, first, second in zip(one.columns, before, after, strict=True):
                if first != second:
                    yield Difference(name, article, a + row, column, first, second, _gap(first, second))


def _gap(first: str, second: str) -> float | None:
    try:
        return abs(float(first) - float(second))
    except ValueError:
        return None


def matters(one: Difference, tolerance: float = TOLERANCE) -> bool:
    """Whether a cell differs in more than the last digits of a number."""
    return one.gap is None or one.gap > tolerance


def write(data: Path, folder: Path, **options) -> None:
    """The tables of the first article and of the PolNeAR dev articles."""
    from analysis import load, read_text

    rows = read_rows(data, "polnear", "dev")
    write_tables([load(SEED), *(read_text(row["text"], article_id=row["id"]) for row in rows)], folder, **options)


def main() -> None:
    """Write tables, or compare two folders of them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.same_tables", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write")
    writing.add_argument("data", type=Path, help="the folder with polnear_dev.jsonl.gz")
    writing.add_argument("folder", type=Path)
    writing.add_argument("--method", default="model")
    comparing = commands.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument("--limit", type=int, default=200, help="how many are printed (default: 200)")
    options = parser.parse_args()
    if options.command == "write":
        return write(options.data, options.folder, method=options.method)
    found = [one for one in differences(read_tables(options.before), read_tables(options.after)) if matters(one)]
    print(*found[: options.limit], sep="\n")
    print(f"{len(found)} cells differ:", dict(Counter((one.table, one.column) for one in found)))
    return None


if __name__ == "__main__":
    main()
