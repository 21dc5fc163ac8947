"""The JSON and its schema say the same, whatever was recorded."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from harness.model.json_text import parse
from harness.model.summary import CheckSummary
from harness.report.json_report import report_schema, write_json
from tests.report.readers import closed


def written(summary: CheckSummary, folder: Path) -> dict[str, object]:
    """The document, read back."""
    write_json(summary, folder / "report.json")
    document = parse((folder / "report.json").read_bytes())
    assert isinstance(document, dict)
    return document


@pytest.mark.parametrize("which", ["bike_shop", "hostile"])
def test__write_json__any_check__is_valid_and_complete(
    which: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    document = written(request.getfixturevalue(which), tmp_path)
    schema = report_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(closed(schema)).validate(document)
    assert set(document) == set(schema["required"])


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["verdict"], "fine"),
        (["schema"], "v0"),
        (["runs", 0, "side"], "left"),
        (["changes", 0, "support", "pairs"], "x"),
    ],
)
def test__report_schema__wrong_document__is_refused(
    bike_shop: CheckSummary, tmp_path: Path, path: list[str | int], value: str
) -> None:
    document = written(bike_shop, tmp_path)
    place: object = document
    for step in path[:-1]:
        place = place[step]  # type: ignore[index]
    place[path[-1]] = value  # type: ignore[index]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(report_schema()).validate(document)


def test__write_json__values__are_kept_to_the_digit(bike_shop: CheckSummary, tmp_path: Path) -> None:
    value = parse(b'[18446744073709551617, 1.10, -0, "\\ud800"]')
    changes = (replace(bike_shop.changes[0], old=value),)
    write_json(replace(bike_shop, changes=changes), tmp_path / "report.json")
    assert b'"old":[18446744073709551617,1.10,-0,"\\ud800"]' in (tmp_path / "report.json").read_bytes()


def test__write_json__facts_that_json_has_no_word_for__become_text(hostile: CheckSummary, tmp_path: Path) -> None:
    written(hostile, tmp_path)
    document = json.loads((tmp_path / "report.json").read_text())
    assert document["changes"][0]["facts"] == {"paths": [["a", "old"], 3], "bytes": "b'\\xff'"}
