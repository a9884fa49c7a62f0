"""Which mailbox provider an address belongs to, so that each is written to at its own pace.

By the domain alone; nothing is looked up.
"""

from __future__ import annotations

from digest.model import LANES

__all__ = ["LANES", "lane_of"]

_DOMAINS = {
    "abv.bg": "abv.bg",
    "gbg.bg": "abv.bg",
    "gyuvetch.bg": "abv.bg",
    "mail.bg": "mail.bg",
    "dir.bg": "dir.bg",
    "gmail.com": "gmail",
    "googlemail.com": "gmail",
    "msn.com": "outlook",
    "passport.com": "outlook",
    "windowslive.com": "outlook",
    "ymail.com": "yahoo",
    "rocketmail.com": "yahoo",
    "myyahoo.com": "yahoo",
    "aol.com": "yahoo",
}
_FAMILIES = {"outlook": "outlook", "hotmail": "outlook", "live": "outlook", "yahoo": "yahoo"}
_COUNTRIES = {"bg", "de", "fr", "it", "es", "nl", "be", "at", "dk", "se", "pt", "gr", "ie", "cz"}
_COUNTRIES |= {"hu", "ro", "rs", "tr", "jp", "in", "ca"}
_ENDINGS = {"com", "co.uk", "com.tr", "com.br", "com.au", "co.jp", "co.in", "com.mx"} | _COUNTRIES
"""Endings under which the families run mail; anything else may be a stranger's domain."""


def lane_of(address: str) -> str:
    """One of `LANES`; `rest` for every domain that is not of a known provider."""
    domain = address.rpartition("@")[2].strip().rstrip(".").lower()
    if domain in _DOMAINS:
        return _DOMAINS[domain]
    family, _, ending = domain.partition(".")
    return _FAMILIES.get(family, "rest") if ending in _ENDINGS else "rest"
