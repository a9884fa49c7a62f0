"""Which addresses are the public internet, however they are written."""

from __future__ import annotations

import pytest

from digest.collect.guard import is_global, is_private_host, trust_of

INSIDE = (
    "127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "192.0.0.8", "192.0.0.10",
    "192.88.99.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "203.0.113.1",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:0:127.0.0.1", "::ffff:0:10.0.0.1",
    "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a9fe:a9fe", "64:ff9b:1::1",
    "2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:0:7f00:1::", "2001:0:808:808::80ff:fffe",
    "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00::1", "ff02::1", "100::1", "2001:db8::1",
    "3fff::1", "5f00::1", "4000::1", "nonsense", "",
)  # fmt: skip
OUTSIDE = (
    "8.8.8.8", "193.0.14.129", "2001:4860:4860::8888", "2a00:1450::1", "64:ff9b::808:808",
    "::ffff:8.8.8.8", "2002:808:808::1",
)  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_that_leads_inside_is_not_global(address: str) -> None:
    """Reserved, local, documentation, and private IPv4 wrapped in IPv6 in each known way."""
    assert not is_global(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_a_public_address_is_global(address: str) -> None:
    """Wrapped or not."""
    assert is_global(address)


@pytest.mark.parametrize("host", ["[64:ff9b:1::a9fe:a9fe]", "[::ffff:0:127.0.0.1]", "[fec0::1]"])
def test_a_wrapped_literal_is_a_private_host(host: str) -> None:
    """Before any connection."""
    assert is_private_host(f"http://{host}/")


@pytest.mark.parametrize("host", ["[::ffff:a9fe:a9fe]", "[::a9fe:a9fe]", "[2002:a9fe:a9fe::1]"])
def test_a_cloud_machines_credentials_are_never_trusted(host: str) -> None:
    """Not even when a person types the address, in whatever wrapping."""
    assert trust_of(f"http://{host}/rss") == frozenset()
