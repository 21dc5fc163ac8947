"""The commands that a newcomer types: what the pages promise is there, and each tells success from failure."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def run(folder: Path, *command: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Runs a command outside of whatever make and CI run these tests, with a line waiting on its standard input."""
    inherited = {name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "CI"}}
    return subprocess.run(
        command, cwd=folder, env=inherited | env, input="typed\n", capture_output=True, text=True, check=False
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The Makefile and the scripts of this repository, set up with tools that only say that they were called."""
    for name in ("Makefile", "requirements.lock", "pyproject.toml", "scripts", ".ci"):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, tmp_path / name)
    program(tmp_path / "scripts/provide", 'echo "provide $*" >>calls; [ "$1" = release ] || exit $PROVIDED')
    for tool in ("backfit", "pytest", "ruff", "mypy", "lint-imports"):
        program(tmp_path / ".venv/bin" / tool, f'echo "{tool}" >>calls; exit ${{{tool.upper().replace("-", "_")}:-0}}')
    (tmp_path / ".venv/.set-up").touch()
    return tmp_path


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", ".ci/run"])
def test__make_commands__on_a_page__exist(page: str) -> None:
    named = set(re.findall(r"(?:^|`|\$ |exec )make ([a-z]+)\b", (ROOT / page).read_text(), re.MULTILINE))
    assert named
    assert named - targets() == set()


def test__readme__for_a_newcomer__names_the_two_commands() -> None:
    assert {"make demo", "make test"} <= set(re.findall(r"make (?:demo|test)\b", (ROOT / "README.md").read_text()))


def test__help__by_default__lists_every_target() -> None:
    assert set(re.findall(r"^  make (\w+)", run(ROOT, "make").stdout, re.MULTILINE)) == targets()


@pytest.mark.parametrize(
    ("exit_code", "success"), [(0, True), (1, True), (2, False), (3, False), (4, False), (130, False)]
)
def test__demo__by_the_exit_code_of_check__tells_success(checkout: Path, exit_code: int, success: bool) -> None:
    assert (run(checkout, "make", "demo", PROVIDED="0", BACKFIT=str(exit_code)).returncode == 0) is success


def test__demo__without_a_browser__fails_before_the_check(checkout: Path) -> None:
    assert run(checkout, "make", "demo", PROVIDED="1").returncode != 0
    assert (checkout / "calls").read_text().split("\n")[1:] == [""]


@pytest.mark.parametrize(
    ("failing", "last_tool", "success"),
    [
        ({}, "pytest", True),
        ({"PROVIDED": "1"}, "pytest", True),  # the tests that need what is missing are skipped
        ({"PYTEST": "1"}, "pytest", False),
        ({"MYPY": "1"}, "mypy", False),
    ],
)
def test__make_test__whatever_happens__releases_and_tells_success(
    checkout: Path, failing: dict[str, str], last_tool: str, success: bool
) -> None:
    result = run(checkout, "make", "test", **({"PROVIDED": "0"} | failing))
    assert (result.returncode == 0) is success, result.stderr
    assert (checkout / "calls").read_text().split("\n")[-3:] == [last_tool, "provide release", ""]


def test__ci__on_a_machine_that_has_the_tools__runs_make_test_with_ci_true(checkout: Path) -> None:
    program(checkout / ".venv/bin/pytest", "echo CI=$CI; if read line; then echo input; fi; echo '1 passed in 0.01s'")
    result = run(checkout, "bash", ".ci/run", PROVIDED="0")
    assert result.returncode == 0, result.stderr
    assert result.stdout.split("\n")[-3:] == ["CI=true", "1 passed in 0.01s", ""]
