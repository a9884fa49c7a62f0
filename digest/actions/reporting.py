"""Reporting: is everything in order for seven in the morning. `digest doctor`."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from digest.actions import domain_check, stops, troubles
from digest.actions.app import App
from digest.actions.illustrating import logo_findings
from digest.actions.signing import findings as dkim_findings
from digest.assets import templates_dir
from digest.bulgarian.typography import count
from digest.clock import real_now
from digest.errors import DigestError, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

MIN_FREE_BYTES = 200_000_000


def doctor(app: App) -> tuple[Finding, ...]:
    """Findings on database, templates, clock, mail, collecting, model, disk, work; red first."""
    checks = (_clock, _mail, dkim_findings, domain_check.findings, _collector, _model, _disk, _work)
    found = [*_database(app), *_templates(), *_own_templates(app), *_sections(app)]
    found += [*troubles.findings(app), *stops.findings(app)]
    found += logo_findings(app)
    found += [one for check in checks for one in check(app)]
    order = {"red": 0, "yellow": 1, "green": 2}
    return tuple(sorted(found, key=lambda one: order[one.level]))


def _database(app: App) -> Iterator[Finding]:
    from digest.store.schema import check

    yield from check(app.store)


def _templates() -> Iterator[Finding]:
    missing = [
        name for name in ("subject.txt.j2", "body.mjml.j2", "body.txt.j2")
        if not (templates_dir() / "email" / "digest" / name).is_file()
    ]  # fmt: skip
    if missing:
        yield Finding(
            "red", "templates", f"Липсва шаблон: {missing[0]}.", "Инсталирайте пакета отново."
        )
    else:
        yield Finding("green", "templates", "Шаблоните са на мястото си.")


def _own_templates(app: App) -> Iterator[Finding]:
    """A newsroom learns of a slip in its template today, not from tomorrow's mail."""
    from digest.render.trial import has_own, own_templates

    folder = app.home / "templates"
    if not has_own(folder):
        return
    found = own_templates(app.settings.masthead(), app.newsroom, folder)
    yield from found or [Finding("green", "own-templates", "Собствените образци се попълват.")]


def _sections(app: App) -> Iterator[Finding]:
    """A colour or an interest for a section that is not there does nothing and says nothing."""
    known = [topic.slug for topic in app.newsroom.topics]
    tables = (
        ("brand.sections", app.settings.brand.sections),
        ("rank.interest", app.settings.rank.interest),
    )
    for table, slugs in tables:
        for slug in sorted(set(slugs) - set(known)):
            yield Finding(
                "yellow",
                "unknown-section",
                f"„{slug}“ в [{table}] не е рубрика и не се използва.",
                f"Рубриките са: {', '.join(known)}.",
            )


def _clock(app: App) -> Iterator[Finding]:
    away = abs((real_now() - app.now()).total_seconds())
    if away > 60:
        yield Finding(
            "yellow", "clock", "Часовникът е закован с --now.", "Махнете --now за истинска сутрин."
        )
    else:
        own = app.settings.publication
        yield Finding("green", "clock", f"Зона {own.timezone}, изпращане в {own.send_at}.")


def _mail(app: App) -> Iterator[Finding]:
    own = app.settings.publication
    if domain_check.sample(app.settings.masthead().domain):
        yield Finding(
            "yellow", "from-address", f"Адресът на подателя е примерен: {own.from_address}.",
            "Задайте publication.from_address от своя домейн, със SPF, DKIM и DMARC.",
        )  # fmt: skip
    if not own.public_url.startswith("https://"):
        yield Finding(
            "yellow", "public-url", f"Отписването е на {own.public_url}, без https.",
            "Gmail и Yahoo искат https адрес за отписване с едно натискане (RFC 8058).",
        )  # fmt: skip
    try:
        from digest.actions.dispatching import open_transport

        shown = open_transport(app, None).shown
        yield Finding("green", "transport", f"Писмата тръгват през {shown}.")
    except DigestError as error:
        yield Finding("red", "transport", f"{error.what} {error.why}", error.fix)
    yield from _lease(app)


LEASE_ANSWERS = 3
"""A lease outlasts so many answers of a relay: what is one message's before the next look at it."""


def _lease(app: App) -> Iterator[Finding]:
    options = app.settings.dispatch
    least = LEASE_ANSWERS * options.smtp_timeout_seconds
    if options.lease_seconds < least:
        yield Finding(
            "yellow", "lease",
            f"Работникът държи редовете си {count(options.lease_seconds, 'секунда')}, а един бавен "
            f"сървър може да го бави {count(round(least), 'секунда')}.",
            f"Задайте dispatch.lease_seconds поне {round(least)}: иначе при бавен сървър писмата "
            "остават със съмнение дали са стигнали.",
        )  # fmt: skip


def _collector(app: App) -> Iterator[Finding]:
    from digest.settings import Collect

    said = app.settings.collect.user_agent
    if said == Collect().user_agent:
        yield Finding(
            "yellow", "user-agent", f"Събирането се представя с примерен адрес: {said}.",
            "Задайте collect.user_agent със свой адрес, на който издателите да пишат.",
        )  # fmt: skip
    slices = app.settings.collect.slices
    if slices and app.store.url.get_backend_name() == "sqlite":
        yield Finding(
            "yellow",
            "slices",
            f"collect.slices = {slices} не прави нищо: базата е SQLite, а работниците на други "
            "машини се събират около PostgreSQL.",
            "Махнете collect.slices или посочете PostgreSQL в database.url.",
        )


def _model(app: App) -> Iterator[Finding]:
    """Whether the language model can be asked at all; nobody is asked."""
    from digest.actions.writing import open_writer

    options = app.settings.summarise.model
    if not options.enabled:
        return
    try:
        name = open_writer(options).name
    except DigestError as error:
        # Yellow: the morning goes on without it, with extractive summaries.
        yield Finding("yellow", "model", f"{error.what} {error.why}", error.fix)
    else:
        yield Finding("green", "model", f"Пише езиков модел: {name}.")


def _disk(app: App) -> Iterator[Finding]:
    free = shutil.disk_usage(app.home).free
    if free < MIN_FREE_BYTES:
        yield Finding(
            "red", "disk", f"Свободни са само {free // 1_000_000} MB.", "Освободете място."
        )
    else:
        yield Finding("green", "disk", f"Свободни са {free // 1_000_000} MB.")


def _work(app: App) -> Iterator[Finding]:
    with app.store.work() as work:
        sources = len(work.sources.list(active_only=True))
        readers = work.roll.count()
        waiting, _ = work.deliveries.waiting(None, app.now())
        copy = work.marks.restored()
    if copy is not None:
        yield Finding(
            "red",
            "restored",
            f"Базата е върната от копие „{copy}“ и не изпраща.",
            "Проверете отчета и разрешете с „digest db confirm --as АДРЕС“.",
        )
    if sources:
        yield Finding("green", "sources", f"Източници: {sources}.")
    else:
        yield Finding("yellow", "sources", "Няма източници.", "digest sources add АДРЕС --rights …")
    yield Finding("green", "readers", f"Абонати: {readers}; в опашката чакат {waiting}.")
