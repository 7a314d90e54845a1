"""Networks read back as they were written."""

import networkx
import pandas as pd
import pytest

from analysis import schema
from analysis.exchange.networks import network_of, write_network
from tests.findings.test_comparison import actor, article, stance

ROWS = [stance("a", "Quill", "Iran", -1), stance("b", "Quill", "Iran", -1), stance("b", "Quill", "Iran", 1)]
ROWS += [stance("b", "Holm", "Iran", 1, how="told"), stance("b", "Holm", "Quill", 0)]


@pytest.fixture
def tables():
    people = [
        actor("a", "Quill", camp="Norland"),
        actor("b", "Quill", camp="Norland"),
        actor("b", "Iran", kind="state"),
    ]
    articles = [article("a", "Post", "2020-01-01"), article("b", "Herald")]
    return (
        schema.tabulate("stances", ROWS),
        schema.tabulate("actors", [*people, actor("b", "Holm")]),
        schema.tabulate("articles", articles),
    )


@pytest.mark.parametrize("kind", ["gexf", "graphml"])
def test_the_network_comes_back_with_all_attributes(tables, tmp_path, kind):
    write_network(*tables, tmp_path)
    read = {"gexf": networkx.read_gexf, "graphml": networkx.read_graphml}[kind](tmp_path / f"network.{kind}")
    made = network_of(*tables[:2])
    assert set(read.nodes) == set(made.nodes) == {"quill", "iran", "holm"} and read.is_directed()
    for name, told in made.nodes(data=True):
        assert {key: read.nodes[name][key] for key in told} == told
    edge = read.edges["quill", "iran"]
    assert (edge["weight"], edge["positive"], edge["negative"]) == (3, 1, 2)
    assert edge["mean"] == pytest.approx(-1 / 3) and read.edges["holm", "iran"]["told"] == 1
    assert ("holm", "quill") not in read.edges, "a position of 0 is no edge"


def test_a_threshold_and_the_events(tables, tmp_path):
    assert set(network_of(*tables[:2], least=2).edges) == {("quill", "iran")}
    *_, file = write_network(*tables, tmp_path, least=2)
    events = pd.read_csv(file)
    assert len(events) == len(ROWS) and events.loc[0, ["outlet", "source", "stance"]].tolist() == ["Post", "Quill", -1]


def test_nothing_is_an_empty_network(tables, tmp_path):
    write_network(schema.empty("stances"), tables[1], tables[2], tmp_path)
    assert len(networkx.read_gexf(tmp_path / "network.gexf")) == 0
