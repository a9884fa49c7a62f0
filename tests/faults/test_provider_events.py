"""A dispatcher is killed between the dot and the answer, and the provider tells what it took."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from digest.model import DeliveryState
from tests.fakes import sns
from tests.faults.ground import PATIENCE, ended, nobody_lost, nobody_twice, queued_home, relay
from tests.integration import hooked
from tests.integration.doubts import line


def tell(site: hooked.Site, met: Iterable[str]) -> None:
    """The provider's event for each whom it has taken."""
    for address in sorted(met):
        said = sns.delivered(line(site.ground, address).delivery, address)
        assert site.post(site.sns.post(said)) == 204


@pytest.mark.parametrize("when", ["early", "late"])
def test_what_was_met_is_accepted_by_the_providers_word(tmp_path: Path, when: str) -> None:
    """Whether it speaks while the rows are still on the wire, or after the doubt arose."""
    with queued_home(tmp_path / "home", people=12, flags=hooked.ON) as ground, relay() as post:
        process = ground.start(post.sink, connections=2)
        post.when(5, process.kill, counted="accepted")
        process.communicate(timeout=PATIENCE)
        ended(process)
        met = set(post.met())
        sending = {one for one, state in ground.states().items() if state == "sending"}
        assert sending & met

        with hooked.served(ground) as site:
            if when == "early":
                tell(site, met)
                assert ground.states() | dict.fromkeys(sending, "sending") == ground.states()
            ground.settle(post.sink)
            if when == "late":
                assert DeliveryState.UNKNOWN in {ground.states()[one] for one in met}
                tell(site, met)

        assert {ground.states()[one] for one in met} == {DeliveryState.ACCEPTED}
        nobody_lost(ground, post.met())
        nobody_twice(post.met())
