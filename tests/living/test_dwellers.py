from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest

from harness.environments import Environment, load_environment
from harness.environments.store import scratch_folders
from harness.living import dwellers as subject
from harness.living.dwellers import called, dwellers, the_one
from harness.model.errors import UsageError
from tests.environments.tiny import eventually, get
from tests.living.conftest import Up
from tests.living.home import write_home


def test__called__by_name_folder_or_file__is_that_side(tiny: Environment, workspace: Path, up: Up) -> None:
    there = up(tiny)
    for name in (
        "tiny",
        "environments/tiny",
        "environments/tiny/",
        "environments/tiny/environment.yaml",
        str(tiny.path),
    ):
        assert [each.state for each in called(name, None, workspace)] == [there.state]
    with pytest.raises(UsageError, match=r"tiny \(new\) is not up"):
        called("tiny", "new", workspace)
    with pytest.raises(UsageError) as raised:
        called("tinny", None, workspace)
    assert "did you mean 'tiny'?" in str(raised.value)


def test__the_one__where_both_sides_are_up__asks_which(tiny: Environment, workspace: Path, up: Up) -> None:
    old, new = up(tiny), up(tiny, "new")
    assert old.state.address != new.state.address
    with pytest.raises(UsageError, match="are up") as raised:
        the_one("tiny", None, workspace)
    assert raised.value.hint == "say which: --side old, or --side new"
    assert the_one("tiny", "new", workspace).state == new.state


def test__down__of_one__leaves_the_others(tiny: Environment, workspace: Path, up: Up, tmp_path: Path) -> None:
    other = load_environment(write_home(tmp_path / "elsewhere"))
    first, second, third = up(tiny), up(tiny, "new"), up(other)
    first.down()
    assert {each.state.name for each in dwellers(workspace)} == {"tiny (new)", "tiny (old)"}
    assert get(f"{second.state.address}/server.py")
    assert get(f"{third.state.address}/server.py")
    first.down()  # again: nothing happens
    second.down()
    third.down()
    assert dwellers(workspace) == []
    assert list(scratch_folders()) == []


def server_of(log: str) -> int:
    """The process that listens: it was started in the workspace beside `log`."""
    workspace = Path(log).parent / "workspace"
    found = [each.parent for each in Path("/proc").glob("[0-9]*/cmdline") if b"server.py" in each.read_bytes()]
    [server] = [
        each
        for each in found
        if (each / "cwd").resolve() == workspace and b"warden" not in (each / "cmdline").read_bytes()
    ]
    return int(server.name)


def test__health__of_a_system_that_died__is_its_last_words(tiny: Environment, up: Up) -> None:
    there = up(tiny)
    assert there.health() == "up"
    os.kill(server_of(there.state.log), signal.SIGKILL)
    assert eventually(lambda: there.health() != "up")
    assert re.match(r"died\n.*options one", there.health(), re.DOTALL)


def test__down__of_a_keeper_that_hangs__ends_it_all_the_same(
    tiny: Environment, up: Up, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = up(tiny)
    monkeypatch.setattr(subject, "_GRACE", 0.2)
    os.kill(int(there.state.owner.split("-")[0]), signal.SIGSTOP)
    there.down()
    assert there.state.gone
    assert list(scratch_folders()) == []
    assert not there.place.folder.exists()
