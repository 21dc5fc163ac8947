from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harness.environments.compose.arranged import Arrangement, arranged

RIGHTS = {"user": "", "cap_drop": ["ALL"], "cap_add": ["CHOWN"], "pids_limit": 9, "mem_limit": 5, "cpu_quota": 7}


def plan(folder: Path, outward: str | None = None) -> Arrangement:
    images = {"web": "sha256:1", "db": "postgres:15"}
    variables = {"PRICE": "5$"}
    return Arrangement("web", folder, Path("/copy"), images, {"owner": "me"}, lambda _: RIGHTS, variables, outward)


def web(folder: Path, outward: str | None = None, **service: Any) -> dict[str, Any]:
    found = arranged({"services": {"web": service}}, plan(folder, outward))["services"]["web"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("service", "key", "expected"),
    [
        ({"ports": ["8080:80"]}, "ports", None),
        ({"container_name": "web"}, "container_name", None),
        ({"build": "x"}, "build", None),
        ({}, "image", "sha256:1"),
        ({"labels": {"a": "b"}}, "labels", {"a": "b", "owner": "me"}),
        ({"labels": ["a=b"]}, "labels", {"a": "b", "owner": "me"}),
        ({"environment": ["A=b=c"]}, "environment", {"A": "b=c", "PRICE": "5$$"}),
        ({"network_mode": "bridge"}, "network_mode", None),
        ({"network_mode": "none"}, "network_mode", "none"),
        ({}, "cap_drop", ["ALL"]),
        ({"security_opt": ["seccomp:unconfined"]}, "pids_limit", 9),
        ({"pids_limit": 3}, "pids_limit", 3),
        ({"mem_limit": "1g"}, "mem_limit", "1g"),
        ({"cpus": 1}, "cpu_quota", None),
        ({"volumes": ["HERE/site:/srv:ro", "data:/d"]}, "volumes", ["/copy/site:/srv:ro", "data:/d"]),
        (
            {"volumes": [{"type": "bind", "source": "HERE/x/y", "target": "/t"}]},
            "volumes",
            [{"type": "bind", "source": "/copy/x/y", "target": "/t"}],
        ),
        ({"restart": "always"}, "restart", "always"),
        ({"dns": ["10.0.0.1"]}, "dns", ["10.0.0.1"]),
    ],
)
def test__arranged__a_service__loses_what_is_fixed_and_keeps_the_rest(
    tmp_path: Path, service: dict[str, Any], key: str, expected: Any
) -> None:
    given = {
        name: [
            {**each, "source": each["source"].replace("HERE", str(tmp_path))}
            if isinstance(each, dict)
            else each.replace("HERE", str(tmp_path))
            for each in value
        ]
        if name == "volumes"
        else value
        for name, value in service.items()
    }
    assert web(tmp_path, **given).get(key) == expected


def test__arranged__networks_and_volumes__are_its_own_and_lead_nowhere(tmp_path: Path) -> None:
    config = {
        "services": {"web": {}, "db": {}},
        "networks": {"back": {"name": "fixed", "driver": "bridge", "ipam": {"config": []}}},
        "volumes": {"data": None},
        "version": "3.8",
    }
    found = arranged(config, plan(tmp_path))
    mine = {"labels": {"owner": "me"}}
    assert found["networks"] == {
        "back": {"driver": "bridge", "internal": True, **mine},
        "default": {"internal": True, **mine},
    }
    assert found["volumes"] == {"data": mine}
    assert "version" not in found
    assert "PRICE" not in found["services"]["db"].get("environment", {})


def test__arranged__hosts_that_may_be_reached__are_on_a_network_that_every_service_joins(tmp_path: Path) -> None:
    assert web(tmp_path, "out")["networks"] == {"default": None, "backfit-outward": None}
    own = {"back": {"aliases": ["x"]}}
    assert web(tmp_path, "out", networks=own)["networks"] == {**own, "backfit-outward": None}
    config = arranged({"services": {"web": {}}}, plan(tmp_path, "out"))
    assert config["networks"]["backfit-outward"] == {"external": True, "name": "out"}
