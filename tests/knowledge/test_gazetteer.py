"""Look-ups of names, offices, groups and given names, and the state of the data files behind them."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.codebook import CodebookError
from analysis.knowledge import names
from analysis.knowledge.entries import State
from analysis.knowledge.gazetteer import read_knowledge, shipped


def _name(entry) -> str | None:
    return entry.name if entry else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("US", "United States"),
        ("U.S.", "United States"),
        ("the US", "United States"),
        ("U.S.'s", "United States"),
        ("the  United\nStates", "United States"),
        ("Washington", "United States"),
        ("White House", "United States"),
        ("the Kremlin’s", "Russia"),
        ("Elysee", "France"),
        ("Élysée", "France"),
        ("Teheran", "Iran"),
        ("IRAN", "Iran"),
        ("Cote d’Ivoire", "Ivory Coast"),
        ("DRC", "Democratic Republic of the Congo"),
        ("Congo", "Democratic Republic of the Congo"),
        ("Turkey", "Turkey"),
        ("turkey", None),
        ("us", None),
        ("Us", None),
        ("Korea", None),
        ("the", None),
        ("", None),
        ("Rouhani", None),
    ],
)
def test_state_of(text, name):
    assert _name(shipped().state_of(text)) == name


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Iranian", "Iran"),
        ("Afghans", "Afghanistan"),
        ("U.S.", "United States"),
        ("Britons", "United Kingdom"),
        ("Dominican", "Dominican Republic"),
        ("Polish", "Poland"),
        ("polish", None),
        ("us", None),
        ("Korean", None),
        ("Iran", None),
    ],
)
def test_state_of_adjective(word, name):
    assert _name(shipped().state_of_adjective(word)) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Daesh", "Islamic State"),
        ("Da’esh", "Islamic State"),
        ("IS", "Islamic State"),
        ("is", None),
        ("Is", None),
        ("WHO", "World Health Organization"),
        ("Who", None),
        ("LeT", "Lashkar-e-Taiba"),
        ("Let", None),
        ("al-Qaeda", "Al-Qaida"),
        ("the GOP's", "Republican Party"),
        ("Democrats", "Democratic Party"),
        ("New York Times", "New York Times"),
        ("The New York Times", "New York Times"),
        ("Press TV", "Press TV"),
        ("PTI", None),
    ],
)
def test_organisation_of(text, name):
    assert _name(shipped().organisation_of(text)) == name


def test_ambiguous_names_are_found_and_told_apart():
    assert names.is_ambiguous("Georgia", shipped().state_of("Georgia"))
    assert names.is_ambiguous("the Times", shipped().organisation_of("the Times"))
    assert names.is_ambiguous("Washington", shipped().state_of("Washington"))
    assert not names.is_ambiguous("Washington, D.C.", shipped().state_of("Washington, D.C."))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Iranian President Hassan Rouhani", [("president", 1, 2)]),
        ("the vice president", [("vice president", 1, 3)]),
        ("Vice - President Pence", [("vice president", 0, 3)]),
        ("Vice-President Pence", [("vice president", 0, 1)]),
        ("Prime Minister and President", [("prime minister", 0, 2), ("president", 3, 4)]),
        ("Sen. Cruz , Gov. Bush", [("senator", 0, 1), ("governor", 3, 4)]),
        ("Lt. Gen. Smith", [("lieutenant general", 0, 2)]),
        ("Commander - in - Chief", [("commander in chief", 0, 5)]),
        ("minister of the interior", [("minister of interior", 0, 4)]),
        ("deputy Iranian foreign minister", [("deputy foreign minister", 0, 4)]),
        ("at 5 pm", []),
        ("PM", [("prime minister", 0, 1)]),
        ("", []),
    ],
)
def test_offices_in(words, found):
    assert [(m.office.phrase, m.start, m.end) for m in shipped().offices_in(words.split())] == found


def test_offices_of_the_same_kind_share_a_class():
    def classes(text: str) -> set[str]:
        return {match.office.office_class for match in shipped().offices_in(text.split())}

    commander = "Chief of Staff of the Iranian Armed Forces Major General Mohammad Baqeri"
    assert classes("Iran 's top military commander") == classes(commander) == {"military commander"}
    assert classes("defense minister") == classes("Defence Secretary")
    assert len(classes("president") | classes("vice president") | classes("prime minister")) == 3


def test_official_and_gender_of_offices():
    (spokeswoman,) = shipped().offices_in(["spokeswoman"])
    (mister,) = shipped().offices_in(["Mr."])
    assert (spokeswoman.office.official, spokeswoman.office.gender) == (True, "female")
    assert (mister.office.official, mister.office.office_class) == (False, "honorific")


@pytest.mark.parametrize(
    ("noun", "kind", "official"),
    [
        ("official", "officials", True),
        ("authorities", "officials", True),
        ("lawmakers", "legislature", True),
        ("people", "public", False),
        ("civil servants", "officials", True),
        ("reporters", "journalists", False),
        ("militant", "armed", False),
        ("poll", "document", False),
    ],
)
def test_group_of(noun, kind, official):
    group = shipped().group_of(noun)
    assert (group.type, group.official) == (kind, official)


def test_group_of_an_unknown_noun():
    assert shipped().group_of("table") is None


@pytest.mark.parametrize(
    ("name", "gender"),
    [("Hassan", "male"), ("Hillary", "female"), ("José", "male"), ("Jean-Luc", "male"), ("Kim", "both")],
)
def test_gender_of(name, gender):
    assert shipped().gender_of(name) == gender


def test_gender_of_an_unknown_name():
    assert shipped().gender_of("Xqz") is None


STATES = "name,aliases,adjectives,demonyms,capital,houses,ambiguous,source,note\n"


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("Aland,Ax,,,,,,own,\nBland,Ax,,,,,,own,\n", "line 3: 'ax' belongs to Aland and Bland"),
        ("Aland,Ax,,,,,,own,\nBland,bx,,,,,,own,\n", "line 3: 'bx' has no capital"),
    ],
)
def test_states_of_an_own_file_are_checked(tmp_path, rows, problem):
    own = tmp_path / "states.csv"
    own.write_text(STATES + rows, encoding="utf-8")
    with pytest.raises(CodebookError, match=problem):
        read_knowledge(states=own).state_of("Aland")


def test_own_file_replaces_the_one_of_the_package(tmp_path: Path):
    own = tmp_path / "states.csv"
    own.write_text(STATES + "Aland,Ax,,,,,,own,\nBland,Ax,,,,,Ax,own,\n", encoding="utf-8")
    assert _name(read_knowledge(states=own).state_of("Ax")) == "Aland"
    assert read_knowledge(states=own).state_of("Iran") is None


@pytest.mark.parametrize(
    ("read", "header", "row"),
    [
        (
            lambda own: read_knowledge(groups=own).group_of("x"),
            "noun,plural,official,type,singular",
            "mob,,no,public,body",
        ),
        (lambda own: read_knowledge(first_names=own), "name,gender", "Kim,both"),
        (
            lambda own: read_knowledge(offices=own).offices_in(["x"]),
            "phrase,office_class,official,gender,abbreviation,body",
            "boss,leader,no,,,",
        ),
    ],
)
def test_an_entry_that_stands_twice_is_refused(tmp_path, read, header, row):
    own = tmp_path / "own.csv"
    own.write_text(f"{header},source,note\n{row},own,\n{row},own,\n", encoding="utf-8")
    with pytest.raises(CodebookError, match=r"line 3: .*stands twice"):
        read(own)


def test_files_are_sorted_and_camps_are_known():
    for entries in (shipped().states, shipped().organisations):
        listed = [entry.name for entry in entries]
        assert listed == sorted(set(listed))
    assert [o.phrase for o in shipped().offices] == sorted(o.phrase for o in shipped().offices)
    assert [g.noun for g in shipped().groups] == sorted(g.noun for g in shipped().groups)
    sides = {entry.name for entry in (*shipped().states, *shipped().organisations)}
    assert {body.camp for body in shipped().organisations} <= sides | {""}


def test_ambiguous_forms_are_forms_of_their_entry():
    for entry in (*shipped().states, *shipped().organisations):
        forms = {entry.name, *entry.aliases}
        if isinstance(entry, State):
            forms |= {*entry.adjectives, *entry.demonyms, *entry.capital, *entry.houses}
        else:
            forms |= set(entry.members)
        assert {names.key(form) for form in entry.ambiguous} <= {names.key(form) for form in forms}, entry.name


def test_all_members_of_the_united_nations_are_there():
    assert sum(state.note.startswith("UN member") for state in shipped().states) == 193
