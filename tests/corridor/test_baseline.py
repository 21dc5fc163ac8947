from __future__ import annotations

import pytest

from harness.corridor.baseline import DISTURBED, VARIES, Baseline, observed
from harness.model.outcome import Result
from harness.model.reads import Op
from tests.corridor.goings import left_over, up_on
from tests.stories.shop import SCENARIO, Shop


def of(shop: Shop, **texts: str) -> tuple[Baseline, list[str]]:
    told: list[str] = []
    shop.write(**texts)
    with up_on(shop, told=told) as (going, up):
        return observed(going, up), told


def test__observed__a_plugin_that_reads__is_run_twice_and_its_reads_are_known(shop: Shop) -> None:
    base, told = of(shop)
    assert [run.observations for run in base.references] == [{"prices": [899, 1450]}] * 2
    assert base.references[0].made == {"GET /bikes.json": 1}
    assert base.told is not None
    assert {"$.columns", "$.rows"} <= {each.place for each in base.told.accesses if each.op is Op.READ}
    assert [exchange.request.path for exchange in base.recording.exchanges] == ["/bikes.json"]
    assert base.notes == ()
    assert told[-2:] == ["the plugin on old", "the plugin on old, its reads watched"]
    assert left_over(shop) == []


def test__observed__a_plugin_that_is_disturbed_by_being_watched__has_no_known_reads(shop: Shop) -> None:
    strict = SCENARIO.replace('return {"prices"', 'return {"kind": type(bikes).__mro__[0] is dict, "prices"')
    base, told = of(shop, scenario=strict)
    assert (base.told, base.notes) == (None, (DISTURBED,))
    assert [run.observations["kind"] for run in base.references] == [True, True]
    assert told[-1] == "the plugin on old, once more"


def test__observed__a_plugin_that_varies__keeps_its_reads_and_says_so(shop: Shop) -> None:
    varying = SCENARIO.replace('return {"prices"', 'return {"at": time.time_ns(), "prices"')
    base, _ = of(shop, scenario=varying)
    assert base.told
    assert len(base.references) == 3
    assert base.notes == (VARIES,)


def test__observed__a_plugin_that_fails_on_old__is_run_once(shop: Shop) -> None:
    base, _ = of(shop, scenario=SCENARIO.replace('"price"', '"gone"'))
    assert [run.result for run in base.references] == [Result.BROKEN]
    assert base.told is None


@pytest.mark.parametrize(("method", "starts"), [("GET", 1), ("POST", 2)])
def test__observed__calls_that_may_change_the_system__start_it_anew(shop: Shop, method: str, starts: int) -> None:
    server = (
        (shop.folder / "bikes/server.py")
        .read_text()
        .replace("def do_GET", "def do_POST(self):\n        self.do_GET()\n\n    def do_GET")
    )
    data = ', data=b"{}"' if method == "POST" else ""
    _, told = of(shop, server=server, scenario=SCENARIO.replace('"/bikes.json")', f'"/bikes.json"{data})'))
    assert told.count("starting bikes (old)") == starts
