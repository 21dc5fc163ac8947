"""A workspace with one small environment that runs as processes, for those who live in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.environments.tiny import SERVER, TINY


def write_home(workspace: Path, replace: dict[str, str] | None = None, name: str = "tiny") -> Path:
    """Writes `environments/NAME`, and gives its folder; `replace` maps text of its file to other text."""
    folder = workspace / "environments" / name
    folder.mkdir(parents=True, exist_ok=True)
    text = TINY
    for before, after in (replace or {}).items():
        assert before in text
        text = text.replace(before, after)
    (folder / "environment.yaml").write_text(text)
    (folder / "server.py").write_text(SERVER)
    return folder


def stand_apart(tmp_path: Path, factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache of the test's own, and no engine. What is installed, which takes long, is shared with other tests."""
    monkeypatch.setenv("BACKFIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/nobody.sock")
    (tmp_path / "cache").mkdir()
    for shared in ("installs", "locks"):
        there = factory.getbasetemp().parent / f"living-{shared}"
        there.mkdir(exist_ok=True)
        (tmp_path / "cache" / shared).symlink_to(there)
