from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from harness.record.bounded import Ended, run_bounded

ROOT = Path(__file__).parents[2]


def run(tmp_path: Path, program: str, timeout: float = 30) -> Ended:
    variables = {**os.environ, "TMPDIR": str(tmp_path)}
    return run_bounded(
        [sys.executable, "-c", program], folder=tmp_path, scratch=tmp_path, environment=variables, timeout=timeout
    )


def ends(pid: int) -> bool:
    for _ in range(500):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize(
    ("program", "ended"),
    [
        ("print('a')", Ended(0, "a\n", "")),
        ("import sys; sys.exit('b')", Ended(1, "", "b\n")),
        ("import os; os.kill(os.getpid(), 11)", Ended(-11, "", "")),
        ("import sys; sys.stdout.buffer.write(b'\\xff')", Ended(0, "�", "")),
        ("print(repr(input()))", None),
    ],
)
def test__run__a_program__gives_its_code_and_output(tmp_path: Path, program: str, ended: Ended | None) -> None:
    if ended:
        assert run(tmp_path, program) == ended
    else:
        assert "EOFError" in run(tmp_path, program).stderr


def test__run__past_its_time__is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    program = (
        "import subprocess, sys, time\n"
        "sleep = [sys.executable, '-c', 'import time; time.sleep(60)']\n"
        "print(subprocess.Popen(sleep).pid, subprocess.Popen(sleep, start_new_session=True).pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    ended = run(tmp_path, program, timeout=2)
    assert ended.code is None
    pids = [int(pid) for pid in ended.stdout.split()]
    assert len(pids) == 2
    assert all(ends(pid) for pid in pids)


def test__run__a_program_that_leaves_one_behind__ends_that_too(tmp_path: Path) -> None:
    program = "import subprocess; print(subprocess.Popen(['sleep', '60']).pid)"
    ended = run(tmp_path, program)
    assert ended.code == 0
    assert ends(int(ended.stdout))


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="only where processes can be looked at")
def test__run__a_program_that_starts_a_daemon__ends_that_too(tmp_path: Path) -> None:
    program = (
        "import os, time\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0:\n"
        "        open('pid.new', 'w').write(str(os.getpid())); os.rename('pid.new', 'pid')\n"
        "        time.sleep(60)\n"
        "    os._exit(0)\n"
        "while not os.path.exists('pid'): time.sleep(0.01)\n"
    )
    assert run(tmp_path, program).code == 0
    assert ends(int((tmp_path / "pid").read_text()))


@pytest.mark.parametrize(
    "program",
    [
        "import os\nwhile True: os.write(1, b'x' * 65536); os.write(2, b'y' * 65536)",
        "import os, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)",
        "import os, time; os.close(0); os.close(1); os.close(2); time.sleep(60)",
    ],
    ids=["floods", "ignores TERM", "closes its pipes"],
)
def test__run__a_program_that_never_ends__is_ended_and_bounded(tmp_path: Path, program: str) -> None:
    ended = run(tmp_path, program, timeout=2)
    assert ended.code is None
    assert len(ended.stdout) < 9 * 2**20
    assert len(ended.stderr) < 9 * 2**20
    assert list(tmp_path.iterdir()) == []


def test__run__a_program_that_says_too_much__is_heard_at_its_beginning_and_its_end(tmp_path: Path) -> None:
    program = "print('first'); print('x' * 9_000_000); print('last')"
    said = run(tmp_path, program).stdout
    assert said.startswith("first\n")
    assert said.endswith("\nlast\n")
    assert " bytes are left out …\n" in said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test__run__when_backfit_itself_is_ended__ends_the_program(tmp_path: Path, number: signal.Signals) -> None:
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from harness.record.bounded import run_bounded\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "here = Path(sys.argv[1])\n"
        "run_bounded(['sh', '-c', 'echo $$ > pid.tmp; mv pid.tmp pid; exec sleep 60'],"
        " folder=here, scratch=here, environment=os.environ, timeout=60)\n"
    )
    ours = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, stderr=subprocess.DEVNULL)
    while not (tmp_path / "pid").exists():
        assert ours.poll() is None
        time.sleep(0.02)
    ours.send_signal(number)
    ours.wait()
    assert ends(int((tmp_path / "pid").read_text()))
