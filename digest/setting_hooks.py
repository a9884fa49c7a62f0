"""The settings of `[hooks]`: whose events of what was sent are taken at `/hooks/…`."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

TOPIC = re.compile(
    r"arn:(?P<partition>aws|aws-cn|aws-us-gov):sns:"
    r"(?P<region>[a-z]{2}(?:-[a-z]+)+-\d{1,2}):\d{12}:[A-Za-z0-9_-]{1,256}",
    re.ASCII,
)
"""The ARN of a standard SNS topic; a FIFO one (`….fifo`) cannot speak to an address."""


def _topic(text: str) -> str:
    if not TOPIC.fullmatch(text):
        raise ValueError(
            f"„{text[:80]}“ не е ARN на тема в SNS, например "
            "arn:aws:sns:eu-central-1:111122223333:digest"
        )
    return text


class Hooks(BaseModel):
    """Nothing is taken until a topic is named here."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ses_topics: tuple[Annotated[str, AfterValidator(_topic)], ...] = ()
    """The SNS topics to which Amazon SES publishes; what comes from another is turned away."""
