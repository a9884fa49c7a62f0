"""Why there is no connection to a relay, in words for a person: what, why, and what to do.

Takes what the library raised; never shows a password.
"""

from __future__ import annotations

import smtplib
import ssl
from typing import TYPE_CHECKING

from digest.deliver.outcome import reply
from digest.errors import Unavailable

if TYPE_CHECKING:
    from digest.deliver.smtp import SmtpSpec


_CERTIFICATES = {
    10: "удостоверението е изтекло",
    18: "удостоверението е подписано от самото себе си",
    19: "издателят на удостоверението не е познат",
    20: "издателят на удостоверението не е познат",
    62: "удостоверението е за друго име",
    64: "удостоверението е за друг адрес",
}
"""OpenSSL's codes of verification (X509_V_ERR_…, x509_vfy.h)."""


def no_tls(spec: SmtpSpec) -> Unavailable:
    return Unavailable(
        f"Сървърът {spec.shown} не предлага шифрована връзка.",
        "Без TLS писмата и паролата пътуват открито, затова нищо не е изпратено.",
        f"Включете STARTTLS на сървъра или изрично напишете {spec.scheme}://{spec.host}?tls=off.",
    )


def _tls_fault(cause: ssl.SSLError) -> str:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return _CERTIFICATES.get(cause.verify_code, cause.verify_message)
    return cause.reason or str(cause)


def unreachable(spec: SmtpSpec, cause: Exception) -> Unavailable:
    if isinstance(cause, smtplib.SMTPAuthenticationError):
        why, fix = f"Входът беше отказан (код {cause.smtp_code}).", "Проверете името и паролата."
    elif isinstance(cause, ssl.SSLError):
        why = f"Шифрованата връзка не се установи: {_tls_fault(cause)}."
        fix = "Проверете удостоверението на сървъра; свой издател се посочва с ?ca=ФАЙЛ."
    elif isinstance(cause, smtplib.SMTPResponseException):
        answer = reply(cause.smtp_code, cause.smtp_error)
        why = f"Сървърът отговори {answer.code}: {answer.text}"
        fix = "Потърсете в дневника на сървъра защо отказва тази машина."
    elif isinstance(cause, UnicodeEncodeError):
        why = "Името, паролата или сървърът имат знаци извън латиницата."
        fix = "Задайте ги с латински букви, цифри и знаци."
    else:
        why, fix = f"Причина: {cause}.", "Проверете адреса, порта и дали сървърът работи."
    return Unavailable(f"Няма връзка за изпращане с {spec.shown}.", why, fix)
