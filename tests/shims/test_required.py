from __future__ import annotations

import json
from pathlib import Path

from harness.changes.study import study
from harness.model.json_text import Json
from harness.schema.operations import learn_operations
from harness.shims.contract import declared_contract, inferred_contract
from harness.shims.document import Shim
from harness.shims.learn import shim_from
from harness.shims.required import with_required
from harness.shims.settling import Bench
from tests.shims.answers import recording

OLD: list[Json] = [{"rows": [{"id": at, "unit": "kg", "note": "x"}, {"id": at + 50, "unit": "g"}]} for at in range(6)]
NEW: list[Json] = [{"rows": [{"id": at}, {"id": at + 50}]} for at in range(6)]
BEFORE, AFTER = (
    recording(*((f"GET /items?page={at}", body) for at, body in enumerate(bodies))) for bodies in (OLD, NEW)
)


def required(contract: Path | None = None) -> dict[str, bool]:
    found = study(BEFORE, AFTER)
    known = declared_contract(contract) if contract else inferred_contract(BEFORE)
    shim: Shim = with_required(shim_from(found), Bench.of(found), known, learn_operations(BEFORE.exchanges).of)
    return {each.path: each.required for entry in shim.entries for each in entry.lost}


def test__required__as_the_recording_shows_it__is_what_every_answer_had() -> None:
    assert required() == {"$.rows[*].unit": True, "$.rows[*].note": False}


def test__required__as_it_is_declared__is_what_the_contract_says(tmp_path: Path) -> None:
    row = {"type": "object", "required": ["note"]}
    schema = {"type": "object", "properties": {"rows": {"type": "array", "items": row}}}
    (tmp_path / "c.json").write_text(json.dumps(schema))
    assert required(tmp_path / "c.json")["$.rows[*].unit"] is False
