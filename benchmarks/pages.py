"""Title, date, author and outlet of saved pages: ``python -m benchmarks.pages FOLDER``.

`FOLDER` holds pages (or any other files with one article each) and a table `expected.csv` with the columns `file`,
`title`, `date` (ISO 8601), `author` and `outlet`; a column may be missing, an empty cell is not asked. A field is right
if it is the same but for white space and capitals, missing if nothing was read, else wrong. Pages are not shipped:
those of newsrooms are theirs.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from analysis.reading.article import ArticleError, load

FIELDS = ("title", "date", "author", "outlet")
OUTCOMES = ("right", "missing", "wrong")


def outcome(read: str | None, wanted: str) -> str:
    """How a field came out: one of `OUTCOMES`."""
    found, asked = (" ".join(str(text or "").casefold().split()) for text in (read, wanted))
    return "right" if found == asked else "wrong" if found else "missing"


def compared(folder: Path) -> pd.DataFrame:
    """A row for each field that is asked of each file: file, field, wanted, read, outcome."""
    expected = pd.read_csv(folder / "expected.csv", dtype=str, keep_default_na=False)
    rows = []
    for row in tqdm(expected.to_dict("records"), desc="pages"):
        try:
            article = load(folder / row["file"])
        except ArticleError:
            article = None
        asked = {field: row[field] for field in FIELDS if row.get(field)}
        for field, wanted in asked.items():
            read = getattr(article, field, None)
            rows.append((row["file"], field, wanted, read, outcome(read, wanted)))
    return pd.DataFrame(rows, columns=["file", "field", "wanted", "read", "outcome"])


def main() -> None:
    """Print how many of each field are right, missing and wrong, and those that are not right."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__.splitlines()[0])
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="with the pages and expected.csv")
    table = compared(parser.parse_args().folder)
    counts = table.groupby(["field", "outcome"]).size().unstack(fill_value=0)
    counts = counts.reindex(index=FIELDS, columns=OUTCOMES, fill_value=0)
    print(counts.assign(share=100 * counts["right"] / counts.sum(axis=1)).round(1).to_string())
    print(table[table["outcome"] != "right"].to_string(index=False, max_colwidth=60))


if __name__ == "__main__":
    main()
