"""Environments of small real systems: written to a folder, their packages wheels that are made on the spot."""

from __future__ import annotations

import secrets
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.environments import Environment, load_environment
from tests.environments.tiny import SERVER, TINY, Write


@pytest.fixture(autouse=True)
def cache(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own; tests with an engine share one, since its locks keep two from making one image."""
    shared = request.node.get_closest_marker("docker") is not None
    base: Path = request.getfixturevalue("tmp_path_factory").getbasetemp().parent if shared else tmp_path
    monkeypatch.setenv("BACKFIT_CACHE", str(base / "cache"))
    return base / "cache"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(replace: dict[str, str] | None = None, **files: str) -> Environment:
        folder = tmp_path / "tiny"
        folder.mkdir(exist_ok=True)
        text = TINY
        for before, after in (replace or {}).items():
            assert before in text
            text = text.replace(before, after)
        for name, content in {"environment.yaml": text, "server.py": SERVER, **files}.items():
            (folder / name.replace("__", ".")).write_text(content)
        return load_environment(folder)

    return written


@pytest.fixture
def run_id() -> str:
    """A run of this test alone: another checkout's tests may use the same engine."""
    return f"run-{secrets.token_hex(4)}"


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Makes a wheel of (name, version) that pip finds, and lets pip look nowhere else."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_NO_INDEX", "1")

    def make(name: str, version: str) -> None:
        info = f"{name}-{version}.dist-info"
        with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"{name}.py", f"def main():\n    print({version!r})\n")
            wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
            wheel.writestr(
                f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            )
            wheel.writestr(f"{info}/entry_points.txt", f"[console_scripts]\n{name} = {name}:main\n")
            wheel.writestr(f"{info}/RECORD", "")

    return make


@pytest.fixture
def another_backfit() -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Runs Python text in a process of its own, which is killed at the end; its first line of output has been awaited."""
    started: list[subprocess.Popen[str]] = []

    def start(text: str) -> subprocess.Popen[str]:
        root = Path(__file__).parents[2]
        command = [sys.executable, "-u", "-c", text]
        started.append(
            subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        )
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()
