"""`digest sources`: what the newsroom reads, with its rights."""

from __future__ import annotations

import shlex
import sys
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.bulgarian.typography import count
from digest.cli import say
from digest.cli.call import Call, common
from digest.clock import zone

if TYPE_CHECKING:
    from digest.actions.source_check import Checked
    from digest.collect.trial import Shown

FACTS = {
    "id": ("Номер", "Id"),
    "url": ("Адрес", "Address"),
    "outlet": ("Издание", "Outlet"),
    "rights": ("Права", "Rights"),
    "kind": ("Вид", "Kind"),
}


@click.group(epilog="Пример: digest sources add https://example.bg/rss --rights extract")
def sources() -> None:
    """Източници: емисии, страници, папки и пощенски кутии с бюлетини."""


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
    """Добавя емисия, страница, папка или поща. Правата се казват задължително."""
    from digest.actions.sources import add_source
    from digest.addresses import masked

    source = add_source(
        call.app(), address, rights=rights, outlet=outlet, section=section, language=language,
        weight=weight, base=Path.cwd(),
    )  # fmt: skip
    facts = {key: str(getattr(source, key)) for key in ("id", "url", "outlet", "rights", "kind")}
    say.result(call, facts | {"url": masked(source.url)}, FACTS)
    scheme, _, folder = source.url.partition(":")
    if scheme in {"folder", "maildir"} and not (call.place() / folder).is_dir():
        say.note(f"Папката „{folder}“ още я няма; направете я преди следващото събиране.")


@sources.command(epilog="Пример: digest sources remove src-0a1b2c3d4e")
@click.argument("wanted", metavar="НОМЕР|АДРЕС")
@common
def remove(call: Call, wanted: str) -> None:
    """Маха източник; статиите му остават."""
    from digest.actions.sources import remove_source
    from digest.addresses import masked

    source = remove_source(call.app(), wanted)
    say.result(call, {"id": source.id, "url": masked(source.url)}, FACTS)


@sources.command(epilog="Пример: digest sources check https://example.bg/")
@click.argument("address", metavar="АДРЕС")
@common
def check(call: Call, address: str) -> None:
    """Какво е на този адрес и пет записа, както биха се прочели. Нищо не се записва."""
    from digest.actions.source_check import check_source
    from digest.newsroom import load_newsroom

    home = call.place()
    known = _known(call) if (home / "digest.sqlite3").is_file() else frozenset()
    settings, now = call.loaded().settings, call.clock().now()
    newsroom = load_newsroom(home if home.is_dir() else None)
    found = check_source(
        settings, newsroom, address, home=home, now=now, known=known, base=Path.cwd()
    )
    if call.json:
        say.line(found.as_dict())
    else:
        _show(found, zone(settings.publication.timezone))


def _known(call: Call) -> frozenset[str]:
    from digest.actions.sources import known_sources

    return frozenset(one.url for one in known_sources(call.app()))


_KINDS = {
    "rss": "емисия RSS", "atom": "емисия Atom", "rdf": "емисия RDF", "json": "емисия JSON Feed",
    "xml": "емисия", "sitemap": "карта на новини", "listing": "страница със списък от статии",
    "page": "една статия", "folder": "папка с файлове", "mailbox": "поща с бюлетини",
}  # fmt: skip
_BASES = {
    "json-ld": "от данните на страницата", "meta": "от данните на страницата",
    "time": "от страницата", "feed": "от емисията", "url": "от адреса", "text": "от текста",
}  # fmt: skip


def _show(found: Checked, where: tzinfo) -> None:
    """A look as a person reads it: what it is, the entries, what is wrong, what to type."""
    from digest.addresses import masked

    url, proposal = masked(found.url), found.look.proposal if found.look else None
    facts = {"Какво е": _KINDS.get(found.kind, found.kind), "Адрес": url}
    if proposal is not None:
        facts |= {"Име": proposal.title or "–", "Записи": str(len(proposal.entries))}
    say.table(None, ("", ""), facts.items())
    if found.trial.shown:
        rows = [_shown_row(one, where) for one in found.trial.shown]
        say.table("Както биха се прочели", ("Заглавие", "Дата", "Текст"), rows)
    if found.trial.problems:
        say.table("Какво не е наред", ("",), [[one.sentence] for one in found.trial.problems])
    if found.look is not None and found.look.others:
        others = [(_KINDS.get(one.kind, one.kind), masked(one.url)) for one in found.look.others]
        say.table("Друго на същия адрес", ("Вид", "Адрес"), others)
    add = f"digest sources add {shlex.quote(url)} --rights ПРАВА"
    say.note("Вече е в списъка." if found.known else f"За да го добавите: {add}")


def _shown_row(one: Shown, where: tzinfo) -> list[str]:
    article = one.article
    if article is None:
        return [one.title, "–", one.reason]
    at = article.published_at
    basis = _BASES.get(article.date.basis.value, article.date.basis.value)
    when = f"{at.astimezone(where):%d.%m.%Y, %H:%M}, {basis}" if at else "неизвестна"
    extent = count(len(article.text), "знак") + (", откъс" if article.partial else "")
    return [one.title, when, extent]


@sources.command("import", epilog="Пример: digest sources import spisak.opml --rights extract")
@click.argument("file", metavar="ФАЙЛ", type=click.Path(path_type=Path))
@click.option(
    "--rights", metavar="ПРАВА", help="Правата за всички редове; без тях всеки ред носи своите."
)
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

    done = export_opml(call.app())
    sys.stdout.buffer.write(done.data)
    for outlet in done.without_user:
        say.note(
            f"Адресът на „{outlet}“ е без потребителя и паролата си; добавете ги след внасянето."
        )
