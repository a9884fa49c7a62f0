"""What returned letters say: invented letters of every kind, whole and broken."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.inbound.classify import KINDS, addressed_to, classify, leave_token
from digest.inbound.stage import fact_dict
from digest.inbound.verdict import judge

ORIGINAL = "<d7-abcdefghij@news.example.bg>"


def letter(
    body: str, *, sender: str = "ana@example.bg", subject: str = "", **headers: str
) -> bytes:
    """A plain letter to the return path."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = headers.pop("to", "b+d7-abcdefghij.abcdefghijklmnop@news.example.bg")
    message["Subject"] = subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message.as_bytes()


def report(
    status: str,
    diagnostic: str,
    *,
    action: str = "failed",
    kind: str = "message/delivery-status",
    human: str = "Писмото не беше доставено.",
    recipient: str = "ivan@example.bg",
) -> bytes:
    """A delivery report for one recipient with the original's headers."""
    return f"""From: MAILER-DAEMON@mx.example.bg
To: b+d7-abcdefghij.abcdefghijklmnop@news.example.bg
Subject: Undelivered Mail Returned to Sender
Message-ID: <report-1@mx.example.bg>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_x"

--=_x
Content-Type: text/plain; charset=utf-8

{human}

--=_x
Content-Type: {kind}

Reporting-MTA: dns; mx.example.bg

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {diagnostic}

--=_x
Content-Type: text/rfc822-headers

From: pregled@news.example.bg
Message-ID: {ORIGINAL}

--=_x--
""".encode()


@pytest.mark.parametrize(
    ("status", "diagnostic", "kind", "reason"),
    [
        ("5.1.1", "550 5.1.1 User unknown", "hard", "unknown-user"),
        ("5.0.0", "550 няма такъв потребител", "hard", "unknown-user"),
        ("5.1.2", "no more", "hard", "unknown-host"),
        ("5.1.6", "", "hard", "moved"),
        ("5.1.10", "domain does not accept mail", "hard", "no-mail-host"),
        ("5.2.1", "", "hard", "unknown-user"),
        ("5.2.1", "550 5.2.1 account is locked", "soft", "suspended"),
        ("5.2.2", "552 5.2.2 mailbox full", "soft", "mailbox-full"),
        ("5.1.1", "550 5.1.1 unknown address: 5.2.2 over quota", "soft", "mailbox-full"),
        ("4.4.1", "connection timed out", "soft", "expired"),
        ("4.1.1", "450 4.1.1 user unknown", "soft", "expired"),
        ("5.7.1", "554 5.7.1 blocked using a list", "soft", "policy"),
        ("5.7.26", "550 DMARC", "soft", "policy"),
        ("5.1.1", "550 5.1.1 blocked using our list", "soft", "policy"),
        ("5.1.8", "553 sender domain does not exist", "soft", "policy"),
        ("5.1.3", "553 https://lists.test/dnsbl/?ip=192.0.2.1", "soft", "policy"),
        ("5.3.4", "too large", "soft", "too-big"),
        ("5.0.0", "550 кутията е препълнена", "soft", "mailbox-full"),
        ("5.0.0", "550 отхвърлено заради спам", "soft", "policy"),
        ("5.0.0", "550 no", "soft", "undefined"),
    ],
)
def test_status_report_means(status: str, diagnostic: str, kind: str, reason: str) -> None:
    """Only a mailbox that is not there is hard; what is ours is soft with the reason."""
    fact = classify(report(status, diagnostic), "x")

    assert (fact.kind, fact.reason) == (kind, reason)
    assert fact.recipients == ("ivan@example.bg",)
    assert fact.original_message_id == ORIGINAL


def test_delay_is_soft_and_success_is_no_bounce() -> None:
    """The action is heard before the words."""
    delayed = classify(report("4.4.1", "still trying", action="delayed"), "x")
    delivered = classify(report("2.0.0", "250 OK", action="relayed"), "x")

    assert (delayed.kind, delivered.kind) == ("soft", "not-a-bounce")


def test_report_about_a_cyrillic_address_is_read() -> None:
    """RFC 6533 reports come as message/global-delivery-status."""
    fact = classify(
        report("5.1.1", "550 5.1.1 няма такъв потребител", recipient="иван@пример.test")
        .replace(b"rfc822; \xd0", b"utf-8; \xd0")
        .replace(b"message/delivery-status", b"message/global-delivery-status"),
        "x",
    )

    assert (fact.kind, fact.recipients) == ("hard", ("иван@пример.test",))


def test_mixed_report_names_only_the_dead() -> None:
    """Nobody is suppressed because of his neighbour in the same report."""
    both = report("5.1.1", "550 5.1.1 User unknown").replace(
        b"Final-Recipient: rfc822; ivan",
        b"Final-Recipient: rfc822; maria@example.bg\nAction: failed\nStatus: 5.2.2\n\n"
        b"Final-Recipient: rfc822; ivan",
    )

    fact = classify(both, "x")

    assert (fact.kind, fact.recipients) == ("hard", ("ivan@example.bg",))


