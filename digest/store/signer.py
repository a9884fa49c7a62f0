"""The opaque names of rows: delivery ids and message ids that nobody can guess or count.

A delivery id is `d`, the row's number in base32, a hyphen and 50 bits of HMAC-SHA256. It names,
it does not grant: leaving takes its own, longer token.
"""

from __future__ import annotations

from digest.errors import NotFound
from digest.model import DeliveryId
from subscribers.address import AddressHash
from subscribers.errors import TokenRefused
from subscribers.model import PersonId
from subscribers.tokens import Sealer, Tokens, from_base32, to_base32

ID_SEAL = 10
KNOWN = 16_384
"""Names that are kept with their rows; more than all the slices of a process hold."""


class Signer:
    """Turns row numbers into names and back, under the instance's key."""

    def __init__(self, key: bytes) -> None:
        if len(key) < 16:
            raise ValueError("a key has at least 16 bytes")
        self._ids = Sealer(key, "delivery", ID_SEAL)
        self._tokens = Tokens(key)
        self.hasher = AddressHash(key)
        # A row is named at its claim and read back at its intent and its answer.
        self._known: dict[str, int] = {}

    def delivery_id(self, row: int) -> DeliveryId:
        """The name of a delivery's row."""
        name = DeliveryId(self._ids.seal("d" + to_base32(row)))
        if len(self._known) >= KNOWN:
            self._known.clear()
        self._known[name] = row
        return name

    def row_of(self, delivery_id: str) -> int:
        """The row behind a delivery id or a whole `<…@domain>`. Raises `NotFound`."""
        known = self._known.get(delivery_id)
        return self._read(delivery_id) if known is None else known

    def _read(self, delivery_id: str) -> int:
        bare = delivery_id.strip().strip("<>").partition("@")[0]
        try:
            body = self._ids.open(bare)
            return from_base32(body[1:])
        except (TokenRefused, ValueError) as cause:
            raise NotFound(
                f"Няма доставка „{bare[:60]}“.",
                "Номерът не е издаден от тази инсталация.",
                "Вижте номерата с „digest ledger EDITION --deliveries“.",
            ) from cause

    def message_id(self, delivery_id: DeliveryId, domain: str) -> str:
        """One Message-ID per delivery, not per attempt: it is the key in a relay's log."""
        return f"<{delivery_id}@{domain}>"

    def leave_token(self, subscriber: int, edition: int) -> str:
        """The signed part of the unsubscribe address of one mail."""
        return self._tokens.leave(PersonId(subscriber), edition)

    def reader_of(self, token: str) -> PersonId:
        """Whose an unsubscribe token is. Raises `subscribers.errors.TokenRefused`."""
        return self._tokens.read_leave(token).person
