"""Comparing outlets and months: who is the same, what counts, which differences are borne out."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import Analysis, findings, schema
from analysis.findings.across import SEVERAL, SURNAME
from analysis.findings.by_article import SPEECH, STANCE, WORDS
from analysis.findings.comparison import in_words


def table_of(name, rows):
    return schema.tabulate(name, rows)


def corpus(**tables):
    """An analysis of these rows, its other tables empty."""
    empty = {name: schema.empty(name) for name in schema.TABLES}
    return Analysis(**empty | {name: table_of(name, rows) for name, rows in tables.items()}, texts={})


def actor(article, name, *, kind="person", names=None, camp=None, state=None, office=None, key=None):
    own = {"article_id": article, "actor_id": key or name.lower().replace(" ", "-"), "name": name, "kind": kind}
    own |= {"names": names or (name,), "camp": camp, "state": state, "office": office, "mentions": 1, "method": "m"}
    return own


def statement(article, number, speaker, words, *, camp=None, kind="direct", cue="neutral", inside=None):
    own = {"article_id": article, "statement_id": number, "segment_id": 1, "passage_id": 1, "placement": "body"}
    own |= {"speaker_id": speaker.lower(), "speaker": speaker, "camp": camp, "cue_class": cue, "content_start": 0}
    own |= {"content_end": 5, "content_spans": ((0, 5),), "content": "words", "quote_type": kind, "words": words}
    return own | {"inside": inside, "method": "m"}


def stance(article, source, target, sign, *, how="said"):
    own = {"article_id": article, "how": how, "teller_id": source, "teller": source, "source_id": source.lower()}
    return own | {"source": source, "target_id": target.lower(), "target": target, "stance": sign, "method": "m"}


def article(name, outlet=None, date=None, copy=None):
    return {"article_id": name, "outlet": outlet, "date": date, "duplicate_of": copy}


# --- actors across articles --------------------------------------------------------------------------------------


def test_a_full_name_is_one_person_and_a_lone_surname_too_if_nobody_else_bears_it():
    rows = [actor("a", "Ada Quill", camp="Norland"), actor("b", "Ada Quill"), actor("c", "Quill")]
    joined, doubts = findings.united(corpus(actors=rows))
    assert set(joined.actors["actor_id"]) == {"ada quill"} and set(joined.actors["camp"]) == {"Norland"}
    assert set(joined.actors["name"]) == {"Ada Quill"}
    assert doubts.values.tolist() == [["Quill", "Ada Quill", 1, SURNAME]]


def test_a_surname_of_two_is_left_apart_and_one_that_contradicts_too():
    rows = [actor("a", "Ada Quill", state="Norland"), actor("b", "Tom Quill"), actor("c", "Quill")]
    joined, doubts = findings.united(corpus(actors=rows))
    assert joined.actors["actor_id"].nunique() == 3 and doubts["why"].tolist() == [SEVERAL]
    rows = [actor("a", "Ada Quill", state="Norland"), actor("c", "Quill", state="Sudonia")]
    assert findings.united(corpus(actors=rows))[0].actors["actor_id"].nunique() == 2


def test_supporters_and_presidents_are_others_in_every_article_and_states_the_same():
    rows = [actor(one, "Supporters", kind="group", names=("the supporters",)) for one in "ab"]
    rows += [actor(one, "President", names=("the president",)) for one in "ab"]
    rows += [actor(one, "Iran", kind="state") for one in "ab"]
    keys = findings.united(corpus(actors=rows))[0].actors.groupby("name")["actor_id"].nunique()
    assert keys.to_dict() == {"Supporters": 2, "President": 2, "Iran": 1}


def test_an_alias_settles_it_and_every_table_follows():
    rows = [actor("a", "Ada Quill"), actor("b", "The minister", names=("the minister",), key="minister")]
    said = [statement("b", 1, "minister", 3) | {"speaker": "The minister"}]
    stances = [stance("b", "minister", "Iran", -1)]
    given = corpus(actors=rows, statements=said, stances=stances)
    joined, _ = findings.united(given, {"The minister": "Ada Quill"})
    assert joined.statements["speaker"].tolist() == ["Ada Quill"] and joined.stances["source"].tolist() == ["Ada Quill"]
    assert joined.statements["speaker_id"].tolist() == ["ada quill"] and joined.stances["target"].tolist() == ["Iran"]
    for name, table in joined.tables.items():
        schema.check(name, table)


def test_an_alias_joins_a_state_too_and_tellers_follow():
    rows = [actor("a", "Iran", kind="state"), actor("b", "The regime", names=("the regime",), key="regime")]
    told = stance("b", "Regime", "Iran", -1, how="told") | {"teller_id": "regime", "teller": "The regime"}
    joined, _ = findings.united(corpus(actors=rows, stances=[told]), {"The regime": "Iran"})
    assert joined.actors["actor_id"].nunique() == 1 and joined.stances["teller"].tolist() == ["Iran"]


# --- which articles ----------------------------------------------------------------------------------------------


def test_filters_and_copies():
    rows = [
        article("a", "Post", "2020-01-30"),
        article("b", "Herald", "2020-02-01", "a"),
        article("c", "Post", "2020-02-02", "a"),
        article("d", "Post"),
    ]
    given = corpus(articles=rows, actors=[actor("b", "Ada Quill")])
    kept = lambda **options: findings.chosen(given, **options).articles["article_id"].tolist()  # noqa: E731
    assert kept() == ["a", "d"] and kept(once="never") == ["a", "b", "c", "d"]
    assert kept(once="month") == ["a", "b", "d"] and kept(once="day") == ["a", "b", "c", "d"]
    assert kept(once="week") == ["a", "d"]
    assert kept(once="never", outlets=["Herald"]) == ["b"] and kept(once="never", actor="Ada Quill") == ["b"]
    assert kept(once="never", since="2020-02-01", until="2020-02-01") == ["b"]
    assert kept(once="never", until="2020-01") == ["a"]
    with pytest.raises(ValueError, match="not within 'year'"):
        kept(once="year")


# --- values and tests --------------------------------------------------------------------------------------------


def test_values_have_the_article_as_their_unit():
    said = [
        statement("a", 1, "Quill", 30, camp="Norland"),
        statement("a", 2, "Holm", 10, camp="Westmark", kind="indirect", cue="accusing"),
        statement("a", 3, "Brandt", 99, camp="Norland", inside=1),
        statement("b", 1, "Holm", 5, camp="Westmark"),
    ]
    stances = [stance("a", "Quill", "Iran", -1), stance("a", "Holm", "Iran", 0), stance("b", "Holm", "Iran", 1)]
    values = findings.values_of_articles(corpus(statements=said, stances=stances))
    values = values.set_index(["question", "item", "article_id"])["value"].to_dict()
    assert values[WORDS, "Norland", "a"] == 0.75 and values[WORDS, "Norland", "b"] == 0
    assert values[STANCE, "Iran", "a"] == -0.5 and values[STANCE, "Iran", "b"] == 1
    assert values[SPEECH, "words in quotation marks", "a"] == 0.75
    assert values[SPEECH, "statements with a marked cue", "a"] == pytest.approx(1 / 3)


def values_of(groups, seed=0, shift=0.0, items=12):
    """Values of articles of some groups (name -> number), the first group higher by the shift in the first item."""
    draw, rows = np.random.default_rng(seed), []
    for name, size in groups.items():
        for n in range(size):
            for item in range(items):
                more = shift if name == next(iter(groups)) and item == 0 else 0
                row = {"article_id": f"{name}{n}", "question": WORDS, "item": f"i{item}"}
                rows.append(row | {"value": draw.normal() + more, "rows": 3})
    named = {f"{name}{n}": name for name, size in groups.items() for n in range(size)}
    return pd.DataFrame(rows), pd.Series(named, name="group")


def test_a_difference_that_is_there_is_found_and_named_and_no_other():
    tests = findings.differences(*values_of({"Post": 20, "Herald": 20}, shift=3.0))
    assert tests["differs"].tolist() == [True] + [False] * 11
    assert in_words(tests, [WORDS]).startswith("The outlets differ in share of speakers' words: i0 (p = ")
    assert 0.5 < tests["eta2"].iloc[0] < 1


def test_what_is_not_there_is_hardly_ever_claimed():
    claimed = [
        findings.differences(*values_of({"a": 6, "b": 6, "c": 6}, seed, items=4))["differs"].any() for seed in range(40)
    ]
    assert sum(claimed) <= 5  # one in twenty are two; more than five of forty would happen once in a hundred times


def test_the_test_agrees_with_the_analysis_of_variance():
    from scipy.stats import f_oneway

    values, groups = values_of({"a": 15, "b": 25}, items=1)
    (test,) = findings.differences(values, groups).to_dict("records")
    parts = [values["value"][values["article_id"].map(groups) == name] for name in "ab"]
    expected = f_oneway(*parts)
    assert test["f"] == pytest.approx(expected.statistic) and test["p"] == pytest.approx(expected.pvalue, abs=0.03)


def test_too_few_articles_are_not_tested_and_a_band_needs_five():
    values, groups = values_of({"a": 5, "b": 1}, items=1)
    assert findings.differences(values, groups).empty
    table = findings.compared(values, groups).set_index("group")
    assert table["n"].to_dict() == {"a": 5, "b": 1}
    assert table.loc["a", "low"] < table.loc["a", "mean"] < table.loc["a", "high"] and pd.isna(table.loc["b", "low"])
    assert in_words(findings.differences(values, groups)) == "Too few articles of different outlets to compare"


def test_groups_are_outlets_or_months():
    table = table_of("articles", [article("a", "Post", "2020-01-30"), article("b")])
    assert findings.groups_of(table).to_dict() == {"a": "Post"}
    assert findings.groups_of(table, "month").to_dict() == {"a": "2020-01"}
    with pytest.raises(ValueError, match="not by 'author'"):
        findings.groups_of(table, "author")


def test_an_article_has_one_vote_on_a_pair():
    rows = [stance("a", "Quill", "Iran", -1)] * 3 + [stance("a", "Quill", "Iran", 1), stance("b", "Quill", "Iran", 1)]
    rows += [stance("c", "Quill", "Iran", 1), stance("c", "Quill", "Iran", -1), stance("b", "Holm", "Iran", 1)]
    votes = findings.once_an_article(table_of("stances", rows), least=2)
    assert votes[["article_id", "source", "stance"]].values.tolist() == [["a", "Quill", -1], ["b", "Quill", 1]]


def test_every_number_leads_to_its_sentences():
    passages = [{"article_id": "a", "passage_id": 1, "segment_id": 1, "placement": "body", "start": 0, "end": 5}]
    passages = [passages[0] | {"text": "Quill said it.", "method": "m"}]
    said = [statement("a", 1, "Quill", 3, camp="Norland")]
    told = [stance("a", "Quill", "Iran", -1) | {"statement_id": 1, "passage_id": 1, "evidence_text": "said"}]
    frames = [{"article_id": "a", "scheme": "generic", "frame": "human_interest", "voice_id": "writer", "method": "m"}]
    frames = [frames[0] | {"voice": "writer", "passage_id": 1, "evidence_text": "it"}]
    given = corpus(articles=[article("a", "Post")], passages=passages, statements=said, stances=told, frames=frames)
    asked = {"target": "Iran"}, {"camp": "Norland"}, {"frame": "human interest"}, {"speaker": "Quill", "outlet": "Post"}
    for one in asked:
        (row,) = findings.sentences(given, **one).to_dict("records")
        assert row["sentence"] == "Quill said it." and row["outlet"] == "Post"
    (row,) = findings.sentences(given, source="Quill").to_dict("records")
    assert (row["who"], row["what"], row["toward"], row["words"]) == ("Quill", "against (said)", "Iran", "said")
    assert findings.sentences(given, camp="Norland", outlet="Herald").empty
    assert findings.sentences(replace(given, stances=schema.empty("stances")), target="Iran").empty
