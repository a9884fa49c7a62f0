"""`digest sources` and `digest collect --again` as a person types them, over a local outlet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import digest
from tests.integration.outlets import Site, feed, page, serving
from tests.integration.test_collect_rounds import ENTRY, PARAGRAPHS, one

NOW = "2026-11-20T05:00:00+00:00"


@pytest.fixture
def site() -> Iterator[Site]:
    """An outlet with a feed of one article."""
    with serving() as here:
        entry = one(here)
        here.put("/rss", feed(entry), Content_Type="application/rss+xml")
        here.put("/vest/4711", page(entry.title, *PARAGRAPHS), Content_Type="text/html")
        here.put(
            "/",
            '<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" '
            'href="/rss"></head><body></body></html>',
            Content_Type="text/html",
        )
        yield here


def test_a_check_says_what_to_add_and_saves_nothing(site: Site, tmp_path: Path) -> None:
    """Without a home too; for a person in words."""
    words = ("sources", "check", site.url("/"), "--now", NOW, "--home", tmp_path / "nyama")

    checked, shown = digest(*words, "--json").row, digest(*words)

    assert checked["proposal"]["url"] == site.url("/rss")
    assert [row["title"] for row in checked["shown"]] == [ENTRY.title]
    assert "емисия RSS" in shown.out
    assert f"digest sources add {site.url('/rss')} --rights ПРАВА" in shown.err
    assert not (tmp_path / "nyama").exists()


def test_an_address_without_its_scheme_is_answered_with_it() -> None:
    """The commonest slip."""
    ran = digest("sources", "check", "vestnik.example.bg/rss")

    assert ran.code == 2
    assert "https://vestnik.example.bg/rss" in ran.err


def test_a_list_goes_out_and_comes_back_with_what_each_source_is(
    home: Path, tmp_path: Path
) -> None:
    """Rights, section, language and weight survive the way through OPML."""
    digest(
        "sources", "add", "https://vestnik.example.bg/rss?a=1&b=2", "--rights", "extract",
        "--outlet", "Вестник „Пример“ & синове", "--section", "svyat", "--weight", "1.5",
        "--home", home,
    )  # fmt: skip
    out = digest("sources", "export", "--home", home).out
    (tmp_path / "spisak.opml").write_text(out, encoding="utf-8")
    other = tmp_path / "drug"
    digest("init", "--home", other)

    digest("sources", "import", tmp_path / "spisak.opml", "--home", other)

    (mine,) = digest("sources", "list", "--home", home, "--json").rows
    (theirs,) = digest("sources", "list", "--home", other, "--json").rows
    assert theirs == mine
    assert digest("sources", "export", "--home", other).out == out


def test_a_foreign_list_needs_its_rights_said(home: Path, tmp_path: Path) -> None:
    """A list in windows-1251 without rights is refused as a whole, and read with them."""
    (tmp_path / "spisak.opml").write_bytes(
        '<?xml version="1.0" encoding="windows-1251"?><opml version="1.1"><body><outline '
        'text="Новини"><outline text="Вестник" xmlUrl="https://a.example.bg/rss"/></outline>'
        "</body></opml>".encode("cp1251")
    )

    bare = digest("sources", "import", tmp_path / "spisak.opml", "--home", home)
    said = digest(
        "sources", "import", tmp_path / "spisak.opml", "--rights", "facts", "--home", home, "--json"
    )

    assert bare.code == 2
    assert said.row == {"added": 1, "known": 0, "refused": []}
    assert digest("sources", "list", "--home", home, "--json").row["outlet"] == "Вестник"


def test_a_password_of_a_mailbox_is_never_printed(home: Path) -> None:
    """Neither when it is added, listed, nor removed."""
    url = "imaps://chete:s3kret@poshta.example.bg/Bulletin"

    runs = [
        digest("sources", "add", url, "--rights", "licensed", "--outlet", "В", "--home", home),
        digest("sources", "list", "--home", home, "--json"),
        digest("sources", "list", "--home", home),
        digest("sources", "export", "--home", home),
        digest("sources", "remove", "imaps://poshta.example.bg/Bulletin", "--home", home),
    ]

    assert [ran.code for ran in runs] == [0] * 5
    assert not any("s3kret" in ran.out + ran.err for ran in runs)


def test_kept_bytes_are_read_again(home: Path, site: Site) -> None:
    """Nothing is fetched for it, and an unchanged reading changes nothing."""
    digest(
        "sources", "add", site.url("/rss"), "--rights", "licensed", "--outlet", "В", "--home", home
    )
    first = digest("collect", "--home", home, "--now", NOW, "--json").row
    asked = len(site.asked)

    again = digest("collect", "--again", "--home", home, "--now", NOW, "--json").row

    assert first["articles_new"] == 1
    assert (again["articles_new"], again["articles_altered"]) == (0, 0)
    assert len(site.asked) == asked


def test_no_password_is_printed_whatever_goes_wrong(home: Path, tmp_path: Path) -> None:
    """Added twice, refused from a list, exported, failing: the user of a mailbox may be an address."""
    box = "imaps://redakcia@example.bg:s3k@ret@imap.example.bg/INBOX"
    feed_ = "http://chete:s3k@ret@127.0.0.1:9/rss"
    inside = tmp_path / "spisak.opml"
    inside.write_text(
        '<opml version="2.0"><body><outline text="В" xmlUrl="http://u:s3k@ret@127.0.0.1/r"/>'
        '<outline text="Г" xmlUrl="imaps://u:s3k@ret@h:x/r"/></body></opml>',
        encoding="utf-8",
    )
    add = ("sources", "add", "--rights", "licensed", "--outlet", "В", "--home", home)

    runs = [
        digest(*add, box),
        digest(*add, box, "--json"),
        digest(*add, feed_),
        digest(*add, "chete:s3k@ret@example.bg/rss"),
        digest("sources", "import", inside, "--rights", "extract", "--home", home),
        digest("sources", "list", "--home", home, "--json"),
        exported := digest("sources", "export", "--home", home),
        digest("collect", "--home", home, "--now", NOW, "--json"),
        digest("sources", "list", "--home", home),
        digest("sources", "check", feed_, "--home", home),
        digest("sources", "check", box.replace("imap.example.bg", "127.0.0.1:9"), "--home", home),
        digest("sources", "remove", box.replace("INBOX", "nyama"), "--home", home),
    ]

    said = "".join(ran.out + ran.err for ran in runs)
    assert "ret@" not in said
    assert "redakcia" not in said
    assert "http://127.0.0.1:9/rss" in exported.out
    assert "без потребителя и паролата си" in exported.err


def test_an_article_of_a_feed_behind_a_password_is_linked_without_it(
    home: Path, site: Site
) -> None:
    """Relative links take over the user of the feed's address; letters must not."""
    body = feed(one(site)).replace(site.url("/vest/4711"), "/vest/4711")
    site.put("/rss", body, Content_Type="application/rss+xml")
    url = site.url("/rss").replace("//", "//chete:s3kret@")
    digest("sources", "add", url, "--rights", "licensed", "--outlet", "В", "--home", home)

    ran = digest("collect", "--home", home, "--now", NOW, "--json")

    import sqlite3

    with sqlite3.connect(home / "digest.sqlite3") as database:
        addresses = database.execute("select url from articles").fetchall()
    assert ran.row["articles_new"] == 1
    assert addresses == [(site.url("/vest/4711"),)]
    assert "s3kret" not in ran.out + ran.err


