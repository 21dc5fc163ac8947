from __future__ import annotations

import json
import re

import pytest

from harness.model.exchange import Exchange, Request, Response
from harness.redaction.rules import By
from tests.redaction.redactors import add, keep, messages

JSON = (("Content-Type", "application/json"),)


@pytest.mark.parametrize(
    ("name", "value", "pattern"),
    [
        ("X-Api-Key", "hunter22", r"[a-z]{6}\d\d"),
        ("AUTHORIZATION", "Bearer hunter22", r"Bearer [a-z]{6}\d\d"),
        ("Set-Cookie", "sid=hunter22; Path=/", r"sid=[a-z]{6}\d\d; Path=/"),
        ("Location", "/in?token=hunter22", r"/in\?token=[a-z]{6}\d\d"),
        ("Link", '<http://h/?api_key=hunter22>; rel="next"', r'<http://h/\?api_key=[a-z]{6}\d\d>; rel="next"'),
        ("From", "jane@example.com", r"[a-z]{4}@[a-z]{6}\.test"),
        ("X-Trace", "gT7kQ2mZ9xLw4RbN8vYc1HsD", "gT7kQ2mZ9xLw4RbN8vYc1HsD"),
        ("ETag", 'W/"gT7kQ2mZ9xLw4RbN8vYc1HsD"', 'W/"gT7kQ2mZ9xLw4RbN8vYc1HsD"'),
        ("Content-Type", "multipart/form-data; boundary=gT7kQ2mZ9xLw4RbN8vYc1HsD", ".*gT7kQ2mZ9xLw4RbN8vYc1HsD"),
        ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZQ=="),
        ("Accept", "*/*", r"\*/\*"),
    ],
)
def test__header__by_what_it_is_for(name: str, value: str, pattern: str) -> None:
    assert re.fullmatch(pattern, messages().header(name, value))


def test__header__rules__go_before() -> None:
    made = messages(add(By.HEADER, "x-tenant"), keep(By.HEADER, "x-api-key"))
    assert made.header("X-Api-Key", "hunter22") == "hunter22"
    assert made.header("X-Tenant", "shop-nr-12345678") != "shop-nr-12345678"


def test__exchange__without_secrets__is_equal() -> None:
    exchange = Exchange(
        Request("GET", "http://h/a?x=1", (("Accept", "*/*"),)),
        Response(200, JSON, b'{"a" : 1}', "OK"),
        meta={"by": "plugin"},
    )
    assert messages().exchange(exchange) == exchange


def test__exchange__one_value_in_many_places__has_one_pseudonym() -> None:
    body = json.dumps({"token": "hunter22-a1b2"}).encode()
    exchange = Exchange(
        Request("GET", "http://h/a/hunter22-a1b2", (("Authorization", "Bearer hunter22-a1b2"),)),
        Response(200, JSON, body),
        error="bad hunter22-a1b2",
        meta={"messages": [{"type": "send", "data": "hunter22-a1b2"}]},
    )
    made = messages()
    made.exchange(exchange)
    redacted = made.exchange(exchange)
    assert redacted.response is not None
    token = json.loads(redacted.response.body)["token"]
    assert redacted.request.url == f"http://h/a/{token}"
    assert redacted.request.headers == (("Authorization", f"Bearer {token}"),)
    assert (redacted.error, redacted.meta["messages"][0]["data"]) == (f"bad {token}", token)


def test__exchange__a_body_of_another_length__has_its_length_in_the_header() -> None:
    body = b'{"to": "a@b.co"}'
    headers = (*JSON, ("Content-Length", str(len(body))))
    redacted = messages().exchange(Exchange(Request("POST", "http://h/a", headers, body), None))
    assert len(redacted.request.body) > len(body)
    assert redacted.request.headers[-1] == ("Content-Length", str(len(redacted.request.body)))


def test__exchange__rules_for_places__hold_in_their_operation_alone() -> None:
    value: dict[str, object] = {"street": "Main St 12345", "n": [123456789, None], "password": "hunter22"}
    made = messages(
        add(By.PLACE, "$.street", "GET /users/{id}"),
        add(By.PLACE, "$.n", "GET /users/{id}"),
        keep(By.PLACE, "$.password", "GET /users/{id}"),
    )

    def answered(path: str, value: dict[str, object]) -> dict[str, object]:
        sent = Exchange(Request("GET", f"http://h{path}"), Response(200, JSON, json.dumps(value).encode()))
        response = made.exchange(sent).response
        assert response is not None
        return dict(json.loads(response.body))

    other: dict[str, object] = {"street": "Side St 67890", "n": [987654321, None], "password": "hunter33"}
    here, there = answered("/users/7", value), answered("/shops/7", other)
    assert re.fullmatch(r"[A-Z][a-z]{3} [A-Z][a-z] \d{5}", str(here["street"]))
    assert here["street"] != value["street"]
    assert here["n"] != value["n"]
    assert here["password"] == "hunter22"
    assert (there["street"], there["n"]) == (other["street"], other["n"])
    assert there["password"] != "hunter33"
