"""Asks any server that speaks the chat completions protocol; the only module that knows `openai`.

The library is an extra and loads with the first question. It tries once: `asking` decides about a
second time. Nothing of an answer but its text leaves this module, and the key is never logged or
put into an error: what a server says of a wrong key often repeats it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from digest.clock import monotonic
from digest.errors import Unavailable
from digest.summarise.model.port import Answer, Fault, Request, Trouble

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from openai import APIResponse, OpenAI
    from openai.types.chat import ChatCompletion

log = logging.getLogger(__name__)

MOST_BYTES = 400_000
"""Of an answer: a text of 20,000 characters in escaped JSON, and what stands around it."""

_SLOW = Fault(Trouble.SLOW, "Езиковият модел не отговори навреме.")
_REFUSED = Fault(Trouble.REFUSED, "Езиковият модел отказа да пише.")
_BROKEN = Fault(Trouble.BROKEN, "Отговорът на сървъра с модела е непълен или неразбираем.")
_SCHEMA_REFUSED = frozenset({400, 422})


def installed() -> bool:
    """Whether the extra is there; nothing is loaded."""
    try:
        return find_spec("openai") is not None
    except (ImportError, ValueError):  # a finder that refuses, a module without a spec
        return False


class OpenAIWriter:
    """A model behind an OpenAI-compatible server: vLLM, Ollama, llama.cpp or a hosted one."""

    def __init__(self, base_url: str, model: str, *, key: str = "") -> None:
        """Loads nothing yet and asks nobody. Raises `Unavailable` without the extra."""
        if not installed():
            raise not_installed()
        self._base_url = base_url
        self._model = model
        self._key = key
        self._schema = True

    @property
    def name(self) -> str:
        return f"{self._model}@{self._base_url}"

    def write(self, request: Request) -> Answer | Fault:
        """One answer, within about `request.timeout` seconds (twice that if it trickles in).

        A server that refuses the schema is asked once more for any JSON, and only so from then on.
        """
        try:
            import httpx2
            import openai
        except ImportError as cause:
            log.warning("the extra for language models does not load: %s", cause)
            return Fault(Trouble.UNREACHABLE, not_installed().why)
        try:
            return self._write(request)
        except (openai.APITimeoutError, httpx2.TimeoutException):
            return _SLOW
        except openai.APIStatusError as error:
            return self._refused(request, error.status_code)
        except openai.APIConnectionError:
            return Fault(Trouble.UNREACHABLE, "Няма връзка със сървъра на езиковия модел.")
        except Exception as error:  # noqa: BLE001 - a morning goes on whatever a library raises
            # The kind alone: the message of a refused header repeats the key.
            log.warning("the answer of %s broke: %s", self.name, type(error).__name__)
            return _BROKEN

    def _refused(self, request: Request, status: int) -> Answer | Fault:
        if self._schema and status in _SCHEMA_REFUSED:
            log.info("%s does not take a JSON schema, asking for JSON", self.name)
            self._schema = False
            return self.write(request)
        log.warning("%s answered with status %d", self.name, status)
        return Fault(Trouble.STATUS, f"Сървърът на езиковия модел отговори с код {status}.")

    def _write(self, request: Request) -> Answer | Fault:
        ends = monotonic() + request.timeout
        body = bytearray()
        with self._open() as client, self._asked(client, request) as response:
            # Read piece by piece: the client's own time-out begins anew with each of them.
            for piece in response.iter_bytes():
                body += piece
                if len(body) > MOST_BYTES:
                    return Fault(Trouble.TOO_MUCH, "Отговорът на сървъра е твърде дълъг.")
                if monotonic() > ends:
                    return _SLOW
        return _text_of(json.loads(bytes(body)))

    def _asked(
        self, client: OpenAI, request: Request
    ) -> AbstractContextManager[APIResponse[ChatCompletion]]:
        return client.chat.completions.with_streaming_response.create(
            model=self._model,
            messages=[
                {"role": "system", "content": request.system},
                {"role": "user", "content": request.user},
            ],
            timeout=request.timeout,
            extra_headers=self._headers(),
            **self._form(request),
        )

    def _form(self, request: Request) -> dict[str, Any]:
        if not self._schema:
            # Without a temperature too: it is the other thing that servers refuse with 400.
            return {"response_format": {"type": "json_object"}}
        schema = {"name": "summary", "strict": True, "schema": dict(request.schema)}
        return {
            "response_format": {"type": "json_schema", "json_schema": schema},
            "temperature": 0.1,
        }

    def _headers(self) -> Mapping[str, Any]:
        """The key, or no header of one; nothing that the environment says for other programs."""
        import openai

        left_out = openai.Omit()
        return {
            "Authorization": f"Bearer {self._key}" if self._key else left_out,
            "OpenAI-Organization": left_out,
            "OpenAI-Project": left_out,
            # A small body packed into itself many times over is not unpacked at all.
            "Accept-Encoding": "identity",
        }

    def _open(self) -> OpenAI:
        """A client for one question: a model thinks longer than a connection takes to open."""
        import openai

        return openai.OpenAI(
            base_url=self._base_url,
            api_key=self._key or "none",
            max_retries=0,
            # No proxy of the environment, as everywhere here, and no redirect: the key would
            # travel with it.
            http_client=openai.DefaultHttpxClient(trust_env=False, follow_redirects=False),
        )


def not_installed() -> Unavailable:
    """That the extra is missing, and how it is brought."""
    return Unavailable(
        "Езиковият модел не може да се ползва.",
        "Пакетът „openai“ не е инсталиран.",
        "Инсталирайте добавката: pip install digest[model].",
    )


def _text_of(tree: object) -> Answer | Fault:
    """The text of the first choice; a refusal or a cut text is a fault."""
    choices = tree.get("choices") if isinstance(tree, Mapping) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    message = first.get("message") if isinstance(first, Mapping) else None
    if not isinstance(first, Mapping) or not isinstance(message, Mapping):
        return _BROKEN
    if message.get("refusal") or first.get("finish_reason") == "content_filter":
        return _REFUSED
    if first.get("finish_reason") == "length":
        return Fault(Trouble.TOO_MUCH, "Отговорът на модела е прекъснат по средата.")
    content = message.get("content")
    return Answer(content) if isinstance(content, str) else _BROKEN