def test_the_list_is_read_at_a_glance(home: Path, site: Site) -> None:
    """Local times in words, nothing folded at 100 columns, the trouble of each in a sentence."""
    add = ("sources", "add", "--rights", "licensed", "--home", home, "--outlet")
    digest(*add, "Общински вестник Пролом", site.url("/rss"))
    digest(*add, "Спрян", site.url("/nyama"))
    site.put("/nyama", "", 410)
    digest("collect", "--home", home, "--now", NOW)
    words = ("sources", "list", "--home", home, "--now")

    today = digest(*words, "2026-11-20T07:00:00+00:00").out
    later = digest(*words, "2026-11-23T07:00:00+00:00").out
    english = digest(*words, "2026-11-20T07:00:00+00:00", "--lang", "en").out

    line = next(row for row in today.splitlines() if "Общински вестник Пролом" in row)
    assert " ".join(line.split()) == "Общински вестник Пролом днес, 7:00 днес, 7:00 – наред"
    assert "20\u00a0ноември" in later
    assert max(map(len, today.partition("Искат внимание")[0].splitlines())) <= 100
    assert "digest sources resume src-" in " ".join(today.split())
    assert "today, 7:00" in english
    assert "New article" in english
    assert "paused" in english
    assert "Издание" not in english


def test_a_source_paused_by_mistake_is_resumed(home: Path, site: Site) -> None:
    """The publisher's 410 lasted an hour; a person says so and the next round asks again."""
    digest(
        "sources", "add", site.url("/nyama"), "--rights", "licensed", "--outlet", "В",
        "--home", home,
    )  # fmt: skip
    site.put("/nyama", "", 410)
    digest("collect", "--home", home, "--now", NOW)
    site.put("/nyama", feed(one(site)), Content_Type="application/rss+xml")

    done = digest("sources", "resume", site.url("/nyama"), "--home", home, "--json").row

    assert done["url"] == site.url("/nyama")
    report = digest("collect", "--home", home, "--now", NOW, "--json").row
    assert (report["waiting"], report["articles_new"]) == (0, 1)
    assert digest("sources", "resume", "src-nyama", "--home", home).code == 2


