"""Who is one voice, from the texts to the reason: the cases that the product promises.

Five reprints of one agency text are one voice, not five; outlets of one owner are one.
"""

from __future__ import annotations

from digest.model import Article, Story
from tests.unit.cluster.newsroom import FIRE, FIRE_RETOLD, article, budget, grouped

WITNESS = (
    "Жители на Карнобат разказаха пред репортера ни, че пламъците в склада за текстил са се "
    "виждали от другия край на града. Комисар Илия Тодоров потвърди, че огънят в Карнобат е "
    "тръгнал от електрическото табло на склада."
)


def of_the_fire(*articles: Article) -> Story:
    stories = grouped(*articles, budget())
    return next(story for story in stories if articles[0] in story.articles)


def voices(story: Story) -> list[tuple[str, str, int]]:
    return [(voice.kind, voice.name, len(voice.article_ids)) for voice in story.voices]


def agency(name: str, title: str, text: str = FIRE, **more: object) -> Article:
    return article(name, title, f"{text} /БТА/", **more)


def test_five_reprints_of_an_agency_text_are_one_voice():
    """Under five headlines, in five outlets; each points to the first of them."""
    titles = (
        "Пожар в склад за текстил в Карнобат",
        "Огнен ад край Бургас",
        "14 ранени при пожар",
        "Склад изгоря до основи в Карнобат",
        "Нощ на пламъци",
    )
    reprints = [agency(f"r{n}", title, outlet=f"Лист {n}") for n, title in enumerate(titles)]

    story = of_the_fire(*reprints)

    assert story.independent_sources == 1
    assert voices(story) == [("agency", "БТА", 5)]
    assert story.voices[0].why == "Пет издания препечатват БТА."
    assert {copy.copy_of for copy in story.copies} == {"r0"}
    assert len(story.copies) == 4


def test_two_outlets_of_one_owner_are_one_voice():
    """Although each wrote its own text."""
    story = of_the_fire(
        article("a", "Пожар в склад за текстил в Карнобат", FIRE, outlet="Утро"),
        article("b", "Текстилен склад в Карнобат изгоря", FIRE_RETOLD, outlet="Вечер"),
    )

    assert voices(story) == [("owner", "Преса Холдинг", 2)]
    assert story.voices[0].why == "Един собственик: Преса Холдинг."
    assert story.copies == ()


def test_an_agency_text_is_recognised_by_copy_although_uncredited():
    """Who leaves the credit out is named, with the reason."""
    story = of_the_fire(
        agency("a", "Пожар в склад за текстил в Карнобат", outlet="Първи"),
        article("b", "Огнен ад в Карнобат", FIRE, outlet="Втори"),
    )

    assert voices(story) == [("agency", "БТА", 2)]
    assert story.voices[0].why == (
        "Две издания препечатват БТА. „Втори“ не посочва агенцията, но текстът е същият."
    )


def test_the_agency_the_house_and_the_reporter_are_three_voices():
    """Six articles: three reprints, two outlets of one owner, and one that was there."""
    story = of_the_fire(
        agency("a", "Пожар в склад за текстил в Карнобат", outlet="Лист 1"),
        agency("b", "Пожар край Карнобат", FIRE[:300], outlet="Лист 2"),
        article("c", "Огън в склада за текстил", FIRE, outlet="Лист 3"),
        article("d", "Текстилен склад в Карнобат изгоря", FIRE_RETOLD, outlet="Утро"),
        article("e", "Текстилен склад край Карнобат изгоря", FIRE_RETOLD, outlet="Вечер"),
        article("f", "Карнобат: пламъците се виждаха отвсякъде", WITNESS, outlet="Обед"),
    )

    assert voices(story) == [
        ("agency", "БТА", 3),
        ("owner", "Преса Холдинг", 2),
        ("outlet", "Обед", 1),
    ]
    assert story.independent_sources == 3
    assert [bool(voice.why) for voice in story.voices] == [True, True, False]


def test_a_house_that_prints_the_agency_adds_no_voice_for_it():
    """What its outlet took over is the agency's; what it wrote itself is its own."""
    story = of_the_fire(
        agency("a", "Пожар в склад за текстил в Карнобат", outlet="Лист 1"),
        article("b", "Огън в склада за текстил", FIRE, outlet="Утро"),
        article("c", "Текстилен склад в Карнобат изгоря", FIRE_RETOLD, outlet="Вечер"),
    )

    assert voices(story) == [("agency", "БТА", 2), ("outlet", "Вечер", 1)]


def test_a_reprint_without_an_agency_speaks_with_its_original():
    """Another outlet's text under an own headline corroborates nothing."""
    story = of_the_fire(
        article("a", "Пожар в склад за текстил в Карнобат", FIRE, outlet="Обед", day=20),
        article("b", "Огнен ад в Карнобат", FIRE, outlet="Пладне"),
    )

    assert voices(story) == [("outlet", "Обед", 2)]
    assert story.voices[0].why == "„Пладне“ препечатва „Обед“ дословно."


def test_every_article_of_a_story_has_exactly_one_voice():
    """Whatever is copied, credited and owned by whom."""
    story = of_the_fire(
        agency("a", "Пожар в склад за текстил в Карнобат", outlet="Утро"),
        article("b", "Огън в склада за текстил", FIRE, outlet="Вечер"),
        article("c", "Текстилен склад в Карнобат изгоря", FIRE_RETOLD, outlet=" "),
        article("d", "Склад в Карнобат изгоря", WITNESS, outlet=" "),
    )

    told = [name for voice in story.voices for name in voice.article_ids]
    assert sorted(told) == sorted(one.id for one in story.articles)
