from __future__ import annotations

import json
import subprocess

import pytest

from harness.environments.launch import (
    Address,
    Machine,
    filled,
    host_variables,
    hosts_entries,
    masked,
    migration_words,
    prepare_scratch,
    seed_variables,
    start_words,
    system_variables,
)
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


def test__system_variables__secret__is_the_environments_and_never_filled_in(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THEIR_KEY", "k-{port}")
    environment = write({"files: [server.py]": "files: [server.py]\n  env: {KEY: {env: THEIR_KEY}}"})
    assert system_variables(environment, environment.side("old"), "run-1", ADDRESS)["KEY"] == "k-{port}"


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("locale: zh_CN.UTF-8", {"LANG": "zh_CN.UTF-8", "TZ": "Europe/London"}),
        (
            "proxy: 'http://p.example:3128'",
            {
                "HTTPS_PROXY": "http://p.example:3128",
                "http_proxy": "http://p.example:3128",
                "NO_PROXY": "localhost,127.0.0.1,::1,system",
            },
        ),
        ("ca: ca.pem", {"REQUESTS_CA_BUNDLE": "/here/all.pem", "NODE_EXTRA_CA_CERTS": "/here/all.pem"}),
        ("clock: -90s", {"LD_PRELOAD": "/here/faketime.so", "FAKETIME": "-90.000"}),
    ],
)
def test__host_variables__host__are_what_its_programs_are_told(
    write: Write, host: str, expected: dict[str, str]
) -> None:
    environment = write({"timezone:": f"{host}, timezone:"}, ca__pem="")
    found = host_variables(environment, "run-1", Machine("/here/faketime.so", "/here/all.pem"))
    assert found.items() >= expected.items()


def test__host_variables__machine_without_libfaketime__keeps_its_clock(write: Write) -> None:
    environment = write({"timezone:": "clock: -90s, timezone:"})
    assert host_variables(environment, "run-1", Machine(None, "")) == {"LANG": "C.UTF-8", "TZ": "Europe/London"}


def test__hosts_entries__names__lead_where_they_are_known_to(write: Write) -> None:
    hosts = "hosts: {a.example: 10.0.0.1, b.example: system, c.example: db}, timezone:"
    environment = write({"timezone:": hosts, "plugin:": "services: {db: {debian: redis-server}}\nplugin:"})
    assert hosts_entries(environment, {"system": "10.9.9.9"}) == {"a.example": "10.0.0.1", "b.example": "10.9.9.9"}


def test__filled__places_of_services__are_filled_and_other_braces_stay() -> None:
    address = Address("0.0.0.0", 80, "http://x", {"db.host": "db", "db.port": "5432"})
    assert filled("{db.host}:{db.port}/{port} {cache.host} {}", address) == "db:5432/80 {cache.host} {}"


@pytest.mark.parametrize(("umask", "output"), [("0027", "0027"), (None, "")])
def test__masked__command__runs_under_the_mask_with_its_own_words(umask: str | None, output: str) -> None:
    words = masked(["sh", "-c", 'test -n "$1" && umask', "sh", "a b"], umask)
    found = subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()
    assert found == (
        output or subprocess.run(["sh", "-c", "umask"], capture_output=True, text=True, check=True).stdout.strip()
    )


def test__migration_words__side__are_filled_like_the_start(write: Write) -> None:
    environment = write({"options: two}": "options: '--to 2', migrate: 'up {options} {url}'}"})
    assert migration_words(environment.side("new"), ADDRESS) == ["up", "--to", "2", "http://127.0.0.1:8001"]
    assert migration_words(environment.side("old"), ADDRESS) == []
