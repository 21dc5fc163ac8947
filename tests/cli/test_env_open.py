from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.living.dwellers import dwellers
from tests.cli.conftest import Backfit
from tests.environments.tiny import eventually
from tests.living.home import stand_apart, write_home


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    stand_apart(tmp_path, tmp_path_factory, monkeypatch)
    write_home(tmp_path)
    yield
    for each in dwellers(tmp_path):
        each.down()


def test__open__without_a_display__prints_the_address_alone(
    backfit: Backfit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    backfit("env", "up", "tiny")
    [there] = dwellers(tmp_path)
    assert backfit("env", "open", "tiny").out == f"{there.state.url}\n"


def test__open__on_a_display__opens_what_opens_pages_here(
    backfit: Backfit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "opener"
    program.write_text(f'#!/bin/sh\necho "$1" >{tmp_path}/told\n')
    program.chmod(0o755)
    backfit("env", "up", "tiny")
    [there] = dwellers(tmp_path)
    monkeypatch.setenv("DISPLAY", ":77")
    monkeypatch.setenv("BROWSER", str(program))
    command = [str(Path(sys.executable).with_name("backfit")), "env", "open", "tiny"]
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 0
    assert eventually(
        lambda: (tmp_path / "told").exists() and (tmp_path / "told").read_text() == f"{there.state.url}\n"
    )
