"""The chart of a story: from which article, when there is none, and how many an edition has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.compose.charts import chart, limited, stands
from digest.compose.figure import figures
from digest.compose.timeline import When, in_order, read
from digest.model import (
    Article,
    ArticleId,
    Chart,
    Disagreement,
    DisputedValue,
    EditionStory,
    Point,
    Rights,
    Section,
    Sentence,
    Story,
    StoryId,
)

TOLD = "Инфлацията беше 3,4% през юли, 3,8% през август и 4,1% през септември."
OTHER = "Инфлацията беше 3,4% през юли, 3,9% през август и 4,1% през септември."


def article(key: str, text: str, **fields: object) -> Article:
    values: dict[str, object] = {"id": ArticleId(key), "title": "Инфлацията", "text": text,
                                 "outlet": f"Вестник {key}"}  # fmt: skip
    return Article(**(values | fields))  # type: ignore[arg-type]


def story(*articles: Article, disagreements: tuple[Disagreement, ...] = ()) -> Story:
    return Story(StoryId("s1"), articles, articles[0].id, disagreements=disagreements)


def made() -> Chart:
    found = chart(story(article("a", f"Цените растат.\n\n{TOLD} Данните са на института.")))
    assert found is not None
    return found


def test_every_figure_and_label_is_cut_from_the_article() -> None:
    """The whole evidence of a chart: where it stands, word for word."""
    text = f"Цените растат.\n\n{TOLD} Данните са на института."

    found = made()

    assert [text[one.start : one.end] for one in found.points] == ["3,4%", "3,8%", "4,1%"]
    assert [text[one.label_start : one.label_end] for one in found.points] == [
        "юли",
        "август",
        "септември",
    ]
    assert text[found.said.start : found.said.end] == found.said.text == TOLD
    assert found.outlet == "Вестник a"


def test_a_chart_whose_figure_is_not_in_the_article_does_not_stand() -> None:
    """Another figure, another label, or the same ones elsewhere: the gate lets none through."""
    found = made()
    text = f"Цените растат.\n\n{TOLD} Данните са на института."

    assert stands(found, text)
    assert not stands(found, text.replace("3,8%", "3,9%"))
    assert not stands(found, text.replace("август", "февруа"))
    assert not stands(found, f" {text}")
    assert not stands(found, "")
    wrong = replace(found.points[0], figure="3,5\u00a0%")
    assert not stands(replace(found, points=(wrong, *found.points[1:])), text)


@pytest.mark.parametrize("rights", [Rights.LICENSED, Rights.EXTRACT, Rights.FACTS])
def test_figures_are_facts_under_every_right_to_show(rights: Rights) -> None:
    """What may be told in own words may be drawn."""
    assert chart(story(article("a", TOLD, rights=rights)))


def test_an_excluded_article_gives_no_chart() -> None:
    """Nothing of it is shown, so its figures neither."""
    assert chart(story(article("a", TOLD, rights=Rights.EXCLUDED))) is None


def test_the_article_that_is_shown_comes_first() -> None:
    """Another one is looked at only where it tells no series."""
    plain = article("b", "Цените растат.")

    first = chart(story(article("a", TOLD), article("b", TOLD)))
    second = chart(story(plain, article("a", TOLD)))

    assert first is not None
    assert second is not None
    assert (first.outlet, second.outlet) == ("Вестник a", "Вестник a")


def test_sources_that_disagree_about_a_point_give_no_chart() -> None:
    """Nothing is averaged, and nobody is taken to be right."""
    assert chart(story(article("a", TOLD), article("b", OTHER))) is None


def test_a_disputed_figure_is_not_drawn() -> None:
    """What the outlets differ on is said in words under the story."""
    at = TOLD.index("3,8%")
    values = (
        DisputedValue("3,8%", ArticleId("a"), at, at + 4, "Вестник a"),
        DisputedValue("3,9%", ArticleId("b"), 0, 4, "Вестник b"),
    )
    disputed = story(
        article("a", TOLD),
        article("b", "3,9% е инфлацията през август."),
        disagreements=(Disagreement("инфлация", values),),
    )

    assert chart(disputed) is None


def test_two_things_of_one_article_told_by_the_same_months_do_not_contradict() -> None:
    """Inflation and unemployment have the same labels and other figures."""
    second = "Безработицата беше 5,4% през юли, 5,2% през август и 5,1% през септември."

    found = chart(story(article("a", f"{TOLD}\n\n{second}")))

    assert found is not None
    assert found.title == "Инфлацията по месеци"


def printed(number: int, tier: str = "full") -> EditionStory:
    return EditionStory(
        StoryId(f"s{number}"), f"Новина {number}", "", "Текст.", "Текст.", tier, chart=made()
    )


def test_an_edition_draws_two_charts_and_the_lead_has_the_first_right() -> None:
    """More would be a report; the stories keep their texts."""
    sections = (
        Section("a", "А", (printed(1), printed(2))),
        Section("b", "Б", (printed(3, "lead"),)),
    )

    kept = limited(sections)

    assert [one.id for part in kept for one in part.stories if one.chart] == ["s1", "s3"]
    assert [one.id for part in kept for one in part.stories] == ["s1", "s2", "s3"]


@pytest.mark.parametrize(
    ("labels", "order"),
    [
        (("септември", "август", "юли"), [2, 1, 0]),
        (("януари", "декември", "ноември"), [2, 1, 0]),
        (("март", "юни", "септември"), [0, 1, 2]),
        (("2024 г.", "2023", "2025-а"), [1, 0, 2]),
        (("декември 2025 г.", "януари 2026 г.", "ноември 2025 г."), [2, 0, 1]),
        (("юли", "август", "септември 2026 г."), [0, 1, 2]),
        (("второто тримесечие", "първото тримесечие", "третото тримесечие"), [1, 0, 2]),
        (("март", "юли", "ноември"), None),
        (("юли", "2024 г.", "август"), None),
        (("юли 2025 г.", "август", "септември 2026 г."), None),
        (("юли 2026 г.", "август", "септември"), None),
    ],
)
def test_labels_of_time_stand_in_its_order_or_are_refused(
    labels: tuple[str, ...], order: list[int] | None
) -> None:
    """Backwards, over the new year, and where nobody can say which comes first."""
    times = [read(one) for one in labels]

    assert in_order([one for one in times if one]) == order


@pytest.mark.parametrize("label", ["миналата година", "юли и август", "2026 пъти", "", "19 юли"])
def test_what_is_no_plain_time_is_none(label: str) -> None:
    """A time that leans on another day says nothing alone."""
    assert read(label) is None


def test_a_time_is_read_with_its_year() -> None:
    """Whatever space stands between."""
    assert read("юли\u00a02026\u00a0г.") == When("month", 7, 2026)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("3,4%", "3,4 %"),
        ("3.4 процента", "3,4 %"),
        ("4,0 на сто", "4,0 %"),
        ("-1,2%", "−1,2 %"),
        ("1,25 млн. лв.", "1,25 млн. лв."),
        ("1 милион лева", "1 млн. лв."),
        ("12 400 души", "12 400 души"),
        ("9 050 евро", "9050 €"),
        ("1.234.567", "1 234 567"),
    ],
)
def test_a_figure_is_printed_in_one_way(text: str, shown: str) -> None:
    """Decimal comma, no-break spaces, the unit's sign."""
    (found,) = figures(text)

    assert found.printed().replace("\u00a0", " ") == shown


