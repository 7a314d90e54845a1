"""Reading the data files of the codebook: what is accepted, and which line an error names."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis import codebook
from analysis.codebook import CodebookError


@dataclass(frozen=True)
class Word:
    word: str
    kinds: tuple[str, ...]
    frequent: bool
    source: str
    note: str


@pytest.fixture
def write(tmp_path: Path):
    def _write(text: str, name: str = "own.csv") -> Path:
        file = tmp_path / name
        file.write_bytes(text.encode("utf-8"))
        return file

    return _write


def test_rows_of_an_own_file(write):
    own = write('word,kind,source,note\n"say, tell",neutral,press,\n claim ,assertive,press,doubt\n')
    rows = codebook.read_csv("cues.csv", ["word", "kind"], path=own)
    assert rows[0] == {"word": "say, tell", "kind": "neutral", "source": "press", "note": ""}
    assert rows[1]["word"] == "claim"


def test_byte_order_mark_and_windows_line_ends_are_accepted(write):
    own = write("\ufeffword,source,note\r\nsay,press,\r\n")
    assert codebook.read_csv("x.csv", ["word"], path=own) == [{"word": "say", "source": "press", "note": ""}]


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("", "own.csv", "empty"),
        ("word,source\nsay,press\n", "line 1", "note"),
        ("word,word,source,note\n", "line 1", "twice"),
        ("word,source,note\nsay,press,\ntell,press\n", "line 3", "2 cells instead of 3"),
        ("word,source,note\nsay,press,\n,press,\n", "line 3", "'word' is empty"),
        ("word,source,note\n\nsay,press,\n", "line 2", "0 cells"),
        ('word,source,note\n"say\nso",press,\n', "line 2", "several lines"),
        ('word,source,note\n"say"so,press,\n', "line 2", "not valid CSV"),
    ],
)
def test_error_names_file_and_line(write, text, place, problem):
    own = write(text)
    with pytest.raises(CodebookError) as caught:
        codebook.read_csv("x.csv", ["word"], path=own)
    assert "own.csv" in str(caught.value)
    assert place in str(caught.value)
    assert problem in str(caught.value)


def test_missing_file_and_other_encodings_are_refused(tmp_path):
    with pytest.raises(CodebookError, match="no such file"):
        codebook.read_csv("nowhere.csv", ["word"])
    latin = tmp_path / "latin.csv"
    latin.write_bytes("word,source,note\nElysée,press,\n".encode("latin-1"))
    with pytest.raises(CodebookError, match="not UTF-8"):
        codebook.read_csv("x.csv", ["word"], path=latin)


def test_entries_of_a_dataclass(write):
    own = write("word,kinds,frequent,source,note\nsay,neutral| other |,yes,press,\nvow,,no,press,rare\n")
    first, second = codebook.read_entries(Word, "words.csv", path=own)
    assert first == Word("say", ("neutral", "other"), True, "press", "")
    assert (second.kinds, second.frequent) == ((), False)


def test_entry_with_an_unclear_flag_is_refused(write):
    own = write("word,kinds,frequent,source,note\nsay,,yes,press,\nvow,,maybe,press,\n")
    with pytest.raises(CodebookError, match="line 3: 'frequent' is 'maybe'"):
        codebook.read_entries(Word, "words.csv", path=own)


def test_yaml(write):
    good = write("frames:\n  - conflict\n", "own.yaml")
    assert codebook.read_yaml("frames.yaml", path=good) == {"frames": ["conflict"]}
    with pytest.raises(CodebookError, match="line 2: not valid YAML"):
        codebook.read_yaml("frames.yaml", path=write("a: 1\nb: ]\n", "bad.yaml"))
    with pytest.raises(CodebookError, match="neither a mapping nor a list"):
        codebook.read_yaml("frames.yaml", path=write("just words\n", "text.yaml"))


def test_hashes_cover_every_file_and_own_ones(write):
    own = write("word,source,note\n")
    found = codebook.hashes(own=[own])
    files = {file.name for file in codebook.folder().iterdir() if file.suffix in {".csv", ".yaml", ".yml"}}
    assert set(found) == files | {str(own)}
    assert found[str(own)] == hashlib.sha256(b"word,source,note\n").hexdigest()


def test_every_row_of_the_package_is_documented():
    for file in codebook.folder().glob("*.csv"):
        for number, row in enumerate(codebook.read_csv(file.name, []), codebook.FIRST_ROW):
            assert row["source"], f"{file.name}, line {number}"
