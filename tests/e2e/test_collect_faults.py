"""Two hundred outlets, forty of which misbehave: the others give everything, each fault is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import Ran, digest
from tests.fakes.sites import BAD, SLOW, Outlets, serving

GOOD = 160
EACH = 4
"""Outlets that misbehave in each of the ten ways."""
NOW = "2026-11-20T05:00:00+00:00"
LATER = "2026-11-20T06:00:00+00:00"


@pytest.fixture
def outlets() -> Iterator[Outlets]:
    kinds = {f"dobro{n}.example.bg": "good" for n in range(GOOD)}
    kinds |= {f"{kind}{n}.example.bg": kind for kind in BAD for n in range(EACH)}
    with serving(kinds) as here:
        yield here


@pytest.fixture
def newsroom(home: Path, outlets: Outlets) -> Path:
    """A home that reads all of them."""
    rows = "".join(
        f'<outline text="{host}" type="rss" xmlUrl="https://{host}/rss"/>' for host in outlets.kinds
    )
    (home / "all.opml").write_text(f'<opml version="2.0"><body>{rows}</body></opml>', "utf-8")
    mirrors = "".join(
        f'"https://{host}" = "http://127.0.0.1:{outlets.port}"\n' for host in outlets.kinds
    )
    (home / "digest.toml").write_text(
        f"[collect]\ntimeout_seconds = 8\n[collect.mirrors]\n{mirrors}", encoding="utf-8"
    )
    added = digest("sources", "import", home / "all.opml", "--rights", "licensed", "--home", home,
                   "--json")  # fmt: skip
    assert added.row["added"] == GOOD + EACH * len(BAD), added.err
    return home


def collect(home: Path, now: str) -> Ran:
    """One round as a process of its own."""
    return digest("collect", "--home", home, "--now", now, "--json")


def test_forty_bad_outlets_stop_none_of_the_good(newsroom: Path, outlets: Outlets) -> None:
    """All good articles come, every bad outlet is a failure with its cause, nothing waits long."""
    ran = collect(newsroom, NOW)

    assert ran.code == 3
    row = ran.row
    assert (row["sources"], row["fetched"], row["failed"]) == (200, GOOD, EACH * len(BAD))
    assert row["articles_new"] == 2 * GOOD
    assert _all_good_served_before_a_slow_one_ended(outlets)
    listed = digest("sources", "list", "--home", newsroom, "--now", NOW, "--json").rows
    causes = {kind: _said_of(listed, kind) for kind in BAD}
    assert all(len(said) == EACH for said in causes.values())
    for kind, word in {
        "drip": "8 секунди", "silent": "8 секунди", "bomb": "надхвърля", "loop": "препраща",
        "inside": "вътрешна мрежа", "broken": "500", "entities": "ENTITY", "gone": "410",
    }.items():  # fmt: skip
        assert all(word in said for said in causes[kind]), (kind, causes[kind])


def _said_of(listed: list[dict], kind: str) -> list[str]:
    rows = [row for row in listed if row["outlet"].startswith(kind)]
    assert all(row["level"] in {"failing", "paused"} for row in rows), rows
    return [f"{row['sentence']} {row['last_error']}" for row in rows]


def _all_good_served_before_a_slow_one_ended(outlets: Outlets) -> bool:
    """Whether every good feed was answered while the slow ones still held their connections."""
    slow = {host for kind in SLOW for host in outlets.hosts(kind)}
    feeds = [(what, host) for what, host, path in outlets.events if path == "/rss"]
    served = [place for place, (what, host) in enumerate(feeds) if what == "ended"
              and host not in slow and outlets.kinds[host] == "good"]  # fmt: skip
    slow_ends = [place for place, (what, host) in enumerate(feeds) if what == "ended"
                 and host in slow]  # fmt: skip
    return len(served) == GOOD and (not slow_ends or max(served) < min(slow_ends))


def test_the_second_round_asks_with_validators(newsroom: Path, outlets: Outlets) -> None:
    """Good outlets say „not modified“, a removed one is not asked again."""
    collect(newsroom, NOW)
    outlets.events.clear()

    row = collect(newsroom, LATER).row

    assert (row["not_modified"], row["articles_new"]) == (GOOD, 0)
    assert outlets.conditional == set(outlets.hosts("good"))
    assert row["waiting"] == EACH
    asked = {host for what, host, _ in outlets.events if what == "asked"}
    assert not asked & set(outlets.hosts("gone"))
