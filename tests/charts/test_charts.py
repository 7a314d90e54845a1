"""Charts: every one draws empty, one-row and article-like tables, counts right and says what is seen."""

import matplotlib

matplotlib.use("Agg")

import pandas as pd
import pytest
from matplotlib import pyplot
from matplotlib.axes import Axes

from analysis import charts, schema
from analysis.findings.aggregate import interval

ARTICLE = {"article_id": "a"}
VOICE = {"voice_id": "ada-lind", "voice": "Ada Lind"}
WRITER = {"voice_id": "writer", "voice": "writer"}


def statement(number, speaker="Ada Lind", camp="Norland", words=10, **cells):
    start = number * 50
    row = {
        **ARTICLE,
        "statement_id": number,
        "segment_id": 1,
        "placement": "body",
        "speaker": speaker,
        "camp": camp,
        "cue": "said",
        "cue_lemma": "say",
        "cue_class": "neutral",
        "content_start": start,
        "content_end": start + 40,
        "content_spans": f"{start}-{start + 40}",
        "content": "something",
        "quote_type": "indirect",
        "words": words,
        "method": "test",
    }
    return row | cells


def stance(number, value, source="Ada Lind", target="Sudland", how="said"):
    names = {"source_id": source.lower(), "source": source, "target_id": target.lower(), "target": target}
    told = {"how": how, "teller_id": "writer", "teller": "writer"}
    cells = {"source_camp": "Norland", "stance": value, "method": "test"}
    return {**ARTICLE, "statement_id": number, **told, **names, **cells}


def sentiment(number, polarity, voice=WRITER, actor="Sudland"):
    who = {"actor_id": actor.lower(), "actor": actor, "camp": actor}
    return {**ARTICLE, "mention_id": number, **who, **voice, "passage_id": 1, "polarity": polarity, "method": "test"}


def frame(passage, name="conflict", voice=WRITER):
    return {**ARTICLE, "scheme": "generic", "frame": name, **voice, "passage_id": passage, "method": "test"}


def role(actor="Sudland", cast="villain", voice=VOICE):
    who = {"actor_id": actor.lower(), "actor": actor, "camp": None}
    return {**ARTICLE, **who, "role": cast, **voice, "passage_id": 1, "method": "test"}


def passage(number, polarity):
    span = {"start": number * 50, "end": number * 50 + 40, "text": "words"}
    return {
        **ARTICLE,
        "passage_id": number,
        "segment_id": 1,
        "placement": "body",
        **span,
        "polarity": polarity,
        "method": "test",
    }


SEGMENTS = schema.tabulate(
    "segments",
    [
        {**ARTICLE, "segment_id": 1, "kind": "headline", "start": 0, "end": 100, "text": "x"},
        {**ARTICLE, "segment_id": 2, "kind": "body", "start": 102, "end": 502, "text": "y"},
    ],
)
STATEMENTS = [
    statement(1, placement="headline"),
    statement(2, repeats=1, words=1000),
    statement(3, quote_type="direct", words=7),
    statement(4, inside=3, words=500),
    statement(5, speaker="Bo Sund", camp="Sudland", quote_type="mixed", cue_lemma="accuse", cue_class="accusing"),
    statement(6, speaker=None, camp=None),
]
ROWS = {
    "statements": STATEMENTS,
    "stances": [stance(1, -1), stance(3, 0), stance(5, 1, "Bo Sund", "Norland"), stance(6, 1, "Bo Sund", "Bo Sund")],
    "sentiments": [*(sentiment(n, value) for n, value in enumerate((-0.5, 0, 0, 0.2, 0.4), 1)), sentiment(6, None)],
    "frames": [frame(1), frame(2), frame(2, voice=VOICE), frame(3, "morality", VOICE)],
    "roles": [role(), role(voice=WRITER), role("Ada Lind", "hero")],
    "passages": [passage(1, -0.5), passage(2, None), passage(3, 0), passage(4, 0.75)],
}
TABLES = {
    "plot_words_by_speaker": "statements",
    "plot_positions": "statements",
    "plot_reporting_verbs": "statements",
    "plot_stance_matrix": "stances",
    "plot_stance_network": "stances",
    "plot_sentiment": "sentiments",
    "plot_measures": "stances",
    "plot_frames": "frames",
    "plot_roles": "roles",
    "plot_tone": "passages",
}


def draw(name, rows, **options):
    tables = [schema.tabulate(TABLES[name], rows)]
    if name == "plot_positions":
        tables.append(SEGMENTS)
    if name == "plot_measures":
        tables.append(schema.tabulate("sentiments", [sentiment(1, -0.5, VOICE), sentiment(2, 0.1, VOICE)]))
    return getattr(charts, name)(*tables, **options)


