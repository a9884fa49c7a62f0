"""The demo: one whole morning of the sample newsroom, the same every time, with its traps."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from dataclasses import dataclass
from email import message_from_bytes, policy
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.e2e.conftest import ROOT, SmtpSink, digest

EDITION = "izgrev-2026-11-20"


@dataclass(frozen=True)
class Shown:
    """A demo that has run: its home, what it said, and its edition."""

    home: Path
    said: dict
    edition: dict

    def story(self, words: str) -> dict:
        return next(
            one
            for section in self.edition["sections"]
            for one in section["stories"]
            if words in one["title"]
        )

    def dropped(self, words: str) -> str:
        return next(one["reason"] for one in self.edition["dropped"] if words in one["title"])


def run_demo(home: Path) -> Shown:
    ran = digest("demo", "--no-serve", "--home", home, "--json", cwd=home.parent)
    assert ran.code == 0, ran.err
    exported = digest("edition", "export", "latest", "--home", home)
    return Shown(home, ran.row, json.loads(exported.out))


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return run_demo(tmp_path_factory.mktemp("demo") / "home")


def test_two_demos_give_byte_identical_editions(shown: Shown, tmp_path: Path) -> None:
    """The same fixed clock and texts give the same edition and the same mail, to the byte."""
    again = run_demo(tmp_path / "again")

    assert again.edition == shown.edition
    for part in ("html", "text"):
        first = digest("preview", EDITION, "--part", part, "--home", shown.home)
        second = digest("preview", EDITION, "--part", part, "--home", again.home)
        assert first.out == second.out
        assert first.out


def test_everybody_who_should_gets_one_message_at_the_chosen_hour(shown: Shown) -> None:
    """Fourteen people: one suppressed, one unconfirmed, one weekly; eleven messages on disk."""
    ledger = shown.said["ledger"]

    assert (ledger["planned"], ledger["accepted"], ledger["suppressed"]) == (12, 11, 1)
    assert ledger["balanced"] is True
    assert len(list((shown.home / "outbox").glob("*.eml"))) == 11
    assert len(shown.said["departures"]) > 3


def test_an_event_in_five_outlets_has_two_voices(shown: Shown) -> None:
    """Three of them print the agency's text, the other two belong to one owner."""
    story = shown.story("дерайлиране")

    assert len(story["credits"]) == 5
    assert story["independent_sources"] == 2


def test_disagreeing_figures_stand_side_by_side(shown: Shown) -> None:
    """Fourteen says one outlet, seventeen the other; nobody is averaged."""
    story = shown.story("Кривотопол са в болница")

    assert "14" in story["disagreement"]
    assert "17" in story["disagreement"]


def test_yesterdays_story_returns_only_with_a_new_fact(shown: Shown) -> None:
    """The strike comes back with its figure; the buses, the same as yesterday, stay out."""
    assert shown.story("Стачката в Сребролом")["update"]
    assert "без нов факт" in shown.dropped("електробуса")


def test_the_edition_can_be_made_again_from_what_was_kept(shown: Shown) -> None:
    """The same words; without an outlet its own stories are gone."""
    again = digest("edition", "replay", "latest", "--home", shown.home, "--json")
    muted = digest(
        "edition", "replay", "latest", "--without", "Безмен", "--home", shown.home, "--json"
    )

    assert (again.code, again.row["same"], again.row["differences"]) == (0, True, [])
    assert (muted.code, muted.row["same"]) == (0, False)
    assert any("Медта" in one["title"] for one in muted.row["gone"])


def test_no_limit_of_the_edition_is_passed_and_each_reason_has_its_figure(shown: Shown) -> None:
    """Sixteen seats, three of sport; the luring headline is under the floor."""
    assert sum(len(section["stories"]) for section in shown.edition["sections"]) <= 16
    assert any("под №" in one["reason"] for one in shown.edition["dropped"])
    assert "Под прага на броя: оценка" in shown.dropped("Паламудът")


def test_old_and_undated_texts_are_no_news(shown: Shown) -> None:
    """The republished text of 2023 and the dump with only a page header say why they stay out."""
    assert "2023" in shown.dropped("Бистрянка")
    assert "Датата е неизвестна" in shown.dropped("Тиса Мара")


def test_sponsored_and_russian_texts_are_rejected_by_name(shown: Shown) -> None:
    """What is not an article in Bulgarian never reaches the stories."""
    rejected = shown.said["collect"]["rejected"]

    assert rejected.get("sponsored") == 2
    assert rejected.get("language") == 1


def test_the_demo_edition_goes_through_a_real_server_and_reads_back(
    shown: Shown, smtp_sink: SmtpSink
) -> None:
    """A test send to smtp-sink: marked subject, both parts, the leave headers, Bulgarian intact."""
    relay = f"smtp://127.0.0.1:{smtp_sink.port}"

    ran = digest(
        "test-send", EDITION, "az@example.bg", "--transport", relay, "--home", shown.home, "--json"
    )

    assert ran.row["outcome"] == "accepted", ran.err
    (taken,) = [message_from_bytes(one, policy=policy.default) for one in smtp_sink.messages()]
    assert taken["Subject"].startswith("[ТЕСТ] ")
    assert taken["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    lead = shown.story("дерайлиране")["title"]
    assert lead.split()[0] in taken.get_body(("plain",)).get_content()
    assert lead in taken.get_body(("html",)).get_content()


def test_the_demo_leaves_the_desk_open_and_its_editor_can_sign_in(tmp_path: Path) -> None:
    """It prints its address and one line with the sign-in; SIGTERM ends it."""
    command = [sys.executable, "-m", "digest", "demo", "--port", "0", "--home", str(tmp_path / "h")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            address, login = _announced(process)
            jar = urllib.request.HTTPCookieProcessor(CookieJar())
            opener = urllib.request.build_opener(jar)
            user, _, password = login.partition(" / ")
            opener.open(f"{address}vhod", timeout=30).read()
            form = urllib.parse.urlencode({"address": user, "password": password}).encode()
            request = urllib.request.Request(
                f"{address}vhod",
                form,
                {"Origin": address.rstrip("/"), "Sec-Fetch-Site": "same-origin"},
            )
            page = opener.open(request, timeout=30).read().decode()
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)

    assert "Девет души" in page
    assert process.returncode == 0


def _announced(process: subprocess.Popen[str]) -> tuple[str, str]:
    address = login = ""
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.match(r"Редакция: (http://\S+)", line):
            address = found[1].rstrip("/") + "/"
        if found := re.match(r"Вход: (.+)$", line):
            login = found[1].strip()
        if address and login:
            return address, login
    raise AssertionError("the demo ended without its two lines")
