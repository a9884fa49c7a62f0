"""When a source is asked and what is remembered: every state between two rounds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect import watch
from digest.collect.fetch import Failed, Fetched, Request
from digest.errors import Unavailable
from digest.gathered import SourceState
from digest.model import Rights, Source, SourceId
from digest.settings import Collect

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
URL = "https://vestnik.example.bg/rss"
SOURCE = Source(SourceId("s"), URL, Rights.EXTRACT, "Вестник")
LIMITS = Collect()
FRESH = SourceState(SourceId("s"))


def good(
    status: int = 200, *, to: str = URL, hops: tuple[int, ...] = (), **headers: str
) -> Fetched:
    """An answer with headers; `hops` are the redirects on the way to `to`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    ways = tuple((status, URL) for status in hops)
    return Fetched(Request(URL), to, status, named, b"<rss/>", ways)


def bad(code: str = "network", *, after: int | None = None, status: int = 0) -> Failed:
    error = Unavailable("Няма отговор.", "Мрежата мълчи.", "Опитайте пак.")
    return Failed(Request(URL), error, code, after, status)


def well(state: SourceState, answer: Fetched, at: datetime = NOW, new: int = 0) -> SourceState:
    return watch.succeeded(state, answer, now=at, new=new)


def asked(state: SourceState, at: datetime = NOW, *, urgent: bool = False) -> Request | watch.Wait:
    return watch.plan(SOURCE, state, now=at, urgent=urgent, limits=LIMITS)


def test_a_source_never_asked_is_asked_without_validators() -> None:
    """The first question is a whole one."""
    assert asked(FRESH) == Request(URL)


def test_validators_come_back_until_a_day_is_over() -> None:
    """Both are sent; once a day the answer must be whole."""
    state = well(FRESH, good(etag='"a"', last_modified="Sat, 21 Nov 2026 10:00:00 GMT"))

    soon, tomorrow = asked(state, NOW + timedelta(hours=23)), asked(state, NOW + timedelta(days=1))

    assert isinstance(soon, Request)
    assert (soon.etag, soon.last_modified) == ('"a"', "Sat, 21 Nov 2026 10:00:00 GMT")
    assert tomorrow == Request(URL)


@pytest.mark.parametrize(
    "said",
    [
        "Sat, 28 Nov 2036 10:00:00 GMT",
        "Sat, 21 Nov 2000000000000000026 10:00:00 GMT",
        "Sat, 21 Nov 2026 10:00:00 +99999999999999",
        "вчера",
    ],
)
def test_a_last_modified_that_is_no_moment_of_the_past_is_not_kept(said: str) -> None:
    """One from the future says 304 for ever, one of no year there is says nothing."""
    assert well(FRESH, good(last_modified=said)).last_modified is None


def test_a_304_does_not_put_the_whole_answer_off() -> None:
    """Only a whole answer counts as one."""
    state = well(well(FRESH, good(etag='"a"')), good(304), NOW + timedelta(hours=20))

    assert asked(state, NOW + timedelta(hours=25)) == Request(URL)


def test_a_whole_answer_without_validators_forgets_the_old_ones() -> None:
    """A stale tag of an earlier answer would be a lie."""
    assert well(well(FRESH, good(etag='"a"')), good()).etag is None


@pytest.mark.parametrize("code", ["network", "timeout", "unavailable", "missing", "forbidden"])
def test_our_own_pause_grows_and_a_person_may_ask_through_it(code: str) -> None:
    """Backoff holds between mornings; the morning asks anyway."""
    once = watch.failed(FRESH, bad(code), now=NOW)
    twice = watch.failed(once, bad(code), now=NOW)

    first, second = asked(once), asked(twice)

    assert isinstance(first, watch.Wait)
    assert isinstance(second, watch.Wait)
    assert first.code == second.code == "backoff"
    assert first.until is not None
    assert second.until is not None
    assert second.until > first.until
    assert isinstance(asked(twice, urgent=True), Request)


def test_the_servers_word_is_kept_by_everybody() -> None:
    """Retry-After of a feed (503) holds for the morning too."""
    state = watch.failed(FRESH, bad("unavailable", after=3600, status=503), now=NOW)

    waits = asked(state, NOW + timedelta(seconds=3599), urgent=True)

    assert isinstance(waits, watch.Wait)
    assert waits.code == "retry-after"
    assert isinstance(asked(state, NOW + timedelta(seconds=3600)), Request)


def test_a_retry_after_of_weeks_is_cut_to_a_day() -> None:
    """It is a mistake more often than a wish."""
    state = watch.failed(FRESH, bad("unavailable", after=40_000_000), now=NOW)

    assert isinstance(asked(state, NOW + timedelta(days=1)), Request)


