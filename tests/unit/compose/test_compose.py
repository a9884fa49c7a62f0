"""How an edition is put together from ranked stories."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from digest.compose.edition import compose
from digest.errors import Refused
from digest.model import (
    Article,
    ArticleId,
    Development,
    Disagreement,
    DisputedValue,
    Edition,
    Newsroom,
    RankedStory,
    Rights,
    Sentence,
    Story,
    StoryId,
    Summary,
    Topic,
    Voice,
)
from digest.settings import Compose

NEWSROOM = Newsroom(
    (Topic("bulgaria", "България"), Topic("svyat", "Свят"), Topic("sport", "Спорт"))
)
NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
DAY = date(2026, 11, 20)


def article(key: str, outlet: str = "Вестник Пример", **fields: object) -> Article:
    """An article of an invented outlet."""
    values: dict[str, object] = {
        "id": ArticleId(key),
        "title": f"Заглавие {key}",
        "text": "Мостът беше отворен. При удара пострадаха 14 души.",
        "outlet": outlet,
        "url": f"https://{outlet.split(maxsplit=1)[0].lower()}.example.bg/{key}",
    }
    return Article(**(values | fields))  # type: ignore[arg-type]


def ranked(number: int, topic: str = "bulgaria", **fields: object) -> RankedStory:
    """A story of one article, the lower the number the better."""
    one = article(f"a{number}")
    story = Story(StoryId(f"s{number}"), (one,), one.id, topic=topic)
    return RankedStory(story, 100.0 - number, **fields)  # type: ignore[arg-type]


def summary(number: int, **fields: object) -> Summary:
    """Two sentences with a span."""
    text = f"Мостът № {number} беше отворен след ремонт."
    values: dict[str, object] = {
        "id": f"s{number}",
        "title": f"Мостът номер {number} беше отворен",
        "text": text,
        "one_line": f"Ремонтът на мост {number} свърши.",
        "sentences": (Sentence(text, ArticleId(f"a{number}"), 0, 20),),
    }
    return Summary(**(values | fields))  # type: ignore[arg-type]


def made(
    stories: list[RankedStory], summaries: dict[int, Summary] | None = None, **options: int
) -> Edition:
    known = {one.story.id: summary(int(one.story.id[1:])) for one in stories}
    known |= {StoryId(f"s{n}"): one for n, one in (summaries or {}).items()}
    return compose(
        stories,
        known,
        publication="utro",
        day=DAY,
        number=3,
        now=NOW,
        newsroom=NEWSROOM,
        options=Compose(**options),
    )


def test_the_lead_section_stands_first_then_the_topics_order() -> None:
    """One lead over all; the other sections as the newsroom prints them."""
    edition = made([ranked(1, "sport"), ranked(2, "svyat"), ranked(3, "bulgaria")])

    assert [part.slug for part in edition.sections] == ["sport", "bulgaria", "svyat"]
    assert [s.tier for s in edition.stories] == ["lead", "full", "full"]
    assert edition.id == "utro-2026-11-20"


def test_a_full_section_continues_in_one_liners_and_the_rest_is_named() -> None:
    """The budget leaves out the weakest, with a reason for the editor."""
    stories = [ranked(n) for n in range(1, 13)]

    edition = made(stories, max_stories=9, max_per_section=4, briefs=2)

    tiers = [s.tier for s in edition.stories]
    assert tiers == ["lead", "full", "full", "full", "brief", "brief"]
    assert [one.id for one in edition.dropped] == [f"s{n}" for n in range(7, 13)]
    assert {one.reason for one in edition.dropped} == {
        "Рубриката „България“ е пълна: 4 с резюме, колкото побира, а местата „Накратко“ (2) са заети."
    }


def test_a_replaced_title_is_told_to_the_editor_with_the_outlets_own() -> None:
    """Who reads the draft sees that the title is not the outlet's, and what that was."""
    bait = summary(1, original_title="Няма да повярвате за „Моста“")

    edition = made([ranked(1), ranked(2)], {1: bait})

    assert [one for one in edition.warnings if "подвеждащото" in one] == [
        "Вместо подвеждащото заглавие „Няма да повярвате за ‚Моста‘“ стои изречение от статията: "
        "Мостът номер 1 беше отворен"
    ]


def test_never_more_than_the_budget() -> None:
    """The ceiling counts one-liners too."""
    topics = ["bulgaria", "svyat", "sport"]
    stories = [ranked(n, topics[n % 3]) for n in range(1, 40)]

    edition = made(stories, max_stories=16)

    assert len(edition.stories) == 16
    assert sum(s.tier == "brief" for s in edition.stories) == 5


def test_held_and_unsummarised_stories_are_dropped_with_their_reason() -> None:
    """Nothing disappears silently."""
    stories = [ranked(1, held="стара новина"), ranked(2), ranked(3)]
    known = {StoryId("s2"): summary(2)}

    edition = compose(
        stories, known, publication="utro", day=DAY, number=1, now=NOW, newsroom=NEWSROOM,
        options=Compose(),
    )  # fmt: skip

    assert [(d.id, d.reason) for d in edition.dropped] == [
        ("s1", "стара новина"), ("s3", "Не беше обобщена: под №\u00a03 е в подреждането, далеч зад местата в броя."),
    ]  # fmt: skip


