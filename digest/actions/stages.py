"""Rendering one exported edition to files, without a newsroom's state: `digest render`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from digest.actions.editions import refuse_empty
from digest.errors import BadInput, StorageFault
from digest.halves import read_json
from digest.model import Delivery, DeliveryId, DeliveryState, Edition, SubscriberId

if TYPE_CHECKING:
    from digest.model import Masthead, Newsroom, RenderedEdition
    from digest.settings import Settings

ALL = "all"
"""The largest variant: everybody's sections."""
FITTINGS = 4
"""Times that a mail is made lighter; the estimate is seldom a tenth off."""
SPARE = 1_500
"""Bytes left for the personal addresses, which the limit counts too when a file is weighed."""


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
    from digest.render.stage import render_files

    given = read_edition(data, name)
    refuse_empty(given)
    masthead = settings.masthead()
    edition, rendered = fitting(given, masthead, newsroom, overrides)
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


def fitting(
    edition: Edition, masthead: Masthead, newsroom: Newsroom, overrides: Path | None = None
) -> tuple[Edition, RenderedEdition]:
    """The edition and its mail, made lighter where the mail would be clipped, which is told.

    What one story costs is an estimate, so the real size is looked at again; a mail that cannot
    be made light enough keeps its red finding.
    """
    from digest.compose.lighter import lighter, told
    from digest.render import budget
    from digest.render.render import render

    def made(one: Edition) -> RenderedEdition:
        return render(
            one, masthead, section_sets={frozenset()}, newsroom=newsroom, overrides=overrides
        )

    fit, rendered = edition, made(edition)
    for _ in range(FITTINGS):
        smaller = lighter(fit, budget.size(rendered.variants[ALL].html) + SPARE - budget.FAIL_BYTES)
        if smaller == fit:
            break
        fit, rendered = smaller, made(smaller)
    found = tuple(("yellow", "story-left-out", one) for one in told(edition, fit))
    return fit, replace(rendered, findings=(*rendered.findings, *found))


def read_edition(data: bytes, name: str) -> Edition:
    """An edition from its JSON. Raises `BadInput` that names the key."""
    from digest.compose.exchange import from_json

    try:
        tree = read_json(data)
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
