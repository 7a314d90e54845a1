"""The reference says what schema, rules and lexicons say."""

from analysis.schema import TABLES
from benchmarks.reference import FILE, meanings, reference


def test_the_reference_is_current():
    assert FILE.read_text(encoding="utf-8") == reference(), "run python -m benchmarks.reference"


def test_every_column_has_a_meaning_and_no_other_has():
    wanted = {(table, name) for table, columns in TABLES.items() for name in ("", *columns)}
    assert set(meanings()) == wanted and all(meanings().values())
