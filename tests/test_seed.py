"""The first article: the twelve statements, the actors and the stances that a person reads in it."""

import pytest

from analysis import analyse
from tests.helpers import SEED_FILE

SEED = SEED_FILE

STATEMENTS = [
    ("Hassan Rouhani", ":", "US Military Bases in Afghanistan fueling", "indirect"),
    ("Hassan Rouhani", "has said", "the presence of US military bases", "indirect"),
    ("Hassan Rouhani", "offered", "to help Afghanistan", "indirect"),
    ("Mohammad Baqeri", "said", "the United States is transferring Daesh", "indirect"),
    ("Mohammad Baqeri", "reported, quoting", '"After witnessing Daesh', "mixed"),
    ("US officials", "accuse", "the Iran of supporting the militant groups", "indirect"),
    ("Hassan Rouhani", "said", "the US deployed its forces", "indirect"),
    ("Hassan Rouhani", "told", "“Iran is ready for advisory", "direct"),
    ("Amir Hatami", "said", "the US is transferring Daesh", "indirect"),
    ("Amir Hatami", "said", '"Iran has always been concerned', "direct"),
    ("Iranian officials", "went on to say", "recent attacks", "indirect"),
    ("United States", "has dismissed", "the allegations", "indirect"),
]


@pytest.fixture(scope="module", params=["model", "rules"])
def seed(request):
    return analyse(SEED, method=request.param)


@pytest.fixture(scope="module")
def statements(seed):
    return seed.statements[seed.statements.repeats.isna()].reset_index(drop=True)


def test_finds_the_twelve_statements_and_no_other(statements):
    found = [
        (row.speaker, row.cue, row.content[: len(begin)], row.quote_type)
        for row, (_, _, begin, _) in zip(statements.itertuples(), STATEMENTS, strict=True)
    ]
    assert found == STATEMENTS


def test_marks_the_repeated_headline_as_a_repetition(seed):
    repeated = seed.statements[seed.statements.repeats.notna()]
    assert repeated[["placement", "repeats"]].values.tolist() == [["headline", 1]]


def test_reads_the_circumstances(statements):
    seen = statements[["via", "addressee", "occasion"]].astype(object).where(lambda cells: cells.notna(), None)
    assert seen.iloc[3].tolist() == [None, None, "on Tuesday"]
    assert seen.iloc[4].tolist() == ["Press TV", None, None]
    assert seen.iloc[6].tolist() == [None, "Vladimir Putin", "In his telephonic conversation"]
    assert seen.iloc[7].tolist() == [None, "Reporters", "in Tehran"]
    assert seen.iloc[8].tolist() == [None, None, "On February 4"]


def test_sources_do_not_swallow_their_surroundings(statements):
    assert statements.source[1] == "Iranian President Hassan Rouhani"
    assert statements.source[3] == "Iran's top military commander"


@pytest.mark.parametrize(
    ("name", "kind", "camp"),
    [
        ("Hassan Rouhani", "person", "Iran"),
        ("Mohammad Baqeri", "person", "Iran"),
        ("Amir Hatami", "person", "Iran"),
        ("United States", "state", "United States"),
        ("Daesh", "organisation", "Islamic State"),
        ("Vladimir Putin", "person", "Russia"),
        ("Afghanistan", "state", "Afghanistan"),
        ("US officials", "group", "United States"),
        ("Iranian officials", "group", "Iran"),
    ],
)
def test_knows_the_actors(seed, name, kind, camp):
    row = seed.actors.set_index("name").loc[name]
    assert (row["kind"], row["camp"]) == (kind, camp)


@pytest.mark.parametrize(
    ("source", "target", "sign"),
    [
        ("Hassan Rouhani", "United States", -1),
        ("Hassan Rouhani", "Afghanistan", 1),
        ("Mohammad Baqeri", "United States", -1),
        ("Mohammad Baqeri", "Daesh", -1),
        ("US officials", "Iran", -1),
        ("Amir Hatami", "United States", -1),
        ("Amir Hatami", "Afghan people", 1),
        ("United States", "Hassan Rouhani", -1),
    ],
)
def test_the_matrix_of_stances_reads_right(seed, source, target, sign):
    rows = seed.stances[(seed.stances.source == source) & (seed.stances.target == target)]
    decided = rows.stance[rows.stance != 0]
    assert len(decided) and (decided == sign).all()


def test_casts_the_united_states_as_villain_and_afghanistan_as_victim(seed):
    cast = seed.roles.groupby("actor").role.agg(lambda roles: roles.mode()[0])
    assert cast[["United States", "Afghanistan", "Afghan people"]].tolist() == ["villain", "victim", "victim"]


def test_every_span_shows_the_words_that_its_table_shows(seed):
    text = seed.texts["000_b48bac653413fbe2"]
    for table in (seed.segments, seed.passages, seed.mentions):
        assert [text[row.start : row.end] for row in table.itertuples()] == table.text.tolist()
    for row in statements_with_cue(seed):
        assert text[row.cue_start : row.cue_end] == row.cue
        assert text[row.source_start : row.source_end] == row.source


def statements_with_cue(seed):
    return seed.statements[seed.statements.cue_start.notna()].itertuples()
