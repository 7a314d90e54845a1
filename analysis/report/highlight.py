"""The article itself, highlighted: every statement in the colour of its speaker's camp, as HTML.

In a notebook: ``HTML(highlight(text, segments, statements, stances, colours))``. displaCy's span renderer draws
labelled spans, but neither pieces that belong together nor hover text, so the text is cut here at every
boundary of a statement, a source or a cue, and each piece is wrapped in the statements that hold it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import pairwise

import pandas as pd
from markupsafe import Markup

from analysis.schema import spans
from analysis.schema.spans import Span
from analysis.schema.values import SAID

STANCES = {-1: "against", 0: "neither for nor against", 1: "for"}
NO_CAMP = "#999999"
"""Grey, for a camp that has no colour and for speakers without a camp."""
TINT = "2b"
"""Opacity of a statement's ground, in hexadecimal: dark letters keep their contrast on it."""

NEAR = 60
"""Characters between two pieces of a quotation up to which the words between them are shown."""

STYLE = """
.article p { margin: 0 0 1.1em; line-height: 2.05; max-width: 46em; position: relative; overflow-wrap: break-word; }
.article { padding-left: 2.6rem; }
.article .par { position: absolute; left: -2.6rem; color: #777; font-size: .75rem; font-weight: 400; line-height: 2.6; }
.article .headline { font-size: 1.25em; font-weight: 600; line-height: 1.9; }
.article .repeated { color: #555; font-size: 1em; }
.article .byline, .article .boilerplate, .article .dateline { color: #555; }
.article .kind { display: block; font-size: .72rem; font-weight: 400; line-height: 1.3; color: #555; }
.article .statement { border-bottom: 2px solid; padding: .12em 0; -webkit-print-color-adjust: exact;
  print-color-adjust: exact; }
.article .cue { text-decoration: underline dashed 1.5px #222; text-underline-offset: .18em; }
.article .source { font-weight: 650; }
.article sup { line-height: 1; font-size: .72em; font-weight: 600; margin-right: .15em; }
.article sup a { color: #1a1a1a; text-decoration: none; padding: 0 .15em; background: #fff; border: 1px solid;
  border-radius: .3em; }
.article :target { outline: 3px solid #f0b400; outline-offset: 1px; }
.legend { list-style: none; padding: 0; margin: .5em 0; font-size: .9em; }
.legend li { display: inline-block; margin: 0 1.2em .3em 0; }
.legend .statement { padding: 0 .3em; border-bottom: 2px solid; }
.legend .cue { text-decoration: underline dashed 1.5px #222; text-underline-offset: .18em; }
"""
"""What the classes look like; a report puts it into its head."""


@dataclass(frozen=True)
class _Layer:
    """A piece of the text that belongs to one statement: of its content, its source or its cue."""

    part: str
    start: int
    end: int
    number: int
    colour: str
    note: str

    def holds(self, start: int, end: int) -> bool:
        return self.start <= start and end <= self.end


def highlight(
    text: str,
    segments: pd.DataFrame,
    statements: pd.DataFrame,
    stances: pd.DataFrame,
    colours: Mapping[str, str],
    *,
    style: bool = True,
) -> str:
    """The text of one article as HTML, every character escaped.

    `segments`, `statements` and `stances` are the rows of this article; `colours` gives each camp a colour as
    ``#rrggbb``. A statement in the content of another keeps both underlines and shows its own ground; a
    discontinuous one carries its number at each piece. Hovering shows speaker, cue, stance and rule; the number
    links to ``#row-N``, and ``#sN`` and ``#par-N`` (a segment) lead back. `style` puts :data:`STYLE` before it.
    """
    layers = _layers(statements, stances, colours)
    lines = [_paragraph(text, line, layers) for line in _lines(text, segments)]
    head = f"<style>{STYLE}</style>" if style else ""
    return head + '<div class="article">' + "\n".join(lines) + "</div>"


def legend(camps: list[str], colours: Mapping[str, str]) -> str:
    """What colours and lines mean, as an HTML list; the camps in the order given."""
    items = [
        f'<span class="statement" style="{_paint(colours.get(camp, NO_CAMP))}">{escape(camp)}</span>' for camp in camps
    ]
    items.append(f'<span class="statement" style="{_paint(NO_CAMP)}">speaker unknown or without a camp</span>')
    items += ['<span class="cue">cue</span>', "<b>source</b>", "not coloured: the writer's own words"]
    return '<ul class="legend">' + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def describe(statement: Mapping[str, object], stances: pd.DataFrame) -> str:
    """The statement in a few lines of plain text: speaker, cue, stance toward each target, and the rules."""
    speaker = _given(statement["speaker"]) or _given(statement["source"]) or "nobody named"
    camp, cue = _given(statement["camp"]), _given(statement["cue"])
    lines = [f"Statement {statement['statement_id']}: {speaker}" + (f" ({camp})" if camp else "")]
    lines.append(f"cue: {cue or 'none'}, {statement['cue_class']}; {statement['quote_type']}")
    lines += _positions(stances[(stances["statement_id"] == statement["statement_id"]) & (stances["how"] == SAID)])
    lines.append(f"rule: {statement['method']}")
    if not pd.isna(statement["repeats"]):
        lines.append(f"repeats statement {statement['repeats']}, not counted again")
    return "\n".join(lines)


def quote(text: str, shown: Iterable[Span], evidence: Iterable[Span]) -> Markup:
    """The words of `shown` and `evidence` in the order of the text, those of the evidence underlined."""
    evidence = spans.merge(evidence)
    pieces: list[Span] = []
    for start, end in spans.merge([*shown, *evidence]):
        if pieces and start - pieces[-1][1] <= NEAR and "\n" not in text[pieces[-1][1] : start]:
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
    return Markup(spans.GAP).join(_underlined(text, piece, evidence) for piece in pieces)


