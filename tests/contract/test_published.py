from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from harness.contract.published import contract_schema
from harness.contract.reading import read_contract
from harness.declared.text import read_values
from harness.model.errors import BadFile

BY_HAND = (Path(__file__).parent / "written_by_hand.yaml").read_text()


@pytest.mark.parametrize(
    ("old", "new", "valid"),
    [
        ("", "", True),
        ("removed: needed", "removed: neded", False),
        ("place: $.title", "place: title", False),
        ("{read: 3, copied: 1}", "{read: 0}", False),
        ("{read: 3, copied: 1}", "{reed: 1}", False),
        ("where: [", "were: [", False),
        ("where: [", "x-seen: [", True),
        ("removed: tolerated", "gone: tolerated", False),
        ("x-backfit-reads: []", "x-backfit-reads: {}", False),
        ("openapi: 3.1.0", "openapi: 2.0.0", False),
    ],
)
def test__contract_schema__as_the_reader__takes_and_refuses(tmp_path: Path, old: str, new: str, valid: bool) -> None:
    assert old in BY_HAND
    text = BY_HAND.replace(old, new, 1) if old else BY_HAND
    file = tmp_path / "c.yaml"
    file.write_text(text)
    assert Draft202012Validator(contract_schema()).is_valid(read_values(file)) is valid
    try:
        read_contract(file)
    except BadFile:
        assert not valid
    else:
        assert valid
