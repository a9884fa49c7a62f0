"""The short letters as Chromium shows them on a phone, in light and in dark."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from digest.model import Masthead
from digest.render.letters import LETTERS, Alarm, Value, render_letter

pytestmark = pytest.mark.browser

LONG = "ж" * 400

MASTHEAD = Masthead(
    name="Утрото на Примерово",
    tagline="",
    from_name="Утрото",
    from_address="utro@example.bg",
    reply_to="redaktsia@example.bg",
    domain="example.bg",
    public_url="https://utro.example.bg",
    postal_address="ул. „Тестова“ № 3, 1000 Примерово",
    responsible="Отговорен редактор: Вера Примерова",
)

LOOK = """() => {
  const light = c => { const v = c.map(x => x / 255).map(x =>
      x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4);
    return .2126 * v[0] + .7152 * v[1] + .0722 * v[2]; };
  const rgb = s => s.match(/[\\d.]+/g).map(Number);
  const ground = e => { for (; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c.slice(0, 3); } return [255, 255, 255]; };
  const seen = [...document.querySelectorAll('body *')].filter(e => !e.closest('.preheader') &&
    [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
  const contrast = e => { const a = light(rgb(getComputedStyle(e).color).slice(0, 3)),
    b = light(ground(e)); return (Math.max(a, b) + .05) / (Math.min(a, b) + .05); };
  return {width: document.documentElement.scrollWidth,
    font: Math.min(...seen.map(e => parseFloat(getComputedStyle(e).fontSize))),
    contrast: Math.min(...seen.map(contrast)), seen: seen.length,
    mode: document.compatMode, headings: document.querySelectorAll('h1').length};
}"""
"""Scroll width, smallest type in px and lowest contrast (WCAG 2.2, 1.4.3) of all text shown."""


def values(name: str, text: str) -> dict[str, Value]:
    """Each value of a letter as `text`, addresses apart."""
    found: dict[str, Value] = {}
    for key in LETTERS[name]:
        if key.endswith("_url"):
            found[key] = f"https://utro.example.bg/{key}"
        elif key == "alarms":
            found[key] = (Alarm(text, text, text, text),) * 2
        else:
            found[key] = (text,) if key == "warnings" else text
    return found


def look(chromium: Any, html: str, width: int, scheme: str) -> dict[str, Any]:
    page = chromium.new_page(viewport={"width": width, "height": 700}, color_scheme=scheme)
    page.route("**/*", lambda route: route.abort())
    page.set_content(html)
    seen: dict[str, Any] = page.evaluate(LOOK)
    page.close()
    return seen


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", sorted(LETTERS))
def test_a_letter_is_readable_on_a_phone(chromium: Any, name: str, scheme: str) -> None:
    """Type of at least 13 px, contrast of 4.5, nothing wider than the screen, one heading."""
    _, html, _ = render_letter(name, values(name, "Кратко изречение."), MASTHEAD)

    for width in (320, 390):
        seen = look(chromium, html, width, scheme)
        assert seen["width"] <= width
        assert seen["font"] >= 13
        assert seen["contrast"] >= 4.5
        assert (seen["mode"], seen["headings"]) == ("CSS1Compat", 1)
        assert seen["seen"] > 4


@pytest.mark.parametrize("name", sorted(LETTERS))
def test_a_word_without_end_stays_on_the_screen(chromium: Any, name: str) -> None:
    """Values of 400 letters without a space break, in settings too."""
    masthead = replace(MASTHEAD, name=LONG, responsible=LONG, postal_address=LONG)
    _, html, _ = render_letter(name, values(name, LONG), masthead)

    assert look(chromium, html, 390, "light")["width"] <= 390