def test_report_that_lost_its_boundary_is_read_as_text() -> None:
    """Fields are fields wherever they stand."""
    broken = report("5.1.1", "550 5.1.1 User unknown").replace(
        b'boundary="=_x"', b'boundary="other"'
    )

    fact = classify(broken, "x")

    assert (fact.kind, fact.recipients) == ("hard", ("ivan@example.bg",))


def test_qmail_letter_is_read() -> None:
    """An address on a line of its own, the reason below, the copy cut off."""
    fact = classify(
        letter(
            "Hi. This is the qmail-send program at mx.example.bg.\n"
            "I'm afraid I wasn't able to deliver your message to the following addresses.\n\n"
            "<ivan@example.bg>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
            "--- Below this line is a copy of the message.\n\n"
            f"Message-ID: {ORIGINAL}\nSubject: mailbox full\n",
            sender="MAILER-DAEMON@mx.example.bg",
            subject="failure notice",
        ),
        "x",
    )

    assert (fact.kind, fact.status, fact.recipients) == ("hard", "5.1.1", ("ivan@example.bg",))
    assert fact.original_message_id == ORIGINAL


def test_exim_letter_is_a_bounce_although_it_is_marked_auto_replied() -> None:
    """Exim marks its reports so; they are no absence notes."""
    fact = classify(
        letter(
            "A message that you sent could not be delivered.\n\n  maria@example.bg\n"
            "    SMTP error from remote mail server after RCPT TO:<maria@example.bg>:\n"
            "    552 5.2.2 Mailbox full\n",
            sender="Mail Delivery System <Mailer-Daemon@mx.example.bg>",
            subject="Mail delivery failed: returning message to sender",
            Auto_Submitted="auto-replied",
            X_Failed_Recipients="maria@example.bg",
        ),
        "x",
    )

    assert (fact.kind, fact.reason, fact.recipients) == (
        "soft",
        "mailbox-full",
        ("maria@example.bg",),
    )


def test_bulgarian_report_in_prose_is_read() -> None:
    """A provider that writes sentences instead of fields."""
    fact = classify(
        letter(
            "Съобщението до ivan@example.bg не беше доставено.\nПричина: няма такъв потребител.\n",
            sender="postmaster@poshta.test",
            subject="Недоставено съобщение",
        ),
        "x",
    )

    assert (fact.kind, fact.recipients) == ("hard", ("ivan@example.bg",))


@pytest.mark.parametrize(
    ("feedback", "kind"),
    [("abuse", "complaint"), ("opt-out", "unsubscribe"), ("not-spam", "not-a-bounce")],
)
def test_feedback_report_means(feedback: str, kind: str) -> None:
    """RFC 5965: „спам“ was pressed, or the opposite."""
    data = f"""From: fbl@provider.test
To: fbl@news.example.bg
Subject: report
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="=_x"

--=_x
Content-Type: text/plain

This is an email abuse report.

--=_x
Content-Type: message/feedback-report

Feedback-Type: {feedback}
User-Agent: Provider/1
Original-Rcpt-To: <ivan@example.bg>

--=_x
Content-Type: message/rfc822

From: pregled@news.example.bg
Message-ID: {ORIGINAL}
Subject: Brij

text
--=_x--
""".encode()

    fact = classify(data, "x")

    assert (fact.kind, fact.recipients) == (kind, ("ivan@example.bg",))
    assert fact.original_message_id == ORIGINAL


@pytest.mark.parametrize(
    ("subject", "headers"),
    [
        ("Автоматичен отговор: Мостът отваря", {}),
        ("В отпуск до понеделник", {}),
        ("Отсъствам от офиса", {}),
        ("Out of office", {}),
        ("Re: Мостът отваря", {"Auto_Submitted": "auto-replied"}),
        ("Re: Мостът отваря", {"Precedence": "auto_reply"}),
    ],
)
def test_absence_note_is_an_auto_reply(subject: str, headers: dict[str, str]) -> None:
    """A whole list on holiday changes nothing."""
    fact = classify(letter("Ще се върна скоро.", subject=subject, **headers), "x")

    assert (fact.kind, fact.recipients) == ("auto-reply", ("ana@example.bg",))


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Отписване", ""),
        ("Re: unsubscribe", ""),
        ("отпишете ме", "Благодаря"),
        ("Re: Брой 5", "Моля, отпишете ме от бюлетина."),
        ("Re: Брой 5", "Не желая повече да получавам писма.\n\n> Вашият бюлетин"),
        ("Re: Брой 5", "STOP"),
    ],
)
def test_person_who_wants_to_leave_is_understood(subject: str, body: str) -> None:
    """In the subject or in a few words of his own."""
    fact = classify(letter(body or "\n", subject=subject), "x")

    assert (fact.kind, fact.recipients) == ("unsubscribe", ("ana@example.bg",))


