"""The people of the desk and their logins; passwords and tokens only as hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from digest.errors import Conflict, NotFound
from digest.store.tables import editors, logins

ROLES = ("reader", "editor", "approver", "admin")


@dataclass(frozen=True, slots=True)
class Editor:
    """A person of the desk. `password_hash` is argon2's own text; `role` one of `ROLES`."""

    address: str
    name: str
    role: str
    password_hash: str
    created_at: datetime

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise ValueError(f"no such role: {self.role!r}")


@dataclass(frozen=True, slots=True)
class Login:
    """An open login of an editor, as a list of one's own logins shows it."""

    token_hash: str
    address: str
    created_at: datetime
    expires_at: datetime
    agent: str


def token_hash(token: str) -> str:
    """What is kept of a login's token: a stolen database opens no session.

    Plain SHA-256: the token is 256 random bits, not a password that could be guessed.
    """
    return hashlib.sha256(token.encode()).hexdigest()


class Editors:
    """The editors on one connection; addresses compare with folded case."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, editor: Editor) -> None:
        """Raises `Conflict` when the address is there already."""
        row = insert(editors).values(
            address=editor.address.casefold(),
            name=editor.name,
            role=editor.role,
            password_hash=editor.password_hash,
            created_at=editor.created_at,
        )
        try:
            with self._connection.begin_nested():
                self._connection.execute(row)
        except IntegrityError as cause:
            raise Conflict(
                f"„{editor.address}“ вече е в редакцията.",
                "Един адрес има един достъп.",
                "Сменете ролята с „digest editors role“.",
            ) from cause

    def get(self, address: str) -> Editor:
        """Raises `NotFound`."""
        return _editor(self._row(address))

    def list(self) -> Sequence[Editor]:
        """All of them, by address."""
        rows = self._connection.execute(select(editors).order_by(editors.c.address))
        return [_editor(row) for row in rows]

    def set_role(self, address: str, role: str) -> None:
        """Raises `NotFound`, and `ValueError` for an unknown role."""
        if role not in ROLES:
            raise ValueError(f"no such role: {role!r}")
        self._set(address, role=role)

    def set_password_hash(self, address: str, password_hash: str) -> None:
        """Keeps a new password and closes all logins. Raises `NotFound`."""
        self._set(address, password_hash=password_hash)
        self.close_all(address)

    def remove(self, address: str) -> None:
        """Takes the access away at once. Raises `NotFound`."""
        self.close_all(address)
        row = self._row(address)
        self._connection.execute(delete(editors).where(editors.c.id == row.id))

    def open_login(
        self, address: str, token: str, *, now: datetime, expires_at: datetime, agent: str = ""
    ) -> None:
        """Opens a login under the hash of a fresh token. Raises `NotFound`."""
        self._connection.execute(
            insert(logins).values(
                token_hash=token_hash(token),
                editor_id=self._row(address).id,
                created_at=now,
                expires_at=expires_at,
                agent=agent[:200],
            )
        )

    def who(self, token: str, now: datetime) -> Editor | None:
        """Whose open login a token is; None when there is none or it has expired."""
        row = self._connection.execute(
            select(editors)
            .join(logins, logins.c.editor_id == editors.c.id)
            .where(logins.c.token_hash == token_hash(token), logins.c.expires_at > now)
        ).first()
        return None if row is None else _editor(row)

    def logins(self, address: str, now: datetime) -> Sequence[Login]:
        """The open logins of an editor, newest first. Raises `NotFound`."""
        rows = self._connection.execute(
            select(logins)
            .where(logins.c.editor_id == self._row(address).id, logins.c.expires_at > now)
            .order_by(logins.c.created_at.desc())
        )
        return [
            Login(row.token_hash, address, row.created_at, row.expires_at, row.agent)
            for row in rows
        ]

    def close_login(self, token: str) -> None:
        """Closes one login; a token that opens nothing is no error."""
        self._connection.execute(delete(logins).where(logins.c.token_hash == token_hash(token)))

    def close_all(self, address: str) -> None:
        """Closes all logins of an editor. Raises `NotFound`."""
        self._connection.execute(delete(logins).where(logins.c.editor_id == self._row(address).id))

    def _row(self, address: str) -> Row[Any]:
        row = self._connection.execute(
            select(editors).where(editors.c.address == address.strip().casefold())
        ).first()
        if row is None:
            raise NotFound(
                f"„{address}“ не е в редакцията.",
                "Няма достъп с такъв адрес.",
                "Добавете го с „digest editors add“.",
            )
        return row

    def _set(self, address: str, **columns: object) -> None:
        row = self._row(address)
        self._connection.execute(update(editors).where(editors.c.id == row.id).values(**columns))


def _editor(row: Row[Any]) -> Editor:
    return Editor(row.address, row.name, row.role, row.password_hash, row.created_at)
