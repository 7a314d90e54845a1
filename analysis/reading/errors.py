"""What goes wrong with a file: one sentence that names it, what is wrong, and what to do."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class ArticleError(ValueError):
    """A file or text that cannot be analysed: what is wrong with it, and what to do about it.

    `part` is the place in the file ("row 7"), `reason` one of :data:`analysis.schema.REASONS`, `language` that of a
    text that is not English.
    """

    def __init__(
        self,
        path: str | Path,
        problem: str,
        remedy: str,
        *,
        reason: str = "unreadable",
        part: str | None = None,
        language: str | None = None,
    ) -> None:
        problem, remedy = one_line(problem), one_line(remedy)
        super().__init__(f"{named(path, part)}: {problem}; {remedy}.")
        self.path, self.problem, self.remedy = str(path), problem, remedy
        self.reason, self.part, self.language = reason, part, language


def named(path: str | Path, part: object) -> str:
    """A file and a place in it as a sentence names them."""
    return one_line(f"{path} ({part})" if isinstance(part, str) else str(path))


def one_line(text: str) -> str:
    """The text without line breaks and control characters, which names of files and columns may have."""
    return re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]+", " ", text)


@dataclass(frozen=True)
class Where:
    """A file, and the place in it that is being read."""

    path: str
    part: str | None = None

    def inside(self, part: str) -> Where:
        """A place further inside: a row of a table in an archive."""
        return Where(self.path, f"{self.part}, {part}" if self.part else part)

    def error(self, problem: str, remedy: str, *, reason: str = "unreadable") -> ArticleError:
        """The error that says what is wrong here."""
        return ArticleError(self.path, problem, remedy, reason=reason, part=self.part)


@contextmanager
def guarded(where: Where, kind: str) -> Iterator[None]:
    """Turn whatever a library raises on a damaged file into one sentence, and keep its log and warnings quiet."""
    try:
        with quiet("pypdf", "trafilatura", "htmldate", "courlan", "justext", "readability"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except ArticleError:
        raise
    except Exception as error:  # a damaged file raises anything: KeyError, RecursionError, zlib.error ...
        problem = f"it is damaged or cut off and cannot be read as {kind} ({type(error).__name__})"
        raise where.error(problem, "open it in the program that made it and save it again") from error


@contextmanager
def quiet(*names: str) -> Iterator[None]:
    """Keep these loggers silent for a while: what failed is said once, in our own sentence."""
    loggers = [logging.getLogger(name) for name in names]
    before = [logger.disabled for logger in loggers]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.disabled = True
            logger.setLevel(logging.CRITICAL + 1)
        yield
    finally:
        for logger, disabled, level in zip(loggers, before, levels, strict=True):
            logger.disabled = disabled
            logger.setLevel(level)
