"""Looking at an address before it becomes a source: what it is, how it reads, what is wrong."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from digest.actions.sources import hide_users, place_of
from digest.addresses import masked
from digest.errors import DigestError
from digest.model import Newsroom
from digest.settings import Settings

if TYPE_CHECKING:
    from digest.collect.discover import Candidate, Look
    from digest.collect.trial import Shown, Trial


@dataclass(frozen=True, slots=True)
class Checked:
    """What stands behind an address. `kind` as in `collect.discover.Candidate`, or folder, mailbox.

    `url` is what to add; `known` says that it is in the list already.
    """

    asked: str
    url: str
    kind: str
    trial: Trial
    known: bool
    look: Look | None = None

    def as_dict(self) -> dict[str, object]:
        """The object of `digest sources check --json`."""
        look = self.look
        return {
            "source": masked(self.asked),
            "kind": self.kind,
            "proposal": {
                "url": masked(self.url),
                "kind": _kept_kind(self.kind),
                "title": (look.proposal.title or None) if look else None,
                "known": self.known,
            },
            "entries": len(look.proposal.entries) if look else len(self.trial.shown),
            "others": [_other(one) for one in look.others] if look else [],
            "problems": [
                {"code": one.code, "sentence": one.sentence} for one in self.trial.problems
            ],
            "shown": [_row(one) for one in self.trial.shown],
        }


def check_source(
    settings: Settings,
    newsroom: Newsroom,
    address: str,
    *,
    home: Path,
    now: datetime,
    known: Collection[str] = (),
    base: Path | None = None,
) -> Checked:
    """Looks at an address, a folder or a mailbox and tries it as a round would. Saves nothing.

    Raises the error with which it cannot be read at all.
    """
    try:
        return _checked(settings, newsroom, address, home=home, now=now, known=known, base=base)
    except DigestError as error:
        hide_users(error)
        raise


def _checked(
    settings: Settings,
    newsroom: Newsroom,
    address: str,
    *,
    home: Path,
    now: datetime,
    known: Collection[str],
    base: Path | None,
) -> Checked:
    from digest.collect.assemble import Desk
    from digest.collect.discover import look
    from digest.collect.newsletter import is_mailbox
    from digest.collect.trial import trial, trial_source

    limits, zone = settings.collect, settings.publication.timezone
    place = place_of(address, home, base)
    local = "mailbox" if is_mailbox(place) else "folder" if place.startswith("folder:") else ""
    seen = None if local else look(place, limits, now=now, zone=zone)
    url, kind = (place, local) if seen is None else (seen.proposal.url, seen.proposal.kind)
    desk = Desk(now, limits.fresh_hours, newsroom.agencies)
    tried = trial(trial_source(url, _kept_kind(kind), zone), desk, limits, home, seen)
    return Checked(address, url, kind, tried, url in known, seen)


def _kept_kind(kind: str) -> str:
    """The kind that a source keeps: what it is in detail is found out at each collection."""
    if kind in {"folder", "mailbox"}:
        return kind
    return "page" if kind in {"page", "listing"} else "feed"


def _other(one: Candidate) -> dict[str, object]:
    return {"url": masked(one.url), "kind": one.kind, "title": one.title or None,
            "entries": len(one.entries)}  # fmt: skip


def _row(one: Shown) -> dict[str, object]:
    article = one.article
    row: dict[str, object] = {"title": one.title, "url": masked(one.url) or None}
    if article is None:
        return row | {"article": False, "reason": one.reason_code, "sentence": one.reason}
    at = article.published_at
    return row | {
        "article": True,
        "published_at": at.isoformat() if at else None,
        "date_basis": article.date.basis.value,
        "characters": len(article.text),
        "partial": article.partial,
        "language": article.language,
        "lead": article.lead,
        "beginning": article.text[:160],
    }
