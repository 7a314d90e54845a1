"""Invented articles as further databases, programs and interfaces in other languages give them, for the tests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from tests.exports import HARBOUR, STORIES, Story, zipped

RULE = "_" * 60
PROQUEST_LABELS = {
    "de": ("Autor", "Volltext", "Publikationstitel", "Erscheinungsdatum", "ProQuest-Dokument-ID", "Dokument {} von {}"),
    "fr": (
        *("Auteur", "Texte intégral", "Titre de la publication", "Date de publication", "ID du document ProQuest"),
        "Document {} sur {}",
    ),
    "es": (
        *("Autor", "Texto completo", "Título de la publicación", "Fecha de publicación"),
        *("ID del documento de ProQuest", "Documento {} de {}"),
    ),
}
DAYS = {
    "de": ("4. Februar 2018", "12. März 2019"),
    "fr": ("4 février 2018", "12 mars 2019"),
    "es": ("4 de febrero de 2018", "12 de marzo de 2019"),
    "nl": ("4 februari 2018", "12 maart 2019"),
}
OUTLETS = ("The Example Times", "Daily Example")
ISO = ("2018-02-04", "2019-03-12")


def proquest(language: str, stories: Sequence[Story] = STORIES, *, ends: str = "\n") -> str:
    """An export of ProQuest with the labels of another language."""
    author, full, outlet, date, number, head = PROQUEST_LABELS[language]
    parts = []
    for n, story in enumerate(stories):
        first, _, last = story.author.rpartition(" ")
        lines = [head.format(n + 1, len(stories)), story.title, f"{author}: {last}, {first}", "ProQuest document link"]
        lines += [f"{full}: ", *story.paragraphs, f"{outlet}: {OUTLETS[n]}; Port Vale", f"{date}: {DAYS[language][n]}"]
        parts.append("\n\n".join([*lines, f"{number}: 2810017{n}"]))
    return f"{RULE}\n\n" + f"\n\n{RULE}\n\n".join(parts).replace("\n", ends) + f"\n\n{RULE}\n"


def factiva_lines(language: str, words: str, by: str, document: str) -> str:
    """An export of Factiva as text without codes, its few labels in another language."""
    articles = []
    for n, story in enumerate(STORIES):
        head = [
            story.title,
            f"{by} {story.author}",
            f"73 {words}",
            DAYS[language][n],
            OUTLETS[n],
            "EXTIM",
            "(c) 2018 Press",
        ]
        articles.append("\n".join([*head, "", *story.paragraphs, "", f"{document} {story.code}"]))
    return "\n\n".join(articles) + "\n"


def factiva_coded_txt() -> str:
    """An export of Factiva as text with codes, of which the last holds "Document ..."."""
    articles = []
    for n, story in enumerate(STORIES):
        body = "\n\n".join(story.paragraphs[1:])
        rows = [
            ("HD", story.title),
            ("BY", f"By {story.author}"),
            ("WC", "70 words"),
            ("PD", story.date),
            ("SN", OUTLETS[n]),
        ]
        rows += [("SC", "EXTIM"), ("LP", story.paragraphs[0]), ("TD", body), ("NS", "gpol : Domestic Politics")]
        rows += [("AN", f"Document {story.code}")]
        articles.append("\n".join(f"{code} {value}" for code, value in rows))
    return "\n\n".join(articles) + "\n"


def nexis_uni_lines(end: str, length: str, body: str) -> str:
    """An export of Nexis Uni as text, its labels in another language."""
    articles = []
    for n, story in enumerate(STORIES):
        head = [
            story.title,
            OUTLETS[n],
            story.date,
            "Copyright 2018 Press",
            f"{length}: 73 words",
            f"Byline: {story.author}",
        ]
        articles.append("\n\n".join([*head, body, *story.paragraphs, f"Load-Date: {story.date}", end]))
    return "\n\n".join(articles) + "\n"


def nexis_plain(*, numbered: bool, inline: bool = False) -> str:
    """The older export of Nexis with or without its lines "1 of 2 DOCUMENTS"."""
    articles = []
    for n, story in enumerate(STORIES):
        mark = f"{' ' * 30}{n + 1} of {len(STORIES)} DOCUMENTS\n\n\n" if numbered else ""
        byline = f"BYLINE: {story.author}" + (" Highlight: A day at sea" if inline else "")
        top = f"{mark}{' ' * 28}{OUTLETS[n]}\n\n{' ' * 26}{story.date}\n\n"
        head = f"{top}{story.title}\n\n{byline}\n\nLENGTH: 73 words\n\n"
        body = "\n\n".join(story.paragraphs)
        articles.append(
            f"{head}{body}\n\nLOAD-DATE: {story.date}\n\nLANGUAGE: ENGLISH\n\nPUBLICATION-TYPE: Newspaper\n\n\n"
            f"{' ' * 24}Copyright 2018 Press\n{' ' * 29}All Rights Reserved\n"
        )
    return "\n\n\n".join(articles)


def eml(story: Story = HARBOUR, *, html: bool = False) -> bytes:
    """A newsletter as a mail, plain or as a page."""
    body = "\n\n".join((story.title, f"By {story.author}", *story.paragraphs))
    page = f"<html><body><h1>{story.title}</h1>{''.join(f'<p>{escape(p)}</p>' for p in story.paragraphs)}</body></html>"
    kind, content = ("html", page) if html else ("plain", body)
    below = "" if html else "\n\nYou get this email because you signed up.\nUnsubscribe: https://example.test/u\n"
    return (
        f"From: The Example Times <news@example.test>\nTo: reader@example.test\nSubject: {story.title}\n"
        f"Date: Sun, 4 Feb 2018 06:30:12 +0000\nMessage-ID: <7@example.test>\nMIME-Version: 1.0\n"
        f"Content-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{content}{below}"
    ).encode()


def mbox(stories: Sequence[Story] = STORIES) -> bytes:
    """Several mails in one mailbox."""
    return b"\n\n".join(b"From news@example.test Sun Feb  4 06:30:12 2018\n" + eml(story) for story in stories)


def mht(page: str) -> bytes:
    """A page saved as one file."""
    head = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://example.test/harbour\nSubject: Harbour\n"
        "Date: Sun, 4 Feb 2018 06:30:12 -0000\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="--b1"\n\n----b1\nContent-Type: text/html\n'
        "Content-Transfer-Encoding: 8bit\nContent-Location: https://example.test/harbour\n\n"
    )
    return (
        head + page + "\n----b1\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n----b1--\n"
    ).encode()


def _marked(story: Story) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)


def rss(stories: Sequence[Story] = STORIES) -> str:
    """A feed (RSS 2.0) with the whole texts as markup in them."""
    items = "".join(
        f"<item><title>{escape(one.title)}</title><dc:creator>{one.author}</dc:creator>"
        f"<pubDate>Sun, 04 Feb 2018 08:00:00 GMT</pubDate><description>Short.</description>"
        f"<content:encoded><![CDATA[{_marked(one)}]]></content:encoded></item>"
        for one in stories
    )
    spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    head = f'<?xml version="1.0"?><rss version="2.0" {spaces}>'
    return f"{head}<channel><title>The Example Times</title><link>https://example.test</link>{items}</channel></rss>"


def atom(stories: Sequence[Story] = STORIES) -> str:
    """A feed (Atom)."""
    entries = "".join(
        f"<entry><title>{escape(one.title)}</title><author><name>{one.author}</name></author>"
        f"<published>2018-02-04T08:00:00Z</published><id>urn:{n}</id><content type='html'>"
        f"{escape(''.join(f'<p>{p}</p>' for p in one.paragraphs))}</content></entry>"
        for n, one in enumerate(stories)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>The Example Times</title>{entries}</feed>'


def factiva_xml(stories: Sequence[Story] = STORIES) -> str:
    """The XML of a feed of Factiva."""
    articles = "".join(
        f"<article><accessionNo>{one.code}</accessionNo><headline><paragraph>{escape(one.title)}</paragraph></headline>"
        f"<byline>By {one.author}</byline><publicationDate><date>2018-02-04</date></publicationDate>"
        f"<sourceCode>EXTIM</sourceCode><sourceName>The Example Times</sourceName>"
        f"<leadParagraph><paragraph>{escape(one.paragraphs[0])}</paragraph></leadParagraph>"
        f"<tailParagraphs>{''.join(f'<paragraph>{escape(p)}</paragraph>' for p in one.paragraphs[1:])}</tailParagraphs>"
        "</article>"
        for one in stories
    )
    return f'<?xml version="1.0" encoding="utf-8"?><articles>{articles}</articles>'


def news_api(stories: Sequence[Story] = STORIES) -> str:
    """The answer of an interface of the web: articles one level deep, objects as outlets."""
    articles = [
        {
            "source": {"id": None, "name": OUTLETS[n]},
            "author": one.author,
            "title": one.title,
            "publishedAt": f"{ISO[n]}T08:00:00Z",
            "content": "\n\n".join(one.paragraphs),
        }
        for n, one in enumerate(stories)
    ]
    return json.dumps({"status": "ok", "totalResults": len(articles), "articles": articles})


def wrapped_hits(stories: Sequence[Story] = STORIES) -> str:
    """The answer of a search engine: hits in hits, each a row inside an object."""
    hits = [
        {"_id": n, "_source": {"headline": one.title, "bodyText": "\n\n".join(one.paragraphs), "pubDate": ISO[n]}}
        for n, one in enumerate(stories)
    ]
    return json.dumps({"took": 3, "hits": {"total": 2, "hits": hits}})


def table(names: Sequence[str], mark: str, *, sep: bool = False) -> str:
    """A table with the columns title, text, source, date, author under whatever names."""
    rows = [
        (
            one.title,
            " ".join(one.paragraphs).replace('"', '""'),
            OUTLETS[n],
            ("04.02.2018", "12.03.2019")[n],
            one.author,
        )
        for n, one in enumerate(STORIES)
    ]
    lines = [mark.join(names), *(mark.join(f'"{cell}"' for cell in row) for row in rows)]
    return (f"sep={mark}\r\n" if sep else "") + "\r\n".join(lines) + "\r\n"


def excel_page() -> str:
    """What a program calls XLS and is a page."""
    rows = "".join(
        f"<tr><td>{escape(one.title)}</td><td>{escape(' '.join(one.paragraphs))}</td><td>{OUTLETS[n]}</td></tr>"
        for n, one in enumerate(STORIES)
    )
    return f"<html><body><table><tr><th>Title</th><th>Text</th><th>Source</th></tr>{rows}</table></body></html>"


def odt(story: Story = HARBOUR) -> bytes:
    """An OpenDocument text."""
    body = "".join(f"<text:p>{escape(p)}</text:p>" for p in story.paragraphs)
    content = (
        '<office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text>'
        f'<text:h text:outline-level="1">{story.title}</text:h>{body}</office:text></office:body>'
        "</office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def epub(stories: Sequence[Story] = STORIES) -> bytes:
    """A book of articles with a cover, a list of links and a chapter for each."""
    names = [f"a{n}.xhtml" for n in range(len(stories))]
    chapters = {
        name: f"<html><head><title>{one.title}</title></head><body><div class='calibre_navbar'>Next | Menu</div>"
        f"<h1>{escape(one.title)}</h1><p>By {one.author}</p>{_marked(one)}</body></html>"
        for name, one in zip(names, stories, strict=True)
    }
    links = "".join(f"<li><a href='{name}'>{one.title}</a></li>" for name, one in zip(names, stories, strict=True))
    items = "".join(f'<item id="i{n}" href="{name}"/>' for n, name in enumerate(["toc.xhtml", *names]))
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(names) + 1))
    about = (
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Example Times [Sun, 4 Feb 2018]</dc:title>'
        "<dc:date>2018-02-04T06:00:00+00:00</dc:date></metadata>"
    )
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="o/c.opf"/></rootfiles></container>',
            "o/c.opf": f"<package>{about}<manifest>{items}</manifest><spine>{spine}</spine></package>",
            "o/toc.xhtml": f"<html><body><h1>Contents</h1><ul>{links}</ul></body></html>",
            **{f"o/{name}": html for name, html in chapters.items()},
        }
    )


def warc(page: str) -> bytes:
    """A web archive with one page and one picture."""

    def record(kind: str, address: str, body: bytes) -> bytes:
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind.encode() + b"\r\n\r\n" + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2018-02-04T08:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-12345678{len(body):04d}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        return head.encode() + answer + b"\r\n\r\n"

    picture = record("image/png", "https://example.test/a.png", b"\x89PNG....")
    return picture + record("text/html; charset=utf-8", "https://example.test/harbour", page.encode())


def live_blog() -> str:
    """A live blog of two posts, whose own headlines stand in the page too."""
    posts = "".join(
        f'<div class="post"><time>18.1{n}</time><h2>Post number {n}</h2><p>{escape(" ".join(one.paragraphs))}</p></div>'
        for n, one in enumerate(STORIES)
    )
    about = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "headline": "Harbour crisis: live updates",
        "liveBlogUpdate": [{"@type": "BlogPosting", "headline": "Post number 0"}],
    }
    return (
        f'<!doctype html><html><head><title>Post number 0</title><script type="application/ld+json">{json.dumps(about)}'
        f"</script></head><body><main><h1>Harbour crisis: live updates</h1>{posts}</main></body></html>"
    )


def teaser() -> str:
    """The begin of an article, and the call to subscribe below it."""
    body = "".join(f"<p>{escape(p)}</p>" for p in HARBOUR.paragraphs)
    return (
        f"<!doctype html><html><head><title>{HARBOUR.title}</title></head><body><article><h1>{HARBOUR.title}</h1>{body}"
        "<p>Subscribe now to continue reading this story.</p></article></body></html>"
    )


def wall() -> str:
    """A page that shows nothing but the offer of a subscription."""
    return (
        "<!doctype html><html><head><title>The Example Times</title></head><body><main><h1>This story has been "
        "reserved for members</h1><p>Become a member to read it, and every other story of the week.</p>"
        "<p>Already a subscriber? Sign in to continue.</p></main></body></html>"
    )


def europresse(stories: Sequence[Story] = STORIES) -> str:
    """An export of Europresse as a page, its last article in French."""
    header = ("National, Sunday, February 4, 2018 71 words, p. A8", "Ville, mardi 12 mars 2019 68 mots, p. 2")
    articles = "".join(
        f'<article><header><span class="DocPublicationName">{OUTLETS[n]}, no. 812</span>'
        f'<span class="DocHeader">{header[n]}</span>'
        f'<p class="titreArticleVisu rdp__articletitle">{escape(one.title)}</p>'
        f'<div class="docAuthors">{one.author}</div></header><section><div class="DocText">'
        f'<div class="docOcurrContainer">{_marked(one)}</div></div></section><footer><small>© 2018 Press.</small>'
        f'<div class="publiC-lblNodoc">news·20180204·EX·000{n}</div></footer></article>'
        for n, one in enumerate(stories)
    )
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title></title></head><body>{articles}</body></html>'
