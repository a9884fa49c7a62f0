"""What the records of a mail domain say: SPF (RFC 7208), DMARC (RFC 7489), names of addresses.

Pure: records in, what they come to out. Who asks for them is `digest/deliver/txt.py`, what a
person is told is `digest/actions/domain_check.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

MOST_ADDRESSES = 8
"""Whose names are asked for: a newsroom has one or two, and each is two questions."""
MOST_PARENTS = 8
"""Names that are asked for a DMARC record, as in the tree walk of DMARCbis §4.10."""

_POLICY = re.compile(r"(?:^|;)\s*(s?p)\s*=\s*(none|quarantine|reject)\s*(?=;|$)", re.IGNORECASE)
_REPORTS = re.compile(r"(?:^|;)\s*rua\s*=\s*mailto:[^\s;@]+@[^\s;@]+", re.IGNORECASE)
_DMARC = re.compile(r"v\s*=\s*DMARC1\s*(?:;|$)")


@dataclass(frozen=True, slots=True)
class Spf:
    """What a domain's SPF record lets send: single addresses, others by reference, or anybody.

    `nobody`: it lets none at all, the newsroom's own server among them. `vague`: of who is not
    named it says nothing (`?all`, or no `all`, RFC 7208 §4.7).
    """

    text: str
    addresses: tuple[str, ...]
    by_others: bool
    anybody: bool
    nobody: bool = False
    vague: bool = False


def spf_records(records: Sequence[str]) -> list[str]:
    """Those of a name's TXT records that are SPF (RFC 7208 §4.5); more than one is a fault."""
    return [one for one in records if one.lower() == "v=spf1" or one.lower().startswith("v=spf1 ")]


def read_spf(record: str) -> Spf:
    """What a record says, as far as it stands in its own words; nobody is asked."""
    terms = [one.lower() for one in record.split()[1:]]
    bare = [one.lstrip("+") for one in terms]
    allowing = [one for one in bare if one[:1] not in "-~?" and not one.startswith("exp=")]
    elsewhere = any(one.startswith("redirect=") for one in bare)
    return Spf(
        text=record,
        addresses=tuple(found for one in bare if (found := _single(one)))[:MOST_ADDRESSES],
        by_others=any(one.startswith(("include:", "redirect=")) for one in bare),
        anybody="all" in bare,
        nobody=not allowing,
        vague=not elsewhere and not {"all", "-all", "~all"} & set(bare),
    )


def _single(term: str) -> str:
    """The address of a term that names just one; empty for any other."""
    name, _, value = term.partition(":")
    if name not in {"ip4", "ip6"}:
        return ""
    try:
        network = ip_network(value, strict=False)
    except ValueError:
        return ""
    return str(network.network_address) if network.num_addresses == 1 else ""


def dmarc_names(domain: str) -> list[str]:
    """Where a DMARC record of a domain may stand: its own name first, then those above it."""
    labels = domain.split(".")
    above = [".".join(labels[n:]) for n in range(max(1, len(labels) - 1))]
    return [f"_dmarc.{one}" for one in above[:MOST_PARENTS]]


def dmarc_records(records: Sequence[str]) -> list[str]:
    """Those of a name's TXT records that are DMARC (RFC 7489 §6.6.3)."""
    return [one for one in records if _DMARC.match(one)]


def dmarc_policy(record: str, *, above: bool = False) -> str:
    """`none`, `quarantine` or `reject`; empty where the record names none, which voids it.

    `above`: it stands at a domain above the sender's, where `sp` comes before `p`. One that names
    no rule but wants reports counts as `none` (RFC 7489 §6.6.3).
    """
    told: dict[str, str] = {name.lower(): rule.lower() for name, rule in _POLICY.findall(record)}
    if "p" not in told:
        return "none" if _REPORTS.search(record) else ""
    return told.get("sp", told["p"]) if above else told["p"]


def reverse_name(address: str) -> str:
    """Where the name of an address stands: `5.2.0.192.in-addr.arpa`."""
    return ip_address(address).reverse_pointer


def confirmed(address: str, name: str, addresses_of: Callable[[str], Sequence[str]]) -> bool:
    """Whether the name that an address has leads back to it (RFC 1912 §2.1)."""
    wanted = ip_address(address)
    return any(ip_address(one) == wanted for one in addresses_of(name))
