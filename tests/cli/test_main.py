from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

BACKFIT = str(Path(sys.executable).with_name("backfit"))


@pytest.mark.parametrize(("arguments", "code"), [(["--version"], 0), (["nope"], 2), (["diff", "a", "b"], 2)])
def test__main__as_a_program__exits_with_the_code(arguments: list[str], code: int) -> None:
    assert subprocess.run([BACKFIT, *arguments], capture_output=True, check=False).returncode == code


def test__main__whose_reader_leaves__ends_quietly() -> None:
    with subprocess.Popen([BACKFIT, "schema", "shim"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.wait(30) == 128 + signal.SIGPIPE
        assert process.stderr.read() == b""


SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
STOPPED = "backfit: stopped; everything that was started has been ended\n"
WHILE_LOADING = """
import os, sys
class Finder:
    def find_spec(self, name, *_):
        if name == "harness.cli.lazy":
            os.kill(os.getpid(), int(sys.argv[1]))
sys.meta_path.insert(0, Finder())
from harness.cli.main import main
main()
"""


@pytest.mark.parametrize("number", SIGNALS)
def test__main__stopped_while_it_loads__says_so_in_one_line(number: signal.Signals) -> None:
    command = [sys.executable, "-c", WHILE_LOADING, str(int(number))]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (130, "", STOPPED)


@pytest.mark.parametrize("number", SIGNALS)
def test__main__stopped_in_a_command__says_so_in_one_line(tmp_path: Path, number: signal.Signals) -> None:
    with reading(tmp_path, BACKFIT) as process:
        process.send_signal(number)
        assert process.stderr is not None
        assert process.stderr.read().decode() == STOPPED
        assert process.wait(30) == 130


def test__main__under_nohup__is_deaf_to_a_closed_terminal(tmp_path: Path) -> None:
    with reading(tmp_path, "nohup", BACKFIT) as process:
        process.send_signal(signal.SIGHUP)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.5)
        process.kill()


@contextmanager
def reading(folder: Path, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A `diff` that has begun to read a pipe to which nobody writes."""
    os.mkfifo(folder / "a.har")
    with subprocess.Popen([*command, "diff", folder / "a.har", "b.har"], stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        while b"reading" not in process.stderr.readline():
            pass
        yield process
