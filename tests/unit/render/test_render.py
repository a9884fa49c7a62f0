"""What the render room promises of a mail, checked on invented editions."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from invented_editions import MASTHEAD, NEWSROOM, edition, one_story, story
from lxml import html as lxml_html

from digest.errors import Refused
from digest.model import Edition, EditionState, RenderedEdition, Section
from digest.render import cut
from digest.render.render import render
from digest.render.stage import preview_values, render_files

VALUES = {
    "UNSUB": "https://utro.example.bg/otpisvane/t0",
    "PREFS": "https://utro.example.bg/izbor/t0",
    "WEB": "https://utro.example.bg/arhiv/2026-11-20",
    "NAME": "Ана",
}


def rendered(what: Edition, *sets: frozenset[str]) -> RenderedEdition:
    return render(what, MASTHEAD, section_sets=sets, newsroom=NEWSROOM)


def html_of(what: RenderedEdition, key: str = "all") -> str:
    return cut.join(what.variants[key].html, VALUES, escape=True)


def text_of(what: RenderedEdition, key: str = "all") -> str:
    return cut.join(what.variants[key].text, VALUES, escape=False)


@pytest.fixture(scope="module")
def plain() -> RenderedEdition:
    sets = (frozenset({"svyat"}), frozenset({"sport", "svyat"}), frozenset({"nauka"}))
    return rendered(edition(), *sets)


def test_every_variant_has_balanced_outlook_comments(plain: RenderedEdition) -> None:
    """A lost half would hide the rest of the mail from Outlook."""
    for key in plain.variants:
        page = html_of(plain, key)
        assert page.count("<!--[if") == page.count("<![endif]") > 10


def test_language_direction_and_role_stand_on_document_and_wrapper(plain: RenderedEdition) -> None:
    """Webmail strips <html>, so the wrapper repeats what a screen reader needs."""
    tree = lxml_html.document_fromstring(html_of(plain))

    wrapper = tree.xpath("//*[@role='article']")[0]

    assert (tree.get("lang"), tree.get("dir")) == ("bg", "ltr")
    assert (wrapper.get("lang"), wrapper.get("dir")) == ("bg", "ltr")
    assert wrapper.get("aria-label") == "Нова читалня край реката"
    assert html_of(plain).startswith("<!DOCTYPE html>")


def test_headings_go_from_one_title_over_sections_to_stories(plain: RenderedEdition) -> None:
    """One h1, an h2 for each part, an h3 for each story."""
    tree = lxml_html.document_fromstring(html_of(plain))

    assert len(tree.xpath("//h1")) == 1
    assert len(tree.xpath("//h3")) == 5
    assert [h.text_content().strip() for h in tree.xpath("//h2")] == [
        "Водеща новина · България", "В броя", "България", "Свят", "Спорт",
    ]  # fmt: skip


def test_layout_tables_have_a_role_and_images_an_alt() -> None:
    """What a screen reader would otherwise read aloud."""
    shown = one_story(image="https://img.example.bg/a.jpg")
    tree = lxml_html.document_fromstring(html_of(rendered(shown)))

    assert not [t for t in tree.xpath("//table") if t.get("role") != "presentation"]
    assert tree.xpath("//img")
    assert not tree.xpath("//img[not(@alt)]")
    assert 'height="auto"' not in html_of(rendered(shown))


def test_dark_and_phone_rules_survive_inlining(plain: RenderedEdition) -> None:
    """premailer's defaults would strip every !important from the kept blocks."""
    blocks = re.findall(r"<style[^>]*>(.*?)</style>", html_of(plain), re.DOTALL)

    dark = [b for b in blocks if "prefers-color-scheme" in b]
    outlook = [b for b in blocks if "[data-ogsc]" in b]

    assert len(dark) == len(outlook) == 1
    assert "!important" in dark[0]
    assert "!important" in outlook[0]
    assert all(len(block.encode()) <= 8192 for block in blocks)


def test_no_token_is_left_and_values_are_escaped(plain: RenderedEdition) -> None:
    """A person's value can neither end an attribute nor open a tag."""
    values = {**VALUES, "UNSUB": 'https://utro.example.bg/?a=1&b="><b>'}

    page = cut.join(plain.variants["all"].html, values, escape=True)

    assert "?a=1&amp;b=&quot;&gt;&lt;b&gt;" in page
    assert not re.search(r"dg[0-9a-f]{24}", page)


