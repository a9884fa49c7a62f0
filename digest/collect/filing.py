"""Files of a folder as leads: which are to be read, and which were read as they stand.

A file is known again by its name within its source, and its bytes by their hash: the same bytes
are not read at every round, and a rule of ours that changed does not pass for the outlet's
alteration.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from digest.collect.basket import Basket, refusal_keys
from digest.collect.folder import File, Unusable
from digest.collect.identity import file_key
from digest.collect.lead import Lead
from digest.gathered import Memory, RawDocument
from digest.model import Source

AT_ONCE = 20
"""Files that the archive is asked about together; their bytes are in memory meanwhile."""


def file_lead(source: Source, name: str, data: bytes, *, again: bool = False) -> Lead:
    """The lead of a file: its key, and the hash of its bytes."""
    return Lead(source, again=again, file=file_key(source.id, name), mark=hash_of(data))


def leave(
    basket: Basket, memory: Memory, source: Source, name: str, why: str, mark: str, code: str
) -> None:
    """Refuses a file or letter that cannot be read; one that was refused so before is counted."""
    keys = refusal_keys(file_key(source.id, name or "*"), mark)
    if memory.refused(set(keys)):
        basket.count_refused()
    else:
        basket.reject(source, "", name, code, why, keys)


def hash_of(data: bytes) -> str:
    """The mark of a file or letter."""
    return hashlib.sha256(data).hexdigest()[:16]


def raw_lead(raw: RawDocument, source: Source) -> Lead:
    """The lead of a kept document that is read again."""
    if source.url.startswith("folder:"):
        return file_lead(source, raw.name, raw.body, again=True)
    return Lead(source, raw.entry, again=True)


def file_leads(
    files: Iterable[File | Unusable], source: Source, memory: Memory, basket: Basket
) -> Iterator[tuple[File | Unusable, Lead | None]]:
    """Each file with its lead; None for one whose bytes were stored before."""
    left = iter(files)
    while some := list(islice(left, AT_ONCE)):
        leads = [
            file_lead(source, one.name, one.data) if isinstance(one, File) else Lead(source)
            for one in some
        ]
        known, refused = _read_before(leads, memory)
        for one, lead in zip(some, leads, strict=True):
            if lead.file and lead.file in refused:
                basket.count_refused()
            else:
                yield one, None if lead.file in known else lead


def _read_before(leads: Sequence[Lead], memory: Memory) -> tuple[set[str], set[str]]:
    """The keys of files that were stored, and of those that were refused, with these bytes."""
    files = [lead for lead in leads if lead.file]
    recalled = memory.recall({lead.file for lead in files})
    keys = {lead.file: refusal_keys(lead.file, lead.mark) for lead in files}
    there = memory.refused({key for some in keys.values() for key in some})
    known = {
        lead.file
        for lead in files
        if any(known.mark == lead.mark for known in recalled.get(lead.file, ()))
    }
    return known, {file for file, some in keys.items() if there.intersection(some)} - known
