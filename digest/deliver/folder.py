"""The folder transport: one `.eml` a message, the default and the demo's.

A message is written beside its place and renamed into it, so a reader of the folder never sees
half of one, and a repeated send leaves one file. It survives a killed process; it does not wait
for the disk, so a power failure may cost the last seconds.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from digest.deliver.outcome import MAX_TEXT
from digest.errors import DigestError, StorageFault
from digest.model import Delivery, DeliveryId, Outcome, Result

_log = logging.getLogger(__name__)
_MAX_NAME = 200
"""Octets of a file name that any common file system takes, less the ending."""


@dataclass(frozen=True, slots=True)
class FolderSpec:
    """Where the messages go."""

    path: Path

    @property
    def shown(self) -> str:
        return f"folder:{self.path}"

    def open(self) -> FolderTransport:
        """A transport; the folder is made at its first message."""
        return FolderTransport(self.path)


class FolderTransport:
    """Writes each message as `<delivery id>.eml`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.fault: DigestError | None = None

    def send(self, delivery: Delivery, message: bytes, envelope_from: str) -> Result:  # noqa: ARG002
        """Accepted once the file stands under its name; a full disk gives the row back."""
        self.fault = None
        target = self._path / file_name(delivery.id)
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            _write(target, message)
        except OSError as cause:
            _log.warning("cannot write %s", target, exc_info=_log.isEnabledFor(logging.DEBUG))
            self.fault = _fault(self._path, cause)
            return Result(delivery.id, Outcome.RETURNED, "connect", text=str(cause)[:MAX_TEXT])
        return Result(delivery.id, Outcome.ACCEPTED, "accepted", 250, text=target.name)

    def close(self) -> None:
        """Nothing is held open."""


def file_name(delivery_id: DeliveryId) -> str:
    """`<id>.eml`, with everything percent-encoded that could mean another place."""
    return quote(delivery_id, safe="+=@").replace(".", "%2E")[:_MAX_NAME] + ".eml"


def _write(target: Path, message: bytes) -> None:
    part = target.with_name(f".{target.stem}.part")
    try:
        part.write_bytes(message)
        os.replace(part, target)  # noqa: PTH105 - the same thing, named by what it promises
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _fault(path: Path, cause: OSError) -> StorageFault:
    return StorageFault(
        f"В папката „{path}“ не може да се пише.",
        f"Причина: {cause.strerror or cause}.",
        "Освободете място или проверете правата; неизпратените писма чакат реда си.",
    )
