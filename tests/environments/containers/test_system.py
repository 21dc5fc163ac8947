from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.environments import load_environment
from harness.environments.containers import DockerDriver
from harness.environments.containers.system import ContainerSystem
from harness.environments.engine import connect
from harness.model.errors import EnvironmentFailed, UsageError
from tests.environments.tiny import SERVER, TINY, eventually, get, ignore

pytestmark = [pytest.mark.docker, pytest.mark.slow]

SERVICES = """
services:
  db:
    debian: postgresql
    files: [more]
    seed: [tables.sql, {run: "sh -c 'psql -h 127.0.0.1 -U postgres -f more/rows.sql'"}]
  cache: {debian: redis-server}
plugin:"""
ENV = "files: [server.py]\n  env: {URL: 'pg://{db.host}:{db.port}/{cache.host}', BRACES: '{\"a\": {b}}'}"


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ContainerSystem]:
    """One that runs beside PostgreSQL and Redis."""
    folder = tmp_path_factory.mktemp("tiny")
    (folder / "more").mkdir()
    (folder / "more" / "rows.sql").write_text("insert into t select generate_series(1, 1000);")
    (folder / "tables.sql").write_text("create table t (id int);")
    (folder / "server.py").write_text(SERVER)
    text = TINY.replace("plugin:", SERVICES).replace("files: [server.py]", ENV)
    (folder / "environment.yaml").write_text(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BACKFIT_CACHE", str(tmp_path_factory.getbasetemp().parent / "cache"))
        driver = DockerDriver(connect(), f"run-{folder.parent.name}-{folder.name}")
        started = driver.start(load_environment(Path(folder)), "old", ignore)
        yield started
        started.stop()
        driver.close()


def inside(system: ContainerSystem, service: str, *words: str) -> str:
    return system._deployment.crew.services[service].run(words).strip()


def rows(system: ContainerSystem) -> str:
    return inside(system, "db", "psql", "-h", "127.0.0.1", "-U", "postgres", "-Atc", "select count(*) from t")


def test__system__beside_services__finds_them_by_name(system: ContainerSystem) -> None:
    variables = [get(f"{system.url}/${name}") for name in ("URL", "BRACES", "BACKFIT_DB_HOST", "BACKFIT_CACHE_PORT")]
    assert variables == ["pg://db:5432/cache", '{"a": {b}}', "db", "6379"]
    connected = (
        "import socket; print([socket.create_connection((h, p), 5) and h for h, p in [('db', 5432), ('cache', 6379)]])"
    )
    assert system.run(["python3", "-c", connected]) == "['db', 'cache']\n"
    assert sorted(system.containers) == ["cache", "db", "system"]
    assert rows(system) == "1000"


def test__services__are_confined_like_systems(system: ContainerSystem) -> None:
    for name, user in (("db", "postgres"), ("cache", "redis")):
        host = system._deployment.crew.services[name].container.attrs["HostConfig"]
        assert (host["CapDrop"], host["ReadonlyRootfs"], host["SecurityOpt"]) == (["ALL"], True, ["no-new-privileges"])
        assert inside(system, name, "id", "-un") == user


def test__restore__after_changes__is_as_it_was_at_the_same_address(system: ContainerSystem) -> None:
    system.snapshot("before")
    url = system.url
    for _ in range(2):
        inside(system, "db", "psql", "-h", "127.0.0.1", "-U", "postgres", "-c", "delete from t")
        inside(system, "cache", "redis-cli", "set", "a", "spoiled")
        system.run(["sh", "-c", "echo spoiled > spoiled.txt"])
        system.restore("before")
        assert (rows(system), inside(system, "cache", "redis-cli", "get", "a"), system.url) == ("1000", "", url)
        assert "spoiled.txt" not in system.run(["ls"])


def test__restore__no_such_snapshot__offers_the_nearest(system: ContainerSystem) -> None:
    with pytest.raises(UsageError, match="no snapshot 'nothing-like-it'"):
        system.restore("nothing-like-it")


def test__run__that_fails_or_hangs__is_told(system: ContainerSystem) -> None:
    with pytest.raises(EnvironmentFailed, match="failed with exit code 2") as caught:
        system.run(["sh", "-c", "echo oh no; exit 2"])
    assert "| oh no" in str(caught.value)
    with pytest.raises(EnvironmentFailed, match=r"not done after 0\.2 s"):
        system.run(["sleep", "600"], timeout=0.2)


def test__alive__service_that_died__is_named_with_its_last_lines(system: ContainerSystem) -> None:
    assert system.alive()
    system._deployment.crew.services["cache"].container.kill(signal="TERM")
    assert eventually(lambda: not system.alive())
    assert "the service cache died:" in system.logs()
    assert "ended with exit code 0" in system.logs()
