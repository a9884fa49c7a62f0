"""The end of a doubt: a person's word, a relay's log, a report that came back; nothing else."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.actions import dispatching, subscribing
from digest.actions.inbound import receive
from digest.actions.settling import Word, by_log, settle
from digest.bootstrap import open_app
from digest.cli import settling
from digest.cli.main import program
from digest.clock import FixedClock
from digest.deliver.verp import return_path
from digest.errors import BadInput, Conflict, Forbidden, NotFound, WrongUsage
from digest.model import DeliveryState
from tests.faults.ground import Ground
from tests.integration import web_kit as kit
from tests.integration.doubts import GONE, GOT, LOST, WAITS, doubtful_home, line, send, states
from tests.unit.inbound.test_classify import report

HOUR = timedelta(hours=1)


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with doubtful_home(tmp_path / "home") as made:
        yield made


def state(ground: Ground, address: str = LOST) -> DeliveryState:
    return ground.states()[address]


def decide(ground: Ground, word: Word, name: str = LOST, by: str = kit.APPROVER) -> None:
    settle(ground.app, ground.edition, name, word, by=by, why="обадих се")


def later(ground: Ground, hours: int) -> None:
    """The same home, so many hours on."""
    ground.app.close()
    clock = FixedClock(kit.NOW + hours * HOUR)
    ground.app = open_app(ground.app.home, clock=clock, settings=ground.app.settings)


def test_what_is_held_is_never_sent_again_by_itself(ground: Ground) -> None:
    """Run after run, hours later too, the unknown one stays as it is."""
    for hours in (1, 2, 30):
        later(ground, hours)
        relay = send(ground.app)
        assert LOST not in [address for _, address, _ in relay.accepted]

    assert state(ground) is DeliveryState.UNKNOWN


def test_a_policy_of_resending_leaves_no_doubt(tmp_path: Path) -> None:
    """The edition says so beforehand: the same delivery goes once more, with its Message-ID."""
    with doubtful_home(tmp_path / "home", on_unknown="resend") as ground:
        before = line(ground, LOST)
        later(ground, 1)
        send(ground.app)

        assert before.state is DeliveryState.DEFERRED
        assert line(ground, LOST).state is DeliveryState.ACCEPTED
        assert line(ground, LOST).message_id == before.message_id


@pytest.mark.parametrize(
    ("word", "becomes"),
    [
        (Word.ACCEPTED, DeliveryState.ACCEPTED),
        (Word.REFUSED, DeliveryState.REFUSED),
        (Word.RESEND, DeliveryState.QUEUED),
    ],
)
def test_an_editors_word_settles_it_and_is_noted(
    ground: Ground, word: Word, becomes: DeliveryState
) -> None:
    """The log names who, the delivery and why; the address stays out of it."""
    delivery = line(ground, LOST).delivery

    decide(ground, word)

    assert state(ground) is becomes
    assert ground.ledger().balanced
    with ground.app.store.reading() as work:
        deed = work.activity.list(subject=ground.edition)[0]
    assert (deed.who, deed.what, deed.before) == (kit.APPROVER, "delivery.settle", "unknown")
    assert deed.after == f"{becomes} {delivery}: {kit.APPROVER}: обадих се"
    assert LOST not in deed.after


@pytest.mark.parametrize("how", ["address", "delivery", "message_id"])
def test_a_delivery_is_named_in_any_of_three_ways(ground: Ground, how: str) -> None:
    """By the reader's address, its own id, or the Message-ID of a log."""
    decide(ground, Word.ACCEPTED, getattr(line(ground, LOST), how))

    assert state(ground) is DeliveryState.ACCEPTED


@pytest.mark.parametrize("address", [GONE, WAITS, GOT])
def test_only_what_is_unknown_can_be_settled(ground: Ground, address: str) -> None:
    """An answer that was given stands."""
    before = states(ground)

    with pytest.raises(Conflict):
        decide(ground, Word.RESEND, address)

    assert states(ground) == before


@pytest.mark.parametrize("name", ["nyama@example.bg", "dqqq-zzzzzzzzzz", "<x@elsewhere.test>", ""])
def test_a_name_of_nobody_is_not_found(ground: Ground, name: str) -> None:
    """A forged id, a stranger and nothing at all."""
    with pytest.raises(NotFound):
        decide(ground, Word.ACCEPTED, name)


