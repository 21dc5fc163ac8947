from __future__ import annotations

from typing import Any

from harness.declared.one_sided import sent_by_new, sent_by_old
from harness.declared.rules import declared_rules
from harness.model.change import Level
from harness.model.exchange import Request
from harness.model.operation import Operation
from tests.declared.apis import api, call, operation


def by_path(request: Request) -> Operation:
    return Operation(request.method, request.path)


def shop(answer: Any) -> Any:
    return api({"/u": {"get": operation(answer=answer)}})


def test__sent_by_old__of_a_member_that_is_there_sometimes__is_optional() -> None:
    calls = [call("/u", answer={"a": 1}), call("/u", answer={"a": 1, "b": 2})]
    [change] = sent_by_old(calls, shop({"properties": {"a": {}}}), by_path)
    assert (change.kind, change.path, change.level) == ("response-optional-property-removed", "$.b", Level.RISK)
    assert "1 of 2 answers" in change.reason
    assert change.question
    assert change.title == declared_rules()[change.kind].title


def test__sent_by_new__shows_the_sample_as_new() -> None:
    [change] = sent_by_new([call("/u", answer={"a": "x"})], shop({"properties": {"a": {"type": "integer"}}}), by_path)
    assert (change.old, change.new) == ("integer", "x")


def test__sent_by_old__of_what_two_keywords_say__is_one_finding() -> None:
    closed = {"properties": {"a": {}}, "additionalProperties": False, "unevaluatedProperties": False}
    assert len(sent_by_old([call("/u", answer={"b": 1})], shop(closed), by_path)) == 1
