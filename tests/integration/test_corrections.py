"""Corrections from the editor's word to the next edition: who may, when, what changes and what not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from digest.actions import correcting, drafting, editions, reviewing
from digest.actions.app import App
from digest.bootstrap import open_app
from digest.clock import FixedClock
from digest.errors import Conflict, Forbidden, NotFound, Refused, WrongUsage
from digest.model import Correction, Edition, EditionId, EditionState
from digest.review.states import Drop
from tests.integration import web_kit as kit

NEXT = kit.DAY + timedelta(days=1)
SAID = "Мостът над Камчия се отваря в събота."
RIGHT = "Мостът се отваря чак в неделя."
EDITOR = "editor@example.bg"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """The morning after: yesterday's edition was sent, today's articles are collected."""
    made = kit.make_app(tmp_path / "home")
    kit.publish(made)
    made.close()
    later = open_app(tmp_path / "home", clock=FixedClock(kit.NOW + timedelta(days=1)))
    fresh = [
        replace(one, id=f"b{n}", url=f"{one.url}/b", canonical_url=f"{one.url}/b", title=title,
                text=text, date=replace(one.date, at=kit.NOW + timedelta(hours=20)),
                fetched_at=kit.NOW + timedelta(hours=21))
        for n, (one, title, text) in enumerate(zip(kit.ARTICLES, TITLES, TOLD, strict=True))
    ]  # fmt: skip
    with later.store.work() as work:
        work.articles.add_new(fresh)
    yield later
    later.close()


TITLES = ("Ски сезонът започва над Върбелец", "Рекорд в басейна на Тунджа")
TOLD = (
    "Ски сезонът започва с нови две писти и осем оръдия за сняг над Върбелец.",
    "Плувкинята Мила Ведрова подобри рекорда на 200 метра свободен стил с две десети.",
)


def correct(app: App, **words: str) -> Correction:
    given = {"story": "s1", "said": SAID, "right": RIGHT, "by": EDITOR} | words
    return correcting.correct(
        app, kit.edition().id, given["story"] or None,
        said=given["said"], right=given["right"], by=given["by"],
    )  # fmt: skip


def deeds(app: App, subject: str) -> list[str]:
    with app.store.reading() as work:
        return [one.what for one in work.activity.list(subject=subject)]


def printed(app: App, wanted: str) -> list[str]:
    return [one.right for one in editions.get(app, wanted).corrections]


def test_a_correction_is_kept_with_who_said_so_and_when(app: App) -> None:
    """In house typography, one line, with the headline as it was sent, in the activity log."""
    one = correct(app, said='  Пише се\n"в събота" - грешно. ')

    assert one.said == "Пише се „в събота“ – грешно."
    assert (one.story_id, one.headline) == ("s1", "Мостът край Пролом се отваря")
    assert (one.by, one.at, one.date) == (EDITOR, app.now(), kit.DAY)
    assert [s.correction for s in correcting.standing(app, kit.edition().id)] == [one]
    assert deeds(app, kit.edition().id)[0] == correcting.CORRECTED


def test_the_sent_edition_keeps_its_bytes(app: App) -> None:
    """Revision, hash, rendered mail and page are those that were signed."""
    before = editions.get(app, kit.edition().id)
    rendered = editions.render(app, before)

    correct(app)

    assert editions.get(app, kit.edition().id) == before
    assert editions.render(app, before) == rendered


def test_the_same_words_twice_are_one_correction(app: App) -> None:
    """A form that is sent again changes nothing and is logged once."""
    first, second = correct(app), correct(app)

    assert first == second
    assert deeds(app, kit.edition().id).count(correcting.CORRECTED) == 1


def test_a_draft_is_mended_directly(app: App) -> None:
    """What nobody got needs no correction, and the error says what to do instead."""
    draft = drafting.build(app)

    with pytest.raises(Conflict, match="още не е изпратен – поправете го направо"):
        correcting.correct(app, draft.id, None, said=SAID, right=RIGHT, by=EDITOR)


@pytest.mark.parametrize("state", [EditionState.SKIPPED, EditionState.CANCELLED])
def test_what_reached_nobody_is_not_corrected(app: App, state: EditionState) -> None:
    """A skipped or cancelled edition of which nothing left owes nothing to anybody."""
    with app.store.work() as work:
        work.editions.set_state(kit.edition().id, state)

    with pytest.raises(Conflict, match="не е стигнал до никого"):
        correct(app)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"said": " \n "}, "не е пълна"),
        ({"right": "\u202e"}, "не е пълна"),
        ({"said": "а" * 301}, "твърде дълъг"),
        ({"right": "а" * 501}, "твърде дълъг"),
        ({"right": SAID}, "не поправя нищо"),
    ],
)
def test_texts_that_say_nothing_or_too_much_are_refused(
    app: App, words: dict[str, str], why: str
) -> None:
    """Empty, invisible, too long, or the same twice."""
    with pytest.raises(WrongUsage, match=why):
        correct(app, **words)
    assert correcting.standing(app) == ()


def test_texts_of_the_greatest_length_are_taken(app: App) -> None:
    """300 and 500 characters."""
    one = correct(app, said="а" * 300, right="б" * 500)

    assert (len(one.said), len(one.right)) == (300, 500)


def test_a_story_that_was_not_printed_cannot_be_wrong(app: App) -> None:
    """The error names the story and the edition."""
    with pytest.raises(NotFound, match="няма новина „s9“"):
        correct(app, story="s9")


def test_a_reader_of_the_desk_may_not_correct_nor_withdraw(app: App) -> None:
    """It takes the role of an editor; whoever runs the program is its operator."""
    one = correct(app, by="operator")

    with pytest.raises(Forbidden):
        correct(app, by="reader@example.bg", right="Друго.")
    with pytest.raises(Forbidden):
        correcting.withdraw(app, one.id, by="reader@example.bg")


def test_the_next_draft_prints_what_was_put_right(app: App) -> None:
    """Once, also when it is built again."""
    correct(app)

    first, again = drafting.build(app), drafting.build(app)

    assert [one.right for one in first.corrections] == [RIGHT]
    assert again == first


def test_a_draft_that_stands_takes_a_correction_in_at_once(app: App) -> None:
    """As a new revision, so that who approves must have seen it."""
    draft = drafting.build(app)

    correct(app)

    assert printed(app, draft.id) == [RIGHT]
    with pytest.raises(Conflict):
        reviewing.approve(app, draft.id, by=kit.APPROVER, revision=draft.revision)
    assert drafting.build(app) == editions.get(app, draft.id)


def test_an_edited_draft_takes_it_in_and_keeps_the_edit(app: App) -> None:
    """An editor cannot drop a correction by editing, nor lose the edit by correcting."""
    draft = drafting.build(app)
    gone = draft.stories[-1].id
    reviewing.edit(app, draft.id, Drop(gone), by=EDITOR)

    correct(app)
    built = drafting.build(app)

    assert [one.right for one in built.corrections] == [RIGHT]
    assert gone not in {story.id for story in built.stories}
    kept = reviewing.hold(app, built.id, by=kit.APPROVER)
    assert [one.right for one in kept.corrections] == [RIGHT]


def test_an_approved_edition_keeps_what_was_signed(app: App) -> None:
    """What comes later stands in the one after it."""
    correct(app)
    draft = drafting.build(app)
    reviewing.approve(app, draft.id, by=kit.APPROVER)

    correct(app, right="Второ.")

    assert printed(app, draft.id) == [RIGHT]
    with app.store.reading() as work:
        after = work.corrections.pending("digest", NEXT + timedelta(days=1), app.now())
    assert [one.right for one in after] == ["Второ."]


def test_a_cancelled_edition_gives_its_corrections_back(app: App) -> None:
    """Nobody read it, so the one after it prints them."""
    correct(app)
    draft = drafting.build(app)
    with app.store.work() as work:
        work.editions.set_state(draft.id, EditionState.CANCELLED)

        after = work.corrections.pending("digest", NEXT + timedelta(days=1), app.now())

    assert [one.right for one in after] == [RIGHT]


def test_no_more_than_five_stand_in_one_edition(app: App) -> None:
    """The oldest; the rest waits, so that the mail is never clipped."""
    for number in range(1, 8):
        correct(app, right=f"Вярно {number}.")

    draft = drafting.build(app)

    assert [one.right for one in draft.corrections] == [f"Вярно {n}." for n in range(1, 6)]


def test_a_correction_that_nobody_read_can_be_withdrawn(app: App) -> None:
    """The draft that held it loses it; the log keeps what it said."""
    draft = drafting.build(app)
    one = correct(app)

    correcting.withdraw(app, one.id, by=EDITOR)

    assert printed(app, draft.id) == []
    assert correcting.standing(app) == ()
    assert deeds(app, kit.edition().id)[0] == correcting.WITHDRAWN


def test_a_printed_correction_stays(app: App) -> None:
    """From the signature on; the error names the edition that printed it."""
    one = correct(app)
    draft = drafting.build(app)
    reviewing.approve(app, draft.id, by=kit.APPROVER)

    with pytest.raises(Refused, match=f"вече стои в броя „{draft.id}“"):
        correcting.withdraw(app, one.id, by=EDITOR)
    assert correcting.standing(app)[0].printed_in == draft.id


def test_another_publication_has_its_own_corrections(app: App) -> None:
    """The daily does not print what the short edition got wrong."""
    short = EditionId(f"kratko-{kit.DAY.isoformat()}")
    kit.publish(app, replace(kit.edition(), id=short, publication="kratko"))
    correcting.correct(app, short, None, said=SAID, right=RIGHT, by=EDITOR)

    draft: Edition = drafting.build(app)

    assert draft.corrections == ()


def test_lists_and_map_say_which_edition_was_put_right(app: App) -> None:
    """A crawler reads the page again, and a reader sees it before opening."""
    browser = kit.Browser(app, headers={})
    before = [browser.get(path).text for path in ("/archive", "/archive/2026-11", "/sitemap.xml")]

    one = correct(app)

    front, month, chart = (
        browser.get(path).text for path in ("/archive", "/archive/2026-11", "/sitemap.xml")
    )
    assert not any("има поправка" in text or "lastmod" in text for text in before)
    assert "има поправка" in front
    assert "има поправка" in month
    assert chart.count("<lastmod>") == 1
    assert f"<lastmod>{one.at.isoformat(timespec='seconds')}</lastmod>" in chart
