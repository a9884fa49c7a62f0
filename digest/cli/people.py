"""`digest subscribers`, `digest inbound`, `digest editors`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli import say
from digest.cli.call import Call, F, common
from digest.errors import BadInput, WrongUsage

if TYPE_CHECKING:
    from digest.actions.app import App
    from subscribers.model import Person

ADDRESSES = click.argument("addresses", metavar="АДРЕС…", nargs=-1, required=True)
SHORTEST_PASSWORD = 10
"""Characters of a password that a person chose."""


@click.group(epilog="Пример: digest subscribers import people.csv --basis consent --evidence „…“")
def subscribers() -> None:
    """Абонати: списък, внос, износ, блокиране, изтриване."""


@subscribers.command("list", epilog="Пример: digest subscribers list --json")
@common
def list_(call: Call) -> None:
    """Всички абонати и изборите им."""
    from digest.actions.subscribing import list_people

    rows = (_person(one, suppressed) for one, suppressed in list_people(call.app()))
    if call.json:
        for row in rows:
            say.line(row)
        return
    keys = ("address", "name", "status", "sections", "hour", "frequency", "format")
    heads = ("Адрес", "Име", "Състояние", "Рубрики", "Час", "Колко често", "Вид")
    none = (
        "Няма абонати. От файл ги внася „digest subscribers import“.",
        "No subscribers. „digest subscribers import“ takes them from a file.",
    )
    shown = ([say.shown(_marked(row)[key]) for key in keys] for row in rows)
    say.listing(call, heads, shown, none)


def _marked(row: dict[str, object]) -> dict[str, object]:
    """The row for a person's eyes: whoever is suppressed is so whatever their own state."""
    return row | {"status": f"{row['status']}, блокиран"} if row["suppressed"] else row


def _person(person: Person, suppressed: bool) -> dict[str, object]:
    return {
        "address": person.address,
        "name": person.name,
        "status": str(person.status),
        "suppressed": suppressed,
        "sections": sorted(person.sections),
        "hour": person.hour,
        "timezone": person.timezone,
        "frequency": str(person.frequency),
        "format": str(person.format),
    }


def _basis(command: F) -> F:
    for option in (
        click.option("--confirmed", is_flag=True, help="Вече са потвърдили; не пита отново."),
        click.option("--evidence", metavar="ТЕКСТ", help="Откъде знаем: форма, договор, дата."),
        click.option("--basis", metavar="ОСНОВАНИЕ", help="consent, contract или друго основание."),
    ):
        command = option(command)
    return command


@subscribers.command(
    epilog="Пример: digest subscribers add ivan@example.bg --basis consent --evidence „…“"
)
@click.argument("address", metavar="АДРЕС")
@_basis
@common
def add(call: Call, address: str, basis: str | None, evidence: str | None, confirmed: bool) -> int:
    """Добавя един човек, с основание и доказателство."""
    from digest.actions.subscribing import add_person

    done = add_person(call.app(), address, basis=basis, evidence=evidence, confirmed=confirmed)
    return _imported(call, done)


@subscribers.command(
    "import",
    epilog="Пример: digest subscribers import people.csv --basis consent --evidence „форма“",
)
@click.argument("file", metavar="ФАЙЛ")
@_basis
@common
def import_(call: Call, file: str, basis: str | None, evidence: str | None, confirmed: bool) -> int:
    """Внася хора от CSV; лош ред не спира останалите."""
    from digest.actions.subscribing import import_people
    from digest.cli.inputs import read_bytes

    data = read_bytes(file)
    done = import_people(call.app(), data, basis=basis, evidence=evidence, confirmed=confirmed)
    return _imported(call, done)


def _imported(call: Call, done: object) -> int:
    from subscribers.transfer import Imported

    assert isinstance(done, Imported)
    words = {
        "added": ("Добавени", "Added"),
        "updated": ("Обновени", "Updated"),
        "refused": ("Отказани", "Refused"),
        "suppressed": ("Блокирани", "Suppressed"),
    }
    facts = {
        "added": done.added,
        "updated": done.updated,
        "refused": len(done.refused),
        "suppressed": done.suppressed,
    }
    if call.json and done.refused:
        facts["refusals"] = [{"line": n, "why": why} for n, why in done.refused]  # type: ignore[assignment]
    say.result(call, facts, words)
    for number, why in done.refused:
        say.note(f"  ред {number}: {why}")
    return 3 if done.refused else 0


