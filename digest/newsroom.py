"""The world a newsroom writes about: its sections, the outlets and their owners, the agencies.

Read from `topics.toml` and `outlets.toml`: the packaged ones, then a home's files of that name.
"""

from __future__ import annotations

from pathlib import Path

from digest.assets import config_dir
from digest.errors import WrongSettings
from digest.model import Agency, Newsroom, Outlet, Topic
from digest.toml_files import Tree, read_toml


def load_newsroom(home: Path | None = None) -> Newsroom:
    """Topics, outlets and agencies: the packaged ones, then the home's files of the same name.

    A home's `topics.toml` replaces the packaged topics; its `outlets.toml` adds to them.
    """
    topics = _topics(_table("topics.toml", home))
    trees = [read_toml(config_dir() / "outlets.toml")]
    own = home / "outlets.toml" if home else None
    if own is not None and own.is_file():
        trees.append(read_toml(own))
    outlets = tuple(_outlet(row) for tree in trees for row in _rows(tree, "outlets"))
    agencies = tuple(_agency(row) for tree in trees for row in _rows(tree, "agencies"))
    owners = {outlet.name.casefold(): outlet.owner for outlet in outlets}
    return Newsroom(topics, outlets, agencies, owners=owners)


def _table(name: str, home: Path | None) -> Tree:
    own = home / name if home else None
    return read_toml(own) if own is not None and own.is_file() else read_toml(config_dir() / name)


def _rows(tree: Tree, name: str) -> list[Tree]:
    rows = tree.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise WrongSettings(
            f"„{name}“ трябва да е списък от таблици.",
            "Всеки запис започва с двойни квадратни скоби.",
            f"Пример: [[{name}]] и под него name = „…“.",
        )
    return rows


def _text(row: Tree, key: str, default: str | None = None) -> str:
    value = row.get(key, default)
    if not isinstance(value, str) or not value:
        raise WrongSettings(
            f"В записа {row!r} липсва „{key}“.",
            "Полето е задължително и е текст.",
            f"Добавете {key} = „…“.",
        )
    return value


def _texts(row: Tree, key: str) -> tuple[str, ...]:
    value = row.get(key, [])
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _topics(tree: Tree) -> tuple[Topic, ...]:
    return tuple(
        Topic(
            _text(row, "slug"), _text(row, "name"), _texts(row, "words"), _texts(row, "categories")
        )
        for row in _rows(tree, "topics")
    )


def _outlet(row: Tree) -> Outlet:
    name = _text(row, "name")
    return Outlet(name, _text(row, "owner", name), _texts(row, "hosts"), _text(row, "kind", "site"))


def _agency(row: Tree) -> Agency:
    name = _text(row, "name")
    return Agency(name, _texts(row, "credits") or (name,))
