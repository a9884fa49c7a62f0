"""Adversarial cases 10, 11, 12 and 19 over real sockets: servers that lie, drip, bomb and move."""

from __future__ import annotations

import errno
import gzip
import socket
from asyncio.selector_events import BaseSelectorEventLoop
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TypeAlias

import pytest

from digest.collect import watch
from digest.collect.fetch import Failed, Fetched, Request, fetch_now, fetch_stream
from digest.collect.robots import Robots, request_of
from digest.gathered import SourceState
from digest.model import Rights, Source, SourceId
from digest.settings import Collect
from tests.adversarial.documents import NOW
from tests.fakes.sites import serving as misbehaving
from tests.integration.outlets import Site, serving

LIMITS = Collect(timeout_seconds=3, max_bytes=200_000, max_redirects=3, workers=1)
Answer: TypeAlias = Fetched | Failed


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as here:
        yield here


def ask(site: Site, path: str, **more: str) -> Answer:
    """The answer to one request of an address that a person typed."""
    request = Request(site.url(path), trusted=frozenset({f"127.0.0.1:{site.port}"}), **more)
    return fetch_now([request], LIMITS)[0]


def source_of(url: str) -> Source:
    return Source(SourceId("s"), url, Rights.EXTRACT, "Вестник")


def moved_for(site: Site, days: int, status: int = 301) -> SourceState:
    """The state after a redirect has been met once a day for so many days."""
    site.put("/new", "<rss/>")
    site.put("/rss", b"", status, Location="/new")
    state = SourceState(SourceId("s"))
    for day in range(days + 1):
        answer = ask(site, "/rss")
        assert isinstance(answer, Fetched)
        at = NOW + timedelta(days=day)
        state = watch.succeeded(state, answer, now=at, new=0)
    return state


def adopted(state: SourceState, days: int) -> str:
    return watch.adoption(state, NOW + timedelta(days=days), LIMITS)


def test_case_10_one_permanent_redirect_moves_nothing(site: Site) -> None:
    """A single 301 has destroyed subscriptions."""
    assert adopted(moved_for(site, 0), 0) == ""


def test_case_10_seven_days_of_the_same_target_move_the_source(site: Site) -> None:
    """The same valid target every time for a week."""
    state = moved_for(site, 7)

    assert adopted(state, 6) == ""
    assert adopted(state, 7) == site.url("/new")


def test_case_10_a_temporary_redirect_never_moves(site: Site) -> None:
    """302 for thirty days is still a detour."""
    assert adopted(moved_for(site, 30, status=302), 30) == ""


def test_case_10_a_loop_ends(site: Site) -> None:
    """Round and round: given up at the limit."""
    site.put("/a", b"", 302, Location="/b")
    site.put("/b", b"", 302, Location="/a")

    answer = ask(site, "/a")

    assert isinstance(answer, Failed)
    assert answer.code == "redirects"


@pytest.mark.parametrize(
    "inside",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[fe80::1]/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://[::ffff:169.254.169.254]/",
        "http://0.0.0.0/",
    ],
)
def test_case_10_a_redirect_inside_is_refused(site: Site, inside: str) -> None:
    """A link-local address answers with a cloud machine's credentials."""
    site.put("/rss", b"", 302, Location=inside)

    answer = ask(site, "/rss")

    assert isinstance(answer, Failed)
    assert answer.code == "private"


