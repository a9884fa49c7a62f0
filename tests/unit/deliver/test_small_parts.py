"""Return paths, lanes, the folder, and the texts that name a transport."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.folder import FolderTransport, file_name
from digest.deliver.lanes import LANES, lane_of
from digest.deliver.smtp import SmtpSpec
from digest.deliver.transport import parse_transport
from digest.deliver.verp import delivery_of, return_path
from digest.errors import StorageFault, WrongSettings
from digest.model import DeliveryId, Outcome
from digest.store.signer import Signer
from tests.fakes.mail import DELIVERY

KEY = b"k" * 32
HOME = Path("/home-of-tests")


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=6))
def test_return_path_survives_folding_and_names_its_delivery(ident: str) -> None:
    """Upper case, brackets: the id comes back."""
    path = return_path(DeliveryId(ident), key=KEY, domain="news.example.bg")

    assert delivery_of(path, keys=[KEY]) == ident
    assert delivery_of(f"<{path.upper()}>", keys=[b"other", KEY]) == ident


def test_return_path_of_a_real_id_is_short() -> None:
    """Forty octets: some relays cut longer local parts."""
    local = return_path(DELIVERY.id, key=KEY, domain="x.bg").partition("@")[0]

    assert len(local) <= 40


@given(st.integers(min_value=1, max_value=2**63 - 1))
def test_every_row_has_a_return_path_in_lower_case_that_fits(row: int) -> None:
    """64 octets of local part (RFC 5321 §4.5.3.1.1), also for the last row a database can count."""
    ident = Signer(KEY).delivery_id(row)

    local = return_path(ident, key=KEY, domain="x.bg").partition("@")[0]

    assert len(local) <= 64
    assert local == local.lower()
    assert delivery_of(f"{local.upper()}@x.bg", keys=[KEY]) == ident


def test_id_too_long_for_a_return_path_is_said_so() -> None:
    """Better than an address that no relay takes."""
    with pytest.raises(ValueError, match="fits no return path"):
        return_path(DeliveryId("x" * 60), key=KEY, domain="x.bg")


@given(st.text(max_size=60))
def test_forged_return_path_names_nothing(text: str) -> None:
    """Neither random text nor a real id under another seal."""
    assert delivery_of(text, keys=[KEY]) is None
    forged = return_path(DELIVERY.id, key=b"not the key", domain="x.bg")
    assert delivery_of(forged, keys=[KEY]) is None


@pytest.mark.parametrize(
    ("address", "lane"),
    [
        ("a@abv.bg", "abv.bg"),
        ("a@ABV.BG", "abv.bg"),
        ("a@gbg.bg", "abv.bg"),
        ("a@mail.bg", "mail.bg"),
        ("a@dir.bg", "dir.bg"),
        ("a@gmail.com", "gmail"),
        ("a@googlemail.com", "gmail"),
        ("a@hotmail.com", "outlook"),
        ("a@live.co.uk", "outlook"),
        ("a@yahoo.fr", "yahoo"),
        ("a@example.bg", "rest"),
        ("a@yahoo.example", "rest"),
        ("a@notabv.bg", "rest"),
        ("no address", "rest"),
    ],
)
def test_lane_follows_the_provider(address: str, lane: str) -> None:
    """Families share a lane; look-alikes do not."""
    assert lane_of(address) == lane
    assert lane in LANES


def test_folder_writes_one_file_however_often_it_is_asked(tmp_path: Path) -> None:
    """A repeated send is the same file, and no part is left lying about."""
    transport = FolderTransport(tmp_path / "out")

    first = transport.send(DELIVERY, b"one\r\n", "")
    second = transport.send(DELIVERY, b"one\r\n", "")

    assert [first.outcome, second.outcome] == [Outcome.ACCEPTED] * 2
    assert [f.name for f in (tmp_path / "out").iterdir()] == [f"{DELIVERY.id}.eml"]


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=300))
def test_file_name_stays_in_its_folder(ident: str) -> None:
    """No id climbs out, hides, or is longer than a file system takes."""
    name = file_name(DeliveryId(ident))

    assert "/" not in name
    assert "\0" not in name
    assert not name.startswith(".")
    assert len(name.encode()) <= 255


def test_full_disk_gives_the_row_back_with_a_remedy(tmp_path: Path) -> None:
    """What cannot be written was not sent; the fault says so."""
    blocked = tmp_path / "out"
    blocked.write_text("a file where the folder should be")
    transport = FolderTransport(blocked)

    result = transport.send(DELIVERY, b"one\r\n", "")

    assert (result.outcome, result.reason) == (Outcome.RETURNED, "connect")
    assert isinstance(transport.fault, StorageFault)


def test_write_that_fails_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    """No half message stands in the folder, and the next one fits again."""
    transport = FolderTransport(tmp_path)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        result = transport.send(DELIVERY, b"x" * 5000, "")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert result.outcome is Outcome.RETURNED
    assert isinstance(transport.fault, StorageFault)
    assert list(tmp_path.iterdir()) == []
    assert transport.send(DELIVERY, b"x" * 5000, "").outcome is Outcome.ACCEPTED
    assert transport.fault is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", f"folder:{HOME / 'outbox'}"),
        ("folder:pisma", f"folder:{HOME / 'pisma'}"),
        ("folder:/srv/pisma", "folder:/srv/pisma"),
        ("smtp://127.0.0.1:2525", "smtp://127.0.0.1:2525"),
        ("smtp://relay.example.bg", "smtp://relay.example.bg:25"),
        ("smtp://u:p@relay.example.bg", "smtp://relay.example.bg:587"),
        ("smtps://u:p%40@relay.example.bg", "smtps://relay.example.bg:465"),
        ("lmtp://[::1]:2424", "lmtp://[::1]:2424"),
        ("lmtp:///run/lmtp", "lmtp:///run/lmtp"),
    ],
)
def test_transport_is_named_by_a_text(text: str, shown: str) -> None:
    """Defaults of port and folder; no password in what is shown."""
    assert parse_transport(text, home=HOME, timeout=5).shown == shown


@pytest.mark.parametrize(
    "text",
    [
        "ftp://x",
        "folder:",
        "folder:\0",
        "smtp://",
        "smtp://x:99999",
        "smtp://x:0",
        "smtp://x/y",
        "smtp://x?tls=maybe",
        "smtp://x?color=red",
        "smtp://u@x",
        "smtp://[::1",
        "smtp://x?helo=a%0Ab",
        "smtp://тайна:парола@",
        "outbox",
    ],
)
def test_wrong_transport_is_wrong_settings_with_an_example(text: str) -> None:
    """The message shows what is right and repeats no password."""
    with pytest.raises(WrongSettings) as caught:
        parse_transport(text, home=HOME, timeout=5)

    assert "smtp://127.0.0.1:25" in caught.value.fix
    assert "парола@" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "required"),
    [
        ("smtp://127.0.0.1", False),
        ("smtp://localhost", False),
        ("smtp://relay.example.bg", True),
        ("smtp://192.0.2.7", True),
        ("smtp://relay.example.bg?tls=off", False),
        ("smtp://127.0.0.1?tls=required", True),
    ],
)
def test_tls_is_required_away_from_loopback(text: str, *, required: bool) -> None:
    """Unless it is switched off in so many words."""
    spec = parse_transport(text, home=HOME, timeout=5)

    assert isinstance(spec, SmtpSpec)
    assert spec.tls_required is required
