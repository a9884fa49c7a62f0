"""The head of a dump: title and lead among menus, clocks, banners and lists of other headlines."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.collect.extract import extract
from digest.model import Agency, Article, DateBasis

FETCHED = datetime(2026, 11, 22, 16, tzinfo=UTC)
AGENCIES = (Agency("БТА", ("БТА",)),)
CLOCK = "22 Ноември, 2026"
TITLE = "Снежна буря затвори прохода над Измислица за второ денонощие"
LEAD = "Машините чакат вятърът да спре, а пътуващите нощуват в училището"
FIRST = (
    "Снежната буря затвори прохода над Измислица и остави четиридесет коли от двете страни на "
    "билото, съобщи дежурният по пътя. Пътуващите са настанени в училището на Долна Измислица."
)
SECOND = (
    "Машините ще тръгнат, щом вятърът падне под двадесет метра в секунда. Дотогава проходът "
    "остава затворен и за товарни, и за леки коли."
)
OTHER = ("Читалището в Камен дол събира книги за градинката", "Хлябът поскъпва пак от понеделник")
MENU = ["Начало", "България", "Свят", "Спорт", "Още"]


def read(*lines: str, sep: str = "\n\n") -> Article:
    """The article of a dump of these lines."""
    text = sep.join(lines)
    return extract(text.encode(), source="d", fetched_at=FETCHED, agencies=AGENCIES)


def told(article: Article) -> tuple[str, str | None, list[str]]:
    """Title, lead and paragraphs."""
    return article.title, article.lead, article.text.split("\n\n")


RIGHT = (TITLE, LEAD, [FIRST, SECOND])


@pytest.mark.parametrize(
    "word", ["Новини", "Начало", "Menu", "ПРИМЕР.BG", "ИЗВЪНРЕДНО", "п. Новини"]
)
def test_a_word_above_the_clock_is_no_title(word: str) -> None:
    """Taken for the title it would make the crawl day below it honest."""
    article = read(word, CLOCK, TITLE, LEAD, FIRST, SECOND)

    assert told(article) == RIGHT
    assert (article.published_at, article.date.basis) == (None, DateBasis.PAGE_HEADER)


def test_a_day_below_a_short_title_is_the_clock() -> None:
    """With nothing longer above the text, a word may be the title; the day stays undated."""
    article = read("Обяви", CLOCK, FIRST, SECOND)

    assert (article.title, article.published_at) == ("Обяви", None)


@pytest.mark.parametrize("sep", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "above",
    [
        MENU,
        [*MENU, "Най-четени", "Последни новини"],
        ["Последни новини", f"14:35 {OTHER[0]}", f"14:10 {OTHER[1]}"],
        ["ГОРЕЩИ НОВИНИ", *OTHER],
        ["Новини", "Новини"],
        ["Начало", "Начало", "Свят", "Свят"],
        ["Спечели вход за зимния карнавал", "Спечели вход за зимния карнавал"],
        ["Този сайт използва „бисквитки“, за да работи по-добре.", "Приемам", "Научете повече"],
        ["Чете се за: 02:15 мин."],
        ["Skip to content", "Търсене"],
        [f"{TITLE} - Пример.bg", *MENU],
        [f"{TITLE} | Пример", CLOCK, "Начало", "Свят"],
        [f"{TITLE[:40]}…"],
        [TITLE, LEAD],
    ],
)
def test_the_title_is_found_below_what_stands_above(above: list[str], sep: str) -> None:
    """Menus, lists, banners, consent and copies of the title stand above it."""
    assert told(read(*above, TITLE, LEAD, FIRST, SECOND, sep=sep)) == RIGHT
    assert told(read(*above, TITLE, TITLE, LEAD, FIRST, SECOND, sep=sep)) == RIGHT


def test_a_short_title_said_twice_is_the_title() -> None:
    """The text speaks of it, as it does not of a menu's words."""
    article = read("Бурята вилнее", "Бурята вилнее", LEAD, f"{FIRST} Бурята вилнее.", SECOND)

    assert (article.title, article.lead) == ("Бурята вилнее", LEAD)


