"""Tables as a notebook shows them."""

from __future__ import annotations

import re

import pandas as pd
from IPython.display import HTML
from markupsafe import Markup, escape
from pandas.io.formats.style import Styler

from analysis.report.views import View

MOST_ROWS = 2_000
"""Rows of a table that is browsed in a notebook."""
PAGE, LOOK, TABLE_ID = 10, "display compact", "table"
_LEFT_AND_TOP = [{"selector": "td, th", "props": [("text-align", "left"), ("vertical-align", "top")]}]


def show(table: pd.DataFrame, *, digits: int = 2) -> HTML:
    """The table as HTML: text wrapped and escaped, missing cells empty, no index, the same bytes on every run."""
    with pd.option_context("styler.html.mathjax", False):
        styler = Styler(table, cell_ids=False, table_styles=_LEFT_AND_TOP, uuid="table")
        # only format() takes na_rep for every type: the constructor leaves "nan" and "<NA>"
        return HTML(styler.format(na_rep="", precision=digits, escape="html").hide().to_html())


def show_view(view: View) -> HTML:
    """A table of the report in a notebook: the words that decided stay underlined, links lead nowhere and are plain."""
    head = Markup("").join(Markup("<th>{}</th>").format(column) for column in view.columns)
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(_plain(cell)) for cell in row))
        for row in view.rows
    )
    style = Markup("<style>.view td, .view th {{ text-align: left !important; vertical-align: top; }}</style>").format()
    return HTML(
        style
        + Markup(
            '<table class="view tex2jax_ignore mathjax_ignore"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
        ).format(head, body)
    )


def _plain(cell: object) -> Markup:
    """A cell escaped, without the links that only the report has."""
    return Markup(re.sub(r"</?a\b[^>]*>", "", escape(cell)))


def browse(table: pd.DataFrame, *, offline: bool = False) -> HTML:
    """A table that sorts and filters, of which the first rows are shown; at most :data:`MOST_ROWS` of it.

    The script of the table (DataTables) comes from the internet; with `offline` it is part of the output, which then
    takes a megabyte.
    """
    return HTML(browsable(table.head(MOST_ROWS), offline=offline))


def browsable(table: pd.DataFrame, *, html: bool = False, offline: bool = True) -> str:
    """A table that sorts and filters, as HTML; with `html` its texts are HTML already."""
    from itables.javascript import generate_init_offline_itables_html, to_html_datatable
    from itables.utils import find_package_file

    begin = generate_init_offline_itables_html(find_package_file("html/dt_bundle.js")) if offline else ""
    look = {"maxBytes": 0, "showIndex": False, "pageLength": PAGE, "lengthMenu": [PAGE, 100, 500], "classes": LOOK}
    texts = table.astype(object).where(table.notna(), "")
    return begin + to_html_datatable(texts, connected=not offline, allow_html=html, table_id=TABLE_ID, **look)
