from __future__ import annotations

import ast
import sys

import pytest

from harness.environments.base_image import is_present
from harness.environments.engine import Engine
from harness.environments.network.sidecar import prepare_network, relay, sidecar_image, started, text_of
from harness.model.errors import EnvironmentFailed
from tests.environments.tiny import Write, ignore

pytestmark = [pytest.mark.docker]


def test__started__a_job_that_is_none__says_why_and_leaves_nothing(engine: Engine, run_id: str) -> None:
    with pytest.raises(EnvironmentFailed, match=r"(?s)a relay did not start.*KeyError: 'links'"):
        started(engine, "relay.py", {}, run_id, "a relay", {"network_mode": "none"})
    assert not engine.client.containers.list(all=True, filters={"label": f"backfit.run={run_id}"})


def test__relay__in_a_container__may_do_nothing_but_listen(engine: Engine, run_id: str) -> None:
    link = {"name": "a", "listen": "0.0.0.0:80", "connect": "127.0.0.1:9"}
    container = relay(engine, {"links": [link]}, run_id, "egress-a", {"network_mode": "none"})
    try:
        container.reload()
        host, config = container.attrs["HostConfig"], container.attrs["Config"]
        assert (host["CapDrop"], host["CapAdd"], host["ReadonlyRootfs"]) == (["ALL"], None, True)
        assert (config["User"], host["SecurityOpt"]) == ("65534:65534", ["no-new-privileges"])
        assert container.labels["backfit.run"] == run_id
    finally:
        container.remove(force=True, v=True)


def test__prepare_network__of_a_clean_one__makes_nothing(engine: Engine, run_id: str, write: Write) -> None:
    told: list[str] = []
    prepare_network(engine, write(), run_id, told.append)
    assert told == []
    faulty = write({"plugin: {name": "network: {links: {plugin-system: {loss: 1%}}}\nplugin: {name"})
    prepare_network(engine, faulty, run_id, told.append)
    assert is_present(engine, sidecar_image(engine, run_id, ignore))


def test__text_of__a_script__imports_nothing_of_ours() -> None:
    for script in ("relay.py", "inside.py"):
        nodes = ast.walk(ast.parse(text_of(script)))
        imported = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
        imported |= {
            str(node.module) for node in ast.walk(ast.parse(text_of(script))) if isinstance(node, ast.ImportFrom)
        }
        assert imported - {"collections.abc", "__future__"} <= sys.stdlib_module_names
