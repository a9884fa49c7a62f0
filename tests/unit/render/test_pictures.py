"""Where the pictures of a mail are found: on the site, or inside the message."""

from __future__ import annotations

from dataclasses import replace

from invented_editions import MASTHEAD, NEWSROOM, edition, story

from digest.model import Edition, RenderedEdition, Section
from digest.render import cut
from digest.render.pictures import (
    Pictures,
    PrintedLogo,
    fitting,
    for_browser,
    own_name,
    unpacked,
)
from digest.render.render import render
from digest.render.stage import preview_values

BASE = f"{MASTHEAD.public_url}/kartini"
LEAD, THUMB, LOGO, MARK = (
    f"{letter * 24}-{place}"
    for letter, place in (
        ("a", "lead.jpg"),
        ("b", "thumb.jpg"),
        ("c", "logo.png"),
        ("d", "mark.png"),
    )
)
FOREIGN = "https://chuzhd.example.test/p.png"
FILES = {LEAD: b"lead", THUMB: b"thumb", LOGO: b"logo", MARK: b"mark"}


def pictures(*, inside: bool, **more: object) -> Pictures:
    made = Pictures(
        BASE,
        "news.example.bg",
        inside=inside,
        files=FILES,
        photos=frozenset({LEAD, THUMB}),
        logo=PrintedLogo(LOGO, 144, 48, instead=True, letters=40),
        marks={"svyat": MARK},
    )
    return replace(made, **more)


def illustrated() -> Edition:
    return edition(
        Section("bulgaria", "България", (story(1, tier="lead", image=f"{BASE}/{LEAD}"),)),
        Section("svyat", "Свят", (story(2, image=f"{BASE}/{THUMB}"), story(3, image=FOREIGN))),
    )


def made(shown: Pictures | None, issue: Edition | None = None) -> RenderedEdition:
    return render(
        issue or illustrated(),
        MASTHEAD,
        newsroom=NEWSROOM,
        section_sets={frozenset({"bulgaria"})},
        pictures=shown,
    )


def html(rendered: RenderedEdition, key: str = "all") -> str:
    values = preview_values(illustrated(), MASTHEAD)
    return cut.join(rendered.variants[key].html, values, escape=True)


def test_a_site_that_readers_reach_serves_the_pictures() -> None:
    """The mail names them by address and carries none."""
    rendered = made(pictures(inside=False))

    assert all(f'src="{BASE}/{name}"' in html(rendered) for name in FILES)
    assert rendered.pictures == ()


def test_where_readers_reach_no_site_the_mail_carries_them() -> None:
    """Each once, with its bytes and the name that the HTML calls it by."""
    rendered = made(pictures(inside=True))

    assert {one.name: one.data for one in rendered.pictures} == FILES
    assert all(f'src="cid:{one.cid}"' in html(rendered) for one in rendered.pictures)
    assert BASE not in html(rendered)


def test_the_archive_page_never_holds_a_cid() -> None:
    """A browser finds no parts of a message."""
    page = made(pictures(inside=True)).web_html

    assert "cid:" not in page
    assert all(f'src="{BASE}/{name}"' in page for name in FILES)


def test_the_archive_asks_no_other_host_for_a_picture() -> None:
    """Whoever reads a public page is known to nobody else."""
    assert FOREIGN not in made(pictures(inside=False)).web_html
    assert FOREIGN not in made(None).web_html


def test_without_pictures_addresses_stay_as_they_were_given() -> None:
    """`digest render` has no home: nothing is looked for, nothing is added."""
    shown = html(made(None))

    assert f'src="{BASE}/{LEAD}"' in shown
    assert 'class="mark"' not in shown
    assert f">{MASTHEAD.name}</h1>" in shown


def test_a_picture_that_is_not_there_leaves_no_hole() -> None:
    """The story has the whole width, and no empty frame stands beside it."""
    shown = html(made(pictures(inside=True, photos=frozenset({LEAD}))))

    assert THUMB not in shown
    assert shown.count('class="thumb"') == 1  # the one of another host
    assert THUMB not in made(pictures(inside=True, photos=frozenset({LEAD}))).web_html


def test_the_heading_is_the_newspapers_name_with_a_logo_too() -> None:
    """A screen reader hears it, and it stands in words while pictures are not shown."""
    wordmark = html(made(pictures(inside=True)))
    sign = PrintedLogo(LOGO, 48, 48, instead=False, letters=20)
    above = html(made(pictures(inside=True, logo=sign)))

    assert f'alt="{MASTHEAD.name}"' in wordmark.partition("</h1>")[0].rpartition("<h1")[2]
    assert f">{MASTHEAD.name}</h1>" in above
    assert 'class="logo"' in above


def test_an_approval_signs_the_pictures() -> None:
    """Another picture under the same name is another mail."""
    other = pictures(inside=True, files={**FILES, THUMB: b"another"})

    assert made(pictures(inside=True)).content_hash == made(pictures(inside=True)).content_hash
    assert made(other).content_hash != made(pictures(inside=True)).content_hash


def test_news_text_that_looks_like_a_picture_is_text() -> None:
    """No part of the message is called by a headline."""
    title = f'Снимка src="cid:{THUMB}@news.example.bg" и край'
    issue = edition(Section("bulgaria", "България", (story(1, tier="lead", title=title),)))

    rendered = made(pictures(inside=True, logo=None, marks={}), issue)

    assert rendered.pictures == ()


def test_a_browser_sees_the_same_pictures() -> None:
    """By path on the desk; inside the file where there is no site."""
    rendered = made(pictures(inside=True))
    mail = html(rendered).encode()

    assert f'src="/kartini/{LEAD}"'.encode() in for_browser(mail, "/kartini")
    assert b"cid:" not in for_browser(mail, "/kartini")
    assert b'src="data:image/jpeg;base64,bGVhZA=="' in unpacked(mail, rendered.pictures)


def test_small_pictures_of_the_weakest_stories_are_left_out_first() -> None:
    """The leading picture stays, however weak the story is scored."""
    names = [f"{number:024x}-thumb.jpg" for number in range(1, 5)]
    stories = [
        story(number, tier="lead" if number == 1 else "full", score=score, image=f"{BASE}/{name}")
        for number, name, score in zip(range(1, 5), names, (0.1, 0.9, 0.2, 0.5), strict=True)
    ]
    files = dict.fromkeys(names, b"x" * 100)

    kept, over = fitting(stories, files, room=310)

    assert kept == {names[0], names[1], names[3]}
    assert over == 1


def test_only_our_own_folder_is_ours() -> None:
    """Not a path that only begins or ends like it."""
    assert own_name(f"https://drugade.example.bg/kartini/{LEAD}") == LEAD
    for address in ("", FOREIGN, f"{BASE}/../{LEAD}", f"{BASE}/{LEAD}?x", f"{BASE}/{MARK}"):
        assert own_name(address) == ""
