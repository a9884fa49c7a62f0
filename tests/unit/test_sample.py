"""The sample newsroom: its size, its traps, its bytes, and the server that shows it."""

from __future__ import annotations

import csv
import http.client
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from digest.sample.newsroom import load_newsroom
from digest.sample.outlets import Outlet, Piece, load_outlets
from digest.sample.server import SampleServer, serving
from digest.sample.site import Response, build_site, dump_files

TODAY, YESTERDAY = date(2026, 11, 20), date(2026, 11, 19)
SOFIA = ZoneInfo("Europe/Sofia")
SECTIONS = {"България", "Свят", "Икономика", "Общество", "Култура", "Спорт"}
PAID = {"Платено съдържание", "Рекламно съдържание"}

# Who must not be named: agencies, outlets and broadcasters that exist.
REAL_NAMES = (
    "БТА|БГНЕС|Ройтерс|АФП|ДПА|ТАСС|Асошиейтед|Блумбърг|БНТ|БНР|бТВ|bTV|Нова тв|Дневник|„Труд“|"
    "24 часа|„Сега“|Дарик|Медиапул|Клуб Z|Офнюз|Фокус|Гонг|Тема спорт|Меридиан мач|Кантар|Хоризонт"
)


def outlet(slug: str) -> Outlet:
    return next(one for one in load_outlets() if one.slug == slug)


def piece(slug: str, article_id: str) -> Piece:
    return next(one for one in outlet(slug).pieces if one.id == article_id)


def today() -> list[tuple[Outlet, Piece]]:
    return [(one, found) for one in load_outlets() for found in one.shown(TODAY)]


def page_of(slug: str, article_id: str) -> str:
    one = outlet(slug)
    answer = build_site(TODAY)[one.host, one.path_of(piece(slug, article_id))]
    return answer.body.decode(one.encoding)


def feed_of(slug: str) -> bytes:
    one = outlet(slug)
    return build_site(TODAY)[one.host, one.feed_path].body


def json_ld(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, object] = json.loads(found[1])
    graph = data.get("@graph")
    return graph[1] if isinstance(graph, list) else data


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(words, words[1:], words[2:], strict=False))


def containment(one: Piece, other: Piece) -> float:
    """Shared three-word shingles in the shorter of two bodies."""
    first, second = shingles(" ".join(one.paragraphs)), shingles(" ".join(other.paragraphs))
    return len(first & second) / min(len(first), len(second))


def test_a_morning_has_enough_articles_outlets_and_sections() -> None:
    """The demo day shows at least 48 articles of seven outlets over all six main sections."""
    articles = today()

    assert len(articles) >= 48
    assert len({one.slug for one, _ in articles}) == 7
    assert {found.category for _, found in articles} >= SECTIONS
    assert sum(YESTERDAY in found.days for one in load_outlets() for found in one.pieces) >= 8


def test_every_article_is_a_whole_one() -> None:
    """Each article has four to nine paragraphs, a lead, and an id of its own."""
    pieces = [found for one in load_outlets() for found in one.pieces]

    assert all(4 <= len(found.paragraphs) <= 9 for found in pieces)
    assert all(found.title and found.lead for found in pieces)
    assert max(Counter(found.id for found in pieces).values()) == 1


def test_todays_articles_fall_into_the_day_before_the_edition() -> None:
    """What is shown today only was published in its window, but for the two dated traps."""
    window = (datetime(2026, 11, 19, 7, tzinfo=SOFIA), datetime(2026, 11, 20, 6, 15, tzinfo=SOFIA))

    outside = {
        found.id
        for _, found in today()
        if found.days == (TODAY,)
        and not (found.published and window[0] <= found.published <= window[1])
    }

    assert outside == {"most-bistryanka-zatvaryat", "most-tisa-mara"}


