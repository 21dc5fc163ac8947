from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.environments.base_image import base_image
from harness.environments.compose import ComposeDriver
from harness.environments.engine import Engine, connect
from harness.model.errors import BadFile, EnvironmentFailed
from tests.environments.compose.composed import CUSTOMER, ENVIRONMENT, composed
from tests.environments.tiny import get, ignore

pytestmark = [pytest.mark.docker, pytest.mark.compose]


@pytest.fixture
def engine() -> Iterator[Engine]:
    found = connect()
    yield found
    found.client.close()


@pytest.fixture
def image(engine: Engine, run_id: str) -> str:
    return base_image(engine, "debian:bookworm", False, run_id, ignore)


def left(engine: Engine, run_id: str) -> list[str]:
    mine = {"label": f"backfit.run={run_id}"}
    client = engine.client
    found = [*client.containers.list(all=True, filters=mine), *client.networks.list(filters=mine)]
    return [str(each.name) for each in (*found, *client.volumes.list(filters=mine))]


@pytest.mark.slow
def test__start__both_sides_at_once__are_the_customers_services_apart_from_each_other(
    engine: Engine, image: str, run_id: str, tmp_path: Path, cache: Path
) -> None:
    environment = composed(tmp_path / "shop", image)
    driver = ComposeDriver(engine, run_id)
    systems = [driver.start(environment, side, ignore) for side in ("old", "new")]
    try:
        old, new = systems
        assert [get(each.url) for each in systems] == ["hello", "hello"]
        assert old.version == image.rpartition(":")[2]
        assert [each.run(["sh", "-c", "echo $WHO $PRICE"]) for each in systems] == ["old 5$\n", "new 5$\n"]
        assert sorted(old.containers) == ["db", "system"]
        assert old.containers.keys() == new.containers.keys()
        assert len(left(engine, run_id)) == 8  # two containers, a network and a volume each
        assert "200" in old.run(
            ["python3", "-c", "import urllib.request as u; print(u.urlopen('http://database:5432').status)"]
        )
        assert old.run(["sh", "-c", "echo mine > /srv/index.html; cat /srv/index.html"]) == "mine\n"
        assert get(new.url) == (environment.folder / "site/index.html").read_text() == "hello"
        with pytest.raises(EnvironmentFailed):  # no way out
            old.run(["python3", "-c", "import socket; socket.create_connection(('192.0.2.1', 80), 2)"])
    finally:
        for each in systems:
            each.stop()
            each.stop()
    assert not left(engine, run_id)
    assert "GET / HTTP/1.1" in old.logs()
    assert not old.alive()
    assert not [each for each in (cache / "runs").iterdir() if run_id in each.name]


@pytest.mark.slow
def test__start__a_system_that_is_restarted_until_it_runs__is_waited_for(
    engine: Engine, image: str, run_id: str, tmp_path: Path
) -> None:
    often = "test -e /state/seen || { touch /state/seen; exit 1; }; exec python3 -m http.server 80 --directory /srv"
    text = CUSTOMER.replace("python3 -u -m http.server 80 --directory /srv", f"sh -c '{often}'\n    restart: always")
    system = ComposeDriver(engine, run_id).start(composed(tmp_path / "shop", image, text), "old", ignore)
    try:
        assert get(system.url) == "hello"
    finally:
        system.stop()
    assert not left(engine, run_id)


@pytest.mark.slow
def test__start__a_system_that_dies__is_told_with_its_last_lines_and_nothing_is_left(
    engine: Engine, image: str, run_id: str, tmp_path: Path
) -> None:
    dying = CUSTOMER.replace("python3 -u -m http.server 80 --directory /srv", "sh -c 'echo no licence; exit 3'")
    environment = composed(tmp_path / "shop", image, dying)
    with pytest.raises(EnvironmentFailed) as caught:
        ComposeDriver(engine, run_id).start(environment, "old", ignore)
    assert "shop (old) died at start" in str(caught.value)
    assert "no licence" in str(caught.value)
    assert not left(engine, run_id)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("  web:", "  wbe:", "customer.yaml: it has no service 'web'\n  did you mean 'wbe'?"),
        ("depends_on", "depend_on", "docker compose refuses it"),
        ('"./site:/srv"', '"/var/run/docker.sock:/s"', "the service 'web' mounts /var/run/docker.sock of this machine"),
    ],
)
def test__prepare__a_file_that_is_not_brought_up__says_why(
    engine: Engine, run_id: str, tmp_path: Path, before: str, after: str, expected: str
) -> None:
    assert before in CUSTOMER
    environment = composed(tmp_path / "shop", "x:1", CUSTOMER.replace(before, after).replace("[db]", "[]"))
    if before == "  web:":
        for name in ("old.yaml", "new.yaml"):
            (environment.folder / name).write_text("services: {wbe: {environment: {WHO: x}}}")
    with pytest.raises(BadFile) as caught:
        ComposeDriver(engine, run_id).prepare(environment, "old", ignore)
    assert expected in str(caught.value)


def test__prepare__keys_that_a_compose_file_says_itself__are_refused(
    engine: Engine, run_id: str, tmp_path: Path
) -> None:
    text = ENVIRONMENT.replace("port: 80", "port: 80\n  files: [old.yaml]")
    with pytest.raises(BadFile, match="with 'compose' there is no files"):
        ComposeDriver(engine, run_id).prepare(composed(tmp_path / "shop", "x:1", environment=text), "old", ignore)


def test__limits__what_the_files_images_decide__is_said(engine: Engine, run_id: str, tmp_path: Path) -> None:
    text = f"{ENVIRONMENT}host: {{timezone: Europe/London, fonts: cjk, clock: +1d}}\n"
    environment = composed(tmp_path / "shop", "x:1", environment=text)
    assert ComposeDriver(engine, run_id).limits(environment) == [
        "the compose file's own images decide host: clock, fonts"
    ]
