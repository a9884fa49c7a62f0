"""Deliveries, editions and certificates for tests of sending."""

from __future__ import annotations

import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from digest.deliver.links import PublicLinks
from digest.model import (
    Delivery,
    DeliveryId,
    DeliveryState,
    EditionId,
    Masthead,
    Piece,
    RenderedEdition,
    SubscriberId,
    Variant,
)

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
MASTHEAD = Masthead(
    name="Утринен преглед",
    tagline="Накратко",
    from_name="Утринен преглед",
    from_address="pregled@news.example.bg",
    reply_to="redaktsia@example.bg",
    domain="news.example.bg",
    public_url="https://news.example.bg",
    postal_address="ул. „Тестова“ № 5",
    responsible="Отговорен редактор: Проба",
)
LINKS = PublicLinks("https://news.example.bg", "https://news.example.bg/brij/5", "news.example.bg")
DELIVERY = Delivery(
    id=DeliveryId("daq-abcdefghij"),
    edition_id=EditionId("pregled-2026-11-20"),
    revision=1,
    subscriber_id=SubscriberId("7"),
    address="chitatel@example.bg",
    name="Петя Пробна",
    variant="all",
    lane="rest",
    state=DeliveryState.SENDING,
    attempts=1,
    epoch=1,
    message_id="<daq-abcdefghij@news.example.bg>",
    leave_token="aq-bcdefghijklmnopq",
)


def rendered(html: Piece | None = None, text: Piece | None = None) -> RenderedEdition:
    """An edition of one variant; the parts may be given."""
    html = html or Piece(
        (
            "<!DOCTYPE html><p>Здравейте, ",
            '</p><a href="',
            '">Отписване</a>' + "<p>новина</p>" * 40,
        ),
        ("NAME", "UNSUB"),
    )
    text = text or Piece(("Здравейте, ", "!\n\nНовини.\n\nОтписване: ", "\n"), ("NAME", "UNSUB"))
    return RenderedEdition(
        edition_id=DELIVERY.edition_id,
        revision=1,
        subject="Мостът край Примерово отваря в петък",
        variants={"all": Variant("all", html, text)},
        content_hash="ab" * 32,
    )


def to(address: str, number: int = 1) -> Delivery:
    """A delivery to this address with an id of its own."""
    ident = DeliveryId(f"d{number}-abcdefghij")
    return replace(DELIVERY, id=ident, address=address, message_id=f"<{ident}@news.example.bg>")


def certificate(
    folder: Path, *, days: int = 1, address: str = "127.0.0.1"
) -> tuple[ssl.SSLContext, Path]:
    """A server's context for an address, and the file of the certificate that signs it.

    It holds from two days ago for another `days` from now; below zero it has expired.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=2))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / "relay.pem", folder / "relay.key"
    pem.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    return context, pem