@subscribers.command(epilog="Пример: digest subscribers export > people.csv")
@click.argument("file", metavar="[ФАЙЛ]", required=False, type=click.Path(path_type=Path))
@common
def export(call: Call, file: Path | None) -> None:
    """Всички като CSV: на стандартния изход или във файл."""
    from digest.actions.subscribing import export_people

    parts = export_people(call.app())
    if file is None:
        sys.stdout.buffer.writelines(parts)
        return
    with file.open("wb") as out:
        lines = sum(bool(out.write(part)) for part in parts)
    words = {"exported": ("Изнесени", "Exported"), "file": ("Файл", "File")}
    say.result(call, {"exported": lines - 1, "file": str(file)}, words)


def _sure(addresses: tuple[str, ...], *, yes: bool, what: str) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise WrongUsage(f"{what} иска потвърждение.", "Няма кого да питам.", "Добавете --yes.")
    click.confirm(f"{what}: {len(addresses)}. Сигурни ли сте?", abort=True)


def _each(
    call: Call,
    addresses: tuple[str, ...],
    act: Callable[[str], int],
    key: str,
    words: tuple[str, str],
) -> int:
    """Does the act for every address on its own; a bad one is told and stops nobody."""
    done = failed = 0
    for address in addresses:
        try:
            done += act(address)
        except BadInput as error:
            failed += 1
            say.failure(error, json_too=call.json, source=address)
    say.result(call, {key: done}, {key: words})
    return 3 if failed else 0


@subscribers.command(epilog="Пример: digest subscribers erase ivan@example.bg --yes")
@ADDRESSES
@click.option("--yes", is_flag=True, help="Без въпрос.")
@common
def erase(call: Call, addresses: tuple[str, ...], yes: bool) -> int:
    """Изтрива хора и записите за тях; остава само отпечатък, за да не им се пише пак."""
    from digest.actions.subscribing import erase as act

    _sure(addresses, yes=yes, what="Изтриване на хора")
    app = call.app()
    return _each(call, addresses, lambda one: act(app, [one]), "erased", ("Изтрити", "Erased"))


@subscribers.command(epilog="Пример: digest subscribers suppress ivan@example.bg --yes")
@ADDRESSES
@click.option("--reason", default="ръчно", show_default=True, metavar="ПРИЧИНА")
@click.option("--yes", is_flag=True, help="Без въпрос.")
@common
def suppress(call: Call, addresses: tuple[str, ...], reason: str, yes: bool) -> int:
    """Никога повече писмо до тези адреси, каквото и да казва списъкът."""
    from digest.actions.subscribing import suppress as act

    _sure(addresses, yes=yes, what="Блокиране на адреси")
    app = call.app()
    words = ("Блокирани", "Suppressed")
    return _each(call, addresses, lambda one: act(app, [one], reason=reason), "suppressed", words)


@subscribers.command(epilog="Пример: digest subscribers unsuppress ivan@example.bg")
@ADDRESSES
@common
def unsuppress(call: Call, addresses: tuple[str, ...]) -> int:
    """Маха блокирането."""
    from digest.actions.subscribing import unsuppress as act

    app = call.app()
    words = ("Отблокирани", "Unsuppressed")
    return _each(call, addresses, lambda one: act(app, [one]), "unsuppressed", words)


@click.command(epilog="Пример: digest inbound --maildir ./Maildir --json")
@click.argument("files", metavar="ФАЙЛ…", nargs=-1)
@click.option("--maildir", type=click.Path(path_type=Path), metavar="ПАПКА")
@click.option("--imap", metavar="АДРЕС", help="imaps://потребител:парола@сървър/папка")
@click.option("--listen", metavar="ХОСТ:ПОРТ", help="Приема по LMTP.")
@common
def inbound(
    call: Call, files: tuple[str, ...], maildir: Path | None, imap: str | None, listen: str | None
) -> int:
    """Чете върнати писма, оплаквания и отписвания и прави каквото следва от тях."""
    from digest.actions.inbound import receive
    from digest.cli.inputs import letters

    app = call.app()

    def read(name: str) -> list[dict[str, object]]:
        return [receive(app, data, source=source) for source, data in letters(name)]

    if not files and not maildir and not imap and not listen:
        raise WrongUsage(
            "Не е казано откъде да се четат писмата.",
            "Няма нито файл, нито --maildir, --imap или --listen.",
            "Пример: digest inbound varnato.eml",
        )
    if listen:
        _listen(call, app, listen)
        return 0
    places = [*files, *([f"maildir:{maildir}"] if maildir else []), *([imap] if imap else [])]
    return say.each(call, places, read, lambda row: say.note(f"{row['source']}: {row['kind']}"))


