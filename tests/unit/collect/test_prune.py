"""Furniture goes by its names; pieces of the text that are named like furniture stay."""

from __future__ import annotations

import pytest

from digest.collect.draft import Draft
from digest.collect.markup import parse, text_of
from digest.collect.prune import prune
from tests.unit.collect.test_pagebody import HEAD, LINK, OTHER, SAID, paragraphs, text


@pytest.mark.parametrize(
    "name",
    ["has-ad", "pos-rel", "promo-text", "with-banner", "tag-content", "social-embed", "rel",
     "popular", "comment-text", "adv", "share-quote", "nav-item-text"],
)  # fmt: skip
def test_paragraphs_in_wrappers_of_an_unlucky_name_are_read(name: str) -> None:
    """Each alone is small enough for furniture; together they are the text."""
    pieces = "".join(f'<div class="{name}"><p>{one}</p></div>' for one in SAID)

    assert text(f"<article>{HEAD}{pieces}</article>") == list(SAID)


def test_an_aside_with_the_headline_is_read() -> None:
    """Some templates use the tag for the main column."""
    assert text(f'<aside class="module">{HEAD}{paragraphs(SAID)}</aside>') == list(SAID)


@pytest.mark.parametrize(
    "box",
    [
        '<div class="related-item"><h3><a href="/{n}">{other} {n}</a></h3><p>{said}</p></div>',
        '<div class="comment"><b class="user">Петров</b><p>{said}</p></div>',
        '<div class="promo"><a href="/{n}">{other} {n}</a><p>{said}</p></div>',
    ],
)
def test_boxes_of_one_name_that_show_others_go(box: str) -> None:
    """Excerpts of other articles and comments are as long as the text, and are none of it."""
    boxes = "".join(
        box.format(n=n, other=OTHER, said=one.replace("кметовете", "съседите"))
        for n, one in enumerate(SAID)
    )

    assert text(f"<article>{HEAD}{paragraphs(SAID)}</article><div>{boxes}</div>") == list(SAID)


def test_comments_go_where_the_text_has_no_paragraphs() -> None:
    """They are the only paragraphs of the page and still not the article."""
    boxes = "".join(
        f'<div class="comment"><p>{one.replace("кметовете", "съседите")}</p></div>' for one in SAID
    )

    assert text(f"<main>{HEAD}<div>{'<br><br>'.join(SAID)}</div>{boxes}</main>") == list(SAID)


@pytest.mark.parametrize(
    "name",
    ["fb-post", "fb-xfbml-parse-ignore", "instagram-media", "twitter-tweet", "tiktok-embed"],
)
def test_posts_of_networks_in_a_page_are_no_text(name: str) -> None:
    """Networks give their own class to what others embed."""
    tree = parse(
        f'<main><p>{SAID[0]}</p><blockquote class="{name}"><p>{SAID[1]}</p></blockquote></main>'
    )

    prune(tree, draft := Draft())

    assert text_of(tree) == SAID[0]
    assert [one.kind for one in draft.removed] == ["embed"]


def test_a_long_paragraph_with_the_class_of_an_advertisement_stays() -> None:
    """An editor's paragraph with a wrong class is text; a button with it is not."""
    tree = parse(f'<main><p class="promo">{SAID[0]}</p><p class="promo">{LINK}</p></main>')

    prune(tree, Draft())

    assert text_of(tree) == SAID[0]
