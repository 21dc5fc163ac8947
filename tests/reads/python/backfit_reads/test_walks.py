"""An iteration over names is a copy where one instruction does all of it, and an enumeration otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reads.running import every, touched

COPIES = [
    "dict(value)",
    "{**value}",
    "dict(value, more=1)",
    "(lambda **members: 0)(**value)",
    "{}.update(value)",
    "value | {}",
]
LOOPS = [
    *("[key for key in value]", "{key: value[key] for key in value}", "list(map(value.get, value))", "set(value)"),
    *("[(key, value[key]) for key in value.keys()]", "list(zip(value, value.values()))", "len(list(value))"),
]


@pytest.mark.parametrize("text", COPIES)
def test__copies__in_one_instruction__are_copied(text: str, tmp_path: Path) -> None:
    assert touched(lambda value: eval(text, {"value": value}), tmp_path / "reads") == every("copied")


@pytest.mark.parametrize("text", LOOPS)
def test__loops__over_all_members__are_enumerated(text: str, tmp_path: Path) -> None:
    assert touched(lambda value: eval(text, {"value": value}), tmp_path / "reads") == every("enumerated")


def test__copies__of_one_and_then_of_another__are_told_for_both(tmp_path: Path) -> None:
    found = touched(lambda value: [dict(row["owner"]) for row in value["rows"]], tmp_path / "reads")
    assert found == {
        "$.rows read",
        "$.rows[*].owner read",
        *(f"$.rows[*].owner.{name} copied" for name in ("first", "last")),
    }
