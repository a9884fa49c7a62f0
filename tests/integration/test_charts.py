"""Charts from collected text to the reader: drawn, served, shown to editors, taken away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.actions import charting, drafting, editions, reviewing
from digest.actions.app import App
from digest.actions.mending import mended
from digest.actions.picturing import FOLDER
from digest.cli.main import program
from digest.collect.versions import changes
from digest.compose.charts import chart, stands
from digest.errors import Refused, WrongUsage
from digest.gathered import Gathered
from digest.model import Article, Chart, Edition, EditionStory, Story, StoryId
from digest.review.states import Resummarise, Retitle, Unchart
from digest.settings import Settings
from tests.integration import web_kit as kit

PUBLIC = "https://utro.example.bg"
SERIES = "Инфлацията беше 3,4% през юли, 3,8% през август и 4,1% през септември."
TOLD = kit.article(
    7,
    "Потребителските цени в страната растат по-бързо от лятото насам, съобщи статистическият "
    f"институт в Каменосел.\n\n{SERIES}\n\nНай-много поскъпнаха зеленчуците и горивата.",
    title="Цените растат по-бързо от лятото насам",
    outlet="Каменоселски новини",
)
PLAIN = kit.article(
    8,
    "Общината в Белоречие отпусна 3,4 млн. евро за ремонт на моста над река Сивица. "
    "Строителството започва на 12 март и ще продължи осем месеца.",
    title="Белоречие ремонтира моста над Сивица",
    outlet="Белоречки глас",
)
HERE = f"/izdanie/{kit.edition().id}"
LEAD = StoryId("s1")


def drafted(home: Path, *articles: Article, public: str = PUBLIC, **compose: object) -> Edition:
    chosen = Settings.model_validate(
        {"publication": {"public_url": public}, "compose": {"pictures": "auto", **compose}}
    )
    app = kit.make_app(home, drafted=False, settings=chosen)
    with app.store.work() as work:
        work.articles.add_new(articles)
    try:
        return drafting.build(app, day=kit.DAY)
    finally:
        app.close()


def charts(edition: Edition) -> list[Chart]:
    return [story.chart for story in edition.stories if story.chart]


def test_a_series_in_an_article_is_drawn_and_named_under_our_address(tmp_path: Path) -> None:
    """Every figure is in the article; the drawing is kept in the home."""
    (one,) = charts(drafted(tmp_path / "home", TOLD, PLAIN))

    (file,) = (tmp_path / "home" / FOLDER).glob("*-chart.png")
    assert one.image == f"{PUBLIC}/kartini/{file.name}"
    assert [p.figure for p in one.points] == ["3,4\u00a0%", "3,8\u00a0%", "4,1\u00a0%"]
    assert stands(one, TOLD.text)


def test_where_no_picture_is_shown_the_figures_stay(tmp_path: Path) -> None:
    """They are told in words instead."""
    (one,) = charts(drafted(tmp_path / "home", TOLD, PLAIN, pictures="never"))

    assert one.image is None
    assert not list((tmp_path / "home").glob("pictures/*"))


def test_a_chart_travels_inside_the_mail_where_there_is_no_public_site(tmp_path: Path) -> None:
    """By `cid:`, with its bytes; the page of the archive has its table."""
    home = tmp_path / "home"
    app = kit.make_app(home, drafted=False)
    shown = charting.drawn(app, with_chart(kit.edition()))
    with app.store.work() as work:
        work.editions.save(shown)

    made = editions.render(app, shown)

    (file,) = (home / FOLDER).glob("*-chart.png")
    (picture,) = [one for one in made.pictures if one.name == file.name]
    assert picture.data == file.read_bytes()
    assert f'src="cid:{picture.cid}"' in "".join(made.variants["all"].html.literals)
    assert "cid:" not in made.web_html
    app.close()


def test_a_home_that_takes_no_file_leaves_the_figures_in_words(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """An edition is not lost for a drawing; the log says why."""
    home = tmp_path / "home"
    chosen = Settings.model_validate({"publication": {"public_url": PUBLIC}})
    app = kit.make_app(home, drafted=False, settings=chosen)
    (home / FOLDER).write_text("тук няма папка")

    shown = charting.drawn(app, with_chart(kit.edition()))

    assert [one.image for one in charts(shown)] == [None]
    assert "charts are told in words" in caplog.text
    app.close()


def test_a_draft_with_a_chart_is_the_same_draft_when_it_is_built_again(tmp_path: Path) -> None:
    """Building is safe to repeat: no new revision, one file."""
    home = tmp_path / "home"
    chosen = Settings.model_validate({"publication": {"public_url": PUBLIC}})
    app = kit.make_app(home, drafted=False, settings=chosen)
    with app.store.work() as work:
        work.articles.add_new([TOLD, PLAIN])

    first, again = (drafting.build(app, day=kit.DAY) for _ in range(2))

    assert first == again
    assert charts(editions.get(app, first.id)) == charts(first)
    app.close()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = kit.make_app(tmp_path / "home", drafted=False)
    with made.store.work() as work:
        work.articles.add_new([TOLD])
        work.editions.save(with_chart(kit.edition()))
    yield made
    made.close()


def with_chart(edition: Edition) -> Edition:
    found = chart(Story(LEAD, (TOLD,), TOLD.id))
    lead = replace(edition.stories[0], chart=found, origins=())
    return replace(
        edition,
        sections=(replace(edition.sections[0], stories=(lead,)), *edition.sections[1:]),
    )


def lead(app: App) -> EditionStory:
    return editions.get(app, kit.edition().id).stories[0]


def test_the_site_serves_a_chart_as_a_png(app: App) -> None:
    """For ever: under one name there is one drawing."""
    name = "0123456789abcdef01234567-chart.png"
    (app.home / FOLDER).mkdir()
    (app.home / FOLDER / name).write_bytes(b"\x89PNG")
    browser = kit.Browser(app, headers={})

    found = browser.ask("GET", f"/kartini/{name}")

    assert (found.status_code, found.headers["content-type"]) == (200, "image/png")
    assert browser.ask("GET", f"/kartini/{name[:-3]}jpg").status_code == 404


def test_the_desk_shows_a_chart_with_the_sentence_it_rests_on(app: App) -> None:
    """What it tells, that it is confirmed, the article and its words."""
    shown = kit.Browser(app).sign_in(kit.APPROVER).get(HERE).text.replace("\u00a0", " ")

    assert "Инфлацията по месеци: юли 3,4 %, август 3,8 %, септември 4,1 %." in shown
    assert f"<b>{SERIES}</b>" in shown
    assert "Без графика" in shown


def test_an_editor_takes_a_chart_away(app: App) -> None:
    """The text stays; the page says what was done."""
    browser = kit.Browser(app).sign_in("editor@example.bg")
    before = lead(app)

    answer = browser.post(f"{HERE}/grafika", data={"story": LEAD, "revision": "1"})

    assert answer.status_code == 303
    assert lead(app) == replace(before, chart=None)
    assert "Графиката е махната" in browser.get(answer.headers["location"].split("#")[0]).text


def test_who_may_not_edit_takes_nothing_away(app: App) -> None:
    """A reader of the desk sees the chart and no button."""
    browser = kit.Browser(app).sign_in("reader@example.bg")

    assert "Без графика" not in browser.get(HERE).text
    answer = browser.post(f"{HERE}/grafika", data={"story": LEAD, "revision": "1"})

    assert answer.status_code == 403
    assert lead(app).chart


def test_a_story_without_a_chart_has_none_to_take_away(app: App) -> None:
    """Said plainly, with what to look at."""
    with pytest.raises(Refused, match="няма графика"):
        reviewing.edit(app, kit.edition().id, Unchart(StoryId("s2")), by=kit.APPROVER)


def test_other_changes_leave_the_chart_where_it_is(app: App) -> None:
    """It rests on the article, not on the text of the story."""
    drawn = lead(app).chart

    reviewing.edit(app, kit.edition().id, Retitle(LEAD, "Мостът се отваря"), by=kit.APPROVER)
    reviewing.edit(app, kit.edition().id, Resummarise(LEAD, kit.FIRST), by=kit.APPROVER)

    assert drawn
    assert lead(app).chart == drawn


def test_the_command_line_takes_a_chart_away_too(app: App) -> None:
    """One change at a time, as with the others."""
    words = ["edition", "edit", kit.edition().id, "--home", str(app.home), "--story", LEAD,
             "--as", kit.APPROVER, "--json"]  # fmt: skip

    two = CliRunner().invoke(program, [*words, "--no-chart", "--title", "Друго"])
    one = CliRunner().invoke(program, [*words, "--no-chart"])

    assert isinstance(two.exception, WrongUsage)
    assert one.exit_code == 0, one.output
    assert json.loads(one.stdout)["state"] == "draft"
    assert lead(app).chart is None


def alter(app: App, **after: object) -> None:
    """The outlet alters the article after the draft was made."""
    now = replace(TOLD, **after)
    with app.store.work() as work:
        work.articles.alter(Gathered(now), changes(TOLD, now), at=kit.NOW, cause="outlet")


def test_a_chart_whose_article_says_other_figures_now_does_not_leave_alone(app: App) -> None:
    """The desk says that it is not confirmed; the policy leaves it out, and tells why."""
    alter(app, text=TOLD.text.replace("3,8%", "3,9%"))
    page = kit.Browser(app).sign_in(kit.APPROVER).get(HERE).text

    left = mended(app, editions.get(app, kit.edition().id))

    assert "Непотвърдено" in page
    assert left.revision == 2
    assert left.stories[0].chart is None
    assert "графиката отпадна" in left.stories[0].note


def test_a_chart_that_still_stands_leaves_as_it_is(app: App) -> None:
    """Nothing is changed for the sake of asking."""
    before = editions.get(app, kit.edition().id)

    assert mended(app, before) == before
