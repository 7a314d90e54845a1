"""The tables of the report: rows as a reader wants them, each leading to the words it rests on.

They are made from the tables of the schema for reading only; the full tables stand beside the report as files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from analysis import spans
from analysis.corpus import Analysis
from analysis.functions import functions_sentence
from analysis.highlight import STANCES, quote
from analysis.nutshell import refs
from analysis.schema import WRITER
from analysis.spans import Span
from analysis.statements import counted


@dataclass(frozen=True)
class View:
    """A table of the report: its headings, its rows of cells, and the HTML id of each row if it has one."""

    caption: str
    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]
    ids: tuple[str, ...] = ()


def views(analysis: Analysis) -> dict[str, View]:
    """All tables of the report on one article, by the name of their section."""
    return {name: make(analysis) for name, make in VIEWS.items()}


# --- statements and stances ----------------------------------------------------------------------------------------


def statements(analysis: Analysis) -> View:
    """Every statement; its number leads to its place in the article."""
    columns = ("No.", "Speaker", "Camp", "Cue", "Class", "Content", "Type", "Addressee", "Occasion", "Via", "Rule")
    names = ("speaker", "camp", "cue", "cue_class", "content", "quote_type", "addressee", "occasion", "via", "method")
    rows = [(refs([row["statement_id"]]), *_statement_cells(row, names)) for row in _records(analysis.statements)]
    ids = tuple(f"row-{number}" for number in analysis.statements["statement_id"])
    return View("Every statement in the order of the text", columns, rows, ids)


def _statement_cells(row: Mapping[str, object], names: Iterable[str]) -> list[object]:
    cells = {name: _cell(row[name]) for name in names}
    cells["speaker"] = cells["speaker"] or Markup("<i>unresolved</i>: {}").format(_cell(row["source"]) or "not named")
    if not pd.isna(row["repeats"]):
        cells["content"] = Markup("{} <i>(repeats {}, not counted)</i>").format(
            cells["content"], refs([row["repeats"]])
        )
    if not pd.isna(row["inside"]):
        cells["content"] = Markup("{} <i>(inside {})</i>").format(cells["content"], refs([row["inside"]]))
    return list(cells.values())


def stances(analysis: Analysis) -> View:
    """Every stance for or against somebody, with the words that decided underlined."""
    text, rows = _text(analysis), []
    for row in _records(analysis.stances[analysis.stances["stance"] != 0]):
        words = quote(text, _said_in(analysis, row), spans.read(row["evidence"]))
        stance = f"{STANCES[row['stance']]} ({row['stance']:+d})".replace("-", "−")
        chance = [] if pd.isna(row["probability"]) else [f"the model gives it {row['probability']:.2f}"]
        rule = ", ".join([row["method"], *chance])
        where = _places(analysis, pd.DataFrame([row]))
        rows.append((where, row["source"], stance, row["target"], words, rule))
    columns = ("Where", "Speaker", "Stance", "Target", "Words that decided", "Rule or model")
    return View("Stances for or against an actor", columns, rows)


def _said_in(analysis: Analysis, stance: Mapping[str, object]) -> list[Span]:
    """The statement of a stance, or for the writer the passage."""
    if pd.isna(stance["statement_id"]):
        passages = analysis.passages.set_index("passage_id")
        return [tuple(int(edge) for edge in passages.loc[stance["passage_id"], ["start", "end"]])]
    statements = analysis.statements
    return _whole(_records(statements[statements["statement_id"] == stance["statement_id"]])[0])


def _whole(statement: Mapping[str, object]) -> list[Span]:
    """Source, cue and content of a statement."""
    parts = [(statement[f"{part}_start"], statement[f"{part}_end"]) for part in ("source", "cue")]
    named = [(int(start), int(end)) for start, end in parts if not pd.isna(start)]
    return named + spans.read(statement["content_spans"])


def verbs(analysis: Analysis) -> View:
    """The cues by class, with who is reported with them."""
    spoken = counted(analysis.statements)
    spoken = spoken.assign(who=spoken["speaker"].fillna("unresolved"), word=spoken["cue_lemma"].fillna("(no cue)"))
    rows = []
    for (kind, word), group in spoken.groupby(["cue_class", "word"], sort=True):
        rows.append((kind, word, len(group), _counts(group["who"]), refs(group["statement_id"])))
    return View("Cues by class", ("Class", "Cue", "n", "Reported with it", "Statements"), rows)


# --- sentiment, frames, roles --------------------------------------------------------------------------------------


def sentiments(analysis: Analysis) -> View:
    """Sentiment toward an actor and polarity around its mentions, the writer's voice and quoted voices apart."""
    table = analysis.sentiments.assign(mine=analysis.sentiments["voice_id"] == WRITER)
    rows = []
    for _, group in table.groupby("actor_id", sort=False):
        writer, quoted = group[group["mine"]], group[~group["mine"]]
        words = _unique(group["evidence_text"])
        if words or group["sentiment"].notna().any():
            places = _places(analysis, group)
            means = [_mean(part, measure) for measure in ("sentiment", "polarity") for part in (writer, quoted)]
            rows.append((group["actor"].iloc[0], *means, words, places))
    columns = ("Actor", "Sentiment, writer", "Sentiment, quoted", "Polarity, writer", "Polarity, quoted")
    return View(
        "Sentiment toward actors (model) and polarity around them (TextBlob), means from −1 to +1; "
        "n = mentions that could be scored",
        (*columns, "Words that the polarity rests on", "Where"),
        rows,
    )


