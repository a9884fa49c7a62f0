"""The fixed phrases in a newsroom's own words: the same in the mail, its text and the archive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from invented_editions import MASTHEAD, NEWSROOM, edition, story
from invented_letters import CONTEXTS
from pydantic import ValidationError

from digest.errors import WrongSettings
from digest.model import USUAL_TEXTS, Brand, Masthead, Section
from digest.render import cut
from digest.render.letters import render_letter
from digest.render.render import render
from digest.render.stage import preview_values
from digest.setting_texts import LABEL, SENTENCE, BrandTexts
from digest.settings import Settings, load

OWN = {
    "lead": "Темата на деня",
    "contents": "Какво има днес",
    "briefs": "С две думи",
    "end": "Това е всичко",
    "matters": "Какво следва",
    "update": "Новото от {since}",
    "why": "Пишем ви, защото се записахте за „{publication}“.",
    "preferences": "Промени абонамента",
    "pause": "Почини си",
    "unsubscribe": "Спри писмата",
    "archive": "Броят на сайта",
    "browser": "Отвори броя в браузър",
    "closing": "Това подбрахме за {period}.",
}
READERS = ("confirm", "welcome", "preferences", "paused", "goodbye", "correction")


def saying(texts: Mapping[str, str]) -> Masthead:
    return replace(MASTHEAD, brand=Brand(texts=BrandTexts(**texts).printed()))


def parts(masthead: Masthead) -> tuple[str, str, str]:
    """HTML, text and archive page of an edition with every phrase in it."""
    known = story(1, tier="lead", update="Ново от вчера: Читалнята е пълна.")
    issue = edition(
        Section("bulgaria", "България", (known, story(2))),
        Section("svyat", "Свят", (story(3), story(4, tier="brief"), story(5))),
    )
    made = render(issue, masthead, newsroom=NEWSROOM)
    values, one = preview_values(issue, masthead), made.variants["all"]
    html = cut.join(one.html, values, escape=True)
    return html, cut.join(one.text, values, escape=False), made.web_html


def test_own_phrases_stand_in_the_place_of_the_packaged_ones() -> None:
    """A reader meets one voice in the mail, in its text and on the page."""
    mail, text, page = parts(saying(OWN))
    flowing = " ".join(text.split())

    for said in ("Темата на деня", "Какво има днес", "С две думи", "Това е всичко"):
        assert all(said in part for part in (mail, text, page))
    assert all("Новото от вчера:" in part for part in (mail, text, page))
    for said in ("Промени абонамента", "Почини си", "Спри писмата", "Броят на сайта"):
        assert f">{said}</a>" in mail
    for said in ("Промени абонамента и почини си", "Спри писмата", "Броят на сайта"):
        assert f"\n{said}:\nhttps://" in text
    assert ">Отвори броя в браузър</a>" in mail
    for part in (mail, flowing):
        assert "защото се записахте за „Утрото на Примерово“." in part
        assert "Това подбрахме за този ден." in part
    usual = ("Водеща новина", "В броя", "Накратко", "Край на броя", "Ново от", "Отписване")
    assert [one for one in usual if one in mail + text] == []


def test_no_settings_are_todays_words() -> None:
    """Who sets nothing gets the mail of before."""
    assert Settings().masthead().brand.texts == USUAL_TEXTS
    assert parts(saying({})) == parts(MASTHEAD)


def test_a_closing_that_is_switched_off_leaves_no_hole() -> None:
    """The line below „Край на броя“ is a courtesy."""
    mail, text, _ = parts(saying({"closing": "", "closing_short": ""}))

    assert 'class="end-more"' not in mail
    assert "\n\n\n" not in text


def test_what_looks_like_markup_is_printed_as_it_stands() -> None:
    """A phrase is text: no tag of it works, in none of the parts."""
    mail, text, page = parts(saying({"lead": "<b>Новина & „факт“</b>"}))

    assert "&lt;b&gt;Новина &amp; „факт“&lt;/b&gt; ·" in mail
    assert "<b>Новина" not in mail + page
    assert "<b>Новина & „факт“</b> · България" in text


def test_letters_to_readers_have_the_houses_first_and_last_words() -> None:
    """Greeting under the heading, signature at the end; editors' alarms go without."""
    masthead = saying({"greeting": "Здравейте!", "signoff": "Поздрави, „{publication}“"})
    for name in READERS:
        _, html, text = render_letter(name, CONTEXTS[name], masthead)
        assert html.index("</h1>") < html.index("Здравейте!") < html.index("Поздрави, „Утрото")
        assert text.index("Здравейте!") < text.index("Поздрави, „Утрото на Примерово“")
        assert "\n\n\n" not in text
    for name in ("reminder", "alarm"):
        _, html, text = render_letter(name, CONTEXTS[name], masthead)
        assert "Здравейте!" not in html + text


