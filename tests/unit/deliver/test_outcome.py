"""What replies mean: only a mailbox that is not there is hard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.outcome import Stage, judge, reply
from digest.model import DeliveryId, Outcome

ID = DeliveryId("d1")


@pytest.mark.parametrize(
    ("code", "text", "stage", "outcome", "reason"),
    [
        (250, "2.0.0 OK", Stage.DOT, Outcome.ACCEPTED, "accepted"),
        (354, "go on", Stage.DOT, Outcome.UNKNOWN, "lost"),
        (250, "2.0.0 OK", Stage.DATA, Outcome.RETURNED, "lost"),
        (421, "4.7.0 Try again later", Stage.RCPT, Outcome.RETURNED, "throttle"),
        (454, "4.7.0 Throttling failure", Stage.DOT, Outcome.RETURNED, "throttle"),
        (451, "4.7.1 Greylisting in action", Stage.RCPT, Outcome.DEFERRED, "greylist"),
        (450, "4.2.1 Receiving mail too quickly", Stage.RCPT, Outcome.DEFERRED, "throttle"),
        (451, "4.7.0 Blocked for now", Stage.DOT, Outcome.DEFERRED, "ours"),
        (452, "4.2.2 Over quota", Stage.RCPT, Outcome.DEFERRED, "soft"),
        (550, "5.1.1 User unknown", Stage.RCPT, Outcome.REFUSED, "hard"),
        (550, "5.2.1 Mailbox disabled", Stage.RCPT, Outcome.REFUSED, "hard"),
        (550, "няма такъв потребител", Stage.RCPT, Outcome.REFUSED, "hard"),
        (550, "no such user here", Stage.DOT, Outcome.REFUSED, "hard"),
        (550, "5.1.1 blocked using our reputation list", Stage.RCPT, Outcome.REFUSED, "ours"),
        (552, "5.2.2 Mailbox full", Stage.RCPT, Outcome.REFUSED, "soft"),
        (
            550,
            "5.2.1 Receiving mail at a rate that prevents delivery",
            Stage.RCPT,
            Outcome.REFUSED,
            "soft",
        ),
        (550, "5.1.1 Mailbox full", Stage.RCPT, Outcome.REFUSED, "soft"),
        (550, "5.7.1 User unknown policy", Stage.RCPT, Outcome.REFUSED, "ours"),
        (554, "Your IP is on a blocklist", Stage.DOT, Outcome.REFUSED, "ours"),
        (550, "Адресът е блокиран заради спам", Stage.DOT, Outcome.REFUSED, "ours"),
        (550, "no", Stage.RCPT, Outcome.REFUSED, "soft"),
        (553, "5.1.1 User unknown", Stage.MAIL, Outcome.REFUSED, "ours"),
        (530, "5.7.0 Authentication required", Stage.RCPT, Outcome.REFUSED, "ours"),
        (552, "5.3.4 Too big", Stage.DATA, Outcome.REFUSED, "ours"),
        (-1, "", Stage.DOT, Outcome.UNKNOWN, "lost"),
        (0, "", Stage.MAIL, Outcome.RETURNED, "lost"),
    ],
)
def test_reply_means(code: int, text: str, stage: Stage, outcome: Outcome, reason: str) -> None:
    """One row of the table: code, enhanced status, words and stage decide."""
    result = judge(ID, reply(code, text), stage)

    assert (result.outcome, result.reason) == (outcome, reason)


def test_status_of_another_class_is_some_other_number() -> None:
    """4.1.1 in the text of a 550 is no enhanced status of it."""
    assert reply(550, "host 4.1.1 says no").status == ""


@given(st.integers(-1, 999), st.binary(max_size=900), st.sampled_from(list(Stage)))
def test_any_reply_has_one_meaning_and_a_clean_text(code: int, raw: bytes, stage: Stage) -> None:
    """No reply raises, and none smuggles a control into the ledger."""
    result = judge(ID, reply(code, raw), stage)

    assert len(result.text) <= 500
    assert result.text.isprintable() or not any(ord(c) < 32 for c in result.text)
    assert (result.outcome is Outcome.ACCEPTED) == (stage is Stage.DOT and 200 <= code < 300)