def test_letter_to_the_leave_address_means_it_whatever_it_says() -> None:
    """Any body, even an absence note's."""
    data = letter(
        "Ще се върна.", subject="Автоматичен отговор", to="u+aq-bcdefghijklmnop@news.example.bg"
    )

    assert classify(data, "x").kind == "unsubscribe"
    assert leave_token(data) == "aq-bcdefghijklmnop"


def test_long_token_comes_in_the_subject() -> None:
    """The other form of our own List-Unsubscribe."""
    data = letter("\n", subject="unsubscribe " + "t" * 80, to="u@news.example.bg")

    assert leave_token(data) == "t" * 80


def test_quoted_digest_does_not_unsubscribe_its_reader() -> None:
    """The word stands in every issue that people answer to."""
    body = "Хубав брой!\n\nНа 20.11.2026 г. в 7:00 Преглед написа:\n> Отписване: https://news.example.bg/u/x\n"

    assert classify(letter(body, subject="Re: Мостът отваря"), "x").kind == "not-a-bounce"


@pytest.mark.parametrize(
    "body",
    [
        "Please click the link to prove you are human and your message will be delivered.",
        "Моля, потвърдете, че сте човек, за да получа писмото.",
    ],
)
def test_challenge_is_shown_to_a_person(body: str) -> None:
    """Nobody answers it by himself."""
    assert classify(letter(body, subject="Re: Брой"), "x").kind == "challenge"


def test_letter_of_a_reader_is_no_bounce() -> None:
    """Praise with the word „доставка“ in it."""
    fact = classify(
        letter("Благодаря за прегледа! Доставката на новини е чудесна.", subject="Re: Брой"), "x"
    )

    assert fact.kind == "not-a-bounce"


def test_addresses_a_letter_came_to_are_given_envelope_first() -> None:
    """What the signed return path is read from."""
    data = letter("x", Delivered_To="b+D7.MAC@news.example.bg", to="Някой <other@news.example.bg>")

    assert addressed_to(data) == ("b+d7.mac@news.example.bg", "other@news.example.bg")


@given(st.binary(max_size=2000))
def test_any_bytes_have_one_kind(data: bytes) -> None:
    """Nothing that arrives makes it raise."""
    assert classify(data, "x").kind in KINDS


@given(
    st.lists(
        st.sampled_from(
            [
                b"From: MAILER-DAEMON@a.test\n",
                b"Content-Type: multipart/report; boundary=x\n",
                b"\n",
                b"--x\n",
                b"Content-Type: message/delivery-status\n",
                b"Final-Recipient: rfc822; a@b.test\n",
                b"--x--\n",
                b"Content-Type: text/html; charset=none\n",
                b"Status: 5.1.1\n",
                b"Subject: =?utf-8?b?!!!?=\n",
                b"Content-Transfer-Encoding: base64\n",
                b"\xff\xfe\n",
                b"Action: failed\n",
                b"To: a@b.test, =?x?q?\n",
                b"Content-Type: message/rfc822\n",
                b"Content-Type: message/global-delivery-status\n",
            ]
        ),
        max_size=14,
    )
)
def test_any_heap_of_header_lines_has_one_kind(lines: list[bytes]) -> None:
    """Broken MIME of every order."""
    assert classify(b"".join(lines), "x").kind in KINDS


@given(st.text(max_size=200), st.text(max_size=200))
def test_hard_needs_a_status_or_a_word(field: str, text: str) -> None:
    """Random text suppresses nobody."""
    verdict = judge(field, text)

    assert verdict.kind in {"hard", "soft"}
    assert verdict.kind == "soft" or verdict.reason in {
        "unknown-user",
        "unknown-host",
        "moved",
        "no-mail-host",
    }


def test_keys_are_the_contracts() -> None:
    """One line of `digest classify-bounce --json`."""
    line = fact_dict(classify(report("5.1.1", "550 5.1.1 User unknown"), "one.eml"))

    assert list(line) == ["source", "kind", "recipients", "status", "reason", "original_message_id"]
    assert line["source"] == "one.eml"
    assert line["recipients"] == ["ivan@example.bg"]


@pytest.mark.parametrize(
    "heap",
    [
        b"a" * 1_500_000,
        b"user " * 300_000,
        b"<a@b.test>:\n" * 100_000,
        b"From: " * 200_000,
        b"@" * 900_000,
        b"Final-Recipient: rfc822; a@b.test\n" * 40_000,
    ],
)
def test_enormous_letter_is_read_in_bounded_work(heap: bytes) -> None:
    """Millions of letters of one kind cost no more than their length."""
    head = b"From: MAILER-DAEMON@a.test\nSubject: failure notice\n\n"

    assert classify(head + heap, "x").kind in KINDS
