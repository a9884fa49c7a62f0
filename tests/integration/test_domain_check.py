"""The doctor asks a name server on the loopback what the sender's domain has published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from digest.actions.app import App
from digest.actions.domain_check import findings, sample
from digest.actions.reporting import doctor
from digest.deliver.txt import ask_dns
from digest.errors import Finding
from digest.settings import Collect, Publication, Settings
from tests.fakes.dns import names
from tests.integration import web_kit as kit

SETTINGS = Settings(
    publication=Publication(
        from_address="pregled@news.example.bg", public_url="https://news.example.bg"
    ),
    collect=Collect(slices=4),
)
SPF = '"v=spf1 ip4:192.0.2.5 ip6:2001:db8::5 ~all"'
V6 = "5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"
WHOLE = {
    "news.example.bg": ['"google-site-verification=abc"', SPF],
    "_dmarc.example.bg": ['"v=DMARC1; p=quarantine; rua=mailto:dmarc@example.bg"'],
    "PTR 5.2.0.192.in-addr.arpa": ["mx.news.example.bg."],
    f"PTR {V6}": ["mx.news.example.bg."],
    "A mx.news.example.bg": ["192.0.2.5"],
    "AAAA mx.news.example.bg": ["2001:db8::5"],
}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = kit.make_app(tmp_path / "home", settings=SETTINGS)
    yield made
    made.close()


def asked(app: App, zone: Mapping[str, list[str]], *, broken: bool = False) -> list[Finding]:
    with names(zone, broken=broken):
        return list(findings(app, ask_dns))


def levels(found: list[Finding]) -> list[tuple[str, str]]:
    return [(one.code, one.level) for one in found]


def test_a_domain_that_is_in_order_is_green(app: App) -> None:
    """Its own SPF, the DMARC record of the domain above it, and names that lead both ways."""
    found = asked(app, WHOLE)

    assert levels(found) == [(code, "green") for code in ("spf", "dmarc", "ptr", "ptr")]
    assert "p=quarantine" in found[1].what
    assert "192.0.2.5 е mx.news.example.bg" in found[2].what


def test_a_domain_without_records_is_told_what_to_publish(app: App) -> None:
    """Word for word, and for its own name."""
    spf, dmarc = asked(app, {})

    assert levels([spf, dmarc]) == [("spf", "yellow"), ("dmarc", "yellow")]
    assert "TXT за news.example.bg: „v=spf1 ip4:АДРЕС -all“" in spf.fix
    assert "TXT за _dmarc.news.example.bg: „v=DMARC1; p=none" in dmarc.fix


@pytest.mark.parametrize(
    ("records", "level", "said"),
    [
        ([SPF, '"v=spf1 include:_spf.example.com -all"'], "red", "2 SPF записа"),
        (['"v=spf1 ip4:192.0.2.5 +all"'], "yellow", "позволява на всекиго"),
        (['"v=spf1 all"'], "yellow", "позволява на всекиго"),
        (['"v=spf10 -all"'], "yellow", "няма SPF запис"),
        (['"V=SPF1 MX -all"'], "green", "V=SPF1 MX -all"),
        (['"v=spf1 -all"'], "red", "не позволява на никого"),
        (['"v=spf1 ip4:192.0.2.5 ?all"'], "yellow", "не казва нищо за чуждите"),
        (['"v=spf1 ip4:192.0.2.5"'], "yellow", "не казва нищо за чуждите"),
        (['"v=spf1 redirect=_spf.example.com"'], "green", "redirect=_spf"),
    ],
)
def test_an_spf_record_that_does_not_hold_is_named(
    app: App, records: list[str], level: str, said: str
) -> None:
    """Two are none (RFC 7208 §4.5), and one that lets anybody send is no help."""
    spf = asked(app, WHOLE | {"news.example.bg": records})[0]

    assert (spf.code, spf.level) == ("spf", level)
    assert said in spf.what


@pytest.mark.parametrize(
    ("records", "level", "said"),
    [
        (['"v=DMARC1; p=none"', '"v=DMARC1; p=reject"'], "red", "2 DMARC записа"),
        (['"v=DMARC1; rua=mailto:a@example.bg"'], "green", "p=none"),
        (['"v=DMARC1; adkim=s"'], "red", "не казва правило"),
        (['"v=DMARC1;p=reject"'], "green", "p=reject"),
        (['"v=DMARC10; p=none"'], "green", "p=quarantine"),
    ],
)
def test_a_dmarc_record_that_does_not_hold_is_named(
    app: App, records: list[str], level: str, said: str
) -> None:
    """The nearest one counts; what is none is passed over."""
    dmarc = asked(app, WHOLE | {"_dmarc.news.example.bg": records})[1]

    assert (dmarc.code, dmarc.level) == ("dmarc", level)
    assert said in dmarc.what


def test_the_rule_for_those_below_counts_for_a_domain_below(app: App) -> None:
    """`sp` of the record above (RFC 7489 §6.3), and not of one's own."""
    both = ['"v=DMARC1; p=none; sp=reject; rua=mailto:dmarc@example.bg"']

    above = asked(app, WHOLE | {"_dmarc.example.bg": both})[1]
    own = asked(app, WHOLE | {"_dmarc.news.example.bg": both})[1]

    assert "p=reject" in above.what
    assert "p=none" in own.what


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ({"PTR 5.2.0.192.in-addr.arpa": []}, "192.0.2.5 няма обратно име"),
        ({"A mx.news.example.bg": ["192.0.2.77"]}, "не води обратно към него"),
        ({"AAAA mx.news.example.bg": []}, "2001:db8::5 се казва mx.news.example.bg"),
    ],
)
def test_an_address_whose_name_does_not_lead_back_is_named(
    app: App, zone: dict[str, list[str]], said: str
) -> None:
    """Of those that SPF names one by one."""
    (found,) = [one for one in asked(app, WHOLE | zone) if one.level != "green"]

    assert (found.code, found.level) == ("ptr", "yellow")
    assert said in found.what
    assert found.fix


