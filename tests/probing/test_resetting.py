from __future__ import annotations

import sys
from pathlib import Path

import pytest

from harness.model.errors import EnvironmentFailed, UsageError
from harness.probing.resetting import by_command
from tests.record.raw_server import RawServer, http


def test__reset__a_command__runs_without_a_shell_and_waits_for_the_system(tmp_path: Path) -> None:
    marker = tmp_path / "was here; $HOME"
    with RawServer(http(b"")) as new:
        reset = by_command(
            f"{sys.executable} -c 'import pathlib, sys; pathlib.Path(sys.argv[1]).touch()' '{marker}'", new.url
        )
        assert not marker.exists()
        assert reset() == new.url
    assert marker.exists()


@pytest.mark.parametrize("command", ["", "   ", "echo 'a"])
def test__reset__what_is_no_command__is_refused(command: str) -> None:
    with pytest.raises(UsageError, match="--reset"):
        by_command(command, "http://x.test")


@pytest.mark.parametrize("command", ["false", "/no/such/command"])
def test__reset__that_fails__is_the_environments_fault(command: str) -> None:
    with pytest.raises(EnvironmentFailed, match="the reset failed"):
        by_command(command, "http://x.test")()
