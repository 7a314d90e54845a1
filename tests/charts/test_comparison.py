"""Charts that compare: a panel a group, one scale, and no claim that the test does not bear out."""

import matplotlib

matplotlib.use("Agg")

import pandas as pd
import pytest
from matplotlib import pyplot

from analysis import charts, findings, schema
from analysis.findings.by_article import FRAMES, STANCE, WORDS
from tests.findings.test_comparison import article, stance, values_of


@pytest.fixture(autouse=True)
def close():
    yield
    pyplot.close("all")


def made(groups, shift=0.0, question=WORDS):
    values, named = values_of(groups, seed=1, shift=shift, items=3)
    values = values.assign(
        question=question, value=values["value"].clip(0, 1) if question != STANCE else values["value"]
    )
    return findings.compared(values, named), findings.differences(values, named)


def test_a_panel_a_group_with_dots_bands_and_numbers():
    ax = charts.plot_compared(*made({"Post": 6, "Herald": 3}), WORDS)
    post, herald = ax.child_axes
    assert [panel.get_title() for panel in (post, herald)] == ["Post", "Herald"]
    assert post.get_xlim() == herald.get_xlim() and post.get_ylim() == herald.get_ylim(), "one scale"
    assert sorted(text.get_text() for text in post.texts) == ["6", "6", "6"]
    dots = [line for line in herald.lines if line.get_marker() == "o"]
    assert len(dots) == 3 and all(dot.get_markerfacecolor() == "white" for dot in dots), "hollow below five articles"
    assert not any(line.get_linewidth() == 2.2 for line in herald.lines), "no band below five articles"
    assert sum(line.get_linewidth() == 2.2 for line in post.lines) == 3


def test_the_title_claims_what_the_test_bears_out_and_a_star_marks_it():
    ax = charts.plot_compared(*made({"Post": 12, "Herald": 12}, shift=5.0), WORDS)
    assert " ".join(ax.get_title().split()).startswith("The outlets differ in share of speakers' words: i0 (p = ")
    names = [label.get_text() for label in ax.child_axes[0].get_yticklabels()]
    assert [name.startswith("★") for name in sorted(names, key=lambda name: name[-1])] == [True, False, False]
    ax = charts.plot_compared(*made({"Post": 12, "Herald": 12}), WORDS)
    assert ax.get_title() == "No difference between outlets is borne out (3 compared)"


def test_stance_has_its_scale_and_its_agreement_and_frames_are_called_exploratory():
    ax = charts.plot_compared(*made({"Post": 6, "Herald": 6}, question=STANCE), STANCE)
    assert [label.get_text() for label in ax.child_axes[0].get_xticklabels()] == ["−1", "0", "+1"]
    assert "Agreement of the stance that is said with people" in ax.get_xlabel()
    assert "Exploratory" in charts.plot_compared(*made({"Post": 6, "Herald": 6}, question=FRAMES), FRAMES).get_xlabel()


def test_what_does_not_fit_is_counted():
    ax = charts.plot_compared(*made({f"Outlet {n}": 2 for n in range(9)}), WORDS)
    assert len(ax.child_axes) == 7 and "2 other outlets not shown" in ax.get_xlabel()


def test_nothing_to_compare_says_so():
    nothing = pd.DataFrame(columns=["question"])
    assert charts.plot_compared(nothing, nothing, WORDS).get_title().startswith("No actor, camp or frame")
    one = made({"2020-01": 6})
    assert charts.plot_over_time(*one, WORDS).get_title() == "No second month found"
    assert charts.plot_articles(schema.empty("articles")).get_title() == "No articles found"


def test_over_time_a_panel_an_item_and_months_in_their_order():
    ax = charts.plot_over_time(*made({"2020-02": 6, "2020-01": 3}), WORDS)
    assert len(ax.child_axes) == 3
    assert [label.get_text() for label in ax.child_axes[0].get_xticklabels()] == ["2020-01", "2020-02"]
    assert ax.get_title() == "No difference between months is borne out (3 compared)"


def test_articles_are_counted_by_outlet_and_month():
    rows = [
        article("a", "Post", "2020-01-03"),
        article("b", "Post", "2020-01-09"),
        article("c", "Herald"),
        article("d"),
    ]
    ax = charts.plot_articles(schema.tabulate("articles", rows))
    assert ax.get_title() == "4 articles of 2 outlets, 2020-01-03 to 2020-01-09"
    assert sorted(text.get_text() for text in ax.texts) == ["1", "1", "2"]


def test_a_network_keeps_the_places_that_it_is_given():
    rows = [stance("a", "Quill", "Iran", -1), stance("b", "Holm", "Iran", 1)]
    table = schema.tabulate("stances", rows)
    layout = charts.network_layout(table)
    assert set(layout) == {"Quill", "Holm", "Iran"}
    part = charts.plot_stance_network(table[table["article_id"] == "a"], layout=layout, units="articles")
    places = {tuple(line.get_xydata()[0]) for line in part.lines}
    assert places == {layout["Quill"], layout["Iran"]} and "number of articles" in part.get_xlabel()
    fewer = charts.plot_stance_network(table, layout={name: layout[name] for name in ("Quill", "Iran")})
    assert "1 other not shown" in fewer.get_xlabel()


def test_a_confusion_and_corrected_shares_say_what_they_hold():
    table = pd.DataFrame([[8, 2], [1, 9]], index=["no", "yes"], columns=["no", "yes"])
    ax = charts.plot_confusion(table)
    assert ax.get_title() == "Coders and tool say the same of 17 of 20 units"
    assert sorted(text.get_text() for text in ax.texts) == ["1", "2", "8", "9"]
    assert charts.plot_confusion(table * 0).get_title() == "No units that coders settled found"
    row = {"label": "yes", "rows": 100, "coded": 20, "tool": 0.2, "tool_low": 0.1, "tool_high": 0.3}
    apart = pd.DataFrame([row | {"corrected": 0.5, "low": 0.4, "high": 0.6}])
    assert charts.plot_corrected(apart).get_title() == "Corrected, the share of yes is 50% and not 20%"
    near = pd.DataFrame([row | {"corrected": 0.25, "low": 0.1, "high": 0.4}])
    assert "lie within the intervals" in charts.plot_corrected(near).get_title()
