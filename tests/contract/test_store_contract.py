"""What every store must do, whichever database is under it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from digest.errors import Conflict, NotFound
from digest.model import (
    Article,
    ArticleId,
    Bond,
    CheckedSentence,
    EditionId,
    EditionState,
    Inputs,
    Newsroom,
    Outlet,
    Picture,
    Piece,
    Printed,
    RenderedEdition,
    Rights,
    Sentence,
    Source,
    SourceId,
    StoryId,
    Summary,
    Topic,
    Variant,
)
from digest.store.work import Store, Work
from digest.store.written import WrittenText
from tests.integration.store import databases
from tests.integration.store.given import DAY, NOW, edition, person

# Fixtures, for pytest to find here.
postgres_url = databases.postgres_url
postgres_store = databases.postgres_store
sqlite_store = databases.sqlite_store
store = databases.store

SOURCE = Source(
    SourceId("vestnik"), "https://vestnik.example.bg/rss", Rights.EXTRACT, "Вестник Пример"
)


def _write_and_fail(work: Work) -> None:
    work.sources.add(SOURCE)
    work.roll.add(person("a@example.bg"), now=NOW)
    work.editions.get("няма")


def test_a_unit_of_work_holds_on_clean_exit_only(store: Store) -> None:
    """An error takes back everything, also what other repositories wrote."""
    with pytest.raises(NotFound), store.work() as work:
        _write_and_fail(work)

    with store.reading() as work:
        assert work.sources.list() == []
        assert work.roll.count() == 0


def test_a_reading_never_writes(store: Store) -> None:
    """What is written in a reading is gone after it."""
    with store.reading() as work:
        work.sources.add(SOURCE)

    with store.reading() as work:
        assert work.sources.list() == []


def test_an_edition_is_found_by_id_date_and_as_the_latest(store: Store) -> None:
    """All three names lead to the same edition."""
    made = edition()
    with store.work() as work:
        work.editions.save(edition(DAY - timedelta(days=1)))
        work.editions.save(made)

        assert work.editions.get(made.id) == made
        assert work.editions.get("2026-11-20") == made
        assert work.editions.get("latest") == made
        assert work.editions.by_date("digest", DAY) == made
        assert work.editions.by_date("drug", DAY) is None
        assert [one.date for one in work.editions.list()] == [DAY, DAY - timedelta(days=1)]
    with pytest.raises(NotFound), store.reading() as work:
        work.editions.get("2026-01-01")


def test_every_revision_is_kept(store: Store) -> None:
    """An edit makes a new one; the old one can still be read."""
    first, second = edition(), edition(revision=2, title="Мостът пак е затворен")
    with store.work() as work:
        work.editions.save(first)
        work.editions.save(second)

        assert work.editions.get(first.id) == second
        assert work.editions.revision(first.id, 1) == first


def test_approving_keeps_the_revision_and_changes_the_standing(store: Store) -> None:
    """State, approver and hash may change within a revision; the content may not."""
    approved = replace(
        edition(),
        state=EditionState.APPROVED,
        approved_by="red@example.bg",
        approved_at=NOW,
        content_hash="ab",
    )
    with store.work() as work:
        work.editions.save(edition())
        work.editions.save(approved)

        assert work.editions.get(approved.id) == approved
        work.editions.set_state(approved.id, EditionState.QUEUED)
        assert work.editions.get(approved.id).state is EditionState.QUEUED
    with pytest.raises(Conflict), store.work() as work:
        work.editions.save(edition(title="Подменено заглавие"))


def test_of_two_editors_the_second_is_told(store: Store) -> None:
    """Two edits of one revision do not overwrite each other; an old revision is refused."""
    with store.work() as work:
        work.editions.save(edition())
        work.editions.save(edition(revision=2, title="Първи редактор"))

    with pytest.raises(Conflict), store.work() as work:
        work.editions.save(edition(revision=2, title="Втори редактор"))
    with pytest.raises(Conflict), store.work() as work:
        work.editions.save(edition(revision=1))
    with pytest.raises(Conflict), store.work() as work:
        work.editions.save(edition(revision=4))


def test_a_publication_has_one_edition_a_day(store: Store) -> None:
    """A second one under another id is refused."""
    with store.work() as work:
        work.editions.save(edition())

    with pytest.raises(Conflict), store.work() as work:
        work.editions.save(replace(edition(), id=EditionId("втори")))


def test_numbers_run_on(store: Store) -> None:
    """The first edition takes the configured number, the next ones count from the last."""
    with store.work() as work:
        assert work.editions.next_number("digest", 101) == 101
        work.editions.save(replace(edition(), number=101))
        assert work.editions.next_number("digest", 101) == 102
        assert work.editions.next_number("drug", 1) == 1


def test_what_was_rendered_comes_back_to_the_byte(store: Store) -> None:
    """A rendering replaces an earlier one of the same revision."""
    piece = Piece(("<p>Здравей ", "</p>\n"), ("NAME",))
    first = RenderedEdition(edition().id, 1, "Тема", {"all": Variant("all", piece, piece)}, "h1")
    lead, thumb = (
        Picture(name, f"{name}@example.bg", bytes(range(256))) for name in ("z.jpg", "a.png")
    )
    first = replace(first, pictures=(Picture("old.png", "old@example.bg", b"x"), lead))
    second = replace(
        first,
        content_hash="h2",
        findings=(("yellow", "code", "Изречение."),),
        pictures=(lead, thumb),
    )
    with store.work() as work:
        work.editions.save(edition())
        work.editions.save_rendered(first)
        work.editions.save_rendered(second)

        assert work.editions.rendered(first.edition_id, 1) == second
        assert work.editions.picture("a.png") == thumb
        assert work.editions.picture("old.png") is None
    with pytest.raises(NotFound), store.reading() as work:
        work.editions.rendered(first.edition_id, 2)


def test_printed_stories_of_the_last_days_are_remembered(store: Store) -> None:
    """Of the days before, within the window, and only what readers were sent."""
    with store.work() as work:
        for days in (1, 2, 3, 4, 20):
            day = DAY - timedelta(days=days)
            state = {2: EditionState.DRAFT, 4: EditionState.CANCELLED}.get(days, EditionState.SENT)
            work.editions.save(replace(edition(day), state=state))
            work.editions.save_printed(
                edition(day).id, day, [(StoryId("s1"), f"Заглавие {days}", "Текст.")]
            )
        yesterday = DAY - timedelta(days=1)
        # An editor took the second story out of what was sent.
        told = [(StoryId("s1"), "Т", "Х"), (StoryId("s2"), "Извадена", "Х")]
        work.editions.save_printed(edition(yesterday).id, yesterday, told)

        found = work.editions.printed_before("digest", DAY)
    assert [(one.date, one.title) for one in found] == [
        (DAY - timedelta(days=3), "Заглавие 3"),
        (DAY - timedelta(days=1), "Т"),
    ]


INPUTS = Inputs(
    publication="digest",
    day=DAY,
    moment=NOW,
    number=3,
    program="0.1.0",
    settings="{}",
    newsroom=Newsroom((Topic("sport", "Спорт"),), (Outlet("Вестник", "Собственик"),)),
    known={ArticleId("a1"): StoryId("s1")},
    bonds=(Bond(together=True, these=(ArticleId("a1"),), those=(ArticleId("a2"),), by="a@b.test"),),
    articles=(Article(ArticleId("a1"), "Заглавие", "Текст.", fetched_at=NOW),),
    printed=(Printed(DAY, EditionId("digest-1"), StoryId("s1"), "Заглавие", "Текст."),),
    written=(
        Summary(
            "s1",
            "Заглавие",
            "Текст от модел.",
            "Текст от модел.",
            (Sentence("Текст от модел.", ArticleId("a1"), 0, 6),),
            method="model",
            rights=Rights.FACTS,
            checks=(
                CheckedSentence("Текст от модел.", supported=True, article_id=ArticleId("a1")),
            ),
            making="Една статия не е показана.",
        ),
    ),
)


def test_what_an_edition_was_made_from_comes_back_as_it_was(store: Store) -> None:
    """By the newest revision that was made from inputs; nothing else is asked for."""
    with store.work() as work:
        work.editions.save(edition())
        work.inputs.keep(edition().id, 1, INPUTS)
        work.inputs.keep(edition().id, 1, replace(INPUTS, number=4))

        kept = work.inputs.of(edition().id, 5)
        assert kept is not None
        assert (kept.revision, kept.inputs) == (1, replace(INPUTS, number=4))
        assert 0 < kept.size < 2_000
        assert work.inputs.of(edition().id, 0) is None


def test_old_inputs_are_dropped(store: Store) -> None:
    """Those of editions judged from a time before."""
    with store.work() as work:
        work.editions.save(edition())
        work.inputs.keep(edition().id, 1, INPUTS)

        assert work.inputs.drop(NOW) == 0
        assert work.inputs.drop(NOW + timedelta(seconds=1)) == 1
        assert work.inputs.of(edition().id, 1) is None


def test_a_written_text_is_kept_under_its_key(store: Store) -> None:
    """The last one stands; an unknown key has none; old ones are dropped."""
    taken = WrittenText(NOW, '{"sentences": []}', "")
    refused = WrittenText(NOW + timedelta(hours=1), "", "Изречение 1 не е на български.")
    with store.work() as work:
        work.written.keep("k1", refused)
        work.written.keep("k1", taken)
        work.written.keep("k2", refused)

        assert (work.written.get("k1"), work.written.get("k2")) == (taken, refused)
        assert work.written.get("k3") is None
        work.written.drop(NOW + timedelta(minutes=1))
        assert work.written.get("k1") is None
        assert work.written.get("k2") == refused


def test_a_firing_happens_once(store: Store) -> None:
    """However often the clock fires, one caller is told to act."""
    with store.work() as work:
        assert work.marks.fire_once("digest", date(2026, 10, 25), "build", NOW)
    with store.work() as work:
        assert not work.marks.fire_once("digest", date(2026, 10, 25), "build", NOW)
        assert work.marks.fire_once("digest", date(2026, 10, 25), "send", NOW)
        assert work.marks.fired("digest", date(2026, 10, 25), "build") == NOW
        assert work.marks.fired("digest", date(2026, 10, 26), "build") is None


def test_marks_are_set_read_and_dropped(store: Store) -> None:
    """The last text wins."""
    with store.work() as work:
        assert work.marks.get("epoch") is None
        work.marks.set("epoch", "1")
        work.marks.set("epoch", "2")
        assert work.marks.get("epoch") == "2"
        work.marks.drop("epoch")
        assert work.marks.get("epoch") is None
