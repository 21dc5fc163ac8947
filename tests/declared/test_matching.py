from __future__ import annotations

import pytest

from harness.declared.matching import answers, matched_operations
from harness.declared.responses import compare_responses
from tests.declared.apis import api, operation
from tests.declared.pairs import compared

OLD = {"get": operation(answer={"type": "string"})}


@pytest.mark.parametrize(
    ("old", "new", "old_base", "new_base", "match"),
    [
        ("/a/{id}", "/a/{key}", "", "", True),
        ("/a", "/a/", "", "", True),
        ("/a", "/b", "", "", False),
        ("/a", "/a", "/v1", "/v2", True),
        ("/a", "/api/a", "/api", "", True),
        ("/api/a", "/a", "", "/api", True),
        ("/a/{id}", "/a/{id}.json", "", "", False),
    ],
)
def test__matched_operations__by_method_and_template__are_pairs(
    old: str, new: str, old_base: str, new_base: str, match: bool
) -> None:
    sides = (api({path: OLD}, servers=[{"url": base or "/"}]) for path, base in ((old, old_base), (new, new_base)))
    assert [(a.operation.template, b.operation.template) for a, b in matched_operations(*sides)] == [(old, new)] * match


@pytest.mark.parametrize(
    ("old", "new", "ids"),
    [
        ("200 default", "200", []),
        ("200", "200 default", []),
        ("200", "default", []),
        ("200 default", "default", ["success-status-removed"]),
        ("200", "2XX", []),
        ("2XX", "200", []),
        ("200 2XX", "200", ["success-status-removed"]),
        ("2XX", "200 201", []),
        ("200 404", "200 4XX", []),
        ("200", "200 301 500", ["non-success-status-added"] * 2),
        ("201", "200", ["success-status-removed", "success-status-added"]),
    ],
)
def test__answers__by_status_or_range__are_added_and_removed(old: str, new: str, ids: list[str]) -> None:
    sides = [{status: {} for status in side.split()} for side in (old, new)]
    assert [change.kind for change in compared(*sides)] == [f"response-{part}" for part in ids]


def test__answers__of_a_range_and_a_status__are_compared_with_each_other() -> None:
    old, new = (
        {status: {"content": {"a/b": {"schema": {"type": kind}}}} for status in (key,)}
        for key, kind in (("200", "integer"), ("2XX", "string"))
    )
    assert [change.kind for change in compared(old, new)] == ["response-body-type-changed"]
    assert [status for status, *_ in answers({}, {})] == []


def test__compare_responses__of_an_operation_that_only_one_side_has__says_nothing() -> None:
    assert compare_responses(api({"/a": OLD}), api({"/b": OLD})) == []
