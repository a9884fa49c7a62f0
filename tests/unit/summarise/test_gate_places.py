"""Figures, days, names, roles and doubts stand where the source has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from digest.bulgarian.institutions import Institution, Institutions
from digest.model import Article, ArticleId, DateBasis, DateClaim
from digest.summarise.faithful import check, passes

TEXT = """Община Тополово прие бюджет от 41,5 млн. евро за следващата година, с 3,2 процентни \
пункта повече за ремонти. За училищата са отделени 12,4 млн. евро, а за пътищата – 6 млн. евро. \
Кметът Румен Чолаков похвали общинската съветничка Дарина Пеева.

Пеева предложи таксата за детските градини да отпадне от 1 март. Общинският съвет отхвърли \
предложението на Станимир Кофарджиев за нов стадион. Според Чолаков е възможно ремонтът на моста \
да започне през юни.

„Парите ще стигнат за всичко“, заяви кметът. Две училища бяха затворени, след като покривите им \
протекоха. Фирмата „Пътища Изток“ изпрати 25 работници в Тополово. Градският транспорт е обслужил \
над 3100 души до края на октомври, а таксата от миналата година не се променя."""

ARTICLE = Article(
    ArticleId("a"),
    "Тополово прие бюджета",
    TEXT,
    date=DateClaim(datetime(2026, 11, 18, 9, tzinfo=UTC), DateBasis.FEED, 1.0),
)


def kinds(sentence: str) -> set[str]:
    return {p.kind for one in check(sentence, [ARTICLE]) for p in one.problems}


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("За пътищата са отделени 12,4 млн. евро.", "number"),
        ("За ремонти има 3,2% повече.", "number"),
        ("До края на октомври градският транспорт е возил под 3100 души.", "number"),
        ("Таксата за детските градини отпада от 31 октомври.", "date"),
        ("Бившият кмет Румен Чолаков похвали съветничката.", "name"),
        ("Кметът Дарина Пеева получи похвала.", "name"),
        ("Кметът Станимир Чолаков похвали съветничката.", "name"),
        ("„Парите ще стигнат за всичко“, заяви съветничката.", "quote"),
        ("Станимир Кофарджиев предложи таксата за детските градини да отпадне.", "name"),
        ("„Парите ще стигнат за всичко“, заяви Дарина Пеева.", "quote"),
        ("Общинският съвет подкрепи предложението на Станимир Кофарджиев.", "negation"),
        ("Таксата от миналата година се променя.", "negation"),
        ("Ремонтът на моста започва през юни.", "modality"),
        ("Дарина Пеева похвали кмета Румен Чолаков.", "unsupported"),
        ("Покривите на две училища протекоха, след като те бяха затворени.", "unsupported"),
        ("Футболистите на „Тополово“ загубиха двубоя в последната минута.", "unsupported"),
    ],
)
def test_what_stands_in_another_place_is_caught(sentence, kind):
    """A true word in the place of another is as wrong as an invented one."""
    assert kind in kinds(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "За училищата общината дава 12,4 милиона евро, а 6 милиона отиват за пътища.",
        "Бюджетът на Тополово за догодина е 41,5 млн. евро.",
        "Таксата за детските градини да отпадне от 1 март, предложи Пеева.",
        "Съветът не прие предложението на Кофарджиев за стадион.",
        "Възможно е през юни да започне ремонтът на моста, смята кметът.",
        "Повече от 3000 души са пътували с градския транспорт до 31 октомври.",
        "Парите ще стигнат, смята кметът Румен Чолаков.",
        "„Парите ще стигнат за всичко“, заяви Румен Чолаков.",
        "Съветничката Пеева предложи таксата да отпадне от 1 март.",
        "Заради протекли покриви две училища са затворени.",
    ],
)
def test_other_words_for_the_same_pass(sentence):
    """A paraphrase keeps figures, names and doubts, and little else."""
    assert kinds(sentence) == set()


def test_an_institution_goes_by_its_short_and_its_long_name():
    """Both ways and by what else it is called; a name that a home adds as well."""
    source = replace(ARTICLE, text="Вътрешното министерство на Тополово брои заявленията.")
    table = Institutions((Institution("БРТ", "Министерство на Тополово"),))
    own = "БРТ брои заявленията."

    assert passes(check("МВР брои заявленията.", [source]))
    assert not passes(check(own, [source]))
    assert passes(check(own, [source], institutions=table))
    short = replace(ARTICLE, text="Според НСИ цените растат с два процента.")
    assert passes(check("Цените растат с два процента според Статистическия институт.", [short]))
