"""Whose an actor is: the chain from office and body to state and party, and the camp that is made of it."""

from __future__ import annotations

import pytest

from analysis.actors.camps import Sides, read_sides
from analysis.codebook import CodebookError
from analysis.stages import find_actors
from tests.helpers import parsed_text


def actors_of(text, camps=None):
    return find_actors(parsed_text(text), camps=camps)[0].set_index("name")


HOME = "Ferry hits quay\n\nISLAMABAD: A ferry struck the quay in Karachi on Monday.\n\n"
ABROAD = "Ferry hits quay\n\nA ferry struck the quay in Malta on Monday. Malta shut the port.\n\n"
CHAINS = {
    "plain apposition of a state": ("Lebanese Prime Minister Rana Haddad said no.", "Rana Haddad", "state", "Lebanon"),
    "an office over of": ("US Secretary of State Tony Marsh said no.", "Tony Marsh", "camp", "United States"),
    "an armed group": ("Taliban spokesman Zabih Noor said no.", "Zabih Noor", "camp", "Taliban"),
    "a company, whatever its name": ("A Brelko spokesperson said no.", "Brelko spokesperson", "camp", "Brelko"),
    "the possessor of a chief": ("Ann Lee, Brelko's CEO, said no.", "Ann Lee", "body", "Brelko"),
    "a body behind of": ("Ann Lee of the Water Board said no.", "Ann Lee", "body", "Water Board"),
    "a ministry at home": (
        HOME + "Foreign Office spokesperson Amna Tariq denied it.",
        "Amna Tariq",
        "method",
        "home_dateline",
    ),
    "the army at home": (HOME + "The army said ten men were safe.", "Army", "camp", "Pakistan"),
    "a court at home": (ABROAD + "The Supreme Court said no.", "Supreme Court", "camp", "Malta"),
    "a minister at home, by places": (ABROAD + "Minister Rana Haddad said no.", "Rana Haddad", "method", "home_places"),
    "a leader without office": ("Merkel said the deal would hold.", "Merkel", "camp", "Germany"),
    "a full name of the list": ("Hassan Rouhani said no.", "Hassan Rouhani", "method", "listed_holder"),
    "an organisation between states": ("The WHO said no.", "WHO", "camp", "World Health Organization"),
    "forces that a pronoun gives to whoever acts": (
        HOME + "France moved its forces to Malta. The forces fled, it said.",
        "Forces",
        "camp",
        "France",
    ),
    "who serves another": (
        "President Emmanuel Macron left. A Macron adviser said no.",
        "Macron adviser",
        "camp",
        "France",
    ),
    "a portfolio is no party": (ABROAD + "Labour Minister Kofi Addo said no.", "Kofi Addo", "camp", "Malta"),
}


@pytest.mark.parametrize("case", CHAINS)
def test_finds_whose_an_actor_is(case):
    text, name, column, wanted = CHAINS[case]
    assert actors_of(text).loc[name, column] == wanted


NOBODY = {
    "an expert": ("Ann Lee, of the University of Leeds, said no.", "Ann Lee"),
    "a namesake with a private office": ("The surgeon Angela Merkel said the bread was good.", "Angela Merkel"),
    "a witness": ("A witness, Ann Lee, said no.", "Ann Lee"),
    "a spokesperson of nobody": (ABROAD + "A spokesperson, Ann Lee, said no.", "Ann Lee"),
}


@pytest.mark.parametrize("case", NOBODY)
def test_who_belongs_to_no_side_has_no_camp(case):
    text, name = NOBODY[case]
    assert actors_of(text).loc[[name], "camp"].isna().all()


CAMPAIGN = "Senator Ted Cruz and Senator Elizabeth Warren met. Cruz said no. Warren said yes."