def _mean(group: pd.DataFrame, measure: str) -> str:
    scored = group[measure].dropna()
    return f"{_signed(scored.mean())} (n = {len(scored)})" if len(scored) else ""


def frames(analysis: Analysis) -> View:
    """The frames by scheme: in how many passages, in whose voice, by which words."""
    rows = []
    for (scheme, frame), group in analysis.frames.groupby(["scheme", "frame"], sort=True):
        size = group["passage_id"].nunique()
        voices = _counts(group.drop_duplicates(["passage_id", "voice_id"])["voice"])
        words = _unique(group["evidence_text"])
        rows.append((scheme, frame.replace("_", " "), size, voices, words, _places(analysis, group)))
    rows.sort(key=lambda row: (row[0], -row[2]))
    columns = ("Scheme", "Frame", "Passages", "Voices", "Words it rests on", "Where")
    return View(f"Frames in the {len(analysis.passages)} passages of headline and body", columns, rows)


def roles(analysis: Analysis) -> View:
    """How actors are cast, by whom, in which words."""
    passages = {row["passage_id"]: (row["start"], row["end"]) for row in _records(analysis.passages)}
    rows, text = [], _text(analysis)
    for row in _records(analysis.roles.sort_values(["actor", "role", "passage_id"])):
        words = quote(text, [passages[row["passage_id"]]], spans.read(row["evidence"]))
        where = _places(analysis, pd.DataFrame([row]))
        rows.append((row["actor"], row["role"], row["voice"], words, where, row["method"]))
    return View("Roles", ("Actor", "Cast as", "In the voice of", "Words that decided", "Where", "Rule"), rows)


def functions(analysis: Analysis) -> View:
    """What the passages name as problem, cause, judgement and remedy, by whom, with which actor, in which words."""
    passages = {row["passage_id"]: (row["start"], row["end"]) for row in _records(analysis.passages)}
    rows, text = [], _text(analysis)
    for row in _records(analysis.functions):
        words = quote(text, [passages[row["passage_id"]]], spans.read(row["evidence"]))
        where = _places(analysis, pd.DataFrame([row]))
        rows.append((row["function"], _cell(row["actor"]), row["voice"], words, where, row["method"]))
    columns = ("Function", "Actor", "In the voice of", "Words that decided", "Where", "Rule")
    return View("Problems, causes, judgements and remedies in the order of the text", columns, rows)


def in_a_sentence(analysis: Analysis) -> View:
    """The functions of the article as it tells them, the actors named most often first."""
    told = functions_sentence(analysis.functions)
    return View(
        "The article in its functions", ("Function", "As told"), [(name.capitalize(), told[name]) for name in told]
    )


# --- actors and what is open ---------------------------------------------------------------------------------------


