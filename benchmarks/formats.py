"""The same article in other formats: ``python -m benchmarks.formats DATA_DIR --split dev``.

Each article of PolNeAR is written out as plain text, HTML, DOCX and PDF into a temporary folder and read back. An
article agrees if it gives the same statements as from plain text: the same words credited to the same words by the
same cue, white space aside. A PDF is set in one column or, with ``--columns 2``, in two, hyphenated, with a header
and page numbers.
"""

from __future__ import annotations

import argparse
import html
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from tqdm import tqdm

from analysis.language.parsing import parse_all
from analysis.reading.article import Article, ArticleError, load
from analysis.schema.spans import words
from analysis.statements.cues import load_cues
from analysis.statements.rules import find_attributions
from benchmarks.corpora import read_rows

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} - The Example Times</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="The Example Times">
<script>window.tracker = "said on Monday that it is";</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<main><article><h1>{title}</h1>
{paragraphs}
</article></main><aside><h2>Most read</h2><ul><li><a href="/1">Rain in the north</a></li></ul></aside>
<footer><p>Copyright The Example Times. All rights reserved.</p></footer></body></html>
"""


def paragraphs_of(article: Article) -> tuple[str, list[str]]:
    """The headline, or nothing, and the other paragraphs of an article."""
    lines = [line for line in article.text.split("\n") if line.strip()]
    title = article.title if article.title and lines and lines[0].strip() == article.title.strip() else ""
    return title, lines[1:] if title else lines


def write_html(title: str, lines: list[str], path: Path, _columns: int) -> None:
    """A page of a news site with menu, script, sidebar and footer."""
    paragraphs = "\n".join(f"<p>{html.escape(line)}</p>" for line in lines)
    path.write_text(PAGE.format(title=html.escape(title), paragraphs=paragraphs), encoding="utf-8")


def write_docx(title: str, lines: list[str], path: Path, _columns: int) -> None:
    """A Word document with the headline as its title."""
    import docx

    document = docx.Document()
    if title:
        document.add_heading(title, level=0)
    for line in lines:
        document.add_paragraph(line)
    document.save(path)


def write_pdf(title: str, lines: list[str], path: Path, columns: int) -> None:
    """A PDF as a word processor prints it, or in two columns and hyphenated as a newspaper does."""
    from reportlab.platypus.doctemplate import LayoutError

    try:
        _set(title, lines, path, columns, hyphens="en_US" if columns > 1 else "")
    except LayoutError:  # reportlab cannot part a paragraph that it has hyphenated across two columns
        _set(title, lines, path, columns, hyphens="")


def _set(title: str, lines: list[str], path: Path, columns: int, *, hyphens: str) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

    styles = getSampleStyleSheet()
    style = styles["BodyText"].clone("text", fontName=_font(), hyphenationLang=hyphens)
    head = styles["Title"].clone("head", fontName=_font())
    story = [Paragraph(html.escape(title), head)] if title else []
    story += [Paragraph(html.escape(line), style) for line in lines]
    width, height = A4
    share = (width - 120 - 20 * (columns - 1)) / columns
    frames = [Frame(60 + n * (share + 20), 60, share, height - 130) for n in range(columns)]
    document = BaseDocTemplate(str(path), pagesize=A4)
    document.addPageTemplates(PageTemplate(frames=frames, onPage=_furniture))
    document.build(story)


def _furniture(canvas, document) -> None:
    canvas.setFont(_font(), 8)
    canvas.drawString(60, 800, "The Example Times, Monday edition")
    canvas.drawString(290, 30, str(document.page))


def _font() -> str:
    """A font that has all marks and letters of the articles: the one that comes with matplotlib."""
    import matplotlib
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if "DejaVuSerif" not in pdfmetrics.getRegisteredFontNames():
        folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
        pdfmetrics.registerFont(TTFont("DejaVuSerif", folder / "DejaVuSerif.ttf"))
    return "DejaVuSerif"


WRITERS: Mapping[str, Callable[[str, list[str], Path, int], None]] = {
    "html": write_html,
    "docx": write_docx,
    "pdf": write_pdf,
}


def statements_of(parsed) -> list[tuple[str, ...]]:
    """The statements of an article as words: source, cue, content."""
    text = parsed.article.text
    found = find_attributions(parsed, load_cues())
    spans = ([one.source] if one.source else [] for one in found)
    sources = [words(text, span) for span in spans]
    cues = [words(text, [one.cue]) if one.cue else "" for one in found]
    contents = [words(text, one.content) for one in found]
    return [tuple(" ".join(part.split()) for part in row) for row in zip(sources, cues, contents, strict=True)]


def compare(folder: Path, split: str, columns: int, *, show: bool) -> dict[str, Counter]:
    """Counts by format: articles, those with the same statements, statements, those found again."""
    counts: dict[str, Counter] = {name: Counter() for name in WRITERS}
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        articles = list(_plain(read_rows(folder, "polnear", split), place))
        expected = [statements_of(parsed) for parsed in tqdm(parse_all(articles), total=len(articles))]
        for form, write in WRITERS.items():
            again = [_again(article, write, place / f"{n}.bin", columns) for n, article in enumerate(articles)]
            read = parse_all([one for one in again if isinstance(one, Article)])
            for one, article, statements in zip(again, articles, expected, strict=True):
                found = statements_of(next(read)) if isinstance(one, Article) else []
                _count(counts[form], statements, found)
                if show and found != statements:
                    print(form, article.article_id, one if isinstance(one, ArticleError) else "")
                    for row in (Counter(statements) - Counter(found)) + Counter():
                        print("  -", row)
                    for row in (Counter(found) - Counter(statements)) + Counter():
                        print("  +", row)
    return counts


def _plain(rows: list[dict], folder: Path):
    """The articles as plain-text files give them."""
    for n, row in enumerate(rows):
        path = folder / f"{n}.txt"
        path.write_text(row["text"], encoding="utf-8", newline="")
        yield load(path, article_id=row["id"])


def _again(article: Article, write, path: Path, columns: int) -> Article | ArticleError:
    """The article written in another format and read back; its file's name tells nothing."""
    write(*paragraphs_of(article), path, columns)
    try:
        return load(path, article_id=article.article_id)
    except ArticleError as error:
        return error


def _count(counts: Counter, expected: list[tuple[str, ...]], found: list[tuple[str, ...]]) -> None:
    same = sum((Counter(expected) & Counter(found)).values())
    counts.update(articles=1, same=int(Counter(expected) == Counter(found)))
    counts.update(statements=len(expected), again=same, more=len(found) - same)


def main() -> None:
    """Print the share of articles whose statements come out the same, by format."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.formats", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with polnear_SPLIT.jsonl.gz")
    parser.add_argument("--split", default="dev", help="which file: train, dev, ... (default: dev)")
    parser.add_argument("--columns", type=int, default=1, help="columns of the PDF (default: 1)")
    parser.add_argument("--show", action="store_true", help="print the statements that differ")
    options = parser.parse_args()
    for form, count in compare(options.data, options.split, options.columns, show=options.show).items():
        share, again = 100 * count["same"] / count["articles"], 100 * count["again"] / max(count["statements"], 1)
        print(
            f"{form:5} the same statements in {count['same']} of {count['articles']} articles ({share:.1f} %); "
            f"{again:.1f} % of {count['statements']} statements found again, {count['more']} others"
        )


if __name__ == "__main__":
    main()
