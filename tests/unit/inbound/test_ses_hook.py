"""Amazon's envelopes and events, read without a site: what counts, and what each one means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from digest.inbound.hooks.port import Denied, Event, Heard, Kind
from digest.inbound.hooks.ses import SesHook
from digest.model import DeliveryState
from tests.fakes import sns

NOW = datetime(2026, 11, 23, 4, 20, tzinfo=UTC)
NAME, READER = "d7-abcdefghij", "ivan@example.bg"


@pytest.fixture
def topic() -> sns.Sns:
    return sns.Sns(NOW)


@pytest.fixture
def hook(topic: sns.Sns) -> SesHook:
    return SesHook({sns.TOPIC}, topic.fetch)


def event(hook: SesHook, topic: sns.Sns, message: object) -> Event:
    said = hook.read({}, topic.post(message), NOW)
    assert isinstance(said, Heard)
    return said.events[0]


@pytest.mark.parametrize(
    ("own", "kind", "reason", "ends"),
    [
        ({}, Kind.HARD, "unknown-user", DeliveryState.REFUSED),
        ({"status": "", "said": ""}, Kind.SOFT, "undefined", DeliveryState.REFUSED),
        ({"sub": "NoEmail", "status": "", "said": ""}, Kind.HARD, "unknown-user", "refused"),
        ({"sub": "Suppressed", "status": "5.1.1"}, Kind.HARD, "provider-suppressed", "refused"),
        ({"sub": "OnAccountSuppressionList"}, Kind.HARD, "provider-suppressed", "refused"),
        ({"status": "5.7.1", "said": "blocked using a list"}, Kind.SOFT, "policy", "refused"),
        ({"kind": "Transient", "sub": "MailboxFull", "status": "5.2.2", "said": "full"},
         Kind.SOFT, "mailbox-full", None),
        ({"kind": "Transient"}, Kind.SOFT, "unknown-user", None),
        ({"kind": "Undetermined"}, Kind.HARD, "unknown-user", DeliveryState.REFUSED),
        ({"kind": "Undetermined", "status": "", "said": "?"}, Kind.SOFT, "undefined", None),
    ],
)  # fmt: skip
def test_a_bounce_means(
    hook: SesHook,
    topic: sns.Sns,
    own: dict[str, str],
    kind: Kind,
    reason: str,
    ends: str | None,
) -> None:
    """By our own table where SES leaves it open; in doubt the reader stays."""
    found = event(hook, topic, sns.bounced(NAME, READER, **own))

    assert (found.kind, found.reason, found.ends) == (kind, reason, ends)


def test_a_complaint_on_the_accounts_own_list_was_never_sent(hook: SesHook, topic: sns.Sns) -> None:
    """SES took the message and stopped it: it has not arrived."""
    said = sns.complained(NAME, READER, complaintSubType="OnAccountSuppressionList")

    found = event(hook, topic, said)

    assert (found.kind, found.ends) == (Kind.COMPLAINT, DeliveryState.REFUSED)


def test_a_message_that_ses_rejects_is_our_matter(hook: SesHook, topic: sns.Sns) -> None:
    """It has not left, and the reader is not to blame."""
    mail = sns.mail(NAME, READER)
    said = {"eventType": "Reject", "mail": mail, "reject": {"reason": "Bad content"}}

    found = event(hook, topic, said)

    assert (found.kind, found.reason, found.ends) == (Kind.SOFT, "policy", DeliveryState.REFUSED)
    assert found.recipients == (READER,)


def test_names_stand_by_their_trust(hook: SesHook, topic: sns.Sns) -> None:
    """The tag of the API first, then our header, then the Message-ID that was replaced."""
    mail = sns.mail("d8-tagtagtagt", READER, how="tag")
    mail["headers"] = [
        {"name": "message-id", "value": "<d9-idididid@example.bg>"},
        {"name": "X-DIGEST-Delivery", "value": "d7-headhead"},
    ]

    found = event(hook, topic, {"eventType": "Delivery", "mail": mail, "delivery": {}})

    assert found.names[:3] == ("d8-tagtagtagt", "d7-headhead", "<d9-idididid@example.bg>")


def test_certificates_are_fetched_once(hook: SesHook, topic: sns.Sns) -> None:
    """A million deliveries are a million events."""
    for _ in range(3):
        hook.read({}, topic.post("здравей"), NOW)

    assert topic.asked == [sns.CERTIFICATE]


@pytest.mark.parametrize(
    "url",
    [
        sns.CERTIFICATE.replace("https", "http"),
        sns.CERTIFICATE.replace("amazonaws.com", "amazonaws.com.zlosten.test"),
        sns.CERTIFICATE.replace("amazonaws.com", "amazonaws.com:8443"),
        sns.CERTIFICATE.replace("https://", "https://zlosten.test@"),
        sns.CERTIFICATE.replace("https://", "https://zlosten.test#"),
        sns.CERTIFICATE.replace("https://", "https://zlosten.test\\"),
        sns.CERTIFICATE.replace("eu-central-1", "eu-west-1"),
        sns.CERTIFICATE.replace("sns.", "s3."),
        sns.CERTIFICATE.replace("/Simple", "/kofa/../Simple"),
        sns.CERTIFICATE + "?x=.pem",
        sns.CERTIFICATE + "\n",
        sns.CERTIFICATE.removesuffix(".pem"),
        "https://[",
        "",
    ],
)
def test_a_certificate_from_elsewhere_is_not_even_fetched(
    hook: SesHook, topic: sns.Sns, url: str
) -> None:
    """Only a file of the topic's own region, over https, by the plain name of the host."""
    said = hook.read({}, topic.post("здравей", SigningCertURL=url), NOW)

    assert said == Denied("a certificate from elsewhere")
    assert topic.asked == []


