from __future__ import annotations

import pytest

from harness.corridor.watching import Eyes, watch
from harness.model.outcome import Result, Side
from tests.corridor.goings import left_over, up_on
from tests.stories.shop import ENVIRONMENT, SCENARIO, Shop


@pytest.mark.parametrize("tracked", [True, False])
def test__watch__a_run__keeps_what_was_called_and_leaves_nothing_behind(shop: Shop, tracked: bool) -> None:
    with up_on(shop) as (going, up):
        watched = watch(going, up.system.url, Side.OLD, Eyes("old", tracked=tracked))
        assert sorted(file.name for file in going.folder.iterdir()) == []
    assert (watched.run.result, watched.run.calls, watched.run.made) == (Result.WORKS, 1, {"GET /bikes.json": 1})
    assert [exchange.id for exchange in watched.recording.exchanges] == ["c0001"]
    assert (watched.told is not None) is tracked
    assert left_over(shop) == []


def test__watch__operations__are_called_as_on_the_first_run(shop: Shop) -> None:
    scenario = SCENARIO.replace(
        "def run(system):",
        "def run(system):\n    for at in range(30):\n        urllib.request.urlopen(f'{system.url}/items/{at}').close()",
    )
    shop.write(scenario=scenario)
    with up_on(shop) as (going, up):
        first = watch(going, up.system.url, Side.OLD, Eyes("old")).run
        assert first.made == {"GET /bikes.json": 1, "GET /items/{item_id}": 30}
        (shop.folder / "bikes/scenario.py").write_text(scenario.replace("range(30)", "range(1)"))
        assert watch(going, up.system.url, Side.NEW, Eyes("new")).run.made == {
            "GET /bikes.json": 1,
            "GET /items/{item_id}": 1,
        }


def test__watch__a_limit__is_what_the_scenario_may_take(shop: Shop) -> None:
    shop.write(scenario=SCENARIO.replace("def run(system):", "def run(system):\n    time.sleep(60)"))
    with up_on(shop) as (going, up):
        run = watch(going, up.system.url, Side.OLD, Eyes("old", limit=1.0)).run
    assert run.headline == "the scenario did not end within 1 s"


def test__watch__an_environment_without_a_browser__has_its_own_locale_and_zone(shop: Shop) -> None:
    shop.write(
        environment=ENVIRONMENT + "host: {timezone: Asia/Tokyo}\n",
        scenario='import os, time\n\n\ndef run(system):\n    return {"zone": time.strftime("%z"), "lang": os.environ["LANG"]}\n',
    )
    with up_on(shop) as (going, up):
        run = watch(going, up.system.url, Side.OLD, Eyes("old")).run
    assert run.observations == {"zone": "+0900", "lang": "C.UTF-8"}
