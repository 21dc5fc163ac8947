from __future__ import annotations

from harness.changes.pairing import pair
from harness.schema.discriminators import discriminator
from harness.shims.document import Ambiguous, Lost, Moved, Shim
from harness.shims.explanation import Counts, How, explained
from harness.shims.program import Program
from tests.shims.answers import entry, learned, recording

STEPS = (
    {"unwrap": {"key": "data"}},
    {"rename": {"at": "$[*]", "from": "key", "to": "id"}},
    {"convert": {"at": "$[*].id", "using": "string-to-integer"}},
    {"default": {"at": "$[*]", "key": "kind", "value": "bike"}},
    {"drop": {"at": "$[*]", "keys": ["extra"]}},
    {"drop-header": {"header": "X"}},
)
ENTRY = entry(
    "GET /a", *STEPS, lost=(Lost("$[*].units", "gone"),), ambiguous=(Ambiguous("$[*].x", "two", learned(STEPS[0])),)
)


def test__explained__from_the_shim_alone__tells_what_its_steps_make() -> None:
    found = {each.field: each for each in explained(Shim(entries=(ENTRY,), moved=(Moved("/1", "/2", "3 calls"),)))}
    assert {name: (each.how, each.source) for name, each in found.items()} == {
        "$[*].units": (How.LOST, ""),
        "$[*].x": (How.AMBIGUOUS, ""),
        "$": (How.MOVED, "$.data"),
        "$[*].id": (How.CHANGED, "$.data[*].key"),
        "$[*].kind": (How.MADE, "a constant"),
        "$[*].extra": (How.DROPPED, ""),
        "header x": (How.CHANGED, ""),
        "/2": (How.MOVED, "/1"),
    }
    assert [by.step.partition(":")[0] for by in found["$[*].id"].by] == ["unwrap", "rename", "convert"]


def test__explained__with_pairs__tells_every_field_of_olds_with_counts() -> None:
    old = recording(*(("GET /a", [{"id": at, "name": "x", "units": "kg"}]) for at in range(3)))
    new = recording(*(("GET /a", {"data": [{"key": str(at), "name": "x", "extra": 1}]}) for at in range(3)))
    shim = Shim(entries=(ENTRY,))
    found = {each.field: each for each in explained(shim, Program(shim, discriminator), pair(old, new).pairs)}
    assert (found["$[*].name"].how, found["$[*].name"].source) == (How.MOVED, "$.data[*].name")
    assert found["$[*].id"].leaves == Counts(equal=3)
    assert found["$[*].units"].leaves == Counts(missing=3)


def test__explained__calls__tell_what_becomes_of_them() -> None:
    steps = learned({"rename": {"at": "$.query", "from": "_limit", "to": "size"}})
    found = explained(Shim(entries=(entry("GET /a", forward="GET /b", request=steps),)))
    assert [(each.side, each.field, each.how) for each in found] == [
        ("request", "GET /b", How.MOVED),
        ("request", "$.query._limit", How.CHANGED),
        ("request", "$.query.size", How.CHANGED),
    ]
