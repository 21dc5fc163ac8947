from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from harness.model.json_text import Json
from harness.shims.simplify import simplified
from harness.shims.yaml_writing import step_text
from tests.lens.test_steps import KINDS, answer_of, parts, vectors
from tests.shims.answers import learned


def rename(old: str, new: str, at: str = "$") -> Json:
    return {"rename": {"at": at, "from": old, "to": new} if at != "$" else {"from": old, "to": new}}


@pytest.mark.parametrize(
    ("steps", "fewer"),
    [
        ([rename("a", "b"), rename("b", "c")], [rename("a", "c")]),
        ([rename("a", "b"), rename("b", "a")], []),
        ([rename("a", "b"), rename("b", "c", "$.x")], [rename("a", "b"), rename("b", "c", "$.x")]),
        ([rename("a", "b"), {"drop": {"keys": ["z"]}}, rename("b", "c")], [rename("a", "c"), {"drop": {"keys": ["z"]}}]),
        ([rename("a", "b"), {"drop": {"keys": ["b"]}}], [{"drop": {"keys": ["b", "a"]}}]),
        ([{"drop": {"keys": ["a"]}}, {"drop": {"keys": ["b"]}}], [{"drop": {"keys": ["a", "b"]}}]),
        ([{"default": {"key": "a", "value": 1}}, {"drop": {"keys": ["a", "b"]}}], [{"drop": {"keys": ["a", "b"]}}]),
        ([{"wrap": {"key": "a", "only": ["array"]}}, {"unwrap": {"key": "a", "only": ["array"]}}], []),
        ([{"convert": {"using": "integer-to-string"}}, {"convert": {"using": "string-to-integer"}}], []),
        (
            [{"table": {"at": "$.a", "rows": [[1, 2]]}}, {"table": {"at": "$.a", "rows": [[2, 3], [4, 5]]}}],
            [{"table": {"at": "$.a", "rows": [[1, 3], [2, 3], [4, 5]]}}],
        ),
        ([{"set-header": {"header": "X", "value": "1"}}, {"drop-header": {"header": "x"}}], [{"drop-header": {"header": "x"}}]),
        ([rename("a", "b"), {"copy": {"from": "$.b", "to": "d"}}, rename("b", "c")], None),
        ([{"drop": {"keys": ["a"], "when": {"status": "2xx"}}}, {"drop": {"keys": ["b"]}}], None),
    ],
)  # fmt: skip
def test__simplified__steps_that_one_can_say__become_one(steps: list[Json], fewer: list[Json] | None) -> None:
    told = [step_text(each.step) for each in simplified(learned(*steps))]
    assert told == [step_text(each.step) for each in learned(*(steps if fewer is None else fewer))]


def test__simplified__two_steps_by_their_evidence__keep_both() -> None:
    one, two = learned(rename("a", "b"), rename("b", "c"))
    [found] = simplified([replace(one, evidence="3 of 3 pairs"), replace(two, evidence="2 of 2 pairs", by="hand")])
    assert (found.evidence, found.by) == ("3 of 3 pairs; 2 of 2 pairs", "hand")


ROWS = [pytest.param(row, id=f"{name}: {row['title']}") for name in KINDS for row in vectors(name) if row["becomes"]]
AROUND = learned(rename("qq", "rr"), {"drop": {"keys": ["zz"]}}, rename("rr", "ss"), {"drop": {"keys": ["yy"]}})


@pytest.mark.parametrize("row", ROWS)
def test__simplified__around_each_test_vector__does_what_all_steps_do(row: dict[str, Any]) -> None:
    steps = [*AROUND[:2], *learned(row["step"]), *AROUND[2:]]
    whole, fewer = answer_of(row["answer"]), answer_of(row["answer"])
    for each in steps:
        each.step.compile()(whole)
    told = simplified(steps)
    for each in told:
        each.step.compile()(fewer)
    assert parts(fewer) == parts(whole)
