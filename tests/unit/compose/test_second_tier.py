"""Below the lead a story has at most 220 characters, and no sentence of it is cut."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from digest.compose.lines import SECOND_TIER, within
from digest.model import ArticleId, Sentence, Summary

WORDS = ("мостът", "общината", "реката", "в петък", "реши", "ремонтира", "съобщи кметът", "година")


def summary(*texts: str, **more: object) -> Summary:
    told = tuple(Sentence(text, ArticleId("a"), 0, len(text)) for text in texts)
    facts = {
        "id": "s",
        "title": "Мостът",
        "text": " ".join(texts),
        "one_line": "",
        "sentences": told,
        **more,
    }
    return Summary(**facts)  # type: ignore[arg-type]


sentences = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=30).map(lambda w: " ".join(w) + "."),
    min_size=1,
    max_size=5,
)


@given(sentences)
def test_first_sentences_are_kept_whole(texts: list[str]) -> None:
    """As many as fit; the first even where it does not."""
    found = within(summary(*texts))

    kept = [one.text for one in found.sentences]
    assert kept == texts[: len(kept)]
    assert kept
    assert found.text == " ".join(kept)
    assert len(found.text) <= SECOND_TIER or len(kept) == 1


def test_a_long_first_sentence_gives_way_to_its_one_liner() -> None:
    """It says the same in fewer words, and rests on the same place."""
    long = "Мостът над реката ще бъде затворен, " + "защото така реши общината, " * 8 + "до май."
    line = "Мостът над реката ще бъде затворен."

    found = within(summary(long, "Друго.", one_line=line))

    assert found.text == line
    assert [one.text for one in found.sentences] == [long]


def test_a_line_that_is_cut_is_no_text() -> None:
    """„…“ belongs to the contents."""
    long = "Мостът над реката ще бъде затворен " + "дълго " * 40 + "до май."

    assert within(summary(long, one_line="Мостът над реката…")).text == long


def test_what_follows_from_a_sentence_goes_with_it() -> None:
    """„Това ще оскъпи билетите“ without the sentence before it says nothing."""
    first, second = "Общината купува автобуси. " * 7, "Цената е 9 млн. евро. " * 3
    leaning = Sentence("Това ще оскъпи билетите.", ArticleId("a"), 0, 5)
    alone = replace(leaning, text="Билетите ще поскъпнат с 10%.")

    assert within(summary(first.strip(), second.strip(), matters=leaning)).matters is None
    assert within(summary(first.strip(), second.strip(), matters=alone)).matters == alone
