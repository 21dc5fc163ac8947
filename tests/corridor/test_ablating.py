from __future__ import annotations

import json

import pytest

from harness.corridor.ablating import ablated
from harness.environments.load import load_environment
from harness.model.errors import EnvironmentFailed
from harness.model.reads import Need
from tests.corridor.goings import left_over
from tests.stories.shop import SCENARIO, SERVER, Shop

POSTING = SERVER.replace("def do_GET", "def do_POST(self):\n        self.do_GET()\n\n    def do_GET")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("server", "data", "jobs"),
    [(SERVER, "", 2), pytest.param(POSTING, ', data=b"{}"', 2, id="a system of its own for each run")],
)
def test__ablated__a_plugin__is_said_to_need_what_its_source_reads(
    shop: Shop, server: str, data: str, jobs: int
) -> None:
    old = server.replace('OLD = {"columns"', 'OLD = {"took": 7, "columns"')
    shop.write(server=old, scenario=SCENARIO.replace('"/bikes.json")', f'"/bikes.json"{data})'))
    environment = load_environment(shop.folder / "bikes")
    found = ablated(environment, driver="process", workspace=shop.folder, jobs=jobs, save=True, tell=lambda _: None)
    [(operation, places)] = found.needs.plain().items()
    assert operation == ("POST /bikes.json" if data else "GET /bikes.json")
    needed = {place for place, by_edit in places.items() if by_edit.get("removed") is Need.NEEDED}
    # dict(zip(bikes["columns"], row))["price"] for row in bikes["rows"]: all but what says how long it took
    assert {"$.columns", "$.rows"} <= needed
    assert places["$.took"]["removed"] is Need.TOLERATED
    assert {"needs.json", "recording.har", "contract.openapi.json"} == {file.name for file in found.folder.iterdir()}
    saved = json.loads((shop.folder / "contracts/price-list/contract.openapi.json").read_text())
    assert "x-backfit-needs" in json.dumps(saved)
    assert left_over(shop) == []
    assert shop.leftovers() == []


def test__ablated__a_plugin_that_fails_on_old__is_no_result(shop: Shop) -> None:
    shop.write(scenario=SCENARIO.replace('"price"', '"gone"'))
    environment = load_environment(shop.folder / "bikes")
    with pytest.raises(EnvironmentFailed, match="the plugin fails on the old version already: KeyError: 'gone'"):
        ablated(environment, driver="process", workspace=shop.folder, tell=lambda _: None)
