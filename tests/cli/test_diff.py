from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Backfit


def test__diff__two_recordings__names_changes_once_and_exits_with_1(backfit: Backfit, hars: Path) -> None:
    result = backfit("diff", "old.har", "new.har")
    assert result.code == 1
    assert result.out.count("rows of lists became objects") == 1
    assert "… reading" in result.err
    assert "reading" not in result.out


def test__diff__as_json__is_json_alone(backfit: Backfit, hars: Path) -> None:
    found = json.loads(backfit("diff", "old.har", "new.har", "--format", "json").out)
    assert "$.rows[*]" in json.dumps(found)


def test__diff__of_equal_recordings__exits_with_0(backfit: Backfit, hars: Path) -> None:
    assert backfit("diff", "old.har", "old.har").code == 0


def test__diff__with_a_second_run__takes_what_varies_for_noise(backfit: Backfit, hars: Path) -> None:
    text = (hars / "old.har").read_text()
    (hars / "again.har").write_text(text.replace('\\"q_ms\\":', '\\"q_ms\\":1'))
    assert (
        backfit("diff", "old.har", "again.har").out
        != backfit("diff", "old.har", "again.har", "--old-again", "again.har").out
    )


@pytest.mark.parametrize("name", ["old.har", "new.har"])
def test__diff__without_one_of_them__exits_with_2(backfit: Backfit, hars: Path, name: str) -> None:
    (hars / name).unlink()
    result = backfit("diff", "old.har", "new.har")
    assert (result.code, result.out) == (2, "")
    assert f"{name}: cannot be read: No such file or directory" in result.err
