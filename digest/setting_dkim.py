"""The settings of `[dkim]`: who signs the messages, and where the keys lie."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

# RFC 6376 §3.1: sub-domains; lower case, so that one selector is one file.
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
SELECTOR = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+{_LABEL}")
MOST_LETTERS = 63


def selector_fault(text: str) -> str:
    """What is wrong with a selector, in Bulgarian; empty: nothing."""
    if SELECTOR.fullmatch(text) and len(text) <= MOST_LETTERS:
        return ""
    return f"„{text}“ не става за селектор; нужни са малки латински букви и цифри, например s1"


def _selector(text: str) -> str:
    if text and (fault := selector_fault(text)):
        raise ValueError(fault)
    return text


def _domain(text: str) -> str:
    try:
        ascii_name = text.encode("idna").decode("ascii").lower()
    except UnicodeError as cause:
        raise ValueError(f"„{text}“ не е домейн") from cause
    if text and not _DOMAIN.fullmatch(ascii_name):
        raise ValueError(f"„{text}“ не е домейн, например example.bg")
    return ascii_name


Selector = Annotated[str, AfterValidator(_selector)]


class Dkim(BaseModel):
    """Nothing is signed until `selector` and `key_file` are set."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    domain: Annotated[str, AfterValidator(_domain)] = ""
    """The value of `d=`, in A-labels; empty: that of `publication.from_address`."""
    selector: Selector = ""
    key_file: str = Field(default="", max_length=1000)
    """PEM of an RSA key, from the home or by its whole path; no key stands in the settings."""
    ed25519_selector: Selector = ""
    ed25519_key_file: str = Field(default="", max_length=1000)
    """PEM of an Ed25519 key for a second signature (RFC 8463)."""

    @property
    def on(self) -> bool:
        """Whether messages are signed here."""
        return bool(self.selector)

    @model_validator(mode="after")
    def _whole(self) -> Dkim:
        if bool(self.selector) != bool(self.key_file):
            raise ValueError("„selector“ и „key_file“ се задават заедно")
        if bool(self.ed25519_selector) != bool(self.ed25519_key_file):
            raise ValueError("„ed25519_selector“ и „ed25519_key_file“ се задават заедно")
        if self.ed25519_selector and not self.selector:
            # Receivers that know RSA only would see no signature (RFC 8463 §3).
            raise ValueError("Ed25519 е втори подпис: нужни са и „selector“ и „key_file“ за RSA")
        if self.ed25519_selector == self.selector != "":
            raise ValueError("двата ключа не могат да са под един селектор")
        return self
