"""The settings of `[sections]`: what a newsroom calls its sections, in which order, and its own.

Also how many stories one prints (`[compose.sections]`).
"""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from digest.setting_texts import LABEL, unseen

SLUG = r"^[a-z][a-z0-9-]{0,30}$"
RESERVED = frozenset({"all"})
"""The word for every section, in variants of a mail and in the CSV of people."""


def _printable(name: str) -> str:
    name = " ".join(name.split(" ")).strip()
    if unseen(name):
        raise ValueError("има знак, който не се вижда, или нов ред; нужен е обикновен текст")
    if sum(letter.isalpha() for letter in name) < 2:
        raise ValueError("името на рубрика има поне две букви")
    if ";" in name:
        # The CSV of people separates sections with it.
        raise ValueError("името на рубрика не може да има точка и запетая")
    return name


def _free(slug: str) -> str:
    if slug in RESERVED:
        raise ValueError(f"„{slug}“ значи „всички рубрики“; изберете друга дума")
    return slug


Name = Annotated[str, Field(max_length=LABEL), AfterValidator(_printable)]
Slug = Annotated[str, Field(pattern=SLUG), AfterValidator(_free)]


class OwnSection(BaseModel):
    """A section beside the packaged ones; the lists are those of `topics.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: Slug
    name: Name
    words: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()


class Sections(BaseModel):
    """Names and places of sections; whether a slug exists is known with the newsroom."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    names: dict[str, Name] = {}
    """Slug → the name that is printed."""
    order: tuple[str, ...] = ()
    """Slugs that are printed first, in this order; the others follow as they were."""
    own: tuple[OwnSection, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Sections:
        for what, slugs in (("order", self.order), ("own", [one.slug for one in self.own])):
            twice = [slug for slug, times in Counter(slugs).items() if times > 1]
            if twice:
                raise ValueError(f"„{twice[0]}“ е два пъти в {what}")
        return self


class Share(BaseModel):
    """How many stories a section prints: at least, if they deserve it, and at most in all."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    min: int = Field(default=0, ge=0, le=30)
    max: int = Field(default=60, ge=0, le=60)

    @model_validator(mode="after")
    def _in_order(self) -> Share:
        if self.min > self.max:
            raise ValueError(f"най-малкото ({self.min}) е над най-голямото ({self.max})")
        return self
