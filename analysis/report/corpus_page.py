"""The page over a corpus: all articles in a table that sorts and filters, the account of the intake, the figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import pandas as pd
from markupsafe import Markup, escape
from matplotlib.axes import Axes

from analysis import charts, findings
from analysis.findings.by_article import DEEDS, FRAMES, SPEECH, STANCE, WORDS
from analysis.report.display import browsable
from analysis.report.drawing import Picture
from analysis.report.page import template
from analysis.schema.analysis import Analysis

MOST_ROWS = 20_000
"""Articles in the table of the page; the datasets have all."""
LEAST = 2
"""Articles that must have a position for it to be drawn in the network of a corpus."""


@dataclass(frozen=True)
class Compared:
    """A corpus with its actors joined, its copies left out, and what a comparison of outlets and months gives."""

    found: Analysis
    doubts: pd.DataFrame

    @cached_property
    def values(self) -> pd.DataFrame:
        return findings.values_of_articles(self.found)

    def by(self, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Means and tests by "outlet" or "month"."""
        groups = findings.groups_of(self.found.articles, name)
        return findings.compared(self.values, groups), findings.differences(self.values, groups)

    @cached_property
    def outlets(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        return self.by("outlet")

    @cached_property
    def months(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        return self.by("month")


def compared_of(analysis: Analysis) -> Compared:
    """A corpus made ready for the figures."""
    joined, doubts = findings.united(analysis)
    return Compared(findings.chosen(joined), doubts)


CHARTS: Mapping[str, tuple[str, Callable[[Compared], Axes]]] = {
    "articles": ("What the corpus holds", lambda c: charts.plot_articles(c.found.articles)),
    "words-by-outlet": ("Who gets to speak", lambda c: charts.plot_compared(*c.outlets, WORDS)),
    "stance-by-outlet": ("Stance of speakers", lambda c: charts.plot_compared(*c.outlets, STANCE)),
    "deeds-by-outlet": ("What is told of others", lambda c: charts.plot_compared(*c.outlets, DEEDS)),
    "frames-by-outlet": ("Frames", lambda c: charts.plot_compared(*c.outlets, FRAMES)),
    "speech-by-outlet": ("Direct or paraphrased", lambda c: charts.plot_compared(*c.outlets, SPEECH)),
    "frames-by-month": ("Frames over time", lambda c: charts.plot_over_time(*c.months, FRAMES)),
    "network": (
        "Who is for or against whom",
        lambda c: charts.plot_stance_network(findings.once_an_article(c.found.stances, least=LEAST), units="articles"),
    ),
}
"""Name of the file -> its heading, and the chart."""


def corpus_plots(compared: Compared) -> dict[str, Callable[[], Axes]]:
    """The charts of a corpus, ready to be drawn, by the names of their files."""
    return {name: partial(plot, compared) for name, (_, plot) in CHARTS.items()}


def render_corpus(
    analysis: Analysis,
    compared: Compared | None,
    pictures: Mapping[str, Picture],
    *,
    sentence: str,
    model: str,
    links: Mapping[str, str],
    files: Sequence[str],
) -> str:
    """The page: all text is escaped; the script of the table is part of the page, and nothing is loaded from elsewhere.

    `links` lead from the id of an article to its report, where there is one; `sentence` is the account of the intake.
    Without `compared` the corpus is too large to be compared at once, and the page says so.
    """
    tests = [] if compared is None else compared.outlets[1].to_dict("records")
    return template("corpus.html").render(
        sentence=sentence,
        articles=Markup(browsable(_rows(analysis, links).head(MOST_ROWS), html=True)),
        hidden=max(len(analysis.articles) - MOST_ROWS, 0),
        pictures=pictures,
        tests=[_cells(row) for row in tests],
        doubts=[] if compared is None else compared.doubts.head(50).to_dict("records"),
        compared=compared is not None,
        problems=analysis.problems.head(200).fillna("").to_dict("records"),
        model=model,
        files=files,
    )


def _cells(test: Mapping[str, object]) -> tuple[str, ...]:
    numbers = (f"{test['f']:.2f}", f"{test['eta2']:.2f}", f"{test['p']:.4f}", f"{test['p_corrected']:.3f}")
    return (test["question"], test["item"], str(test["n"]), str(test["groups"]), *numbers)


def _rows(analysis: Analysis, links: Mapping[str, str]) -> pd.DataFrame:
    """The articles as the page lists them, every cell escaped."""
    articles = analysis.articles
    counts = {
        "statements": analysis.statements.groupby("article_id").size(),
        "positions": analysis.stances[analysis.stances["stance"] != 0].groupby("article_id").size(),
        "actors": analysis.actors[analysis.actors["kind"] != "place"].groupby("article_id").size(),
    }
    titles = zip(articles["article_id"], articles["title"].fillna(articles["article_id"]), strict=True)
    about = {
        "article": [_link(links.get(article_id), title) for article_id, title in titles],
        "outlet": [escape(cell) for cell in articles["outlet"].fillna("")],
        "date": [escape(cell) for cell in articles["date"].fillna("")],
        "words": articles["words"].astype(int),
    }
    numbers = {name: articles["article_id"].map(found).fillna(0).astype(int) for name, found in counts.items()}
    copies = [escape(cell) for cell in articles["duplicate_of"].fillna("")]
    return pd.DataFrame(about | numbers | {"copy of": copies})


def _link(target: str | None, title: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(target, title) if target else escape(title)
