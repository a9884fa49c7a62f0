"""Signing on a whole newsroom: what leaves verifies, and a bad key stops before anything does."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterator
from email import message_from_bytes
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.actions import dispatching, editions, reviewing, signing
from digest.actions.app import App
from digest.actions.marked_sending import send_test
from digest.bootstrap import open_app
from digest.cli.main import program
from digest.deliver.dkim_keys import record
from digest.deliver.txt import AskTxt
from digest.errors import Conflict, Finding, StorageFault, Unavailable, WrongSettings, WrongUsage
from digest.jobs.serving import background, run_worker
from digest.model import DeliveryState
from digest.setting_dkim import Dkim
from digest.settings import Publication, Settings
from tests.fakes import dkim as fake
from tests.integration import web_kit as kit

READERS = ("ivana@chitateli.example", "иван@chitateli.example")
KEYS = Dkim(
    selector="s1",
    key_file="dkim-s1.pem",
    ed25519_selector="e1",
    ed25519_key_file="dkim-e1.pem",
)
SETTINGS = Settings(
    publication=Publication(
        from_address="pregled@news.example.bg", public_url="https://news.example.bg"
    ),
    dkim=KEYS,
)


def put_keys(home: Path) -> None:
    for name, key in zip(("s1", "e1"), fake.pair(), strict=True):
        file = home / f"dkim-{name}.pem"
        file.write_bytes(fake.pem(key))
        file.chmod(0o600)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """A queued edition for two readers, and two keys that fit."""
    home = tmp_path / "home"
    made = kit.make_app(home, settings=SETTINGS)
    put_keys(home)
    for one in READERS:
        kit.add_reader(made, one)
    reviewing.approve(made, kit.edition().id, by=kit.APPROVER)
    dispatching.queue(made, kit.edition().id)
    yield made
    made.close()


def outbox(app: App) -> list[bytes]:
    return [one.read_bytes() for one in sorted((app.home / "outbox").rglob("*.eml"))]


def test_everything_that_leaves_verifies(app: App) -> None:
    """Both signatures on each reader's mail, a Cyrillic address among them."""
    dispatching.dispatch(app)

    sent = outbox(app)
    assert len(sent) == len(READERS)
    assert all(fake.verified(one, at=kit.NOW) == [True, True] for one in sent)


def test_preview_is_signed_as_the_mail_will_be(app: App) -> None:
    """Exactly the bytes that would be sent; the parts that are read alone need no key."""
    found = editions.get(app, kit.edition().id)

    mail = editions.preview(app, found, subscriber=READERS[0], kind="eml")

    assert fake.verified(mail, at=kit.NOW) == [True, True]
    (app.home / "dkim-s1.pem").unlink()
    app.__dict__.pop("signer")
    assert editions.preview(app, found, kind="text")


def test_test_send_is_signed(app: App) -> None:
    """The same path as the real send."""
    send_test(app, kit.edition().id, ["vera@example.test"])

    (sent,) = outbox(app)
    assert fake.verified(sent, at=kit.NOW) == [True, True]


def test_every_attempt_has_the_same_message_id(app: App) -> None:
    """Claimed by a worker that died, sent by another: a relay's log knows one name."""
    with app.store.work() as work:
        claimed = work.deliveries.claim(
            None,
            worker="w",
            limit=2,
            now=app.now(),
            lease_seconds=1,
            real_now=app.now(),
        )
    later = open_app(app.home, clock=app.clock, settings=SETTINGS)
    try:
        dispatching.dispatch(later)
    finally:
        later.close()

    sent = {message_from_bytes(one)["Message-ID"] for one in outbox(app)}
    assert len(sent) == len(READERS)
    assert sent == {one.message_id for one in claimed}


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda file: file.unlink(), "няма такъв файл"),
        (lambda file: file.chmod(0o644), "644"),
        (lambda file: file.write_bytes(file.read_bytes()[:300]), "няма частен ключ"),
    ],
    ids=["missing", "open to all", "torn"],
)
def test_a_bad_key_stops_dispatch_before_a_row_is_taken(
    app: App, spoil: Callable[[Path], None], why: str
) -> None:
    """Nobody is written to without a signature, nobody is refused, and the reason is said."""
    spoil(app.home / "dkim-s1.pem")

    with pytest.raises(WrongSettings) as caught:
        dispatching.dispatch(app)

    assert why in caught.value.why
    assert str(app.home) not in str(caught.value)
    ledger = dispatching.ledger(app, kit.edition().id)
    assert (ledger.queued, ledger.planned) == (len(READERS), len(READERS))
    assert outbox(app) == []
    with app.store.reading() as work:
        assert {one.state for one in work.deliveries.lines(kit.edition().id)} == {
            DeliveryState.QUEUED
        }


def test_a_worker_with_a_bad_key_does_not_start_and_a_desk_does(
    app: App, caplog: pytest.LogCaptureFixture
) -> None:
    """The key is looked at when the process starts, not at seven in the morning."""
    (app.home / "dkim-s1.pem").chmod(0o644)

    with pytest.raises(WrongSettings):
        run_worker(app)
    with background(app):
        pass

    assert "nothing will leave" in caplog.text
    assert outbox(app) == []


def dns(**changes: tuple[str, ...]) -> AskTxt:
    """A resolver that knows our keys; `s1` and `e1` may be answered otherwise."""
    known = {record(key, fake.DOMAIN).name: key for key in fake.pair()}

    def ask(name: str) -> tuple[str, ...]:
        selector = name.partition(".")[0]
        if selector in changes:
            return changes[selector]
        return (record(known[name], fake.DOMAIN).value,)

    return ask