@pytest.mark.parametrize(
    ("by", "cruz", "warren"),
    [
        ("auto", "Republican Party", "Democratic Party"),
        ("party", "Republican Party", "Democratic Party"),
        ("state", "United States", "United States"),
    ],
)
def test_camps_are_made_of_what_the_researcher_chooses(by, cruz, warren):
    actors = actors_of(CAMPAIGN, Sides(by=by))
    assert (actors.loc["Ted Cruz", "camp"], actors.loc["Elizabeth Warren", "camp"]) == (cruz, warren)
    assert set(actors.loc[["Ted Cruz", "Elizabeth Warren"], "state"]) == {"United States"}


def test_camps_can_be_made_of_bodies():
    actors = actors_of(HOME + "Foreign Office spokesperson Amna Tariq denied it.", Sides(by="body"))
    assert actors.loc["Amna Tariq", "camp"] == "Foreign Office" and actors.loc["Amna Tariq", "state"] == "Pakistan"


def test_in_foreign_news_a_president_stands_for_his_state():
    text = (
        "President Donald Trump called Iran. Iran said no. Iranian President Hassan Rouhani left. China and Iran spoke."
    )
    assert actors_of(text).loc["Donald Trump", ["camp", "party"]].tolist() == ["United States", "Republican Party"]


def test_an_own_camp_stands_above_all_and_has_no_evidence():
    actors = actors_of(CAMPAIGN, Sides(own={"Ted Cruz": "the right", "Elizabeth Warren": ""}))
    assert actors.loc["Ted Cruz", ["camp", "method"]].tolist() == ["the right", "set_by_researcher"]
    assert actors.loc["Elizabeth Warren", ["camp", "evidence_text"]].isna().all()


def test_own_people_are_asked_before_the_list(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("name,state,party,start\nAnn Lee,Malta,Harbour Party,2020\n", encoding="utf-8")
    actors = actors_of("Ann Lee said no.", read_sides(people=file))
    assert actors.loc["Ann Lee", ["state", "party", "method"]].tolist() == ["Malta", "Harbour Party", "listed_holder"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("name,country\nAnn Lee,Malta\n", "no column 'country'"),
        ("name,start\nAnn Lee,last May\n", "line 2: 'last May' is no date"),
        ("state\nMalta\n", "missing column: name"),
    ],
)
def test_a_wrong_list_of_people_is_one_sentence(tmp_path, content, said):
    file = tmp_path / "people.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CodebookError, match=said):
        read_sides(people=file)


def test_camps_are_made_of_what_there_is():
    with pytest.raises(ValueError, match="not by colour"):
        Sides(by="colour")


LINKS = {
    "the prime minister is whom the list knows as one": (
        "Keir Starmer left for Rome. The prime minister said in London that he would return to Britain.",
        ("Keir Starmer", "The prime minister"),
    ),
    "a spokesman who is named later": (
        "Talks end\n\nBEIJING: No talks will be held, a mainland spokesman said.\n\n"
        "There is one country, said Lin Tao, spokesman for the Council.",
        ("Lin Tao", "a mainland spokesman"),
    ),
    "a document speaks for its author": (
        "The Harbour Trust looked. A report by the Harbour Trust said no.",
        ("Harbour Trust", "A report"),
    ),
}


@pytest.mark.parametrize("case", LINKS)
def test_one_actor(case):
    text, names = LINKS[case]
    actors = actors_of(text)
    held = [name for name in actors.index if all(one in actors.loc[name, "names"] for one in names)]
    assert len(held) == 1


def test_two_spokespersons_of_two_bodies_stay_two():
    actors = actors_of("A Brelko spokesperson said no. Harry Moss, spokesperson for Vantor, said yes.")
    assert {"Brelko spokesperson", "Harry Moss"} <= set(actors.index)


def test_a_place_is_told_from_a_state_that_acts():
    actors, mentions = find_actors(parsed_text("Iran said no. Troops landed in Iran and near Basra."))
    assert mentions.loc[mentions["text"] == "Iran", "form"].tolist() == ["name", "place"]
    assert actors.set_index("name").loc["Basra", "kind"] == "place"
