"""Without a person no sentence leaves that the sources do not confirm."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from digest.actions import checking, editions, reviewing
from digest.actions.app import App
from digest.collect.versions import changes
from digest.gathered import Gathered
from digest.model import Article, EditionState, EditionStory, Rights, StoryId
from digest.review.states import Resummarise
from digest.settings import Settings
from tests.integration import web_kit as kit

EDITOR = "editor@example.bg"
LEAD = StoryId("s1")
WRONG = "Мостът над Камчия край Пролом се отваря за леки коли в неделя сутринта."


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = kit.make_app(tmp_path / "home", settings=automatic())
    yield made
    made.close()


def automatic() -> Settings:
    return Settings.model_validate({"approval": {"policy": "auto_if_clean"}})


def alter(app: App, before: Article, **after: object) -> None:
    """The outlet alters an article after the draft was made."""
    now = replace(before, **after)
    with app.store.work() as work:
        work.articles.alter(Gathered(now), changes(before, now), at=kit.NOW, cause="outlet")


def decided(app: App) -> EditionStory:
    """The lead story as it left without a person."""
    left = reviewing.decide(app, editions.get(app, kit.edition().id))
    assert left.state is EditionState.APPROVED
    assert left.approved_by == reviewing.POLICY
    return next(one for one in left.stories if one.id == LEAD)


def test_a_draft_that_stands_leaves_as_it_is(app: App) -> None:
    """Nothing is replaced where every sentence stands at its place."""
    story = decided(app)

    assert story.sentences == kit.edition().stories[0].sentences
    assert editions.get(app, kit.edition().id).revision == 1


def test_an_edited_sentence_that_no_source_confirms_is_replaced(
    app: App, caplog: pytest.LogCaptureFixture
) -> None:
    """The editor saved it and nobody approved: the sources' own sentences leave, and it is said."""
    reviewing.edit(app, "latest", Resummarise(LEAD, WRONG), by=EDITOR)

    with caplog.at_level(logging.WARNING):
        story = decided(app)

    assert "неделя" not in story.summary
    assert kit.SECOND in story.summary
    assert story.method == "extractive"
    assert WRONG in story.note
    left = editions.get(app, "latest")
    assert any(WRONG in one for one in left.warnings)
    assert "неделя" not in left.preheader
    assert "неделя" not in editions.render(app, left).web_html
    assert WRONG in caplog.text


def test_a_sentence_that_its_article_no_longer_says_is_replaced(app: App) -> None:
    """The outlet moved the opening from Saturday to Sunday after the draft."""
    text = kit.ARTICLES[0].text.replace("събота", "неделя")
    alter(app, kit.ARTICLES[0], text=text)

    story = decided(app)

    assert "събота" not in story.summary
    assert kit.SECOND in story.summary
    assert all(text[s.start : s.end] == s.text for s in story.sentences)
    assert "датата" in story.note


def test_a_story_whose_article_says_nothing_of_it_any_more_is_title_and_link(app: App) -> None:
    """The outlet took the text down to a list: no sentence may stand."""
    alter(app, kit.ARTICLES[0], text="Очаквайте подробности")

    story = decided(app)

    assert (story.summary, story.sentences, story.method) == ("", (), "none")
    assert story.url == kit.ARTICLES[0].url
    assert "остават заглавието и връзката" in story.note


def test_rights_that_were_withdrawn_empty_the_text(app: App) -> None:
    """An excluded source is not quoted, whatever the draft said."""
    with app.store.work() as work:
        narrow = replace(kit.ARTICLES[0], rights=Rights.EXCLUDED)
        work.articles.alter(Gathered(narrow), (), at=kit.NOW, cause="outlet")

    assert decided(app).summary == ""


def test_a_person_may_answer_for_a_sentence(app: App) -> None:
    """Approving by name is the override: it leaves as written, and the log holds what was said."""
    reviewing.edit(app, "latest", Resummarise(LEAD, WRONG), by=EDITOR)
    doubts = [
        one for one in editions.get(app, "latest").warnings if WRONG[-8:] in one or "неделя" in one
    ]

    signed = reviewing.approve(app, "latest", by=kit.APPROVER)

    assert doubts
    assert EDITOR in doubts[0]
    assert signed.stories[0].summary == WRONG
    with app.store.reading() as work:
        deed = next(d for d in work.activity.list(subject=signed.id) if d.what == "edition.approve")
    assert (deed.who, WRONG in deed.before) == (kit.APPROVER, True)


def test_an_edited_text_carries_the_places_that_support_it(app: App) -> None:
    """Its sentences can be traced as those of the machine, and a second edit is checked as well."""
    reviewing.edit(app, "latest", Resummarise(LEAD, f"{kit.SECOND} {WRONG}"), by=EDITOR)
    edited = editions.get(app, "latest")
    first, second = checking.checked(app, edited)[LEAD].sentences

    assert first.supported
    assert (first.start, first.end) == (
        edited.stories[0].sentences[0].start,
        edited.stories[0].sentences[0].end,
    )
    assert {one.kind for one in second.problems} == {"date"}

    again = reviewing.edit(app, "latest", Resummarise(LEAD, kit.FIRST), by=EDITOR)
    assert checking.checked(app, again)[LEAD].passes
    assert not any(one.startswith(checking.DOUBT) for one in again.warnings)


def test_what_an_editor_took_out_is_not_left_in_the_one_liner(app: App) -> None:
    """Contents and „Накратко“ follow the new text."""
    edited = reviewing.edit(app, "latest", Resummarise(LEAD, kit.SECOND), by=EDITOR)

    assert edited.stories[0].one_line == kit.SECOND
