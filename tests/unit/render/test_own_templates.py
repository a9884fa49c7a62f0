"""A newsroom's own templates: used while they work, refused by file and line when they do not."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from invented_editions import MASTHEAD, NEWSROOM, edition
from invented_letters import CONTEXTS

from digest.render.letters import LETTERS, render_letter, tried
from digest.render.render import render

BODY = """{% extends "_parts/letter.mjml.j2" %}
{% block text %}
<h1 class="lead">Свое заглавие</h1>
SPOT
{% endblock %}
{% block button %}<mj-button href="{{ back_url }}">Назад</mj-button>{% endblock %}
{% block why %}Свое обяснение.{% endblock %}
"""
SPOT = 4
"""The line of `BODY` on which something is planted."""


def own(home: Path, file: str, text: str | bytes) -> None:
    path = home / "email" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def refused(home: Path, name: str = "goodbye") -> str:
    """What is said of the own templates of a letter, which went out as packaged."""
    made, findings = tried(name, CONTEXTS[name], MASTHEAD, home)

    assert (made.subject, made.html, made.text) == render_letter(name, CONTEXTS[name], MASTHEAD)
    ((level, code, said),) = findings
    assert (level, code) == ("yellow", "override-refused")
    assert str(home) not in said
    return said


def used(home: Path, name: str = "goodbye") -> tuple[str, str, str]:
    """Subject, HTML and text made with own templates, of which none was refused."""
    made, findings = tried(name, CONTEXTS[name], MASTHEAD, home)

    assert findings == ()
    return made.subject, made.html, made.text


def test_an_own_subject_body_and_text_are_used_each_by_itself(tmp_path: Path) -> None:
    """What is not there is taken from the package."""
    _, packaged_html, packaged_text = render_letter("goodbye", CONTEXTS["goodbye"], MASTHEAD)

    own(tmp_path, "goodbye/subject.txt.j2", "До скоро")
    subject, html, text = used(tmp_path)
    assert subject == "До скоро"
    assert text == packaged_text

    own(tmp_path, "goodbye/body.txt.j2", "Довиждане.\n{{ back_url }}\n")
    assert used(tmp_path)[2] == "Довиждане.\nhttps://utro.example.bg/o/1\n"

    own(tmp_path, "goodbye/body.mjml.j2", BODY.replace("SPOT", ""))
    html = used(tmp_path)[1]
    assert "Свое заглавие" in html
    assert "Свое обяснение." in html
    assert html != packaged_html


@pytest.mark.parametrize("name", sorted(LETTERS))
def test_an_own_shared_part_is_used_by_every_letter(name: str, tmp_path: Path) -> None:
    """A footer is changed once."""
    part = '<mj-section><mj-column><mj-text><p class="foot">Свой край</p></mj-text></mj-column></mj-section>'
    own(tmp_path, "_parts/footer.mjml.j2", part)

    _, html, _ = used(tmp_path, name)

    assert "Свой край" in html
    assert MASTHEAD.responsible not in html


def test_an_own_shared_part_is_used_by_the_digest(tmp_path: Path) -> None:
    """The digest shares its footer with the letters."""
    own(
        tmp_path,
        "_parts/footer.mjml.j2",
        "<mj-section><mj-column><mj-text>Свой край "
        '{% for link in links %}<a href="{{ link.url }}">{{ link.text }}</a> {% endfor %}'
        "</mj-text></mj-column></mj-section>",
    )

    made = render(edition(), MASTHEAD, newsroom=NEWSROOM, overrides=tmp_path)

    assert made.findings == ()
    assert any("Свой край" in literal for literal in made.variants["all"].html.literals)


BROKEN = {
    "syntax": ("{% if %}", "липсва израз"),
    "unclosed block": ("{% if masthead %}", "блокът „if“ не е затворен"),
    "unknown command": ("{% foo %}", "няма команда „foo“"),
    "unknown value": ("{{ nosuch }}", "няма стойност „nosuch“"),
    "unknown attribute": ("{{ masthead.nosuch.deeper }}", "няма стойност „nosuch“"),
    "unknown filter": ("{{ back_url | nosuch }}", "няма филтър „nosuch“"),
    "filter on nothing": ("{{ 5 | wrap }}", "използва, както не може"),
    "division by zero": ("{{ 1 / 0 }}", "сметката няма отговор"),
    "missing part": ('{% include "_parts/nosuch.j2" %}', "няма образец „_parts/nosuch.j2“"),
    "outside of the folder": ('{% include "../../digest.toml" %}', "няма образец"),
    "unknown tag": ("<mj-bogus>x</mj-bogus>", "MJML няма таг „mj-bogus“"),
    "raw sign": ("<p>2 < 3</p>", "знакът „<“ се пише „&lt;“"),
    "unclosed tag": ("<p>край", "тагът „p“ не е затворен"),
    "tag that closes nothing": ("край</b>", "„/b“ не затваря нищо"),
    "class of a value": ("{{ ''.__class__.__mro__ }}", "достъпът до „__class__“ не е разрешен"),
    "globals": (
        "{{ masthead.__init__.__globals__ }}",
        "достъпът до „__init__“ не е разрешен",
    ),
    "through a filter": ("{{ ''|attr('__class__') }}", "достъпът до „__class__“ не е разрешен"),
    "changing a value": ("{{ LETTERS.clear() }}", "няма стойност „LETTERS“"),
    "long loop": (
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "твърде дълго",
    ),
    "macro that calls itself": (
        "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
        "без край",
    ),
    "branching recursion": (
        "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "твърде дълго",
    ),
    "giant text": ("{{ 'ж' * 999999999 }}", "числото е твърде голямо"),
    "giant number": ("{{ 9 ** 9999999 }}", "числото е твърде голямо"),
    "giant range": ("{% for i in range(10**9) %}.{% endfor %}", "числото е твърде голямо"),
    "giant method": ("{{ 'ж'.ljust(10**8) }}", "числото е твърде голямо"),
    "giant argument": ("{{ masthead.name | truncate(10**9) }}", "числото е твърде голямо"),
    "text that doubles by ~": (
        "{% set n = namespace(t='жжжжжжжжжж') %}"
        "{% for _ in range(60) %}{% set n.t = n.t ~ n.t %}{% endfor %}",
        "твърде дълъг текст",
    ),
    "text that doubles by +": (
        "{% set n = namespace(t='жжжжжжжжжж') %}"
        "{% for _ in range(60) %}{% set n.t = n.t + n.t %}{% endfor %}",
        "твърде дълъг текст",
    ),
    "text that doubles by a block": (
        "{% set n = namespace(t='жжжжжжжжжж') %}"
        "{% for _ in range(60) %}{% set n.t %}{{ n.t }}{{ n.t }}{% endset %}{% endfor %}",
        "твърде дълъг текст",
    ),
    "text that doubles by a filter": (
        "{% set n = namespace(t='жжжжжжжжжж') %}"
        "{% for _ in range(60) %}{% set n.t = [n.t, n.t] | join %}{% endfor %}",
        "твърде дълъг текст",
    ),
    "text that grows by a replacement": (
        "{% set t = 'ж' * 9999 %}{{ t | replace('ж', t) | length }}",
        "твърде дълъг текст",
    ),
    "text that grows by a method": (
        "{% set t = 'ж' * 9999 %}{{ t.replace('ж', t) | length }}",
        "твърде дълъг текст",
    ),
    "long list": ("{{ ([0] * 9999 * 9999) | length }}", "твърде дълъг текст"),
    "much text in a long loop": (
        "{% for _ in range(40000) %}" + "ж" * 2000 + "{% endfor %}",
        "твърде дълъг текст",
    ),
    "much text in a macro": (
        "{% macro m() %}" + "ж" * 2000 + "{% endmacro %}"
        "{% for _ in range(20000) %}{% set x = m() %}{% endfor %}",
        "твърде дълъг текст",
    ),
    "wide format": ("{{ '%999999999d' % 1 }}", "не е разрешен"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_own_template_is_refused_with_file_and_line(
    what: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The packaged one goes out, the finding says where and why in Bulgarian, the log keeps it."""
    planted, why = BROKEN[what]
    own(tmp_path, "goodbye/body.mjml.j2", BODY.replace("SPOT", planted))

    with caplog.at_level(logging.WARNING):
        said = refused(tmp_path)

    assert "email/goodbye/body.mjml.j2, ред " in said
    if what != "unclosed block":  # jinja2 tells of it where the template goes wrong for good
        assert f"ред {SPOT})" in said
    assert why in said
    assert "own template of goodbye refused" in caplog.text