def test_letters_call_their_links_as_the_digest_does() -> None:
    """Leaving has one name wherever it is written."""
    for name in ("welcome", "preferences", "paused", "correction"):
        _, _, text = render_letter(name, CONTEXTS[name], saying(OWN))
        assert "\nСпри писмата:\nhttps://" in text
        assert "Отписване" not in text


@pytest.mark.parametrize(
    ("key", "text", "reason"),
    [
        ("unsubscribe", "", "без този текст не може"),
        ("unsubscribe", "→", "без този текст не може"),
        ("preferences", "тук", "без този текст не може"),
        ("browser", "Кликнете тук", "накъде води"),
        ("why", "   ", "без този текст не може"),
        ("lead", "Водеща\nновина", "не се вижда"),
        ("lead", "Водеща\u202eновина", "не се вижда"),
        ("end", "Край\x00", "не се вижда"),
        ("contents", "В броя за {period}", "няма място"),
        ("why", "Пишем ви от {publication.__class__}.", "няма място"),
        ("why", "Пишем ви от {publication!r}.", "няма място"),
        ("closing", "Край {", "само за място"),
        ("closing", "Край {{period}}", "само за място"),
        ("archive", "Отписване", "трябва да се различават"),
        ("lead", "а" * (LABEL + 1), f"at most {LABEL} characters"),
        ("closing", "а" * (SENTENCE + 1), f"at most {SENTENCE} characters"),
    ],
)
def test_a_phrase_that_cannot_be_used_is_refused_with_the_reason(
    key: str, text: str, reason: str
) -> None:
    """Links say where they lead, nothing hides in a phrase, and a place is one that exists."""
    with pytest.raises(ValidationError, match=reason):
        BrandTexts(**{key: text})


@pytest.mark.parametrize(
    ("line", "named", "why"),
    [
        ('voditelka = "Тема"', "brand.texts.voditelka", "такъв ключ няма"),
        ('unsubscribe = ""', "brand.texts.unsubscribe", "без този текст не може"),
        (f'lead = "{"а" * 41}"', "brand.texts.lead", "до 40 знака"),
        ("end = 5", "brand.texts.end", "нужен е текст"),
    ],
)
def test_the_settings_name_the_key_and_the_reason(
    line: str, named: str, why: str, tmp_path: Path
) -> None:
    """In Bulgarian, as everything that a person reads."""
    file = tmp_path / "digest.toml"
    file.write_text(f"[brand.texts]\n{line}\n", encoding="utf-8")

    with pytest.raises(WrongSettings) as refused:
        load(file, environ={})

    assert named in refused.value.what
    assert why in refused.value.why


def test_a_phrase_can_be_set_from_the_environment() -> None:
    """As every other setting."""
    loaded = load(environ={"DIGEST_BRAND__TEXTS__LEAD": "Темата на деня"})

    assert loaded.settings.brand.texts.lead == "Темата на деня"
    assert "brand.texts.lead" in {row.key for row in loaded.explained}
