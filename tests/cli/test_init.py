from __future__ import annotations

from pathlib import Path

import pytest

from harness.environments.load import load_environment
from tests.cli.conftest import Backfit


def test__init__an_empty_folder__makes_a_workspace_that_loads(backfit: Backfit, tmp_path: Path) -> None:
    assert backfit("init", "shop").code == 0
    assert {path.name for path in (tmp_path / "shop").iterdir()} == {"environments", "contracts", "shims", ".gitignore"}
    assert load_environment(tmp_path / "shop/environments/example").customer == "Example customer"


def test__init__what_is_there__is_left_as_it_is(backfit: Backfit, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine\n")
    assert ".gitignore: left as it is" in backfit("init").out
    assert (tmp_path / ".gitignore").read_text() == "mine\n"


@pytest.mark.parametrize("name", ["file", "file/below"])
def test__init__where_no_folder_can_be__says_so(backfit: Backfit, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    result = backfit("init", name)
    assert result.code == 2
    assert f"{name}/environments/example: cannot be made" in result.err
