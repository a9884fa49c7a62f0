"""Judges that are programs of others: v.nu, caniemail, SpamAssassin, the library's mail parser."""

from __future__ import annotations

import email
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from digest.deliver.links import PublicLinks
from digest.deliver.message import Composer
from digest.model import EditionId, Piece, RenderedEdition, Variant
from tests.fakes.mail import DELIVERY, NOW
from tests.judges import caniemail, tools
from tests.judges.mails import NAMES, SITE, Mail, mail
from tests.judges.table import Verdict
from tests.unit.render.invented_editions import MASTHEAD

# One process, so that the mails are made once.
pytestmark = pytest.mark.xdist_group("judges")

MOST_SPAM = 1.0
"""Points against a mail, without those for it; SpamAssassin calls 5 spam, many hosts 3.

One point, MIXED_ES, is had by most Cyrillic mail with a few Latin letters in its addresses.
"""
LINKS = PublicLinks(SITE, f"{SITE}/arhiv/2026-11-20", "example.bg")
_RULE = re.compile(rb"^\s*(-?[0-9.]+) ([A-Z][A-Z0-9_]+)", re.MULTILINE)


@pytest.fixture(scope="module")
def by_vnu(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[str]]:
    """What v.nu says of every mail, by its place in the list."""
    folder = tmp_path_factory.mktemp("pages")
    for number, name in enumerate(NAMES):
        (folder / f"{number}.html").write_text(mail(name).html, encoding="utf-8")
    return _vnu(folder)


def test_vnu_says_nothing_new(by_vnu: dict[int, list[str]], verdict: Verdict) -> None:
    """Every complaint beyond the list of those with a reason."""
    allowed = _allowed()

    for number, name in enumerate(NAMES):
        said = by_vnu.get(number, ())
        new = {one for one in said if not any(p.fullmatch(one) for p in allowed)}
        verdict.none("v.nu", "complaints beyond the list", name, sorted(new))


def test_vnu_has_nothing_against_the_archive_page(tmp_path: Path, verdict: Verdict) -> None:
    """A page of the web needs no excuses."""
    names = [name for name in NAMES if mail(name).rendered]
    for number, name in enumerate(names):
        made = mail(name).rendered
        assert made
        (tmp_path / f"{number}.html").write_text(made.web_html, encoding="utf-8")

    said = _vnu(tmp_path)

    for number, name in enumerate(names):
        verdict.none("v.nu", "complaints on the archive page", name, said.get(number, ()))


def test_vnu_list_holds_nothing_that_is_never_said(by_vnu: dict[int, list[str]]) -> None:
    """An excuse that nobody needs would hide a fault to come."""
    said = {one for rows in by_vnu.values() for one in rows}

    assert [p.pattern for p in _allowed() if not any(p.fullmatch(one) for one in said)] == []


def test_vnu_sees_a_fault(tmp_path: Path) -> None:
    """A doubled id and a tag in the wrong place."""
    html = mail("one story").html.replace("</body>", '<p id="a"><div id="a"></div></p></body>')
    (tmp_path / "0.html").write_text(html, encoding="utf-8")

    said = _vnu(tmp_path)[0]

    assert any("Duplicate ID" in one for one in said)


def _allowed() -> list[re.Pattern[str]]:
    rows = (tools.HERE / "vnu-allowed.txt").read_text(encoding="utf-8").splitlines()
    return [re.compile(row) for row in rows if row and not row.startswith("#")]


def _vnu(folder: Path) -> dict[int, list[str]]:
    """Number of the page → complaints."""
    jar = tools.module("vnu-jar", "build", "dist", "vnu.jar")
    files = sorted(str(one) for one in folder.glob("*.html"))
    options = ["--format", "json", "--stdout", "--exit-zero-always", "--no-langdetect"]
    answer = json.loads(tools.asked([tools.program("java"), "-jar", str(jar), *options, *files]))
    said: dict[int, list[str]] = {}
    for one in answer["messages"]:
        number = int(Path(one["url"]).stem)
        said.setdefault(number, []).append(one["message"])
    return said