@pytest.mark.parametrize(
    "text", ["2026 г.", "34 години", "15°", "три", "3 и половина милиона", "12-и", "18:30", "½"]
)
def test_what_is_no_figure_to_draw_is_none(text: str) -> None:
    """Years, ages, degrees, words, hours and ordinals."""
    assert list(figures(text)) == []


def point(label: str = "юли", **fields: object) -> Point:
    values: dict[str, object] = {
        "label": label, "figure": "3 %", "value": 3.0, "article_id": ArticleId("a"),
        "start": 0, "end": 3, "label_start": 4, "label_end": 7,
    }  # fmt: skip
    return Point(**(values | fields))  # type: ignore[arg-type]


THREE = (point(), point("август"), point("септември"))


@pytest.mark.parametrize(
    ("title", "points"),
    [
        (" ", THREE),
        ("Инфлацията", THREE[:2]),
        ("Инфлацията", (*THREE, point("Юли"))),
        ("Инфлацията", (*THREE, point("май", article_id=ArticleId("b")))),
        ("Инфлацията", tuple(point(f"{n}") for n in range(9))),
    ],
)
def test_a_chart_that_cannot_be_is_refused(title: str, points: tuple[Point, ...]) -> None:
    """Without a title, with too few, too many or repeated points, of two articles."""
    with pytest.raises(ValueError, match=r".+"):
        Chart(title, points, Sentence("Казано.", ArticleId("a"), 0, 7))


@pytest.mark.parametrize(
    "fields", [{"label": " "}, {"figure": ""}, {"value": float("nan")}, {"end": 0}]
)
def test_a_point_that_cannot_be_is_refused(fields: dict[str, object]) -> None:
    """Without words, without a number, with a span that runs backward."""
    with pytest.raises(ValueError, match=r".+"):
        point(**fields)
