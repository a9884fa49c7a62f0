"""The world a newsroom writes about: sections, outlets and their owners, agencies, institutions.

Read from `topics.toml`, `outlets.toml` and `institutions.toml`: the packaged ones, then a home's
files of that name.
Every row is checked; a wrong one is named.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NoReturn

from digest.assets import config_dir
from digest.bulgarian.institutions import Institution, Institutions
from digest.errors import WrongSettings
from digest.model import Agency, Newsroom, Outlet, Topic
from digest.model.newsroom import OUTLET_KINDS, spelled
from digest.toml_files import Tree, read_toml


def load_newsroom(home: Path | None = None) -> Newsroom:
    """Topics, outlets and agencies: the packaged ones, then the home's files of the same name.

    A home's `topics.toml` replaces the packaged topics. Its `outlets.toml` adds to the packaged
    rows; a row of the same name stands for the packaged one. Raises `WrongSettings` that names
    the row: no owner, an unknown kind, a host or a name that two outlets claim.
    """
    topics = _table("topics.toml", home)
    trees = _added("outlets.toml", home)
    sections = _topics(topics)
    return Newsroom(
        sections,
        _outlets(trees),
        _agencies(trees),
        general=_general(topics, sections),
        generic=_texts(topics, "generic", "topics.toml"),
    )


def load_institutions(home: Path | None = None) -> Institutions:
    """The packaged institutions, then the rows of the home's `institutions.toml`.

    A row of the same short name stands for the packaged one. Raises `WrongSettings` that names the
    row: no long name, a short name of several words or without capitals, the same one twice.
    """
    found: dict[str, Institution] = {}
    for tree in _added("institutions.toml", home):
        mine: set[str] = set()
        for row in (_institution(one) for one in _rows(tree, "institutions")):
            key = row.short.lower()
            if key in mine:
                fix = "Оставете един запис за него."
                _refuse("institutions", row.short, "Съкращението е в два записа на файла.", fix)
            mine.add(key)
            found[key] = row
    return Institutions(tuple(found.values()))


@cache
def packaged_institutions() -> Institutions:
    """The institutions that every newsroom knows, read once."""
    return load_institutions()


def _added(name: str, home: Path | None) -> list[Tree]:
    """The packaged file, and the home's of the same name that adds to it."""
    own = home / name if home else None
    files = [config_dir() / name, *([own] if own is not None and own.is_file() else [])]
    return [read_toml(file) for file in files]


def _table(name: str, home: Path | None) -> Tree:
    own = home / name if home else None
    return read_toml(own) if own is not None and own.is_file() else read_toml(config_dir() / name)


# ---- outlets and agencies


def _outlets(trees: list[Tree]) -> tuple[Outlet, ...]:
    """All rows; a later file's row replaces an earlier file's of the same name, in its place."""
    found: dict[str, Outlet] = {}
    for tree in trees:
        mine: set[str] = set()
        for row in (_outlet(one) for one in _rows(tree, "outlets")):
            key = spelled(row.name)
            if key in mine:
                _refuse("outlets", row.name, "Името се среща два пъти в един файл.", _ONE_ROW)
            mine.add(key)
            found[key] = row
    rows = tuple(found.values())
    _once(rows)
    return rows


_ONE_ROW = "Оставете един запис за изданието, с всичките му адреси."


def _once(rows: tuple[Outlet, ...]) -> None:
    """A host belongs to one outlet; so does a spelling of a name."""
    hosts: dict[str, Outlet] = {}
    names = {spelled(row.name): row for row in rows}
    for row in rows:
        for host in row.hosts:
            other = hosts.setdefault(host, row)
            if other is not row:
                why = f"Адресът „{host}“ вече е на „{other.name}“."
                fix = "Махнете го от единия запис или дайте на двата записа едно име."
                _refuse("outlets", row.name, why, fix)
        for alias in row.aliases:
            other = names.setdefault(spelled(alias), row)
            if other is not row:
                why = f"Изписването „{alias}“ вече е на „{other.name}“."
                _refuse("outlets", row.name, why, "Оставете го само в единия запис.")


