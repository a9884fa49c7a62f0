"""What `[hooks]` takes."""

from __future__ import annotations

import pytest

from digest.errors import WrongSettings
from digest.settings import load

TOPIC = "arn:aws:sns:eu-central-1:111122223333:digest"


def test_nothing_is_taken_by_default() -> None:
    """A hook is on only when its topic is named."""
    assert load(environ={}).settings.hooks.ses_topics == ()


def test_a_topic_may_come_from_the_environment() -> None:
    """As a list in JSON, as every list there."""
    named = {"DIGEST_HOOKS__SES_TOPICS": f'["{TOPIC}"]'}

    assert load(environ=named).settings.hooks.ses_topics == (TOPIC,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "digest",
        "arn:aws:sqs:eu-central-1:111122223333:digest",
        "arn:aws:sns:eu-central-1.zlosten.test/:111122223333:digest",
        TOPIC + ".fifo",
        TOPIC + "\n",
    ],
)
def test_what_is_no_topic_is_named(text: str) -> None:
    """Its region becomes a host that is asked for certificates."""
    with pytest.raises(WrongSettings, match=r"hooks\.ses_topics"):
        load(environ={}, flags={"hooks.ses_topics": (text,)})
