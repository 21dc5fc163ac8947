from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.gate.compare import Compared, compare
from harness.gate.evidence import Evidence, evidence
from harness.model.body import MALFORMED
from harness.model.errors import BadFile, UsageError
from harness.model.exchange import Recording
from harness.model.json_text import Json
from harness.record.har import write_har
from harness.record.stream import write_exchanges
from tests.changes.bodies import JSON, calls, exchange, recording

OLD: list[Json] = [{"id": n, "name": name} for n, name in enumerate(("ann", "bob", "cid"), 1)]
NEW: list[Json] = [{"id": each["id"], "full_name": each["name"]} for each in OLD]
NUMBER, TEXT = {"type": "integer"}, {"type": "string"}


def api(**members: Json) -> str:
    """OpenAPI of GET /a/{id}, whose answer has these members, all required."""
    schema = {"type": "object", "required": list(members), "properties": members}
    answer = {"description": "ok", "content": {"application/json": {"schema": schema}}}
    parameter = {"name": "id", "in": "path", "required": True, "schema": NUMBER}
    operation = {"parameters": [parameter], "responses": {"200": answer}}
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/a/{id}": {"get": operation}}}
    return json.dumps(document)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Both sides in every form."""
    monkeypatch.chdir(tmp_path)
    for name, bodies in (("old", OLD), ("new", NEW)):
        recorded = calls("/a/{}", *bodies)
        write_har(Path(f"{name}.har"), recorded)
        write_exchanges(Path(f"{name}.har.ndjson.zst"), recorded.exchanges)
    Path("old.json").write_text(api(id=NUMBER, name=TEXT))
    Path("new.json").write_text(api(id=NUMBER, full_name=TEXT))
    return tmp_path


def side(name: str, file: str, again: str | None = None, schema: str | None = None) -> Evidence:
    """The evidence that the command line would take."""
    return evidence(name, Path(file), None if again is None else Path(again), None if schema is None else Path(schema))


def compared(old: str, new: str, old_schema: str | None = None, new_schema: str | None = None) -> Compared:
    return compare(side("old", old, schema=old_schema), side("new", new, schema=new_schema))


@pytest.mark.parametrize("end", ["har", "har.ndjson.zst"])
def test__compare__recordings_in_any_form__names_the_change_once(files: Path, end: str) -> None:
    found = compared(f"old.{end}", f"new.{end}")
    assert [(each.kind, each.path) for each in found.changes] == [("response-property-renamed", "$.name")]
    assert (found.pairs, found.skipped, found.notes) == (3, {}, ())


def test__compare__a_har_with_a_stream__is_as_good_as_two_of_a_kind(files: Path) -> None:
    assert compared("old.har", "new.har.ndjson.zst") == compared("old.har.ndjson.zst", "new.har")
    assert compared("old.har", "new.har.ndjson.zst").changes == compared("old.har", "new.har").changes


@pytest.mark.parametrize(
    ("old", "new", "paths", "notes"),
    [
        ("old.json", "new.json", {"$.name"}, 0),
        ("old.har", "new.json", {"$.name", "$.full_name"}, 1),
        ("old.har.ndjson.zst", "new.json", {"$.name", "$.full_name"}, 1),
        ("old.json", "new.har", {"$.name", "$.full_name"}, 1),
        ("old.har", "old.json", set(), 1),
        ("old.json", "old.json", set(), 0),
    ],
)
def test__compare__what_is_declared__stands_in_for_a_recording(
    files: Path, old: str, new: str, paths: set[str], notes: int
) -> None:
    found = compared(old, new)
    assert {each.path for each in found.changes} == paths
    assert (found.pairs, len(found.notes)) == (0, notes)


@pytest.mark.parametrize("end", ["har", "har.ndjson.zst"])
def test__compare__what_is_declared_beside_recordings__is_not_said_twice(files: Path, end: str) -> None:
    found = compared(f"old.{end}", f"new.{end}", "old.json", "new.json")
    assert [(each.kind, each.path) for each in found.changes] == [("response-property-renamed", "$.name")]
    assert found.pairs == 3


def test__compare__a_declaration_that_is_wrong__is_told_beside_what_was_seen(files: Path) -> None:
    Path("wrong.json").write_text(api(id=TEXT))
    assert {each.kind for each in compared("old.har", "old.har", "wrong.json").changes} == {"declared-schema-violated"}


@pytest.mark.parametrize("end", ["har", "har.ndjson.zst"])
def test__compare__a_body_that_cannot_be_read__is_noted(files: Path, end: str) -> None:
    for name in ("old", "new"):
        write_exchanges(Path(f"{name}.{end}"), [exchange("/a", text='{"id": 1', headers=JSON)])
    assert compared(f"old.{end}", f"new.{end}").notes == (f"2 answers: {MALFORMED}",)


def test__compare__a_call_that_pairs_with_none__is_held_against_the_schema(files: Path) -> None:
    both = Recording((*calls("/a/{}", *OLD).exchanges, exchange("/gone", {"x": 1})))
    write_har(Path("more.har"), both)
    found = compared("more.har", "new.har", None, "new.json")
    assert "GET /gone" in {each.operation for each in found.changes}
    assert found.skipped == {"no partner in NEW's recording": 1}


def test__compare__with_templates__names_the_operation_by_them(files: Path) -> None:
    for name, body in (("old", {"x": 1}), ("new", {"x": 2})):
        write_har(Path(f"{name}.har"), recording(exchange("/a/b", body)))
    sides = side("old", "old.har"), side("new", "new.har")
    assert [each.operation for each in compare(*sides).changes] == ["GET /a/b"]
    assert [each.operation for each in compare(*sides, templates=["/a/{slug}"]).changes] == ["GET /a/{slug}"]


@pytest.mark.parametrize(
    ("old", "again", "templates", "said"),
    [
        ("old.har", "old.har", [], "--old-again is for comparing two recordings"),
        ("old.har", None, ["/a/{id}"], "--template is for comparing two recordings"),
        ("old.json", None, ["/a/{id}"], "--template is for comparing two recordings"),
    ],
)
def test__compare__what_has_no_use__is_refused(
    files: Path, old: str, again: str | None, templates: list[str], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        compare(side("old", old, again), side("new", "new.json"), templates=templates)


def test__compare__a_file_that_is_neither__says_so(files: Path) -> None:
    Path("x.json").write_text('{"a": 1}')
    with pytest.raises(BadFile, match="neither OpenAPI nor a JSON Schema"):
        compared("x.json", "new.har")


@pytest.mark.parametrize(
    ("old", "new", "calls"),
    [
        ("old.har", "new.har", 3),
        ("old.har.ndjson.zst", "new.har", 3),
        ("old.json", "new.har", 0),
        ("old.har", "new.json", 3),
    ],
)
def test__compare__the_calls_of_old__are_told(files: Path, old: str, new: str, calls: int) -> None:
    assert [each.request.path for each in compared(old, new).calls] == [f"/a/{at}" for at in range(1, calls + 1)]
