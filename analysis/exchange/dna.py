"""Discourse Network Analyzer: a database (.dna) for DNA 3 and rDNA, and its events as a table.

A position is a statement of the type "DNA Statement": `person` and `organization` hold it, `concept` is the actor it is
about, `agreement` whether it is for; the further variable `how` says whether the person said so or others tell of it. A
frame is a statement of the type "Frame". Rows of 0 are neither agreement nor disagreement and are left out. Tables and
columns (``dna.sql``) follow DNA 3 (Leifeld 2017, https://github.com/leifeld/dna); places are counted as Java does, in
UTF-16. The coder is "Admin" with the password "coder".
"""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from importlib import resources
from pathlib import Path

import pandas as pd

from analysis.codebook import CodebookError
from analysis.findings.by_article import CODEBOOK
from analysis.schema.analysis import Analysis
from analysis.schema.values import SAID, WRITER
from analysis.study.places import placed, words_at

DATABASE, EVENTS = "discourse-network.dna", "discourse-network.csv"
SHORT, BOOLEAN = "short text", "boolean"
POSITION, FRAME = "DNA Statement", "Frame"
COMMON = {"person": SHORT, "organization": SHORT, "concept": SHORT, "agreement": BOOLEAN}
TYPES: Mapping[str, Mapping[str, str]] = {POSITION: {**COMMON, "how": SHORT}, FRAME: COMMON}
"""Type of statement -> its variables."""
COLOURS = {POSITION: (239, 208, 51), FRAME: (100, 143, 255)}
SETTINGS = {"version": "3.0.11", "date": "2022-08-01"}
NAME, PASSWORD = "Admin", "coder"
ROUNDS, SALT = 100_000, 16
UNKNOWN, UNDATED = "1970-01-01", "; date unknown"
"""The date of a document without one, as DNA needs one, and how its notes say so."""
EVENT_COLUMNS = [
    *("statement_id", "statement_type", "time", "document_id", "document_title", "document_author", "document_source"),
    *("start", "stop", "person", "organization", "concept", "agreement", "how", "text"),
]
PLAIN = ("DATABOOLEAN", "DATAINTEGER", "DATALONGTEXT")
STATEMENTS = """
SELECT s.ID AS statement_id, t.Label AS statement_type, s.DocumentId AS document_id, d.Title AS document_title,
       d.Source AS document_source, d.Date AS date, s.Start AS start, s.Stop AS stop
FROM STATEMENTS s JOIN STATEMENTTYPES t ON t.ID = s.StatementTypeId JOIN DOCUMENTS d ON d.ID = s.DocumentId
ORDER BY s.ID
"""
VALUES = """
SELECT d.StatementId AS statement_id, v.Variable AS variable, d.Value AS value
FROM {} d JOIN VARIABLES v ON v.ID = d.VariableId
"""
VALUES_OF_ENTITIES = """
SELECT d.StatementId AS statement_id, v.Variable AS variable, e.Value AS value
FROM DATASHORTTEXT d JOIN VARIABLES v ON v.ID = d.VariableId JOIN ENTITIES e ON e.ID = d.Entity
"""


def write(analysis: Analysis, folder: Path) -> list[Path]:
    """Write the database and the events as CSV."""
    files = [folder / DATABASE, folder / EVENTS]
    files[0].unlink(missing_ok=True)
    events, documents = events_of(analysis), _documents(analysis)
    with closing(sqlite3.connect(files[0])) as database, database:
        database.execute("PRAGMA foreign_keys = ON")
        database.executescript(resources.files("analysis.exchange").joinpath("dna.sql").read_text(encoding="utf-8"))
        _insert(database, "SETTINGS", (("Property", "Value"), SETTINGS.items()))
        coder = (1, NAME, 239, 208, 51, _encrypted(PASSWORD))
        _insert(database, "CODERS", (("ID", "Name", "Red", "Green", "Blue", "Password"), [coder]))
        _insert(database, "DOCUMENTS", (documents.columns, documents.itertuples(index=False, name=None)))
        _write_statements(database, events)
    names = documents.set_index("ID")
    dates = pd.to_datetime(names["Date"].where(~names["Notes"].str.endswith(UNDATED)), unit="s")
    told = events.assign(
        document_title=events["document_id"].map(names["Title"]),
        document_author=events["document_id"].map(names["Author"]),
        document_source=events["document_id"].map(names["Source"]),
        time=events["document_id"].map(dates.dt.strftime("%Y-%m-%d %H:%M:%S")),
    )
    told[EVENT_COLUMNS].to_csv(files[1], index=False, encoding="utf-8", lineterminator="\n")
    return files


