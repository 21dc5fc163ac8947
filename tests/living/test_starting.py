from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.environments import Environment, load_environment
from harness.environments.store import scratch_folders
from harness.living.dwellers import dwellers
from harness.living.keeper import Job
from harness.living.place import State
from harness.living.starting import start
from harness.living.waking import awake
from harness.model.errors import EnvironmentFailed, UsageError
from tests.environments.tiny import eventually, get, ignore
from tests.living.home import write_home


def job(environment: Environment, workspace: Path) -> Job:
    return Job(str(environment.path.absolute()), str(workspace), "old", driver="process")


def started(job: Job, tell: Callable[[str], None]) -> State:
    with awake() as keeper:
        return start(keeper, job, tell, meanwhile=lambda: None)


def test__start__of_a_side__tells_the_steps_and_leaves_it_up(tiny: Environment, workspace: Path) -> None:
    told: list[str] = []
    state = started(job(tiny, workspace), told.append)
    assert (told[0], told[-1]) == ("process, because it was asked for", "starting tiny (old)")
    assert get(f"{state.url}/server.py")
    assert (state.phase, state.name, state.version) == ("up", "tiny (old)", "tiny old")


def test__start__that_fails__tells_the_last_lines_and_leaves_nothing(workspace: Path) -> None:
    start_command = "python3 server.py {host} {port} {options}"
    folder = write_home(workspace, {start_command: "python3 -c \"import sys; sys.exit('no licence')\""})
    with pytest.raises(EnvironmentFailed, match="died at start") as raised:
        started(job(load_environment(folder), workspace), ignore)
    assert raised.value.hint is not None
    assert "no licence" in raised.value.hint
    assert list((workspace / ".backfit/up").iterdir()) == []
    assert list(scratch_folders()) == []


def test__start__of_a_file_that_became_bad__is_that_error(tiny: Environment, workspace: Path) -> None:
    tiny.path.write_text("nonsense: 1")
    with pytest.raises(UsageError, match="unknown key 'nonsense'"):
        started(job(tiny, workspace), ignore)


def test__start__of_a_keeper_that_cannot_run__says_its_last_words(
    tiny: Environment, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(EnvironmentFailed, match="ended without a word"):
        started(job(tiny, workspace), ignore)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test__start__interrupted__leaves_nothing(workspace: Path, number: signal.Signals) -> None:
    folder = write_home(workspace, {"ready: {http: /, timeout: 30}": "ready: {log: never, timeout: 30}"})
    environment = load_environment(folder)
    command = [str(Path(sys.executable).with_name("backfit")), "env", "up", str(folder), "--driver", "process"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert eventually(lambda: any("system.log" in str(file) for file in _scratch_files()))
        process.send_signal(number)
        assert process.wait(30) == (130 if number is signal.SIGINT else -9)
    assert eventually(lambda: dwellers(workspace) == [] and list(scratch_folders()) == [])
    assert environment.path.exists()


def _scratch_files() -> list[Path]:
    return [file for folder, _ in scratch_folders() for file in folder.glob("*")]
