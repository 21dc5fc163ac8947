from __future__ import annotations

from typing import Any

from harness.declared.calls import Call, Spot
from harness.declared.routes import Routes
from harness.declared.statements import types
from harness.declared.validators import Validators
from harness.model.paths import EACH
from tests.declared.apis import api, call, operation, parameter

SHOP = api(
    {
        "/u/{id}": {
            "post": operation(
                parameter("id", {"type": "integer"}, "path"),
                parameter("X-A", {"type": "integer"}, "header"),
                parameter("s", {}, "cookie"),
                body={"properties": {"a": {"type": "string"}}},
            )
        }
    }
)


def made(**more: Any) -> Call:
    request = call("/u/7?q=%20", {"a": "x"}, method="POST", **more).request
    match = Routes(SHOP).match(request)
    assert match is not None
    return Call(request, match, Validators(SHOP))


def test__values__of_parameters__are_found_in_their_place() -> None:
    one = made(headers=(("x-a", "5"), ("cookie", "s=1")))
    found = {each.name: one.values(each) for each in one.match.declared.parameters}
    assert found == {"id": [7], "X-A": [5], "s": ["1"]}


def test__knows__what_is_declared__and_nothing_else() -> None:
    one = made()
    known = (Spot("path", "id"), Spot("header", "x-a"), Spot("body"), Spot("body", "", ("a",)))
    assert all(map(one.knows, known))
    assert not any(map(one.knows, (Spot("query", "q"), Spot("query", "id"), Spot("body", "", ("b",)))))
    assert types(one.stated(Spot("body", "", ("a",)))) == {"string"}


def test__spots__are_written_for_a_person() -> None:
    spots = (Spot("query", "f", ("a", EACH)), Spot("body", "", ("a",)), Spot("header", "X-A"))
    assert [str(spot) for spot in spots] == ["query f.a[*]", "body $.a", "header X-A"]
    assert spots[0].parent == Spot("query", "f", ("a",))
    assert spots[2].parameter == ("header", "x-a")
