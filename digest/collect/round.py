"""One round of collecting: every source once, from addresses and folders to articles.

    sources ─ asking ─ entries ─ reading ─ documents ─ basket ─ batches

The only entry for the actions. `batches` gives a round in parts to be kept one by one; `collect`
gives it whole; `again` reads kept bytes a second time. What fails, fails alone, and every
refusal is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from digest.collect.address import is_http
from digest.collect.asking import Asking
from digest.collect.assemble import Desk
from digest.collect.basket import Basket
from digest.collect.harvest import Altered, Batch, Harvest, Rejected, Visit, gathered
from digest.collect.newsletter import is_mailbox
from digest.collect.reading import Say, pages, read_all
from digest.collect.rereading import documents_of
from digest.gathered import Memory, Nothing, RawDocument, SourceState
from digest.model import Source, SourceId
from digest.settings import Collect

__all__ = [
    "Altered",
    "Batch",
    "Harvest",
    "Rejected",
    "Round",
    "Visit",
    "again",
    "batches",
    "collect",
]


@dataclass(frozen=True, slots=True)
class Round:
    """What a round needs to know beside its sources.

    `memory` is the archive; `states` what is remembered of the sources; `home` is where relative
    folders count from. `urgent` asks sources that only our own pause after failures holds back.
    """

    limits: Collect
    home: Path
    desk: Desk
    memory: Memory = Nothing()  # noqa: RUF009  it has no state
    states: Mapping[SourceId, SourceState] | None = None
    urgent: bool = True
    say: Say = lambda _message: None


def batches(sources: Sequence[Source], needs: Round) -> Iterator[Batch]:
    """Asks every source once. The last batch carries the visits. Raises nothing for a bad source.

    A batch must be kept before the next one is taken: the archive is asked for each.
    """
    basket = Basket(needs.memory, needs.desk, sources)
    asking = Asking(basket, needs.desk, needs.limits, needs.memory, needs.states or {}, needs.say)
    mailboxes = (asking.mailbox(s, needs.home) for s in sources if is_mailbox(s.url))
    feeds = asking.addresses([s for s in sources if is_http(s.url)], urgent=needs.urgent)
    for _ in chain(feeds, chain.from_iterable(mailboxes)):
        if basket.full:
            yield basket.batch()
    folders = (asking.folder(s, needs.home) for s in sources if s.url.startswith("folder:"))
    wanted = pages(
        asking.wanted, basket, needs.desk, needs.limits, needs.say, asking.manners, asking.hold
    )
    documents = chain(chain.from_iterable(folders), wanted)
    for _ in read_all(documents, basket, needs.desk, needs.limits):
        if basket.full:
            yield basket.batch()
    last = basket.batch()
    yield replace(last, visits=tuple(asking.visits()))


def collect(sources: Sequence[Source], needs: Round) -> Harvest:
    """A whole round at once; nothing is kept."""
    return gathered(batches(sources, needs))


def again(kept: Iterable[RawDocument], sources: Sequence[Source], needs: Round) -> Iterator[Batch]:
    """Reads kept bytes again: what reads differently now is altered, what was refused may pass."""
    basket = Basket(needs.memory, needs.desk, sources)
    documents = documents_of(kept, sources, basket, needs.desk)
    for _ in read_all(documents, basket, needs.desk, needs.limits):
        if basket.full:
            yield basket.batch()
    yield basket.batch()
