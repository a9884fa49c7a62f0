"""Amazon SES as a hook: its events come through topics of SNS."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from datetime import datetime

from digest.inbound.hooks.port import Denied, Event, Fetch, Heard, Kind
from digest.inbound.hooks.ses_events import event_of
from digest.inbound.hooks.sns import CONFIRMATION, NOTIFICATION, Sns, confirming
from digest.inbound.hooks.untrusted import Garbage

_log = logging.getLogger(__name__)


class SesHook:
    """Reads what the topics post. Shared by all threads of a site."""

    name = "ses"

    def __init__(self, topics: Collection[str], fetch: Fetch) -> None:
        self._sns = Sns(topics, fetch)

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Heard | Denied:
        """See `Hook`. The headers that SNS sets are not signed, so none of them counts."""
        del headers
        try:
            envelope = self._sns.open(body, now)
            if envelope.kind == CONFIRMATION:
                return Heard(visit=confirming(envelope))
        except Garbage as cause:
            return Denied(str(cause))
        if envelope.kind != NOTIFICATION:
            _log.warning("the subscription to %s was ended", envelope.topic)
            return Heard()
        blank = Event(envelope.event_id, Kind.OTHER, envelope.at)
        return Heard((event_of(envelope.message, blank),))