@pytest.mark.parametrize(
    ("record", "level", "said"),
    [
        ('"v=spf1 include:amazonses.com ip4:192.0.2.0/24 -all"', "green", "доставчикът"),
        ('"v=spf1 a mx -all"', "yellow", "не назовава отделен адрес"),
        ('"v=spf1 ip4:not-an-address -all"', "yellow", "не назовава отделен адрес"),
    ],
)
def test_where_no_single_address_is_named_it_says_why_none_is_asked_about(
    app: App, record: str, level: str, said: str
) -> None:
    """A provider's addresses are the provider's; others must be named first."""
    found = asked(app, WHOLE | {"news.example.bg": [record]})[-1]

    assert (found.code, found.level) == ("ptr", level)
    assert said in found.what


def test_a_resolver_that_fails_is_asked_once(app: App) -> None:
    """Yellow: a record is not missing because nobody could be asked."""
    (found,) = asked(app, {}, broken=True)

    assert (found.code, found.level) == ("mail-domain", "yellow")
    assert "DNS не отговори за news.example.bg" in found.what


def test_nobody_is_asked_about_an_example() -> None:
    """The settings of a new home are examples; a name that only ends like one is none."""
    assert all(map(sample, ("example.bg", "news.example.bg", "poshta.test", "a.localhost")))
    assert not any(map(sample, ("myexample.bg", "test.bg", "example.bg.test.bg")))


def test_the_doctor_shows_neither_for_an_example_but_that_it_is_one(app: App) -> None:
    """And that slices of collecting do nothing beside SQLite."""
    found = {one.code: one for one in doctor(app)}

    assert not {"spf", "dmarc", "ptr", "mail-domain"} & found.keys()
    assert found["from-address"].level == "yellow"
    assert found["slices"].level == "yellow"
    assert "collect.slices = 4" in found["slices"].what