def events_of(analysis: Analysis) -> pd.DataFrame:
    """Positions and frames as statements of DNA, in the order of the text, one a row."""
    affiliations = analysis.actors.assign(organization=analysis.actors["camp"].fillna(analysis.actors["name"]))
    known = affiliations.drop_duplicates(["article_id", "actor_id"]).set_index(["article_id", "actor_id"])
    parts = [_positions(analysis), _frames(analysis)]
    events = pd.concat(parts, ignore_index=True)
    keys = pd.MultiIndex.from_frame(events[["article_id", "actor_id"]])
    persons, sides = known["kind"].eq("person").reindex(keys, fill_value=False), known["organization"].reindex(keys)
    outlets = analysis.articles.set_index("article_id")["outlet"]
    writers = events["article_id"].map(outlets).fillna("").where(events["actor_id"] == WRITER, events["actor"])
    events["organization"] = pd.Series(sides.to_numpy(), index=events.index).fillna(writers).astype(str)
    events["person"] = events["actor"].where(persons.to_numpy(dtype=bool), "").astype(str)
    events["text"] = words_at(analysis, events)
    places = zip(events["article_id"], events["start"], events["end"], strict=True)
    units = [_units(analysis.texts[article], start, end) for article, start, end in places]
    events[["start", "stop"]] = pd.DataFrame(units, columns=["start", "stop"], index=events.index, dtype="int64")
    numbers = {name: number for number, name in enumerate(analysis.articles["article_id"], start=1)}
    events["document_id"] = events["article_id"].map(numbers)
    events = events.sort_values(["document_id", "start", "stop"], kind="stable").reset_index(drop=True)
    return events.assign(statement_id=events.index + 1)


def _positions(analysis: Analysis) -> pd.DataFrame:
    """Who is for or against whom; what was said stands at the statement, what is told at the passage."""
    rows = placed(analysis, "stances")
    rows = rows[rows["stance"] != 0]
    own = placed(analysis, "statements")[["article_id", "statement_id", "start", "end"]]
    rows = rows.merge(own, on=["article_id", "statement_id"], how="left", suffixes=("", "_own"))
    said = (rows["how"] == SAID) & rows["start_own"].notna()
    for edge in ("start", "end"):
        rows[edge] = rows[f"{edge}_own"].where(said, rows[edge]).astype("int64")
    named = {"source_id": "actor_id", "source": "actor", "target": "concept"}
    rows = rows.rename(columns=named).assign(statement_type=POSITION, agreement=(rows["stance"] > 0).astype(int))
    return rows[["article_id", "statement_type", "start", "end", "actor_id", "actor", "concept", "agreement", "how"]]


def _frames(analysis: Analysis) -> pd.DataFrame:
    """Who frames it how; the writer's voice is the outlet."""
    rows = placed(analysis, "frames")
    rows = rows[rows["method"].str.startswith(CODEBOOK)]
    concept = rows["scheme"] + ": " + rows["frame"].str.replace("_", " ")
    rows = rows.rename(columns={"voice_id": "actor_id", "voice": "actor"})
    rows = rows.assign(statement_type=FRAME, concept=concept, agreement=1, how="")
    return rows[["article_id", "statement_type", "start", "end", "actor_id", "actor", "concept", "agreement", "how"]]


def _units(text: str, start: int, end: int) -> tuple[int, int]:
    """A place in UTF-16 units."""
    before = len(text[:start].encode("utf-16-le")) // 2
    return before, before + len(text[start:end].encode("utf-16-le")) // 2


