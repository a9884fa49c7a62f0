"""A message for one more subscriber, against one full render of the edition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from digest.bench.generated import NOW, edition
from digest.bench.rows import Row, medians, timed
from digest.model import Delivery, DeliveryId, DeliveryState, Edition, SubscriberId

SIZE = 2000
"""Messages."""

LIMIT = 1 / 200
_RENDERS = 3


def measure(size: int) -> Iterator[Row]:
    """Messages of a kept composer, each for another person; the render is warm too."""
    from digest.deliver.links import PublicLinks
    from digest.deliver.message import Composer
    from digest.newsroom import load_newsroom
    from digest.render.render import render
    from digest.settings import load

    masthead, newsroom = load(environ={}).settings.masthead(), load_newsroom()
    made = edition(newsroom, publication="digest")
    rendered = render(made, masthead, newsroom=newsroom)
    (cost,) = medians([lambda: render(made, masthead, newsroom=newsroom)], _RENDERS)
    full = cost.seconds

    links = PublicLinks(masthead.public_url, f"{masthead.public_url}/brij/1", masthead.domain)
    composer = Composer(rendered, masthead, links, date=NOW)
    people = [_delivery(made, number) for number in range(size)]
    length = len(composer.compose(_delivery(made, size)))
    with timed() as watch:
        for one in people:
            composer.compose(one)
    seconds = watch.seconds
    ratio = seconds / size / full
    yield Row(
        what="още едно писмо",
        seconds=seconds,
        units=size,
        ratio=ratio,
        ratio_to="подготовка на целия брой",
        floor="ratio ≤ 1/200",
        holds=ratio <= LIMIT,
        more={"bytes": length, "render_seconds": round(full, 4)},
    )


def _delivery(made: Edition, number: int) -> Delivery:
    first = Delivery(
        id=DeliveryId("dabcdefgh-jklmnopqrs"),
        edition_id=made.id,
        revision=made.revision,
        subscriber_id=SubscriberId("0"),
        address="chitatel@example.bg",
        name="",
        variant="all",
        lane="rest",
        state=DeliveryState.SENDING,
        attempts=1,
        epoch=1,
        message_id="<dabcdefgh@example.bg>",
        leave_token="",
    )
    return replace(
        first,
        id=DeliveryId(f"d{number}-jklmnopqrs"),
        subscriber_id=SubscriberId(str(number)),
        address=f"chitatel{number}@example.bg",
        name=f"Читател {number}",
        message_id=f"<d{number}-jklmnopqrs@example.bg>",
        leave_token=f"token{number}-abcdefghijklmnop",
    )
