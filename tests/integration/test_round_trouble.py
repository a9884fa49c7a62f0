"""What one source's trouble may not do to the others, and how it is told."""

from __future__ import annotations

import gzip
import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from digest.actions.reporting import doctor
from digest.bootstrap import init_home, open_app
from digest.collect import asking, planning
from digest.collect.assemble import Desk
from digest.collect.fetch import Failed, Fetched, Request, fetch_now, fetch_stream
from digest.collect.harvest import Batch
from digest.collect.round import Round, batches
from digest.errors import StorageFault, WrongSettings
from digest.gathered import SourceState
from digest.model import Entry, SourceId
from digest.settings import load
from tests.integration.one_round import LIMITS, NOW, TEXT, entry, listing, only, run, source
from tests.integration.outlets import Site, feed, page

# ---- one source's trouble


def full(number: int, many: int) -> str:
    """A feed of whole articles."""
    return feed(*(entry("", 1000 * number + n) for n in range(many))).replace(
        "Планът е приет.", " ".join(TEXT * 3)
    )


def test_batches_are_given_out_while_feeds_are_read(site: Site) -> None:
    """No batch grows with the number of sources, nor with the length of a feed."""
    sources = []
    for number in range(3):
        site.put(f"/{number}", full(number, 450).replace("абзац", f"абзац на {number}"))
        sources.append(source(site.url(f"/{number}"), str(number)))
    found: list[Batch] = list(batches(sources, Round(LIMITS, Path(), Desk(NOW, 36, ()))))

    assert max(len(one.new) + len(one.rejected) for one in found) <= 250
    assert sum(len(one.new) + len(one.rejected) for one in found) == 3 * 450
    assert [bool(one.visits) for one in found] == [False] * (len(found) - 1) + [True]


@dataclass
class Burst:
    """Raises at the call that is meant, as no code should."""

    fault: Exception

    def __call__(self, *_: object, **__: object) -> None:
        raise self.fault


def test_an_unforeseen_fault_is_its_sources_own(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged with its trace and shown as that source's failure; the others are read."""
    site.put("/bad", feed(entry("", 1)))
    site.put("/page", listing("/novina-1-a-b.html"))
    site.put(
        "/good", "<rss><channel></channel></rss>".replace("</channel>", feed_item() + "</channel>")
    )
    monkeypatch.setattr(asking, "article_links", Burst(KeyError("непредвидено")))
    real = planning.from_entry

    def from_entry(one: Entry, *more: object, **named: object) -> object:
        if one.title.endswith(" 1"):
            raise ZeroDivisionError("непредвидено")
        return real(one, *more, **named)

    monkeypatch.setattr(planning, "from_entry", from_entry)
    sources = [source(site.url(f"/{name}"), name) for name in ("bad", "page", "good")]

    harvest = run(*sources)

    assert [visit.ok for visit in harvest.visits] == [False, False, True]
    whys = [visit.error.why for visit in harvest.visits if visit.error]
    assert all("неочаквана грешка" in why for why in whys)
    assert "ZeroDivisionError" in caplog.text
    assert "KeyError" in caplog.text
    assert len(harvest.articles) == 1


def feed_item() -> str:
    body = feed(entry("", 2))
    return body[body.index("<item>") : body.index("</channel>")]


def test_a_fault_of_the_archive_is_nobodys_source(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk ends the round; it is not told as a failure of twenty outlets."""
    site.put("/rss", feed(entry("", 1)))
    fault = StorageFault("Дискът е пълен.", "Няма място.", "Освободете място.")
    monkeypatch.setattr(asking, "read_feed", Burst(fault))

    with pytest.raises(StorageFault):
        run(source(site.url("/rss")))


def test_a_packed_map_of_maps_is_followed(site: Site) -> None:
    """`sitemap_index.xml.gz`."""
    index = (
        '<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<sitemap><loc>{site.url('/1.xml')}</loc></sitemap></sitemapindex>"
    )
    maps = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url>'
        f"<loc>{site.url('/a/1')}</loc><n:news><n:publication_date>{NOW.isoformat()}"
        "</n:publication_date><n:title>Планът за водата</n:title></n:news></url></urlset>"
    )
    site.put("/sitemap_index.xml.gz", gzip.compress(index.encode()))
    site.put("/1.xml", maps)
    site.put("/a/1", page("Планът за водата", *TEXT))

    harvest = run(source(site.url("/sitemap_index.xml.gz")))

    assert [one.title for one in harvest.articles] == ["Планът за водата"]


@pytest.mark.parametrize(("status", "said"), [(206, "само част"), (304, "без да е питан")])
def test_an_answer_to_a_question_that_was_not_asked_is_none(
    site: Site, status: int, said: str
) -> None:
    """206 without a range, 304 without a validator: the source was not read."""
    site.put("/rss", b"" if status == 304 else feed(entry("", 1)), status)

    visit = only(run(source(site.url("/rss"))))

    assert not visit.ok
    assert visit.error is not None
    assert said in visit.error.why


def test_an_adopted_address_gets_none_of_the_old_ones_validators(site: Site) -> None:
    """An ETag of the old address would make the new one „unchanged“."""
    site.put("/rss", b"", 301, Location="/new")
    site.put("/new", feed(entry("", 1)), ETag='"old"')
    state = SourceState(
        SourceId("s"), moved_to=site.url("/new"), moved_since=NOW - timedelta(days=9)
    )

    visit = only(run(source(site.url("/rss")), states={SourceId("s"): state}))

    assert visit.moved_to == site.url("/new")
    assert (visit.state.etag, visit.state.full_at, visit.state.moved_to) == (None, None, "")


# ---- folders


def test_of_too_many_files_the_newest_are_read_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the time of the file, not by its name."""
    monkeypatch.setattr("digest.collect.folder.MAX_FILES", 2)
    for number, name in enumerate(("c.txt", "b.txt", "a.txt")):
        file = tmp_path / name
        file.write_text(f"Планът за водата {name}\n\n" + "\n\n".join(TEXT).replace("0", name))
        os.utime(file, (number, number))

    harvest = run(source("folder:."), home=tmp_path)

    assert sorted(one.source for one in harvest.articles) == ["s", "s"]
    assert sorted(one.title[-5:] for one in harvest.articles) == ["a.txt", "b.txt"]
    (left,) = [one for one in harvest.rejected if one.reason_code == "too-many"]
    assert "3 файла" in left.reason


# ---- words


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1:1/rss", "Връзката не се осъществи: сървърът отказа връзката."),
        ("http://nyama.invalid/rss", "Няма сървър с такова име."),
    ],
)
def test_the_causes_of_a_dead_address_are_said_in_bulgarian(url: str, why: str) -> None:
    """Neither the client's classes nor the system's English."""
    (failed,) = fetch_now([Request(url, trusted=frozenset({"127.0.0.1:1"}))], LIMITS)

    assert isinstance(failed, Failed)
    assert failed.error.why == why


