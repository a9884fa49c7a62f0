"""Files of a folder as leads: which are to be read, and which were read as they stand.

A file is known again by its name within its source, and its bytes by their hash: the same bytes
are not read at every round, and a rule of ours that changed does not pass for the outlet's
alteration.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from digest.collect.basket import refusal_keys
from digest.collect.folder import File, Unusable
from digest.collect.identity import file_key
from digest.collect.lead import Lead
from digest.gathered import Memory, RawDocument
from digest.model import Source

AT_ONCE = 20
"""Files that the archive is asked about together; their bytes are in memory meanwhile."""


def file_lead(source: Source, name: str, data: bytes, *, again: bool = False) -> Lead:
    """The lead of a file: its key, and the hash of its bytes."""
    mark = hashlib.sha256(data).hexdigest()[:16]
    return Lead(source, again=again, file=file_key(source.id, name), mark=mark)


def raw_lead(raw: RawDocument, source: Source) -> Lead:
    """The lead of a kept document that is read again."""
    if source.url.startswith("folder:"):
        return file_lead(source, raw.name, raw.body, again=True)
    return Lead(source, raw.entry, again=True)


def file_leads(
    files: Iterable[File | Unusable], source: Source, memory: Memory
) -> Iterator[tuple[File | Unusable, Lead | None]]:
    """Each file with its lead; None for one whose bytes were read before."""
    left = iter(files)
    while some := list(islice(left, AT_ONCE)):
        leads = [
            file_lead(source, one.name, one.data) if isinstance(one, File) else Lead(source)
            for one in some
        ]
        read = _read_before(leads, memory)
        for one, lead in zip(some, leads, strict=True):
            yield one, None if lead.file in read else lead


def _read_before(leads: Sequence[Lead], memory: Memory) -> set[str]:
    """The keys of files that were stored, or refused, with these bytes."""
    files = [lead for lead in leads if lead.file]
    recalled = memory.recall({lead.file for lead in files})
    refused = memory.refused({key for lead in files for key in refusal_keys(lead.file, lead.mark)})
    return {
        lead.file
        for lead in files
        if any(known.mark == lead.mark for known in recalled.get(lead.file, ()))
        or refused.intersection(refusal_keys(lead.file, lead.mark))
    }
