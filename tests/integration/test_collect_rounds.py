"""Rounds of collecting over a real server and a real store: what returns, changes, moves, fails."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest.actions import collecting, sources
from digest.actions.app import App
from digest.actions.collecting import CollectReport
from digest.bootstrap import open_app
from digest.clock import FixedClock
from digest.gathered import ChangeKind
from digest.model import Article, Entry
from tests.integration.outlets import Site, feed, page

NOW = datetime(2026, 11, 20, 5, tzinfo=UTC)
PARAGRAPHS = (
    "Общинският съвет в Пролом прие с 31 гласа „за“ плана за подмяна на стария водопровод.",
    "Работата започва през март и трябва да приключи до края на следващата година.",
    "„Това е най-голямата поправка от четиридесет години“, каза кметът Стоян Велев.",
    "Жителите на три квартала ще бъдат без вода в продължение на два дни през април.",
    "Парите идват от държавния бюджет и от заем, който общината ще връща осем години.",
    "Противниците на плана настояват първо да бъде поправена пречиствателната станция.",
)
ENTRY = Entry(
    source="",
    id="vest-4711",
    url="",
    title="Пролом сменя водопровода си",
    summary="Общинският съвет прие плана за подмяна на стария водопровод.",
    published_at=NOW - timedelta(hours=1),
)


def at(home: Path, hours: float = 0) -> App:
    """The newsroom, so many hours after the first round."""
    return open_app(home, clock=FixedClock(NOW + timedelta(hours=hours)))


def add(home: Path, site: Site, path: str = "/rss", **more: str) -> None:
    """Adds the site's feed."""
    app = at(home)
    sources.add_source(app, site.url(path), rights="licensed", outlet="Вестник", **more)
    app.close()


def run(home: Path, hours: float = 0) -> CollectReport:
    """One round at that hour."""
    app = at(home, hours)
    try:
        return collecting.collect(app)
    finally:
        app.close()


def stored(home: Path) -> list[Article]:
    """Everything in the archive."""
    app = at(home)
    with app.store.reading() as work:
        found = work.articles.since(NOW - timedelta(days=4000))
    app.close()
    return found


def one(site: Site, path: str = "/vest/4711", entry: Entry = ENTRY) -> Entry:
    """The article under an address of the site."""
    return replace(entry, url=site.url(path))


def publish(site: Site, entry: Entry, *paragraphs: str, **headers: str) -> None:
    """Puts a feed of one entry and its page."""
    site.put("/rss", feed(entry), **headers)
    path = entry.url.removeprefix(site.url(""))
    site.put(path, page(entry.title, *(paragraphs or PARAGRAPHS)))


def test_an_article_comes_once(home: Path, site: Site) -> None:
    """The second round knows it, and does not fetch its page again."""
    add(home, site)
    publish(site, one(site))

    first, second = run(home), run(home, 1)

    assert (first.articles_new, second.articles_new) == (1, 0)
    assert second.articles_known == 1 or second.not_modified == 1
    assert site.times("/vest/4711") == 1


def test_validators_of_a_read_answer_are_sent_back(home: Path, site: Site) -> None:
    """The second question carries the ETag, and 304 counts as a good visit."""
    add(home, site)
    publish(site, one(site), ETag='"a1"')
    run(home)

    second = run(home, 1)

    assert site.last("/rss")["if-none-match"] == '"a1"'
    assert (second.not_modified, second.failed) == (1, 0)


def test_a_whole_answer_is_asked_for_once_a_day(home: Path, site: Site) -> None:
    """A wrong 304 does not last for ever."""
    add(home, site)
    publish(site, one(site), ETag='"a1"')
    run(home)

    run(home, 25)

    assert "if-none-match" not in site.last("/rss")


def test_validators_of_an_unreadable_answer_are_not_kept(home: Path, site: Site) -> None:
    """A page of errors with an ETag must not make the feed „unchanged“."""
    add(home, site)
    site.put("/rss", "<!doctype html><html><body>Поддръжка</body></html>", ETag='"bad"')
    app = at(home)
    assert collecting.collect(app).failed in {0, 1}
    app.close()

    publish(site, one(site), ETag='"a1"')
    second = run(home, 8)

    assert site.last("/rss").get("if-none-match") != '"bad"'
    assert second.articles_new == 1


