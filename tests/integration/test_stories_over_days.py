"""A story over several mornings: its id stands, an editor's word stands, a replay agrees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from digest.actions import drafting, grouping
from digest.actions.app import App
from digest.actions.replaying import replay
from digest.clock import FixedClock
from digest.errors import Forbidden, NotFound, Refused, WrongUsage
from digest.model import (
    Article,
    ArticleId,
    DateBasis,
    DateClaim,
    EditionState,
    Story,
    StoryId,
)
from tests.integration import web_kit as kit

EDITOR = "editor@example.bg"
FIRE = (
    "Пожар избухна в склад за текстил край Върбелец тази нощ. Девет екипа на пожарната гасиха "
    "огъня до сутринта. По думите на комисар Илия Тодоров пламъците са тръгнали от таблото.",
    "Складът за текстил край Върбелец изгоря до основи, каза комисар Илия Тодоров. Девет екипа на "
    "пожарната са гасили огъня, който тръгнал от електрическото табло.",
    "Собственикът на изгорелия склад за текстил край Върбелец оцени щетите от пожара на два милиона. "
    "Комисар Илия Тодоров каза, че огънят е тръгнал от таблото.",
)
TITLES = (
    "Пожар в склад за текстил край Върбелец",
    "Текстилен склад край Върбелец изгоря",
    "Два милиона са щетите от пожара край Върбелец",
)
FESTIVAL = (
    "Фестивалът на липите в Пролом събра дванайсет хора и три духови оркестъра. Вечерта завърши "
    "с общо хоро на площада, което поведе хореографът Лина Герова."
)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = kit.make_app(tmp_path / "home", drafted=False)
    yield made
    made.close()


def on(app: App, day: int) -> App:
    """The same newsroom so many days later."""
    return replace(app, clock=FixedClock(kit.NOW + timedelta(days=day)))


def comes(app: App, name: str, title: str, text: str, *, day: int = 0) -> None:
    at = kit.NOW + timedelta(days=day, hours=-2)
    one = Article(
        ArticleId(name), title, text, outlet=f"Издание {name}",
        url=f"https://izdanie.example.bg/{name}",
        date=DateClaim(at, DateBasis.FEED, 0.9), fetched_at=at,
    )  # fmt: skip
    with app.store.work() as work:
        work.articles.add_new([one])


def story_with(app: App, name: str) -> Story:
    return next(s for s in grouping.stories_of(app) if name in {a.id for a in s.articles})


def names(story: Story) -> set[str]:
    return {str(one.id) for one in story.articles}


def deeds(app: App, story: str) -> list[tuple[str, str, str, str]]:
    with app.store.reading() as work:
        return [
            (one.who, one.what, one.before, one.after) for one in work.activity.list(subject=story)
        ]


@pytest.fixture
def morning(app: App) -> App:
    """A fire told twice and a festival, drafted."""
    comes(app, "f0", TITLES[0], FIRE[0])
    comes(app, "f1", TITLES[1], FIRE[1])
    comes(app, "l0", "Фестивалът на липите събра дванайсет хора", FESTIVAL)
    drafting.build(app)
    return app


# ---- over days


def test_a_story_keeps_its_id_over_three_builds_on_three_days(app: App) -> None:
    """Each morning brings an article; the second comes to what the first began."""
    seen: list[StoryId] = []
    for day, (title, text) in enumerate(zip(TITLES, FIRE, strict=True)):
        comes(app, f"f{day}", title, text, day=day)
        comes(
            app,
            f"l{day}",
            f"Новина {day} от площада",
            FESTIVAL.replace("дванайсет", f"{day + 12}"),
            day=day,
        )
        today = on(app, day)
        drafting.build(today)
        seen.append(story_with(today, f"f{day}").id)

    assert len(set(seen)) == 1
    assert names(story_with(on(app, 2), "f2")) == {"f0", "f1", "f2"}


def test_an_earlier_article_that_comes_late_does_not_rename_the_story(morning: App) -> None:
    """The id was made of another article; readers know the story by it."""
    before = story_with(morning, "f0").id
    comes(morning, "early", TITLES[2], FIRE[2], day=-1)

    after = story_with(morning, "early")

    assert after.articles[0].id == "early"
    assert after.id == before


def test_building_again_changes_neither_stories_nor_the_draft(morning: App) -> None:
    """What was placed is asked and gives the same."""
    before = grouping.stories_of(morning)

    again = drafting.build(morning)

    assert grouping.stories_of(morning) == before
    assert again.revision == 1


# ---- an editor's word


def test_a_merge_is_kept_by_the_next_draft(morning: App) -> None:
    """Two stories without a word in common are one, under the first's id; the reason names who."""
    fire, feast = story_with(morning, "f0"), story_with(morning, "l0")

    kept = grouping.merge(morning, fire.id, feast.id, by=EDITOR)
    made = drafting.build(morning, anew=True)

    both = story_with(morning, "l0")
    assert kept == both.id == fire.id
    assert names(both) == {"f0", "f1", "l0"}
    assert any(f"събрано от {EDITOR}" in said for said in both.why)
    assert feast.id not in {one.id for one in made.stories}
    assert deeds(morning, fire.id) == [(EDITOR, grouping.MERGED, feast.id, "1")]


