"""Bad input of every kind: a clear message, the right exit code, nothing lost."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.e2e.conftest import digest, free_port


def test_unknown_setting_is_refused_by_name(home: Path) -> None:
    """A misspelt key in the file or the environment is named; exit code 2."""
    (home / "digest.toml").write_text("[dispatch]\nconections = 3\n", encoding="utf-8")

    file = digest("settings", "explain", "--home", home)
    variable = digest("settings", "explain", DIGEST_DISPATCH__CONECTIONS="3")

    assert (file.code, variable.code) == (2, 2)
    assert "dispatch.conections" in file.err
    assert "DIGEST_DISPATCH__CONECTIONS" in variable.err


def test_broken_settings_file_is_refused_with_its_line(home: Path) -> None:
    """What is no TOML is said with the line; no traceback."""
    (home / "digest.toml").write_text("[publication\nname = ", encoding="utf-8")

    ran = digest("doctor", "--home", home)

    assert ran.code == 2
    assert "line 1" in ran.err


def test_database_of_a_newer_version_is_left_alone(home: Path) -> None:
    """A newer schema is refused with the remedy and not touched."""
    with sqlite3.connect(home / "digest.sqlite3") as base:
        base.execute("update alembic_version set version_num = '9999_newer'")

    ran = digest("edition", "list", "--home", home, "--json")

    assert ran.code == 1
    assert ran.row["error"]["fix"]
    with sqlite3.connect(home / "digest.sqlite3") as base:
        assert base.execute("select version_num from alembic_version").fetchall() == [
            ("9999_newer",)
        ]


def test_a_folder_that_is_no_home_is_named(tmp_path: Path) -> None:
    """A mistyped --home does not become a new empty newsroom."""
    ran = digest("collect", "--home", tmp_path / "niama")

    assert ran.code == 2
    assert "digest init" in ran.err
    assert not (tmp_path / "niama").exists()


def test_a_dead_feed_and_a_missing_folder_stop_nobody(home: Path, tmp_path: Path) -> None:
    """Two sources fail with their reasons; the third is read; the exit code is 3."""
    good = tmp_path / "good"
    good.mkdir()
    (good / "a.txt").write_text(
        "Заглавие за проба от редакцията\n\n" + "Това е дълъг абзац с истински изречения. " * 12,
        "utf-8",
    )
    for place in (
        f"http://127.0.0.1:{free_port()}/rss",
        f"folder:{tmp_path / 'none'}",
        f"folder:{good}",
    ):
        assert digest("sources", "add", place, "--rights", "licensed", "--home", home).code == 0

    ran = digest("collect", "--home", home, "--json")

    assert ran.code == 3
    assert ran.row["failed"] == 2
    assert ran.row["articles_new"] + sum(ran.row["rejected"].values()) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("feed",),
        ("extract",),
        ("cluster",),
        ("rank",),
        ("summarise",),
        ("check-summary",),
        ("classify-bounce",),
    ],
)
@pytest.mark.parametrize("data", [b"", b"\x00\xff\xfe garbage \x00", b"{]\n[1]\n", b"<html>"])
def test_a_stage_never_shows_a_traceback(words: tuple[str, ...], data: bytes) -> None:
    """Garbage on standard input: an error object or an honest empty result."""
    ran = digest(*words, "-", "--json", stdin=data)

    assert ran.code in {0, 3}
    for row in ran.rows:
        assert isinstance(row, dict)


def test_several_inputs_keep_their_order_and_one_bad_one_stops_nobody(tmp_path: Path) -> None:
    """Good, missing, good: three lines in that order, exit code 3."""
    page = tmp_path / "a.html"
    page.write_text(
        "<html><body><article><h1>Заглавие на пробата</h1>"
        + "<p>Това е абзац с достатъчно думи за статия, написан за пробата.</p>" * 8
        + "</article></body></html>",
        "utf-8",
    )

    ran = digest("extract", page, tmp_path / "missing.html", page, "--json")

    assert ran.code == 3
    assert [("error" in row) for row in ran.rows] == [False, True, False]


@pytest.mark.parametrize("mode", ["folder", "http"])
def test_evaluation_feeds_and_pages_run_without_a_traceback(
    shared_data: Path, home: Path, mode: str
) -> None:
    """Every rejected input of the evaluation data is explained; none of it breaks the run."""
    if mode == "folder":
        for place in ("feeds/files", "extract/dumps", "extract/pages", "seed"):
            digest(
                "sources",
                "add",
                f"folder:{shared_data / place}",
                "--rights",
                "extract",
                "--home",
                home,
            )
        ran = digest("run", "--home", home, "--json")
    else:
        from tests.e2e.serve import serving_folder

        with serving_folder(shared_data) as origin:
            for file in sorted((shared_data / "feeds" / "files").glob("bg-*")):
                url = f"{origin}/feeds/files/{file.name}"
                digest(
                    "sources",
                    "add",
                    url,
                    "--rights",
                    "extract",
                    "--outlet",
                    file.stem,
                    "--home",
                    home,
                )
            ran = digest("run", "--home", home, "--json")

    assert ran.code in {0, 3}
    assert ran.row["collect"]["articles_new"] > 0


def test_the_seed_is_not_todays_news(shared_data: Path, home: Path) -> None:
    """The dump whose only date is its page header makes no edition, and the reason is said."""
    digest(
        "sources", "add", f"folder:{shared_data / 'seed'}", "--rights", "licensed", "--home", home
    )

    ran = digest("run", "--home", home, "--json", "--now", "2025-12-23T08:00:00+02:00")

    assert ran.code == 3
    assert ran.row["edition"] is None
    assert "дата" in ran.row["held"].casefold()
