"""The language model among the actions: its key, and its texts beside the extractive ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.actions.writing import merged, open_writer
from digest.errors import WrongSettings
from digest.model import RankedStory, Rights, Summary
from digest.setting_model import LanguageModel
from digest.summarise.model.asking import write_summary
from tests.unit.summarise.model.kit import BUS, STARTS, article, asking, own, reciting, reply, story

OPTIONS = LanguageModel(base_url="http://127.0.0.1:9/v1", model="proba", api_key_env="PROBA_KEY")


@pytest.mark.parametrize("key", ["", " ", "sk two", "скривница", "sk\x00"])
def test_a_key_that_cannot_be_sent_is_refused_without_being_shown(key: str):
    """The variable is named, what it holds is not."""
    with pytest.raises(WrongSettings) as caught:
        open_writer(OPTIONS, {"PROBA_KEY": key})

    said = str(caught.value)
    assert "PROBA_KEY" in said
    assert not key.strip() or key not in said


def test_a_line_break_at_the_end_of_a_key_is_no_part_of_it():
    """Keys are often read from files."""
    assert open_writer(OPTIONS, {"PROBA_KEY": "sk-1\n"}).name == "proba@http://127.0.0.1:9/v1"


@pytest.mark.parametrize("missing", ["base_url", "model"])
def test_without_an_address_or_a_name_nobody_is_asked(missing: str):
    """What is missing is said."""
    with pytest.raises(WrongSettings) as caught:
        open_writer(OPTIONS.model_copy(update={missing: ""}), {"PROBA_KEY": "sk-1"})

    assert missing in caught.value.why


def written() -> Summary:
    told = story(article(), article("Депутатите отложиха гласуването за петък следобед.", "b"))
    writer = reciting(reply(STARTS, BUS))
    return write_summary(told, own(told), asking(writer), rights=Rights.LICENSED)


def test_a_models_text_stands_for_the_extractive_one_under_the_storys_title():
    """The title is never a model's."""
    told = story()
    mine = replace(own(told), title="Друго заглавие")

    found = merged({told.id: mine}, [RankedStory(told, 1.0)], [written()])

    assert found[told.id] == replace(written(), title="Друго заглавие")


def test_a_text_whose_article_left_the_story_is_not_printed():
    """A replay without a source must not quote it through a model."""
    told = story(article("Депутатите отложиха гласуването за петък следобед.", "b"))
    mine = own(told)

    assert merged({told.id: mine}, [RankedStory(told, 1.0)], [written()]) == {told.id: mine}


def test_a_reason_stands_beside_the_extractive_text():
    """What was noted when the model was asked is what a replay shows."""
    told = story()
    mine = own(told)
    kept = replace(mine, text="стар текст", making="Моделът отказа.")

    found = merged({told.id: mine}, [RankedStory(told, 1.0)], [kept])

    assert found[told.id] == replace(mine, making="Моделът отказа.")


def test_a_text_of_a_story_that_is_gone_is_left_out():
    """Nothing is printed of a story that was not picked."""
    assert merged({}, [], [written()]) == {}
