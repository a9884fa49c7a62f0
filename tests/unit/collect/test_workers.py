"""Worker processes: order, laziness, one that dies, one that hangs, one that eats memory."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from multiprocessing import Pipe, Process
from time import process_time

import pytest

from digest.collect.draft import Draft
from digest.collect.extract import Extracted, Job, JobResult, Unread
from digest.collect.workers import (
    FEW,
    KEPT,
    Extractor,
    _Hand,
    _limit,
    _room,
    _Task,
    _TooLong,
    extract_one,
    extract_stream,
    timed_job,
)
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
    if one.source == "raises":
        raise LookupError("нещо непредвидено")
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


@pytest.mark.parametrize("fault", ["dies", "hangs", "eats", "raises"])
def test_one_document_takes_no_other_with_it(fault: str) -> None:
    """It is refused by name; those around it are read."""
    jobs = [job(0), job(1, fault), job(2), job(3)]

    with Extractor(2, work, patience=20 if fault == "hangs" else 60) as extractor:
        found = list(extractor.stream(jobs))

    assert titles(found) == [
        "Новина номер 0 от Пролом", "–", "Новина номер 2 от Пролом", "Новина номер 3 от Пролом",
    ]  # fmt: skip
    assert isinstance(found[1], Unread)
    assert fault in found[1].what


def test_what_waited_behind_a_deadly_document_is_read_and_not_blamed() -> None:
    """The worker had both; it died of the first, twice, and of no other."""
    jobs = [job(0, "dies"), job(1), job(2, "dies"), job(3)]

    with Extractor(1, work) as extractor:
        found = list(extractor.stream(jobs))

    assert titles(found) == ["–", "Новина номер 1 от Пролом", "–", "Новина номер 3 от Пролом"]


def test_large_documents_and_large_answers_do_not_wait_for_each_other() -> None:
    """A pipe holds little: a worker that answers and a home that sends may not both be stuck."""
    with Extractor(1, echo) as extractor:
        found = list(extractor.stream(replace(job(n), data=b"x" * 3_000_000) for n in range(5)))

    assert [len(one.why) for one in found if isinstance(one, Unread)] == [3_000_000] * 5


@pytest.mark.parametrize(("more", "waits"), [(0, True), (1, False)])
def test_a_document_waits_at_a_worker_only_where_the_pipe_holds_it(more: int, waits: bool) -> None:  # noqa: FBT001
    """What a socket holds differs by a factor of twenty between systems, so the socket is asked."""
    ours, theirs = Pipe()
    room = _room(ours)
    with ours, theirs, socket.socket(fileno=os.dup(ours.fileno())) as under:
        holds = under.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)
        hand = _Hand(Process(), ours, room, deque([_Task(0, job(0))]))

        assert hand.takes(_Task(1, replace(job(1), data=b"x" * (room + more)))) is waits
        assert 0 < room <= holds // 2


def echo(one: Job) -> JobResult:
    """An answer as large as its document."""
    return Unread("", one.data.decode(), "")


def test_an_unforeseen_fault_is_logged_with_its_trace(caplog: pytest.LogCaptureFixture) -> None:
    """The person reads three parts, the log keeps the cause."""
    with Extractor(1, work) as extractor:
        (found,) = extractor.stream([job(0, "raises")])

    assert isinstance(found, Unread)
    assert "неочаквана грешка" in found.why
    assert "LookupError" not in found.why
    assert 'LookupError("нещо непредвидено")' in caplog.text
    assert "test_workers.py" in caplog.text


def test_one_worker_is_enough_for_a_few_documents_and_is_kept() -> None:
    """The next stream finds it warm; a stream of many begins the second one."""
    KEPT.close()
    pids: list[int | None] = []

    for _ in range(2):
        with Extractor(2) as extractor:
            list(extractor.stream(job(n) for n in range(3)))
            pids += [hand.process.pid for hand in extractor._hands]
    with Extractor(2) as extractor:
        list(extractor.stream(job(n) for n in range(FEW + 4)))
        many = len(extractor._hands)

    assert len(pids) == 2
    assert pids[0] == pids[1]
    assert many == 2


def test_a_thread_has_its_documents_read_in_a_worker() -> None:
    """`digest serve` collects in a thread, where no signal can stop a hostile page."""
    found: list[JobResult] = []
    main = os.getpid()

    def read() -> None:
        with Extractor(1, where) as extractor:
            found.extend(extractor.stream([job(0)]))
        found.append(extract_one(job(1)))

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()

    assert isinstance(found[0], Unread)
    assert found[0].what not in {"", str(main)}
    assert isinstance(found[1], Extracted)


def where(_: Job) -> JobResult:
    """The process that reads."""
    return Unread(str(os.getpid()), "", "")


def test_a_library_that_catches_everything_cannot_swallow_the_limit() -> None:
    """trafilatura goes on after any `Exception`."""

    def swallow() -> None:
        with _limit(1):
            while True:
                with suppress(Exception):
                    signal.pause()

    with pytest.raises(_TooLong):
        swallow()


def test_teasers_by_the_thousand_cost_no_more_than_their_number() -> None:
    """Fourteen thousand of them once cost eight seconds."""
    draft = Draft()
    before = process_time()

    for _ in range(2):
        for number in range(20_000):
            draft.tease(f"Заглавие на новина {number}")

    assert len(draft.related) == 20_000
    assert process_time() - before < 2


def test_workers_end_with_their_block() -> None:
    """Only the warm one is left, even when the reader stops early."""
    KEPT.close()
    with Extractor(2) as extractor:
        line = extractor.stream(job(n) for n in range(FEW + 6))
        for _ in range(FEW + 1):
            next(line)
        line.close()
        processes = [hand.process for hand in extractor._hands]
        pids = [process.pid for process in processes]
    KEPT.close()

    assert len(pids) == 2
    for pid in pids:
        assert pid is not None
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
