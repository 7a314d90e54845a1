"""The benchmark of pages counts right, missing and wrong fields."""

from __future__ import annotations

from pathlib import Path

from benchmarks.pages import compared
from tests import exports


def test_fields_of_pages_are_compared_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "harbour.html").write_text(exports.web_page(exports.HARBOUR), encoding="utf-8")
    title = exports.HARBOUR.title.upper()
    (tmp_path / "expected.csv").write_text(
        f'file,title,date,author\nharbour.html,"{title}",1999-01-01,\ngone.html,Gone,,Ann Lee\n', encoding="utf-8"
    )
    table = compared(tmp_path)
    assert dict(zip(zip(table["file"], table["field"], strict=True), table["outcome"], strict=True)) == {
        ("harbour.html", "title"): "right",
        ("harbour.html", "date"): "wrong",
        ("gone.html", "title"): "missing",
        ("gone.html", "author"): "missing",
    }
