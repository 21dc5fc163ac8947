from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

from harness.ablation.needs import Needs
from harness.ablation.needs_file import as_json, needs_schema, read_needs, write_needs
from harness.model.errors import BadFile
from tests.ablation.found import NEEDS

VALIDATOR = Draft202012Validator(needs_schema())


@pytest.mark.parametrize("needs", [NEEDS, Needs()])
def test__needs__written_and_read__are_the_same_and_fit_their_schema(tmp_path: Path, needs: Needs) -> None:
    Draft202012Validator.check_schema(needs_schema())
    write_needs(tmp_path / "needs.json", needs)
    assert read_needs(tmp_path / "needs.json") == needs
    VALIDATOR.validate(json.loads((tmp_path / "needs.json").read_bytes()))


def test__needs__in_the_file__leave_out_what_is_as_usual_and_stand_in_order() -> None:
    written = as_json(NEEDS)
    assert list(written["operations"]) == ["GET /", "GET /bikes"]
    assert written["operations"]["GET /bikes"]["$.took"] == {"removed": {"need": "tolerated"}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ('{"schema": "backfit/needs/v1",\n "operations": }', "needs.json:2: not JSON"),
        ("[]", 'does not say "schema": "backfit/needs/v1"'),
        ('{"operations": {}}', "does not say"),
        ('{"schema": "backfit/needs/v1", "operation": {}}', "unknown key 'operation'; known: operations"),
        ('{"schema": "backfit/needs/v1", "operations": {"GET /": {"$": {"gone": {"need": "needed"}}}}}', "gone"),
        ('{"schema": "backfit/needs/v1", "operations": {"GET /": {"$": {"null": {"need": "?"}}}}}', r"null\.need"),
        ("[" * 100_000, "not JSON"),
        ("\xff", "not JSON"),
    ],
)
def test__read_needs__something_else__is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "needs.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(BadFile, match=said):
        read_needs(tmp_path / "needs.json")


def test__read_needs__no_file__is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be read"):
        read_needs(tmp_path / "needs.json")


@pytest.mark.parametrize("value", [{}, {"schema": "backfit/needs/v1"}, {**as_json(NEEDS), "more": 1}])
def test__schema__something_else__does_not_fit(value: object) -> None:
    with pytest.raises(ValidationError):
        VALIDATOR.validate(value)
