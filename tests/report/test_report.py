"""The highlighted article and the page: nothing lost, nothing live, every link leads somewhere."""

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pandas as pd
import pytest

from analysis import schema
from analysis.charts.style import NO_CAMP_COLOUR
from analysis.findings.nutshell import nutshell
from analysis.pipeline import analyse
from analysis.reading.article import read_text
from analysis.report.highlight import NO_CAMP, highlight, legend, quote
from analysis.report.page import Picture, render
from analysis.report.views import views

TEXT = """<script>alert("x")</script> & harbour plan: Norland minister

Norland's transport minister Ada <b>Quill</b> said on Monday that Sudonia is blocking the harbour.

"We will help the fishermen," Quill told reporters in Port Vale. Some say that the plan is dead.

Sudonia has dismissed the claims."""

COLOURS = {"Iran": "#0072B2", "United States": "#E69F00"}


class Page(HTMLParser):
    """The tags of a page with their attributes, and its text without labels and numbers."""

    VOID = ("meta", "img", "br")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags, self.text, self.stack, self.hidden = [], "", [], 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.stack.append((tag, dict(attrs)))
            self.hidden += self._added(self.stack[-1])

    def handle_endtag(self, tag):
        assert self.stack and self.stack[-1][0] == tag, f"</{tag}> closes {self.stack[-1:]}"
        self.hidden -= self._added(self.stack.pop())

    def handle_data(self, data):
        self.text += "" if self.hidden else data

    @staticmethod
    def _added(element):
        tag, attributes = element
        return int(tag in ("sup", "style") or attributes.get("class") in ("kind", "par"))

    def with_class(self, name):
        return [attributes for _, attributes in self.tags if name in (attributes.get("class") or "").split()]


def drawn(text, rows, stances=(), **options):
    """The highlighted text of one body segment with these statements."""
    segment = {"article_id": "a", "segment_id": 1, "kind": "body", "start": 0, "end": len(text), "text": text}
    common = {"article_id": "a", "segment_id": 1, "placement": "body", "cue_class": "neutral"}
    common |= {"quote_type": "indirect", "method": "verb_clause", "words": 1}
    made = []
    for number, row in enumerate(rows, 1):
        pieces = [tuple(map(int, piece.split("-"))) for piece in row["content_spans"].split(";")]
        hull = {"content_start": pieces[0][0], "content_end": pieces[-1][1], "content": "words"}
        made.append(common | hull | {"statement_id": number} | row)
    statements, positions = schema.tabulate("statements", made), schema.tabulate("stances", stances)
    html = highlight(text, schema.tabulate("segments", [segment]), statements, positions, COLOURS, **options)
    return html, Page(html)


def test_every_statement_has_colour_number_and_note():
    text = "Rohani said the talks failed."
    row = {"content_spans": "12-28", "speaker": "Rohani", "camp": "Iran", "cue": "said", "cue_start": 7, "cue_end": 11}
    stance = {"article_id": "a", "statement_id": 1, "source_id": "r", "source": "Rohani", "target_id": "t"}
    stance |= {"target": "Oman", "stance": -1, "method": "own_act"}
    stance |= {"how": "said", "teller_id": "writer", "teller": "writer"}
    html, page = drawn(text, [row], [stance])
    (mark,) = page.with_class("statement")
    assert "#0072B2" in mark["style"]
    for word in ("Rohani (Iran)", "said", "against Oman (own_act)", "verb_clause", "neutral", "indirect"):
        assert word in mark["title"]
    assert ("sup", {"id": "s1"}) in page.tags
    assert any(attributes.get("href") == "#row-1" for _, attributes in page.tags)
    assert '<span class="cue" title="' in html and ">said</span>" in html
    assert page.text == text


def test_nested_statement_keeps_both_lines_and_shows_its_own_ground():
    text = "Iran says the US claims that oil is cheap."
    rows = [{"content_spans": "10-41", "camp": "Iran"}, {"content_spans": "29-41", "camp": "United States"}]
    html, page = drawn(text, rows, style=False)
    inner = re.search(
        r'<span class="statement" style="([^"]*)"[^>]*><span class="statement" style="([^"]*)"[^>]*>([^<]*)<', html
    )
    assert inner[3] == "oil is cheap"
    assert "#0072B2" in inner[1] and "background" not in inner[1]
    assert "background-color:#E69F00" in inner[2]
    assert page.text == text


def test_discontinuous_statement_carries_its_number_at_each_piece():
    text = '"We came," he said, "and saw."'
    html, page = drawn(text, [{"content_spans": "0-10;20-30"}])
    assert html.count('href="#row-1"') == 2 and html.count('id="s1"') == 1
    assert re.findall(r'class="statement"[^>]*>([^<]*)<', html) == [
        "&quot;We came,&quot;",
        "&quot;and saw.&quot;",
    ]
    assert page.text == text


