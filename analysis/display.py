"""Tables as a notebook shows them."""

from __future__ import annotations

import pandas as pd
from IPython.display import HTML
from pandas.io.formats.style import Styler

_LEFT_AND_TOP = [{"selector": "td, th", "props": [("text-align", "left"), ("vertical-align", "top")]}]


def show(table: pd.DataFrame) -> HTML:
    """The table as HTML: text wrapped and escaped, missing cells empty, no index, the same bytes on every run."""
    with pd.option_context("styler.html.mathjax", False):
        styler = Styler(
            table, cell_ids=False, table_styles=_LEFT_AND_TOP, na_rep="", precision=2, escape="html", uuid="table"
        )
        return HTML(styler.hide().to_html())
