"""Invented articles in the structure in which pages, documents and databases give them, for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Story:
    """An invented article."""

    title: str
    paragraphs: tuple[str, ...]
    outlet: str = "The Example Times"
    author: str = "Ada Writer"
    date: str = "February 4, 2018 Sunday"
    code: str = "EXTIM00020180204ee240001a"


HARBOUR = Story(
    "Norland closes the harbour",
    (
        "PORT VALE - The transport minister of Norland, Ada Quill, said on Monday that Sudonia blocks the harbour.",
        "“We will help the fishermen – all of them,” Quill told reporters in a café near the port. “They deserve it.”",
        "Sudonia has dismissed the allegations, which were repeated in the evening by the press of both countries.",
    ),
)
TALKS = Story(
    "Talks over the river fail again",
    (
        "The third round of talks over the river ended without a result on Friday, the mayor of Lower Vale said.",
        "Her deputy, Tom Reed, accused the other side of delay and warned that the mill might close before the winter.",
    ),
    outlet="Daily Example (Port Vale)",
    author="Tom Roe",
    date="12 March 2019 Tuesday",
    code="DEXAM00020190312ef3c0002b",
)
STORIES = (HARBOUR, TALKS)
GERMAN = Story(
    "Norland schließt den Hafen",
    (
        "Die Verkehrsministerin von Norland hat am Montag erklärt, dass der Nachbar den Hafen der Stadt blockiere und "
        "dass die Fischer jetzt Hilfe brauchen, weil sie seit Wochen nicht mehr auf das Meer fahren können.",
    ),
)


def text_of(story: Story) -> str:
    return "\n\n".join((story.title, *story.paragraphs)) + "\n"


# --- pages, documents ----------------------------------------------------------------------------------------------


def web_page(
    story: Story, *, address: str = "https://news.example.org/2018/02/harbour", body: str | None = None
) -> str:
    """A page of a news site with menu, advertisement, related links, comments, scripts and footer."""
    first, quoted, *rest = story.paragraphs
    text = f"<p>{escape(first)}</p><blockquote><p>{escape(quoted)}</p></blockquote>"
    text += "".join(f"<p>{escape(paragraph)}</p>" for paragraph in rest)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(story.title)} - {escape(story.outlet)}</title>
<link rel="canonical" href="{address}"><meta property="og:title" content="{escape(story.title)}">
<meta property="og:site_name" content="{escape(story.outlet)}"><meta name="author" content="{escape(story.author)}">
<meta property="article:published_time" content="2018-02-04T10:00:00Z">
<script>var tracker = "<p>The script said that it was watching the readers all day long.</p>";</script>
<style>.ad {{ color: red }}</style></head>
<body onload="alert('x')"><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World news and more</a></li></ul></nav>
<div class="ad">Advertisement: buy the new phone today</div>
<article><h1>{escape(story.title)}</h1><p class="byline">By {escape(story.author)}</p>
{text if body is None else body}
<script>document.write("An inserted sentence said so.")</script></article>
<section class="comments" id="comments"><p>Reader 1: I said so all along, did I not?</p></section>
<aside class="related"><h2>Related</h2><ul><li><a href="/1">Rain in the north</a></li></ul></aside>
<footer><p>Copyright {escape(story.outlet)}. All rights reserved.</p></footer></body></html>"""


def word_document(story: Story) -> bytes:
    import docx

    document = docx.Document()
    document.add_heading(story.title, level=0)
    for paragraph in story.paragraphs:
        document.add_paragraph(paragraph)
    return _saved(document)


def _saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def rtf(lines: Iterable[str]) -> bytes:
    """An RTF document of these paragraphs; a line "\\page" is a page break."""
    body = "\n".join("\\page" if line == "\\page" else f"\\pard {_rtf(line)}\\par" for line in lines)
    return f"{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0 Times New Roman;}}}}\n{body}\n}}".encode("ascii")


def _rtf(line: str) -> str:
    signs = (f"\\{sign}" if sign in "\\{}" else sign if ord(sign) < 128 else f"\\u{ord(sign)}?" for sign in line)
    return "".join(signs).replace("\t", "\\tab ")


def pdf(stories: Iterable[Story] = (HARBOUR,), *, columns: int = 1, password: str | None = None) -> bytes:
    """A PDF with running head and page numbers; each story begins a page."""
    from reportlab.lib.pagesizes import A5
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph

    def furniture(canvas, document):
        canvas.setFont("Helvetica", 7)
        canvas.drawString(50, 580, f"The Example Times, page {document.page}")

    styles, buffer, content = getSampleStyleSheet(), io.BytesIO(), []
    for story in stories:
        content += [Paragraph(escape(story.title), styles["Title"])]
        content += [Paragraph(escape(paragraph), styles["BodyText"]) for paragraph in story.paragraphs] + [PageBreak()]
    width, height = A5
    share = (width - 100) / columns - 10
    frames = [Frame(50 + n * (share + 10), 50, share, height - 110) for n in range(columns)]
    lock = StandardEncryption(password) if password else None
    document = BaseDocTemplate(buffer, pagesize=A5, encrypt=lock)
    document.addPageTemplates(PageTemplate(frames=frames, onPage=furniture))
    document.build(content)
    return buffer.getvalue()