def test_one_event_is_in_five_outlets_three_with_the_agency_text() -> None:
    """Two reprints contain the agency's text, one lengthened, one cut; two texts are own work."""
    wire = piece("prozorets", "vlak-deraylira-kray-varbelets")
    lengthened = piece("strazha", "deraylirane-varbelets-raneni")
    shortened = piece("krastopat", "varbelets-vlak-raneni")
    own = [
        piece("byalovirski-vesti", "vlak-izleze-ot-relsite"),
        piece("bezmen", "varbelets-tovarni-vlakove"),
    ]

    assert lengthened.paragraphs[1:] == wire.paragraphs
    assert shortened.paragraphs == wire.paragraphs[: len(shortened.paragraphs)]
    assert len(shortened.paragraphs) < len(wire.paragraphs)
    assert {one.agency for one in (wire, lengthened, shortened)} == {"Вектор"}
    assert {one.credit for one in (wire, lengthened)} == {" /Вектор", " (Вектор)"}
    assert all(containment(one, wire) < 0.2 for one in own)
    assert all("Върбелец" in one.title for one in (wire, lengthened, shortened, *own))


def test_two_outlets_disagree_on_a_figure() -> None:
    """One says fourteen pupils of a school, the other seventeen."""
    fourteen = piece("prozorets", "krivotopol-uchenitsi-bolnitsa")
    seventeen = piece("strazha", "krivotopol-stol-17-detsa")

    assert fourteen.paragraphs[0].startswith("Четиринайсет ученици от Второ основно училище")
    assert seventeen.paragraphs[0].startswith("Седемнайсет ученици от Второ основно училище")
    assert outlet("prozorets").owner != outlet("strazha").owner


def test_a_three_year_old_article_carries_todays_date_in_its_feed_only() -> None:
    """The feed lists it with yesterday's evening, its page says 2023."""
    item = item_of("strazha", "most-bistryanka-zatvaryat")
    page = page_of("strazha", "most-bistryanka-zatvaryat")

    assert "19 Nov 2026" in item.findtext("pubDate", "")
    assert str(json_ld(page)["datePublished"]).startswith("2023-11-17")
    assert "2023 г." in page


def test_a_feed_item_without_a_date_has_one_in_its_page() -> None:
    """The date of the dateless item stands in the page's JSON-LD."""
    item = item_of("strazha", "islandia-lava-pat")
    page = page_of("strazha", "islandia-lava-pat")

    assert item.find("pubDate") is None
    assert json_ld(page)["datePublished"] == "2026-11-20T01:20:00+02:00"


def item_of(slug: str, article_id: str) -> ET.Element:
    url = outlet(slug).url_of(piece(slug, article_id))
    root = ET.fromstring(feed_of(slug).decode())
    return next(item for item in root.iter("item") if item.findtext("link") == url)


def test_text_dumps_have_the_shape_of_a_scraped_page() -> None:
    """Header, title twice, stray letter, body, glued credit, share line, counter, teasers."""
    dumps = {name: body.decode() for name, body in dump_files(TODAY).items()}

    assert len(dumps) >= 5
    for text in dumps.values():
        lines = text.split("\n")
        assert lines[0] == "20 Ноември, 2026"
        assert lines[2] == lines[4]
        assert len(lines[6]) == 1
        share = lines.index("Сподели:")
        assert lines[share - 1]
        assert lines[share + 2] == "Коментари (0)"
        assert sum(a == b for a, b in pairwise(lines[share + 4 :: 2])) == 3
        assert not text.endswith("\n")


def test_one_dump_has_no_date_but_the_page_header() -> None:
    """All other dumps carry a labelled publication line."""
    without = [
        name for name, body in dump_files(TODAY).items() if "Публикуван" not in body.decode()
    ]

    assert without == ["001_most-tisa-mara.txt"]
    assert piece("krastopat", "most-tisa-mara").published is None


def test_the_undated_dump_has_a_line_like_the_share_line() -> None:
    """A paragraph opens with a word that begins like the end marker."""
    text = dump_files(TODAY)["001_most-tisa-mara.txt"].decode()

    assert re.search(r"^Споделяме ", text, re.MULTILINE)


def test_the_lying_feed_is_windows_1251_and_says_utf_8() -> None:
    """Its bytes are no UTF-8, yet decoded rightly they parse into all its items."""
    body = feed_of("byalovirski-vesti")

    assert b'encoding="UTF-8"' in body
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    root = ET.fromstring(body.decode("windows-1251"))
    assert len(list(root.iter("item"))) == len(outlet("byalovirski-vesti").shown(TODAY))
    assert any("Върбелец" in item.findtext("title", "") for item in root.iter("item"))


