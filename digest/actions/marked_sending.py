"""Sending an edition to a few named people before it goes to readers."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from digest.actions import editions
from digest.actions.app import App
from digest.actions.dispatching import open_transport
from digest.clock import zone
from digest.model import (
    Delivery,
    DeliveryId,
    DeliveryState,
    Edition,
    RenderedEdition,
    Result,
)

if TYPE_CHECKING:
    from digest.deliver.message import Composer
    from digest.deliver.transport import Transport


def send_test(
    app: App, wanted: str, addresses: list[str], *, transport: str | None = None
) -> list[Result]:
    """Sends the edition to the named addresses by the real path, subject marked `[ТЕСТ]`.

    Nothing of it is in the ledger; unsubscribe addresses in it belong to nobody, which a line on
    top of the mail says, with what else does not work yet. Below it is what readers would get.
    """
    from digest.deliver.message import TEST_PREFIX, Composer

    edition = editions.get(app, wanted)
    editions.refuse_empty(edition)
    spec = open_transport(app, transport)
    composer = Composer(
        _marked(app, edition),
        app.settings.masthead(),
        app.links(edition.id),
        date=app.now(),
        subject_prefix=TEST_PREFIX,
        signer=app.signer,
    )
    sender = spec.open()
    try:
        origin = app.settings.masthead().from_address
        return [
            _sent(sender, composer, _test_delivery(app, edition, one), origin) for one in addresses
        ]
    finally:
        sender.close()


def _marked(app: App, edition: Edition) -> RenderedEdition:
    from digest.bulgarian.dates import date_in_words
    from digest.render.marked import Trial, banner, marked

    local = app.now().astimezone(zone(app.settings.publication.timezone))
    at = f"{date_in_words(local.date())}, {local:%H:%M}\u00a0ч."
    rendered = editions.render(app, edition)
    with app.store.reading() as work:
        public = work.public.holds(edition.id)
    trial = Trial(rendered.subject, at, edition.approved_by is not None, public)
    mark, _ = banner(trial, overrides=app.home / "templates")
    return marked(rendered, mark)


def _sent(sender: Transport, composer: Composer, delivery: Delivery, origin: str) -> Result:
    """One test message; an address that no message can name is refused alone."""
    message = composer.compose_or_refuse(delivery)
    if isinstance(message, Result):
        return message
    return sender.send(delivery, message, origin)


def _test_delivery(app: App, edition: Edition, address: str) -> Delivery:
    sample = editions.sample_delivery(app, edition, None)
    token = sha256(f"{address}{app.now().isoformat()}".encode()).hexdigest()[:12]
    return replace(
        sample,
        id=DeliveryId(f"test-{token}"),
        address=address,
        state=DeliveryState.SENDING,
        message_id=f"<test-{token}@{app.settings.masthead().domain}>",
    )
