"""Broken and hostile input: ``python -m benchmarks.fuzz --inputs 20000 --seed 1``.

Invented articles in every format that is read are damaged (bytes changed, cut out, repeated, spliced with another
file; texts made of odd characters) and read. Each must give articles whose offsets are exact, or a sentence that
says what is wrong; anything else is a crash and is printed with the seed that makes it again.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import time
import traceback
from collections import Counter
from dataclasses import dataclass

from tqdm import tqdm

from analysis.reading.article import Article, article_of
from analysis.reading.errors import ArticleError, Where
from analysis.reading.opening import Options, read
from tests import exports, interfaces

SLOW = 20.0
"""Seconds of computing after which an input counts as one that hangs."""
SIGNS = (
    "aB .,:;!?\n\r\t\f\x00\x1b\"'“”‘’—\u00a0\u00ad\u200b\u202e\u0301\ufeffÃ©â€œ中ж\U0001f600<>&{}\\[]()=+-@|#*_%$12345"
)
WORDS = (
    *("End of Document", "Body", "1 of 2 DOCUMENTS", "HD", "TD", "Document EXTIM00020180204ee240001a", "_" * 60),
    *(
        "Full text: ",
        "LENGTH: 5 words",
        "<p>",
        "</p>",
        "<script>",
        "\\par ",
        "{\\rtf1",
        "text,title\n",
        '{"text": "',
        "---\n",
    ),
)


@dataclass(frozen=True)
class Broken:
    """An input: what it was made from, its bytes, and the file name that it pretends to have."""

    kind: str
    data: bytes
    name: str


def originals() -> dict[str, bytes]:
    """A sound file of each format."""
    table = [
        {"id": str(n), "title": one.title, "text": "\n".join(one.paragraphs)} for n, one in enumerate(exports.STORIES)
    ]
    texts = {
        "plain text": exports.text_of(exports.HARBOUR),
        "Markdown": f"---\ntitle: x\n---\n# {exports.text_of(exports.HARBOUR)}",
        "HTML": exports.web_page(exports.HARBOUR),
        "Nexis TXT": exports.nexis_txt(),
        "Factiva HTML": exports.factiva_html(),
        "ProQuest": exports.proquest_txt(),
        "CSV": "id,title,text\n" + "\n".join(f'{row["id"]},"{row["title"]}","{row["text"]}"' for row in table),
        "JSON lines": "\n".join(map(json.dumps, table)),
        "Media Cloud": exports.MEDIA_CLOUD,
    }
    found = {name: text.encode() for name, text in texts.items()}
    found |= {"PDF": exports.pdf(), "DOCX": exports.word_document(exports.HARBOUR), "Nexis DOCX": exports.nexis_docx()}
    found |= {"Nexis RTF": exports.nexis_rtf(), "Factiva RTF": exports.factiva_rtf(), "XLSX": _xlsx(table)}
    found |= {"Parquet": _parquet(table)}
    found |= {"ZIP": exports.zipped({"a.txt": found["plain text"], "b/c.csv": found["CSV"]})}
    return found | further(texts["HTML"])


def further(page: str) -> dict[str, bytes]:
    """A sound file of each interface, container and kind of page that was added later."""
    texts = {
        "ProQuest, French": interfaces.proquest("fr"),
        "Factiva, German": interfaces.factiva_lines("de", "Wörter", "Von", "Dokument"),
        "Factiva with codes": interfaces.factiva_coded_txt(),
        "Factiva, XML": interfaces.factiva_xml(),
        "Nexis Uni, Dutch": interfaces.nexis_uni_lines("Einde van het document", "Lengte", "Hoofdtekst"),
        "Nexis without numbers": interfaces.nexis_plain(numbered=False),
        "Nexis HTML": f"<html><body><pre>{interfaces.nexis_plain(numbered=True)}</pre></body></html>",
        "RSS": interfaces.rss(),
        "Atom": interfaces.atom(),
        "NewsAPI": interfaces.news_api(),
        "hits in hits": interfaces.wrapped_hits(),
        "a table with sep=": interfaces.table(("Titel", "Volltext", "Quelle", "Datum", "Autor"), ";", sep=True),
        "XLS that is a page": interfaces.excel_page(),
        "live blog": interfaces.live_blog(),
        "teaser": interfaces.teaser(),
        "Europresse": interfaces.europresse(),
    }
    found = {name: text.encode() for name, text in texts.items()}
    found |= {"EML": interfaces.eml(), "EML, HTML": interfaces.eml(html=True), "mbox": interfaces.mbox()}
    return found | {
        "MHT": interfaces.mht(page),
        "ODT": interfaces.odt(),
        "EPUB": interfaces.epub(),
        "WARC": interfaces.warc(page),
    }


def _xlsx(table: list[dict[str, str]]) -> bytes:
    import openpyxl

    book, buffer = openpyxl.Workbook(), io.BytesIO()
    for row in (list(table[0]), *(list(row.values()) for row in table)):
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


def _parquet(table: list[dict[str, str]]) -> bytes:
    import pyarrow
    import pyarrow.parquet

    buffer = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(table), buffer)
    return buffer.getvalue()


def broken(dice: random.Random, files: dict[str, bytes], only: str | None = None) -> Broken:
    """One input: a damaged file, of the kind `only` if given, or a text of odd characters and marks of formats."""
    name = dice.choice(("a.txt", "a.csv", "a.docx", "a.html", "a.xls", "a"))
    if only is None and dice.random() < 0.15:
        parts = (dice.choice(WORDS) if dice.random() < 0.1 else dice.choice(SIGNS) for _ in range(dice.randrange(600)))
        return Broken("odd characters", "".join(parts).encode("utf-8", "surrogatepass"), name)
    kind = only or dice.choice(list(files))
    data = bytearray(files[kind])
    for _ in range(dice.choice((1, 1, 2, 5, 20))):
        _damage(data, dice, files)
    return Broken(kind, bytes(data), name)


def _damage(data: bytearray, dice: random.Random, files: dict[str, bytes]) -> None:
    start = dice.randrange(len(data) + 1)
    end = min(len(data), start + dice.choice((1, 4, 50, 2000)))
    match dice.randrange(7):
        case 0:
            data[start:end] = dice.randbytes(end - start)
        case 1:
            del data[start:end]
        case 2:
            del data[start:]
        case 3:
            data[start:start] = data[start:end] * dice.choice((1, 3, 50))
        case 4:
            data[start:start] = dice.choice(SIGNS).encode("utf-8") * dice.choice((1, 5, 3000))
        case 5:
            data[start:start] = dice.choice(WORDS).encode()
        case 6:
            other = dice.choice(list(files.values()))
            data[start:end] = other[dice.randrange(len(other)) :][: dice.randrange(1, 3000)]


def attempt(one: Broken) -> Counter:
    """Read it and check what came: counts of articles and of errors. Raises whatever is a crash."""
    counts: Counter = Counter()
    for where, item in read(one.data, Where(one.name), Options()):
        article = item
        if not isinstance(item, ArticleError):
            try:
                article = article_of(item, where)
            except ArticleError as error:
                article = error
        _check(article)
        counts["articles" if isinstance(article, Article) else "sentences"] += 1
    return counts


def _check(found: Article | ArticleError) -> None:
    if isinstance(found, ArticleError):
        assert found.problem and found.remedy and "\n" not in found.problem, "no clear sentence"
        assert "unexpected" not in found.problem, found.problem
        return
    shown = "".join(found.text_of(one) for one in found.segments)
    assert "".join(shown.split()) == "".join(found.text.split()), "the segments do not cover the text"
    spans = [found.original_span(one.start, one.end) for one in found.segments]
    assert all(span is None or 0 <= span[0] <= span[1] for span in spans), "an offset leads out of the file"


def main() -> None:
    """Read the inputs and print how many of which kind came out how."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("--inputs", type=int, default=20_000, help="how many (default: 20000)")
    parser.add_argument("--seed", type=int, default=1, help="of the dice (default: 1)")
    parser.add_argument("--each", action="store_true", help="so many of each kind that was added last, not of all")
    options = parser.parse_args()
    files, kinds, counts, crashes, slowest = originals(), Counter(), Counter(), [], (0.0, "")
    wanted = list(further("<html><body><p>x</p></body></html>")) if options.each else [None]
    for number in tqdm(range(options.inputs * len(wanted)), mininterval=10):
        one = broken(random.Random(f"{options.seed}-{number}"), files, wanted[number % len(wanted)])
        kinds[one.kind] += 1
        before = time.process_time()
        try:
            counts += attempt(one)
        except Exception:
            crashes.append(number)
            print(f"CRASH {options.seed}-{number} ({one.kind})\n{traceback.format_exc()}", flush=True)
        slowest = max(slowest, (time.process_time() - before, f"{options.seed}-{number} ({one.kind})"))
    read_, refused = counts["articles"], counts["sentences"]
    print(f"{options.inputs * len(wanted)} inputs: {read_} articles, {refused} refused in a sentence")
    print(", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())))
    hung = "none hung" if slowest[0] < SLOW else "SOME HUNG"
    print(f"{len(crashes)} crashes, {hung}; the slowest took {slowest[0]:.1f} s of computing: {slowest[1]}")
    raise SystemExit(1 if crashes or slowest[0] >= SLOW else 0)


if __name__ == "__main__":
    main()
