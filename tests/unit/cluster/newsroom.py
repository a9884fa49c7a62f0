"""An invented newsroom and short ways to write an article."""

from __future__ import annotations

from datetime import UTC, datetime

from digest.cluster.stories import cluster
from digest.model import (
    UNDATED,
    Agency,
    Article,
    ArticleId,
    DateBasis,
    DateClaim,
    Newsroom,
    Outlet,
    Story,
    Topic,
)
from digest.settings import Cluster

NEWSROOM = Newsroom(
    topics=(
        Topic("ikonomika", "Икономика", ("инфлация", "бюджет", "цена"), ("бизнес",)),
        Topic("bulgaria", "България", ("полиция", "министерски съвет"), ("инциденти",)),
    ),
    outlets=(
        Outlet("Утро", "Преса Холдинг", ("utro.example.bg",)),
        Outlet("Вечер", "Преса Холдинг", ("vecher.example.bg",)),
    ),
    agencies=(Agency("БТА", ("БТА", "BTA")), Agency("АФП", ("АФП", "AFP"))),
    general="obshtestvo",
)

FIRE = (
    "Пожар избухна в склад за текстил в Карнобат тази нощ. На място бяха изпратени девет екипа "
    "на пожарната от Бургас. По думите на комисар Илия Тодоров огънят е тръгнал от електрическото "
    "табло. При гасенето са ранени 14 души, трима от тях са настанени в болницата в Бургас. "
    "Щетите се изчисляват, а причината ще установи експертиза."
)
FIRE_RETOLD = (
    "Голям пожар в складова база за текстил край Карнобат вдигна на крак пожарната през нощта. "
    "Девет екипа са гасили пламъците до сутринта, обясни комисар Илия Тодоров. Пострадали са 17 "
    "души, повечето с обгазяване. Най-вероятно огънят е тръгнал от електрическото табло на склада."
)
BUDGET = (
    "Министерският съвет одобри проекта за бюджет на община Самоков за ремонт на пътната мрежа. "
    "Предвидени са 12 милиона евро, каза кметът Ангел Димов. Първите участъци ще бъдат готови "
    "през пролетта, а обществената поръчка ще бъде обявена до края на месеца."
)


def article(
    name: str, title: str, text: str, *, outlet: str = "", day: int | None = 21, **more: object
) -> Article:
    """An article of November 2026, at noon of `day`; undated when `day` is None."""
    date = (
        DateClaim(datetime(2026, 11, day, 12, tzinfo=UTC), DateBasis.META, 0.9) if day else UNDATED
    )
    return Article(
        ArticleId(name), title, text, outlet=outlet or f"Издание {name}", date=date, **more
    )


def fire(name: str = "a", **more: object) -> Article:
    return article(name, "Пожар в склад за текстил в Карнобат", FIRE, **more)


def fire_retold(name: str = "b", **more: object) -> Article:
    return article(name, "Текстилен склад в Карнобат изгоря през нощта", FIRE_RETOLD, **more)


def budget(name: str = "c", **more: object) -> Article:
    return article(name, "Одобриха парите за пътищата на Самоков", BUDGET, **more)


def grouped(*articles: Article, options: Cluster | None = None) -> list[Story]:
    return cluster(articles, newsroom=NEWSROOM, options=options or Cluster())


def together(*articles: Article) -> set[frozenset[str]]:
    """The ids that share a story."""
    return {frozenset(str(a.id) for a in story.articles) for story in grouped(*articles)}
