"""Judges of bytes: the MJML before it is compiled, and the HTML, text and headers after."""

from __future__ import annotations

import re
import subprocess
import sys

import mjml
import pytest
from lxml import html as lxml_html

from digest.errors import Refused
from digest.model import Section
from digest.render.budget import FAIL_BYTES, STYLE_LIMIT
from digest.render.environment import TEXT_WIDTH
from digest.render.letters import LETTERS
from tests.judges import mails, tools
from tests.judges.mails import EDITIONS, HOSTILE, NAMES, VARIANT, mail
from tests.judges.table import Verdict
from tests.unit.render.invented_editions import edition

# One process, so that the demo's morning is made once.
pytestmark = pytest.mark.xdist_group("judges")
every_mail = pytest.mark.parametrize("name", NAMES)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_MARKS = re.compile(r"[\"']")
_LOOSE = re.compile(r"\S* (?:г\.|€|лв\.|млн\.|млрд\.)(?!\w)")
_DASH = re.compile(r"\w+ - \w+")
_KEPT = ("!important", "prefers-color-scheme", "data-ogsc")


def test_mjml_accepts_every_source(verdict: Verdict) -> None:
    """The engine in the product is lenient; the reference implementation is strict."""
    sources = {name: mail(name).sources[0] for name in NAMES}

    said = tools.node("mjml_lint.mjs", "mjml", sources)

    assert all(len(mail(name).sources) == 1 for name in NAMES)
    for name in NAMES:
        verdict.none("mjml", "errors of the strict lint", name, said[name])


@pytest.mark.parametrize(
    "fault",
    [
        "<mj-bogus />",
        '<mj-section colour="red" />',
        "<mj-text>outside a column</mj-text>",
        '<mj-section padding="wide" />',
    ],
)
def test_mjml_names_a_fault_in_a_source(fault: str) -> None:
    """An unknown tag, an unknown attribute, a tag in the wrong place, a value of the wrong kind."""
    source = mail("one story").sources[0].replace("</mj-body>", f"{fault}</mj-body>")

    assert tools.node("mjml_lint.mjs", "mjml", {"faulty": source})["faulty"]


@every_mail
def test_conditional_comments_are_balanced(name: str, verdict: Verdict) -> None:
    """A lost half would hide the rest of the mail from Outlook."""
    page = mail(name).html

    opened, closed = page.count("<!--[if"), page.count("<![endif]")

    verdict.least("comments", "pairs for Outlook", name, min(opened, closed), 5)
    verdict.most("comments", "halves without the other", name, abs(opened - closed), 0)


@every_mail
def test_rules_for_dark_and_phone_survive_inlining(name: str, verdict: Verdict) -> None:
    """What premailer removes by default is the dark scheme."""
    page = mail(name).html
    compiled = mjml.mjml2html(mail(name).sources[0], fonts={}, disable_comments=False)

    for word in _KEPT:
        assert word in page
        verdict.most(
            "premailer", f"lost „{word}“", name, compiled.count(word) - page.count(word), 0
        )


@every_mail
def test_page_starts_with_its_doctype_and_fits_gmail(name: str, verdict: Verdict) -> None:
    """Gmail clips a mail at 102 KB and drops a style block over 8 192 characters."""
    made = mail(name)

    styles = [len(block) for block in _STYLE.findall(made.html)]
    size = len(made.html.encode())

    assert made.html.startswith("<!DOCTYPE html>")
    verdict.most("bytes", "largest <style>", name, max(styles), STYLE_LIMIT)
    verdict.most("bytes", "HTML", name, size, FAIL_BYTES)


def test_fifteen_full_stories_raise_no_warning(verdict: Verdict) -> None:
    """More than a usual morning stays under the size at which the desk is warned."""
    size = len(mail("fifteen stories").html.encode())

    verdict.most("bytes", "HTML of fifteen stories", "fifteen stories", size, 75_000)


@every_mail
def test_tables_pictures_and_language_speak_to_a_screen_reader(name: str, verdict: Verdict) -> None:
    """Layout tables are no data, a picture says what it shows or nothing, the language is known."""
    tree = lxml_html.document_fromstring(mail(name).html)
    wrappers = tree.xpath("//body//*[@role='article'][@lang='bg'][@dir='ltr']")

    verdict.none("structure", "tables without a role", name, tree.xpath("//table[not(@role)]"))
    verdict.none("structure", "pictures without alt", name, tree.xpath("//img[not(@alt)]"))
    verdict.least("structure", "wrappers with lang and dir", name, len(wrappers), 1)
    assert (tree.get("lang"), tree.get("dir")) == ("bg", "ltr")
    assert len(tree.xpath("//h1")) == 1


