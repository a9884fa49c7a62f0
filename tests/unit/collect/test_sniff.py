"""What bytes are, told in linear time."""

from __future__ import annotations

import time

import pytest

from digest.collect.sniff import sniff

PROLOGUES = [b"<?xml ?>", b"<?a?>", b"<!-- -->", b"<!doctype a>", b"<?xml >", b"<? <!-- ", b" "]


@pytest.mark.parametrize("node", PROLOGUES)
def test_a_file_of_nothing_but_prologue_costs_no_time(node: bytes) -> None:
    """208 bytes of declarations once cost twenty seconds."""
    before = time.process_time()

    sniff(node * 26 + b"x")
    sniff(node * 3000 + b"x")

    assert time.process_time() - before < 2


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('<?xml version="1.0"?><rss><channel/></rss>', "feed"),
        ('<?xml version="1.0"?>\n<?xml-stylesheet href="a?b>c"?>\n<!-- > -->\n<feed/>', "feed"),
        ('<?xml version="1.0"><rss/>', "feed"),
        ("<!-- <html> --><!DOCTYPE rss><channel/>", "feed"),
        ("\n<rdf:RDF/>", "feed"),
        ("<?xml version='1.0'?><!DOCTYPE html><html><body>rss</body></html>", "page"),
        ("<!-- rss --><html><body></body></html>", "page"),
        ("<!-- без край <rss>", "dump"),
        ("Новина за емисията rss", "dump"),
    ],
)
def test_the_root_decides_after_whatever_stands_before_it(text: str, kind: str) -> None:
    """Declarations, instructions and comments are passed over."""
    assert sniff(text.encode()) == kind
