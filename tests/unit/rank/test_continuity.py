"""Continuity: a story returns with a new fact, told in one line, and otherwise stays out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Rights
from digest.rank.continuity import Archive, development
from tests.unit.rank.mornings import KNOWN, MINE, MINE_3, Case
from tests.unit.rank.mornings_held import HELD
from tests.unit.rank.mornings_third import THIRD
from tests.unit.rank.stories import NOW, article, dated, printed, story

OTHERS = tuple(dict.fromkeys(told for case in (*KNOWN, *HELD) for told in case.before))
"""The rest of the morning: how rare a word is shows only among other stories."""


def verdict(case: Case) -> str:
    """What comes of a case: `new`, `repeat`, `other`, or `new` with the wrong line."""
    before = [
        printed(text, name="s1", day=21 - len(case.before) + n, title=title)
        for n, (title, text) in enumerate(case.before, start=1)
    ]
    told = story(
        article("b", case.text, title=case.title, rights=case.rights, date=dated(5)), name="s2"
    )
    others = [
        story(article(f"o{n}", text, title=title), name=f"o{n}")
        for n, (title, text) in enumerate(OTHERS)
        if (title, text) not in case.before
    ]
    earlier = Archive(before, [told, *others]).earlier(told)
    if earlier is None:
        return "other"
    found = development(told, earlier, NOW)
    if found is None:
        return "repeat"
    line = found.text
    return "new" if case.says.lower() in line.lower() else f"wrong line: {line}"


@pytest.mark.parametrize("case", KNOWN, ids=lambda case: case.name)
def test_real_mornings_in_small(case):
    """Each case of the known half comes out as a careful editor would have it."""
    assert verdict(case) == case.expect


@pytest.mark.parametrize("cases", [HELD, THIRD], ids=["held", "third"])
def test_the_mornings_that_the_rules_were_not_written_with(cases):
    """Nothing old passes for new; of the developments at most two are missed."""
    found = [(case.expect, verdict(case)) for case in cases]

    assert not [pair for pair in found if pair[0] != "new" and pair[1] != pair[0]]
    assert sum(wanted == got for wanted, got in found) >= len(cases) - 2


LINE = "Броят на загиналите в мината край Рудозем нарасна на петима, съобщиха от полицията."


def told_today(text: str, *, title: str = "Новини от мината край Рудозем", **more: object):
    """What `development` finds in one article of today about the mine of the cases."""
    before = Archive([printed(MINE[1], title=MINE[0])], [])
    found = before.earlier(story(article("b", f"{MINE[1]} {text}", title=title, **more)))
    assert found is not None
    return development(story(article("b", text, title=title, date=dated(5), **more)), found, NOW)


def test_the_line_is_a_stretch_of_the_article():
    """What is printed stands in the source at the place that is named."""
    found = told_today(f"Няма нищо друго. {LINE}")
    assert found is not None
    assert f"Няма нищо друго. {LINE}"[found.start : found.end] == found.text == LINE


def test_a_long_sentence_is_cut_at_a_clause_and_stays_a_stretch():
    """At most two hundred characters, ended where a clause ends."""
    tail = ", като " + "спасителите от три града продължават работата си под земята и " * 3
    found = told_today(LINE.removesuffix(".") + tail + "няма да спират.")
    assert found is not None
    assert found.text == LINE.removesuffix(".")


def test_a_sentence_without_a_place_to_cut_gives_way_to_the_title():
    """No half sentence is printed; the headline is free to quote."""
    endless = LINE.removesuffix(".") + " и от областната управа на града и района" * 5 + "."
    found = told_today(endless, title="Петима загинали край Рудозем")
    assert found is not None
    assert (found.text, found.start, found.end) == ("Петима загинали край Рудозем", 0, 0)


@pytest.mark.parametrize("rights", [Rights.EXTRACT, Rights.FACTS])
def test_beyond_the_free_extract_the_title_stands(rights):
    """A source that may not be quoted brings its news by its headline."""
    text = "Екипите продължават работа. " * 4 + LINE
    found = told_today(text, title="Петима загинали край Рудозем", rights=rights)
    assert found is not None
    assert found.text == "Петима загинали край Рудозем"


def test_within_the_free_extract_a_whole_sentence_may_be_quoted():
    """The first hundred characters of the body are free (docs/decisions/0007)."""
    found = told_today(LINE, rights=Rights.EXTRACT)
    assert found is not None
    assert found.text == LINE


def test_an_excluded_source_brings_nothing():
    """Not even that there is news."""
    assert told_today(LINE, rights=Rights.EXCLUDED) is None


def test_nothing_that_may_be_told_is_nothing_new():
    """A printed title, and the fact where it may not be quoted: the story stays out."""
    text = "Екипите продължават работа. " * 4 + LINE
    assert told_today(text, title=MINE[0], rights=Rights.EXTRACT) is None


def test_a_sentence_that_leans_on_another_is_not_the_line():
    """„Той“ of a sentence that is not printed would be nobody."""
    found = told_today("Те вече са петима загинали край Рудозем.", title="Петима загинали в мината")
    assert found is not None
    assert found.text == "Петима загинали в мината"


PIECES = st.lists(
    st.sampled_from(
        ["Загинаха четирима.", "Общината прие бюджета от 61 млн. евро, като", "„Ще видим“, каза той",
         "09.01.2026 16.41", "и", ".", "…", "\n\n", "Той", "Иван Петров беше назначен", "<b>", "🙂",
         "1" * 40, "Язовирът е пълен на 31%.", "Рудозем"]
    )
    | st.text(max_size=20),
    max_size=25,
).map(" ".join)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(PIECES, PIECES, PIECES, st.sampled_from(Rights))
def test_whatever_the_texts_the_line_is_in_the_source_and_within_its_rights(
    before, title, text, rights
):
    """A stretch of the text of fair length, or the title; nothing of an excluded source."""
    told = story(article("b", text, title=title, rights=rights, date=dated(5)), name="s1")
    earlier = Archive([printed(before, name="s1", day=21, title="Рудозем")], [told]).earlier(told)
    assert earlier is not None
    found = development(told, earlier, NOW)

    if found is None:
        return
    assert rights is not Rights.EXCLUDED
    if found.end:
        assert found.text == " ".join(text[found.start : found.end].split())
        assert found.end - found.start <= 200
        assert rights is Rights.LICENSED or found.end <= 100
    else:
        assert found.text == " ".join(title.split())


def test_every_earlier_edition_counts():
    """What the edition before the last told is not new today."""
    before = [
        printed(f"{MINE[1]} Ранени са 12 миньори.", day=19, title=MINE[0]),
        printed(MINE[1], day=21, title=MINE[0]),
    ]
    text = "Ранени са 12 миньори в мина „Искра“ край Рудозем."
    told = story(article("b", text, title=MINE[0], date=dated(5)))
    earlier = Archive(before, [told]).earlier(told)
    assert earlier is not None
    assert development(told, earlier, NOW) is None


def test_an_event_printed_under_two_ids_is_one():
    """By likeness to one of its mornings a story finds them all."""
    before = [
        printed(MINE[1], name="old", day=19, title=MINE[0]),
        printed(MINE_3[1], name="old", day=20, title=MINE_3[0]),
    ]
    told = story(article("b", MINE_3[1], title=MINE_3[0]), name="new")
    earlier = Archive(before, [told]).earlier(told)
    assert earlier is not None
    assert len(earlier.printed) == 2


def test_an_event_known_by_its_id_is_also_looked_for_under_others():
    """What was printed of it before it took this id is not new."""
    before = [
        printed(f"{MINE[1]} Ранени са 12 миньори.", name="old", day=19, title=MINE[0]),
        printed(MINE[1], name="s1", day=21, title=MINE[0]),
    ]
    text = "Ранени са 12 миньори в мина „Искра“ край Рудозем."
    told = story(article("b", text, title=MINE[0], date=dated(5)), name="s1")
    earlier = Archive(before, [told]).earlier(told)
    assert earlier is not None
    assert len(earlier.printed) == 2
    assert development(told, earlier, NOW) is None


def test_another_article_of_a_story_may_be_the_one_that_is_known():
    """The lead tells it in other words; its second outlet used the printed ones."""
    lead = article("a", "Тежък ден за малкия град.", title="Тъга", date=dated(5))
    told = story(lead, article("b", MINE[1], title=MINE[0], date=dated(5)), name="new")
    assert Archive([printed(MINE[1], name="old", title=MINE[0])], [told]).earlier(told)


def test_the_order_of_what_was_printed_does_not_matter():
    """The same line whatever the order of rows."""
    before = [printed(t, name=f"s{n}", day=18 + n, title=h) for n, (h, t) in enumerate(OTHERS[:3])]
    told = story(article("b", MINE_3[1], title=MINE_3[0], date=dated(5)), name="new")
    lines = set()
    for rows in (before, before[::-1]):
        earlier = Archive(rows, [told]).earlier(told)
        lines.add(earlier and development(told, earlier, NOW))
    assert len(lines) == 1
