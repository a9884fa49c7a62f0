"""The settings of `[[dispatch.relays]]`: several ways out, and how long a connection is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

MAX_WEIGHT = 100


class RelayEntry(BaseModel):
    """One `[[dispatch.relays]]`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    transport: str = Field(min_length=1)
    """As `dispatch.transport`."""
    weight: int = Field(default=1, ge=1, le=MAX_WEIGHT)
    """Its share of the connections beside the other relays' weights."""
    name: str = Field(default="", pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$|^$")
    """What the ledger calls it; empty: `relay-1`, `relay-2`… by its place in the list."""


def _named(entries: Sequence[RelayEntry]) -> tuple[RelayEntry, ...]:
    """Gives the nameless their names; ValueError when two would share one."""
    named = tuple(
        one if one.name else one.model_copy(update={"name": f"relay-{place}"})
        for place, one in enumerate(entries, start=1)
    )
    names = [one.name for one in named]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"името „{twice[0]}“ е дадено на два сървъра")
    return named


class Relays(BaseModel):
    """What `[dispatch]` says of relays."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    relays: Annotated[tuple[RelayEntry, ...], Field(max_length=20), AfterValidator(_named)] = ()
    """Several relays instead of `dispatch.transport`; `--transport` still names exactly one."""
    messages_per_connection: int = Field(default=500, ge=1, le=100_000)
    """A kept SMTP connection is made anew after so many. Relays commonly cut off after a
    thousand, and a fresh one also spreads over their hosts."""