def test_a_check_and_an_import_speak_english_when_asked(
    home: Path, site: Site, tmp_path: Path
) -> None:
    """Headings and words; sentences stay as they are."""
    (tmp_path / "l.opml").write_bytes(digest("sources", "export", "--home", home).out.encode())

    checked = digest(
        "sources", "check", site.url("/rss"), "--now", NOW, "--lang", "en", "--home", home
    )
    done = digest(
        "sources",
        "import",
        tmp_path / "l.opml",
        "--rights",
        "facts",
        "--home",
        home,
        "--lang",
        "en",
    )

    assert "RSS feed" in checked.out
    assert "As they would be read" in checked.out
    assert "characters" in checked.out
    assert "Заглавие" not in checked.out
    assert "To add it: digest sources add" in checked.err
    assert "Already listed" in done.out


def test_a_mailbox_is_proposed_with_its_user(home: Path, tmp_path: Path) -> None:
    """What is proposed can be typed; the password goes into its own setting."""
    from tests.fakes import imap
    from tests.integration.test_letterbox import letter

    with imap.serving(letter(1)) as box:
        url = f"imap://chete:taina@127.0.0.1:{box.port}/Bulletin"
        ran = digest("sources", "check", url, "--home", home, "--now", "2026-11-22T06:00:00+00:00")

    assert f"digest sources add imap://chete@127.0.0.1:{box.port}/Bulletin" in ran.err
    assert "DIGEST_COLLECT__IMAP_PASSWORD" in ran.err
    assert "taina" not in ran.out + ran.err


@pytest.mark.parametrize(
    "odd",
    [("--weight", "-5"), ("--weight", "nan"), ("--weight", "0"), ("--language", "клингонски")],
)
def test_a_source_with_a_weight_or_language_that_is_none_is_refused(
    home: Path, odd: tuple[str, str]
) -> None:
    """Nothing of it is kept."""
    said = digest(
        "sources", "add", "https://vestnik.example.bg/rss", "--rights", "extract", *odd,
        "--home", home,
    )  # fmt: skip

    assert said.code == 2
    assert odd[1].removesuffix(".0") in said.err
    assert digest("sources", "list", "--home", home, "--json").rows == []


def test_an_address_that_is_written_otherwise_is_known(home: Path) -> None:
    """Scheme, `www.` and a last slash make no other source."""
    digest(
        "sources", "add", "https://vestnik.example.bg/rss", "--rights", "extract", "--home", home
    )

    for twin in ("http://vestnik.example.bg/rss", "https://www.vestnik.example.bg/rss/"):
        said = digest("sources", "add", twin, "--rights", "extract", "--home", home)
        assert "вече е добавен" in said.err

    assert len(digest("sources", "list", "--home", home, "--json").rows) == 1
