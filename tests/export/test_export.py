"""Tables, manifest, folders and notebooks: nothing live, nothing half-written, nothing of the machine."""

import csv
import hashlib
import json
from pathlib import Path

import nbformat
import openpyxl
import pandas as pd
import pytest

from analysis import export, schema
from analysis.export import OutputError, replacing
from analysis.pipeline import analyse
from analysis.reading.article import read_text
from analysis.report.notebooks import parameters_of, run_notebooks
from analysis.schema import Analysis

LIVE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "plain", '=HYPERLINK("http://x")']


@pytest.fixture
def actors():
    rows = [
        {"article_id": "a", "actor_id": f"x{i}", "name": name, "kind": "group", "method": "m"}
        for i, name in enumerate(LIVE)
    ]
    rows[0] |= {"mentions": 3, "confidence": 0.25, "official": True}
    return schema.tabulate("actors", rows)


def test_no_text_becomes_a_formula_in_csv(tmp_path, actors):
    export.write_tables({"actors": actors}, tmp_path)
    with (tmp_path / "actors.csv").open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    assert names == [f"'{name}" if name != "plain" else name for name in LIVE]


def test_no_text_becomes_a_formula_in_xlsx(tmp_path, actors):
    export.write_tables({"actors": actors}, tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "tables.xlsx")["actors"]
    cells = [row[2] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == LIVE
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells] == [name != "plain" for name in LIVE]


def test_numbers_stay_numbers_and_missing_stays_missing(tmp_path):
    row = {"article_id": "a", "statement_id": 1, "source_id": "s", "source": "S", "target_id": "t", "target": "T"}
    row |= {"how": "said", "teller_id": "writer", "teller": "writer"}
    stances = schema.tabulate("stances", [row | {"stance": -1, "method": "own_act"}])
    export.write_tables({"stances": stances, "roles": schema.empty("roles")}, tmp_path)
    again = pd.read_csv(tmp_path / "stances.csv")
    assert again["stance"].tolist() == [-1] and again["probability"].isna().all()
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    named = {head.value: cell.value for head, cell in zip(book["stances"][1], book["stances"][2], strict=True)}
    assert named["stance"] == -1 and named["probability"] is None
    assert [cell.value for cell in book["roles"][1]] == list(schema.TABLES["roles"])


def test_characters_that_xlsx_forbids_are_replaced(tmp_path):
    export.write_tables({"t": pd.DataFrame({"x": pd.array(["a\x01b"], dtype="string")})}, tmp_path)
    assert openpyxl.load_workbook(tmp_path / "tables.xlsx")["t"]["A2"].value == "a b"


# --- manifest ------------------------------------------------------------------------------------------------------


def test_manifest_says_what_is_needed_to_run_it_again(tmp_path):
    text = "Norland said that Sudonia is blocking the harbour."
    found = analyse(read_text(text, article_id="a", source_file=str(tmp_path / "deep" / "a.txt")))
    export.write_manifest(export.manifest(found, model="en_test-1", parameters={"notebooks": False}), tmp_path)
    written = (tmp_path / "manifest.json").read_text(encoding="utf-8")
    content = json.loads(written)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    assert content["input"] == [{"article_id": "a", "source_file": "a.txt", "sha256": sha256}]
    assert content["rows"] == {name: len(table) for name, table in found.tables.items()}
    assert content["model"] == "en_test-1" and content["parameters"] == {"notebooks": False}
    assert {"spacy", "pandas", "textblob", "numpy"} <= set(content["dependencies"])
    assert len(content["codebook"]["cues.csv"]) == 64
    assert str(tmp_path) not in written and str(Path.home()) not in written
    again = export.manifest(found, model="en_test-1", parameters={"notebooks": False})
    assert {**again, "created": None} == {**content, "created": None}


def test_problems_in_the_manifest_name_files_without_folders():
    row = {"source_file": "/deep/down/b.txt", "stage": "load", "problem": "it is empty", "remedy": "write it"}
    empty = {name: schema.empty(name) for name in schema.TABLES if name != "problems"}
    found = Analysis(**empty, problems=schema.tabulate("problems", [row]), texts={})
    (problem,) = export.manifest(found, model="m", parameters={})["problems"]
    assert problem == {"article_id": None, "part": None, **row, "source_file": "b.txt"}


# --- folders -------------------------------------------------------------------------------------------------------


def make(folder, content):
    with replacing(folder) as new:
        (new / "manifest.json").write_text(json.dumps({"package": {"name": "analysis"}}))
        (new / content).write_text(content)


def test_folder_of_an_earlier_run_is_replaced_as_a_whole(tmp_path):
    make(tmp_path / "out" / "a", "first")
    make(tmp_path / "out" / "a", "second")
    assert sorted(file.name for file in (tmp_path / "out" / "a").iterdir()) == ["manifest.json", "second"]
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["a"]


