"""Ranking: explained, stable, and honest about what must stay out."""

from __future__ import annotations

import json

import pytest

from digest.errors import WrongSettings
from digest.model import UNDATED, Copy, DateBasis, DateClaim, Rights
from digest.model.lines import story_dict
from digest.rank.stage import ranked_dict
from tests.unit.rank.stories import BRIDGE, article, dated, one, printed, ranked, story

NEW = BRIDGE + " Откриването беше отложено за август, каза инженер Ваня Русева от Габрово."


def test_the_score_is_the_sum_of_its_reasons():
    """Weight × value of the reasons, nothing besides."""
    found = one(story(voices=3))
    assert found.score == pytest.approx(sum(r.weight * r.value for r in found.reasons))


def test_more_voices_lead():
    """Of two fresh stories the one told by more independent sources stands first."""
    few, many = story(name="s1", voices=1), story(article("b"), name="s2", voices=4)
    assert [r.story.id for r in ranked(few, many)] == ["s2", "s1"]


def test_equal_scores_stand_by_id():
    """The order never depends on the input's."""
    a, b = story(name="s1"), story(name="s2")
    assert [r.story.id for r in ranked(b, a)] == [r.story.id for r in ranked(a, b)] == ["s1", "s2"]


def test_weights_come_from_settings():
    """A weight of the settings replaces the room's own."""
    (found,) = ranked(story(), freshness=0.0)
    assert next(r.weight for r in found.reasons if r.name == "freshness") == 0


def test_a_weight_without_a_signal_is_refused_by_name():
    """A misspelt signal is an error that names it."""
    with pytest.raises(WrongSettings, match="freshnes"):
        ranked(story(), freshnes=1.0)


def test_a_fresh_story_is_not_held():
    """News of this morning may be printed."""
    assert one(story()).held is None


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        (article(date=UNDATED), "Датата е неизвестна: "),
        (
            article(date=DateClaim(None, DateBasis.PAGE_HEADER, 0.1, "22 ноември 2026")),
            "Датата е неизвестна: страницата показва само текущия ден („22 ноември 2026“).",
        ),
        (article(date=dated(-48)), "Датата е неизвестна: обявената е в бъдещето"),
        (article(date=dated(60)), "По-стара е от 36 часа: "),
        (
            article(old_news="Публикувана е през 2023 г."),
            "Стара новина: публикувана е през 2023 г.",
        ),
        (article(kind="sponsored"), "Платено съдържание"),
        (article(kind="listing"), "Страницата е списък"),
        (article(rights=Rights.EXCLUDED), "Всички източници са изключени"),
    ],
)
def test_what_must_stay_out_says_why(held, reason):
    """Each rule has its sentence."""
    found = one(story(held)).held
    assert found
    assert found.startswith(reason)
    assert ".." not in found


def test_one_fresh_dated_article_is_enough():
    """A story with an undated and a fresh article may be printed."""
    assert one(story(article("u", date=UNDATED), article("f"))).held is None


def test_a_repeated_story_without_a_new_fact_is_held():
    """The same words on the next morning are no news."""
    found = one(story(), printed())
    assert found.held == "Вече беше в броя от събота, 21\u00a0ноември 2026\u00a0г., без нов факт."
    assert found.development is None


def test_a_repeated_story_returns_with_its_new_fact():
    """The sentence with the new figure or name, and its place in the article."""
    found = one(story(article(text=NEW)), printed())
    new = found.development
    assert found.held is None
    assert new is not None
    assert new.since == printed().date
    assert new.text.startswith("Откриването беше отложено")
    assert NEW[new.start : new.end] == new.text


def test_a_story_under_another_id_is_recognised_by_its_text():
    """The earliest article may have gone; the event is the same."""
    assert one(story(name="s9"), printed(name="s1")).held is not None


def test_another_event_is_not_a_repetition():
    """Stories without a common name or words are not confused."""
    other = article(text="Волейболистките на Тунджа победиха Марек с 3:1 гейма в Ямбол снощи.",
                    title="Тунджа спечели дербито с Марек")  # fmt: skip
    found = one(story(other, name="s9"), printed())
    assert (found.held, found.development) == (None, None)


def test_a_fact_told_before_the_printed_edition_is_no_development():
    """Yesterday's second source is not today's news."""
    late = article("b", text=NEW, date=dated(34))
    found = one(story(article(), late), printed(day=21))
    assert found.held is not None


def test_new_dates_and_agencies_are_no_facts():
    """A day, an hour and a credit do not make news."""
    text = BRIDGE + " Припомняме, че това стана ясно на 19 ноември в 18.30 ч., предаде АФП."
    assert one(story(article(text=text)), printed()).held is not None


def test_todays_own_edition_is_not_an_earlier_one():
    """Building the day's edition again does not hold its stories."""
    assert one(story(), printed(day=22)).held is None


def test_the_latest_edition_decides():
    """What was new yesterday is not new today."""
    found = one(story(article(text=NEW)), printed(day=20), printed(NEW, day=21))
    assert found.held is not None


def test_the_printed_line_is_the_storys_line_with_score_and_reasons():
    """Every key of `digest rank --json`; what is held says so among the reasons."""
    told = story(article(), article("b", date=UNDATED), voices=2, copies=(Copy("b", "a", 0.9),))
    row = json.loads(json.dumps(ranked_dict(one(told, printed()))))
    base = json.loads(json.dumps(story_dict(told)))
    assert {k: row[k] for k in base} == base
    assert list(row)[len(base) :] == ["score", "reasons"]
    assert all(r.keys() == {"name", "weight", "value", "sentence"} for r in row["reasons"])
    assert row["reasons"][-1]["name"] == "held"
