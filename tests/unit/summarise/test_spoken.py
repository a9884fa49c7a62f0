"""What somebody says without quotation marks is not the newsroom's own claim."""

from __future__ import annotations

import pytest

from digest.bulgarian.words import words
from digest.model import Article, ArticleId
from digest.summarise.candidates import candidates, has_verb
from digest.summarise.extractive import for_article, summarise
from digest.summarise.spoken import in_first_person

DIALOGUE = """– Господин Дамов, защо се върнахте в Морски рид?

– Защото тук започна всичко. Общината обеща осемдесет хиляди евро за залата.

– Какво ще видят зрителите?

– Театърът ще постави три пиеси от български автори. Премиерата е на 14 март."""

INTERVIEW = """Доцент Мария Янева оглавява инфекциозното отделение в Белоречие.

Кога очаквате пика на грипа?

Пикът ще бъде в края на януари, но вълната е по-слаба.

Какво съветвате възрастните хора?

Ваксината започва да действа след две седмици."""

ADVICE = """Ваучерът е 120 евро и важи за ток, парно и дърва.

Кой има право на ваучер?

Право имат домакинства с доход до 410 евро на човек.

Къде се подават документите?

Документите се подават в общината до двадесети декември."""


def taken(text: str) -> list[str]:
    return [one.text for one in candidates(Article(ArticleId("a"), "т", text), longest=420)]


def test_a_dialogue_gives_no_summary_and_says_why() -> None:
    """An answer taken out of it would be printed as a fact that nobody said."""
    summary = summarise(for_article(Article(ArticleId("a"), "Театърът не е музей", DIALOGUE)))

    assert taken(DIALOGUE) == []
    assert (summary.text, summary.method) == ("", "none")
    assert "разговор" in summary.note


def test_of_an_interview_only_what_stands_before_the_questions_is_taken() -> None:
    """Answers without quotation marks begin with the first question."""
    assert taken(INTERVIEW) == [INTERVIEW.split("\n", maxsplit=1)[0]]


def test_the_questions_of_a_service_piece_are_no_interview() -> None:
    """They speak to nobody, and the newsroom answers them itself."""
    assert len(taken(ADVICE)) == 3


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Баща ми беше осветител в старата зала.", True),
        ("Не съм обещавал нищо на избирателите си.", True),
        ("„Не съм обещавал нищо“, каза кметът Белчев.", False),
        ("Всяка пролет гледам как режат дърво по дърво.", True),
        ("Няма голям храм в града, а там живеят хиляди.", False),
        ("Нашите състезателки взеха два медала у нас.", False),
    ],
)
def test_a_speaker_is_known_by_i_outside_quotation_marks(text: str, first: bool) -> None:  # noqa: FBT001
    """„Ние“ and „нашите“ stand for the country in news and do not count."""
    assert in_first_person(text, words(text)) is first


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("ГОРНА ВАДА /БТА/ Камион се обърна на пътя за Липа.", "Камион се обърна на пътя за Липа."),
        ("Белоречие (БТА) – Камион се обърна на пътя за Липа.", "Камион се обърна на пътя за Липа."),
        ("Белоречие, 26 ноември 2026 г. – „Сигма“ спечели конкурса за моста на града.",
         "„Сигма“ спечели конкурса за моста на града."),
        ("18:40 Пожарът край Ясеново е овладян от огнеборците.",
         "Пожарът край Ясеново е овладян от огнеборците."),
        ("28.01.2026 14.35 Съдът осъди общината за падналото дърво.",
         "Съдът осъди общината за падналото дърво."),
        ("Съдът осъди общината за падналото дърво. /БГНЕС, АФП.",
         "Съдът осъди общината за падналото дърво."),
        ("В 18:40 ч. пожарът край Ясеново беше овладян.",
         "В 18:40 ч. пожарът край Ясеново беше овладян."),
        ("„Сигма Линия“ победи в категорията за фирми „Машиностроене“.",
         "„Сигма Линия“ победи в категорията за фирми „Машиностроене“."),
    ],
)  # fmt: skip
def test_datelines_clocks_and_credits_are_no_part_of_the_sentence(raw: str, clean: str) -> None:
    """The span begins after them, so that the sentence is verbatim."""
    assert taken(raw) == [clean]


@pytest.mark.parametrize(
    "line",
    [
        "Следете ни навсякъде и по всяко време с нашето приложение.",
        "Още новини от региона можете да прочетете в нашия сайт.",
        "За контакти и въпроси пишете на пресцентъра на общината.",
        "Във вчерашния брой погрешно посочихме, че Петър Сомов е осъден на пет години.",
        "– липи, явори и ясени ще бъдат засадени в парка.",
    ],
)
def test_calls_to_readers_and_list_lines_are_not_taken(line: str) -> None:
    """They tell nothing of the news."""
    assert taken(line) == []


@pytest.mark.parametrize(
    ("line", "verb"),
    [
        ("„Вихър“ победи с 3:2 в дербито", True),
        ("Силна буря отнесе покривите на къщите", True),
        ("Пожар избухна в борова гора край селото", True),
        ("Цената на хляба и на олиото през зимата", False),
        ("Нови книги за жени и деца в библиотеката", False),
    ],
)
def test_a_verb_is_known_by_its_other_forms(line: str, verb: bool) -> None:  # noqa: FBT001
    """„Победи“ has „победят“; „книги“ has no such form."""
    assert has_verb(words(line)) is verb
