"""Tables in a notebook."""

import pandas as pd
from markupsafe import Markup

from analysis.report.display import browse, show, show_view
from analysis.report.views import View


def test_a_view_keeps_what_is_underlined_escapes_the_rest_and_has_no_links():
    rows = [(Markup('<a class="ref" href="#s1">1</a>'), "A & B", Markup("he <u>lied</u>"))]
    html = show_view(View("caption", ("Where", "Speaker", "Words"), rows)).data
    assert "<td>1</td><td>A &amp; B</td><td>he <u>lied</u></td>" in html
    assert "href" not in html


def test_missing_cells_are_empty_and_text_is_escaped():
    table = pd.DataFrame({"a": [0.5, float("nan")], "b": pd.array(["<b>", None], dtype="string")})
    html = show(table.assign(c=pd.array([1, None], dtype="Int64"))).data
    assert "nan" not in html and "NA" not in html and "None" not in html
    assert "&lt;b&gt;" in html and ">0.50<" in html


def test_a_table_that_is_browsed_is_escaped_cut_and_asks_nobody_when_offline():
    table = pd.DataFrame({"words": ["<b>bold</b>", None], "n": [1, 2]})
    html, offline = browse(table).data, browse(table, offline=True).data
    assert "<b>bold</b>" not in html and "bold" in html
    assert "dt_for_itables" in html and len(offline) > 900_000 > len(html)
    assert "unpkg.com" in html and "unpkg.com" not in offline
    assert browse(pd.DataFrame({"n": range(5_000)})).data.count("4999") == 0, "of a long table the first rows"
