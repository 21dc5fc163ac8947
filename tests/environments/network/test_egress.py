from __future__ import annotations

import socket

import pytest

from harness.environments.engine import Engine, labels
from harness.environments.network import private
from harness.environments.network.egress import grouped, parted, resolved
from harness.environments.network.sidecar import sidecar_image
from harness.model.errors import EnvironmentFailed
from tests.environments.network.machines import SPEAKER, say, system_and_service
from tests.environments.tiny import Write, ignore


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [("api.example", ("api.example", (80, 443))), ("api.example:8443", ("api.example", (8443,)))],
)
def test__parted__of_an_allowed_host__is_its_name_and_ports(
    allowed: str, expected: tuple[str, tuple[int, ...]]
) -> None:
    assert parted(allowed) == expected


def test__grouped__a_host_that_is_named_twice__has_all_its_ports() -> None:
    assert grouped(["a.example:8443", "b.example", "a.example:25"]) == {"a.example": (25, 8443), "b.example": (80, 443)}


def test__resolved__a_name_that_nobody_knows__is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)  # a resolver that this machine may not have
    with pytest.raises(EnvironmentFailed, match=r"host api\.example has no address here\n.*network\.egress"):
        resolved("api.example")
    monkeypatch.undo()
    assert resolved("localhost") == "127.0.0.1"


@pytest.mark.docker
@pytest.mark.slow
def test__egress__a_host_that_is_allowed__is_reached_by_name_and_no_other(
    engine: Engine, run_id: str, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = engine.client.containers.create(
        sidecar_image(engine, run_id, ignore),
        entrypoint=["python3", "-c", SPEAKER],
        labels=labels(f"{run_id}-outside", "outside"),
    )
    try:
        outside.start()
        outside.reload()
        place = outside.attrs["NetworkSettings"]["Networks"]["bridge"]["IPAddress"]
        known = {"api.example": place}
        monkeypatch.setattr(private, "resolved", known.__getitem__)  # what this machine's resolver would say
        services = "services: {db: {image: 'db:1', port: 7000}}\nnetwork: {egress: ['api.example:7000']}\nplugin: {name"
        with system_and_service(engine, write({"plugin: {name": services}), run_id) as (system, _):
            assert say(system.url, "open api.example:7000") == "open"
            assert "Error" in say(system.url, "open api.example:80")
            assert "gaierror" in say(system.url, "look other.example")
            assert "Error" in say(system.url, f"open {place}:7000")
    finally:
        outside.remove(force=True, v=True)
    assert not engine.client.containers.list(all=True, filters={"label": f"backfit.run={run_id}"})