def test_a_changed_headline_is_a_version_and_no_second_article(home: Path, site: Site) -> None:
    """The editor sees the old headline and the new one."""
    add(home, site)
    publish(site, one(site))
    run(home)
    publish(site, replace(one(site), title="Скандал: Пролом сменя водопровода със заем"))

    second = run(home, 1)

    assert (second.articles_new, second.articles_altered) == (0, 1)
    (article,) = stored(home)
    assert article.title == "Скандал: Пролом сменя водопровода със заем"
    app = at(home)
    with app.store.reading() as work:
        versions = work.articles.versions(article.id)
    app.close()
    assert [version.n for version in versions] == [1, 2]
    assert versions[0].title == "Пролом сменя водопровода си"
    (change,) = versions[1].changes
    assert change.kind is ChangeKind.TITLE
    assert "Пролом сменя водопровода си" in change.before


def test_a_new_address_for_a_retitled_article_is_the_same_article(home: Path, site: Site) -> None:
    """The slug follows the headline; number and text stay."""
    add(home, site)
    entry = replace(one(site, "/novini/123456-prolom-smenya-vodoprovoda"), id="")
    publish(site, entry)
    run(home)
    moved = replace(
        entry,
        url=site.url("/novini/123456-prolom-podmenya-vodoprovoda-si"),
        title="Пролом подменя водопровода си",
    )
    publish(site, moved)

    second = run(home, 1)

    assert second.articles_new == 0
    assert len(stored(home)) == 1


def test_the_same_text_at_another_address_is_the_same_article(home: Path, site: Site) -> None:
    """No number, no GUID: the text tells."""
    add(home, site)
    publish(site, replace(one(site, "/a/prolom-vodoprovod"), id=""))
    run(home)
    publish(site, replace(one(site, "/b/vodata-v-prolom"), id="", title="Водата в Пролом"))

    second = run(home, 2)

    assert second.articles_new == 0
    assert len(stored(home)) == 1


def test_an_address_used_again_is_a_new_article(home: Path, site: Site) -> None:
    """Another headline and another text at one address are another article."""
    add(home, site)
    publish(site, one(site, "/na-fokus"))
    run(home)
    other = replace(
        one(site, "/na-fokus"),
        title="Театърът открива сезона с премиера",
        summary="Артистите играят пиеса от млада авторка.",
        published_at=NOW + timedelta(hours=4),
    )
    publish(
        site, other,
        "Градският театър открива новия сезон в петък вечер с пиеса от млада авторка.",
        "Режисьор е Ния Костова, която се връща на сцената след десет години.",
        "Билетите за първите три представления са продадени още в началото на месеца.",
        "Спектакълът ще гостува и в съседните градове до края на пролетта.",
    )  # fmt: skip

    second = run(home, 5)

    assert second.articles_new == 1
    assert {a.title for a in stored(home)} == {ENTRY.title, other.title}


def test_a_text_that_returns_with_a_new_date_is_old_news(home: Path, site: Site) -> None:
    """Half a year later, at another address, dated today: the archive remembers."""
    add(home, site)
    publish(site, replace(one(site, "/a/prolom-vodoprovod"), id=""))
    run(home)
    months = 24 * 180
    returned = replace(
        one(site, "/c/prolom-otnovo"),
        id="",
        title="Пролом с нов водопровод",
        published_at=NOW + timedelta(hours=months - 1),
    )
    publish(site, returned)

    run(home, months)

    fresh = next(a for a in stored(home) if a.title == "Пролом с нов водопровод")
    assert fresh.old_news is not None
    assert "20 ноември 2026" in fresh.old_news


def test_a_redated_article_keeps_its_first_date(home: Path, site: Site) -> None:
    """An outlet that moves the date forward does not make the news fresh."""
    add(home, site)
    publish(site, one(site))
    run(home)
    publish(site, replace(one(site), title=ENTRY.title + " – обновена",
                          published_at=NOW + timedelta(hours=47)))  # fmt: skip

    run(home, 48)

    (article,) = stored(home)
    assert article.published_at == ENTRY.published_at


