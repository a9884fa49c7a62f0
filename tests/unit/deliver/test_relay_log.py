"""What a relay's log proves, and what strangers' words in it do not."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.relay_log import Evidence, Fate, LogRead, is_table, read_postfix, read_table
from digest.deliver.relay_log import result_of as judged
from digest.errors import BadInput
from digest.model import DeliveryId, Outcome

SOFIA = ZoneInfo("Europe/Sofia")
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
OURS = "<daq-abcdefghij@news.example.bg>"
OTHER = "<dbq-abcdefghij@news.example.bg>"
READER = "Ivana@Chitateli.example"
WANTED = {OURS: READER, OTHER: "petar@chitateli.example"}
STAMP = "Nov 23 07:15:02"
ID = DeliveryId("daq-abcdefghij")


# As Postfix 3.7.11 wrote it, with invented addresses.
REAL = """\
Nov 30 17:01:21 relay postfix/smtpd[28614]: connect from localhost[127.0.0.1]
Nov 30 17:01:21 relay postfix/smtpd[28614]: 74867266122: client=localhost[127.0.0.1]
Nov 30 17:01:21 relay postfix/cleanup[28617]: 74867266122: message-id=<db-tn56qvoklf@example.bg>
Nov 30 17:01:21 relay postfix/qmgr[28601]: 74867266122: from=<b+db@example.bg>, size=41335, nrcpt=1 (queue active)
Nov 30 17:01:21 relay postfix/cleanup[28617]: 761F4266131: message-id=<dc-7ph3o7khpo@example.bg>
Nov 30 17:01:21 relay postfix/cleanup[28617]: 78918266141: message-id=<dd-qpeusk3m5a@example.bg>
Nov 30 17:01:21 relay postfix/smtp[28618]: 74867266122: to=<chitatel0@example.bg>, relay=127.0.0.1[127.0.0.1]:38933, delay=0.05, delays=0.01/0.02/0.02/0.01, dsn=5.1.1, status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 <x>: User unknown; message-id=<a@b> status=sent (250 ok) (in reply to RCPT TO command))
Nov 30 17:01:21 relay postfix/smtp[28620]: 761F4266131: to=<chitatel1@example.bg>, relay=127.0.0.1[127.0.0.1]:38933, delay=0.05, delays=0/0.03/0.01/0.01, dsn=4.7.1, status=deferred (host 127.0.0.1[127.0.0.1] said: 451 4.7.1 later (in reply to RCPT TO command))
Nov 30 17:01:21 relay postfix/cleanup[28617]: 8108A266182: message-id=<20261130170121.8108A266182@relay.example.bg>
Nov 30 17:01:21 relay postfix/bounce[28622]: 74867266122: sender non-delivery notification: 8108A266182
Nov 30 17:01:21 relay postfix/qmgr[28601]: 74867266122: removed
Nov 30 17:01:21 relay postfix/smtp[28618]: 78918266141: to=<chitatel2@example.bg>, relay=127.0.0.1[127.0.0.1]:38933, delay=0.05, delays=0.01/0.02/0.01/0, dsn=2.0.0, status=sent (250 2.0.0 taken)
Nov 30 17:01:21 relay postfix/qmgr[28601]: 78918266141: removed
"""


def line(program: str, rest: str, queue: str = "4SdXy10QkLz1Zq", stamp: str = STAMP) -> str:
    return f"{stamp} mail postfix/{program}[4211]: {queue}: {rest}\n"


def cleanup(name: str = OURS, **words: str) -> str:
    return line("cleanup", f"message-id={name}", **words)


def went(
    status: str, said: str, *, dsn: str = "2.0.0", to: str = "ivana@chitateli.example",
    relay: str = "mx.chitateli.example[192.0.2.7]:25", **words: str,
) -> str:  # fmt: skip
    rest = f"to=<{to}>, relay={relay}, delay=1.3, delays=0.1/0/0.4/0.8, dsn={dsn}, "
    return line("smtp", f"{rest}status={status} ({said})", **words)


def read(*lines: str, wanted: dict[str, str] = WANTED) -> LogRead:
    return read_postfix(lines, wanted, now=NOW, zone=SOFIA)


def fates(*lines: str) -> dict[str, Fate]:
    return {name: one.fate for name, one in read(*lines).found.items()}


def test_a_message_is_followed_by_its_queue_id() -> None:
    """Cleanup names it, the deliverer says how it ended; the case of an address is no difference."""
    assert fates(cleanup(), went("sent", "250 2.0.0 Ok: queued")) == {OURS: Fate.SENT}


def test_a_log_that_postfix_wrote_is_understood() -> None:
    """Three letters through a real one: returned with hostile words, deferred, delivered."""
    names = ("db-tn56qvoklf", "dc-7ph3o7khpo", "dd-qpeusk3m5a")
    wanted = {f"<{name}@example.bg>": f"chitatel{n}@example.bg" for n, name in enumerate(names)}

    found = read(*REAL.splitlines(keepends=True), wanted=wanted).found

    assert [found[name].fate for name in wanted] == [Fate.BOUNCED, Fate.DEFERRED, Fate.SENT]


def test_the_last_try_decides() -> None:
    """Deferred and sent later is sent; without the later line it is still being tried."""
    later = went("deferred", "host mx said: 450 4.2.0 later", dsn="4.2.0")

    assert fates(cleanup(), later) == {OURS: Fate.DEFERRED}
    assert fates(cleanup(), later, went("sent", "250 Ok")) == {OURS: Fate.SENT}


def test_a_message_that_was_only_taken_proves_nothing_yet() -> None:
    """The relay has it; whether the reader got it is not known."""
    assert fates(cleanup()) == {OURS: Fate.TAKEN}
    assert judged(ID, Evidence(Fate.TAKEN)) is None


def test_a_filter_on_the_relay_is_not_the_end() -> None:
    """Handed to the filter and returned by the reader's server: returned."""
    filtered = went("sent", "250 from MTA: queued as BBBBBB1", relay="127.0.0.1[127.0.0.1]:10024")
    back = cleanup(queue="BBBBBB1")
    gone = went("bounced", "host mx said: 550 5.1.1 no", dsn="5.1.1", queue="BBBBBB1")

    assert fates(cleanup(), filtered, back, gone) == {OURS: Fate.BOUNCED}
    assert fates(cleanup(), filtered) == {OURS: Fate.SENT}


