"""Messages: the splice against the library's own parser, and headers that hold no control."""

from __future__ import annotations

import email
import re
from base64 import b64encode
from dataclasses import replace
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver import headers
from digest.deliver.links import PublicLinks
from digest.deliver.message import TEST_PREFIX, Composer
from digest.deliver.splice import Splice, encode
from digest.errors import BadInput
from digest.model import Delivery, Outcome, Piece, Result
from tests.fakes.mail import DELIVERY, LINKS, MASTHEAD, NOW, rendered

FIELDS = [
    *("From", "Subject", "Date", "Reply-To", "List-ID", "List-Help", "List-Archive"),
    *("Feedback-ID", "Precedence", "Auto-Submitted", "MIME-Version", "To", "Message-ID"),
    *("List-Unsubscribe", "List-Unsubscribe-Post", "X-Digest-Delivery", "Content-Type"),
]
"""Each once, in this order."""


def compose(delivery: Delivery = DELIVERY, **changes: Any) -> bytes:
    """One message of the sample edition."""
    return Composer(replace(rendered(), **changes), MASTHEAD, LINKS, date=NOW).compose(delivery)


def parsed(message: bytes) -> EmailMessage:
    """The message as the library reads it."""
    found = email.message_from_bytes(message, policy=policy.default)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


@given(
    literals=st.lists(
        st.text(st.characters(exclude_characters="\r", codec="utf-8"), max_size=300),
        min_size=1,
        max_size=6,
    ),
    value=st.text(st.characters(exclude_characters="\r\n", codec="utf-8"), max_size=80),
)
def test_splice_is_the_base64_of_the_join(literals: list[str], value: str) -> None:
    """Whatever the lengths, decoding gives literals and values in order, in lines of 76."""
    piece = Piece(tuple(literals), ("NAME",) * (len(literals) - 1))

    spliced = Splice(piece).base64({"NAME": value})

    canonical = [text.replace("\n", "\r\n") for text in literals]
    joined = value.join(canonical).encode()
    assert spliced.replace(b"\r\n", b"") == b64encode(joined)
    assert all(len(line) <= 76 for line in spliced.split(b"\r\n"))


@given(st.binary(max_size=400))
def test_encode_is_mime_base64(data: bytes) -> None:
    """Lines of at most 76 letters, each ended, and the same letters as the library's."""
    lines = encode(data).split(b"\r\n")

    assert b"".join(lines) == b64encode(data)
    assert all(len(line) <= 76 for line in lines)


def test_message_reads_as_a_multipart_with_text_first_and_html_last() -> None:
    """Order, charset and bodies as RFC 2046 §5.1.4 wants them."""
    mail = parsed(compose())

    text, html = mail.iter_parts()

    assert mail.get_content_type() == "multipart/alternative"
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().startswith("Здравейте, Петя Пробна!\r\n")
    assert 'href="https://news.example.bg/u/aq-bcdefghijklmnopq"' in html.get_content()


def test_headers_of_the_contract_are_there() -> None:
    """Everything a receiver or a relay's log is asked for later."""
    mail = parsed(compose())

    assert mail["Message-ID"] == DELIVERY.message_id
    assert mail["X-Digest-Delivery"] == DELIVERY.id
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-ID"] == "<pregled.news.example.bg>"
    assert mail["List-Help"] == "<mailto:redaktsia@example.bg?subject=help>"
    assert mail["List-Archive"] == "<https://news.example.bg/archive>"
    assert mail["Precedence"] == "bulk"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Feedback-ID"].count(":") <= 3
    assert mail["Subject"] == "Мостът край Примерово отваря в петък"
    assert mail["From"] == "Утринен преглед <pregled@news.example.bg>"
    assert mail["To"] == "Петя Пробна <chitatel@example.bg>"
    assert mail["Reply-To"] == "redaktsia@example.bg"
    assert mail["Date"].datetime == NOW


def test_reader_of_plain_text_gets_one_part() -> None:
    """No HTML is carried to somebody who asked for text."""
    mail = parsed(compose(replace(DELIVERY, format="text")))

    assert mail.get_content_type() == "text/plain"
    assert "Отписване: https://news.example.bg/u/" in mail.get_content()


