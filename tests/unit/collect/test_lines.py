"""Furniture by whole lines, and sentences that only begin like it."""

from __future__ import annotations

import pytest

from digest.collect.lines import bare_headline, byline_name, is_footer, kind_in_dump, kind_of

FURNITURE = {
    "share": "Споделете|Сподели в Twitter|Сподели тази статия|0 Shares|Share on Facebook|Запази"
    "|Сподели: Facebook X|12 споделяния|Харесва ми",
    "related-heading": "Най-четено|Най-четени новини|Топ 5|Горещи новини|Други новини|Related Posts"
    "|Предишна новина|Следваща статия|Previous Post|Още от Измислица|Още от категорията|Най-ново",
    "comments": "Leave a comment|3 Comments|Вашият коментар|Към момента няма коментари.",
    "follow": "Последвайте ни|Намерете ни в Google News|Следете и канала на Пример в YouTube"
    "|Последвайте ни във Facebook и Viber.|Вече може да ни гледате и в TikTok",
    "newsletter": "Абонирайте се|Абонирайте се за нашия бюлетин.|Запишете се за нашия бюлетин",
    "widget": "1234 прочитания|Четения: 233|Прегледи: 3 442|Видяно 532 пъти|532 views|2 345|0"
    "|Чете се за: 02:15 мин.|3 min read|Оценка 3.4 от 12 гласа.|Време за прочит: 2 минути",
    "consent": "Този сайт използва „бисквитки“, за да работи по-добре.|Приемам всички|Отказвам"
    "|Ние и нашите партньори използваме бисквитки за достъп до устройството.|Научете повече",
    "footer": "Общи условия|Политика за поверителност|Контакти|За нас|Copyright © 2026 Пример"
    "|тел. 02/000 00 00|redakcia@primer.example.bg|Изработка: Студио Пример|Powered by Primer"
    "|Към началото",
    "byline": "Автор Елена Измислова|От Елена Измислова|by Елена Измислова|Текст: Елена Измислова"
    "|По публикацията работи: Елена Измислова",
    "source": "Източник: Министерство на транспорта и съобщенията.|Превод: БТА",
    "caption": "Снимка: личен архив на семейството|(Снимка: Архив)|Илюстративна снимка",
    "time": "14:35|обновено: 12:30|преди 2 часа|Днес в 14:35|вчера, 18:30",
    "navigation": "Skip to content|Към съдържанието|Меню",
    "script": "googletag.cmd.push(function() { show(); });|(adsbygoogle = window.ads).push({});",
    "address": "https://primer.example.bg/a.jpg|pic.twitter.com/abc123",
}


@pytest.mark.parametrize(
    ("kind", "line"), [(kind, one) for kind, many in FURNITURE.items() for one in many.split("|")]
)
def test_the_classes_of_furniture_are_known(kind: str, line: str) -> None:
    """Counters, bars, consent, footers and hours, whichever way a site words them."""
    assert kind_in_dump(line) == kind


@pytest.mark.parametrize(
    "line",
    [
        "Още от детството си мечтае за планината.",
        "Още от сутринта хората чакат пред гишето",
        "Теми: водата, пътят и училището.",
        "Следете водата в нашия канал, призова кметът.",
        "Абонирайте се за вестника, призова кметът.",
        "Харесайте нашата страница, пише на плаката.",
        "Снимка: такава дума няма в моя речник, каза тя.",
        "Фото: изкуството да чакаш",
        "Източник: според запознати парите са от кредит.",
        "Вижте още: три неща, които никой не казва за тока.",
        "Сайтът използва бисквитки, каза експертът.",
        "Не.", "Да.", "– Да.", "- Не!", "1:0", "5 лв.", "1989", "От Стара Измислица",
        "Тел. 112 приема всички сигнали.",
    ],
)  # fmt: skip
def test_a_sentence_that_begins_like_furniture_is_text(line: str) -> None:
    """A stop, a clause of speech or ordinary words make it a sentence; so is an answer."""
    assert kind_in_dump(line) is None


@pytest.mark.parametrize("line", ["14:35", "Контакти", "Меню", "2 345", "Приемам всички"])
def test_what_only_dumps_hold_is_not_looked_for_in_pages(line: str) -> None:
    """An extractor has taken it out by its place; what is left may be text."""
    assert kind_of(line) is None


@pytest.mark.parametrize("line", ["п", "Да", "* * *", "…", "(к)"])
def test_a_stray_mark_is_dropped(line: str) -> None:
    """A letter of an icon and a row of stars say nothing."""
    assert kind_of(line) == "stray"


@pytest.mark.parametrize(
    "line", ["гр. Измислица 1000, ул. „Роза“ 5", "Адрес: бул. Измислен 12", "© 2026 Пример Медия"]
)
def test_contacts_belong_to_the_foot(line: str) -> None:
    """A street address is furniture among contacts only."""
    assert is_footer(line)


def test_a_headline_is_tidied() -> None:
    """List marks, hours and counters are no part of it."""
    title = "Мостът над Измислена река е отворен"
    given = [f"• {title}", f"1. {title}", f"14:35 {title}", f"{title} (45)", f"• 14:35 {title}"]

    assert {bare_headline(one) for one in given} == {title}


def test_a_name_without_a_colon_is_read() -> None:
    """„Автор“ and „От“ may stand without one."""
    lines = ["Автор Елена Измислова", "От Елена Измислова", "Автор: Елена Измислова"]

    assert {byline_name(line) for line in lines} == {"Елена Измислова"}
