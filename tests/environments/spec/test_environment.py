from __future__ import annotations

import pytest

from harness.environments.load import load_environment
from harness.model.errors import BadFile
from tests.environments.tiny import Write


def test__side__common_and_own_keys__files_add_up_and_the_rest_is_replaced(write: Write) -> None:
    own = "two, files: [b.txt], env: {A: 2, C: true}, seed: own.py, start: 'x {port}', ready: {tcp: true}}"
    common = "env: {A: 1, B: b}\n  seed: seed.py\n  files: [server.py]"
    files = {"b__txt": "", "own__py": "", "seed__py": ""}
    environment = write({"two}": own, "files: [server.py]": common}, **files)
    old, new = environment.side("old"), environment.side("new")
    assert (old.files, new.files) == (("server.py",), ("server.py", "b.txt"))
    assert (old.env, new.env) == ({"A": "1", "B": "b"}, {"A": "2", "B": "b", "C": "true"})
    assert (old.seed, new.seed) == ("seed.py", "own.py")
    assert (old.start, new.start) == ("python3 server.py {host} {port} {options}", "x {port}")
    assert (old.ready.http, new.ready.tcp) == ("/", True)


@pytest.mark.parametrize(
    ("side", "installer", "needs_docker"),
    [("{pip: x}", "pip", False), ("{npm: [x], node: 22}", "npm", False), ("{image: 'x:1'}", "image", True)],
)
def test__installer__each_kind__is_told_apart(write: Write, side: str, installer: str, needs_docker: bool) -> None:
    environment = write({"{pip: [], options: one}": side})
    assert environment.side("old").installer == installer
    assert environment.needs_docker is needs_docker


@pytest.mark.parametrize(
    ("plugin", "into"),
    [
        ("{name: p, pip: p}", "own"),
        ("{name: p, pip: p}\nbrowser: chromium", "system"),
        ("{name: p, pip: p, into: system}", "system"),
        ("{name: p, npm: p, into: own}\nbrowser: chromium", "own"),
    ],
)
def test__plugin_into__default__is_the_system_for_plugins_of_pages(write: Write, plugin: str, into: str) -> None:
    assert write({"{name: plug}": plugin}).plugin_into == into


def test__environment__plugin_into_an_image__is_a_mistake(write: Write) -> None:
    with pytest.raises(BadFile, match="cannot be installed into a ready-made image"):
        write({"{pip: [], options: one}": "{image: 'x:1'}", "{name: plug}": "{name: p, pip: p, into: system}"})


def test__system__image_without_start__needs_its_port(write: Write) -> None:
    start = "  start: python3 server.py {host} {port} {options}\n"
    images = {"{pip: [], options: one}": "{image: 'x:1'}", "{pip: [], options: two}": "{image: 'x:2'}"}
    with pytest.raises(BadFile, match="or 'port' for the image's own command"):
        write({start: "", **images})
    assert write({start: "  port: 80\n", **images}).side("old").start is None


def test__environment__name_and_host__have_defaults(write: Write) -> None:
    environment = write({"host: {timezone: Europe/London}\n": ""})
    assert environment.name == "tiny"
    assert (environment.host.os, environment.host.timezone, environment.timeout) == ("debian:bookworm", "UTC", 60)


@pytest.mark.parametrize(("file", "name"), [("environment.yaml", "tiny"), ("beta.yaml", "tiny-beta")])
def test__name__of_one_of_several_in_a_folder__is_its_own(write: Write, file: str, name: str) -> None:
    folder = write().folder
    (folder / "environment.yaml").rename(folder / file)
    assert load_environment(folder / file).name == name


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"one}": "one, env: {DB: 'pg://{dbb.host}'}}"}, "{dbb.host} leads to no service\n  did you mean 'db'"),
        ({"{port}": "{port} {cache.port}"}, "{cache.port} leads to no service"),
        ({"two}": "two, migrate: 'x {db.prot}'}"}, "unknown placeholder '{db.prot}'\n  did you mean 'port'"),
        ({"host: {": "host: {hosts: {erp: dbb}, "}, "erp leads to 'dbb', which is nothing\n  did you mean 'db'"),
        ({"plugin:": "services: {system: {debian: redis}}\nplugin:"}, "no service can be called 'system'"),
        ({"{pip: [], options: one}": "{pip: [], migrate: x}"}, "'old.migrate' has nothing to migrate from"),
    ],
)
def test__places__that_lead_nowhere__are_mistakes(write: Write, change: dict[str, str], told: str) -> None:
    with pytest.raises(BadFile) as caught:
        write({"plugin:": "services: {db: {debian: postgresql}}\nplugin:", **change})
    assert told in str(caught.value)


def test__places__braces_of_the_systems_own__are_left_alone(write: Write) -> None:
    own = "one, env: {FORMAT: '{record.name}', DB: '{db.host}:{db.port}', JSON: '{\"a\": {b}}'}}"
    services = "services: {db: {debian: postgresql}}\nplugin:"
    assert write({"plugin:": services, "one}": own}).side("old").env["FORMAT"] == "{record.name}"


def test__needs_docker__command_as_probe__runs_in_containers_only(write: Write) -> None:
    assert write({"ready: {http: /,": "ready: {run: check-it,"}).needs_docker
