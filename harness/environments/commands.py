"""Commands that end with Backfit: each runs under a warden, in its own process group, its output in a file."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from harness.environments import warden
from harness.model.errors import EnvironmentFailed

TAIL_BYTES = 64 * 1024


class Running:
    """A command that was started; `stop` may be called at any time, and again."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self._process = process
        self._log = log

    def alive(self) -> bool:
        """Whether the command has not ended."""
        return self._process.poll() is None

    def wait(self, timeout: float) -> int:
        """The exit code (128 + n for a signal n). Raises subprocess.TimeoutExpired after `timeout` seconds."""
        return self._process.wait(timeout)

    def logs(self, lines: int) -> str:
        """The last `lines` lines of its output."""
        return last_lines(self._log, lines)

    def stop(self) -> None:
        """Ends the whole process group, and waits until it has ended: TERM, then KILL after the warden's grace."""
        if self._process.stdin and not self._process.stdin.closed:
            self._process.stdin.close()
        self._process.wait()


def spawn(argv: Sequence[str], *, cwd: Path, env: Mapping[str, str], log: Path) -> Running:
    """Starts argv in `cwd`, its output to `log`. Raises EnvironmentFailed when there is no such command."""
    program = _find(argv[0], cwd, env.get("PATH", ""))
    words = [sys.executable, "-I", "-S", warden.__file__, program, *argv[1:]]
    with log.open("ab") as output:
        process = subprocess.Popen(
            words, cwd=cwd, env=env, stdin=subprocess.PIPE, stdout=output, stderr=output, start_new_session=True
        )
    return Running(process, log)


def run(argv: Sequence[str], *, title: str, cwd: Path, env: Mapping[str, str], log: Path, timeout: float) -> None:
    """Runs argv to its end. Raises EnvironmentFailed, with its last lines, when it fails or takes `timeout` seconds."""
    command = spawn(argv, cwd=cwd, env=env, log=log)
    try:
        code = command.wait(timeout)
    except subprocess.TimeoutExpired as error:
        command.stop()
        raise failed(f"{title}: not done after {timeout:.0f} s", argv, command.logs(20)) from error
    finally:
        command.stop()
    if code != 0:
        raise failed(f"{title}: failed with exit code {code}", argv, command.logs(20))


def failed(what: str, argv: Sequence[str], logs: str) -> EnvironmentFailed:
    """The failure of a command, with its last lines as the hint."""
    return EnvironmentFailed(what, where=without_credentials(shlex.join(argv)), hint=quoted(logs))


def quoted(logs: str) -> str:
    """`logs` as an indented quotation for an error's hint, credentials in addresses left out."""
    if not logs.strip():
        return "it printed nothing"
    return "its last lines:\n" + "\n".join(f"  | {line}" for line in without_credentials(logs).splitlines())


def without_credentials(text: str) -> str:
    """`text` with `user:password@` in addresses replaced; package indexes often need them."""
    return re.sub(r"(?<=://)[^/\s@]+@", "***@", text)


def last_lines(file: Path, lines: int) -> str:
    """The last `lines` lines of a file, from its last 64 KiB; empty where there is no file."""
    if not file.exists():
        return ""
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - TAIL_BYTES))
        return tail_of(stream.read(), lines)


def tail_of(output: bytes, lines: int) -> str:
    """The last `lines` lines of `output` as text."""
    return "\n".join(output.decode("utf-8", "replace").splitlines()[-lines:])


def _find(name: str, cwd: Path, path: str) -> str:
    found = shutil.which(str(cwd / name) if "/" in name else name, path=path)
    if found is None:
        raise EnvironmentFailed(f"there is no command '{name}'", hint=f"looked in: {path}" if "/" not in name else None)
    return found
