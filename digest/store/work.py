"""The unit of work: one connection, one transaction, all repositories.

Committed on clean exit, rolled back on any error. Only `digest/actions/` and `digest/jobs/`
open one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, Engine

from digest.model import SubscriberId
from digest.store.activity import Activity
from digest.store.articles import Articles
from digest.store.corrections import Corrections
from digest.store.deliveries import Deliveries
from digest.store.denials import Denials
from digest.store.desk import Learning, Rulings
from digest.store.editions import Editions
from digest.store.editors import Editors
from digest.store.engine import READING, alone, database_url, durable, open_engine, translated
from digest.store.hooks import HookEvents
from digest.store.inputs import EditionInputs
from digest.store.lanes import Lanes
from digest.store.marks import Marks
from digest.store.public import PublicEditions
from digest.store.raw import Raw
from digest.store.returned import Returned
from digest.store.rounds import Rounds
from digest.store.signer import Signer
from digest.store.sources import Sources
from digest.store.stories import Stories
from digest.store.version import demand_current
from digest.store.written import WrittenTexts
from subscribers.erase import Erased, erase
from subscribers.roll import Roll


class Work:
    """The repositories on one connection."""

    def __init__(self, connection: Connection, signer: Signer) -> None:
        self.connection = connection
        self.signer = signer
        self.sources = Sources(connection)
        self.articles = Articles(connection)
        self.raw = Raw(connection)
        self.rounds = Rounds(connection)
        self.stories = Stories(connection)
        self.editions = Editions(connection)
        self.public = PublicEditions(connection)
        self.inputs = EditionInputs(connection)
        self.written = WrittenTexts(connection)
        self.deliveries = Deliveries(connection, signer)
        self.lanes = Lanes(connection)
        self.denials = Denials(connection)
        self.hooks = HookEvents(connection, signer)
        self.returned = Returned(connection, signer)
        self.corrections = Corrections(connection)
        self.editors = Editors(connection)
        self.marks = Marks(connection)
        self.rulings = Rulings(connection)
        self.learning = Learning(connection)
        self.activity = Activity(connection)
        self.roll = Roll(connection, signer.hasher)

    def erase(self, address: str, at: datetime) -> Erased:
        """Erases a person here and hides the address in the ledger; the counts stay."""
        erased = erase(self.roll, address, at)
        if erased.person_id is not None:
            self.returned.forget(SubscriberId(str(erased.person_id)))
            self.deliveries.hide(erased.person_id, erased.address_hash, erased.masked)
        return erased


class Store:
    """A database and the key under which its rows are named."""

    def __init__(self, url: str, *, key: bytes) -> None:
        """Opens nothing yet. Raises `WrongSettings` for an address that cannot be used."""
        self.url = database_url(url)
        self.signer = Signer(key)
        self.engine: Engine = open_engine(self.url)
        self._current = False

    @contextmanager
    def work(self) -> Iterator[Work]:
        """A unit of work that may write.

        Raises `StorageFault` when the database is full, locked, damaged, empty or newer, and
        `Unavailable` when its server does not answer.
        """
        with translated(), self.engine.connect() as connection, connection.begin():
            yield self.work_on(connection)

    @contextmanager
    def reading(self) -> Iterator[Work]:
        """A unit of work that only reads and does not wait for writers; rolled back at the end."""
        with translated(), self.engine.connect() as bare:
            connection = bare.execution_options(**{READING: True})
            with connection.begin() as transaction:
                yield self.work_on(connection)
                transaction.rollback()

    @contextmanager
    def hand(self) -> Iterator[Hand]:
        """A connection that is kept for many units of work, for one thread."""
        hand = Hand(self)
        try:
            yield hand
        finally:
            hand.drop()

    def work_on(self, connection: Connection) -> Work:
        """The repositories on a connection. Raises `StorageFault` for an older or newer schema."""
        if not self._current:
            demand_current(connection)
            self._current = True
        return Work(connection, self.signer)

    def close(self) -> None:
        """Closes the connections that are kept."""
        self.engine.dispose()


class Hand:
    """One connection for many units of work, one after the other; not shared between threads.

    What it commits is on the disk when it returns, also where the store's other work is only safe
    from a crash of the process (`engine.durable`).
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._connection: Connection | None = None

    @contextmanager
    def work(self) -> Iterator[Work]:
        """As `Store.work`. After any error the next unit has a connection of its own."""
        try:
            with translated():
                connection = self._open()
                with connection.begin():
                    yield self._store.work_on(connection)
        except BaseException:
            self.drop()
            raise

    @contextmanager
    def statement(self) -> Iterator[Work]:
        """A unit of work for one statement, which on SQLite is its own transaction."""
        try:
            with translated():
                connection = self._open()
                with alone(connection), connection.begin():
                    yield self._store.work_on(connection)
        except BaseException:
            self.drop()
            raise

    def _open(self) -> Connection:
        if self._connection is None:
            self._connection = durable(self._store.engine.connect())
        return self._connection

    def drop(self) -> None:
        """Closes the connection; another is made when it is needed."""
        held, self._connection = self._connection, None
        if held is not None:
            held.close()