def silent(_: str) -> tuple[str, ...]:
    raise Unavailable("DNS не отговори.", "Причина: Timeout.", "Повторете.")


def seen(app: App, ask: AskTxt) -> list[tuple[str, str]]:
    return [(one.level, one.code) for one in signing.findings(app, ask)]


def test_doctor_finds_the_published_keys(app: App) -> None:
    """Green for each key that receivers can verify by."""
    assert seen(app, dns()) == [("green", "dkim-record"), ("green", "dkim-record")]


def test_doctor_says_which_record_to_publish(app: App) -> None:
    """A missing record is red, with its name; one that cannot be asked for is yellow."""
    first, second = signing.findings(app, dns(s1=()))

    assert (first.level, second.level) == ("red", "green")
    assert record(fake.pair()[0], fake.DOMAIN).name in first.fix
    assert "digest dkim show" in first.fix
    assert {level for level, _ in seen(app, silent)} == {"yellow"}


def test_doctor_names_a_key_that_cannot_sign(app: App) -> None:
    """Red, and DNS is not asked."""
    (app.home / "dkim-e1.pem").chmod(0o604)

    assert seen(app, silent) == [("red", "dkim")]


def changed(app: App, **values: str) -> App:
    settings = SETTINGS.model_copy(update={"dkim": KEYS.model_copy(update=values)})
    return App(**{**app.__dict__, "settings": settings})


def test_doctor_warns_of_a_domain_that_dmarc_does_not_count(app: App) -> None:
    """A parent of the sender's domain is as good as itself; a stranger's is not."""
    assert ("yellow", "dkim-domain") in seen(changed(app, domain="drugade.example.com"), silent)
    assert ("yellow", "dkim-domain") not in seen(changed(app, domain="example.bg"), silent)


def test_doctor_asks_nobody_of_a_name_that_is_in_no_dns(app: App) -> None:
    """RFC 6761: the record is shown, the resolver left alone."""

    def never(name: str) -> tuple[str, ...]:
        raise AssertionError(name)

    found: list[Finding] = list(signing.findings(changed(app, domain="vestnik.test"), never))

    assert [one.code for one in found if "TXT" in one.fix] == ["dkim-record", "dkim-record"]


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(program, ["--home", str(home), *words])


def test_a_new_key_is_for_its_owner_alone_and_comes_with_its_record(tmp_path: Path) -> None:
    """What is printed is what `digest dkim show` and receivers will see."""
    home = tmp_path / "home"
    kit.make_app(home).close()
    before = os.umask(0)
    try:
        made = [run(home, "dkim", "new", "--selector", "s1", "--json")]
        made.append(run(home, "dkim", "new", "--selector", "e1", "--ed25519", "--json"))
    finally:
        os.umask(before)
    first, second = (json.loads(one.stdout) for one in made)
    (home / "digest.toml").write_text(
        f'[dkim]\nselector = "s1"\nkey_file = "{first["file"]}"\n'
        f'ed25519_selector = "e1"\ned25519_key_file = "{second["file"]}"\n'
    )

    shown = run(home, "dkim", "show", "--json")

    assert [json.loads(line) for line in shown.stdout.splitlines()] == [first, second]
    assert stat.S_IMODE((home / first["file"]).stat().st_mode) == 0o600
    assert first["name"] == "s1._domainkey.example.bg"
    assert (first["algorithm"], second["algorithm"]) == ("rsa-sha256", "ed25519-sha256")
    assert "PRIVATE" not in "".join(one.output for one in made)


def test_a_person_is_told_what_to_paste_where(tmp_path: Path) -> None:
    """The record whole on one line, and the settings."""
    kit.make_app(tmp_path).close()

    made = run(tmp_path, "dkim", "new", "--selector", "s1")

    assert any(line.startswith("v=DKIM1; k=rsa; p=") for line in made.output.splitlines())
    assert 'selector = "s1"\nkey_file = "dkim-s1.pem"' in made.output


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    """Signatures that are under way would verify no more."""
    first = signing.make_key(SETTINGS, tmp_path, "s1", "rsa")
    held = (tmp_path / first.file).read_bytes()

    with pytest.raises(Conflict):
        signing.make_key(SETTINGS, tmp_path, "s1", "rsa")

    assert (tmp_path / first.file).read_bytes() == held


def test_a_selector_that_is_a_path_and_a_home_that_is_none_are_refused(tmp_path: Path) -> None:
    """Nothing is written elsewhere."""
    with pytest.raises(WrongUsage):
        signing.make_key(SETTINGS, tmp_path, "../s1", "rsa")
    with pytest.raises(StorageFault):
        signing.make_key(SETTINGS, tmp_path / "nowhere", "s1", "rsa")

    assert list(tmp_path.parent.glob("*.pem")) == []


def test_without_keys_show_says_how_to_make_one(tmp_path: Path) -> None:
    """A setting that is missing, with the next thing to type."""
    kit.make_app(tmp_path).close()

    shown = run(tmp_path, "dkim", "show")

    assert isinstance(shown.exception, WrongSettings)
    assert "digest dkim new" in shown.exception.fix


def test_a_key_outside_the_home_is_read_where_it_lies(tmp_path: Path) -> None:
    """Kept by whoever keeps the machine's secrets; a group may read it."""
    file = tmp_path / "etc" / "s1.pem"
    file.parent.mkdir()
    file.write_bytes(fake.pem(fake.pair()[0]))
    file.chmod(0o640)
    own = Settings(dkim=Dkim(selector="s1", key_file=str(file)))

    signer = signing.open_signer(own, tmp_path / "home")

    assert signer is not None
    assert signer.domain == "example.bg"
