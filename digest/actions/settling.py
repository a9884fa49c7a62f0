"""Settling what is unknown: by an editor's word, by a relay's log, by a report that came back.

A delivery is unknown when it was handed over and no answer came. It stays so until one of these
says what became of it (docs/decisions/0001): nothing here guesses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from digest.actions import denials, editions, reviewing
from digest.actions.app import App
from digest.actions.people import translated
from digest.addresses import nameless
from digest.clock import zone
from digest.errors import Conflict, NotFound, WrongUsage
from digest.model import DeliveryState, EditionId, Outcome

if TYPE_CHECKING:
    from digest.deliver.relay_log import LogRead
    from digest.store.ledger import Line
    from digest.store.work import Work


class Word(StrEnum):
    """What an editor may say of an unknown delivery."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    RESEND = "resend"


STATES = {
    Word.ACCEPTED: DeliveryState.ACCEPTED,
    Word.REFUSED: DeliveryState.REFUSED,
    Word.RESEND: DeliveryState.QUEUED,
}


@dataclass(frozen=True, slots=True)
class Settled:
    """One delivery that is unknown no more."""

    delivery: str
    address: str
    state: DeliveryState


@dataclass(frozen=True, slots=True)
class EvidenceReport:
    """What a log came to, in deliveries: `unknown` there were, and what was made of them.

    `deferred` the relay still tries or has only taken, `not_in_log` it does not name; both stay
    unknown. `resent` are those not in the log that go again.
    """

    edition: EditionId
    unknown: int
    accepted: int = 0
    refused: int = 0
    deferred: int = 0
    not_in_log: int = 0
    resent: int = 0


def settle(app: App, wanted: str, name: str, word: Word, *, by: str, why: str = "") -> Settled:
    """Takes an editor's word for one delivery, by its id, its Message-ID or the address.

    Raises `NotFound` when the edition has no such delivery, `Conflict` when it is not unknown or
    may not go again, `Forbidden` for a person of the desk whose role does not include approving.
    """
    edition = editions.get(app, wanted)
    reviewing.allowed(app, by, "approve")
    said = f"{by}: {nameless(why)}" if why else by
    with translated(), app.store.work() as work:
        line = _line(work, edition.id, name)
        _turn(app, work, edition.id, line, STATES[word], evidence=said, by=by)
        if STATES[word] is DeliveryState.QUEUED:
            app.announce(work, edition.id)
    return Settled(line.delivery, line.address, STATES[word])


def _line(work: Work, edition_id: EditionId, name: str) -> Line:
    number = _named(work, edition_id, name)
    for line in work.deliveries.lines(edition_id, {DeliveryState.UNKNOWN}):
        if line.delivery == number:
            return line
    raise Conflict(
        f"Доставката за „{name[:80]}“ не е с неясна съдба.",
        "Вече е известно какво е станало с нея, или още не е тръгвала.",
        f"Вижте състоянието ѝ с „digest ledger {edition_id} --deliveries“.",
    )


def _named(work: Work, edition_id: EditionId, name: str) -> str:
    """The delivery's id, from an id or Message-ID of this edition or the address of a reader."""
    try:
        found = work.deliveries.find(name)
    except NotFound:
        if "@" not in name or name.strip().startswith("<"):
            raise
        return _of_reader(work, edition_id, name)
    if found.edition_id != edition_id:
        raise NotFound(
            f"Доставката „{name[:80]}“ не е от този брой.",
            f"Тя е от „{found.edition_id}“.",
            f"Повторете с „digest ledger {found.edition_id}“.",
        )
    return found.delivery


def _of_reader(work: Work, edition_id: EditionId, address: str) -> str:
    planned = work.deliveries.of_person(edition_id, work.roll.by_address(address).id)
    if planned is None:
        raise NotFound(
            f"За „{address[:80]}“ няма доставка в този брой.",
            "Броят не е нареждан за този адрес.",
            f"Вижте защо с „digest ledger {edition_id} --missed“.",
        )
    return planned.id


def _turn(
    app: App,
    work: Work,
    edition_id: EditionId,
    line: Line,
    state: DeliveryState,
    *,
    evidence: str,
    by: str,
    denied: bool = False,
) -> None:
    work.deliveries.settle(
        line.delivery,
        state,
        evidence=evidence,
        now=app.now(),
        expires_minutes=app.settings.approval.latest_minutes,
        denied=denied,
    )
    # The delivery and not the address: who somebody is does not belong in the activity log.
    app.note(
        work, by, "delivery.settle", subject=edition_id, before=DeliveryState.UNKNOWN,
        after=f"{state} {line.delivery}: {evidence}"[:500],
    )  # fmt: skip


