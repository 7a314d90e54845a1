"""Who says what, about whom, and how the news frames it: statements, stance, sentiment and framing of articles.

The way of the data, one line each::

    article = load("article.txt")
    parsed = parse(article)
    actors, mentions = find_actors(parsed)
    statements = extract_statements(parsed, actors, mentions)
    stances = score_stance(parsed, statements, actors, mentions)

:func:`load` reads one article of any format, :func:`load_all` many with an account of each. :func:`analyse` does all
of it and returns every table; :func:`analyse_corpus` does it for many articles.
"""

from analysis.language.parsing import ModelError, load_model, parse
from analysis.pipeline import analyse
from analysis.reading.article import Article, ArticleError, load, read_text, with_original_offsets
from analysis.reading.collection import Intake, load_all
from analysis.schema import Analysis
from analysis.stages import (
    cast_roles,
    code_frames,
    extract_statements,
    find_actors,
    find_devices,
    score_sentiment,
    score_stance,
    score_tone,
)
from analysis.study.corpus import analyse_corpus

__version__ = "0.1.0"

__all__ = [
    "Analysis",
    "Article",
    "ArticleError",
    "Intake",
    "ModelError",
    "analyse",
    "analyse_corpus",
    "cast_roles",
    "code_frames",
    "extract_statements",
    "find_actors",
    "find_devices",
    "load",
    "load_all",
    "load_model",
    "parse",
    "read_text",
    "score_sentiment",
    "score_stance",
    "score_tone",
    "with_original_offsets",
]
