"""The mark on top of a test send."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from invented_editions import MASTHEAD, NEWSROOM, edition
from lxml import html as lxml_html

from digest.deliver.message import TEST_PREFIX
from digest.errors import Refused
from digest.model import Piece, Variant
from digest.render import cut
from digest.render.marked import SUBJECT_MARK, Banner, Trial, banner, marked
from digest.render.render import render

AT = "петък, 20 ноември 2026 г., 06:10 ч."
SIGNED = Trial("Читалнята отваря", AT, approved=True, public=True)
DRAFT = Trial("Читалнята отваря", AT, approved=False, public=False)
VALUES = dict.fromkeys(("UNSUB", "PREFS", "WEB"), "https://utro.example.bg/x") | {"NAME": ""}


def test_below_the_mark_is_exactly_what_readers_would_get() -> None:
    """Taking the mark away leaves the bytes of the real mail, in every variant and part."""
    real = render(edition(), MASTHEAD, newsroom=NEWSROOM, section_sets={frozenset({"svyat"})})
    mark, found = banner(SIGNED)

    shown = marked(real, mark)

    assert found == ()
    assert shown.content_hash == real.content_hash
    for key, variant in shown.variants.items():
        html = cut.join(variant.html, VALUES, escape=True)
        text = cut.join(variant.text, VALUES, escape=False)
        whole = real.variants[key]
        assert html.replace(mark.html, "", 1) == cut.join(whole.html, VALUES, escape=True)
        assert text.removeprefix(f"{mark.text}\n") == cut.join(whole.text, VALUES, escape=False)


def test_the_mark_stands_above_all_that_is_seen_and_leaves_the_preheader_alone() -> None:
    """The inbox shows the preheader that readers will see; opened, the mail begins with the mark."""
    mark, _ = banner(SIGNED)
    shown = marked(render(edition(), MASTHEAD, newsroom=NEWSROOM), mark)
    html = cut.join(shown.variants["all"].html, VALUES, escape=True)
    said = " ".join(lxml_html.document_fromstring(html).body.text_content().split())

    assert said.index(edition().preheader[:20]) < said.index("Пробно писмо от")
    assert said.index("Пробно писмо от") < said.index("Прочетете броя в браузър")
    assert html.count("<!--[if") == html.count("<![endif]")


def test_the_mark_says_when_the_edition_is_no_more_than_a_draft() -> None:
    """Who gets a test must not take it for the final text."""
    draft, _ = banner(DRAFT)
    signed, _ = banner(SIGNED)

    for part in (draft.html, draft.text):
        assert "още не е одобрен" in " ".join(part.split())
        assert AT in " ".join(part.split())
    assert "одобрен" not in signed.html + signed.text
    assert all(len(line) <= 78 for line in draft.text.splitlines())


def test_the_mark_says_when_the_archive_has_no_such_page_yet() -> None:
    """A link that leads to „още не е публикуван“ is announced."""
    draft, _ = banner(DRAFT)
    sent, _ = banner(SIGNED)

    for part in (draft.html, draft.text):
        assert "щом започне изпращането" in " ".join(part.split())
    assert "архива" not in sent.html + sent.text


def test_the_subject_has_a_template_and_its_mark_cannot_be_lost(tmp_path: Path) -> None:
    """A newsroom may say more after the mark; without it the packaged line stands."""
    folder = tmp_path / "email" / "test_send"
    folder.mkdir(parents=True)
    assert banner(SIGNED)[0].subject == "Читалнята отваря"
    assert SUBJECT_MARK == TEST_PREFIX

    subject = folder / "subject.txt.j2"
    subject.write_text("[ТЕСТ] чернова: {{ subject }}", encoding="utf-8")
    own, found = banner(SIGNED, overrides=tmp_path)
    assert (own.subject, found) == ("чернова: Читалнята отваря", ())

    for unmarked in ("{{ subject }}", "ТЕСТ {{ subject }}", "[ТЕСТ]", ""):
        subject.write_text(unmarked, encoding="utf-8")
        packaged, found = banner(SIGNED, overrides=tmp_path)
        assert packaged == banner(SIGNED)[0]
        assert "email/test_send/subject.txt.j2" in found[0][2]


def test_a_mark_that_says_nothing_is_refused(tmp_path: Path) -> None:
    """It is there so that nobody takes the test for the real mail."""
    folder = tmp_path / "email" / "test_send"
    folder.mkdir(parents=True)
    for file, empty in (("banner.html.j2", "<p> </p>"), ("banner.txt.j2", "\n")):
        (folder / file).write_text(empty, encoding="utf-8")
        packaged, found = banner(SIGNED, overrides=tmp_path)
        assert packaged == banner(SIGNED)[0]
        assert f"email/test_send/{file}" in found[0][2]
        (folder / file).unlink()


def test_an_own_mark_is_used_and_a_broken_one_refused(tmp_path: Path) -> None:
    """As with every other mail."""
    folder = tmp_path / "email" / "test_send"
    folder.mkdir(parents=True)
    (folder / "banner.txt.j2").write_text("Проба от {{ sent_at }}", encoding="utf-8")
    own, found = banner(SIGNED, overrides=tmp_path)
    assert (own.text, found) == (f"Проба от {AT}\n", ())

    (folder / "banner.html.j2").write_text("<p>\n{{ nosuch }}</p>", encoding="utf-8")
    packaged, found = banner(SIGNED, overrides=tmp_path)
    assert packaged == banner(SIGNED)[0]
    assert "email/test_send/banner.html.j2, ред 2" in found[0][2]


def test_a_mail_without_a_beginning_is_refused() -> None:
    """A test send without its mark could be taken for the real one."""
    real = render(edition(), MASTHEAD, newsroom=NEWSROOM)
    bare = Piece(("<p>x</p>",), ())

    with pytest.raises(Refused):
        marked(replace(real, variants={"all": Variant("all", bare, bare)}), Banner("x", "x", "x"))
