"""The tables of the report: rows as a reader wants them, each leading to the words it rests on.

They are made from the tables of the schema for reading only; the full tables stand beside the report as files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pandas as pd
from markupsafe import Markup

from analysis.codebook.measured import human_agreement
from analysis.findings.aggregate import taken
from analysis.findings.counts import counted
from analysis.findings.nutshell import refs
from analysis.report.cells import View, counts_of, paragraphs, places_of, records, rule_of, shown, text_of, words_of
from analysis.report.framing_views import frames, functions, in_a_sentence, roles
from analysis.report.highlight import STANCES, quote
from analysis.report.methods import UNMEASURED
from analysis.schema import WRITER, spans
from analysis.schema.analysis import Analysis
from analysis.schema.spans import Span
from analysis.schema.values import SAID, TOLD


def views(analysis: Analysis) -> dict[str, View]:
    """All tables of the report on one article, by the name of their section."""
    return {name: make(analysis) for name, make in VIEWS.items()}


# --- statements and stances ----------------------------------------------------------------------------------------


def statements(analysis: Analysis) -> View:
    """Every statement; its number leads to its place in the article."""
    columns = ("No.", "Speaker", "Camp", "Cue", "Class", "Content", "Type", "Addressee", "Occasion", "Via", "Rule")
    names = ("speaker", "camp", "cue", "cue_class", "content", "quote_type", "addressee", "occasion", "via", "method")
    rows = [(refs([row["statement_id"]]), *_statement_cells(row, names)) for row in records(analysis.statements)]
    ids = tuple(f"row-{number}" for number in analysis.statements["statement_id"])
    return View("Every statement in the order of the text", columns, rows, ids)


def _statement_cells(row: Mapping[str, object], names: Iterable[str]) -> list[object]:
    cells = {name: shown(row[name]) for name in names}
    cells["speaker"] = cells["speaker"] or Markup("<i>unresolved</i>: {}").format(shown(row["source"]) or "not named")
    if not pd.isna(row["repeats"]):
        cells["content"] = Markup("{} <i>(repeats {}, not counted)</i>").format(
            cells["content"], refs([row["repeats"]])
        )
    if not pd.isna(row["inside"]):
        cells["content"] = Markup("{} <i>(inside {})</i>").format(cells["content"], refs([row["inside"]]))
    return list(cells.values())


def stances(analysis: Analysis) -> View:
    """Every stance that a speaker takes for or against somebody, with the words that decided underlined."""
    return _positions(analysis, SAID, "Said: stances of speakers for or against an actor")


def told(analysis: Analysis) -> View:
    """For or against whom somebody is by deeds, or by words that another tells, with the words that decided."""
    return _positions(analysis, TOLD, "Told: deeds and words of others, for or against an actor")


def _positions(analysis: Analysis, how: str, title: str) -> View:
    text, rows, table = text_of(analysis), [], taken(analysis.stances, how)
    for row in records(table[table["stance"] != 0]):
        words = quote(text, _said_in(analysis, row), spans.read(row["evidence"]))
        stance = f"{STANCES[row['stance']]} ({row['stance']:+d})".replace("-", "−")
        where = places_of(analysis, pd.DataFrame([row]))
        rows.append((where, row["teller"], row["source"], stance, row["target"], words, rule_of(row)))
    columns = ("Where", "Told by", "Source", "Stance", "Target", "Words that decided", "Rule or model")
    return View(title, columns, rows)


def _said_in(analysis: Analysis, stance: Mapping[str, object]) -> list[Span]:
    """The statement that takes a stance, or the passage that tells of one."""
    if stance["how"] == TOLD:
        passages = analysis.passages.set_index("passage_id")
        return [tuple(int(edge) for edge in passages.loc[stance["passage_id"], ["start", "end"]])]
    statements = analysis.statements
    return _whole(records(statements[statements["statement_id"] == stance["statement_id"]])[0])


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
        rows.append((kind, word, len(group), counts_of(group["who"]), refs(group["statement_id"])))
    return View("Cues by class", ("Class", "Cue", "n", "Reported with it", "Statements"), rows)


# --- sentiment --------------------------------------------------------------------------------------


def sentiments(analysis: Analysis) -> View:
    """Sentiment toward an actor and polarity around its mentions, the writer's voice and quoted voices apart."""
    table = analysis.sentiments.assign(mine=analysis.sentiments["voice_id"] == WRITER)
    rows = []
    for _, group in table.groupby("actor_id", sort=False):
        writer, quoted = group[group["mine"]], group[~group["mine"]]
        words = words_of(group["evidence_text"])
        if words or group["sentiment"].notna().any():
            places = places_of(analysis, group)
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


