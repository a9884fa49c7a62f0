"""Mailboxes as files of letters: a Maildir folder, and a folder of an IMAP server.

Returned mail and newsletters are both read from here. Raw bytes come out; what they mean is the
reader's matter. A password is never part of a name, a message or a log line, and never goes over
the network in the open.
"""

from __future__ import annotations

import base64
import imaplib
import ipaddress
import logging
import mailbox
import re
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from digest.addresses import masked
from digest.errors import BadInput, Unavailable, cause_of

log = logging.getLogger(__name__)

TIMEOUT = 60.0
"""Seconds for each answer of an IMAP server."""
LARGEST = 10_000_000
"""Bytes of a letter; a longer one is left out."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_AT_ONCE = 200
"""Letters whose size is asked in one command; a command's line has its limits."""

Left: TypeAlias = Callable[[str, str], None]
"""Hears the name of a letter that was left out, and why in Bulgarian."""


def _say(name: str, why: str) -> None:
    log.warning("%s: %s", name, why)


def maildir_letters(
    folder: Path, *, since: datetime | None = None, left: Left = _say
) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of the letters in a Maildir, by name; with `since`, those delivered later.

    Nothing is moved or marked; `left` hears of a letter that cannot be read. Raises `BadInput`
    when the folder is none.
    """
    try:
        if not (folder / "cur").is_dir() and not (folder / "new").is_dir():
            raise _no_maildir(folder, "Maildir е папка с подпапки cur, new и tmp.")
        box = mailbox.Maildir(folder, create=False)
        keys = sorted(box.keys())
    except OSError as cause:
        raise _no_maildir(folder, f"Причина: {cause_of(cause)}.") from cause
    for key in keys:
        name = f"{folder}/{key}"
        try:
            data = _maildir_letter(box, key, since)
        except KeyError:
            log.info("%s was taken away while we read", name)
            continue
        except OSError as cause:
            left(name, f"Писмото не може да се прочете: {cause_of(cause)}.")
            continue
        if data is not None:
            yield name, data


def _maildir_letter(box: mailbox.Maildir, key: str, since: datetime | None) -> bytes | None:
    """The bytes of a letter; None for one that was delivered before."""
    if since is not None:
        at = box.get_message(key).get_date()
        if datetime.fromtimestamp(at, UTC) < since:
            return None
    return box.get_bytes(key)


# ---- IMAP


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a mailbox is, as its address says; without the secrets in `shown`."""

    secure: bool
    host: str
    port: int
    user: str
    password: str
    folder: str
    shown: str


def is_imap(url: str) -> bool:
    """True for an address of an IMAP folder that can be read as one."""
    try:
        _place(url)
    except BadInput:
        return False
    return True


def _place(url: str) -> _Place:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as cause:
        raise _no_address(url) from cause
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    folder = unquote(parts.path.lstrip("/")) or "INBOX"
    odd = re.search(r"[\x00-\x1f\x7f]", user + password + folder) or re.search(r"\s", url)
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname or port == 0 or odd:
        raise _no_address(url)
    secure = parts.scheme == "imaps"
    port = port or (993 if secure else 143)
    return _Place(secure, parts.hostname, port, user, password, folder, masked(url))


def imap_letters(
    url: str,
    *,
    since: datetime | None = None,
    password: str = "",
    left: Left = _say,
    late: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[str, bytes]]:
    """The letters of `imaps://user:password@host/FOLDER`.

    Without `since` the unseen ones, each marked seen when the caller comes back for the next, so
    that a crash reads it again. With `since` those that came from that day on, the newest first,
    and nothing is marked. `password` counts when the address names none. `left` hears of letters
    that are too large; when `late` says so, the rest stays unread and `Unavailable` tells how much.
    Raises `BadInput` for an address that cannot be used and `Unavailable` for a server's fault.
    """
    place = _place(url)
    try:
        with _connected(place) as box:
            _log_in(box, place, password)
            said, _ = box.select(_quoted(imap_name(place.folder)), readonly=since is not None)
            if said != "OK":
                raise _unreadable(place, "На сървъра няма такава папка.")
            numbers = _numbers(box, place, since)
            large = _large(box, numbers)
            for done, number in enumerate(numbers):
                if late():
                    raise _late(place, len(numbers) - done)
                name = f"{place.shown}#{number}"
                if number in large:
                    left(name, _too_large(large[number]))
                    continue
                data = _letter(box, place, number)
                if data is None:
                    continue  # taken away while we read
                yield name, data
                if since is None:
                    box.store(number, "+FLAGS", "\\Seen")
    except (imaplib.IMAP4.error, OSError, UnicodeError) as cause:
        log.info("%s: %s: %s", place.shown, type(cause).__name__, cause)
        raise _unreadable(place, _words(cause)) from cause


@contextmanager
def _connected(place: _Place) -> Iterator[imaplib.IMAP4]:
    """A connection that may carry a password: TLS, or this very machine. Closed at any end."""
    context = ssl.create_default_context()
    box: imaplib.IMAP4
    if place.secure:
        box = imaplib.IMAP4_SSL(place.host, place.port, ssl_context=context, timeout=TIMEOUT)
    else:
        box = imaplib.IMAP4(place.host, place.port, timeout=TIMEOUT)
    try:
        if not place.secure and not _is_here(place.host):
            if "STARTTLS" not in box.capabilities:
                raise _in_the_open(place)
            box.starttls(context)
        yield box
    finally:
        # imaplib leaves its socket open when the server does not answer the LOGOUT.
        with suppress(imaplib.IMAP4.error, OSError):
            box.logout()
        with suppress(OSError):
            box.shutdown()


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _log_in(box: imaplib.IMAP4, place: _Place, password: str) -> None:
    """LOGIN, or AUTHENTICATE PLAIN for what is not ASCII (RFC 4616: UTF-8)."""
    secret = place.password or password
    try:
        if (place.user + secret).isascii():
            box.login(place.user, secret)
        elif "AUTH=PLAIN" in box.capabilities:
            box.authenticate("PLAIN", lambda _: f"\0{place.user}\0{secret}".encode())
        else:
            why = "Сървърът не приема име или парола с други букви освен латински (AUTH=PLAIN)."
            raise _unreadable(place, why)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as cause:
        raise _unreadable(place, "Сървърът не приема потребителя или паролата.") from cause