def test_nothing_left_is_refused_with_the_reasons() -> None:
    """An empty edition is never made."""
    with pytest.raises(Refused, match="стара новина"):
        made([ranked(1, held="стара новина")])


def test_each_outlet_is_credited_once_with_its_canonical_address() -> None:
    """Credits name who wrote it and which agency it came from."""
    first = article("a1", "Вестник Пример", canonical_url="https://vestnik.example.bg/k")
    again = article("a2", "Вестник Пример")
    radio = article("a3", "Радио Пример", agencies=("БТА",))
    story = Story(
        StoryId("s1"),
        (again, first, radio),
        first.id,
        voices=(Voice("БТА", "agency", (radio.id,)), Voice("В", "outlet", (first.id,))),
    )

    one = made([RankedStory(story, 1.0)]).stories[0]

    assert [(c.outlet, c.url, c.agency) for c in one.credits] == [
        ("Вестник Пример", "https://vestnik.example.bg/k", None),
        ("Радио Пример", "https://радио.example.bg/a3", "БТА"),
    ]
    assert one.url == "https://vestnik.example.bg/k"
    assert one.independent_sources == 2


def test_what_is_new_and_what_is_disputed_become_lines() -> None:
    """The reader sees what changed and who says what."""
    first, second = article("a1", "А"), article("a2", "Б")
    dispute = Disagreement(
        "ранени", (DisputedValue("14", first.id, 0, 2), DisputedValue("17", second.id, 0, 2))
    )
    story = Story(StoryId("s1"), (first, second), first.id, disagreements=(dispute,))
    new = Development(date(2026, 11, 19), "мостът е отворен.", first.id, 0, 5)

    one = made([RankedStory(story, 1.0, development=new)]).stories[0]

    assert one.update == "Ново от вчера: мостът е отворен."
    assert one.disagreement == "Данните се разминават: 14 ранени според „А“, 17 според „Б“."


def test_what_the_update_line_says_is_not_said_again_in_the_summary() -> None:
    """Unless nothing else were left, or the rest leaned on it."""
    told = article("a1", text="Мостът е отворен. Ремонтът струва 2 млн. лева. Той трая година.")
    first, second, third = "Мостът е отворен.", "Ремонтът струва 2 млн. лева.", "Той трая година."

    def printed(*texts: str, new: str) -> str:
        spans = tuple(Sentence(t, told.id, 0, len(t)) for t in texts)
        story = Story(StoryId("s1"), (told,), told.id)
        development = Development(date(2026, 11, 19), new, told.id, 0, len(new))
        known = summary(1, text=" ".join(texts), sentences=spans)
        return (
            made([RankedStory(story, 1.0, development=development)], {1: known}).stories[0].summary
        )

    assert printed(first, second, new=first) == "Ремонтът струва 2\u00a0млн. лева."
    assert printed(first, new=first) == first
    assert printed(first, third, new=first) == f"{first} {third}"


def test_an_outlet_that_corrects_itself_disagrees_with_nobody() -> None:
    """Two values of one outlet are an update."""
    first, second = article("a1", "А"), article("a2", "А")
    dispute = Disagreement(
        "ранени", (DisputedValue("14", first.id, 0, 2), DisputedValue("17", second.id, 0, 2))
    )
    story = Story(StoryId("s1"), (first, second), first.id, disagreements=(dispute,))

    assert made([RankedStory(story, 1.0)]).stories[0].disagreement == ""


def test_a_free_extract_prints_at_most_a_hundred_characters_of_the_body() -> None:
    """ЗАПСП: title and the first 100 characters; the contents add nothing to it."""
    body = (
        "Мостът над реката беше отворен рано тази сутрин след ремонт, който продължи почти " * 2
    )[:97]
    narrow = summary(
        1, text=body, rights=Rights.EXTRACT, one_line="Друго изречение от тялото на статията."
    )

    one = made([ranked(1)], {1: narrow}).stories[0]

    assert one.summary.endswith("…")
    assert body.startswith(one.summary.removesuffix("…"))
    assert one.one_line == one.title


def test_spans_keep_the_text_of_the_source() -> None:
    """Typography is for print; evidence stays as it was."""
    raw = 'Кметът каза "да" - и си тръгна.'
    kept = summary(1, text=raw, sentences=(Sentence(raw, ArticleId("a1"), 0, 31),))

    one = made([ranked(1)], {1: kept}).stories[0]

    assert one.summary == "Кметът каза „да“ – и си тръгна."
    assert one.sentences[0].text == raw


def test_no_picture_is_linked_from_an_outlets_own_host() -> None:
    """A picture on somebody else's server would tell them who reads."""
    pictured = article("a1", image="https://img.example.bg/1.jpg")
    story = RankedStory(Story(StoryId("s1"), (pictured,), pictured.id), 1.0)

    assert made([story]).stories[0].image is None


def test_only_web_addresses_become_links() -> None:
    """A script address never reaches an edition; the editor is warned."""
    odd = article("a1", url="javascript:alert(1)", canonical_url="")
    edition = made([RankedStory(Story(StoryId("s1"), (odd,), odd.id), 1.0)])

    assert edition.stories[0].url == ""
    assert any("Без връзка" in warning for warning in edition.warnings)
