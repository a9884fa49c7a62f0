"""Signatures, judged by dkimpy: of every form of message, and broken by every change."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
import time_machine
from dkim.canonicalization import Relaxed, Simple
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.dkim import VALID, Signer, body_hash, relaxed
from digest.deliver.links import PublicLinks
from digest.deliver.message import Composer
from digest.model import Delivery, Masthead, Picture, Piece, RenderedEdition, Result
from tests.fakes.dkim import DOMAIN, pair, signer, verified
from tests.fakes.mail import DELIVERY, LINKS, MASTHEAD, NOW, rendered

PHOTO = Picture("a-lead.jpg", "a-lead.jpg@news.example.bg", bytes(range(256)) * 20)


def illustrated() -> RenderedEdition:
    call = f'<!DOCTYPE html><img src="cid:{PHOTO.cid}" alt=""><p>'
    html = Piece((call, '</p><a href="', '">Край</a>'), ("NAME", "UNSUB"))
    return replace(rendered(html), pictures=(PHOTO,))


def signed(
    delivery: Delivery = DELIVERY,
    edition: RenderedEdition | None = None,
    *,
    masthead: Masthead = MASTHEAD,
    links: PublicLinks = LINKS,
    by: Signer | None = None,
) -> bytes:
    composer = Composer(
        edition or rendered(), masthead, links, date=NOW, signer=by or signer(masthead.domain)
    )
    return composer.compose(delivery)


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(lambda: signed(replace(DELIVERY, format="text")), id="text only"),
        pytest.param(signed, id="alternative"),
        pytest.param(lambda: signed(edition=illustrated()), id="related with a picture"),
        pytest.param(lambda: signed(replace(DELIVERY, name="")), id="no name"),
        pytest.param(lambda: signed(replace(DELIVERY, name="Ж" * 200)), id="folded name"),
        pytest.param(lambda: signed(replace(DELIVERY, name='<b>"&  x')), id="odd name"),
        pytest.param(
            lambda: signed(edition=replace(rendered(), subject="Дълга тема 🚲 " * 12 + "край")),
            id="folded subject",
        ),
        pytest.param(
            lambda: signed(replace(DELIVERY, format="text"), rendered(text=Piece(("\n\n\n",), ()))),
            id="empty lines alone",
        ),
        pytest.param(
            lambda: signed(replace(DELIVERY, format="text"), rendered(text=Piece(("",), ()))),
            id="no body",
        ),
    ],
)
def test_both_signatures_hold_over_every_form_of_message(message) -> None:
    """RSA first, which everybody knows, then Ed25519."""
    made = message()

    assert re.findall(rb"a=([a-z0-9-]+);", made)[:2] == [b"rsa-sha256", b"ed25519-sha256"]
    assert verified(made) == [True, True]


def test_the_message_below_the_signature_is_the_unsigned_one() -> None:
    """Signing adds lines on top and changes no byte."""
    plain = Composer(rendered(), MASTHEAD, LINKS, date=NOW).compose(DELIVERY)

    assert signed().endswith(b"\r\n" + plain)
    assert signed().startswith(b"DKIM-Signature: v=1;")


@pytest.mark.parametrize(
    "name",
    [
        *("From", "To", "Subject", "Date", "Message-ID", "Reply-To"),
        *("List-Unsubscribe", "List-Unsubscribe-Post", "List-ID", "List-Help", "List-Archive"),
        *("Feedback-ID", "Auto-Submitted", "Precedence", "MIME-Version", "Content-Type"),
    ],
)
def test_a_changed_header_breaks_both(name: str) -> None:
    """One letter more in any field that a reader or a receiver goes by."""
    made = signed()
    field = re.search(rb"\r\n" + name.encode() + rb": ", made)
    assert field is not None

    changed = made[: field.end()] + b"x" + made[field.end() :]

    assert verified(changed) == [False, False]


@pytest.mark.parametrize("name", ["From", "To", "Cc", "Subject", "Reply-To", "List-Unsubscribe"])
@pytest.mark.parametrize("place", ["above", "below"])
def test_an_added_header_breaks_both(name: str, place: str) -> None:
    """Else a signed mail could be sent on to strangers under another subject (§8.15)."""
    made = signed()
    line = f"{name}: <chuzhd@example.test>\r\n".encode()
    head, _, body = made.partition(b"\r\n\r\n")

    changed = line + made if place == "above" else head + b"\r\n" + line + b"\r\n" + body

    assert verified(changed) == [False, False]


@pytest.mark.parametrize("form", ["html", "text"])
def test_a_changed_byte_of_the_body_breaks_both(form: str) -> None:
    """Wherever it stands: the first, one in the middle, one at the end."""
    made = signed(replace(DELIVERY, format=form))
    start = made.index(b"\r\n\r\n") + 4

    for at in (start, (start + len(made)) // 2, len(made) - 3):
        changed = made[:at] + bytes([made[at] ^ 1]) + made[at + 1 :]
        assert verified(changed) == [False, False]


def test_a_relay_may_fold_headers_anew_and_add_its_own() -> None:
    """Relaxed headers: white space and the case of names do not count, trace lines neither."""
    made = signed()

    refolded = made.replace(b"\r\nSubject: ", b"\r\nSUBJECT:\r\n\t", 1)
    traced = b"Received: from a.test by b.test; Fri, 20 Nov 2026 05:00:01 +0000\r\n" + refolded

    assert refolded != made
    assert verified(traced) == [True, True]


def test_long_unsubscribe_address_is_signed_raw() -> None:
    """Longer than a folded line; receivers read it as it stands (RFC 8058 §4)."""
    links = PublicLinks(
        "https://news.example.bg/" + "x" * 300, "https://news.example.bg", "news.example.bg"
    )

    assert verified(signed(links=links)) == [True, True]


def test_internationalised_addresses_are_signed_in_utf8() -> None:
    """RFC 8616: the reader's name part is hashed as it stands, `d=` is in A-labels."""
    made = signed(replace(DELIVERY, address="иван@пример.example.bg"))

    assert "<иван@xn--e1afmkfd.example.bg>".encode() in made
    assert verified(made) == [True, True]
    assert verified(made.replace("иван".encode(), "иван".upper().encode(), 1)) == [False, False]


