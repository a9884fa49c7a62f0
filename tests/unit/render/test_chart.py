"""Charts: the drawing, what the mail and the archive say of it, and that nothing lies."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from invented_editions import MASTHEAD, NEWSROOM, edition, one_story, story
from lxml import html as lxml_html
from PIL import Image

from digest.colours import contrast
from digest.model import ArticleId, Chart, Point, Section, Sentence
from digest.render.chart import GROUND, INK, MUTED, SCALE, WIDTH, Row, bars, draw
from digest.render.charted import drawing, printed
from digest.render.environment import attribute
from digest.render.render import render
from digest.render.stage import render_files

ACCENT = "#9b1b30"
N = "\u00a0"
IMAGE = "https://utro.example.bg/kartini/0123456789abcdef01234567-chart.png"
SAID = "Инфлацията по месеци: юли 3,4 %, август 3,8 %, септември 4,1 %."


def chart(*rows: tuple[str, str, float], title: str = "Инфлацията по месеци") -> Chart:
    given = rows or (
        ("юли", f"3,4{N}%", 3.4), ("август", f"3,8{N}%", 3.8), ("септември", f"4,1{N}%", 4.1)
    )  # fmt: skip
    points = tuple(Point(a, b, v, ArticleId("a"), 0, 4, 5, 9) for a, b, v in given)
    said = Sentence("Казано.", ArticleId("a"), 0, 7)
    return Chart(title, points, said, "Вестник Пример", IMAGE)


def files(one: Chart | None, **fields: object) -> dict[str, str]:
    shown = one_story(chart=one, **fields)
    made = render_files(shown, MASTHEAD, NEWSROOM, render(shown, MASTHEAD, newsroom=NEWSROOM))
    return {name: data.decode() for name, data in made.items()}


def opened(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    image.load()
    return image


def test_a_chart_is_a_small_png_twice_as_sharp_as_it_is_shown() -> None:
    """A phone on a slow network loads it."""
    png = drawing(chart(), ACCENT)

    assert opened(png).format == "PNG"
    assert opened(png).width == WIDTH * SCALE
    assert len(png) <= 12 * 1024


@pytest.mark.parametrize(
    ("labels", "most"),
    [
        (["януари", "февруари", "март", "април", "май", "юни", "юли", "август"], 12 * 1024),
        (["Съюз за напредък", "Алфа", "Бета", "Зелено бъдеще", "Гама"], 12 * 1024),
        ([f"Национален съюз за напредък и право {n:04}" for n in range(8)], 20 * 1024),
    ],
)
def test_a_chart_of_many_bars_is_small_too(labels: list[str], most: int) -> None:
    """Eight months, five parties, and the longest labels and title that are ever drawn."""
    rows = tuple(Row(one, f"{n}2,{n}{N}%", n + 2.5) for n, one in enumerate(labels))

    png = draw("Доверието към институциите и партиите по последното допитване м", rows, ACCENT)

    assert len(png) <= most


def test_the_same_chart_gives_the_same_bytes() -> None:
    """Its name is a hash of them."""
    first = drawing(chart(), ACCENT)
    draw.cache_clear()

    assert drawing(chart(), ACCENT) == first


def test_bars_begin_at_zero() -> None:
    """Three and four differ by a quarter, not by the whole width."""
    assert bars([3.0, 4.0]) == [(0.0, 0.75), (0.0, 1.0)]


def test_negative_figures_go_to_the_other_side_of_one_zero() -> None:
    """A deficit and a surplus are told apart."""
    assert bars([-1.0, 3.0]) == [(0.0, 0.25), (0.25, 1.0)]
    assert bars([-4.0, -2.0]) == [(0.0, 1.0), (0.5, 1.0)]


def test_the_longest_bar_is_drawn_in_the_colour_of_the_house() -> None:
    """And the ground is white whatever the scheme of the mail."""
    image = opened(drawing(chart(), "#14507a")).convert("RGB")
    colours = {colour for _, colour in image.getcolors(1 << 16)}

    assert (0x14, 0x50, 0x7A) in colours
    assert image.getpixel((10, 10)) == (255, 255, 255)


def test_the_letters_of_a_chart_can_be_read() -> None:
    """On its own ground, as WCAG asks of text."""
    assert min(contrast(GROUND, INK), contrast(GROUND, MUTED)) >= 4.5


@pytest.mark.parametrize(
    ("label", "title"),
    [("щ" * 400, "Ю" * 300), ("🎉\u202e漢字\x00", "%%UNSUB%% {{ x }}"), ("а\u0301", "\\ \u2028")],
)
def test_hostile_words_are_drawn_within_the_frame(label: str, title: str) -> None:
    """Long ones are shortened, and what the font has not is left out."""
    rows = ((label, "1%", 1.0), ("б", "2%", 2.0), ("в", "0%", 0.0))

    image = opened(drawing(chart(*rows, title=title), ACCENT)).convert("RGB")

    right = [image.getpixel((image.width - 2 * SCALE, y)) for y in range(4, image.height - 4)]
    assert set(right) == {(255, 255, 255)}


def test_the_mail_shows_the_chart_with_all_its_figures_in_words() -> None:
    """Whoever sees no pictures reads the same."""
    tree = lxml_html.document_fromstring(files(chart())["edition.html"])
    (image,) = tree.xpath("//img[@class='chart']")

    assert image.get("src") == IMAGE
    assert image.get("alt").replace(N, " ") == SAID
    assert int(image.get("width")) <= 536
    assert "По данни от текста: Вестник Пример." in tree.text_content()


def test_where_no_picture_is_shown_the_mail_tells_the_figures() -> None:
    """A site without a public address has no place for the drawing."""
    tree = lxml_html.document_fromstring(files(replace(chart(), image=None))["edition.html"])

    assert not tree.xpath("//img[@class='chart']")
    assert SAID in tree.text_content().replace(N, " ")


def test_the_text_part_has_a_line_for_each_figure() -> None:
    """Under what they measure."""
    text = files(chart())["edition.txt"].replace(N, " ")

    assert (
        "Инфлацията по месеци:\n  юли: 3,4 %\n  август: 3,8 %\n  септември: 4,1 %\n"
        "  По данни от текста: Вестник Пример.\n"
    ) in text


def test_the_archive_has_a_table_with_a_caption_and_bars() -> None:
    """Labels are headings of rows; a screen reader skips the bars."""
    tree = lxml_html.document_fromstring(files(chart())["edition.web.html"])
    (table,) = tree.xpath("//div[@class='chart']/table")

    assert table.xpath("string(caption)") == "Инфлацията по месеци"
    assert table.xpath(".//th[@scope='row']/text()") == ["юли", "август", "септември"]
    figures = [one.replace(N, " ") for one in table.xpath(".//td[@class='figure']/text()")]
    assert figures == ["3,4 %", "3,8 %", "4,1 %"]
    assert [one.get("width") for one in table.xpath(".//rect")] == ["82.93", "92.68", "100.0"]
    assert len(table.xpath(".//td[@aria-hidden='true']/svg")) == 3
    assert not table.xpath(".//line")


def test_a_table_with_negative_figures_shows_where_zero_is() -> None:
    """As the drawing does."""
    one = chart(("май", "−1", -1.0), ("юни", "3", 3.0), ("юли", "1", 1.0))

    tree = lxml_html.document_fromstring(files(one)["edition.web.html"])

    assert {line.get("x1") for line in tree.xpath("//div[@class='chart']//line")} == {"25.0"}


def test_a_one_liner_has_no_chart() -> None:
    """Nothing is drawn for what is told in passing."""
    parts = (story(1, tier="lead"), story(2, tier="brief", chart=chart()))
    shown = edition(Section("bulgaria", "България", parts))

    made = render(shown, MASTHEAD, newsroom=NEWSROOM)

    assert "Инфлацията по месеци" not in made.web_html
    assert "chart.png" not in str(made.variants["all"].html.literals)


def test_a_second_story_with_a_thumbnail_has_its_chart_below_both() -> None:
    """The column beside the thumbnail is too narrow for bars."""
    parts = (story(1, tier="lead"), story(2, chart=chart(), image=f"{IMAGE[:-9]}thumb.jpg"))
    shown = edition(Section("bulgaria", "България", parts))

    html = "".join(render(shown, MASTHEAD, newsroom=NEWSROOM).variants["all"].html.literals)

    tree = lxml_html.document_fromstring(html)
    (image,) = tree.xpath("//img[@class='chart']")
    (thumb,) = tree.xpath("//img[@class='thumb']")
    assert thumb.getparent() not in list(image.iterancestors())
    assert html.index("thumb.jpg") < html.index("chart.png")


def test_words_of_a_chart_are_text_and_nothing_else() -> None:
    """Titles and labels come from strangers."""
    bad = '<script>alert(1)</script>"\\ {{ x }} %%UNSUB%%'
    one = chart((bad, "1", 1.0), ("б", "2", 2.0), ("в", "3", 3.0), title=bad)

    made = files(one)

    for name in ("edition.html", "edition.web.html"):
        tree = lxml_html.document_fromstring(made[name])
        assert not [s for s in tree.xpath("//script") if "alert" in (s.text or "")[:40]]
    (image,) = lxml_html.document_fromstring(made["edition.html"]).xpath("//img[@class='chart']")
    assert image.get("alt").startswith(f"{bad}: {bad} 1")


def test_an_attribute_keeps_the_letters_that_mjml_would_spell_out() -> None:
    """A no-break space, an accent and a backslash reach the reader as they are."""
    assert attribute(f"3{N}%") == "3&#160;%"
    assert attribute("о\u0301 \\") == "о&#769; &#92;"
    assert attribute('<a> "b"') == "&lt;a&gt; &#34;b&#34;"


def test_no_chart_prints_nothing() -> None:
    """Neither a heading nor a hole."""
    assert printed(None) is None
    assert "По данни от текста" not in files(None)["edition.html"]