def test_case_10_a_name_is_asked_once_and_what_it_says_is_what_is_reached(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Public at the first question, loopback at the next: there is no next one to be deceived by.

    The check and the connection are about one answer of the name service, a second try too.
    """
    names = Names(["8.8.8.8", "127.0.0.1"])
    reached: list[object] = []

    async def unreachable(_loop: object, _sock: socket.socket, address: object) -> None:
        reached.append(address)
        raise ConnectionRefusedError(errno.ECONNREFUSED, "refused")

    monkeypatch.setattr(socket, "getaddrinfo", names.getaddrinfo)
    monkeypatch.setattr(BaseSelectorEventLoop, "sock_connect", unreachable)

    answer = fetch_now([Request(f"http://smenya.example.bg:{site.port}/rss")], LIMITS)[0]

    assert isinstance(answer, Failed)
    assert answer.code == "network"
    assert reached == [("8.8.8.8", site.port)] * 2
    assert names.asked == 1
    assert site.asked == []


def test_case_10_a_name_that_leads_inside_at_its_second_hop(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trusted place sends on to a name that is nobody's: the name is on the loopback too."""
    monkeypatch.setattr(socket, "getaddrinfo", Names(["127.0.0.1"]).getaddrinfo)
    site.put("/rss", b"", 302, Location=f"http://smenya.example.bg:{site.port}/vatre")
    site.put("/vatre", "тайна")

    answer = ask(site, "/rss")

    assert isinstance(answer, Failed)
    assert answer.code == "private"
    assert [path for path, _ in site.asked] == ["/rss"]


def test_case_10_an_open_connection_is_no_way_in(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two requests of one session to one name: the second is nobody's word, and is refused."""
    monkeypatch.setattr(socket, "getaddrinfo", Names(["127.0.0.1"]).getaddrinfo)
    site.put("/rss", "да")
    site.put("/vatre", "тайна")
    place = f"pokazano.example.bg:{site.port}"
    requests = [
        Request(f"http://{place}/rss", trusted=frozenset({place})),
        Request(f"http://{place}/vatre"),
    ]

    first, second = fetch_now(requests, LIMITS)

    assert isinstance(first, Fetched)
    assert isinstance(second, Failed)
    assert second.code == "private"
    assert [path for path, _ in site.asked] == ["/rss"]


class Names:
    """A name service that gives another address at each question."""

    def __init__(self, addresses: list[str]) -> None:
        self._addresses = addresses
        self.asked = 0

    def getaddrinfo(
        self, host: str, port: int | str | None, *_: object, **__: object
    ) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        address = self._addresses[min(self.asked, len(self._addresses) - 1)]
        self.asked += 1
        where = (address, int(port or 0))
        return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", where)]


def after(state: SourceState, answer: Answer, at: datetime = NOW) -> SourceState:
    assert isinstance(answer, Fetched)
    return watch.succeeded(state, answer, now=at, new=0)


def next_request(site: Site, state: SourceState, at: datetime) -> Request:
    planned = watch.plan(source_of(site.url("/rss")), state, now=at, urgent=True, limits=LIMITS)
    assert isinstance(planned, Request)
    return planned


def test_case_11_a_304_with_a_new_tag_is_remembered(site: Site) -> None:
    """The validator of the last answer counts, a 304 too."""
    site.put("/rss", "<rss/>", ETag='"v1"')
    state = after(SourceState(SourceId("s")), ask(site, "/rss"))
    refreshed = Fetched(Request(site.url("/rss")), site.url("/rss"), 304, {"etag": '"v2"'})

    state = after(state, refreshed, NOW + timedelta(hours=1))

    assert next_request(site, state, NOW + timedelta(hours=2)).etag == '"v2"'


def test_case_11_a_validator_from_2041_is_not_sent_back(site: Site) -> None:
    """It would say „not modified“ for fifteen years."""
    site.put("/rss", "<rss/>", Last_Modified="Fri, 15 Nov 2041 10:00:00 GMT")

    state = after(SourceState(SourceId("s")), ask(site, "/rss"))

    assert next_request(site, state, NOW + timedelta(hours=1)).last_modified is None


def test_case_12_a_gzip_bomb_is_given_up_at_the_limit(site: Site) -> None:
    """Sixty megabytes in sixty kilobytes."""
    site.put("/rss", gzip.compress(b" " * 60_000_000), Content_Encoding="gzip")

    answer = ask(site, "/rss")

    assert isinstance(answer, Failed)
    assert "надхвърля" in answer.error.why


def test_case_12_a_slow_drip_costs_its_own_limit_and_nobody_else() -> None:
    """The others have answered before the drip is given up."""
    kinds = {"kape.example.bg": "drip"} | {f"dobro{n}.example.bg": "good" for n in range(6)}
    with misbehaving(kinds) as outlets:
        origin = f"http://127.0.0.1:{outlets.port}"
        limits = LIMITS.model_copy(update={"mirrors": {f"https://{h}": origin for h in kinds}})
        requests = [Request(f"https://{host}/rss") for host in kinds]

        order = [(place, answer) for place, answer in fetch_stream(requests, limits)]

    assert order[-1][0] == 0
    assert isinstance(order[-1][1], Failed)
    assert order[-1][1].code == "timeout"
    assert all(isinstance(answer, Fetched) for _, answer in order[:-1])


def test_case_19_a_429_on_one_of_twenty_feeds_stops_its_host(site: Site) -> None:
    """After the first 429 nothing more is asked of the host, and all its feeds wait."""
    for number in range(20):
        site.put(f"/rss/{number}", "<rss/>")
    site.put("/rss/3", b"", 429, Retry_After="600")
    trusted = frozenset({f"127.0.0.1:{site.port}"})
    requests = [Request(site.url(f"/rss/{n}"), trusted=trusted) for n in range(20)]

    answers = fetch_now(requests, LIMITS)

    assert [isinstance(one, Fetched) for one in answers] == [True] * 3 + [False] * 17
    assert len(site.asked) == 4
    limited = [one for one in answers if isinstance(one, Failed)]
    assert {one.retry_after for one in limited} == {600}
    state = watch.failed(SourceState(SourceId("s")), limited[-1], now=NOW)
    early = NOW + timedelta(seconds=599)
    source = source_of(site.url("/rss/19"))
    waits = watch.plan(source, state, now=early, urgent=True, limits=LIMITS)
    assert isinstance(waits, watch.Wait)
    assert waits.code == "retry-after"


def test_case_19_a_429_holds_for_the_feeds_that_had_answered(site: Site) -> None:
    """The host's word counts for all its sources, those read before it too."""
    before = [(source_of(site.url(f"/rss/{n}")), SourceState(SourceId(str(n)))) for n in range(3)]
    other = (source_of("https://drug.example.bg/rss"), SourceState(SourceId("x")))

    until = NOW + timedelta(minutes=10)

    told = watch.spread([*before, other], "127.0.0.1", until)

    assert [one.not_before for one in told] == [until, until, until, None]


@pytest.mark.parametrize(
    ("status", "body", "allowed"),
    [
        (404, "", True),
        (500, "", False),
        (503, "", False),
        (200, "<!DOCTYPE html><html><body>Disallow: /</body></html>", True),
        (200, "User-agent: *\nDisallow: /novini/*/print\n", True),
        (200, "User-agent: *\nDisallow: /\nAllow: /novini/\n", True),
        (200, "User-agent: *\nDisallow: /novini/\n", False),
        (200, "\ufeffUser-agent: digest\nDisallow: /\n", False),
    ],
)
def test_case_19_robots_as_the_standard_reads_them(
    site: Site, status: int, body: str, *, allowed: bool
) -> None:
    """404 allows, 5xx forbids for this round, a page of HTML has no rules (RFC 9309)."""
    site.put("/robots.txt", body, status)
    url = site.url("/novini/1")
    robots = Robots(LIMITS.user_agent)

    robots.learn(fetch_now([request_of(url, frozenset({f"127.0.0.1:{site.port}"}))], LIMITS)[0])

    assert robots.allows(url) is allowed
