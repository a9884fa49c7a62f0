"""The desk and the public pages in a real browser: scripts, policy, keyboard, narrow and dark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from digest.actions import editions, reviewing
from digest.actions.app import App
from digest.model import EditionState, Origin, StoryId
from digest.review.states import Resummarise
from subscribers.model import Status
from tests.integration import web_kit as kit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PHONE = {"width": 375, "height": 800}
DESKTOP = {"width": 1360, "height": 900}

CONTRAST = """() => {
  const channel = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const parse = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = (el) => {
    for (; el; el = el.parentElement) {
      const c = parse(getComputedStyle(el).backgroundColor);
      if (c.length === 3 || c[3] > 0.99) return c;
    }
    return matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0] : [255, 255, 255];
  };
  const weak = [];
  for (const el of document.querySelectorAll("body *")) {
    const own = [...el.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !el.checkVisibility()) continue;
    const a = light(parse(getComputedStyle(el).color)), b = light(ground(el));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) weak.push(`${el.tagName}.${el.className} ${ratio.toFixed(2)}: ${el.textContent.slice(0, 40)}`);
  }
  return weak;
}"""


@dataclass
class Visit:
    """A page with what its console and its network complained of."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on(
            "console",
            lambda said: (
                self.complaints.append(said.text) if said.type in {"error", "warning"} else None
            ),
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def sign_in(self) -> Visit:
        self.page.goto(f"{self.address}/")
        self.page.get_by_label("Имейл").fill(kit.APPROVER)
        self.page.get_by_label("Парола").fill(kit.PASSWORD)
        self.page.get_by_role("button", name="Влезте").click()
        # The page of entry has a heading too: wait for another page, and for its scripts to run.
        self.page.wait_for_url(lambda url: not url.endswith("/vhod"), wait_until="load")
        return self


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _visit(chromium: Browser, address: str, **words: object) -> Iterator[Visit]:
    context = chromium.new_context(locale="bg-BG", **words)
    context.set_default_timeout(20_000)
    yield Visit(context.new_page(), address)
    context.close()


@pytest.fixture
def desktop(chromium: Browser, address: str) -> Iterator[Visit]:
    yield from _visit(chromium, address, viewport=DESKTOP)


@pytest.fixture
def schemed(chromium: Browser, address: str, scheme: str) -> Iterator[Visit]:
    yield from _visit(chromium, address, viewport=PHONE, color_scheme=scheme)


@pytest.fixture
def scriptless(chromium: Browser, address: str) -> Iterator[Visit]:
    yield from _visit(chromium, address, viewport=DESKTOP, java_script_enabled=False)


def _state(app: App) -> EditionState:
    return editions.get(app, kit.edition().id).state


def test_an_editor_signs_in_reads_and_approves(desktop: Visit, app: App) -> None:
    """The whole morning's work, by partial reload, with an empty console under the policy."""
    page = desktop.sign_in().page
    letter = page.frame_locator("iframe")

    letter.get_by_text("Мостът край Пролом се отваря").first.wait_for()
    page.evaluate("window.stayed = true")
    page.get_by_role("button", name="Одобри броя").click()
    page.locator(".state.approved").first.wait_for()

    assert _state(app) is EditionState.APPROVED
    assert page.evaluate("window.stayed === true"), "the whole page was loaded anew"
    assert page.locator("#glas").text_content() == "Броят е одобрен."
    assert page.evaluate("document.activeElement.id") == "sadarzhanie"
    assert desktop.complaints == []


def test_a_stale_approval_says_why_in_place(desktop: Visit, app: App) -> None:
    """The conflict replaces the page's main part; nothing is approved."""
    page = desktop.sign_in().page
    kit.revise(app)

    page.get_by_role("button", name="Одобри броя").click()
    page.get_by_role("heading", name="Броят вече е в редакция 2").wait_for()

    assert _state(app) is EditionState.DRAFT


def test_the_tabs_change_only_the_letter(desktop: Visit) -> None:
    """Phone, desktop, dark and text; each in its own frame, without a full reload."""
    page = desktop.sign_in().page
    page.evaluate("window.stayed = true")

    for name, word in (("Голям екран", "ekran"), ("На тъмно", "tamno"), ("Само текст", "tekst")):
        page.get_by_role("link", name=name).click()
        page.locator(f".frame.{word} iframe").wait_for()
        assert page.get_by_role("link", name=name).get_attribute("aria-current") == "true"

    assert page.evaluate("window.stayed === true")
    assert desktop.complaints == []


def test_everything_works_without_scripts(scriptless: Visit, app: App) -> None:
    """Tabs are links and buttons are forms."""
    page = scriptless.sign_in().page

    page.get_by_role("link", name="На тъмно").click()
    assert page.locator(".frame.tamno").is_visible()
    page.get_by_role("button", name="Задръж").click()
    page.locator(".state.held").first.wait_for()
    page.get_by_role("button", name="Одобри броя").click()
    page.locator(".state.approved").first.wait_for()
    page.get_by_role("button", name="Изход").click()

    assert _state(app) is EditionState.APPROVED
    assert page.url.endswith("/vhod")


