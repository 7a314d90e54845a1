"""Articles made of a few words, for the tests."""

from pathlib import Path

from analysis.language.parsing import Parsed, parse
from analysis.reading.article import read_text
from analysis.statements.rules import find_attributions

CASES_FOLDER = Path(__file__).parent / "cases"
SEED_FILE = Path(__file__).parent.parent / "seeds" / "000_b48bac653413fbe2.txt"


def parsed_text(text: str) -> Parsed:
    """The parse of an article in memory; a first line "# ..." is its headline."""
    headline, body = [*text[2:].split("\n", 1), ""][:2] if text.startswith("# ") else ("", text)
    lines = [headline, body or "The council met on Monday in the town hall. Nothing was decided that day."]
    return parse(read_text("\n\n".join(line for line in lines if line), article_id="test"))


def attributions_of(text: str):
    """The parse, and what the rules alone find in it."""
    parsed = parsed_text(text)
    return parsed, find_attributions(parsed, method="rules")