def test_caniemail_finds_nothing_new(verdict: Verdict) -> None:
    """What some program does not support is known, and was looked at when it came."""
    known = caniemail.known()

    for name, issues in caniemail.found().items():
        verdict.none("caniemail", "unsupported beyond the baseline", name, set(issues) - known)


def test_caniemail_sees_a_fault() -> None:
    """A grid is news to the baseline."""
    told = {"grid": '<p style="display:grid">x</p><video src="a"></video>'}

    said = tools.node("caniemail.mjs", "caniemail", told)["grid"]

    new = {one.split("\t")[0] for one in set(said) - caniemail.known()}
    assert {"display:grid", "<video> element"} <= new


def test_baseline_is_read_as_it_is_written() -> None:
    """Renewing without a change changes nothing."""
    assert caniemail.written(caniemail.known()) == caniemail.BASELINE.read_text(encoding="utf-8")


def _message(made: Mail) -> bytes:
    """What goes to the relay; a letter is put into the same envelope."""
    whole = Variant("all", Piece((made.html,), ()), Piece((made.text,), ()))
    rendered = made.rendered or RenderedEdition(
        EditionId("pismo"), 1, made.subject, {"all": whole}, "ab" * 32
    )
    delivery = replace(DELIVERY, edition_id=rendered.edition_id)
    return Composer(rendered, MASTHEAD, LINKS, date=NOW).compose(delivery)


def test_spamassassin_is_at_ease(tmp_path: Path, verdict: Verdict) -> None:
    """Its local rules, without network and without a memory of other mail."""
    reports = _spam(tmp_path, [mail(name) for name in NAMES])

    for name, rules in zip(NAMES, reports, strict=True):
        against = sum(points for points in rules.values() if points > 0)
        pale = [one for one in rules if one == "HTML_FONT_LOW_CONTRAST"]
        assert "HTML_MESSAGE" in rules, "no HTML was seen"
        verdict.most("SpamAssassin", "points against", name, against, MOST_SPAM, rules)
        verdict.none("SpamAssassin", "pale letters", name, pale)


def test_spamassassin_sees_a_fault(tmp_path: Path) -> None:
    """White on white and a shouting subject."""
    pale = '<p style="color:#fefefe;background-color:#ffffff">Това не се вижда от никого</p></body>'
    made = mail("letter confirm")
    bad = replace(made, subject="FREE MONEY", html=made.html.replace("</body>", pale))

    (rules,) = _spam(tmp_path, [bad])

    assert {"HTML_FONT_LOW_CONTRAST", "SUBJ_ALL_CAPS"} <= rules.keys()


def _spam(home: Path, made: Sequence[Mail]) -> list[dict[str, float]]:
    """Rule → points, of each mail in order."""
    command = [tools.program("spamassassin"), "-L", "-t", "-x", "--mbox"]
    head = b"From judge Fri Nov 20 05:00:00 2026\n"
    box = b"".join(head + _message(one).replace(b"\r\n", b"\n") + b"\n" for one in made)
    said = tools.asked(command, box, HOME=str(home))
    tables = [part.split(b"\n\n")[1] for part in said.split(b"Content analysis details:")[1:]]
    return [{rule.decode(): float(points) for points, rule in _RULE.findall(t)} for t in tables]


@pytest.mark.parametrize("name", NAMES)
def test_parser_of_the_library_reads_every_message(name: str, verdict: Verdict) -> None:
    """No defect anywhere, the subject and both parts come back, one click is there."""
    made = mail(name)

    message = email.message_from_bytes(_message(made), policy=policy.default)

    assert isinstance(message, EmailMessage)
    parts = list(message.walk())
    headers = [header for part in parts for header in part.values()]
    defects = [
        *(d for part in parts for d in part.defects),
        *(d for h in headers for d in h.defects),
    ]
    verdict.none("mail parser", "defects", name, defects)
    assert message["Subject"] == made.subject
    assert message["List-Unsubscribe"].startswith(f"<{SITE}/")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, html = message.iter_parts()
    assert html.get_content_type() == "text/html"
    assert html.get_content().startswith("<!DOCTYPE html>")
    assert text.get_content_type() == "text/plain"
    assert not [key for key in message if key.lower() in {"bcc", "cc"}]
