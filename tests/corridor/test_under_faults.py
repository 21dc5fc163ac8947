from __future__ import annotations

import pytest

from harness.corridor.baseline import observed
from harness.corridor.under_faults import under_faults
from harness.model.outcome import FaultyRuns, Result, Side
from tests.corridor.goings import left_over, up_on
from tests.stories.shop import ENVIRONMENT, Shop

MANY = """\
import json, urllib.request


def run(system):
    for number in range(3):
        with urllib.request.urlopen(system.url + "/bikes.json", timeout=3) as answer:
            bikes = json.load(answer)
    return {"columns": bikes["columns"]}
"""


def of(shop: Shop, network: str, runs: int) -> tuple[FaultyRuns, list[str]]:
    told: list[str] = []
    shop.write(environment=ENVIRONMENT + f"network: {network}\n", scenario=MANY)
    with up_on(shop, told=told) as (going, up):
        base = observed(going, up)
        before = (len(going.runs), going.operations, dict(going.accounting), sorted(going.folder.rglob("*")))
        del told[:]
        found = under_faults(going, up, Side.OLD, base.references, runs)
        assert (len(going.runs), going.operations, dict(going.accounting), sorted(going.folder.rglob("*"))) == before
    assert left_over(shop) == []
    return found, told


@pytest.mark.slow
def test__under_faults__connections_that_come_and_go__is_flaky(shop: Shop) -> None:
    found, told = of(shop, "{links: {plugin-system: {reset: 20%}}}", 5)
    assert found.result is Result.FLAKY
    assert (found.side, found.runs, found.faults) == (Side.OLD, 5, "plugin-system: 20 % of connections reset")
    assert sum(found.headlines.values()) == found.failed
    assert all("IncompleteRead" in headline or "Reset" in headline for headline in found.headlines)
    assert [line for line in told if "faulty" in line][-1] == "the plugin on old, on the faulty network (5 of 5)"


@pytest.mark.parametrize(
    ("network", "result", "headline"),
    [
        ("{links: {plugin-system: {latency: 5ms, jitter: 5ms}}}", Result.WORKS, ""),
        ("{links: {plugin-system: {stall: 100%}}}", Result.BROKEN, "timed out"),
        ("{links: {plugin-system: {latency: 2s}}}", Result.BROKEN, "timed out"),
    ],
)
def test__under_faults__one_version__says_what_failed(shop: Shop, network: str, result: Result, headline: str) -> None:
    found, _ = of(shop, network, 1)
    assert found.result is result
    assert headline in found.headline


def test__under_faults__what_cannot_be_had__is_told_once(shop: Shop) -> None:
    _, told = of(shop, "{links: {plugin-system: {latency: 1ms, loss: 1%}}}", 2)
    assert [line for line in told if "cannot" in line] == ["the process driver cannot do this to the network: loss"]
