from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Backfit
from tests.environments.tiny import SERVER, TINY


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKFIT_CACHE", str(tmp_path / "cache"))
    (tmp_path / "a").mkdir()
    (tmp_path / "a/environment.yaml").write_text(TINY)
    (tmp_path / "a/server.py").write_text(SERVER)


def test__lock__an_environment__is_written_beside_it_and_read_from_then_on(backfit: Backfit, tmp_path: Path) -> None:
    result = backfit("env", "lock", "a", "--driver", "process")
    assert (result.code, result.out) == (0, "a/environment.lock: nothing, for the process driver\n")
    text = (tmp_path / "a/environment.lock").read_text()
    assert "schema: backfit/lock/v1\nprocess:\n  host:\n" in text
    assert backfit("env", "lock", "a", "--driver", "process", "--update").code == 0
    assert (tmp_path / "a/environment.lock").read_text() == text
    assert backfit("env", "diff", "a", "a/environment.lock").code == 0


def test__lock__a_broken_lock__is_refused_with_its_line(backfit: Backfit, tmp_path: Path) -> None:
    (tmp_path / "a/environment.lock").write_text("schema: backfit/lock/v1\nprocess: {hosts: {}}\n")
    result = backfit("env", "lock", "a", "--driver", "process")
    assert result.code == 2
    assert "a/environment.lock:2: unknown key 'hosts' under 'process'" in result.err