def test_no_line_is_longer_than_a_relay_takes_and_all_end_in_crlf() -> None:
    """998 octets, no bare CR or LF, nothing beyond ASCII."""
    message = compose()

    assert message.isascii()
    assert max(len(line) for line in message.split(b"\r\n")) <= 998
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", message)


def test_same_input_gives_the_same_bytes() -> None:
    """What is previewed is what is sent."""
    assert compose() == compose()


def test_part_is_what_the_message_carries() -> None:
    """The preview of a part and the part of the message are the same bytes."""
    composer = Composer(rendered(), MASTHEAD, LINKS, date=NOW)

    html = parsed(composer.compose(DELIVERY)).get_body(("html",))

    assert html is not None
    assert composer.part(DELIVERY, "html") == html.get_payload(decode=True)


def test_long_unsubscribe_address_stays_raw() -> None:
    """Encoded, one click would break; folded only between the two addresses."""
    links = PublicLinks(
        "https://news.example.bg/" + "x" * 300, "https://news.example.bg", "news.example.bg"
    )

    message = Composer(rendered(), MASTHEAD, links, date=NOW).compose(DELIVERY)

    head = message.partition(b"\r\n\r\n")[0].decode()
    page = links.leave(DELIVERY.leave_token)
    assert f"List-Unsubscribe: <{page}>,\r\n <mailto:u+" in head


def test_long_cyrillic_subject_comes_back_whole() -> None:
    """200 letters, cut at letters, in lines of at most 76."""
    subject = "Дълго заглавие за проба № 1 🚲 " * 7

    message = compose(subject=subject.strip())

    assert parsed(message)["Subject"] == subject.strip()
    head = message.partition(b"\r\n\r\n")[0]
    assert all(len(line) <= 76 for line in head.split(b"\r\n") if b"=?utf-8?" in line)


@pytest.mark.parametrize("sign", ["\0", "\r", "\n", "\r\nBcc: a@b.test", "\u2028", "\x85", "\x7f"])
@pytest.mark.parametrize("field", ["name", "message_id", "id", "leave_token", "address"])
def test_control_character_refuses_that_row_only(field: str, sign: str) -> None:
    """No control reaches a header, whatever field it comes in; a token is percent-encoded."""
    composer = Composer(rendered(), MASTHEAD, LINKS, date=NOW)
    changes: dict[str, Any] = {field: f"аб{sign}вг"}
    bad = replace(DELIVERY, **changes)

    result = composer.compose_or_refuse(bad)

    if field == "leave_token":
        assert isinstance(result, bytes)
        assert b"\r\nBcc" not in result
    else:
        assert isinstance(result, Result)
        assert (result.outcome, result.reason) == (Outcome.REFUSED, "render")
    assert isinstance(composer.compose_or_refuse(DELIVERY), bytes)


_ANYTHING = st.text(
    st.characters() | st.sampled_from("\r\n\0\x1b\x7f\x85\u2028\u202e:<>@ "), max_size=60
)


@given(
    name=_ANYTHING,
    local=_ANYTHING,
    token=_ANYTHING,
    message_id=_ANYTHING | st.just("<daq-abcdefghij@news.example.bg>"),
    ident=_ANYTHING | st.just("daq-abcdefghij"),
)
def test_whatever_a_row_holds_no_header_has_a_control_character(
    name: str, local: str, token: str, message_id: str, ident: str
) -> None:
    """Each is refused alone, or its head has the usual fields and printable letters only."""
    row = replace(
        DELIVERY,
        name=name,
        address=f"{local}@example.bg",
        leave_token=token,
        message_id=message_id,
        id=ident,
    )

    made = Composer(rendered(), MASTHEAD, LINKS, date=NOW).compose_or_refuse(row)

    if isinstance(made, Result):
        assert (made.outcome, made.reason) == (Outcome.REFUSED, "render")
        return
    fields = re.split(r"\r\n(?! )", made.partition(b"\r\n\r\n")[0].decode())
    assert [one.partition(":")[0] for one in fields] == FIELDS
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", "".join(fields).replace("\r\n ", ""))