def test_a_page_that_failed_in_passing_is_read_by_the_next_round(home: Path, site: Site) -> None:
    """The entry stands in meanwhile; the whole text replaces it."""
    add(home, site)
    publish(site, one(site), ETag='"a1"')
    site.put("/vest/4711", "", 503)
    run(home)
    (partial,) = stored(home)
    assert partial.partial
    publish(site, one(site), ETag='"a1"')

    run(home, 1)

    (whole,) = stored(home)
    assert not whole.partial
    assert PARAGRAPHS[3] in whole.text


def test_a_refused_page_is_not_fetched_again(home: Path, site: Site) -> None:
    """A page that is no article is not read at every round."""
    add(home, site)
    publish(site, replace(one(site), summary=""), "Само за абонати.")
    first = run(home)

    run(home, 1)

    assert first.articles_new == 0
    assert sum(first.rejected.values()) == 1
    assert site.times("/vest/4711") == 1


def test_bytes_are_kept_and_can_be_read_again(home: Path, site: Site) -> None:
    """After a fix of our rules the same bytes give a better article, without the network."""
    add(home, site)
    publish(site, one(site))
    run(home)
    app = at(home, 2)
    with app.store.work() as work:
        (article,) = work.articles.since(NOW - timedelta(days=9))
    with app.store.work() as work:
        from digest.gathered import Gathered

        worse = replace(article, text=article.text.split("\n\n")[0])
        work.articles.alter(Gathered(worse), (), at=app.now(), cause="again")
    asked = len(site.asked)

    report = collecting.collect_again(app)

    app.close()
    assert len(site.asked) == asked
    assert report.articles_altered == 1
    assert stored(home)[0].text == article.text


def test_reading_again_without_a_change_changes_nothing(home: Path, site: Site) -> None:
    """The same rules over the same bytes give the same article and no version."""
    add(home, site)
    publish(site, one(site))
    run(home)
    app = at(home, 2)

    report = collecting.collect_again(app)

    with app.store.reading() as work:
        (article,) = work.articles.since(NOW - timedelta(days=9))
        assert len(work.articles.versions(article.id)) == 1
    app.close()
    assert report.articles_altered == 0


def test_raw_documents_are_dropped_after_their_days(home: Path, site: Site) -> None:
    """Nothing of what was kept outlives the set number of days."""
    add(home, site)
    publish(site, one(site))
    run(home)

    run(home, 24 * 9)

    app = at(home)
    with app.store.reading() as work:
        kept = [raw for raw in work.raw.since(NOW - timedelta(days=1))
                if raw.fetched_at < NOW + timedelta(days=1)]  # fmt: skip
    app.close()
    assert kept == []


def test_a_host_that_asks_for_patience_is_not_asked_before(home: Path, site: Site) -> None:
    """Retry-After of a 429 is honoured, also when a person asks."""
    add(home, site)
    site.put("/rss", "", 429, Retry_After="7200")
    run(home)

    second = run(home, 1)

    assert second.waiting == 1
    assert site.times("/rss") == 1
    publish(site, one(site))
    assert run(home, 3).articles_new == 1


def test_a_removed_feed_pauses_its_source(home: Path, site: Site) -> None:
    """410 is meant; nobody asks again until a person says so."""
    add(home, site)
    site.put("/rss", "", 410)
    run(home)

    second = run(home, 24)

    assert second.waiting == 1
    assert site.times("/rss") == 1


def test_a_lasting_permanent_redirect_moves_the_source(home: Path, site: Site) -> None:
    """Seven days of the same good target, and not before."""
    add(home, site)
    site.put("/rss", "", 301, Location=site.url("/nov/rss"))
    site.put("/nov/rss", feed(one(site)))
    site.put("/vest/4711", page(ENTRY.title, *PARAGRAPHS))
    run(home)
    run(home, 24 * 3)
    app = at(home)
    assert [s.url for s in sources.known_sources(app)] == [site.url("/rss")]
    app.close()

    moved = run(home, 24 * 7 + 1)

    assert [there for _, there in moved.moved] == [site.url("/nov/rss")]
    app = at(home)
    assert [s.url for s in sources.known_sources(app)] == [site.url("/nov/rss")]
    app.close()
