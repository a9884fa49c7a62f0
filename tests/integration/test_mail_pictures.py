"""The pictures of a morning, from a home to the message: logo, pictograms, pictures of stories."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest
from PIL import Image

from digest.actions import dispatching, editions, reviewing
from digest.actions.app import App
from digest.actions.picturing import FOLDER
from digest.actions.reporting import doctor
from digest.model import Edition
from digest.settings import Settings
from tests.integration import web_kit as kit

PRIVATE, PUBLIC = "http://127.0.0.1:8000", "https://utro.example.bg"
LEAD, THUMB = f"{'a' * 24}-lead.jpg", f"{'b' * 24}-thumb.jpg"


def picture(width: int, height: int, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#b5651d").save(out, kind)
    return out.getvalue()


def home(
    folder: Path, *, public: str = PRIVATE, stored: bool = True, **groups: dict[str, object]
) -> App:
    """A home whose two stories show pictures; their files are there if they were `stored`."""
    chosen = Settings.model_validate({"publication": {"public_url": public}, **groups})
    app = kit.make_app(folder, settings=chosen)
    (app.home / FOLDER).mkdir()
    if stored:
        (app.home / FOLDER / LEAD).write_bytes(picture(1072, 604))
        (app.home / FOLDER / THUMB).write_bytes(picture(192, 192))
    draft = editions.get(app, "latest")
    names = {"lead": LEAD, "full": THUMB}
    sections = tuple(
        replace(
            part,
            stories=tuple(
                replace(one, image=f"{public}/kartini/{names[one.tier]}") for one in part.stories
            ),
        )
        for part in draft.sections
    )
    with app.store.work() as work:
        work.editions.save(replace(draft, sections=sections, revision=draft.revision + 1))
    return app


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = home(tmp_path / "home")
    yield made
    made.close()


def latest(app: App) -> Edition:
    return editions.get(app, "latest")


def message(app: App) -> Message:
    return message_from_bytes(editions.preview(app, latest(app), kind="eml"))


def carried(found: Message) -> dict[str, bytes]:
    """Name → bytes of the pictures inside a message."""
    return {
        str(part.get_filename()): bytes(part.get_payload(decode=True) or b"")  # type: ignore[arg-type]
        for part in found.walk()
        if part.get_content_maintype() == "image"
    }


def codes(app: App) -> dict[str, str]:
    return {code: what for _, code, what in editions.render(app, latest(app)).findings}


def test_a_mail_carries_its_pictures_where_the_site_is_private(app: App) -> None:
    """Each under the name that the HTML calls, and nothing is asked of the loopback."""
    mail = message(app)
    html = editions.preview(app, latest(app)).decode()

    files = carried(mail)
    assert files[LEAD] == (app.home / FOLDER / LEAD).read_bytes()
    assert files[THUMB] == (app.home / FOLDER / THUMB).read_bytes()
    assert any(name.endswith("-mark.png") for name in files)
    ids = {part["Content-ID"].strip("<>") for part in mail.walk() if part["Content-ID"]}
    assert {f"cid:{one}" for one in ids} == set(re.findall(r'<img[^>]* src="([^"]*)"', html))


@pytest.mark.parametrize(
    ("public", "wish", "inside"),
    [
        (PRIVATE, "auto", True),
        (PUBLIC, "auto", False),
        (PUBLIC, "embedded", True),
        (PRIVATE, "hosted", False),
        (PRIVATE, "always", False),
    ],
)
def test_the_setting_says_where_pictures_are(
    tmp_path: Path, public: str, wish: str, inside: object
) -> None:
    """By itself on the site where it is public, else in the mail; or as the newsroom says."""
    app = home(tmp_path / "home", public=public, compose={"pictures": wish})

    assert bool(carried(message(app))) is inside
    html = editions.preview(app, latest(app)).decode()
    assert (f"{public}/kartini/{LEAD}" in html) is not inside
    app.close()


def test_never_means_a_mail_without_pictures(tmp_path: Path) -> None:
    """Also of a draft that was made while they were wanted; pictograms go with them."""
    app = home(tmp_path / "home", compose={"pictures": "never"})

    assert b"<img" not in editions.preview(app, latest(app))
    app.close()


def test_pictograms_can_be_switched_off(tmp_path: Path) -> None:
    """Pictures of stories stay."""
    app = home(tmp_path / "home", brand={"pictograms": False})

    assert set(carried(message(app))) == {LEAD, THUMB}
    app.close()


def test_desk_and_archive_show_the_same_pictures(app: App) -> None:
    """By path on the site, which serves every one of them; no `cid:` meets a browser."""
    reviewing.approve(app, latest(app).id, by=kit.APPROVER)
    names = set(carried(message(app)))
    browser = kit.Browser(app).sign_in()

    shown = browser.get(f"/izdanie/{latest(app).id}/pismo/telefon").text
    assert "cid:" not in shown
    assert set(re.findall(r'src="/kartini/([^"]+)"', shown)) == names
    assert "cid:" not in editions.render(app, latest(app)).web_html
    for name in names:
        found = browser.get(f"/kartini/{name}")
        assert (found.status_code, found.content) == (200, carried(message(app))[name])


def test_what_was_approved_leaves_also_without_the_files(app: App) -> None:
    """Another machine sends, or the folder was emptied: the pictures lie with the signed mail."""
    reviewing.approve(app, latest(app).id, by=kit.APPROVER)
    before = carried(message(app))
    for file in (app.home / FOLDER).iterdir():
        file.unlink()
    kit.add_reader(app, "chitatel@example.bg")

    dispatching.queue(app, latest(app).id)
    dispatching.dispatch(app)

    (sent,) = (app.home / "outbox").glob("*.eml")
    assert carried(message_from_bytes(sent.read_bytes())) == before
    assert kit.Browser(app, headers={}).ask("GET", f"/kartini/{LEAD}").content == before[LEAD]


def test_sections_chosen_after_the_approval_get_the_same_pictures(app: App) -> None:
    """The blocks are joined anew, from the pictures that were signed and not from today's files."""
    reviewing.approve(app, latest(app).id, by=kit.APPROVER)
    (app.home / FOLDER / THUMB).unlink()
    reader = kit.add_reader(app)
    only = frozenset({latest(app).sections[-1].slug})
    with app.store.work() as work:
        work.roll.set_preferences(replace(reader, sections=only))

    dispatching.queue(app, latest(app).id)

    with app.store.reading() as work:
        rendered = work.editions.rendered(latest(app).id, latest(app).revision)
    assert "+".join(only) in rendered.variants
    assert THUMB in {one.name for one in rendered.pictures}


