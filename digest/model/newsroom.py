"""The world a newsroom writes about: sections, outlets and their owners, agencies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

OUTLET_KINDS = frozenset({"agency", "tv", "radio", "newspaper", "magazine", "site", "regional"})

_QUOTES = re.compile(r"[„“”\"«»]")


@dataclass(frozen=True, slots=True)
class Topic:
    """A section that a newsroom prints: slug, name and the words that belong to it.

    `words` speak for the section, `strong` ones twice as much; `categories` are what sources call
    it, as labels or parts of an address. A word of several parts is a phrase. `samples` are
    sentences of the kind that the section prints, for an embedding model.
    """

    slug: str
    name: str
    words: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """By the slug: tables are kept by their topics, and a topic has hundreds of words."""
        return hash(self.slug)


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher from `config/outlets.toml`.

    `kind` is one of `OUTLET_KINDS`, `aliases` are other spellings of the name, `source` says where
    the ownership is known from; `language` is an ISO 639-1 code.
    """

    name: str
    owner: str
    hosts: tuple[str, ...] = ()
    kind: str = "site"
    language: str = "bg"
    source: str = ""
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip() or not self.owner.strip():
            raise ValueError("an outlet has a name and an owner")
        if self.kind not in OUTLET_KINDS:
            raise ValueError(f"no such kind of outlet: {self.kind!r}")


@dataclass(frozen=True, slots=True)
class Agency:
    """A wire agency and the spellings under which outlets credit it."""

    name: str
    credits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Newsroom:
    """What settings say of the world: topics, outlets and agencies.

    `general` is the section of a story that nothing decides; `generic` are labels of sources that
    say little („Новини“, „Водещи“). Outlets are looked up in tables that are built once.
    """

    topics: tuple[Topic, ...]
    outlets: tuple[Outlet, ...] = ()
    agencies: tuple[Agency, ...] = ()
    general: str = "obshtestvo"
    generic: tuple[str, ...] = ()
    _names: dict[str, Outlet] = field(
        init=False, repr=False, compare=False, default_factory=dict[str, Outlet]
    )
    _hosts: dict[str, Outlet] = field(
        init=False, repr=False, compare=False, default_factory=dict[str, Outlet]
    )

    def __post_init__(self) -> None:
        for row in self.outlets:
            for host in row.hosts:
                self._hosts.setdefault(host.lower(), row)
        # A name stands before an alias, whatever the order of the rows.
        for row in self.outlets:
            self._names.setdefault(spelled(row.name), row)
        for row in self.outlets:
            for alias in row.aliases:
                self._names.setdefault(spelled(alias), row)

    def outlet(self, name: str, host: str = "") -> Outlet | None:
        """The row of an outlet by its printed name or alias, else by its host or a host above it.

        „sport.dnevnik.example.bg“ is found under „dnevnik.example.bg“, „edin-dnevnik.example.bg“
        is not.
        """
        found = self._names.get(spelled(name)) if name else None
        below = host.lower().rstrip(".")
        while found is None and below:
            found = self._hosts.get(below)
            below = below.partition(".")[2]
        return found

    def owner_of(self, outlet: str) -> str:
        """The owner of an outlet by its printed name; an unknown outlet owns itself."""
        row = self.outlet(outlet)
        return row.owner if row else outlet

    def section_name(self, slug: str) -> str:
        """The printed name of a section; an unknown slug is its own name."""
        return next((t.name for t in self.topics if t.slug == slug), slug)

    def categories(self) -> Mapping[str, str]:
        """Section by label, lower case: its slug, its name and what sources call it."""
        # A section's own name stands before what sources call another.
        own = [(label, t.slug) for t in self.topics for label in (t.slug, t.name)]
        labels = own + [(label, t.slug) for t in self.topics for label in t.categories]
        found: dict[str, str] = {}
        for label, slug in labels:
            found.setdefault(label.casefold(), slug)
        return found


def spelled(name: str) -> str:
    """A name as it is looked up: no case, no quotation marks, single spaces."""
    return " ".join(_QUOTES.sub("", name).casefold().split())
