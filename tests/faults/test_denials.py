"""Addresses that do not exist: suppressed after the edition, unless too many are denied at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from digest.actions import (
    denials,
    dispatching,
    missing,
    pacing,
    reviewing,
    settling,
    stops,
    subscribing,
)
from digest.actions.app import App
from digest.actions.reporting import doctor
from digest.deliver.denials import FEW, LEAST
from digest.jobs import dispatcher
from digest.model import DeliveryState, EditionState
from tests.fakes.transport import BLOCKED, CUT_AFTER_DOT, LATER, NEVER, FakeSpec, fake
from tests.faults.ground import READERS, Ground, add_readers, later, queued_home
from tests.integration import web_kit as kit

TOMORROW = kit.DAY + timedelta(days=1)
ABV = [f"chitatel{n}@abv.bg" for n in range(30)]
REST = "rest"


def drained(app: App, spec: FakeSpec) -> None:
    """One connection until nothing can be claimed; what follows at the end is not done."""
    while dispatching.drain_slice(app, spec, worker="w"):
        pass


def sent(app: App, spec: FakeSpec, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatching, "open_transport", lambda _app, _text: spec)
    dispatching.dispatch(app, connections=1)


def suppressed(app: App) -> set[str]:
    return {person.address for person, is_so in subscribing.list_people(app) if is_so}


def next_edition(ground: Ground, day: date = TOMORROW) -> Ground:
    """The next day's edition, queued for whoever may still be written to."""
    app = later(ground.app, 24 * 60)
    made = kit.edition(day)
    with app.store.work() as work:
        work.editions.save(made)
    reviewing.approve(app, made.id, by=kit.APPROVER)
    dispatching.queue(app, made.id)
    return replace(ground, app=app, day=day)


