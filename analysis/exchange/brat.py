"""brat: one text and one standoff file for each article, and the configuration that the server needs.

Layers are entities; features with a closed set of values are attributes, names and free text stand in a note of the
annotation as JSON. Source and cue of a statement are entities of their own, tied to it by relations.
Format: Stenetorp et al. 2012, https://brat.nlplab.org/standoff.html.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis.codebook import CodebookError
from analysis.exchange.annotations import LAYERS, PARTS, Annotated, Annotation, features_of, values_of

NOTE = "AnnotatorNotes"
ROW = "row"
TEXT, STANDOFF = ".txt", ".ann"
ENTITY = {table: table[:-1].capitalize() for table in LAYERS}
TABLE = {entity: table for table, entity in ENTITY.items()}
CLOSED = {
    (table, name): f"{ENTITY[table]}_{name}"
    for table, names in LAYERS.items()
    for name in names
    if values_of(table, name)
}
"""Features with a closed set of values -> their attribute."""


def write(annotated: Annotated, folder: Path) -> list[Path]:
    """Write a folder that brat opens."""
    files = [folder / "annotation.conf"]
    files[0].write_text(_configuration(), encoding="utf-8", newline="\n")
    for name, text in annotated.texts.items():
        own = [folder / f"{name}{ending}" for ending in (TEXT, STANDOFF)]
        lines = "".join(f"{line}\n" for line in _lines(text, annotated.of(name)))
        for file, content in zip(own, (text, lines), strict=True):
            file.write_text(content, encoding="utf-8", newline="\n")
        files += own
    return files


def _configuration() -> str:
    entities = "\n".join([*ENTITY.values(), *(name.capitalize() for name in PARTS)])
    relations = "\n".join(f"{name.capitalize()}_of Arg1:{name.capitalize()}, Arg2:Statement" for name in PARTS)
    attributes = "\n".join(
        f"{attribute} Arg:{ENTITY[table]}, Value:{'|'.join(values_of(table, name))}"
        for (table, name), attribute in CLOSED.items()
    )
    overlap = "<OVERLAP> Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
    return f"[entities]\n{entities}\n\n[relations]\n{relations}\n{overlap}\n\n[events]\n\n[attributes]\n{attributes}\n"


def _lines(text: str, annotations: Sequence[Annotation]) -> Iterator[str]:
    """The lines of a standoff file; its numbers count through the article."""
    entities = attributes = relations = 0
    for one in annotations:
        entities += 1
        whole = entities
        yield _entity(text, whole, ENTITY[one.table], one.start, one.end)
        free = {}
        for name, value in one.features:
            if (one.table, name) in CLOSED:
                attributes += 1
                yield f"A{attributes}\t{CLOSED[one.table, name]} T{whole} {value}"
            else:
                free[name] = value
        yield f"#{whole}\t{NOTE} T{whole}\t{json.dumps({ROW: one.row} | free, ensure_ascii=False)}"
        for name, (start, end) in one.parts:
            entities += 1
            relations += 1
            yield _entity(text, entities, name.capitalize(), start, end)
            yield f"R{relations}\t{name.capitalize()}_of Arg1:T{entities} Arg2:T{whole}"


def _entity(text: str, number: int, kind: str, start: int, end: int) -> str:
    """A line of a stretch of text, in pieces where it goes over lines: "T1<tab>Statement 0 5;6 9<tab>words words"."""
    pieces = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]+", text[start:end])]
    places = ";".join(f"{low} {high}" for low, high in pieces)
    words = " ".join(text[low:high] for low, high in pieces)
    return f"T{number}\t{kind} {places}\t{words}"


def read(path: Path) -> Annotated:
    """The annotations in a folder of brat. Raises :class:`analysis.codebook.CodebookError` for one without any."""
    files = sorted(path.glob(f"*{STANDOFF}"))
    if not files:
        raise CodebookError(path, None, f"is no folder with files {STANDOFF} of brat")
    texts, found = {}, []
    for file in files:
        texts[file.stem] = (
            file.with_suffix(TEXT).read_text(encoding="utf-8") if file.with_suffix(TEXT).is_file() else ""
        )
        found += _annotations(file)
    return Annotated(texts, tuple(found), tuple(map(str, files)))


def _annotations(file: Path) -> Iterator[Annotation]:
    places, told, tied = {}, {}, {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        name, _, rest = line.partition("\t")
        head, _, tail = rest.partition("\t")
        parts = head.split()
        try:
            if name.startswith("T"):
                edges = list(map(int, head.partition(" ")[2].replace(";", " ").split()))
                places[name] = (parts[0], min(edges), max(edges))
            elif name.startswith(("A", "M")):
                told.setdefault(parts[1], {})[parts[0].partition("_")[2]] = parts[2]
            elif name.startswith("#") and parts[0] == NOTE:
                told.setdefault(parts[1], {}).update(json.loads(tail))
            elif name.startswith("R"):
                one, other = (part.partition(":")[2] for part in parts[1:3])
                tied.setdefault(other, {})[parts[0].partition("_")[0].lower()] = one
        except (ValueError, IndexError) as error:
            raise CodebookError(file, number, "is no line of brat's standoff format") from error
    for name, (kind, start, end) in places.items():
        if kind in TABLE:
            own = told.get(name, {})
            at = {part: places[one][1:] for part, one in tied.get(name, {}).items()}
            spans = tuple((part, at[part]) for part in PARTS if part in at)
            features = features_of(TABLE[kind], own)
            yield Annotation(TABLE[kind], file.stem, int(own.get(ROW, 0)), start, end, features, spans)
