"""Findings: from tables to the tables that a paper prints, on the schema alone.

Who says how much, means with their uncertainty, how an article is built, which words it chooses, and all of it in a
few sentences.
"""

from analysis.findings import agreement
from analysis.findings.across import united
from analysis.findings.aggregate import author_sentiment, mean_stances, once_an_article, taken
from analysis.findings.article_frames import frames_of_articles
from analysis.findings.by_article import QUESTIONS, TABLES, values_of_articles
from analysis.findings.choosing import chosen, sentences
from analysis.findings.comparison import compared, differences, groups_of
from analysis.findings.counts import (
    by_rule,
    counted,
    frames_by_passage,
    frames_by_voice,
    of_method,
    sentiment_by_voice,
    stances_by_rule,
)
from analysis.findings.nutshell import nutshell
from analysis.findings.officials import camps_made_of, most_heard, statements_by_official, words_by_official
from analysis.findings.sensitivity import sensitivity
from analysis.findings.structure import headline_against_body, rebuttals, space_and_order
from analysis.findings.wording import evaluative_verbs_by_camp

__all__ = [
    "QUESTIONS",
    "TABLES",
    "agreement",
    "author_sentiment",
    "by_rule",
    "camps_made_of",
    "chosen",
    "compared",
    "counted",
    "differences",
    "evaluative_verbs_by_camp",
    "frames_by_passage",
    "frames_by_voice",
    "frames_of_articles",
    "groups_of",
    "headline_against_body",
    "mean_stances",
    "most_heard",
    "nutshell",
    "of_method",
    "once_an_article",
    "rebuttals",
    "sensitivity",
    "sentences",
    "sentiment_by_voice",
    "space_and_order",
    "stances_by_rule",
    "statements_by_official",
    "taken",
    "united",
    "values_of_articles",
    "words_by_official",
]
