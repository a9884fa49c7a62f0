"""`digest sources`: what the newsroom reads, with its rights."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from digest.cli import say
from digest.cli.call import Call, common

FACTS = {
    "id": ("Номер", "Id"),
    "url": ("Адрес", "Address"),
    "outlet": ("Издание", "Outlet"),
    "rights": ("Права", "Rights"),
    "kind": ("Вид", "Kind"),
}


@click.group(epilog="Пример: digest sources add https://example.bg/rss --rights extract")
def sources() -> None:
    """Източници: емисии, страници и папки."""


@sources.command("list", epilog="Пример: digest sources list --json")
@common
def list_(call: Call) -> None:
    """Източниците и как вървят."""
    from digest.actions.sources import list_sources
    from digest.collect.health import WORDS

    rows = [one.as_dict() for one in list_sources(call.app())]
    if call.json:
        for row in rows:
            say.line(row)
        return
    keys = ("id", "outlet", "rights", "url", "last_ok", "last_new", "rhythm", "level", "sentence")
    heads = (
        "Номер", "Издание", "Права", "Адрес", "Прочетен", "Нова статия", "Обичайно", "Състояние",
        "Какво има",
    )  # fmt: skip
    words = [row | {"level": WORDS[str(row["level"])]} for row in rows]
    say.table(None, heads, [[say.shown(row[key]) for key in keys] for row in words])


@sources.command(epilog="Пример: digest sources add folder:DIR --rights licensed --outlet „Пример“")
@click.argument("address", metavar="АДРЕС")
@click.option("--rights", metavar="ПРАВА", help="licensed, extract, facts или excluded.")
@click.option("--outlet", metavar="ИМЕ", help="Името на изданието, както се печата.")
@click.option("--section", metavar="РУБРИКА", help="Рубрика по подразбиране.")
@click.option("--language", default="bg", show_default=True)
@click.option("--weight", type=float, default=1.0, show_default=True, help="Тежест при подреждане.")
@common
def add(
    call: Call,
    address: str,
    rights: str | None,
    outlet: str | None,
    section: str | None,
    language: str,
    weight: float,
) -> None:
    """Добавя емисия, страница или папка. Правата се казват задължително."""
    from digest.actions.sources import add_source

    source = add_source(
        call.app(), address, rights=rights, outlet=outlet, section=section, language=language,
        weight=weight, base=Path.cwd(),
    )  # fmt: skip
    facts = {key: str(getattr(source, key)) for key in ("id", "url", "outlet", "rights", "kind")}
    say.result(call, facts, FACTS)
    folder = source.url.removeprefix("folder:")
    if source.kind == "folder" and not (call.place() / folder).is_dir():
        say.note(f"Папката „{folder}“ още я няма; направете я преди следващото събиране.")


@sources.command(epilog="Пример: digest sources remove src-0a1b2c3d4e")
@click.argument("wanted", metavar="НОМЕР|АДРЕС")
@common
def remove(call: Call, wanted: str) -> None:
    """Маха източник; статиите му остават."""
    from digest.actions.sources import remove_source

    source = remove_source(call.app(), wanted)
    say.result(call, {"id": source.id, "url": source.url}, FACTS)


@sources.command(epilog="Пример: digest sources check https://example.bg/rss")
@click.argument("address", metavar="АДРЕС")
@common
def check(call: Call, address: str) -> None:
    """Какво е на този адрес и пет записа, както биха се прочели. Нищо не се записва."""
    from digest.cli.inputs import entries_of, fetched

    data, headers, url = fetched(call, address)
    feed = entries_of(call, address, data, headers, url)
    facts = {
        "source": address,
        "kind": feed.kind,
        "entries": len(feed.entries),
        "warnings": list(feed.warnings),
    }
    say.result(call, facts, {})
    for entry in feed.entries[:5]:
        at = entry.published_at.isoformat() if entry.published_at else None
        row = {"title": entry.title, "url": entry.url, "published_at": at}
        say.line(row) if call.json else say.note(f"  {entry.title} – {entry.url}")


@sources.command("import", epilog="Пример: digest sources import spisak.opml --rights extract")
@click.argument("file", metavar="ФАЙЛ", type=click.Path(path_type=Path))
@click.option("--rights", metavar="ПРАВА", help="Правата за всички редове.")
@common
def import_(call: Call, file: Path, rights: str | None) -> int:
    """Добавя източниците от OPML."""
    from digest.actions.sources import import_opml
    from digest.cli.inputs import read_bytes

    done = import_opml(call.app(), read_bytes(str(file)), rights=rights)
    say.result(
        call,
        {"added": len(done.added), "known": len(done.known), "refused": list(done.refused)},
        {},
    )
    return 3 if done.refused else 0


@sources.command(epilog="Пример: digest sources export > spisak.opml")
@common
def export(call: Call) -> None:
    """Източниците като OPML на стандартния изход."""
    from digest.actions.sources import export_opml

    sys.stdout.buffer.write(export_opml(call.app()))
