from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from harness.contract.published import contract_schema
from harness.contract.reading import read_contract
from harness.contract.writing import contract_text, written
from harness.model.operation import Operation
from harness.model.reads import Need, Op, PlaceUse
from harness.schema.observed import observe
from tests.contract.exchanges import exchange, recorded

RECORDING, OPERATIONS = recorded(
    exchange("GET /a", {"rows": [{"id": 1}]}),
    exchange("POST /graphql", {"data": {"x": 1}}, body={"query": "query GetX { x }"}),
    exchange("CALL /System/getUser", {"name": "x"}, host="host-api://page"),
)
READ = PlaceUse("$.rows[*].id", {Op.READ: 2, Op.COPIED: 1}, ("/app.js:3:1",))
USES = {
    Operation("GET", "/a"): (READ, PlaceUse("$.rows", {Op.READ: 1}), PlaceUse("$.only_needed", {})),
    Operation("POST", "/graphql", "GetX"): (),
}
NEEDS = {
    "GET /a": {"$.rows": {"removed": Need.NEEDED, "null": Need.TOLERATED}, "$": {"removed": Need.NEEDED}},
    "CALL /System/getUser": {"$.name": {"removed": Need.UNOBSERVED}},
    "GET /elsewhere": {"$": {"removed": Need.NEEDED}},
}


def test__written__reads_and_needs__stand_beside_the_operation_in_order() -> None:
    document = written(observe(RECORDING.exchanges, OPERATIONS), "widget", USES, NEEDS)
    operation = document["paths"]["/a"]["get"]
    assert operation["x-backfit-reads"] == [
        {"place": "$.rows", "ops": {"read": 1}},
        {"place": "$.rows[*].id", "ops": {"read": 2, "copied": 1}, "where": ["/app.js:3:1"]},
    ]
    assert operation["x-backfit-needs"] == [
        {"place": "$", "removed": "needed"},
        {"place": "$.rows", "removed": "needed", "null": "tolerated"},
    ]
    assert document["paths"]["/graphql#GetX"]["post"]["x-backfit-reads"] == []
    assert "x-backfit-reads" not in document["paths"]["/System/getUser"]["x-backfit-method-call"]


def test__written__a_whole_contract__is_openapi_and_read_back(tmp_path: Path) -> None:
    document = written(observe(RECORDING.exchanges, OPERATIONS), "widget", USES, NEEDS)
    validate(document)
    Draft202012Validator.check_schema(contract_schema())
    assert Draft202012Validator(contract_schema()).is_valid(document)
    file = tmp_path / "contract.openapi.json"
    file.write_bytes(contract_text(document))
    found = read_contract(file)
    assert json.loads(file.read_text()) == document
    assert found.title == "widget"
    assert {str(each): called.watched for each, called in found.operations.items()} == {
        "CALL /System/getUser": False,
        "GET /a": True,
        "POST /graphql GetX": True,
    }
    [whole, rows, row] = found.uses[Operation("GET", "/a")]
    assert (whole.place, whole.ops, whole.need) == ("$", {}, {"removed": Need.NEEDED})
    assert (rows.place, rows.need) == ("$.rows", {"removed": Need.NEEDED, "null": Need.TOLERATED})
    assert row == READ


def test__written__when_nobody_watched__says_nothing_of_reads() -> None:
    text = contract_text(written(observe(RECORDING.exchanges, OPERATIONS), "widget"))
    assert b"x-backfit-reads" not in text
    assert b"x-backfit-needs" not in text


def test__written__the_same_in_another_order__is_the_same_text() -> None:
    one, other = (
        contract_text(written(observe(RECORDING.exchanges[::way], OPERATIONS), "w", uses, NEEDS))
        for way, uses in ((1, USES), (-1, {each: places[::-1] for each, places in USES.items()}))
    )
    assert one == other
