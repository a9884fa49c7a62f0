"""The client of language models against a real server on the loopback, good and bad."""

from __future__ import annotations

import logging

import pytest

from digest.errors import Unavailable
from digest.summarise.model import openai_writer
from digest.summarise.model.openai_writer import OpenAIWriter
from digest.summarise.model.port import Answer, Fault, Request, Trouble
from tests.fakes.model_server import (
    CLOSES,
    HANGS,
    ModelServer,
    Reply,
    half,
    model_server,
    says,
    stalls,
    status,
)

KEY = "sk-proba-0123456789"
SCHEMA = {"type": "object", "properties": {"sentences": {"type": "array"}}}


def asked(server: ModelServer, *, key: str = "", timeout: float = 20) -> Answer | Fault:
    return OpenAIWriter(server.base_url, "proba", key=key).write(
        Request("Правила.", "Материал.", SCHEMA, timeout)
    )


def trouble(*replies: Reply, timeout: float = 20) -> Trouble:
    with model_server(*replies) as server:
        found = asked(server, timeout=timeout)
    assert isinstance(found, Fault), found
    return found.kind


def test_the_text_of_an_answer_comes_back_as_it_is():
    """Asked in the protocol's form: model, both prompts, the schema, no stream."""
    with model_server(says("  {}\n")) as server:
        assert asked(server) == Answer("  {}\n")
    (question,) = server.asked

    assert question.path == "/v1/chat/completions"
    assert question.body["model"] == "proba"
    assert [m["content"] for m in question.body["messages"]] == ["Правила.", "Материал."]
    assert question.body["response_format"]["json_schema"]["schema"] == SCHEMA
    assert not question.body.get("stream")


def test_without_a_key_no_header_of_one_is_sent():
    """A local server gets nothing to log."""
    with model_server(says("{}")) as server:
        asked(server)
        asked(server, key=KEY)

    assert "authorization" not in server.asked[0].headers
    assert server.asked[1].headers["authorization"] == f"Bearer {KEY}"


def test_keys_and_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch):
    """What another program set up for itself does not leave with our articles."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-other")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-other")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-other")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "Authorization: Bearer sk-other")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with model_server(says("{}")) as server:
        assert asked(server) == Answer("{}")

    assert "other" not in str(server.asked[0].headers)


@pytest.mark.parametrize("code", [400, 422])
def test_a_server_that_refuses_the_schema_is_asked_for_any_json(code: int):
    """Once; from then on only so."""
    with model_server(status(code), says("{}")) as server:
        writer = OpenAIWriter(server.base_url, "proba")
        request = Request("Правила.", "Материал.", SCHEMA, 20)
        found = [writer.write(request), writer.write(request)]

    assert found == [Answer("{}"), Answer("{}")]
    assert [one.form for one in server.asked] == ["json_schema", "json_object", "json_object"]


def test_a_server_that_refuses_both_forms_is_a_fault():
    """Two questions, no third."""
    with model_server(status(400)) as server:
        found = asked(server)

    assert isinstance(found, Fault)
    assert found.kind is Trouble.STATUS
    assert len(server.asked) == 2


@pytest.mark.parametrize("code", [401, 404, 429, 500, 503])
def test_an_error_of_the_server_is_a_fault_after_one_question(code: int):
    """The client does not try again by itself: who asks decides."""
    with model_server(status(code)) as server:
        found = asked(server)

    assert isinstance(found, Fault)
    assert found.kind is Trouble.STATUS
    assert str(code) in found.why
    assert len(server.asked) == 1


def test_a_redirect_is_not_followed():
    """The key and the articles would go along."""
    with model_server(says("{}")) as other:
        moved = status(307, Location=f"{other.base_url}/chat/completions")
        with model_server(moved) as server:
            found = asked(server, key=KEY)

    assert isinstance(found, Fault)
    assert other.asked == []


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (half(), Trouble.BROKEN),
        (CLOSES, Trouble.UNREACHABLE),
        (Reply(b""), Trouble.BROKEN),
        (Reply(b"<html>502</html>"), Trouble.BROKEN),
        (Reply(b"[]"), Trouble.BROKEN),
        (Reply(b'{"choices": []}'), Trouble.BROKEN),
        (Reply(b'{"choices": [{"message": null}]}'), Trouble.BROKEN),
        (Reply(b"\xff\xfe\x00"), Trouble.BROKEN),
        (Reply(says("{}").body, cut=30), Trouble.BROKEN),
        (says(None), Trouble.BROKEN),
        (says(None, refusal="Не мога."), Trouble.REFUSED),
        (says("", finish="content_filter"), Trouble.REFUSED),
        (says('{"sentences": [{"te', finish="length"), Trouble.TOO_MUCH),
        (says("а" * 500_000), Trouble.TOO_MUCH),
    ],
)
def test_a_broken_answer_is_a_fault_with_a_name(reply: Reply, expected: Trouble):
    """Half of its JSON, a closed connection, a page of a proxy, a refusal, a flood."""
    assert trouble(reply) is expected


@pytest.mark.parametrize("reply", [HANGS, stalls()])
def test_a_slow_server_is_left_when_the_time_is_over(reply: Reply):
    """One that never answers, and one that begins and stops; both wait for the test's end."""
    assert trouble(reply, timeout=0.2) is Trouble.SLOW


def test_a_trickle_ends_with_the_time_of_the_whole_answer(monkeypatch: pytest.MonkeyPatch):
    """Each piece comes in time, all of them do not."""
    ticks = iter([0.0, 21.0])
    monkeypatch.setattr(openai_writer, "monotonic", lambda: next(ticks))

    assert trouble(says("{}")) is Trouble.SLOW


def test_nobody_at_the_address_is_a_fault():
    """The port of a server that has closed."""
    with model_server(says("{}")) as server:
        pass

    found = asked(server)

    assert isinstance(found, Fault)
    assert found.kind is Trouble.UNREACHABLE


def test_the_key_is_in_no_log_and_in_no_fault(caplog: pytest.LogCaptureFixture):
    """Not even when the server says it back, at any level of logging."""
    caplog.set_level(logging.DEBUG)
    said = f'{{"error": {{"message": "Incorrect API key provided: {KEY}"}}}}'
    with model_server(status(401, said)) as server:
        found = asked(server, key=KEY)

    assert isinstance(found, Fault)
    assert KEY not in found.why
    assert KEY not in caplog.text


def test_a_library_that_raises_something_new_stops_no_morning(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """The kind of the error is logged; its words may hold the key."""

    def broken(_: object) -> None:
        raise RuntimeError(f"Illegal header value {KEY}")

    monkeypatch.setattr(OpenAIWriter, "_open", broken)
    with model_server(says("{}")) as server:
        found = asked(server, key=KEY)

    assert isinstance(found, Fault)
    assert found.kind is Trouble.BROKEN
    assert "RuntimeError" in caplog.text
    assert KEY not in caplog.text


def test_without_the_library_there_is_no_writer(monkeypatch: pytest.MonkeyPatch):
    """The error says what to install."""
    monkeypatch.setattr(openai_writer, "find_spec", lambda _: None)

    with pytest.raises(Unavailable) as caught:
        OpenAIWriter("http://127.0.0.1:9/v1", "proba")

    assert "pip install digest[model]" in caught.value.fix
