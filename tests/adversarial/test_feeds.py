"""Adversarial cases 6–9: feeds that lie about their letters, dates and identities."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from digest.collect import identity
from digest.errors import BadInput
from digest.gathered import GuidPolicy, Known
from digest.model import ArticleId, Entry
from tests.adversarial.documents import NOW, dump, feed, item, page, read, rss

HEADLINE = "Новина 0 за водопровода на Пролом"


def test_case_06_a_feed_of_windows_1251_declared_utf_8_and_the_reverse() -> None:
    """Bytes say what they are, whatever is declared."""
    lies = (rss(item()).encode("cp1251"), rss(item(), declared="windows-1251").encode())

    assert [feed(data).entries[0].title for data in lies] == [HEADLINE, HEADLINE]


def test_case_06_a_page_of_windows_1251_declared_utf_8_and_the_reverse() -> None:
    """The same for pages, where the header lies too."""
    titles = {
        read(page().encode("cp1251")).title,
        read(page().encode(), headers={"content-type": "text/html; charset=windows-1251"}).title,
        read(dump().encode("cp1251")).title,
    }

    assert len(titles) == 1


@pytest.mark.parametrize(
    "broken",
    [
        rss(item(title="Петров & синове за водопровода", link="https://a.example.bg/?a=1&b=2")),
        rss(item(title="Петров&nbsp;и синове за водопровода")),
        rss(item(title="Петров\x08 и синове за водопровода")),
        rss(item(title="Петров и синове за водопровода")).removesuffix("</channel></rss>")
        + "<item><title>отрязан",
    ],
)
def test_case_07_a_broken_feed_keeps_its_items(broken: str) -> None:
    """A bare ampersand, an HTML entity, a control character, a cut end."""
    entry = feed(broken).entries[0]

    assert entry.title.startswith("Петров")
    assert "\x08" not in entry.title
    assert entry.url.startswith("https://")


def test_case_07_an_ampersand_in_an_address_is_kept() -> None:
    """A link changed in silence leads elsewhere."""
    link = "https://a.example.bg/?a=1&b=2"

    assert feed(rss(item(link=link))).entries[0].url == link


@pytest.mark.parametrize(
    "answer", ["", "   \n", "<!DOCTYPE html><html><body>Проверка</body></html>"]
)
def test_case_07_an_empty_answer_or_a_page_is_no_feed(answer: str) -> None:
    """Status 200 does not make it one."""
    with pytest.raises(BadInput) as refused:
        feed(answer)

    assert all(refused.value.as_dict().values())


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Fri, 20 Nov 2026 09:05:00 EET", datetime(2026, 11, 20, 7, 5, tzinfo=UTC)),
        ("Wed, 15 Jul 2026 09:05:00 EEST", datetime(2026, 7, 15, 6, 5, tzinfo=UTC)),
        ("2026-11-20 09:05:00", datetime(2026, 11, 20, 7, 5, tzinfo=UTC)),
        ("2026-07-15 09:05:00", datetime(2026, 7, 15, 6, 5, tzinfo=UTC)),
        ("20 ноември 2026, 9:05", datetime(2026, 11, 20, 7, 5, tzinfo=UTC)),
        ("Пет, 20 Ное 2026 09:05:00 +0200", datetime(2026, 11, 20, 7, 5, tzinfo=UTC)),
        ("20.11.26 09:05", datetime(2026, 11, 20, 7, 5, tzinfo=UTC)),
        ("Fri, 20 Nov 26 09:05:00 +0200", datetime(2026, 11, 20, 7, 5, tzinfo=UTC)),
    ],
)
def test_case_08_dates_as_bulgarian_feeds_write_them(written: str, moment: datetime) -> None:
    """EET, a time without zone, Bulgarian months, a year of two digits."""
    assert feed(rss(item(rest=f"<pubDate>{written}</pubDate>"))).entries[0].published_at == moment


def test_case_08_a_year_to_come_is_no_date() -> None:
    """2099 is a mistake and is said to be one."""
    found = feed(rss(item(rest="<pubDate>Thu, 20 Nov 2099 09:05:00 +0200</pubDate>")))

    assert found.entries[0].published_at is None
    assert any("бъдещето" in warning for warning in found.warnings)


def entry(number: int = 0, *, guid: str = "", link: str = "", title: str = "") -> Entry:
    """An entry of the feed `f`."""
    where = link or f"https://vestnik.example.bg/novina/{number}"
    named = title or f"Съветът прие план номер {number} за водопровода"
    return Entry("f", guid, where, named, published_at=NOW - timedelta(hours=2))


def keys(one: Entry, policy: GuidPolicy = GuidPolicy.GUID) -> set[str]:
    return set(identity.entry_keys(one, "f", policy))


def known(one: Entry, policy: GuidPolicy = GuidPolicy.GUID) -> dict[str, tuple[Known, ...]]:
    """What the archive says when it holds this entry."""
    held = Known(
        ArticleId("a1"),
        "f",
        "Вестник",
        one.title,
        identity.mark_of(one),
        one.published_at,
        NOW - timedelta(hours=1),
        one.url,
    )
    return dict.fromkeys(keys(one, policy), (held,))


def verdict(one: Entry, before: Entry, policy: GuidPolicy = GuidPolicy.GUID) -> str:
    found = identity.verdict(one, tuple(keys(one, policy)), known(before, policy))
    return found.kind


def test_case_09_one_id_on_ten_items_keeps_ten_entries() -> None:
    """A GUID for all tells nothing apart; addresses do."""
    found = feed(rss(*(item(n, guid="edno-i-syshto") for n in range(10))))

    assert len({one.id for one in found.entries}) == 10
    assert found.unique == 10


def test_case_09_an_id_that_flips_its_scheme_is_the_same() -> None:
    """http://… today and https://… tomorrow."""
    one = entry(guid="http://vestnik.example.bg/?p=7", link="https://vestnik.example.bg/a-7")
    other = entry(guid="https://vestnik.example.bg/?p=7", link="https://vestnik.example.bg/b-7")

    assert keys(one) & keys(other)


def test_case_09_a_headline_in_the_id_makes_no_second_article() -> None:
    """The number stays when the slug changes with the headline."""
    link = "https://vestnik.example.bg/novini/4711-{}"
    one = entry(guid=link.format("planat-mina"), link=link.format("planat-mina"))
    other = entry(
        guid=link.format("planat-e-priet"), link=link.format("planat-e-priet"),
        title="Планът за водопровода е приет",
    )  # fmt: skip

    assert keys(one) & keys(other)


def test_case_09_an_entry_without_id_is_known_by_its_address() -> None:
    """No GUID at all."""
    assert verdict(entry(guid=""), entry(guid="")) == "same"


def test_case_09_a_retitled_article_is_altered_and_not_new() -> None:
    """One word of the headline changed."""
    before = entry(guid="g7", title="Съветът прие плана за водопровода на Пролом")
    after = entry(guid="g7", title="Съветът прие окончателно плана за водопровода на Пролом")

    assert verdict(after, before) == "altered"


def test_case_09_an_id_used_again_is_a_new_article() -> None:
    """Another headline, another address, the old number."""
    before = entry(guid="1", title="Съветът прие плана за водопровода на Пролом")
    after = entry(
        guid="1", link="https://vestnik.example.bg/sport/9",
        title="Боецът Иван Несъществуващ спечели титлата в Лион",
    )  # fmt: skip

    assert verdict(after, before) in {"new", "reused"}
