"""Saving: the numbers and the words beside a figure, and the width and letters of a journal."""

import re

import pandas as pd
import pytest
from matplotlib import pyplot
from PIL import Image
from pypdf import PdfReader

from analysis import charts
from analysis.charts.saving import lightness, look_alike
from tests.charts.test_charts import TABLES, full

WIDTHS = [("89mm", 89.0), ("183mm", 183.0)]


@pytest.fixture(autouse=True)
def close():
    yield
    pyplot.close("all")


@pytest.mark.parametrize("name", TABLES)
def test_every_chart_has_its_numbers_and_its_words(name):
    figure = full(name).figure
    table, caption = charts.plotted(figure), charts.caption_of(figure)
    assert len(table) and not any(isinstance(cell, float) and cell == float("inf") for cell in table.to_numpy().ravel())
    assert caption.title in " ".join(figure.axes[0].get_title().split())
    assert str(caption).startswith(caption.title.rstrip(".")) and str(caption).endswith(".")


def test_numbers_and_caption_stand_beside_the_figure_and_in_it(tmp_path):
    figure = full("plot_words_by_speaker").figure
    charts.save_figure(figure, tmp_path, "words")
    assert {file.suffix for file in tmp_path.iterdir()} == {".png", ".svg", ".pdf", ".csv", ".txt"}
    assert (
        pd.read_csv(tmp_path / "words.csv").fillna("").to_numpy().tolist()
        == charts.plotted(figure).fillna("").to_numpy().tolist()
    )
    caption = str(charts.caption_of(figure))
    assert (tmp_path / "words.txt").read_text(encoding="utf-8") == f"{caption}\n"
    assert Image.open(tmp_path / "words.png").text["Description"] == caption
    assert PdfReader(tmp_path / "words.pdf").metadata.subject == caption
    assert caption.partition(".")[0] in (tmp_path / "words.svg").read_text(encoding="utf-8")


def test_a_figure_of_ones_own_is_saved_without_numbers(tmp_path):
    charts.save_figure(pyplot.subplots()[0], tmp_path, "own", formats=["png"])
    assert [file.name for file in tmp_path.iterdir()] == ["own.png"]


@pytest.mark.parametrize(("width", "millimetres"), WIDTHS)
def test_a_journal_gets_its_width_in_every_format(tmp_path, width, millimetres):
    with charts.for_journal(width):
        figure = full("plot_words_by_speaker").figure
    charts.save_figure(figure, tmp_path, "words", dpi=600)
    image = Image.open(tmp_path / "words.png")
    assert image.size[0] / 600 * 25.4 == pytest.approx(millimetres, abs=0.1)
    assert image.info["dpi"][0] == pytest.approx(600, abs=0.1)
    page = PdfReader(tmp_path / "words.pdf").pages[0]
    assert float(page.mediabox.width) / 72 * 25.4 == pytest.approx(millimetres, abs=0.1)
    drawing = (tmp_path / "words.svg").read_text(encoding="utf-8")
    wide = float(re.search(r'<svg[^>]*\bwidth="([\d.]+)pt"', drawing)[1])
    assert wide / 72 * 25.4 == pytest.approx(millimetres, abs=0.1)
    assert "<text" in drawing, "letters stay letters"


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("width", [name for name, _ in WIDTHS])
def test_letters_for_a_journal_are_five_to_eight_points_high(name, width):
    with charts.for_journal(width):
        figure = full(name).figure
    figure.draw_without_rendering()
    sizes = {
        round(text.get_fontsize() * 0.72, 2)
        for text in figure.findobj(lambda one: hasattr(one, "get_fontsize") and one.get_visible())
        if text.get_text().strip()
    }
    assert min(sizes) >= 5 and max(sizes) <= 8, sizes
    assert not figure.axes[0].get_title(), "the title is the caption's"


def test_fonts_of_a_journal_are_embedded_whole(tmp_path):
    with charts.for_journal("89mm"):
        figure = full("plot_words_by_speaker").figure
    charts.save_figure(figure, tmp_path, "words", formats=["pdf"])
    fonts = PdfReader(tmp_path / "words.pdf").pages[0]["/Resources"]["/Font"]
    kinds = {fonts[name].get_object()["/Subtype"] for name in fonts}
    assert kinds <= {"/Type0", "/TrueType"} and "/Type3" not in kinds
    assert "Ada Lind (Norland)" in PdfReader(tmp_path / "words.pdf").pages[0].extract_text()


def test_the_same_figure_gives_the_same_bytes_for_a_journal(tmp_path):
    for folder in ("one", "two"):
        with charts.for_journal("183mm"):
            charts.save_figure(full("plot_words_by_speaker").figure, tmp_path / folder, "words")
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name


def test_a_chart_that_is_too_wide_for_one_column_gets_two():
    with charts.for_journal("89mm"):
        assert charts.column_of(full("plot_stance_network").figure).name == "183mm"
        assert charts.column_of(full("plot_words_by_speaker").figure).name == "89mm"
    assert charts.column_of(full("plot_words_by_speaker").figure) is None


def test_colours_that_are_one_gray_are_told():
    assert lightness("#ffffff") == pytest.approx(100) and lightness("#000000") == pytest.approx(0)
    assert lightness("#777777") == pytest.approx(50, abs=0.6)
    figure, ax = pyplot.subplots()
    for colour, name in (("#0072B2", "Norland"), ("#a04a00", "Sudland"), ("#F0E442", "Westland")):
        ax.bar([0], [1], color=colour, label=name)
    ax.legend()
    pairs = look_alike(figure)
    assert pairs == [("Norland", "Sudland")]


def test_no_format_is_no_file(tmp_path):
    assert charts.save_figure(full("plot_words_by_speaker").figure, tmp_path / "none", "words", formats=[]) == []
    assert not (tmp_path / "none").exists()
