from __future__ import annotations

import pytest

from harness.lens.condition import Condition
from harness.model.json_text import Json
from harness.shims.document import Shim
from harness.shims.evidence import evidence
from harness.shims.lint import lint, other_version, unused
from tests.shims.answers import entry, learned, program, recording

RENAME, BACK = {"rename": {"from": "a", "to": "b"}}, {"rename": {"from": "b", "to": "a"}}


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([RENAME], []),
        ([RENAME, BACK], ["step 2 undoes step 1"]),
        ([RENAME, RENAME], ["steps 1 and 2 are the same"]),
        ([RENAME, {"rename": {"from": "b", "to": "a", "when": {"status": 404}}}], []),
        ([{"convert": {"at": "$.a", "using": "trim"}}, {"replace": {"at": "$.a", "value": 1}}], ["overwrites what step 1"]),
        ([{"convert": {"at": "$.a.b", "using": "trim"}}, {"replace": {"at": "$.a", "value": 1}}], ["overwrites what step 1"]),
        ([{"convert": {"at": "$.b", "using": "trim"}}, {"replace": {"at": "$.a", "value": 1}}], []),
        ([{"drop": {"keys": ["a"]}}, {"convert": {"at": "$.a.b", "using": "trim"}}], ["reads $.a.b, which step 1 drops"]),
        ([{"drop": {"keys": ["a"]}}, {"copy": {"from": "$.a", "to": "b"}}], ["reads $.a, which step 1 drops"]),
        ([{"drop": {"keys": ["a"]}}, {"copy": {"from": "count($.a)", "to": "b"}}], ["reads $.a, which"]),
        ([{"drop": {"keys": ["a"]}}, {"copy": {"from": "received($.a)", "to": "b"}}], []),
        ([{"drop": {"keys": ["a"]}}, {"copy": {"from": "header(A)", "to": "b"}}], []),
        ([{"drop": {"keys": ["a"]}}, RENAME], ["reads $.a, which step 1 drops"]),
        ([{"drop": {"at": "$.x[*]", "keys": ["a"]}}, {"copy": {"at": "$.x[*]", "from": "@.a", "to": "b"}}], ["reads $.x[*].a"]),
        ([{"drop": {"keys": ["a"], "only_null": True}}, RENAME], []),
        ([{"drop": {"keys": ["a"], "when": {"status": 404}}}, RENAME], []),
        ([RENAME, {"drop": {"keys": ["a"]}}], []),
    ],
)  # fmt: skip
def test__lint__of_steps__tells_what_contradicts(steps: list[Json], said: list[str]) -> None:
    found = lint(Shim(entries=(entry("GET /a", *steps),)))
    assert len(found) == len(said)
    assert all(each in warning and warning.startswith("GET /a: ") for each, warning in zip(said, found, strict=True))
    assert len(lint(Shim(everywhere=learned(*steps)))) == len(said)


@pytest.mark.parametrize(
    ("mine", "its", "told"),
    [("4xx", "2xx", True), ("404", "2xx", True), ("4xx", 404, False), ("404", "4xx", False), ("404", 404, False)],
)
def test__lint__of_a_step_for_another_status__says_so(mine: str, its: Json, told: bool) -> None:
    step = {"rename": {"from": "a", "to": "b", "when": {"status": its}}}
    assert bool(lint(Shim(entries=(entry("GET /a", step, when=Condition(status=mine)),)))) is told


def test__unused__steps_and_operations__are_told_with_their_number() -> None:
    same = recording(("GET /a", {"a": 1}), ("GET /a", {"a": 2}))
    shim = program(
        entry("GET /a", RENAME, {"drop": {"keys": ["nothing"]}}),
        entry("GET /b", RENAME),
        everywhere=[{"drop-header": {"header": "x-none"}}],
        otherwise=[{"drop": {"keys": ["nothing"]}}],
    )
    assert unused(shim, evidence(same, same).pairs) == [
        "GET /b: no call is of this operation",
        "GET /a: step 2 changed nothing in 2 answers: drop keys ['nothing']",
        "everywhere: step 1 changed nothing in 2 answers: drop-header header x-none",
    ]


def test__other_version__of_a_shim__is_told_where_both_are_known() -> None:
    shim = Shim(old="1.0", new="2.0")
    assert other_version(shim, "1.0", "2.0") == []
    assert other_version(shim, "", "3.0") == ["the shim is for NEW 2.0, and this is 3.0"]
    assert other_version(Shim(), "1.0", "2.0") == []
