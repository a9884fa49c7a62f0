"""A mail in Chromium: how it is opened, and what is measured in it.

The mail stands on the publication's own address, whose pictures and fonts are served from here;
every other address it asks for is noted and gets nothing.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from digest.assets import templates_dir
from digest.sample.picture import picture_bytes
from tests.judges import tools
from tests.judges.mails import SITE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

PHONE, DESKTOP = 375, 1024
LIGHT = tuple((width, "light") for width in (320, 375, 600, 1024))
DARK = tuple((width, "dark") for width in (PHONE, DESKTOP))

_STYLES = re.compile(r"<style[^>]*>.*?</style>", re.DOTALL)

OVERFLOW = "() => Math.max(0, document.scrollingElement.scrollWidth - document.documentElement.clientWidth)"

FONTS = """() => {
  const found = [];
  for (const el of document.querySelectorAll("body *")) {
    const own = [...el.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (own && el.checkVisibility())
      found.push([parseFloat(getComputedStyle(el).fontSize), el.textContent.trim().slice(0, 40)]);
  }
  return found.sort((a, b) => a[0] - b[0])[0];
}"""

# An inline link is as easy to hit as its line is high: the next link stands in another line.
TARGETS = """() => [...document.querySelectorAll("a[href]")]
  .filter((a) => a.checkVisibility() && a.getClientRects().length)
  .map((a) => [
    Math.max(a.getBoundingClientRect().height, parseFloat(getComputedStyle(a).lineHeight) || 0),
    a.textContent.trim().slice(0, 40),
  ])
  .sort((a, b) => a[0] - b[0])[0]"""

WIDE_PICTURES = """() => [...document.querySelectorAll("img")].filter((img) => {
  const box = img.closest("td") ?? img.parentElement, style = getComputedStyle(box);
  const room = box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return Number(img.getAttribute("width")) > room + 0.5;
}).map((img) => img.src)"""

# Words of the page as they are shown: nothing hidden, nothing of no size.
SHOWN = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const words = [];
  while (walker.nextNode()) {
    const el = walker.currentNode.parentElement, box = el.getBoundingClientRect();
    if (el.checkVisibility() && box.width > 0 && box.height > 0) words.push(walker.currentNode.data);
  }
  return words.join(" ");
}"""

# Landmarks are a matter of whole pages, a mail is shown inside one.
AXE = """async () => {
  const { violations } = await axe.run(document, {
    resultTypes: ["violations"],
    rules: {
      "target-size": { enabled: true },
      region: { enabled: false },
      "landmark-one-main": { enabled: false },
      "landmark-unique": { enabled: false },
      "landmark-no-duplicate-main": { enabled: false },
    },
  });
  return violations
    .filter((one) => ["serious", "critical"].includes(one.impact))
    .flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)} ${node.failureSummary.slice(0, 200)}`));
}"""

DIFFERING = """async ([one, other]) => {
  const pixels = async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height);
  };
  const [a, b] = [await pixels(one), await pixels(other)];
  if (a.width !== b.width || a.height !== b.height) return 1;
  const left = new Uint32Array(a.data.buffer), right = new Uint32Array(b.data.buffer);
  let differ = 0;
  for (let at = 0; at < left.length; at++) if (left[at] !== right[at]) differ++;
  return differ / left.length;
}"""


@dataclass
class Seen:
    """An open mail, and the addresses it asked others for."""

    page: Page
    foreign: list[str] = field(default_factory=list)

    def measure(self, script: str, told: object = None) -> Any:
        return self.page.evaluate(script, told)

    def judged_by_axe(self) -> list[str]:
        """Serious and critical complaints, one a node."""
        self.page.evaluate(tools.module("axe-core", "axe.min.js").read_text(encoding="utf-8"))
        found: list[str] = self.measure(AXE)
        return found

    def pixels(self) -> str:
        """The whole page as PNG, in base64."""
        return base64.b64encode(self.page.screenshot(full_page=True)).decode("ascii")


def unstyled(html: str) -> str:
    """The mail as a program shows it that removes every style block."""
    return _STYLES.sub("", html)


@contextmanager
def opened(
    browser: Browser, html: str, width: int, scheme: str = "light", *, images: bool = True
) -> Iterator[Seen]:
    """The mail in a window of that many pixels; without `images` none arrives."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    page = context.new_page()
    seen = Seen(page)
    context.route("**/*", lambda route: _serve(route, seen, html, images=images))
    page.goto(f"{SITE}/pismo")
    page.evaluate("document.fonts.ready")
    try:
        yield seen
    finally:
        context.close()


def _demos_own(url: SplitResult) -> bool:
    """A picture that the demo's newsroom serves from its own site (config/demo.toml)."""
    return url.netloc == "127.0.0.1:8000" and url.path.startswith("/kartini/")


def _serve(route: Route, seen: Seen, html: str, *, images: bool) -> None:
    url = urlsplit(route.request.url)
    font = templates_dir() / "static" / "fonts" / url.path.rsplit("/", 1)[-1]
    if f"{url.scheme}://{url.netloc}" != SITE and not _demos_own(url):
        seen.foreign.append(route.request.url)
        route.abort()
    elif url.path == "/pismo":
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
    elif url.path.endswith(".woff2") and font.is_file():
        route.fulfill(body=font.read_bytes(), content_type="font/woff2")
    elif url.path.endswith((".png", ".jpg")) and images:
        route.fulfill(body=picture_bytes(url.query), content_type="image/png")
    else:
        route.abort()
