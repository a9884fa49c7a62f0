"""`digest edition`, `digest preview`, `digest test-send`."""

from __future__ import annotations

import sys

import click

from digest.bulgarian.moments import moment
from digest.cli import say
from digest.cli.call import Call, common
from digest.cli.correcting import correct, corrections, facts, withdraw
from digest.cli.morning import BUILD_WORDS, as_person, edition_facts
from digest.clock import zone
from digest.render.correction import day


@click.group(epilog="Пример: digest edition show latest")
def edition() -> None:
    """Броеве: списък, преглед, износ, промяна, поправки."""


for _command in (correct, corrections, withdraw):
    edition.add_command(_command)


@edition.command("list", epilog="Пример: digest edition list --json")
@common
def list_(call: Call) -> None:
    """Последните броеве."""
    from digest.actions.editions import list_editions

    found = list_editions(call.app())
    if call.json:
        for one in found:
            say.line(edition_facts(one))
        return
    rows = [(one.id, str(one.state), str(len(one.stories)), one.subject) for one in found]
    none = (
        "Още няма броеве. Първия съставя „digest build“.",
        "No editions yet. „digest build“ makes the first.",
    )
    say.listing(call, ("Брой", "Състояние", "Новини", "Тема"), rows, none)


@edition.command(epilog="Пример: digest edition show latest")
@click.argument("edition_id", metavar="БРОЙ")
@common
def show(call: Call, edition_id: str) -> None:
    """Новините в броя, какво е отпаднало и какво изданията са променили."""
    from digest.actions.altered import alterations
    from digest.actions.editions import get

    app = call.app()
    found = get(app, edition_id)
    changed = alterations(app, found)
    if call.json:
        dropped = [{"id": d.id, "title": d.title, "reason": d.reason} for d in found.dropped]
        told = {story: [one.as_dict() for one in some] for story, some in changed.items() if some}
        righted = [facts(one) for one in found.corrections]
        more = {"dropped": dropped, "altered": told, "corrections": righted}
        say.line(edition_facts(found) | more)
        return
    say.result(call, edition_facts(found), BUILD_WORDS)
    for section in found.sections:
        rows = [
            (one.id, one.title, str(one.independent_sources), f"{one.score:.2f}")
            for one in section.stories
        ]
        say.table(section.name, ("Номер", "Заглавие", "Гласове", "Оценка"), rows)
    noted = [(one.title, one.note) for one in found.stories if one.note]
    if noted:
        say.table("За текстовете", ("Заглавие", "Бележка"), noted)
    if found.corrections:
        corrected = [(day(one.date), one.said, one.right) for one in found.corrections]
        say.table("Поправки на предишни броеве", ("Брой от", "Писахме", "Вярното е"), corrected)
    if found.dropped:
        say.table("Отпаднали", ("Заглавие", "Защо"), [(d.title, d.reason) for d in found.dropped])
    where = zone(app.settings.publication.timezone)
    altered = [
        (one.outlet, moment(one.at, now=app.now(), zone=where), change.sentence)
        for some in changed.values()
        for one in some
        for change in one.changes
    ]
    if altered:
        say.table("Променено от изданията", ("Издание", "Кога", "Какво"), altered)


@edition.command(epilog="Пример: digest edition export latest > edition.json")
@click.argument("edition_id", metavar="БРОЙ")
@common
def export(call: Call, edition_id: str) -> None:
    """Броят като JSON, който „digest render“ чете (docs/formats.md)."""
    import json

    from digest.actions.editions import export as give

    sys.stdout.write(json.dumps(give(call.app(), edition_id), ensure_ascii=False, indent=2) + "\n")