def _documents(analysis: Analysis) -> pd.DataFrame:
    """The articles as DNA knows documents."""
    articles = analysis.articles.reset_index(drop=True)
    dates = pd.to_datetime(articles["date"].str.slice(0, 10), errors="coerce", format="ISO8601")
    days = (dates.fillna(pd.Timestamp(UNKNOWN)) - pd.Timestamp(UNKNOWN)).dt.days
    return pd.DataFrame(
        {
            "ID": range(1, len(articles) + 1),
            "Title": articles["title"].fillna(articles["article_id"]),
            "Text": articles["article_id"].map(analysis.texts),
            "Coder": 1,
            "Author": articles["author"].fillna(""),
            "Source": articles["outlet"].fillna(""),
            "Notes": articles["article_id"] + dates.isna().map({True: UNDATED, False: ""}),
            "Date": days * 86_400,
        }
    ).astype({"Date": "int64"})


def _write_statements(database: sqlite3.Connection, events: pd.DataFrame) -> None:
    """Types, variables, entities, statements and their values."""
    variables = [(kind, name, data) for kind, own in TYPES.items() for name, data in own.items()]
    types = {kind: number for number, kind in enumerate(TYPES, start=1)}
    numbers = {(kind, name): number for number, (kind, name, _) in enumerate(variables, start=1)}
    colours = (("ID", "Label", "Red", "Green", "Blue"), [(types[kind], kind, *COLOURS[kind]) for kind in TYPES])
    _insert(database, "STATEMENTTYPES", colours)
    rows = [(numbers[kind, name], name, data, types[kind]) for kind, name, data in variables]
    _insert(database, "VARIABLES", (("ID", "Variable", "DataType", "StatementTypeId"), rows))
    own = events[["statement_id", "document_id", "start", "stop"]]
    kinds = events["statement_type"].map(types)
    rows = zip(*(own[name].tolist() for name in own), kinds.tolist(), strict=True)
    columns = ("ID", "DocumentId", "Start", "Stop", "StatementTypeId", "Coder")
    _insert(database, "STATEMENTS", (columns, [(*row, 1) for row in rows]))
    entities: list[tuple[object, ...]] = []
    for kind, name, data in variables:
        number, part = numbers[kind, name], events[events["statement_type"] == kind]
        if data == BOOLEAN:
            values = zip(part["statement_id"].tolist(), part[name].astype(int).tolist(), strict=True)
            cells = [(statement, number, value) for statement, value in values]
            _insert(database, "DATABOOLEAN", (("StatementId", "VariableId", "Value"), cells))
            continue
        known = {value: len(entities) + place for place, value in enumerate(sorted({"", *part[name]}), start=1)}
        entities += [(place, number, value, 0, 0, 0) for value, place in known.items()]
        added = entities[-len(known) :]
        _insert(database, "ENTITIES", (("ID", "VariableId", "Value", "Red", "Green", "Blue"), added))
        values = zip(part["statement_id"].tolist(), part[name].tolist(), strict=True)
        cells = [(statement, number, known[value]) for statement, value in values]
        _insert(database, "DATASHORTTEXT", (("StatementId", "VariableId", "Entity"), cells))


def _insert(database: sqlite3.Connection, table: str, content: tuple[Iterable[str], Iterable[tuple]]) -> None:
    columns = list(content[0])
    marks = ", ".join("?" * len(columns))
    database.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", content[1])


def _encrypted(password: str) -> str:
    """A password as DNA checks it: salted SHA-256 in many rounds (the strong encryptor of Jasypt)."""
    salt = hashlib.sha256(f"{NAME}{password}".encode()).digest()[:SALT]
    digest = hashlib.sha256(salt + password.encode()).digest()
    for _ in range(ROUNDS - 1):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode()


def read_events(file: Path) -> pd.DataFrame:
    """The statements in a database of DNA with their variables, one row each; the columns are those of its events.

    Raises :class:`analysis.codebook.CodebookError` for a file that is no such database.
    """
    if not file.is_file():
        raise CodebookError(file, None, "no such file")
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            rows = pd.read_sql_query(STATEMENTS, database)
            parts = [pd.read_sql_query(query, database) for query in (VALUES_OF_ENTITIES, *map(VALUES.format, PLAIN))]
    except (sqlite3.Error, pd.errors.DatabaseError) as error:
        raise CodebookError(file, None, "is no database of Discourse Network Analyzer 3") from error
    values = pd.concat([part.astype({"value": object}) for part in parts], ignore_index=True)
    wide = values.pivot(index="statement_id", columns="variable", values="value").reset_index()
    return rows.merge(wide, on="statement_id", how="left")
