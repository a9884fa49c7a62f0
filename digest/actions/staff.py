"""Staff: the people of the desk, their roles, and signing in."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from digest.actions.app import App
from digest.errors import Conflict, Forbidden, NotFound, WrongUsage

if TYPE_CHECKING:
    from digest.store.editors import Editor

ROLES = ("reader", "editor", "approver", "admin")
"""Each role may do what the ones before it may."""

NEEDS = {"read": "reader", "edit": "editor", "approve": "approver", "admin": "admin"}


def may(editor: Editor, right: str) -> bool:
    """Whether that person's role includes `read`, `edit`, `approve` or `admin`."""
    return ROLES.index(editor.role) >= ROLES.index(NEEDS[right])


def add_editor(app: App, address: str, *, role: str, name: str = "", password: str | None = None) -> str:
    """Adds a person and gives the one-time password (or the one handed in)."""
    from argon2 import PasswordHasher

    _known_role(role)
    secret = password or secrets.token_urlsafe(12)
    with app.store.work() as work:
        if work.editors.get(address) is not None:
            raise Conflict(
                f"„{address}“ вече е в редакцията.",
                "Един адрес има една роля.",
                f"Сменете ролята с „digest editors role {address} РОЛЯ“.",
            )
        work.editors.add(address, name=name, role=role, password_hash=PasswordHasher().hash(secret), now=app.now())
        work.activity.note(who="cli", what="editor.add", before="", after=f"{address} {role}", at=app.now())
    return secret


def list_editors(app: App) -> tuple[Editor, ...]:
    """Everyone of the desk."""
    with app.store.work() as work:
        return tuple(work.editors.list())


def change_role(app: App, address: str, role: str) -> None:
    """Gives another role; running sign-ins keep their person and get the new rights."""
    _known_role(role)
    with app.store.work() as work:
        if not work.editors.set_role(address, role):
            raise _nobody(address)
        work.activity.note(who="cli", what="editor.role", before="", after=f"{address} {role}", at=app.now())


def remove_editor(app: App, address: str) -> None:
    """Removes a person and ends their sign-ins."""
    with app.store.work() as work:
        if not work.editors.remove(address):
            raise _nobody(address)
        work.activity.note(who="cli", what="editor.remove", before=address, after="", at=app.now())


def sign_in(app: App, address: str, password: str) -> str:
    """Checks a password and opens a sign-in; gives the opaque cookie value.

    `Forbidden` with the same words for a wrong password and an unknown address.
    """
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    with app.store.work() as work:
        known = work.editors.password_hash(address)
    try:
        PasswordHasher().verify(known or _DECOY, password)
    except (VerificationError, InvalidHashError) as cause:
        raise _wrong() from cause
    if known is None:
        raise _wrong()
    cookie = secrets.token_urlsafe(32)
    until = app.now() + timedelta(hours=app.settings.web.login_hours)
    with app.store.work() as work:
        work.editors.open_session(address, token_hash=_hash(cookie), now=app.now(), until=until)
    return cookie


_DECOY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$RdescudvJCsgt3ub+b4dWRWJTmaaJObG4sYMQWvXlQ0"
"""Verified against when the address is unknown, so that both answers take as long."""


def who(app: App, cookie: str | None) -> Editor | None:
    """The person a cookie belongs to, while the sign-in lasts."""
    if not cookie:
        return None
    with app.store.work() as work:
        return work.editors.by_session(_hash(cookie), now=app.now())


def sign_out(app: App, cookie: str | None) -> None:
    """Ends the sign-in of that cookie."""
    if cookie:
        with app.store.work() as work:
            work.editors.close_session(_hash(cookie))


def _hash(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()


def _known_role(role: str) -> None:
    if role not in ROLES:
        raise WrongUsage(
            f"Няма роля „{role}“.",
            "Ролите са reader, editor, approver и admin.",
            "Пример: --role approver.",
        )


def _nobody(address: str) -> NotFound:
    return NotFound(
        f"„{address}“ не е в редакцията.",
        "Няма човек с такъв адрес.",
        "Вижте „digest editors list“.",
    )


def _wrong() -> Forbidden:
    return Forbidden(
        "Влизането не беше прието.",
        "Адресът или паролата не са верни.",
        "Опитайте отново или поискайте нова парола от администратор.",
    )