def full(name, **options):
    return draw(name, ROWS[TABLES[name]], **options)


def texts(ax):
    return [text.get_text() for text in ax.texts]


def row_names(ax):
    return [label.get_text() for label in ax.get_yticklabels()]


@pytest.fixture(autouse=True)
def closed():
    yield
    pyplot.close("all")


@pytest.mark.parametrize("name", TABLES)
def test_draws_any_number_of_rows(name):
    for rows in (ROWS[TABLES[name]][:1], ROWS[TABLES[name]]):
        ax = draw(name, rows)
        ax.figure.canvas.draw()
        assert isinstance(ax, Axes)
        assert ax.get_title()


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_table_says_so(name):
    ax = draw(name, [])
    assert ax.get_title() == f"No {TABLES[name]} found"
    assert texts(ax) == [f"No {TABLES[name]} found"]


@pytest.mark.parametrize("name", TABLES)
def test_draws_on_the_axes_given_and_makes_no_figure(name):
    _, mine = pyplot.subplots()
    before = pyplot.get_fignums()
    for rows in ([], ROWS[TABLES[name]]):
        assert draw(name, rows, ax=mine) is mine
    assert pyplot.get_fignums() == before


@pytest.mark.parametrize("name", TABLES)
def test_leaves_the_settings_of_others_alone(name):
    before = dict(matplotlib.rcParams)
    full(name)
    assert dict(matplotlib.rcParams) == before


def test_words_leave_out_repetitions_and_nested_statements():
    ax = full("plot_words_by_speaker")
    assert ax.get_title() == "Ada Lind speaks most among the speakers resolved: 3 of 5 statements"
    assert texts(ax) == ["17 (n = 3)", "10 (n = 1)", "10 (n = 1)"]


def test_a_speaker_heard_only_inside_another_statement_has_no_words():
    ax = draw("plot_words_by_speaker", [statement(1), statement(2, speaker="Bo Sund", inside=1)])
    assert texts(ax) == ["10 (n = 1)", "0 (n = 1)"]


@pytest.mark.parametrize(
    ("speakers", "title"),
    [
        (["Ada"], "Only Ada speaks: 1 statement"),
        (["Ada", "Bo"], "Ada and Bo speak most: 1 each of 2 statements"),
        (["Ada", "Bo", "Cy", "Di"], "Ada, Bo and 2 others speak most: 1 each of 4 statements"),
        ([None, None, "Bo"], "Bo speaks most among the speakers resolved: 1 of 3 statements"),
        ([None], "No speaker resolved: 1 statement"),
    ],
)
def test_title_names_all_who_speak_most(speakers, title):
    rows = [statement(number, speaker) for number, speaker in enumerate(speakers, 1)]
    assert draw("plot_words_by_speaker", rows).get_title().replace("\n", " ") == title


def test_rows_over_fifteen_are_counted_in_a_note():
    ax = draw("plot_words_by_speaker", [statement(n, f"Speaker {n}") for n in range(1, 43)])
    assert len(row_names(ax)) == 15
    assert "27 others not shown" in ax.get_xlabel()


def test_long_names_are_wrapped_and_keep_both_ends():
    name = "Deputy Assistant Secretary for Everything under the Sun Adelheid Lindqvist-Svensson"
    label = row_names(draw("plot_words_by_speaker", [statement(1, name)]))[0]
    assert max(map(len, label.split("\n"))) <= 28
    assert label.startswith("Deputy") and "Svensson" in label


def test_matrix_shows_signs_numbers_and_a_fixed_scale():
    ax = full("plot_stance_matrix")
    scale = ax.figure.axes[1]
    assert scale.get_ylim() == (-1, 1)
    assert texts(ax) == ["−0.5", "n = 2", "+1", "n = 1", "+1", "n = 1"]
    assert "hatched: none" in ax.get_xlabel()


def test_matrix_gives_an_equal_mean_an_equal_colour_in_all_tables():
    one, other = draw("plot_stance_matrix", [stance(1, 1)]), full("plot_stance_matrix")
    assert one.patches[1].get_facecolor() == other.patches[2].get_facecolor()


def test_what_is_said_and_what_is_told_are_not_mixed_unseen():
    mixed = [stance(1, 1), stance(2, -1, "Bo Sund", "Norland", how="told")]
    assert row_names(draw("plot_stance_matrix", mixed)) == ["Ada Lind (Norland)"]
    assert row_names(draw("plot_stance_matrix", mixed, how="told")) == ["Bo Sund (Norland)"]
    assert "what is said and told" in draw("plot_stance_matrix", mixed, how="both").get_xlabel()
    with pytest.raises(ValueError, match="guessed"):
        draw("plot_stance_matrix", mixed, how="guessed")


