"""Labels of texts that somebody paid for, and the news about advertising."""

from __future__ import annotations

import pytest

from digest.collect.kinds import judge

STORY = (
    "Прокуратурата разследва договорите за държавна реклама, от които липсват 3 милиона евро.\n\n"
    "Публикациите са възлагани на фирми, свързани с бивш заместник-министър, твърди сигналът.\n\n"
    "„Рекламата трябва да бъде обозначена“, каза председателят на съвета по етика.\n\n"
    "Проверката ще приключи до края на месеца, съобщиха от прокуратурата."
)
TITLE = "Кой получи парите"


@pytest.mark.parametrize(
    ("title", "text", "more"),
    [
        ("[Реклама] Новият модел е тук", STORY, {}),
        ("Новият модел е тук (платена публикация)", STORY, {}),
        ("Рекламна публикация: Новият модел е тук", STORY, {}),
        ("Новият модел е тук | Платено съдържание", STORY, {}),
        (TITLE, "Платена публикация\n\n" + STORY, {}),
        (TITLE, "Платена публикация. " + STORY, {}),
        (TITLE, STORY + "\n\n/Рекламна публикация/", {}),
        (TITLE, STORY + "\n\nПлатена публикация на „ТермоСтар“ ООД", {}),
        (TITLE, STORY + "\n\nСъдържанието е предоставено от ТермоСтар", {}),
        (TITLE, STORY + "\n\nТази публикация е платена и не изразява мнение на редакцията.", {}),
        (TITLE, STORY, {"labels": ["Рекламно съдържание"]}),
        (TITLE, STORY, {"labels": ["Sponsored content"]}),
        (TITLE, STORY, {"labels": ["На правах рекламы"]}),
        (TITLE, STORY, {"labels": ["Anzeige"]}),
        (TITLE, STORY, {"categories": ["PR публикации"]}),
        (TITLE, STORY, {"categories": ["Платено съдържание"]}),
        (TITLE, STORY, {"url": "https://vesti.example.bg/pr/novo-liceto-na-grada"}),
        (TITLE, STORY, {"url": "https://vesti.example.bg/bg/sponsored/most.html"}),
        (TITLE, STORY, {"url": "https://vesti.example.bg/reklama/most"}),
    ],
)
def test_a_label_of_its_own_marks_a_paid_text(title: str, text: str, more: dict) -> None:
    """In the title's brackets, on a line, beside the headline, in the section or the address."""
    found = judge(title, text, **more)

    assert found.name == "sponsored"
    assert found.reason.startswith("Платено съдържание: ")


@pytest.mark.parametrize(
    ("title", "text", "more"),
    [
        ("Реклама: защо плащаме повече за лекарства", STORY, {}),
        ("Реклама за милиони: кой източи бюджета", STORY, {}),
        ("Скандал: платени публикации без обозначение в 12 сайта", STORY, {}),
        ("„Платена публикация“ вече ще пише и в социалните мрежи", STORY, {}),
        ("Платената публикация за кмета струва 3000 евро", STORY, {}),
        (TITLE, "Рекламна публикация на хотел възмути жителите на Пролом.\n\n" + STORY, {}),
        (TITLE, "Платената публикация в сайта струва 3000 евро.\n\n" + STORY, {}),
        (TITLE, STORY + "\n\nСкандалът избухна заради рекламен материал на изпълнителя.", {}),
        (TITLE, STORY + "\n\nФестивалът е организиран в партньорство с община Пролом.", {}),
        (TITLE, STORY.replace("\n\nПроверката", "\n\nПлатени публикации\n\nПроверката"), {}),
        (TITLE, "Рекламно съдържание\n\nКак да изберем климатик\n\n" + STORY, {}),
        (TITLE, STORY + "\n\nРеклама", {}),
        (TITLE, STORY, {"labels": ["Реклама", "NewsArticle"]}),
        (TITLE, STORY, {"categories": ["Медии и реклама"]}),
        (TITLE, STORY, {"categories": ["Реклама и маркетинг"]}),
        (TITLE, STORY, {"categories": ["Партньорства"]}),
        (TITLE, STORY, {"url": "https://vesti.example.bg/partner/nato-i-balgaria"}),
        (TITLE, STORY, {"url": "https://vesti.example.bg/novini/pr-agenciya-pod-lupa/"}),
        (TITLE, STORY, {"url": "https://vesti.example.bg/promo-kampania/most"}),
        (TITLE, STORY, {"url": "https://vesti.example.bg/reklama-i-medii/most"}),
        (TITLE, STORY, {"url": "https://vesti.example.bg/novini/most?from=/pr/"}),
    ],
)
def test_news_of_advertising_is_an_article(title: str, text: str, more: dict) -> None:
    """The words in a sentence, the label of a banner, a longer name of a section or an address."""
    assert judge(title, text, **more).name == "article"
