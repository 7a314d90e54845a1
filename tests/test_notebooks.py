"""The notebooks: committed as they come out, and running alone on any article."""

import re
import shutil
from itertools import zip_longest

import lxml.html
import nbformat
import pytest
from nbclient import NotebookClient

from analysis import schema
from analysis.report import notebooks
from tests.helpers import SEED_FILE

NOTEBOOKS = notebooks.notebooks()
(CORPUS,), (VALIDATION,) = notebooks.corpus_notebooks(), notebooks.validation_notebooks()
ALL = [*NOTEBOOKS, CORPUS, VALIDATION]
SEEDS = SEED_FILE.parent
DRAWN = {
    "01": [],
    "02": ["words", "positions", "verbs"],
    "03": ["stances", "told", "network", "tone", "sentiments", "measures"],
    "04": ["frames", "along", "learned", "roles", "headline", "order", "speech", "pairs"],
}
"""The figures of each notebook, by the names that the report gives them."""
CORRECTED = {
    name: f"correct/{kind}.xlsx"
    for name, kind in zip(DRAWN, "actors statements positions framing".split(), strict=True)
}
"""The workbook that each notebook writes, to be corrected."""
PARAMETERS = {
    "ARTICLE",
    "OUTPUT",
    "CAMPS",
    "FRAMES",
    "METHOD",
    "EVIDENCE",
    "MODEL",
    "CAMPS_BY",
    "PEOPLE",
    "STORE",
    "CORRECTIONS",
}
"""What a report can set in every notebook; those with figures have FIGURES too."""
OF_A_CORPUS = {"CORPUS", "ALIASES", "OUTLETS", "SINCE", "UNTIL", "ACTOR", "ONCE", "LEAST"}
OTHERS = {
    CORPUS: OF_A_CORPUS,
    VALIDATION: {"CORPUS", "QUESTION", "SCHEME", "SHEETS", "CODERS", "NUMBER", "SEED", "CODER", "CODER_MODEL"},
}
COMPARED = (
    "articles words-by-outlet stance-by-outlet told-by-outlet frames-by-outlet frames-by-month speech-by-outlet network"
)
"""The figures of the notebook on a corpus."""
AGAIN = "The notebook no longer gives what is committed: execute it again, and read what changed."

TALK = """Norland minister offers "$5 & more" to <Sudonia>

PORT VALE - Norland's transport minister Ada Quill said on Monday that Sudonia is blocking the harbour for $5 a ship.

"We will help the fishermen with $40," Quill told reporters. Some warn that the plan is dead.

Sudonia has dismissed the claims."""
SILENCE = """Rain over the valley

The river rose by two metres during the night. The bridge near the mill is closed until the end of the week."""


def read(notebook):
    return nbformat.read(notebook, as_version=4)


def code(content):
    return [cell for cell in content.cells if cell.cell_type == "code"]


def shown(cell):
    """What a reader sees of a cell: its tables as they are, of its figures only that there is one."""
    seen = []
    for output in cell.outputs:
        assert output.output_type in ("execute_result", "display_data"), f"{cell.source}\n{output}"
        html, picture = output.data.get("text/html"), output.data.get("image/png")
        assert html or picture, f"neither a table nor a figure:\n{cell.source}"
        seen.append(html or "figure")
    return seen


def _assigned(line, values):
    name = line.split(" = ")[0]
    return f"{name} = {values[name]!r}" if name in values else line


def with_parameters(notebook, **values):
    """The notebook without its outputs, other values in its cell tagged "parameters"."""
    content = read(notebook)
    for cell in code(content):
        cell.outputs = []
        if "parameters" in cell.metadata.get("tags", []):
            cell.source = "\n".join(_assigned(line, values) for line in cell.source.splitlines())
    return content


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """One store for all notebooks, as a reader has it: no article is analysed twice."""
    return str(tmp_path_factory.mktemp("kept") / "store")


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda notebook: notebook.stem)
def runs(request, tmp_path_factory, store):
    """A notebook, and what came of it on the seed, on an article with statements and on one without.

    One kernel runs all three to load the language model once; what the run before left is deleted.
    """
    notebook, folder = request.param, tmp_path_factory.mktemp("copy")
    (folder / "notebooks").mkdir()
    shutil.copytree(SEEDS, folder / "seeds")
    (folder / "talk.txt").write_text(TALK, encoding="utf-8")
    (folder / "silence.txt").write_text(SILENCE, encoding="utf-8")
    (folder / "camps.csv").write_text("name,camp\nSudonia,Upper Coast\n", encoding="utf-8")
    kept, fewer = {"STORE": store}, {"STORE": store, "FIGURES": "png"}
    contents = {
        "seed": with_parameters(notebook, OUTPUT="../seed", **kept),
        "talk": with_parameters(notebook, ARTICLE="../talk.txt", OUTPUT="../talk", CAMPS="../camps.csv", **fewer),
        "silence": with_parameters(notebook, ARTICLE="../silence.txt", OUTPUT="../silence", **fewer),
    }
    client = NotebookClient(
        contents["seed"], timeout=300, kernel_name="python3", resources={"metadata": {"path": folder / "notebooks"}}
    )
    with client.setup_kernel():
        for content in contents.values():
            for client.nb in (content, nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("%reset -f")])):
                for number, cell in enumerate(client.nb.cells):
                    client.execute_cell(cell, number)
    return notebook, contents, folder


