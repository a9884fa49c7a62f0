"""The world a newsroom writes about: sections, outlets and their owners, agencies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Topic:
    """A section that a newsroom prints: slug, name and the words that belong to it."""

    slug: str
    name: str
    words: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher from `config/outlets.toml`.

    `source` says where the ownership is known from; `language` is an ISO 639-1 code.
    """

    name: str
    owner: str
    hosts: tuple[str, ...] = ()
    kind: str = "site"
    language: str = "bg"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """A wire agency and the spellings under which outlets credit it."""

    name: str
    credits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Newsroom:
    """What settings say of the world: topics, outlets and agencies."""

    topics: tuple[Topic, ...]
    outlets: tuple[Outlet, ...] = ()
    agencies: tuple[Agency, ...] = ()
    general: str = "obshtestvo"
    owners: Mapping[str, str] = field(default_factory=dict)

    def owner_of(self, outlet: str) -> str:
        """The owner of an outlet by its printed name; an unknown outlet owns itself."""
        return self.owners.get(outlet.casefold(), outlet)

    def section_name(self, slug: str) -> str:
        return next((t.name for t in self.topics if t.slug == slug), slug)
