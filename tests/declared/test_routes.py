from __future__ import annotations

from typing import Any

import pytest

from harness.declared.routes import Routes, full_template, media_type, nameless, operation_name
from harness.model.exchange import Request
from tests.declared.apis import HOST, api, load, operation

GET = {"get": operation()}
PATHS = {
    "/u/{id}": GET,
    "/u/me": GET,
    "/u/{id}.json": GET,
    "/": GET,
    "/a b/{x}": GET,
    "/gq#Users": {"post": operation()},
}


@pytest.mark.parametrize(
    ("url", "name", "values"),
    [
        ("/u/7", "GET /u/{id}", {"id": "7"}),
        ("/u/7/", "GET /u/{id}", {"id": "7"}),
        ("/u/me", "GET /u/me", {}),
        ("/u/7.json", "GET /u/{id}.json", {"id": "7"}),
        ("/u/a%2Fb", "GET /u/{id}", {"id": "a%2Fb"}),
        ("/a%20b/%7e", "GET /a%20b/{x}", {"x": "~"}),
        ("", "GET /", {}),
        ("/u/7/x", None, None),
    ],
)
def test__match__of_a_call__is_the_most_specific(url: str, name: str | None, values: Any) -> None:
    match = Routes(api(PATHS)).match(Request("GET", HOST + url))
    assert (match and match.name, match and dict(match.values)) == (name, values)


def test__match__behind_servers__needs_one_of_their_paths() -> None:
    routes = Routes(api({"/u": GET}, servers=[{"url": "https://x.test/v1/"}, {"url": "/v2"}]))
    found = [routes.match(Request("GET", HOST + url)) for url in ("/v1/u", "/v2/u", "/u")]
    assert [match and match.name for match in found] == ["GET /v1/u", "GET /v2/u", None]


def test__match__of_a_discriminated_call__is_by_its_name() -> None:
    routes = Routes(api(PATHS))
    bodies = (b'{"query": "query Users { u }"}', b'{"query": "query Other { u }"}')
    found = [routes.match(Request("POST", f"{HOST}/gq", (), body)) for body in bodies]
    assert [match is not None for match in found] == [True, False]


def test__match__of_a_bare_schema__is_every_call() -> None:
    match = Routes(load({"type": "object"})).match(Request("DELETE", f"{HOST}/x"))
    assert match is not None
    assert operation_name(match.declared) == "ANY *"


def test__names__of_a_declared_operation__have_the_server_in_front() -> None:
    [declared] = api({"/u/{id}": GET}, servers=[{"url": "/v1"}]).operations.values()
    assert (operation_name(declared), full_template(declared, "")) == ("GET /v1/u/{id}", "/u/{id}")
    assert nameless("/u/{id}/x/{key}") == "/u/{}/x/{}"


@pytest.mark.parametrize(
    ("content", "said", "key"),
    [
        (["application/json"], "Application/JSON; charset=utf-8", "application/json"),
        (["application/json; v=1"], "application/json", "application/json; v=1"),
        (["text/plain", "application/*"], "application/xml", "application/*"),
        (["*/*"], "image/png", "*/*"),
        (["text/plain"], "application/json", None),
        (["text/plain", "application/json"], "", "text/plain"),
        ([], "", None),
    ],
)
def test__media_type__of_a_message__falls_under_a_declared_one(content: list[str], said: str, key: str | None) -> None:
    assert media_type(dict.fromkeys(content), said) == key
