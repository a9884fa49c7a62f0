"""Questions to a name server on the loopback: what is published, what is not, and no answer."""

from __future__ import annotations

import pytest

from digest.deliver.dkim_keys import mismatch, record
from digest.deliver.txt import ask_txt
from digest.errors import Unavailable
from tests.fakes.dkim import DOMAIN, pair
from tests.fakes.dns import names

NAME = "s1._domainkey.news.example.bg"


def test_a_published_key_is_found_as_it_was_printed() -> None:
    """The strings of the zone's line come back as one value."""
    key = pair()[0]
    line = record(key, DOMAIN).zone.partition("(")[2].rstrip(" )")

    with names({NAME: [line]}):
        found = ask_txt(NAME)

    assert mismatch(found, key) == ""


def test_all_records_of_a_name_are_given() -> None:
    """Two of a key are a fault that the reader of the answer names."""
    with names({NAME: ['"v=DKIM1; p="', '"v=spf1 -all"']}):
        assert set(ask_txt(NAME)) == {"v=DKIM1; p=", "v=spf1 -all"}


def test_a_name_without_records_has_none() -> None:
    """Whether it exists or not."""
    with names({NAME: []}):
        assert ask_txt(NAME) == ()
        assert ask_txt("s2._domainkey.news.example.bg") == ()


def test_a_server_that_fails_is_not_an_empty_answer() -> None:
    """A record must not be called missing because nobody could be asked."""
    with names({}, broken=True), pytest.raises(Unavailable):
        ask_txt(NAME)