@pytest.mark.parametrize("sign", ["\0", "\n", "\u2028"])
def test_control_character_in_the_subject_refuses_the_edition(sign: str) -> None:
    """Found once, before anybody is written to."""
    with pytest.raises(BadInput):
        compose(subject=f"Тема{sign}на броя")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ана",
        "@example.bg",
        "ana@",
        "a b@example.bg",
        "ana@exa mple.bg",
        "ana@-x.bg",
        "a" * 65 + "@example.bg",
        "ana@" + "b" * 64 + ".bg",
        "ana@@TO@@",
        "<ana>@example.bg",
        "ana@a..bg",
    ],
)
def test_impossible_address_is_refused(address: str) -> None:
    """Among them one that makes the library raise IndexError."""
    result = Composer(rendered(), MASTHEAD, LINKS, date=NOW).compose_or_refuse(
        replace(DELIVERY, address=address)
    )

    assert isinstance(result, Result)
    assert result.reason == "render"


def test_enormous_name_is_refused() -> None:
    """Ten million letters are an accident of an import."""
    result = Composer(rendered(), MASTHEAD, LINKS, date=NOW).compose_or_refuse(
        replace(DELIVERY, name="я" * 10_000_000)
    )

    assert isinstance(result, Result)
    assert len(result.text) <= 500


def test_unknown_variant_is_refused_by_name() -> None:
    """A reader whose sections were not rendered is visible in the ledger."""
    result = Composer(rendered(), MASTHEAD, LINKS, date=NOW).compose_or_refuse(
        replace(DELIVERY, variant="sport")
    )

    assert isinstance(result, Result)
    assert "sport" in result.text


def test_name_with_markup_is_escaped_in_html_and_plain_in_text() -> None:
    """A reader called <b>"& reads his own name."""
    mail = parsed(compose(replace(DELIVERY, name='<b>"&')))

    text, html = mail.iter_parts()

    assert 'Здравейте, <b>"&!' in text.get_content()
    assert "&lt;b&gt;&quot;&amp;" in html.get_content()
    assert mail["To"].addresses[0].display_name == '<b>"&'


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp", "Cs")), max_size=200)
)
def test_any_printable_name_survives_the_header(name: str) -> None:
    """What the reader wrote is what his mail program shows."""
    # The old policy: the new one keeps the fold between two words of a phrase (Python 3.11).
    raw = email.message_from_bytes(compose(replace(DELIVERY, name=name)))["To"]

    phrase, address = parseaddr(raw)

    assert str(make_header(decode_header(phrase))) == name.strip()
    assert address == DELIVERY.address


def test_unknown_placeholder_refuses_the_edition() -> None:
    """A template that asks for what nobody has is found before sending."""
    with pytest.raises(BadInput, match="AGE"):
        Composer(rendered(text=Piece(("", ""), ("AGE",))), MASTHEAD, LINKS, date=NOW)


def test_public_address_that_is_no_address_refuses_the_edition() -> None:
    """Found once, not once a reader."""
    with pytest.raises(BadInput):
        Composer(rendered(), MASTHEAD, PublicLinks("", "javascript:x", "example.bg"), date=NOW)


def test_test_send_is_marked_in_the_subject() -> None:
    """Nobody takes it for the issue."""
    composer = Composer(rendered(), MASTHEAD, LINKS, date=NOW, subject_prefix=TEST_PREFIX)

    assert parsed(composer.compose(DELIVERY))["Subject"].startswith("[ТЕСТ] Мостът")


def test_message_id_gets_its_brackets() -> None:
    """Bare or bracketed, the header is the same."""
    bare = DELIVERY.message_id.strip("<>")

    assert headers.message_id(bare) == headers.message_id(f"<{bare}>") == f"<{bare}>"


def test_long_token_leaves_by_the_subject() -> None:
    """A local part ends at 64 octets."""
    mailto = LINKS.mailto("t" * 80)

    assert mailto == f"mailto:u@news.example.bg?subject=unsubscribe%20{'t' * 80}"


def test_a_cyrillic_site_of_the_newsroom_can_be_written_from() -> None:
    """Help by a name part beyond ASCII is percent-encoded (RFC 6068 §2)."""
    masthead = replace(MASTHEAD, reply_to="редакция@пример.example.bg")

    mail = Composer(rendered(), masthead, LINKS, date=NOW).compose(DELIVERY)

    assert b"List-Help: <mailto:%D1%80%D0%B5%D0%B4" in mail
    assert b"@xn--e1afmkfd.example.bg?subject=help>" in mail
