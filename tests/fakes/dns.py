"""A name server on the loopback that says what a test gives it, and the resolver that asks it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.resolver
import dns.rrset


@contextmanager
def names(zone: Mapping[str, list[str]], *, broken: bool = False) -> Iterator[None]:
    """While inside, the system's resolver knows `zone` alone: name → TXT records as in a zone file.

    Records of another kind stand under „KIND name“. A name without records has no answer, an unknown one does not exist; `broken` fails on all.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        wire.bind(("127.0.0.1", 0))
        server = threading.Thread(target=_serve, args=(wire, zone), kwargs={"broken": broken})
        server.start()
        before, dns.resolver.default_resolver = dns.resolver.default_resolver, _asking(wire)
        try:
            yield
        finally:
            dns.resolver.default_resolver = before
            # An empty datagram is no question: it ends the server.
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
                end.sendto(b"", wire.getsockname())
            server.join()


def _asking(wire: socket.socket) -> dns.resolver.Resolver:
    asking = dns.resolver.Resolver(configure=False)
    asking.nameservers, asking.port = ["127.0.0.1"], wire.getsockname()[1]
    return asking


def _serve(wire: socket.socket, zone: Mapping[str, list[str]], *, broken: bool) -> None:
    while True:
        data, asker = wire.recvfrom(4096)
        if not data:
            return
        wire.sendto(_answer(dns.message.from_wire(data), zone, broken=broken).to_wire(), asker)


def _answer(
    question: dns.message.Message, zone: Mapping[str, list[str]], *, broken: bool
) -> dns.message.Message:
    answer = dns.message.make_response(question)
    answer.flags |= dns.flags.RA
    name = question.question[0].name
    kind = dns.rdatatype.to_text(question.question[0].rdtype)
    text = name.to_text(omit_final_dot=True)
    known = zone.get(text if kind == "TXT" else f"{kind} {text}")
    if broken:
        answer.set_rcode(dns.rcode.SERVFAIL)
    elif known is None:
        answer.set_rcode(dns.rcode.NXDOMAIN)
    elif known:
        answer.answer.append(dns.rrset.from_text(name, 60, "IN", kind, *known))
    return answer
