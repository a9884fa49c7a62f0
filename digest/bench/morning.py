"""The sample morning from its sources to mail on disk: time and memory."""

from __future__ import annotations

from collections.abc import Iterator

from digest.assets import config_text
from digest.bench.homes import temporary_home
from digest.bench.memory import watched
from digest.bench.rows import Row, note, seconds_of, timed

SIZE = 1
"""Mornings."""

SECONDS = 10
MEGABYTES = 400


def measure(size: int) -> Iterator[Row]:
    """Plays the demo: both of its days, all departures, mail in the folder."""
    for number in range(size):
        note(f"сутрин {number + 1} от {size}")
        yield _morning()


def _morning() -> Row:
    from digest.actions.demo import known_world, play, sample_site
    from digest.bench.start import bare_python
    from digest.sample.newsroom import load_newsroom

    sample = load_newsroom()
    bare = seconds_of(bare_python())
    with (
        sample_site() as (mirrors, show_day),
        temporary_home(
            settings_text=config_text("demo.toml"),
            flags={"collect.mirrors": mirrors},
            at=sample.demo_now,
            world=lambda home: known_world(home, sample),
        ) as app,
        watched() as memory,
        timed() as watch,
    ):
        done = play(app, show_day, progress=None)
    return Row(
        what="примерната сутрин и тази преди нея",
        seconds=watch.seconds,
        units=done.morning.collected.articles_new,
        ratio=watch.seconds / bare,
        ratio_to="python -c pass",
        floor=f"seconds ≤ {SECONDS}, memory_mb ≤ {MEGABYTES}",
        holds=watch.seconds <= SECONDS and memory.peak <= MEGABYTES,
        more={
            "cpu_seconds": watch.cpu_seconds,
            "memory_mb": round(memory.peak, 1),
            "sent": sum(one.accepted for one in done.leavings),
        },
    )