def test_the_keyboard_alone_is_enough(desktop: Visit, app: App) -> None:
    """A skip link comes first, focus is visible, and Enter approves."""
    from playwright.sync_api import expect

    page = desktop.sign_in().page

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Към съдържанието"
    # It slides into view: whether it arrives is what counts, not where it is on the way.
    expect(page.locator(".skip")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Одобри броя":
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.locator(".state.approved").first.wait_for()

    assert _state(app) is EditionState.APPROVED


def test_pages_read_on_a_phone_in_light_and_dark(schemed: Visit, app: App) -> None:
    """No sideways scrolling at 375 px and at 200 % of it, and enough contrast everywhere."""
    page = schemed.sign_in().page
    token = kit.token_of(app, kit.add_reader(app))

    for path in ("/", "/nyama", f"/leave/{token}", f"/predpochitania/{token}"):
        page.goto(schemed.address + path)
        for width in (375, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        assert page.evaluate(CONTRAST) == [], path


def test_a_reader_leaves_by_the_button_and_comes_back(scriptless: Visit, app: App) -> None:
    """The public pages need no scripts and no sign-in."""
    reader = kit.add_reader(app)
    page = scriptless.page
    page.goto(f"{scriptless.address}/leave/{kit.token_of(app, reader)}")

    page.get_by_role("button", name="Отпишете ме").click()
    page.get_by_role("heading", name="Отписани сте").wait_for()
    with app.store.reading() as work:
        left = work.roll.get(reader.id).status
    page.get_by_role("button", name="Върнете ме").click()
    page.get_by_role("heading", name="Абонаментът е възстановен").wait_for()

    assert left is Status.LEFT
    assert page.context.cookies() == []
    with app.store.reading() as work:
        assert work.roll.get(reader.id).status is Status.ACTIVE


WRONG = "Мостът над Камчия край Пролом се отваря за леки коли в неделя сутринта."


def test_a_text_passes_the_gate_without_scripts(scriptless: Visit, app: App) -> None:
    """Written, refused with the reason in place, and saved only by name."""
    page = scriptless.sign_in().page
    lead = page.locator("#t-s1")

    lead.get_by_text("Друг текст").click()
    lead.get_by_label("Текст на новината").fill(WRONG)
    lead.get_by_role("button", name="Провери и запази").click()
    lead.get_by_role("alert").wait_for()
    assert lead.locator("mark").first.text_content() == "неделя"
    assert editions.get(app, "latest").revision == 1

    lead.get_by_label("на мое име").check()
    lead.get_by_role("button", name="Провери и запази").click()
    page.get_by_text("Текстът е записан").first.wait_for()

    assert editions.get(app, "latest").stories[0].summary == WRONG


def test_sources_and_faults_read_in_light_and_dark(schemed: Visit, app: App) -> None:
    """Marks, struck words and meters keep their contrast and do not scroll sideways."""
    reviewing.edit(app, "latest", Resummarise(StoryId("s1"), WRONG), by="editor@example.bg")
    page = schemed.sign_in().page

    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")

    assert page.locator("mark").first.is_visible()
    assert page.evaluate(CONTRAST) == []
    for width in (375, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_archive_leads_from_a_sentence_to_its_source(schemed: Visit, app: App) -> None:
    """By keyboard, without scripts of ours; the source is in view and readable in both schemes."""
    from playwright.sync_api import expect

    _publish(app)
    page = schemed.page
    page.goto(f"{schemed.address}/archive/latest")
    reference = page.locator("[role='doc-noteref']").first

    assert page.locator("script:not([type='application/ld+json'])").count() == 0
    reference.focus()
    page.keyboard.press("Enter")
    expect(page.locator("li:target")).to_be_in_viewport()
    assert page.locator("li:target a").get_attribute("href") == kit.ARTICLES[0].url
    assert reference.get_attribute("aria-label") == "Източник 1: Проломски вести"
    assert page.evaluate(CONTRAST) == []
    for width in (375, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_lists_of_the_archive_read_on_a_phone(schemed: Visit, app: App) -> None:
    """Front, month and a day without an edition: no sideways scrolling, enough contrast."""
    _publish(app)
    page = schemed.page

    for path in ("/archive", "/archive/2026-11", "/archive/2026-11-22"):
        page.goto(schemed.address + path)
        for width in (375, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate(CONTRAST) == [], path


def test_an_archived_page_on_paper(schemed: Visit, app: App) -> None:
    """Black on white whatever the screen's scheme, no navigation, addresses in words."""
    _publish(app)
    page = schemed.page
    page.goto(f"{schemed.address}/archive/latest")
    page.emulate_media(media="print")

    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.querySelector('main')).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    assert page.locator("nav, .onscreen").locator("visible=true").count() == 0
    assert page.locator(".onpaper").is_visible()
    said = page.evaluate("getComputedStyle(document.querySelector('.proof a'), '::after').content")
    assert kit.ARTICLES[0].url in said


def _publish(app: App) -> None:
    """The edition with the names of its articles, approved and sent."""
    with app.store.work() as work:
        now = work.editions.get(kit.edition().id)
        source = kit.ARTICLES[0]
        origin = Origin(source.id, source.outlet, source.title, source.url)
        lead = replace(now.stories[0], origins=(origin,))
        part = replace(now.sections[0], stories=(lead,))
        work.editions.save(
            replace(now, revision=now.revision + 1, sections=(part, *now.sections[1:]))
        )
    kit.add_reader(app)
    kit.publish(app)
