from __future__ import annotations

from pathlib import Path

import pytest

from harness.gate.evidence import Evidence, evidence, is_recording
from harness.model.errors import BadFile, UsageError
from tests.gate.rows import written


@pytest.mark.parametrize(
    ("name", "text", "recorded"),
    [
        ("a.har", "", True),
        ("a.HAR", "openapi: 3.1.0", True),
        ("a.har.ndjson", "", True),
        ("a.har.ndjson.zst", "", True),
        ("a.json", '{"log": {"entries": []}}', True),
        ("a.json", '\ufeff \n{\n  "log" : {}}', True),
        ("a.txt", '{"log":{}}', True),
        ("a.json", '{"openapi": "3.1.0", "info": {"log": {}}}', False),
        ("a.json", '{"type": "object", "properties": {"log": {}}}', False),
        ("a.json", '["log"]', False),
        ("a.json", "", False),
        ("a.yaml", '{"log": {}}', False),
        ("a.yml", "openapi: 3.1.0", False),
    ],
)
def test__is_recording__by_name_or_beginning__is_told(tmp_path: Path, name: str, text: str, recorded: bool) -> None:
    assert is_recording(written(tmp_path, text, name)) is recorded


def test__is_recording__of_what_cannot_be_read__says_why(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="No such file"):
        is_recording(tmp_path / "a.json")
    with pytest.raises(BadFile, match="Is a directory"):
        is_recording(tmp_path)


@pytest.mark.parametrize(
    ("name", "again", "schema", "streamed"),
    [
        ("a.har", None, None, False),
        ("a.har", "b.har", "c.yaml", False),
        ("a.har.ndjson.zst", None, None, True),
        ("a.har", "b.har.ndjson", None, True),
    ],
)
def test__evidence__of_a_recording__has_what_is_beside_it(
    name: str, again: str | None, schema: str | None, streamed: bool
) -> None:
    found = evidence("old", Path(name), again and Path(again), schema and Path(schema))  # type: ignore[arg-type]
    assert found == Evidence(Path(name), again and Path(again), schema and Path(schema))  # type: ignore[arg-type]
    assert found.streamed is streamed


def test__evidence__of_a_schema__is_all_there_is() -> None:
    file = Path("a.yaml")
    assert evidence("old", Path(__file__), None, None) == Evidence(declared=Path(__file__))
    with pytest.raises(BadFile):
        evidence("old", file, None, None)


@pytest.mark.parametrize(
    ("again", "schema", "said"),
    [("b.har", None, "--new-again is a second recording"), (None, "c.yaml", "--new-schema")],
)
def test__evidence__of_a_schema_with_what_belongs_to_a_recording__is_refused(
    again: str | None, schema: str | None, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        evidence("new", Path(__file__), again and Path(again), schema and Path(schema))  # type: ignore[arg-type]
