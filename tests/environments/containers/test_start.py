from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from harness.environments.containers.start import Start
from harness.environments.images import SideImage
from harness.environments.launch import Address
from harness.environments.spec import SideName
from tests.environments.tiny import Write

ADDRESS = Address("0.0.0.0", 8000, "http://198.18.0.2:8000", {"my-db.host": "my-db", "my-db.port": "5432"})
OURS = SideImage("ours:1", "1", user=10001, path="/opt/bin")


def start_of(write: Write, replace: dict[str, str], image: SideImage = OURS, side: SideName = "old") -> Start:
    environment = write(replace, own__txt="", seed__py="")
    return Start(environment, environment.side(side), image, {}, "run")


def names(tars: dict[str, Path]) -> dict[str, list[tuple[str, int]]]:
    found = {}
    for folder, file in tars.items():
        with tarfile.open(file) as tar:
            found[folder] = [(entry.name, entry.uid) for entry in tar if entry.isfile()]
    return found


def test__variables__services__are_told_besides_the_placeholders(write: Write) -> None:
    found = start_of(write, {}).variables(ADDRESS)
    assert {name: found[name] for name in ("BACKFIT_MY_DB_HOST", "BACKFIT_MY_DB_PORT", "PATH", "HOME")} == {
        "BACKFIT_MY_DB_HOST": "my-db",
        "BACKFIT_MY_DB_PORT": "5432",
        "PATH": "/opt/bin",
        "HOME": "/backfit/home",
    }


@pytest.mark.parametrize(
    ("config", "start", "workspace", "folders", "user"),
    [
        ({}, True, "/backfit/workspace", ("/backfit",), ""),
        ({"WorkingDir": "/srv", "User": "app"}, True, "/backfit/workspace", ("/backfit",), "app"),
        ({"WorkingDir": "/srv", "User": "app"}, False, "/srv", ("/backfit", "/srv"), "app"),
        ({"WorkingDir": "/"}, False, "/backfit/workspace", ("/backfit",), ""),
    ],
)
def test__places__of_an_image__are_its_own_where_its_command_is(
    write: Write, config: dict[str, str], start: bool, workspace: str, folders: tuple[str, ...], user: str
) -> None:
    replace = {} if start else {"  start: python3 server.py {host} {port} {options}\n": "  port: 8000\n"}
    sides = {"{pip: [], options: one}": "{image: 'x:1'}", "{pip: [], options: two}": "{image: 'x:1'}"}
    found = start_of(write, {**replace, **sides}, SideImage("x:1", "1", config=config))
    assert (found.workspace, found.folders, found.user) == (workspace, folders, user)


def test__files__of_a_side__are_the_users_and_those_of_one_side_can_be_had_alone(write: Write, tmp_path: Path) -> None:
    start = start_of(write, {"options: two": "options: two, files: [own.txt], seed: seed.py"}, side="new")
    assert sorted(names(start.files(tmp_path / "all"))["/backfit"]) == [
        ("seed/seed.py", 10001),
        ("workspace/own.txt", 10001),
        ("workspace/server.py", 10001),
    ]
    assert names(start.added_files(tmp_path / "own")) == {"/backfit": [("workspace/own.txt", 10001)]}


def test__options__umask_and_limits__are_the_hosts(write: Write) -> None:
    start = start_of(write, {"host: {": "host: {umask: '0027', memory: 64M, "})
    options = start.options(["serve", "it"], {"A": "1"})
    assert (options["entrypoint"], options["command"][-2:]) == (["sh"], ["serve", "it"])
    assert (options["mem_limit"], options["read_only"], options["environment"]) == (64 * 2**20, True, {"A": "1"})