def imap_name(name: str) -> str:
    """A folder's name in modified UTF-7 (RFC 3501 §5.1.3); one that is in it already stays."""
    if name.isascii() and re.search(r"&[A-Za-z0-9+,]+-", name):
        return name

    def coded(run: re.Match[str]) -> str:
        data = base64.b64encode(run.group().encode("utf-16-be")).decode("ascii")
        return "&" + data.rstrip("=").replace("/", ",") + "-"

    return re.sub(r"[^\x20-\x7e]+", coded, name.replace("&", "&-"))


def _quoted(text: str) -> str:
    escaped = re.sub(r'(["\\])', r"\\\1", text)
    return f'"{escaped}"'


def _numbers(box: imaplib.IMAP4, place: _Place, since: datetime | None) -> Sequence[str]:
    """Which letters are wanted, in the order in which they are read."""
    wanted = "UNSEEN" if since is None else f"SINCE {_imap_day(since)}"
    said, found = box.search(None, wanted)
    if said != "OK":
        raise _unreadable(place, "Сървърът отказа търсенето на писма.")
    # A server with nothing to say may leave its line out; imaplib then gives None.
    numbers = [one.decode("ascii") for line in found if line for one in line.split()]
    return numbers if since is None else numbers[::-1]


def _large(box: imaplib.IMAP4, numbers: Sequence[str]) -> dict[str, int]:
    """The letters over the limit with their bytes; a server that tells no sizes has none."""
    large = {}
    for start in range(0, len(numbers), _AT_ONCE):
        _, found = box.fetch(",".join(numbers[start : start + _AT_ONCE]), "(RFC822.SIZE)")
        for line in found:
            row = re.match(
                rb"(\d+) \(.*RFC822\.SIZE (\d+)", line if isinstance(line, bytes) else b""
            )
            if row is not None and int(row[2]) > LARGEST:
                large[row[1].decode("ascii")] = int(row[2])
    return large


def _letter(box: imaplib.IMAP4, place: _Place, number: str) -> bytes | None:
    """The bytes of a letter, sent as a literal or quoted; None for one that is gone."""
    said, found = box.fetch(number, "(BODY.PEEK[])")
    if said != "OK":
        raise _unreadable(place, "Сървърът отказа да даде писмо.")
    for part in found:
        if isinstance(part, tuple):
            return bytes(part[1])
        quoted = re.search(
            rb'BODY\[\] "((?:[^"\\]|\\.)*)"', part if isinstance(part, bytes) else b""
        )
        if quoted is not None:
            return re.sub(rb"\\(.)", rb"\1", quoted[1])
    return None


def _bytes(line: object) -> bytes:
    """A line of an answer; imaplib gives None for one that is missing."""
    return line if isinstance(line, bytes) else b""


def _imap_day(at: datetime) -> str:
    """The day in IMAP's words, whatever the machine's locale (RFC 3501 §9, date)."""
    day = at.astimezone(UTC)
    return f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}"


# ---- what to say


def _words(cause: Exception) -> str:
    """A Bulgarian sentence for what the connection met; the log has its own words."""
    if isinstance(cause, ssl.SSLError):
        return "Защитената връзка не се установи: вижте името и сертификата на сървъра."
    if isinstance(cause, socket.gaierror):
        return "Няма сървър с такова име."
    if isinstance(cause, OSError):
        return f"Причина: {cause_of(cause)}."
    if isinstance(cause, imaplib.IMAP4.abort):
        return "Сървърът прекъсна разговора."
    return "Сървърът отговори не по правилата на IMAP."


def _unreadable(place: _Place, why: str) -> Unavailable:
    return Unavailable(
        f"Пощата „{place.shown}“ не може да се прочете.",
        why,
        "Проверете адреса, папката, потребителя и паролата и опитайте пак.",
    )


def _late(place: _Place, unread: int) -> Unavailable:
    return Unavailable(
        f"Пощата „{place.shown}“ не се прочете докрай.",
        f"Времето за нея свърши; непрочетени писма: {unread}, най-старите.",
        "Вдигнете collect.host_seconds или преместете старите писма в друга папка.",
    )


def _in_the_open(place: _Place) -> BadInput:
    return BadInput(
        f"Пощата „{place.shown}“ не се чете.",
        "Сървърът не предлага STARTTLS, а паролата не се изпраща в открит вид.",
        "Ползвайте imaps:// или попитайте доставчика за защитена връзка.",
    )


def _no_address(url: str) -> BadInput:
    return BadInput(
        f"„{masked(url)}“ не е адрес на поща.",
        "Сървърът, портът или папката не се четат от него.",
        "Пример: imaps://потребител@imap.example.bg/INBOX.",
    )


def _no_maildir(folder: Path, why: str) -> BadInput:
    return BadInput(f"„{folder}“ не е пощенска папка.", why, "Проверете пътя.")


def _too_large(size: int) -> str:
    return (
        f"Писмото е твърде голямо: {size // 1_000_000} MB, а границата е {LARGEST // 1_000_000} MB."
    )