@pytest.mark.parametrize(
    "title",
    [
        "<script>alert(1)</script>",
        "Мляко & сирене <b>евтино</b>",
        "Кавички \" и ' в заглавие",
        "Шаблон {{ page }} и {% raw %}",
        "Място %%UNSUB%% и %%k7:NAME%%",
        "Коментар --> <!--[if mso]> край",
        "]]> и &nbsp; и &lt;",
    ],
)
def test_hostile_titles_come_out_as_text(title: str) -> None:
    """News text is text whatever it looks like, in HTML, text and archive."""
    made = rendered(one_story(title=title))

    headline = lxml_html.document_fromstring(html_of(made)).xpath("//h3")[0]
    archive = lxml_html.document_fromstring(made.web_html).xpath("//h3")[0]

    assert headline.text_content().strip() == title
    assert archive.text_content().strip() == title
    assert title in text_of(made)
    assert "<script>alert" not in html_of(made) + made.web_html


def test_control_and_direction_characters_never_reach_the_reader() -> None:
    """NUL, line separators and overrides could cut a header or turn a line around."""
    made = rendered(
        one_story(title="А\x00Б\r\nВ\u2028Г\u202eД\u202f1"),
    )

    everything = html_of(made) + text_of(made) + made.web_html

    assert not re.search("[\x00\r\u2028\u202e\u202f]", everything)
    assert "А Б В ГД\u00a01" in text_of(made)


def test_only_http_addresses_are_linked() -> None:
    """A script address or a data image is left out and reported."""
    made = rendered(one_story(url="javascript:alert(1)", image="data:image/png;base64,AAAA"))

    assert "javascript:" not in html_of(made) + made.web_html
    assert "data:image" not in html_of(made)
    assert {code for _, code, _ in made.findings} == {"link-dropped"}


def test_text_part_names_every_title_and_address_in_short_lines(plain: RenderedEdition) -> None:
    """The text part is a mail of its own; only an address may be longer than 78."""
    text = text_of(plain)

    for one in edition().stories:
        assert one.title in text.replace("\n", " ")
        assert one.url in text
        assert all(credit.url in text for credit in one.credits)
    assert all(len(line) <= 78 or "://" in line for line in text.splitlines())
    assert VALUES["UNSUB"] in text.splitlines()


def test_a_word_of_four_hundred_letters_is_broken_in_text() -> None:
    """No line of the text part grows beyond 78 for lack of a space."""
    made = rendered(one_story(title="ж" * 400))

    assert max(len(line) for line in text_of(made).splitlines()) <= 78


def test_two_renders_give_the_same_bytes() -> None:
    """Nothing reads the time or a random source."""
    assert rendered(edition(), frozenset({"svyat"})) == rendered(edition(), frozenset({"svyat"}))


def test_variants_share_the_lead_and_leave_out_other_sections(plain: RenderedEdition) -> None:
    """Who chose the world gets the lead and the world, in HTML and text alike."""
    page, text = html_of(plain, "svyat"), text_of(plain, "svyat")

    assert set(plain.variants) == {"all", "svyat", "sport+svyat", "nauka"}
    for body in (page, text.replace("\n", " ")):
        assert "Община № 1 " in body
        assert "Община № 3 " in body
        assert "Община № 2 " not in body
        assert "Община № 5 " not in body
    assert "В броя" not in html_of(plain, "nauka")


def test_hash_does_not_depend_on_the_sets_nor_on_the_state() -> None:
    """A reader who joins after the approval does not void it; an edit does."""
    draft = edition()
    at = datetime(2026, 11, 20, 5, tzinfo=UTC)
    approved = replace(draft, state=EditionState.APPROVED, approved_at=at, content_hash="x")

    base = rendered(draft).content_hash

    assert rendered(approved, frozenset({"svyat"})).content_hash == base
    assert rendered(replace(draft, subject="Друга тема")).content_hash != base
    assert rendered(replace(draft, approved_by="vera@example.bg")).content_hash != base


