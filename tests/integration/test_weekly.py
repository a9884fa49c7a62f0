"""A weekly gathers its seven days, each story once, and does not repeat the week before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from digest.actions import drafting, editions, scheduling
from digest.actions.app import App
from digest.clock import FixedClock
from digest.model import Article, ArticleId, DateBasis, DateClaim, EditionState
from digest.settings import Publication, Settings
from tests.integration import web_kit as kit

FRIDAY = date(2026, 11, 27)
AT = kit.NOW + timedelta(days=4)
WEEKLY = Settings(publication=Publication(period="week", weekday=5))

STRIKE = (
    "Шофьорите в Бяловир стачкуват",
    "Водачите на автобуси в Бяловир започнаха стачка. Те искат 20 процента по-високи заплати. "
    "Кметът Огнян Раев каза, че общината няма пари.",
)
DEAL = (
    "Стачката в Бяловир свърши",
    "Шофьорите на автобуси в Бяловир и кметът Огнян Раев подписаха споразумение и прекратиха "
    "стачката. Заплатите се вдигат с 12 процента.",
)
MUSEUM = (
    "Музеят в Лозарник показва 300 тракийски монети",
    "Историческият музей в Лозарник откри изложба с 300 тракийски монети от находка край селото "
    "Чернево. Уредник е Ваня Русева.",
)


def article(key: str, told: tuple[str, str], days: float) -> Article:
    at = AT - timedelta(days=days)
    return Article(
        ArticleId(key),
        *told,
        outlet=f"Издание {key}",
        url=f"https://{key}.example.bg/novina",
        date=DateClaim(at, DateBasis.FEED, 0.9),
        fetched_at=at + timedelta(minutes=5),
    )


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = kit.make_app(tmp_path / "home", now=AT, drafted=False, settings=WEEKLY)
    yield made
    made.close()


def given(app: App, *articles: Article) -> None:
    with app.store.work() as work:
        work.articles.add_new(articles)


def sent(app: App, day: date) -> None:
    with app.store.work() as work:
        kept = work.editions.by_date("digest", day)
        assert kept is not None
        work.editions.save(replace(kept, state=EditionState.SENT))


def titles(app: App, day: date) -> list[str]:
    return [one.title for one in drafting.build(app, day=day).stories]


def test_the_week_is_gathered_and_each_story_stands_once_in_its_latest_state(app: App) -> None:
    """A strike of Saturday that ended on Thursday is told as it ended."""
    given(app, article("a", STRIKE, 5.9), article("b", DEAL, 1), article("c", MUSEUM, 4))

    found = titles(app, FRIDAY)

    assert DEAL[0] in found
    assert MUSEUM[0] in found
    assert STRIKE[0] not in found


def test_what_the_week_before_printed_returns_only_with_news(app: App) -> None:
    """„Ново от миналата седмица“ for the strike; the exhibition stays out."""
    before = replace(app, clock=FixedClock(AT - timedelta(days=7)))
    given(app, article("a", STRIKE, 9), article("c", MUSEUM, 8))
    assert set(titles(before, FRIDAY - timedelta(days=7))) >= {STRIKE[0], MUSEUM[0]}
    sent(before, FRIDAY - timedelta(days=7))
    given(app, article("b", DEAL, 1), article("d", MUSEUM, 2))

    edition = drafting.build(app, day=FRIDAY)

    (strike,) = [one for one in edition.stories if one.title == DEAL[0]]
    assert strike.update.startswith("Ново от миналата седмица: Шофьорите")
    assert MUSEUM[0] not in [one.title for one in edition.stories]
    assert any("без нов факт" in one.reason for one in edition.dropped)


def test_the_mail_speaks_of_the_week(app: App) -> None:
    """The date line and the closing line."""
    given(app, article("b", DEAL, 1))
    edition = drafting.build(app, day=FRIDAY)
    text = editions.preview(app, edition, kind="text").decode()

    assert "Седмицата 21–27\u00a0ноември 2026\u00a0г." in text
    assert "Това беше важното за седмицата" in text


def test_a_weekly_is_drafted_on_its_own_day_only(app: App) -> None:
    """The schedule of eight days has the three steps of one Friday or two."""
    steps = scheduling.coming(app, 7)

    assert {one.at.isoweekday() for one in steps} == {5}