def test_a_queue_id_used_again_belongs_to_the_new_message() -> None:
    """Short ids come round; what is removed is over."""
    other = cleanup("<stranger@elsewhere.test>")

    assert fates(cleanup(), line("qmgr", "removed"), other, went("sent", "250 Ok")) == {
        OURS: Fate.TAKEN
    }


def test_an_expired_message_was_returned() -> None:
    """The queue manager gave up; the last answer says why, and it is no dead address."""
    tried = went("deferred", "host mx said: 452 4.2.2 mailbox full", dsn="4.2.2")
    over = line("qmgr", "from=<b+x@news.example.bg>, status=expired, returned to sender")

    found = read(cleanup(), tried, over).found[OURS]
    result = judged(ID, found)

    assert result is not None
    assert (result.outcome, result.reason, result.code) == (Outcome.REFUSED, "soft", 452)


@pytest.mark.parametrize(
    ("said", "dsn", "reason", "code"),
    [
        ("host mx[192.0.2.7] said: 550 5.1.1 <a@b>: User unknown", "5.1.1", "hard", 550),
        ("host mx[192.0.2.7] said: 554 5.7.1 blocked using a list", "5.7.1", "ours", 554),
        ("host mx[192.0.2.7] said: 552 5.2.2 over quota", "5.2.2", "soft", 552),
        ("Host or domain name not found. Name service error", "5.4.4", "ours", 0),
    ],
)
def test_a_bounce_is_judged_as_an_answer_at_send_time(
    said: str, dsn: str, reason: str, code: int
) -> None:
    """The same table: only an address that is not there is hard."""
    result = judged(ID, read(cleanup(), went("bounced", said, dsn=dsn)).found[OURS])

    assert result is not None
    assert (result.outcome, result.reason, result.status) == (Outcome.REFUSED, reason, dsn)
    assert result.code == code


@pytest.mark.parametrize(
    "forged",
    [
        went("sent", "250 Ok", to="drug@elsewhere.test"),
        went("deferred", f"said: x) {cleanup().strip()}", to="drug@elsewhere.test"),
        went("deferred", "x, dsn=2.0.0, status=sent (250 Ok)", dsn="4.0.0", to='"a>, b"@c.test'),
        line("smtpd", "to=<ivana@chitateli.example>, status=sent (250 Ok)"),
        line("smtp", "warning: to=<ivana@chitateli.example>, status=sent (250 Ok)"),
        "status=sent (250 Ok)\n",
    ],
)
def test_words_in_the_wrong_place_prove_nothing(forged: str) -> None:
    """A reader knows the Message-ID of their own mail and can send one like it elsewhere."""
    assert fates(cleanup(), forged) == {OURS: Fate.TAKEN}


