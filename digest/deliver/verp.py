"""Signed return paths: which delivery a bounce is about, without trusting the bounce.

`b+<id>.<mac>@domain`, where the mac is the first 80 bits of HMAC-SHA256 in base32. Lower case
throughout, because some relays fold the local part; an id that would not survive folding goes
in base32 behind an `=`. Which keys count is the caller's matter: the first signs, all verify.
"""

from __future__ import annotations

import hmac
import re
from base64 import b32decode, b32encode
from collections.abc import Sequence

from digest.deliver.addresses import MAX_LOCAL
from digest.model import DeliveryId

_SURVIVES = re.compile(r"[a-z0-9_-]+")
_PATH = re.compile(r"b\+(?P<id>=?[a-z0-9_-]+)\.(?P<mac>[a-z2-7]{16})")


def return_path(delivery_id: DeliveryId, *, key: bytes, domain: str) -> str:
    """The envelope sender of one delivery; raises `ValueError` for an id that is too long."""
    part = delivery_id if _SURVIVES.fullmatch(delivery_id) else "=" + _base32(delivery_id.encode())
    local = f"b+{part}.{_mac(part, key)}"
    if len(local) > MAX_LOCAL:
        raise ValueError(f"a delivery id of {len(delivery_id)} characters fits no return path")
    return f"{local}@{domain}"


def delivery_of(address: str, *, keys: Sequence[bytes]) -> DeliveryId | None:
    """The delivery that a return path names, or None when no key signed it."""
    match = _PATH.fullmatch(address.strip().strip("<>").rpartition("@")[0].lower())
    if match is None:
        return None
    part, mac = match["id"], match["mac"]
    # All keys are tried in full, so that the time tells nothing.
    signed = [hmac.compare_digest(mac, _mac(part, key)) for key in keys]
    return _id(part) if any(signed) else None


def _id(part: str) -> DeliveryId:
    if not part.startswith("="):
        return DeliveryId(part)
    letters = part[1:].upper()
    return DeliveryId(b32decode(letters + "=" * (-len(letters) % 8)).decode())


def _mac(part: str, key: bytes) -> str:
    # In one call: `hmac.new` takes several times as long.
    return _base32(hmac.digest(key, b"return-path\0" + part.encode(), "sha256")[:10])


def _base32(data: bytes) -> str:
    return b32encode(data).decode("ascii").rstrip("=").lower()
