"""Tables in a notebook."""

import pandas as pd
from markupsafe import Markup

from analysis.report.display import show, show_view
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