def test_a_message_id_inside_a_reply_names_no_message() -> None:
    """What a foreign server says stands in the parenthesis and stays there."""
    stranger = cleanup("<stranger@elsewhere.test>")

    assert fates(stranger, went("deferred", f"message-id={OURS}", dsn="4.0.0")) == {}


@pytest.mark.parametrize("stamp", ["2026-11-23T07:15:02.114+02:00", STAMP, "2026-11-23T05:15:02Z"])
def test_both_kinds_of_stamp_say_when(stamp: str) -> None:
    """With an offset as written; without one in the publication's zone and the nearest year."""
    found = read(cleanup(stamp=stamp))
    at = datetime(2026, 11, 23, 5, 15, 2, tzinfo=UTC)

    assert found.first is not None
    assert abs(found.first - at) < timedelta(seconds=1)


def test_a_stamp_of_december_read_in_january_is_last_years() -> None:
    """A log without years is never from the future."""
    found = read_postfix(
        [cleanup(stamp="Dec 31 23:50:00")], WANTED, now=NOW.replace(month=1), zone=SOFIA
    )

    assert found.first is not None
    assert found.first.year == 2025


def test_a_log_covers_only_what_lies_between_its_ends() -> None:
    """One that begins later, and a table without times, cover nothing."""
    found = read(cleanup(), cleanup(stamp="Nov 23 08:00:00"))
    early = datetime(2026, 11, 23, 5, 20, tzinfo=UTC)

    assert found.covers(early, early + timedelta(minutes=5))
    assert not found.covers(early - timedelta(hours=1), early)
    assert not found.covers(early, early + timedelta(hours=1))
    assert not LogRead({}).covers(early, early)


def test_a_table_says_it_in_three_columns() -> None:
    """With or without the angle brackets; the last row on a message counts."""
    rows = [
        "message_id,status,text\n",
        f"{OURS},deferred,\n",
        f'{OURS.strip("<>")},Bounced,"550 5.1.1 no such user"\n',
        f"{OTHER},opened,\n",
        "\n",
    ]

    found = read_table(rows, WANTED).found

    assert is_table(rows[0])
    assert found == {OURS: Evidence(Fate.BOUNCED, "", "550 5.1.1 no such user")}
    result = judged(ID, found[OURS])
    assert result is not None
    assert (result.reason, result.code, result.status) == ("hard", 550, "5.1.1")


def test_a_table_that_names_another_recipient_proves_nothing() -> None:
    """The column is not needed; where it stands it must be right."""
    rows = ["message_id,status,text,recipient\n", f"{OURS},sent,,drug@elsewhere.test\n"]

    assert read_table(rows, WANTED).found == {}


@pytest.mark.parametrize("rows", [[], ["a,b\n"], ["message_id,text\n"]])
def test_a_table_without_its_columns_is_refused(rows: list[str]) -> None:
    """The reason names what is missing."""
    with pytest.raises(BadInput, match="message_id"):
        read_table(rows, WANTED)


@given(st.lists(st.text(max_size=300) | st.sampled_from([cleanup(OTHER), STAMP, OURS]), max_size=8))
def test_any_text_is_read_and_proves_nothing_of_ours(lines: list[str]) -> None:
    """Nothing raises, and no text invents an end for a message."""
    found = read(cleanup(), *lines).found

    assert found.get(OURS, Evidence(Fate.TAKEN)).fate is Fate.TAKEN


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=300))
def test_any_words_of_a_server_stay_words(said: str) -> None:
    """Whatever a foreign server answers, the fate is the one Postfix wrote in front of it."""
    whole = went("bounced", said.replace("\n", " ").replace("\r", " "), dsn="5.1.1")
    found = read(cleanup(), whole).found[OURS]

    assert found.fate in {Fate.BOUNCED, Fate.TAKEN}
    assert judged(ID, Evidence(Fate.BOUNCED, "5.1.1", said)) is not None


@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_table_is_read_or_refused(lines: list[str]) -> None:
    """A wrong file is a finding, never a trace."""
    with suppress(BadInput):
        assert read_table(["message_id,status,text\n", *lines], WANTED).found == {}