@pytest.mark.parametrize("page", [b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n", b"\xff" * 100])
def test_a_page_that_is_no_certificate_proves_nothing(
    hook: SesHook, topic: sns.Sns, page: bytes
) -> None:
    """And is not remembered as one."""
    good, topic.pages[sns.CERTIFICATE] = topic.pages[sns.CERTIFICATE], page
    assert isinstance(hook.read({}, topic.post("здравей"), NOW), Denied)

    topic.pages[sns.CERTIFICATE] = good
    assert isinstance(hook.read({}, topic.post("здравей"), NOW), Heard)


@pytest.mark.parametrize(("off", "said"), [(-60, Heard), (-61, Denied), (5, Heard), (6, Denied)])
def test_an_envelope_counts_for_an_hour(
    hook: SesHook, topic: sns.Sns, off: int, said: type
) -> None:
    """To the minute; a clock of theirs may be a little ahead."""
    at = sns.stamp(NOW + timedelta(minutes=off))

    assert isinstance(hook.read({}, topic.post("здравей", Timestamp=at), NOW), said)


@pytest.mark.parametrize(
    "url",
    [
        sns.CONFIRM.replace("amazonaws.com", "amazonaws.com.zlosten.test"),
        sns.CONFIRM.replace("eu-central-1.amazonaws", "eu-west-1.amazonaws", 1),
        sns.CONFIRM.replace("https", "http"),
        sns.CONFIRM.replace("sns.", "ivan@sns."),
        sns.CONFIRM.replace("/?", "/drug?"),
        sns.CONFIRM.replace("Confirm", "Delete"),
        sns.CONFIRM.replace("digest&", "drug&"),
        sns.CONFIRM + "&Action=DeleteTopic",
        sns.CONFIRM + "#x",
        "https://[",
    ],
)
def test_only_the_confirmation_of_this_topic_is_visited(
    hook: SesHook, topic: sns.Sns, url: str
) -> None:
    """Another host, region or scheme, another act, another topic: none, though it is signed."""
    assert isinstance(hook.read({}, topic.confirmation(SubscribeURL=url), NOW), Denied)


def test_a_confirmation_gives_its_address(hook: SesHook, topic: sns.Sns) -> None:
    """Visiting it is the caller's."""
    assert hook.read({}, topic.confirmation(), NOW) == Heard(visit=sns.CONFIRM)


def test_china_has_a_host_of_its_own() -> None:
    """Its partition ends in another domain, and no other partition may name it."""
    arn = "arn:aws-cn:sns:cn-north-1:111122223333:digest"
    url = "https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-01.pem"
    topic = sns.Sns(NOW)
    topic.pages[url] = topic.pages[sns.CERTIFICATE]

    said = topic.post("здравей", TopicArn=arn, SigningCertURL=url)

    assert isinstance(SesHook({arn}, topic.fetch).read({}, said, NOW), Heard)
    assert isinstance(SesHook({sns.TOPIC}, topic.fetch).read({}, said, NOW), Denied)
