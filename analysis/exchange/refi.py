"""REFI-QDA: a project (.qdpx) for NVivo, MAXQDA, ATLAS.ti and QualCoder, and its codings read back.

The codebook has a code for each layer, in it one for each feature, in it one for each value; a row is a stretch of text
with one coding for each of its features. Outlet, date and the like are variables of the sources. Positions are counted
in Unicode characters. Standard: REFI-QDA 1.5, namespace ``urn:QDA-XML:project:1.0``.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from analysis.codebook import CodebookError
from analysis.exchange.annotations import LAYERS, Annotated, Annotation, features_of

NAMESPACE = "urn:QDA-XML:project:1.0"
SPACE = uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)
PROJECT, SOURCES, INTERNAL = "project.qde", "Sources", "internal://"
FILE = "project.qdpx"
ORIGIN = "newsvoices"
BEGIN = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the archive, so that the same content is the same bytes."""


def write(annotated: Annotated, folder: Path) -> list[Path]:
    """Write the project as one file."""
    file = folder / FILE
    content = {f"{SOURCES}/{_guid('source', name)}.txt": text.encode("utf-8") for name, text in annotated.texts.items()}
    content[PROJECT] = etree.tostring(_project(annotated), encoding="utf-8", xml_declaration=True, standalone=True)
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(ZipInfo(name, BEGIN), data, ZIP_DEFLATED)
    return [file]


def _guid(*parts: object) -> str:
    return str(uuid.uuid5(SPACE, "\t".join(map(str, parts))))


def _project(annotated: Annotated) -> etree._Element:
    """The project in the order that its schema asks for: users, codebook, variables, sources."""
    user = _guid("user")
    root = etree.Element("Project", nsmap={None: NAMESPACE}, name="Statements, positions, framing", origin=ORIGIN)
    root.set("creatingUserGUID", user)
    etree.SubElement(etree.SubElement(root, "Users"), "User", guid=user, name=ORIGIN)
    codes = etree.SubElement(etree.SubElement(root, "CodeBook"), "Codes")
    for table, features in _values(annotated).items():
        layer = etree.SubElement(codes, "Code", guid=_guid("code", table), name=table, isCodable="false")
        for feature, values in features.items():
            about = {"guid": _guid("code", table, feature), "name": feature.replace("_", " ")}
            asked = etree.SubElement(layer, "Code", **about, isCodable="false")
            for value in values:
                own = {"guid": _guid("code", table, feature, value), "name": _clean(value)}
                etree.SubElement(asked, "Code", **own, isCodable="true")
    names = sorted({name for about in annotated.about.values() for name in about})
    variables = etree.SubElement(root, "Variables") if names else None
    for name in names:
        etree.SubElement(variables, "Variable", guid=_guid("variable", name), name=name, typeOfVariable="Text")
    sources = etree.SubElement(root, "Sources")
    for name in annotated.texts:
        _source(sources, name, annotated, user)
    return root


def _values(annotated: Annotated) -> dict[str, dict[str, list[str]]]:
    """Layer -> feature -> the values that occur."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    for one in annotated.annotations:
        for name, value in one.features:
            found.setdefault(one.table, {}).setdefault(name, {})[value] = None
    ordered = {table: found[table] for table in LAYERS if table in found}
    return {table: {name: sorted(told) for name, told in features.items()} for table, features in ordered.items()}


def _source(sources: etree._Element, name: str, annotated: Annotated, user: str) -> None:
    guid = _guid("source", name)
    source = etree.SubElement(sources, "TextSource", guid=guid, name=name, plainTextPath=f"{INTERNAL}{guid}.txt")
    source.set("creatingUser", user)
    for one in annotated.of(name):
        place = {"startPosition": str(one.start), "endPosition": str(one.end), "creatingUser": user}
        about = {"guid": _guid("selection", name, one.name), "name": one.name}
        selection = etree.SubElement(source, "PlainTextSelection", **about, **place)
        for feature, value in one.features:
            own = {"guid": _guid("coding", name, one.name, feature), "creatingUser": user}
            coding = etree.SubElement(selection, "Coding", **own)
            etree.SubElement(coding, "CodeRef", targetGUID=_guid("code", one.table, feature, value))
    for variable, value in annotated.about.get(name, {}).items():
        told = etree.SubElement(source, "VariableValue")
        etree.SubElement(told, "VariableRef", targetGUID=_guid("variable", variable))
        etree.SubElement(told, "TextValue").text = _clean(value)


def _clean(text: str) -> str:
    """Without the characters that XML does not know."""
    return "".join(one if one in "\t\n\r" or ord(one) >= 32 else " " for one in text)


def read(path: Path) -> Annotated:
    """The coded stretches of text of a project.

    Raises :class:`analysis.codebook.CodebookError` for a file that is no project.
    """
    file = path / FILE if path.is_dir() else path
    try:
        with ZipFile(file) as archive:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(archive.read(PROJECT), parser)
            codes = dict(_codes(root))
            texts, found = {}, []
            for source in root.iter(f"{{{NAMESPACE}}}TextSource"):
                name = source.get("name")
                inner = f"{SOURCES}/{source.get('plainTextPath').removeprefix(INTERNAL)}"
                texts[name] = archive.read(inner).decode("utf-8-sig").replace("\r\n", "\n")
                found += _selections(source, name, codes)
    except FileNotFoundError as error:
        raise CodebookError(file, None, "no such file") from error
    except (OSError, BadZipFile, KeyError, ValueError, AttributeError, etree.XMLSyntaxError) as error:
        raise CodebookError(file, None, "is no REFI-QDA project (.qdpx) that was written here") from error
    return Annotated(texts, tuple(found), files=(str(file),))


def _codes(root: etree._Element) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """GUID -> layer, feature, value of each code that stands three deep."""
    tag = f"{{{NAMESPACE}}}Code"
    for layer in root.iterfind(f".//{{{NAMESPACE}}}Codes/{tag}"):
        for feature in layer.iterfind(tag):
            for value in feature.iterfind(tag):
                names = (layer.get("name"), feature.get("name").replace(" ", "_"), value.get("name"))
                yield value.get("guid").lower(), names


def _selections(
    source: etree._Element, article_id: str, codes: Mapping[str, tuple[str, str, str]]
) -> Iterator[Annotation]:
    for selection in source.iterfind(f"{{{NAMESPACE}}}PlainTextSelection"):
        layers: dict[str, dict[str, str]] = {}
        for reference in selection.iter(f"{{{NAMESPACE}}}CodeRef"):
            table, feature, value = codes.get(reference.get("targetGUID").lower(), ("", "", ""))
            if table in LAYERS:
                layers.setdefault(table, {})[feature] = value
        place = (int(selection.get("startPosition")), int(selection.get("endPosition")))
        for table, told in layers.items():
            number = (selection.get("name") or "").removeprefix(f"{table}-")
            row = int(number) if number.isdigit() else 0
            yield Annotation(table, article_id, row, *place, features_of(table, told))
