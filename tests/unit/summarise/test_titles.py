"""What titles lose and what they keep: bait, labels, shouting; honest ones stay as they are."""

from __future__ import annotations

import pytest

from digest.model import Article, ArticleId, Rights
from digest.summarise.headline import LONGEST, cleaned
from tests.unit.summarise.noisy_titles import NOISY
from tests.unit.summarise.titles import BAIT, COUNCIL, HONEST


def titled(title: str, text: str = COUNCIL, **more: object) -> Article:
    return Article(ArticleId("a"), title, text, **more)  # type: ignore[arg-type]


def plain(title: str) -> str:
    """Without no-break spaces, which house typography sets."""
    return title.replace("\u00a0", " ")


@pytest.mark.parametrize("title", HONEST)
def test_an_honest_title_stays(title: str) -> None:
    """Lists, services, questions, quotations, and labels that are part of the news."""
    found = cleaned(titled(title))

    assert plain(found.text) == title.replace(" - ", " – ")
    assert not found.replaced


@pytest.mark.parametrize(("title", "text", "outlet", "clean"), NOISY)
def test_noise_goes_and_the_news_stays(title: str, text: str, outlet: str, clean: str) -> None:
    """Site, labels, media marks, emoji, repeated marks, shouting: names get their capitals back."""
    found = cleaned(titled(title, text, outlet=outlet))

    assert plain(found.text) == clean
    assert not found.replaced


@pytest.mark.parametrize("title", BAIT)
def test_bait_gives_way_to_the_articles_fact(title: str) -> None:
    """The first factual sentence stands for it; the outlet's own is kept beside it."""
    found = cleaned(titled(title))

    assert found.replaced
    assert plain(found.text) == COUNCIL.split(" Кметът", maxsplit=1)[0].rstrip(".")
    assert found.original == title


def test_bait_stays_where_the_body_may_not_be_quoted() -> None:
    """A free extract is the title and the beginning of the text, in their own places."""
    bait = titled("Ето защо кметът мълчи")

    assert cleaned(bait, Rights.EXTRACT).text == bait.title
    assert cleaned(titled(bait.title, rights=Rights.FACTS)).text == bait.title


LONG = (
    "Окръжният съд в Белоречие осъди бившия директор на завода за хартия Петър Сомов на три години "
    "условно за документни измами"
)
NEXT = "Присъдата може да бъде обжалвана до 12\u00a0януари догодина"


@pytest.mark.parametrize(
    ("behind", "kept"),
    [
        (", който от пролетта насам живее със семейството си в чужбина", LONG),
        (", като жалбата ще бъде гледана в началото на следващата година", LONG),
        (", който не се призна за виновен по нито една от точките", ""),
        (", като присъдата ще отпадне, ако щетата бъде възстановена", ""),
        (" – това съобщи източник, пожелал да остане неизвестен за публиката", ""),
    ],
)
def test_a_long_fact_is_cut_at_a_clause_that_holds_nothing(behind: str, kept: str) -> None:
    """A condition, a denial or the source of the claim never goes; then the next one stands."""
    text = f"{LONG}{behind}.\n\n{NEXT}."

    found = cleaned(titled("Няма да познаете кого обвиниха", text))

    assert found.replaced
    assert found.text == (kept or NEXT)
    assert len(found.text) <= LONGEST


@pytest.mark.parametrize(
    ("title", "text", "clean"),
    [
        (
            "ПОЖАР В МОРСКИ РИД",
            "В Морски рид избухна пожар. Кметът на Морски рид благодари на огнеборците.",
            "Пожар в Морски рид",
        ),
        (
            "ДВАМА ОТ МОРСКИ РИД С МЕДАЛИ",
            "Двама плувци от Морски рид се върнаха с медали. От Горна Вада заминаха трима.",
            "Двама от Морски рид с медали",
        ),
        (
            "33-МА РАНЕНИ, 2-РИ ДЕН ТЪРСЯТ ОЩЕ ДВАМА",
            "Ранени са 33-ма души. Двама още се търсят.",
            "33-ма ранени, 2-ри ден търсят още двама",
        ),
        (
            "Двама ЗАГИНАХА край Горна Вада",
            "Двама души загинаха край Горна Вада.",
            "Двама загинаха край Горна Вада",
        ),
        (
            "Кметът спря ДАНС и ВиК",
            "Кметът спря проверката на ДАНС и ВиК, каза той.",
            "Кметът спря ДАНС и ВиК",
        ),
    ],
)
def test_the_text_knows_how_a_word_is_written(title: str, text: str, clean: str) -> None:
    """Prepositions never keep the capital of a sentence that they open."""
    assert cleaned(titled(title, text)).text == clean
