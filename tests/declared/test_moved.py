from __future__ import annotations

from typing import Any

import pytest

from harness.declared.moved import moved_to
from harness.declared.routes import Routes
from harness.model.exchange import Request
from tests.declared.apis import HOST, api, operation

GET = {"get": operation()}
NAMED = {"get": operation(operationId="one")}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"/u/{id}": GET}, {"/v2/u/{key}": GET}, ("GET /v2/u/{key}", {"key": "7"})),
        ({"/api/u/{id}": GET}, {"/u/{id}": GET}, None),  # the call was not to /api
        ({"/u/{id}": NAMED}, {"/members/{id}": {"post": NAMED["get"]}}, ("POST /members/{id}", {"id": "7"})),
        ({"/u/{id}": NAMED}, {"/members": NAMED}, ("GET /members", {})),
        ({"/u/{id}": GET}, {"/v2/u/{id}": GET, "/v3/u/{id}": GET}, None),  # two places are none
        ({"/u/{id}": GET, "/admin/u/{id}": GET}, {"/admin/u/{id}": GET}, None),  # OLD had that one too
        ({"/u/{id}": GET}, {"/v2/u/{id}": {"put": operation()}}, None),
        ({"/u/{id}": GET}, {"/other/{id}": GET}, None),
    ],
)
def test__moved_to__is_the_one_new_place_of_a_call(old: Any, new: Any, expected: Any) -> None:
    before, after = Routes(api(old)), Routes(api(new))
    match = before.match(Request("GET", f"{HOST}/u/7"))
    moved = moved_to(match, before, after) if match else None
    assert (moved and (moved.name, dict(moved.values))) == expected


def test__moved_to__behind_another_server_path__is_found() -> None:
    before = Routes(api({"/u": GET}, servers=[{"url": "/v1"}]))
    match = before.match(Request("GET", f"{HOST}/v1/u"))
    assert match is not None
    moved = moved_to(match, before, Routes(api({"/u": GET}, servers=[{"url": "/v2"}])))
    assert moved is not None
    assert moved.name == "GET /v2/u"
