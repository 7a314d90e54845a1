"""Measures of structure and wording on tables made by hand, and the charts and tables of the report on them."""

import matplotlib

matplotlib.use("Agg")

import pytest
from matplotlib.axes import Axes

from analysis import charts, schema
from analysis.findings.structure import headline_against_body, rebuttals, space_and_order
from analysis.findings.wording import device_rates, evaluative_verbs_by_camp, loaded_pairs, speech_by_camp
from tests.charts.test_charts import ARTICLE, WRITER, frame, stance, statement

TEXT = "one two three four five six seven eight nine ten"
SEGMENTS = schema.tabulate(
    "segments",
    [
        {**ARTICLE, "segment_id": 1, "kind": "headline", "start": 0, "end": 100, "text": TEXT},
        {**ARTICLE, "segment_id": 2, "kind": "repeated headline", "start": 100, "end": 200, "text": TEXT},
        {**ARTICLE, "segment_id": 3, "kind": "body", "start": 200, "end": 500, "text": " ".join([TEXT] * 3)},
    ],
)


def said(number, start, speaker="Ada Lind", camp="Norland", **cells):
    span = {"content_start": start, "content_end": start + 40, "content_spans": f"{start}-{start + 40}"}
    who = {"speaker_id": speaker.lower(), "source": speaker, "source_start": start, "source_end": start + 5}
    row = statement(number, speaker, camp, words=5, passage_id=number, **span, **who)
    return row | {"cue_start": start + 6, "cue_end": start + 9} | cells


STATEMENTS = schema.tabulate(
    "statements",
    [
        said(1, 0, placement="headline", quote_type="direct"),
        said(2, 100, placement="headline", repeats=1),
        said(3, 200),
        said(4, 300, "Bo Sund", "Sudland", cue_lemma="accuse", cue_class="accusing"),
        said(5, 440, "Bo Sund", "Sudland", cue="denied", cue_lemma="deny", cue_class="denying", content="all of it"),
    ],
)
STANCES = schema.tabulate(
    "stances",
    [
        stance(1, -1, "Ada Lind", "Bo Sund") | {"passage_id": 1},
        stance(4, -1, "Bo Sund", "Ada Lind") | {"passage_id": 4},
    ],
)
PASSAGES = schema.tabulate(
    "passages",
    [
        {**ARTICLE, "passage_id": n, "segment_id": 1 if n == 1 else 3, "placement": "headline" if n == 1 else "body"}
        | {"start": n, "end": n + 1, "text": "x", "words": 10, "attributed": 0.5, "method": "test"}
        for n in range(1, 6)
    ],
)
FRAMES = schema.tabulate("frames", [frame(1), frame(3), frame(4, "morality")])


def device(passage, term, loading, voice=WRITER, **cells):
    row = {**ARTICLE, "device": "loaded_term", "placement": "body", "start": 0, "end": 4, "text": term, "term": term}
    return row | {"term_class": "people", "loading": loading, "passage_id": passage, "method": "test"} | voice | cells


DEVICES = schema.tabulate(
    "devices",
    [
        device(3, "terrorist", "delegitimising", actor="Group"),
        device(4, "rebel", "neutral", {"voice_id": "bo sund", "voice": "Bo Sund"}, actor="Group"),
        device(4, "migrant", "neutral", term_class="alone"),
        device(5, "may", None, device="hedge", term_class="modal"),
    ],
)


def test_the_headline_is_compared_with_the_body():
    table = headline_against_body(STATEMENTS, STANCES, FRAMES, PASSAGES).set_index("name")
    assert table.loc["Ada Lind", ["headline", "body", "form", "places"]].tolist() == [
        1,
        1,
        "in quotation marks",
        "1, 3",
    ]
    assert table.loc["Bo Sund", ["headline", "body"]].tolist() == [0, 2] and table["form"].isna()["Bo Sund"]
    assert table.loc["Ada Lind against Bo Sund", "headline"] == 1
    assert table.loc["generic: conflict", "form"] == "writer's voice"
    assert table.loc["generic: morality", ["headline", "body"]].tolist() == [0, 1]


