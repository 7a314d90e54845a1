"""What the tables of the report are made of: the view, and cells that lead to the words they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from analysis.findings.nutshell import refs
from analysis.report.highlight import quote
from analysis.schema import spans
from analysis.schema.analysis import Analysis


@dataclass(frozen=True)
class View:
    """A table of the report: its headings, its rows of cells, and the HTML id of each row if it has one."""

    caption: str
    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]
    ids: tuple[str, ...] = ()


def records(table: pd.DataFrame) -> list[dict[str, object]]:
    """The rows of a table."""
    return table.to_dict("records")


def text_of(analysis: Analysis) -> str:
    """The text of the one article."""
    return next(iter(analysis.texts.values()))


def shown(cell: object) -> str:
    """A cell as it is shown: a missing one is empty."""
    return "" if pd.isna(cell) else str(cell)


def rule_of(row: Mapping[str, object]) -> str:
    """The rule or model that made a row, with the model's probability where it gives one."""
    chance = row["probability"]
    return row["method"] if pd.isna(chance) else f"{row['method']}, the model gives it {chance:.2f}"


def counts_of(cells: pd.Series) -> str:
    """The different cells with their numbers, the most frequent first."""
    return ", ".join(f"{name} {n}" for name, n in cells.value_counts().items())


def words_of(cells: pd.Series) -> str:
    """The different words of cells of evidence."""
    words = (word.lower() for cell in cells.dropna() for word in cell.split(spans.GAP))
    return ", ".join(sorted(set(filter(None, words))))


def paragraphs(numbers: Iterable[int]) -> Markup:
    """Links to segments of the article: "¶3, ¶5"."""
    links = (Markup('<a class="ref" href="#par-{0}">¶{0}</a>').format(number) for number in sorted(set(numbers)))
    return Markup(", ").join(links)


def places_of(analysis: Analysis, rows: pd.DataFrame) -> Markup:
    """Links to the statements of the rows, and to the paragraphs of those in the writer's voice."""
    segments = analysis.passages.set_index("passage_id")["segment_id"]
    own = rows[rows["statement_id"].isna()]
    links = [refs(sorted(set(rows["statement_id"].dropna().astype(int))))]
    links.append(paragraphs(segments[number] for number in own["passage_id"]))
    return Markup(", ").join(link for link in links if link)


def in_its_passage(analysis: Analysis, row: Mapping[str, object]) -> Markup:
    """The passage of a row with the words of its evidence underlined."""
    passages = analysis.passages.set_index("passage_id")
    place = tuple(int(edge) for edge in passages.loc[row["passage_id"], ["start", "end"]])
    return quote(text_of(analysis), [place], spans.read(row["evidence"]))


def place_of(analysis: Analysis, row: Mapping[str, object]) -> Markup:
    """The link of one row: to its statement, or in the writer's voice to its paragraph."""
    return places_of(analysis, pd.DataFrame([row]))
