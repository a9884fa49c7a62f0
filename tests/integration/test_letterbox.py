"""Mailboxes of newsletters: a Maildir and an IMAP server, from letters to articles."""

from __future__ import annotations

import errno
import mailbox
import socket
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

import pytest

from digest.actions import collecting
from digest.actions.sources import add_source, list_sources
from digest.addresses import masked
from digest.bootstrap import init_home, open_app
from digest.clock import FixedClock
from digest.errors import BadInput, Unavailable, WrongUsage
from digest.letterbox import imap_letters, imap_name, maildir_letters
from tests.adversarial.documents import BODY
from tests.fakes import imap

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)


def letter(number: int = 1) -> bytes:
    """A newsletter that is one article."""
    message = EmailMessage()
    message["From"] = "vestnik@example.bg"
    message["Subject"] = f"Планът за водопровода, писмо {number}"
    message["Date"] = "Sun, 22 Nov 2026 07:00:00 +0200"
    message["Message-ID"] = f"<{number}@example.bg>"
    message.set_content("\n\n".join(f"{one} Писмо {number}." for one in BODY * 2))
    return message.as_bytes()


def test_a_maildir_gives_its_letters_and_changes_nothing(tmp_path: Path) -> None:
    """New and read ones, by name; nothing is moved or marked."""
    box = mailbox.Maildir(tmp_path / "box")
    for number in (1, 2):
        box.add(letter(number))
    before = sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*"))

    found = [data for _, data in maildir_letters(tmp_path / "box")]

    assert sorted(found) == sorted([letter(1), letter(2)])
    assert sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*")) == before


def test_a_folder_that_is_no_maildir_is_named(tmp_path: Path) -> None:
    """A folder of files is another kind of source."""
    with pytest.raises(BadInput, match="пощенска"):
        list(maildir_letters(tmp_path))


def test_an_imap_folder_is_read_without_marking_when_asked_since() -> None:
    """A reader of newsletters leaves the mailbox as it is."""
    with imap.serving(letter(1), letter(2)) as box:
        url = f"imap://chete:taina@127.0.0.1:{box.port}/Bulletin"

        found = [data for _, data in imap_letters(url, since=NOW - timedelta(days=2))]

    assert found == [letter(2), letter(1)]
    assert box.seen == set()
    assert any("SINCE 20-Nov-2026" in command for command in box.said)


def test_unseen_letters_are_marked_one_after_another() -> None:
    """Marked when the next is asked for, so that a crash reads the last again."""
    with imap.serving(letter(1), letter(2)) as box:
        line = imap_letters(f"imap://chete:taina@127.0.0.1:{box.port}/Bulletin")
        next(line)
        assert box.seen == set()
        next(line)
        assert box.seen == {1}
        line.close()


@pytest.mark.parametrize("path", ["Bulletin", "Nyama"])
def test_a_mailbox_that_cannot_be_read_never_shows_its_password(path: str) -> None:
    """Neither a wrong password nor a wrong folder."""
    with imap.serving() as box:
        secret = "greshna" if path == "Bulletin" else "taina"
        with pytest.raises(Unavailable) as refused:
            list(imap_letters(f"imap://chete:{secret}@127.0.0.1:{box.port}/{path}", since=NOW))

    assert secret not in str(refused.value.as_dict())


def ask(box: imap.Mailbox, *, secret: str = "taina", path: str = "Bulletin") -> list[bytes]:
    """The letters of the last days."""
    url = f"imap://chete:{quote(secret)}@127.0.0.1:{box.port}/{quote(path)}"
    return [data for _, data in imap_letters(url, since=NOW)]


@pytest.mark.parametrize(
    ("name", "coded"),
    [
        ("Bulletin", "Bulletin"),
        ("Бюлетини", "&BBEETgQ7BDUEQgQ4BD0EOA-"),
        ("Новини & спорт", "&BB0EPgQyBDgEPQQ4- &- &BEEEPwQ+BEAEQg-"),
        ("&BBEETgQ7-", "&BBEETgQ7-"),
        ("A&B", "A&-B"),
    ],
)
def test_a_folder_is_named_in_modified_utf_7(name: str, coded: str) -> None:
    """RFC 3501 §5.1.3; what is written so already stays."""
    assert imap_name(name) == coded


def test_a_folder_and_a_password_in_cyrillic_are_understood() -> None:
    """The folder in the server's alphabet, the password by AUTHENTICATE PLAIN."""
    with imap.serving(letter(1)) as box:
        box.folder, box.password = "&BBEETgQ7BDUEQgQ4BD0EOA-", "парола"
        box.capabilities = "IMAP4rev1 AUTH=PLAIN"

        assert ask(box, secret="парола", path="Бюлетини") == [letter(1)]
        with pytest.raises(Unavailable, match="потребителя или паролата"):
            ask(box, secret="грешна", path="Бюлетини")
        box.capabilities = "IMAP4rev1"
        with pytest.raises(Unavailable, match="латински"):
            ask(box, secret="парола", path="Бюлетини")