def test_a_fault_of_a_shared_part_is_told_at_the_part(tmp_path: Path) -> None:
    """The letter that includes it is not to blame."""
    own(tmp_path, "_parts/footer.mjml.j2", "<mj-section>\n\n{{ nosuch }}</mj-section>")

    assert "email/_parts/footer.mjml.j2, ред 3" in refused(tmp_path)


@pytest.mark.parametrize(
    ("file", "text", "place"),
    [
        ("subject.txt.j2", "{{ nosuch }}", "subject.txt.j2, ред 1"),
        ("subject.txt.j2", " \n", "subject.txt.j2"),
        ("body.txt.j2", "Край.\n{{ back_url | nosuch }}", "body.txt.j2, ред 2"),
        ("body.txt.j2", "Назад: {{ back_url }}", "body.txt.j2"),
        ("body.mjml.j2", BODY.replace("SPOT", "").replace("{{ back_url }}", "#"), "body.mjml.j2"),
        ("body.mjml.j2", b"<mjml>\xff</mjml>", "body.mjml.j2"),
        ("body.mjml.j2", "", "email/goodbye) не става и е използван вграденият: MJML не приема"),
    ],
)
def test_what_makes_a_letter_useless_is_refused(
    file: str, text: str | bytes, place: str, tmp_path: Path
) -> None:
    """A subject that is empty, a letter without its link, a file that is no text."""
    own(tmp_path, f"goodbye/{file}", text)

    assert place in refused(tmp_path)


def test_a_fault_of_one_letter_leaves_the_others_alone(tmp_path: Path) -> None:
    """Own templates of other letters are used as before."""
    own(tmp_path, "goodbye/body.mjml.j2", "{% if %}")
    own(tmp_path, "welcome/subject.txt.j2", "Здравейте")

    assert used(tmp_path, "welcome")[0] == "Здравейте"
    assert "goodbye" in refused(tmp_path)


def test_text_templates_may_hold_a_less_than_sign(tmp_path: Path) -> None:
    """Only MJML is looked at for tags."""
    own(tmp_path, "goodbye/body.txt.j2", "2 < 3\n{{ back_url }}\n")

    assert used(tmp_path)[2].startswith("2 < 3\n")


def test_jinja_comparisons_comments_and_styles_are_no_raw_signs(tmp_path: Path) -> None:
    """„<“ of an expression is never printed."""
    planted = (
        "{% if 1 < 2 %}{# a < b #}<!-- c < d --><p>да</p>{% endif %}{{ 'е' if 1 < 2 else 'ж' }}"
    )
    own(tmp_path, "goodbye/body.mjml.j2", BODY.replace("SPOT", planted))

    assert "<p" in used(tmp_path)[1]
