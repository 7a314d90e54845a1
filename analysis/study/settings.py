"""Settings: what the tables of an article depend on besides the article, and a name for each such state of affairs."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path

from analysis import codebook, pipeline
from analysis.actors.camps import Sides
from analysis.language import models
from analysis.language.parsing import DEFAULT_MODEL, model_folder
from analysis.reading.article import Article
from analysis.schema.values import MODEL
from analysis.study.corrections import Corrections

ROOMS = "schema codebook knowledge language statements mentions actors acts positions framing".split()
"""The rooms of the package whose code decides what stands in the tables."""
LIBRARIES = ("spacy", "thinc", "numpy", "onnxruntime", "tokenizers", "textblob", "nltk")
TOLD = ("article_id", "text", "segments", "title", "outlet", "author", "date", "dateline", "fields", "origin")
"""What the tables of an article rest on; its file, and what others of a collection tell of it, they do not."""


@dataclass(frozen=True)
class Settings:
    """The options of :func:`analysis.analyse` but for the article; `model` is the name of a spaCy model.

    Three names, each a hash: `parse` of what the parse rests on, `core` of what all tables but frames and devices
    rest on, `whole` of everything. The `corrections` are about single articles and part of the name of these
    (:meth:`key`), so that a correction redoes no other article.
    """

    model: str = DEFAULT_MODEL
    method: str = MODEL
    evidence: bool = True
    sides: Sides = field(default_factory=Sides)
    frames: Path | None = None
    terms: Path | None = None
    corrections: Corrections = field(default_factory=Corrections)

    @cached_property
    def parse(self) -> str:
        files = sorted(file for name in ("meta.json", "config.cfg") for file in model_folder(self.model).rglob(name))
        return hash_of([*map(_sum_of, files), version("spacy"), version("thinc"), code_of("language")])

    @cached_property
    def core(self) -> str:
        learned = models.uses_models(self.method)
        code = [
            code_of(*ROOMS),
            _sum_of(Path(pipeline.__file__)),
            codebook.hashes(),
            models.sums() if learned else None,
        ]
        versions = [version(name) for name in LIBRARIES]
        return hash_of([self.parse, code, versions, learned, learned and self.evidence, asdict(self.sides)])

    @cached_property
    def whole(self) -> str:
        return hash_of([self.core, *(file and _sum_of(Path(file)) for file in (self.frames, self.terms))])

    def key(self, article: Article) -> str:
        """The name under which an article is kept: a hash of all that is told of it and decided about it."""
        decided = [[*asdict(one).values()][:-3] for one in self.corrections.of(article.article_id).rows]
        return hash_of([key_of(article), decided]) if decided else key_of(article)

    def described(self) -> dict[str, object]:
        """The settings as a reader of the store sees them, files by name alone."""
        own = {name: file and Path(file).name for name, file in (("frames", self.frames), ("terms", self.terms))}
        given = {"camps": len(self.sides.own), "people": len(self.sides.people), "camps_by": self.sides.by}
        return {"model": self.model, "method": self.method, "evidence": self.evidence} | given | own


def hash_of(content: object) -> str:
    """A hash of anything that JSON can say."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode("utf-8")).hexdigest()[:32]


def key_of(article: Article) -> str:
    """A hash of the text of an article, of its parts and of what its file says about it."""
    return hash_of([_plain(getattr(article, name)) for name in TOLD])


def _plain(value: object) -> object:
    """A field of an article as lists, texts and numbers."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return [_plain(one) for one in vars(value).values()] if hasattr(value, "__dict__") else value


def _sum_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@cache
def code_of(*rooms: str) -> str:
    """A hash of the code in some rooms of the package."""
    folder = Path(pipeline.__file__).parent
    files = sorted(file for room in rooms for file in (folder / room).rglob("*.py"))
    return hash_of([[file.relative_to(folder).as_posix(), _sum_of(file)] for file in files])
