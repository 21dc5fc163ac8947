from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.environments.process import free_port
from harness.living.dwellers import dwellers
from tests.cli.conftest import Backfit
from tests.environments.tiny import get
from tests.living.home import stand_apart, write_home


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    stand_apart(tmp_path, tmp_path_factory, monkeypatch)
    write_home(tmp_path)
    yield
    for each in dwellers(tmp_path):
        each.down()


def test__snapshot_and_restore__bring_the_data_back(backfit: Backfit, tmp_path: Path) -> None:
    backfit("env", "up", "tiny", "--port", str(free_port()))
    [there] = dwellers(tmp_path)
    assert backfit("env", "snapshot", "tiny", "before").out.startswith(
        "before is kept: until tiny (old) is taken down  "
    )
    assert backfit("env", "exec", "tiny", "--", "sh", "-c", "echo new >data; echo >>server.py").code == 0
    assert get(f"{there.state.front}/data") == "new\n"
    out = backfit("env", "restore", "tiny", "before").out
    assert out.startswith(f"tiny (old) is as before has it: {there.state.front}  ")
    assert backfit("env", "exec", "tiny", "--", "ls").out == "server.py\n"
    assert get(f"{there.state.front}/server.py")


@pytest.mark.parametrize(
    ("command", "name", "said"),
    [
        ("snapshot", "../x", "is no name for a snapshot"),
        ("snapshot", "", "is no name for a snapshot"),
        ("restore", "nonsense", "nonsense"),
    ],
)
def test__snapshot__what_cannot_be__is_told_with_exit_code_2(
    backfit: Backfit, command: str, name: str, said: str
) -> None:
    backfit("env", "up", "tiny")
    result = backfit("env", command, "tiny", name)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