def test_who_may_not_approve_may_not_settle(ground: Ground) -> None:
    """It decides about mail to readers."""
    with pytest.raises(Forbidden):
        decide(ground, Word.RESEND, by="editor@example.bg")

    assert state(ground) is DeliveryState.UNKNOWN


def test_one_that_is_sent_again_meets_its_reader_after_the_old_expiry(ground: Ground) -> None:
    """An editor's word a day later would be void if the morning's last hour still held."""
    later(ground, 30)

    decide(ground, Word.RESEND)
    relay = send(ground.app)

    assert [address for _, address, _ in relay.accepted] == [LOST]
    assert state(ground) is DeliveryState.ACCEPTED


def test_what_was_cancelled_is_not_sent_again(ground: Ground) -> None:
    """It may still be told what became of it."""
    dispatching.cancel(ground.app, ground.edition, by=kit.APPROVER)

    with pytest.raises(Conflict, match="отменен"):
        decide(ground, Word.RESEND)
    decide(ground, Word.ACCEPTED)

    assert state(ground) is DeliveryState.ACCEPTED


def log_of(ground: Ground, status: str, said: str, *, dsn: str, at: str = "06:20:03") -> list[str]:
    one = line(ground, LOST)
    head = f"Nov 23 {at} relay postfix/"
    return [
        "Nov 23 05:00:00 relay postfix/qmgr[1]: 4SdXy10QkLz1Zq: removed\n",
        f"{head}cleanup[7]: 4SdXy10QkLz1Zr: message-id={one.message_id}\n",
        f"{head}smtp[8]: 4SdXy10QkLz1Zr: to=<{LOST}>, relay=mx.example.bg[192.0.2.5]:25, "
        f"delay=0.2, delays=0.1/0/0/0.1, dsn={dsn}, status={status} ({said})\n",
        "Nov 23 09:00:00 relay postfix/qmgr[1]: 4SdXy10QkLz1Zr: removed\n",
    ]


def read(ground: Ground, lines: list[str], *, resend: bool = False) -> dict[str, int]:
    report = by_log(ground.app, ground.edition, lines, by=kit.APPROVER, resend_missing=resend)
    names = ("accepted", "refused", "deferred", "not_in_log", "resent")
    return {name: getattr(report, name) for name in names if getattr(report, name)}


def test_a_log_that_says_sent_settles_it_as_accepted(ground: Ground) -> None:
    """The relay had taken it and passed it on; only its answer was lost."""
    assert read(ground, log_of(ground, "sent", "250 2.0.0 Ok", dsn="2.0.0")) == {"accepted": 1}
    assert state(ground) is DeliveryState.ACCEPTED


def test_a_log_that_says_bounced_settles_it_with_the_reason(ground: Ground) -> None:
    """As the answer itself would have been judged."""
    said = "host mx.example.bg[192.0.2.5] said: 550 5.1.1 User unknown (in reply to RCPT)"

    assert read(ground, log_of(ground, "bounced", said, dsn="5.1.1")) == {"refused": 1}
    assert line(ground, LOST).last_error == (
        "hard: 550 5.1.1 5.1.1 User unknown (in reply to RCPT)"
    )


def test_a_log_that_says_deferred_leaves_the_doubt(ground: Ground) -> None:
    """The relay is still trying: sending again would make two."""
    deferred = log_of(ground, "deferred", "host mx said: 451 4.7.1 later", dsn="4.7.1")

    assert read(ground, deferred, resend=True) == {"deferred": 1}
    assert state(ground) is DeliveryState.UNKNOWN


def test_what_the_log_does_not_know_waits_for_a_persons_word(ground: Ground) -> None:
    """By default it stays; with the word, and a log of the whole time, it goes again."""
    empty = [
        "Nov 23 05:00:00 relay postfix/qmgr[1]: 4SdXy10QkLz1Zq: removed\n",
        "Nov 23 09:00:00 relay postfix/qmgr[1]: 4SdXy10QkLz1Zr: removed\n",
    ]

    assert read(ground, empty) == {"not_in_log": 1}
    assert state(ground) is DeliveryState.UNKNOWN
    assert read(ground, empty, resend=True) == {"resent": 1}
    assert state(ground) is DeliveryState.QUEUED


