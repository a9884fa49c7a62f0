"""The settings of pace: what each mailbox provider is sent, and how a new address warms up."""

from __future__ import annotations

from datetime import date
from ipaddress import ip_address
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from digest.model import LANES


class LaneLimits(BaseModel):
    """`[dispatch.lanes.NAME]`: limits of one provider; without any it has none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    per_minute: float | None = Field(default=None, gt=0, le=1_000_000)
    connections: int | None = Field(default=None, ge=1, le=100)
    per_day: int | None = Field(default=None, ge=1)


class Warmup(BaseModel):
    """`[dispatch.warmup]`: a new address or domain begins with few messages a day to each provider.

    On the day `start` each lane takes `first` messages, on each next one `growth` times as many.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    start: date | None = None
    first: int = Field(default=200, ge=1)
    growth: float = Field(default=1.6, ge=1, le=10)


def _known(name: str) -> str:
    if name not in LANES:
        raise ValueError(f"няма коридор „{name}“; познати са {', '.join(LANES)}")
    return name


Lane = Annotated[str, AfterValidator(_known)]
"""The name of a lane, as `digest lanes` shows it."""


def _address(text: str) -> str:
    if text not in {"", "system"}:
        ip_address(text)
    return text


Resolver = Annotated[str, AfterValidator(_address)]
"""Who tells the mail servers of a domain: `system`, an IP address, or empty for nobody."""
