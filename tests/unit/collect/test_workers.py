"""Worker processes: order, laziness, one that dies, one that hangs, one that eats memory."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from digest.collect.extract import Extracted, Job, JobResult, Unread
from digest.collect.workers import Extractor, extract_stream, timed_job
from tests.adversarial.documents import AGENCIES, NOW, page


def job(number: int, word: str = "") -> Job:
    """A page whose source's name tells the worker what to do."""
    data = page(title=f"Новина номер {number} от Пролом").encode()
    return Job(data, word or f"d{number}", "", (), NOW, AGENCIES)


def work(one: Job) -> JobResult:
    """Does what the source's name says, else reads."""
    if one.source == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if one.source == "hangs":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        while True:
            signal.pause()
    if one.source == "eats":
        return Unread("", "", str(len(bytearray(8_000_000_000))))
    return timed_job(one)


def titles(found: list[JobResult]) -> list[str]:
    return [one.article.title if isinstance(one, Extracted) else "–" for one in found]


def test_results_come_in_the_order_of_the_jobs() -> None:
    """However long each takes."""
    found = list(extract_stream((job(n) for n in range(14)), 2))

    assert titles(found) == [f"Новина номер {n} от Пролом" for n in range(14)]


def test_documents_are_taken_as_they_are_needed() -> None:
    """Memory does not grow with their number: never more under way than asked for."""
    taken: list[int] = []

    def jobs() -> Iterator[Job]:
        for n in range(60):
            taken.append(n)
            yield job(n)

    with Extractor(2) as extractor:
        line = extractor.stream(jobs(), ahead=2)
        next(line)
        assert len(taken) <= 6
        line.close()


@pytest.mark.parametrize("fault", ["dies", "hangs", "eats"])
def test_one_document_takes_no_other_with_it(fault: str) -> None:
    """It is refused by name; those around it are read."""
    jobs = [job(0), job(1, fault), job(2), job(3)]

    with Extractor(2, work, patience=8 if fault == "hangs" else 60) as extractor:
        found = list(extractor.stream(jobs))

    assert titles(found) == [
        "Новина номер 0 от Пролом", "–", "Новина номер 2 от Пролом", "Новина номер 3 от Пролом",
    ]  # fmt: skip
    assert isinstance(found[1], Unread)
    assert fault in found[1].what


def test_workers_end_with_their_block() -> None:
    """No process is left behind, even when the reader stops early."""
    with Extractor(2) as extractor:
        line = extractor.stream(job(n) for n in range(6))
        next(line)
        processes = [hand.process for hand in extractor._hands]
        pids = [process.pid for process in processes]

    for pid in pids:
        assert pid is not None
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
