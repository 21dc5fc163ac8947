from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from harness.environments.process import ProcessDriver, free_port
from harness.model.errors import EnvironmentFailed, UsageError
from tests.environments.tiny import Write, eventually, get, ignore

Another = Callable[[str], "subprocess.Popen[str]"]

HOLD = """
import time
from pathlib import Path
from harness.environments import load_environment
from harness.environments.process import ProcessDriver
environment = load_environment(Path({folder!r}))
system = ProcessDriver("run-1").start(environment, "old", lambda line: None)
print(system.url)
time.sleep(600)
"""


def start(write: Write, replace: dict[str, str] | None = None, side: str = "old", **files: str) -> str:
    """The message of a start that must fail; nothing may be left of it."""
    environment = write(replace, **files)
    with pytest.raises(EnvironmentFailed) as caught:
        ProcessDriver("run-1").start(environment, "new" if side == "new" else "old", ignore)
    return str(caught.value)


def left(cache: Path) -> list[Path]:
    return list((cache / "runs").iterdir())


def answers(url: str) -> bool:
    try:
        get(url)
    except OSError:
        return False
    return True


def test__start__both_sides_at_once__each_has_its_own_workspace_and_port(write: Write, cache: Path) -> None:
    seed = "import os; open('data.txt', 'w').write(os.environ['BACKFIT_SIDE'] + __file__.rpartition('/')[2])"
    environment = write({"files: [server.py]": "files: [server.py]\n  seed: seed.py"}, seed__py=seed)
    driver = ProcessDriver("run-1")
    old, new = (driver.start(environment, side, ignore) for side in ("old", "new"))
    assert old.url != new.url
    assert [get(f"{each.url}/data.txt") for each in (old, new)] == ["oldseed.py", "newseed.py"]
    assert [each.logs(99).splitlines()[0] for each in (old, new)] == ["options one", "options two"]
    assert (old.version, old.plugin_version) == ("old", "")
    for system in (old, new):
        assert system.alive()
        system.stop()
        system.stop()
        assert not system.alive()
        assert not answers(system.url)
    assert "options one" in old.logs()
    assert left(cache) == []


def test__start__variables__are_the_environments_and_nothing_of_the_users(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_SECRET", "secret")
    environment = write({"files: [server.py]": "files: [server.py]\n  env: {ADDRESS: '{url}'}"})
    system = ProcessDriver("run-1").start(environment, "old", ignore)
    found = {name: get(f"{system.url}/${name}") for name in ("MY_SECRET", "ADDRESS", "TZ", "BACKFIT_SIDE", "HOME")}
    system.stop()
    home = found.pop("HOME")
    assert found == {"MY_SECRET": "", "ADDRESS": system.url, "TZ": "Europe/London", "BACKFIT_SIDE": "old"}
    assert home != os.environ["HOME"]


@pytest.mark.parametrize(
    ("server", "expected"),
    [
        ("raise SystemExit('no such database')", ["tiny (old) died at start", "| no such database"]),
        (
            "print('still waiting'); import time; time.sleep(600)",
            ["not ready after 1 s", "last seen: GET http", "| still waiting"],
        ),
    ],
)
def test__start__that_fails__says_why_and_leaves_nothing(
    write: Write, cache: Path, server: str, expected: list[str]
) -> None:
    found = start(write, {"timeout: 30": "timeout: 1"}, server__py=server)
    assert [part for part in expected if part not in found] == []
    assert left(cache) == []


def test__start__seed_that_fails__shows_it_and_leaves_nothing(write: Write, cache: Path) -> None:
    found = start(write, {"one}": "one, seed: seed.py}"}, seed__py="raise ValueError('bad seed')")
    assert "seed of old: failed with exit code 1" in found
    assert "| ValueError: bad seed" in found
    assert left(cache) == []


def test__start__no_such_command__is_said(write: Write) -> None:
    assert "there is no command 'nope'" in start(write, {"python3 server.py": "nope"})


def test__start__port_in_use__is_said_clearly(write: Write, cache: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        found = start(write, {"{port}": str(taken.getsockname()[1])})
    assert "tiny (old): its port is already in use" in found
    assert "let the start command take {port}" in found
    assert left(cache) == []


def test__start__port_that_another_took_meanwhile__is_tried_once_more(write: Write) -> None:
    """The first start finds its port taken, as in a race; a mark outside the workspace tells the second one."""
    environment = write()
    mark = environment.folder / "mark"
    taken = f"open({str(mark)!r}, 'w'); raise OSError(98, 'Address already in use')"
    race = f"import os\nif not os.path.exists({str(mark)!r}): {taken}\n"
    environment = write(server__py=race + (environment.folder / "server.py").read_text())
    system = ProcessDriver("run-1").start(environment, "old", ignore)
    assert system.alive()
    system.stop()


def test__free_port__is_free() -> None:
    with socket.create_server(("127.0.0.1", free_port())):
        pass


def test__kill_9__of_backfit__ends_the_system(write: Write, another_backfit: Another) -> None:
    backfit = another_backfit(HOLD.format(folder=str(write().folder)))
    assert backfit.stdout
    url = backfit.stdout.readline().strip()
    assert answers(url)
    backfit.kill()
    backfit.wait()
    assert eventually(lambda: not answers(url))


@pytest.mark.parametrize("stage", ["seed", "start", "running"])
def test__ctrl_c__at_any_stage__leaves_nothing(
    write: Write, another_backfit: Another, cache: Path, tmp_path: Path, stage: str
) -> None:
    mark = tmp_path / "pid"
    hang = f"import os, time; open({str(mark)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    replace = {"one}": "one, seed: seed.py}"} if stage == "seed" else {}
    files = {"seed": {"seed__py": hang}, "start": {"server__py": hang}, "running": {}}[stage]
    backfit = another_backfit(HOLD.format(folder=str(write(replace, **files).folder)))
    assert backfit.stdout
    if stage == "running":
        backfit.stdout.readline()
    else:
        assert eventually(lambda: mark.exists() and mark.read_text() != "")
    backfit.send_signal(signal.SIGINT)
    backfit.wait()
    if stage == "running":  # nobody called stop: the warden ends the system, reaping takes the folder
        return
    assert not Path(f"/proc/{mark.read_text()}").exists()
    assert left(cache) == []


