"""The wheel: everything that a run needs and every notice is in it, and nothing else."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BUILD = "from setuptools import build_meta; print(build_meta.build_wheel('dist'))"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel built of a copy of the sources, without a connection."""
    copy = tmp_path_factory.mktemp("sources") / "copy"
    named = ("analysis", "notebooks", "licences", "LICENSE", "NOTICE", "README.md", "pyproject.toml")
    for name in named:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
        else:
            copy.mkdir(exist_ok=True)
            shutil.copyfile(source, copy / name)
    done = subprocess.run([sys.executable, "-c", BUILD], cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    with zipfile.ZipFile(copy / "dist" / done.stdout.split()[-1]) as built:
        yield built


def test_the_notices_of_others_go_with_it(wheel):
    names = wheel.namelist()
    (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
    text = wheel.read(metadata).decode("utf-8")
    assert "License-Expression: MIT AND Apache-2.0 AND Unicode-3.0 AND CC-BY-4.0" in text and "Name: newsvoices" in text
    for file in ("LICENSE", "NOTICE", "licences/Apache-2.0.txt", "licences/Unicode-3.0.txt"):
        assert f"License-File: {file}" in text and any(name.endswith(f"licenses/{file}") for name in names), file


def test_what_a_run_needs_is_in_it_and_nothing_else(wheel):
    names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    wanted = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "analysis").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    notebooks = {f"analysis/notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert len(notebooks) >= 4
    assert names == wanted | notebooks
