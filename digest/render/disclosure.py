"""The label on how an edition was made: a truth table, never ticked by hand.

AI Act (Regulation (EU) 2024/1689) Art. 50(4), in force for this since 2 August 2026: text made by
AI that informs the public on matters of public interest is disclosed as such, unless a person
reviewed it and somebody holds editorial responsibility. A reviewed text is exempt; who wrote it is
said all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from digest.model import Edition

MODEL_MARK = "Написано от езиков модел"
"""What stands under a story whose text a model wrote."""


class Review(StrEnum):
    """Who let the edition go: a person, a rule (the deadline policy), or nobody yet."""

    PERSON = "person"
    RULE = "rule"
    NOBODY = "nobody"


def review_of(approved_by: str | None) -> Review:
    """People approve under their address; a rule has a name and no address."""
    if not (approved_by or "").strip():
        return Review.NOBODY
    return Review.PERSON if "@" in str(approved_by) else Review.RULE


def disclosure(methods: Iterable[str], review: Review) -> str:
    """The label, one to three Bulgarian sentences.

    `methods` are those of the edition's stories: extractive, model, editor, none. What a model
    wrote is named whenever there is any; that nobody reviewed it whenever nobody did.
    """
    made = frozenset(methods)
    return " ".join((_gathered(made, review), *_written(made, review)))


def made_by(edition: Edition) -> str:
    """The label of an edition."""
    return disclosure((one.method for one in edition.stories), review_of(edition.approved_by))


def _gathered(made: frozenset[str], review: Review) -> str:
    what = "Подбрано и съкратено" if "extractive" in made else "Подбрано"
    text = f"{what} автоматично от посочените източници"
    if review is Review.PERSON:
        return f"{text}; прегледано и одобрено от редактор."
    if review is Review.RULE:
        return f"{text} и изпратено по правило, без преглед от редактор."
    return f"{text}, без преглед от редактор."


def _written(made: frozenset[str], review: Review) -> list[str]:
    said = []
    if "model" in made:
        person = review is Review.PERSON
        read = "са прегледани от редактор" if person else "не са четени от човек"
        said.append(
            f"{_which(made, 'model')} написани от езиков модел, сверени са автоматично с "
            f"източниците и {read}."
        )
    if "editor" in made:
        said.append(f"{_which(made, 'editor')} написани от редактор.")
    return said


def _which(made: frozenset[str], method: str) -> str:
    return "Обобщенията са" if made <= {method, "none"} else "Част от обобщенията са"
