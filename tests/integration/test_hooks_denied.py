"""Who is not believed at `/hooks/ses`, how a subscription is confirmed, and what is never asked."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from digest.actions import hooks
from digest.model import DeliveryState
from digest.web.attempts import ALLOWED
from tests.fakes import sns
from tests.integration import hooked
from tests.integration import web_kit as kit
from tests.integration.doubts import LOST, doubtful_home
from tests.integration.hooked import Site, served

site = hooked.site
"""A fixture, for pytest to find here."""


def forged(site: Site) -> dict[str, bytes]:
    """Requests that must not be believed, by what is wrong with them."""
    good = sns.delivered(site.name(), LOST)
    old = sns.stamp(kit.NOW - timedelta(hours=1, seconds=1))
    ahead = sns.stamp(kit.NOW + timedelta(minutes=6))
    elsewhere = "https://sns.eu-central-1.amazonaws.com.zlosten.test/x.pem"
    return {
        "a key that is not theirs": site.sns.post(good, signer="foreign"),
        "another message": site.sns.post(good, unsigned={"Message": json.dumps(good) + " "}),
        "another id": site.sns.post(good, unsigned={"MessageId": "0-1"}),
        "a later hour": site.sns.post(
            good, Timestamp=old, unsigned={"Timestamp": sns.stamp(kit.NOW)}
        ),
        "an old hour": site.sns.post(good, Timestamp=old),
        "an hour to come": site.sns.post(good, Timestamp=ahead),
        "another topic": site.sns.post(good, TopicArn=sns.TOPIC + "2"),
        "a foreign host": site.sns.post(good, SigningCertURL=elsewhere),
    }


def test_a_forged_event_changes_nothing(site: Site) -> None:
    """Nothing is fetched from elsewhere, nothing is kept, and the answer does not say why."""
    before = kit.rows(site.ground.app)

    answers = {wrong: site.post(body) for wrong, body in forged(site).items()}

    assert set(answers.values()) == {403}, answers
    assert kit.rows(site.ground.app) == before
    assert site.sns.asked == [sns.CERTIFICATE]
    assert site.post(site.sns.post(sns.delivered(site.name(), LOST))) == 204


def test_garbage_is_turned_away(site: Site) -> None:
    """Whatever the bytes are, and whatever they are called."""
    bodies = [b"", b"{", b"[1]", b"\xff\xfe\x00", b"[" * 60_000, b'{"Type":"Notification"}']
    kinds = [{}] * len(bodies) + [{"Content-Type": "application/json"}]

    answers = [site.post(body, **kind) for body, kind in zip([*bodies, b"{"], kinds, strict=True)]

    assert set(answers) == {403}
    assert site.sns.asked == []


def test_a_megabyte_is_not_read(site: Site) -> None:
    """By its length, before anything is parsed."""
    status, _ = site.ask(b"x" * 1_000_000, "/hooks/ses")

    assert status == 413


def test_a_body_without_a_length_is_cut_off(site: Site) -> None:
    """A stream is counted as it comes, and nothing of it is believed."""
    pieces = (b"x" * 8192 for _ in range(20))

    assert site.ask(pieces, "/hooks/ses")[0] == 413
    assert site.sns.asked == []


def test_a_subscription_is_confirmed_by_a_visit(site: Site) -> None:
    """Once it is proven to be of the topic that the settings name; it is noted."""
    assert site.post(site.sns.confirmation()) == 204

    assert site.sns.asked == [sns.CERTIFICATE, sns.CONFIRM]
    with site.ground.app.store.reading() as work:
        assert work.activity.list()[0].what == "hook.confirm"


def test_nothing_else_is_visited(site: Site) -> None:
    """An envelope that is theirs and leads elsewhere, and one that is not theirs."""
    away = sns.CONFIRM.replace("amazonaws.com", "amazonaws.com.zlosten.test")

    assert site.post(site.sns.confirmation(SubscribeURL=away)) == 403
    assert site.post(site.sns.confirmation(TopicArn=sns.TOPIC + "2")) == 403
    assert site.post(site.sns.confirmation(signer="foreign")) == 403
    assert site.sns.asked == [sns.CERTIFICATE]


def test_the_end_of_a_subscription_is_not_undone(site: Site) -> None:
    """Its address would subscribe again: whoever ended it in the console meant it."""
    assert site.post(site.sns.confirmation(Type="UnsubscribeConfirmation")) == 204
    assert site.sns.asked == [sns.CERTIFICATE]


def test_an_expired_certificate_proves_nothing(site: Site) -> None:
    """Whoever found an old key cannot speak by it."""
    year = timedelta(days=365)
    past = sns.certificate("own", kit.NOW - 2 * year, kit.NOW - year)
    site.sns.pages[sns.CERTIFICATE] = past

    assert site.post(site.sns.post(sns.delivered(site.name(), LOST))) == 403


def test_a_certificate_that_cannot_be_had_now_asks_for_a_repeat(site: Site) -> None:
    """503: the provider tells it again, and then it counts."""
    body = site.sns.post(sns.delivered(site.name(), LOST))
    site.sns.down = True
    assert site.post(body) == 503
    assert site.state() is DeliveryState.UNKNOWN

    site.sns.down = False
    assert site.post(body) == 204
    assert site.state() is DeliveryState.ACCEPTED


def test_strangers_make_us_fetch_a_few_times_only(site: Site) -> None:
    """Each names another file of the right host; who has a known certificate is still heard."""
    site.post(site.sns.post("здравей"))
    for number in range(hooks.FETCHES + 5):
        other = sns.CERTIFICATE.replace("0123", f"{number:04}")
        site.post(site.sns.post("здравей", SigningCertURL=other, signer="foreign"))

    assert len(site.sns.asked) == hooks.FETCHES
    assert site.post(site.sns.post(sns.delivered(site.name(), LOST))) == 204


def test_a_place_that_is_refused_too_often_is_not_heard(site: Site) -> None:
    """As at the door of the desk."""
    for _ in range(ALLOWED):
        assert site.post(b"x") == 403

    assert site.post(site.sns.post(sns.delivered(site.name(), LOST))) == 403
    assert site.state() is DeliveryState.UNKNOWN


def test_without_a_topic_there_is_no_such_page(tmp_path: Path) -> None:
    """Off unless the settings say so; and what is on is only what they name."""
    with doubtful_home(tmp_path / "home") as ground, served(ground) as site:
        body = site.sns.post(sns.delivered(site.name(), LOST))
        assert site.ask(body, "/hooks/ses")[0] == 404
        assert site.state() is DeliveryState.UNKNOWN


def test_only_known_providers_have_a_page(site: Site) -> None:
    """And a GET of one is none."""
    assert site.post(b"{}", "/hooks/drug") == 404
    assert site.ask(b"{}", "/hooks/ses/x")[0] in {403, 404}
