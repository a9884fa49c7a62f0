"""Moments as a person says them: „днес, 7:05“, „вчера, 18:20“, „19 ноември“."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from digest.bulgarian.dates import day_month


def moment(at: datetime, *, now: datetime, zone: tzinfo) -> str:
    """Day and hour in the zone: the nearest days by their name, of others the day alone."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local.hour}:{local:%M}"
    near = {0: "днес", -1: "вчера", 1: "утре"}.get((local.date() - today) // timedelta(days=1))
    if near:
        return f"{near}, {clock}"
    year = "" if local.year == today.year else f" {local.year}\u00a0г."
    return f"{day_month(local.date())}{year}"
