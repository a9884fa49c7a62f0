"""What every store remembers of collecting: sources, visits, articles, versions, raw bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from digest.errors import Conflict, NotFound
from digest.gathered import Change, ChangeKind, Gathered, RawDocument, SourceState
from digest.model import (
    Article,
    ArticleId,
    DateBasis,
    DateClaim,
    Entry,
    FeedPlace,
    Related,
    Rights,
    Source,
    SourceId,
)
from digest.store.work import Store
from tests.integration.store import databases
from tests.integration.store.given import NOW

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
        place=FeedPlace(2, 30),
    )


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
    assert (health.failures, health.last_error, health.new) == (1, "500", 0)


def test_a_silent_answer_does_not_hide_the_entries_seen(store: Store) -> None:
    """A 304 tells no number; the last answer that did counts."""
    with store.work() as work:
        work.sources.add(SOURCE)
        work.sources.record_visit(SOURCE.id, at=NOW, ok=True, entries=5, new=2)
        work.sources.record_visit(SOURCE.id, at=NOW, ok=True, not_modified=True)

        assert work.sources.health()[0].entries == 5


def test_old_visits_are_dropped_and_the_newest_stays(store: Store) -> None:
    """A source that nobody asked for a year still says how it was; its articles are counted."""
    with store.work() as work:
        work.sources.add(SOURCE)
        work.articles.add_new([replace(article("a1"), source=SOURCE.id)])
        for days in (300, 200, 100):
            at = NOW - timedelta(days=days)
            work.sources.record_visit(SOURCE.id, at=at, ok=False, entries=days, error_text="500")

        assert work.sources.drop_visits(NOW - timedelta(days=90)) == 2
        assert work.sources.drop_visits(NOW - timedelta(days=90)) == 0
        health = work.sources.health()[0]
    assert (health.visits, health.entries, health.last_error, health.new) == (1, 100, "500", 1)


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


def test_nobody_dates_a_stored_article_after_it_was_first_seen(store: Store) -> None:
    """Not the outlet, not a page read late, not a better reading; that one may go up to it."""
    one = article("a1", published=NOW - timedelta(hours=9))
    later = DateClaim(NOW + timedelta(hours=5), DateBasis.FEED, 0.85)
    fetched = NOW + timedelta(hours=6)
    moved = Gathered(replace(one, date=later, fetched_at=fetched), (), "m2")
    nearer = Gathered(replace(one, date=replace(later, at=NOW), fetched_at=fetched), (), "m2")
    with store.work() as work:
        work.articles.remember([Gathered(one, (), "m1")])
        for cause in ("outlet", "whole", "again"):
            work.articles.alter(moved, (), at=NOW, cause=cause)
            assert work.articles.get([one.id])[0].date == one.date
        work.articles.alter(nearer, (), at=NOW, cause="whole")
        assert work.articles.get([one.id])[0].date == one.date
        work.articles.alter(nearer, (), at=NOW, cause="again")

        assert work.articles.get([one.id])[0].published_at == NOW


def test_an_undated_article_learns_no_later_date(store: Store) -> None:
    """One of before its first day is kept."""
    one = article("a1", published=None)
    later = DateClaim(NOW + timedelta(hours=5), DateBasis.FEED, 0.85)
    honest = DateClaim(NOW - timedelta(hours=5), DateBasis.FEED, 0.85)
    with store.work() as work:
        work.articles.remember([Gathered(one, (), "m1")])
        moved = replace(one, date=later, fetched_at=NOW + timedelta(hours=6), old_news="Наново.")
        work.articles.alter(Gathered(moved), (), at=NOW, cause="outlet")
        stored = work.articles.get([one.id])[0]
        assert (stored.published_at, stored.old_news) == (None, "Наново.")
        work.articles.alter(Gathered(replace(one, date=honest)), (), at=NOW, cause="outlet")

        assert work.articles.get([one.id])[0].date == honest


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

        assert work.articles.times_of("vestnik", 9) == [NOW - timedelta(hours=2), NOW]
        assert len(work.articles.times_of("vestnik", 1)) == 1
        assert work.articles.times_of("drug", 9) == []


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
        assert list(work.raw.since(NOW, newest_first=True)) == kept[::-1]
        assert list(work.raw.since(NOW, sources=[SourceId("друг")])) == []

        assert work.raw.drop(NOW + timedelta(seconds=100)) == 100
        assert [one.key for one in work.raw.since(NOW)] == [f"k{n}" for n in range(100, 120)]
