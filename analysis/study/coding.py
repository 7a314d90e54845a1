"""Coding: a sample of what the tool judged as blind sheets for two or more coders, and what they filled in.

A question (``codebook/questions.csv``) is asked of units: a statement, a mention, a passage and a frame, an actor.
Units are drawn by strata from all of them, with a seed, and keep the probability by which they were drawn; the sheets
hide what the tool says. :mod:`analysis.findings.agreement` compares what comes back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import codebook
from analysis.codebook import CodebookError
from analysis.findings.by_article import CODEBOOK
from analysis.findings.counts import counted
from analysis.schema.analysis import Analysis
from analysis.schema.values import SAID
from analysis.study.workbook import choices, head, put, save

COLUMNS = ("name", "table", "labels", "level", "question", "instruction", "section", "source", "note")
UNIT_COLUMNS = ["unit", "article_id", "outlet", "place", "words", "context", "about", "explained", "choices", "tool"]
SHEET_COLUMNS = ["unit", "text", "about", "label", "note"]
YES, NO, NONE, NOBODY = "yes", "no", "none", "nobody"
AROUND = 1
"""Sentences before and after the one that is coded."""
FEWEST_MENTIONS = 2
"""An actor of fewer mentions is not asked about."""
SHEET, GUIDE, LISTS = "coding", "how to code", "lists"


@dataclass(frozen=True)
class Question:
    """What coders are asked: of rows of which table, with which labels (none: names), at which level."""

    name: str
    table: str
    labels: tuple[str, ...]
    level: str
    question: str
    instruction: str


def questions() -> dict[str, Question]:
    """The questions by their names."""
    rows = codebook.read_csv("questions.csv", COLUMNS)
    made = [{name: row[name] for name in COLUMNS[:6]} for row in rows]
    return {row["name"]: Question(**row | {"labels": tuple(filter(None, row["labels"].split("|")))}) for row in made}


# --- units ---------------------------------------------------------------------------------------------------------


def units_of(analysis: Analysis, question: str, *, scheme: str = "generic") -> pd.DataFrame:
    """All units of a question, one a row: where they are, what is asked about, and what the tool says.

    `scheme` is that of the frames. Columns: `unit`, `article_id`, `outlet`, `place` and `words` that are marked,
    `context` with them, `about` (the target, the actor, the frame), `explained` (the definition of a frame), `choices`
    beside the labels, `tool`. Raises :class:`KeyError` for a question that there is not.
    """
    asked = questions()[question]
    rows = {
        "statement": _statements,
        "speaker": _statements,
        "cue_class": _statements,
        "camp": _camps,
        "stance": _stances,
        "sentiment": _sentiments,
        "frame": _frames,
        "role": _roles,
    }[question](analysis, asked, scheme)
    table = pd.DataFrame(rows, columns=["article_id", "start", "end", "about", "explained", "choices", "tool"])
    outlets = analysis.articles.set_index("article_id")["outlet"]
    passages = dict(list(analysis.passages.groupby("article_id")))
    places = list(zip(table["article_id"], table["start"], table["end"], strict=True))
    named = zip(places, table["about"], strict=True)
    table["unit"] = [_key(question, scheme, *place, about) for place, about in named]
    table["outlet"] = table["article_id"].map(outlets)
    table["place"] = [f"{start}-{end}" for _, start, end in places]
    table["words"] = [analysis.texts[article][start:end] for article, start, end in places]
    table["context"] = [_context(analysis.texts[one], passages.get(one), start, end) for one, start, end in places]
    return table[UNIT_COLUMNS].drop_duplicates("unit").reset_index(drop=True)


Rows = Iterable[tuple[object, ...]]


def _key(*parts: object) -> str:
    return hashlib.sha256("\t".join(map(str, parts)).encode("utf-8")).hexdigest()[:10]


def _context(text: str, passages: pd.DataFrame | None, start: int, end: int) -> str:
    """The sentences around a place, the place marked: "... [[the words]] ..."."""
    low, high = start, end
    if passages is not None:
        near = np.flatnonzero((passages["end"] > start).to_numpy() & (passages["start"] < end).to_numpy())
        if len(near):
            first, last = max(near[0] - AROUND, 0), min(near[-1] + AROUND, len(passages) - 1)
            low = min(start, int(passages["start"].iloc[first]))
            high = max(end, int(passages["end"].iloc[last]))
    return " ".join(f"{text[low:start]}[[{text[start:end]}]]{text[end:high]}".split())


def _statements(analysis: Analysis, asked: Question, _: str) -> Rows:
    """Statements: whether they are any, who speaks, how they are presented."""
    people = _names(analysis.actors, "name") if asked.name == "speaker" else {}
    for row in counted(analysis.statements).to_dict("records"):
        tool = {"statement": YES, "speaker": row["speaker"], "cue_class": row["cue_class"]}[asked.name]
        known = people.get(row["article_id"], ())
        about = "" if pd.isna(row["cue"]) or asked.name == "statement" else row["cue"]
        place = (row["content_start"], row["content_end"])
        yield (row["article_id"], *place, about, "", known, NOBODY if pd.isna(tool) else tool)


def _camps(analysis: Analysis, _: Question, __: str) -> Rows:
    camps, first = _names(analysis.actors, "camp"), _first_mentions(analysis)
    acting = analysis.actors[(analysis.actors["kind"] != "place") & (analysis.actors["mentions"] >= FEWEST_MENTIONS)]
    for row in acting.to_dict("records"):
        place = first.get((row["article_id"], row["actor_id"]))
        if place is not None:
            tool = NONE if pd.isna(row["camp"]) else row["camp"]
            yield (row["article_id"], *place, row["name"], "", camps.get(row["article_id"], ()), tool)


def _stances(analysis: Analysis, _: Question, __: str) -> Rows:
    said = analysis.stances[analysis.stances["how"] == SAID]
    places = analysis.statements[["article_id", "statement_id", "content_start", "content_end"]]
    for row in said.merge(places, on=["article_id", "statement_id"]).to_dict("records"):
        about = f"{row['source']} toward {row['target']}"
        yield (row["article_id"], row["content_start"], row["content_end"], about, "", (), str(row["stance"]))


def _sentiments(analysis: Analysis, _: Question, __: str) -> Rows:
    places = analysis.mentions[["article_id", "mention_id", "start", "end"]]
    known = analysis.sentiments.dropna(subset="sentiment")
    for row in known.merge(places, on=["article_id", "mention_id"]).to_dict("records"):
        yield (row["article_id"], row["start"], row["end"], row["actor"], "", (), str(row["sentiment"]))


def _frames(analysis: Analysis, _: Question, scheme: str) -> Rows:
    """Every passage with every frame of the scheme."""
    frames = analysis.frames[analysis.frames["method"].str.startswith(CODEBOOK) & (analysis.frames["scheme"] == scheme)]
    there = set(zip(frames["article_id"], frames["passage_id"], frames["frame"], strict=True))
    frames_there = codebook.read_yaml("frames.yml")[scheme]["frames"]
    defined = {name: entry["definition"] for name, entry in frames_there.items()}
    for row in analysis.passages.itertuples():
        for frame, explained in defined.items():
            tool = YES if (row.article_id, row.passage_id, frame) in there else NO
            yield (row.article_id, row.start, row.end, frame.replace("_", " "), explained, (), tool)


def _roles(analysis: Analysis, _: Question, __: str) -> Rows:
    roles = analysis.roles.groupby(["article_id", "actor_id"])["role"].agg(lambda cells: cells.mode().iloc[0]).to_dict()
    first = _first_mentions(analysis)
    acting = analysis.actors[(analysis.actors["kind"] != "place") & (analysis.actors["mentions"] >= FEWEST_MENTIONS)]
    for row in acting.itertuples():
        key = (row.article_id, row.actor_id)
        if key in first:
            yield (row.article_id, *first[key], row.name, "", (), roles.get(key, NONE))


def _names(actors: pd.DataFrame, column: str) -> dict[str, tuple[str, ...]]:
    """The names or camps that occur in each article."""
    groups = actors[actors["kind"] != "place"].groupby("article_id")[column]
    return {article: tuple(sorted(cells.dropna().unique())) for article, cells in groups}


def _first_mentions(analysis: Analysis) -> dict[tuple[str, str], tuple[int, int]]:
    once = analysis.mentions.dropna(subset="actor_id").drop_duplicates(["article_id", "actor_id"])
    return {(row.article_id, row.actor_id): (row.start, row.end) for row in once.itertuples()}


# --- the sample ----------------------------------------------------------------------------------------------------


def draw(units: pd.DataFrame, number: int, *, by: Sequence[str] = ("tool",), seed: int = 1) -> pd.DataFrame:
    """About so many units, as many of each stratum as there are, in a random order; the same for the same seed.

    `by` are columns of the units. The column `probability` is that by which a unit was drawn: the number drawn from its
    stratum over the size of it.
    """
    generator = np.random.default_rng(seed)
    parts = [part for _, part in units.groupby(list(by), sort=True, dropna=False)]
    left, drawn = number, []
    for place, part in enumerate(sorted(parts, key=len)):
        size = min(len(part), -(-left // (len(parts) - place)))
        chosen = part.iloc[np.sort(generator.choice(len(part), size, replace=False))]
        drawn.append(chosen.assign(probability=size / len(part)))
        left -= size
    sample = pd.concat(drawn) if drawn else units.assign(probability=1.0)
    return sample.iloc[generator.permutation(len(sample))].reset_index(drop=True)


# --- sheets --------------------------------------------------------------------------------------------------------


def write_sheets(sample: pd.DataFrame, question: str, folder: Path | str, coders: Sequence[str]) -> list[Path]:
    """A workbook for each coder and, apart from them, ``key-QUESTION.csv`` with what the tool says; the workbooks.

    Nothing that is there is overwritten: a sheet may be half filled. Raises :class:`FileExistsError`.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{question}-{coder}.xlsx" for coder in coders]
    there = [file for file in files if file.exists()]
    if there:
        raise FileExistsError(f"{there[0]} is there already: name another folder, or move it away first.")
    for file in files:
        write_sheet(sample, question, file)
    sample.drop(columns=["context", "choices", "explained"]).to_csv(folder / f"key-{question}.csv", index=False)
    return files


