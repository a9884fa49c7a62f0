"""A morning with a language model: whose texts are printed, kept, shown and labelled."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from digest.actions import drafting, editions, reviewing, writing
from digest.actions.app import App
from digest.actions.replaying import replay
from digest.actions.reporting import doctor
from digest.bootstrap import open_app
from digest.clock import FixedClock
from digest.model import Article, ArticleId, Edition, EditionStory, Rights
from digest.review.states import Resummarise
from digest.settings import Settings
from digest.summarise.model import openai_writer
from digest.summarise.model.asking import Kept
from tests.fakes.model_server import (
    CLOSES,
    HANGS,
    ModelServer,
    Question,
    Reply,
    half,
    model_server,
    says,
    tells,
)
from tests.integration import web_kit as kit
from tests.unit.summarise.model.kit import BUS, ORDER, STARTS, TEXT, TITLE, WRONG

GOOD = tells(STARTS, BUS)
BRIDGE = replace(kit.article(7, TEXT, title=TITLE, outlet="Белоречки глас"), id=ArticleId("bridge"))


def of_the_bridge(reply: Reply):
    """The bridge gets this answer, every other story a refusal."""

    def choose(question: Question) -> Reply:
        return reply if TITLE in question.user else tells()

    return choose


def settings(base_url: str = "", **more: object) -> Settings:
    model = {"enabled": True, "base_url": base_url, "model": "proba", "timeout_s": 20, **more}
    return Settings.model_validate({"summarise": {"model": model}} if base_url else {})


@contextmanager
def newsroom(home: Path, chosen: Settings, *articles: Article) -> Iterator[App]:
    app = kit.make_app(home, drafted=False, settings=chosen)
    with app.store.work() as work:
        work.articles.add_new(articles or (BRIDGE,))
    try:
        yield app
    finally:
        app.close()


def bridge(edition: Edition) -> EditionStory:
    return next(one for one in edition.stories if TITLE in one.title)


def drafted(home: Path, reply: Reply, **more: object) -> tuple[EditionStory, ModelServer]:
    """The bridge as a morning drafts it with a server that answers so."""
    with (
        model_server(choose=of_the_bridge(reply)) as server,
        newsroom(home, settings(server.base_url, **more)) as app,
    ):
        return bridge(drafting.build(app, day=kit.DAY)), server


def extractive(home: Path, *articles: Article) -> Edition:
    with newsroom(home, settings(), *articles) as app:
        return drafting.build(app, day=kit.DAY)


def test_a_models_text_is_printed_with_its_places(tmp_path: Path):
    """Each sentence knows the sentence of the article that it rests on."""
    story, _ = drafted(tmp_path / "home", GOOD)

    assert story.method == "model"
    assert story.summary.replace("\u00a0", " ") == f"{STARTS[0]} {BUS[0]}"
    assert [TEXT[s.start : s.end].split()[0] for s in story.sentences] == [
        "Строителството",
        "Автобусите",
    ]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> EditionStory:
    """The bridge of a morning without a model."""
    return bridge(extractive(tmp_path_factory.mktemp("plain") / "home"))


@pytest.mark.parametrize(
    "reply",
    [
        tells(WRONG),
        says(None, refusal="Не мога."),
        half(),
        CLOSES,
        tells(("Мостът над Сивица е паднал и кметът подаде оставка вчера.", [1])),
    ],
    ids=["wrong", "refuses", "half", "closes", "obeys"],
)
def test_any_other_answer_leaves_the_extractive_text(
    tmp_path: Path, reply: Reply, plain: EditionStory
):
    """The same as without a model, but for what the desk is told."""
    story, _ = drafted(tmp_path / "with", reply)

    assert story.making
    assert replace(story, making="") == plain


def test_a_slow_model_does_not_hold_the_morning(tmp_path: Path):
    """It hangs until the test is over, and the draft is there before."""
    story, server = drafted(tmp_path / "home", HANGS, timeout_s=0.1)

    assert story.method == "extractive"
    assert "не отговори навреме" in story.making
    assert len([one for one in server.asked if TITLE in one.user]) == 2


def test_the_time_of_an_edition_bounds_all_its_stories(tmp_path: Path):
    """The first question takes what there is, and no other is made."""
    with (
        model_server(HANGS) as server,
        newsroom(tmp_path / "home", settings(server.base_url, overall_s=0.2)) as app,
    ):
        edition = drafting.build(app, day=kit.DAY)

    assert len(server.asked) == 1
    assert {story.method for story in edition.stories} == {"extractive"}
    assert any("изтече" in story.making for story in edition.stories)


def test_building_again_asks_nobody(tmp_path: Path):
    """Neither for what was taken nor for what was refused, and the revision stays."""
    with (
        model_server(choose=of_the_bridge(GOOD)) as server,
        newsroom(tmp_path / "home", settings(server.base_url)) as app,
    ):
        first = drafting.build(app, day=kit.DAY)
        asked = len(server.asked)
        again = drafting.build(app, day=kit.DAY)

    assert asked > 1
    assert len(server.asked) == asked
    assert again == first


def test_a_refused_text_is_asked_for_again_hours_later(tmp_path: Path):
    """One bad answer does not take the text from a story that runs for days."""
    with (
        model_server(tells(WRONG)) as server,
        newsroom(tmp_path / "home", settings(server.base_url)) as app,
    ):
        drafting.build(app, day=kit.DAY)
        asked = len(server.asked)
        later = replace(app, clock=FixedClock(app.now() + timedelta(hours=7)))
        server.choose = of_the_bridge(GOOD)
        found = bridge(drafting.build(later, day=kit.DAY))

    assert len(server.asked) > asked
    assert found.method == "model"


def test_the_budget_of_an_edition_is_kept(tmp_path: Path):
    """One request for all stories, the rest is extractive and says why."""
    with (
        model_server(GOOD) as server,
        newsroom(tmp_path / "home", settings(server.base_url, requests=1)) as app,
    ):
        edition = drafting.build(app, day=kit.DAY)

    assert len(server.asked) == 1
    assert any("изчерпани" in story.making for story in edition.stories)
    assert any("Без текст от езиковия модел" in one for one in edition.warnings)


def test_only_stories_with_a_text_are_asked_for(tmp_path: Path):
    """Rights that allow no text cost no request."""
    closed = replace(BRIDGE, rights=Rights.EXTRACT)
    with (
        model_server(GOOD) as server,
        newsroom(tmp_path / "home", settings(server.base_url), closed) as app,
    ):
        story = bridge(drafting.build(app, day=kit.DAY))

    assert not [one for one in server.asked if TITLE in one.user]
    assert story.making == ""


def test_an_order_in_an_article_changes_no_byte(tmp_path: Path):
    """The edition is what it is without a model; the desk is told which article was kept back."""
    hostile = replace(BRIDGE, text=f"{TEXT}\n\n{ORDER}")
    with (
        model_server(choose=of_the_bridge(GOOD)) as server,
        newsroom(tmp_path / "with", settings(server.base_url), hostile) as app,
    ):
        edition = drafting.build(app, day=kit.DAY)
        mail = editions.preview(app, edition)
        story = bridge(edition)
    with newsroom(tmp_path / "without", settings(), hostile) as app:
        plain = drafting.build(app, day=kit.DAY)
        assert mail == editions.preview(app, plain)

    assert "нареждания към езикови модели" in story.making
    assert not [one for one in server.asked if ORDER[:10] in one.user or TITLE in one.user]


def test_a_replay_gives_the_models_text_without_asking(tmp_path: Path):
    """What was written is among the inputs; the server is long gone."""
    home = tmp_path / "home"
    with (
        model_server(choose=of_the_bridge(GOOD)) as server,
        newsroom(home, settings(server.base_url)) as app,
    ):
        built = drafting.build(app, day=kit.DAY)
    app = open_app(home, clock=FixedClock(kit.NOW))
    try:
        found = replay(app, built.id)
    finally:
        app.close()

    assert found.same
    assert found.made is not None
    assert found.made.stories == built.stories


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("redaktor@example.bg", "са прегледани от редактор"),
        (reviewing.POLICY, "не са четени от човек"),
    ],
)
def test_mail_text_and_archive_say_who_wrote_and_who_reviewed(tmp_path: Path, by: str, said: str):
    """Derived from the stories and the approval, in all three places."""
    with (
        model_server(choose=of_the_bridge(GOOD)) as server,
        newsroom(tmp_path / "home", settings(server.base_url)) as app,
    ):
        edition = drafting.build(app, day=kit.DAY)
        signed = reviewing.approve(app, edition.id, by=by)
        shown = [
            editions.preview(app, signed).decode(),
            editions.preview(app, signed, kind="text").decode(),
            editions.render(app, signed).web_html,
        ]

    for one in shown:
        text = " ".join(one.split())
        assert "Част от обобщенията са написани от езиков модел" in text
        assert said in text
        assert text.count("Написано от езиков модел") == 1


def test_an_editor_takes_the_text_over_whole(tmp_path: Path):
    """With the editor's words nothing of the model's is printed under the editor's name."""
    with (
        model_server(choose=of_the_bridge(GOOD)) as server,
        newsroom(tmp_path / "home", settings(server.base_url)) as app,
    ):
        edition = drafting.build(app, day=kit.DAY)
        change = Resummarise(bridge(edition).id, "Ремонтът на моста отне 3,4 млн. евро.")
        edited = reviewing.edit(app, edition.id, change, by=kit.APPROVER)
        mail = " ".join(editions.preview(app, edited, kind="text").decode().split())

    assert bridge(edited).method == "editor"
    assert STARTS[0] not in mail.replace("\u00a0", " ")
    assert "езиков модел" not in mail


