from __future__ import annotations

from typing import Any

from harness.declared.recorded import CHECKED, declared_response, deviations
from harness.model.exchange import Request
from harness.model.operation import Operation
from tests.declared.apis import api, call, load, operation

SHOP = api({"/u": {"get": operation(answer={"type": "object", "properties": {"a": {"type": "integer"}}})}})


def by_path(request: Request) -> Operation:
    return Operation(request.method, request.path)


def test__deviations__of_answers__are_counted_by_place_and_keyword() -> None:
    calls = [call("/u", answer=body) for body in ({"a": "x"}, {"a": "y", "b": 1}, {"a": 1}, {"a": "x"})]
    found = {(seen.first.path, seen.first.keyword): support for seen, support in deviations(calls, SHOP, by_path)}
    assert set(found) == {("$.a", "type"), ("$.b", "unknown")}
    assert (found["$.a", "type"].pairs, found["$.a", "type"].agreeing) == (4, 3)


def test__deviations__of_what_is_not_declared_or_no_json__are_none() -> None:
    calls = [
        call("/v", answer=1),
        call("/u", answer=b"<html>"),
        call("/u", method="HEAD", answer=1),
        call("/u", status=304),
    ]
    assert list(deviations(calls, SHOP, by_path)) == []


def test__deviations__of_very_many_answers__are_checked_up_to_a_number() -> None:
    calls = [call("/u", answer={"a": f"x{number}"}) for number in range(CHECKED + 50)]
    [(_, support)] = deviations(calls, SHOP, by_path)
    assert (support.pairs, support.agreeing) == (CHECKED + 50, CHECKED)


def test__deviations__from_a_bare_schema__are_named_by_the_call_and_only_of_successes() -> None:
    bare = load({"type": "array"})
    found = list(deviations([call("/x", answer={}), call("/y", answer={}, status=500)], bare, by_path))
    assert [(seen.operation, seen.first.path) for seen, _ in found] == [("GET /x", "$")]


def test__declared_response__of_a_status__is_the_nearest() -> None:
    answer: Any = {"description": ""}
    [declared] = api(
        {"/u": {"get": {"responses": {"200": answer, "2XX": answer, "default": answer}}}}
    ).operations.values()
    assert declared_response(declared, 200) is declared.responses["200"]
    assert declared_response(declared, 201) is declared.responses["2XX"]
    assert declared_response(declared, 404) is declared.responses["default"]