def test_a_counter_in_the_head_does_not_end_the_text() -> None:
    """Below a long lead stand the bars of the head."""
    lead = f"{LEAD} и чакат новини за прохода"

    assert told(read(TITLE, lead, "Коментари (3)", FIRST, SECOND)) == (TITLE, lead, [FIRST, SECOND])


@pytest.mark.parametrize("sep", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "text",
    [
        ["Проходът над Измислица е затворен.", "Пострадали няма."],
        ["Проходът е затворен, съобщи", "дежурният по пътя.", "Пострадали няма."],
    ],
)
def test_a_short_text_keeps_its_title_before_lists_of_headlines(text: list[str], sep: str) -> None:
    """Without a whole paragraph the headlines below are still no titles."""
    lists = ["Тагове: сняг", "Още по темата", *OTHER, "Най-четени", *OTHER[::-1]]
    article = read(*MENU, TITLE, "Публикувано на 12.11.2026 14:30", *text, *lists, sep=sep)

    assert article.title == TITLE
    assert article.text.split("\n\n") == text


def test_headlines_above_the_title_are_teasers() -> None:
    """They go to `related`, without their hours."""
    article = read(
        "Последни новини", f"14:35 {OTHER[0]}", f"14:10 {OTHER[1]}", TITLE, FIRST, SECOND
    )

    assert [one.title for one in article.related] == list(OTHER)


@pytest.mark.parametrize(
    "between",
    [
        ["БТА"], ["/БТА/"], ["14:35"], ["преди 2 часа"], ["1234 прочитания"], ["Общество"], ["п"],
        ["Автор Елена Измислова"], ["Сподели", "0 Shares"], ["Още по темата"], ["Снимка: Архив"],
        ["Измислица, 12 ноември /БТА/"],
    ],
)  # fmt: skip
def test_a_small_line_between_title_and_lead_costs_no_lead(between: list[str]) -> None:
    """Credits, hours, badges and bars are filed before the lead is looked for."""
    assert told(read(TITLE, *between, LEAD, FIRST, SECOND)) == RIGHT


def test_a_label_is_read_with_the_line_below_it() -> None:
    """„Публикувано на“ over its day, „Автор:“ over the name."""
    lines = [TITLE, "Публикувано на", "12.11.2026 14:30", "Автор:", "Елена Измислова", LEAD]
    article = read(*lines, FIRST, SECOND, sep="\n")

    assert told(article) == RIGHT
    assert article.published_at == datetime.fromisoformat("2026-11-12T14:30+02:00")
    assert article.author == "Елена Измислова"


def test_a_lead_said_twice_is_said_once() -> None:
    """Doubled, or alternating with the title."""
    assert told(read(TITLE, TITLE, LEAD, LEAD, FIRST, SECOND)) == RIGHT
    assert told(read(TITLE, LEAD, TITLE, LEAD, FIRST, SECOND)) == RIGHT


@pytest.mark.parametrize(
    "said", [FIRST, FIRST.split(". ", maxsplit=1)[0], f"{FIRST.split('. ', maxsplit=1)[0]}."]
)
def test_a_first_paragraph_said_above_itself_is_dropped(said: str) -> None:
    """As a lead it is the whole paragraph or its first sentence."""
    article = read(TITLE, TITLE, said, FIRST, SECOND)

    assert article.text.split("\n\n") == [FIRST, SECOND]


def test_the_name_of_the_site_is_no_part_of_the_title() -> None:
    """A bar divides nothing else in a headline."""
    assert read(f"{TITLE} | Новини Пример", LEAD, FIRST, SECOND).title == TITLE


@pytest.mark.parametrize(
    "credit",
    ["Автор Елена Измислова", "От Елена Измислова", "По публикацията работи: Елена Измислова"],
)
def test_a_byline_without_a_colon_names_the_author(credit: str) -> None:
    """A place after „От“ is no person."""
    assert read(TITLE, credit, LEAD, FIRST, SECOND).author == "Елена Измислова"
    assert read(TITLE, "От Стара Измислица", LEAD, FIRST, SECOND).author is None
