"""The steps of a morning: `run`, `collect`, `build`, `approve`, `queue`, `dispatch`."""

from __future__ import annotations

import signal
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from digest.cli import say
from digest.cli.call import Call, common
from digest.cli.exits import exit_code
from digest.errors import WrongUsage

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.actions.collecting import CollectReport
    from digest.actions.dispatching import DispatchReport
    from digest.actions.morning import Morning
    from digest.model import Edition, Ledger

DAY = click.DateTime(formats=["%Y-%m-%d"])
Words = dict[str, tuple[str, str]]

COLLECT_WORDS: Words = {
    "sources": ("Източници", "Sources"),
    "fetched": ("Прочетени", "Fetched"),
    "not_modified": ("Без промяна", "Not modified"),
    "failed": ("Неуспешни", "Failed"),
    "articles_new": ("Нови статии", "New articles"),
    "articles_known": ("Вече познати", "Known articles"),
    "articles_altered": ("Променени", "Altered articles"),
    "waiting": ("Изчакват", "Waiting"),
    "rejected": ("Отхвърлени", "Rejected"),
    "refused_known": ("Отхвърлени преди", "Rejected before"),
}
BUILD_WORDS: Words = {
    "edition": ("Брой", "Edition"),
    "state": ("Състояние", "State"),
    "stories": ("Новини", "Stories"),
    "sections": ("Рубрики", "Sections"),
    "warnings": ("Бележки", "Warnings"),
    "subject": ("Тема на писмото", "Subject"),
    "revision": ("Редакция", "Revision"),
    "content_hash": ("Подпис на съдържанието", "Content hash"),
    "held": ("Задържан, защото", "Held because"),
}
QUEUE_WORDS: Words = {
    "edition": ("Брой", "Edition"),
    "planned": ("Наредени доставки", "Planned"),
    "variants": ("Варианти", "Variants"),
    "lanes": ("Коридори", "Lanes"),
}
DISPATCH_WORDS: Words = {
    "accepted": ("Приети", "Accepted"),
    "deferred": ("Отложени", "Deferred"),
    "refused": ("Отказани", "Refused"),
    "unknown": ("С неясна съдба", "Unknown"),
    "seconds": ("Секунди", "Seconds"),
    "per_second": ("В секунда", "Per second"),
    "waiting": ("Чакат", "Waiting"),
    "next_due": ("Следващото е в", "Next due"),
}


def collect_facts(report: CollectReport) -> dict[str, object]:
    """The contract's keys of `collect`."""
    return {
        "sources": report.sources,
        "fetched": report.fetched,
        "not_modified": report.not_modified,
        "failed": report.failed,
        "articles_new": report.articles_new,
        "articles_known": report.articles_known,
        "rejected": report.rejected,
        "articles_altered": report.articles_altered,
        "waiting": report.waiting,
        "refused_known": report.refused_known,
    }


def edition_facts(edition: Edition) -> dict[str, object]:
    """The contract's keys of `build`."""
    return {
        "edition": edition.id,
        "state": str(edition.state),
        "stories": len(edition.stories),
        "sections": {section.slug: len(section.stories) for section in edition.sections},
        "warnings": list(edition.warnings),
        "subject": edition.subject,
        "revision": edition.revision,
    }


def dispatch_facts(report: DispatchReport) -> dict[str, object]:
    """The contract's keys of `dispatch`."""
    return {
        "accepted": report.accepted,
        "deferred": report.deferred,
        "refused": report.refused,
        "unknown": report.unknown,
        "seconds": report.seconds,
        "per_second": report.per_second,
        "waiting": report.waiting,
        "next_due": report.next_due.isoformat() if report.next_due else None,
    } | ({"error": report.trouble.as_dict()} if report.trouble else {})


def ledger_facts(ledger: Ledger) -> dict[str, object]:
    """The contract's keys of `ledger`."""
    names = (
        "planned", "queued", "sending", "accepted", "deferred", "refused", "suppressed",
        "unknown", "cancelled", "balanced",
    )  # fmt: skip
    return {"edition": ledger.edition_id} | {name: getattr(ledger, name) for name in names}


