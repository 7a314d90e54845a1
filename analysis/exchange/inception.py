"""INCEpTION: each article as a UIMA CAS in JSON, made and read by dkpro-cassis.

Every layer is a type of its own (``webanno.custom.Statement``) with its features as strings, beside the sentences and
tokens that INCEpTION asks for. Source and cue of a statement are layers too; their feature `statement` names it.
Klie et al. 2018 (INCEpTION), Eckart de Castilho 2024 (UIMA CAS JSON 0.4).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.codebook import CodebookError
from analysis.exchange.annotations import LAYERS, PARTS, Annotated, Annotation, features_of

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

PREFIX = "webanno.custom."
TYPES = {table: f"{PREFIX}{table[:-1].capitalize()}" for table in LAYERS}
PART_TYPES = {name: f"{PREFIX}{name.capitalize()}" for name in PARTS}
SEGMENTS = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type."
ROW, STATEMENT = "row", "statement"
RESERVED = {"source": "holder"}
"""A feature that would be called like a layer -> its name there."""
ENDING = ".json"


@cache
def types() -> TypeSystem:
    """The types of the layers, beside those of DKPro Core."""
    from cassis import load_dkpro_core_typesystem

    system = load_dkpro_core_typesystem()
    for table, name in TYPES.items():
        made = system.create_type(name=name, supertypeName="uima.tcas.Annotation")
        for feature in (ROW, *LAYERS[table]):
            system.create_feature(domainType=made, name=_called(feature), rangeType="uima.cas.String")
    for name in PART_TYPES.values():
        made = system.create_type(name=name, supertypeName="uima.tcas.Annotation")
        system.create_feature(domainType=made, name=STATEMENT, rangeType="uima.cas.String")
    return system


def _called(feature: str) -> str:
    return RESERVED.get(feature, feature)


def write(annotated: Annotated, folder: Path) -> list[Path]:
    """Write one file for each article, named after it."""
    files = []
    for name, text in annotated.texts.items():
        files.append(folder / f"{name}{ENDING}")
        _cas(name, text, annotated).to_json(files[-1], pretty_print=True)
    return files


def _cas(name: str, text: str, annotated: Annotated) -> Cas:
    from cassis import Cas

    cas = Cas(typesystem=types())
    cas.sofa_string, cas.sofa_mime, cas.document_language = text, "text/plain", "en"
    for kind, pattern in (("Sentence", None), ("Token", r"\w+(?:['’.-]\w+)*|[^\w\s]")):
        made = types().get_type(f"{SEGMENTS}{kind}")
        spans = annotated.sentences.get(name, ()) if pattern is None else (m.span() for m in re.finditer(pattern, text))
        cas.add_all([made(begin=start, end=end) for start, end in spans])
    for one in annotated.of(name):
        told = {_called(feature): value for feature, value in one.features}
        cas.add(types().get_type(TYPES[one.table])(begin=one.start, end=one.end, row=str(one.row), **told))
        for part, (start, end) in one.parts:
            cas.add(types().get_type(PART_TYPES[part])(begin=start, end=end, statement=str(one.row)))
    return cas


def read(path: Path) -> Annotated:
    """What stands in a file, or in all files of a folder, that INCEpTION exported as UIMA CAS JSON.

    Raises :class:`analysis.codebook.CodebookError` for a file that is no CAS.
    """
    files = sorted(path.glob(f"*{ENDING}")) if path.is_dir() else [path]
    if not files:
        raise CodebookError(path, None, f"is no folder with files {ENDING} of INCEpTION")
    texts, found = {}, []
    for file in files:
        cas = _loaded(file)
        texts[file.stem] = cas.sofa_string or ""
        known = {kind.name for kind in cas.typesystem.get_types()}
        parts: dict[str, dict[str, tuple[int, int]]] = {}
        for part, kind in PART_TYPES.items():
            for one in cas.select(kind) if kind in known else ():
                parts.setdefault(str(one[STATEMENT] or ""), {})[part] = (one.begin, one.end)
        for table, kind in TYPES.items():
            found += [_annotation(file.stem, table, one, parts) for one in (cas.select(kind) if kind in known else ())]
    return Annotated(texts, tuple(found), files=tuple(map(str, files)))


def _loaded(file: Path) -> Cas:
    from cassis import load_cas_from_json

    try:
        with file.open("rb") as source:
            return load_cas_from_json(source, lenient=True)
    except FileNotFoundError as error:
        raise CodebookError(file, None, "no such file") from error
    except Exception as error:  # the reader raises whatever a broken file makes it stumble over
        raise CodebookError(file, None, "is no UIMA CAS as JSON") from error


def _annotation(name: str, table: str, one, parts: Mapping[str, Mapping[str, tuple[int, int]]]) -> Annotation:
    told = {feature: one[_called(feature)] for feature in LAYERS[table]}
    row = str(one[ROW] or "")
    own = parts.get(row, {}) if table == "statements" else {}
    spans = tuple((part, own[part]) for part in PARTS if part in own)
    number = int(row) if row.isdigit() else 0
    return Annotation(table, name, number, one.begin, one.end, features_of(table, told), spans)
