from __future__ import annotations

from pathlib import Path

from harness.shims.yaml_file import read_shim
from tests.cli.conftest import Backfit


def shim(old: str, new: str, step: str) -> str:
    system = f"system: {{name: x, old: '{old}', new: '{new}'}}\n"
    return f"schema: backfit/shim/v1\n{system}operations:\n  - match: GET /a\n    response:\n      - {step}\n"


def test__compose__a_chain__writes_one_shim(backfit: Backfit, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(shim("1", "2", "rename: {from: b, to: c}"))
    (tmp_path / "b.yaml").write_text(shim("2", "3", "rename: {from: a, to: b}"))
    result = backfit("shim", "compose", "a.yaml", "b.yaml", "-o", "c.yaml")
    assert (result.code, result.out) == (0, "c.yaml: 1 step for 1 operation, of 2 in the two\n")
    whole = read_shim(tmp_path / "c.yaml")
    assert (whole.old, whole.new) == ("1", "3")
    assert [each.parameters() for each in whole.steps()] == [{"from": "a", "to": "c"}]


def test__compose__versions_that_do_not_meet__writes_nothing(backfit: Backfit, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(shim("1", "2", "drop: {keys: [b]}"))
    (tmp_path / "b.yaml").write_text(shim("3", "4", "drop: {keys: [b]}"))
    result = backfit("shim", "compose", "a.yaml", "b.yaml", "-o", "c.yaml")
    assert result.code == 2
    assert "a.yaml and b.yaml: the shims do not meet: one undoes x 1 → 2, the other x 3 → 4" in result.err
    assert not (tmp_path / "c.yaml").exists()
