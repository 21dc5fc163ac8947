from __future__ import annotations

from pathlib import Path

import pytest

from harness.gate.choosing import chosen
from harness.model.exchange import Exchange
from harness.model.json_text import Json
from tests.contract.documents import contract, reads
from tests.contract.exchanges import exchange

CALLS = [exchange("GET /a/1?x=1", {"b": 1}), exchange("POST /b", {})]
BOTH: dict[str, Json] = {"GET /a/{id}": reads("$.b"), "POST /b": {}}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for name in ("one", "two"):
        (tmp_path / "contracts" / name).mkdir(parents=True)
    return tmp_path


def kept(workspace: Path, name: str, operations: dict[str, Json]) -> None:
    contract(workspace / "contracts" / name, operations, "contract.openapi.json", name)


@pytest.mark.parametrize(
    ("operations", "title"),
    [
        (BOTH, "one"),
        (BOTH | {"GET /more": {}}, "one"),
        ({"GET /a/{id}": reads("$.b")}, None),  # a call is missing
        ({"GET /a/{id}": {}, "POST /b": {}}, None),  # it says nothing of reads
        ({"PUT /a/{id}": reads("$.b"), "POST /b": {}}, None),
    ],
)
def test__chosen__the_only_contract__is_the_one_that_has_every_call(
    workspace: Path, operations: dict[str, Json], title: str | None
) -> None:
    kept(workspace, "one", operations)
    found = chosen(CALLS, workspace)
    assert (found.contract and found.contract.title) == title
    file = workspace / "contracts" / "one" / "contract.openapi.json"
    said = f"judged by what one reads: {file} has all of these calls (--no-contract leaves it out)"
    assert found.told == ((said,) if title else ())


def test__chosen__several__asks_which(workspace: Path) -> None:
    kept(workspace, "one", BOTH)
    kept(workspace, "two", BOTH)
    found = chosen(CALLS, workspace)
    assert found.contract is None
    assert "choose one with --contract" in found.told[0]


def test__chosen__one_that_cannot_be_read__is_told_and_left_out(workspace: Path) -> None:
    kept(workspace, "one", BOTH)
    (workspace / "contracts" / "two" / "contract.openapi.json").write_text("{")
    found = chosen(CALLS, workspace)
    assert found.contract is not None
    assert "two/contract.openapi.json:1: not JSON" in found.told[0]


def test__chosen__what_a_page_loads__need_not_be_in_it(workspace: Path) -> None:
    kept(workspace, "one", BOTH)
    script = exchange("GET /app.js", "x")
    loaded = Exchange(script.request, script.response, meta={"dest": "script"})
    assert chosen([*CALLS, loaded], workspace).contract is not None
    assert chosen([*CALLS, script], workspace).contract is None


def test__chosen__without_calls__is_none(workspace: Path) -> None:
    kept(workspace, "one", BOTH)
    assert chosen([], workspace).contract is None
