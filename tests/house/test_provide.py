"""scripts/provide on machines that lack things: PATH holds what each of them has."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BASICS = ("bash", "cat", "dirname", "grep", "id", "mkdir", "sleep", "tail", "timeout")
APT_THAT_INSTALLS = 'for name; do :; done; [ "$1" = update ] || { echo "exit 0" >bin/$name && chmod +x bin/$name; }'
APT_THAT_FAILS = '[ "$1" = update ] || { echo "E: Unable to locate package"; exit 100; }'


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A checkout on a machine with the basic tools, root, and no apt."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts/provide", tmp_path / "scripts")
    (tmp_path / "bin").mkdir()
    for name in BASICS:
        (tmp_path / "bin" / name).symlink_to(str(shutil.which(name)))
    install(tmp_path, "id", "echo 0")
    for name in ("python", "playwright"):
        (tmp_path / ".venv/bin").mkdir(parents=True, exist_ok=True)
        install(tmp_path, f"../.venv/bin/{name}", "exit 1")
    return tmp_path


def install(machine: Path, name: str, text: str) -> Path:
    path = machine / "bin" / name
    path.unlink(missing_ok=True)
    path.write_text(f"#!{shutil.which('sh')}\n{text}\n")
    path.chmod(0o755)
    return path


def provide(machine: Path, *things: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = [shutil.which("bash"), "scripts/provide", *things]
    return subprocess.run(
        command, cwd=machine, env={"PATH": str(machine / "bin")} | env, capture_output=True, text=True, check=False
    )


def test__program__that_is_there__is_left_alone(machine: Path) -> None:
    install(machine, "mmdebstrap", "exit 0")
    assert provide(machine, "mmdebstrap").stdout == "mmdebstrap     is installed\n"


@pytest.mark.parametrize("thing", ["npm", "mmdebstrap", "docker-compose"])
def test__program__that_apt_has__is_installed_once(machine: Path, thing: str) -> None:
    install(machine, "apt-get", APT_THAT_INSTALLS)
    (machine / "bin/chmod").symlink_to(str(shutil.which("chmod")))
    first, second = provide(machine, thing), provide(machine, thing)
    assert (first.returncode, first.stdout) == (0, f"{thing:14} installed by apt\n")
    assert (second.returncode, second.stdout) == (0, f"{thing:14} is installed\n")


@pytest.mark.parametrize("thing", ["browser", "docker", "docker-compose", "npm", "mmdebstrap"])
@pytest.mark.parametrize(
    ("apt", "user", "why"),
    [
        (None, 0, "apt needs root on Debian"),
        (APT_THAT_INSTALLS, 1000, "apt needs root on Debian"),
        (APT_THAT_FAILS, 0, "E: Unable to locate package"),
    ],
    ids=["no apt", "not root", "apt fails"],
)
def test__thing__that_cannot_be_had__says_why_in_one_line(
    machine: Path, thing: str, apt: str | None, user: int, why: str
) -> None:
    install(machine, "id", f"echo {user}")
    if apt:
        install(machine, "apt-get", apt)
    result = provide(machine, thing)
    assert result.returncode == 1
    assert result.stdout.count("\n") == 1
    assert result.stdout.startswith(thing)
    assert why in result.stdout
    assert result.stderr == ""


def test__browser__after_a_failed_download__comes_from_apt(machine: Path) -> None:
    install(machine, "../.venv/bin/playwright", '[ "$1" = --version ]')
    install(machine, "../.venv/bin/python", f"[ -x {machine}/bin/chromium ] && echo {machine}/bin/chromium")
    install(machine, "apt-get", f'[ "$1" = update ] || {{ cp {shutil.which("true")} bin/chromium; }}')
    (machine / "bin/cp").symlink_to(str(shutil.which("cp")))
    assert provide(machine, "browser").stdout == f"browser        installed by apt: {machine}/bin/chromium\n"


@pytest.mark.parametrize(
    ("thing", "variable", "value"),
    [("docker", "DOCKER_HOST", "tcp://127.0.0.1:1"), ("browser", "BACKFIT_BROWSER", "/nowhere/chromium")],
)
def test__thing__that_the_user_names__is_not_replaced(machine: Path, thing: str, variable: str, value: str) -> None:
    install(machine, "../.venv/bin/playwright", '[ "$1" = --version ]')
    install(machine, "apt-get", "echo called >apt-was-called")
    result = provide(machine, thing, **{variable: value})
    assert (result.returncode, f"{variable}={value}" in result.stdout) == (1, True)
    assert not (machine / "apt-was-called").exists()


@pytest.fixture
def daemon(machine: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that looks like the daemon that `provide docker` started: it has the same file for its process id."""
    pid_file = machine / ".backfit/provide/dockerd.pid"
    pid_file.parent.mkdir(parents=True)
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", "--pidfile", pid_file]) as process:
        pid_file.write_text(str(process.pid))
        yield process
        process.kill()


def test__release__of_a_daemon_that_was_started__ends_it(machine: Path, daemon: subprocess.Popen[bytes]) -> None:
    command = [str(shutil.which("bash")), "scripts/provide", "release"]
    with subprocess.Popen(command, cwd=machine, stdout=subprocess.PIPE) as release:
        assert daemon.wait(timeout=30) == -signal.SIGTERM  # and is reaped: it is a child of this test
        assert (release.communicate(timeout=30)[0], release.returncode) == (b"", 0)


def test__release__of_a_process_id_that_was_reused__ends_nothing(
    machine: Path, daemon: subprocess.Popen[bytes]
) -> None:
    with subprocess.Popen([str(shutil.which("sleep")), "60"]) as bystander:
        (machine / ".backfit/provide/dockerd.pid").write_text(str(bystander.pid))
        try:
            assert provide(machine, "release").returncode == 0
            assert (daemon.poll(), bystander.poll()) == (None, None)
        finally:
            bystander.kill()


@pytest.mark.parametrize("things", [[], ["unknown"], ["browser", "unknown"]], ids=str)
def test__usage__wrong__is_told_with_exit_code_2(machine: Path, things: list[str]) -> None:
    result = provide(machine, *things)
    assert result.returncode == 2
    assert result.stderr.startswith("usage: scripts/provide")