def test_all_four_are_there():
    assert [notebook.stem[:2] for notebook in NOTEBOOKS] == list(DRAWN)


@pytest.mark.parametrize("notebook", ALL, ids=lambda notebook: notebook.stem)
def test_notebook_is_written_for_readers(notebook):
    content = read(notebook)
    assert content.cells[0].cell_type == "markdown" and "?**" in content.cells[0].source, "the question comes first"
    known = PARAMETERS if notebook in NOTEBOOKS else PARAMETERS - {"ARTICLE"} | OTHERS[notebook]
    assert notebooks.parameters_of(notebook) - {"FIGURES"} == known
    for cell, following in zip(content.cells, [*content.cells[1:], None], strict=True):
        if cell.cell_type != "code":
            continue
        lines = cell.source.splitlines()
        assert len(lines) <= 8 and all(len(line) <= 110 for line in lines), cell.source
        assert not re.search(r"^\s*(def|class) |sys\.path|warnings", cell.source, re.M), cell.source
        if not cell.metadata.get("tags"):
            assert len(shown(cell)) == 1, f"a cell ends in one table or one figure:\n{cell.source}"
            assert following.cell_type == "markdown", f"no word on how to read it:\n{cell.source}"


@pytest.mark.parametrize("notebook", ALL, ids=lambda notebook: notebook.stem)
def test_notebook_is_committed_as_it_came_out(notebook):
    content, text = read(notebook), notebook.read_text(encoding="utf-8")
    assert [cell.execution_count for cell in code(content)] == list(range(1, len(code(content)) + 1))
    assert content.metadata.kernelspec.name == "python3" and "version" not in content.metadata.language_info
    assert all(set(cell.metadata) <= {"tags"} for cell in content.cells)
    without_pictures = re.sub(r'"image/png": "[^"]*"', "", text)
    assert not re.search(r" at 0x|/home/|/root/|/Users/|/tmp/|site-packages|Traceback|Warning", without_pictures)
    assert len(text) < 1_000_000


def test_notebook_gives_the_committed_tables_again(runs):
    notebook, contents, _ = runs
    for before, after in zip(code(read(notebook)), code(contents["seed"]), strict=True):
        for one, other in zip(shown(before), shown(after), strict=True):
            assert not (found := changed(one, other)), f"{AGAIN}\n{before.source}\n{found}"


def changed(before, after):
    """The cells of two tables that differ: texts at all, numbers by more than their last digit shown or 0.001."""
    rows, others = cells(before), cells(after)
    if len(rows) != len(others) or rows[:1] != others[:1]:
        return f"{len(rows)} rows {rows[:1]}, now {len(others)} rows {others[:1]}"
    return "\n".join(
        f"row {number}, {name}: {one!r}, now {other!r}"
        for number, (row, again) in enumerate(zip(rows, others, strict=True))
        for name, one, other in zip_longest(rows[0], row, again, fillvalue="")
        if not same(name, one, other)
    )


def cells(html):
    """The cells of a table, row by row; what is no table is one cell."""
    rows = [[cell.text_content() for cell in row] for row in lxml.html.fromstring(f"<div>{html}</div>").iter("tr")]
    return rows or [["text"], [html]]


def same(name, one, other):
    if one == other or (name in WEIGHED and one and other):
        return True
    try:
        return abs(float(one) - float(other)) <= max(0.001, 10.0 ** -len(one.partition(".")[2]) * 1.001) < 1
    except ValueError:
        return False


WEIGHED = ("Words that decided", "words that add most")
"""Columns with words that a model weighed: two that weigh nearly the same may change places."""


def test_a_changed_cell_is_named():
    table = "<table><tr><th>frame</th><th>chance</th></tr><tr><td>{}</td><td>{}</td></tr></table>"
    assert not changed(table.format("conflict", "0.82"), table.format("conflict", "0.83"))
    assert "row 1, frame: 'conflict', now 'crime'" in changed(table.format("conflict", 1), table.format("crime", 1))
    assert "row 1, chance" in changed(table.format("conflict", "0.82"), table.format("conflict", "0.84"))
    assert "row 1, chance" in changed(table.format("conflict", "3"), table.format("conflict", "4"))
    assert "2 rows" in changed(table.format("conflict", 1), "<table></table>")


@pytest.mark.parametrize("article", ["talk", "silence"])
def test_notebook_runs_on_other_articles(runs, article):
    _, contents, _ = runs
    for cell in code(contents[article]):
        assert len(shown(cell)) == (0 if cell.metadata.get("tags") else 1), cell.source


def test_notebook_shows_the_words_of_the_article_as_text(runs):
    _, contents, _ = runs
    html = "".join(part for cell in code(contents["talk"]) for part in shown(cell))
    assert "&lt;Sudonia&gt;" in html and "<Sudonia>" not in html
    dollars = [part for cell in code(contents["talk"]) for part in shown(cell) if "$" in part]
    assert dollars and all("mathjax_ignore" in part for part in dollars), "prices would be set as formulas"


