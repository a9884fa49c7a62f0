"""A newsroom's colours: readable on white, and in the dark without being set a second time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_editions import MASTHEAD, NEWSROOM, edition, story
from invented_letters import CONTEXTS
from pydantic import ValidationError

from digest.colours import LEAST, contrast, darkened, is_colour, lightened
from digest.model import Brand, Section
from digest.render import cut
from digest.render.letters import LETTERS, render_letter
from digest.render.palette import DARK, LEAST_DARK, palette
from digest.render.render import render
from digest.render.stage import preview_values
from digest.setting_brand import BrandColours
from digest.settings import Settings

colours = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")
SEA = "#1f5a7a"


def mail(brand: Brand) -> str:
    masthead = replace(MASTHEAD, brand=brand)
    made = render(edition(), masthead, newsroom=NEWSROOM)
    return cut.join(made.variants["all"].html, preview_values(edition(), masthead), escape=True)


@given(colours, colours)
def test_contrast_is_that_of_two_colours_in_either_order(one: str, other: str) -> None:
    """From 1, the same colour, to 21, black and white (WCAG 2.2)."""
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.01
    assert contrast(one, one) == 1
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@given(colours)
def test_every_colour_can_be_read_in_the_dark(colour: str) -> None:
    """It becomes as light as it must, and stays a colour."""
    made = lightened(colour, DARK, LEAST_DARK)

    assert is_colour(made)
    assert contrast(made, DARK) >= LEAST_DARK


def test_a_section_without_a_colour_has_the_accent() -> None:
    """So that a newsroom can set one colour and be done."""
    found = palette(Brand(accent=SEA, sections=(("sport", "#7a4b00"),)))

    assert found.of("svyat").light == SEA
    assert found.of("sport").light == "#7a4b00"


@pytest.mark.parametrize("colour", ["#ffcc00", "#9b1b3", "red", "9b1b30", "#9b1b30;x", "#gggggg"])
def test_a_colour_that_cannot_be_read_is_refused_with_the_reason(colour: str) -> None:
    """Yellow on white is no heading, and what is no colour must not get into a style."""
    with pytest.raises(ValidationError, match=r"твърде светъл|не е цвят"):
        BrandColours(accent=colour)
    with pytest.raises(ValidationError):
        BrandColours(sections={"sport": colour})


@given(colours)
def test_what_is_accepted_has_the_contrast_of_text(colour: str) -> None:
    """On white and on the tint of the contents."""
    try:
        accent = BrandColours(accent=colour).accent
    except ValidationError:
        assert min(contrast(colour, one) for one in ("#ffffff", "#f7f4ee")) < LEAST
    else:
        assert min(contrast(accent, one) for one in ("#ffffff", "#f7f4ee")) >= LEAST


def test_the_mail_wears_the_house_colours() -> None:
    """Accent and a section's own, on light ground and in both dark schemes; the default is gone."""
    html = mail(Brand(accent=SEA, sections=(("svyat", "#7a4b00"),), footer="Издава „Примерово“."))

    assert "#9b1b30" not in html
    assert html.count("color:#7a4b00") >= 2
    dark = palette(Brand(SEA, (("svyat", "#7a4b00"),)))
    for tone in (dark.accent, dark.of("svyat")):
        assert html.count(f"{{ color: {tone.dark} !important") == 2
    assert "Издава „Примерово“." in html


def test_the_archive_page_wears_them_in_both_schemes_and_on_paper() -> None:
    """As the mail does: lead, contents and heading of a section in its own colour."""
    brand = Brand(accent=SEA, sections=(("bulgaria", "#2d6a3f"), ("svyat", "#7a4b00")))
    page = render(edition(), replace(MASTHEAD, brand=brand), newsroom=NEWSROOM).web_html
    made = palette(brand)

    assert '<h2 class="kicker own-1">' in page
    assert page.count('class="name own-2"') == 1
    assert '<h2 id="r2" class="own-2">' in page
    assert '<p class="briefs own-2">' in page
    assert '<h2 id="r3">' in page
    for place, slug in enumerate(("bulgaria", "svyat"), 1):
        assert f".own-{place} {{ --accent: {made.of(slug).light}; }}" in page
        assert f".own-{place} {{ --accent: {made.of(slug).dark}; }}" in page
    paper = page.split("@media print", 1)[1]
    assert f"--accent: {SEA}" in paper
    assert "#9b1b30" not in page


@given(colours)
def test_a_link_is_dark_enough_on_light_ground(colour: str) -> None:
    """Of the same hue, whatever the newsroom chose."""
    assert contrast(darkened(colour, "#f6f4ef", 5.5), "#f6f4ef") >= 5.5


@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_wears_accent_and_footer(name: str) -> None:
    """In the bar above, in both dark schemes, and in HTML and text below."""
    brand = Brand(accent=SEA, footer="Издава „Примерово“.")
    _, html, text = render_letter(name, CONTEXTS[name], replace(MASTHEAD, brand=brand))

    assert f"border-top:6px solid {SEA}" in html
    assert "#9b1b30" not in html
    assert html.count(f"{palette(brand).accent.dark} !important") >= 2
    assert f"tr > td {{ border-top-color: {palette(brand).accent.dark} !important" in html
    assert "Издава „Примерово“." in html
    assert "Издава „Примерово“." in text


def test_settings_become_the_masthead() -> None:
    """A table for sections, in the order of their slugs."""
    own = BrandColours(accent=SEA.upper(), sections={"sport": "#7a4b00", "kultura": "#2d6a3f"})

    brand = Settings(brand=own).masthead().brand

    assert brand == Brand(SEA, (("kultura", "#2d6a3f"), ("sport", "#7a4b00")))


def test_contents_tell_more_than_the_headline_or_nothing() -> None:
    """A one-liner that repeats the headline is left out; one that adds something stands below it."""
    same = story(2, title="Общината откри читалня", one_line="Общината откри нова читалня.")
    more = story(3, title="Мостът е готов", one_line="Движението тръгва в понеделник.")
    issue = edition(
        Section("bulgaria", "България", (story(1, tier="lead"), same)),
        Section("svyat", "Свят", (more,)),
    )
    made = render(issue, MASTHEAD, newsroom=NEWSROOM)
    values = preview_values(issue, MASTHEAD)
    html = cut.join(made.variants["all"].html, values, escape=True)
    contents = html[html.index("В броя") : html.index('id="r1"')]

    assert "Движението тръгва в понеделник." in contents
    assert "Общината откри нова читалня." not in contents
