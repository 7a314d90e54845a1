"""The notebooks: copied out to be worked in, and executed on the article of a report."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import lazy_loader

from analysis.export import OutputError

if TYPE_CHECKING:
    from nbclient import NotebookClient
    from nbformat import NotebookNode

nbformat, nbclient = (lazy_loader.load(name) for name in ("nbformat", "nbclient"))
"""Loaded when a notebook is first read: a second, which a run without notebooks need not wait."""

CELL_SECONDS = 600
"""Time that one cell of a notebook may take."""
QUIET = ["--Application.log_level=40"]
"""The kernel says that it is not encrypted, which on one's own machine is no news."""
RESET = "%reset -f"
WARM = "from analysis import analyse, charts, export, findings, load_all, read_sides\nfrom analysis.report import views"
"""What takes seconds to load, and every notebook needs."""


def notebooks() -> list[Path]:
    """The notebooks on one article, in their order: those in the installed package, else those beside it."""
    return sorted(_shelf().glob("0[1-4]-*.ipynb"))


def corpus_notebooks() -> list[Path]:
    """The notebooks on a corpus."""
    return sorted(_shelf().glob("05-*.ipynb"))


def validation_notebooks() -> list[Path]:
    """The notebooks that compare the tool with coders."""
    return sorted(_shelf().glob("06-*.ipynb"))


def _shelf() -> Path:
    installed, beside = (Path(__file__).parents[n] / "notebooks" for n in (1, 2))
    return installed if installed.is_dir() else beside


def copy_notebooks(folder: Path, article: Path | None = None) -> list[Path]:
    """Write the notebooks without their outputs into a folder, to be worked in; returns the files.

    They read `article`, or a file ``article.txt`` that is to be put beside them, and write into ``output`` there; the
    ones on a corpus read a folder ``articles``, and write their sheets into ``sheets``.
    Raises :class:`OutputError` if one of them is there already.
    """
    sources = [*notebooks(), *corpus_notebooks(), *validation_notebooks()]
    targets = [folder / one.name for one in sources]
    there = [one for one in targets if one.exists()]
    if there:
        raise OutputError(f"{there[0]}: there already; name another folder, or move it away first.")
    folder.mkdir(parents=True, exist_ok=True)
    named = str(article.resolve()) if article else "article.txt"
    own = {
        "ARTICLE": named,
        "OUTPUT": "output",
        "STORE": "output/store",
        "CORPUS": "articles",
        "CAMPS": None,
        "SHEETS": "sheets",
    }
    for source, target in zip(sources, targets, strict=True):
        content = nbformat.read(source, as_version=4)
        _set_parameters(content, own, parameters_of(source))
        for cell in content.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(content, target)
    return targets


def run_notebooks(
    named: Sequence[Path],
    folder: Path,
    parameters: Mapping[str, object],
    *,
    step: Callable[[str], None] = lambda _: None,
) -> dict[str, str | None]:
    """Execute notebooks as :meth:`Kernel.run` does, and wait for them; the error of each that has one."""
    with Kernel() as kernel:
        return kernel.run(named, folder, parameters, step=step).result()


class Kernel:
    """A kernel that executes one notebook after the other, beside whatever else is done.

    It starts, and loads what notebooks need, when the block begins; what a notebook leaves in it is deleted before the
    next.
    """

    def __enter__(self) -> Kernel:
        self._client: NotebookClient | None = None
        self._open = ExitStack()
        self._turns = ThreadPoolExecutor(1)
        self._turns.submit(self._start)
        return self

    def __exit__(self, *_: object) -> None:
        self._turns.submit(self._open.close)
        self._turns.shutdown()

    def run(
        self,
        named: Sequence[Path],
        folder: Path,
        parameters: Mapping[str, object],
        *,
        step: Callable[[str], None] = lambda _: None,
    ) -> Future[dict[str, str | None]]:
        """Execute notebooks and keep them in `folder`; in the end, the error of each that has one.

        The values replace the assignments in the cells tagged "parameters", as far as a notebook has them; paths count
        from `folder`. `step` is called with the name of each before it runs.
        """
        return self._turns.submit(self._run, named, folder, parameters, step)

    def _start(self) -> None:
        told = {"timeout": CELL_SECONDS, "kernel_name": "python3", "record_timing": False, "extra_arguments": QUIET}
        told["shutdown_kernel"] = "immediate"  # nothing in it is worth the second that it takes to say goodbye
        client = nbclient.NotebookClient(nbformat.v4.new_notebook(), **told)
        self._open.enter_context(client.setup_kernel())
        self._client = client
        self._do(WARM)

    def _do(self, code: str) -> None:
        _executed(self._client, nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)]))

    def _run(
        self,
        named: Sequence[Path],
        folder: Path,
        parameters: Mapping[str, object],
        step: Callable[[str], None],
    ) -> dict[str, str | None]:
        from jupyter_client.kernelspec import NoSuchKernel

        folder.mkdir(parents=True, exist_ok=True)
        found: dict[str, str | None] = {}
        for notebook in named:
            step(notebook.stem)
            try:
                found[notebook.name] = self._one(notebook, folder, parameters)
            except NoSuchKernel as error:
                found[notebook.name] = str(error)
        return found

    def _one(self, notebook: Path, folder: Path, parameters: Mapping[str, object]) -> str | None:
        content = nbformat.read(notebook, as_version=4)
        _set_parameters(content, parameters, parameters_of(notebook))
        if self._client is None:
            self._start()
        self._do(f"import os; os.chdir({str(folder.resolve())!r})")
        error = _executed(self._client, content)
        nbformat.write(content, folder / notebook.name)
        if isinstance(error, nbclient.exceptions.DeadKernelError):
            self._open.close()
            self._client = None
        else:
            self._do(RESET)
        return None if error is None else _sentence(error)


def _executed(client: NotebookClient, content: NotebookNode) -> Exception | None:
    """Execute the cells of a notebook; the error that ended it."""
    errors = nbclient.exceptions
    client.nb = content
    client.reset_execution_trackers()
    try:
        for number, cell in enumerate(content.cells):
            client.execute_cell(cell, number, execution_count=client.code_cells_executed + 1)
    except (errors.CellExecutionError, errors.CellTimeoutError, errors.DeadKernelError) as error:
        return error
    return None


def _sentence(error: Exception) -> str:
    return getattr(error, "evalue", "") or str(error).splitlines()[-1]


def parameters_of(notebook: Path) -> set[str]:
    """The names that the notebook's cells tagged "parameters" assign."""
    cells = nbformat.read(notebook, as_version=4).cells
    return {name for cell in cells if _is_parameters(cell) for name in re.findall(r"^(\w+) *=", cell.source, re.M)}


def _is_parameters(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and "parameters" in cell.metadata.get("tags", [])


def _set_parameters(content: NotebookNode, parameters: Mapping[str, object], known: set[str]) -> None:
    cells = [cell for cell in content.cells if _is_parameters(cell)]
    if not cells:
        raise OutputError("A notebook has no code cell tagged 'parameters': add one that sets ARTICLE and OUTPUT.")
    for name in known.intersection(parameters):
        value = parameters[name]
        line = f"{name} = {json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)}"
        for cell in cells:
            cell.source = re.sub(rf"^{name} *=.*$", lambda _, line=line: line, cell.source, flags=re.M)