@click.command(epilog="Пример: digest collect --home ./dom --json")
@click.option("--again", is_flag=True, help="Препрочита пазените документи, без мрежа.")
@common
def collect(call: Call, again: bool) -> int:
    """Събира новото от всички източници. Може да се повтаря."""
    from digest.actions.collecting import collect as gather
    from digest.actions.collecting import collect_again

    app = call.app()
    with say.progress("Събиране") as step:
        report = (collect_again if again else gather)(app, progress=step)
    return _told(call, report)


def _told(call: Call, report: CollectReport) -> int:
    say.result(call, collect_facts(report), COLLECT_WORDS)
    explain(call, report)
    if not report.sources:
        say.note("Няма източници. Добавете с „digest sources add АДРЕС --rights …“.")
    return 3 if report.failed else 0


def explain(call: Call, report: CollectReport) -> None:
    """Failures and refusals one by one, for a person on standard error."""
    for source, error in report.failures:
        say.failure(error, source=source)
    for source, address in report.moved:
        say.note(f"Източникът {source} се премести на {address}.")
    if not call.json and report.refusals:
        for one in report.refusals:
            say.note(f"  {one.reason_code}: {one.title or one.url} – {one.reason}")


@click.command(epilog="Пример: digest build --date 2026-11-22 --home ./dom --json")
@click.option("--date", "day", type=DAY, metavar="ГГГГ-ММ-ДД", help="Денят на броя (днес).")
@click.option("--anew", is_flag=True, help="Наново, и върху промените на редактор.")
@common
def build(call: Call, day: datetime | None, anew: bool) -> None:
    """Съставя броя за деня от събраното. Празен ден не прави празен брой."""
    from digest.actions.drafting import build as draft

    edition = draft(call.app(), day=as_day(day), anew=anew)
    say.result(call, edition_facts(edition), BUILD_WORDS)


def as_person(by: str) -> str:
    """The address of whoever acts; anything else is `WrongUsage`."""
    name, at, domain = by.strip().rpartition("@")
    if not (name and at and domain) or any(ch.isspace() or ch < " " for ch in by.strip()):
        raise WrongUsage(
            f"„{by}“ не е адрес.", "Записва се кой е решил.", "Пример: --as editor@example.bg."
        )
    return by.strip()


def as_day(day: datetime | None) -> date | None:
    return day.date() if day else None


@click.command(epilog="Пример: digest approve digest-2026-11-22 --as editor@example.bg")
@click.argument("edition_id", metavar="БРОЙ")
@click.option("--as", "by", required=True, metavar="АДРЕС", help="Кой одобрява.")
@click.option("--revision", type=int, help="Редакцията, която е прегледана.")
@common
def approve(call: Call, edition_id: str, by: str, revision: int | None) -> None:
    """Одобрява броя: подписва точните байтове, които ще тръгнат."""
    from digest.actions.reviewing import approve as sign

    signed = sign(call.app(), edition_id, by=as_person(by), revision=revision)
    facts = edition_facts(signed) | {"content_hash": signed.content_hash}
    say.result(call, facts, BUILD_WORDS)


@click.command(epilog="Пример: digest queue digest-2026-11-22 --json")
@click.argument("edition_id", metavar="БРОЙ")
@click.option(
    "--missed", is_flag=True, help="Пак за отказаните по преходна причина (digest ledger --missed)."
)
@click.option("--as", "by", metavar="АДРЕС", help="Кой го иска; нужно е при --missed.")
@click.option("--yes", is_flag=True, help="Без въпрос.")
@common
def queue(call: Call, edition_id: str, missed: bool, by: str | None, yes: bool) -> None:
    """Нарежда по една доставка за всеки потвърден абонат. Втори път не добавя нищо."""
    if missed:
        from digest.cli.settling import queue_missed

        queue_missed(call, edition_id, by, sure=yes)
        return
    from digest.actions.dispatching import queue as plan
    from digest.actions.queueing import NOBODY

    report = plan(call.app(), edition_id)
    say.result(
        call,
        {
            "edition": report.edition,
            "planned": report.planned,
            "variants": report.variants,
            "lanes": report.lanes,
        },
        QUEUE_WORDS,
    )
    if not report.lanes:
        say.note(f"{NOBODY.what} {NOBODY.fix}")


