"""Newsletters as a source: letters of a mailbox to entries, so that outlets without feeds are read.

A letter of many headlines gives an entry for each linked article; a letter that is one article
gives one entry with its text. Trackers are never called: an address is taken out of a tracking
link only when it stands there in the open, because calling it would tell on the mailbox's owner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from digest.clock import monotonic
from digest.clock import zone as zone_of
from digest.collect import repair
from digest.collect.address import identity_key, is_home, is_http, path_and_query
from digest.collect.lines import kind_of
from digest.collect.markup import elements, parse, text_of
from digest.collect.plain import html_to_text, one_line
from digest.errors import BadInput, NotFound
from digest.letterbox import LARGEST, Left, imap_letters, maildir_letters
from digest.model import Entry

MAX_PARTS = 60
"""Parts of a letter that are looked at; more is an attack."""
MIN_HEADLINE = 20
"""Characters of a link's text that may be a headline."""
HEADLINES = 3
"""So many linked headlines make a letter a digest rather than an article."""
MAX_ENTRIES = 100
TOLERANCE = timedelta(minutes=15)
SCHEMES = ("maildir:", "imap:", "imaps:")


@dataclass(frozen=True, slots=True)
class Letter:
    """A raw letter and its name for people."""

    name: str
    data: bytes


def is_mailbox(url: str) -> bool:
    """True for the address of a mailbox source."""
    return url.startswith(SCHEMES)


def read_letters(
    url: str,
    home: Path,
    *,
    since: datetime,
    left: Left,
    password: str = "",
    seconds: float = 3600,
) -> Iterator[Letter]:
    """The letters of `maildir:PATH` (relative to the home) or `imaps://…` since a time.

    `left` hears of each letter that was not read, and why; a server gets `seconds` for all.
    Raises `NotFound`, `BadInput` or `Unavailable` for a mailbox that cannot be read.
    """
    if url.startswith("maildir:"):
        path = Path(url.removeprefix("maildir:")).expanduser()
        folder = path if path.is_absolute() else home / path
        if not folder.is_dir():
            raise _no_folder(folder)
        found = maildir_letters(folder, since=since, left=left)
    else:
        until = monotonic() + seconds
        found = imap_letters(
            url, since=since, password=password, left=left, late=lambda: monotonic() > until
        )
    for name, data in found:
        yield Letter(name, data)


def entries_of_letter(data: bytes, *, source: str, zone: str, now: datetime) -> list[Entry]:
    """What a letter brings. Raises `BadInput` for one that is too large or has no text."""
    if len(data) > LARGEST:
        raise _too_large(len(data))
    letter = message_from_bytes(data, policy=policy.default)
    assert isinstance(letter, EmailMessage)
    letter = _forwarded(letter)
    at = _date(letter, zone, now)
    title = _subject(letter)
    identity = one_line(_header(letter, "Message-ID"))[:300]
    html, plain = _bodies(letter)
    linked = list(_headlines(html, source, at)) if html else []
    if len(linked) >= HEADLINES:
        return linked[:MAX_ENTRIES]
    text = _text(html_to_text(html) if html else plain)
    if not text:
        raise _no_text()
    entry = Entry(
        source=source,
        id=identity or title,
        url=_own_page(html),
        title=title or text[:100],
        summary=text[:400],
        content=text,
        published_at=at,
    )
    return [entry]


# ---- headers


def _header(letter: EmailMessage, name: str) -> str:
    """A header as text; what cannot be read is empty (a hostile header must not stop the round)."""
    try:
        return str(letter.get(name, ""))
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError):
        return ""


def _subject(letter: EmailMessage) -> str:
    text = one_line(_header(letter, "Subject"))
    return re.sub(r"(?i)^(?:(?:re|fw|fwd|отг|препр)\s*:\s*)+", "", text)[:300]


def _date(letter: EmailMessage, zone: str, now: datetime) -> datetime | None:
    """When it was sent; a time from the future is none, one without a zone is the source's."""
    try:
        at = parsedate_to_datetime(_header(letter, "Date"))
    except (ValueError, TypeError, OverflowError):
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=zone_of(zone))
    if at > now + TOLERANCE:
        return None
    return min(at, now)


# ---- bodies


def _bodies(letter: EmailMessage) -> tuple[str, str]:
    """The first HTML and the first plain text of a letter; attachments and letters within stay."""
    html = plain = ""
    for place, part in enumerate(_parts(letter)):
        if place >= MAX_PARTS or (html and plain):
            break
        kind = part.get_content_type()
        if kind == "text/html" and not html:
            html = _decoded(part)
        elif kind == "text/plain" and not plain:
            plain = _decoded(part)
    return html, plain


def _parts(letter: EmailMessage) -> Iterator[EmailMessage]:
    """The leaves of a letter in reading order, a bounded number of levels deep."""
    stack = [(letter, 0)]
    while stack:
        part, depth = stack.pop()
        if part.get_content_maintype() == "multipart" and depth < 10:
            inner = [one for one in part.iter_parts() if isinstance(one, EmailMessage)]
            stack += [(one, depth + 1) for one in reversed(inner)]
        elif part.get_content_maintype() == "text" and not part.is_attachment():
            yield part


