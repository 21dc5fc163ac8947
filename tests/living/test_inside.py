from __future__ import annotations

import os
import pty
import select
import sys
from pathlib import Path

import pytest

from harness.environments import Environment
from harness.living.inside import SHELL, container_of, run_inside
from harness.model.errors import EnvironmentFailed, UsageError
from tests.living.conftest import Up


@pytest.mark.parametrize(
    ("argv", "code", "out"),
    [
        (["sh", "-c", "exit 7"], 7, ""),
        (["sh", "-c", "kill -9 $$"], 137, ""),
        (["sh", "-c", 'echo "$BACKFIT_SIDE" "$TZ"; ls'], 0, "old Europe/London\nserver.py\n"),
    ],
)
def test__run_inside__a_process__has_its_folder_variables_and_code(
    tiny: Environment, up: Up, capfd: pytest.CaptureFixture[str], argv: list[str], code: int, out: str
) -> None:
    assert run_inside(up(tiny), "system", argv) == code
    assert capfd.readouterr().out == out


def test__run_inside__what_is_not_there__is_told(tiny: Environment, up: Up) -> None:
    there = up(tiny)
    with pytest.raises(EnvironmentFailed, match="no command 'nonsense'"):
        run_inside(there, "system", ["nonsense"])
    with pytest.raises(UsageError, match="no service 'db'"):
        run_inside(there, "db", ["ls"])


def test__container_of__a_process__is_none(tiny: Environment, up: Up) -> None:
    assert container_of(up(tiny), "system") == ""


def test__shell__on_a_terminal__is_one(workspace: Path, tiny: Environment, up: Up) -> None:
    """As a person has it: `backfit env shell` on a terminal of its own."""
    up(tiny)
    backfit = str(Path(sys.executable).with_name("backfit"))
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(backfit, [backfit, "env", "shell", "tiny"])
    os.write(terminal, b"tty >/dev/null && echo is-a-tty-$((40+2)); exit 5\n")
    shown = b""
    while select.select([terminal], [], [], 60)[0]:
        try:
            shown += os.read(terminal, 4096)
        except OSError:  # Linux's way to say that nobody has it open any more
            break
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 5
    assert b"is-a-tty-42" in shown
    assert SHELL[0] == "sh"