def test_a_file_that_is_missing_is_left_out_and_told(tmp_path: Path) -> None:
    """Before anything is sent: no broken picture, and the desk says how many."""
    app = home(tmp_path / "home", stored=False)

    assert LEAD not in carried(message(app))
    assert "2 картини липсват" in codes(app)["pictures-missing"]
    desk = kit.Browser(app).sign_in().get(f"/izdanie/{latest(app).id}").text
    assert "2 картини липсват" in desk
    app.close()


def test_too_many_bytes_leave_out_the_small_pictures(app: App) -> None:
    """The leading one stays, and the desk says why."""
    (app.home / FOLDER / THUMB).write_bytes(b"\xff\xd8" + bytes(500_000))

    assert LEAD in carried(message(app))
    assert THUMB not in carried(message(app))
    assert "400\u00a0KB" in codes(app)["pictures-heavy"]


# ---- the logo


def with_logo(folder: Path, name: str, data: bytes | None) -> App:
    app = home(folder / "home", brand={"logo": name})
    if data is not None:
        (app.home / name).write_bytes(data)
    return app


def test_a_logo_stands_in_the_masthead_of_mail_and_archive(tmp_path: Path) -> None:
    """With the newspaper's name for whoever does not see it."""
    app = with_logo(tmp_path, "logo.png", picture(800, 200, "PNG"))

    assert any(name.endswith("-logo.png") for name in carried(message(app)))
    rendered = editions.render(app, latest(app))
    assert 'class="logo"' in rendered.web_html
    assert not rendered.findings
    assert any(one.code == "logo" and one.level == "green" for one in doctor(app))
    app.close()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (None, "няма такъв файл"),
        (b"x" * 20_000_000, "над 2"),
        ("просто текст".encode(), "не е картина"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
    ],
    ids=["missing", "20 MB", "text", "svg"],
)
def test_a_logo_that_cannot_be_shown_gives_way_to_the_name(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, data: bytes | None, why: str
) -> None:
    """Mail, desk, doctor and log: the name in words, and what, why and the remedy."""
    app = with_logo(tmp_path, "logo.png", data)

    html = editions.preview(app, latest(app)).decode()
    assert 'class="logo"' not in html
    assert f">{app.settings.publication.name}</h1>" in html
    assert why in codes(app)["logo-refused"]
    (found,) = [one for one in doctor(app) if one.code == "logo-refused"]
    assert found.level == "yellow"
    assert why in found.what
    assert found.fix
    assert "logo.png is left out" in caplog.text
    assert why in kit.Browser(app).sign_in().get(f"/izdanie/{latest(app).id}").text
    reviewing.approve(app, latest(app).id, by=kit.APPROVER)
    app.close()


def test_a_link_that_leads_out_of_the_home_is_not_followed(tmp_path: Path) -> None:
    """Whatever the file is, it is not the newsroom's to send."""
    (tmp_path / "outside.png").write_bytes(picture(800, 200, "PNG"))
    app = with_logo(tmp_path, "logo.png", None)
    (app.home / "logo.png").symlink_to(tmp_path / "outside.png")

    assert "извън дома" in codes(app)["logo-refused"]
    app.close()


@pytest.mark.parametrize("name", ["/etc/logo.png", "../logo.png", "a/../../logo.png", "C:\\l.png"])
def test_a_path_out_of_the_home_is_no_setting(name: str) -> None:
    """Refused when the settings are read, with an example."""
    with pytest.raises(ValueError, match="извън дома"):
        Settings.model_validate({"brand": {"logo": name}})
