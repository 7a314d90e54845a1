"""Tables in a notebook."""

from markupsafe import Markup

from analysis.display import show_view
from analysis.views import View


def test_a_view_keeps_what_is_underlined_escapes_the_rest_and_has_no_links():
    rows = [(Markup('<a class="ref" href="#s1">1</a>'), "A & B", Markup("he <u>lied</u>"))]
    html = show_view(View("caption", ("Where", "Speaker", "Words"), rows)).data
    assert "<td>1</td><td>A &amp; B</td><td>he <u>lied</u></td>" in html
    assert "href" not in html
