"""Queueing: one delivery planned for each reader, in one transaction, for the approved bytes."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from digest.actions import editions
from digest.actions.app import App
from digest.actions.illustrating import pictures_of
from digest.clock import zone
from digest.errors import Conflict, Finding
from digest.model import Edition, EditionId, EditionState, RenderedEdition

if TYPE_CHECKING:
    from digest.store.work import Work

log = logging.getLogger(__name__)

READY = frozenset({EditionState.APPROVED, EditionState.QUEUED, EditionState.SENT})

TRIES = 3
"""Times to begin anew because a reader changed sections between rendering and planning."""


class _VariantMissing(Conflict):
    """A delivery asks for a set of sections that was not rendered."""


@dataclass(frozen=True, slots=True)
class QueueReport:
    """What was planned: deliveries by lane and the number of variants."""

    edition: EditionId
    planned: int
    variants: int
    lanes: dict[str, int]


def queue(app: App, wanted: str) -> QueueReport:
    """Plans a delivery for every confirmed reader of this edition. A second time plans nothing."""
    edition = editions.get(app, wanted)
    editions.refuse_empty(edition)
    if edition.state not in READY:
        raise Conflict(
            f"Броят „{edition.id}“ не е одобрен.",
            f"Състоянието му е „{edition.state}“.",
            f"Одобрете го с „digest approve {edition.id} --as АДРЕС“.",
        )
    for left in reversed(range(TRIES)):
        try:
            return _plan(app, edition, _complete_variants(app, edition))
        except _VariantMissing:
            if not left:
                raise
    raise AssertionError("the last try returns or raises")


def _plan(app: App, edition: Edition, rendered: RenderedEdition) -> QueueReport:
    with app.store.work() as work:
        _demand_same(work.editions.get(edition.id), edition)
        work.editions.save_rendered(rendered)
        slots = _slots(app, edition, work.deliveries.distinct_slots(app.now()))
        planned = work.deliveries.fill(
            edition,
            slots=slots,
            now=app.now(),
            expires_minutes=app.settings.approval.latest_minutes,
            domain=app.settings.masthead().domain,
            on_unknown=app.settings.approval.on_unknown,
        )
        _demand_variants(work.deliveries.variants(edition.id), rendered)
        if edition.state is EditionState.APPROVED:
            work.editions.set_state(edition.id, EditionState.QUEUED)
            mark_sent(app, work)
        lanes = work.deliveries.lanes(edition.id)
        app.note(work, "digest", "edition.queue", subject=edition.id, after=str(planned))
        if planned:
            app.announce(work, edition.id, slots.values())
    return QueueReport(edition.id, planned, len(rendered.variants), lanes)


def mark_sent(app: App, work: Work) -> None:
    """Editions of which nothing waits any more are sent; what is unknown stays visible."""
    for one in work.deliveries.close_finished():
        if not one.planned:
            log.info("%s had no subscriber to go to", one.edition_id)
            app.note(work, "digest", NOBODY.code, subject=one.edition_id)


NOBODY = Finding(
    "yellow",
    "edition.nobody",
    "Броят е приключен, без да е изпратен на никого: за този ден няма нито един потвърден абонат.",
    "Проверете списъка с „digest subscribers list“; добавите ли хора, повторете „digest queue“.",
)
"""What an editor should know of an edition that was queued for nobody."""


def _demand_same(stored: Edition, seen: Edition) -> None:
    """Between the look and this transaction an editor may have changed or cancelled the edition."""
    if stored.revision != seen.revision or stored.state not in READY:
        raise Conflict(
            f"Броят „{seen.id}“ беше променен, докато се нареждаше.",
            f"Редакцията вече е {stored.revision}, състоянието – „{stored.state}“.",
            "Нищо не е наредено. Отворете броя отново.",
        )


def _demand_variants(planned: Collection[str], rendered: RenderedEdition) -> None:
    """Somebody who chose other sections meanwhile would be refused when it is too late."""
    missing = sorted(set(planned) - set(rendered.variants))
    if missing:
        raise _VariantMissing(
            f"Броят „{rendered.edition_id}“ не е нареден.",
            f"Абонат избра междувременно рубрики без подготвен вариант: „{missing[0]}“.",
            "Повторете; нищо не е записано.",
        )


def _complete_variants(app: App, edition: Edition) -> RenderedEdition:
    """The approved bytes, and the same blocks joined for sets of sections chosen since.

    Raises `Conflict` when rendering today gives other bytes than those that were approved.
    """
    from digest.render.render import render as compile_mail

    with app.store.reading() as work:
        kept = work.editions.rendered(edition.id, edition.revision)
        sets = editions.section_sets(app, work)
    if kept.content_hash != edition.content_hash:
        raise Conflict(
            f"Одобреното съдържание на „{edition.id}“ липсва.",
            "Записаните байтове не отговарят на подписа.",
            "Прегледайте и одобрете броя отново.",
        )
    if {"+".join(sorted(one)) or "all" for one in sets} <= set(kept.variants):
        return kept
    fresh = compile_mail(
        edition,
        app.settings.masthead(),
        section_sets=sets,
        newsroom=app.newsroom,
        overrides=app.home / "templates",
        pictures=pictures_of(app, edition, kept.pictures),
    )
    if any(
        fresh.variants.get(key, kept.variants[key]) != kept.variants[key] for key in kept.variants
    ):
        raise Conflict(
            f"Шаблонът или настройките са сменени след одобрението на „{edition.id}“.",
            "Новите варианти не биха били същите байтове.",
            "Одобрете броя отново.",
        )
    return replace(
        fresh,
        variants={**fresh.variants, **kept.variants},
        content_hash=kept.content_hash,
        pictures=kept.pictures,
    )


def _slots(
    app: App, edition: Edition, pairs: Collection[tuple[str, int | None]]
) -> dict[tuple[str, int | None], datetime]:
    """When each (zone, hour) is due, in UTC. Without an hour: as soon as it is queued.

    A gap on a change night moves to the next valid minute, a repeated hour takes the first
    (fold=0); an hour already past is due at once.
    """
    now = app.now()
    due: dict[tuple[str, int | None], datetime] = {}
    for zone_name, hour in pairs:
        at = now
        if hour is not None:
            local = datetime(
                edition.date.year,
                edition.date.month,
                edition.date.day,
                hour,
                tzinfo=zone(zone_name),
            )
            at = max(now, local)
        due[zone_name, hour] = at
    return due