def test_how_the_text_was_made_follows_from_the_approval() -> None:
    """A rule's approval is no person's review (AI Act, Art. 50(4))."""
    person = replace(one_story(), approved_by="vera@example.bg")
    rule = replace(one_story(method="model"), approved_by="правило за краен час")

    assert "прегледано и одобрено от редактор" in text_of(rendered(person)).replace("\n", " ")
    unattended = text_of(rendered(rule)).replace("\n", " ")
    assert "без преглед от редактор" in unattended
    assert "написани от езиков модел" in unattended


def test_typography_of_the_printed_text(plain: RenderedEdition) -> None:
    """No straight quotes, no U+202F, no breaking space before „г.“ or „€“."""
    tree = lxml_html.document_fromstring(html_of(plain))
    shown = " ".join(tree.body.itertext()) + text_of(plain)

    assert '"' not in shown
    assert "\u202f" not in shown
    assert not re.search(r"\d (?:г\.|€)", shown)


def test_an_edition_without_stories_is_refused() -> None:
    """A silent empty mail is worse than none."""
    with pytest.raises(Refused):
        rendered(replace(edition(), sections=()))


def test_sixty_stories_are_reported_as_too_large() -> None:
    """Gmail would clip it: red, with what to do."""
    many = Section("svyat", "Свят", tuple(story(n) for n in range(1, 61)))

    findings = rendered(edition(many)).findings

    assert ("red", "html-too-large") in {(level, code) for level, code, _ in findings}


def test_twelve_stories_stay_under_the_warning() -> None:
    """The ordinary morning fits."""
    many = Section("svyat", "Свят", tuple(story(n) for n in range(1, 13)))

    assert rendered(edition(many)).findings == ()


def test_archive_page_holds_no_personal_address(plain: RenderedEdition) -> None:
    """A forwarded or public page leads to nobody's preferences."""
    assert not re.search(r"dg[0-9a-f]{24}|UNSUB|PREFS", plain.web_html)
    assert '"@type": "NewsArticle"' in plain.web_html


def test_a_sentinel_that_occurs_in_the_edition_is_refused() -> None:
    """A known sentinel could be planted in a headline."""
    with pytest.raises(Refused):
        render(
            one_story(title="дума deadbeef тук"), MASTHEAD, newsroom=NEWSROOM, sentinel="deadbeef"
        )


def test_a_broken_own_template_is_reported_with_its_line(tmp_path: Path) -> None:
    """The packaged template is used and the edition is not lost."""
    folder = tmp_path / "email" / "digest"
    folder.mkdir(parents=True)
    (folder / "body.mjml.j2").write_text("<mjml>\n{% if %}", encoding="utf-8")

    made = render(edition(), MASTHEAD, newsroom=NEWSROOM, overrides=tmp_path)

    assert made.findings[0][:2] == ("yellow", "override-refused")
    assert "ред 2" in made.findings[0][2]
    assert html_of(made) == html_of(rendered(edition()))


def test_an_own_template_without_a_way_to_leave_is_refused(tmp_path: Path) -> None:
    """Leaving must stay as easy as joining (GDPR Art. 7(3))."""
    folder = tmp_path / "email" / "digest"
    folder.mkdir(parents=True)
    body = (
        "<mjml lang='bg'><mj-body><mj-raw>{% if page.tagline %}<p>{% else %}<p class='x'>{% endif %}"
        "{{ page.subject }}</p></mj-raw></mj-body></mjml>"
    )
    (folder / "body.mjml.j2").write_text(body, encoding="utf-8")

    made = render(edition(), MASTHEAD, newsroom=NEWSROOM, overrides=tmp_path)

    assert made.findings[0][1] == "override-refused"
    assert "UNSUB" in made.findings[0][2]
    assert VALUES["UNSUB"] in html_of(made)


def test_stage_files_carry_no_placeholder() -> None:
    """`digest render` writes a copy that belongs to nobody."""
    shown = edition()
    files = render_files(shown, MASTHEAD, NEWSROOM, rendered(shown))

    assert set(files) == {"edition.html", "edition.txt", "edition.web.html", "findings.json"}
    assert files["findings.json"] == b"[]\n"
    assert preview_values(shown, MASTHEAD)["UNSUB"].encode() in files["edition.html"]
