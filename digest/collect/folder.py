"""Folders as sources: the files of one folder, read by content, in the order of their names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from digest.bulgarian.typography import count
from digest.errors import BadInput, NotFound, cause_of

SUFFIXES = frozenset({".html", ".htm", ".txt", ".xml", ".rss", ".rdf", ".atom", ".json", ".gz"})
MAX_FILE = 5_000_000
MAX_FILES = 5000


@dataclass(frozen=True, slots=True)
class File:
    """A file of the folder: its name relative to it, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Unusable:
    """A file that was not read, and why; without a name: the files beyond `MAX_FILES`."""

    name: str
    error: BadInput


def folder_path(url: str, home: Path) -> Path:
    """The folder of a `folder:PATH` source; a relative path counts from the home."""
    path = Path(url.removeprefix("folder:")).expanduser()
    return path if path.is_absolute() else home / path


def read_folder(url: str, home: Path) -> Iterator[File | Unusable]:
    """The files of a folder by name, one at a time, hidden ones and other kinds left out.

    Of more than `MAX_FILES` the newest are read, and first of all it is said that others are not.
    Raises NotFound when the folder is not there or cannot be opened.
    """
    path = folder_path(url, home)
    try:
        names = [p for p in path.rglob("*") if _wanted(p, path)]
        if len(names) > MAX_FILES:
            yield Unusable("", _too_many(len(names)))
            names = sorted(names, key=_age)[:MAX_FILES]
    except OSError as cause:
        raise _no_folder(path, cause_of(cause)) from cause
    if not path.is_dir():
        raise _no_folder(path, "няма такава папка")
    root = path.resolve()
    for name in sorted(names):
        shown = _shown(name.relative_to(path))
        yield _read(name, shown) if _is_inside(name, root) else Unusable(shown, _outside(shown))


def _shown(name: Path) -> str:
    """A file's name as text that can be kept: bytes that are no UTF-8 are written out."""
    return name.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _is_inside(path: Path, root: Path) -> bool:
    """False for a link to a file elsewhere: whoever may write here may not read there."""
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a ring of links
        return False


def _age(path: Path) -> float:
    """Smaller for a newer file; one that went away meanwhile is the oldest."""
    try:
        return -path.stat().st_mtime
    except OSError:
        return 0.0


def _wanted(path: Path, root: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    return not hidden and path.suffix.lower() in SUFFIXES and path.is_file()


def _read(path: Path, name: str) -> File | Unusable:
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            return Unusable(name, _too_big(name, size))
        return File(name, path.read_bytes())
    except OSError as cause:
        return Unusable(
            name,
            BadInput(
                f"Файлът „{name}“ не може да се прочете.",
                f"Причина: {cause_of(cause)}.",
                "Проверете правата върху него.",
            ),
        )


def _no_folder(path: Path, detail: str) -> NotFound:
    return NotFound(
        f"Папката „{path}“ не може да се отвори.",
        f"Причина: {detail}.",
        "Направете папката или махнете източника; относителен път се брои от дома.",
    )


def _outside(name: str) -> BadInput:
    return BadInput(
        f"Файлът „{name}“ не се чете.",
        "Той е връзка към място извън папката.",
        "Сложете в папката самия файл.",
    )


def _too_big(name: str, size: int) -> BadInput:
    return BadInput(
        f"Файлът „{name}“ е твърде голям.",
        f"Той е {size // 1000} KB, а границата е {MAX_FILE // 1000} KB.",
        "Разделете го или го махнете от папката.",
    )


def _too_many(files: int) -> BadInput:
    return BadInput(
        "Папката има твърде много файлове.",
        f"В папката има {count(files, 'файл')}; четат се най-новите {MAX_FILES}.",
        "Преместете старите на друго място или разделете папката на няколко източника.",
    )
