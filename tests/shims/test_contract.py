from __future__ import annotations

import json
from pathlib import Path

from harness.model.json_text import Json
from harness.model.verification import Breach
from harness.shims.contract import Contract, declared_contract, inferred_contract
from harness.shims.evidence import evidence
from harness.shims.program import Program
from tests.shims.answers import entry, program, recording

OLD = recording(*((f"GET /a/{at}", {"id": at, "tags": ["x"] * at, "note": None}) for at in range(1, 4)))
NEW = recording(*((f"GET /a/{at}", {"id": str(at), "tags": []}) for at in range(1, 4)))
CONVERTS = program(entry("GET /a/{id}", {"convert": {"at": "$.id", "using": "string-to-integer"}}))


def breaches(contract: Contract, shim: Program) -> list[Breach]:
    known = evidence(OLD, NEW)
    return list(contract.check(shim, known.pairs, known.operation_of).breaches)


def test__check__what_a_recording_shows__counts_each_place_before_and_behind_the_shim() -> None:
    found = {
        each.place: (each.message, each.old, each.before, each.after)
        for each in breaches(inferred_contract(OLD), CONVERTS)
    }
    assert found == {
        "$.note": ("is missing", 0, 3, 3),
        "$.id": ('has another type than "integer"', 0, 3, 0),
    }


def test__check__olds_own_answers__are_no_breach() -> None:
    known = evidence(OLD, OLD)
    checked = inferred_contract(OLD).check(program(), known.pairs, known.operation_of)
    assert (checked.checked, checked.breaches, checked.inferred) == (3, (), True)


def test__check__a_longer_list_or_a_bigger_number__is_not_against_what_was_recorded() -> None:
    longer = recording(*((f"GET /a/{at}", {"id": at * 999, "tags": ["x"] * 50, "note": None}) for at in range(1, 4)))
    known = evidence(OLD, longer)
    assert inferred_contract(OLD).check(program(), known.pairs, known.operation_of).breaches == ()


def declared(tmp_path: Path, schema: Json) -> Contract:
    response = {"200": {"description": "", "content": {"application/json": {"schema": schema}}}}
    path = {
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": {}}],
        "get": {"responses": response},
    }
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/a/{id}": path}}
    (tmp_path / "old.json").write_text(json.dumps(document))
    return declared_contract(tmp_path / "old.json")


def test__check__a_declared_contract__means_its_bounds_and_says_where_old_breaks_it_too(tmp_path: Path) -> None:
    schema = {"properties": {"tags": {"type": "array", "minItems": 2}, "id": {"type": "integer"}}}
    found = breaches(declared(tmp_path, schema), CONVERTS)
    assert [(each.place, each.message, each.old, each.before, each.after) for each in found] == [
        ("$.tags", "breaks minItems: 2", 1, 3, 3),
        ("$.id", 'has another type than "integer"', 0, 3, 0),
    ]


def test__check__more_answers_than_are_sampled_elsewhere__looks_at_all() -> None:
    many = 700
    old = recording(*((f"GET /a/{at}", {"id": at}) for at in range(many)))
    new = recording(*((f"GET /a/{at}", {"id": at if at < many - 1 else "x"}) for at in range(many)))
    known = evidence(old, new)
    [found] = inferred_contract(old).check(program(), known.pairs, known.operation_of).breaches
    assert (found.place, found.before) == ("$.id", 1)
