"""The files of `digest render EDITION.json --out DIR`, all but the message itself.

The parts are joined with the addresses of nobody: what is shown is the page that everybody gets.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from digest.errors import Finding
from digest.model import Edition, Masthead, Newsroom, RenderedEdition
from digest.render import budget, cut
from digest.render.words import safe_url

ALL = "all"


def preview_values(edition: Edition, masthead: Masthead) -> dict[str, str]:
    """Values for a copy that belongs to no subscriber; no token in any address."""
    base = safe_url(masthead.public_url)
    return {
        "UNSUB": f"{base}/",
        "PREFS": f"{base}/",
        "WEB": f"{base}/brij/{edition.id}",
        "NAME": "",
    }


def render_files(
    edition: Edition,
    masthead: Masthead,
    newsroom: Newsroom,  # noqa: ARG001 - the stage's signature, kept for own section names
    rendered: RenderedEdition,
    *,
    values: Mapping[str, str] | None = None,
    preflight: Sequence[Finding] = (),
) -> dict[str, bytes]:
    """File name → bytes: `edition.html`, `edition.txt`, `edition.web.html`, `findings.json`.

    `values` fill the placeholders; by default those of a copy that belongs to nobody.
    """
    values = values or preview_values(edition, masthead)
    variant = rendered.variants[ALL]
    found = json.dumps(findings(rendered, preflight), ensure_ascii=False, indent=2)
    return {
        "edition.html": cut.join(variant.html, values, escape=True).encode("utf-8"),
        "edition.txt": cut.join(variant.text, values, escape=False).encode("utf-8"),
        "edition.web.html": rendered.web_html.encode("utf-8"),
        "findings.json": f"{found}\n".encode(),
    }


def findings(rendered: RenderedEdition, preflight: Sequence[Finding] = ()) -> list[dict[str, str]]:
    """The room's own findings and those of the preflight, each once, red first."""
    rows = [
        {"level": level, "code": code, "what": what, "fix": ""}
        for level, code, what in rendered.findings
    ]
    rows += [
        {"level": one.level, "code": one.code, "what": one.what, "fix": one.fix}
        for one in preflight
    ]
    order = {"red": 0, "yellow": 1, "green": 2}
    unique = {(row["code"], row["what"]): row for row in rows}
    return sorted(unique.values(), key=lambda row: (order[row["level"]], row["code"]))


def sizes(rendered: RenderedEdition) -> dict[str, dict[str, int]]:
    """Variant → bytes of its HTML and of its text, without personal values."""
    return {
        key: {"html_bytes": budget.size(one.html), "text_bytes": budget.size(one.text)}
        for key, one in rendered.variants.items()
    }
