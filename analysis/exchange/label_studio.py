"""Label Studio: tasks with what was found as predictions, the labelling interface, and its export read back.

Every layer is a label of a region; its features are choices or text areas of the region. Regions are counted in
characters. Formats: https://labelstud.io/guide/predictions and https://labelstud.io/guide/export (version 1.23).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lxml import etree

from analysis.codebook import CodebookError
from analysis.exchange.annotations import LAYERS, PARTS, Annotated, Annotation, features_of, values_of
from analysis.schema.spans import Span

TASKS, INTERFACE = "tasks.json", "interface.xml"
LABEL, TEXT = "layer", "text"
TYPES = {"labels": "labels", "choices": "choices", "text": "textarea"}
COLOURS = ("#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377", "#BBBBBB", "#555555", "#999933")


def write(annotated: Annotated, folder: Path, *, model: str = "newsvoices") -> list[Path]:
    """Write the tasks and the interface; `model` names the predictions."""
    tasks = [_task(name, text, annotated.of(name), model) for name, text in annotated.texts.items()]
    files = [folder / TASKS, folder / INTERFACE]
    files[0].write_text(json.dumps(tasks, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    files[1].write_text(interface(), encoding="utf-8", newline="\n")
    return files


def interface() -> str:
    """The labelling interface: labels for the layers, and what is asked of a region with each of them."""
    view = etree.Element("View")
    labels = etree.SubElement(view, "Labels", name=LABEL, toName=TEXT)
    for colour, value in zip(COLOURS, (*LAYERS, *PARTS), strict=True):
        etree.SubElement(labels, "Label", value=value, background=colour)
    relations = etree.SubElement(view, "Relations")
    for part in PARTS:
        etree.SubElement(relations, "Relation", value=f"{part} of")
    etree.SubElement(view, "Text", name=TEXT, value=f"${TEXT}", granularity="word")
    for table, names in LAYERS.items():
        where = {"whenTagName": LABEL, "whenLabelValue": table}
        shown = etree.SubElement(view, "View", visibleWhen="region-selected", **where)
        for name in names:
            etree.SubElement(shown, "Header", value=name.replace("_", " "), size="6")
            asked = {"name": _control(table, name), "toName": TEXT, "perRegion": "true", **where}
            values = values_of(table, name)
            if not values:
                etree.SubElement(shown, "TextArea", **asked, rows="1", maxSubmissions="1", editable="true")
                continue
            choices = etree.SubElement(shown, "Choices", **asked, choice="single", showInline="true")
            for value in values:
                etree.SubElement(choices, "Choice", value=value)
    return etree.tostring(view, pretty_print=True, encoding="unicode")


def _control(table: str, name: str) -> str:
    return f"{table}_{name}"


def _task(name: str, text: str, annotations: Sequence[Annotation], model: str) -> dict[str, object]:
    found = [part for one in annotations for part in _regions(text, one)]
    return {"data": {TEXT: text, "article_id": name}, "predictions": [{"model_version": model, "result": found}]}


def _regions(text: str, one: Annotation) -> Iterator[dict[str, object]]:
    """A region with its features, its parts, and the relations between them."""
    place = (one.start, one.end)
    yield _region(text, one.name, LABEL, {"labels": [one.table]}, place)
    for name, value in one.features:
        told = {"choices": [value]} if values_of(one.table, name) else {"text": [value]}
        yield _region(text, one.name, _control(one.table, name), told, place)
    for part, span in one.parts:
        own = f"{one.name}-{part}"
        yield _region(text, own, LABEL, {"labels": [part]}, span)
        ties = {"from_id": own, "to_id": one.name, "direction": "right", "labels": [f"{part} of"]}
        yield {"type": "relation", **ties}


def _region(text: str, name: str, control: str, told: Mapping[str, list[str]], place: Span) -> dict[str, object]:
    """A result of a control; what is told of a text area takes the place of the words."""
    (kind,) = told
    value = {"start": place[0], "end": place[1], "text": text[slice(*place)], **told}
    return {"id": name, "from_name": control, "to_name": TEXT, "type": TYPES[kind], "value": value}


def read(path: Path) -> Annotated:
    """The last annotation of each task in an export (JSON), or its prediction where nobody annotated.

    Raises :class:`analysis.codebook.CodebookError` for a file that is no such export.
    """
    file = path / TASKS if path.is_dir() else path
    try:
        tasks = json.loads(file.read_text(encoding="utf-8"))
        texts, found = {}, []
        for task in tasks:
            name = str(task["data"]["article_id"])
            texts[name] = task["data"][TEXT]
            made = [one for one in task.get("annotations", []) if not one.get("was_cancelled")]
            found += _annotations(name, (made or task["predictions"])[-1]["result"])
    except FileNotFoundError as error:
        raise CodebookError(file, None, "no such file") from error
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise CodebookError(
            file, None, "is no export of Label Studio as JSON, of tasks that were written here"
        ) from error
    return Annotated(texts, tuple(found), (str(file),))


def _annotations(article_id: str, result: Sequence[Mapping[str, object]]) -> Iterator[Annotation]:
    regions: dict[str, tuple[str, int, int]] = {}
    told: dict[str, dict[str, str]] = {}
    tied: dict[str, dict[str, str]] = {}
    for one in result:
        if one["type"] == "relation":
            tied.setdefault(one["to_id"], {}).update(
                {label.partition(" ")[0]: one["from_id"] for label in one["labels"]}
            )
            continue
        value = one["value"]
        if one["type"] == "labels":
            regions[one["id"]] = (value["labels"][0], int(value["start"]), int(value["end"]))
        else:
            said = value.get("choices") or value.get("text") or [""]
            told.setdefault(one["id"], {})[one["from_name"]] = said if isinstance(said, str) else said[-1]
    for name, (table, start, end) in regions.items():
        if table in LAYERS:
            own = {part: told.get(name, {}).get(_control(table, part), "") for part in LAYERS[table]}
            parts = tuple((part, regions[tied[name][part]][1:]) for part in PARTS if part in tied.get(name, {}))
            yield Annotation(table, article_id, _row(name, table), start, end, features_of(table, own), parts)


def _row(name: str, table: str) -> int:
    """The number of the row that a region was made of; 0 for one that a person drew."""
    number = name.removeprefix(f"{table}-")
    return int(number) if number.isdigit() else 0
