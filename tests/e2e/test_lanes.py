"""`digest lanes` from the shell: what is shown, and who may let a stopped one go on."""

from __future__ import annotations

from pathlib import Path

from digest.model import LANES
from tests.e2e.conftest import digest

NOW = "2026-11-23T06:00:00+02:00"


def test_lanes_show_their_plan_and_resume_names_the_known_ones(home: Path) -> None:
    """A line for each provider, with today's limits; an unknown name is told what there is."""
    with (home / "digest.toml").open("a", encoding="utf-8") as settings:
        settings.write(
            "\n[dispatch.lanes.gmail]\nper_minute = 90\n\n"
            '[dispatch.warmup]\nstart = "2026-11-22"\nfirst = 100\ngrowth = 2\n'
        )

    listed = digest("lanes", "--home", home, "--json", "--now", NOW)
    wrong = digest("lanes", "resume", "nyama", "--as", "a@example.bg", "--home", home)
    right = digest("lanes", "resume", "gmail", "--as", "a@example.bg", "--home", home, "--json")
    gone = digest(
        "lanes", "resume", "gmail", "--gone", "--as", "a@example.bg", "--home", home, "--json"
    )

    assert listed.code == 0, listed.err
    assert [row["lane"] for row in listed.rows] == list(LANES)
    gmail = next(row for row in listed.rows if row["lane"] == "gmail")
    assert (gmail["state"], gmail["per_minute"], gmail["per_day"]) == ("limited", 90, 200)
    assert (gmail["waiting"], gmail["denied"], gmail["why"]) == (0, 0, None)
    assert wrong.code != 0
    assert "abv.bg" in wrong.err
    assert right.code == 0, right.err
    assert gone.code == 0, gone.err


def test_an_unknown_lane_in_the_settings_is_named(home: Path) -> None:
    """A slip of the pen must not leave a provider without its limit."""
    with (home / "digest.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[dispatch.lanes.gmial]\nper_minute = 90\n")

    ran = digest("lanes", "--home", home)

    assert ran.code == 2
    assert "gmial" in ran.err