@click.command(epilog="Пример: digest dispatch --transport smtp://127.0.0.1:2525 --until-empty")
@click.option(
    "--transport",
    metavar="АДРЕС",
    help="folder:ПАПКА, smtp(s)://…, lmtp://…, ses://РЕГИОН; само този път.",
)
@click.option("--connections", type=click.IntRange(1, 100), help="Връзки наведнъж.")
@click.option("--until-empty", is_flag=True, help="Докато има какво да тръгне сега.")
@click.option("--edition", "edition_id", metavar="БРОЙ", help="Само този брой.")
@common
def dispatch(
    call: Call,
    transport: str | None,
    connections: int | None,
    until_empty: bool,
    edition_id: str | None,
) -> int:
    """Изпраща каквото е дошло на ред и казва какво чака."""
    from digest.actions.dispatching import dispatch as send
    from digest.cli.live import bar_of

    app = call.app()
    ends_like_ctrl_c()
    with bar_of(app, edition_id, quiet=call.json) as step:
        report = send(
            app, transport=transport, connections=connections, until_empty=until_empty,
            edition_id=edition_id, progress=step,
        )  # fmt: skip
    say.result(call, dispatch_facts(report), DISPATCH_WORDS)
    if report.trouble:
        say.failure(report.trouble)
        return exit_code(report.trouble)
    if report.waiting and not call.json:
        say.note(f"Чакат {report.waiting}; най-ранното е за {report.next_due}.")
    note_stops(app)
    return 0


def note_stops(app: App) -> None:
    """The lanes that wait for a person, on standard error."""
    from digest.actions import stops

    for one in stops.findings(app):
        say.note(f"{one.what}\n  Какво да направите: {one.fix}")


def ends_like_ctrl_c() -> None:
    """SIGTERM ends the sending as Ctrl-C does: after the window in flight, nothing unknown."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)


@click.command(epilog="Пример: digest run --home ./dom --json")
@click.option("--date", "day", type=DAY, metavar="ГГГГ-ММ-ДД", help="Денят на броя (днес).")
@click.option("--as", "by", metavar="АДРЕС", help="Кой одобрява; без него решава правилото.")
@click.option("--transport", metavar="АДРЕС", help="Както при dispatch.")
@click.option("--connections", type=click.IntRange(1, 100), help="Връзки наведнъж.")
@common
def run(
    call: Call, day: datetime | None, by: str | None, transport: str | None, connections: int | None
) -> int:
    """Една сутрин докрай – или докъдето трябва човек."""
    from digest.actions.morning import run as morning

    app = call.app(upgrade=True)
    ends_like_ctrl_c()
    with say.progress("Сутрин") as step:
        report = morning(
            app, day=as_day(day), approver=as_person(by) if by else None, transport=transport,
            connections=connections,
            progress=step,
        )  # fmt: skip
    return show_morning(call, report)


def show_morning(call: Call, report: Morning) -> int:
    """Prints what a morning came to: one JSON object of the steps' objects, or tables."""
    facts = morning_facts(report)
    if call.json:
        say.line(facts)
    else:
        say.result(call, collect_facts(report.collected), COLLECT_WORDS)
        if report.edition:
            say.result(call, edition_facts(report.edition), BUILD_WORDS)
        if report.dispatched:
            say.result(call, dispatch_facts(report.dispatched), DISPATCH_WORDS)
    explain(call, report.collected)
    if report.held:
        say.note(report.held)
    if report.dispatched and report.dispatched.trouble:
        say.failure(report.dispatched.trouble)
        return exit_code(report.dispatched.trouble)
    return 3 if report.collected.failed or report.edition is None else 0


def morning_facts(report: Morning) -> dict[str, object]:
    """Every step's keys under the step's name; a step that was not reached is null."""
    return {
        "collect": collect_facts(report.collected),
        "edition": edition_facts(report.edition) if report.edition else None,
        "held": report.held,
        "queue": {"planned": report.queued.planned, "variants": report.queued.variants,
                  "lanes": report.queued.lanes} if report.queued else None,
        "dispatch": dispatch_facts(report.dispatched) if report.dispatched else None,
        "ledger": ledger_facts(report.ledger) if report.ledger else None,
    }  # fmt: skip