def _listen(call: Call, app: App, place: str) -> None:
    """Takes letters by LMTP until the process is told to end."""
    from digest.actions.inbound import receive
    from digest.inbound.receivers import listen

    def take(data: bytes, source: str) -> None:
        row = receive(app, data, source=source)
        say.line(row) if call.json else say.note(f"{source}: {row['kind']}")

    listen(place, take, ready=lambda where: say.note(f"Приемам по LMTP на {where}."))


@click.group(epilog="Пример: digest editors add editor@example.bg --role approver")
def editors() -> None:
    """Хората на редакцията: reader, editor, approver, admin."""


@editors.command("list", epilog="Пример: digest editors list")
@common
def list_editors(call: Call) -> None:
    """Кой има достъп и с каква роля."""
    from digest.actions.staff import list_editors as everyone

    found = list(everyone(call.app()))
    if not found and not call.json:
        say.note(
            "Редакцията няма хора. Добавя ги „digest editors add“."
            if call.bulgarian()
            else "No editors. „digest editors add“ adds them."
        )
    for one in found:
        row = {"address": one.address, "role": one.role, "name": one.name}
        say.line(row) if call.json else say.note(f"{one.address}  {one.role}")


@editors.command("add", epilog="Пример: digest editors add editor@example.bg --role approver")
@click.argument("address", metavar="АДРЕС")
@click.option("--role", required=True, metavar="РОЛЯ")
@click.option("--name", default="", metavar="ИМЕ")
@click.option("--password-stdin", is_flag=True, help="Чете паролата от стандартния вход.")
@common
def add_editor(call: Call, address: str, role: str, name: str, password_stdin: bool) -> None:
    """Добавя човек и отпечатва еднократна парола."""
    from digest.actions.people import translated
    from digest.actions.staff import add_editor as act
    from subscribers.address import parse

    with translated():
        parse(address)
    given = _password() if password_stdin else None
    secret = act(call.app(), address, role=role, name=name, password=given)
    facts = {"address": address, "role": role} | ({} if given else {"password": secret})
    say.result(call, facts, {"password": ("Парола", "Password")})


def _password() -> str:
    """The first line of standard input. Raises `WrongUsage` when it cannot be a password."""
    try:
        given = sys.stdin.buffer.readline().decode().rstrip("\r\n")
    except UnicodeDecodeError as cause:
        raise _no_password("Редът не е текст в UTF-8.") from cause
    if not given.strip():
        raise _no_password("Първият ред на стандартния вход е празен.")
    if len(given) < SHORTEST_PASSWORD:
        raise _no_password(f"Тя е по-къса от {SHORTEST_PASSWORD} знака.")
    return given


def _no_password(why: str) -> WrongUsage:
    return WrongUsage(
        "Паролата не може да се приеме.",
        why,
        f"Подайте парола от поне {SHORTEST_PASSWORD} знака или махнете --password-stdin, "
        "за да получите еднократна.",
    )


@editors.command("role", epilog="Пример: digest editors role editor@example.bg admin")
@click.argument("address", metavar="АДРЕС")
@click.argument("role", metavar="РОЛЯ")
@common
def role_(call: Call, address: str, role: str) -> None:
    """Сменя ролята."""
    from digest.actions.staff import change_role

    change_role(call.app(), address, role)
    say.result(call, {"address": address, "role": role}, {})


@editors.command("remove", epilog="Пример: digest editors remove editor@example.bg")
@click.argument("address", metavar="АДРЕС")
@common
def remove_editor(call: Call, address: str) -> None:
    """Маха човек и затваря влизанията му."""
    from digest.actions.staff import remove_editor as act

    act(call.app(), address)
    say.result(call, {"address": address}, {})
