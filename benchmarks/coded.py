"""The coded corpus (`corpus/`): its rows, their texts, its fixed split, and what has to hold of each row."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import load
from analysis.reading.article import read_text
from benchmarks.corpora import read_rows

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

CORPUS = Path(__file__).parents[1] / "corpus"
SEEDS = CORPUS.parent / "seeds"
SOURCES = ("wikinews", "seed", "polnear")
OWN_TEXTS = SOURCES[:2]
"""The sources whose texts are part of this project; those of PolNeAR are read from its own folder."""

DEV_EVERY = 5
_ATTRIBUTED = ("source", "cue", "content", "via", "addressee", "occasion")


def split_of(article_id: str) -> str:
    """The part of the corpus that an article belongs to, by a hash of its id: one in five is for dev."""
    return "dev" if int(hashlib.sha256(article_id.encode()).hexdigest(), 16) % DEV_EVERY == 0 else "train"


def read_corpus(
    sources: Iterable[str] = OWN_TEXTS, *, split: str | None = None, folder: Path | None = None
) -> list[dict]:
    """The coded articles of some sources and one part of the split, each with its text.

    `folder` holds ``polnear_train.jsonl.gz`` and is needed for the source "polnear" alone. Raises :class:`SystemExit`
    with one sentence if it is missing, or if a text is not the one that was coded.
    """
    rows = [row for source in sources for row in rows_of(source) if split in (None, row["split"])]
    texts = _texts_of_polnear(folder) if any(row["source"] == "polnear" for row in rows) else {}
    return [_with_text(row, texts) for row in rows]


def rows_of(source: str) -> Iterator[dict]:
    """The rows of one source as they are written, those of PolNeAR and the seed without a text."""
    with (CORPUS / f"{source}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _texts_of_polnear(folder: Path | None) -> dict[str, str]:
    if folder is None:
        raise SystemExit("The texts of PolNeAR are not part of this project: name the folder that holds the corpora.")
    return {row["id"]: row["text"] for row in read_rows(folder, "polnear", "train")}


def _with_text(row: dict, polnear: dict[str, str]) -> dict:
    text = row["text"]
    if row["source"] == "seed":
        text = load(SEEDS / f"{row['id']}.txt").text
    elif row["source"] == "polnear":
        text = read_text(polnear.get(row["id"], ""), article_id=row["id"]).text
    if _digest(text) != row["text_sha256"]:
        raise SystemExit(f"{row['id']}: this is not the text that was coded; take the corpus in the version it names.")
    return row | {"text": text}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# --- what has to hold ----------------------------------------------------------------------------------------------


@cache
def _validator() -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # a dependency of the tests alone

    return Draft202012Validator(json.loads((CORPUS / "schema.json").read_text(encoding="utf-8")))


def problems(row: dict) -> Iterator[str]:
    """What is wrong with a row, one sentence each; its text, where there is one, is part of what is checked."""
    name = row.get("id", "a row without an id")
    faults = [f"{name}: {'/'.join(map(str, one.path))}: {one.message}" for one in _validator().iter_errors(row)]
    yield from faults
    if faults:
        return
    for fault in (*_of_the_row(row), *_of_names(row), *_of_spans(row), *_of_judgements(row)):
        yield f"{name}: {fault}"


def _of_the_row(row: dict) -> Iterator[str]:
    if row["split"] != split_of(row["id"]) and row["source"] != "seed":
        yield f"stands in {row['split']}, its id belongs to {split_of(row['id'])}"
    if row["source"] == "polnear" and row["text"] is not None:
        yield "holds a text that may not be passed on"
    if row["text"] is not None and (_digest(row["text"]), len(row["text"])) != (row["text_sha256"], row["characters"]):
        yield "its text is not the one that was coded"


def _of_names(row: dict) -> Iterator[str]:
    known = [actor["id"] for actor in row["actors"]]
    if len(set(known)) < len(known):
        yield "two actors have one id"
    named = {mention["actor"] for mention in row["mentions"]}
    for statement in row["statements"]:
        named |= {*statement["speakers"], *(one["target"] for one in statement["stances"])}
    for one in (*row["positions"], *row["roles"]):
        named |= {one.get(key, "") for key in ("source", "target", "teller", "voice", "actor")}
    named |= {one[key] for passage in row["passages"] for one in passage["functions"] for key in ("actor", "voice")}
    for stranger in sorted(named - set(known) - {"", "writer", "said", "told"}):
        yield f"{stranger} is no actor of this article"


def spans_of(row: dict) -> Iterator[tuple[str, int, int]]:
    """Every span of a row with what it is."""
    for mention in row["mentions"]:
        yield "mention", mention["start"], mention["end"]
    for passage in row["passages"]:
        yield "passage", passage["start"], passage["end"]
    for statement in row["statements"]:
        for part in _ATTRIBUTED:
            yield from ((part, start, end) for start, end in statement[part])
        yield from (("evidence", *span) for one in statement["stances"] for span in one["evidence"])
    yield from (("evidence", *span) for one in row["positions"] for span in one["evidence"])


def _of_spans(row: dict) -> Iterator[str]:
    for what, start, end in spans_of(row):
        if not start < end <= row["characters"]:
            yield f"{what} {start}-{end} is no place in the text"
        elif row["text"] is not None:
            words = row["text"][start:end]
            if words != words.strip():
                yield f"{what} {start}-{end} begins or ends with a space: {words!r}"
            if "\n" in words:
                yield f"{what} {start}-{end} crosses a paragraph: {words!r}"
    for what in ("mentions", "passages"):
        places = sorted((one["start"], one["end"]) for one in row[what])
        if any(end > start for (_, end), (start, _) in pairwise(places)):
            yield f"two {what} overlap"


def _of_judgements(row: dict) -> Iterator[str]:
    for statement in row["statements"]:
        targets = [one["target"] for one in statement["stances"]]
        if set(targets) & set(statement["speakers"]):
            yield f"a speaker is the target of his own statement at {statement['content'][0][0]}"
        if len(set(targets)) < len(targets):
            yield f"a target has two stances in the statement at {statement['content'][0][0]}"
    pairs = Counter((one["source"], one["target"]) for one in row["positions"])
    yield from (f"two positions of {source} toward {target}" for (source, target), n in pairs.items() if n > 1)
    yield from (f"a position of {source} toward itself" for source, target in pairs if source == target)
