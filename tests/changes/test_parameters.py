from __future__ import annotations

import pytest

from harness.lens.step import write_step
from harness.model.json_text import Json
from tests.changes.calls import Call, call, rewritten, steps

WORDS = ["red", "green", "blue"]


def test__renamed__where_two_parameters_may_be_the_new_one__is_neither() -> None:
    old = [f"GET /a?limit={n}" for n in (5, 10)]
    new = [f"GET /a?size={n}&rows={n}" for n in (5, 10)]
    [found] = rewritten(old, new)
    assert all("rename" not in step for step in steps(found))
    assert {rest.at for rest in found.residue} == {("query", "size"), ("query", "rows")}
    assert found.when is None


def test__renamed__a_header__takes_its_new_name() -> None:
    old = [call(f"GET /a?n={n}", x_key=word) for n, word in enumerate(WORDS)]
    new = [call(f"GET /a?n={n}", api_key=word) for n, word in enumerate(WORDS)]
    [found] = rewritten(old, new)
    assert steps(found) == [{"rename": {"at": "$.header", "from": "x-key", "to": "api-key"}}]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            [f"GET /a?q={word}" for word in WORDS] + ["GET /a"],
            [f"GET /a?q={word}&exact=1" for word in WORDS] + ["GET /a"],
            [{"default": {"at": "$.query", "key": "exact", "value": "1", "when": {"query": {"q": True}}}}],
        ),
        (["GET /a?q=x"] * 3, ["GET /a?q=x&v=2"] * 3, []),
        (["GET /a?q=x", "GET /a?q=y"], ["GET /a?q=x&v=2", "GET /a?q=y&v=3"], []),
        (
            [call(f"POST /a/{word}/stale", {}) for word in (1, 2, 3)],
            [call(f"POST /a/{word}/stale", [{"op": "replace"}]) for word in (1, 2, 3)],
            [{"replace": {"at": "$.body", "value": [{"op": "replace"}]}}],
        ),
        (
            [f"POST /a/{word}/stale" for word in (1, 2, 3)],
            [call(f"POST /a/{word}/stale", {"on": True}) for word in (1, 2, 3)],
            [{"default": {"key": "body", "value": {"on": True}}}],
        ),
    ],
    ids=["under a condition", "one call again and again", "two values", "a body", "a body where none was"],
)
def test__added__of_what_is_always_sent__needs_differing_calls(
    old: list[Call], new: list[Call], expected: list[Json]
) -> None:
    [found] = rewritten(old, new)
    assert [step for step in steps(found) if not {"drop", "rename"} & step.keys()] == expected
    assert (found.when is None) is (not expected)
    assert [write_step(each.step) for each in found.explained if each.step] == steps(found)