def test_feeds_differ_in_what_they_carry() -> None:
    """Whole text, two cut lines, a description with the text, and Atom with a summary."""
    full, short, atom = feed_of("prozorets"), feed_of("strazha"), feed_of("bezmen")

    assert full.count(b"<content:encoded>") == len(outlet("prozorets").shown(TODAY))
    texts = [item.findtext("description", "") for item in ET.fromstring(short).iter("item")]
    assert texts
    assert all(len(text) <= 151 and text.endswith("…") for text in texts)
    assert ET.fromstring(atom).tag == "{http://www.w3.org/2005/Atom}feed"


def test_one_article_is_russian() -> None:
    """A Bulgarian outlet's feed holds a text with letters that Bulgarian lacks."""
    russian = [found for _, found in today() if found.language == "ru"]
    letters = [found for _, found in today() if re.search("[ыэё]", " ".join(found.paragraphs))]

    assert len(russian) == 1
    assert letters == russian


def test_paid_texts_are_marked_by_category_and_line() -> None:
    """Each paid text says so in its category and on its page."""
    paid = [(one, found) for one, found in today() if found.category in PAID]

    assert {found.category for _, found in paid} == PAID
    for one, found in paid:
        assert f'<p class="sponsored-label">{found.category}</p>' in page_of(one.slug, found.id)


def test_one_story_of_yesterday_goes_on_and_one_is_only_repeated() -> None:
    """The strike ends with new figures; the buses come again with none."""
    begun = piece("prozorets", "stachka-srebrolom-nachalo")
    ended = piece("prozorets", "stachka-srebrolom-sporazumenie")
    first = piece("prozorets", "elektrobusi-morski-rid")
    again = piece("strazha", "morski-rid-dvanayset-elektrobusa")

    assert YESTERDAY in begun.days
    assert {"9%", "400 евро", "1,3 млн. евро"} <= set(re.findall(FIGURE, joined(ended)))
    assert not {"9%", "400 евро"} & set(re.findall(FIGURE, joined(begun)))
    assert YESTERDAY in first.days
    assert again.days == (TODAY,)
    assert set(re.findall(r"\d+(?:,\d+)?", joined(again))) <= set(
        re.findall(r"\d+(?:,\d+)?", joined(first))
    )


FIGURE = r"\d+(?:,\d+)?(?:%| млн\. евро| евро)"


def joined(found: Piece) -> str:
    return " ".join((found.title, found.lead, *found.paragraphs))


def test_near_misses_share_words_but_not_figures() -> None:
    """Two monthly reports look alike and report other numbers; two accidents differ in town."""
    consumer = piece("bezmen", "inflatsia-oktomvri")
    producer = piece("bezmen", "tseni-proizvoditel-oktomvri")
    accidents = [
        piece("prozorets", "katastrofa-kamenosel-peshehodna"),
        piece("strazha", "morski-rid-avtobus-kamion"),
    ]

    assert containment(consumer, producer) > 0.15
    assert not set(re.findall(r"\d+,\d+%", consumer.title)) & set(
        re.findall(r"\d+,\d+%", producer.title)
    )
    assert [found.published.date() for found in accidents if found.published] == [YESTERDAY] * 2


def test_titles_try_the_escaping_and_the_taste() -> None:
    """One title has an ampersand, quotes and a less-than sign, one shouts in capitals."""
    titles = [found.title for _, found in today()]
    awkward = next(title for title in titles if "&" in title)

    assert "<" in awkward
    assert "„" in awkward
    assert awkward in [
        item.findtext("title") for item in ET.fromstring(feed_of("prozorets")).iter()
    ]
    assert json_ld(page_of("prozorets", "fond-raka-i-sartse"))["headline"] == awkward
    assert any(title.isupper() for title in titles)


def test_pages_have_all_that_surrounds_a_text() -> None:
    """Navigation, cookie line, share bar, teasers, caption, footer and canonical address."""
    site = build_site(TODAY)
    for one, found in today():
        if one.kind == "dumps":
            continue
        page = site[one.host, one.path_of(found)].body.decode(one.encoding)
        for mark in ("<nav", "бисквитки", "Сподели:", "Още по темата", "<figcaption>", "© 2026"):
            assert mark in page
        assert f'<link rel="canonical" href="{one.url_of(found)}">' in page


