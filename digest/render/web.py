"""The public page of an edition: the same stories, and nothing of a person.

A whole HTML document with one inline style block.
"""

from __future__ import annotations

from pathlib import Path

from markupsafe import escape

from digest.render.address import ARCHIVE, ATOM, JSON_FEED
from digest.render.environment import html_environment
from digest.render.faults import Unusable
from digest.render.palette import Palette
from digest.render.picture import SIZE
from digest.render.view import Page, PrintedStory

PAGE = "archive/page.html.j2"
HEADLINE = 110
"""Characters of a headline that Google reads (developers.google.com, „Article“)."""


def archive_page(shown: Page, palette: Palette, overrides: Path | None = None) -> str:
    """The HTML of the page in the house colours, with JSON-LD for each story with an address.

    `overrides` is a folder whose `web/archive/` stands before the packaged one. Raises `Unusable`
    for an own page that is no HTML document or leaves out the lead.
    """
    made = (
        html_environment(overrides, root="web")
        .get_template(PAGE)
        .render(
            page=shown,
            ld=_linked_data(shown),
            style=style(palette, overrides),
            palette=palette,
            places={"archive": ARCHIVE, "atom": ATOM, "json": JSON_FEED},
            size=SIZE,
        )
        + "\n"
    )
    _refuse_useless(made, shown)
    return made


def _refuse_useless(html: str, shown: Page) -> None:
    fix = "Върнете мястото в образеца: без него страницата не е брой."
    if not html.lstrip().lower().startswith("<!doctype html>"):
        raise Unusable(PAGE, "страницата не започва с <!DOCTYPE html>", fix)
    if str(escape(shown.lead.title)) not in html:
        raise Unusable(PAGE, "водещата новина липсва", fix)


def style(palette: Palette, overrides: Path | None = None) -> str:
    """The style block's text, the same on every page of a newsroom."""
    sheet = html_environment(overrides, root="web").get_template("archive/archive.css")
    return sheet.render(palette=palette)


def _linked_data(shown: Page) -> dict[str, object]:
    """schema.org: the page, and the list of what it tells in the order it is printed."""
    articles = [_article(story) for story in shown.stories if story.url]
    row: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "inLanguage": shown.language,
        "name": shown.subject,
        "datePublished": shown.iso_date,
        "isPartOf": {"@type": "Periodical", "name": shown.publication, "url": shown.public_url},
        "mainEntity": {
            "@type": "ItemList",
            "numberOfItems": len(articles),
            "itemListElement": [
                {"@type": "ListItem", "position": place, "item": article}
                for place, article in enumerate(articles, 1)
            ],
        },
    }
    if shown.address:
        row |= {"@id": shown.address, "url": shown.address}
    return row


def _article(story: PrintedStory) -> dict[str, object]:
    row: dict[str, object] = {
        "@type": "NewsArticle",
        "headline": story.title[:HEADLINE],
        "url": story.url,
        "publisher": [
            {"@type": "NewsMediaOrganization", "name": one.outlet} for one in story.credits
        ],
    }
    if story.published:
        row["datePublished"] = story.published
    return row
