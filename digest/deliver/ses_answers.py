"""What an error of SES means, in the words that SMTP's replies have.

Takes an exception of boto3; gives a `Result` for the message, or a fault that concerns them
all. The codes are those of SendEmail in the SES v2 API and of AWS's common errors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.deliver.outcome import reply
from digest.errors import DigestError, Unavailable
from digest.model import Delivery, Outcome, Result

if TYPE_CHECKING:
    from botocore.exceptions import ClientError

_THROTTLE = frozenset(
    {
        "TooManyRequestsException",
        "LimitExceededException",
        "Throttling",
        "ThrottlingException",
        "ThrottledException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "SlowDown",
        "ServiceUnavailable",
        "ServiceUnavailableException",
    }
)
"""SES's own way to say 454: the account is over its rate or its day's quota."""

_NO_RIGHT = ("Достъпът е отказан.", "Проверете ключовете и правото ses:SendEmail на ролята.")
_STRANGE = ("Отговорът не е познат.", "Проверете региона и адреса в dispatch.transport.")
_OF_ONE_MESSAGE = frozenset({"MessageRejected", "BadRequestException", "ValidationException"})
_ACCOUNT = {
    "AccountSuspendedException": (
        "Акаунтът в SES е спрян за постоянно.",
        "Пишете на поддръжката на Amazon или посочете друг път за изпращане.",
    ),
    "SendingPausedException": (
        "Изпращането е спряно за акаунта или за configuration set.",
        "Вижте в конзолата на SES защо и го пуснете отново.",
    ),
    "MailFromDomainNotVerifiedException": (
        "Домейнът за MAIL FROM не е потвърден.",
        "Довършете записите MX и SPF, които конзолата на SES показва за домейна.",
    ),
    "NotFoundException": (
        "Няма такъв configuration set в този регион.",
        "Проверете името и региона в dispatch.transport.",
    ),
    "AccessDeniedException": _NO_RIGHT,
    "AccessDenied": _NO_RIGHT,
    "NotAuthorized": _NO_RIGHT,
    "OptInRequired": _NO_RIGHT,
    "UnrecognizedClientException": _NO_RIGHT,
    "InvalidClientTokenId": _NO_RIGHT,
    "IncompleteSignature": _NO_RIGHT,
    "MissingAuthenticationToken": _NO_RIGHT,
    "InvalidSignatureException": (
        "Подписът на заявката не е приет.",
        "Проверете тайния ключ и часовника на машината.",
    ),
    "SignatureDoesNotMatch": (
        "Подписът на заявката не е приет.",
        "Проверете тайния ключ и часовника на машината.",
    ),
    "RequestExpired": ("Заявката е с изтекъл час.", "Сверете часовника на машината."),
    "ExpiredTokenException": ("Временните ключове са изтекли.", "Подновете ги."),
    "ExpiredToken": ("Временните ключове са изтекли.", "Подновете ги."),
}


@dataclass(frozen=True, slots=True)
class _Said:
    """A refusal taken apart: HTTP status, error code, words."""

    status: int
    code: str
    words: str

    @property
    def line(self) -> str:
        return reply(0, f"{self.code}: {self.words}").text


def refusal(cause: Exception, delivery: Delivery) -> Result | DigestError | None:
    """What SES answered: a result, a fault of the account, or None when it answered nothing.

    A server's fault (500, 502, 504) and what is no error of SES at all leave `unknown`: nobody
    promises that nothing was sent. A code that is not known here stops the run, rather than
    refuse everybody.
    """
    from botocore.exceptions import ClientError

    if not isinstance(cause, ClientError):
        return None
    said = _taken_apart(cause)
    if said.code in _THROTTLE or said.status in {429, 503}:
        return Result(delivery.id, Outcome.RETURNED, "throttle", said.status, text=said.line)
    if not 400 <= said.status < 500:
        return Result(delivery.id, Outcome.UNKNOWN, "lost", said.status, text=said.line)
    fault = _of_the_account(said, delivery)
    if fault is not None:
        return fault
    return Result(delivery.id, Outcome.REFUSED, "ours", said.status, text=said.line)


def unreachable(shown: str, cause: Exception) -> Unavailable:
    """Nothing was sent: no credentials, no such host, no TLS, nobody there."""
    from botocore.exceptions import (
        CredentialRetrievalError,
        NoCredentialsError,
        PartialCredentialsError,
        ProfileNotFound,
        SSLError,
    )

    if isinstance(
        cause,
        NoCredentialsError | PartialCredentialsError | CredentialRetrievalError | ProfileNotFound,
    ):
        fix = "Задайте AWS_ACCESS_KEY_ID и AWS_SECRET_ACCESS_KEY, профил или роля на машината."
        return _fault(shown, f"Няма ключове за достъп: {cause}.", fix)
    if isinstance(cause, SSLError):
        fix = "Проверете часовника и издателите на удостоверения (AWS_CA_BUNDLE)."
        return _fault(shown, f"Шифрованата връзка не се установи: {cause}.", fix)
    return _fault(shown, f"Причина: {cause}.", "Проверете региона и изхода към интернет.")


def _taken_apart(cause: ClientError) -> _Said:
    error = cause.response.get("Error", {})
    status = cause.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return _Said(int(status or 0), str(error.get("Code", "")), str(error.get("Message", "")))


def _of_the_account(said: _Said, delivery: Delivery) -> Unavailable | None:
    """A refusal that every message would meet: to go on would refuse the whole list."""
    why, fix = _ACCOUNT.get(said.code, ("", ""))
    if not why and said.code not in _OF_ONE_MESSAGE:
        why, fix = _NO_RIGHT if said.status in {401, 403} else _STRANGE
    unverified = said.code == "MessageRejected" and "not verified" in said.words.lower()
    # In the sandbox SES names the reader's address instead: that is about one row.
    if unverified and delivery.address.lower() not in said.words.lower():
        why = "Адресът на подателя не е потвърден в SES."
        fix = "Потвърдете домейна на publication.from_address в този регион."
    return _fault("Amazon SES", f"{why} ({said.line})", fix) if why else None


def _fault(shown: str, why: str, fix: str) -> Unavailable:
    return Unavailable(f"През {shown} не може да се изпраща.", reply(0, why).text, fix)