def test_the_same_day_gives_the_same_bytes() -> None:
    """Site and dumps are pure; another day gives another site."""
    assert build_site(TODAY) == build_site(TODAY)
    assert dump_files(TODAY) == dump_files(TODAY)
    assert build_site(TODAY) != build_site(YESTERDAY)


def everything() -> Iterator[str]:
    for day in (YESTERDAY, TODAY):
        for (host, _), answer in build_site(day).items():
            if not answer.content_type.startswith("image/"):
                encoding = next(one.encoding for one in load_outlets() if one.host == host)
                yield answer.body.decode(encoding)
        yield from (body.decode() for body in dump_files(day).values())
    yield load_newsroom().subscribers_csv.decode()


def test_no_real_host_is_named() -> None:
    """Every address is below example.bg or example.test, or names a vocabulary."""
    vocabularies = {"schema.org", "www.w3.org", "purl.org"}
    hosts = {host for text in everything() for host in re.findall(r"https?://([^/\"<\s]+)", text)}
    mails = {host for text in everything() for host in re.findall(r"@([\w.-]+\.\w+)", text)}

    strangers = {
        host
        for host in hosts | mails
        if not host.endswith((".example.bg", ".example.test")) and host not in vocabularies
    }
    assert strangers == set()


def test_no_real_outlet_or_agency_is_named() -> None:
    """The texts credit and name invented outlets and agencies only."""
    pattern = re.compile(rf"(?<!\w)(?:{REAL_NAMES})(?!\w)")

    named = [
        (found.id, hit)
        for one in load_outlets()
        for found in one.pieces
        for hit in pattern.findall(" ".join((one.name, joined(found), found.credit)))
    ]
    assert named == []


def test_texts_use_bulgarian_quotes_and_euro() -> None:
    """No straight quotes in the texts, and leva only in the text of 2023."""
    pieces = [found for one in load_outlets() for found in one.pieces]

    assert not [found.id for found in pieces if '"' in joined(found)]
    leva = [found.id for found in pieces if re.search(r"\bлев(а|ове)?\b", joined(found))]
    assert leva == ["most-bistryanka-zatvaryat"]


def test_the_newsroom_names_every_outlet_and_its_sources() -> None:
    """Sources answer on their days, rights agree with the outlets, two outlets share an owner."""
    newsroom = load_newsroom()
    by_name = {one.name: one for one in load_outlets()}

    assert {one.name for one in newsroom.outlets} == set(by_name)
    assert all((one.host, one.owner) == (by_name[one.name].host, by_name[one.name].owner)
               for one in newsroom.outlets)  # fmt: skip
    assert max(Counter(one.owner for one in newsroom.outlets).values()) == 2
    assert all(source.rights == by_name[source.outlet].rights for source in newsroom.sources)
    assert {source.rights for source in newsroom.sources} == {"licensed", "extract"}


@pytest.mark.parametrize("day", [YESTERDAY, TODAY])
def test_every_source_of_a_day_answers(day: date) -> None:
    """Each feed and page of the newsroom is on that day's site."""
    site = build_site(day)
    sources = [one for one in load_newsroom().sources_on(day) if one.kind != "folder"]

    assert sources
    for source in sources:
        host, _, path = source.url.removeprefix("https://").partition("/")
        assert (host, f"/{path}") in site


def test_every_credit_is_known_to_the_newsroom() -> None:
    """Each agency of an article is in the newsroom's list, and its credit holds a known form."""
    known = {agency.name: agency.credits for agency in load_newsroom().agencies}

    for one in load_outlets():
        for found in one.pieces:
            assert bool(found.agency) == bool(found.credit)
            if found.agency:
                assert any(form in found.credit for form in known[found.agency])


def test_the_clocks_are_the_two_mornings() -> None:
    """The demo wakes on Friday, yesterday's edition was Thursday's."""
    newsroom = load_newsroom()

    assert newsroom.demo_now.isoformat() == "2026-11-20T06:30:00+02:00"
    assert newsroom.yesterday_now.isoformat() == "2026-11-19T06:30:00+02:00"