def test_space_and_order_count_no_repeated_headline():
    table = space_and_order(STATEMENTS, SEGMENTS).set_index("name")
    assert table.loc["Ada Lind", ["first", "statements", "words", "headline"]].tolist() == [0.0, 2, 10, True]
    assert table.loc["Bo Sund", "first"] == pytest.approx(0.5) and table.loc["Bo Sund", "last"] == pytest.approx(0.85)
    assert table.loc["writer", "words"] == 20 and table["share"].sum() == pytest.approx(1)
    camps = space_and_order(STATEMENTS, SEGMENTS, by="camp")
    assert camps["name"].tolist() == ["Norland", "Sudland", "writer"]


def test_rebuttals_answer_the_accuser_or_deny():
    table = rebuttals(STATEMENTS, STANCES, SEGMENTS)
    assert table[["statement_id", "kind"]].values.tolist() == [[4, "against the accuser"], [5, "denial"]]
    assert table["words"].tolist()[1] == 6 and table["answers"].tolist()[0] == "Ada Lind"
    assert rebuttals(STATEMENTS.iloc[:3], STANCES, SEGMENTS).empty


def test_speech_and_verbs_by_camp():
    speech = speech_by_camp(STATEMENTS).set_index(["camp", "quote_type"])
    assert speech.loc[("Norland", "direct"), ["n", "of", "share"]].tolist() == [1, 2, 0.5]
    verbs = evaluative_verbs_by_camp(STATEMENTS).set_index("camp")
    assert verbs.loc["Sudland", ["n", "marked", "statements"]].tolist() == [2, 2, "4, 5"]
    assert verbs.loc["Norland", "marked"] == 0 and verbs["low"].isna().all()


def test_pairs_keep_sets_that_show_a_choice():
    pairs = loaded_pairs(DEVICES, {"bo sund": "Sudland"})
    assert pairs[["term", "voice", "referent", "alternatives"]].values.tolist() == [
        ["terrorist", "writer", "Group", 2],
        ["rebel", "Bo Sund", "Group", 2],
    ]
    assert pairs["camp"].fillna("").tolist() == ["", "Sudland"]


def test_rates_leave_neutral_terms_out():
    rates = device_rates(DEVICES, PASSAGES)
    assert rates[["device", "voice", "n", "per_1000"]].values.tolist() == [
        ["hedge", "writer", 1, 40.0],
        ["loaded_term", "writer", 1, 40.0],
    ]


def test_charts_say_what_is_seen():
    comparison = headline_against_body(STATEMENTS, STANCES, FRAMES, PASSAGES)
    title = charts.plot_headline_against_body(comparison).get_title()
    assert title == "The headline takes over 1 of 2 speakers, 1 of 2 stances and 1 of 2 frames"
    alone = charts.plot_headline_against_body(comparison[comparison["headline"] == 0]).get_title()
    assert " ".join(alone.split()) == "Nothing found in a headline: 1 speaker, 1 stance and 1 frame in the body alone"
    title = charts.plot_space_and_order(STATEMENTS, SEGMENTS, STANCES).get_title()
    assert "Ada Lind is heard first" in title and "the first of 2 rebuttals" in title
    title = charts.plot_speech_by_camp(STATEMENTS).get_title()
    assert title == "In quotation marks throughout: Norland 1 of 2 and Sudland 0 of 2"
    assert charts.plot_loaded_pairs(DEVICES).get_title().startswith("Names for Group: “terrorist” (writer)")


def test_empty_tables_give_axes_that_say_so():
    nobody, nowhere = schema.empty("statements"), schema.empty("stances")
    comparison = headline_against_body(nobody, nowhere, schema.empty("frames"), schema.empty("passages"))
    for axes in (
        charts.plot_headline_against_body(comparison),
        charts.plot_space_and_order(nobody, SEGMENTS, nowhere),
        charts.plot_speech_by_camp(nobody),
        charts.plot_loaded_pairs(schema.empty("devices")),
    ):
        assert isinstance(axes, Axes) and axes.get_title().startswith("No ")


def test_a_chart_of_one_article_refuses_two():
    two = headline_against_body(STATEMENTS, STANCES, FRAMES, PASSAGES)
    two.loc[0, "article_id"] = "b"
    with pytest.raises(ValueError, match="one article"):
        charts.plot_headline_against_body(two)