def picture_pdf() -> bytes:
    """A PDF whose pages hold a drawing and no text, as a scanner makes them."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.rect(100, 100, 300, 300, fill=1)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


# --- Nexis ---------------------------------------------------------------------------------------------------------


def nexis_docx(stories: Iterable[Story] = STORIES, *, bookmarks: bool = True) -> bytes:
    """An export of Nexis Uni: cover page with job number and search, then the articles with their bookmarks."""
    import docx
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = docx.Document()
    for line in _cover(stories):
        document.add_paragraph(line)
    for number, story in enumerate(stories, 1):
        for line in _nexis_lines(story):
            paragraph = document.add_paragraph(line)
            name = {story.title: f"Bookmark_{number}", "Body": "Body"}.get(line)
            if bookmarks and name:
                mark = OxmlElement("w:bookmarkStart")
                mark.set(qn("w:id"), str(number))
                mark.set(qn("w:name"), name)
                paragraph._p.insert(0, mark)
    return _saved(document)


def nexis_rtf(stories: Iterable[Story] = STORIES) -> bytes:
    lines = list(_cover(stories))
    for story in stories:
        lines += ["\\page", *_nexis_lines(story)]
    return rtf(lines)


def _cover(stories: Iterable[Story]) -> list[str]:
    listed = [f"{number}. {story.title}" for number, story in enumerate(stories, 1)]
    return [
        *("User Name: A Student", "Date and Time: Monday, March 18, 2019 10:15:00 AM CET", "Job Number: 84612345"),
        *(f"Documents ({len(listed)})", *listed, "Client/Matter: -None-", "Search Terms: harbour OR river"),
        *("Search Type: Terms and Connectors", "Narrowed by:", "Content Type\tNarrowed by", "News\tTimeline: 2018 on"),
    ]


def _nexis_lines(story: Story) -> list[str]:
    return [
        *("", story.title, story.outlet, story.date, "Copyright 2018 Example Media Ltd All Rights Reserved", ""),
        *(
            "Section: NEWS; Pg. 3",
            "Length: 52 words",
            f"Byline: By {story.author}",
            "",
            "Body",
            "",
            *story.paragraphs,
            "",
        ),
        *("Graphic", "", "Photograph: the harbour", "", "Classification", "", "Language: ENGLISH"),
        *("Publication-Type: Newspaper", "Subject: HARBORS & PORTS (90%)", "Load-Date: February 5, 2018", ""),
        *("End of Document", ""),
    ]


def nexis_txt(stories: Iterable[Story] = STORIES) -> str:
    """The plain text of the older Nexis: wrapped lines, centred outlet and date, fields in capitals."""
    stories = list(stories)
    parts = ["\n\nDownload Request: Selected Items: 1-2\nTime Of Request: Monday, March 18, 2019  10:15:00\n\n\n"]
    for number, story in enumerate(stories, 1):
        body = "\n\n".join(_wrapped(paragraph) for paragraph in story.paragraphs)
        parts.append(
            f"{f'{number} of {len(stories)} DOCUMENTS':^78}".rstrip()
            + f"\n\n\n\n{story.outlet:^78}".rstrip()
            + "\n\n"
            + f"{story.date:^78}".rstrip()
            + f"\n{'First Edition':^78}".rstrip()
            + f"\n\n{_wrapped(story.title)}\n\nBYLINE: {story.author}\n\n"
            f"SECTION: NEWS; Pg. 3\n\nLENGTH: 52 words\n\n\n{body}\n\nLOAD-DATE: February 5, 2018\n\n"
            "LANGUAGE: ENGLISH\n\n"
            f"PUBLICATION-TYPE: Newspaper\n\n\n{'Copyright 2018 Example Media Ltd':^78}".rstrip()
            + f"\n{'All Rights Reserved':^78}".rstrip()
            + "\n\n"
        )
    return "".join(parts)


def _wrapped(text: str) -> str:
    import textwrap

    return textwrap.fill(text, 78)


# --- Factiva -------------------------------------------------------------------------------------------------------


def _factiva_fields(story: Story) -> Mapping[str, str]:
    return {
        **{"SE": "News", "HD": story.title, "BY": f"By {story.author}", "WC": "52 words", "PD": _day(story)},
        **{
            "ET": "10:15 AM",
            "SN": story.outlet,
            "SC": "EXTIM",
            "PG": "3",
            "LA": "English",
            "CY": "(c) 2018 Example Media",
        },
    }


def _day(story: Story) -> str:
    return "4 February 2018" if "February" in story.date else "12 March 2019"


def factiva_rtf(stories: Iterable[Story] = STORIES, *, coded: bool = True) -> bytes:
    """An export of Factiva as RTF, with the codes of its fields ("plus Indexing") or without."""
    lines: list[str] = []
    for story in stories:
        fields = _factiva_fields(story)
        if coded:
            lines += [f"{code}\t{value}" for code, value in fields.items()]
            lines += [
                "LP",
                story.paragraphs[0],
                "TD",
                *story.paragraphs[1:],
                "NS\tgvio : Trade | gcat : News",
                "PUB\tExample",
            ]
        else:
            names = ("HD", "BY", "WC", "PD", "ET", "SN", "SC", "PG", "LA", "CY")
            lines += ["News", *(fields[name] for name in names), *story.paragraphs][1:]
        lines += ["", f"Document {story.code}", "", "\\page"]
    return rtf([*lines, "Search Summary", "Text\tharbour OR river"])


def factiva_html(stories: Iterable[Story] = STORIES, *, coded: bool = True) -> str:
    """An export of Factiva as HTML."""
    return (
        '<!DOCTYPE html><html><head><title>Factiva</title></head><body><div id="article">'
        + "".join(_factiva_article(story, coded=coded) for story in stories)
        + "<p>Search Summary</p></div></body></html>"
    )


def _factiva_article(story: Story, *, coded: bool) -> str:
    fields = _factiva_fields(story)
    text = [f'<p class="articleParagraph enarticleParagraph">\n{escape(one)}\n</p>' for one in story.paragraphs]
    if not coded:
        lines = "".join(
            f"<div>{escape(fields[name])}</div>" for name in ("WC", "PD", "ET", "SN", "SC", "PG", "LA", "CY")
        )
        head = f'<div id="hd"><span class="enHeadline">{escape(story.title)}</span></div>'
        head += f'<div class="author">By {story.author}</div>'
        return f'<div class="article enArticle">{head}{lines}{"".join(text)}<p>Document {story.code}</p></div>'
    rows = "".join(
        f"<tr><td class='index'><b>{name}</b>&nbsp;</td><td>{escape(one)}</td></tr>" for name, one in fields.items()
    )
    rows += f"<tr><td><b>LP</b>&nbsp;</td><td>{text[0]}</td></tr>"
    rows += f"<tr><td><b>TD</b>&nbsp;</td><td>{''.join(text[1:])}</td></tr>"
    rows += f"<tr><td><b>AN</b>&nbsp;</td><td>Document {story.code}</td></tr>"
    return f'<div class="article enArticle"><table><tbody>{rows}</tbody></table></div>'


# --- ProQuest, tables ----------------------------------------------------------------------------------------------


def proquest_txt(stories: Iterable[Story] = STORIES) -> str:
    line = "_" * 60
    parts = [f"{line}\n"]
    for number, story in enumerate(stories, 1):
        body = "\n\n".join(story.paragraphs)
        parts.append(
            f"\n{story.title}\n\nAuthor: {story.author}\n\n"
            f"Publication info: {story.outlet} ; Port Vale [Port Vale]{_day(story)}: A3.\n\n"
            f"ProQuest document link\n\nAbstract (Abstract): None available.\n\nFull text: {body}\n\n"
            "Subject: Ports; Rivers\n\n"
            f"Location: Norland\n\nTitle: {story.title}\n\nPublication title: {story.outlet}\n\nFirst page: A3\n\n"
            f"Publication year: 2018\n\nPublication date: {_day(story)}\n\nLanguage of publication: English\n\n"
            f"ProQuest document ID: 19876543{number}\n\nDocument URL: https://search.example.org/docview/{number}\n\n"
            f"Last updated: 2019-03-18\n\nDatabase: ProQuest Central\n\n{line}\n"
        )
    return "".join(
        [*parts, "\nContact us at: http://www.example.org\n\nDatabase copyright © 2019 Example. All rights reserved.\n"]
    )


MEDIA_CLOUD = (
    "id,indexed_date,language,media_name,media_url,publish_date,title,url\n"
    "a1f,2019-03-18 09:00:00,en,example.org,example.org,2018-02-04,Norland closes the harbour,"
    "https://news.example.org/2018/02/harbour?utm=1\n"
    "b2e,2019-03-18 09:00:00,en,example.org,example.org,2019-03-12,Talks over the river fail again,"
    "https://news.example.org/2019/03/talks\n"
    "c3d,2019-03-18 09:00:00,en,example.org,example.org,2019-03-13,Rain in the north,https://news.example.org/rain\n"
)
"""The download of a search in Media Cloud: addresses, and no text."""


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()