def test_fourteen_subscribers_differ() -> None:
    """Columns, zones, formats and one internationalised domain; two names are set apart."""
    newsroom = load_newsroom()
    lines = newsroom.subscribers_csv.decode().splitlines()
    rows = list(csv.DictReader(lines))

    assert lines[0] == "address,name,sections,hour,timezone,frequency,format,consent_at"
    assert len(rows) == len({row["address"] for row in rows}) == 14
    zones = Counter(row["timezone"] for row in rows)
    assert zones == {"Europe/Sofia": 12, "Europe/London": 1, "America/Chicago": 1}
    assert {row["frequency"] for row in rows} == {"daily", "weekdays", "weekly"}
    assert {row["format"] for row in rows} == {"html", "text"}
    assert all(datetime.fromisoformat(row["consent_at"]).tzinfo for row in rows)
    assert sum(not row["address"].isascii() for row in rows) == 1
    addresses = {row["address"] for row in rows}
    assert len(newsroom.suppressed) == len(newsroom.unconfirmed) == 1
    assert {*newsroom.suppressed, *newsroom.unconfirmed} < addresses


@pytest.fixture
def server() -> Iterator[SampleServer]:
    with serving(build_site(TODAY)) as running:
        yield running


def ask(
    server: SampleServer, host: str, path: str, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    try:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Host": host, **names})
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def test_the_server_chooses_the_outlet_by_host(server: SampleServer) -> None:
    """One port gives each host its own front page, port and capitals in Host do not matter."""
    answer, body = ask(server, f"BEZMEN.example.bg:{server.port}", "/atom.xml")

    assert answer.status == 200
    assert body == build_site(TODAY)["bezmen.example.bg", "/atom.xml"].body
    assert server.origin == f"http://127.0.0.1:{server.port}"


def test_an_unchanged_page_answers_304(server: SampleServer) -> None:
    """The validator of the first answer gives an empty 304, a weak or listed one too."""
    first, _ = ask(server, "bezmen.example.bg", "/atom.xml")
    tag = first.headers["ETag"]

    again, body = ask(server, "bezmen.example.bg", "/atom.xml", If_None_Match=f'"x", W/{tag}')

    assert not tag.startswith("W/")
    assert (again.status, body, again.headers["ETag"]) == (304, b"", tag)


def test_unknown_pages_and_hosts_answer_404(server: SampleServer) -> None:
    """Neither a wrong path nor a wrong host is answered with something else."""
    assert ask(server, "bezmen.example.bg", "/nyama")[0].status == 404
    assert ask(server, "nyama.example.bg", "/")[0].status == 404


def test_head_has_no_body_and_post_is_refused(server: SampleServer) -> None:
    """HEAD gives the length without the bytes; another method names the two allowed."""
    head, body = ask(server, "bezmen.example.bg", "/robots.txt", method="HEAD")
    post, _ = ask(server, "bezmen.example.bg", "/robots.txt", method="POST")

    assert (head.status, body, head.headers["Content-Length"]) == (200, b"", "23")
    assert (post.status, post.headers["Allow"]) == (405, "GET, HEAD")


def test_the_server_can_show_another_day(server: SampleServer) -> None:
    """After the switch an article of today is gone and one of yesterday is there."""
    one = outlet("chitalnya")
    new = one.path_of(piece("chitalnya", "zimna-paseka-golyamata-nagrada"))
    old = one.path_of(piece("chitalnya", "poet-vecher-lozarnik"))

    server.show(YESTERDAY)

    assert ask(server, one.host, new)[0].status == 404
    assert ask(server, one.host, old)[0].status == 200


def test_a_site_given_as_a_function_is_asked_each_time() -> None:
    """A page put in after the start is served."""
    site: dict[tuple[str, str], Response] = {}

    with serving(lambda: site) as running:
        before, _ = ask(running, "nov.example.bg", "/")
        site["nov.example.bg", "/"] = Response("Здравейте".encode(), "text/plain; charset=utf-8")
        after, body = ask(running, "nov.example.bg", "/")

    assert (before.status, after.status) == (404, 200)
    assert body.decode() == "Здравейте"
