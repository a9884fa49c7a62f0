"""One identity for one mailbox, whatever the spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subscribers.address import AddressHash, masked, parse
from subscribers.errors import AddressRefused


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ivan@Example.BG", "ivan@example.bg"),
        ("ivan@пример.бг", "ivan@xn--e1afmkfd.xn--90ae"),
        ("Иван@Пример.бг", "иван@xn--e1afmkfd.xn--90ae"),
        ("  ivan@example.bg ", "ivan@example.bg"),
    ],
)
def test_two_spellings_are_one_person(one: str, other: str) -> None:
    """Case, white space and the two forms of a domain do not make two people."""
    assert parse(one).identity == parse(other).identity


def test_different_people_stay_different() -> None:
    """Nothing is folded that a mail system may tell apart: dots and plus tags stay."""
    texts = ["i.van@example.bg", "ivan@example.bg", "ivan+x@example.bg", "иван@example.bg"]

    assert len({parse(one).identity for one in texts}) == 4


@pytest.mark.parametrize("domain", ["example.bg", "example.com", "пример.test", "mail.example"])
def test_reserved_domains_may_be_used_in_samples(domain: str) -> None:
    """The sample newsroom writes to nobody real."""
    assert parse(f"ivan@{domain}").identity


@pytest.mark.parametrize(
    "text",
    ["", "ivan", "ivan@", "@example.bg", "a@b@example.bg", "ivan@localhost", "a b@example.bg",
     "ivan@example.bg\r\nBcc: x@example.bg", "a" * 65 + "@example.bg", "x" * 300 + "@example.bg"],
)  # fmt: skip
def test_what_mail_cannot_reach_is_refused_with_a_reason(text: str) -> None:
    """Three parts for a person, and no line break ever gets through."""
    with pytest.raises(AddressRefused) as caught:
        parse(text)

    assert caught.value.why
    assert caught.value.fix


def test_a_cyrillic_local_part_needs_smtputf8() -> None:
    """A domain in Cyrillic does not: it has an ASCII form (RFC 6531)."""
    assert parse("иван@example.bg").needs_smtputf8
    assert not parse("ivan@пример.бг").needs_smtputf8


def test_a_hash_needs_the_key() -> None:
    """Without it nobody can try out addresses."""
    one, other = AddressHash(b"1" * 32), AddressHash(b"2" * 32)

    assert one.of("ivan@example.bg") == one.of("ivan@example.bg")
    assert one.of("ivan@example.bg") != other.of("ivan@example.bg")
    assert "ivan" not in one.of("ivan@example.bg")


def test_a_masked_address_shows_one_letter() -> None:
    """Enough to know one's own, too little to learn another's."""
    assert masked("ivan@example.bg") == "i***@example.bg"


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    """Never another error, and an identity is its own identity."""
    try:
        found = parse(text)
    except AddressRefused:
        return

    assert parse(found.text).identity == found.identity
