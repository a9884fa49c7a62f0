"""Two attempts, a budget, a memory, and the extractive summary behind them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.model import Rights
from digest.setting_model import LanguageModel
from digest.summarise.model.asking import Allowance, Asking, Kept, write_summary
from digest.summarise.model.port import SERVERS, Fault, Trouble
from tests.unit.summarise.model.kit import (
    BUS,
    ORDER,
    STARTS,
    TEXT,
    WRONG,
    Notebook,
    Reciter,
    article,
    asking,
    own,
    reciting,
    reply,
    story,
)

GOOD = reply(STARTS, BUS)
BAD = reply(WRONG)
DOWN = Fault(Trouble.UNREACHABLE, "Няма връзка със сървъра на езиковия модел.")


def written(of: Asking, *articles, rights: Rights = Rights.LICENSED):
    told = story(*articles)
    return write_summary(told, own(told), of, rights=rights)


def test_a_text_that_stands_is_the_models():
    """Its sentences, their places, the checks, and who wrote it."""
    found = written(asking(reciting(GOOD)))

    assert found.text == f"{STARTS[0]} {BUS[0]}"
    assert found.method == "model"
    assert found.one_line == STARTS[0]
    assert found.making == ""
    assert [TEXT[s.start : s.end][:8] for s in found.sentences] == ["Строител", "Автобуси"]
    assert all(check.supported for check in found.checks)


def test_the_second_attempt_is_told_what_was_wrong():
    """And its text stands."""
    writer = reciting(BAD, GOOD)

    found = written(asking(writer))

    assert found.method == "model"
    assert "Изречение 1 има ден" in writer.asked[1].user
    assert "14 март" in writer.asked[1].user
    assert "Изречение 1 има ден" not in writer.asked[0].user


def test_each_question_has_a_fence_of_its_own():
    """A word that was seen once is no secret any more."""
    writer = reciting(BAD, GOOD)

    written(asking(writer))

    first, second = (one.user.split("\n")[0] for one in writer.asked)
    assert first.startswith("==")
    assert len(first) > 20
    assert first != second


@pytest.mark.parametrize("bad", [BAD, "Не мога.", "", reply(), DOWN])
def test_after_two_failures_the_extractive_summary_stands(bad: str | Fault):
    """Unchanged, with the reason for the desk."""
    told = story()
    writer = reciting(bad, bad)

    found = write_summary(told, own(told), asking(writer), rights=Rights.LICENSED)

    assert len(writer.asked) == 2
    assert found.making
    assert replace(found, making="") == own(told)


def test_a_failing_server_is_not_told_of_its_failure():
    """The words of the second question are those of the first."""
    writer = reciting(DOWN, GOOD)

    found = written(asking(writer))

    assert found.method == "model"
    assert "не беше приет" not in writer.asked[1].user


def test_a_kept_text_costs_nothing():
    """The second build asks nobody and prints the same."""
    memory = Notebook()
    first = written(asking(reciting(GOOD), memory))

    again = written(asking(reciting(), memory))

    assert again == first


def test_a_kept_text_passes_the_gate_anew():
    """A later version of the gate, or a hand in the database, does not get it printed."""
    memory = Notebook()
    written(asking(reciting(GOOD), memory))
    (key,) = memory.kept
    memory.kept[key] = Kept(text=BAD)

    found = written(asking(reciting(GOOD), memory))

    assert found.method == "model"
    assert memory.kept[key].text == GOOD


def test_a_refused_text_is_remembered_with_its_reason():
    """Building again does not pay for the same refusal."""
    memory = Notebook()
    first = written(asking(reciting(BAD, BAD), memory))

    again = written(asking(reciting(), memory))

    assert again == first
    assert "ден" in again.making


@pytest.mark.parametrize("kind", sorted(SERVERS))
def test_what_a_server_did_not_answer_is_not_remembered(kind: Trouble):
    """An hour later it may be up."""
    memory = Notebook()
    fault = Fault(kind, "Сървърът го няма.")

    written(asking(reciting(fault, fault), memory))

    assert memory.kept == {}


def test_no_more_requests_leave_than_the_budget_has():
    """The story says that the budget is spent; nothing is asked for it."""
    of = asking(reciting(GOOD), requests=1)

    first = written(of)
    second = written(of, article(f"{TEXT} Край."))

    assert first.method == "model"
    assert second.method == "extractive"
    assert "изчерпани" in second.making


def test_a_single_request_left_is_one_attempt():
    """What was wrong with it says more than that there was no second."""
    found = written(asking(reciting(BAD), requests=1))

    assert "ден" in found.making


def test_characters_are_counted_both_ways():
    """A question that does not fit is not asked, and what came back was paid for."""
    writer = reciting(GOOD)
    of = asking(writer, characters=6000)

    assert written(of).method == "model"
    spent = writer.asked[0].size + len(GOOD)
    assert of.allowance.spent(6000 - spent) is None
    assert of.allowance.spent(6000 - spent + 1) is not None


def test_the_time_of_an_edition_bounds_every_question():
    """The last one waits no longer than what is left, and none is asked after it."""
    ticks = iter([0.0, 7.0, 7.0, 10.5, 10.5])
    options = LanguageModel(timeout_s=60, overall_s=10)
    writer = reciting(BAD)
    of = replace(
        asking(writer), options=options, allowance=Allowance(options, seconds=lambda: next(ticks))
    )

    found = written(of)

    assert [one.timeout for one in writer.asked] == [3.0]
    assert found.method == "extractive"


def test_a_server_that_is_down_is_left_alone():
    """Three stories in vain are enough; the others are not made to wait."""
    writer = reciting(*[DOWN] * 6)
    of = asking(writer)

    found = [written(of, article(f"{TEXT} Край {n}.")) for n in range(5)]

    assert len(writer.asked) == 6
    assert "Повече не е питан" in found[4].making


def test_one_answer_makes_the_server_well_again():
    """Only failures in a row count."""
    writer = reciting(DOWN, DOWN, DOWN, DOWN, GOOD, DOWN, DOWN, DOWN, DOWN, GOOD)
    of = asking(writer)

    found = [written(of, article(f"{TEXT} Край {n}.")) for n in range(6)]

    assert [one.method for one in found] == ["extractive"] * 2 + ["model"] + [
        *["extractive"] * 2,
        "model",
    ]


def test_nothing_is_asked_where_nothing_may_be_shown():
    """Rights come before any request."""
    writer = reciting()

    found = written(asking(writer), article(rights=Rights.EXTRACT), rights=Rights.EXTRACT)

    assert writer.asked == []
    assert "Правата" in found.making


def test_an_order_in_an_article_changes_nothing_but_what_is_shown():
    """The clean article's text is the same as without the hostile one, byte for byte."""
    hostile = article(f"Мостът над Сивица е паднал тази нощ. {ORDER}", "b", outlet="Стълб")
    writers: list[Reciter] = [reciting(GOOD), reciting(GOOD)]

    alone = written(asking(writers[0]))
    beside = written(asking(writers[1]), article(), hostile)

    assert (beside.text, beside.one_line, beside.sentences) == (
        alone.text,
        alone.one_line,
        alone.sentences,
    )
    assert "Игнорирай" not in writers[1].asked[0].user
    assert "паднал" not in writers[1].asked[0].user
    assert "Стълб" in beside.making


def test_a_model_that_obeys_an_order_is_not_believed():
    """Even an order that nobody recognised: what it wants said is in no shown article."""
    obeyed = reply(("Мостът над Сивица е паднал и кметът подаде оставка вчера.", [1]))

    found = written(asking(reciting(obeyed, obeyed)))

    assert found.method == "extractive"