def write_sheet(sample: pd.DataFrame, question: str, file: Path, *, answers: pd.DataFrame | None = None) -> None:
    """One workbook, empty or with the `label` and `note` of `answers`, which are by `unit`."""
    from openpyxl import Workbook

    asked, book = questions()[question], Workbook()
    sheet, guide, lists = book.active, book.create_sheet(GUIDE), book.create_sheet(LISTS)
    sheet.title = SHEET
    head(sheet, SHEET_COLUMNS, {"text": 90, "about": 34, "label": 24, "note": 30}, free=("label", "note"))
    filled = {} if answers is None else answers.fillna("").set_index("unit").to_dict("index")
    for line, row in enumerate(sample.to_dict("records"), start=2):
        about = f"{row['about']}: {row['explained']}" if row["explained"] else row["about"]
        own = filled.get(row["unit"], {"label": "", "note": ""})
        cells = (row["unit"], row["context"], about, own["label"], own["note"])
        for place, cell in enumerate(cells, start=1):
            put(sheet, line, place, cell, free=place > 3)
        choices(sheet, f"D{line}", labels_of(asked, row["choices"]), lists, column=line - 1)
    told = (asked.question, asked.instruction, "Code each row by itself; leave the label empty if you cannot decide.")
    for line, sentence in enumerate(told, start=1):
        put(guide, line, 1, sentence)
    guide.column_dimensions["A"].width = 110
    lists.sheet_state = "hidden"
    save(book, file)


