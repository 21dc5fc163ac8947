from __future__ import annotations

import pytest

from harness.model.errors import UsageError
from harness.model.paths import parse_path
from harness.schema.pins import Pin, Pinned, parse_pins


@pytest.mark.parametrize(
    ("written", "operation", "path", "pin"),
    [
        ("$.items[*].attributes=map", "", "$.items[*].attributes", Pin.MAP),
        ("$=opaque", "", "$", Pin.OPAQUE),
        ("GET /articles/{slug}  $.state=enum", "GET /articles/{slug}", "$.state", Pin.ENUM),
        ("GET /odata/$metadata $.a=map", "GET /odata/$metadata", "$.a", Pin.MAP),
        ("POST /graphql GetUser $.data=opaque", "POST /graphql GetUser", "$.data", Pin.OPAQUE),
        ("$['a=b $.c']=map", "", "$['a=b $.c']", Pin.MAP),
    ],
)
def test__parse_pins__a_pin__is_operation_path_and_kind(written: str, operation: str, path: str, pin: Pin) -> None:
    (found,) = parse_pins([written]).pinned
    assert found == Pinned(written, operation, parse_path(path), pin)


@pytest.mark.parametrize("written", ["", "$.a", "a=map", "$.a=mapp", "$.a=", "$.a[=map", "$.a b=map", "=map"])
def test__parse_pins__anything_else__is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="--pin "):
        parse_pins([written])


def test__at__several_pins_on_one_place__the_last_wins() -> None:
    pins = parse_pins(["$.a=map", "GET /x $.a=enum", "GET /y $.a=opaque"])
    path = parse_path("$.a")
    assert [pins.at(operation, path) for operation in ("GET /x", "GET /y", "GET /z")] == [Pin.ENUM, Pin.OPAQUE, Pin.MAP]
    assert pins.at("GET /x", parse_path("$.b")) is None
    pins.require_all_met()


@pytest.mark.parametrize(
    ("pin", "what", "hint"),
    [
        ("$.items[*].attribute=map", r"nothing stands at \$\.items\[\*\]\.attribute", r"'\$\.items\[\*\]\.attributes'"),
        ("GET /x $.item=map", r"nothing stands at \$\.item of GET /x", r"'GET /x \$\.items'"),
        ("GET /xx $.items=map", "no operation is 'GET /xx'", r"'GET /x \$\.items'"),
    ],
)
def test__require_all_met__an_unknown_place__names_the_nearest(pin: str, what: str, hint: str) -> None:
    pins = parse_pins([pin])
    for place in ("$", "$.items", "$.items[*]", "$.items[*].attributes"):
        pins.at("GET /x", parse_path(place))
        pins.at("POST /other/{id}", parse_path(place))
    with pytest.raises(UsageError, match=rf"(?s){what}.*did you mean {hint}"):
        pins.require_all_met()


def test__require_all_met__no_json_at_all__says_so() -> None:
    with pytest.raises(UsageError, match="no JSON"):
        parse_pins(["$.a=map"]).require_all_met()
