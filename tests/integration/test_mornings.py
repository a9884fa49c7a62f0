"""Several mornings in a row: a toll that grows, stands still and grows again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from digest.actions import drafting
from digest.actions.app import App
from digest.clock import FixedClock
from digest.model import Article, ArticleId, DateBasis, DateClaim, Edition, EditionState
from tests.integration import web_kit as kit

PLACE = "при взрива в мина „Искра“ край Рудозем"
TOLD = (
    ("Един загинал след взрив в мина край Рудозем", f"Един миньор загина {PLACE}. Трима се издирват."),
    ("Загиналите край Рудозем вече са трима", f"Броят на загиналите {PLACE} нарасна на трима. "
     "Спасителите търсят още един миньор."),
    ("Трима са жертвите на взрива край Рудозем", f"Трима са загиналите миньори {PLACE}. Търсенето на "
     "последния продължава."),
    ("Откриха последния миньор от Рудозем", f"Спасителите намериха тялото на последния миньор {PLACE}. "
     "Загиналите са четирима."),
)  # fmt: skip


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = kit.make_app(tmp_path / "home", drafted=False)
    yield made
    made.close()


def morning(app: App, day: int, told: int, *, state: EditionState = EditionState.SENT) -> Edition:
    """The edition of the n-th day, with that day's article and a filler that fills the mail."""
    now = kit.NOW + timedelta(days=day)
    today = replace(app, clock=FixedClock(now))
    at = now - timedelta(hours=2)
    mine, filler = TOLD[told], (f"Театърът в Пролом показа спектакъл номер {day}",
                                f"Зрителите в Пролом гледаха премиера номер {day} с Лина Герова.")  # fmt: skip
    with app.store.work() as work:
        work.articles.add_new(
            [
                Article(ArticleId(f"{kind}{day}"), *text, outlet=f"Издание {day}",
                        url=f"https://izdanie.example.bg/{kind}{day}",
                        date=DateClaim(at, DateBasis.FEED, 0.9), fetched_at=at)
                for kind, text in (("m", mine), ("f", filler))
            ]
        )  # fmt: skip
    edition = drafting.build(today, day=kit.DAY + timedelta(days=day))
    with app.store.work() as work:
        work.editions.save(replace(edition, state=state))
    return edition


def update(edition: Edition) -> str | None:
    """The line of the mine's story; None when the edition does not print it."""
    return next((s.update for s in edition.stories if "Рудозем" in s.title), None)


def test_a_toll_returns_when_it_grows_and_not_when_it_stands(app: App) -> None:
    """1, 3, 3, 4: printed, back, out, back."""
    first, second, third, fourth = (morning(app, day, day) for day in range(4))

    assert update(first) == ""
    assert (update(second) or "").startswith("Ново от вчера: Броят на загиналите")
    assert update(third) is None
    assert any("без нов факт" in one.reason for one in third.dropped)
    assert "четирима" in (update(fourth) or "")
    assert (update(fourth) or "").startswith("Ново от 24\u00a0ноември:")


def test_a_cancelled_edition_told_readers_nothing(app: App) -> None:
    """What never left does not hold the story back."""
    morning(app, 0, 0, state=EditionState.CANCELLED)

    assert update(morning(app, 1, 0)) == ""
