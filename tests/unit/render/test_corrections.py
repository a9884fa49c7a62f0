"""The panel of corrections in mail, text and archive page, and the page of a corrected edition."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented_editions import MASTHEAD, NEWSROOM, correction, edition
from lxml import html as lxml_html

from digest.compose import cost
from digest.model import Correction, Edition, StoryId
from digest.render import budget, cut
from digest.render.corrected import corrected
from digest.render.render import render

VALUES = {
    "UNSUB": "https://utro.example.bg/otpisvane/t0",
    "PREFS": "https://utro.example.bg/izbor/t0",
    "WEB": "https://utro.example.bg/arhiv/2026-11-20",
    "NAME": "",
}
EVIL = '<script>alert("1")</script> {{ 7 * 7 }} %%UNSUB%% \u202eобратно\x00'
LITERAL = '<script>alert("1")</script> {{ 7 * 7 }} %%UNSUB%% обратно'
SETS = (frozenset({"sport"}), frozenset({"nauka"}))


def carrying(*those: Correction) -> Edition:
    return edition(corrections=those)


def parts(what: Edition, key: str = "all") -> tuple[str, str]:
    """HTML and text of a variant."""
    made = render(what, MASTHEAD, section_sets=SETS, newsroom=NEWSROOM).variants[key]
    return cut.join(made.html, VALUES, escape=True), cut.join(made.text, VALUES, escape=False)


def words(html: str) -> str:
    found = " ".join(lxml_html.document_fromstring(html).xpath("//body//text()"))
    return " ".join(found.replace("\u00a0", " ").split())


@pytest.mark.parametrize("key", ["all", "sport", "nauka"])
def test_every_variant_prints_the_panel_before_the_end(key: str) -> None:
    """A mistake is owed to everybody, whatever sections they chose."""
    html, text = parts(carrying(correction()), key)

    said = words(html)
    panel = said.index("Поправка В броя от 19 ноември 2026 г. Община № 1")
    assert "Писахме: Читалнята край реката има 21 места. Вярното е: Местата са 210" in said
    assert panel < said.index("Край на броя")
    assert "https://utro.example.bg/archive/2026-11-19" in html
    assert text.index("\nПоправка\n") < text.index("Край на броя")
    assert "Писахме: Читалнята край реката има 21 места.\nВярното е: Местата са 210" in text
    assert "\nhttps://utro.example.bg/archive/2026-11-19\n" in text


def test_without_corrections_nothing_is_printed() -> None:
    """No heading over nothing."""
    html, text = parts(edition())

    assert "Поправк" not in html + text


def test_several_stand_under_one_heading_in_order() -> None:
    """One of the whole edition has no headline; a stopped edition has no link."""
    whole = correction(2, story_id=None, headline="", said="Броят е 6.", in_archive=False)
    html, text = parts(carrying(correction(1), whole))

    said = words(html)
    assert "Поправки В броя от 19 ноември 2026 г." in said
    assert "За броя от 19 ноември 2026 г. Писахме: Броят е 6." in said
    assert html.count("/archive/2026-11-19") == text.count("/archive/2026-11-19") == 1


def test_what_an_editor_types_stays_literal() -> None:
    """Markup, template words, placeholders, controls and direction marks are text like any other."""
    html, text = parts(carrying(correction(said=EVIL, right=EVIL, headline=EVIL)))

    assert words(html).count(LITERAL) == 3
    assert "<script>alert" not in html
    assert " ".join(text.split()).count(LITERAL) == 3
    assert VALUES["UNSUB"] in html


def test_the_signature_covers_the_panel() -> None:
    """An approval of one text is no approval of another."""
    one, other = (
        render(carrying(correction(right=text)), MASTHEAD, newsroom=NEWSROOM).content_hash
        for text in ("Едно.", "Друго.")
    )

    assert one != other


@pytest.mark.parametrize("number", [1, 5])
def test_the_estimate_of_the_panel_is_on_the_safe_side(number: int) -> None:
    """Never under the real bytes, and near enough not to cost a story."""
    those = tuple(correction(n, said="Дума " * 60, right="Дума " * 100) for n in range(number))
    bare, full = (
        render(what, MASTHEAD, newsroom=NEWSROOM).variants["all"]
        for what in (edition(), carrying(*those))
    )

    html = budget.size(full.html) - budget.size(bare.html)
    text = budget.size(full.text) - budget.size(bare.text)
    estimate = cost.of_corrections(those)

    assert html <= estimate.html <= html * 1.4
    assert text <= estimate.text <= text * 1.4


def test_a_corrected_page_keeps_all_that_was_signed() -> None:
    """Without what was added, the page is the kept one but for the data of search engines."""
    kept = render(edition(), MASTHEAD, newsroom=NEWSROOM).web_html
    mine = correction(edition_id=edition().id, date=edition().date, story_id=StoryId("s4"))

    page = lxml_html.document_fromstring(corrected(kept, edition(), [mine], MASTHEAD))
    added = page.xpath("//*[@class='corrected'] | //style[2] | //script | //meta[contains(@property, 'modified')]")  # fmt: skip
    assert len(added) == 5
    for node in added:
        node.drop_tree()
    before = lxml_html.document_fromstring(kept)
    for node in before.xpath("//script"):
        node.drop_tree()

    assert words(lxml_html.tostring(page).decode()) == words(lxml_html.tostring(before).decode())


def test_a_story_that_the_page_does_not_show_is_corrected_on_top() -> None:
    """Nothing is lost when an older page has no place for it."""
    kept = render(edition(), MASTHEAD, newsroom=NEWSROOM).web_html
    lost = correction(story_id=StoryId("s77"), headline="Стара новина")

    page = lxml_html.document_fromstring(corrected(kept, edition(), [lost], MASTHEAD))
    (top,) = page.xpath("//*[@class='corrected']")

    assert "Стара новина" in top.text_content()
    assert "Местата са 210" in top.text_content()


def test_without_corrections_the_page_is_the_signed_bytes() -> None:
    """Nothing is parsed and put together again."""
    kept = render(edition(), MASTHEAD, newsroom=NEWSROOM).web_html

    assert corrected(kept, edition(), [], MASTHEAD) is kept


def test_reading_time_counts_corrections_in_a_variant() -> None:
    """What is promised on top is what there is to read."""
    long = tuple(correction(n, right="дума " * 90) for n in range(5))

    html, _ = parts(replace(edition(), corrections=long), "sport")

    assert "4 минути четене" in words(html)


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><html><head></head><body class='x'><p>Новини</p></body></html>",
        "<!DOCTYPE html><body><header class='y'>Име</header><div id='n1'>Новини</div>",
        "<!DOCTYPE html>Новини",
        '<!DOCTYPE html><head><script type="application/ld+json">няма</script></head><body>Новини',
    ],
)
def test_a_page_of_the_newsrooms_own_form_shows_corrections_too(page: str) -> None:
    """Whatever of the packaged page's places it lacks, nothing fails and nothing is lost."""
    made = words(corrected(page, edition(), [correction()], MASTHEAD))

    assert "Новини" in made
    assert "Местата са 210" in made
    assert "Броят има поправка" in made
