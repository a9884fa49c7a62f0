"""Signing: the keys of `[dkim]`, read once and refused before anything leaves; making new ones."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from digest.errors import (
    Conflict,
    DigestError,
    Finding,
    StorageFault,
    Unavailable,
    WrongSettings,
    WrongUsage,
    cause_of,
)
from digest.setting_dkim import selector_fault
from digest.settings import Settings

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.deliver.dkim import Signer, SigningKey
    from digest.deliver.dkim_keys import Kind, Record
    from digest.deliver.txt import AskTxt

MOST_BYTES = 65_536
"""Of a key's file; one of 4096 bits has three thousand."""
_NOT_IN_DNS = (".test", ".example", ".invalid", ".localhost")
"""Names that nobody can publish under, RFC 6761 §6."""


@dataclass(frozen=True, slots=True)
class Published:
    """A key by what a person needs of it; `file` as the settings name it."""

    selector: str
    algorithm: str
    file: str
    record: Record


def open_signer(settings: Settings, home: Path) -> Signer | None:
    """What signs the messages, or None where `[dkim]` is empty.

    Raises `WrongSettings` for a key that is missing, readable by everybody, or unfit.
    """
    own = settings.dkim
    if not own.on:
        return None
    from digest.deliver.dkim import Signer

    wanted: list[tuple[Kind, str, str, str]] = [
        ("rsa", own.selector, own.key_file, "dkim.key_file")
    ]
    if own.ed25519_selector:
        wanted.append(
            ("ed25519", own.ed25519_selector, own.ed25519_key_file, "dkim.ed25519_key_file")
        )
    keys = tuple(_key(home / file, kind, selector, name) for kind, selector, file, name in wanted)
    return Signer(domain_of(settings), keys)


def domain_of(settings: Settings) -> str:
    """The value of `d=`: what is set, else the domain of the sender's address."""
    return settings.dkim.domain or settings.masthead().domain


def published(settings: Settings, home: Path) -> tuple[Published, ...]:
    """The configured keys and their records; raises `WrongSettings` when there is none."""
    from digest.deliver.dkim_keys import record

    signer = open_signer(settings, home)
    if signer is None:
        raise WrongSettings(
            "Писмата не се подписват: няма ключ.",
            "В [dkim] не са зададени „selector“ и „key_file“.",
            "Направете ключ с „digest dkim new --selector s1“.",
        )
    files = (settings.dkim.key_file, settings.dkim.ed25519_key_file)
    return tuple(
        Published(key.selector, key.algorithm, file, record(key, signer.domain))
        for key, file in zip(signer.keys, files, strict=False)
    )


def make_key(settings: Settings, home: Path, selector: str, kind: Kind) -> Published:
    """A new key in the home, for its owner's eyes only, and the record to publish.

    Nothing is overwritten: raises `Conflict` when the selector has a key already. Raises
    `WrongUsage` for a selector that DNS cannot have or a home that is none.
    """
    from digest.deliver.dkim_keys import new_key, read_key, record

    if fault := selector_fault(selector):
        raise WrongUsage(
            "Селекторът не може да се използва.", f"{fault}.", "Изберете кратка дума: s1."
        )
    file = f"dkim-{selector}.pem"
    pem = new_key(kind)
    _write(home / file, pem)
    key = read_key(pem, selector=selector, kind=kind, setting=file)
    return Published(selector, key.algorithm, file, record(key, domain_of(settings)))


def findings(app: App, ask: AskTxt | None = None) -> Iterator[Finding]:
    """Whether the messages are signed, and whether receivers find the key."""
    try:
        signer = app.signer
    except DigestError as error:
        yield Finding("red", "dkim", f"{error.what} {error.why}", error.fix)
        return
    if signer is None:
        yield Finding(
            "green",
            "dkim",
            "Подписването с DKIM е оставено на пощенския сървър.",
            "Ако той не подписва: „digest dkim new --selector s1“.",
        )
        return
    yield from _alignment(app, signer.domain)
    for key in signer.keys:
        yield _seen(key, signer.domain, ask)


def _alignment(app: App, domain: str) -> Iterator[Finding]:
    """DMARC counts a signature only of the sender's own organisation (RFC 7489 §3.1.1)."""
    sender = app.settings.masthead().domain
    near = sender == domain or sender.endswith(f".{domain}") or domain.endswith(f".{sender}")
    if not near:
        yield Finding(
            "yellow",
            "dkim-domain",
            f"Подписът е на {domain}, а подателят е от {sender}.",
            "За DMARC двата домейна трябва да са на един и същ регистриран домейн.",
        )


def _seen(key: SigningKey, domain: str, ask: AskTxt | None) -> Finding:
    from digest.deliver.dkim_keys import mismatch, record
    from digest.deliver.txt import ask_txt

    wanted = record(key, domain)
    # Not the record itself: a table breaks it, and what is pasted would be wrong.
    publish = f"Публикувайте TXT записа за {wanted.name}, който показва „digest dkim show“."
    if domain.endswith(_NOT_IN_DNS):
        return Finding("yellow", "dkim-record", f"За {domain} няма DNS, който да се пита.", publish)
    try:
        fault = mismatch((ask or ask_txt)(wanted.name), key)
    except Unavailable as error:
        return Finding("yellow", "dkim-record", f"{error.what} {error.why}", publish)
    if fault:
        return Finding("red", "dkim-record", f"Подписът не се потвърждава: {fault}.", publish)
    return Finding("green", "dkim-record", f"Ключът {wanted.name} е в DNS и е нашият.")


def _key(file: Path, kind: Kind, selector: str, setting: str) -> SigningKey:
    from digest.deliver.dkim_keys import read_key

    return read_key(_read(file, setting), selector=selector, kind=kind, setting=setting)


def _read(file: Path, setting: str) -> bytes:
    """The bytes of a key's file; one that everybody can read is no secret."""
    try:
        with file.open("rb") as opened:
            # Of the open file, so that it cannot be another one by the time it is read.
            mode = os.fstat(opened.fileno()).st_mode
            pem = opened.read(MOST_BYTES)
    except OSError as cause:
        raise WrongSettings(
            f"Ключът от „{setting}“ не се отваря: {file.name}.",
            f"Причина: {cause_of(cause)}.",
            "Поправете пътя или дайте права на потребителя, с който тръгва програмата.",
        ) from cause
    if os.name == "posix" and mode & stat.S_IRWXO:
        raise WrongSettings(
            f"Ключът от „{setting}“ е достъпен за всички: {file.name}.",
            f"Правата са {stat.S_IMODE(mode):o}; който го прочете, подписва от ваше име.",
            f"Направете „chmod 600 {file.name}“, а ако е бил видим за чужди хора – нов ключ.",
        )
    return pem


def _write(file: Path, pem: bytes) -> None:
    try:
        # Made closed: between an open file and a chmod anybody could look.
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as cause:
        raise Conflict(
            f"Вече има ключ {file.name}.",
            "Нов върху него би прекъснал подписите, които той прави.",
            "Изберете друг селектор; старият се маха, когато новият е в DNS и в настройките.",
        ) from cause
    except OSError as cause:
        raise _unwritten(file, cause) from cause
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(pem)
            opened.flush()
            os.fsync(opened.fileno())
    except OSError as cause:
        file.unlink(missing_ok=True)
        raise _unwritten(file, cause) from cause


def _unwritten(file: Path, cause: OSError) -> StorageFault:
    return StorageFault(
        f"Ключът {file.name} не може да се запише.",
        f"Причина: {cause_of(cause)}.",
        "Направете дома с „digest init“, освободете място или дайте права за писане.",
    )
