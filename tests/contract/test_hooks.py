"""What every adapter of a hook must hold to; a new provider adds a row to `PROVIDERS`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import DigestError
from digest.inbound.hooks.port import AHEAD, MAX_WORDS, OLDEST, Denied, Event, Heard, Hook, Kind
from digest.inbound.hooks.ses import SesHook
from digest.model import DeliveryState
from tests.fakes import sns

NOW = datetime(2026, 11, 23, 4, 20, tzinfo=UTC)
NAME, READER = "d7-abcdefghij", "ivan@example.bg"


@dataclass(frozen=True)
class Provider:
    """An adapter, and its provider's requests: about an event of a kind, or with any content."""

    hook: Hook
    tells: Callable[[Kind, datetime], bytes]
    forges: Callable[[Kind], bytes]
    signs: Callable[[str], bytes]
    offline: Hook


SES = {
    Kind.DELIVERED: sns.delivered(NAME, READER),
    Kind.HARD: sns.bounced(NAME, READER, said=f"smtp; 550 5.1.1 <{READER}>\r\nuser unknown"),
    Kind.SOFT: sns.bounced(NAME, READER, status="4.2.2", said="full", kind="Transient"),
    Kind.COMPLAINT: sns.complained(NAME, READER),
    Kind.OTHER: {"eventType": "Open", "mail": sns.mail(NAME, READER)},
}


def _ses() -> Provider:
    topic, nowhere = sns.Sns(NOW), sns.Sns(NOW, down=True)
    return Provider(
        hook=SesHook({sns.TOPIC}, topic.fetch),
        tells=lambda kind, at: topic.post(SES[kind], Timestamp=sns.stamp(at)),
        forges=lambda kind: topic.post(SES[kind], signer="foreign"),
        signs=topic.post,
        offline=SesHook({sns.TOPIC}, nowhere.fetch),
    )


PROVIDERS = {"ses": _ses()}


@pytest.fixture(params=sorted(PROVIDERS))
def provider(request: pytest.FixtureRequest) -> Provider:
    return PROVIDERS[request.param]


def heard(provider: Provider, body: bytes, now: datetime = NOW) -> Event:
    said = provider.hook.read({}, body, now)
    assert isinstance(said, Heard)
    return said.events[0]


def test_its_name_is_the_end_of_its_address(provider: Provider) -> None:
    """The guard lets small Latin letters through, and nothing else."""
    assert re.fullmatch("[a-z]+", provider.hook.name)


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_is_told_with_whose_it_is(provider: Provider, kind: Kind) -> None:
    """The delivery's name, the reader's address, an id and the moment."""
    event = heard(provider, provider.tells(kind, NOW))

    assert event.kind is kind
    assert NAME in {one.strip("<>").partition("@")[0] for one in event.names}
    assert event.recipients == (READER,)
    assert (bool(event.event_id), event.at) == (True, NOW)


@pytest.mark.parametrize(
    ("kind", "ends"),
    [
        (Kind.DELIVERED, DeliveryState.ACCEPTED),
        (Kind.COMPLAINT, DeliveryState.ACCEPTED),
        (Kind.HARD, DeliveryState.REFUSED),
        (Kind.SOFT, None),
        (Kind.OTHER, None),
    ],
)
def test_a_doubt_ends_only_by_what_is_certain(
    provider: Provider, kind: Kind, ends: DeliveryState | None
) -> None:
    """What passes or is not known says nothing for certain."""
    assert heard(provider, provider.tells(kind, NOW)).ends is ends


def test_words_are_one_line_without_an_address(provider: Provider) -> None:
    """They go into notes that outlive a reader's erasure."""
    words = heard(provider, provider.tells(Kind.HARD, NOW)).words

    assert "user unknown" in words
    assert READER not in words
    assert words.isprintable()


def test_a_repeat_has_the_same_id_and_another_event_another(provider: Provider) -> None:
    """By it the ledger knows what it has heard."""
    body = provider.tells(Kind.HARD, NOW)

    assert heard(provider, body).event_id == heard(provider, body).event_id
    assert (
        heard(provider, body).event_id
        != heard(provider, provider.tells(Kind.HARD, NOW)).event_id
    )  # fmt: skip


@pytest.mark.parametrize("kind", list(Kind))
def test_a_forged_request_is_denied(provider: Provider, kind: Kind) -> None:
    """Signed by a key that is not the provider's."""
    assert isinstance(provider.hook.read({}, provider.forges(kind), NOW), Denied)


@pytest.mark.parametrize("off", [-OLDEST - timedelta(seconds=1), AHEAD + timedelta(seconds=1)])
def test_another_time_is_denied(provider: Provider, off: timedelta) -> None:
    """What was recorded, and what a wrong clock signed."""
    body = provider.tells(Kind.HARD, NOW + off)

    assert isinstance(provider.hook.read({}, body, NOW), Denied)


def test_what_cannot_be_checked_now_is_neither_heard_nor_denied(provider: Provider) -> None:
    """The provider is to tell it again."""
    with pytest.raises(DigestError):
        provider.offline.read({}, provider.tells(Kind.HARD, NOW), NOW)


@pytest.mark.parametrize("name", sorted(PROVIDERS))
@given(body=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_denied(name: str, body: bytes) -> None:
    """Without an exception, and without asking anybody."""
    assert isinstance(PROVIDERS[name].offline.read({}, body, NOW), Denied)


_MEMBERS = st.sampled_from(
    [
        "Type",
        "MessageId",
        "TopicArn",
        "Message",
        "Timestamp",
        "Signature",
        "SignatureVersion",
        "SigningCertURL",
    ]
)
_ANY = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(member=_MEMBERS, value=_ANY | st.dates().map(str) | st.datetimes().map(str))
def test_no_member_of_an_envelope_breaks_its_reader(member: str, value: object) -> None:
    """One that is of another kind, or another text, is no longer what was signed."""
    body = json.dumps(sns.Sns(NOW).envelope("здравей", unsigned={member: value})).encode()

    assert isinstance(PROVIDERS["ses"].hook.read({}, body, NOW), Denied)


_TEXTS = st.sampled_from(["Bounce", "Complaint", "Delivery", "Reject", "Permanent", "Transient"])
_PARTS = (
    "eventType notificationType mail bounce complaint delivery reject headers tags name value "
    "recipients destination bouncedRecipients complainedRecipients bounceType bounceSubType "
    "emailAddress status diagnosticCode digest-delivery commonHeaders messageId smtpResponse"
)
_SAID = st.recursive(
    _TEXTS | st.none() | st.integers() | st.text(st.characters(exclude_categories=()), max_size=40),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(_PARTS.split()), inner, max_size=6)
    ),
    max_leaves=20,
)


@pytest.mark.parametrize("name", sorted(PROVIDERS))
@given(said=_SAID, kind=_TEXTS)
def test_whatever_is_signed_can_be_kept(name: str, said: object, kind: str) -> None:
    """Its texts fit a database: no zero byte, no half of a letter, a bounded length."""
    whole = {"eventType": kind, kind.lower(): said, "mail": said}
    event = heard(PROVIDERS[name], PROVIDERS[name].signs(json.dumps(whole)))

    for text in (*event.names, *event.recipients, event.words, event.reason, event.status or ""):
        assert "\x00" not in text
        assert len(text.encode()) <= 4 * max(MAX_WORDS, 320)
