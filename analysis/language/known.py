"""Which knowledge goes with a parse: what was given to it, or what the package knows."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from analysis.knowledge.gazetteer import Knowledge, shipped

_KEY = "knowledge"


def with_knowledge(doc: Doc, knowledge: Knowledge | None) -> Doc:
    """The document, with what is to be known when it is read."""
    doc.user_data[_KEY] = knowledge or shipped()
    return doc


def knowledge_of(words: Token | Span) -> Knowledge:
    """What is known when these words are read."""
    return words.doc.user_data.get(_KEY) or shipped()
