"""HTML of the sample outlets: article pages with all that surrounds a text, and front pages.

Three layouts differ in markup and in where a date can be found: `wide` has JSON-LD, meta and a
time tag; `classic` JSON-LD in a graph beside a header with the day of the visit; `plain` only a
time tag. Takes an outlet, a piece and the day; gives text, not bytes.
"""

from __future__ import annotations

import json
from datetime import date
from html import escape

from digest.sample.outlets import SECTION_SLUGS, Outlet, Piece
from digest.sample.words import moment_in_words, weekday_line

RELATED = 3
"""Teasers below an article."""


def article_page(outlet: Outlet, piece: Piece, day: date) -> str:
    """The page of one article as its outlet shows it on `day`."""
    body = _LAYOUTS[outlet.layout](outlet, piece, day)
    return _document(outlet, piece.title, piece.language, _head(outlet, piece), body)


def front_page(outlet: Outlet, day: date) -> str:
    """The outlet's front page: titles and leads, no article."""
    links = "\n".join(
        f'<li><a href="{outlet.path_of(piece)}">{escape(piece.title)}</a> '
        f"<p>{escape(piece.lead)}</p></li>"
        for piece in outlet.shown(day)
    )
    head = f'<link rel="canonical" href="https://{outlet.host}/">'
    body = f"{_masthead(outlet, day)}\n<main>\n<ul>\n{links}\n</ul>\n</main>\n{_footer(outlet)}"
    return _document(outlet, outlet.tagline, "bg", head, body)


