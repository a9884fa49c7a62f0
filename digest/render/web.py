"""The public page of an edition: the same stories, and nothing of a person.

A whole HTML document with one inline style block; `style_source()` is what a strict
Content-Security-Policy has to name for it.
"""

from __future__ import annotations

import base64
import hashlib

from digest.render.environment import html_environment
from digest.render.fonts import fonts
from digest.render.view import Page, PrintedStory


def archive_page(shown: Page) -> str:
    """The HTML of the page, with JSON-LD for each story that has an address."""
    return (
        html_environment(root="web")
        .get_template("archive/page.html.j2")
        .render(page=shown, ld=_linked_data(shown), style=style(), fonts=fonts(shown.public_url))
        + "\n"
    )


def style() -> str:
    """The style block's text, the same on every page."""
    return html_environment(root="web").get_template("archive/archive.css").render()


def style_source() -> str:
    """`'sha256-…'` of the style block, for `style-src` (CSP level 3)."""
    digest = hashlib.sha256(style().encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _linked_data(shown: Page) -> dict[str, object]:
    return {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "inLanguage": shown.language,
        "name": shown.subject,
        "datePublished": shown.iso_date,
        "isPartOf": {"@type": "Periodical", "name": shown.publication, "url": shown.public_url},
        "hasPart": [_article(story) for story in shown.stories if story.url],
    }


def _article(story: PrintedStory) -> dict[str, object]:
    row: dict[str, object] = {
        "@type": "NewsArticle",
        "headline": story.title[:110],
        "url": story.url,
        "publisher": [
            {"@type": "NewsMediaOrganization", "name": one.outlet} for one in story.credits
        ],
    }
    if story.published:
        row["datePublished"] = story.published
    return row
