"""Live coverage of one day is one story, and nothing else is by its title alone."""

from __future__ import annotations

from datetime import timedelta

from digest.cluster.material import prepare
from digest.cluster.series import series
from digest.model import Article, DateClaim
from tests.unit.cluster.newsroom import FIRE, FIRE_RETOLD, article, grouped, together

MINUTES = (
    "Левски Пролом бие тъча дълбоко в своята половина.",
    "Вратарят Ганев спасява дузпа след намесата на камерата.",
    "Жълт картон за халфа на гостите заради спиране на играта.",
    "Публиката пее под дъжда, двата отбора влизат за второто полувреме.",
)

WEATHER = {
    21: (
        "Днес ще бъде предимно облачно, на места на запад ще превали слаб дъжд. Вятърът ще е умерен "
        "от югоизток. Максималните температури ще са между 9 и 14 градуса.",
        "Над Черноморието ще има разкъсана облачност, температурата на водата е 12 градуса.",
        "В планините условията за туризъм са добри, видимостта остава ограничена до обяд.",
    ),
    22: (
        "След полунощ нахлува студен въздух и дъждът преминава в сняг. Денят започва с минус 3 "
        "градуса в котловините, по високите полета се образува снежна покривка.",
        "Поледица покри проходите, пътната агенция призова шофьорите да тръгват със зимни гуми.",
        "Обявен е жълт код за силен северозападен вятър в осем области от Дунавската равнина.",
    ),
}


def minutes(title: str, *, outlet: str = "Утро", day: int | None = 21) -> list[Article]:
    return [
        article(f"l{n}", title.format(minute=n * 10), text, outlet=outlet, day=day)
        for n, text in enumerate(MINUTES)
    ]


def places(articles: list[Article]) -> list[list[int]]:
    return series(prepare(articles))


def test_live_coverage_is_one_story():
    """Pieces under one title but for the minute in it, whatever each of them tells."""
    live = minutes("На живо: Левски Пролом – Марек Долен, {minute}-ата минута")

    (story,) = grouped(*live)

    assert len(story.articles) == len(MINUTES)
    assert story.independent_sources == 1


def test_the_marks_of_live_coverage_are_no_part_of_a_title():
    """„ОБНОВЯВА СЕ“ and a clock come and go."""
    live = minutes("Бурята над Пролом и Каменосел")
    marked = [
        Article(one.id, title, one.text, outlet=one.outlet, date=one.date)
        for one, title in zip(
            live,
            (
                "Бурята над Пролом и Каменосел",
                "ОБНОВЯВА СЕ: Бурята над Пролом и Каменосел",
                "Бурята над Пролом и Каменосел (на живо)",
                "10:40 Бурята над Пролом и Каменосел",
            ),
            strict=True,
        )
    ]

    assert places(marked) == [[0, 1, 2, 3]]


def test_the_weather_of_two_days_is_two_stories():
    """The same title tomorrow is another day's news."""
    days = [
        [
            article(f"w{day}{n}", "Прогноза за времето в страната", text, outlet="Утро", day=day)
            for n, text in enumerate(texts)
        ]
        for day, texts in WEATHER.items()
    ]

    found = together(*days[0], *days[1])

    assert found == {frozenset(one.id for one in day) for day in days}
    assert places([*days[0], *days[1]]) == [[0, 1, 2], [3, 4, 5]]


def test_an_outlet_gives_no_two_days_one_title_for_one_event():
    """Single forecasts of two days too; a follow-up of the same event has its own headline."""
    one, other = (
        article(f"w{day}", "Времето", texts[0], outlet="Утро", day=day)
        for day, texts in WEATHER.items()
    )
    fires = [
        article("a", "Пожар в склад за текстил в Карнобат", FIRE, outlet="Утро", day=21),
        article("b", "Текстилен склад в Карнобат изгоря", FIRE_RETOLD, outlet="Утро", day=22),
    ]

    assert together(one, other) == {frozenset({"w21"}), frozenset({"w22"})}
    assert together(*fires) == {frozenset("ab")}


def test_a_text_put_right_the_next_day_stays_in_its_story():
    """Under the same title with nearly the same words it is a copy, which the title confirms."""
    first = article("a", "Пожар в склад в Карнобат", FIRE, outlet="Утро", day=21)
    later = article(
        "b", "Пожар в склад в Карнобат", FIRE.replace("14 души", "15 души"), outlet="Утро", day=22
    )

    assert together(first, later) == {frozenset("ab")}


def test_a_title_of_few_words_names_nothing():
    """„Новини“ and „Спорт на живо“ stand over everything."""
    for title in ("Новини", "Спорт на живо, {minute}", "Времето днес", ""):
        assert places(minutes(title)) == []


def test_two_pieces_are_no_series():
    """A piece and its next version are told by their texts."""
    assert places(minutes("На живо: Левски Пролом – Марек Долен")[:2]) == []


def test_another_outlet_or_no_date_is_outside():
    """A title is shared by chance between outlets; undated pieces may be of any day."""
    live = minutes("На живо: Левски Пролом – Марек Долен")
    strangers = [
        Article(one.id, one.title, one.text, outlet=f"Издание {n}", date=one.date)
        for n, one in enumerate(live)
    ]

    assert places(strangers) == []
    assert places(minutes("На живо: Левски Пролом – Марек Долен", day=None)) == []
    assert places(minutes("На живо: Левски Пролом – Марек Долен", outlet=" ")) == []


def test_hours_of_one_day_are_one_series():
    """Morning and evening pieces of one date."""
    live = minutes("На живо: Левски Пролом – Марек Долен")
    spread = [
        Article(one.id, one.title, one.text, outlet=one.outlet,
                date=DateClaim(one.date.at + timedelta(hours=3 * n - 6), one.date.basis, 0.9))
        for n, one in enumerate(live)
    ]  # fmt: skip

    assert places(spread) == [[0, 1, 2, 3]]
