"""Rendering one exported edition to files, without a newsroom's state: `digest render`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from digest.actions.editions import refuse_empty
from digest.errors import BadInput, StorageFault
from digest.model import Delivery, DeliveryId, DeliveryState, Edition, SubscriberId

if TYPE_CHECKING:
    from digest.model import Newsroom
    from digest.settings import Settings


def render_to(
    data: bytes,
    name: str,
    out: Path,
    *,
    settings: Settings,
    newsroom: Newsroom,
    now: datetime,
    overrides: Path | None = None,
) -> Mapping[str, object]:
    """Writes `edition.html .txt .web.html .eml findings.json`; gives the contract's line.

    `overrides` is a folder with templates of a newsroom's own, which stand before the packaged.
    Raises `BadInput` for what is no edition and `Refused` for one without stories.
    """
    from digest.deliver.links import PublicLinks
    from digest.deliver.message import Composer
    from digest.render.render import render
    from digest.render.stage import render_files

    edition = read_edition(data, name)
    refuse_empty(edition)
    masthead = settings.masthead()
    rendered = render(
        edition, masthead, section_sets={frozenset()}, newsroom=newsroom, overrides=overrides
    )
    files = dict(render_files(edition, masthead, newsroom, rendered))
    links = PublicLinks(
        masthead.public_url, f"{masthead.public_url}/brij/{edition.id}", masthead.domain
    )
    composer = Composer(rendered, masthead, links, date=edition.created_at or now)
    files["edition.eml"] = composer.compose(_sample(edition, masthead.domain))
    _write(out, files)
    return {
        "html_bytes": len(files["edition.html"]),
        "text_bytes": len(files["edition.txt"]),
        "variants": len(rendered.variants),
        "findings": [{"level": a, "code": b, "what": c} for a, b, c in rendered.findings],
    }


def read_edition(data: bytes, name: str) -> Edition:
    """An edition from its JSON. Raises `BadInput` that names the key."""
    from digest.compose.exchange import from_json

    try:
        tree = json.loads(data)
    except (ValueError, RecursionError) as cause:
        raise BadInput(
            f"„{name}“ не е JSON.", f"Причина: {cause}.", "Направете го с „digest edition export“."
        ) from cause
    if not isinstance(tree, dict):
        raise BadInput(f"„{name}“ не е брой.", "Очаква се обект.", "Вижте docs/formats.md.")
    return from_json(tree)


def _sample(edition: Edition, domain: str) -> Delivery:
    return Delivery(
        id=DeliveryId("sample"), edition_id=edition.id, revision=edition.revision,
        subscriber_id=SubscriberId("sample"), address=f"chitatel@{domain}", name="",
        variant="all", lane="rest", state=DeliveryState.QUEUED, attempts=0, epoch=0,
        message_id=f"<sample.{edition.id}@{domain}>", leave_token="sample",  # noqa: S106 - opens nothing
    )  # fmt: skip


def _write(out: Path, files: Mapping[str, bytes]) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (out / name).write_bytes(data)
    except OSError as cause:
        raise StorageFault(
            f"Файловете не могат да се запишат в „{out}“.",
            f"Причина: {cause.strerror or cause}.",
            "Освободете място или изберете друга папка.",
        ) from cause