def _underlined(text: str, piece: Span, evidence: list[Span]) -> Markup:
    inner = [span for span in evidence if spans.within(span, [piece])]
    html, place = Markup(), piece[0]
    for start, end in inner:
        html += Markup("{}<u>{}</u>").format(text[place:start], text[start:end])
        place = end
    return html + Markup("{}").format(text[place : piece[1]])


def _positions(stances: pd.DataFrame) -> list[str]:
    """One line for each target that the speaker is for or against, one for all others together."""
    decided, rest = stances[stances["stance"] != 0], stances[stances["stance"] == 0]
    lines = [f"{STANCES[row.stance]} {row.target} ({row.method})" for row in decided.itertuples()]
    return lines + ([f"{STANCES[0]} {', '.join(rest['target'])}"] if len(rest) else [])


def _layers(statements: pd.DataFrame, stances: pd.DataFrame, colours: Mapping[str, str]) -> list[_Layer]:
    found = []
    for row in statements.to_dict("records"):
        colour = NO_CAMP if pd.isna(row["camp"]) else colours.get(row["camp"], NO_CAMP)
        note = describe(row, stances)
        for part, start, end in _parts(row):
            found.append(_Layer(part, start, end, row["statement_id"], colour, note))
    return found


def _parts(row: Mapping[str, object]) -> Iterator[tuple[str, int, int]]:
    for start, end in spans.read(str(row["content_spans"])):
        yield "content", start, end
    for part in ("source", "cue"):
        if not pd.isna(row[f"{part}_start"]):
            yield part, int(row[f"{part}_start"]), int(row[f"{part}_end"])


def _lines(text: str, segments: pd.DataFrame) -> list[list[tuple[int, int, str, int]]]:
    """The segments, those of one line together: a dateline stands before its paragraph."""
    lines: list[list[tuple[int, int, str, int]]] = []
    for row in segments.sort_values("start").itertuples():
        same = lines and "\n" not in text[lines[-1][-1][1] : row.start]
        if not same:
            lines.append([])
        lines[-1].append((row.start, row.end, row.kind, row.segment_id))
    return lines


def _paragraph(text: str, line: list[tuple[int, int, str, int]], layers: list[_Layer]) -> str:
    kinds = [kind for _, _, kind, _ in line]
    name = "headline repeated" if kinds == ["repeated headline"] else kinds[0] if len(kinds) == 1 else "body"
    label = f'<span class="kind">{kinds[0]}</span>' if kinds[0] not in ("body", "dateline") else ""
    pieces = []
    for start, end, kind, segment_id in line:
        own = f' class="{kind}"' if kind == "dateline" else ""
        pieces.append(f'<span{own} id="par-{segment_id}">{_marked(text, start, end, layers)}</span>')
    mark = f'<span class="par" aria-hidden="true">¶{line[-1][3]}</span>'
    return f'<p class="{name}">{mark}{label}{" ".join(pieces)}</p>'


def _marked(text: str, start: int, end: int, layers: list[_Layer]) -> str:
    here = [layer for layer in layers if spans.overlap((layer.start, layer.end), (start, end))]
    cuts = {start, end} | {cut for layer in here for cut in (layer.start, layer.end) if start < cut < end}
    edges = sorted(cuts)
    first = {layer.number: min(one.start for one in layers if _same(one, layer)) for layer in here}
    return "".join(_piece(text, a, b, here, first) for a, b in pairwise(edges))


def _same(one: _Layer, other: _Layer) -> bool:
    return one.part == "content" and one.number == other.number


def _piece(text: str, start: int, end: int, layers: list[_Layer], first: Mapping[int, int]) -> str:
    """One piece that no boundary cuts: its words, wrapped by what holds it, the outermost statement last."""
    holding = [layer for layer in layers if layer.holds(start, end)]
    html = escape(text[start:end])
    for part in ("cue", "source"):
        notes = [layer.note for layer in holding if layer.part == part]
        if notes:
            html = f'<span class="{part}" title="{escape(notes[0])}">{html}</span>'
    contents = sorted((one for one in holding if one.part == "content"), key=lambda one: one.end - one.start)
    for depth, layer in enumerate(contents):
        style = _paint(layer.colour, ground=depth == 0) + f"padding-bottom:{0.12 + 0.22 * depth:.2f}em;"
        html = f'<span class="statement" style="{style}" title="{escape(contents[0].note)}">{html}</span>'
    starting = sorted({one.number: one for one in contents if one.start == start}.items())
    return "".join(_number(layer, first[number] == start) for number, layer in starting) + html


def _number(layer: _Layer, first: bool) -> str:
    place = f' id="s{layer.number}"' if first else ""
    label = escape(layer.note.split("\n")[0])
    link = f'<a href="#row-{layer.number}" title="{escape(layer.note)}" aria-label="{label}" '
    return f'<sup{place}>{link}style="border-color:{_safe(layer.colour)}">{layer.number}</a></sup>'


def _paint(colour: str, *, ground: bool = True) -> str:
    colour = _safe(colour)
    return f"border-color:{colour};" + (f"background-color:{colour}{TINT};" if ground else "")


def _safe(colour: str) -> str:
    """The colour if it is one: nothing else may come into a style."""
    return colour if re.fullmatch(r"#[0-9a-fA-F]{6}", colour) else NO_CAMP


def _given(cell: object) -> str | None:
    return None if pd.isna(cell) else str(cell)
