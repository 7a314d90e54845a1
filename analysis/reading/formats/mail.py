"""Mail: newsletters and alerts as EML, mailboxes (mbox), and web pages saved as one file (MHT), which are mail too."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parseaddr

from analysis.reading import decoding
from analysis.reading.draft import Draft, lead
from analysis.reading.errors import ArticleError, Where, guarded
from analysis.reading.formats import page

HEADER = re.compile(
    r"(?:return-path|received|from|to|cc|date|subject|message-id|mime-version|content-type|delivered-to|reply-to|"
    r"list-unsubscribe|list-id|sender|snapshot-content-location|x-[\w-]+):",
    re.I,
)
NEEDED = frozenset({"from", "subject", "mime-version", "content-type", "message-id", "received", "date"})
BETWEEN = re.compile(rb"^From \S+.*\d{4}\r?$", re.M)
ABOVE = re.compile(
    r"(?i)(?:view|open|read) (?:this|it)\b.{0,60}\bbrowser.*|(?:can't|cannot|trouble) (?:see|view)ing?\b.*"
)
BELOW = re.compile(
    r"(?i)(?:you(?:'re| are)? (?:get|receiv)\w*\b.{0,80}\b(?:because|e-?mail|newsletter|alert)|unsubscribe\b|"
    r"manage (?:your )?(?:preferences|subscription)|read (?:more|on|the full story)\b.{0,40}https?://|"
    r"forwarded this|no longer (?:want|wish) to|sent (?:to|from) \S+@|to stop receiving).*"
)
"""Lines above and below the article of a newsletter."""
NO_TEXT = "this mail holds no text of an article"


def is_mail(data: bytes) -> bool:
    """Whether the bytes are a mail, a mailbox or a saved page as mail: they begin with lines of its header."""
    head = data[:20_000].lstrip(b"\xef\xbb\xbf\r\n").decode("latin-1")
    lines = head.splitlines()
    lines = lines[1:] if lines and re.match(r"From \S+.*\d{4}$", lines[0]) else lines
    names = set()
    for line in lines:
        if not line.strip():
            break
        if not line[0].isspace():
            if not HEADER.match(line) and not re.match(r"[\w-]{2,40}: ?", line):
                return False
            names.add(line.partition(":")[0].lower())
    return len(names & NEEDED) > 2


def read_mail(data: bytes, where: Where) -> Iterator[Draft | ArticleError]:
    """The article of a mail, or of each mail of a mailbox."""
    starts = [found.start() for found in BETWEEN.finditer(data)] if data.startswith(b"From ") else []
    if not starts:
        yield from _message(data, where)
        return
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True), 1):
        message = data[start:end].split(b"\n", 1)[-1]
        place = where.inside(f"article {number}")
        try:
            yield from _message(message, place)
        except ArticleError as error:
            yield error


def _message(data: bytes, where: Where) -> Iterator[Draft | ArticleError]:
    with guarded(where, "a mail"):
        message = email.message_from_bytes(data, policy=email.policy.default)
        plain, html = (_part(message, kind) for kind in ("plain", "html"))
        headers = {name: str(message[name] or "").strip() for name in ("Subject", "From", "Date", "Message-ID")}
    saved = message.get("Snapshot-Content-Location") or (message.get_content_type() == "multipart/related" and html)
    if saved and html:
        address = str(message.get("Snapshot-Content-Location") or "") or None
        yield from page.read_page(html, where, address=address)
        return
    draft = next(page.read_page(html, where)) if html and not plain.strip() else None
    body = draft.text if draft else plain
    if not body.strip():
        yield where.error(NO_TEXT, "save the article itself as plain text (.txt)", reason="empty")
        return
    title = re.sub(r"^(?:(?:re|fwd?|aw|wg|tr)\s*:\s*)+", "", headers["Subject"], flags=re.I)
    yield Draft(
        lead(title, _article(body, title)),
        "mail (EML)",
        part=where.part,
        title=title or None,
        outlet=parseaddr(headers["From"])[0] or None,
        author=draft.author if draft else None,
        date=_day(message) or headers["Date"] or None,
        fields=tuple((name, value) for name, value in headers.items() if value),
    )


def _part(message: EmailMessage, kind: str) -> str:
    """The first part of the kind that is no attachment, decoded; "" if there is none."""
    for part in message.walk():
        if part.get_content_type() == f"text/{kind}" and part.get_content_disposition() != "attachment":
            content = part.get_payload(decode=True) or b""
            told = part.get_content_charset()
            found = decoding.decode(content) if told in (None, "utf-8", "us-ascii") else None
            return found[0] if found else content.decode(told or "utf-8", "replace")
    return ""


def _day(message: EmailMessage) -> str | None:
    date = message["Date"]
    found = getattr(date, "datetime", None)
    return found.date().isoformat() if found else None


def _article(body: str, title: str) -> str:
    """The article in the mail: from the line that is its title on, without what the sender puts above and below."""
    lines = body.replace("\r\n", "\n").split("\n")
    named = [n for n, line in enumerate(lines) if title and line.strip().casefold() == title.casefold()]
    lines = lines[named[0] :] if named else lines
    while lines and (not lines[0].strip() or ABOVE.fullmatch(lines[0].strip())):
        lines.pop(0)
    end = next((n for n, line in enumerate(lines) if n > 1 and BELOW.match(line.strip())), len(lines))
    return "\n".join(lines[:end]).strip()
