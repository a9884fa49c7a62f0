"""What every store must do, whichever database is under it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from digest.errors import Conflict, NotFound
from digest.gathered import Change, ChangeKind, Gathered, RawDocument, SourceState
from digest.model import (
    Article,
    ArticleId,
    DateBasis,
    DateClaim,
    EditionId,
    EditionState,
    Entry,
    Piece,
    Related,
    RenderedEdition,
    Rights,
    Source,
    SourceId,
    StoryId,
    Variant,
)
from digest.store.activity import Deed
from digest.store.editors import Editor
from digest.store.work import Store, Work
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


def article(name: str, *, published: datetime | None = NOW, fetched: datetime = NOW) -> Article:
    claim = (
        DateClaim(published, DateBasis.JSON_LD, 0.9)
        if published
        else DateClaim(None, DateBasis.UNKNOWN, 0.0)
    )
    return Article(
        id=ArticleId(name),
        title="Отвориха моста",
        text="Първи абзац.\n\nВтори абзац с „кавички“.",
        date=claim,
        fetched_at=fetched,
        agencies=("Агенция Пример",),
        related=(Related("Друга новина"),),
        rights=Rights.EXTRACT,
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


def test_a_source_is_kept_as_given(store: Store) -> None:
    """By id and by address, once."""
    with store.work() as work:
        work.sources.add(SOURCE)

    with store.reading() as work:
        assert work.sources.get("vestnik") == SOURCE
        assert work.sources.get(SOURCE.url) == SOURCE
    with pytest.raises(Conflict), store.work() as work:
        work.sources.add(replace(SOURCE, id=SourceId("drug")))


def test_only_active_sources_are_collected(store: Store) -> None:
    """A source that is switched off stays on the list."""
    with store.work() as work:
        work.sources.add(SOURCE)
        work.sources.replace(replace(SOURCE, active=False))

        assert work.sources.list(active_only=True) == []
        assert len(work.sources.list()) == 1


def test_a_removed_source_is_gone(store: Store) -> None:
    """Removing it twice is an error that names it."""
    with store.work() as work:
        work.sources.add(SOURCE)
        work.sources.remove(SOURCE.id)

    with pytest.raises(NotFound), store.work() as work:
        work.sources.remove(SOURCE.id)


def test_visits_and_states_tell_how_a_source_is(store: Store) -> None:
    """The history counts, the state holds what the next question needs."""
    state = SourceState(SOURCE.id, etag='"a"', full_at=NOW, failures=1, last_error="500")
    with store.work() as work:
        work.sources.add(SOURCE)
        work.sources.record_visit(SOURCE.id, at=NOW, ok=True, entries=5, new=2)
        later = NOW + timedelta(hours=1)
        work.sources.record_visit(SOURCE.id, at=later, ok=False, error_text="500")
        work.sources.save_states([SourceState(SOURCE.id)])
        work.sources.save_states([state])

    with store.reading() as work:
        health = work.sources.health()[0]
        assert work.sources.state(SOURCE.id) == state
        assert work.sources.states() == {SOURCE.id: state}
        assert work.sources.state(SourceId("друг")) == SourceState(SourceId("друг"))
    assert (health.last_ok_at, health.last_at) == (NOW, NOW + timedelta(hours=1))
    assert (health.failures, health.last_error, health.new) == (1, "500", 2)


def test_a_removed_source_leaves_no_state(store: Store) -> None:
    """Added again, it begins anew."""
    with store.work() as work:
        work.sources.add(SOURCE)
        work.sources.save_states([SourceState(SOURCE.id, paused="410")])
        work.sources.remove(SOURCE.id)

        assert work.sources.states() == {}


def test_a_source_moves_to_an_address_that_nobody_has(store: Store) -> None:
    """Its id stays; an address of another source is refused and nothing is lost."""
    other = replace(SOURCE, id=SourceId("drug"), url="https://drug.example.bg/rss")
    with store.work() as work:
        work.sources.add(SOURCE)
        work.sources.add(other)
        work.sources.readdress(SOURCE.id, "https://nov.example.bg/rss")
        with pytest.raises(Conflict):
            work.sources.readdress(other.id, "https://nov.example.bg/rss")

        assert work.sources.get("vestnik").url == "https://nov.example.bg/rss"
        assert work.sources.get("drug") == other


def test_a_source_never_visited_has_a_row_of_health(store: Store) -> None:
    """A silent source must be visible."""
    with store.work() as work:
        work.sources.add(SOURCE)

        assert [one.visits for one in work.sources.health()] == [0]


def test_an_article_is_kept_whole_and_once(store: Store) -> None:
    """The second time it is known; every field comes back as it went in."""
    one, two = article("a1"), article("a2", published=None)
    with store.work() as work:
        assert work.articles.add_new([one, two, one]) == (["a1", "a2"], ["a1"])
    with store.work() as work:
        assert work.articles.add_new([two]) == ([], ["a2"])

        assert work.articles.get([two.id, one.id, ArticleId("няма")]) == [two, one]
        assert work.articles.known_ids() == {"a1", "a2"}


def test_articles_since_a_time_come_oldest_first(store: Store) -> None:
    """By when they were published or fetched, dated or not."""
    old = article("old", published=NOW - timedelta(days=9), fetched=NOW - timedelta(days=8))
    late = article("late", published=NOW)
    early = article("early", published=NOW - timedelta(hours=3))
    with store.work() as work:
        work.articles.add_new([late, old, early])

        found = work.articles.since(NOW - timedelta(days=1))
    assert [one.id for one in found] == ["early", "late"]


def test_an_article_is_recalled_under_each_of_its_keys(store: Store) -> None:
    """With its headline and mark, the oldest first; unknown keys are left out."""
    first = Gathered(article("a1"), ("url:e/1", "body:x"), "m1")
    second = Gathered(article("a2", fetched=NOW + timedelta(hours=1)), ("url:e/2", "body:x"), "m2")
    with store.work() as work:
        assert work.articles.remember([second, first]) == (["a2", "a1"], [])

        found = work.articles.recall({"url:e/1", "body:x", "url:няма"})
    assert set(found) == {"url:e/1", "body:x"}
    assert [known.id for known in found["body:x"]] == ["a1", "a2"]
    known = found["url:e/1"][0]
    assert (known.title, known.mark, known.first_seen) == ("Отвориха моста", "m1", NOW)


def test_an_altered_article_keeps_how_it_read(store: Store) -> None:
    """The first version, the alteration with its sentence, and the first date."""
    one = article("a1")
    later = DateClaim(NOW + timedelta(hours=5), DateBasis.FEED, 0.85)
    fetched = NOW + timedelta(hours=6)
    changed = replace(one, title="Мостът е отворен", date=later, fetched_at=fetched)
    change = Change(ChangeKind.TITLE, one.title, changed.title, "Заглавието е променено.")
    at = NOW + timedelta(hours=6)
    with store.work() as work:
        work.articles.remember([Gathered(one, ("url:e/1",), "m1")])
        version = work.articles.alter(
            Gathered(changed, ("url:e/1", "url:e/9"), "m2"), (change,), at=at, cause="outlet"
        )
        work.articles.alter(Gathered(changed, (), "m2"), (), at=at, cause="again")

    with store.reading() as work:
        versions = work.articles.versions(one.id)
        stored = work.articles.get([one.id])[0]
        assert work.articles.altered_since(NOW) == {one.id: [version]}
        assert work.articles.altered_since(at + timedelta(seconds=1)) == {}
        assert work.articles.recall({"url:e/9"})["url:e/9"][0].mark == "m2"
    assert [(v.n, v.title, v.cause) for v in versions] == [
        (1, "Отвориха моста", "outlet"),
        (2, "Мостът е отворен", "outlet"),
        (3, "Мостът е отворен", "again"),
    ]
    assert versions[1].changes == (change,)
    assert stored.title == "Мостът е отворен"
    assert version.n == 2


def test_an_outlet_cannot_date_its_article_anew(store: Store) -> None:
    """The first date stands; a better reading of the same bytes may change it."""
    one = article("a1")
    later = DateClaim(NOW + timedelta(hours=5), DateBasis.FEED, 0.85)
    moved = Gathered(replace(one, date=later, fetched_at=NOW + timedelta(hours=6)), (), "m2")
    with store.work() as work:
        work.articles.remember([Gathered(one, (), "m1")])
        work.articles.alter(moved, (), at=NOW, cause="outlet")
        assert work.articles.get([one.id])[0].published_at == NOW
        work.articles.alter(moved, (), at=NOW, cause="again")

        assert work.articles.get([one.id])[0].published_at == NOW + timedelta(hours=5)


def test_refused_documents_are_known_until_they_are_forgotten(store: Store) -> None:
    """So that a page that is no article is not read at every round."""
    with store.work() as work:
        work.articles.remember([Gathered(article("a1"), ("url:e/1",), "")])
        work.articles.refuse({"refused:e/2 m": "listing"}, at=NOW)
        work.articles.refuse({"refused:e/2 m": "listing"}, at=NOW + timedelta(days=9))
        assert work.articles.refused({"refused:e/2 m", "refused:e/3 m"}) == {"refused:e/2 m"}

        assert work.articles.forget_keys(NOW + timedelta(days=1)) == 2
        assert work.articles.refused({"refused:e/2 m"}) == frozenset()
        assert work.articles.recall({"url:e/1"}) == {}


def test_a_touched_article_takes_mark_and_keys(store: Store) -> None:
    """An altered entry of an article that reads as before."""
    with store.work() as work:
        work.articles.remember([Gathered(article("a1"), ("url:e/1",), "m1")])
        work.articles.touch(ArticleId("a1"), "m2", ("url:e/7",))

        assert work.articles.recall({"url:e/7"})["url:e/7"][0].mark == "m2"


def test_the_times_of_a_source_come_in_order(store: Store) -> None:
    """When its articles came out; an undated one counts when it was first seen."""
    dated = replace(article("a1", published=NOW - timedelta(hours=2)), source="vestnik")
    undated = replace(article("a2", published=None, fetched=NOW), source="vestnik")
    with store.work() as work:
        work.articles.remember([Gathered(undated), Gathered(dated)])

        times = work.articles.publication_times("vestnik", NOW - timedelta(days=1))
        assert times == [NOW - timedelta(hours=2), NOW]
        assert work.articles.publication_times("drug", NOW - timedelta(days=1)) == []


def test_raw_documents_come_back_byte_for_byte_and_are_dropped(store: Store) -> None:
    """In the order they were fetched, with headers and entry; over strides too."""
    entry = Entry("vestnik", "1", "https://e.example.bg/1", "Заглавие", published_at=NOW)
    kept = [
        RawDocument(
            f"k{n:03}", SourceId("vestnik"), "n", "u", NOW + timedelta(seconds=n), bytes([n]) * 999,
            (("content-type", "text/html"),), entry if n % 2 else None,
        )
        for n in range(120)
    ]  # fmt: skip
    with store.work() as work:
        work.raw.keep(kept[60:])
        work.raw.keep(kept)
        assert list(work.raw.since(NOW)) == kept
        assert list(work.raw.since(NOW, sources=[SourceId("друг")])) == []

        assert work.raw.drop(NOW + timedelta(seconds=100)) == 100
        assert [one.key for one in work.raw.since(NOW)] == [f"k{n}" for n in range(100, 120)]


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
    second = replace(first, content_hash="h2", findings=(("yellow", "code", "Изречение."),))
    with store.work() as work:
        work.editions.save(edition())
        work.editions.save_rendered(first)
        work.editions.save_rendered(second)

        assert work.editions.rendered(first.edition_id, 1) == second
    with pytest.raises(NotFound), store.reading() as work:
        work.editions.rendered(first.edition_id, 2)


def test_printed_stories_of_the_last_days_are_remembered(store: Store) -> None:
    """Of the days before, within the window, and only what readers were sent."""
    with store.work() as work:
        for days in (1, 2, 3, 20):
            day = DAY - timedelta(days=days)
            state = EditionState.DRAFT if days == 2 else EditionState.SENT
            work.editions.save(replace(edition(day), state=state))
            work.editions.save_printed(
                edition(day).id, day, [(StoryId(f"s{days}"), "Заглавие", "Текст.")]
            )
        yesterday = DAY - timedelta(days=1)
        work.editions.save_printed(edition(yesterday).id, yesterday, [(StoryId("s"), "Т", "Х")])

        found = work.editions.printed_before("digest", DAY)
    assert [(row[0], row[2]) for row in found] == [
        (DAY - timedelta(days=3), "s3"),
        (DAY - timedelta(days=1), "s"),
    ]


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


def test_activity_is_remembered_newest_first(store: Store) -> None:
    """Who did what to which edition."""
    first = Deed(NOW, "red@example.bg", "approve", "digest-2026-11-20", "draft", "approved")
    second = Deed(NOW, "планировчик", "queue", "digest-2026-11-21")
    with store.work() as work:
        work.activity.add(first)
        work.activity.add(second)

        assert work.activity.list() == [second, first]
        assert work.activity.list(subject=first.subject) == [first]


def test_a_login_opens_expires_and_closes(store: Store) -> None:
    """A token is good until its time, its closing, a new password or the editor's removal."""
    editor = Editor("red@example.bg", "Редактор", "approver", "$argon2id$x", NOW)
    until = NOW + timedelta(hours=12)
    with store.work() as work:
        work.editors.add(editor)
        work.editors.open_login(editor.address, "t1", now=NOW, expires_at=until, agent="Firefox")
        work.editors.open_login("RED@example.bg", "t2", now=NOW, expires_at=until)

        assert work.editors.who("t1", NOW) == editor
        assert work.editors.who("t1", until) is None
        assert work.editors.who("друг", NOW) is None
        assert len(work.editors.logins(editor.address, NOW)) == 2
        work.editors.close_login("t1")
        assert work.editors.who("t1", NOW) is None
        work.editors.set_password_hash(editor.address, "$argon2id$y")
        assert work.editors.who("t2", NOW) is None


def test_the_desk_knows_its_people(store: Store) -> None:
    """Added once, listed, given another role, removed."""
    editor = Editor("red@example.bg", "Редактор", "editor", "x", NOW)
    with store.work() as work:
        work.editors.add(editor)
        work.editors.set_role(editor.address, "admin")
        assert [one.role for one in work.editors.list()] == ["admin"]
        with pytest.raises(ValueError, match="no such role"):
            work.editors.set_role(editor.address, "boss")
    with pytest.raises(Conflict), store.work() as work:
        work.editors.add(replace(editor, address="Red@Example.BG"))
    with store.work() as work:
        work.editors.remove(editor.address)
    with pytest.raises(NotFound), store.reading() as work:
        work.editors.get(editor.address)


def test_times_come_back_as_the_same_moment(store: Store) -> None:
    """To the microsecond, whatever the offset they were given in."""
    at = datetime(2026, 11, 20, 7, 0, 0, 123456, tzinfo=UTC)
    with store.work() as work:
        work.activity.add(Deed(at, "x", "y"))

        assert work.activity.list()[0].at == at
