"""The settings of `[brand.texts]`: a newsroom's own words for the fixed phrases of its mails.

A phrase is plain text of one line: what looks like markup is printed as it stands. What a reader
or the law cannot do without may be said otherwise, not left out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from digest.model import USUAL_TEXTS, Texts

LABEL, SENTENCE = 40, 240
"""Characters: a heading stays on two lines of a phone, a sentence under the fold of a footer."""
LEAST_LETTERS = 4
"""Of a link's text and of a heading: a screen reader reads them out of context (WCAG 2.2, 2.4.4
and 2.4.6); „→“ and „тук“ say nothing there."""

_SAY_NOTHING = frozenset({"натиснете тук", "кликнете тук", "вижте тук", "click here", "here"})
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def _phrase(*places: str, needed: bool) -> Callable[[str], str]:
    """A check: one line of plain text whose braces name only `places`; ValueError says what not."""

    def checked(text: str) -> str:
        text = text.strip()
        if unseen(text):
            raise ValueError("има знак, който не се вижда, или нов ред; нужен е обикновен текст")
        if needed and sum(letter.isalpha() for letter in text) < LEAST_LETTERS:
            raise ValueError(f"без този текст не може: нужни са поне {LEAST_LETTERS} букви")
        _refuse_places(text, places)
        return text

    return checked


def unseen(text: str) -> bool:
    """Whether a text has a control, a direction mark, a line break or a letter of no alphabet."""
    return any(unicodedata.category(letter) in _UNSEEN for letter in text)


def _refuse_places(text: str, places: tuple[str, ...]) -> None:
    allowed = " и ".join(f"{{{one}}}" for one in places) or "няма"
    try:
        found = [piece[1:] for piece in Formatter().parse(text) if piece[1] is not None]
    except ValueError as cause:
        raise ValueError("скобите „{“ и „}“ се използват само за място за стойност") from cause
    for name, form, conversion in found:
        if name not in places or form or conversion:
            raise ValueError(f"няма място {{{name}}}; допустими места: {allowed}")
    if "{{" in text or "}}" in text:
        raise ValueError("скобите „{“ и „}“ се използват само за място за стойност")


def _says_something(text: str) -> str:
    if text.casefold().strip(" .!→…") in _SAY_NOTHING:
        raise ValueError("връзката трябва да казва накъде води")
    return text


Label = Annotated[str, Field(max_length=LABEL), AfterValidator(_phrase(needed=True))]
LinkText = Annotated[Label, AfterValidator(_says_something)]
Since = Annotated[str, Field(max_length=LABEL), AfterValidator(_phrase("since", needed=True))]
Why = Annotated[
    str, Field(max_length=SENTENCE), AfterValidator(_phrase("publication", needed=True))
]
Closing = Annotated[
    str, Field(max_length=SENTENCE), AfterValidator(_phrase("period", needed=False))
]
Line = Annotated[
    str, Field(max_length=SENTENCE), AfterValidator(_phrase("publication", needed=False))
]


class BrandTexts(BaseModel):
    """A phrase each; what is not set is said as packaged. Lengths are in characters."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lead: Label = USUAL_TEXTS.lead
    contents: Label = USUAL_TEXTS.contents
    briefs: Label = USUAL_TEXTS.briefs
    end: Label = USUAL_TEXTS.end
    matters: Label = USUAL_TEXTS.matters
    """Without the colon, which follows it; so has `update`."""
    update: Since = USUAL_TEXTS.update
    why: Why = USUAL_TEXTS.why
    preferences: LinkText = USUAL_TEXTS.preferences
    pause: LinkText = USUAL_TEXTS.pause
    unsubscribe: LinkText = USUAL_TEXTS.unsubscribe
    archive: LinkText = USUAL_TEXTS.archive
    browser: LinkText = USUAL_TEXTS.browser
    closing: Closing = USUAL_TEXTS.closing
    closing_short: Closing = USUAL_TEXTS.closing_short
    """Of an edition with few stories."""
    greeting: Line = USUAL_TEXTS.greeting
    """In letters to readers, under the heading."""
    signoff: Line = USUAL_TEXTS.signoff

    @model_validator(mode="after")
    def _links_differ(self) -> BrandTexts:
        # Two links of one name that lead to two places are one to a screen reader.
        names = [self.preferences, self.pause, self.unsubscribe, self.archive]
        if len({name.casefold() for name in names}) < len(names):
            raise ValueError("preferences, pause, unsubscribe и archive трябва да се различават")
        return self

    def printed(self) -> Texts:
        """The phrases as the templates take them."""
        return Texts(**self.model_dump())
