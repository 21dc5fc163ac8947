from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harness.environments.compose.refusals import refusals


def config(**service: Any) -> dict[str, Any]:
    return {"services": {"web": service}}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"services": {"web": {"image": "x", "ports": ["80:80"], "user": "root", "restart": "always"}}}, []),
        (config(volumes=["HERE/site:/srv:rw", "data:/data", "/etc/localtime:/etc/localtime:ro"]), []),
        (config(volumes=[{"type": "bind", "source": "HERE/site", "target": "/srv"}]), []),
        (config(volumes=["/anonymous"]), []),
        (config(privileged=True), ["the service 'web' is privileged"]),
        (config(network_mode="host"), ["the service 'web' has network_mode: host, which is not its own"]),
        (
            config(network_mode="container:db"),
            ["the service 'web' has network_mode: container:db, which is not its own"],
        ),
        (config(network_mode="service:db"), []),
        (config(pid="host"), ["the service 'web' has pid: host, which is not its own"]),
        (config(cap_add=["SYS_ADMIN"]), ["the service 'web' has cap_add: ['SYS_ADMIN']"]),
        (config(devices=["/dev/kvm:/dev/kvm"]), ["the service 'web' has devices: ['/dev/kvm:/dev/kvm']"]),
        (
            config(volumes_from=["container:x:rw"]),
            ["the service 'web' has volumes_from: container:x:rw, which is not its own"],
        ),
        (
            config(volumes=["/var/run/docker.sock:/var/run/docker.sock"]),
            ["the service 'web' mounts /var/run/docker.sock of this machine"],
        ),
        (
            config(volumes=["/etc/localtime:/etc/localtime"]),
            ["the service 'web' mounts /etc/localtime of this machine"],
        ),
        (
            config(volumes=[{"type": "bind", "source": "/", "target": "/host", "read_only": True}]),
            ["the service 'web' mounts / of this machine"],
        ),
        (config(volumes=["HERE/escape:/srv"]), ["the service 'web' mounts HERE/escape of this machine"]),
        (
            config(build={"context": "HERE/.."}),
            ["the service 'web' is built from HERE/.., outside the compose file's folder"],
        ),
        (
            {"services": {}, "networks": {"n": {"external": True}}},
            ["network 'n' is external: it would be shared with what else runs on this machine"],
        ),
        (
            {"services": {}, "volumes": {"v": {"driver_opts": {"device": "/"}}}},
            ["volume 'v' has driver_opts, which can lead to any folder of this machine"],
        ),
        (
            {"services": {}, "secrets": {"s": {"file": "/etc/shadow"}}},
            ["secret 's' is outside the compose file's folder: /etc/shadow"],
        ),
    ],
)
def test__refusals__what_reaches_beyond_the_project__is_named(
    tmp_path: Path, given: dict[str, Any], expected: list[str]
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "escape").symlink_to("/etc")
    found = [each.replace(str(tmp_path), "HERE") for each in refusals(_here(given, tmp_path), tmp_path)]
    assert found == expected


def _here(value: Any, folder: Path) -> Any:
    if isinstance(value, dict):
        return {key: _here(each, folder) for key, each in value.items()}
    if isinstance(value, list):
        return [_here(each, folder) for each in value]
    return value.replace("HERE", str(folder)) if isinstance(value, str) else value
