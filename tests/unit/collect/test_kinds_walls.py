"""Walls in the place of a text, and the news that speaks of walls."""

from __future__ import annotations

import pytest

from digest.collect.kinds import judge
from digest.collect.walls import is_offer

STUB = (
    "Две компании са подали оферти за завод край Пролом, съобщиха от министерството. "
    "Инвестицията се оценява на 240 милиона евро, а работните места ще бъдат около 900. "
)


@pytest.mark.parametrize(
    "offer",
    [
        "Тази статия е само за абонати",
        "Пълният текст е достъпен за абонати",
        "Статията е достъпна само за абонати на „Капитолий“. Влезте в профила си.",
        "За да прочетете цялата статия, трябва да сте абонат",
        "За да продължите да четете, влезте или се регистрирайте",
        "Остават още 78% от статията",
        "Остава ви да прочетете още 60 % от текста",
        "Искате да прочетете целия текст? Изберете абонамент от 5 евро на месец",
        "Четете цялата статия с абонамент",
        "Цялата статия можете да прочетете, ако сте абонат",
        "Вече сте абонат? Вход",
        "Само за абонати",
        "This article is for subscribers only",
        "Subscribe to continue reading. Already a subscriber? Sign in",
        "Weiterlesen mit Plus. Jetzt testen: 1 Monat für 1 Euro.",
        "Dieser Artikel ist exklusiv für Abonnenten",
        "Cet article est réservé aux abonnés",
        "Il vous reste 75 % de cet article à lire",
        "Contenido exclusivo para suscriptores",
        "Этот материал доступен только подписчикам",
        "Чтобы прочитать статью целиком, оформите подписку",
    ],
)
def test_a_text_that_ends_in_an_offer_is_a_paywall(offer: str) -> None:
    """Words to the reader, in the text or beside it."""
    assert is_offer(offer, inside=True)
    assert judge("Две фирми искат завода", f"{STUB}\n\n{offer}").name == "paywall"
    assert judge("Две фирми искат завода", STUB, labels=[offer]).name == "paywall"
    assert judge("Две фирми искат завода", STUB * 6, labels=[offer]).name == "article"


@pytest.mark.parametrize(
    "told",
    [
        "Седмичникът въвежда платен достъп и ще показва цели статии само за абонати.",
        "„За да прочетете цялата статия, трябва да сте абонат“, пише вече в сайта.",
        "Текстът на договора е достъпен само за абонати, обясни адвокатът.",
        "Топлата вода е само за абонати без стари задължения, обявиха от дружеството.",
        "Остават неясни части от текста на договора.",
        "Остават 12 от статиите на закона, които трябва да се приемат.",
        "Топлофикация има 78% абонати с дълг.",
        "Мобилният оператор предлага на своите абонати нов план.",
        "Десет процента от абонатите купиха абонамент за две години.",
        "Три села остават с вода само за абонати с нови водомери.",
        "За да видите колко дължите, влезте в сайта на агенцията и въведете номера си.",
        "За да продължите да получавате помощи, регистрирайте се до първи март.",
        "Абонирайте се за бюлетина, за да четете първи новините.",
        "За да прочетете договора, влезте в регистъра на общината.",
        "Readers who subscribe to newspapers are fewer every year.",
    ],
)
def test_news_of_subscriptions_is_an_article(told: str) -> None:
    """The words within a longer sentence, with a predicate of their own, or quoted."""
    assert judge("Нов модел за вестниците", f"{STUB}\n\n{told}").name == "article"


@pytest.mark.parametrize(
    "wall",
    [
        "Ние и нашите партньори използваме бисквитки. Приемане на всички бисквитки.",
        "Ние и нашите 812 партньори съхраняваме данни на вашето устройство.\n\nМожете да приемете "
        "или да управлявате вашите предпочитания.\n\nНастройки на бисквитките",
        "We value your privacy.\n\nWe and our partners store cookies on your device.",
        "Този сайт използва бисквитки, за да работи по-добре.",
    ],
)
def test_a_demand_for_consent_is_no_article(wall: str) -> None:
    """The whole text asks, and nothing else is told."""
    assert judge("Вести", wall).name == "consent"


@pytest.mark.parametrize(
    "text",
    [
        "Комисията предлага край на банерите за бисквитки. Изборът ще се прави веднъж, в "
        "настройките на браузъра. „Ние използваме бисквитки“ ще изчезне от екраните. " + STUB,
        "Фирмата смени своята политика за бисквитки след глоба. " + STUB,
        "Пациентите дават съгласие за обработка на данните си само веднъж. " + STUB,
        STUB * 2 + "\n\nТози сайт използва бисквитки, за да работи по-добре.",
        "Сладкарница в Пролом раздаде хиляда бисквитки на деца. " + STUB,
    ],
)
def test_news_of_cookies_is_an_article(text: str) -> None:
    """A law on cookies, and a notice of the site that got into a text."""
    assert judge("Край на банерите: сменят правилата за бисквитките", text).name == "article"
