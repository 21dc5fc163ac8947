from __future__ import annotations

from pathlib import Path

import pytest

from harness.environments.base_image import base_image
from harness.environments.compose.project import Project
from harness.environments.engine import connect, labels
from harness.environments.reap import reap_orphans
from harness.model.errors import EnvironmentFailed
from tests.environments.tiny import ignore

pytestmark = [pytest.mark.docker, pytest.mark.compose]


@pytest.mark.slow
def test__up__a_service_that_ends_before_another_may_start__is_told_with_its_last_lines(
    tmp_path: Path, run_id: str
) -> None:
    engine = connect()
    image = base_image(engine, "debian:bookworm", False, run_id, ignore)
    (tmp_path / "shop").mkdir()
    project = Project(engine, run_id, "old", tmp_path / "shop")
    mine = {"labels": labels(run_id, "old")}
    db = {"image": image, "command": ["no-such-program"], **mine}
    try:
        with pytest.raises(EnvironmentFailed) as caught:
            project.up({"services": {"db": db}, "networks": {"default": mine}}, 60)
        assert "docker compose up" in caught.value.what
        assert "no-such-program" in str(caught.value)
    finally:
        project.remove()
    assert not project.boxes()
    assert not project.copy.exists()


@pytest.mark.slow
def test__a_project__whose_backfit_was_killed__is_reaped(another_backfit, tmp_path: Path, run_id: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "shop").mkdir()
    engine = connect()
    image = base_image(engine, "debian:bookworm", False, run_id, ignore)
    process = another_backfit(
        f"""
import time
from pathlib import Path
from harness.environments.compose.project import Project
from harness.environments.engine import connect, labels
project = Project(connect(), {run_id!r}, "old", Path({str(tmp_path / "shop")!r}))
mine = {{"labels": labels({run_id!r}, "old")}}
web = {{"image": {image!r}, "command": ["sleep", "600"], "volumes": ["data:/data"], **mine}}
print(len(project.up({{"services": {{"web": web}}, "networks": {{"default": mine}}, "volumes": {{"data": mine}}}}, 60)))
time.sleep(600)
"""
    )
    assert process.stdout.readline() == "1\n"
    mine = {"label": f"backfit.run={run_id}"}
    assert engine.client.volumes.list(filters=mine)
    process.kill()
    process.wait()
    reap_orphans()
    client = engine.client
    assert not client.containers.list(all=True, filters=mine)
    assert not [*client.networks.list(filters=mine), *client.volumes.list(filters=mine)]
