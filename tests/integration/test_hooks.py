"""What Amazon SES tells at `/hooks/ses`, once it is believed: what follows, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.actions import hooks
from digest.model import DeliveryState
from subscribers.model import Status
from tests.fakes import sns
from tests.faults.ground import Ground
from tests.integration import hooked
from tests.integration import web_kit as kit
from tests.integration.doubts import GONE, GOT, LOST, doubtful_home, line, send
from tests.integration.hooked import ON, Site, served
from tests.integration.store import databases

site = hooked.site
"""A fixture, for pytest to find here."""

postgres_url = databases.postgres_url
"""The same."""


@pytest.mark.parametrize("how", ["tag", "header", "message-id"])
def test_a_delivery_settles_the_doubt(site: Site, how: str) -> None:
    """The delivery is found by its tag, our own header, or the Message-ID that SES replaced."""
    status = site.post(site.sns.post(sns.delivered(site.name(), LOST, how=how)))

    assert status == 204
    assert site.state() is DeliveryState.ACCEPTED
    assert line(site.ground, LOST).last_error == "delivered: [ses] (250 2.0.0 Ok for <…>)"
    assert site.ground.ledger().balanced
    assert site.sns.asked == [sns.CERTIFICATE]


def test_the_other_signature_is_taken_too(site: Site) -> None:
    """A new topic signs by version 1, and a subject is signed where there is one."""
    said = site.sns.post(
        sns.delivered(site.name(), LOST), SignatureVersion="1", Subject="Amazon SES – събитие"
    )

    assert site.post(said) == 204
    assert site.state() is DeliveryState.ACCEPTED


def test_a_hard_bounce_suppresses_and_settles(site: Site) -> None:
    """As one that came by mail; the log of acts holds nobody's address."""
    said = "smtp; 550 5.1.1 <chitatel0@example.bg>: user unknown"

    assert site.post(site.sns.post(sns.bounced(site.name(), LOST, said=said))) == 204

    assert site.state() is DeliveryState.REFUSED
    assert site.blocked()
    assert line(site.ground, LOST).last_error == (
        "hard: 5.1.1 unknown-user [ses] (Permanent/General smtp; 550 5.1.1 <…>: user unknown)"
    )
    with site.ground.app.store.reading() as work:
        deeds = work.activity.list()
    assert not [one for one in deeds if LOST in f"{one.subject}{one.before}{one.after}"]
    assert ("hard", "ses") in {(one.what, one.subject) for one in deeds}


def test_a_bounce_for_something_of_ours_touches_no_reader(site: Site) -> None:
    """The delivery is over, since SES tries no more; the address stays, and may be tried again."""
    said = sns.bounced(
        site.name(), LOST, status="5.7.1", said="smtp; 554 5.7.1 blocked using a list"
    )

    assert site.post(site.sns.post(said)) == 204

    assert site.state() is DeliveryState.REFUSED
    assert str(line(site.ground, LOST).last_error).startswith("ours: 5.7.1 policy [ses]")
    assert not site.blocked()


def test_a_passing_bounce_leaves_the_doubt(site: Site) -> None:
    """A full mailbox, and a vacation's answer to a letter that came, look alike."""
    said = sns.bounced(site.name(), LOST, status="", said="", kind="Transient")

    assert site.post(site.sns.post(said)) == 204

    assert site.state() is DeliveryState.UNKNOWN
    assert not site.blocked()


def test_a_complaint_unsubscribes_and_proves_arrival(site: Site) -> None:
    """Who pressed „спам“ has got the letter."""
    assert site.post(site.sns.post(sns.complained(site.name(), LOST))) == 204

    assert site.state() is DeliveryState.ACCEPTED
    assert site.blocked()
    with site.ground.app.store.reading() as work:
        assert work.roll.by_address(LOST).status is Status.LEFT


@pytest.mark.parametrize("kind", ["not-spam", "auth-failure"])
def test_what_is_no_complaint_changes_nothing(site: Site, kind: str) -> None:
    """A reader who takes it out of the spam, and a fault of our own."""
    said = sns.complained(site.name(), LOST, complaintFeedbackType=kind)

    assert site.post(site.sns.post(said)) == 204

    assert site.state() is DeliveryState.UNKNOWN
    assert not site.blocked()


@pytest.mark.parametrize(
    ("address", "stays"), [(GOT, DeliveryState.ACCEPTED), (GONE, DeliveryState.REFUSED)]
)
def test_what_was_settled_is_not_turned_round(
    site: Site, address: str, stays: DeliveryState
) -> None:
    """Neither by a late bounce nor by a late delivery; a dead mailbox is still dead."""
    before = line(site.ground, address)

    site.post(site.sns.post(sns.delivered(before.delivery, address)))
    site.post(site.sns.post(sns.bounced(before.delivery, address)))

    assert line(site.ground, address) == before
    assert site.state(address) is stays
    assert site.blocked(address)


def test_a_replay_does_nothing(site: Site) -> None:
    """Not a second time, and not after an editor has freed the address again."""
    said = site.sns.post(sns.bounced(site.name(), LOST))
    assert site.post(said) == 204
    with site.ground.app.store.work() as work:
        work.roll.suppressions.remove(LOST)
    before = kit.rows(site.ground.app)

    assert site.post(said) == 204

    assert kit.rows(site.ground.app) == before


