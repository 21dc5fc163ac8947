"""The process that owns a side: what ends it, and what is left then."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import pytest

from harness.environments import Environment
from harness.environments.store import scratch_folders
from harness.living.dwellers import dwellers, swept
from harness.living.keeper import KEPT, Job
from harness.living.place import place_of
from tests.environments.tiny import eventually, get
from tests.living.conftest import Up


@contextmanager
def keeper(environment: Environment, workspace: Path) -> Iterator[subprocess.Popen[bytes]]:
    """One that was started and has not been told that it is kept."""
    job = Job(str(environment.path), str(workspace), "old", driver="process")
    command = [sys.executable, "-m", "harness.living.keeper"]
    root = str(Path(__file__).parents[2])
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": root}
    ) as process:
        assert process.stdin
        process.stdin.write(json.dumps(asdict(job)).encode() + b"\n")
        process.stdin.flush()
        try:
            yield process
        finally:
            process.kill()


def said(process: subprocess.Popen[bytes]) -> list[str]:
    """What it says until it is up, or ends: the kinds of its lines."""
    assert process.stdout
    kinds: list[str] = []
    while not {"up", "failed"} & set(kinds) and (line := process.stdout.readline()):
        kinds += json.loads(line)
    return kinds


@pytest.mark.parametrize("until", ["at once", "up"])
def test__keeper__whose_starter_dies_before_it_is_kept__ends_with_all(
    tiny: Environment, workspace: Path, until: str
) -> None:
    with keeper(tiny, workspace) as process:
        if until == "up":
            assert said(process)[-1] == "up"
        assert process.stdin
        process.stdin.close()
        assert process.wait(30) == 0
    assert dwellers(workspace) == []
    assert list(scratch_folders()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test__keeper__on_a_signal__ends_with_all(tiny: Environment, workspace: Path, number: signal.Signals) -> None:
    with keeper(tiny, workspace) as process:
        assert said(process)[-1] == "up"
        assert process.stdin
        process.stdin.write(KEPT)
        process.stdin.close()
        [there] = dwellers(workspace)
        assert get(f"{there.state.url}/server.py")
        process.send_signal(number)
        assert process.wait(30) == 0
    assert list(scratch_folders()) == []
    assert not place_of(tiny, "old", workspace).folder.exists()


def test__keeper__killed__is_swept_by_the_next_command(tiny: Environment, workspace: Path, up: Up) -> None:
    there = up(tiny)
    os.kill(int(there.state.owner.split("-")[0]), signal.SIGKILL)
    assert eventually(lambda: there.state.gone)
    assert dwellers(workspace) == []
    removed = swept(workspace)
    assert removed[0] == "what the killed keeper of tiny (old) knew"
    assert list(scratch_folders()) == []
    assert not there.place.folder.exists()
    assert swept(workspace) == []


def test__keeper__of_a_defect__tells_it(tiny: Environment, workspace: Path) -> None:
    odd = json.dumps({"path": str(tiny.path), "nonsense": 1}).encode() + b"\n"
    command = [sys.executable, "-m", "harness.living.keeper"]
    root = str(Path(__file__).parents[2])
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": root}
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(odd)
        process.stdin.flush()
        told = json.loads(process.stdout.readline())
        assert process.wait(30) == 4
    assert "internal error: TypeError" in told["failed"]["what"]
    assert "Traceback" in told["failed"]["hint"]