STORE = """
import http.server, os, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        with open("data.txt", "a+") as file:
            if self.path != "/": file.write(self.path[1:] + " ")
            file.seek(0); body = file.read().encode()
        self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers(); self.wfile.write(body)
http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Handler).serve_forever()
"""


def test__restore__snapshot__brings_the_data_back_at_the_same_address(write: Write, cache: Path) -> None:
    driver = ProcessDriver("run-1")
    system = driver.start(write(server__py=STORE), "old", ignore)
    url = system.url
    get(f"{url}/before")
    system.snapshot("full")
    assert get(f"{url}/after") == "before after "
    for _ in range(2):
        system.restore("full")
        assert (get(f"{url}/"), system.url) == ("before ", url)
        get(f"{url}/again")
    with pytest.raises(UsageError, match="has no snapshot 'ful'"):
        system.restore("ful")
    assert get(f"{url}/") == "before again "
    system.stop()
    driver.close()
    assert left(cache) == []


def test__start__new_that_migrates__goes_on_with_olds_data_each_time_alike(write: Write, cache: Path) -> None:
    """OLD is seeded and was up once; the migration runs once, with NEW's own files there; the common ones are data by then."""
    migrate = """
        import os
        with open("data.txt", "a") as file: file.write(os.environ["BACKFIT_SIDE"] + open("new.txt").read() + " ")
    """
    replace = {
        "files: [server.py]": "files: [server.py, data.txt]\n  seed: seed.py",
        "options: two}": "options: two, files: [new.txt, migrate.py], migrate: python3 migrate.py}",
    }
    seed = "open('data.txt', 'a').write('seeded ')"
    files = {"data__txt": "common ", "new__txt": "2", "seed__py": seed, "migrate__py": dedent(migrate)}
    environment, driver = write(replace, server__py=STORE, **files), ProcessDriver("run-1")
    told: list[str] = []
    for _ in range(2):
        system = driver.start(environment, "new", told.append)
        assert get(f"{system.url}/used") == "common seeded new2 used "
        system.stop()
    driver.close()
    assert [line for line in told if "migrating" in line] == ["migrating: python3 migrate.py"]
    assert left(cache) == []


def test__start__migration_that_fails__shows_it_and_leaves_nothing(write: Write, cache: Path) -> None:
    replace = {"options: two}": "options: two, files: [migrate.py], migrate: python3 migrate.py}"}
    found = start(write, replace, side="new", migrate__py="raise ValueError('no such column')")
    assert "migration to new: failed with exit code 1" in found
    assert "| ValueError: no such column" in found
    assert left(cache) == []


def test__run__command__has_the_systems_place_and_variables(write: Write) -> None:
    system = ProcessDriver("run-1").start(write({"timezone:": "umask: 0027, timezone:"}), "old", ignore)
    said = system.run(["sh", "-c", "pwd; echo $BACKFIT_SIDE $TZ; umask"])
    with pytest.raises(EnvironmentFailed, match="failed with exit code 3"):
        system.run(["sh", "-c", "echo why; exit 3"])
    with pytest.raises(EnvironmentFailed, match="not done after 0 s"):
        system.run(["sleep", "600"], timeout=0.2)
    system.stop()
    assert said.splitlines() == [str(system.folder), "old Europe/London", "0027"]
    assert (system.containers, system.variables["BACKFIT_SIDE"]) == ({}, "old")
