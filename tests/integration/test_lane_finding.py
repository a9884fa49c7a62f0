"""Readers of company domains find the lane of whoever takes their mail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.actions.app import App
from digest.actions.lane_finding import find_lanes
from digest.deliver.mx import lane_of_servers
from digest.errors import Unavailable, WrongSettings
from tests.faults.ground import add_readers
from tests.integration import web_kit as kit

SERVERS = {
    "firma.example": ("aspmx.l.google.com.", "alt1.aspmx.l.google.com."),
    "zavod.example": ("zavod-example.mail.protection.outlook.com",),
    "selo.example": ("mx.selo.example",),
    "bez.example": (),
}


def ask(name: str) -> tuple[str, ...]:
    if name not in SERVERS:
        raise Unavailable("DNS не отговори.", "Няма кой.", "Повторете.")
    return SERVERS[name]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = kit.make_app(tmp_path / "home")
    add_readers(made, ["a@firma.example", "b@FIRMA.example", "c@zavod.example", "d@selo.example",
                       "e@bez.example", "f@tih.example", "g@gmail.com", "h@ne-firma.example"])  # fmt: skip
    yield made
    made.close()


def lanes(app: App) -> dict[str, str]:
    with app.store.reading() as work:
        return {one.address: one.lane for one in work.roll.everyone()}


def test_a_company_goes_by_the_lane_of_its_mail_servers(app: App) -> None:
    """Whatever the case of its name; nobody else moves, and a second run asks again in vain."""
    found = find_lanes(app, ask=ask)

    assert dict(found.moved) == {"gmail": 2, "outlook": 1}
    assert (found.domains, found.silent) == (6, 2)
    assert lanes(app) == {
        "a@firma.example": "gmail", "b@firma.example": "gmail", "c@zavod.example": "outlook",
        "d@selo.example": "rest", "e@bez.example": "rest", "f@tih.example": "rest",
        "g@gmail.com": "gmail", "h@ne-firma.example": "rest",
    }  # fmt: skip
    assert dict(find_lanes(app, ask=ask).moved) == {}


def test_without_a_resolver_nobody_is_asked(app: App) -> None:
    """Off until a newsroom says whom to ask."""
    with pytest.raises(WrongSettings) as refused:
        find_lanes(app)

    assert "resolver" in refused.value.fix


@pytest.mark.parametrize(
    ("servers", "lane"),
    [
        (("MX1.ABV.BG.",), "abv.bg"),
        (("mx.evilgoogle.com",), "rest"),
        (("google.com.evil.example",), "rest"),
        (("backup.example", "mta7.am0.yahoodns.net"), "yahoo"),
        ((), "rest"),
    ],
)
def test_a_server_belongs_to_a_provider_by_its_own_domain(
    servers: tuple[str, ...], lane: str
) -> None:
    """The end of its name, label by label."""
    assert lane_of_servers(servers) == lane
