"""The manifest: what is needed to run it again."""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from analysis import __version__, codebook
from analysis.export.folders import DISTRIBUTION, MANIFEST, sums
from analysis.export.tables import without_folders
from analysis.language import models
from analysis.schema import Analysis


def manifest(analysis: Analysis, *, model: str, parameters: Mapping[str, object]) -> dict[str, object]:
    """What is needed to run it again: versions, model, hashes, parameters, and what came out.

    `model` is name and version of the language model; files stand by their names, without folders.
    """
    inputs = analysis.articles[["article_id", "source_file", "sha256"]].to_dict("records")
    rows = {name: len(table) for name, table in analysis.tables.items()}
    return provenance(model=model, parameters=parameters) | {
        "input": [{**row, "source_file": Path(row["source_file"]).name} for row in inputs],
        "rows": rows,
        "problems": without_folders(analysis.problems)
        .astype(object)
        .where(analysis.problems.notna(), None)
        .to_dict("records"),
    }


def provenance(*, model: str, parameters: Mapping[str, object]) -> dict[str, object]:
    """What made it: versions, model, hashes, parameters."""
    return {
        "package": {"name": DISTRIBUTION, "version": __version__},
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "model": model,
        "parameters": dict(parameters),
        "codebook": codebook.hashes(),
        "weights": models.sums(),
        "dependencies": dependencies(),
    }


def dependencies(package: str = DISTRIBUTION) -> dict[str, str]:
    """Name -> version of everything that the package needs and that is installed, what those need included."""
    found: dict[str, str] = {}
    open_names = [package]
    while open_names:
        for requirement in requires(open_names.pop()) or []:
            name = re.match(r"[\w.-]+", requirement)[0].lower().replace("_", "-")
            if name in found or "extra ==" in requirement:
                continue
            with suppress(PackageNotFoundError):
                found[name] = version(name)
                open_names.append(name)
    return dict(sorted(found.items()))


def write_manifest(content: Mapping[str, object], folder: Path) -> None:
    """The manifest as ``manifest.json``."""
    text = json.dumps(content, indent=2, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def is_made_from(target: Path, made_from: str) -> bool:
    """Whether a folder holds what rests on just this, with every file as it was written."""
    try:
        manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
        return manifest["made_from"] == made_from and manifest["files"] == sums(target)
    except (OSError, ValueError, KeyError, TypeError):
        return False