@pytest.mark.parametrize(
    "short",
    [
        ["Nov 23 08:00:00 relay postfix/qmgr[1]: 4SdXy10QkLz1Zq: removed\n"],
        ["message_id,status,text\n"],
        [],
    ],
)
def test_a_log_that_was_not_there_then_sends_nothing_again(
    ground: Ground, short: list[str]
) -> None:
    """It begins too late, or knows no times: what it does not name may still have left."""
    with pytest.raises(WrongUsage, match="не обхваща"):
        read(ground, short, resend=True)

    assert state(ground) is DeliveryState.UNKNOWN


def test_a_log_of_strangers_changes_nothing(ground: Ground) -> None:
    """A reader may send a mail with the Message-ID of their own to whom they like."""
    forged = [one.replace(f"to=<{LOST}>", "to=<drug@elsewhere.test>") for one in log_of(
        ground, "sent", "250 Ok", dsn="2.0.0"
    )]  # fmt: skip

    assert read(ground, forged) == {"deferred": 1}
    assert state(ground) is DeliveryState.UNKNOWN


def back(ground: Ground, data: bytes) -> dict[str, object]:
    """A report that came to the delivery's own signed return path."""
    path = return_path(line(ground, LOST).delivery, key=ground.app.key, domain="news.example.bg")
    named = data.replace(b"b+d7-abcdefghij.abcdefghijklmnop@news.example.bg", path.encode())
    return receive(ground.app, named, source="varnato.eml")


def test_a_hard_bounce_settles_an_unknown_delivery_as_refused(ground: Ground) -> None:
    """And suppresses the address, as it does for any delivery."""
    row = back(ground, report("5.1.1", "smtp; 550 5.1.1 User unknown"))

    assert row["acted"] == "адресът е блокиран; доставката е отказана"
    assert state(ground) is DeliveryState.REFUSED
    assert str(line(ground, LOST).last_error).startswith("hard: 5.1.1")
    assert ground.ledger().balanced


@pytest.mark.parametrize("action", ["delivered", "relayed"])
def test_a_report_of_success_settles_it_as_accepted(ground: Ground, action: str) -> None:
    """RFC 3464 §2.3.3; nobody is suppressed."""
    row = back(ground, report("2.0.0", "smtp; 250 2.0.0 Ok", action=action))

    assert row["acted"] == "доставката е приета"
    assert state(ground) is DeliveryState.ACCEPTED


def test_a_soft_bounce_leaves_the_doubt(ground: Ground) -> None:
    """A delay is no end."""
    back(ground, report("4.4.1", "smtp; 451 4.4.1 timed out", action="delayed"))

    assert state(ground) is DeliveryState.UNKNOWN


def test_a_report_without_our_signature_settles_nothing(ground: Ground) -> None:
    """What anybody could have written proves nothing."""
    forged = report("2.0.0", "smtp; 250 2.0.0 Ok", action="delivered")
    row = receive(ground.app, forged, source="chuzhdo.eml")

    assert row["acted"] == "без доказана доставка: нищо не е променено"
    assert state(ground) is DeliveryState.UNKNOWN


def call(ground: Ground, *words: str, **more: object) -> Result:
    home = str(ground.app.home)
    now = kit.NOW.isoformat()
    return CliRunner().invoke(program, [*words, "--home", home, "--now", now], **more)  # type: ignore[arg-type]


def test_the_command_settles_each_named_delivery(ground: Ground) -> None:
    """A line for each; one that cannot be settled is named and the others are done."""
    shown = call(
        ground, "ledger", ground.edition, GOT, LOST, "--settle", "accepted", "--as",
        kit.APPROVER, "--json", standalone_mode=False,
    )  # fmt: skip
    rows = [json.loads(one) for one in shown.stdout.splitlines()]

    assert shown.return_value == 3
    assert rows[0]["source"] == GOT
    assert rows[1] == {
        "delivery": line(ground, LOST).delivery, "address": LOST, "state": "accepted"
    }  # fmt: skip


