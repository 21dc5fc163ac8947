from __future__ import annotations

import base64
import json
import re
from typing import Any

import pytest

from harness.redaction.rules import By
from tests.redaction.redactors import add, keep, messages


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ({"password": "hunter22"}, ["password"]),
        ({"user": {"apiKeys": [{"name": "API_KEY", "value": "hunter22"}]}}, ["user", "apiKeys", 0, "value"]),
        ({"secrets": ["hunter22"]}, ["secrets", 0]),
        ({"token": {"value": "hunter22", "type": "Bearer"}}, ["token", "value"]),
        ({"pin": 12345678901}, ["pin"]),
        ({"ssn": -123456789}, ["ssn"]),
        ({"properties": {"password": {"const": "hunter22"}}}, ["properties", "password", "const"]),
        ({"headers": {"Authorization": "Bearer hunter22"}}, ["headers", "Authorization"]),
        ({"a": ["jane@example.com"]}, ["a", 0]),
        ({"mobile": "0151 23456789"}, ["mobile"]),
        ({"url": "https://host/a?token=hunter22"}, ["url"]),
        ({"next": "%2Fin%3Ftoken%3Dhunter22"}, ["next"]),
    ],
)
def test__redact__a_secret_under_its_name__is_hidden_and_all_else_stays(value: Any, path: list[Any]) -> None:
    redacted = messages().values.redact(value)
    was, now = value, redacted
    for step in path:
        was, now = was[step], now[step]
    assert now != was
    assert type(now) is type(was)
    assert len(str(now)) == len(str(was)) or "@" in str(was)
    assert json.dumps(redacted).replace(json.dumps(now), json.dumps(was)) == json.dumps(value)


@pytest.mark.parametrize(
    "value",
    [
        {"id": "gT7kQ2mZ9xLw4RbN8vYc1HsD", "etag": "W/x", "key": "name", "token_type": "bearer", "max_tokens": 4096},
        {"password": None, "token": True, "secret": "", "has_password": "yes", "session": 3600, "tokens": 512},
        {"labels": {"password": "Password", "token": "API token"}},
        {"name": "a", "value": "b"},
        [1, 1.5, "text", None, {"a": []}],
    ],
)
def test__redact__a_value_without_secrets__is_the_very_same(value: Any) -> None:
    assert messages().values.redact(value) is value


def test__redact__names_of_members__may_be_secrets() -> None:
    redacted = messages().values.redact({"jane.doe@example.com": {"n": 1}})
    assert re.fullmatch(r"[a-z]{4}\.[a-z]{3}@[a-z]{6}\.test", next(iter(redacted)))


def test__redact__what_is_packed__is_unpacked() -> None:
    inner = json.dumps({"password": "hunter22", "n": 1})
    value = {
        "text": inner,
        "twice": json.dumps({"inner": inner}),
        "base64": base64.b64encode(inner.encode()).decode(),
        "encoded": "%7B%22password%22%3A%22hunter22%22%7D",
    }
    redacted = messages().values.redact(value)
    hidden = json.loads(redacted["text"])["password"]
    assert hidden != "hunter22"
    assert json.loads(json.loads(redacted["twice"])["inner"]) == {"password": hidden, "n": 1}
    assert json.loads(base64.b64decode(redacted["base64"])) == {"password": hidden, "n": 1}
    assert redacted["encoded"] == f"%7B%22password%22%3A%22{hidden}%22%7D"


def test__json_text__its_writing__stays() -> None:
    text = '{ "a" : 1.50,\n  "password" : "hunter22" }'
    redacted = messages().values.json_text(text)
    assert redacted is not None
    assert re.fullmatch(r'\{ "a" : 1\.50,\n  "password" : "[a-z]{6}\d\d" \}', redacted)


@pytest.mark.parametrize("text", ["no json", '"text"', '{"password": "hunter22", "password": "x"}', "[" * 2000])
def test__json_text__what_must_be_read_as_text__is_none(text: str) -> None:
    assert messages().values.json_text(text) is None


def test__string__a_text_packed_without_end__is_left_in_time() -> None:
    text = "{}"
    for _ in range(12):
        text = json.dumps({"a": text})
    assert messages().values.string("", text) == text


def test__redact__rules_for_names__go_before() -> None:
    values = messages(add(By.NAME, "customer*"), keep(By.NAME, "session-id")).values
    redacted = values.redact(
        {"customerNo": 12345678, "customer_ref": "hunter22", "session_id": "hunter22", "x": "hunter22"}
    )
    assert redacted["customerNo"] != 12345678
    assert redacted["customer_ref"] != "hunter22"
    assert (redacted["session_id"], redacted["x"]) == ("hunter22", "hunter22")
