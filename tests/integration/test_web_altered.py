"""What outlets altered, shown at the story: titles, figures and passages side by side, with time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from digest.actions.altered import alterations
from digest.actions.app import App
from digest.collect.versions import changes
from digest.gathered import Gathered
from digest.model import Article
from tests.integration import web_kit as kit

HERE = f"/izdanie/{kit.edition().id}"


def alter(app: App, before: Article, *, minutes: int, **after: str) -> None:
    """The outlet alters an article so many minutes before now."""
    now = replace(before, **after)
    at = kit.NOW - timedelta(minutes=minutes)
    with app.store.work() as work:
        found = changes(before, now)
        work.articles.alter(Gathered(now), found, at=at, cause="outlet")


def test_an_altered_article_shows_how_it_read_and_how_it_reads(app: App) -> None:
    """The title both ways, the reworded sentence beside its first wording, when, and since when."""
    first = kit.ARTICLES[0]
    text = first.text.replace("леки коли", "всички <коли>").replace("декември", "януари")
    alter(app, first, minutes=30, title="Мостът се отваря за всички", text=text)

    page = kit.Browser(app).sign_in().get(HERE).text

    assert "<strong>Променено:</strong> Проломски вести, днес, 5:50" in page
    assert "Прочетено за пръв път днес, 5:20." in page
    assert f'<td data-word="Преди">{first.title}</td>' in page
    assert '<td data-word="Сега">Мостът се отваря за всички</td>' in page
    assert "Променени са 2 изречения." in page
    row = page[page.index('<tr><td data-word="Преди">Мостът над Камчия') :].partition("</tr>")[0]
    assert "леки коли" in row
    assert "всички &lt;коли&gt;" in row


def test_an_article_that_is_credited_and_not_quoted_shows_its_alterations_too(app: App) -> None:
    """The second source of a story: its toll grew after the morning's reading."""
    other = replace(
        kit.ARTICLES[1], id="a3", title="Мостът чака", outlet="Камчийски глас",
        text="В ремонта участват 12 души, каза кметът.", url="https://glas.example.bg/3",
    )  # fmt: skip
    edition = kit.edition()
    story = edition.sections[0].stories[0]
    credit = replace(story.credits[0], outlet=other.outlet, url=other.url)
    story = replace(story, credits=(*story.credits, credit))
    section = replace(edition.sections[0], stories=(story,))
    with app.store.work() as work:
        work.articles.remember([Gathered(other, ("url:glas.example.bg/3",))])
    alter(app, other, minutes=5, text=other.text.replace("12", "17"))

    found = alterations(app, replace(edition, sections=(section, *edition.sections[1:])))

    (one,) = found[story.id]
    assert (one.outlet, one.first_title) == ("Камчийски глас", "Мостът чака")
    assert [change.sentence for change in one.changes] == [
        "Числото е променено: „12 души“ → „17 души“."
    ]
    assert [found[other.id] for other in edition.stories if other.id != story.id] == [()]


def test_a_page_read_late_is_no_alteration(app: App) -> None:
    """Nor is a better reading of ours."""
    before = kit.ARTICLES[0]
    after = replace(before, text=before.text + " Още едно изречение.")
    with app.store.work() as work:
        for cause in ("whole", "again"):
            work.articles.alter(Gathered(after), changes(before, after), at=kit.NOW, cause=cause)

    assert "Променено" not in kit.Browser(app).sign_in().get(HERE).text
