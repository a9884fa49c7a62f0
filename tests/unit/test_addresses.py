"""Addresses are shown without the user and password that stand in them."""

from __future__ import annotations

import pytest

from digest.addresses import masked, masked_in, without_password

CASES = {
    "imaps://chete:tajna@imap.example.bg/INBOX": "imaps://imap.example.bg/INBOX",
    "imaps://redakcia@example.bg:tajna@imap.example.bg/INBOX": "imaps://imap.example.bg/INBOX",
    "imaps://chete:ta@j@na@imap.example.bg:993/INBOX": "imaps://imap.example.bg:993/INBOX",
    "IMAPS://chete:tajna@imap.example.bg": "IMAPS://imap.example.bg",
    "imaps://chete:ta/jna@imap.example.bg/INBOX": "imaps://imap.example.bg/INBOX",
    "imaps://chete:12/34@imap.example.bg/INBOX": "imaps://imap.example.bg/INBOX",
    "imaps://chete:ta jna@imap.example.bg/INBOX": "imaps://imap.example.bg/INBOX",
    "https://u:p@vestnik.example.bg/rss?a=1@2": "https://vestnik.example.bg/rss?a=1@2",
    "https://u:p#q@vestnik.example.bg/rss": "https://vestnik.example.bg/rss",
    "https://tajna@vestnik.example.bg/rss": "https://vestnik.example.bg/rss",
    "https://vestnik.example.bg:8080/@avtor/1": "https://vestnik.example.bg:8080/@avtor/1",
    "https://vestnik.example.bg/@avtor/1": "https://vestnik.example.bg/@avtor/1",
    "https://[::1]:8080/@a": "https://[::1]:8080/@a",
    "folder:statii/@a": "folder:statii/@a",
    "folder:a@b": "folder:a@b",
    "chete:taj@na@vestnik.example.bg/rss": "vestnik.example.bg/rss",
    "ivan@example.bg": "ivan@example.bg",
    "": "",
}


@pytest.mark.parametrize(("address", "shown"), CASES.items())
def test_an_address_is_shown_without_user_and_password(address: str, shown: str) -> None:
    """Up to the last „@“ of the authority; what belongs to the path stays."""
    assert masked(address) == shown


def test_addresses_inside_a_message_are_masked() -> None:
    """Each of them, with the marks around it left alone."""
    said = "„https://u:p@a.example.bg/rss“ не отговаря; нито imaps://x@y.bg:z@b.example.bg/I, ivan@c.bg"

    assert masked_in(said) == (
        "„https://a.example.bg/rss“ не отговаря; нито imaps://b.example.bg/I, ivan@c.bg"
    )


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("imaps://chete:tajna@imap.example.bg/INBOX", "imaps://chete@imap.example.bg/INBOX"),
        (
            "imaps://redakcia@example.bg:taj@na@imap.example.bg:993/INBOX",
            "imaps://redakcia%40example.bg@imap.example.bg:993/INBOX",
        ),
        ("imaps://imap.example.bg/INBOX", "imaps://imap.example.bg/INBOX"),
        ("folder:st", "folder:st"),
    ],
)
def test_a_user_may_stay_when_its_password_goes(address: str, typed: str) -> None:
    """So that a mailbox can be added as it was tried."""
    assert without_password(address) == typed
