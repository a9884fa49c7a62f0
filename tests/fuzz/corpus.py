"""Whole documents to begin from: of every kind, invented, small."""

from __future__ import annotations

from tests.adversarial.documents import dump, item, page, rss

_DATE = "<pubDate>Fri, 20 Nov 2026 09:05:00 +0200</pubDate>"
_LINKED = (
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"З",'
    '"datePublished":"2026-11-20T09:05:00+02:00","image":["/i/1.jpg"],'
    '"author":{"@type":"Person","name":"Мария Петрова"}}</script>'
    '<link rel="canonical" href="/novina/1"><meta property="og:image" content="/i/2.jpg">'
)

FEEDS = (
    rss(
        item(rest=_DATE), item(1, guid="g1", rest="<description>&lt;p&gt;Т&lt;/p&gt;</description>")
    ),
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>В</title><entry>'
    "<id>urn:1</id><title>Новина</title><updated>2026-11-20T07:05:00Z</updated>"
    '<link href="/novina/1"/><content type="html">&lt;img src="/a.jpg"&gt;</content></entry></feed>',
    '{"version":"https://jsonfeed.org/version/1.1","title":"В","items":[{"id":1,"url":"/n/1",'
    '"title":"Новина","content_html":"<p>Текст</p>","date_published":"2026-11-20T07:05:00Z"}]}',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://a.example.bg/n/1'
    "</loc><n:news><n:publication_date>2026-11-20</n:publication_date><n:title>Н</n:title></n:news>"
    "</url></urlset>",
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns="http://purl.org/rss/1.0/"><channel/><item><title>Н</title><link>http://a.bg/1</link>'
    "</item></rdf:RDF>",
)
DOCUMENTS = (
    dump(),
    page(head=_LINKED, before="<time datetime='2026-11-20'>20.11</time><p>преди 2 часа</p>"),
    page(after='<aside class="related"><a href="/n/2">Друга новина от деня</a></aside>'),
)
LETTERS = (
    "From: vestnik@example.bg\nTo: chete@example.bg\nSubject: =?utf-8?b?0J3QvtCy0LjQvdC4?=\n"
    "Date: Fri, 20 Nov 2026 07:00:00 +0200\nMIME-Version: 1.0\n"
    "Content-Type: text/html; charset=utf-8\n\n"
    + "".join(
        f'<p><a href="https://vestnik.example.bg/n/{n}">Заглавие на новина номер {n}</a></p>'
        for n in range(4)
    ),
)
LISTS = (
    '<?xml version="1.0"?><opml version="2.0"><body><outline text="Новини"><outline text="В" '
    'xmlUrl="https://a.example.bg/rss"/></outline></body></opml>',
)

SEEDS: dict[str, tuple[str, ...]] = {
    "feed": FEEDS,
    "document": DOCUMENTS,
    "listing": DOCUMENTS,
    "letter": LETTERS,
    "opml": LISTS,
}
