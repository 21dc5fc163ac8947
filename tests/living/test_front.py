from __future__ import annotations

from pathlib import Path

import pytest

from harness.environments import Environment
from harness.living.front import front, program
from harness.model.errors import BadFile
from tests.environments.tiny import get
from tests.living.conftest import Up

SHIM = """
schema: backfit/shim/v1
system: {name: tiny, old: one, new: two}
operations:
  - match: GET /server.py
    response:
      - set-header: {header: x-shimmed, value: "yes"}
"""


def test__front__nothing_asked__is_none() -> None:
    assert program(None, None) is None
    with front(None, "http://127.0.0.1:1", None) as found:
        assert found is None


def test__front__a_door__passes_on_and_may_lead_elsewhere(tiny: Environment, up: Up) -> None:
    old, new = up(tiny), up(tiny, "new")
    with front(program(None, 0), old.state.url, 0) as door:
        assert door is not None
        assert get(f"{door.url}/$BACKFIT_SIDE") == "old"
        door.upstream = new.state.url
        assert get(f"{door.url}/$BACKFIT_SIDE") == "new"


def test__front__a_shim_that_cannot_be_read__is_told(tmp_path: Path) -> None:
    (tmp_path / "x.shim.yaml").write_text("odd: 1")
    with pytest.raises(BadFile):
        program(tmp_path / "x.shim.yaml", None)
