"""Which old day on a page proves that the article is old, and which is only a hint."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from digest.collect.dates import claim_of, url_claim
from digest.collect.oldnews import old_news
from digest.model import UNDATED, Article, ArticleId, DateBasis, DateClaim

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
SOFIA = ZoneInfo("Europe/Sofia")
PLAIN = "Общинският съвет прие с голямо мнозинство плана за подмяна на водопровода в града."
TODAY = "2026-11-21T14:35:00+02:00"


def verdict(
    *claims: tuple[DateBasis, str],
    text: str = PLAIN,
    url: str = "https://e.example.bg/plan",
    stands: DateBasis | None = DateBasis.META,
    title: str = "Планът е приет",
) -> str:
    """What is said of an article that is dated today on the basis `stands`; empty for nothing."""
    fresh = claim_of(TODAY, stands, SOFIA) if stands else None
    found = [fresh, url_claim(url, SOFIA), *(claim_of(t, basis, SOFIA) for basis, t in claims)]
    article = Article(ArticleId("a"), title, text, url=url, date=fresh or UNDATED)
    dated: list[DateClaim] = [one for one in found if one is not None]
    return old_news(article, dated, now=NOW, fresh_hours=36, zone=SOFIA) or ""


@pytest.mark.parametrize("stands", [DateBasis.JSON_LD, DateBasis.META, DateBasis.TIME])
@pytest.mark.parametrize(
    "line",
    [
        "Снимка: архив, 12.03.2021",
        "Роден на 12.05.1950 г.",
        "12.05.1950 – 19.11.2026",
        "10.10.2026 - 15.12.2026",
        "Договор № 12 от 03.02.2024 г.",
        "18.10.2026",
    ],
)
def test_a_day_that_stands_on_a_page_of_today_is_a_hint(stands: DateBasis, line: str) -> None:
    """A caption, a birth, a run of days, a contract."""
    assert verdict((DateBasis.TEXT, line), stands=stands) == ""


def test_the_time_tag_of_a_teaser_and_its_line_are_one_witness() -> None:
    """Both come from the same words."""
    claims = ((DateBasis.TIME, "2025-07-12T10:00:00+03:00"), (DateBasis.TEXT, "Още: 12.07.2025"))

    assert verdict(*claims) == ""


@pytest.mark.parametrize(
    "url",
    [
        "https://e.example.bg/maraton-2026-10-04-klasirane",
        "https://e.example.bg/delo-avariyata-2019-07-05-vrashta-se",
        "https://e.example.bg/novini/20191",
        "https://e.example.bg/dokladat-za-2019-g",
    ],
)
@pytest.mark.parametrize("stands", [DateBasis.META, DateBasis.FEED])
def test_a_day_in_the_slug_is_of_the_event(url: str, stands: DateBasis) -> None:
    """A race, an accident, a report: the slug names what the article is about."""
    assert verdict(url=url, stands=stands) == ""


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://e.example.bg/2023/05/14/plan", "14 май 2023"),
        ("https://e.example.bg/2023-05-14/plan", "14 май 2023"),
        ("https://e.example.bg/2023/05/plan", "май 2023"),
    ],
)
def test_a_day_or_month_that_is_a_folder_of_the_address_proves(url: str, said: str) -> None:
    """Addresses keep the day on which they were made."""
    why = verdict(url=url)

    assert why.startswith("Пусната е наново")
    assert said in why


def test_the_folder_of_this_month_or_the_last_days_proves_nothing() -> None:
    """The month is not over, or hardly."""
    assert verdict(url="https://e.example.bg/2026/11/plan") == ""


@pytest.mark.parametrize(
    "line",
    ["Публикувана на 14.05.2021", "Първоначално публикувано: 14 май 2021 г.", "14.05.2021 10:00"],
)
def test_a_labelled_day_or_a_day_with_its_hour_proves(line: str) -> None:
    """That is how an outlet stamps its articles."""
    assert "14 май 2021" in verdict((DateBasis.TEXT, line))


def test_a_stamp_beside_the_day_of_today_is_of_another_article() -> None:
    """The page shows its own day; what is stamped below stands in a list."""
    claims = ((DateBasis.TEXT, "21.11.2026 14:35"), (DateBasis.TEXT, "Публикувано: 19.10.2026"))

    assert verdict(*claims) == ""


def test_slug_and_line_that_name_one_day_prove() -> None:
    """Two independent witnesses."""
    why = verdict((DateBasis.TEXT, "14.05.2021"), url="https://e.example.bg/plan-2021-05-14")

    assert "14 май 2021" in why


def test_a_line_of_the_page_proves_against_the_feed_alone() -> None:
    """The day of a feed is no evidence of freshness."""
    assert "14 май 2021" in verdict((DateBasis.TEXT, "14.05.2021"), stands=DateBasis.FEED)


def test_a_hint_bears_out_an_unsure_sign_of_the_text() -> None:
    """„През 2021 г. ще“ alone may be history; with a line of 2021 it is not."""
    text = "През 2021 г. общината ще ремонтира дванадесет улици. " + PLAIN

    assert verdict(text=text) == ""
    assert "2021" in verdict((DateBasis.TEXT, "14.05.2021"), text=text)


@pytest.mark.parametrize(
    "text",
    [
        "Днес, 14 май 2021 г., кметът откри новата зала.",
        "Вчера (3 март 2022 г.) пред паметника се събраха стотици.",
        "Днес, в петък, 14 май 2021 г., се навършват сто години от основаването на читалището.",
        "Утре, 15.05.2023 г., центърът ще бъде затворен.",
        "Днес е 14 май 2021 г. и залата е пълна.",
        "Пролом, 14 май 2021 г. /Вест/ Кметът откри новата зала.",
    ],
)
def test_a_dateline_proves(text: str) -> None:
    """The text names its own day."""
    assert "Самият текст казва" in verdict(text=text)


@pytest.mark.parametrize(
    "text",
    [
        "Вестникът от 14 май 1935 г. пише: днес, 14 май 1935 г., ще се освети черквата.",
        "Вестник „Зора“ пише: днес, 14 май 2001 г., ще се освети черквата.",
        "Днес бе осъден шофьорът, който на 5 юли 2019 г. прегази дете.",
        "Днес паметникът, открит на 14 май 2021 г., е затворен.",
        "На днешната дата, 20 ноември 1989 г., на площада се събират хиляди.",
        "Днес, 14 май 1935 г., в града идва първият влак: така започва разказът.",
        "„Днес, 14 май 2021 г., напускам отбора“, обяви тогава вратарят.",
        "От 14 май 2021 г. до днес 12.05.2021 г. остава най-тежкият ден.",
        "Сараево, 5 май 2012 г. На площада стоят празни столове.",
        "Днес, 21 ноември 2026 г., кметът откри новата зала.",
    ],
)
def test_an_old_day_that_is_not_the_texts_own_is_no_dateline(text: str) -> None:
    """Old papers, history, and what happened on another day."""
    assert verdict(text=text) == ""


def test_the_pages_own_old_day_still_dates_the_article() -> None:
    """When nothing is fresher the old day simply stands."""
    old = claim_of("2021-05-14T10:00:00+03:00", DateBasis.META, SOFIA)
    assert old is not None
    article = Article(ArticleId("a"), "Планът е приет", PLAIN, date=old)

    why = old_news(article, [old], now=NOW, fresh_hours=36, zone=SOFIA)

    assert why == "Публикувана е на 14 май 2021 г. според мета данните на страницата."