def test_lines_of_the_signature_are_short() -> None:
    """78 letters, so that nobody folds them anew (RFC 5322 §2.1.1)."""
    lines = signed().partition(b"\r\nFrom:")[0].split(b"\r\n")

    assert max(map(len, lines)) <= 78
    assert all(line.startswith((b"DKIM-Signature: ", b" ")) for line in lines)


def test_same_input_has_the_same_signature_whatever_the_clock_says() -> None:
    """`t=` is the moment of the Date header, so a preview and the mail are the same bytes."""
    with time_machine.travel(NOW + timedelta(days=400)):
        later = signed()

    assert later == signed()
    assert f"t={int(NOW.timestamp())};".encode() in later


def test_a_signature_ends_after_the_longest_wait() -> None:
    """A relay's five days of queue and a forwarder; a replay later verifies no more."""
    made = signed()

    assert verified(made, at=NOW + timedelta(days=6)) == [True, True]
    # The judge forgives clocks ten hours.
    assert verified(made, at=NOW + VALID + timedelta(hours=11)) == [False, False]


def test_one_key_makes_one_signature() -> None:
    """Ed25519 is an addition."""
    one = Signer(DOMAIN, pair()[:1])

    assert verified(signed(by=one), one) == [True]


def test_a_key_that_fails_refuses_no_reader() -> None:
    """It raises, so that the rows wait; only what a row itself holds refuses that row."""

    @dataclass(frozen=True, slots=True)
    class Broken(Signer):
        def signed(self, message: bytes, *, at: datetime) -> bytes:
            raise RuntimeError(f"no signature at {at} on {len(message)} bytes")

    composer = Composer(rendered(), MASTHEAD, LINKS, date=NOW, signer=Broken(DOMAIN, pair()))

    with pytest.raises(RuntimeError):
        composer.compose_or_refuse(DELIVERY)
    assert isinstance(composer.compose_or_refuse(replace(DELIVERY, address="")), Result)


def test_a_key_is_not_shown() -> None:
    """Not in a log, not in a traceback."""
    assert "private" not in repr(signer())


_VALUE = st.text(
    st.sampled_from("abcЖ \t;:=") | st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
)


@given(values=st.lists(_VALUE, min_size=1, max_size=4))
def test_relaxed_header_is_the_same_as_the_judges(values: list[str]) -> None:
    """Whatever white space and folding a value has."""
    value = "\r\n ".join(values).encode()

    (wanted,) = Relaxed.canonicalize_headers([(b"Subject", b" " + value + b"\r\n")])

    assert relaxed(b"Subject: " + value) == b":".join(wanted)


@given(st.lists(st.sampled_from([b"a", b" ", b"\r\n"]), max_size=12).map(b"".join))
def test_simple_body_is_the_same_as_the_judges(body: bytes) -> None:
    """Empty lines at the end count for nothing; an empty body is one line end."""
    wanted = sha256(Simple.canonicalize_body(body)).digest()

    assert body_hash(b"a: b\r\n\r\n" + body, 8) == b64encode(wanted).decode()