def test_a_split_is_kept_by_the_next_draft_and_by_tomorrows_article(morning: App) -> None:
    """The parted article stays apart, and what comes later goes to one side and welds neither."""
    fire = story_with(morning, "f0")

    own = grouping.split(morning, fire.id, ["f1"], by=EDITOR)
    drafting.build(morning, anew=True)
    comes(morning, "f2", TITLES[2], FIRE[2], day=1)
    tomorrow = on(morning, 1)
    drafting.build(tomorrow)

    assert story_with(tomorrow, "f1").id == own != fire.id
    assert story_with(tomorrow, "f0").id == fire.id
    assert names(story_with(tomorrow, "f2")) in ({"f0", "f2"}, {"f1", "f2"})
    assert deeds(morning, fire.id) == [(EDITOR, grouping.SPLIT, "2", own)]


def test_a_merge_takes_back_a_split_and_a_split_a_merge(morning: App) -> None:
    """The last word stands."""
    fire = story_with(morning, "f0")
    own = grouping.split(morning, fire.id, ["f1"], by=EDITOR)
    grouping.merge(morning, fire.id, own, by="vera@example.bg")

    assert names(story_with(morning, "f0")) == {"f0", "f1"}
    grouping.split(morning, fire.id, ["f1"], by=EDITOR)
    assert names(story_with(morning, "f0")) == {"f0"}


def test_two_stories_that_readers_saw_are_joined_by_an_editor_alone(morning: App) -> None:
    """A merge after the edition left holds, although the two were printed as two."""
    fire, feast = story_with(morning, "f0"), story_with(morning, "l0")
    with morning.store.work() as work:
        work.editions.set_state(work.editions.get("latest").id, EditionState.SENT)
    with morning.store.reading() as work:
        assert work.stories.seen([fire.id, feast.id]) == {fire.id, feast.id}

    grouping.merge(morning, fire.id, feast.id, by=EDITOR)
    tomorrow = on(morning, 1)

    assert names(story_with(tomorrow, "l0")) == {"f0", "f1", "l0"}


def test_a_story_of_the_list_can_be_merged_before_the_draft(morning: App) -> None:
    """What came since the last build has an id in the list, and that id is enough."""
    comes(
        morning,
        "n0",
        "Панаирът в Каменосел отвори",
        "Занаятчии от осем града показват стоки в Каменосел.",
    )
    fire, fresh = story_with(morning, "f0"), story_with(morning, "n0")

    grouping.merge(morning, fire.id, fresh.id, by=EDITOR)

    assert "n0" in names(story_with(morning, "f0"))


def test_an_article_of_the_list_can_be_split_off_before_the_draft(morning: App) -> None:
    """It came to an older story and is told from it by an editor at once."""
    comes(morning, "f2", TITLES[2], FIRE[2])
    fire = story_with(morning, "f2")
    assert names(fire) == {"f0", "f1", "f2"}

    own = grouping.split(morning, fire.id, ["f2"], by=EDITOR)

    assert names(story_with(morning, "f2")) == {"f2"}
    assert story_with(morning, "f2").id == own


def test_a_replay_gives_what_was_drafted_before_the_editor_spoke(morning: App) -> None:
    """Stories and bonds are among the stored inputs: the edition comes out as it was."""
    first = drafting.build(morning)
    fire, feast = story_with(morning, "f0"), story_with(morning, "l0")
    grouping.merge(morning, fire.id, feast.id, by=EDITOR)
    second = drafting.build(morning, anew=True)

    assert replay(morning, first.id, revision=1).same
    later = replay(morning, second.id)
    assert later.same
    assert later.stored.revision == 2


# ---- who may, and what is refused


def test_only_who_may_edit_may_merge_and_split(morning: App) -> None:
    """A reader of the desk may not; nothing is kept of the attempt."""
    fire, feast = story_with(morning, "f0"), story_with(morning, "l0")

    with pytest.raises(Forbidden):
        grouping.merge(morning, fire.id, feast.id, by="reader@example.bg")
    with pytest.raises(Forbidden):
        grouping.split(morning, fire.id, ["f1"], by="reader@example.bg")

    assert story_with(morning, "l0").id == feast.id
    assert deeds(morning, fire.id) == []
    for by in (EDITOR, kit.APPROVER, "admin@example.bg"):
        grouping.merge(morning, fire.id, grouping.split(morning, fire.id, ["f1"], by=by), by=by)


def test_what_cannot_be_done_says_why(morning: App) -> None:
    """An unknown story, a story with itself, a stranger, nothing left."""
    fire = story_with(morning, "f0")

    with pytest.raises(NotFound, match="няма-такава"):
        grouping.merge(morning, fire.id, "няма-такава", by=EDITOR)
    with pytest.raises(NotFound):
        grouping.story_of(morning, "няма-такава")
    with pytest.raises(WrongUsage):
        grouping.merge(morning, fire.id, fire.id, by=EDITOR)
    with pytest.raises(NotFound, match="l0"):
        grouping.split(morning, fire.id, ["f1", "l0"], by=EDITOR)
    with pytest.raises(Refused):
        grouping.split(morning, fire.id, ["f0", "f1"], by=EDITOR)
    assert names(story_with(morning, "f0")) == {"f0", "f1"}
    assert deeds(morning, fire.id) == []