def test_statements_that_cross_stay_well_formed():
    text = "abcdefghij"
    html, page = drawn(text, [{"content_spans": "0-6", "camp": "Iran"}, {"content_spans": "4-10"}], style=False)
    assert page.text == text and not page.stack
    assert html.count('class="statement"') == 4


def test_article_and_names_are_escaped():
    text = "<script>alert(1)</script> said & done"
    name = '"><script>alert(2)</script>'
    html, page = drawn(text, [{"content_spans": "0-25", "speaker": name, "cue": name, "camp": name}])
    assert "<script" not in html
    assert page.text == text
    assert name in page.with_class("statement")[0]["title"]
    assert "<script" not in legend([name], {})


def test_only_colours_come_into_styles():
    html = highlight.__globals__["_paint"]("red;background:url(//x)")
    assert "url" not in html and NO_CAMP in html
    assert NO_CAMP == NO_CAMP_COLOUR, "the article and the charts show speakers without a camp alike"


def test_repeated_headline_is_marked_as_one():
    text = "Oil is cheap: Iran\n\nOil is cheap: Iran\n\nNothing else was said that day in the town."
    part = analyse(read_text(text, article_id="a"))
    html = highlight(text, part.segments, part.statements, part.stances, {})
    assert '<span class="kind">headline</span>' in html and '<span class="kind">repeated headline</span>' in html
    assert "repeats statement 1, not counted again" in html


def test_quote_underlines_evidence_and_leaves_gaps():
    text = "He said it. " + "x" * 100 + " <really> bad"
    assert quote(text, [(0, 11)], [(3, 7), (113, 121)]) == "He <u>said</u> it. … <u>&lt;really&gt;</u>"


@pytest.fixture(scope="module")
def analysis():
    found = analyse(read_text(TEXT, article_id="harbour", source_file="/somewhere/deep/harbour.txt"))
    statements = found.statements.copy()
    statements.loc[1, ["speaker_id", "speaker", "camp"]] = pd.NA
    return replace(found, statements=schema.check("statements", statements))


@pytest.fixture(scope="module")
def html(analysis):
    picture = Picture("data:image/svg+xml;base64,AA==", 'Chart: "who" speaks <most>.')
    return render(analysis, {"words": picture}, model="en_test-1.0", files=["tables/statements.csv", "a b.txt"])


def test_page_is_well_formed_and_nothing_in_it_is_live(html):
    page = Page(html)
    assert not page.stack
    names = Counter(tag for tag, _ in page.tags)
    assert not {"script", "iframe", "object", "link"} & set(names) and names["b"] == 1, "the one <b> is the legend's"
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert all(attributes["src"].startswith("data:") for tag, attributes in page.tags if tag == "img")
    assert "alert(&#34;x&#34;)" in html or "alert(&quot;x&quot;)" in html


def test_every_link_of_the_page_leads_somewhere(html):
    tags = Page(html).tags
    ids = Counter(attributes["id"] for _, attributes in tags if "id" in attributes)
    assert not [name for name, n in ids.items() if n > 1]
    links = {attributes["href"] for tag, attributes in tags if tag == "a"}
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert {"tables/statements.csv", "a%20b.txt"} <= links


def test_page_has_one_title_sections_in_order_and_alt_texts(html):
    page = Page(html)
    headings = [tag for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert headings.count("h1") == 1 and headings[0] == "h1"
    folded = [attributes["id"] for tag, attributes in page.tags if tag == "div" and "id" in attributes]
    order = "article statements stances sentiment frames functions roles verbs told actors open measured method files"
    assert folded == order.split()
    assert [tag for tag, _ in page.tags].count("details") == len(folded) and html.count(
        '<details class="section" open>'
    ) == 1
    assert [attributes["alt"] for tag, attributes in page.tags if tag == "img"] == ['Chart: "who" speaks <most>.']
    assert "en_test-1.0" in html and "/somewhere" not in html and "harbour.txt" in html


def test_every_statement_is_in_article_and_table(html, analysis):
    for number in analysis.statements["statement_id"]:
        assert f'id="s{number}"' in html and f'id="row-{number}"' in html


def test_nutshell_counts_what_the_tables_hold(analysis):
    sentences = [re.sub(r"<[^>]*>", "", sentence) for sentence in nutshell(analysis)]
    size = len(analysis.statements)
    assert 3 <= len(sentences) <= 6
    assert f" of {size} statements" in sentences[0]
    assert f"In 1 of {size} statements the speaker could not be resolved (2)." in sentences


def test_views_show_what_is_open(analysis):
    found = views(analysis)
    assert found["unresolved"].rows[0][0] == "source that no actor was found for"
    assert {row[1] for row in found["rules"].rows} >= set(analysis.statements["method"])
    for view in found.values():
        assert all(len(row) == len(view.columns) for row in view.rows)


def test_article_without_statements_has_a_page():
    part = analyse(read_text("Rain fell. The streets were wet and empty. Nobody went out.", article_id="rain"))
    page = render(part, {}, model="m")
    assert "No statement was found." in page and not Page(page).stack
