"""Frames of whole articles: there or not, with a strength that does not grow with the length; words count once."""

import pandas as pd
import pytest

from analysis import charts
from analysis.findings import frames_of_articles
from analysis.findings.counts import words_once
from analysis.findings.officials import words_by_official


def rows(frame: str, passages, *, scheme: str = "generic", article: str = "a", chance=None) -> list[dict]:
    method = "codebook:generic" if chance is None else "frames-3.0"
    one = {"article_id": article, "scheme": scheme, "frame": frame, "probability": chance, "method": method}
    return [one | {"passage_id": n, "voice_id": "writer", "voice": "writer"} for n in passages]


def passages(*sizes: tuple[str, int]) -> pd.DataFrame:
    return pd.DataFrame([{"article_id": name, "passage_id": n} for name, size in sizes for n in range(1, size + 1)])


def test_the_strength_is_a_share_that_a_longer_article_does_not_raise():
    frames = pd.DataFrame(rows("conflict", [1, 1, 2]) + rows("conflict", range(1, 21), article="long"))
    found = frames_of_articles(frames, passages(("a", 4), ("long", 40))).set_index("article_id")
    assert found["share"].tolist() == [0.5, 0.5] and found["passages"].tolist() == [2, 20]
    assert (found["low"] < 0.5).all() and (found["high"] > 0.5).all()
    assert found.loc["long", "high"] < found.loc["a", "high"]


def test_by_the_codebook_a_passing_cue_is_no_frame_of_the_article_and_a_model_speaks_of_the_whole():
    frames = pd.DataFrame(
        rows("conflict", range(1, 11))
        + rows("morality", [3])
        + rows("economic", [3], scheme="generic_model", chance=0.4)
    )
    found = frames_of_articles(frames, passages(("a", 30))).set_index("frame")
    assert found["there"].to_dict() == {"conflict": True, "morality": False, "economic": True}
    assert found.loc["economic", "probability"] == pytest.approx(0.4) and pd.isna(found.loc["conflict", "probability"])


def test_a_title_calls_no_frame_frequent_that_two_passages_have():
    few = charts.plot_frames(pd.DataFrame(rows("conflict", [1, 2])))
    many = charts.plot_frames(pd.DataFrame(rows("conflict", [1, 2, 3]) + rows("morality", [4, 5, 6])))
    assert "conflict" not in few.get_title() and "none in 3 passages" in few.get_title()
    assert "conflict" in many.get_title() and "morality" in many.get_title() and "3 passages each" in many.get_title()


def test_words_inside_another_statement_count_with_the_outer_one():
    said = pd.DataFrame(
        {
            "speaker": ["Holm", "Lund"],
            "office": ["minister", "senator"],
            "camp": ["Norway", "Norway"],
            "official": [True, True],
            "words": [10, 6],
            "inside": pd.array([None, 1], dtype="Int64"),
            "repeats": pd.array([None, None], dtype="Int64"),
        }
    )
    assert words_once(said).tolist() == [10, 0]
    assert words_by_official(said).set_index("speaker")["words"].to_dict() == {"Holm": 10, "Lund": 0}
