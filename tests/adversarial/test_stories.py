"""Adversarial cases 17 and 18: one agency text is one voice, two calls are two stories."""

from __future__ import annotations

from datetime import timedelta

from digest.cluster.stories import cluster
from digest.model import Article, ArticleId, DateBasis, DateClaim, Story
from digest.newsroom import load_newsroom
from digest.settings import Cluster
from tests.adversarial.documents import BODY, NOW, TITLE

WIRE = "\n\n".join((*BODY, "Ремонтът обхваща 42 километра тръби и ще струва 18 милиона лева."))
CALL = (
    "Президентите {one} и {other} проведоха телефонен разговор, съобщиха от двете канцеларии. "
    "Двамата обсъдиха {topic}. Разговорът продължи {minutes} минути и беше открит, се казва в "
    "съобщението. Следващата среща е предвидена за {next}."
)


def article(number: int, title: str, text: str, *, outlet: str, days: float = 0) -> Article:
    """An article of an outlet so many days ago."""
    at = NOW - timedelta(days=days)
    return Article(
        id=ArticleId(f"a{number}"),
        title=title,
        text=text,
        source=outlet,
        outlet=outlet,
        url=f"https://{number}.example.bg/novina/{number}",
        date=DateClaim(at, DateBasis.META, 0.9, "test"),
        fetched_at=NOW,
    )


def stories(articles: list[Article]) -> list[Story]:
    return cluster(articles, newsroom=load_newsroom(), options=Cluster())


def test_case_17_an_agency_text_in_twelve_outlets_is_one_voice() -> None:
    """Headline, first words and credit differ; the text does not."""
    copies = [
        article(
            n,
            TITLE if n % 2 else f"Пролом: {TITLE.lower()}",
            f"Новина на деня. {WIRE}" if n % 3 else WIRE,
            outlet=f"Издание {n}",
        )
        for n in range(12)
    ]

    (story,) = stories(copies)

    assert len(story.articles) == 12
    assert story.independent_sources == 1


def test_case_18_two_calls_of_the_same_presidents_a_year_apart_are_two_stories() -> None:
    """The same names and the same phrases, another year and another matter."""
    now = CALL.format(
        one="Ален Марков", other="Жан Дюбоа", topic="доставките на зърно през пристанищата",
        minutes=50, next="април",
    )  # fmt: skip
    then = CALL.format(
        one="Ален Марков", other="Жан Дюбоа", topic="енергийния преход и строежа на реактор",
        minutes=90, next="септември",
    )  # fmt: skip
    calls = [
        article(1, "Марков и Дюбоа разговаряха за зърното", now, outlet="Вестник"),
        article(2, "Марков и Дюбоа разговаряха за реактора", then, outlet="Дневник", days=365),
    ]

    assert len(stories(calls)) == 2
