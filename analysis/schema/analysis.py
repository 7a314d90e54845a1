"""All tables of a run in one frozen object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import pandas as pd


@dataclass(frozen=True)
class Analysis:
    """All tables of one or many articles (see :mod:`analysis.schema`), and the texts that their offsets count in."""

    articles: pd.DataFrame
    metadata: pd.DataFrame
    segments: pd.DataFrame
    passages: pd.DataFrame
    actors: pd.DataFrame
    mentions: pd.DataFrame
    statements: pd.DataFrame
    stances: pd.DataFrame
    sentiments: pd.DataFrame
    frames: pd.DataFrame
    roles: pd.DataFrame
    functions: pd.DataFrame
    devices: pd.DataFrame
    intake: pd.DataFrame
    problems: pd.DataFrame
    texts: Mapping[str, str]

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by name, in the order of the analysis."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "texts"}

    def of(self, article_id: str) -> Analysis:
        """The part that belongs to one article."""
        part = {name: table[table["article_id"] == article_id] for name, table in self.tables.items()}
        return Analysis(**part, texts={article_id: self.texts[article_id]})
