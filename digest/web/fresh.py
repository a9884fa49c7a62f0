"""Answers that a reader's program may keep: validators, and 304 when nothing changed (RFC 9110).

The `ETag` is of the bytes themselves, so it cannot be wrong; `Last-Modified` is for clients that
know no better.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from fastapi import Request, Response

MINUTES = 60
PAGE_SECONDS = 5 * MINUTES
"""A correction is seen by everybody within five minutes."""
PICTURE_SECONDS = 24 * 60 * MINUTES
"""Seconds. It is drawn from the subject line and the date, which a sent edition keeps."""


def fresh(
    request: Request,
    body: bytes,
    media_type: str,
    *,
    changed: datetime | None = None,
    seconds: int = PAGE_SECONDS,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The body with its validators, or 304 without it when the client has these bytes."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    kept = {"etag": tag, "cache-control": f"public, max-age={seconds}", **(headers or {})}
    if changed is not None:
        kept["last-modified"] = format_datetime(changed.astimezone(UTC), usegmt=True)
    if _is_known(request, tag, changed):
        return Response(status_code=304, headers=kept)
    return Response(body, media_type=media_type, headers=kept)


def _is_known(request: Request, tag: str, changed: datetime | None) -> bool:
    """RFC 9110 §13.2.2: the entity tag decides, and only without one the date."""
    named = request.headers.get("if-none-match")
    if named is not None:
        tags = [one.strip().removeprefix("W/") for one in named.split(",")]
        return tag in tags or "*" in tags
    since = request.headers.get("if-modified-since")
    if since is None or changed is None:
        return False
    try:
        known = parsedate_to_datetime(since)
    except ValueError:
        return False
    # A date of another form than GMT is read as none (RFC 9110 §13.1.3).
    return known.tzinfo is not None and changed.replace(microsecond=0) <= known