@edition.command(epilog="Пример: digest edition edit latest --story s12 --title „…“ --as a@b.bg")
@click.argument("edition_id", metavar="БРОЙ")
@click.option("--story", required=True, metavar="НОМЕР", help="Коя новина.")
@click.option("--title", metavar="ТЕКСТ", help="Ново заглавие.")
@click.option("--summary", metavar="ТЕКСТ", help="Ново резюме; минава проверката за вярност.")
@click.option("--drop", is_flag=True, help="Изважда новината.")
@click.option("--to", "to", metavar="РУБРИКА:МЯСТО", help="Мести новината.")
@click.option("--no-chart", is_flag=True, help="Маха графиката на новината.")
@click.option("--as", "by", required=True, metavar="АДРЕС", help="Кой променя.")
@common
def edit(
    call: Call,
    edition_id: str,
    story: str,
    title: str | None,
    summary: str | None,
    drop: bool,
    to: str | None,
    no_chart: bool,
    by: str,
) -> None:
    """Прави нова редакция с една промяна. Одобрението отпада."""
    from digest.actions.reviewing import edit as change
    from digest.actions.reviewing import one_edit

    wish = one_edit(story, title=title, summary=summary, drop=drop, to=to, no_chart=no_chart)
    say.result(
        call, edition_facts(change(call.app(), edition_id, wish, by=as_person(by))), BUILD_WORDS
    )


@edition.command(epilog='Пример: digest edition replay latest --without "Прозорец днес"')
@click.argument("edition_id", metavar="БРОЙ")
@click.option("--revision", type=click.IntRange(min=1), help="Коя редакция (последната съставена).")
@click.option("--without", multiple=True, metavar="ИЗТОЧНИК", help="Все едно го няма; може много.")
@common
def replay(call: Call, edition_id: str, revision: int | None, without: tuple[str, ...]) -> int:
    """Съставя броя отново от пазеното: същият ли излиза, и какъв би бил без източник."""
    from digest.actions.replaying import replay as again
    from digest.cli.replayed import facts, show

    found = again(call.app(), edition_id, revision=revision, without=without)
    if call.json:
        say.line(facts(found))
    else:
        show(found)
    return 0 if found.same or without else 3


@click.command(epilog="Пример: digest preview latest --subscriber ivan@example.bg > pismo.eml")
@click.argument("edition_id", metavar="БРОЙ")
@click.option("--subscriber", metavar="АДРЕС", help="Писмото на този абонат.")
@click.option("--part", type=click.Choice(["eml", "html", "text"]), default="eml")
@click.option("--open", "open_", is_flag=True, help="Отваря HTML частта в браузъра.")
@common
def preview(call: Call, edition_id: str, subscriber: str | None, part: str, open_: bool) -> None:
    """Точно байтовете, които биха тръгнали.

    Частта html е за четене в браузър: картините, които писмото носи, са вградени в нея.
    """
    from digest.actions import editions

    app = call.app()
    found = editions.get(app, edition_id)
    if open_:
        import webbrowser

        file = app.home / "preview.html"
        file.write_bytes(editions.viewable(app, found, subscriber=subscriber))
        webbrowser.open(file.resolve().as_uri())
        return
    shown = (
        editions.viewable(app, found, subscriber=subscriber)
        if part == "html"
        else editions.preview(app, found, subscriber=subscriber, kind=part)
    )
    sys.stdout.buffer.write(shown)


@click.command(
    epilog="Пример: digest test-send latest az@example.bg --transport smtp://127.0.0.1:25"
)
@click.argument("edition_id", metavar="БРОЙ")
@click.argument("addresses", metavar="АДРЕС…", nargs=-1, required=True)
@click.option("--transport", metavar="АДРЕС", help="Както при dispatch.")
@common
def test_send(
    call: Call, edition_id: str, addresses: tuple[str, ...], transport: str | None
) -> int:
    """Пробно писмо по истинския път, с „[ТЕСТ]“ в темата и ред отгоре, който го казва."""
    from digest.actions.marked_sending import send_test as send
    from digest.model import Outcome

    results = send(call.app(), edition_id, list(addresses), transport=transport)
    for address, one in zip(addresses, results, strict=True):
        facts = {
            "address": address,
            "outcome": str(one.outcome),
            "reason": one.reason,
            "text": one.text,
        }
        say.result(call, facts, {})
    return 0 if all(one.outcome is Outcome.ACCEPTED for one in results) else 3
