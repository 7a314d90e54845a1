"""The reference of tables, rules and lexicons: ``python -m benchmarks.reference`` writes ``REFERENCE.md``.

It is made of the schema, of the rules as they stand in their order, and of the data files, so that it cannot say
anything else than they do; a test compares it with what they give.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from analysis import codebook
from analysis.actors import descriptions, pronouns
from analysis.codebook.rules import Rule
from analysis.framing import claims
from analysis.positions import stance_rules
from analysis.schema import TABLES
from analysis.statements import rules

FILE = Path(__file__).parent.parent / "REFERENCE.md"
RULES = {
    "Statements (`method`), in their order; the tagger comes before most of them": rules.RULES,
    "Whom the description of a person means (`speaker_method`, `method` of mentions)": descriptions.PERSON_RULES,
    "Whom the description of a body means": descriptions.BODY_RULES,
    "Whom a pronoun of the third person means, before the actor nearest to mind": pronouns.THIRD_PERSON,
    "Whom any other pronoun means": pronouns.OTHERS,
    "Stance (`method`)": stance_rules.RULES,
    "Unattributed claims (`method` of devices)": (*claims.WORD_RULES, *claims.ACT_RULES),
}


def reference() -> str:
    """The whole page."""
    return "\n".join([*_tables(), *_rules(), *_lexicons()]) + "\n"


def _tables() -> Iterator[str]:
    yield "# Reference"
    yield ""
    yield "Made by `python -m benchmarks.reference`. What the words mean is said in [CODEBOOK.md](CODEBOOK.md)."
    yield ""
    yield "## Tables and columns"
    said = meanings()
    for table, columns in TABLES.items():
        yield from ("", f"### {table}", "", f"{said[table, '']}.".capitalize(), "")
        yield from ("| column | type | values | meaning |", "| --- | --- | --- | --- |")
        for name, column in columns.items():
            kind = column.dtype + ("" if column.required else ", may be empty")
            limits = [f"{limit:g}" for limit in (column.low, column.high) if limit is not None]
            values = ", ".join(column.values or ()) or " to ".join(limits) + (" and more" if len(limits) == 1 else "")
            yield f"| `{name}` | {kind} | {values} | {said[table, name]} |"


def meanings() -> dict[tuple[str, str], str]:
    """(table, column) -> what it means; an empty column for the table itself."""
    text = files("analysis.schema").joinpath("meanings.csv").read_text(encoding="utf-8")
    return {(row["table"], row["column"]): row["meaning"] for row in csv.DictReader(text.splitlines())}


def _rules() -> Iterator[str]:
    yield from ("", "## Rules")
    for title, ordered in RULES.items():
        yield from ("", f"### {title}", "", "| rule | what it reads |", "| --- | --- |")
        yield from (f"| {_named(rule)} | {rule.tells} |" for rule in ordered)


def _named(rule: Rule) -> str:
    return ", ".join(f"`{name}`" for name in rule.name.split(", "))


def _lexicons() -> Iterator[str]:
    yield from ("", "## Lexicons", "", "In `analysis/codebook/`; their sums stand in the manifest of every run.", "")
    yield from ("| file | rows | columns |", "| --- | --- | --- |")
    for path in sorted(codebook.folder().glob("*.csv")):
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        yield f"| `{path.name}` | {len(rows) - 1} | {', '.join(rows[0])} |"
    frames = _count(codebook.read_yaml("frames.yml").values())
    yield f"| `frames.yml` | {frames} | a scheme, its frames with definition, cues, hints, exceptions |"


def _count(schemes: Iterable[dict]) -> int:
    return sum(len(scheme["frames"]) for scheme in schemes)


if __name__ == "__main__":
    FILE.write_text(reference(), encoding="utf-8")
