"""Staff: the people of the desk, their roles, and signing in."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from digest.actions.app import App
from digest.errors import Forbidden, NotFound, WrongUsage

if TYPE_CHECKING:
    from digest.store.editors import Editor

NEEDS = {"read": "reader", "edit": "editor", "approve": "approver", "admin": "admin"}
"""Right → the least role that has it; each role may do what the ones before it may."""

ROLES = tuple(NEEDS.values())


def may(editor: Editor, right: str) -> bool:
    """Whether that person's role includes `read`, `edit`, `approve` or `admin`."""
    return ROLES.index(editor.role) >= ROLES.index(NEEDS[right])


def add_editor(
    app: App, address: str, *, role: str, name: str = "", password: str | None = None
) -> str:
    """Adds a person and gives the one-time password (or the one handed in).

    Raises `WrongUsage` for an unknown role, `Conflict` for a known address.
    """
    from argon2 import PasswordHasher

    from digest.store.editors import Editor

    secret = password or secrets.token_urlsafe(12)
    _known_role(role)
    person = Editor(address, name, role, PasswordHasher().hash(secret), app.now())
    with app.store.work() as work:
        work.editors.add(person)
        app.note(work, "cli", "editor.add", subject=address, after=role)
    return secret


def list_editors(app: App) -> tuple[Editor, ...]:
    """Everyone of the desk."""
    with app.store.reading() as work:
        return tuple(work.editors.list())


def change_role(app: App, address: str, role: str) -> None:
    """Gives another role; running sign-ins keep their person and get the new rights."""
    _known_role(role)
    with app.store.work() as work:
        before = work.editors.get(address).role
        work.editors.set_role(address, role)
        app.note(work, "cli", "editor.role", subject=address, before=before, after=role)


def remove_editor(app: App, address: str) -> None:
    """Removes a person and ends their sign-ins. Raises `NotFound`."""
    with app.store.work() as work:
        work.editors.remove(address)
        app.note(work, "cli", "editor.remove", subject=address)


def sign_in(app: App, address: str, password: str, *, agent: str = "") -> str:
    """Checks a password and opens a sign-in; gives the opaque cookie value.

    `Forbidden` with the same words, after the same work, for a wrong password and an unknown
    address.
    """
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    hasher = PasswordHasher()
    known = _hash_of(app, address)
    try:
        hasher.verify(known or hasher.hash(secrets.token_hex(8)), password)
    except (VerificationError, InvalidHashError) as cause:
        raise _wrong() from cause
    cookie = secrets.token_urlsafe(32)
    until = app.now() + timedelta(hours=app.settings.web.login_hours)
    with app.store.work() as work:
        work.editors.open_login(address, cookie, now=app.now(), expires_at=until, agent=agent)
        app.note(work, address, "editor.sign-in", subject=address)
    return cookie


def _hash_of(app: App, address: str) -> str | None:
    try:
        with app.store.reading() as work:
            return work.editors.get(address).password_hash
    except NotFound:
        return None


def who(app: App, cookie: str | None) -> Editor | None:
    """The person a cookie belongs to, while the sign-in lasts."""
    if not cookie:
        return None
    with app.store.reading() as work:
        return work.editors.who(cookie, app.now())


def sign_out(app: App, cookie: str | None) -> None:
    """Ends the sign-in of that cookie."""
    if cookie:
        with app.store.work() as work:
            work.editors.close_login(cookie)


def _known_role(role: str) -> None:
    if role not in ROLES:
        raise WrongUsage(
            f"Няма роля „{role}“.",
            "Ролите са reader, editor, approver и admin.",
            "Пример: --role approver.",
        )


def _wrong() -> Forbidden:
    return Forbidden(
        "Влизането не беше прието.",
        "Адресът или паролата не са верни.",
        "Опитайте отново или поискайте нова парола от администратор.",
    )
