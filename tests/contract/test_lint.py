from __future__ import annotations

from pathlib import Path

import pytest

from harness.contract.lint import lint
from harness.model.json_text import Json
from tests.contract.documents import answering, contract, needs, reads

ROW = {"type": "object", "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}
ANSWER = answering({"type": "object", "properties": {"rows": {"type": "array", "items": ROW}}})


def said(folder: Path, *parts: Json) -> list[tuple[str, bool]]:
    operation: Json = dict(ANSWER)
    for part in parts:
        operation |= part
    return [(each.what, each.wrong) for each in lint(contract(folder, {"GET /x": operation}))]


@pytest.mark.parametrize(
    ("parts", "remarks"),
    [
        ([reads("$.rows", "$.rows[*].id")], []),
        ([reads("status", "header x")], []),
        ([reads()], []),
        ([reads("$.rows[*].gone")], [("$.rows[*].gone is read or needed, and no answer has it", True)]),
        ([reads(missing="$.rows[*].gone", tested="$.else")], []),
        ([reads(), needs(removed="$.gone=tolerated")], []),
        (
            [reads("$.rows", missing="$.rows[*].id"), needs(removed="$.rows[*].id=needed")],
            [("$.rows[*].id is needed, and was never seen to be touched: the tracking may be blind there", False)],
        ),
        ([reads(copied="$.rows[*].id"), needs(removed="$=needed $.rows=needed $.rows[*].id=needed")], []),
        (
            [reads("$.rows[*].id"), needs(removed="$.rows[*].id=needed $.rows=tolerated")],
            [("$.rows[*].id is needed, and $.rows, which holds it, can be removed", True)],
        ),
        (
            [reads("$.rows[*].id", "$.rows"), needs(removed="$.rows[*].id=tolerated $.rows=needed")],
            [],
        ),
        ([], [("its reads are unknown: every place counts as read", False)]),
        ([needs(removed="$.rows=needed")], [("its reads are unknown: every place counts as read", False)]),
        (
            [reads(), {"x-backfit-support": {}}],
            [("no call of it was recorded: nothing supports what is said of it", False)],
        ),
    ],
)
def test__lint__a_contract__says_what_is_odd(
    tmp_path: Path, parts: list[Json], remarks: list[tuple[str, bool]]
) -> None:
    assert said(tmp_path, *parts) == remarks


def test__lint__without_operations__says_so(tmp_path: Path) -> None:
    assert [each.what for each in lint(contract(tmp_path, {}))] == ["the contract has no operation"]


def test__lint__of_an_answer_that_is_not_described__asks_nothing(tmp_path: Path) -> None:
    assert lint(contract(tmp_path, {"GET /x": reads("$.anything")})) == []


def test__lint__who_knows_no_pseudonyms__only_notes_what_looks_like_a_secret(tmp_path: Path) -> None:
    schema = {"properties": {"token": {"const": "s3cret"}}}
    found = contract(tmp_path, {"GET /x": reads() | answering(schema)})
    [remark] = lint(found, lambda value: {}, knows_pseudonyms=False)
    assert not remark.wrong
    assert "no key is here to tell" in remark.what


def test__lint__a_secret_in_an_example__is_found_under_its_members_name(tmp_path: Path) -> None:
    schema = {"properties": {"token": {"items": {"enum": ["s3cret", "x"]}}, "kind": {"const": "s3cret"}}}
    seen: list[Json] = []

    def redacted(value: Json) -> Json:
        seen.append(value)
        return {"token": "***"} if "token" in value else value

    remarks = lint(contract(tmp_path, {"GET /x": reads() | answering(schema)}), redacted)
    assert sorted(map(str, seen)) == ["{'kind': 's3cret'}", "{'token': ['s3cret', 'x']}"]
    assert [(each.what, each.pointer.rpartition("/schema")[2], each.wrong) for each in remarks] == [
        ("this enum holds what looks like a secret", "/properties/token/items/enum", True)
    ]