def labels_of(asked: Question, choices: Sequence[str]) -> tuple[str, ...]:
    """What can be answered: the labels of the question, or the names of the article."""
    return asked.labels or (*choices, NOBODY if asked.name == "speaker" else NONE)


def prepared(
    units: pd.DataFrame,
    question: str,
    folder: Path | str,
    coders: Sequence[str],
    *,
    number: int,
    by: Sequence[str] = ("tool",),
    seed: int = 1,
) -> list[Path]:
    """The sheets of coders in a folder: those that are there already, else drawn and written now."""
    files = [Path(folder) / f"{question}-{coder}.xlsx" for coder in coders]
    if all(file.is_file() for file in files):
        return files
    return write_sheets(draw(units, number, by=by, seed=seed), question, folder, coders)


def read_codings(files: Iterable[Path | str]) -> pd.DataFrame:
    """What coders filled in: `unit`, `coder` (the name of the file after the question), `label`, `note`.

    Raises :class:`analysis.codebook.CodebookError` naming a file that is no such sheet.
    """
    parts = []
    for file in map(Path, files):
        try:
            table = pd.read_excel(file, sheet_name=SHEET, dtype=str, keep_default_na=False)
        except FileNotFoundError as error:
            raise CodebookError(file, None, "no such file") from error
        except (OSError, ValueError, KeyError) as error:
            raise CodebookError(file, None, "is no coding sheet") from error
        if not set(SHEET_COLUMNS) <= set(table.columns):
            raise CodebookError(file, 1, f"the columns {', '.join(SHEET_COLUMNS)} are needed")
        own = table[["unit", "label", "note"]].map(str.strip)
        parts.append(own[own["label"] != ""].assign(coder=file.stem.partition("-")[2] or file.stem))
    columns = ["unit", "coder", "label", "note"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def read_key(folder: Path | str, question: str) -> pd.DataFrame:
    """What the tool says of the units of a sample, with the probability by which each was drawn."""
    table = pd.read_csv(Path(folder) / f"key-{question}.csv", dtype={"unit": str, "tool": str})
    return table.assign(probability=table["probability"].astype(float))


def drawn(units: pd.DataFrame, key: pd.DataFrame) -> pd.DataFrame:
    """The units of a sample that was drawn before, in its order; those that are no unit any more are left out."""
    chance = key.set_index("unit")["probability"]
    rows = units.set_index("unit").reindex(key["unit"]).dropna(subset="article_id")
    return rows.assign(probability=chance.reindex(rows.index)).reset_index()


def population(units: pd.DataFrame, key: pd.DataFrame) -> pd.DataFrame:
    """All units with the probability by which each was drawn, missing where it was not; the tool's labels as of now."""
    return units.merge(key[["unit", "probability"]], on="unit", how="left")
