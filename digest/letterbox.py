"""Mailboxes as files of letters: a Maildir folder, and a folder of an IMAP server.

Returned mail and newsletters are both read from here. Raw bytes come out; what they mean is the
reader's matter. A password is never part of a name, a message or a log line.
"""

from __future__ import annotations

import imaplib
import mailbox
import re
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from digest.addresses import masked
from digest.errors import BadInput, Unavailable

TIMEOUT = 60.0
"""Seconds for each answer of an IMAP server."""
LARGEST = 10_000_000
"""Bytes of a letter; a longer one is left out."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def maildir_letters(folder: Path, *, since: datetime | None = None) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of the letters in a Maildir, by name; with `since`, those delivered later.

    Nothing is moved or marked. Raises `BadInput` when the folder is none.
    """
    if not (folder / "cur").is_dir() and not (folder / "new").is_dir():
        raise BadInput(
            f"„{folder}“ не е пощенска папка.",
            "Maildir е папка с подпапки cur, new и tmp.",
            "Проверете пътя.",
        )
    box = mailbox.Maildir(folder, create=False)
    for key in sorted(box.keys()):
        message = box.get(key)
        if message is None:
            continue  # delivered and taken away while we read
        if since is not None and datetime.fromtimestamp(message.get_date(), UTC) < since:
            continue
        yield f"{folder}/{key}", box.get_bytes(key)


def imap_letters(
    url: str, *, since: datetime | None = None, password: str = ""
) -> Iterator[tuple[str, bytes]]:
    """The letters of `imaps://user:password@host/FOLDER`.

    Without `since` the unseen ones, each marked seen when the caller comes back for the next, so
    that a crash reads it again. With `since` those that came from that day on, and nothing is
    marked. `password` counts when the address names none. Raises `Unavailable`.
    """
    parts = urlsplit(url)
    folder = unquote(parts.path.lstrip("/")) or "INBOX"
    where = masked(url)
    secret = unquote(parts.password or "") or password
    try:
        with _imap(parts.scheme, parts.hostname or "", parts.port) as box:
            box.login(unquote(parts.username or ""), secret)
            quoted = re.sub(r'["\\\r\n]', "", folder)
            said, _ = box.select(f'"{quoted}"', readonly=since is not None)
            if said != "OK":
                raise _no_folder(where)
            wanted = "UNSEEN" if since is None else f"SINCE {_imap_day(since)}"
            for number in box.search(None, wanted)[1][0].split():
                yield f"{where}#{number.decode()}", _letter(box, number.decode())
                if since is None:
                    box.store(number.decode(), "+FLAGS", "\\Seen")
    except (imaplib.IMAP4.error, OSError, ssl.SSLError, UnicodeError) as cause:
        raise Unavailable(
            f"Пощата „{where}“ не може да се прочете.",
            f"Причина: {type(cause).__name__}.",
            "Проверете адреса, потребителя и паролата и опитайте пак.",
        ) from cause


def _imap_day(at: datetime) -> str:
    """The day in IMAP's words, whatever the machine's locale (RFC 3501 §9, date)."""
    day = at.astimezone(UTC)
    return f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}"


def _imap(scheme: str, host: str, port: int | None) -> imaplib.IMAP4:
    if scheme == "imaps":
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(host, port or 993, ssl_context=context, timeout=TIMEOUT)
    return imaplib.IMAP4(host, port or 143, timeout=TIMEOUT)


def _letter(box: imaplib.IMAP4, number: str) -> bytes:
    for part in box.fetch(number, "(BODY.PEEK[])")[1]:
        if isinstance(part, tuple):
            return bytes(part[1])
    return b""


def _no_folder(where: str) -> Unavailable:
    return Unavailable(
        f"Пощата „{where}“ не може да се прочете.",
        "На сървъра няма такава папка.",
        "Проверете името на папката след адреса на сървъра.",
    )
