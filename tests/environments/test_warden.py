from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from harness.environments import warden
from harness.environments.owner import started_at
from tests.environments.tiny import eventually

SLEEP = "import time; time.sleep(600)"
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(0, flush=True); {SLEEP}"
STRAY = f"""
import subprocess, sys
stray = subprocess.Popen([sys.executable, "-c", {SLEEP!r}], start_new_session=True)
print(stray.pid, flush=True)
"""


@contextmanager
def guarded(*argv: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-I", "-S", warden.__file__, *argv]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def let_go(process: subprocess.Popen[str]) -> int:
    assert process.stdin
    process.stdin.close()
    return process.wait()


@pytest.mark.parametrize(
    ("code", "expected"), [("import sys; sys.exit(3)", 3), ("import os; os.kill(os.getpid(), 9)", 137), ("", 0)]
)
def test__warden__command_ends__passes_its_exit_code_on(code: str, expected: int) -> None:
    with guarded(sys.executable, "-c", code) as process:
        assert process.wait() == expected


def test__warden__standard_input_closes__ends_the_command() -> None:
    with guarded(sys.executable, "-c", f"import os; print(os.getpid(), flush=True); {SLEEP}") as process:
        assert process.stdout
        pid = int(process.stdout.readline())
        assert let_go(process) == 128 + signal.SIGTERM
        assert started_at(pid) is None


@pytest.mark.slow
def test__warden__command_deaf_to_term__is_killed() -> None:
    with guarded(sys.executable, "-c", DEAF) as process:
        assert process.stdout
        process.stdout.readline()
        let_go(process)


@pytest.mark.parametrize("end", ["", SLEEP])
def test__warden__process_that_left_the_group__is_ended_as_well(end: str) -> None:
    with guarded(sys.executable, "-c", STRAY + end) as process:
        assert process.stdout
        pid = int(process.stdout.readline())
        if end:
            let_go(process)
        process.wait()
        assert started_at(pid) is None


def test__warden__term__ends_the_command() -> None:
    with guarded(sys.executable, "-c", f"import os; print(os.getpid(), flush=True); {SLEEP}") as process:
        assert process.stdout
        pid = int(process.stdout.readline())
        process.terminate()
        process.wait()
        assert started_at(pid) is None


def test__warden__its_parent_is_killed__ends_the_command() -> None:
    child = f"import os; print(os.getpid(), flush=True); {SLEEP}"
    command = [sys.executable, "-I", "-S", warden.__file__, sys.executable, "-c", child]
    text = f"import subprocess; subprocess.Popen({command!r}, stdin=subprocess.PIPE, start_new_session=True).wait()"
    with subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
        assert eventually(lambda: started_at(pid) is None)


def test__warden__standard_input_of_the_command__is_empty() -> None:
    with guarded(sys.executable, "-c", "import sys; print(repr(sys.stdin.read()), flush=True)") as process:
        assert process.stdout
        assert process.stdout.readline() == "''\n"
