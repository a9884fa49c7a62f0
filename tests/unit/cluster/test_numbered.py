"""The words of a batch as rows of numbers: what every row must be, whatever the texts."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.cluster.material import Material, prepare
from digest.cluster.numbered import SENTENCES, Numbered, number
from tests.unit.cluster.newsroom import article, budget, fire, fire_retold

WORDS = st.sampled_from(
    (
        "пожар",
        "склад",
        "Карнобат",
        "огън",
        "бюджет",
        "Самоков",
        "кмет",
        "път",
        "14",
        "души",
        "и",
        "на",
        "с",
        "-",
        "…",
        "12,5",
        "%",
        "a\u0301",
    )
)
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)


def materials(*texts: tuple[str, str]) -> list[Material]:
    return prepare([article(f"n{i}", *text) for i, text in enumerate(texts)])


def lengths(rows: object) -> np.ndarray:
    return np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())


def dots(found: Numbered, one: int, other: int) -> tuple[float, float]:
    """Of the whole texts and of the titles."""
    texts, titles = found.texts, found.titles
    return (
        float((texts[one] @ texts[other].T).sum()),
        float((titles[one] @ titles[other].T).sum()),
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6))
def test_every_row_has_length_one_or_is_empty(texts):
    """So that a product of two rows is a cosine; a text without words is a row of zeros."""
    found = number(materials(*texts))

    for rows in (found.texts, found.titles, found.sentences):
        for length in lengths(rows):
            assert abs(length) < 1e-5 or abs(length - 1) < 1e-5


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6))
def test_every_material_has_its_rows_in_its_place(texts):
    """A text and a title each, and its own run of sentences, the title first."""
    found = number(materials(*texts))

    assert found.texts.shape[0] == found.titles.shape[0] == len(texts)
    assert len(found.first) == len(texts) + 1
    assert found.first[0] == 0
    assert found.first[-1] == found.sentences.shape[0]
    counts = np.diff(found.first)
    assert counts.min() >= 1
    assert counts.max() <= SENTENCES


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=2, max_size=6), st.randoms())
def test_the_order_of_a_batch_changes_no_cosine(texts, rng):
    """The same two texts are as alike wherever they stand in the batch."""
    order = list(range(len(texts)))
    rng.shuffle(order)

    straight, mixed = number(materials(*texts)), number(materials(*(texts[i] for i in order)))

    for a, one in enumerate(order):
        for b, other in enumerate(order):
            assert np.allclose(dots(mixed, a, b), dots(straight, one, other), atol=1e-5)


def test_the_same_words_are_the_same_rows():
    """Case, punctuation and line breaks are not words."""
    found = number(
        materials(
            ("Пожар в Карнобат", "Складът изгоря. Ранени са 14 души."),
            ("ПОЖАР, в „Карнобат“!", "складът изгоря — ранени са\n14 души"),
        )
    )

    assert np.allclose(dots(found, 0, 1), (1, 1), atol=1e-5)


def test_texts_without_a_word_are_like_nothing():
    """Neither like others nor like themselves."""
    found = number(materials(("", ""), ("…", "!"), ("Пожар", "Складът изгоря.")))

    assert dots(found, 0, 0) == (0, 0)
    assert dots(found, 0, 1) == (0, 0)
    assert dots(found, 1, 2) == (0, 0)
    assert found.stems()[0].nnz == 0


def test_a_batch_of_nothing_but_empty_texts_is_read():
    """No word at all is no reason to fail."""
    found = number(materials(("", ""), ("", "")))

    assert found.texts.nnz == found.titles.nnz == found.sentences.nnz == 0
    assert found.stems().shape[0] == 2


def test_inflected_words_are_alike():
    """„Пожарът в склада“ and „пожари в складове“ share most of their letters."""
    found = number(
        materials(
            ("Пожарът в склада", "Пожарникарите угасиха пожара."),
            ("Пожари в складове", "Пожарникар угасява пожар."),
            ("Бюджетът на общината", "Кметът представи проекта."),
        )
    )

    assert dots(found, 0, 1)[0] > 0.3
    assert dots(found, 0, 2)[0] < 0.1


def test_stems_are_marks_of_title_and_sentences():
    """Ones only; a stem that two texts share stands in one column."""
    found = number(prepare([fire(), fire_retold(), budget()]))

    marks = found.stems()

    assert set(marks.data.tolist()) == {1}
    shared = (marks @ marks.T).toarray()
    assert shared[0, 1] > shared[0, 2]