@every_mail
def test_no_token_and_no_mark_is_left(name: str) -> None:
    """What the machinery uses to cut a mail never reaches a reader."""
    made = mail(name)

    assert not re.search(r"dg[0-9a-f]{24}", made.html + made.text + made.subject)


def test_hostile_titles_stand_as_text() -> None:
    """Markup, template words and placeholders of others are printed letter by letter."""
    tree = lxml_html.document_fromstring(mail(HOSTILE).html)

    shown = " ".join(tree.xpath("//h2//text() | //h3//text()"))

    for title in mail(HOSTILE).titles:
        assert title in shown
    assert not tree.xpath("//script")
    assert "%%UNSUB%%" in shown


def test_an_edition_without_stories_is_refused() -> None:
    """An empty mail is never made."""
    with pytest.raises(Refused):
        mails.rendering(edition(Section("bulgaria", "България", ())))


def test_every_letter_is_judged() -> None:
    """A new letter is in the list without being written down."""
    assert {f"letter {name}" for name in LETTERS} <= set(NAMES)


_AGAIN = (
    "from tests.judges.mails import *; from hashlib import sha256; "
    "print(sha256(''.join(mail(n).subject + mail(n).html + mail(n).text for n in NAMES if n != DEMO)"
    ".encode()).hexdigest())"
)


def test_the_same_mail_twice_is_the_same_bytes(verdict: Verdict) -> None:
    """Also in another process, with another order of hashes."""
    said = {
        subprocess.run(
            [sys.executable, "-c", _AGAIN],
            cwd=tools.HERE.parents[1],
            env={"PYTHONPATH": ".", "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    verdict.most("bytes", "different renderings of the same", "all", len(said), 1)


@every_mail
def test_text_part_holds_every_title_and_address(name: str, verdict: Verdict) -> None:
    """Who reads text misses nothing; a line is broken at 78 unless it is an address."""
    made = mail(name)
    # A title may be broken over lines, a giant word inside it too.
    run = re.sub(r"\s", "", made.text)
    lines = [one for one in made.text.splitlines() if "://" not in one]

    missing = [one for one in made.titles if re.sub(r"\s", "", one) not in run]
    lost = [one for one in made.urls if one not in made.text]

    verdict.none("text part", "titles missing", name, missing)
    verdict.none("text part", "addresses missing", name, lost)
    verdict.most("text part", "longest line", name, max(map(len, lines)), TEXT_WIDTH)


# What others wrote is printed letter by letter.
@pytest.mark.parametrize("name", [name for name in NAMES if name != HOSTILE])
def test_typography_is_that_of_the_house(name: str, verdict: Verdict) -> None:
    """„Кавички“, no-break spaces before г. and €, dashes; collected text is tidied before."""
    made = mail(name)

    for text in (made.subject, *_visible(made.html), _without_addresses(made.text)):
        verdict.none("typography", "straight quotes", name, _MARKS.findall(text))
        verdict.none("typography", "narrow no-break spaces", name, re.findall("\u202f", text))
        verdict.none("typography", "spaces that may break", name, _LOOSE.findall(text))
        verdict.none("typography", "hyphens for dashes", name, _DASH.findall(text))


@pytest.mark.parametrize("name", [*EDITIONS, VARIANT])
def test_text_part_is_as_long_as_what_the_mail_shows(name: str, verdict: Verdict) -> None:
    """Neither a stub nor the debris of tables: letters and digits of one against the other."""
    made = mail(name)

    words = len(re.findall(r"\w", _without_addresses(made.text)))
    shown = len(re.findall(r"\w", " ".join(_visible(made.html))))

    verdict.least("text part", "letters ÷ letters shown, at least", name, words / shown, 0.8)
    verdict.most("text part", "letters ÷ letters shown, at most", name, words / shown, 1.3)


def _visible(html: str) -> list[str]:
    """The texts of a mail, without its head and its preheader."""
    hidden = "ancestor::head or ancestor::*[contains(@class, 'preheader')]"
    found = lxml_html.document_fromstring(html).xpath(f"//text()[not({hidden})]")
    return [str(one) for one in found]


def _without_addresses(text: str) -> str:
    return re.sub(r"\S+://\S+", "", text)


def test_typography_sees_a_fault() -> None:
    """Each pattern finds what it is for and leaves good text alone."""
    good = "През 2026\u00a0г. „Радио Пример“ – 5\u00a0€"

    assert not any(one.search(good) for one in (_MARKS, _LOOSE, _DASH))
    assert _MARKS.search('каза "да"')
    assert _LOOSE.search("2026 г.")
    assert _LOOSE.search("5 €")
    assert _DASH.search("Примерово - читалня")
