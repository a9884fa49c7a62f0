"""Pages that are no article, and the news about the same things that is."""

from __future__ import annotations

import pytest

from digest.collect.kinds import judge

STORY = (
    "Общинският съвет в Пролом прие с 31 гласа „за“ плана за подмяна на стария водопровод. "
    "Работата започва през март и трябва да приключи до края на следващата година. "
    "„Това е най-голямата поправка от четиридесет години“, каза кметът Стоян Велев. "
    "Жителите на три квартала ще бъдат без вода в продължение на два дни през април. "
)
SIGNS = [
    "Овен",
    "Телец",
    "Близнаци",
    "Рак",
    "Лъв",
    "Дева",
    "Везни",
    "Скорпион",
    "Стрелец",
    "Козирог",
    "Водолей",
    "Риби",
]


@pytest.mark.parametrize(
    ("kind", "title", "text"),
    [
        ("weather", "Времето утре", "Максимални температури между 8 и 12 градуса, слаб вятър."),
        ("weather", "Прогноза за времето за 23 ноември", STORY[:80] + " До 9° в Пролом."),
        ("horoscope", "Хороскоп за 22 ноември", ". ".join(f"{s}: добър ден" for s in SIGNS)),
        ("horoscope", "Какво казват звездите", ". ".join(f"{s} – търпение" for s in SIGNS)),
        ("live-blog", "Бурята в Пролом, минута по минута", "\n".join(
            f"1{n}:05 Нова информация от мястото." for n in range(6))),
        ("obituaries", "Траурни обяви от 22 ноември", STORY),
        ("gallery", "Фотогалерия: празникът на града", "Вижте снимките."),
        ("quiz", "Анкета: колко често пътувате?", "Отговорете на въпроса."),
        ("error-page", "404 – страницата не е намерена", "Търсената от вас страница я няма."),
        ("sign-in", "Вход | Вестник", "Потребител. Парола. Забравена парола?"),
        ("tv-programme", "ТВ програма за събота", "\n".join(
            f"{h:02}:30 Предаване {h}" for h in range(6, 20))),
        ("rates", "Валутни курсове за 22 ноември", "USD 1.8012 GBP 2.2310 CHF 2.0901 JPY 1.2034"),
        ("listing", "Статии с етикет „водопровод“", "Три статии."),
        ("sponsored", "[Реклама] Новият модел е тук", STORY),
        ("video-bulletin", "Емисия новини, 22.11.2026, 19:00", "Гледайте емисията."),
    ],
)  # fmt: skip
def test_what_is_no_article_has_its_kind_and_a_reason(kind: str, title: str, text: str) -> None:
    """Two signs each: a headline and a body of its kind."""
    found = judge(title, text)

    assert found.name == kind
    assert found.reason.endswith((".", "“."))


@pytest.mark.parametrize(
    "title",
    [
        "Времето за учене изтича, предупредиха учители от Пролом",
        "Бурята отнесе покриви: времето изненада и синоптиците",
        "Хороскопите в мобилна игра измамиха хиляди, разкри полицията",
        "Почина актьорът Иван Несъществуващ",
        "Възпоменанието за загиналите миньори събра стотици",
        "Предаване на живо от сесията спряха заради протест",
        "Галерията в Пролом отвори след ремонт",
        "Анкета: две трети от жителите подкрепят плана",
        "Тестът за чужденци става по-труден от есента",
        "Кодът 404 стана име на група от Пролом",
        "Входът на болницата остава затворен до петък",
        "Телевизионната програма на прехода: книга за екраните",
        "Курсът на долара разклати цените на горивата",
        "Рекламата на хазарт отпада от училищата",
        "Овен избяга от фермата и спря влака",
    ],
)
def test_news_about_the_same_things_is_an_article(title: str) -> None:
    """A storm, an astrologer, a death, a gallery, a rate: written about in whole sentences."""
    assert judge(title, STORY * 3).name == "article"


def test_a_list_of_related_articles_in_the_data_makes_no_listing() -> None:
    """A short article whose data also hold a list is an article; the list alone is a listing."""
    text = "Пожар избухна снощи в склад край града. Няма пострадали, съобщиха от пожарната. " * 4

    assert judge("Пожар в склад", text, labels=("NewsArticle", "ItemList")).name == "article"
    assert judge("Новини", text, labels=("ItemList",)).name == "listing"
