"""The desk's page of sources: the troubled first, each in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from digest.actions.app import App
from digest.actions.sources import add_source
from digest.gathered import SourceState
from tests.integration import web_kit as kit


def test_a_stranger_sees_no_sources(app: App) -> None:
    """What a newsroom reads is its own matter."""
    assert kit.Browser(app).get("/iztochnitsi").status_code == 303


def test_the_troubled_stand_first_and_say_why(app: App) -> None:
    """A failing source before a good one, its cause in a sentence, markup as plain text."""
    bad = add_source(app, "https://b.example.bg/rss", rights="extract", outlet="Б <b>вестник</b>")
    good = add_source(app, "https://a.example.bg/rss", rights="extract", outlet="А вестник")
    hour = kit.NOW - timedelta(hours=1)
    failing = SourceState(bad.id, failures=2, last_error="Сървърът отговори 500.", last_ok_at=hour)
    well = replace(SourceState(good.id), last_ok_at=hour, last_new_at=hour)
    with app.store.work() as work:
        work.sources.save_states([failing, well])

    page = kit.Browser(app).sign_in().get("/iztochnitsi").text

    assert page.index("Б &lt;b&gt;вестник") < page.index("А вестник")
    assert "2 опита поред без успех. Сървърът отговори 500." in page
    assert "не дава" in page
    assert "<b>вестник</b>" not in page


def test_a_password_of_a_mailbox_is_not_on_the_page(app: App) -> None:
    """Editors see the server and the folder."""
    url = "imaps://chete:s3kret@poshta.example.bg/Bulletin"
    add_source(app, url, rights="licensed", outlet="Поща")

    page = kit.Browser(app).sign_in().get("/iztochnitsi").text

    assert "imaps://poshta.example.bg/Bulletin" in page
    assert "s3kret" not in page


def test_the_user_of_a_mailbox_may_be_an_address(app: App) -> None:
    """It ends at the last „@“."""
    url = "imaps://redakcia@example.bg:s3kret@poshta.example.bg/Bulletin"
    add_source(app, url, rights="licensed", outlet="Поща")

    page = kit.Browser(app).sign_in().get("/iztochnitsi").text

    assert "imaps://poshta.example.bg/Bulletin" in page
    assert "s3kret" not in page
    assert "redakcia" not in page
