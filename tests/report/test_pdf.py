"""The report as PDF: whatever browser of the family is there prints it, and one sentence says so where none is."""

import os
import stat
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.report import page, pdf
from analysis.report.pdf import PdfError, browser, print_pdf

PRINTS = """#!/bin/sh
for one in "$@"; do
  case "$one" in
    --print-to-pdf=*) printf '%s' "$*" > "${one#--print-to-pdf=}" ;;
  esac
done
"""


@pytest.fixture
def program(tmp_path, monkeypatch):
    """A program in place of the browser, that writes what it was called with."""
    if os.name == "nt":
        pytest.skip("a shell script is no program there")

    def make(script):
        file = tmp_path / "bin" / "chromium"
        file.parent.mkdir(exist_ok=True)
        file.write_text(script, encoding="utf-8")
        file.chmod(file.stat().st_mode | stat.S_IEXEC)
        monkeypatch.setattr(pdf, "_found", lambda: iter([str(file)]))

    return make


def test_the_page_is_printed_without_a_profile_of_the_user(tmp_path, program):
    program(PRINTS)
    (tmp_path / "a report.html").write_text("<p>words</p>", encoding="utf-8")
    print_pdf(tmp_path / "a report.html", tmp_path / "report.pdf")
    called = (tmp_path / "report.pdf").read_text(encoding="utf-8")
    assert "a%20report.html" in called and "--headless" in called and "--user-data-dir=" in called


def test_a_browser_that_fails_is_one_sentence(tmp_path, program):
    program("#!/bin/sh\nexit 1\n")
    (tmp_path / "report.html").write_text("<p>words</p>", encoding="utf-8")
    with pytest.raises(PdfError, match="did not print the report"):
        print_pdf(tmp_path / "report.html", tmp_path / "report.pdf")


def test_without_a_browser_nothing_is_begun(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(pdf, "_found", lambda: iter(()))
    (tmp_path / "harbour.txt").write_text("The minister said on Monday that the harbour is closed.", encoding="utf-8")
    code = main(["report", str(tmp_path / "harbour.txt"), "--pdf", "--out", str(tmp_path / "out")])
    assert code == 2 and "No Chrome, Chromium or Edge was found" in capsys.readouterr().err
    assert not (tmp_path / "out" / "harbour").exists()


def test_a_report_has_its_pdf(tmp_path, program, monkeypatch):
    program(PRINTS)
    monkeypatch.setattr(page, "CHARTS", {"words": page.CHARTS["words"]})
    text = "Ada Quill, the minister of transport of Iran, said on Monday that the harbour is closed."
    (tmp_path / "harbour.txt").write_text(text, encoding="utf-8")
    asked = ["--pdf", "--method", "rules", "--no-notebooks", "--figures", "png"]
    assert main(["report", str(tmp_path / "harbour.txt"), *asked, "--out", str(tmp_path / "out")]) == 0
    made = tmp_path / "out" / "harbour"
    assert (made / "report.pdf").is_file() and "report.pdf" in (made / "manifest.json").read_text(encoding="utf-8")


def test_a_real_browser_prints_what_is_folded(tmp_path):
    try:
        browser()
    except PdfError:
        pytest.skip("no browser of the Chromium family on this machine")
    from pypdf import PdfReader

    source = (Path(page.__file__).parent / "report.html").read_text(encoding="utf-8")
    style = source[source.index("<style>") : source.index("</style>")].replace("{{ style }}", "")
    content = f"{style}</style><details class='section'><summary>closed</summary><p>unfolded</p></details>"
    (tmp_path / "report.html").write_text(content, encoding="utf-8")
    print_pdf(tmp_path / "report.html", tmp_path / "report.pdf")
    assert "unfolded" in PdfReader(tmp_path / "report.pdf").pages[0].extract_text()