@pytest.mark.parametrize(
    "name", ["", "0107019b-ses-own-id", "dqqq-zzzzzzzzzz", "<nyakoy@elsewhere.test>", "д\x00\ud800"]
)
def test_a_message_of_somebody_else_is_taken_and_leads_to_nothing(site: Site, name: str) -> None:
    """The account sends other mail too; the provider need not tell it again."""
    before = site.ground.states()

    assert site.post(site.sns.post(sns.bounced(name, LOST))) == 204

    assert site.ground.states() == before
    assert not site.blocked()


def test_an_event_about_another_address_does_not_count(site: Site) -> None:
    """A reader knows the names of their own deliveries, and a form may pass headers on."""
    assert site.post(site.sns.post(sns.bounced(site.name(), GOT))) == 204

    assert site.state() is DeliveryState.UNKNOWN
    assert not site.blocked()
    assert not site.blocked(GOT)


@pytest.mark.parametrize(
    "message",
    [
        "Successfully validated SNS topic for Amazon SES event publishing.",
        {"eventType": "Open", "open": {}},
        {"eventType": "DeliveryDelay", "deliveryDelay": {"delayType": "MailboxFull"}},
        {"eventType": ["Bounce"], "mail": "x", "bounce": 5},
        {"eventType": "Bounce", "mail": {"headers": [[], 1, {"name": {}}]}, "bounce": [1]},
    ],
)
def test_what_is_no_word_about_a_delivery_is_taken(site: Site, message: object) -> None:
    """A trial of the topic, an opening, a delay, and members of another kind than promised."""
    assert site.post(site.sns.post(message)) == 204
    assert site.state() is DeliveryState.UNKNOWN


def sending_row(ground: Ground, address: str = LOST) -> None:
    """Puts a delivery back to where it was when its worker died: on the wire, under a lease."""
    with ground.app.store.work() as work:
        row = work.signer.row_of(line(ground, address).delivery)
        work.connection.exec_driver_sql(
            "UPDATE deliveries SET state = 'sending', answered_at = NULL, worker = 'mrtav:1', "
            f"lease = 1 WHERE id = {row}"
        )


def heard_while_sending(site: Site) -> None:
    sending_row(site.ground)
    site.post(site.sns.post(sns.delivered(site.name(), LOST)))


def test_an_event_for_what_is_on_the_wire_waits_for_the_end_of_the_lease(site: Site) -> None:
    """Its worker may still answer; when it is dead, the event has the answer."""
    heard_while_sending(site)
    hooks.settle_kept(site.ground.app)
    assert site.state() is DeliveryState.SENDING

    relay = send(site.ground.app)

    assert site.state() is DeliveryState.ACCEPTED
    assert line(site.ground, LOST).last_error == "delivered: [ses]"
    assert LOST not in [address for _, address, _ in relay.accepted]
    assert hooks.settle_kept(site.ground.app) == 0


def test_an_answer_that_came_stands_before_an_event_that_waited(site: Site) -> None:
    """The worker was alive after all: what the relay said is what the ledger says."""
    heard_while_sending(site)
    with site.ground.app.store.work() as work:
        work.connection.exec_driver_sql(
            "UPDATE deliveries SET state = 'refused', lease = NULL, last_error = 'soft: 552' "
            "WHERE state = 'sending'"
        )

    assert hooks.settle_kept(site.ground.app) == 0
    assert line(site.ground, LOST).last_error == "soft: 552"


def test_of_who_was_erased_no_words_are_kept(site: Site) -> None:
    """The doubt ends; the remote side's words could name the person again."""
    name = site.name()
    with site.ground.app.store.work() as work:
        work.erase(LOST, kit.NOW)

    assert site.post(site.sns.post(sns.delivered(name, LOST))) == 204

    with site.ground.app.store.reading() as work:
        found = [one for one in work.deliveries.lines(site.ground.edition) if one.delivery == name]
    assert (found[0].state, found[0].last_error) == ("accepted", "delivered: [ses]")


def test_what_can_lead_to_nothing_is_not_written(site: Site) -> None:
    """Nearly every delivery of a large list is accepted when its event comes."""
    before = kit.rows(site.ground.app)

    for said in (sns.delivered(site.name(GOT), GOT), sns.delivered("dqqq-z", GOT), "здравей"):
        assert site.post(site.sns.post(said)) == 204

    assert kit.rows(site.ground.app) == before


@pytest.mark.postgres
def test_it_is_the_same_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    """An event that settles, its replay, one that waits, and garbage in its words."""
    home = doubtful_home(tmp_path / "home", flags={**ON, "database.url": postgres_url})
    with home as ground, served(ground) as site:
        heard_while_sending(site)
        said = site.sns.post(sns.bounced(site.name(GONE), GONE, said="550 5.1.1 \x00\ud800 няма"))
        assert [site.post(said), site.post(said)] == [204, 204]
        send(ground.app)

        assert site.state() is DeliveryState.ACCEPTED
        assert site.blocked(GONE)
