from __future__ import annotations

from pathlib import Path

import pytest

from harness.environments.base_image import base_image
from harness.environments.compose.building import images_of
from harness.environments.engine import connect
from harness.model.errors import EnvironmentFailed
from tests.environments.tiny import ignore

pytestmark = [pytest.mark.docker, pytest.mark.compose]


@pytest.mark.slow
def test__images_of__built_with_and_without_arguments__are_there(tmp_path: Path, run_id: str) -> None:
    engine = connect()
    base = base_image(engine, "debian:bookworm", False, run_id, ignore)
    (tmp_path / "Dockerfile").write_text(f"FROM {base}\nARG SAID=nothing\nENV SAID=$SAID\n")
    services = {
        "plain": {"build": {"context": str(tmp_path)}},
        "asking": {"build": {"context": str(tmp_path), "args": {"SAID": "something"}}},
        "taken": {"image": base},
    }
    found = images_of(engine, {"services": services}, ignore)
    variables = {name: engine.client.images.get(image).attrs["Config"]["Env"] for name, image in found.items()}
    assert "SAID=nothing" in variables["plain"]
    assert "SAID=something" in variables["asking"]
    assert found["taken"] == base
    engine.client.images.remove(found["asking"], force=True)
    (tmp_path / "Dockerfile").write_text(f"FROM {base}\nRUN echo broken >&2; exit 4\n")
    for name in ("plain", "asking"):
        with pytest.raises(EnvironmentFailed, match=r"broken|code: 4"):
            images_of(engine, {"services": {name: services[name]}}, ignore)
