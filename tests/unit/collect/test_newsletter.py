"""Letters of a mailbox to entries: many headlines, one article, trackers left alone."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape

import pytest

from digest.collect.newsletter import entries_of_letter, real_address
from digest.errors import BadInput
from digest.model import Entry

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
SENT = "Sun, 22 Nov 2026 07:00:00 +0200"
TEXT = (
    "Общинският съвет прие с голямо мнозинство плана за подмяна на водопровода в града. "
    "Ремонтът започва през март и ще продължи четири месеца."
)


def letter(html: str = "", plain: str = "", *, subject: str = "Денят накратко") -> bytes:
    """A newsletter."""
    message = EmailMessage()
    message["From"] = "Вестник <vestnik@example.bg>"
    message["Subject"] = subject
    message["Date"] = SENT
    message["Message-ID"] = "<1@example.bg>"
    message.set_content(plain or "Вижте писмото в браузър.")
    if html:
        message.add_alternative(html, subtype="html")
    return message.as_bytes()


def read(data: bytes) -> list[Entry]:
    return entries_of_letter(data, source="s", zone="Europe/Sofia", now=NOW)


def test_linked_headlines_become_entries_dated_by_the_letter() -> None:
    """Each address once; the way out and the front page are none."""
    links = "".join(
        f'<p><a href="https://vestnik.example.bg/novina/{n}">Заглавие на новина номер {n}</a></p>'
        for n in (1, 2, 3, 3)
    )
    html = (
        f'<a href="https://vestnik.example.bg/">Към сайта на вестника тук</a>{links}'
        '<a href="https://vestnik.example.bg/otpisvane/77">Отпишете се от бюлетина</a>'
    )

    found = read(letter(html))

    assert [one.title for one in found] == [f"Заглавие на новина номер {n}" for n in (1, 2, 3)]
    assert {one.published_at for one in found} == {datetime(2026, 11, 22, 5, tzinfo=UTC)}


def test_a_letter_that_is_one_article_is_one_entry_without_furniture() -> None:
    """The subject is the headline; „отпишете се“ is no text."""
    (one,) = read(letter(f"<p>{TEXT}</p><p>{TEXT}</p><p>За да се отпишете, натиснете тук.</p>"))

    assert one.title == "Денят накратко"
    assert one.content == f"{TEXT}\n\n{TEXT}"
    assert one.id == "<1@example.bg>"


def test_a_plain_letter_is_read_too() -> None:
    """No HTML at all."""
    assert read(letter(plain=TEXT))[0].content == TEXT


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://vestnik.example.bg/novina/1", "https://vestnik.example.bg/novina/1"),
        (
            "https://click.mail.test/r?u=https%3A%2F%2Fvestnik.example.bg%2Fnovina%2F1&id=9",
            "https://vestnik.example.bg/novina/1",
        ),
        ("https://click.mail.test/c/eJxVjUEOwiAQRU9Tlg1", ""),
        ("https://vestnik.example.bg/n?subscriber=77", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_tracker_is_never_called(link: str, address: str) -> None:
    """The address stands in the open or the link is left alone."""
    assert real_address(link) == address


def test_a_letter_from_the_future_has_no_date() -> None:
    """A wrong clock dates nothing."""
    (one,) = read(letter(plain=TEXT).replace(b"2026 07", b"2027 07"))

    assert one.published_at is None


def test_a_letter_of_pictures_is_refused_with_a_reason() -> None:
    """There is nothing to read in it."""
    with pytest.raises(BadInput) as refused:
        read(letter('<img src="https://vestnik.example.bg/1.png">', plain=" "))

    assert all(refused.value.as_dict().values())


def test_a_letter_sent_on_as_an_attachment_is_read() -> None:
    """Its headline and its day are its own; the note around it is not news."""
    outer = EmailMessage()
    outer["From"] = "Колега <kolega@example.bg>"
    outer["Subject"] = "Fwd: за сведение"
    outer["Date"] = "Sun, 22 Nov 2026 07:40:00 +0200"
    outer.set_content("Виж това.")
    inner = message_from_bytes(letter(plain=TEXT), policy=policy.default)
    outer.add_attachment(inner)

    (entry,) = read(outer.as_bytes())

    assert (entry.title, entry.content) == ("Денят накратко", TEXT)
    assert entry.published_at == datetime(2026, 11, 22, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "head",
    [
        "---------- Forwarded message ---------\nОт: Иван <ivan@example.bg>\nДата: вт, 24.11.2026 г."
        "\nОтносно: Водопровод\nДо: <mara@example.bg>\n\n",
        "Begin forwarded message:\n\nFrom: Иван <ivan@example.bg>\nSubject: Водопровод\n"
        "Date: 24 November 2026\nTo: mara@example.bg\n\n",
        "From: Иван <ivan@example.bg>\nSent: Tuesday\nTo: mara@example.bg\nSubject: Водопровод\n\n",
    ],
)
@pytest.mark.parametrize("html", [False, True])
def test_the_headers_of_a_letter_sent_on_are_cut(head: str, *, html: bool) -> None:
    """They name private people; the note before and the text after stay."""
    text = f"За сведение на редакцията.\n\n{head}{TEXT}"
    marked = "".join(f"<p>{'<br>'.join(p.split(chr(10)))}</p>" for p in escape(text).split("\n\n"))

    (entry,) = read(letter(marked) if html else letter(plain=text))

    assert entry.content == f"За сведение на редакцията.\n\n{TEXT}"


def test_a_sentence_with_a_colon_is_no_header() -> None:
    """Only what follows the mark of a letter sent on is cut."""
    text = f"До: края на годината остава месец.\n\nДата: още не е обявена.\n\n{TEXT}"

    (entry,) = read(letter(plain=text))

    assert entry.content == text


@pytest.mark.parametrize(
    "day", ["20 Nov 2000000000000000026 07:00:00 +0200", "99 Nov 0 99:99 +9999"]
)
def test_a_day_that_no_calendar_has_is_none(day: str) -> None:
    """A year of nineteen digits overflows a date; the letter is read all the same."""
    data = (
        f"From: v@example.bg\nSubject: Бюлетин\nDate: Fri, {day}\n"
        "Content-Type: text/plain; charset=utf-8\n\n"
        "Общината купува нови автобуси за крайните квартали, реши съветът в сряда.\n"
    ).encode()

    entries = entries_of_letter(
        data, source="п", zone="Europe/Sofia", now=datetime(2026, 11, 22, tzinfo=UTC)
    )

    assert [entry.published_at for entry in entries] == [None]