def actors(analysis: Analysis) -> View:
    """Everybody named, with all names, the camp and how it was found."""
    spoken, rows = counted(analysis.statements), []
    for row in _records(analysis.actors.sort_values(["statements", "mentions"], ascending=False)):
        own = spoken.loc[spoken["speaker_id"] == row["actor_id"], "statement_id"]
        evidence = _cell(row["evidence_text"])
        how = Markup("{}{}").format(row["method"], Markup(": <u>{}</u>").format(evidence) if evidence else "")
        kind = ", ".join(filter(None, [row["kind"], _cell(row["office"])]))
        rows.append((row["name"], kind, _cell(row["camp"]), how, _cell(row["names"]), row["mentions"], refs(own)))
    columns = ("Actor", "Kind, office", "Camp", "Camp found by", "All names in the text", "Mentions", "Statements")
    return View("Actors, those who speak first", columns, rows)


def unresolved(analysis: Analysis) -> View:
    """What the rules left open: speakers, camps of speakers, mentions."""
    spoken = analysis.statements
    rows: list[tuple[object, ...]] = []
    for row in _records(spoken[spoken["speaker_id"].isna()]):
        source = _cell(row["source"])
        what = "source that no actor was found for" if source else "statement without a named source"
        rows.append((what, source or _cell(row["content"]), refs([row["statement_id"]])))
    homeless = analysis.actors[analysis.actors["camp"].isna() & (analysis.actors["statements"] > 0)]
    for row in _records(homeless):
        own = spoken.loc[spoken["speaker_id"] == row["actor_id"], "statement_id"]
        rows.append(("speaker without a camp", row["name"], refs(own)))
    for row in _records(analysis.mentions[analysis.mentions["actor_id"].isna()]):
        rows.append((f"{row['form']} linked to nobody", row["text"], paragraphs([row["segment_id"]])))
    return View("Not resolved", ("What", "Words", "Where"), rows)


def problems(analysis: Analysis) -> View:
    """What failed, where, and what helps."""
    names = ("source_file", "stage", "problem", "remedy")
    rows = [tuple(_cell(row[name]) for name in names) for row in _records(analysis.problems)]
    return View("Problems", ("File", "Stage", "Problem", "What helps"), rows)


def rules(analysis: Analysis) -> View:
    """Which rule or measure made how many rows of which table; measured agreement where there is one."""
    rows = []
    for name, table in analysis.tables.items():
        if "method" in table.columns:
            for method, group in table.groupby("method", sort=True):
                shares = group["confidence"].dropna() if "confidence" in group else []
                rows.append((name, method, len(group), f"{shares.mean():.2f}" if len(shares) else "not measured"))
    return View("Rules and measures", ("Table", "Rule or measure", "Rows", "Agreement with human coding"), rows)


_VIEWS = (
    *(statements, stances, sentiments, frames, roles, functions, in_a_sentence),
    *(verbs, actors, unresolved, problems, rules),
)
VIEWS: Mapping[str, Callable[[Analysis], View]] = {make.__name__: make for make in _VIEWS}


# --- cells ---------------------------------------------------------------------------------------------------------


def _records(table: pd.DataFrame) -> list[dict[str, object]]:
    return table.to_dict("records")


def _text(analysis: Analysis) -> str:
    return next(iter(analysis.texts.values()))


def _cell(cell: object) -> str:
    return "" if pd.isna(cell) else str(cell)


def _signed(value: float) -> str:
    return "0.00" if abs(value) < 0.005 else f"{value:+.2f}".replace("-", "−")


def _counts(cells: pd.Series) -> str:
    return ", ".join(f"{name} {n}" for name, n in cells.value_counts().items())


def _unique(cells: pd.Series) -> str:
    words = (word.lower() for cell in cells.dropna() for word in cell.split(spans.GAP))
    return ", ".join(sorted(set(filter(None, words))))


def paragraphs(numbers: Iterable[int]) -> Markup:
    """Links to segments of the article: "¶3, ¶5"."""
    links = (Markup('<a class="ref" href="#par-{0}">¶{0}</a>').format(number) for number in sorted(set(numbers)))
    return Markup(", ").join(links)


def _places(analysis: Analysis, rows: pd.DataFrame) -> Markup:
    """Links to the statements of the rows, and to the paragraphs of those in the writer's voice."""
    segments = analysis.passages.set_index("passage_id")["segment_id"]
    own = rows[rows["statement_id"].isna()]
    links = [refs(sorted(set(rows["statement_id"].dropna().astype(int))))]
    links.append(paragraphs(segments[number] for number in own["passage_id"]))
    return Markup(", ").join(link for link in links if link)
