"""A plugin that speaks to the page's own API, `window.System`: it breaks, and works behind the shim, on either driver."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.record.har import read_har
from tests.stories.shop import Shop

ENVIRONMENT = Path(__file__).parents[2] / "environments/host-api"
ERROR = "TypeError: Cannot read properties of undefined (reading 'email')"


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("driver", ["process", pytest.param("docker", marks=pytest.mark.docker)])
def test__check__the_service_desk__works_breaks_and_works_behind_the_shim(workspace: Shop, driver: str) -> None:
    result = workspace.run("check", str(ENVIRONMENT), "--driver", driver)
    assert (result.code, result.said) == (1, ""), result.err
    assert "plugin on old works 1 page, 0 calls, 6 badges" in result.flat
    assert f"plugin on new broken {ERROR}" in result.flat
    assert "plugin on new + shim works the same outcome as on old" in result.flat
    [run] = workspace.runs
    report = json.loads((run / "report.json").read_text())
    assert (report["verdict"], report["driver"]) == ("broken-shimmed", driver)
    breaks = {(change["operation"], change["path"]) for change in report["changes"] if change["level"] == "break"}
    assert breaks == {
        ("CALL /System/getUser", "$.name"),
        ("CALL /System/getUser", "$.profile"),
        ("CALL /System/getOrders", "$"),
    }
    called = [
        exchange.request.path
        for exchange in read_har(run / "recording.har").exchanges
        if exchange.request.method == "CALL"
    ]
    assert called == ["/System/getUser", "/System/getOrders"] * 6
    contract = json.loads((run / "contract.openapi.json").read_text())
    assert "/System/getUser" in contract["paths"]


@pytest.mark.browser
@pytest.mark.slow
def test__emit__of_the_service_desks_shim__is_a_script(workspace: Shop) -> None:
    assert workspace.run("check", str(ENVIRONMENT), "--driver", "process").code == 1
    [shim] = workspace.runs[0].glob("*.shim.yaml")
    emitted = workspace.run("shim", "emit", str(shim), "--target", "javascript")
    assert emitted.code == 0
    assert 'wrapHost(program, ["System"], lexical)' in emitted.out
