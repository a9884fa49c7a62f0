"""Rights of sources as an edition keeps them: what is printed, named, and left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from digest.actions.drafting import summary_of
from digest.compose.edition import compose
from digest.model import (
    FREE_EXTRACT,
    Article,
    ArticleId,
    Disagreement,
    DisputedValue,
    Edition,
    EditionStory,
    Newsroom,
    RankedStory,
    Rights,
    Sentence,
    Story,
    StoryId,
    Summary,
    Topic,
)
from digest.settings import Compose, Settings

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
TEXT = """Община Каменград ще засади по проекта „Зелен бряг“ 1 200 дървета край река Белица до \
края на април тази година, съобщи пресцентърът.

Средствата за дърветата са осигурени от общинския бюджет и възлизат на 86 000 евро.

Проектът ще облекчи 14 000 жители на квартала, които дишат праха от пътя за Велидол."""


def article(key: str, rights: Rights, **more: object) -> Article:
    values: dict[str, object] = {
        "id": ArticleId(key),
        "title": f"Зелен бряг за реката според {key}",
        "text": TEXT,
        "outlet": f"Издание {key}",
        "url": f"https://{key}.example.bg/1",
        "rights": rights,
    }
    return Article(**(values | more))  # type: ignore[arg-type]


def printed(*articles: Article, summary: Summary | None = None, **story: object) -> Edition:
    """The edition of one story about which other stories do not matter."""
    one = Story(StoryId("s"), articles, articles[0].id, **story)  # type: ignore[arg-type]
    made = summary or summary_of(one, Settings())
    filler = Story(StoryId("f"), (article("f", Rights.LICENSED),), ArticleId("f"))
    ranked = [RankedStory(one, 2.0), RankedStory(filler, 1.0)]
    return compose(
        ranked,
        {one.id: made, filler.id: summary_of(filler, Settings())},
        publication="p",
        day=date(2026, 11, 20),
        number=1,
        now=NOW,
        newsroom=Newsroom((Topic("obshtestvo", "Общество"),)),
        options=Compose(min_stories=1),
    )


def story_of(edition: Edition) -> EditionStory:
    return next(one for one in edition.stories if one.id == "s")


def test_a_story_of_excluded_sources_alone_never_appears() -> None:
    """It is listed among the dropped, with the reason."""
    edition = printed(article("a", Rights.EXCLUDED), article("b", Rights.EXCLUDED))

    assert [one.id for one in edition.stories] == ["f"]
    assert [(one.id, "Правата" in one.reason) for one in edition.dropped] == [("s", True)]


def test_an_excluded_source_gives_a_mixed_story_neither_words_nor_name() -> None:
    """Headline, link, text, credits and sources are those of the other outlet."""
    value = {"start": 0, "end": 0}
    dispute = Disagreement(
        "дървета",
        (
            DisputedValue("1 200 дървета", ArticleId("a"), **value),
            DisputedValue("900 дървета", ArticleId("b"), **value),
        ),
    )
    one = story_of(
        printed(
            article("a", Rights.EXCLUDED), article("b", Rights.LICENSED), disagreements=(dispute,)
        )
    )

    assert one.title.endswith("според b")
    assert one.url == "https://b.example.bg/1"
    assert {s.article_id for s in one.sentences} == {"b"}
    assert [c.outlet for c in one.credits] == ["Издание b"]
    assert [o.article_id for o in one.origins] == ["b"]
    assert one.disagreement == ""


@pytest.mark.parametrize("rights", [Rights.EXTRACT, Rights.FACTS])
def test_without_a_contract_title_and_the_free_beginning_are_printed(rights: Rights) -> None:
    """`facts` without a model falls back to the same; nothing from further in, and no „why“."""
    one = story_of(printed(article("a", rights)))

    free = one.summary.rstrip("…").replace("\u00a0", " ")  # as typography sets it
    assert TEXT.startswith(free)
    assert len(free) <= FREE_EXTRACT
    assert one.summary.endswith("…")
    assert one.one_line.rstrip("…").replace("\u00a0", " ") in (free, one.title)
    assert one.matters is None
    assert one.rights is rights


@pytest.mark.parametrize("rights", [Rights.EXTRACT, Rights.FACTS])
def test_compose_cuts_a_free_extract_that_came_too_long(rights: Rights) -> None:
    """The rule holds even if a summariser forgets it."""
    text = TEXT[:FREE_EXTRACT] if rights is Rights.EXTRACT else TEXT[:200]
    sentence = Sentence(text, ArticleId("a"), 0, len(text))
    long = Summary("s", "Зелен бряг", text, text[:140], (sentence,), rights=rights)

    one = story_of(printed(article("a", rights), summary=long))

    assert len(one.summary.rstrip("…")) <= FREE_EXTRACT
    assert len(one.one_line.rstrip("…").replace("\u00a0", " ")) <= FREE_EXTRACT


def test_own_words_under_facts_are_printed_whole() -> None:
    """A model's text is no extract of anybody."""
    text = "Край Белица ще има нова гора. " * 5
    own = Summary("s", "Гора", text.strip(), "Край Белица ще има нова гора.", method="model",
                  rights=Rights.FACTS)  # fmt: skip

    assert story_of(printed(article("a", Rights.FACTS), summary=own)).summary == text.strip()


def test_a_licensed_story_says_why_it_matters() -> None:
    """The line travels with its place, and the sources of the text come first."""
    short = article("b", Rights.EXTRACT, text=TEXT.partition("\n")[0])
    one = story_of(printed(article("a", Rights.LICENSED), short))

    assert one.matters is not None
    assert TEXT[one.matters.start : one.matters.end] == one.matters.text
    assert [o.article_id for o in one.origins] == ["a", "b"]
    assert one.matters.text not in one.summary


def test_a_line_that_the_update_says_is_not_said_again() -> None:
    """„Ново от вчера“ with the same sentence leaves no second line."""
    from digest.compose.lines import told_once
    from digest.model import Development

    one = article("a", Rights.LICENSED)
    made = summary_of(Story(StoryId("s"), (one,), one.id), Settings())
    assert made.matters is not None
    new = Development(date(2026, 11, 19), made.matters.text, one.id, 0, 1)

    assert told_once(made, new).matters is None
    assert told_once(made, replace(new, text="Друго.")).matters == made.matters