def test_a_removed_address_waits_for_a_person() -> None:
    """410 pauses at once, for the morning too, and says so."""
    state = watch.failed(FRESH, bad("gone", status=410), now=NOW)

    waits = asked(state, NOW + timedelta(days=300), urgent=True)

    assert isinstance(waits, watch.Wait)
    assert (waits.code, waits.until) == ("paused", None)
    assert "410" in waits.sentence


def test_an_unreadable_answer_leaves_the_validators_of_the_last_read_one() -> None:
    """A page of errors with an ETag is no reading."""
    state = well(FRESH, good(etag='"a"'))
    error = Unavailable("Не се чете.", "HTML вместо RSS.", "Проверете.")

    assert watch.unreadable(state, error, now=NOW).etag == '"a"'


@pytest.mark.parametrize(
    ("to", "hops"),
    [
        ("https://nov.example.bg/rss", (301, 302)),
        ("https://nov.example.bg/rss", (307,)),
        ("http://vestnik.example.bg/rss2", (301,)),
        ("https://nov.example.bg/", (301,)),
        ("https://127.0.0.1/rss", (301,)),
        ("https://10.0.0.7/rss", (308,)),
    ],
)
def test_no_weak_redirect_moves_a_source(to: str, hops: tuple[int, ...]) -> None:
    """A detour, a step back to http, a front page, an inner address: for ever only met."""
    state = FRESH
    for day in range(20):
        state = well(state, good(to=to, hops=hops), NOW + timedelta(days=day))

    assert watch.adoption(state, NOW + timedelta(days=20), LIMITS) == ""


def test_a_move_is_counted_anew_when_its_target_changes_or_it_fails() -> None:
    """Seven days of one target without a break."""
    state = FRESH
    for day in range(6):
        state = well(state, good(to="https://a.example.bg/rss", hops=(301,)), NOW + timedelta(day))
    other = well(state, good(to="https://b.example.bg/rss", hops=(301,)), NOW + timedelta(6))
    broken = watch.failed(state, bad(), now=NOW + timedelta(6))

    assert watch.adoption(other, NOW + timedelta(8), LIMITS) == ""
    assert broken.moved_to == ""


def test_a_moved_source_starts_without_the_old_validators() -> None:
    """Nothing of the old address is sent to the new one."""
    state = replace(
        well(FRESH, good(etag='"a"')), moved_to="https://a.example.bg/", moved_since=NOW
    )

    new = watch.adopted(state)

    assert (new.etag, new.full_at, new.moved_to, new.moved_since) == (None, None, "", None)


EVENTS = st.one_of(
    st.builds(
        good,
        st.sampled_from([200, 304]),
        to=st.sampled_from([URL, "https://nov.example.bg/rss"]),
        hops=st.sampled_from([(), (301,), (302,), (308, 301)]),
        etag=st.sampled_from(['"a"', '"b"']),
        last_modified=st.sampled_from(["Sat, 21 Nov 2026 10:00:00 GMT", "Fri, 1 Nov 2041 0:0:0 GMT"]),
    ),
    st.builds(
        bad,
        st.sampled_from(["network", "timeout", "unavailable", "rate-limited", "gone", "missing"]),
        after=st.sampled_from([None, 5, 600, 10**9]),
    ),
)  # fmt: skip


@given(st.lists(st.tuples(EVENTS, st.integers(1, 40_000)), max_size=30))
def test_any_history_keeps_the_promises(history: list[tuple[Fetched | Failed, int]]) -> None:
    """No question before a Retry-After, no future validator, no move before seven days."""
    state, at, since = FRESH, NOW, {}
    for event, minutes in history:
        at += timedelta(minutes=minutes)
        if isinstance(event, Failed):
            state = watch.failed(state, event, now=at)
            since = {}
            waits = asked(state, at, urgent=True)
            assert isinstance(waits, Request) or waits.code in {"retry-after", "paused"}
            assert isinstance(asked(state, at), watch.Wait)
        else:
            state = well(state, event, at)
            lasting = event.redirects and all(s in {301, 308} for s, _ in event.redirects)
            moved = event.url if lasting and event.url != URL else ""
            since = {moved: since.get(moved, at)} if moved else {}
            assert state.failures == 0
        target = watch.adoption(state, at, LIMITS)
        assert not target or at - since[target] >= timedelta(days=7)
        planned = asked(state, at, urgent=True)
        if isinstance(planned, Request):
            assert planned.last_modified in {None, "Sat, 21 Nov 2026 10:00:00 GMT"}


def test_sources_that_failed_together_do_not_come_back_together() -> None:
    """Up to a fifth earlier, each its own; the same history gives the same hour."""
    pauses = [watch.pause(f"src-{n}", 3) for n in range(40)]
    whole = watch.FIRST_PAUSE * 4

    assert all(whole * 0.8 <= one <= whole for one in pauses)
    assert len(set(pauses)) > 30
    assert pauses == [watch.pause(f"src-{n}", 3) for n in range(40)]
    assert watch.pause("src-1", 3) != watch.pause("src-1", 2) * 2
