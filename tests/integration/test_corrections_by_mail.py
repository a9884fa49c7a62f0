"""The letter on a correction: to exactly those who got the wrong edition, each once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from digest.actions import (
    archive,
    correcting,
    dispatching,
    editions,
    notifying,
    reviewing,
    subscribing,
)
from digest.actions.app import App
from digest.bootstrap import open_app
from digest.clock import FixedClock
from digest.errors import Conflict, Forbidden, Refused
from digest.model import Correction, Ledger
from digest.settings import Publication, Settings
from tests.integration import web_kit as kit

SETTINGS = Settings(publication=Publication(public_url="https://utro.example.bg"))
SAID, RIGHT = "Мостът се отваря в събота.", "Мостът се отваря чак в неделя <b>по обед</b>."
STAYED, LEFT, BLOCKED, LATE = (
    f"{name}@chitateli.example" for name in ("ostana", "otide", "spryan", "nov")
)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """Three readers got the edition; then one left, one was suppressed, and a fourth joined."""
    morning = kit.make_app(tmp_path / "home", settings=SETTINGS)
    people = {name: kit.add_reader(morning, name) for name in (STAYED, LEFT, BLOCKED)}
    reviewing.approve(morning, kit.edition().id, by=kit.APPROVER)
    dispatching.queue(morning, kit.edition().id)
    assert dispatching.dispatch(morning).accepted == 3
    morning.close()
    clock = FixedClock(kit.NOW + timedelta(hours=5))
    later = open_app(tmp_path / "home", clock=clock, settings=SETTINGS)
    kit.add_reader(later, LATE)
    subscribing.leave(later, kit.token_of(later, people[LEFT]), how="page")
    subscribing.suppress(later, [BLOCKED], reason="hard")
    yield later
    later.close()


def corrected(app: App) -> Correction:
    return correcting.correct(
        app, kit.edition().id, "s1", said=SAID, right=RIGHT, by="editor@example.bg"
    )


def letters(app: App) -> list[EmailMessage]:
    found = [
        message_from_bytes(file.read_bytes(), policy=policy.default)
        for file in sorted((app.home / "outbox").rglob("*.eml"))
    ]
    return [one for one in found if str(one["subject"]).startswith("Поправка")]


def ledger(app: App, one: Correction) -> Ledger:
    return dispatching.ledger(app, correcting.notice_of(one.id))


def test_who_got_the_mistake_and_still_reads_gets_the_letter_once(app: App) -> None:
    """Not who left, not who is suppressed, not who came later; a second time writes to nobody."""
    one = corrected(app)

    first = notifying.notify(app, one.id, by=kit.APPROVER)
    dispatching.dispatch(app)
    again = notifying.notify(app, one.id, by=kit.APPROVER)
    report = dispatching.dispatch(app)

    assert [str(letter["to"]) for letter in letters(app)] == [STAYED]
    assert (first.planned, first.new, again.new, report.accepted) == (2, 2, 0, 0)
    found = ledger(app, one)
    assert (found.accepted, found.suppressed, found.balanced) == (1, 1, True)
    assert editions.get(app, first.notice).state == "sent"


def test_the_letter_has_what_mail_to_a_list_has(app: App) -> None:
    """One click to leave, a list, its delivery; both parts literal, with the reader's own link."""
    notifying.notify(app, corrected(app).id, by=kit.APPROVER)
    dispatching.dispatch(app)

    (letter,) = letters(app)
    html = letter.get_body(("html",)).get_content()
    text = letter.get_body(("plain",)).get_content()

    assert letter["subject"].startswith("Поправка в броя за понеделник, 23")
    assert letter["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    leave = str(letter["list-unsubscribe"]).split(">")[0].lstrip("<")
    assert leave.startswith("https://utro.example.bg/leave/")
    assert leave in text
    assert leave in html
    assert letter["x-digest-delivery"]
    assert letter["list-id"]
    assert "leave.invalid" not in html + text
    assert "&lt;b&gt;по обед&lt;/b&gt;" in html
    assert "<b>по обед" not in html
    assert f"https://utro.example.bg/brij/{kit.edition().id}" in text


def test_the_letter_is_no_edition(app: App) -> None:
    """Neither the list nor the archive, nor „latest“, nor the day knows it."""
    before = (editions.list_editions(app), archive.issues(app), editions.get(app, "latest"))

    sent = notifying.notify(app, corrected(app).id, by=kit.APPROVER)
    dispatching.dispatch(app)
    site = kit.Browser(app)

    assert (
        editions.list_editions(app), archive.issues(app), editions.get(app, "latest")
    ) == before  # fmt: skip
    assert editions.get(app, "2026-11-23").id == kit.edition().id
    assert site.get(f"/brij/{sent.notice}").status_code == 404


def test_a_correction_that_was_sent_stays_and_is_still_printed(app: App) -> None:
    """Those who joined since read it in the next edition; nobody takes a letter back."""
    one = corrected(app)
    notifying.notify(app, one.id, by=kit.APPROVER)

    with pytest.raises(Refused, match="вече е изпратено писмо"):
        correcting.withdraw(app, one.id, by=kit.APPROVER)
    with app.store.reading() as work:
        tomorrow = kit.DAY + timedelta(days=1)
        assert work.corrections.pending("digest", tomorrow, app.now()) == [one]
    (found,) = correcting.standing(app, kit.edition().id)
    assert found.notified is not None
    assert found.notified.planned == 2


def test_a_cancelled_letter_is_not_sent_again(app: App) -> None:
    """It bites like an edition's: what has not left stays."""
    one = corrected(app)
    sent = notifying.notify(app, one.id, by=kit.APPROVER)
    dispatching.cancel(app, sent.notice, by=kit.APPROVER)

    dispatching.dispatch(app)

    assert letters(app) == []
    with pytest.raises(Conflict, match="е отменено"):
        notifying.notify(app, one.id, by=kit.APPROVER)


def test_writing_to_readers_takes_the_right_to_approve(app: App) -> None:
    """An editor may correct; mail to the list is another matter."""
    one = corrected(app)

    with pytest.raises(Forbidden):
        notifying.notify(app, one.id, by="editor@example.bg")
    assert letters(app) == []


def test_when_nobody_is_left_nothing_is_kept(tmp_path: Path) -> None:
    """The correction can then still be withdrawn."""
    app = kit.make_app(tmp_path / "empty", settings=SETTINGS)
    kit.publish(app)
    one = corrected(app)

    sent = notifying.notify(app, one.id, by=kit.APPROVER)

    assert (sent.planned, sent.new) == (0, 0)
    correcting.withdraw(app, one.id, by=kit.APPROVER)
    app.close()


def test_the_desk_sends_it_with_a_box_that_only_an_approver_has(app: App) -> None:
    """Ticked: the correction and the letter; by an editor: neither."""
    here = f"/izdanie/{kit.edition().id}"
    form = {"novina": "s1", "pisahme": SAID, "vyarno": RIGHT, "pismo": "1"}
    editor = kit.Browser(app).sign_in("editor@example.bg")
    approver = kit.Browser(app).sign_in()

    refused = editor.post(f"{here}/popravka", data=form)
    none = correcting.standing(app)
    done = approver.post(f"{here}/popravka", data=form)
    dispatching.dispatch(app)

    assert (refused.status_code, none, done.status_code) == (403, (), 303)
    assert 'name="pismo"' not in editor.get(here).text
    assert "писмо: 1 от 2 приети" in approver.get(here).text
    assert len(letters(app)) == 1
