"""Mailboxes of newsletters: a Maildir and an IMAP server, from letters to articles."""

from __future__ import annotations

import mailbox
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from digest.actions import collecting
from digest.actions.sources import add_source, list_sources
from digest.addresses import masked
from digest.bootstrap import init_home, open_app
from digest.clock import FixedClock
from digest.errors import BadInput, Unavailable
from digest.letterbox import imap_letters, maildir_letters
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

    assert found == [letter(1), letter(2)]
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
