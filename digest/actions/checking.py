"""What the gate says of an edition's texts, against the articles as they read now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from digest.actions import editions
from digest.errors import Refused
from digest.model import (
    FREE_EXTRACT,
    Article,
    ArticleId,
    CheckedSentence,
    Edition,
    EditionStory,
    Rights,
    Sentence,
    StoryId,
)

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.bulgarian.institutions import Institutions
    from digest.review.states import Resummarise

DOUBT = "Източникът не потвърждава"
"""How a warning about an editor's text begins."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A story's sentences and its line „Защо е важно“ after the gate."""

    sentences: tuple[CheckedSentence, ...] = ()
    matters: CheckedSentence | None = None

    @property
    def failing(self) -> tuple[CheckedSentence, ...]:
        """Sentences of the summary that no article of the story confirms."""
        return tuple(one for one in self.sentences if not one.supported)

    @property
    def passes(self) -> bool:
        return not self.failing and (self.matters is None or self.matters.supported)


def checked(app: App, edition: Edition) -> dict[StoryId, Checked]:
    """Each story of an edition after the gate."""
    articles = editions.articles_of(app, edition)
    return {story.id: of_story(story, articles, app.institutions) for story in edition.stories}


def of_story(
    story: EditionStory,
    articles: Mapping[ArticleId, Article],
    institutions: Institutions | None = None,
) -> Checked:
    """One story after the gate, against those of its articles that are kept."""
    from digest.summarise.recheck import recheck

    witnesses = _witnesses(story, articles)
    asked = partial(recheck, articles=witnesses, rights=story.rights, institutions=institutions)
    sentences = asked(story.summary, story.sentences)
    if story.matters is None:
        return Checked(sentences)
    (matters,) = asked("", (story.matters,))
    return Checked(sentences, matters)


def _witnesses(story: EditionStory, articles: Mapping[ArticleId, Article]) -> list[Article]:
    return [articles[one] for one in editions.told_by(story) if one in articles]


@dataclass(frozen=True, slots=True)
class Trial:
    """A text that an editor wants to save, after the gate. `refused` says why it may not be."""

    sentences: tuple[CheckedSentence, ...]
    articles: Mapping[ArticleId, Article]
    refused: Refused | None = None

    @property
    def failing(self) -> tuple[CheckedSentence, ...]:
        return tuple(one for one in self.sentences if not one.supported)


def trial(app: App, edition: Edition, change: Resummarise) -> Trial:
    """What the gate says of an editor's text before it is saved; nothing is changed."""
    from digest.review.states import find
    from digest.summarise.faithful import check

    story = find(edition, change.story)
    articles = editions.articles_of(app, edition)
    text = change.summary.strip()
    told = _witnesses(story, articles)
    said = check(text, told, rights=story.rights, institutions=app.institutions) if text else ()
    try:
        _within_rights(story, text, said)
    except Refused as refused:
        return Trial(said, articles, refused)
    return Trial(said, articles)


def _within_rights(story: EditionStory, text: str, said: Sequence[CheckedSentence]) -> None:
    over = any(problem.kind == "overlap" for one in said for problem in one.problems)
    if over or (len(text) > FREE_EXTRACT and story.rights is Rights.EXTRACT):
        raise Refused(
            f"Текстът за „{story.title}“ цитира повече, отколкото правата позволяват.",
            f"Свободни са заглавието и до {FREE_EXTRACT} знака (ЗАПСП).",
            "Съкратете го или го разкажете със свои думи до тази дължина.",
        )


def edited(
    app: App, edition: Edition, change: Resummarise, *, by: str
) -> tuple[Resummarise, tuple[str, ...]]:
    """An editor's text with the places that support it, and what the gate doubts, in Bulgarian.

    Quoting beyond the rights is `Refused`; any other doubt is the editor's to answer for.
    """
    from digest.review.states import find
    from digest.summarise.lines import one_line
    from digest.summarise.told import in_words

    tried = trial(app, edition, change)
    if tried.refused:
        raise tried.refused
    story = find(edition, change.story)
    change = replace(change, one_line=one_line(change.summary))
    told = _witnesses(story, tried.articles)
    if not told:
        return change, (f"Редакторски текст без източник за сверяване: {story.title}",)
    change = replace(change, sentences=_resting(tried.sentences, told[0].id))
    return change, tuple(
        f"{DOUBT} „{problem.text}“ ({in_words(problem)}), записано от {by}: {story.title}"
        for one in tried.failing
        for problem in one.problems
    )


def _resting(said: Sequence[CheckedSentence], first: ArticleId) -> tuple[Sentence, ...]:
    """The sentences with their places; one without any rests on nothing: an empty span."""
    return tuple(
        Sentence(one.text, one.article_id or first, one.start or 0, one.end or 0) for one in said
    )


def without_doubts(warnings: Sequence[str], title: str) -> tuple[str, ...]:
    """The warnings less those about an earlier text of the story."""
    return tuple(
        one for one in warnings if not (one.startswith(DOUBT) and one.endswith(f": {title}"))
    )
