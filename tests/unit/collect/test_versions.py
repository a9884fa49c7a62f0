"""What an outlet altered, in sentences for an editor."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from digest.collect.versions import changes
from digest.gathered import ChangeKind
from digest.model import Article, ArticleId, DateBasis, DateClaim

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
BEFORE = Article(
    id=ArticleId("a"),
    title="Съветът прие плана за водопровода",
    text=(
        "При аварията пострадаха 12 души, съобщи кметът. Ремонтът започва през март.\n\n"
        "Парите идват от държавния бюджет и от заем."
    ),
    date=DateClaim(NOW, DateBasis.META, 0.9, "x"),
    fetched_at=NOW,
)


def kinds(after: Article) -> list[ChangeKind]:
    return [one.kind for one in changes(BEFORE, after)]


def test_the_same_reading_has_no_changes() -> None:
    """Nor has one with other quotation marks, dashes and spaces."""
    retouched = replace(
        BEFORE, title="„Съветът“ прие плана  за водопровода", text=BEFORE.text.replace(", ", " – ")
    )

    assert kinds(BEFORE) == kinds(retouched) == []


def test_an_altered_headline_is_shown_both_ways() -> None:
    """An editor sees the old and the new one."""
    (change,) = changes(BEFORE, replace(BEFORE, title="Съветът отхвърли плана за водопровода"))

    assert change.kind is ChangeKind.TITLE
    assert change.sentence == (
        "Заглавието е променено: „Съветът прие плана за водопровода“ → "
        "„Съветът отхвърли плана за водопровода“."
    )


def test_an_altered_figure_is_told_from_a_retouched_text() -> None:
    """A toll that grew is the change that matters."""
    (change,) = changes(BEFORE, replace(BEFORE, text=BEFORE.text.replace("12 души", "17 души")))

    assert change.kind is ChangeKind.FIGURES
    assert change.sentence == "Числото е променено: „12 души“ → „17 души“."


def test_added_and_removed_sentences_are_counted() -> None:
    """In the counted form."""
    text = BEFORE.text.replace("Ремонтът започва през март.", "") + " Критиците искат проверка."
    (change,) = changes(BEFORE, replace(BEFORE, text=f"{text} Делото остава открито."))

    assert change.kind is ChangeKind.TEXT
    assert change.sentence == "Добавени са 2 изречения, махнато е 1 изречение."


def test_a_date_moved_forward_is_a_change_and_the_first_stands() -> None:
    """Re-dating is how old news returns."""
    after = NOW + timedelta(days=3)
    later = DateClaim(after, DateBasis.META, 0.9, "x")
    (change,) = changes(BEFORE, replace(BEFORE, date=later, fetched_at=after))

    assert change.kind is ChangeKind.DATE
    assert "важи първата" in change.sentence


def test_a_reworded_sentence_stands_beside_its_first_wording() -> None:
    """Then what went, then what came; each in its own line of both sides."""
    text = BEFORE.text.replace("започва през март", "започва през април")
    text = text.replace("Парите идват от държавния бюджет и от заем.", "Общината взема кредит.")

    (change,) = changes(BEFORE, replace(BEFORE, text=text))

    assert change.sentence == (
        "Променено е 1 изречение, добавено е 1 изречение, махнато е 1 изречение."
    )
    assert list(zip(change.before.split("\n"), change.after.split("\n"), strict=True)) == [
        ("Ремонтът започва през март.", "Ремонтът започва през април."),
        ("Парите идват от държавния бюджет и от заем.", ""),
        ("", "Общината взема кредит."),
    ]


def test_a_long_text_rewritten_throughout_is_told_by_its_counts() -> None:
    """Eight hundred sentences on each side: the counts of all, the words of ten."""
    old, new = (
        "\n\n".join(f"Изречение {word} номер {n} говори за мост и река." for n in range(800))
        for word in ("старо", "ново")
    )
    before, after = replace(BEFORE, text=old), replace(BEFORE, text=new)

    (change,) = changes(before, after)

    assert change.sentence == "Добавени са 800 изречения, махнати са 800 изречения."
    assert len(change.before.split("\n")) == len(change.after.split("\n")) == 10
