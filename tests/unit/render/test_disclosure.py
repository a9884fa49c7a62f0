"""The label on how an edition was made, as a truth table."""

from __future__ import annotations

from itertools import chain, combinations

import pytest

from digest.render.disclosure import Review, disclosure, review_of

METHODS = ("extractive", "model", "editor", "none")
EVERY = [frozenset(c) for n in range(1, 5) for c in combinations(METHODS, n)]
REVIEWED = "; прегледано и одобрено от редактор."
BY_RULE = " и изпратено по правило, без преглед от редактор."
UNREAD = ", без преглед от редактор."
CUT = "Подбрано и съкратено автоматично от посочените източници"
PICKED = "Подбрано автоматично от посочените източници"
MODEL = "написани от езиков модел, сверени са автоматично с източниците и"

TABLE = {
    (("extractive",), Review.PERSON): f"{CUT}{REVIEWED}",
    (("extractive",), Review.RULE): f"{CUT}{BY_RULE}",
    (("extractive",), Review.NOBODY): f"{CUT}{UNREAD}",
    (("none",), Review.RULE): f"{PICKED}{BY_RULE}",
    (("model",), Review.RULE): (f"{PICKED}{BY_RULE} Обобщенията са {MODEL} не са четени от човек."),
    (("model", "none"), Review.PERSON): (
        f"{PICKED}{REVIEWED} Обобщенията са {MODEL} са прегледани от редактор."
    ),
    (("extractive", "model"), Review.RULE): (
        f"{CUT}{BY_RULE} Част от обобщенията са {MODEL} не са четени от човек."
    ),
    (("extractive", "model"), Review.NOBODY): (
        f"{CUT}{UNREAD} Част от обобщенията са {MODEL} не са четени от човек."
    ),
    (("editor",), Review.PERSON): f"{PICKED}{REVIEWED} Обобщенията са написани от редактор.",
    (("editor",), Review.RULE): f"{PICKED}{BY_RULE} Обобщенията са написани от редактор.",
    (("extractive", "model", "editor"), Review.PERSON): (
        f"{CUT}{REVIEWED} Част от обобщенията са {MODEL} са прегледани от редактор. "
        "Част от обобщенията са написани от редактор."
    ),
}


@pytest.mark.parametrize(("row", "label"), TABLE.items(), ids=str)
def test_each_row_of_the_table_has_its_label(row: tuple[tuple[str, ...], Review], label: str):
    """Word for word: this is what readers and the law read."""
    methods, review = row

    assert disclosure(methods, review) == label


@pytest.mark.parametrize("review", Review)
@pytest.mark.parametrize("methods", EVERY, ids=lambda m: "+".join(sorted(m)))
def test_a_models_text_is_always_said_to_be_one(methods: frozenset[str], review: Review):
    """AI Act Art. 50(4): whenever nobody reviewed it; here also when somebody did."""
    label = disclosure(methods, review)

    assert ("езиков модел" in label) == ("model" in methods)
    assert ("без преглед от редактор" in label) == (review is not Review.PERSON)
    assert ("прегледано и одобрено от редактор" in label) == (review is Review.PERSON)
    assert ("не са четени от човек" in label) == (
        "model" in methods and review is not Review.PERSON
    )
    assert ("написани от редактор" in label) == ("editor" in methods)
    assert ("съкратено" in label) == ("extractive" in methods)
    assert label.endswith(".")


@pytest.mark.parametrize("review", Review)
def test_the_order_and_number_of_stories_do_not_matter(review: Review):
    """The label is of the set of methods."""
    many = list(chain(["model", "extractive"], ["extractive"] * 9))

    assert disclosure(many, review) == disclosure(("extractive", "model"), review)


@pytest.mark.parametrize(
    ("approved_by", "review"),
    [
        ("redaktor@example.bg", Review.PERSON),
        ("правилото за краен час", Review.RULE),
        (None, Review.NOBODY),
        ("", Review.NOBODY),
        (" ", Review.NOBODY),
    ],
)
def test_who_let_it_go_is_read_from_the_approval(approved_by: str | None, review: Review):
    """People approve under their address, a rule under its name."""
    assert review_of(approved_by) is review
