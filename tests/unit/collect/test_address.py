"""Addresses: one article has one key, two articles never share one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.address import (
    absolute,
    article_id,
    identity_key,
    is_home,
    is_http,
    path_and_query,
    same_site,
)


@pytest.mark.parametrize(
    "other",
    [
        "https://vesti.example.bg/a?id=7&utm_source=rss",
        "http://vesti.example.bg/a?id=7#top",
        "https://www.vesti.example.bg:443/x/../a?fbclid=1&id=7",
        "HTTPS://VESTI.EXAMPLE.BG/a/?id=7",
    ],
)
def test_ways_a_reader_came_do_not_make_another_article(other: str) -> None:
    """Campaign parameters, scheme, port, case, fragment and dot segments are no identity."""
    assert identity_key(other) == identity_key("https://vesti.example.bg/a?id=7")


@pytest.mark.parametrize("name", ["newsid", "nid", "storyid", "article", "p"])
def test_articles_told_apart_by_a_parameter_stay_apart(name: str) -> None:
    """Only a deny-list drops parameters."""
    one, two = (f"https://vesti.example.bg/view.php?{name}={n}" for n in (1, 2))

    assert identity_key(one) != identity_key(two)


def test_a_cyrillic_host_and_its_punycode_are_one() -> None:
    """The host is compared in ASCII."""
    assert identity_key("https://пример.бг/a") == identity_key("https://xn--e1afmkfd.xn--90ae/a")


@given(st.text(max_size=60))
def test_the_key_is_stable_for_any_text(text: str) -> None:
    """The key of anything can be made, and twice the same."""
    assert identity_key(text) == identity_key(text)


@given(st.lists(st.sampled_from(["a=1", "b=2", "c=3", "utm_x=9"]), unique=True))
def test_the_order_of_parameters_is_no_identity(parts: list[str]) -> None:
    """Parameters are compared as a set."""
    here, there = "&".join(parts), "&".join(reversed(parts))

    assert identity_key(f"https://e.test/p?{here}") == identity_key(f"https://e.test/p?{there}")


def test_relative_links_count_from_their_base() -> None:
    """A link of a feed is made absolute, a script is none."""
    assert absolute("/a/1", "https://e.example.bg/rss") == "https://e.example.bg/a/1"
    assert absolute("javascript:alert(1)", "https://e.example.bg/") == ""
    assert absolute("a", "") == ""


def test_only_http_addresses_count() -> None:
    """Other schemes are not fetched."""
    assert is_http("https://e.example.bg/")
    assert not is_http("ftp://e.example.bg/")
    assert not is_http("https://")


def test_sites_are_told_by_their_registrable_domain() -> None:
    """A subdomain is the same site, another owner under `.com.bg` is not."""
    assert same_site("https://m.vesti.example/a", "https://vesti.example/b")
    assert not same_site("https://a.com.bg/", "https://b.com.bg/")


def test_front_pages_are_known() -> None:
    """A front page is never the address of an article."""
    assert is_home("https://e.example.bg/")
    assert not is_home("https://e.example.bg/?p=12")


def test_a_text_without_address_is_known_by_its_body() -> None:
    """Copies that differ in title and spacing only have one id."""
    assert article_id("", "Едно", "Същият  текст.") == article_id("", "Друго", "същият текст")


@pytest.mark.parametrize(
    "link", ["http://[x", "//[::1", "https://a]b/", "http://a\u2100b.bg/", "[1"]
)
def test_addresses_that_cannot_be_parsed_are_none(link: str) -> None:
    """Brackets and letters that no host may have, against a base and alone."""
    for base in ("", "https://vestnik.example.bg/rss", "rss", "http://[y"):
        found = absolute(link, base)
        assert not found or is_http(found)
    assert path_and_query(link) == ("", "")
