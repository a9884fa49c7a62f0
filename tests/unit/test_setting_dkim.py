"""`[dkim]`: what can be set, and the refusal that names what cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.errors import WrongSettings
from digest.settings import Settings, load


def loaded(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / "digest.toml"
    file.write_text(text, encoding="utf-8")
    return load(file, environ={}).settings


def test_nothing_is_signed_by_default(tmp_path: Path) -> None:
    """Many relays sign themselves."""
    assert not loaded(tmp_path, "").dkim.on


def test_two_keys_and_a_domain_of_cyrillic_letters(tmp_path: Path) -> None:
    """`d=` is in A-labels, as DNS has it."""
    own = loaded(
        tmp_path,
        '[dkim]\ndomain = "пример.example.bg"\nselector = "s1.mail"\nkey_file = "a.pem"\n'
        'ed25519_selector = "e1"\ned25519_key_file = "/etc/digest/e1.pem"\n',
    ).dkim

    assert own.on
    assert own.domain == "xn--e1afmkfd.example.bg"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('selector = "s1"', "заедно"),
        ('key_file = "a.pem"', "заедно"),
        ('ed25519_selector = "e1"', "заедно"),
        ('ed25519_selector = "e1"\ned25519_key_file = "e.pem"', "втори подпис"),
        (
            'selector = "s"\nkey_file = "a"\ned25519_selector = "s"\ned25519_key_file = "b"',
            "един селектор",
        ),
        ('selector = "s_1"\nkey_file = "a.pem"', "селектор"),
        ('selector = "../s1"\nkey_file = "a.pem"', "селектор"),
        ('domain = "localhost"', "не е домейн"),
        ('domain = "a;b.bg"', "не е домейн"),
        (f'domain = "{"a" * 70}.bg"', "не е домейн"),
    ],
)
def test_half_a_setting_is_refused_with_its_reason(tmp_path: Path, text: str, why: str) -> None:
    """At the start, not at seven in the morning."""
    with pytest.raises(WrongSettings) as caught:
        loaded(tmp_path, f"[dkim]\n{text}\n")

    assert "dkim" in caught.value.what
    assert why in caught.value.why


def test_a_cyrillic_mail_domain_stands_in_a_labels(tmp_path: Path) -> None:
    """Message-ID, return path and `mailto:` can hold nothing else."""
    settings = loaded(tmp_path, '[publication]\nfrom_address = "pregled@пример.example.bg"\n')

    assert settings.masthead().domain == "xn--e1afmkfd.example.bg"
