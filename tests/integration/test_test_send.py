"""A test send through the folder transport: the real path, and marked."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from digest.actions import editions, reviewing
from digest.actions.app import App
from digest.actions.marked_sending import send_test
from digest.model import Outcome
from tests.integration import web_kit as kit

DRAFT = "още не е одобрен"


def sent(app: App, outbox: Path) -> EmailMessage:
    (result,) = send_test(
        app, kit.edition().id, ["vera@example.test"], transport=f"folder:{outbox}"
    )
    assert result.outcome is Outcome.ACCEPTED
    (file,) = outbox.rglob("*.eml")
    return message_from_bytes(file.read_bytes(), policy=policy.default)


def part(message: EmailMessage, kind: str) -> str:
    return message.get_body((kind,)).get_content()


def test_a_test_send_says_so_in_subject_text_and_html(app: App, tmp_path: Path) -> None:
    """A draft says that it is one; the local time is the newsroom's."""
    taken = sent(app, tmp_path / "out")

    assert taken["Subject"] == f"[ТЕСТ] {kit.edition().subject}"
    assert part(taken, "plain").startswith(
        "ПРОБНО ПИСМО от понеделник, 23\u00a0ноември 2026\u00a0г., 06:20\u00a0ч."
    )
    assert "Пробно писмо" in part(taken, "html")
    assert DRAFT in " ".join(part(taken, "plain").split())
    assert DRAFT in part(taken, "html")
    assert "щом започне изпращането" in " ".join(part(taken, "plain").split())


def test_once_the_archive_shows_the_edition_a_test_says_nothing_of_it(
    app: App, tmp_path: Path
) -> None:
    """The link works then."""
    kit.publish(app)

    assert "щом започне" not in " ".join(part(sent(app, tmp_path / "out"), "plain").split())


def test_an_own_subject_template_of_the_home_is_used(app: App, tmp_path: Path) -> None:
    """After the mark, which stays."""
    folder = app.home / "templates" / "email" / "test_send"
    folder.mkdir(parents=True)
    (folder / "subject.txt.j2").write_text("[ТЕСТ] за Вера: {{ subject }}", encoding="utf-8")

    assert sent(app, tmp_path / "out")["Subject"] == f"[ТЕСТ] за Вера: {kit.edition().subject}"


def test_a_test_of_an_approved_edition_holds_the_approved_text(app: App, tmp_path: Path) -> None:
    """Below the mark nothing differs from what readers get, and the approval stands."""
    signed = reviewing.approve(app, kit.edition().id, by=kit.APPROVER)

    plain = part(sent(app, tmp_path / "out"), "plain").replace("\r\n", "\n")

    real = editions.preview(app, signed, kind="text").decode().replace("\r\n", "\n")
    assert DRAFT not in " ".join(plain.split())
    assert plain.partition("\n\n")[2] == real
    assert editions.get(app, signed.id).content_hash == signed.content_hash
