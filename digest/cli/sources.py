"""`digest sources`: what the newsroom reads, with its rights."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.addresses import masked, without_password
from digest.cli import say
from digest.cli.call import Call, common
from digest.cli.source_words import BASES, FACTS, KINDS, Tongue
from digest.clock import zone
from digest.errors import Conflict, WrongUsage

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.actions.source_check import Checked
    from digest.actions.sources import SourceStatus
    from digest.collect.trial import Shown

HEAVIEST = 100
"""The largest weight of a source; beyond it nothing else would count."""


@click.group(epilog="Пример: digest sources add https://example.bg/rss --rights extract")
def sources() -> None:
    """Източници: емисии, страници, папки и пощенски кутии с бюлетини."""


@sources.command("list", epilog="Пример: digest sources list --json")
@common
def list_(call: Call) -> None:
    """Източниците и как вървят."""
    from digest.actions.sources import list_sources

    app = call.app()
    found = list_sources(app)
    if call.json:
        for one in found:
            say.line(one.as_dict())
        return
    if not found:
        say.note(
            "Няма източници. Добавя ги „digest sources add АДРЕС --rights …“."
            if call.bulgarian()
            else "No sources. „digest sources add ADDRESS --rights …“ adds them."
        )
        return
    _table(found, Tongue(call.bulgarian()), app.now(), zone(app.settings.publication.timezone))


def _table(found: Sequence[SourceStatus], tongue: Tongue, now: datetime, where: tzinfo) -> None:
    """Three short tables, so that each fits a terminal: how they are, what is wrong, where."""
    heads = [tongue.of(key) for key in ("outlet", "last_ok", "last_new", "rhythm", "level")]
    say.table(None, heads, [
        (
            one.source.outlet,
            tongue.moment(one.health.last_ok_at, now, where),
            tongue.moment(one.state.last_new_at, now, where),
            tongue.rhythm(one.rhythm),
            tongue.level(one.standing.level),
        )
        for one in found
    ])  # fmt: skip
    troubles = [(s.source.outlet, s.standing.sentence) for s in found if s.standing.sentence]
    if troubles:
        heads = [tongue.of("outlet"), tongue.of("sentence")]
        say.table(tongue.of("troubles"), heads, troubles)
    heads = [tongue.of(key) for key in ("id", "outlet", "rights", "url")]
    rows = [(str(s.source.id), s.source.outlet, str(s.source.rights), masked(s.source.url))
            for s in found]  # fmt: skip
    say.table(tongue.of("addresses"), heads, rows)


@sources.command(epilog='Пример: digest sources add folder:DIR --rights licensed --outlet "Пример"')
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

    app = call.app()
    _demand_usable(app, address, language, weight)
    source = add_source(
        app, address, rights=rights, outlet=outlet, section=section, language=language,
        weight=weight, base=Path.cwd(),
    )  # fmt: skip
    facts = {key: str(getattr(source, key)) for key in ("id", "url", "outlet", "rights", "kind")}
    say.result(call, facts | {"url": masked(source.url)}, FACTS)
    scheme, _, folder = source.url.partition(":")
    if scheme in {"folder", "maildir"} and not (call.place() / folder).is_dir():
        say.note(f"Папката „{folder}“ още я няма; направете я преди следващото събиране.")


def _demand_usable(app: App, address: str, language: str, weight: float) -> None:
    """Raises `WrongUsage` for a weight or language that is none, `Conflict` for a known address."""
    from digest.actions.sources import known_sources
    from digest.collect.address import identity_key, is_http

    if not 0 < weight <= HEAVIEST:
        raise WrongUsage(
            f"Тежест {weight:g} не се приема.",
            f"Тежестта е число над 0 и най-много {HEAVIEST}; обичайната е 1.",
            "Пример: --weight 1.5",
        )
    if not re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", language):
        raise WrongUsage(
            f"„{language}“ не е код на език.",
            "Езикът се дава с двубуквения или трибуквения си код.",
            "Пример: --language bg",
        )
    key = identity_key(address.strip()) if is_http(address.strip()) else ""
    twin = next((s for s in known_sources(app) if key and identity_key(s.url) == key), None)
    if twin is not None:
        raise Conflict(
            f"Източникът „{masked(address)}“ вече е добавен.",
            f"Той се следи като „{masked(twin.url)}“ ({twin.id}).",
            "Вижте източниците с „digest sources list“.",
        )


@sources.command(epilog="Пример: digest sources remove src-0a1b2c3d4e")
@click.argument("wanted", metavar="НОМЕР|АДРЕС")
@common
def remove(call: Call, wanted: str) -> None:
    """Маха източник; статиите му остават."""
    from digest.actions.sources import remove_source

    source = remove_source(call.app(), wanted)
    say.result(call, {"id": source.id, "url": masked(source.url)}, FACTS)


@sources.command(epilog="Пример: digest sources resume src-0a1b2c3d4e")
@click.argument("wanted", metavar="НОМЕР|АДРЕС")
@common
def resume(call: Call, wanted: str) -> None:
    """Пуска отново спрян източник; следващото събиране го пита начисто."""
    from digest.actions.sources import resume_source

    source = resume_source(call.app(), wanted)
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
        return
    where = zone(settings.publication.timezone)
    _show(found, Tongue(call.bulgarian()), now, where)


def _known(call: Call) -> frozenset[str]:
    from digest.actions.sources import known_sources

    return frozenset(one.url for one in known_sources(call.app()))


def _show(found: Checked, tongue: Tongue, now: datetime, where: tzinfo) -> None:
    """A look as a person reads it: what it is, the entries, what is wrong, what to type."""
    proposal = found.look.proposal if found.look else None
    facts = {"what": tongue.of(found.kind, KINDS), "url": masked(found.url)}
    if proposal is not None:
        facts |= {"name": proposal.title or "–", "entries": str(len(proposal.entries))}
    say.table(None, ("", ""), [(tongue.of(key), value) for key, value in facts.items()])
    if found.trial.shown:
        rows = [_shown_row(one, tongue, now, where) for one in found.trial.shown]
        heads = [tongue.of(key) for key in ("title", "date", "text")]
        say.table(tongue.of("shown"), heads, rows)
    if found.trial.problems:
        problems = [[one.sentence] for one in found.trial.problems]
        say.table(tongue.of("problems"), ("",), problems)
    if found.look is not None and found.look.others:
        others = [(tongue.of(one.kind, KINDS), masked(one.url)) for one in found.look.others]
        say.table(tongue.of("others"), (tongue.of("kind"), tongue.of("url")), others)
    _advise(found, tongue)


def _advise(found: Checked, tongue: Tongue) -> None:
    """What to type. A password is not repeated: a mailbox's has a setting of its own."""
    if found.known:
        say.note(tongue.of("listed"))
        return
    secret = masked(found.url) != found.url
    url = without_password(found.url) if found.kind == "mailbox" else masked(found.url)
    if secret and found.kind != "mailbox":
        url = url.replace("://", "://ПОТРЕБИТЕЛ:ПАРОЛА@", 1)
    say.note(f"{tongue.of('to add')}: digest sources add {shlex.quote(url)} --rights ПРАВА")
    if secret and found.kind == "mailbox":
        say.note("Паролата дайте в променливата DIGEST_COLLECT__IMAP_PASSWORD.")


def _shown_row(one: Shown, tongue: Tongue, now: datetime, where: tzinfo) -> list[str]:
    article = one.article
    if article is None:
        return [one.title, "–", one.reason]
    at = article.published_at
    when = tongue.of("unknown")
    if at is not None:
        when = f"{tongue.moment(at, now, where)}, {tongue.of(article.date.basis.value, BASES)}"
    extent = tongue.characters(len(article.text))
    return [one.title, when, f"{extent}, {tongue.of('partial')}" if article.partial else extent]


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
        FACTS,
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
