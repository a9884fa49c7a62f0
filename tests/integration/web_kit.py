"""A small newsroom in a folder, and a browser without a screen, for the tests of web and jobs."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import httpx
from argon2 import PasswordHasher
from sqlalchemy import MetaData, select

from digest.actions import dispatching, reviewing
from digest.actions.app import App
from digest.bootstrap import init_home, open_app
from digest.clock import FixedClock
from digest.model import (
    Article,
    ArticleId,
    Credit,
    DateBasis,
    DateClaim,
    Dropped,
    Edition,
    EditionId,
    EditionState,
    EditionStory,
    Reason,
    Section,
    Sentence,
    StoryId,
)
from digest.settings import Settings
from digest.store.editors import Editor
from digest.web.app import create_app
from subscribers.model import Consent, ConsentStep, Person, PersonId, Status

DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 4, 20, tzinfo=UTC)
HOST = "http://desk.test"
PASSWORD = "kitka-i-pelin-42"
APPROVER = "redaktor@example.bg"

FIRST = "Мостът над Камчия край Пролом се отваря за леки коли в събота сутринта."
SECOND = "Камионите ще минават по обходния път до края на декември."


def article(n: int, text: str, *, title: str, outlet: str) -> Article:
    return Article(
        id=ArticleId(f"a{n}"),
        title=title,
        text=text,
        outlet=outlet,
        url=f"https://vesti.example.bg/{n}",
        date=DateClaim(NOW - timedelta(hours=3), DateBasis.FEED, 0.9),
        fetched_at=NOW - timedelta(hours=1),
    )


ARTICLES = (
    article(1, f"{FIRST} {SECOND}", title="Мостът край Пролом се отваря", outlet="Проломски вести"),
    article(
        2,
        "Хлябът поевтинява с пет стотинки от понеделник.",
        title="Хлябът поевтинява",
        outlet="Стълб",
    ),
)


def story(n: int, title: str, texts: tuple[str, ...], *, tier: str = "full") -> EditionStory:
    body = ARTICLES[n - 1]
    spans = [(body.text.index(text), text) for text in texts]
    return EditionStory(
        id=StoryId(f"s{n}"),
        title=title,
        url=body.url,
        summary=" ".join(texts),
        one_line=texts[0],
        tier=tier,
        sentences=tuple(Sentence(text, body.id, start, start + len(text)) for start, text in spans),
        credits=(Credit(body.outlet, body.url, body.title),),
        score=0.75,
        reasons=(Reason("voices", 0.5, 0.4, "Разказват я две независими издания."),),
        published_at=body.published_at,
    )


def edition(day: date = DAY) -> Edition:
    return Edition(
        id=EditionId(f"digest-{day.isoformat()}"),
        publication="digest",
        date=day,
        subject="Мостът край Пролом се отваря в събота",
        preheader="Камионите остават на обходния път, хлябът поевтинява от понеделник.",
        sections=(
            Section(
                "bulgaria",
                "България",
                (story(1, "Мостът край Пролом се отваря", (FIRST, SECOND), tier="lead"),),
            ),
            Section(
                "ikonomika", "Икономика", (story(2, "Хлябът поевтинява", (ARTICLES[1].text,)),)
            ),
        ),
        created_at=NOW,
        warnings=("Една новина е само от един източник.",),
        dropped=(Dropped(StoryId("s9"), "Стара новина за панаира", "Публикувана е преди години."),),
    )


def make_app(
    home: Path, *, now: datetime = NOW, drafted: bool = True, settings: Settings | None = None
) -> App:
    """An open home with two articles, one edition, four editors and one reader."""
    init_home(home, settings=settings)
    app = open_app(home, clock=FixedClock(now), settings=settings)
    with app.store.work() as work:
        work.articles.add_new(ARTICLES)
        if drafted:
            work.editions.save(edition())
    for role in ("reader", "editor", "approver", "admin"):
        _add_editor(app, APPROVER if role == "approver" else f"{role}@example.bg", role)
    return app


@cache
def _password_hash() -> str:
    # Weak on purpose: the cost of a real hash would be most of the time of these tests.
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def _add_editor(app: App, address: str, role: str) -> None:
    with app.store.work() as work:
        work.editors.add(Editor(address, "", role, _password_hash(), NOW))


def add_reader(app: App, address: str = "ivana@chitateli.example") -> Person:
    person = Person(
        PersonId(0), address, status=Status.ACTIVE, confirmed_at=NOW - timedelta(days=9)
    )
    consent = Consent(ConsentStep.CONFIRMED, "consent", "форма", NOW - timedelta(days=9))
    with app.store.work() as work:
        return work.roll.add(person, now=NOW - timedelta(days=9), consent=consent)


def token_of(app: App, person: Person) -> str:
    return app.store.signer.leave_token(person.id, 1)


def revise(app: App) -> Edition:
    """What another editor's change leaves behind: a newer revision."""
    with app.store.work() as work:
        now = work.editions.get(edition().id)
        newer = replace(now, revision=now.revision + 1, subject="Мостът се отваря: ново заглавие")
        work.editions.save(newer)
    return newer


def publish(app: App, one: Edition | None = None) -> Edition:
    """An edition (that of the day, or another, which is added) as it stands once it was sent."""
    wanted = one or edition()
    with app.store.work() as work:
        if one is not None:
            work.editions.save(one)
    reviewing.approve(app, wanted.id, by=APPROVER)
    dispatching.queue(app, wanted.id)
    with app.store.work() as work:
        work.editions.set_state(wanted.id, EditionState.SENT)
        return work.editions.get(wanted.id)


def rows(app: App) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table: the logical state of the database."""
    everything = MetaData()
    everything.reflect(app.store.engine)
    with app.store.engine.connect() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for name, table in everything.tables.items()
        }


@dataclass
class Browser:
    """Asks the site in this process as a browser does; keeps cookies, follows nothing."""

    app: App
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)
    headers: dict[str, str] = field(default_factory=lambda: {"accept": "text/html"})

    def __post_init__(self) -> None:
        self.site = create_app(self.app)

    def ask(self, method: str, path: str, **words: object) -> httpx.Response:
        return asyncio.run(self._ask(method, path, words))

    async def _ask(self, method: str, path: str, words: dict) -> httpx.Response:
        transport = httpx.ASGITransport(self.site)
        headers = {**self.headers, **words.pop("headers", {})}
        async with httpx.AsyncClient(
            transport=transport, base_url=HOST, cookies=self.cookies
        ) as client:
            answer = await client.request(method, path, headers=headers, **words)
        self.cookies = client.cookies
        return answer

    def get(self, path: str, **words: object) -> httpx.Response:
        return self.ask("GET", path, **words)

    def post(self, path: str, **words: object) -> httpx.Response:
        """A POST from our own page."""
        own = {"sec-fetch-site": "same-origin", **words.pop("headers", {})}
        return self.ask("POST", path, headers=own, **words)

    def sign_in(self, address: str = APPROVER) -> Browser:
        done = self.post("/vhod", data={"address": address, "password": PASSWORD})
        assert done.status_code == 303, done.text
        return self
