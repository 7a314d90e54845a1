"""Actors: one row however many names, an office, a camp, and links that are never guessed."""

import pytest

from analysis.actors.cast import slug_of
from analysis.stages import find_actors
from tests.helpers import parsed_text


def actors_of(text, **options):
    actors, mentions = find_actors(parsed_text(text), **options)
    return actors.set_index("name"), mentions


ONE_ACTOR = {
    "full name, then surname": (
        "Norwegian Foreign Minister Ine Soreide met reporters. Soreide said the talks failed.",
        "Ine Soreide",
        ["Norwegian Foreign Minister Ine Soreide", "Soreide"],
    ),
    "office before the name is given": (
        "Norway's foreign minister said the talks failed. Later Norwegian Foreign Minister Ine Soreide left Oslo.",
        "Ine Soreide",
        ["Norway's foreign minister", "Norwegian Foreign Minister Ine Soreide"],
    ),
    "the minister": (
        "Foreign Minister Ine Soreide met reporters. The minister said the talks failed.",
        "Ine Soreide",
        ["Foreign Minister Ine Soreide", "The minister"],
    ),
    "pronoun of the speaker": (
        "Senator Susan Collins said the bill was dead. She added that she regretted it.",
        "Susan Collins",
        ["Senator Susan Collins", "She", "she"],
    ),
    "state, its short name and its government": (
        "The United States sent ships. Washington said the US would stay. The US government was firm.",
        "United States",
        ["The United States", "Washington", "the US", "The US government"],
    ),
    "organisation under two names": (
        "ISIS lost the town. Daesh fled, and the terrorists burned the bridge.",
        "ISIS",
        ["ISIS", "Daesh", "the terrorists"],
    ),
    "chain of titles": (
        "The agency quoted Chief of Staff of the Polish Armed Forces General Jan Nowak on Monday.",
        "Jan Nowak",
        ["Chief of Staff of the Polish Armed Forces General Jan Nowak"],
    ),
    "the country": ("Soldiers left Mali in May. The country has since been quiet.", "Mali", ["Mali", "The country"]),
}


def _plain(text):
    return text.removeprefix("The ").removeprefix("the ")


@pytest.mark.parametrize("case", ONE_ACTOR)
def test_links_the_mentions_of_one_actor(case):
    text, name, expected = ONE_ACTOR[case]
    actors, mentions = actors_of(text)
    mine = mentions[mentions.actor_id == actors.loc[name, "actor_id"]]
    assert [_plain(words) for words in mine.text] == [_plain(words) for words in expected]


def test_an_office_that_two_persons_hold_is_not_guessed():
    actors, _ = actors_of(
        "Iranian General Ali Karimi and Iranian General Reza Moradi met. Iran's military commander said it was over."
    )
    assert actors.loc["Ali Karimi", "statements"] == actors.loc["Reza Moradi", "statements"] == 0


def test_two_persons_of_one_surname_stay_two():
    actors, _ = actors_of("Bill Clinton spoke first. Hillary Clinton said the vote was fair. She thanked the town.")
    assert {"Bill Clinton", "Hillary Clinton"} <= set(actors.index)


CAMPS = {
    "state in the title": ("Iranian defence minister Amir Hatami said it was over.", "Amir Hatami", "Iran"),
    "group of a state": ("US officials said it was over.", "US officials", "United States"),
    "party behind the name": ("Rep. Jason Chaffetz (R-Utah) said it was over.", "Jason Chaffetz", "Republican Party"),
    "state itself": ("Russia said it was over.", "Russia", "Russia"),
}


@pytest.mark.parametrize("case", CAMPS)
def test_finds_the_camp(case):
    text, name, camp = CAMPS[case]
    actors, _ = actors_of(text)
    assert actors.loc[name, "camp"] == camp


def test_a_researcher_can_set_a_camp_and_take_one_away():
    text = "Iranian defence minister Amir Hatami met Ine Soreide. Russia watched."
    actors, _ = actors_of(text, camps={"Ine Soreide": "Norway", "Russia": ""})
    assert actors.loc["Ine Soreide", ["camp", "method"]].tolist() == ["Norway", "set_by_researcher"]
    assert actors.loc[["Russia"], "camp"].isna().all()
    assert actors.loc["Amir Hatami", "camp"] == "Iran"


def test_a_capital_is_a_place_unless_it_acts():
    actors, _ = actors_of("Reporters gathered in Moscow. Kiev said it would not talk.")
    assert "Ukraine" in actors.index
    assert "Russia" not in actors.index


def test_offsets_show_the_words_of_the_text():
    parsed = parsed_text("Iranian President Hassan Rouhani said the US had failed. He left Tehran.")
    _, mentions = find_actors(parsed)
    assert [parsed.article.text[row.start : row.end] for row in mentions.itertuples()] == mentions.text.tolist()


def test_a_text_without_actors_gives_empty_tables():
    actors, mentions = find_actors(parsed_text("It rained. The wall stood."))
    assert len(actors) == len(mentions) == 0


@pytest.mark.parametrize(
    ("name", "slug"), [("Élysée Palace", "elysee-palace"), ("writer", "writer-1"), ("习近平", "actor-1")]
)
def test_ids_are_plain_and_never_the_writer(name, slug):
    assert slug_of(name) == slug


def test_a_surname_that_by_its_title_is_neither_bearer_is_a_third_person():
    text = "Ghazala Khan spoke first. He wept. Then he left. Khizr Khan spoke next. He wept too. Then he left. "
    actors, _ = actors_of(text + "Letters came, addressed to Mrs. Khan of Oslo.")
    assert {"Ghazala Khan", "Khizr Khan", "Khan"} <= set(actors.index)
