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

import lazy_loader

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["charts", "codebook", "exchange", "export", "findings", "report", "schema"],
    submod_attrs={
        "actors.camps": ["Sides", "read_sides"],
        "language.parsing": ["ModelError", "load_model", "parse"],
        "reading.article": ["Article", "ArticleError", "load", "read_text", "with_original_offsets"],
        "reading.collection": ["Intake", "load_all"],
        "schema": ["Analysis"],
        "stages": [
            "cast_roles",
            "code_frames",
            "extract_statements",
            "find_actors",
            "find_devices",
            "find_functions",
            "score_sentiment",
            "score_stance",
            "score_tone",
        ],
        "study.analysing": ["analyse"],
        "study.corpus": ["analyse_corpus", "open_corpus", "read_corpus"],
    },
)