@pytest.mark.parametrize("offered", ["IMAP4rev1", "IMAP4rev1 STARTTLS"])
def test_a_password_never_goes_over_the_network_in_the_open(
    offered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without STARTTLS, or when it does not succeed, nobody logs in."""
    with imap.serving(letter(1)) as box:
        box.capabilities = offered
        real = socket.getaddrinfo
        monkeypatch.setattr(
            socket,
            "getaddrinfo",
            lambda _host, port, *more, **names: real("127.0.0.1", port, *more, **names),
        )
        with pytest.raises((BadInput, Unavailable)):
            list(imap_letters(f"imap://chete:taina@imap.example.bg:{box.port}/Bulletin", since=NOW))

        assert not any(command.startswith("LOGIN") for command in box.said)
        assert ("STARTTLS" in box.said) is ("STARTTLS" in offered)


def test_a_server_that_finds_nothing_may_say_nothing() -> None:
    """OK without its SEARCH line."""
    with imap.serving(letter(1)) as box:
        box.odd = "no-search"

        assert ask(box) == []


def test_a_refused_letter_is_a_failure_and_no_empty_letter() -> None:
    """FETCH … NO."""
    with imap.serving(letter(1)) as box:
        box.odd = "no-fetch"

        with pytest.raises(Unavailable, match="даде писмо"):
            ask(box)


@pytest.mark.parametrize(("odd", "found"), [("quoted", [b'a "short" letter']), ("gone", [])])
def test_a_letter_may_come_quoted_or_be_gone(odd: str, found: list[bytes]) -> None:
    """Both are within the rules."""
    with imap.serving(b'a "short" letter') as box:
        box.odd = odd

        assert ask(box) == found


def test_a_large_letter_is_left_where_it_is_and_named() -> None:
    """Its size is asked first; nothing of it is transferred."""
    left: list[tuple[str, str]] = []
    with imap.serving(letter(1), letter(2), letter(3)) as box:
        box.sizes[2] = 25_000_000
        url = f"imap://chete:taina@127.0.0.1:{box.port}/Bulletin"

        found = list(imap_letters(url, since=NOW, left=lambda *one: left.append(one)))

    assert [data for _, data in found] == [letter(3), letter(1)]
    assert box.fetched == [3, 1]
    assert [(name[-2:], "25 MB" in why) for name, why in left] == [("#2", True)]


def test_a_server_that_tells_no_sizes_is_read_all_the_same() -> None:
    """As far as it can be."""
    with imap.serving(letter(1)) as box:
        box.odd = "no-sizes"

        assert ask(box) == [letter(1)]


def test_a_mailbox_has_its_time_and_the_newest_come_first() -> None:
    """What came in time is there, the failure says how much was not read."""
    with imap.serving(letter(1), letter(2), letter(3)) as box:
        url = f"imap://chete:taina@127.0.0.1:{box.port}/Bulletin"
        asked = iter([False, False, True])
        line = imap_letters(url, since=NOW, late=lambda: next(asked))

        found = [next(line)[1], next(line)[1]]
        with pytest.raises(Unavailable, match="непрочетени писма: 1"):
            next(line)

    assert found == [letter(3), letter(2)]


BAD = (
    "imap://a:b@127.0.0.1:99999/X", "imap://a:b@127.0.0.1:x/X", "imap://[abc/X", "imaps:///X",
    "imap://a:b@127.0.0.1:0/X", "imap://a%0d%0aX:b@127.0.0.1/X", "imap://a@h/a b",
)  # fmt: skip


@pytest.mark.parametrize("url", BAD)
def test_an_address_that_cannot_be_one_is_refused_when_it_is_added(
    url: str, tmp_path: Path
) -> None:
    """And when it is read: a list from before the check may hold it."""
    init_home(tmp_path / "home")
    app = open_app(tmp_path / "home")

    with pytest.raises(WrongUsage):
        add_source(app, url, rights="licensed", outlet="Вестник")
    app.close()

    with pytest.raises(BadInput):
        list(imap_letters(url, since=NOW))


def test_a_letter_that_cannot_be_read_takes_no_other_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One without the right to read it, one removed between two looks."""
    box = mailbox.Maildir(tmp_path / "box")
    keys = sorted(box.add(letter(number)) for number in (1, 2, 3))
    real = mailbox.Maildir.get_bytes

    def get_bytes(self: mailbox.Maildir, key: str) -> bytes:
        if key == keys[0]:
            raise PermissionError(errno.EACCES, "Permission denied")
        if key == keys[1]:
            self.remove(key)
        return real(self, key)

    monkeypatch.setattr(mailbox.Maildir, "get_bytes", get_bytes)
    left: list[tuple[str, str]] = []

    found = list(
        maildir_letters(
            tmp_path / "box", since=NOW - timedelta(days=9000), left=lambda *one: left.append(one)
        )
    )

    assert len(found) == 1
    assert [why for _, why in left] == ["Писмото не може да се прочете: няма права за достъп."]


def test_the_causes_of_a_mailbox_are_said_in_bulgarian() -> None:
    """Neither a class of exceptions nor the system's English."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Unavailable) as refused:
        list(imap_letters(f"imap://a:b@127.0.0.1:{port}/X", since=NOW))

    assert refused.value.why == "Причина: сървърът отказа връзката."


def test_an_address_is_shown_without_its_password() -> None:
    """In lists, logs and messages."""
    assert masked("imaps://a%40b:s3cret@mail.example.bg/X") == "imaps://mail.example.bg/X"


def test_newsletters_of_a_mailbox_become_articles_once(tmp_path: Path) -> None:
    """Two rounds over the same letters bring each article once; the list hides the password."""
    home = tmp_path / "home"
    init_home(home)
    with imap.serving(letter(1), letter(2)) as box:
        url = f"imap://chete:taina@127.0.0.1:{box.port}/Bulletin"
        app = open_app(home, clock=FixedClock(NOW))
        source = add_source(app, url, rights="licensed", outlet="Вестник")
        rounds = [collecting.collect(app) for _ in range(2)]
        (status,) = list_sources(app)
        app.close()

    assert source.kind == "mailbox"
    assert [one.articles_new for one in rounds] == [2, 0]
    assert status.as_dict()["url"] == f"imap://127.0.0.1:{box.port}/Bulletin"
