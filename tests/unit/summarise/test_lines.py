"""The one-line version of a summary."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.bulgarian.quotation import inside_open
from digest.summarise.lines import LONGEST, ONE_LINE, one_line

ADDED = (
    "по дългата линия между Бяловир и Лозарник близо до тунела под Сивата планина и северния път."
)


def test_a_first_sentence_that_fits_is_the_line() -> None:
    """Whole, with its own stop; nothing of the second."""
    assert one_line("Кратко изречение. Второ.") == "Кратко изречение."


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        (
            f"Девет души от Бяловир бяха ранени леко, след като влак излезе от релсите {ADDED}",
            "Девет души от Бяловир бяха ранени леко…",
        ),
        (
            f"Фериботът прекара девет часа в морето, защото бурята не му позволи да спре {ADDED}",
            "Фериботът прекара девет часа в морето…",
        ),
        (
            f"Новата читалня ще носи името „Вяра Щъркелова“, която е учила в нея {ADDED}",
            "Новата читалня ще носи името „Вяра Щъркелова“…",
        ),
    ],
)
def test_a_long_sentence_is_cut_to_a_whole_clause(sentence: str, line: str) -> None:
    """The longest beginning that says something whole and fits; „…“ tells that there is more."""
    assert one_line(sentence) == line


@pytest.mark.parametrize(
    "sentence",
    [
        # Which families: without that they would be all.
        "Фондът увеличава помощта от 150 на 300 евро за семейства, в които доходът на човек е под "
        "600 евро на месец през зимата.",
        # The clause that has opened has not yet said anything.
        "Засега в кметството няма никакви доказателства, че хората, които са боледували през "
        "пролетта, са имунизирани срещу болестта.",
        # Whose claim it is.
        "Общината търси нови източници на вода за четирите квартала, като води преговори с три "
        "съседни града, пише вестник „Пример“.",
        "Мостът ще бъде готов до края на пролетта – според министъра от строежа край реката "
        "остават само последните двеста метра.",
        # What would have to happen first.
        "Работниците ще спрат работа в понеделник от осем часа сутринта, като ще се върнат, ако "
        "получат обещаните заплати.",
    ],
)
def test_what_turns_the_claim_is_never_left_out(sentence: str) -> None:
    """Such a sentence stays whole while it fits."""
    assert ONE_LINE < len(sentence) <= LONGEST
    assert one_line(sentence) == sentence


def test_a_sentence_too_long_for_a_line_leaves_it_to_the_headline() -> None:
    """Rather none than a piece."""
    assert one_line("Министерството обяви, че строежът " + "на новия път " * 16 + "започва.") == ""


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Кметът каза „Ще успеем, като строим", "и чакаме“", "(снимки", "от вчера)", "е",
             ", който", "; там", "– но", "градът беше", "мостовете над реката", ", като", "дълго"]
        ),
        min_size=1,
        max_size=30,
    )
)  # fmt: skip
def test_a_line_never_ends_in_a_quotation_bracket_or_word(pieces: list[str]) -> None:
    """What is left out begins at a boundary, and what is opened is closed."""
    text = " ".join(pieces).replace(" ,", ",").replace(" ;", ";") + "."
    line = one_line(text)

    assert len(line) <= LONGEST
    if line.endswith("…"):
        head = line[:-1]
        assert text.startswith(head)
        assert not text[len(head)].isalnum()
        assert not inside_open(head)
        assert head.count("(") <= head.count(")")
