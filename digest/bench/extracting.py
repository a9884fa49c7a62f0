"""Many pages read by the collector's workers, against as many processes of bare trafilatura.

The pages lie in files and are read as they are needed, so that the memory measured is that of the
reading. Twice: a third of the pages, then all of them; the peak must not grow with their number.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from digest.bench.generated import NOW
from digest.bench.memory import Memory, watched
from digest.bench.pages import write_pages
from digest.bench.rows import Row, note, seconds_of
from digest.model import Agency

if TYPE_CHECKING:
    from digest.collect.extract import Job

WORKERS = 2
SHARE = 0.9
"""Part of the yardstick's pages a second that is promised."""
MAX_MB = 600
FLAT = 1.15
"""How much more memory three times as many pages may take: less than the noise of a collector."""


@dataclass(frozen=True, slots=True)
class _Run:
    """One pass over pages: how long, how many gave an article, memory at its highest."""

    seconds: float
    read: int
    memory: Memory


def measure(pages: int) -> Iterator[Row]:
    """Speed and memory over so many generated pages."""
    with TemporaryDirectory(prefix="digest-bench-") as folder:
        files = write_pages(Path(folder), pages)
        weight = sum(file.stat().st_size for file in files) // len(files) // 1000
        note(f"{pages} страници по {weight} KB: една трета")
        third = _ours(files[: max(1, pages // 3)])
        bare = _yardstick(files)
        note("всички страници")
        whole = _ours(files)
        bare = (bare + _yardstick(files)) / 2
    yield _speed(whole, bare, pages, weight)
    yield _memory(third, whole, pages)


def _yardstick(files: Sequence[Path]) -> float:
    """Seconds of the bare processes; asked before and after, for machines change their pace."""
    note(f"{WORKERS} процеса само с trafilatura")
    return seconds_of(lambda: _bare(files))


def _speed(whole: _Run, bare: float, pages: int, weight: int) -> Row:
    share = bare / whole.seconds
    return Row(
        what="прочетена страница",
        seconds=whole.seconds,
        units=pages,
        ratio=whole.seconds / bare,
        ratio_to=f"{WORKERS} процеса само с trafilatura.extract",
        floor=f"поне {SHARE} от страниците в секунда",
        holds=share >= SHARE,
        more={"share": round(share, 3), "articles": whole.read, "page_kb": weight},
    )


def _memory(third: _Run, whole: _Run, pages: int) -> Row:
    peak = whole.memory.peak
    return Row(
        what="памет при четене",
        seconds=whole.seconds,
        units=pages,
        ratio=peak / third.memory.peak,
        ratio_to="паметта при една трета от страниците",
        floor=f"под {MAX_MB} MB и не расте с броя на страниците",
        holds=peak < MAX_MB and peak <= FLAT * third.memory.peak,
        more={"peak_mb": round(peak), "peak_mb_third": round(third.memory.peak)},
    )


def _ours(files: Sequence[Path]) -> _Run:
    from digest.collect.extract import Extracted
    from digest.collect.workers import extract_stream
    from digest.newsroom import load_newsroom

    agencies = load_newsroom().agencies
    read = 0

    def work() -> None:
        nonlocal read
        jobs = (_job(file, agencies) for file in files)
        read = sum(isinstance(found, Extracted) for found in extract_stream(jobs, WORKERS))

    with watched() as memory:
        seconds = seconds_of(work)
    return _Run(seconds, read, memory)


def _job(file: Path, agencies: tuple[Agency, ...]) -> Job:
    from digest.collect.extract import Job

    return Job(
        file.read_bytes(),
        "bench",
        f"https://vestnik.example.bg/novina/{file.stem}",
        (("content-type", "text/html; charset=utf-8"),),
        NOW + timedelta(hours=1),
        agencies,
    )


def _bare(files: Sequence[Path]) -> None:
    """The same pages in so many processes, each with its share, nothing done to the result."""
    context = multiprocessing.get_context("spawn")
    shares = [[str(file) for file in files[at::WORKERS]] for at in range(WORKERS)]
    processes = [context.Process(target=_extract_bare, args=(share,)) for share in shares]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def _extract_bare(files: list[str]) -> None:
    import logging

    from trafilatura import extract

    logging.disable(logging.ERROR)
    for file in files:
        extract(Path(file).read_text(encoding="utf-8"))
