"""The outlets' feeds: RSS with the whole text, RSS with cut lines, a lying RSS, and Atom.

Each function takes an outlet and the day and gives the bytes of its feed. The build date is the
newest article's, never the clock's, so that a day gives the same bytes every time.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from email.utils import format_datetime
from html import escape

from digest.sample.outlets import Outlet, Piece

CUT = 150
"""Characters a cut description keeps: about two lines of a listing."""


def feed_bytes(outlet: Outlet, day: date) -> bytes:
    """The feed of the outlet on `day`, in the outlet's encoding.

    The declaration always says UTF-8. For the windows-1251 outlet that is the trap.
    """
    text = _atom(outlet, day) if outlet.kind == "atom" else _rss(outlet, day)
    return text.encode(outlet.encoding)


def _rss(outlet: Outlet, day: date) -> str:
    pieces = _newest_first(outlet, day)
    items = "".join(_item(outlet, piece) for piece in pieces)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel>\n'
        f"<title>{escape(outlet.name)}</title>\n<link>https://{outlet.host}/</link>\n"
        f"<description>{escape(outlet.tagline)}</description>\n<language>bg</language>\n"
        f"{items}</channel>\n</rss>\n"
    )


def _item(outlet: Outlet, piece: Piece) -> str:
    url = outlet.url_of(piece)
    lines = [
        f"<title>{escape(piece.title, quote=False)}</title>",
        f"<link>{url}</link>",
        f'<guid isPermaLink="false">{outlet.slug}-{piece.number}</guid>',
        f"<category>{escape(piece.category)}</category>",
        *([f"<dc:creator>{escape(piece.author)}</dc:creator>"] if piece.author else []),
        *([f"<pubDate>{_rfc822(outlet, piece.feed_date)}</pubDate>"] if piece.feed_date else []),
        *_item_text(outlet, piece),
    ]
    return "<item>\n" + "\n".join(lines) + "\n</item>\n"


def _item_text(outlet: Outlet, piece: Piece) -> list[str]:
    if outlet.feed_body == "cut":
        return [f"<description>{escape(cut(' '.join(piece.body)), quote=False)}</description>"]
    if outlet.feed_body == "description":
        return [f"<description><![CDATA[{_paragraphs(piece)}]]></description>"]
    return [
        f"<description>{escape(piece.lead, quote=False)}</description>",
        f"<content:encoded><![CDATA[{_paragraphs(piece)}]]></content:encoded>",
    ]


def cut(text: str) -> str:
    """The first `CUT` characters and an ellipsis, in the middle of a word if need be."""
    return text if len(text) <= CUT else text[:CUT].rstrip() + "…"


def _paragraphs(piece: Piece) -> str:
    label = f"<p><em>{escape(piece.sponsored)}</em></p>\n" if piece.sponsored else ""
    return label + "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in piece.body)


def _rfc822(outlet: Outlet, moment: datetime) -> str:
    # Old engines write the zone's name; RFC 822 knows no EET, so a careless reader takes UTC.
    if outlet.encoding == "windows-1251":
        return format_datetime(moment).replace("+0200", "EET")
    return format_datetime(moment)


def _atom(outlet: Outlet, day: date) -> str:
    pieces = _newest_first(outlet, day)
    updated = max(piece.published for piece in pieces if piece.published).isoformat()
    home = f"https://{outlet.host}/"
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="bg">\n'
        f"<title>{escape(outlet.name)}</title>\n<subtitle>{escape(outlet.tagline)}</subtitle>\n"
        f'<id>{home}</id>\n<link href="{home}"/>\n'
        f'<link rel="self" href="{home.rstrip("/")}{outlet.feed_path}"/>\n'
        f"<updated>{updated}</updated>\n"
        f"{''.join(_entry(outlet, piece) for piece in pieces)}</feed>\n"
    )


def _entry(outlet: Outlet, piece: Piece) -> str:
    if piece.published is None:
        raise ValueError(f"an Atom entry needs a date: {piece.id}")
    updated = piece.published + timedelta(minutes=6)
    return (
        f"<entry>\n<title>{escape(piece.title, quote=False)}</title>\n"
        f'<link rel="alternate" type="text/html" href="{outlet.url_of(piece)}"/>\n'
        f"<id>tag:{outlet.host},2026:{piece.number}</id>\n"
        f"<published>{piece.published.isoformat()}</published>\n"
        f"<updated>{updated.isoformat()}</updated>\n"
        f"<author><name>{escape(piece.author or outlet.name)}</name></author>\n"
        f'<category term="{escape(piece.category)}"/>\n'
        f'<summary type="text">{escape(piece.lead, quote=False)}</summary>\n</entry>\n'
    )


def _newest_first(outlet: Outlet, day: date) -> list[Piece]:
    def age(piece: Piece) -> tuple[bool, float]:
        claimed = piece.feed_date
        return (claimed is None, -claimed.timestamp() if claimed else 0.0)

    return sorted(outlet.shown(day), key=age)