def test_an_error_changes_nothing(tmp_path):
    make(tmp_path / "a", "first")
    with pytest.raises(ZeroDivisionError), replacing(tmp_path / "a") as new:
        (new / "half").write_text("half")
        raise ZeroDivisionError
    assert sorted(file.name for file in (tmp_path / "a").iterdir()) == ["first", "manifest.json"]
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


def test_an_error_leaves_no_new_folder(tmp_path):
    with pytest.raises(ZeroDivisionError), replacing(tmp_path / "new" / "deep" / "a"):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("manifest", [None, "no json", "{}", "[]", '{"package": {"name": "other"}}'])
def test_a_folder_that_is_not_ours_is_left_alone(tmp_path, manifest):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "thesis.txt").write_text("years of work")
    if manifest is not None:
        (tmp_path / "a" / "manifest.json").write_text(manifest)
    with pytest.raises(OutputError, match="was not made by an earlier run"), replacing(tmp_path / "a"):
        pass
    assert (tmp_path / "a" / "thesis.txt").read_text() == "years of work"


def test_a_file_in_the_way_is_left_alone(tmp_path):
    (tmp_path / "a").write_text("a file")
    with pytest.raises(OutputError), replacing(tmp_path / "a"):
        pass
    assert (tmp_path / "a").read_text() == "a file"


# --- notebooks -----------------------------------------------------------------------------------------------------


@pytest.fixture
def notebook(tmp_path):
    cells = [
        nbformat.v4.new_markdown_cell("# A question"),
        nbformat.v4.new_code_cell(
            'ARTICLE = "default.txt"  # the article\nOUTPUT = "output"', metadata={"tags": ["parameters"]}
        ),
        nbformat.v4.new_code_cell("print(open(ARTICLE).read(), OUTPUT)"),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "01-test.ipynb")
    return tmp_path / "01-test.ipynb"


def test_notebook_runs_on_the_article_and_keeps_no_address_of_the_machine(tmp_path, notebook):
    (tmp_path / "run" / "input").mkdir(parents=True)
    (tmp_path / "run" / "input" / "it's.txt").write_text("Norland said no.")
    parameters = {"ARTICLE": "../input/it's.txt", "OUTPUT": ".."}
    assert parameters_of(notebook) == {"ARTICLE", "OUTPUT"}
    assert run_notebooks([notebook], tmp_path / "run" / "notebooks", parameters) == {notebook.name: None}
    written = (tmp_path / "run" / "notebooks" / "01-test.ipynb").read_text(encoding="utf-8")
    cells = nbformat.reads(written, as_version=4).cells
    assert cells[1].source == 'ARTICLE = "../input/it\'s.txt"\nOUTPUT = ".."'
    assert cells[2].outputs[0].text == "Norland said no. ..\n"
    assert str(tmp_path) not in written and "default.txt" not in written


def test_notebook_that_fails_is_kept_and_its_error_told(tmp_path, notebook):
    problem = run_notebooks([notebook], tmp_path / "notebooks", {"ARTICLE": "not-there.txt"})[notebook.name]
    assert "not-there.txt" in problem and "\n" not in problem
    assert (tmp_path / "notebooks" / "01-test.ipynb").is_file()


def test_notebook_without_a_parameters_cell_is_refused(tmp_path):
    nbformat.write(nbformat.v4.new_notebook(), tmp_path / "x.ipynb")
    with pytest.raises(OutputError, match="parameters"):
        run_notebooks([tmp_path / "x.ipynb"], tmp_path / "notebooks", {"ARTICLE": "a.txt"})


def test_tables_for_a_paper(tmp_path):
    table = pd.DataFrame({"who": ["50 % of A_B & C", None], "mean": [-0.5, None], "n": [3, 0]})
    export.write_tables({"means": table}, tmp_path, formats=("tex", "docx"), captions={"means": "Who & what"})
    assert {file.name for file in tmp_path.iterdir()} == {"means.tex", "tables.docx"}
    lines = (tmp_path / "means.tex").read_text(encoding="utf-8").splitlines()
    assert lines[1:4] == [r"\caption{Who \& what}", r"\label{tab:means}", r"\begin{tabular}{lrr}"]
    assert r"50 \% of A\_B \& C & $-$0.50 & 3 \\" in lines and r"-- & -- & 0 \\" in lines
    from docx import Document

    document = Document(tmp_path / "tables.docx")
    (grid,) = document.tables
    assert [[cell.text for cell in row.cells] for row in grid.rows] == [
        ["who", "mean", "n"],
        ["50 % of A_B & C", "−0.50", "3"],
        ["–", "–", "0"],
    ]
    assert document.paragraphs[0].text == "Who & what"
