"""Quoted stretches: every kind of mark, and what goes wrong with them in real files."""

import pytest

from analysis.language.quotes import find_quotes

CASES = {
    "typographic": ("He said “it fails” today.", ["“it fails”"]),
    "straight": ('He said "it fails" today.', ['"it fails"']),
    "doubled": ("He said ``it fails'' today.", ["``it fails''"]),
    "two apostrophes on both sides": ("''It fails,'' he said. ''Soon.''", ["''It fails,''", "''Soon.''"]),
    "angle": ("He said «it fails» today.", ["«it fails»"]),
    "opened straight, closed typographic": ('"It fails,” he said.', ['"It fails,”']),
    "single": ("Ministry: ‘no money’ for it", ["‘no money’"]),
    "single straight": ("Ministry: 'no money' for it", ["'no money'"]),
    "apostrophes are no marks": ("The voters' rights and Orlov's wall weren't safe.", []),
    "single inside double": ("“He said ‘no’ to us,” she said.", ["“He said ‘no’ to us,”"]),
    "stray closing mark": ('"It fails," which is bad,” he said.', ['"It fails,"']),
    "never closed": ("He said: “It fails. And then", ["“It fails. And then"]),
    "inches and feet": ("The wall is 6' 2\" high.", []),
    "only marks": ("“” \"\" ''", []),
    "opened typographic, closed straight": (
        '“It fails," he said in the hall. “Soon,” he said.',
        ['“It fails,"', "“Soon,”"],
    ),
    "quote within typographic marks": ('“He said "no" to us,” she said.', ['“He said "no" to us,”']),
}


@pytest.mark.parametrize("name", CASES)
def test_finds_the_quoted_stretches(name):
    text, expected = CASES[name]
    assert [text[q.start : q.end] for q in find_quotes(text, 0, len(text))] == expected


def test_knows_whether_a_quotation_is_closed():
    text = '"Yes," he said. "But'
    assert [quote.closed for quote in find_quotes(text, 0, len(text))] == [True, False]


def test_reads_nothing_outside_the_paragraph():
    text = '"One."\n"Two."'
    assert [q.span for q in find_quotes(text, 7, len(text))] == [(7, 13)]