def _outlet(row: Tree) -> Outlet:
    name = _text(row, "name", "outlets")
    owner = _text(row, "owner", "outlets")
    kind = _text(row, "kind", "outlets", "site")
    if kind not in OUTLET_KINDS:
        why = f"Няма вид издание „{kind}“."
        _refuse("outlets", name, why, f"Видът е един от: {', '.join(sorted(OUTLET_KINDS))}.")
    hosts = (host.strip().lower() for host in _texts(row, "hosts", name))
    return Outlet(
        name,
        owner,
        tuple(dict.fromkeys(host.removeprefix("www.") for host in hosts if host)),
        kind,
        _text(row, "language", "outlets", "bg"),
        _text(row, "source", "outlets") if "source" in row else "",
        _texts(row, "aliases", name),
    )


def _agencies(trees: list[Tree]) -> tuple[Agency, ...]:
    rows = (_agency(row) for tree in trees for row in _rows(tree, "agencies"))
    return tuple({spelled(one.name): one for one in rows}.values())


def _agency(row: Tree) -> Agency:
    name = _text(row, "name", "agencies")
    return Agency(name, _texts(row, "credits", name) or (name,))


# ---- institutions


def _institution(row: Tree) -> Institution:
    short = _text(row, "short", "institutions").strip()
    long, others = _text(row, "long", "institutions"), _texts(row, "others", short)
    try:
        return Institution(short, long, others)
    except ValueError:
        why = "Съкращението е една дума с главни букви, а името има дума от поне четири букви."
        _refuse("institutions", short, why, "Пример: short = „НСИ“, long = „Национален …“.")


# ---- sections


def _topics(tree: Tree) -> tuple[Topic, ...]:
    return tuple(_topic(row) for row in _rows(tree, "topics"))


def _topic(row: Tree) -> Topic:
    slug, name = _text(row, "slug", "topics"), _text(row, "name", "topics")
    words, categories, strong, samples = (
        _texts(row, key, slug) for key in ("words", "categories", "strong", "samples")
    )
    return Topic(slug, name, words, categories, strong, samples)


def _general(tree: Tree, topics: tuple[Topic, ...]) -> str:
    """The section of what nothing decides: one of the file's own; the last when none is named."""
    slugs = [topic.slug for topic in topics]
    named = tree.get("general", "obshtestvo" if "obshtestvo" in slugs or not slugs else slugs[-1])
    if not isinstance(named, str) or (slugs and named not in slugs):
        raise WrongSettings(
            f"Общата рубрика „{named}“ не е сред рубриките в topics.toml.",
            "В нея отиват новините, за които нищо не решава.",
            f"Напишете general = „{slugs[0]}“ или друга от: {', '.join(slugs)}.",
        )
    return named


# ---- rows


def _rows(tree: Tree, name: str) -> list[Tree]:
    rows = tree.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise WrongSettings(
            f"„{name}“ трябва да е списък от таблици.",
            "Всеки запис започва с двойни квадратни скоби.",
            f"Пример: [[{name}]] и под него name = „…“.",
        )
    return rows


def _text(row: Tree, key: str, table: str, default: str | None = None) -> str:
    value = row.get(key, default)
    if not isinstance(value, str) or not value.strip():
        named = row.get("name") or row.get("slug") or row.get("short") or row
        _refuse(table, str(named), f"Липсва „{key}“.", f"Добавете {key} = „…“; полето е текст.")
    return value


def _texts(row: Tree, key: str, named: str) -> tuple[str, ...]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise WrongSettings(
            f"„{key}“ в „{named}“ трябва да е списък от текстове.",
            "Всяка стойност стои в кавички, а списъкът – в квадратни скоби.",
            f'Пример: {key} = ["…", "…"].',
        )
    return tuple(value)


def _refuse(table: str, name: str, why: str, fix: str) -> NoReturn:
    raise WrongSettings(f"Записът „{name}“ в [[{table}]] е сгрешен.", why, fix)