def _forwarded(letter: EmailMessage) -> EmailMessage:
    """The letter that another one carries whole, else the letter itself.

    It was sent on as an attachment; its headline and its day are its own. A report on a delivery
    carries ours back and is left as it is.
    """
    if letter.get_content_type() == "multipart/report":
        return letter
    for place, part in enumerate(letter.walk()):
        if place >= MAX_PARTS:
            break
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            first = inner[0] if isinstance(inner, list) and inner else None
            return first if isinstance(first, EmailMessage) else letter
    return letter


def _decoded(part: EmailMessage) -> str:
    """A part's text by its bytes, whatever charset it claims."""
    raw = part.get_payload(decode=True)
    charset = part.get_content_charset() or ""
    said = {"content-type": f"text/html; charset={charset}"} if charset else {}
    return repair.decode(raw, said).text if isinstance(raw, bytes) else ""


_FURNITURE = re.compile(
    r"(?i)(?:вижте? (?:писмото |бюлетина )?(?:в|през) браузър|не виждате (?:писмото|изображенията)"
    r"|отпи(?:ши|сване|шете)|за да се отпишете|unsubscribe"
    r"|view (?:this email )?in (?:your )?browser"
    r"|получавате това (?:писмо|съобщение)|управлявай(?:те)? абонамент|manage (?:your )?preferences"
    r"|всички права запазени|препрати(?:те)? на приятел)"
)


_SENT_ON = re.compile(
    r"(?i)^\W*(?:(?:begin )?forwarded message|original message|препратено (?:съобщение|писмо)"
    r"|оригинално (?:съобщение|писмо))\W*(?=$|(?:от|from|de|date|дата)\s*:)"
)
_OF_SENDER = re.compile(r"(?i)^[>*\s]*(?:от|from)\s*:.*\S@\S")
_HEADER = re.compile(
    r"(?i)^[>*\s]*(?:от|from|изпратено|sent|дата|date|относно|тема|subject|до|to|cc|копие"
    r"|reply-to|отговор до)\s*:"
)


def _without_sender(text: str) -> str:
    """The text without the headers of a letter that was sent on in it: they name private people."""
    kept: list[str] = []
    inside = False
    for line in text.split("\n"):
        if len(line) < 1000 and (_SENT_ON.search(line) or _OF_SENDER.search(line)):
            inside = True
        elif not inside or (line.strip() and not _HEADER.search(line)):
            inside = False
            kept.append(line)
    return "\n".join(kept)


def _text(text: str) -> str:
    """The paragraphs of a letter that are not its furniture."""
    kept = []
    for paragraph in _without_sender(text).split("\n\n"):
        line = one_line(paragraph)
        if not line or kind_of(line) is not None:
            continue
        if len(line) < 200 and _FURNITURE.search(line):
            continue
        kept.append(line)
    return "\n\n".join(kept)


# ---- links


def _headlines(html: str, source: str, at: datetime | None) -> Iterator[Entry]:
    """The linked headlines of a letter, each address once."""
    seen: set[str] = set()
    for link in elements(parse(html), "a"):
        title = one_line(text_of(link))
        url = real_address(link.get("href") or "")
        if len(title) < MIN_HEADLINE or not url or is_home(url) or _FURNITURE.search(title):
            continue
        key = identity_key(url)
        if key not in seen and len(path_and_query(url)[0]) > 5:
            seen.add(key)
            yield Entry(source, url, url, title[:300], published_at=at)


def real_address(link: str) -> str:
    """Where a link leads as far as it says so itself; empty when only its tracker knows.

    A tracking link often carries the address as a parameter; one that does not is not followed.
    """
    if not is_http(link):
        return ""
    for _, value in parse_qsl(path_and_query(link)[1]):
        inner = unquote(value)
        if is_http(inner) and not is_home(inner):
            return inner
    return "" if _TRACKER.search(link) else link


_TRACKER = re.compile(
    r"(?i)//(?:click|clicks|track|links?|email|trk|go|r|t)\.|/(?:click|track|ls/click|c/[\w-]{20,}"
    r"|wf/click|f/a/|cl0/|ss/c)|[?&](?:token|uid|subscriber|recipient)="
)


def _own_page(html: str) -> str:
    """The letter's own page on the web, when it links it in the open („Виж в браузър“)."""
    for link in elements(parse(html), "a") if html else []:
        if re.search(r"(?i)браузър|in (?:your )?browser", text_of(link)):
            return real_address(link.get("href") or "")
    return ""


# ---- what to say


def _no_folder(folder: Path) -> NotFound:
    return NotFound(
        f"Няма пощенска папка „{folder}“.",
        "Относителен път се брои от дома.",
        "Направете папката или махнете източника.",
    )


def _too_large(size: int) -> BadInput:
    return BadInput(
        "Писмото е твърде голямо.",
        f"То е {size // 1_000_000} MB, а границата е {LARGEST // 1_000_000} MB.",
        "Бюлетин с такъв размер носи прикачени файлове; махнете го от папката.",
    )


def _no_text() -> BadInput:
    return BadInput(
        "В писмото няма текст.",
        "То носи само картинки или прикачени файлове.",
        "Махнете го от папката.",
    )
