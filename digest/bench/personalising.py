"""A message for one more subscriber: against a full render, a signature, the stdlib's own way.

A full render is an edition of fifteen stories with six variants, as a newsroom whose readers
choose sections has it.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from functools import partial
from typing import TYPE_CHECKING

from digest.bench.generated import NOW, edition
from digest.bench.rows import Row, cost_of, medians, timed
from digest.model import (
    Delivery,
    DeliveryId,
    DeliveryState,
    Edition,
    Masthead,
    Picture,
    Piece,
    RenderedEdition,
    SubscriberId,
    Variant,
)

if TYPE_CHECKING:
    from digest.deliver.links import Links
    from digest.deliver.message import Composer

SIZE = 2000
"""Messages."""

STORIES, VARIANTS = 15, 6
SHARE = 1 / 400
"""Of a full render, at most, for one more message."""
FASTER = 25
"""Times, at least, than `EmailMessage` for each reader."""
SIGNED = 2.0
"""Times the signature itself, at most, for a message with it: composing and hashing are less."""
SECONDS = 2.0
"""Most that a full render takes on a small machine; the only figure here that is no ratio."""
_PICTURES = 20
_RENDERS = 3
_NAIVE = 40
"""Messages made the stdlib's way in one run: each costs as much as fifty of ours."""


def measure(size: int) -> Iterator[Row]:
    """Messages of a kept composer, each for another person; the render is warm too."""
    from digest.deliver.links import PublicLinks
    from digest.deliver.message import Composer
    from digest.newsroom import load_newsroom
    from digest.render.render import render
    from digest.settings import load

    masthead, newsroom = load(environ={}).settings.masthead(), load_newsroom()
    made = edition(newsroom, publication="digest", stories=STORIES)
    sets = [frozenset(s.slug for s in made.sections[:n]) for n in range(1, VARIANTS)]
    full, single = medians(
        [
            lambda: render(made, masthead, newsroom=newsroom, section_sets=sets),
            lambda: render(made, masthead, newsroom=newsroom),
        ],
        _RENDERS,
    )
    yield _render_row(full.seconds, single.seconds)

    rendered = render(made, masthead, newsroom=newsroom, section_sets=sets)
    links = PublicLinks(masthead.public_url, f"{masthead.public_url}/brij/1", masthead.domain)
    composer = Composer(rendered, masthead, links, date=NOW)
    people = [_delivery(made, number) for number in range(size)]
    composer.compose(people[0])
    each = [cost_of(partial(composer.compose, one)).seconds for one in people]
    yield _message_row(each, full.seconds, len(composer.compose(people[0])))
    yield _carrying_row(rendered, people, masthead, links, full.seconds)
    yield _signed_row(rendered, people, masthead, links)
    yield _stdlib_row(composer, people[:_NAIVE], masthead, NOW)


def _render_row(full: float, single: float) -> Row:
    return Row(
        what=f"цял брой от {STORIES} новини в {VARIANTS} варианта",
        seconds=full,
        units=VARIANTS,
        ratio=full / single,
        ratio_to="същият брой в един вариант",
        floor=f"под {SECONDS:g} секунди",
        holds=full < SECONDS,
    )


def _message_row(each: Sequence[float], full: float, length: int) -> Row:
    median = statistics.median(each)
    return Row(
        what="още едно писмо",
        seconds=sum(each),
        units=len(each),
        ratio=median / full,
        ratio_to="подготовка на целия брой",
        floor="ratio ≤ 1/400",
        holds=median / full <= SHARE,
        more={"bytes": length, "median_ms": round(median * 1000, 4), "render_seconds": full},
    )


def _carrying_row(
    rendered: RenderedEdition,
    people: Sequence[Delivery],
    masthead: Masthead,
    links: Links,
    full: float,
) -> Row:
    """The same messages with as many pictures inside as a mail may carry."""
    from digest.deliver.message import Composer
    from digest.render.pictures import MOST_EMBEDDED

    size = MOST_EMBEDDED // _PICTURES
    pictures = tuple(
        Picture(f"{n}-thumb.jpg", f"{n}@{masthead.domain}", bytes(size)) for n in range(_PICTURES)
    )
    calls = "".join(f'<img src="cid:{one.cid}" alt="">' for one in pictures)
    variants = {key: _with_calls(one, calls) for key, one in rendered.variants.items()}
    carrying = replace(rendered, variants=variants, pictures=pictures)
    composer = Composer(carrying, masthead, links, date=NOW)
    length = len(composer.compose(people[0]))
    each = [cost_of(partial(composer.compose, one)).seconds for one in people]
    row = _message_row(each, full, length)
    return replace(row, what=f"още едно писмо с {_PICTURES} картини в него")


def _signed_row(
    rendered: RenderedEdition, people: Sequence[Delivery], masthead: Masthead, links: Links
) -> Row:
    """The same messages under an RSA-2048 signature, beside that signature alone."""
    from digest.deliver.dkim import Signer
    from digest.deliver.dkim_keys import new_key, read_key
    from digest.deliver.message import Composer

    key = read_key(new_key("rsa"), selector="s1", kind="rsa", setting="bench")
    composer = Composer(rendered, masthead, links, date=NOW, signer=Signer("example.bg", (key,)))
    length = len(composer.compose(people[0]))
    pairs = [
        (cost_of(partial(composer.compose, one)).seconds, cost_of(partial(key.sign, b"")).seconds)
        for one in people
    ]
    each = [signed for signed, _ in pairs]
    median = statistics.median(each)
    ratio = median / statistics.median(alone for _, alone in pairs)
    return Row(
        what="още едно писмо с подпис DKIM",
        seconds=sum(each),
        units=len(each),
        ratio=ratio,
        ratio_to="подписът RSA-2048 сам",
        floor=f"ratio ≤ {SIGNED:g}",
        holds=ratio <= SIGNED,
        more={"bytes": length, "median_ms": round(median * 1000, 4)},
    )


def _with_calls(variant: Variant, calls: str) -> Variant:
    first, *rest = variant.html.literals
    return replace(variant, html=Piece((f"{first}{calls}", *rest), variant.html.names))


def _stdlib_row(
    composer: Composer, people: Sequence[Delivery], masthead: Masthead, at: datetime
) -> Row:
    """The same messages by `EmailMessage`, side by side with ours."""
    with timed() as naive:
        for one in people:
            _by_stdlib(composer, one, masthead, at)
    with timed() as ours:
        for one in people:
            composer.compose(one)
    ratio = naive.seconds / max(ours.seconds, 1e-9)
    return Row(
        what="същите писма с EmailMessage",
        seconds=naive.seconds,
        units=len(people),
        ratio=ratio,
        ratio_to="същите писма по нашия начин",
        floor=f"ratio ≥ {FASTER}",
        holds=ratio >= FASTER,
    )


def _by_stdlib(composer: Composer, one: Delivery, masthead: Masthead, at: datetime) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = "Четиринадесет новини за една сутрин"
    message["From"] = f"{masthead.from_name} <{masthead.from_address}>"
    message["To"] = f"{one.name} <{one.address}>"
    message["Date"] = at
    message["Message-ID"] = one.message_id
    message.set_content(composer.part(one, "text").decode("utf-8"), cte="base64")
    html = composer.part(one, "html").decode("utf-8")
    message.add_alternative(html, subtype="html", cte="base64")
    return message.as_bytes()


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
