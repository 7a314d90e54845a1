"""JSON: one object a line, a list of objects, or the answer of an interface of the web, whatever it is wrapped in."""

from __future__ import annotations

import json
import re

from analysis.reading.draft import HEAD
from analysis.reading.errors import ArticleError, Where
from analysis.reading.formats.tables import Row, Table, cell_of

RECORDS = ("articles", "results", "data", "items", "docs", "documents", "hits", "response", "news", "records", "value")
"""Under which names an interface of the web gives its articles, the surest first."""
NESTED = ("_source", "fields", "attributes", "article")
"""Objects inside a row whose cells are cells of the row."""


def read_json(text: str, where: Where) -> Table:
    """The objects of a JSON file: one a line, or one list of all; a line that is none is an error of its own."""
    rows: list[tuple[int, Row | ArticleError]] = []
    whole = _parsed(text.strip("\ufeff \t\r\n"))
    if isinstance(whole, dict):
        whole = _records(whole) or [whole]
    lines = enumerate(whole if isinstance(whole, list) else map(_parsed, text.strip("\ufeff").splitlines()), 1)
    for number, value in lines:
        if isinstance(value, dict):
            rows.append((number, {str(name): cell_of(cell) for name, cell in _flat(value).items()}))
        elif value != "":
            problem = "this line is no JSON object"
            rows.append((number, where.inside(f"row {number}").error(problem, "export the table again")))
    names = {name: None for _, row in rows if isinstance(row, dict) for name in row}
    return Table(tuple(names), rows, "JSON")


def _records(value: dict, *, depth: int = 3) -> list[dict]:
    """The list of objects in an answer of an interface, whatever it is wrapped in; the surest name first."""
    order = sorted(value, key=lambda name: RECORDS.index(name) if name in RECORDS else len(RECORDS))
    for name in order:
        inner = value[name]
        if isinstance(inner, list) and inner and all(isinstance(one, dict) for one in inner):
            return inner
        if isinstance(inner, dict) and depth and name in RECORDS and (found := _records(inner, depth=depth - 1)):
            return found
    return []


def _flat(value: dict) -> dict:
    """A row with the cells of the objects inside it that hold its own; what it has itself comes first."""
    inner = {key: cell for name in NESTED if isinstance(value.get(name), dict) for key, cell in value[name].items()}
    return {**inner, **{name: cell for name, cell in value.items() if not (name in NESTED and isinstance(cell, dict))}}


def _parsed(text: str) -> object:
    """What a JSON text says; None if it says nothing, and "" if it is empty."""
    try:
        return json.loads(text) if text.strip() else ""
    except (ValueError, RecursionError):
        return None


def is_json(text: str) -> bool:
    """Whether a text is JSON: a list of objects, or one object a line."""
    opens = text[:HEAD].lstrip("\ufeff \t\r\n")[:1] in ("{", "[")
    object_ = r'[\ufeff\s]*(?:\[\s*)?\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\})'
    return opens and re.match(object_, text[:HEAD]) is not None
