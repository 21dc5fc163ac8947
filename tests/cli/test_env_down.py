from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Backfit
from tests.living.home import stand_apart, write_home


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_apart(tmp_path, tmp_path_factory, monkeypatch)
    write_home(tmp_path)


def test__down__without_a_side__ends_both(backfit: Backfit) -> None:
    assert backfit("env", "up", "tiny", "--side", "both").code == 0
    assert backfit("env", "down", "tiny").out == "tiny (old) is down\ntiny (new) is down\n"
    assert backfit("env", "down", "--all").out == "nothing is up\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name an environment, or say --all"),
        (["tiny", "--all"], "name an environment, or say --all"),
        (["tiny"], "tiny is not up"),
    ],
)
def test__down__what_cannot_be__is_told_with_exit_code_2(backfit: Backfit, arguments: list[str], said: str) -> None:
    result = backfit("env", "down", *arguments)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
