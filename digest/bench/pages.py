"""Generated pages of a news site, as heavy as real ones: menus, teasers, scripts, comments.

Written to files, so that what is measured reads them as it goes and holds none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from html import escape
from pathlib import Path
from random import Random

from digest.bench.generated import NOW, article
from digest.model import Article

VARIANTS = 40
"""Texts that the pages are made of; each page has its own mixture of furniture around one."""

_SCRIPT = "window.dataLayer=window.dataLayer||[];function track(a,b){dataLayer.push({e:a,v:b});}\n"
_STYLE = ".card{display:flex;margin:0 0 12px}.card img{width:96px}.menu li{display:inline-block}\n"


def write_pages(folder: Path, number: int) -> list[Path]:
    """Writes so many pages and gives their files in order."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = [article(place) for place in range(VARIANTS)]
    files = []
    for place in range(number):
        file = folder / f"{place:05}.html"
        file.write_text("".join(_page(place, texts)), encoding="utf-8")
        files.append(file)
    return files


def _page(place: int, texts: list[Article]) -> Iterator[str]:
    dice = Random(place)  # noqa: S311 - generated text, nothing secret
    told = texts[place % len(texts)]
    title = f"{told.title} ({place})"
    at = (NOW - timedelta(minutes=place % 1000)).isoformat()
    yield f'<!DOCTYPE html><html lang="bg"><head><meta charset="utf-8"><title>{escape(title)} | '
    yield "Вестник Пример</title>"
    yield f'<meta property="og:title" content="{escape(title)}">'
    yield '<meta property="og:site_name" content="Вестник Пример">'
    yield f'<meta property="article:published_time" content="{at}">'
    yield f'<script type="application/ld+json">{_linked(title, at)}</script>'
    yield f"<style>{_STYLE * dice.randint(20, 40)}</style>"
    yield f"<script>{_SCRIPT * dice.randint(200, 420)}</script></head><body>"
    yield from _menu(dice)
    yield f'<main><article><h1 class="title">{escape(title)}</h1>'
    yield f'<p class="lead">{escape(told.title)} – какво се знае до обяд</p>'
    yield '<figure><img data-src="/i/1.jpg" alt=""><figcaption>Снимка: архив</figcaption></figure>'
    for paragraph in _body(dice, told, texts):
        yield f"<p>{escape(paragraph)}</p>"
    yield '</article><div class="share"><a href="#">Сподели</a> <a href="#">Tweet</a></div>'
    yield from _teasers(dice, texts)
    yield from _comments(dice, texts)
    yield "</main><footer><p>© Вестник Пример. Всички права запазени.</p></footer></body></html>"


def _linked(title: str, at: str) -> str:
    facts = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title,
             "datePublished": at, "author": {"@type": "Person", "name": "Мария Петрова"},
             "publisher": {"@type": "Organization", "name": "Вестник Пример"}}  # fmt: skip
    return json.dumps(facts, ensure_ascii=False)


def _menu(dice: Random) -> Iterator[str]:
    links = "".join(
        f'<li><a href="/razdel/{n}" class="nav-link">Раздел {n}</a></li>'
        for n in range(dice.randint(40, 80))
    )
    yield f'<header><nav><ul class="menu">{links}</ul></nav></header>'


def _body(dice: Random, told: Article, texts: list[Article]) -> list[str]:
    paragraphs = told.text.split("\n\n")
    while sum(map(len, paragraphs)) < 2500:
        paragraphs += dice.choice(texts).text.split("\n\n")
    return paragraphs


def _teasers(dice: Random, texts: list[Article]) -> Iterator[str]:
    yield '<aside class="related"><h3>Още по темата</h3>'
    for n in range(dice.randint(40, 90)):
        one = dice.choice(texts)
        yield (
            f'<div class="card"><a href="/novina/{n}"><img data-src="/i/{n}.jpg" alt=""></a>'
            f'<a href="/novina/{n}" class="card-title">{escape(one.title)}</a>'
            f'<span class="card-date">преди {n + 1} часа</span></div>'
        )
    yield "</aside>"


def _comments(dice: Random, texts: list[Article]) -> Iterator[str]:
    yield '<section class="comments" id="comments"><h3>Коментари</h3>'
    for n in range(dice.randint(5, 25)):
        said = dice.choice(texts).text[:180]
        yield f'<div class="comment"><b>читател{n}</b><p>{escape(said)}</p></div>'
    yield "</section>"
