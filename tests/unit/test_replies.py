"""The one table of statuses and words, as both rooms read it: at send time and in letters back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.outcome import Stage, reply
from digest.deliver.outcome import judge as judge_reply
from digest.inbound.verdict import judge as judge_report
from digest.model import DeliveryId
from digest.replies import CLOSED, DEAD, HARD, POLICY, of_mailbox, reasons, takes_nothing


def at_send(text: str, code: int = 550) -> str:
    return judge_reply(DeliveryId("d1"), reply(code, text), Stage.RCPT).reason


@pytest.mark.parametrize("status", sorted(DEAD))
def test_a_dead_mailbox_is_dead_in_both_rooms(status: str) -> None:
    """The status alone is enough, and one word of ours beside it keeps the reader."""
    blocked = f"{status} blocked using a list at dnsbl.example.bg"

    assert at_send(f"{status} no") == "hard"
    assert judge_report(status, "550 no").hard
    assert at_send(blocked) == "ours"
    assert judge_report(status, f"550 {blocked}").reason == POLICY


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("5.1.1 <full@example.bg>: no such user", "hard"),
        ("unknown user policy@example.bg", "hard"),
        ("5.1.1 553 sender domain does not exist", "ours"),
        ("5.1.1 кутията е препълнена", "soft"),
        ("5.1.1 greylisted, try later", "soft"),
    ],
)
def test_what_letters_taught_counts_at_send_time_too(text: str, reason: str) -> None:
    """An address is nobody's word, the sender is not the reader, a full box is alive."""
    assert at_send(text) == reason


@pytest.mark.parametrize("text", ["blocked", "relay", "content", "quota", "rate"])
def test_a_single_word_means_something_only_in_one_line(text: str) -> None:
    """A letter of many lines says such words of many things."""
    assert reasons(text) == ()
    assert len(reasons(text, terse=True)) == 1


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("5.2.2 full", True),
        ("5.2.2 user@example.bg over quota", True),
        ("5.2.1 account is locked", True),
        ("mailbox is full", True),
        ("5.0.0 кутията е препълнена", True),
        ("5.1.1 mailbox full", False),
        ("5.3.1 not enough disk space", False),
        ("5.2.3 too large", False),
        ("5.4.5 daily user sending quota exceeded", False),
        ("transaction failed", False),
        ("", False),
    ],
)
def test_a_line_speaks_of_the_mailbox_by_subject_and_words(
    text: str,
    counts: bool,  # noqa: FBT001
) -> None:
    """The subject of a status is heard before the words (RFC 3463 §3.3)."""
    said = reply(552, text)

    assert takes_nothing(said.text, said.status) is counts


@given(
    st.sampled_from(sorted(CLOSED)),
    st.sampled_from([4, 5]),
    st.sampled_from([1, 3, 4, 5, 6, 7]),
    st.integers(0, 99),
)
def test_no_other_subject_is_the_mailboxs(
    reason: str, kind: int, subject: int, detail: int
) -> None:
    """Whatever its detail is."""
    assert not of_mailbox(reason, f"{kind}.{subject}.{detail}")
    assert of_mailbox(reason, f"{kind}.2.{detail}")


@given(st.text(max_size=300))
def test_a_line_gives_every_reason_that_a_letter_would(text: str) -> None:
    """The terse table only adds."""
    assert set(reasons(text)) <= set(reasons(text, terse=True))
    assert set(DEAD.values()) == HARD
