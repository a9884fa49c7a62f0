"""What the rules have against a sentence and all else that is seen of it, weighed together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Article, ArticleId
from digest.summarise.evidence import Reading, Witness, best_support
from digest.summarise.faithful import RULES, beside, check, passes
from digest.summarise.sense import MOST_KEPT, Sense, current, told_by
from digest.summarise.signals import signals
from digest.summarise.weighing import Node, Weights, packaged, weigh, weighed_by

KINDS = {"number", "date", "name", "quote", "negation", "modality", "unsupported"}
TEXT = (
    "Общинският съвет на Брезница отпусна 240 000 евро за нов покрив на читалището. "
    "Ремонтът ще започне през май и няма да спира репетициите на хора. "
    "„Чакахме този покрив двайсет години“, каза председателката на читалището Донка Рашева. "
    "Съветникът Митко Чавов гласува против, защото според него училището е по-спешно."
)
ARTICLE = Article(ArticleId("r"), "Нов покрив за читалището", TEXT)
STEPS = Weights(
    ("number: a", "name: b"),
    0.0,
    (
        (Node(0, 0.5, 2, 1, 2, 0.0), Node(-1, 0, 0, 0, 0, -3.0), Node(-1, 0, 0, 0, 0, 1.0)),
        (Node(1, 0.5, 1, 1, 2, 0.0), Node(-1, 0, 0, 0, 0, 0.0), Node(-1, 0, 0, 0, 0, 2.0)),
    ),
)


def seen(text: str, sense: Sense | None = None) -> dict[str, float]:
    said, witnesses = Reading(text), [Witness(ARTICLE)]
    found = best_support(said, witnesses)
    assert found is not None
    return signals(beside(said, found, witnesses), sense)


def letters(texts: Sequence[str]) -> np.ndarray:
    """A stand-in for a model: rows of how often each letter stands in the text."""
    rows = np.array([[1 + t.count(c) for c in "абвгдежзийклмнопрст"] for t in texts], np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_every_tree_is_asked_and_their_answers_are_added():
    """Two answers of one and two, as odds."""
    with weighed_by(STEPS):
        found = weigh({"number: a": 1.0, "name: b": 1.0})

    assert found.likelihood == pytest.approx(1 / (1 + np.exp(-3.0)))
    assert found.kind == "name"


def test_what_is_not_known_goes_its_own_way():
    """A machine without a model is no machine that finds nothing alike."""
    with weighed_by(STEPS):
        unknown = weigh({"number: a": float("nan"), "name: b": 0.0})
        low = weigh({"number: a": 0.0, "name: b": 0.0})

    assert unknown.likelihood > 0.5 > low.likelihood


def test_weights_ask_for_signals_that_are_there():
    """A signal that went without the weights being learnt anew is an error, not a guess."""
    with weighed_by(STEPS), pytest.raises(KeyError):
        weigh({"number: a": 1.0})


def test_the_packaged_weights_know_every_signal_and_rule():
    """Signals are named after the kinds that a person is told."""
    found = seen("Читалището ще има нов покрив.")

    assert tuple(found) == packaged().names
    assert {name.partition(": ")[0] for name in found} == KINDS
    assert {name.partition(": ")[2] for name in found} >= RULES.keys()


def test_signals_of_meaning_are_unknown_without_a_model():
    """And all others are the same with it."""
    blind, seeing = seen("Ще сменят покрива."), seen("Ще сменят покрива.", Sense(letters))
    asked = {name for name, value in blind.items() if np.isnan(value) and "meaning" in name}

    assert len(asked) == 3
    assert not any(np.isnan(seeing[name]) for name in asked)
    assert blind["unsupported: in the article"] == seeing["unsupported: in the article"]


@settings(deadline=None)
@given(st.data())
def test_more_of_a_sentence_in_its_place_never_speaks_for_a_fault(data):
    """Whatever else is seen of it."""
    row = {
        name: data.draw(st.floats(0, 1) | st.integers(0, 4).map(float) | st.just(float("nan")))
        for name in packaged().names
    }
    name = data.draw(st.sampled_from(["unsupported: in its place", "unsupported: anchors"]))
    low, high = sorted(data.draw(st.tuples(st.floats(0, 3), st.floats(0, 3))))

    before, after = weigh({**row, name: low}), weigh({**row, name: high})

    assert 0 <= after.likelihood <= before.likelihood + 1e-4 <= 1 + 1e-4


@settings(deadline=None)  # the first text loads the dictionary
@given(st.text(max_size=120))
def test_any_text_is_weighed(text: str):
    """Odd text never raises; what is empty passes nothing."""
    with weighed_by(packaged()):
        assert passes(check(text, [ARTICLE])) <= bool(text.strip())


@pytest.mark.parametrize(
    "text",
    [
        "Читалището в Брезница ще има нов покрив за 240 000 евро.",
        "Ремонтът започва през май.",
        "Репетициите на хора няма да спират.",
        "Донка Рашева каза, че читалището е чакало покрива двайсет години.",
        "Митко Чавов гласува против: според него училището е по-спешно.",
        "Читалището чака нов покрив от двайсет години, каза Донка Рашева.",
    ],
)
def test_a_good_editors_sentence_passes(text: str):
    """Short sentences and such as keep the words of the source too."""
    with weighed_by(packaged()):
        assert passes(check(text, [ARTICLE]))


@pytest.mark.parametrize(
    "text",
    [
        "Общинският съвет отпусна 420 000 евро за покрива.",
        "Ремонтът ще спре репетициите на хора.",
        "Председателката на читалището Митка Рашева чакала покрива двайсет години.",
        "Общинският съвет отказа 240 000 евро за нов покрив.",
        "Съветникът каза: „Чакахме този покрив двайсет години“.",
        "В Перник откриха нова спортна зала с басейн.",
    ],
)
def test_a_wrong_sentence_is_stopped_and_says_where_to_look(text: str):
    """With a kind and the place in the source, whether or not one rule alone saw it."""
    with weighed_by(packaged()):
        (found,) = check(text, [ARTICLE])

    assert not found.supported
    assert {problem.kind for problem in found.problems} <= KINDS
    assert found.start is not None


def test_one_text_is_read_once():
    """The model is slow: vectors are kept, and not without end."""
    asked: list[str] = []

    def vectors(texts: Sequence[str]) -> np.ndarray:
        asked.extend(texts)
        return letters(texts)

    sense = Sense(vectors)
    first = sense.near("покрив", ["покрив", "хор"])
    again = sense.near("хор", ["покрив"])

    assert asked == ["покрив", "хор"]
    assert first[0] == pytest.approx(1)
    assert again == [pytest.approx(first[1])]
    assert sense.near("хор", []) == []
    assert MOST_KEPT > 1000


def test_no_model_is_asked_where_none_is_wanted():
    """`told_by` holds inside its block alone."""
    mine = Sense(letters)
    with told_by(mine):
        assert current() is mine
        with told_by(None):
            assert current() is None
        assert current() is mine