def by_log(
    app: App, wanted: str, lines: Iterable[str], *, by: str, resend_missing: bool = False
) -> EvidenceReport:
    """Settles the unknown deliveries of an edition by a relay's log or a table of outcomes.

    With `resend_missing` what the log does not name goes again, provided that the log covers the
    time in which it was on the wire. What it says of dead addresses is judged as at send time.
    Raises `WrongUsage` when it does not cover it, or cannot tell.
    """
    edition = editions.get(app, wanted)
    reviewing.allowed(app, by, "approve")
    with app.store.reading() as work:
        seen = list(work.deliveries.lines(edition.id, {DeliveryState.UNKNOWN}))
    # Outside of any transaction: a log may be long, and nobody's sending waits for it.
    read = _read(app, lines, seen)
    with app.store.work() as work:
        doubtful = _still_unknown(work, edition.id, seen)
        missing = [one for one in doubtful if one.message_id not in read.found]
        if resend_missing:
            _demand_covered(read, missing)
        counts = _apply(app, work, edition.id, doubtful, read, by)
        for one in missing if resend_missing else ():
            _turn(app, work, edition.id, one, DeliveryState.QUEUED, evidence=NOT_NAMED, by=by)
        if missing and resend_missing:
            app.announce(work, edition.id)
    denials.judge(app)
    resent = len(missing) if resend_missing else 0
    return EvidenceReport(
        edition=edition.id,
        unknown=len(doubtful),
        accepted=counts[DeliveryState.ACCEPTED],
        refused=counts[DeliveryState.REFUSED],
        deferred=counts[DeliveryState.UNKNOWN],
        not_in_log=len(missing) - resent,
        resent=resent,
    )


def _still_unknown(work: Work, edition_id: EditionId, seen: list[Line]) -> list[Line]:
    """Those of which nobody learned more while the log was read, and that were not tried anew."""
    before = {(one.delivery, one.attempts) for one in seen}
    now = work.deliveries.lines(edition_id, {DeliveryState.UNKNOWN})
    return [one for one in now if (one.delivery, one.attempts) in before]


NOT_NAMED = "дневникът на пощенския сървър не я познава"


def _read(app: App, lines: Iterable[str], doubtful: list[Line]) -> LogRead:
    from digest.deliver.relay_log import is_table, read_postfix, read_table

    wanted = {one.message_id: one.address for one in doubtful}
    ahead = iter(lines)
    first = next(ahead, "")
    whole = (line for some in ((first,), ahead) for line in some)
    if is_table(first):
        return read_table(whole, wanted)
    local = zone(app.settings.publication.timezone)
    return read_postfix(whole, wanted, now=app.now(), zone=local)


def _demand_covered(read: LogRead, missing: list[Line]) -> None:
    outside = [one for one in missing if not read.covers(one.due, one.answered_at or one.due)]
    if outside:
        ends = f"{read.first} – {read.last}" if read.first else "във файла няма часове"
        raise WrongUsage(
            "Непознатите на дневника доставки не могат да тръгнат пак.",
            f"Дневникът не обхваща времето, в което са изпращани ({ends}).",
            "Подайте целия дневник, с предишните му файлове; нищо не е променено.",
        )


def _apply(
    app: App, work: Work, edition_id: EditionId, doubtful: list[Line], read: LogRead, by: str
) -> Counter[DeliveryState]:
    """Settles what the log proves; counts the others that it names under `unknown`."""
    from digest.deliver.relay_log import result_of
    from digest.store.answers import denies, said

    counts: Counter[DeliveryState] = Counter()
    for line in doubtful:
        evidence = read.found.get(line.message_id)
        if evidence is None:
            continue
        result = result_of(line.delivery, evidence)
        if result is None:
            counts[DeliveryState.UNKNOWN] += 1
            continue
        state, dead = OUTCOMES[result.outcome], denies(result)
        # Nameless: whose it is stands in the row, until they are erased, as may have just been.
        words = nameless(said(result))
        _turn(app, work, edition_id, line, state, evidence=words, by=by, denied=dead)
        counts[state] += 1
    return counts


OUTCOMES = {Outcome.ACCEPTED: DeliveryState.ACCEPTED, Outcome.REFUSED: DeliveryState.REFUSED}
