from __future__ import annotations

import sys
from pathlib import Path

import pytest

from harness.environments import commands
from harness.model.errors import EnvironmentFailed, ExitCode

ENV = {"PATH": "/usr/bin:/bin"}


def run(folder: Path, *argv: str, timeout: float = 60) -> None:
    commands.run(argv, title="trying", cwd=folder, env=ENV, log=folder / "log", timeout=timeout)


def test__run__command_that_fails__says_which_and_its_last_lines(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailed) as caught:
        run(tmp_path, sys.executable, "-c", "import sys; print('one\\ntwo'); sys.exit(3)")
    assert caught.value.exit_code is ExitCode.INDETERMINATE
    assert caught.value.what == "trying: failed with exit code 3"
    assert caught.value.hint == "its last lines:\n  | one\n  | two"
    assert "sys.exit(3)" in str(caught.value.where)


def test__run__command_that_hangs__is_ended_and_said(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailed, match="trying: not done after 1 s"):
        run(tmp_path, "sleep", "600", timeout=1)


@pytest.mark.parametrize("name", ["no-such-command", "./no-such-script"])
def test__spawn__no_such_command__is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(EnvironmentFailed, match=f"there is no command '{name}'"):
        run(tmp_path, name)


def test__spawn__script_of_the_working_folder__is_found(tmp_path: Path) -> None:
    (tmp_path / "it").write_text("#!/bin/sh\npwd\n")
    (tmp_path / "it").chmod(0o755)
    run(tmp_path, "./it")
    assert (tmp_path / "log").read_text().strip() == str(tmp_path)


def test__stop__twice__is_once(tmp_path: Path) -> None:
    running = commands.spawn(["sleep", "600"], cwd=tmp_path, env=ENV, log=tmp_path / "log")
    assert running.alive()
    running.stop()
    running.stop()
    assert not running.alive()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "pip install --index-url https://me:secret@host/simple x",
            "pip install --index-url https://***@host/simple x",
        ),
        ("http://host/@scope/x user@host", "http://host/@scope/x user@host"),
    ],
)
def test__without_credentials__addresses__lose_them_and_nothing_else(text: str, shown: str) -> None:
    assert commands.without_credentials(text) == shown


def test__last_lines__long_file__only_its_end(tmp_path: Path) -> None:
    file = tmp_path / "log"
    file.write_bytes(b"x\n" * 100_000 + b"last \xff line\n")
    assert commands.last_lines(file, 2) == "x\nlast \ufffd line"
    assert commands.last_lines(tmp_path / "none", 2) == ""


def test__quoted__nothing_printed__says_so() -> None:
    assert commands.quoted(" \n") == "it printed nothing"
