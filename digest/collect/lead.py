"""A document of a round on its way: what led to it, what was made of it, how it is known."""

from __future__ import annotations

from dataclasses import dataclass

from digest.collect.assemble import Made
from digest.gathered import GuidPolicy, Known, Postponed
from digest.model import ArticleId, Entry, Source


@dataclass(frozen=True, slots=True)
class Lead:
    """What led to a document: its source, the entry if there was one, and what is stored of it.

    `transient` marks an article made without its page because of a passing fault: it will be
    read again; `provisional` one whose page was refused as a guard refuses robots, and
    `postponed` what is remembered of its earlier tries. `again` marks a second reading of kept
    bytes. `file` is the key of a folder's file (`identity.file_key`) and `mark` the hash of its
    bytes; both empty for anything else.
    """

    source: Source
    entry: Entry | None = None
    policy: GuidPolicy = GuidPolicy.UNDECIDED
    known: Known | None = None
    reused: ArticleId | None = None
    transient: bool = False
    provisional: bool = False
    postponed: Postponed | None = None
    again: bool = False
    file: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An article of the round with its keys, the mark it is stored under and its raw document."""

    lead: Lead
    made: Made
    keys: tuple[str, ...]
    mark: str
    raw: str
