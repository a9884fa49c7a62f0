"""The end of a dump's text: bars inside it, comments, teasers, refrains and the page's foot."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.collect.extract import extract
from digest.model import Article

FETCHED = datetime(2026, 11, 22, 16, tzinfo=UTC)
TITLE = "Селото Измислица събра пари и купи своя пожарна кола"
LEAD = "Старата кола беше на четиридесет години и не палеше през зимата"
TEXT = [
    "Жителите на Измислица събраха за половин година парите за нова пожарна кола, съобщи кметицата.",
    "Колата е на осем години и идва от съседна община, която обнови своите машини през лятото.",
    "Дежурните ще бъдат доброволци, а обучението им започва в събота в двора на старото училище.",
    "Досега хората чакаха помощ от града, който е на тридесет километра по планинския път.",
]
TEASERS = [
    ("Мостът над Измислена река ще бъде отворен през май", "Остават само перилата"),
    ("Училището в Камен дол получи нова библиотека", "Книгите са дарение"),
    ("Хлябът поскъпва пак от понеделник в цялата област", "Зърното е малко"),
]
COMMENT = (
    "Много добре написано, но има какво да се добави за пътя и за моста. Кметицата знае, но мълчи, "
    "времето тече и хората чакат, а помощ от града няма да дойде и тази зима, помнете ми думата."
)
OTHER_COMMENT = COMMENT.replace("пътя", "реката").replace("Кметицата", "Съветът")


def read(*lines: str, sep: str = "\n\n") -> Article:
    """The article of a dump: doubled title, lead, and these lines."""
    text = sep.join([TITLE, TITLE, LEAD, *lines])
    return extract(text.encode(), source="d", fetched_at=FETCHED)


def paragraphs(*lines: str, sep: str = "\n\n") -> list[str]:
    return read(*lines, sep=sep).text.split("\n\n")


def doubled(stop: str = "", *between: str) -> list[str]:
    """Teasers with their headlines twice."""
    return [line for t, lead in TEASERS for line in (t + stop, t + stop, *between, lead)]


@pytest.mark.parametrize("place", [1, 2])
@pytest.mark.parametrize(
    "bar",
    [
        ["Сподели", "Коментари (0)"],
        ["Сподели във Facebook"],
        ["Сподели", "Tweet", "Viber"],
        ["Още по темата", TEASERS[0][0], TEASERS[1][0]],
    ],
)
def test_a_bar_inside_the_text_does_not_end_it(bar: list[str], place: int) -> None:
    """Two sentences in a row with another marker behind them are text, however short."""
    article = read(*TEXT[:place], *bar, *TEXT[place:], "Сподели:", "Коментари (0)")

    assert article.text.split("\n\n") == TEXT
    assert len(article.related) == len(bar) - 1 if bar[0].startswith("Още") else not article.related


@pytest.mark.parametrize(
    "marker", [["Коментари (2)"], ["Сподели:", "Коментари (2)"], ["Коментари"]]
)
def test_long_comments_are_no_text(marker: list[str]) -> None:
    """A counter above zero ends the text, whatever stands below it."""
    article = read(*TEXT, *marker, COMMENT, OTHER_COMMENT)

    assert article.text.split("\n\n") == TEXT
    assert [cut.kind for cut in article.removed].count("comment") == 2


def test_comments_with_names_and_hours_stay_out_of_the_teasers() -> None:
    """From the counter to a heading or a doubled headline everything is talk."""
    talk = [
        "Иван",
        "преди 2 часа",
        "Браво на хората, така се прави!",
        "Отговор",
        "Име *",
        "Изпрати",
    ]
    article = read(*TEXT, "Коментари (1)", *talk, "Още по темата", TEASERS[0][0], *doubled())

    assert article.text.split("\n\n") == TEXT
    assert [one.title for one in article.related] == [title for title, _ in TEASERS]


@pytest.mark.parametrize(
    "line", ["Не.", "Да.", "– Да.", "- Не!", "Ох…", "Още от детството си мечтае за планината."]
)
def test_an_answer_stays_in_the_text(line: str) -> None:
    """It is short, and it is what was said."""
    assert paragraphs(*TEXT[:2], line, *TEXT[2:], "Сподели:") == [*TEXT[:2], line, *TEXT[2:]]


@pytest.mark.parametrize("heading", ["Избрано", "Акценти", "Най-важното", "По темата", "Печат"])
def test_a_word_between_paragraphs_is_a_sub_heading(heading: str) -> None:
    """It heads a list only when headlines follow it."""
    kept = paragraphs(*TEXT[:2], heading, *TEXT[2:], "Сподели:")
    ended = paragraphs(*TEXT, heading, *(title for title, _ in TEASERS))

    assert kept == [*TEXT[:2], heading, *TEXT[2:]]
    assert ended == TEXT


@pytest.mark.parametrize("sep", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "tail",
    [
        doubled(),
        doubled("."),
        doubled("", "22.11.2026 14:05", "1234 прочитания"),
        [*doubled(), "Общи условия", "Контакти", "тел. 02/000 00 00", "© 2026 Пример"],
        ["Буря удари Рим", "Буря удари Рим", "Няма пострадали", *doubled()],
        [f"1{hour}:35 {title}" for hour, (title, _) in enumerate(TEASERS)],
        [*doubled(), "Сподели"],
    ],
)
def test_teasers_without_an_end_marker_are_no_text(tail: list[str], sep: str) -> None:
    """Two doubled headlines or three with hours are a list, whatever stands between them."""
    article = read(*TEXT, *tail, sep=sep)

    assert article.text.split("\n\n") == TEXT
    assert {title for title, _ in TEASERS} <= {one.title.rstrip(".") for one in article.related}


CHANT = "Няма да си тръгнем оттук без вода!"


@pytest.mark.parametrize(
    "end",
    [
        [CHANT, CHANT],
        [CHANT, CHANT, "Сподели:", "Коментари (0)"],
        [CHANT[:-1], CHANT[:-1], "викаха те.", "Сподели:"],
    ],
)
def test_a_refrain_at_the_end_is_text(end: list[str]) -> None:
    """One doubled line that ends a sentence, or has a marker behind it, is no teaser."""
    said = [line for line in end if not line.startswith(("Сподели", "Коментари"))]

    assert paragraphs(*TEXT, *end) == [*TEXT, *said]


def test_the_foot_of_the_page_ends_the_text() -> None:
    """Contacts, terms and rights at the very end, two or more."""
    foot = [
        "За нас", "Реклама", "Контакти", "Общи условия", "тел. 02/000 00 00",
        "redakcia@primer.example.bg", "гр. Измислица 1000, ул. „Роза“ 5", "© 2026 Пример Медия",
        "Изработка: Студио Пример", "Към началото на страницата",
    ]  # fmt: skip
    article = read(*TEXT, *foot)

    assert article.text.split("\n\n") == TEXT
    assert article.related == ()


@pytest.mark.parametrize(
    "line", ["10:00 – откриване на изложбата", "11:30 концерт на оркестъра", "13:00 обяд"]
)
def test_a_programme_is_text(line: str) -> None:
    """Hours with events are no headlines, and text follows them."""
    assert paragraphs(TEXT[0], *[line] * 3, *TEXT[1:]) == [TEXT[0], *[line] * 3, *TEXT[1:]]


def test_an_address_that_the_text_announces_is_text() -> None:
    """„Сигнали на:“ and the address under it."""
    said = ["Дарения се приемат на:", "kola@primer.example.bg"]

    assert paragraphs(*TEXT[:2], *said, *TEXT[2:]) == [*TEXT[:2], *said, *TEXT[2:]]


def test_teasers_are_headlines_only() -> None:
    """Sections, hours, list marks and counters are no part of `related`."""
    listed = [
        f"• {TEASERS[0][0]}",
        "България",
        f"14:10 {TEASERS[1][0]}",
        "13:05",
        f"{TEASERS[2][0]} (45)",
    ]
    article = read(*TEXT, "Най-четени", *listed, "Общи условия", "window.dataLayer = [];")

    assert [one.title for one in article.related] == [title for title, _ in TEASERS]
