"""Coders of every kind: a function, a file of judgements, or a language model answers a sheet as a person does.

What it answers is written as one more sheet (:mod:`analysis.study.coding`), and a file beside it says who answered and
how. From there on it is a coder like any other; whether its answers may make a gold standard is for the researcher to
say, and the default is that only people's do.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import pandas as pd

from analysis.codebook import CodebookError
from analysis.study.coding import Question, labels_of, questions, write_sheet


@dataclass(frozen=True)
class Asked:
    """What a coder sees of a unit: the text with the place [[marked]], whom or what it is about, the labels."""

    unit: str
    text: str
    about: str
    labels: tuple[str, ...]
    question: Question


@dataclass(frozen=True)
class Answer:
    """A label, or none, and why."""

    label: str | None
    note: str = ""


class Coder(Protocol):
    """Whoever answers; `described` says who it is, for the file beside the sheet."""

    described: Mapping[str, object]

    def __call__(self, asked: Asked) -> Answer: ...


@dataclass(frozen=True)
class FunctionCoder:
    """A function of a researcher's own: from what is asked to a label, or None."""

    function: Callable[[Asked], str | None]

    @property
    def described(self) -> Mapping[str, object]:
        return {"kind": "function", "name": getattr(self.function, "__name__", "function")}

    def __call__(self, asked: Asked) -> Answer:
        return Answer(self.function(asked))


@dataclass(frozen=True)
class FileCoder:
    """Judgements that stand in a CSV file: columns `unit`, `label`, and `note` if there is one."""

    file: Path

    @property
    def described(self) -> Mapping[str, object]:
        return {"kind": "file", "name": self.file.name}

    @cached_property
    def answers(self) -> Mapping[str, Answer]:
        """Unit -> what the file says. Raises :class:`analysis.codebook.CodebookError`."""
        try:
            with self.file.open(encoding="utf-8-sig", newline="") as source:
                rows = list(csv.DictReader(source))
        except FileNotFoundError as error:
            raise CodebookError(self.file, None, "no such file") from error
        except (OSError, ValueError) as error:
            raise CodebookError(self.file, None, "cannot be read as CSV in UTF-8") from error
        if not rows or not {"unit", "label"} <= set(rows[0]):
            raise CodebookError(self.file, 1, "the columns unit and label are needed")
        return {row["unit"]: Answer((row["label"] or "").strip() or None, row.get("note") or "") for row in rows}

    def __call__(self, asked: Asked) -> Answer:
        return self.answers.get(asked.unit, Answer(None))


def asked_of(sample: pd.DataFrame, question: str) -> list[Asked]:
    """What is asked of a sample, unit by unit."""
    about = questions()[question]
    rows = sample[["unit", "context", "about", "explained", "choices"]].itertuples(index=False, name=None)
    found = []
    for unit, text, who, explained, choices in rows:
        told = f"{who}: {explained}" if explained else who
        found.append(Asked(unit, text, told, labels_of(about, choices), about))
    return found


def judged(coder: Coder, asked: Iterable[Asked], *, track: Callable[[int], None] = lambda _: None) -> pd.DataFrame:
    """The answers of a coder: `unit`, `label` (missing where there is none), `note`.

    An answer that is none of the labels of a question with fixed labels is no answer; the note says so.
    """
    rows = []
    for one in asked:
        answer = coder(one)
        label, note = answer.label, answer.note
        if label is not None and one.question.labels and label not in one.question.labels:
            label, note = None, f"'{label}' is none of the labels. {note}".strip()
        rows.append({"unit": one.unit, "label": label, "note": note})
        track(1)
    return pd.DataFrame(rows, columns=["unit", "label", "note"])


def add_coder(
    coder: Coder,
    sample: pd.DataFrame,
    question: str,
    folder: Path | str,
    name: str,
    *,
    track: Callable[[int], None] = lambda _: None,
) -> Path:
    """The sheet ``QUESTION-NAME.xlsx`` filled by a coder, and ``QUESTION-NAME.json`` about it; the sheet.

    A sheet that is there is left as it is.
    """
    file = Path(folder) / f"{question}-{name}.xlsx"
    if file.exists():
        return file
    answers = judged(coder, asked_of(sample, question), track=track)
    write_sheet(sample, question, file, answers=answers)
    about = {"question": question, "coder": dict(coder.described), "units": len(sample)}
    about["answered"] = int(answers["label"].notna().sum())
    text = json.dumps(about, indent=2, ensure_ascii=False)
    file.with_suffix(".json").write_text(text + "\n", encoding="utf-8", newline="\n")
    return file