def test_the_command_reads_packed_logs_too(ground: Ground, tmp_path: Path) -> None:
    """Rotated logs are packed; several files are read one after the other."""
    lines = log_of(ground, "sent", "250 2.0.0 Ok", dsn="2.0.0")
    (tmp_path / "mail.log").write_text("".join(lines[2:]), encoding="utf-8")
    with gzip.open(tmp_path / "mail.log.1.gz", "wt", encoding="utf-8") as packed:
        packed.write("".join(lines[:2]))

    files = [
        "--evidence",
        str(tmp_path / "mail.log.1.gz"),
        "--evidence",
        str(tmp_path / "mail.log"),
    ]
    shown = call(ground, "ledger", ground.edition, *files, "--as", kit.APPROVER, "--json")

    assert json.loads(shown.stdout) == {
        "edition": ground.edition, "unknown": 1, "accepted": 1, "refused": 0, "deferred": 0,
        "not_in_log": 0, "resent": 0,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["nyama.log", "skasan.log.gz", "."])
def test_a_log_that_cannot_be_read_is_named(ground: Ground, tmp_path: Path, name: str) -> None:
    """Missing, torn off in the middle, or no file at all; nothing is settled by half of it."""
    whole = gzip.compress("".join(log_of(ground, "sent", "250 Ok", dsn="2.0.0")).encode())
    (tmp_path / "skasan.log.gz").write_bytes(whole[:-9])

    file = str(tmp_path / name)
    shown = call(ground, "ledger", ground.edition, "--evidence", file, "--as", kit.APPROVER)

    assert isinstance(shown.exception, BadInput)
    assert name in shown.exception.what
    assert state(ground) is DeliveryState.UNKNOWN


def test_the_rest_of_an_endless_line_is_no_line(ground: Ground, tmp_path: Path) -> None:
    """A server's answer padded to the cut could otherwise begin a line of its own."""
    forged = log_of(ground, "sent", "250 Ok", dsn="2.0.0")
    padded = "x" * settling.LONGEST_LINE
    file = tmp_path / "mail.log"
    file.write_text("".join(padded + one for one in forged), encoding="utf-8")

    words = ["--evidence", str(file), "--as", kit.APPROVER, "--json"]
    shown = call(ground, "ledger", ground.edition, *words)

    assert json.loads(shown.stdout)["not_in_log"] == 1
    assert state(ground) is DeliveryState.UNKNOWN


def test_two_things_at_once_are_refused(ground: Ground) -> None:
    """Nobody should have to guess which came first."""
    shown = call(ground, "ledger", ground.edition, "--missed", "--settle", "accepted")

    assert isinstance(shown.exception, WrongUsage)


TOLD = f"550 5.1.1 <{LOST}>: user unknown"


def traces(ground: Ground) -> list[str]:
    """What the ledger and the activity log still hold of the reader's address."""
    with ground.app.store.reading() as work:
        errors = [one.last_error or "" for one in work.deliveries.lines(ground.edition)]
        deeds = [f"{one.before} {one.after}" for one in work.activity.list()]
    return [one for one in (*errors, *deeds) if LOST.partition("@")[0] in one]


def test_a_relays_words_leave_nothing_of_whoever_is_erased_later(ground: Ground) -> None:
    """They name the address; neither the ledger nor the activity log keeps it."""
    table = ["message_id,status,text\n", f"{line(ground, LOST).message_id},bounced,{TOLD}\n"]

    by_log(ground.app, ground.edition, table, by=kit.APPROVER)
    subscribing.erase(ground.app, [LOST])

    assert traces(ground) == []


def test_who_is_erased_while_a_log_is_read_is_not_written_down_again(ground: Ground) -> None:
    """The log is read outside of any transaction, and somebody may have gone meanwhile."""
    table = ["message_id,status,text\n", f"{line(ground, LOST).message_id},bounced,{TOLD}\n"]

    def slowly() -> Iterator[str]:
        yield from table
        subscribing.erase(ground.app, [LOST])

    by_log(ground.app, ground.edition, slowly(), by=kit.APPROVER)

    assert traces(ground) == []
