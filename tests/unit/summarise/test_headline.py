"""Titles cleaned by rule."""

from __future__ import annotations

import pytest

from digest.model import Article, ArticleId, Rights
from digest.summarise.headline import cleaned, headline
from digest.summarise.rights import effective, free_extract, meter, used

TEXT = (
    "Кметът Живко Радоев откри новия мост над река Белица вчера следобед. "
    "Данните на НСИ сочат, че Каменград расте с двеста жители годишно."
)


def titled(title: str, **more) -> Article:
    return Article(ArticleId("a"), title, more.pop("text", TEXT), **more)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Откриха моста над Белица - Пример.бг", "Откриха моста над Белица"),
        ("Откриха моста над Белица | example.bg", "Откриха моста над Белица"),
        ("Откриха моста над Белица – Новини от региона", "Откриха моста над Белица"),
        ("Радоев: Мостът е готов – чакаме влака", "Радоев: Мостът е готов – чакаме влака"),
        ("ИЗВЪНРЕДНО: Откриха моста (СНИМКИ+ВИДЕО)", "Откриха моста"),
        ("ЖИВКО РАДОЕВ ОТКРИ МОСТА, НСИ БРОИ ЖИТЕЛИ", "Живко Радоев откри моста, НСИ брои жители"),
        ("НСИ: БВП расте", "НСИ: БВП расте"),
    ],
)
def test_site_alarm_and_shouting_go(raw, clean):
    """The outlet's own words stay, its noise goes."""
    article = titled(raw, outlet="Пример", site_name="Пример.бг")
    assert cleaned(article).text == clean
    assert not cleaned(article).replaced


def test_bait_is_replaced_by_a_fact_and_marked():
    """A bait title gives way to the first factual sentence where that may be quoted."""
    bait = "Няма да повярвате какво откри кметът!"
    found = cleaned(titled(bait))
    assert found.replaced
    assert found.text == TEXT.split(". ", maxsplit=1)[0]
    assert headline(titled(bait, rights=Rights.EXTRACT)) == bait


def test_the_freest_article_gives_a_storys_rights():
    """Licensed before facts before extract before excluded; no article, no rights."""
    assert (
        effective([titled("а", rights=r) for r in (Rights.EXTRACT, Rights.FACTS)]) is Rights.FACTS
    )
    assert effective([]) is Rights.EXCLUDED


def test_the_free_extract_is_consecutive_from_the_start():
    """Cut after a sentence or a word, never beyond 100 characters, never inside a word."""
    extract = free_extract(TEXT)
    assert TEXT.startswith(extract)
    assert extract == TEXT.split(" Данните", maxsplit=1)[0]
    assert free_extract("дума " * 40).endswith("дума")
    assert free_extract("а" * 150) == ""
    assert free_extract("Кратко") == "Кратко"


def test_the_meter_finds_the_longest_run():
    """Run, place and share of what is repeated."""
    run = meter("Той каза: откри новия мост над река Белица, нали", titled("а"))
    assert run.longest == len(" откри новия мост над река белица")
    assert 0 < run.share < 1
    assert meter("", titled("а")).longest == 0


def test_the_meter_of_the_desk_counts_runs_and_the_share_of_the_article():
    """Longest run to whole words, and how much of the article stands in runs; two words are none."""
    body = "Общината откри новия мост над река Белица. Той струва 12 млн. евро и е дълъг 300 метра."
    source = titled("а", text=body, rights=Rights.EXTRACT)

    whole = used(body, source)
    part = used("Вчера общината откри новия мост, а „дълъг 300 метра“ е вече и тунелът.", source)
    none = used("Новия мост го откри друг: 12 евро.", source)

    assert (whole.share, whole.longest, whole.over) == (1.0, len(body) - 1, False)
    assert part.longest == len("общината откри новия мост")
    assert 0.4 < part.share < 0.6
    assert (none.longest, none.share) == (0, 0.0)


def test_the_limit_is_that_of_the_stricter_mode():
    """A licensed article is free of one; an excluded one leaves nothing."""
    long = "Това е дълго изречение за новия мост над реката. " * 4
    licensed, extract, excluded = (
        titled("а", text=long, rights=mode)
        for mode in (Rights.LICENSED, Rights.EXTRACT, Rights.EXCLUDED)
    )

    assert (used(long, licensed).limit, used(long, licensed).over) == (None, False)
    assert (used(long, extract).limit, used(long, extract).over) == (100, True)
    assert used(long, licensed, Rights.FACTS).limit == 100
    assert (used(long, excluded).limit, used(long, excluded).over) == (0, True)