def test_network_has_no_arrow_for_zeros_and_a_grey_one_for_both():
    ax = draw("plot_stance_network", [stance(1, 1), stance(2, -1), stance(3, 0, "Bo Sund", "Norland")])
    assert ax.get_title() == "1 pair of source and target: 1 both"


def test_network_draws_an_arrow_for_each_pair_and_none_to_oneself():
    ax = full("plot_stance_network")
    assert ax.get_title().replace("\n", " ") == "2 pairs of source and target: 1 against, 1 for"
    lines = {patch.get_linestyle() for patch in ax.patches}
    assert len(ax.patches) == 2 and len(lines) == 2
    assert "1 stance of actors toward themselves not drawn" in ax.get_xlabel()


def test_network_of_actors_who_speak_only_of_themselves():
    ax = draw("plot_stance_network", [stance(1, 1, "Bo Sund", "Bo Sund")])
    assert ax.get_title() == "No stances found"


def test_positions_leave_the_rest_to_the_writer():
    ax = draw("plot_positions", [statement(1)])
    assert row_names(ax) == ["Ada Lind (Norland)", "writer"]
    assert ax.get_title() == "8% of the text is attributed to a speaker"


def test_positions_refuse_two_articles():
    table = schema.tabulate("statements", [statement(1), statement(2, article_id="b")])
    with pytest.raises(ValueError, match="one article"):
        charts.plot_positions(table, SEGMENTS)


def test_sentiment_keeps_voices_apart_and_says_what_was_not_measured():
    ax = draw("plot_sentiment", [*ROWS["sentiments"], sentiment(7, 0.9, VOICE)])
    assert texts(ax) == ["n = 1", "n = 5"]
    assert "1 mention without" in ax.get_xlabel()


def test_sentiment_draws_the_model_where_it_was_asked_and_polarity_otherwise():
    scored = [sentiment(1, -0.9) | {"sentiment": 1, "sentiment_score": 0.8, "probability": 0.9}]
    assert "by the model" in draw("plot_sentiment", scored).get_xlabel()
    assert "polarity" in draw("plot_sentiment", scored, measure="polarity").get_xlabel()


def test_measures_are_about_what_speakers_say_and_count_where_tone_misses_the_stance():
    ax = draw("plot_measures", [stance(1, 1), stance(2, 1), stance(3, -1, "Bo Sund", how="told")])
    assert ax.get_title() == "Tone misses the sign of the stance for 1 of 1 actor"
    assert "Agreement of the stance that is said with people" in ax.get_xlabel()
    assert texts(ax) == ["n = 2", "–", "n = 2"]


def test_interval_is_the_same_on_every_run_and_holds_the_mean():
    values, articles = pd.Series([-0.5, 0, 0, 0.2, 0.4, 0.4]).to_numpy(), list("abcdee")
    low, high = interval(values, articles)
    assert (low, high) == interval(values, articles)
    assert -0.5 <= low < values.mean() < high <= 0.4


def test_sentences_of_few_articles_give_no_interval():
    assert interval(pd.Series([0.0] * 40).to_numpy(), ["a", "b", "c", "d"] * 10) is None


def test_verbs_are_written_in_the_cells():
    ax = full("plot_reporting_verbs")
    assert ax.get_title() == "Neutral cue (say) in 4 of 5 statements"
    assert {"say ×3", "accuse", "3"} <= set(texts(ax))


def test_frames_count_passages_once_for_each_group():
    ax = full("plot_frames", camps={"ada-lind": "Norland"})
    assert row_names(ax) == ["conflict", "morality"]
    assert {"3", "1"} <= set(texts(ax))
    assert "none in 3 passages (generic)" in ax.get_title().replace("\n", " ")
    assert {text.get_text() for text in ax.get_legend().get_texts()} == {"Norland", "writer"}


def test_roles_name_the_voices():
    ax = full("plot_roles")
    assert "Sudland as villain (2 of 3 castings)" in ax.get_title()
    assert "Ada Lind, writer" in texts(ax)


def test_tone_says_that_it_is_a_lexicon_measure():
    ax = full("plot_tone")
    assert ax.get_title() == "Of 4 passages 1 positive, 1 negative, 1 at 0, 1 not measured"
    assert ax.get_ylabel() == "TextBlob polarity, a lexicon measure"
    assert len(ax.patches) == 3


