"""OPML as readers write it: comments before the root, small weights, words for what is none."""

from __future__ import annotations

import pytest

from digest.collect.opml import Outline, read_opml, write_opml
from digest.collect.repair import unfinished
from digest.errors import BadInput

ROW = '<outline text="Вестник" xmlUrl="https://vestnik.example.bg/rss"/>'


@pytest.mark.parametrize("comment", ["<!-- <feed> и <rss> -->", "<!-- <rss version='2.0'> \n -->"])
@pytest.mark.parametrize("head", ["", '<?xml version="1.0" encoding="utf-8"?>\n'])
def test_a_comment_before_the_root_hides_nothing(head: str, comment: str) -> None:
    """A root is looked for outside comments."""
    text = f'{head}{comment}<opml version="2.0"><body>{ROW}</body></opml>'

    (found,) = read_opml(text.encode())

    assert found.title == "Вестник"


@pytest.mark.parametrize("weight", [0.00001, 0.5, 1.0, 1.25, 100.0])
def test_a_weight_goes_out_and_comes_back(weight: float) -> None:
    """Without exponents, which the way back does not read."""
    row = Outline("https://vestnik.example.bg/rss", "Вестник", weight=weight)

    (found,) = read_opml(write_opml([row], title="Списък"))

    assert found.weight == weight


def test_what_is_no_opml_is_said_with_one_full_stop() -> None:
    """A sentence ends once."""
    with pytest.raises(BadInput) as caught:
        read_opml(b"<html><body/></html>")

    assert caught.value.why == "Причина: коренът не е <opml>."


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("<rss><channel></channel></rss>", False),
        ("<rss><channel></channel></rss>\n<!-- 0.2 s -->", False),
        ('<?xml version="1.0"?><!-- <feed> --><rss><channel><item>', True),
        ("<feed xmlns='x'><entry></entry>", True),
        ("<rdf:RDF xmlns:rdf='x'></rdf:RDF>", False),
        ("<feed/>", False),
        ('{"items": [', False),
        ("", False),
    ],
)
def test_a_feed_is_unfinished_when_its_root_stays_open(text: str, *, cut: bool) -> None:
    """Whatever stands before and after it."""
    assert unfinished(text) is cut