def test_an_unknown_user_is_suppressed_and_left_out_of_the_next_edition(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a bounce; the refused delivery keeps the relay's words, and repeating does nothing."""
    gone = ground.people[7]
    relay = fake({gone: NEVER}, once=False)

    sent(ground.app, relay, monkeypatch)
    after = suppressed(ground.app)
    again = denials.judge(ground.app)
    tomorrow = next_edition(ground)
    sent(tomorrow.app, relay, monkeypatch)

    assert (after, again) == ({gone}, 0)
    line = next(one for one in dispatching.deliveries(ground.app, ground.edition) if
                one.address == gone)  # fmt: skip
    words = f"hard: 550 5.1.1 550 <{gone}>"
    assert (line.state, line.last_error) == (DeliveryState.REFUSED, words)
    assert tomorrow.states()[gone] is DeliveryState.SUPPRESSED
    assert tomorrow.ledger().accepted == READERS - 1
    with ground.app.store.reading() as work:
        assert [one.reason for one in work.roll.suppressions.list()] == ["hard"]
        deeds = work.activity.list(subject=ground.edition)
    assert (denials.SUPPRESSED, "1") in [(one.what, one.after) for one in deeds]


def test_what_a_person_has_lifted_is_not_suppressed_again_by_the_same_refusal(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One refusal acts once."""
    sent(ground.app, fake({ground.people[0]: NEVER}), monkeypatch)
    subscribing.unsuppress(ground.app, [ground.people[0]])

    assert denials.judge(ground.app) == 0
    assert suppressed(ground.app) == set()


def test_nothing_but_a_dead_address_suppresses(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a refusal of ours nor one for now."""
    faults = {ground.people[0]: BLOCKED, ground.people[1]: LATER, ground.people[2]: BLOCKED}
    sent(ground.app, fake(faults, once=False), monkeypatch)

    assert suppressed(ground.app) == set()
    assert denials.judge(later(ground.app, 600)) == 0


def test_nobody_is_suppressed_before_the_edition_is_finished(ground: Ground) -> None:
    """The answers of the others may show that the relay is wrong; six hours are enough."""
    people = dict.fromkeys(ground.people[:3], NEVER) | {ground.people[5]: LATER}
    drained(ground.app, fake(people, once=False))

    dispatching.close_finished(ground.app)
    early = suppressed(ground.app)
    late = denials.judge(later(ground.app, 361))

    assert early == set()
    assert late == 3


def test_a_relay_that_denies_everybody_suppresses_nobody_and_stops_its_lane(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Most are not even asked for; doctor says what to look at."""
    sent(ground.app, fake(dict.fromkeys(ground.people, NEVER), once=False), monkeypatch)

    ledger = ground.ledger()
    assert suppressed(ground.app) == set()
    assert ledger.refused == LEAST
    assert ledger.queued == READERS - LEAST
    (state,) = stops.stopped(ground.app)
    assert (state.name, state.stopped, state.doubted) == (REST, "550 5.1.1", True)
    row = next(one for one in pacing.lanes(ground.app) if one.state.name == REST)
    assert (row.standing(ground.app.now()), row.denied) == ("stopped", LEAST)
    assert row.since == ground.app.now()
    finding = next(one for one in doctor(ground.app) if one.code == "lane-denied")
    assert "lanes resume rest --gone" in finding.fix
    with ground.app.store.reading() as work:
        assert work.activity.list(subject=REST)[0].what == stops.STOPPED


def test_those_denied_by_a_wrong_relay_are_tried_again(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person lets the lane go on; each reader gets the edition once."""
    relay = fake(dict.fromkeys(ground.people, NEVER), once=False)
    sent(ground.app, relay, monkeypatch)
    relay.transport.faults.clear()

    assert missing.would_resend(ground.app, ground.edition) == LEAST
    denials.resume(ground.app, REST, by=kit.APPROVER)
    missing.send_to_missed(ground.app, ground.edition, by=kit.APPROVER)
    for minutes in range(1, 9):
        sent(later(ground.app, minutes), relay, monkeypatch)

    assert ground.ledger().accepted == READERS
    assert len(relay.transport.accepted) == READERS
    assert suppressed(ground.app) == set()
    assert stops.stopped(ground.app) == ()


def test_a_person_may_say_that_the_addresses_are_gone(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who was reached meanwhile stays; the others are suppressed and not tried again."""
    relay = fake(dict.fromkeys(ground.people[: LEAST + 5], NEVER), once=False)
    sent(ground.app, relay, monkeypatch)
    with ground.app.store.reading() as work:
        denied = {line.address for line in work.deliveries.lines(ground.edition,
                  {DeliveryState.REFUSED})}  # fmt: skip

    done = denials.resume(ground.app, REST, by=kit.APPROVER, gone=True)

    assert done == len(denied) == LEAST
    assert suppressed(ground.app) == denied
    assert missing.would_resend(ground.app, ground.edition) == 0
    assert stops.stopped(ground.app) == ()


def test_a_crash_between_the_answer_and_what_follows_forgets_nobody(ground: Ground) -> None:
    """Refusals wait in the database; the next look at an idle outbox takes them up."""
    drained(ground.app, fake({ground.people[0]: NEVER}))
    with ground.app.store.work() as work:
        work.deliveries.close_finished()

    dispatcher.drain(ground.app, lambda: False)

    assert suppressed(ground.app) == {ground.people[0]}


def test_a_crash_does_not_hide_that_too_many_were_denied(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The counts of the lane are lost with the process; the ledger's rows are not."""
    monkeypatch.setattr(pacing, "noted", lambda state, *_: state)
    drained(ground.app, fake(dict.fromkeys(ground.people[: READERS // 3], NEVER)))

    dispatching.close_finished(ground.app)

    (state,) = stops.stopped(ground.app)
    assert suppressed(ground.app) == set()
    assert (state.doubted, state.hard, state.seen) == (True, READERS // 3, READERS)


def test_small_lanes_of_which_nobody_is_taken_prove_a_wrong_relay_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three readers here and three there: too few for a share, and nobody was accepted at all."""
    with queued_home(tmp_path / "home", people=3) as ground:
        add_readers(ground.app, ABV[:3])
        dispatching.queue(ground.app, ground.edition)

        sent(ground.app, fake(dict.fromkeys(ground.people + ABV, NEVER)), monkeypatch)

        assert FEW > 3
        assert suppressed(ground.app) == set()
        assert [one.name for one in stops.stopped(ground.app)] == ["abv.bg", REST]


def test_one_provider_that_is_wrong_does_not_save_the_dead_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its lane stops; where most are taken the one who is gone is suppressed."""
    with queued_home(tmp_path / "home", people=40) as ground:
        add_readers(ground.app, ABV)
        dispatching.queue(ground.app, ground.edition)
        relay = fake(dict.fromkeys([*ABV, ground.people[0]], NEVER), once=False)

        sent(ground.app, relay, monkeypatch)
        expired = later(ground.app, 24 * 60)
        sent(expired, relay, monkeypatch)

        assert [one.name for one in stops.stopped(ground.app)] == ["abv.bg"]
        assert suppressed(ground.app) == {ground.people[0]}


def test_a_reader_erased_meanwhile_is_passed_over(ground: Ground) -> None:
    """Nothing is left to suppress, and nothing waits for ever."""
    drained(ground.app, fake({ground.people[0]: NEVER}))
    subscribing.erase(ground.app, [ground.people[0]])

    dispatching.close_finished(ground.app)

    assert ground.ledger().balanced
    with ground.app.store.reading() as work:
        assert not work.denials.waiting()
        assert work.editions.get(ground.edition).state is EditionState.SENT


def told_by_log(ground: Ground, gone: list[str], text: str = "550 5.1.1 User unknown") -> None:
    """The answers for some were lost in the sending; the relay's log brings them afterwards."""
    drained(ground.app, fake(dict.fromkeys(gone, CUT_AFTER_DOT)))
    learnt(ground, gone, text)


def learnt(ground: Ground, gone: list[str], text: str = "550 5.1.1 User unknown") -> None:
    """The edition is finished, and a relay's log says that of some."""
    dispatching.close_finished(ground.app)
    lines = [one for one in dispatching.deliveries(ground.app, ground.edition)
             if one.address in gone]  # fmt: skip
    rows = [f"{one.message_id},bounced,{text}\n" for one in lines]
    settling.by_log(
        ground.app, ground.edition, ["message_id,status,text\n", *rows], by=kit.APPROVER
    )


def test_an_unknown_user_learnt_from_a_log_is_suppressed_as_one_at_the_answer(
    ground: Ground,
) -> None:
    """Whichever way the same words of a relay come; repeating does nothing."""
    gone = ground.people[:2]

    told_by_log(ground, gone)

    assert suppressed(ground.app) == set(gone)
    assert denials.judge(ground.app) == 0
    tomorrow = next_edition(ground)
    assert {tomorrow.states()[one] for one in gone} == {DeliveryState.SUPPRESSED}


def test_a_log_that_denies_too_many_suppresses_nobody_and_stops_their_lane(
    ground: Ground,
) -> None:
    """The guard against a relay that is wrong is the same; a person says what is true."""
    gone = ground.people[: READERS // 3]

    told_by_log(ground, gone)

    (state,) = stops.stopped(ground.app)
    assert suppressed(ground.app) == set()
    assert (state.doubted, state.hard, state.seen) == (True, READERS // 3, READERS)
    assert denials.resume(ground.app, REST, by=kit.APPROVER, gone=True) == len(gone)
    assert suppressed(ground.app) == set(gone)


@pytest.mark.parametrize(("unknown", "named"), [(READERS, LEAST), (60, 12)])
def test_a_log_of_denials_alone_is_not_believed_for_the_many_that_are_still_in_doubt(
    tmp_path: Path, unknown: int, named: int
) -> None:
    """A relay that never answered has not taken anybody: only what it told counts for the share."""
    with queued_home(tmp_path / "home", people=unknown) as ground:
        drained(ground.app, fake(dict.fromkeys(ground.people, CUT_AFTER_DOT)))

        learnt(ground, ground.people[:named])

        (state,) = stops.stopped(ground.app)
        assert suppressed(ground.app) == set()
        assert (state.doubted, state.hard, state.seen) == (True, named, named)


@pytest.mark.parametrize("text", ["552 5.2.2 Mailbox full", "554 5.7.1 Blocked by policy"])
def test_other_refusals_of_a_log_suppress_nobody(ground: Ground, text: str) -> None:
    """Returned for good, but the address is alive."""
    told_by_log(ground, ground.people[:2], text)

    assert ground.ledger().refused == 2
    assert suppressed(ground.app) == set()


def test_an_editors_word_that_a_delivery_was_refused_suppresses_nobody(ground: Ground) -> None:
    """It says what became of one message, not of the address."""
    drained(ground.app, fake({ground.people[0]: CUT_AFTER_DOT}))

    word = settling.Word.REFUSED
    settling.settle(
        ground.app, ground.edition, ground.people[0], word, by=kit.APPROVER, why="hard: 550"
    )
    dispatching.close_finished(ground.app)

    assert ground.states()[ground.people[0]] is DeliveryState.REFUSED
    assert suppressed(ground.app) == set()
