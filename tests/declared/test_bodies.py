from __future__ import annotations

from typing import Any

import pytest

from harness.declared.bodies import body_schema, read_body, unknown_members
from harness.declared.routes import Routes
from harness.declared.validators import Validators
from harness.model.paths import format_path
from tests.declared.apis import api, call, operation

SCHEMA = {
    "type": "object",
    "properties": {"n": {"type": "integer"}, "l": {"type": "array", "items": {"properties": {"a": {}}}}},
}
SHOP = api({"/u": {"post": operation(requestBody={"content": {"*/*": {"schema": SCHEMA}}})}})


@pytest.mark.parametrize(
    ("body", "media", "expected"),
    [
        (b'{"n": 1}', "application/json", (True, {"n": 1})),
        (b'{"n": 1}', "", (True, {"n": 1})),
        (b"{broken", "application/json", (False, None)),
        (b"<a/>", "application/xml", (False, None)),
        (b"n=1&x=a+b&x=c", "application/x-www-form-urlencoded", (True, {"n": 1, "x": ["a b", "c"]})),
    ],
)
def test__read_body__by_media_type__is_a_value_or_none(body: bytes, media: str, expected: Any) -> None:
    request = call("/u", body, method="POST", media=media).request
    match = Routes(SHOP).match(request)
    assert match is not None
    assert read_body(request, body_schema(request, match), Validators(SHOP)) == expected


def test__unknown_members__are_those_that_no_schema_names() -> None:
    [declared] = SHOP.operations.values()
    assert declared.request_body is not None
    body = {"n": 1, "x": 2, "l": [{"a": 1}, {"b": {"c": 1}}]}
    found = unknown_members(body, declared.request_body.content["*/*"], Validators(SHOP))
    assert {format_path(each.path) for each in found} == {"$.x", "$.l[*].b"}
