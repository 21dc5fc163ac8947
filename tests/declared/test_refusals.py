from __future__ import annotations

from typing import Any

import pytest

from harness.declared.calls import Call
from harness.declared.refusals import refusals
from harness.declared.routes import Routes
from harness.declared.validators import Validators
from tests.declared.apis import api, call, operation, parameter

SHOP = api(
    {
        "/u": {
            "post": operation(
                parameter("n", {"type": "integer"}, required=True),
                parameter("f", {"type": "object", "properties": {"a": {"type": "integer"}}}, style="deepObject"),
                parameter("X-A", {"type": "integer"}, "header"),
                body={"type": "object", "required": ["a"], "properties": {"a": {}}},
                required=True,
            )
        }
    }
)


@pytest.mark.parametrize(
    ("url", "body", "media", "expected"),
    [
        ("/u?n=1", {"a": 1}, "application/json", []),
        ("/u", {"a": 1}, "application/json", [("query n", "missing")]),
        ("/u?n=x", {"a": 1}, "application/json", [("query n", "type")]),
        ("/u?n=1&f[a]=x", {"a": 1}, "application/json", [("query f.a", "type")]),
        ("/u?n=1&x=1", {"a": 1}, "application/json", [("query x", "unknown")]),
        ("/u?n=1", {}, "application/json", [("body $.a", "required")]),
        ("/u?n=1", {"a": 1, "b": 2}, "application/json", [("body $.b", "unknown")]),
        ("/u?n=1", None, "", [("body $", "missing")]),
        ("/u?n=1", b"a,b", "text/csv", [("body $", "media type")]),
        ("/u?n=1", b"{broken", "application/json", []),
    ],
)
def test__refusals__of_a_call__say_where_and_by_what(url: str, body: Any, media: str, expected: Any) -> None:
    request = call(url, body, method="POST", media=media).request
    match = Routes(SHOP).match(request)
    assert match is not None
    found = refusals(Call(request, match, Validators(SHOP)))
    assert [(str(each.spot), each.keyword) for each in found if each.spot.name != "content-type"] == expected
