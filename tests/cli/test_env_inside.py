from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.living.dwellers import dwellers
from tests.cli.conftest import Backfit
from tests.living.home import stand_apart, write_home


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    stand_apart(tmp_path, tmp_path_factory, monkeypatch)
    write_home(tmp_path)
    yield
    for each in dwellers(tmp_path):
        each.down()


def test__logs_and_exec__of_a_process__are_its_output_and_its_place(backfit: Backfit) -> None:
    backfit("env", "up", "tiny")
    assert "options one" in backfit("env", "logs", "tiny").out
    assert backfit("env", "logs", "tiny", "--lines", "0").out == ""
    ran = backfit("env", "exec", "tiny", "--", "sh", "-c", "ls; exit 7")
    assert (ran.code, ran.out) == (7, "server.py\n")
    assert (
        backfit("env", "exec", "tiny", "system", "--", "echo", "--side", "--debug", "-h").out == "--side --debug -h\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["exec", "tiny"], "there is no command"),
        (["exec", "tiny", "--"], "there is no command"),
        (["exec", "tiny", "--", "ls"], "tiny is not up"),
        (["exec", "tiny", "ls", "-l"], "No such option"),
        (["logs", "tiny"], "tiny is not up"),
        (["shell", "tiny"], "tiny is not up"),
    ],
)
def test__inside__what_cannot_be__is_told_with_exit_code_2(backfit: Backfit, arguments: list[str], said: str) -> None:
    result = backfit("env", *arguments)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test__exec__help__shows_where_the_command_goes(backfit: Backfit) -> None:
    assert "-- COMMAND..." in backfit("env", "exec", "--help").out


def test__logs__followed__end_with_ctrl_c_and_exit_code_0(backfit: Backfit, tmp_path: Path) -> None:
    backfit("env", "up", "tiny")
    command = [str(Path(sys.executable).with_name("backfit")), "env", "logs", "tiny", "--follow"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