def _document(outlet: Outlet, title: str, language: str, head: str, body: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="{outlet.encoding}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)} | {escape(outlet.name)}</title>\n{head}\n"
        f"</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _head(outlet: Outlet, piece: Piece) -> str:
    url = outlet.url_of(piece)
    tags = [
        f'<link rel="canonical" href="{url}">',
        f'<meta name="description" content="{escape(piece.lead)}">',
        '<meta property="og:type" content="article">',
        f'<meta property="og:site_name" content="{escape(outlet.name)}">',
        f'<meta property="og:title" content="{escape(piece.title)}">',
        f'<meta property="og:description" content="{escape(piece.lead)}">',
        f'<meta property="og:url" content="{url}">',
        f'<meta property="og:image" content="https://{outlet.host}/img/{piece.id}.png">',
        f'<meta property="article:section" content="{escape(piece.category)}">',
    ]
    if piece.published and outlet.layout == "wide":
        when = piece.published.isoformat()
        tags.append(f'<meta property="article:published_time" content="{when}">')
    if outlet.jsonld:
        tags.append(_json_ld(outlet, piece))
    return "\n".join(tags)


def _json_ld(outlet: Outlet, piece: Piece) -> str:
    article: dict[str, object] = {
        "@type": "NewsArticle",
        "headline": piece.title,
        "description": piece.lead,
        "datePublished": piece.published.isoformat() if piece.published else None,
        "inLanguage": piece.language,
        "articleSection": piece.category,
        "mainEntityOfPage": outlet.url_of(piece),
        "image": [f"https://{outlet.host}/img/{piece.id}.png"],
        "author": {"@type": "Person", "name": piece.author} if piece.author else None,
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet.name},
    }
    article = {key: value for key, value in article.items() if value is not None}
    data: dict[str, object] = {"@context": "https://schema.org", **article}
    if outlet.layout == "classic":
        site = {"@type": "WebSite", "name": outlet.name, "url": f"https://{outlet.host}/"}
        data = {"@context": "https://schema.org", "@graph": [site, article]}
    # A "<" in a title would otherwise open a tag inside the script element.
    text = json.dumps(data, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    return f'<script type="application/ld+json">\n{text}\n</script>'


def _wide(outlet: Outlet, piece: Piece, day: date) -> str:
    return f"""{_cookies()}
{_masthead(outlet, None)}
<main class="site-main">
<nav class="breadcrumb"><a href="/">Начало</a> › <span>{escape(piece.category)}</span></nav>
<article class="article">
<header>
{_label(piece)}<h1 class="article__title">{escape(piece.title)}</h1>
<p class="article__lead">{escape(piece.lead)}</p>
<div class="article__meta">{_by(piece)}{_time(piece)}</div>
</header>
{_figure(piece)}
<div class="article__body">
{_body(piece)}
</div>
{_share()}
</article>
{_related(outlet, piece, day)}
</main>
{_footer(outlet)}"""


def _classic(outlet: Outlet, piece: Piece, day: date) -> str:
    when = moment_in_words(piece.published) if piece.published else ""
    return f"""{_masthead(outlet, day)}
<div id="content">
<div class="post">
{_label(piece)}<h1>{escape(piece.title)}</h1>
<h2 class="lead">{escape(piece.lead)}</h2>
<div class="info"><span class="date">{when}</span> {_by(piece)}</div>
{_share()}
{_figure(piece)}
<div class="post-content">
{_body(piece)}
</div>
<div class="comments"><h3>Коментари (0)</h3><p>Бъдете първи!</p></div>
</div>
{_related(outlet, piece, day)}
</div>
{_footer(outlet)}
{_cookies()}"""


def _plain(outlet: Outlet, piece: Piece, day: date) -> str:
    return f"""{_masthead(outlet, day)}
<section>
<article>
{_label(piece)}<h1>{escape(piece.title)}</h1>
<p class="date">{_time(piece)}</p>
<p class="lead"><strong>{escape(piece.lead)}</strong></p>
{_figure(piece)}
{_body(piece)}
<p class="author">{escape(piece.author)}</p>
</article>
{_share()}
{_related(outlet, piece, day)}
</section>
{_footer(outlet)}
{_cookies()}"""


_LAYOUTS = {"wide": _wide, "classic": _classic, "plain": _plain}


def _masthead(outlet: Outlet, day: date | None) -> str:
    links = " ".join(
        f'<li><a href="/{slug}">{escape(name)}</a></li>' for name, slug in SECTION_SLUGS.items()
    )
    today = f'<div class="today">{weekday_line(day)}</div>\n' if day else ""
    return (
        f'<header class="masthead">\n{today}<a class="logo" href="/">{escape(outlet.name)}</a>\n'
        f"<p>{escape(outlet.tagline)}</p>\n<nav><ul>{links}</ul></nav>\n</header>"
    )


def _cookies() -> str:
    return (
        '<div class="cookie-consent" role="dialog">Използваме бисквитки, за да работи сайтът. '
        "<button>Приемам</button> <button>Отказвам</button></div>"
    )


def _label(piece: Piece) -> str:
    if not piece.sponsored:
        return ""
    return f'<p class="sponsored-label">{escape(piece.sponsored)}</p>\n'


def _by(piece: Piece) -> str:
    if not piece.author:
        return ""
    return f'<span class="author" rel="author">{escape(piece.author)}</span> '


def _time(piece: Piece) -> str:
    if piece.published is None:
        return ""
    words = moment_in_words(piece.published)
    return f'<time datetime="{piece.published.isoformat()}">{words}</time>'


def _figure(piece: Piece) -> str:
    return (
        f'<figure><img src="/img/{piece.id}.png" alt="" width="640" height="360">'
        f"<figcaption>{escape(piece.caption)}</figcaption></figure>"
    )


def _body(piece: Piece) -> str:
    return "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in piece.body)


def _share() -> str:
    return (
        '<div class="share">Сподели: <a href="#" rel="nofollow">Връзка</a> '
        '<a href="#" rel="nofollow">Поща</a> <a href="#" rel="nofollow">Печат</a></div>'
    )


def _related(outlet: Outlet, piece: Piece, day: date) -> str:
    others = [other for other in outlet.shown(day) if other.id != piece.id]
    # The list starts after the article itself, so that pages do not all tease the same three.
    start = sum(other.number < piece.number for other in others)
    chosen = (others[start:] + others[:start])[:RELATED]
    items = "\n".join(
        f'<li><a href="{outlet.path_of(other)}">{escape(other.title)}</a>'
        f"<p>{escape(other.lead)}</p></li>"
        for other in chosen
    )
    return f'<aside class="related"><h3>Още по темата</h3>\n<ul>\n{items}\n</ul></aside>'


def _footer(outlet: Outlet) -> str:
    return (
        f"<footer><p>© 2026 {escape(outlet.owner)}. Всички права запазени. „{outlet.name}“ "
        "не носи отговорност за съдържанието на външни страници.</p>"
        '<p><a href="/za-nas">За нас</a> · <a href="/reklama">Реклама</a> · '
        '<a href="/poveritelnost">Поверителност</a></p></footer>'
    )
