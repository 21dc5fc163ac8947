from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from harness.record import tether

TETHER = [sys.executable, "-I", "-S", tether.__file__]


def gone(pid: int) -> bool:
    """Whether the process has ended (one that nobody has waited for yet has)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test__tether__a_command__becomes_it() -> None:
    command = [*TETHER, str(os.getpid()), sys.executable, "-c", "raise SystemExit(7)"]
    assert subprocess.run(command, check=False).returncode == 7


def test__tether__a_command_that_is_not_there__exits_127_and_says_so() -> None:
    command = [*TETHER, str(os.getpid()), "no-such-program"]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ended.returncode == 127
    assert ended.stderr.startswith("no-such-program: No such file")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can tie a process to its parent")
def test__tether__when_the_parent_is_killed__ends_the_command(tmp_path: Path) -> None:
    program = (
        "import subprocess, sys, os\n"
        f"child = subprocess.Popen([*{TETHER!r}, str(os.getpid()), sys.executable, '-c', "
        "'import time; print(1, flush=True); time.sleep(60)'])\n"
        "print(child.pid, flush=True)\n"
        "child.wait()\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    lines = {parent.stdout.readline().strip(), parent.stdout.readline().strip()}
    (child,) = (int(line) for line in lines if line != "1")
    assert not gone(child)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 20
    while not gone(child):
        assert time.monotonic() < deadline
        time.sleep(0.02)
