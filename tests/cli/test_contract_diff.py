from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.model.json_text import Json
from tests.cli.conftest import Backfit
from tests.contract.documents import contract, reads

ROWS = "GET /shop/rows.json"


def both(folder: Path, old: Json, new: Json) -> None:
    contract(folder, {ROWS: old}, "a.json")
    contract(folder, {ROWS: new}, "b.json")


@pytest.mark.parametrize(
    ("old", "new", "code", "rows"),
    [
        (reads("$.rows"), reads("$.rows"), 0, []),
        (reads("$.rows"), reads("$.rows", "$.ok"), 1, ["more reads GET /shop/rows.json $.ok"]),
        (reads("$.rows", "$.ok"), reads("$.rows"), 0, ["less reads GET /shop/rows.json $.ok"]),
        (
            reads("$.rows"),
            {},
            1,
            ["more reads GET /shop/rows.json what nobody watched: everything, as far as is known"],
        ),
    ],
)
def test__diff__two_versions_of_a_plugin__fails_where_it_relies_on_more(
    backfit: Backfit, tmp_path: Path, old: Json, new: Json, code: int, rows: list[str]
) -> None:
    both(tmp_path, old, new)
    result = backfit("contract", "diff", "a.json", "b.json", "--format", "text=out.txt")
    assert result.code == code
    heading, *told = Path("out.txt").read_text().splitlines()
    more, less = (sum(row.startswith(word) for row in rows) for word in ("more", "less"))
    assert heading == f"a.json → b.json   relies on {more} thing{'' if more == 1 else 's'} more, {less} less"
    assert [" ".join(row.split()) for row in told] == rows


def test__diff__with_a_systems_changes__says_which_are_felt(backfit: Backfit, hars: Path) -> None:
    backfit("diff", "old.har", "new.har", "--no-contract", "--format", "json=upgrade.json")
    both(hars, reads("$.rows[*]"), reads("$.rows[*]", "$.columns"))
    result = backfit("contract", "diff", "a.json", "b.json", "--changes", "upgrade.json")
    assert result.code == 1
    assert "2 changes of the system touch the new version, 1 for the first time" in result.out
    assert "the plugin reads $.columns, for the first time" in result.out
    said = json.loads(
        backfit("contract", "diff", "a.json", "b.json", "--changes", "upgrade.json", "--format", "json").out
    )
    assert [each["place"] for each in said["more"]] == ["$.columns"]
    assert {side: [each["path"] for each in felt] for side, felt in said["touching"].items()} == {
        "old": ["$.rows[*]"],
        "new": ["$.rows[*]", "$.columns"],
    }


def test__diff__of_what_is_no_contract__exits_with_2(backfit: Backfit, hars: Path) -> None:
    both(hars, {}, {})
    assert backfit("contract", "diff", "a.json", "old.har").code == 2
    result = backfit("contract", "diff", "a.json", "b.json", "--changes", "a.json")
    assert (result.code, result.out) == (2, "")
    assert "a.json: this is not the JSON of a diff" in result.err