def _signed(value: float) -> str:
    return "0.00" if abs(value) < 0.005 else f"{value:+.2f}".replace("-", "−")


# --- actors and what is open ---------------------------------------------------------------------------------------


def actors(analysis: Analysis) -> View:
    """Everybody named, with all names, the camp and how it was found."""
    spoken, rows = counted(analysis.statements), []
    acting = analysis.actors[analysis.actors["kind"] != "place"]
    for row in records(acting.sort_values(["statements", "mentions"], ascending=False)):
        own = spoken.loc[spoken["speaker_id"] == row["actor_id"], "statement_id"]
        evidence = shown(row["evidence_text"])
        how = Markup("{}{}").format(row["method"], Markup(": <u>{}</u>").format(evidence) if evidence else "")
        kind = ", ".join(filter(None, [row["kind"], shown(row["office"])]))
        chain = ", ".join(filter(None, (shown(row[link]) for link in ("body", "state", "party"))))
        whose = (shown(row["camp"]), chain, how)
        rows.append((row["name"], kind, *whose, shown(row["names"]), row["mentions"], refs(own)))
    told = ("Actor", "Kind, office", "Camp", "Body, state, party", "Camp found by")
    return View("Actors, those who speak first", (*told, "All names in the text", "Mentions", "Statements"), rows)


def unresolved(analysis: Analysis) -> View:
    """What the rules left open: speakers, camps of speakers, mentions."""
    spoken = analysis.statements
    rows: list[tuple[object, ...]] = []
    for row in records(spoken[spoken["speaker_id"].isna()]):
        source = shown(row["source"])
        what = "source that no actor was found for" if source else "statement without a named source"
        rows.append((what, source or shown(row["content"]), refs([row["statement_id"]])))
    homeless = analysis.actors[analysis.actors["camp"].isna() & (analysis.actors["statements"] > 0)]
    for row in records(homeless):
        own = spoken.loc[spoken["speaker_id"] == row["actor_id"], "statement_id"]
        rows.append(
            ("speaker without a camp; to give one, write into a file for --camps:", f"{row['name']},", refs(own))
        )
    for row in records(analysis.mentions[analysis.mentions["actor_id"].isna()]):
        rows.append((f"{row['form']} linked to nobody", row["text"], paragraphs([row["segment_id"]])))
    return View("Not resolved", ("What", "Words", "Where"), rows)


def problems(analysis: Analysis) -> View:
    """What failed, where, and what helps."""
    names = ("source_file", "stage", "problem", "remedy")
    rows = [tuple(shown(row[name]) for name in names) for row in records(analysis.problems)]
    return View("Problems", ("File", "Stage", "Problem", "What helps"), rows)


def rules(analysis: Analysis) -> View:
    """Which rule or measure made how many rows of which table; measured agreement where there is one."""
    rows = []
    for name, table in analysis.tables.items():
        if "method" in table.columns:
            for method, group in table.groupby("method", sort=True):
                shares = group["confidence"].dropna() if "confidence" in group else []
                share = f"{shares.mean():.2f}" if len(shares) else "not measured"
                measured = ("not measured", share) if name == "actors" else (share, "")
                rows.append((name, method, len(group), *measured))
    columns = ("Table", "Rule or measure", "Rows", "Agreement with human coding", "with a language model's coding")
    return View("Rules and measures", columns, rows)


def measured(_: Analysis) -> View:
    """Agreement of each measure with people, over how many units, and where."""
    known = human_agreement()
    rows = [(one.measure, f"{one.figure} {one.value}", one.units, one.note) for one in known.values()]
    rows += [(name, "not measured", "", "") for name in UNMEASURED]
    columns = ("Measure", "Agreement with people", "Over what", "How")
    return View(
        "Agreement with people, elsewhere: on texts of your own it has to be measured (notebook 06)", columns, rows
    )


_VIEWS = (
    *(statements, stances, told, sentiments, frames, roles, functions, in_a_sentence),
    *(verbs, actors, unresolved, problems, measured, rules),
)
VIEWS: Mapping[str, Callable[[Analysis], View]] = {make.__name__: make for make in _VIEWS}
