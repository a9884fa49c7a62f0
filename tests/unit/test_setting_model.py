"""The table `[summarise.model]`: what may be set, and where a model may answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.errors import WrongSettings
from digest.setting_model import LanguageModel, address_fault
from digest.settings import Settings, load


@pytest.mark.parametrize(
    "url",
    [
        "https://model.example.bg/v1",
        "https://model.example.bg:8443/v1/",
        "http://127.0.0.1:11434/v1",
        "http://localhost:8000/v1",
        "http://[::1]:8000/v1",
        "http://10.1.2.3/v1",
        "http://172.31.0.9:8000/v1",
        "http://192.168.1.20:8000/v1",
        "http://[fd00::7]:8000/v1",
        "http://[::ffff:127.0.0.1]:8000/v1",
    ],
)
def test_a_model_may_answer_over_tls_or_in_the_house(url: str):
    """https anywhere; without it only here or in a private network."""
    assert address_fault(url) == ""


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://model.example.bg/v1", "без https"),
        ("http://8.8.8.8/v1", "без https"),
        ("http://172.32.0.1/v1", "без https"),
        ("http://169.254.169.254/v1", "без https"),
        ("http://0.0.0.0:8000/v1", "без https"),
        ("http://ollama:11434/v1", "без https"),
        ("http://127.0.0.1.example.bg/v1", "без https"),
        ("http://localhost.example.bg/v1", "без https"),
        ("http://2130706433/v1", "без https"),
        ("http://[2001:db8::1]/v1", "без https"),
        ("ftp://127.0.0.1/v1", "нужен е адрес"),
        ("127.0.0.1:8000/v1", "нужен е адрес"),
        ("https:///v1", "нужен е адрес"),
        ("https://me:word@model.example.bg/v1", "паролата"),
        ("https://model.example.bg/v1?key=1", "адресът свършва"),
        ("https://model.example.bg/v1#x", "адресът свършва"),
        ("https://model.example.bg:99999/v1", "не се чете"),
        ("https://[::1/v1", "не се чете"),
        ("https://model.example.bg/ v1", "празно място"),
    ],
)
def test_other_addresses_are_refused_with_the_reason(url: str, said: str):
    """A name without TLS could lead anywhere, a key in an address is stored with every draft."""
    assert said in address_fault(url)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("enabled = true", "трябват „base_url“ и „model“"),
        ('enabled = true\nmodel = "proba"', "трябват „base_url“ и „model“"),
        ('base_url = "http://example.bg/v1"', "без https"),
        ('api_key_env = "DIGEST_MODEL_KEY"', "не може да започва с DIGEST_"),
        ('api_key_env = "два ключа"', "образеца"),
        ("timeout_s = 0", "над 0"),
        ("timeout_s = 601", "най-много 600"),
        ("max_sentences = 0", "поне 1"),
        ('modle = "proba"', "такъв ключ няма"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(tmp_path: Path, lines: str, said: str):
    """The key and what is wrong with it, in Bulgarian."""
    file = tmp_path / "digest.toml"
    file.write_text(f"[summarise.model]\n{lines}\n", encoding="utf-8")

    with pytest.raises(WrongSettings) as caught:
        load(file, environ={})

    assert "summarise.model" in caught.value.what
    assert said in caught.value.why


def test_no_model_is_asked_unless_somebody_says_so():
    """Off in the packaged settings and in the types."""
    assert not load(None, environ={}).settings.summarise.model.enabled
    assert not Settings().summarise.model.enabled


def test_the_environment_can_switch_it_on():
    """Every key has its variable."""
    settings = load(
        None,
        environ={
            "DIGEST_SUMMARISE__MODEL__ENABLED": "true",
            "DIGEST_SUMMARISE__MODEL__BASE_URL": "http://127.0.0.1:11434/v1/",
            "DIGEST_SUMMARISE__MODEL__MODEL": "proba",
        },
    ).settings

    assert settings.summarise.model == LanguageModel(
        enabled=True, base_url="http://127.0.0.1:11434/v1", model="proba"
    )