def test_notebook_takes_the_camps_that_it_is_given(runs):
    *_, folder = runs
    assert "Upper Coast" in (folder / "talk" / "tables" / "actors.csv").read_text(encoding="utf-8")
    assert "Upper Coast" not in (folder / "silence" / "tables" / "actors.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("article", ["seed", "talk", "silence"])
def test_notebook_writes_what_it_says(runs, article):
    notebook, contents, folder = runs
    written = {file.relative_to(folder / article).as_posix() for file in (folder / article).rglob("*.*")}
    ends = ("png", "svg", "pdf", "txt", "csv") if article == "seed" else ("png", "txt", "csv")
    figures = {f"figures/{name}.{end}" for name in DRAWN[notebook.stem[:2]] for end in ends}
    if article != "seed":  # nothing to draw has no numbers
        written |= {name for name in figures if name.endswith(".csv")}
    assert (
        written
        == {CORRECTED[notebook.stem[:2]], "tables/tables.xlsx", *(f"tables/{name}.csv" for name in schema.TABLES)}
        | figures
    )
    last = shown(code(contents[article])[-1])[0]
    assert set(re.findall(r"(?:figures|tables)/\w+", last)) == {
        name.split(".")[0] for name in written if not name.startswith("correct")
    }


# --- the notebook on a corpus ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def compared(tmp_path_factory, store):
    """What came of the notebook on the sample corpus, and on two articles that say nothing about their outlets."""
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "notebooks").mkdir()
    (folder / "two").mkdir()
    shutil.copytree(SEEDS, folder / "seeds")
    (folder / "two" / "talk.txt").write_text(TALK, encoding="utf-8")
    (folder / "two" / "silence.txt").write_text(SILENCE, encoding="utf-8")
    two = {"CORPUS": "../two", "OUTPUT": "../two-out", "CAMPS": None, "METHOD": "rules", "STORE": None}
    contents = {
        "sample": with_parameters(CORPUS, OUTPUT="../sample", STORE=store),
        "two": with_parameters(CORPUS, **two),
    }
    for content in contents.values():
        place = {"metadata": {"path": folder / "notebooks"}}
        NotebookClient(content, timeout=300, kernel_name="python3", resources=place).execute()
    return contents, folder


def test_the_comparison_gives_the_committed_tables_again(compared):
    contents, folder = compared
    for before, after in zip(code(read(CORPUS)), code(contents["sample"]), strict=True):
        for one, other in zip(shown(before), shown(after), strict=True):
            assert not (found := changed(one, other)), f"{AGAIN}\n{before.source}\n{found}"
    figures = {file.stem for file in (folder / "sample" / "figures").glob("*.pdf")}
    assert figures == set(COMPARED.split())
    assert (folder / "sample" / "comparison" / "tests.csv").is_file()


def test_the_sample_corpus_has_something_to_find_and_says_what_is_invented(compared):
    import pandas as pd

    _, folder = compared
    tests = pd.read_csv(folder / "sample" / "comparison" / "tests.csv")
    assert {"Norland", "Westmark"} <= set(tests.loc[tests["differs"], "item"])
    invented = pd.read_json(SEEDS / "corpus" / "invented.jsonl", lines=True)
    assert len(invented) >= 8 and invented["note"].str.startswith("invented").all()
    real = pd.read_json(SEEDS / "corpus" / "wikinews.jsonl", lines=True)
    assert len(real) == 12 and real["attribution"].str.contains("CC BY 2.5").all()


def test_two_articles_can_be_compared_too(compared):
    contents, _ = compared
    for cell in code(contents["two"]):
        assert len(shown(cell)) == (0 if cell.metadata.get("tags") else 1), cell.source


# --- the notebook on coders ----------------------------------------------------------------------------------------


def test_the_validation_gives_the_committed_tables_again_and_writes_sheets_where_there_are_none(tmp_path, store):
    (tmp_path / "notebooks").mkdir()
    shutil.copytree(SEEDS, tmp_path / "seeds")
    place = {"metadata": {"path": tmp_path / "notebooks"}}
    again = with_parameters(VALIDATION, STORE=store)
    NotebookClient(again, timeout=300, kernel_name="python3", resources=place).execute()
    for before, after in zip(code(read(VALIDATION)), code(again), strict=True):
        for one, other in zip(shown(before), shown(after), strict=True):
            assert not (found := changed(one, other)), f"{AGAIN}\n{before.source}\n{found}"
    new = with_parameters(VALIDATION, STORE=store, SHEETS="../mine", CODERS=["AB"], QUESTION="role", NUMBER=10)
    NotebookClient(new, timeout=300, kernel_name="python3", resources=place).execute()
    assert {file.name for file in (tmp_path / "mine").iterdir()} == {"role-AB.xlsx", "key-role.csv"}
    assert all(len(shown(cell)) == 1 for cell in code(new) if not cell.metadata.get("tags"))
