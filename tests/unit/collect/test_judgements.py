"""Language, kind, by-line, furniture: what a text is and what a line is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect import kinds, language
from digest.collect.byline import people, person
from digest.collect.lines import kind_of

BULGARIAN = "Кметът на измисления град обяви, че ремонтът на моста започва в понеделник сутринта."


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BULGARIAN, "bg"),
        ("Правительство приняло новую программу поддержки сельского хозяйства", "ru"),
        ("Уряд ухвалив нову програму підтримки сільського господарства", "uk"),
        ("Влада Србије усвојила је нови програм подршке", "sr"),
        ("Владата ја усвои новата програма за поддршка на земјоделците", "mk"),
        ("The government adopted a new programme for farmers", "en"),
    ],
)
def test_neighbours_are_told_apart(text: str, code: str) -> None:
    """Letters veto, then the detector decides."""
    assert language.detect(text, text) == code


def test_a_quoted_foreign_post_does_not_make_an_article_foreign() -> None:
    """A Ukrainian sentence inside a Bulgarian article leaves it Bulgarian."""
    text = BULGARIAN * 6 + " Уряд ухвалив нову програму підтримки цієї весни. " + BULGARIAN * 3

    assert not language.judge("Ремонтът започва", text).foreign


def test_latin_lookalikes_do_not_make_a_word_foreign() -> None:
    """Mixed words are repaired first."""
    assert language.repair_lookalikes("Pемонтът нa моста") == "Ремонтът на моста"
    assert language.detect("", BULGARIAN.replace("о", "o")) == "bg"


@pytest.mark.parametrize("line", [
    "Сподели:", "Сподели", "Сподели във Facebook", "Коментари (0)", "12 коментара", "Коментирай",
    "Още по темата", "Най-четени", "Прочети още", "Етикети: новини, България", "п", "А+", "© 2026",
    "Снимка: БТА", "Вижте също: Друга новина от днес", "Последвайте ни във Facebook и Viber",
    "АБОНИРАЙТЕ СЕ ЗА БЮЛЕТИНА", "Получавайте най-важното на имейла си", "Размер на шрифта",
    "(Обновена)", "Автор: Елена Измислена", "Източник: БТА", "Начало > Новини > Заглавие...",
])  # fmt: skip
def test_whole_lines_of_furniture_are_known(line: str) -> None:
    """Bars, counters, headings, captions."""
    assert kind_of(line) is not None


@pytest.mark.parametrize("line", [
    "Споделяме едни и същи възгледи за причините.", "Сподели, че ще замине утре, кметът на града.",
    "Коментарите на министъра предизвикаха спор.", "Снимките от фотоапарата са доказателство по делото.",
    "Още по темата за водата заговориха съветниците.", "Автор на проекта е общината.", BULGARIAN,
])  # fmt: skip
def test_sentences_that_begin_like_furniture_are_text(line: str) -> None:
    """A rule matches a whole line, never a beginning."""
    assert kind_of(line) is None


@given(st.text(max_size=120))
def test_any_line_can_be_judged(line: str) -> None:
    """No line makes a rule fail."""
    assert kind_of(line) is None or isinstance(kind_of(line), str)


def test_people_have_two_capitalised_names() -> None:
    """A by-line is a person's name or nothing."""
    assert person("От Елена Измислена") == "Елена Измислена"
    assert person("Жан-Пиер Дьо Примерен") == "Жан-Пиер Дьо Примерен"
    assert person("Измислена") is None
    assert people(["Елена Измислена и Петър Примерен"]) == "Елена Измислена, Петър Примерен"
    assert person("Вести Днес", never=["Вести днес"]) is None


@pytest.mark.parametrize(
    ("title", "text", "more", "kind"),
    [
        ("Новина", BULGARIAN * 4, {}, "article"),
        ("[Платена публикация] Изгодни кредити", BULGARIAN * 4, {}, "sponsored"),
        ("Изгодни кредити", "Платена публикация\n\n" + BULGARIAN * 4, {}, "sponsored"),
        ("Изгодни кредити", BULGARIAN * 4, {"labels": ["Рекламна публикация"]}, "sponsored"),
        ("Изгодни кредити", BULGARIAN * 4, {"categories": ["PR"]}, "sponsored"),
        ("Забраниха платената реклама на хазарт", BULGARIAN * 4, {}, "article"),
        ("Централна емисия новини – 20 ч.", "", {"page": False}, "video-bulletin"),
        ("Новина", "За да прочетете цялата статия, влезте с абонамент.", {}, "paywall"),
        ("Новина", BULGARIAN, {}, "too-short"),
        ("Новина", BULGARIAN, {"page": False}, "article"),
    ],
)
def test_what_is_no_article_has_a_name_and_a_reason(
    title: str, text: str, more: dict[str, object], kind: str
) -> None:
    """Paid texts, walls, bulletins and stubs; an article about advertising is an article."""
    found = kinds.judge(title, text, **more)  # type: ignore[arg-type]

    assert found.name == kind
    assert bool(found.reason) == (kind != "article")
