"""Networks: who is for or against whom, for programs that draw and measure networks (Gephi, igraph, Visone, UCINET).

Nodes are actors with kind, camp, state, party and mentions; edges lead from source to target with the number of
articles (or rows) for and against, their sum (`weight`) and the mean position. The events that they are made of stand
beside them as a table, one row each.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

KINDS = ("kind", "camp", "state", "party")
EVENTS = [
    *("article_id", "outlet", "date", "how", "teller", "source", "source_camp", "target", "target_camp"),
    *("stance", "probability", "evidence_text", "method"),
]


def write_network(
    stances: pd.DataFrame, actors: pd.DataFrame, articles: pd.DataFrame, folder: Path | str, *, least: int = 1
) -> list[Path]:
    """Write ``network.gexf``, ``network.graphml`` and ``events.csv``; the files.

    Only pairs with at least so many rows for or against are edges; with votes of
    :func:`analysis.findings.once_an_article` a row is an article. Rows of 0 are events and no edges.
    """
    import networkx

    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    graph = network_of(stances, actors, least=least)
    files = [folder / name for name in ("network.gexf", "network.graphml", "events.csv")]
    networkx.write_gexf(graph, files[0], version="1.2draft")
    networkx.write_graphml(graph, files[1])
    about = articles[["article_id", "outlet", "date"]]
    events = stances.merge(about, on="article_id", how="left").reindex(columns=EVENTS)
    events.to_csv(files[2], index=False, encoding="utf-8", lineterminator="\n")
    return files


def network_of(stances: pd.DataFrame, actors: pd.DataFrame, *, least: int = 1):
    """The network as a directed graph of networkx; every attribute of a node or edge has a value."""
    import networkx

    sided = stances[stances["stance"] != 0]
    counts = sided.assign(
        positive=(sided["stance"] > 0).astype(int),
        negative=(sided["stance"] < 0).astype(int),
        told=(sided["how"] == "told").astype(int),
    )
    pairs = counts.groupby(["source_id", "target_id"], sort=True)[["positive", "negative", "told"]].sum()
    names = dict(zip(stances["source_id"], stances["source"], strict=True))
    names |= dict(zip(stances["target_id"], stances["target"], strict=True))
    known = actors.sort_values("mentions", ascending=False, kind="stable").drop_duplicates("actor_id")
    about = known.set_index("actor_id")
    mentions = actors.groupby("actor_id")["mentions"].sum()
    graph = networkx.DiGraph()
    for (source, target), row in pairs[pairs["positive"] + pairs["negative"] >= least].iterrows():
        for one in (source, target):
            told = {name: _text(about[name].get(one)) for name in KINDS}
            graph.add_node(one, label=names[one], mentions=int(mentions.get(one, 0)), **told)
        good, bad = int(row["positive"]), int(row["negative"])
        weights = {"weight": good + bad, "positive": good, "negative": bad, "told": int(row["told"])}
        graph.add_edge(source, target, mean=(good - bad) / (good + bad), **weights)
    return graph


def _text(cell: object) -> str:
    return "" if cell is None or pd.isna(cell) else str(cell)