def test_colours_of_camps():
    colours = charts.camp_colours(["Sudland", "Norland", None, pd.NA, "Norland"])
    assert list(colours) == ["Norland", "Sudland"]
    assert charts.camp_colours(["B", "A"]) == charts.camp_colours(["A", "B"])
    assert len(set(charts.camp_colours(f"camp {n}" for n in range(12)).values())) == 12


def test_colours_given_are_used():
    ax = draw("plot_words_by_speaker", [statement(1)], colours={"Norland": "#123456"})
    assert matplotlib.colors.to_hex(ax.patches[0].get_facecolor()) == "#123456"


@pytest.mark.parametrize("name", ["plot_words_by_speaker", "plot_stance_network", "plot_sentiment"])
def test_identical_input_gives_identical_bytes(name, tmp_path):
    first = charts.save_figure(full(name).figure, tmp_path / "one", name)
    with matplotlib.rc_context({"svg.hashsalt": None, "savefig.dpi": 50, "pdf.fonttype": 3}):
        second = charts.save_figure(full(name).figure, tmp_path / "two", name)
    assert [path.suffix for path in first] == [".png", ".svg", ".pdf"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


CAMPS = {"ada-lind": "Norland"}


def along(rows, passages):
    return charts.plot_frames_along(schema.tabulate("frames", rows), schema.tabulate("passages", passages), camps=CAMPS)


def test_frames_stand_at_their_passages_and_two_voices_share_a_cell():
    passages = [passage(1, 0) | {"placement": "headline"}, passage(2, 0), passage(3, 0)]
    ax = along(ROWS["frames"], passages)
    assert row_names(ax) == ["conflict", "morality"]
    cells = sorted((bar.get_center()[0], round(bar.get_height(), 2)) for bar in ax.patches if bar.get_height() < 1)
    assert cells[:4] == [(0.0, 0.8), (1.0, 0.4), (1.0, 0.4), (2.0, 0.8)]
    assert ax.get_title() == "Conflict in 2 of 3 passages, in 2 of them in the writer's voice"


def test_a_strip_is_of_one_article_and_says_where_there_is_nothing():
    with pytest.raises(ValueError, match="one article"):
        along(ROWS["frames"], [passage(1, 0), passage(2, 0) | {"article_id": "b"}])
    assert along([], [passage(1, 0)]).get_title() == "No frames found"


def test_roles_stand_in_panels_by_the_camp_of_the_voice():
    ax = charts.plot_roles(schema.tabulate("roles", ROWS["roles"]), camps=CAMPS)
    assert [label.get_text() for label in ax.get_xticklabels()] == [
        f"{cast}\n{camp}" for camp in ("Norland", "writer") for cast in ("villain", "victim", "hero")
    ]


def test_camps_with_like_names_keep_their_panels_and_the_rest_is_counted():
    names = ["Republican Party of Texas", "Republican opposition of Texas", "Norland", "Sudland", "Westland"]
    voices = [{"voice_id": f"v{n}", "voice": name} for n, name in enumerate(names)]
    rows = [role(voice=voices[n]) for n in (0, 0, 1, 1, 2, 2, 3, 3, 4)]
    camps = {f"v{n}": name for n, name in enumerate(names)}
    ax = charts.plot_roles(schema.tabulate("roles", rows), camps=camps)
    assert len({label.get_text() for label in ax.get_xticklabels()}) == 12
    assert sorted(text for text in texts(ax) if text.isdigit()) == ["2", "2", "2", "2"]
    assert "1 other camp of voices not shown" in ax.get_xlabel() and "8 of 8" in ax.get_title()


def test_a_frame_of_another_scheme_has_a_row_of_its_own():
    given = enumerate(("generic", "policy"), 1)
    schemes = [frame(1, "economic") | {"scheme": scheme, "article_id": f"a{n}"} for n, scheme in given]
    strip = along([one | ARTICLE for one in schemes], [passage(1, 0)])
    assert row_names(strip) == ["economic", "economic"] and texts(strip) == ["scheme: generic", "scheme: policy"]


@pytest.mark.parametrize("name", ["plot_frames", "plot_roles"])
def test_what_agrees_little_with_coders_says_so_in_the_figure(name):
    assert "exploratory" in full(name).get_xlabel().lower()


def test_exploratory_frames_are_dotted_and_measured_ones_are_not():
    rows = [frame(1, "economic") | {"article_id": "a1", "probability": chance} for chance in (None, 0.7)]
    bars = [{bar.get_hatch() for bar in charts.plot_frames(schema.tabulate("frames", [one])).patches} for one in rows]
    assert all(".." in (hatch or "") for hatch in bars[0]) and not any(".." in (hatch or "") for hatch in bars[1])
