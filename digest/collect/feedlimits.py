"""feedparser behind a wall: one child process with limits on time, memory and input.

feedparser needs seconds for 32 KB of a hostile `<author>`, so it runs where it can be stopped.
The child is started once and reused; plain JSON goes over the pipe, never pickles. `ask` is
thread-safe.
"""

from __future__ import annotations

import atexit
import json
import logging
import threading
from multiprocessing.connection import Connection
from typing import TypeAlias

from digest.errors import BadInput
from digest.halves import read_json

log = logging.getLogger(__name__)

Raw: TypeAlias = dict[str, object]

CPU_SECONDS = 10
"""CPU that one feed may cost; a good one of 5 MB costs about two seconds."""
MEMORY_BYTES = 1_500_000_000
"""Address space of the child: the interpreter, feedparser and a tree of a 5 MB feed."""
MAX_BYTES = 5_000_000
_PATIENCE = 40.0
"""Real seconds before a child that burns no CPU is given up too."""


class Worker:
    """One reusable child. Killed and replaced when a feed exhausts its limits."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: object | None = None
        self._pipe: Connection | None = None

    def ask(self, data: bytes) -> Raw:
        """What feedparser reads in the bytes, as plain values. Raises BadInput at a limit."""
        with self._lock:
            pipe = self._started()
            try:
                pipe.send_bytes(data)
                answer = read_json(_received(pipe).decode())
            except (EOFError, OSError) as cause:
                log.warning("feed parser stopped: %s", cause)
                self._stop()
                raise _too_costly() from cause
        if not isinstance(answer, dict) or "error" in answer:
            log.warning("feed parser: %s", answer.get("error") if isinstance(answer, dict) else "")
            raise _unreadable()
        return answer

    def close(self) -> None:
        """Ends the child; the next `ask` starts another."""
        with self._lock:
            self._stop()

    def _started(self) -> Connection:
        import multiprocessing

        process = self._process
        if self._pipe is not None and isinstance(process, multiprocessing.process.BaseProcess):
            if process.is_alive():
                return self._pipe
            self._stop()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        child = context.Process(target=_serve, args=(theirs,), daemon=True, name="digest-feeds")
        child.start()
        theirs.close()
        self._process, self._pipe = child, ours
        return ours

    def _stop(self) -> None:
        import multiprocessing

        if self._pipe is not None:
            self._pipe.close()
        process = self._process
        if isinstance(process, multiprocessing.process.BaseProcess):
            process.kill()
            process.join(5)
            process.close()
        self._process = self._pipe = None


def _received(pipe: Connection) -> bytes:
    """The answer; EOFError when the child died or says nothing in time."""
    if not pipe.poll(_PATIENCE):
        raise EOFError("no answer in time")
    return pipe.recv_bytes(200_000_000)


WORKER = Worker()
atexit.register(WORKER.close)


def _too_costly() -> BadInput:
    return BadInput(
        "Емисията не е прочетена.",
        f"Разборът надхвърли {CPU_SECONDS} секунди процесорно време или позволената памет.",
        "Отворете адреса в четец; вероятно е повредена или враждебна.",
    )


def _unreadable() -> BadInput:
    return BadInput(
        "Емисията не може да се прочете.",
        "Разборът спря на нещо неочаквано; подробностите са в дневника.",
        "Проверете адреса в четец за емисии.",
    )


# ---- in the child


def _serve(pipe: Connection) -> None:
    """Answers until the pipe closes. The soft CPU limit moves on before every feed."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, hard))
    while True:
        try:
            data = pipe.recv_bytes(MAX_BYTES * 3)
        except (EOFError, OSError):
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        spent = int(used.ru_utime + used.ru_stime)
        resource.setrlimit(resource.RLIMIT_CPU, (spent + CPU_SECONDS, hard))
        pipe.send_bytes(_answer(data))


def _answer(data: bytes) -> bytes:
    try:
        return json.dumps(_parsed(data)).encode()
    except (MemoryError, RecursionError) as cause:
        return json.dumps({"error": type(cause).__name__}).encode()
    except (ValueError, TypeError, AttributeError, LookupError, AssertionError) as cause:
        # feedparser on hostile input raises from anywhere; the parent words it for people.
        return json.dumps({"error": f"{type(cause).__name__}: {cause}"}).encode()


def _parsed(data: bytes) -> Raw:
    import warnings

    import feedparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = feedparser.parse(
            data,
            sanitize_html=False,
            resolve_relative_uris=False,
            response_headers={"content-type": "application/xml; charset=utf-8"},
        )
        head = found.get("feed", {})
        return {
            "version": _text(found.get("version")),
            "bozo": bool(found.get("bozo")),
            "problem": _text(str(found.get("bozo_exception") or ""))[:200],
            "title": _text(head.get("title")),
            "link": _text(head.get("link")),
            "language": _text(head.get("language")),
            "updated": _text(head.get("updated") or head.get("published"), 200),
            "entries": [_entry(one) for one in found.get("entries", [])[:5000]],
        }


def _text(value: object, limit: int = 2_000_000) -> str:
    return value[:limit] if isinstance(value, str) else ""


_SHORT = 4000
"""Characters of a title, an address or a name; longer ones are an attack on whoever reads on."""


def _entry(one: object) -> Raw:
    assert isinstance(one, dict)
    contents = one.get("content") or []
    return {
        "id": _text(one.get("id"), _SHORT),
        "link": _text(one.get("link"), _SHORT) or _alternate(one),
        "title": _text(one.get("title"), _SHORT),
        "summary": _text(one.get("summary")),
        "content": max((_text(c.get("value")) for c in contents), key=len, default=""),
        "published": _text(one.get("published"), 200),
        "created": _text(one.get("created"), 200),
        # Asked by `get`, feedparser gives the day of publication for a missing update.
        "updated": _text(one.get("updated"), 200) if "updated" in one else "",
        "author": _text(one.get("author"), 300),
        "categories": [_text(tag.get("term"), 200) for tag in (one.get("tags") or [])[:50]],
        "image": _image(one),
        "language": _text(one.get("language")),
    }


def _alternate(one: dict[str, object]) -> str:
    links = one.get("links")
    for link in links if isinstance(links, list) else []:
        if isinstance(link, dict) and link.get("rel") in {None, "alternate"}:
            return _text(link.get("href"))
    return ""


def _image(one: dict[str, object]) -> str:
    for key in ("media_content", "media_thumbnail", "enclosures", "links"):
        rows = one.get(key)
        for row in rows if isinstance(rows, list) else []:
            if not isinstance(row, dict):
                continue
            kind = _text(row.get("type")) or _text(row.get("medium"))
            address = _text(row.get("url")) or _text(row.get("href"))
            if address and (kind.startswith("image") or key == "media_thumbnail"):
                return address
    return ""
