"""Recipients and relays that are trouble: poison in the list, and a relay that bounces later."""

from __future__ import annotations

from email.parser import BytesHeaderParser

from sqlalchemy import update

from digest.actions import inbound
from digest.model import DeliveryState
from subscribers.tables import subscribers
from tests.fakes.sink import Taken
from tests.faults.ground import Account, Ground, relay

REFUSED, ACCEPTED = DeliveryState.REFUSED, DeliveryState.ACCEPTED
HUGE = "Я" * 5_000_000
"""10 MB in UTF-8."""

POISON = {
    "without-an-at": ("", REFUSED),
    "two@@example.bg": ("", REFUSED),
    "a@example.bg>\r\nRCPT TO:<b@example.bg": ("", REFUSED),
    "иван@example.bg": ("", REFUSED),
    f"{'x' * 65}@example.bg": ("", REFUSED),
    "ime@example.bg": (HUGE, REFUSED),
    "red@example.bg": ("Ред\r\nBcc: vsichki@example.bg", REFUSED),
    "shablon@example.bg": ("@@TO@@ {{ 7 * 7 }}", ACCEPTED),
    "idn@пример.бг": ("", ACCEPTED),
}
"""Address, name and what becomes of it; the relay offers no SMTPUTF8."""


def poisoned(ground: Ground) -> None:
    """Writes them past every check, as an import of long ago may have."""
    with ground.app.store.work() as work:
        for (address, (name, _)), old in zip(POISON.items(), ground.people[7:], strict=False):
            work.connection.execute(
                update(subscribers)
                .where(subscribers.c.address == old)
                .values(address=address, name=name)
            )
    ground.people[7 : 7 + len(POISON)] = list(POISON)


def test_a_poisonous_recipient_is_trouble_for_nobody_else(ground: Ground, account: Account) -> None:
    """Each is refused for itself or met without harm; no header and no recipient is smuggled in."""
    poisoned(ground)

    with relay() as post:
        report = ground.run(post.sink)

    states, met = ground.states(), post.met()
    assert {one: states[one] for one in POISON} == {
        one: wanted for one, (_, wanted) in POISON.items()
    }
    assert report["refused"] == sum(wanted is REFUSED for _, wanted in POISON.values())
    assert report["accepted"] == len(ground.people) - report["refused"]
    assert met["b@example.bg"] == met["vsichki@example.bg"] == 0
    assert not [one for one in post.sink.accepted if b"\nBcc:" in one.message]
    met["idn@пример.бг"] = met.pop("idn@xn--e1afmkfd.xn--90ae")
    account.close("poisonous recipients", ground, met)


def bounce(taken: Taken, *, to: str = "", said: str = "5.1.1 no such user") -> bytes:
    """What a relay sends back of a message that it had accepted (RFC 3464)."""
    original = BytesHeaderParser().parsebytes(taken.message)["Message-ID"]
    return f"""From: MAILER-DAEMON@mx.example.bg
To: {to or taken.sender}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_x"

--=_x
Content-Type: text/plain; charset=utf-8

Писмото не беше доставено.

--=_x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.bg

Final-Recipient: rfc822; {taken.recipient}
Action: failed
Status: {said.split(maxsplit=1)[0]}
Diagnostic-Code: smtp; 550 {said}

--=_x
Content-Type: text/rfc822-headers

Message-ID: {original if not to else "<d9-nyama@example.bg>"}

--=_x--
""".encode()


def test_a_relay_that_accepts_everything_and_bounces_later(
    ground: Ground, account: Account
) -> None:
    """Those it names are suppressed once; a forged or a repeated report changes nothing."""
    with relay() as post:
        ground.run(post.sink)
        taken = list(post.sink.accepted)
    dead, ours, forged = taken[:10], taken[10:20], taken[20:30]

    for _ in range(2):
        for one in dead:
            inbound.receive(ground.app, bounce(one), source="dsn")
    for one in ours:
        inbound.receive(ground.app, bounce(one, said="5.7.1 blocked by policy"), source="dsn")
    for one in forged:
        stranger = "b+d1.aaaaaaaaaaaaaaaa@example.bg"
        inbound.receive(ground.app, bounce(one, to=stranger), source="dsn")

    with ground.app.store.reading() as work:
        suppressed = set(work.roll.suppressed())
    assert len(suppressed) == len(dead)
    assert ground.ledger().accepted == len(ground.people)
    account.close("relay bounces afterwards", ground, post.met())


def vacation(taken: Taken) -> bytes:
    """An absence notice as a mail server sends it by itself (RFC 3834)."""
    return f"""From: {taken.recipient}
To: {taken.sender}
Subject: Извън офиса до понеделник
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

В отпуск съм. При нужда пишете на колегите.
""".encode()


def test_a_whole_list_on_holiday_changes_nothing(sqlite_ground: Ground, account: Account) -> None:
    """Every reader answers by machine, and one answer is to a report of ours: nobody leaves."""
    with relay() as post:
        sqlite_ground.run(post.sink)
    before = sqlite_ground.ledger()

    kinds = {
        inbound.receive(sqlite_ground.app, vacation(one), source="mail")["kind"]
        for one in post.sink.accepted
    }
    empty_path = bounce(post.sink.accepted[0], to="mailer-daemon@relay.test")
    answer = inbound.receive(sqlite_ground.app, empty_path, source="mail")

    with sqlite_ground.app.store.reading() as work:
        assert not work.roll.suppressed()
    assert kinds == {"auto-reply"}
    assert "нищо не е променено" in str(answer["acted"])
    assert sqlite_ground.ledger() == before
    account.close("a whole list on holiday", sqlite_ground, post.met())
