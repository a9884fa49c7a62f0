"""What every action is given: where the state lives, what is set, what time it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from digest.bulgarian.institutions import Institutions
from digest.clock import Clock, local_date
from digest.model import EditionId, Newsroom
from digest.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from digest.deliver.dkim import Signer
    from digest.deliver.links import Links
    from digest.store.work import Store, Work


class Herald(Protocol):
    """Tells workers elsewhere that there is work."""

    def queued(
        self, connection: Connection, edition: EditionId, moments: Collection[datetime]
    ) -> int:
        """In the caller's transaction: due at these moments. Gives how many jobs were made."""

    def opened(self, connection: Connection, numbers: Mapping[str, Collection[int]]) -> bool:
        """The same for slices of rounds of collecting, by round. False: nobody can hear it."""


@dataclass(frozen=True)
class App:
    """A home that is open. Built by `digest/bootstrap.py`, closed by whoever opened it."""

    home: Path
    settings: Settings
    newsroom: Newsroom
    institutions: Institutions
    clock: Clock
    store: Store
    key: bytes
    herald: Herald | None = None

    def now(self) -> datetime:
        """The time as the clock of this run tells it, aware."""
        return self.clock.now()

    def today(self) -> date:
        """The publication's own calendar day."""
        return local_date(self.now(), self.settings.publication.timezone)

    @cached_property
    def signer(self) -> Signer | None:
        """What signs the messages; its keys are read at the first use and then kept.

        Raises `WrongSettings` for a key that cannot sign.
        """
        from digest.actions.signing import open_signer

        return open_signer(self.settings, self.home)

    def links(self, edition: EditionId) -> Links:
        """The public addresses that the mails of an edition carry."""
        from digest.deliver.links import PublicLinks

        masthead = self.settings.masthead()
        return PublicLinks(
            public_url=masthead.public_url,
            web_url=f"{masthead.public_url}/brij/{edition}",
            mail_domain=masthead.domain,
            leave_path="/leave/{}",
            prefs_path="/predpochitania/{}",
        )

    def note(
        self,
        work: Work,
        who: str,
        what: str,
        *,
        subject: str = "",
        before: str = "",
        after: str = "",
    ) -> None:
        """Adds to the audit log in the same transaction as the act itself."""
        from digest.store.activity import Deed

        work.activity.add(Deed(self.now(), who, what, subject, before, after))

    def announce(self, work: Work, edition: EditionId, moments: Collection[datetime] = ()) -> None:
        """Wakes workers on other machines once this work is committed; without any, nothing.

        `moments` are when rows of the edition fall due; none: now.
        """
        if self.herald is not None:
            self.herald.queued(work.connection, edition, moments or [self.now()])

    def close(self) -> None:
        """Lets the database go."""
        self.store.close()
