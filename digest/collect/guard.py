"""Which machines the collector may speak to: global addresses, and what the operator typed.

A resolver alone is bypassed by address literals, so the check sits where the socket is made and
sees the final address of every connection, redirects included. Places that the operator typed are
reached by a client of their own, without the check and without shared connections.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import TypeAlias

from digest.collect.address import host_port, hostname
from digest.errors import Refused

AddrInfo: TypeAlias = (
    "tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[object, ...]]"
)


class Blocked(OSError):
    """A connection to an address that is not global was refused before it was made."""


def socket_factory(info: AddrInfo) -> socket.socket:
    """The socket for one resolved address; raises `Blocked` for a private one."""
    family, kind, proto, _, where = info
    if not is_global(str(where[0])):
        # The same words for all: of several refusals that read alike aiohttp raises the first,
        # of others a new exception of no type.
        raise Blocked("not a global address")
    made = socket.socket(family=family, type=kind, proto=proto)
    made.setblocking(False)  # noqa: FBT003  the library takes it so
    return made


_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
"""All that IANA has given out of IPv6 for the public internet (RFC 4291 §2.4)."""
_WRAPPED = tuple(
    ipaddress.ip_network(one)
    for one in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96")
)
"""IPv4 in the last 32 bits: compatible and mapped (RFC 4291 §2.5.5), SIIT, NAT64 (RFC 6052)."""
_NOT_GLOBAL = tuple(
    ipaddress.ip_network(one)
    for one in (
        "192.0.0.0/24",  # protocol assignments, RFC 6890
        "192.88.99.0/24",  # relays of 6to4, RFC 7526
        "3fff::/20",  # documentation, RFC 9637
    )
)
"""Special addresses that this Python's `ipaddress` takes for global."""


def is_global(address: str) -> bool:
    """True for an address of the public internet; every IPv4 inside an IPv6 must be one too."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _inside(ip)
    if inner:
        return all(is_global(str(one)) for one in inner)
    if isinstance(ip, ipaddress.IPv6Address) and ip not in _GLOBAL_UNICAST:
        return False
    if any(ip in net for net in _NOT_GLOBAL if net.version == ip.version):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def _inside(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """The IPv4 addresses that an IPv6 address leads to."""
    if isinstance(ip, ipaddress.IPv4Address):
        return []
    if ip.teredo is not None:
        return list(ip.teredo)
    if ip.sixtofour is not None:
        return [ip.sixtofour]
    if any(ip in net for net in _WRAPPED) and int(ip) > 1:
        return [ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)]
    return []


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
    inner = _inside(ip)
    if inner:
        return any(_never_trusted(str(one)) for one in inner)
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
