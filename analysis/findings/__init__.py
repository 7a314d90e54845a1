"""Findings: from tables to the tables that a paper prints, on the schema alone.

Counts, means with their uncertainty, how an article is built, which words it chooses, and all of it in a few sentences.
"""

from analysis.findings.aggregate import author_sentiment, mean_stances
from analysis.findings.nutshell import nutshell
from analysis.findings.structure import headline_against_body, rebuttals, space_and_order
from analysis.findings.wording import evaluative_verbs_by_camp

__all__ = [
    "author_sentiment",
    "evaluative_verbs_by_camp",
    "headline_against_body",
    "mean_stances",
    "nutshell",
    "rebuttals",
    "space_and_order",
]
