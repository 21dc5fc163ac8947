from __future__ import annotations

import pytest

from harness.model.errors import BadFile
from tests.environments.tiny import Write


@pytest.mark.parametrize(
    "service",
    [
        "{debian: postgresql}",
        "{debian: [mariadb-server, libfoo], seed: a.sql}",
        "{image: 'x:1', port: 1, client: 'sql -p {port}', seed: [a.sql, {run: x}, {call: GET /, body: [1]}]}",
        "{debian: foo, port: 1, start: 'foo --in {data} {host}:{port}', data: /data}",
    ],
)
def test__service__that_says_enough__is_read(write: Write, service: str) -> None:
    environment = write({"plugin:": f"services: {{db: {service}}}\nplugin:"}, a__sql="")
    assert environment.needs_docker
    assert all(step.sql in (None, "a.sql") for step in environment.services["db"].seed)


@pytest.mark.parametrize(
    ("service", "told"),
    [
        ("{}", "exactly one of image, build, debian is needed, none is given"),
        ("{image: x, debian: redis}", "not image and debian"),
        ("{debian: foo, start: x}", "'port' is missing, and foo is not known"),
        ("{debian: foo, port: 1}", "these need not say it: postgresql, mariadb-server, redis-server"),
        ("{image: x, seed: a.sql}", "SQL needs 'client'"),
        ("{image: x, seed: [{sql: a.sql, run: x}]}", "exactly one of sql, run, call"),
        ("{image: x, seed: b.sql}", "'b.sql' does not exist"),
        ("{debian: redis, start: 'x {url}'}", "unknown placeholder '{url}'"),
    ],
)
def test__service__mistake__is_told(write: Write, service: str, told: str) -> None:
    with pytest.raises(BadFile) as caught:
        write({"plugin:": f"services: {{db: {service}}}\nplugin:"}, a__sql="")
    assert told in str(caught.value)
