"""Which machines the collector may speak to: global addresses, and what the operator typed.

A resolver alone is bypassed by address literals, so the check sits where the socket is made and
sees the final address of every connection, redirects included.
"""

from __future__ import annotations

import ipaddress
import socket
from contextvars import ContextVar
from typing import TypeAlias

from digest.collect.address import host_port, hostname
from digest.errors import Refused

AddrInfo: TypeAlias = (
    "tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[object, ...]]"
)

PRIVATE_ALLOWED: ContextVar[bool] = ContextVar("private_allowed", default=False)
"""True while the connection being made goes to a host and port that the operator typed."""


class Blocked(OSError):
    """A connection to an address that is not global was refused before it was made."""


def socket_factory(info: AddrInfo) -> socket.socket:
    """The socket for one resolved address; raises `Blocked` for a private one."""
    family, kind, proto, _, where = info
    if not PRIVATE_ALLOWED.get() and not is_global(str(where[0])):
        raise Blocked(f"{where[0]} is not a global address")
    made = socket.socket(family=family, type=kind, proto=proto)
    made.setblocking(False)  # noqa: FBT003  the library takes it so
    return made


def is_global(address: str) -> bool:
    """True for an address of the public internet; IPv4 inside IPv6 is unwrapped first."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_global(str(inner))
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return is_global(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast


def is_private_host(url: str) -> bool:
    """True when the address itself names a private place: a literal, or `localhost`."""
    host = hostname(url).lower().rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return not is_global(host)


def trust_of(url: str) -> frozenset[str]:
    """What a typed source address allows: exactly its own `host:port` when that is private.

    Loopback and private networks only: link-local addresses (169.254.169.254 answers with a
    cloud machine's credentials, RFC 3927), multicast, unspecified and reserved ones never.
    """
    if not is_private_host(url) or _never_trusted(hostname(url)):
        return frozenset()
    return frozenset({host_port(url)})


def _never_trusted(host: str) -> bool:
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return False
    inner = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    if inner is not None:
        return _never_trusted(str(inner))
    if ip.is_loopback:
        return False
    return ip.is_link_local or ip.is_multicast or ip.is_unspecified or ip.is_reserved


def refused(url: str) -> Refused:
    """The error for an address that leads inside."""
    return Refused(
        f"Адресът „{url[:200]}“ е отказан.",
        "Води към вътрешна мрежа или към тази машина, а не към публичен сайт.",
        "Ако източникът наистина е вътрешен, добавете точно неговия адрес и порт като източник.",
    )