def test_a_missing_folder_is_said_in_bulgarian(tmp_path: Path) -> None:
    """No `[Errno 2]`."""
    error = only(run(source("folder:nyama"), home=tmp_path)).error

    assert error is not None
    assert "няма такава папка" in error.why


# ---- the proxy


@pytest.mark.parametrize("url", ["proxy:3128", "socks5://proxy:1080", "https://proxy", "http://"])
def test_a_proxy_that_cannot_be_used_is_refused_at_the_start(url: str) -> None:
    """With what, why and what to do, and not at the first request of the morning."""
    with pytest.raises(WrongSettings, match="прокси") as refused:
        load(environ={"DIGEST_COLLECT__PROXY": url})

    assert "collect.proxy" in refused.value.what


def test_a_proxy_is_used_when_it_is_set_and_only_then(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The environment's own proxies are not read."""
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    site.put("/rss", "да")
    site.put("http://vesti.invalid/rss", "през прокси")

    direct = Request(site.url("/rss"), trusted=frozenset({f"127.0.0.1:{site.port}"}))
    behind = LIMITS.model_copy(update={"proxy": site.url("")})
    without = fetch_now([direct], LIMITS)[0]
    through = fetch_now([Request("http://vesti.invalid/rss"), direct], behind)

    assert isinstance(without, Fetched)
    assert [one.body.decode() for one in through if isinstance(one, Fetched)] == [
        "през прокси", "да",
    ]  # fmt: skip


def test_behind_a_proxy_a_name_that_leads_inside_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection is the proxy's; the guard asks the name itself."""
    behind = LIMITS.model_copy(update={"proxy": site.url("")})
    answers = [answer for _, answer in fetch_stream([Request("http://localhost:9/")], behind)]

    assert [one.code for one in answers if isinstance(one, Failed)] == ["private"]
    assert site.asked == []


def test_the_doctor_reminds_of_an_address_for_publishers(tmp_path: Path) -> None:
    """The packaged one is an example's."""
    home = tmp_path / "home"
    init_home(home)
    codes = []
    for said in ("", 'user_agent = "gradski-vestnik/1 (+https://vestnik.example.bg)"'):
        (home / "digest.toml").write_text(f"[collect]\n{said}\n", encoding="utf-8")
        app = open_app(home)
        codes.append([one.code for one in doctor(app)])
        app.close()

    assert ["user-agent" in some for some in codes] == [True, False]
