"""What the archive knows of an article stands against every later date, over rounds of days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.actions import collecting, sources
from digest.actions.app import App
from digest.actions.collecting import CollectReport
from digest.bootstrap import open_app
from digest.clock import FixedClock
from digest.model import Article, Entry
from tests.integration.outlets import Site, feed, page

TENTH = datetime(2026, 11, 10, 6, tzinfo=UTC)
TWENTIETH = datetime(2026, 11, 20, 6, tzinfo=UTC)
SUMMARY = (
    "Общинският съвет в Пролом прие плана за подмяна на стария водопровод в три квартала, "
    "а работата започва през март и ще продължи до края на следващата година."
)
ENTRY = Entry("", "vest-12", "", "Пролом сменя водопровода си", SUMMARY, published_at=TENTH)
PARAGRAPHS = (
    "Общинският съвет в Пролом прие с 31 гласа „за“ плана за подмяна на стария водопровод.",
    "Работата започва през март и трябва да приключи до края на следващата година.",
    "„Това е най-голямата поправка от четиридесет години“, каза кметът Стоян Велев.",
    "Жителите на три квартала ще бъдат без вода в продължение на два дни през април.",
    "Парите идват от държавния бюджет и от заем, който общината ще връща осем години.",
)
OTHER = (
    "Градският театър открива новия сезон в петък вечер с пиеса от млада авторка.",
    "Режисьор е Ния Костова, която се връща на сцената след десет години отсъствие.",
    "Билетите за първите три представления са продадени още в началото на месеца.",
    "Спектакълът гостува в съседните градове чак до края на пролетта.",
    "След премиерата зрителите разговарят с актьорите във фоайето на втория етаж.",
)


def at(home: Path, when: datetime) -> App:
    """The newsroom at a moment; an hour after what is published then."""
    return open_app(home, clock=FixedClock(when + timedelta(hours=1)))


def follow(home: Path, site: Site, path: str = "/rss") -> None:
    app = at(home, TENTH)
    sources.add_source(app, site.url(path), rights="licensed", outlet="Вестник")
    app.close()


def run(home: Path, when: datetime) -> CollectReport:
    app = at(home, when)
    try:
        return collecting.collect(app)
    finally:
        app.close()


def again(home: Path, when: datetime) -> CollectReport:
    app = at(home, when)
    try:
        return collecting.collect_again(app, since=TENTH - timedelta(days=1))
    finally:
        app.close()


def stored(home: Path) -> list[Article]:
    app = at(home, TENTH)
    with app.store.reading() as work:
        found = work.articles.since(TENTH - timedelta(days=4000))
    app.close()
    return found


def publish(site: Site, entry: Entry, *paragraphs: str, path: str = "/a", head: str = "") -> None:
    """A feed of one entry; its page, or 404 when there are no paragraphs."""
    site.put("/rss", feed(replace(entry, url=site.url(path))))
    if paragraphs:
        site.put(path, page(entry.title, *paragraphs, head=head))


def meta(when: datetime) -> str:
    return f'<meta property="article:published_time" content="{when.isoformat()}">'


RETOLD = replace(ENTRY, summary=SUMMARY + " Критиците искат проверка.", published_at=TWENTIETH)


@pytest.mark.parametrize(
    ("first", "later"),
    [
        pytest.param(ENTRY, RETOLD, id="dated, dated anew"),
        pytest.param(replace(ENTRY, published_at=None), RETOLD, id="undated, dated later"),
    ],
)
@pytest.mark.parametrize("whole", [True, False], ids=["page", "entry alone"])
def test_a_known_article_is_never_dated_after_it_was_first_seen(
    home: Path, site: Site, first: Entry, later: Entry, *, whole: bool
) -> None:
    """Its stored date stands; one that had none stays without and says that it was put out anew."""
    follow(home, site)
    publish(site, first, *(PARAGRAPHS if whole else ()))
    run(home, TENTH)
    more = (*PARAGRAPHS, "Критиците искат проверка.")
    publish(site, later, *(more if whole else ()))

    run(home, TWENTIETH)

    (article,) = stored(home)
    assert article.partial is not whole
    assert "Критиците" in article.text
    assert article.published_at == first.published_at
    if first.published_at is None:
        assert article.old_news is not None
        assert article.old_news.startswith("Пусната е наново")
        assert "10 ноември 2026" in article.old_news


def test_a_page_dated_anew_does_not_date_a_known_article(home: Path, site: Site) -> None:
    """Neither does the page that is read days after its entry stood alone."""
    follow(home, site)
    publish(site, ENTRY)
    site.put("/a", "", 503)
    run(home, TENTH)
    publish(site, RETOLD, *PARAGRAPHS, head=meta(TWENTIETH))

    run(home, TWENTIETH)

    (article,) = stored(home)
    assert not article.partial
    assert article.published_at == TENTH


def test_the_page_of_an_entry_that_stood_alone_may_say_that_it_is_older(
    home: Path, site: Site
) -> None:
    """The feed said today, the page says 2022: the first reading was not whole."""
    follow(home, site)
    publish(site, ENTRY)
    site.put("/a", "", 503)
    run(home, TENTH)
    publish(site, ENTRY, *PARAGRAPHS, head=meta(datetime(2022, 12, 30, 14, tzinfo=UTC)))

    run(home, TENTH + timedelta(hours=1))

    (article,) = stored(home)
    assert article.published_at == datetime(2022, 12, 30, 14, tzinfo=UTC)
    assert article.old_news is not None


@pytest.mark.parametrize("whole", [True, False], ids=["page", "entry alone"])
def test_an_honest_date_that_comes_later_is_learned(home: Path, site: Site, *, whole: bool) -> None:
    """An entry without a date gets one of before we first saw it; its words are the same."""
    follow(home, site)
    publish(site, replace(ENTRY, published_at=None), *(PARAGRAPHS if whole else ()))
    run(home, TENTH)
    publish(site, ENTRY, *(PARAGRAPHS if whole else ()))

    run(home, TENTH + timedelta(hours=1))

    (article,) = stored(home)
    assert article.published_at == TENTH
    assert article.old_news is None
    asked = site.times("/a")
    publish(site, replace(ENTRY, id="vest-12 "), *(PARAGRAPHS if whole else ()))
    run(home, TENTH + timedelta(hours=2))
    assert site.times("/a") == asked + (not whole)  # a page that was missing is tried again


def test_a_date_that_cannot_be_read_is_not_asked_for_at_every_round(home: Path, site: Site) -> None:
    """The entry is dated later and its page has become a wall: refused once, then left alone."""
    follow(home, site)
    bare = replace(ENTRY, summary="", published_at=None)
    publish(site, bare, *PARAGRAPHS)
    run(home, TENTH)
    publish(site, replace(bare, published_at=TENTH), "Само за абонати.")
    run(home, TENTH + timedelta(hours=1))
    asked = site.times("/a")

    site.put("/rss", site.answers["/rss"].body + b"<!-- -->")
    run(home, TENTH + timedelta(hours=2))

    assert site.times("/a") == asked
    assert len(stored(home)) == 1


LONG = replace(ENTRY, summary="\n\n".join(f"<p>{one}</p>" for one in PARAGRAPHS))


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        pytest.param(ENTRY, ENTRY.title, id="summary"),
        pytest.param(LONG, ENTRY.title, id="five paragraphs"),
        pytest.param(LONG, "Заемът на общината", id="five paragraphs, retitled"),
    ],
)
def test_a_partial_text_that_returns_elsewhere_is_old_news(
    home: Path, site: Site, entry: Entry, title: str
) -> None:
    """The same words under another link and id, dated ten days later."""
    follow(home, site)
    publish(site, entry)
    run(home, TENTH)
    publish(site, replace(entry, id="vest-99", title=title, published_at=TWENTIETH), path="/b")

    run(home, TWENTIETH)

    fresh = next(one for one in stored(home) if one.url.endswith("/b"))
    assert fresh.partial
    assert fresh.old_news is not None
    assert "10 ноември 2026" in fresh.old_news


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("Водата в Пролом на 10 ноември", "Водата в Пролом на 20 ноември"),
        ("Пролом сменя водопровода си", "Театърът открива сезона с премиера"),
    ],
)
def test_one_summary_under_other_headlines_is_no_old_news(
    home: Path, site: Site, first: str, later: str
) -> None:
    """Feeds with one standing line for all their entries, and daily columns."""
    follow(home, site)
    publish(site, replace(ENTRY, title=first))
    run(home, TENTH)
    publish(site, replace(ENTRY, id="9", title=later, published_at=TWENTIETH), path="/b")

    run(home, TWENTIETH)

    assert [one.old_news for one in stored(home) if one.url.endswith("/b")] == [None]


def test_an_address_of_a_folder_used_again_is_a_new_article(home: Path) -> None:
    """Retitled, with all its text new: not a version of the old one, and not of its date."""
    (home / "st").mkdir()
    link = '<link rel="canonical" href="https://vestnik.example.bg/na-fokus">'
    app = at(home, TENTH)
    sources.add_source(app, "folder:st", rights="licensed", outlet="Вестник")
    app.close()
    file = home / "st" / "fokus.html"
    file.write_text(page(ENTRY.title, *PARAGRAPHS, head=link + meta(TENTH)), encoding="utf-8")
    run(home, TENTH)
    title = "Театърът открива сезона с премиера"
    file.write_text(page(title, *OTHER, head=link + meta(TWENTIETH)), encoding="utf-8")

    reports = run(home, TWENTIETH), run(home, TWENTIETH + timedelta(hours=1))

    assert [one.articles_new for one in reports] == [1, 0]
    old, new = stored(home)
    assert (old.title, old.published_at) == (ENTRY.title, TENTH)
    assert (new.title, new.published_at, new.old_news) == (title, TWENTIETH, None)


def test_a_page_followed_as_a_source_may_be_used_again(home: Path, site: Site) -> None:
    """The test of a reused address holds for a page without a feed."""
    follow(home, site, "/na-fokus")
    site.put("/na-fokus", page(ENTRY.title, *PARAGRAPHS * 2, head=meta(TENTH)))
    run(home, TENTH)
    site.put("/na-fokus", page("Театърът открива сезона", *OTHER * 2, head=meta(TWENTIETH)))

    report = run(home, TWENTIETH)

    assert report.articles_new == 1
    assert [one.published_at for one in stored(home)] == [TENTH, TWENTIETH]


def test_a_date_moved_forward_is_told_once(home: Path, site: Site) -> None:
    """A page whose date moves and whose text stays makes one version, not one a round."""
    follow(home, site, "/statia")
    reports = []
    for n in range(3):
        when = TENTH + timedelta(days=n)
        head = meta(TENTH if n == 0 else TENTH + timedelta(days=1)) + f"<!-- {n} -->"
        site.put("/statia", page(ENTRY.title, *PARAGRAPHS * 2, head=head))
        reports.append(run(home, when))

    assert [one.articles_altered for one in reports] == [0, 1, 0]


def test_reading_again_cannot_date_a_known_article_anew_either(home: Path, site: Site) -> None:
    """The bytes of the twentieth are among the kept; the first day still stands."""
    follow(home, site)
    publish(site, replace(ENTRY, published_at=None), *PARAGRAPHS)
    run(home, TENTH)
    publish(site, RETOLD, *PARAGRAPHS, "Критиците искат проверка.", head=meta(TWENTIETH))
    run(home, TWENTIETH)

    reports = again(home, TWENTIETH), again(home, TWENTIETH)

    (article,) = stored(home)
    assert article.published_at is None
    assert article.old_news is not None
    assert "Критиците" in article.text
    assert [one.articles_altered for one in reports] == [0, 0]


def test_reading_again_keeps_what_the_archive_said(home: Path, site: Site) -> None:
    """A text that returned stays old news, though its own bytes say nothing of it."""
    follow(home, site)
    publish(site, ENTRY, *PARAGRAPHS * 2)
    run(home, TENTH)
    returned = replace(ENTRY, id="9", title="Водата в Пролом", published_at=TWENTIETH)
    publish(site, returned, *PARAGRAPHS * 2, path="/b")
    run(home, TWENTIETH)

    again(home, TWENTIETH)

    (_, later) = stored(home)
    assert later.published_at == TWENTIETH
    assert later.old_news is not None
