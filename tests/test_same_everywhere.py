"""The same numbers whatever stands beside an article and on how many threads it is read."""

import numpy as np
import onnxruntime
import pandas as pd
import pytest

from analysis import read_text
from analysis.language import encoder, models
from analysis.positions import stance_model
from analysis.positions.stance_model import Marked
from benchmarks.same_tables import differences, matters, read_tables, write_tables

STORY = """Norland minister accuses Sudonia of blocking the harbour

Norland's transport minister Ada Quill said on Monday that Sudonia is blocking the harbour and that fishermen starve.

"We will help the fishermen with money and with bread," Quill told reporters. Sudonia has dismissed the claims."""
OTHER = """The council of the town met on Tuesday

Mayor Peter Holm said the bridge would be closed for a year, and thanked the engineers. {}"""


@pytest.fixture(scope="module")
def articles():
    padding = "The wall by the river has to be mended before the winter, the engineers said. "
    others = [read_text(OTHER.format(padding * n), article_id=f"other{n}") for n in (1, 12, 3)]
    return read_text(STORY, article_id="story"), others


def told(articles, folder):
    """The tables of the story as they are written, analysed with these articles."""
    write_tables(articles, folder, only={"story"})
    return read_tables(folder)


def test_an_article_has_the_same_tables_alone_and_among_others(articles, tmp_path):
    story, others = articles
    alone = told([story], tmp_path / "alone")
    among = told([others[0], story, *others[1:]], tmp_path / "among")
    assert len(alone["statements"]) > 2
    assert not [str(one) for one in differences(alone, among) if matters(one)]


def test_an_article_has_the_same_tables_on_one_thread(articles, tmp_path, monkeypatch):
    two = told(articles[:1], tmp_path / "two")
    monkeypatch.setattr(models, "THREADS", 1)
    models.load_session.cache_clear()
    try:
        one = told(articles[:1], tmp_path / "one")
    finally:
        models.load_session.cache_clear()
    assert not [str(cell) for cell in differences(one, two) if matters(cell)]


def test_a_pair_is_answered_the_same_among_longer_passages():
    pair = Marked("Norway praised Denmark for its help.", (15, 22), (0, 6))
    long = Marked(pair.text + " It was a long day in the harbour and nobody spoke of it again." * 6, (15, 22), (0, 6))
    alone, among = stance_model.pairs([pair]), stance_model.pairs([long, pair, long])
    assert among[1] == pytest.approx(alone[0], abs=0.001)


def test_equal_chances_are_decided_by_the_order_of_the_labels():
    chances = models.settled([[0.3333301, 0.3333298, 0.3333401]])
    assert chances.tolist() == [[0.3333, 0.3333, 0.3333]] and chances.argmax() == 0
    assert models.settled(0.49996) >= 0.5 > models.settled(0.49994)


def test_the_comparison_names_a_cell_that_differs():
    before = {"frames": pd.DataFrame({"article_id": ["a", "a"], "frame": ["x", "y"], "chance": ["0.5", "0.6"]})}
    after = {"frames": pd.DataFrame({"article_id": ["a", "a"], "frame": ["x", "z"], "chance": ["0.5004", "0.7"]})}
    found = list(differences(before, after))
    changed = {(one.column, one.row, matters(one)) for one in found}
    assert changed == {("frame", 1, True), ("chance", 0, False), ("chance", 1, True)}
    shorter = {"frames": before["frames"].head(1)}
    assert [str(one) for one in differences(before, shorter)] == ["frames, a, row 1, (row): 'a | y | 0.6' | ''"]
    without = {"frames": before["frames"].drop(columns="chance")}
    assert [one.column for one in differences(before, without)] == ["(columns)"]


def test_products_of_eight_bit_weights_are_float():
    as_written = onnxruntime.SessionOptions()
    as_written.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    path = str(models.FOLDER / f"{encoder.NAME}.onnx")
    plain = onnxruntime.InferenceSession(path, as_written, providers=["CPUExecutionProvider"])
    quick = models.load_session(encoder.NAME)
    feed = {"words": models.load_words()[np.arange(1_000, 1_040)[None]], "mask": np.ones((1, 40), dtype=np.int64)}
    gaps = [np.abs(a - b).max() for a, b in zip(plain.run(None, feed), quick.run(None, feed), strict=True)]
    assert max(gaps) < 1e-4
