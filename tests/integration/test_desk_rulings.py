"""The desk rules on stories and teaches: what is kept, what is logged, what the next draft does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from digest.actions import drafting, editions, learning, reviewing, rulings
from digest.actions.app import App
from digest.errors import Forbidden, NotFound, Refused, WrongUsage
from digest.model import Choice, Edition, EditionId, StoryId
from digest.rank.signals import WEIGHTS
from digest.review.states import Drop, Move, Retitle
from tests.integration.web_kit import APPROVER, DAY, article, make_app
from tests.unit.rank.test_tune import HIDDEN, desk

TOLD = (
    "Волейболистките на Тунджа победиха Марек с 3:1 гейма в снощния двубой на сезона.",
    "Плувкинята Мила Ведрова подобри рекорда на 200 метра свободен стил с две десети.",
    "Шахматистът Огнян Брезов взе титлата в Порт Мерлен след равенство в последния кръг.",
    "Ски сезонът започва с нови две писти и осем оръдия за сняг над Върбелец.",
)
TITLES = ("Тунджа спечели дербито", "Рекорд в басейна", "Титла по шахмат", "Ски сезонът започва")
EDITOR = "editor@example.bg"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """A morning of four sport stories, drafted from what was collected."""
    found = make_app(tmp_path / "home", drafted=False)
    sport = [
        replace(article(n + 3, text, title=title, outlet=f"Издание {n}"), section="Спорт")
        for n, (text, title) in enumerate(zip(TOLD, TITLES, strict=True))
    ]
    with found.store.work() as work:
        work.articles.add_new(sport)
    drafting.build(found)
    yield found
    found.close()


def drafted(app: App) -> Edition:
    found = editions.of_day(app, DAY)
    assert found is not None
    return found


def sport(app: App) -> list[StoryId]:
    return [s.id for part in drafted(app).sections if part.slug == "sport" for s in part.stories]


def kept(app: App) -> list[Choice]:
    with app.store.reading() as work:
        return work.learning.choices("digest")


def deeds(app: App, story: str) -> list[tuple[str, str, str]]:
    with app.store.reading() as work:
        return [(one.what, one.before, one.after) for one in work.activity.list(subject=story)]


def test_a_pin_leads_the_next_draft_and_says_so(app: App) -> None:
    """The weakest story goes first, with who held it there; the act is logged once."""
    last = min(drafted(app).stories, key=lambda s: (s.score, s.id)).id

    first = rulings.pin(app, last, place=1, by=EDITOR)
    again = rulings.pin(app, last, place=1, by=EDITOR)
    made = drafting.build(app)

    assert again == first
    assert made.stories[0].id == last
    assert made.stories[0].tier == "lead"
    assert made.stories[0].reasons[-1].sentence == f"Закачена на първо място от {EDITOR}."
    assert [what for what, _, _ in deeds(app, last)] == ["story.pin"]


def test_a_veto_drops_the_story_with_the_editors_reason(app: App) -> None:
    """It stands among the dropped; a veto takes the place of a pin and the log shows both."""
    which = sport(app)[0]
    rulings.pin(app, which, place=1, by=EDITOR)

    rulings.veto(app, which, by=EDITOR, reason="Чака опровержение")
    made = drafting.build(app)

    assert which not in {one.id for one in made.stories}
    reason = next(one.reason for one in made.dropped if one.id == which)
    assert reason == f"Спряна от {EDITOR}: Чака опровержение."
    what, before, after = deeds(app, which)[0]
    assert what == "story.veto"
    assert "pin" in before
    assert "Чака опровержение" in after


def test_what_was_said_can_be_taken_back(app: App) -> None:
    """The next draft reads as before; taking back nothing is no act."""
    which = sport(app)[-1]
    before = [one.id for one in drafted(app).stories]
    rulings.veto(app, which, by=EDITOR, reason="Чака")
    drafting.build(app)

    assert [one.kind for one in rulings.clear(app, which, by=EDITOR)] == ["veto"]
    assert rulings.clear(app, which, by=EDITOR) == []
    assert [one.id for one in drafting.build(app).stories] == before
    assert [what for what, _, _ in deeds(app, which)] == ["story.clear", "story.veto"]


def test_a_boost_lasts_its_days_and_no_longer(app: App) -> None:
    """From the day it was given for."""
    which = sport(app)[0]
    rulings.boost(app, which, value=0.2, days=3, by=EDITOR)

    with app.store.reading() as work:
        held = [len(work.rulings.on("digest", DAY + timedelta(days=n))) for n in range(-1, 5)]
    assert held == [0, 1, 1, 1, 0, 0]


def test_a_ruling_says_when_it_shows(app: App) -> None:
    """In the next draft, unless a person has edited or approved this one."""
    one = rulings.boost(app, sport(app)[0], value=0.2, by=EDITOR)
    assert rulings.effect(app, one) == "Важи от следващото съставяне („digest build“)."

    reviewing.edit(app, drafted(app).id, Drop(sport(app)[-1], EDITOR), by=EDITOR)
    assert "build --anew" in rulings.effect(app, one)

    reviewing.approve(app, drafted(app).id, by=APPROVER)
    assert "„одобрен“" in rulings.effect(app, one)
    assert "понеделник" not in rulings.effect(app, replace(one, first=DAY + timedelta(days=1),
                                                           last=DAY + timedelta(days=1)))  # fmt: skip


def test_who_may_not_edit_may_not_rule(app: App) -> None:
    """A reader of the desk looks on; an unknown story and an empty reason are said."""
    which = sport(app)[0]
    with pytest.raises(Forbidden):
        rulings.pin(app, which, place=1, by="reader@example.bg")
    with pytest.raises(Forbidden):
        rulings.clear(app, which, by="reader@example.bg")
    with pytest.raises(NotFound):
        rulings.pin(app, "snyama", place=1, by=EDITOR)
    with pytest.raises(WrongUsage):
        rulings.veto(app, which, by=EDITOR, reason=" ")
    with pytest.raises(WrongUsage):
        rulings.pin(app, which, place=0, by=EDITOR)
    for value, days in ((0, 1), (2, 1), (0.1, 0), (0.1, 400)):
        with pytest.raises(WrongUsage):
            rulings.boost(app, which, value=value, days=days, by=EDITOR)


def test_a_drop_prefers_what_is_left_of_its_section(app: App) -> None:
    """With the signals that both stories were printed with."""
    before = drafted(app)
    first, *rest = sport(app)

    reviewing.edit(app, before.id, Drop(first, EDITOR), by=EDITOR)

    assert [(c.preferred, c.passed, c.kind) for c in kept(app)] == [
        (one, first, "drop") for one in rest
    ]
    one = kept(app)[0]
    printed = next(s for s in before.stories if s.id == first)
    assert one.passed_signals == {r.name: r.value for r in printed.reasons}
    assert (one.revision, one.who, one.edition) == (before.revision, EDITOR, before.id)
    assert one.passed_signals.keys() == WEIGHTS.keys()


def test_a_move_prefers_the_moved_or_those_it_let_pass(app: App) -> None:
    """Up over those it passed; down the reverse; a new headline prefers nothing."""
    order = sport(app)
    edition = drafted(app).id

    reviewing.edit(app, edition, Move(order[2], "sport", 1), by=EDITOR)
    assert [(c.preferred, c.passed) for c in kept(app)] == [
        (order[2], order[0]), (order[2], order[1]),
    ]  # fmt: skip

    moved = sport(app)
    reviewing.edit(app, edition, Move(moved[0], "sport", 2), by=EDITOR)
    assert [(c.preferred, c.passed) for c in kept(app)][2:] == [(moved[1], moved[0])]

    reviewing.edit(app, edition, Retitle(moved[0], "Друго заглавие"), by=EDITOR)
    assert len(kept(app)) == 3


def test_filing_a_story_elsewhere_is_no_choice_but_a_new_lead_is(app: App) -> None:
    """To another section a story is filed, not weighed, unless it becomes the lead."""
    edition = drafted(app)
    first = edition.sections[0]
    other = next(p for p in edition.sections if p.slug != first.slug and p.stories)
    which = other.stories[-1].id

    edition = reviewing.edit(app, edition.id, Move(which, "kultura", 1), by=EDITOR)
    assert kept(app) == []

    reviewing.edit(app, edition.id, Move(which, first.slug, 1), by=EDITOR)

    assert [(c.preferred, c.passed) for c in kept(app)] == [(which, first.stories[0].id)]


def test_a_pin_prefers_its_story_to_those_above(app: App) -> None:
    """By score, from where it stood to where it was put; a repeated pin teaches once."""
    order = [s.id for s in sorted(drafted(app).stories, key=lambda s: (-s.score, s.id))]

    rulings.pin(app, order[3], place=2, by=EDITOR)
    rulings.pin(app, order[3], place=2, by=EDITOR)

    assert [(c.preferred, c.passed, c.kind) for c in kept(app)] == [
        (order[3], order[1], "pin"), (order[3], order[2], "pin"),
    ]  # fmt: skip


def teach(app: App, *, editions_: int = 20) -> None:
    with app.store.work() as work:
        work.learning.add("digest", desk(HIDDEN, seed=7, editions=editions_))


def weights_of(app: App) -> dict[str, float]:
    ranked = drafting.drafted(drafting.gather(app, DAY)).ranked
    return {r.name: r.weight for r in ranked[0].reasons}


def test_nothing_changes_until_the_weights_are_accepted(app: App) -> None:
    """Tuning shows, accepting decides, undoing goes back; each act is logged."""
    teach(app)
    before = weights_of(app)

    found = learning.tune(app)
    assert found.new_right > found.old_right
    assert weights_of(app) == before == dict(WEIGHTS)
    assert learning.accepted(app) is None

    learning.accept(app, by="admin@example.bg")
    assert weights_of(app) == dict(found.new)
    assert learning.undo(app, by="admin@example.bg") is None
    assert weights_of(app) == before
    assert [what for what, _, _ in deeds(app, "digest")] == ["rank.undo", "rank.accept"]
    with pytest.raises(NotFound):
        learning.undo(app, by="admin@example.bg")


def test_explicit_settings_stand_above_accepted_weights(app: App) -> None:
    """Packaged, accepted, set: the later layer wins."""
    teach(app)
    learning.accept(app, by="admin@example.bg")
    options = app.settings.rank.model_copy(update={"weights": {"coverage": 0.5}})
    own = replace(app, settings=app.settings.model_copy(update={"rank": options}))

    assert weights_of(own) == weights_of(app) | {"coverage": 0.5}
    assert learning.tune(own).old["coverage"] == 0.5


def test_weights_without_ground_are_refused(app: App) -> None:
    """Too few choices, no gain, or no right to decide."""
    teach(app, editions_=3)
    with pytest.raises(Refused, match="твърде малко"):
        learning.accept(app, by="admin@example.bg")
    with pytest.raises(Forbidden):
        learning.accept(app, by=APPROVER)

    with app.store.work() as work:
        work.learning.add("digest", [
            replace(one, edition=EditionId(f"x{one.edition}"))
            for one in desk(dict(WEIGHTS), seed=1, editions=60)
        ])  # fmt: skip
    with pytest.raises(Refused, match="не обясняват повече"):
        learning.accept(app, by="admin@example.bg")
    assert learning.accepted(app) is None