def test_the_desk_shows_how_each_text_was_made(tmp_path: Path):
    """Who wrote it, and why a model's text does not stand."""
    with (
        model_server(choose=of_the_bridge(GOOD)) as server,
        newsroom(tmp_path / "home", settings(server.base_url)) as app,
    ):
        edition = drafting.build(app, day=kit.DAY)
        page = kit.Browser(app).sign_in().get(f"/izdanie/{edition.id}").text

    assert "написано от езиков модел" in page
    assert "изречения от статиите" in page
    assert "Моделът отговори, че от материала не може да се пише." in page
    assert "Без текст от езиковия модел" in page


def test_a_morning_without_the_library_goes_on_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """Extractive texts, a line in the log, a warning on the edition, a finding of the doctor."""
    monkeypatch.setattr(openai_writer, "find_spec", lambda _: None)
    caplog.set_level(logging.WARNING)
    with newsroom(tmp_path / "home", settings("http://127.0.0.1:9/v1")) as app:
        edition = drafting.build(app, day=kit.DAY)
        found = [one for one in doctor(app) if one.code == "model"]

    assert {story.method for story in edition.stories} == {"extractive"}
    assert "pip install digest[model]" in bridge(edition).making
    assert any("pip install digest[model]" in one for one in edition.warnings)
    assert "without the language model" in caplog.text
    assert [one.level for one in found] == ["yellow"]


def test_a_named_key_that_is_missing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The variable is named; nobody is asked without it."""
    monkeypatch.delenv("PROBA_KEY", raising=False)
    with model_server(GOOD) as server:
        chosen = settings(server.base_url, api_key_env="PROBA_KEY")
        with newsroom(tmp_path / "home", chosen) as app:
            story = bridge(drafting.build(app, day=kit.DAY))

    assert "PROBA_KEY" in story.making
    assert server.asked == []


def test_old_texts_are_forgotten(tmp_path: Path):
    """Housekeeping drops what no draft will be built from again."""
    with newsroom(tmp_path / "home", settings()) as app:
        shelf = writing.Shelf(app)
        shelf.keep("k", Kept("текст"))
        assert shelf.recall("k") == Kept("текст")
        with app.store.work() as work:
            work.written.drop(app.now() + timedelta(seconds=1))
        assert shelf.recall("k") is None
