"""Pictures inside a message: its parts as the stdlib's parser reads them."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import SMTP

import pytest

from digest.deliver.message import Composer
from digest.errors import BadInput
from digest.model import Delivery, Picture, Piece, RenderedEdition, Variant
from tests.fakes.mail import DELIVERY, LINKS, MASTHEAD, NOW, rendered

PHOTO = Picture("a-lead.jpg", "a-lead.jpg@news.example.bg", bytes(range(256)) * 20)
MARK = Picture("b-mark.png", "b-mark.png@news.example.bg", b"\x89PNG")


def html(*called: Picture) -> Piece:
    images = "".join(f'<img src="cid:{one.cid}" alt="">' for one in called)
    return Piece((f"<!DOCTYPE html>{images}<p>", '</p><a href="', '">Край</a>'), ("NAME", "UNSUB"))


def illustrated(*pictures: Picture) -> RenderedEdition:
    """All sections call every picture, „sport“ the last one only."""
    plain = rendered()
    text = plain.variants["all"].text
    variants = {
        "all": Variant("all", html(*pictures), text),
        "sport": Variant("sport", html(*pictures[-1:]), text),
        "svyat": Variant("svyat", html(), text),
    }
    return replace(plain, variants=variants, pictures=pictures)


def compose(delivery: Delivery = DELIVERY) -> bytes:
    return Composer(illustrated(PHOTO, MARK), MASTHEAD, LINKS, date=NOW).compose(delivery)


def parsed(message: bytes) -> EmailMessage:
    found: Message = message_from_bytes(message, policy=SMTP)
    assert isinstance(found, EmailMessage)
    assert not any(part.defects for part in found.walk())
    return found


def test_html_stands_with_its_pictures_beside_the_text() -> None:
    """RFC 2046 §5.1.4 and RFC 2387: the last alternative is the HTML with all that it shows."""
    mail = parsed(compose())

    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/jpeg",
        "image/png",
    ]
    related = list(mail.iter_parts())[1]
    assert related.get_param("type") == "text/html"


def test_each_picture_has_its_bytes_and_the_name_that_the_html_calls() -> None:
    """Inline, so that no program lists it as an attachment."""
    photo = parsed(compose()).get_body(("related",)).get_payload()[1]  # type: ignore[union-attr]

    assert photo["Content-ID"] == f"<{PHOTO.cid}>"
    assert photo.get_content_disposition() == "inline"
    assert photo.get_filename() == PHOTO.name
    assert photo.get_payload(decode=True) == PHOTO.data


@pytest.mark.parametrize(("variant", "names"), [("sport", [MARK.name]), ("svyat", [])])
def test_a_variant_carries_only_what_it_shows(variant: str, names: list[str]) -> None:
    """Pictures of sections that a reader left out do not travel."""
    mail = parsed(compose(replace(DELIVERY, variant=variant)))

    assert [part.get_filename() for part in mail.walk() if part.get_filename()] == names
    assert any(part.get_content_type() == "multipart/related" for part in mail.walk()) is bool(
        names
    )


def test_reader_of_plain_text_gets_no_picture() -> None:
    """One part, as ever."""
    mail = parsed(compose(replace(DELIVERY, format="text")))

    assert mail.get_content_type() == "text/plain"
    assert not mail.is_multipart()


def test_two_messages_differ_in_nothing_but_the_person() -> None:
    """The same input gives the same bytes, pictures too."""
    assert compose() == compose()


def test_the_message_stays_within_what_relays_take() -> None:
    """ASCII, CRLF, lines under 998 octets."""
    message = compose()

    assert message.isascii()
    assert max(len(line) for line in message.split(b"\r\n")) <= 998
    assert message.count(b"\n") == message.count(b"\r\n")


def test_an_id_cannot_carry_a_header() -> None:
    """A line break in it is refused, as in every header."""
    bad = Picture("c-mark.png", "c@example.bg>\r\nBcc: drug@example.bg", b"x")

    with pytest.raises(BadInput):
        Composer(illustrated(bad), MASTHEAD, LINKS, date=NOW).compose(DELIVERY)
