"""Keys and records: what can sign, what is published, and what receivers would say of it."""

from __future__ import annotations

import re

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from digest.deliver.dkim_keys import Kind, mismatch, new_key, read_key, record
from digest.errors import WrongSettings
from tests.fakes.dkim import DOMAIN, pair, pem

RSA, ED = pair()
TRADITIONAL, PKCS8 = PrivateFormat.TraditionalOpenSSL, PrivateFormat.PKCS8


def read(data: bytes, kind: Kind = "rsa"):
    return read_key(data, selector="s1", kind=kind, setting="dkim.key_file")


def short() -> bytes:
    return rsa.generate_private_key(public_exponent=65537, key_size=1024).private_bytes(
        Encoding.PEM, PKCS8, NoEncryption()
    )


@pytest.mark.parametrize("kind", ["rsa", "ed25519"])
def test_a_new_key_can_be_read_and_published(kind: Kind) -> None:
    """What `digest dkim new` writes is what dispatch reads."""
    key = read(new_key(kind), kind)

    assert key.algorithm == f"{kind}-sha256"
    assert mismatch((record(key, DOMAIN).value,), key) == ""


def test_a_key_of_openssl_is_read() -> None:
    """`BEGIN RSA PRIVATE KEY`, as opendkim-genkey writes it."""
    traditional = RSA.private.private_bytes(Encoding.PEM, TRADITIONAL, NoEncryption())

    assert read(traditional).public == RSA.public


@pytest.mark.parametrize(
    ("data", "kind", "why"),
    [
        (b"", "rsa", "няма частен ключ"),
        (b"not a key", "rsa", "няма частен ключ"),
        (pem(RSA)[:400], "rsa", "няма частен ключ"),
        (
            RSA.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
            "rsa",
            "няма частен ключ",
        ),
        (
            RSA.private.private_bytes(Encoding.PEM, PKCS8, BestAvailableEncryption(b"parola")),
            "rsa",
            "заключен с парола",
        ),
        (
            ec.generate_private_key(ec.SECP256R1()).private_bytes(
                Encoding.PEM, PKCS8, NoEncryption()
            ),
            "rsa",
            "не е RSA",
        ),
        (pem(ED), "rsa", "не е RSA"),
        (pem(RSA), "ed25519", "не е Ed25519"),
        (short(), "rsa", "1024 бита"),
    ],
    # Named, since the keys are new in every process.
    ids=[
        *("empty", "text", "torn", "public", "locked"),
        *("of another kind", "ed25519 for rsa", "rsa for ed25519", "short"),
    ],
)
def test_a_key_that_cannot_sign_is_refused_and_not_shown(data: bytes, kind: Kind, why: str) -> None:
    """What, why and how to mend it; nothing of the file, and no cause that might hold it."""
    with pytest.raises(WrongSettings) as caught:
        read(data, kind)

    assert why in caught.value.why
    assert "dkim.key_file" in caught.value.what
    assert "digest dkim new" in caught.value.fix
    error = caught.value
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None
    letters = b"".join(data.splitlines()[1:3])[:40].decode()
    assert not letters or letters not in str(caught.value)


def test_a_long_record_is_cut_for_a_zone_file() -> None:
    """Strings of at most 255 octets that join to the value (RFC 1035 §3.3.14)."""
    wanted = record(RSA, DOMAIN)

    strings = re.findall(r'"([^"]*)"', wanted.zone)

    assert wanted.name == "s1._domainkey.news.example.bg"
    assert wanted.zone.startswith("s1._domainkey.news.example.bg. IN TXT ( ")
    assert "".join(strings) == wanted.value
    assert all(len(one) <= 255 for one in strings)
    assert len(strings) == 2


@pytest.mark.parametrize("key", [RSA, ED], ids=["rsa", "ed25519"])
def test_the_judge_reads_the_record(key) -> None:
    """Tags and key as an independent verifier takes them."""
    _, _, kind, _ = dkim.evaluate_pk(b"s1", record(key, DOMAIN).value.encode())

    assert kind == key.algorithm.partition("-")[0].encode()


OURS = record(RSA, DOMAIN).value


@pytest.mark.parametrize(
    ("published", "fault"),
    [
        ((), "няма такъв запис"),
        ((OURS, OURS), "2"),
        (("v=spf1 -all",), "не е на ключ"),
        (("v=DKIM1; k=rsa; p=",), "отменен"),
        ((record(ED, DOMAIN).value,), "ключ ed25519"),
        (("v=DKIM1; p=AAAA",), "друг"),
        ((OURS + "; h=sha1",), "SHA-256"),
        ((OURS + "; s=tlsrpt",), "поща"),
        ((OURS + "; t=y",), "пробен"),
        ((OURS,), ""),
        ((OURS.replace("k=rsa; ", ""),), ""),
        ((f"{OURS[:60]} \t{OURS[60:]}; h=sha1:sha256; s=*; t=s; n=бележка;",), ""),
    ],
    ids=[
        *("none", "two", "spf", "revoked", "other kind", "other key"),
        *("sha1 only", "not for mail", "testing", "ours", "ours, kind not said", "ours, spread"),
    ],
)
def test_what_is_published_is_compared_with_the_key(published: tuple[str, ...], fault: str) -> None:
    """The reason why a receiver would not verify, or nothing."""
    said = mismatch(published, RSA)

    assert fault in said
    assert bool(said) == bool(fault)
