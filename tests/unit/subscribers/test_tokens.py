"""Signed words: right ones verify, everything else is refused alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subscribers.errors import TokenRefused
from subscribers.model import PersonId
from subscribers.tokens import Leave, Sealer, Tokens, from_base32, to_base32

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
TOKENS = Tokens(b"k" * 32)
ROWS = st.integers(0, 2**63 - 1)


@given(ROWS, ROWS)
def test_a_leave_token_names_person_and_mailing(person: int, mailing: int) -> None:
    """Also when a mail system has changed its case."""
    token = TOKENS.leave(PersonId(person), mailing)

    assert TOKENS.read_leave(token.upper()) == Leave(PersonId(person), mailing)
    assert token == token.lower()


def test_a_leave_token_is_short() -> None:
    """A million readers and a thousand mailings fit into a local part with room to spare."""
    assert len(TOKENS.leave(PersonId(1_000_000), 1000)) <= 26


@given(st.text(max_size=40))
def test_any_other_text_is_refused(text: str) -> None:
    """Forged, damaged or empty: one answer, never another error."""
    with pytest.raises(TokenRefused):
        TOKENS.read_leave(text)


@given(st.integers(0, 200), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567.-"))
def test_a_changed_letter_is_refused(place: int, letter: str) -> None:
    """Each letter is under the seal."""
    token = TOKENS.leave(PersonId(77), 5)
    at = place % len(token)
    changed = token[:at] + letter + token[at + 1 :]
    if changed == token:
        return

    with pytest.raises(TokenRefused):
        TOKENS.read_leave(changed)


def test_a_token_serves_one_purpose_under_one_key() -> None:
    """A confirmation does not leave, and another instance's token opens nothing."""
    expires = NOW + timedelta(days=1)

    with pytest.raises(TokenRefused):
        TOKENS.read_leave(TOKENS.confirm(PersonId(1), expires))
    with pytest.raises(TokenRefused):
        TOKENS.read_confirm(TOKENS.leave(PersonId(1)), NOW)
    with pytest.raises(TokenRefused):
        Tokens(b"x" * 32).read_leave(TOKENS.leave(PersonId(1)))


def test_a_confirmation_expires() -> None:
    """Good until its time, not after."""
    token = TOKENS.confirm(PersonId(9), NOW + timedelta(hours=48))

    assert TOKENS.read_confirm(token, NOW + timedelta(hours=48)) == 9
    with pytest.raises(TokenRefused):
        TOKENS.read_confirm(token, NOW + timedelta(hours=48, seconds=1))


@given(ROWS)
def test_a_number_has_one_spelling(number: int) -> None:
    """Leading zeros are refused, so that a token cannot be varied."""
    text = to_base32(number)

    assert from_base32(text) == number
    with pytest.raises(ValueError, match="shortest"):
        from_base32("a" + text)


def test_a_sealer_of_another_length_refuses() -> None:
    """A short seal is no shortcut into a long one."""
    short, long = Sealer(b"k" * 32, "x", 10), Sealer(b"k" * 32, "x")

    with pytest.raises(TokenRefused):
        long.open(short.seal("body"))
