from __future__ import annotations

import inspect

from harness.environments.plugin_container import PluginContainer
from harness.record.sandbox import Sandbox


def test__sandbox__the_container__has_its_shape() -> None:
    """mypy sees it where the corridor hands one over; here stands what callers name."""
    wanted, found = (inspect.signature(each.run).parameters for each in (Sandbox, PluginContainer))
    assert {name: each.kind for name, each in wanted.items()} == {name: each.kind for name, each in found.items()}
