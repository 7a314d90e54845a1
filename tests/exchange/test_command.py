"""The commands export and import: from an article to another program, and what was changed there into the next run."""

import csv

import pytest

from analysis.__main__ import main

TEXT = """Norland closes the harbour

The minister of transport of Iran, Ada Quill, said on Monday that Syria is blocking the harbour of the town.
"""


@pytest.fixture
def call(tmp_path, capsys):
    (tmp_path / "harbour.txt").write_text(TEXT, encoding="utf-8")

    def run(*arguments):
        code = main([*map(str, arguments), "--out", str(tmp_path / "out")])
        printed = capsys.readouterr()
        return code, printed.out.strip(), printed.err.strip()

    return run


def rows(file):
    with file.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def test_there_and_back_and_into_the_next_run(tmp_path, call):
    exported = ("export", tmp_path / "harbour.txt", "--method", "rules", "--to", "brat", "--tables", "statements")
    code, said, _ = call(*exported)
    folder = tmp_path / "out" / "exchange"
    assert code == 0 and said.startswith("1 articles") and {one.name for one in folder.iterdir()} == {"brat", "offsets"}
    file = folder / "brat" / "harbour.ann"
    file.write_text(file.read_text(encoding="utf-8").replace("neutral", "accusing"), encoding="utf-8")
    code, said, _ = call("import", folder / "brat", "--from", "brat", "--who", "A. Coder")
    assert code == 0 and said.endswith("corrections.csv: 0 added, 0 taken out, 1 changed.")
    (row,) = rows(tmp_path / "out" / "corrections.csv")
    assert (row["field"], row["value"], row["who"], row["why"]) == (
        "cue_class",
        "accusing",
        "A. Coder",
        "changed in brat",
    )
    call(*exported)
    (row,) = rows(folder / "offsets" / "annotations.csv")
    assert row["cue_class"] == "accusing"


def test_a_table_is_read_by_the_column_that_is_named(tmp_path, call):
    rows = f'id,text,story\nfirst,A short teaser on the harbour of the town.,"{TEXT}"\n'
    (tmp_path / "stories.csv").write_text(rows, encoding="utf-8")
    asked = ("export", tmp_path / "stories.csv", "--text-column", "story", "--method", "rules", "--to", "brat")
    code, said, _ = call(*asked)
    text = (tmp_path / "out" / "exchange" / "brat" / "first.txt").read_text(encoding="utf-8")
    assert code == 0 and said.startswith("1 articles") and "blocking the harbour" in text


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["export", "harbour.txt", "--to", "nonsense"], "'nonsense' is none of brat"),
        (["export", "harbour.txt", "--tables", "actors"], "'actors' is none of statements"),
        (["export", "nowhere.txt", "--to", "brat"], "None of the articles could be read."),
        (["import", "harbour.txt", "--from", "dna"], "'dna' cannot be read back"),
        (["import", "harbour.txt", "--from", "label-studio"], "is no export of Label Studio"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(tmp_path, call, arguments, problem):
    place = [tmp_path / one if one.endswith(".txt") else one for one in arguments]
    code, said, complaint = call(*place)
    assert (
        code == 2
        and not said
        and problem in complaint.splitlines()[-1]
        and not (tmp_path / "out" / "exchange").exists()
    )
