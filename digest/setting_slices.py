"""The setting of a round of collecting that several machines share."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Slices(BaseModel):
    """What `[collect]` says of slices."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slices: int = Field(default=0, ge=0, le=64)
    """Into so many parts the scheduler's rounds are cut for the workers of all machines (on
    PostgreSQL); 0: the scheduler asks all sources itself."""
    lease_seconds: int = Field(default=60, ge=2, le=3600)
    """The slice of a machine that died is free after so long; a living one renews in time."""
