"""The table `[summarise.model]`: which language model writes, where, and what it may cost."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

_NEAR: tuple[IPv4Network | IPv6Network, ...] = (
    IPv4Network("127.0.0.0/8"),
    IPv4Network("10.0.0.0/8"),
    IPv4Network("172.16.0.0/12"),
    IPv4Network("192.168.0.0/16"),
    IPv6Network("::1/128"),
    IPv6Network("fc00::/7"),
)
"""Loopback and private networks (RFC 1918, RFC 4193): articles and key stay in the house there."""


class LanguageModel(BaseModel):
    """Off unless `enabled`; then `base_url` and `model` are needed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    enabled: bool = False
    base_url: str = ""
    """Of an OpenAI-compatible server up to `/v1`: what stands before `/chat/completions`."""
    model: str = Field(default="", max_length=200)
    api_key_env: str = Field(default="", pattern=r"^(?:[A-Za-z_][A-Za-z0-9_]{0,99})?$")
    """The variable that holds the key; the key itself stands in no file. Empty: none is sent."""
    timeout_s: float = Field(default=60, gt=0, le=600)
    """For one answer."""
    overall_s: float = Field(default=600, gt=0, le=2400)
    """For all answers of an edition: three quarters of an hour lie between draft and deadline."""
    max_sentences: int = Field(default=2, ge=1, le=6)
    shown_chars: int = Field(default=6000, ge=500, le=60_000)
    """Characters of its articles that the model is shown of a story."""
    requests: int = Field(default=60, ge=0, le=1000)
    """For an edition: sixteen stories, two attempts each, and as many again for a changed draft."""
    characters: int = Field(default=500_000, ge=0)
    """Sent and received for an edition; three to four of Bulgarian are a token."""

    @field_validator("base_url")
    @classmethod
    def _address(cls, url: str) -> str:
        if url and (fault := address_fault(url)):
            raise ValueError(fault)
        return url.rstrip("/")

    @field_validator("api_key_env")
    @classmethod
    def _not_a_setting(cls, name: str) -> str:
        # Every DIGEST_… variable is a setting, so a key there would be an unknown one.
        if name.startswith("DIGEST_"):
            raise ValueError("името не може да започва с DIGEST_, например MODEL_API_KEY")
        return name

    @model_validator(mode="after")
    def _whole(self) -> LanguageModel:
        if self.enabled and not (self.base_url and self.model):
            raise ValueError("за включен модел трябват „base_url“ и „model“")
        return self


def address_fault(url: str) -> str:
    """What is wrong with the address of a model's server, in Bulgarian; empty: nothing.

    https anywhere; plain http only to a loopback or private address, given as such: a name could
    lead out of the house. No password in it, which would be stored with every draft.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "адресът не се чете"
    if any(c.isspace() or not c.isprintable() for c in url):
        return "в адреса има празно място"
    if parts.scheme not in {"http", "https"} or not host:
        return "нужен е адрес като https://model.example.bg/v1"
    if parts.username is not None or parts.password is not None:
        return "името и паролата не стоят в адреса; ключът се дава с „api_key_env“"
    if parts.query or parts.fragment:
        return "адресът свършва с пътя, без „?“ и „#“"
    if parts.scheme == "http" and not _near(host):
        return (
            "без https се стига само до тази машина или до адрес от частна мрежа "
            "(127.0.0.1, 10.…, 192.168.…)"
        )
    return ""


def _near(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return any(address in network for network in _NEAR if network.version == address.version)
