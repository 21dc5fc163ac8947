from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from harness.record.scratch import remove_left, scratch

ROOT = Path(__file__).parents[2]
KILLED = (
    "import os, signal\n"
    "from harness.record.scratch import scratch\n"
    "with scratch() as folder:\n"
    "    print(folder, flush=True)\n"
    "    (folder / 'profile').mkdir()\n"
    "    os.kill(os.getpid(), signal.SIGKILL)\n"
)


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A temporary folder of our own, however long its path."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("harness.record.scratch._LONGEST_FOLDER", 1000)


def left_by_a_killed_run(tmp_path: Path) -> Path:
    command = [sys.executable, "-c", KILLED]
    ended = subprocess.run(command, cwd=ROOT, env={**os.environ, "TMPDIR": "/tmp"}, capture_output=True, text=True)
    left = Path(ended.stdout.strip())
    assert left.is_dir(), ended.stderr
    return left.rename(tmp_path / left.name)


def test__scratch__when_it_is_over__is_gone() -> None:
    with scratch() as folder:
        (folder / "file").write_text("x")
    assert not folder.exists()


def test__scratch__after_a_run_that_was_killed__removes_what_that_left_and_nothing_else(tmp_path: Path) -> None:
    left = left_by_a_killed_run(tmp_path)
    (tmp_path / "backfit-npm-x").mkdir()
    (tmp_path / "backfit-strange").mkdir()
    (tmp_path / "backfit-strange" / "owner").write_text("nobody")
    with scratch() as living:
        assert not left.exists()
        assert remove_left(tmp_path) == []
        assert {path.name for path in tmp_path.iterdir()} == {"backfit-npm-x", "backfit-strange", living.name}


def test__remove_left__a_link_that_somebody_laid__is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    left = left_by_a_killed_run(tmp_path)
    left.rename(tmp_path / "elsewhere" / "kept")
    (tmp_path / "backfit-link").symlink_to(tmp_path / "elsewhere" / "kept")
    assert remove_left(tmp_path) == []
    assert (tmp_path / "elsewhere" / "kept" / "profile").is_dir()
