from __future__ import annotations

import json

import pytest

from harness.environments.launch import Address, prepare_scratch, seed_variables, start_words, system_variables
from harness.environments.store import cache_folder
from harness.model.errors import EnvironmentFailed
from tests.environments.tiny import Write

ADDRESS = Address("127.0.0.1", 8001, "http://127.0.0.1:8001")


@pytest.mark.parametrize(
    ("start", "options", "words"),
    [
        (
            "s --host {host} --port={port} {options}",
            "-a 'b c'",
            ["s", "--host", "127.0.0.1", "--port=8001", "-a", "b c"],
        ),
        ("s {options} --base {url}/x", "", ["s", "--base", "http://127.0.0.1:8001/x"]),
        ("s {options}", "--bind {host}:{port}", ["s", "--bind", "127.0.0.1:8001"]),
        ("s '{\"a\": {}}' '; rm -rf x' $HOME", "", ["s", '{"a": {}}', "; rm -rf x", "$HOME"]),
    ],
)
def test__start_words__placeholders__are_filled_without_a_shell(
    write: Write, start: str, options: str, words: list[str]
) -> None:
    files = {
        "python3 server.py {host} {port} {options}": json.dumps(start),
        "options: one": f"options: {json.dumps(options)}",
    }
    assert start_words(write(files).side("old"), ADDRESS) == words


def test__system_variables__own_ones__go_over_the_hosts_and_know_the_address(write: Write) -> None:
    environment = write(
        {"files: [server.py]": "files: [server.py]\n  env: {PORT: '{port}', LANG: C, JSON: '{\"a\": 1}'}"}
    )
    variables = system_variables(environment, environment.side("new"), "run-1", ADDRESS)
    expected = {"LANG": "C", "TZ": "Europe/London", "PORT": "8001", "JSON": '{"a": 1}'}
    assert variables.items() >= (expected | {"BACKFIT_SIDE": "new", "BACKFIT_RUN": "run-1"}).items()
    assert seed_variables(variables) == {**variables, "PYTHONHASHSEED": "0"}


def test__prepare_scratch__files_folders_and_seed__are_in_their_places(write: Write) -> None:
    environment = write()
    (environment.folder / "sub" / "deep").mkdir(parents=True)
    (environment.folder / "sub" / "deep" / "a.txt").write_text("a")
    environment = write({"one}": "one, files: [sub/deep/a.txt, sub], seed: seed.py}"}, seed__py="")
    scratch = prepare_scratch(environment, environment.side("old"), "run-1")
    found = sorted(str(each.relative_to(scratch.folder)) for each in scratch.folder.rglob("*") if each.is_file())
    assert found == ["seed/seed.py", "workspace/server.py", "workspace/sub/deep/a.txt"]
    scratch.remove()
    assert not scratch.folder.exists()


def test__prepare_scratch__file_that_vanished__leaves_nothing(write: Write) -> None:
    environment = write()
    (environment.folder / "server.py").unlink()
    with pytest.raises(EnvironmentFailed, match="No such file"):
        prepare_scratch(environment, environment.side("old"), "run-1")
    assert list((cache_folder() / "runs").iterdir()) == []
