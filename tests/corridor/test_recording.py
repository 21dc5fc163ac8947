from __future__ import annotations

import urllib.request
from pathlib import Path

import pytest

from harness.corridor.recording import Recorded, record
from harness.environments.load import load_environment
from harness.model.outcome import Result
from harness.record.har import read_har
from harness.record.setting import Reached
from tests.corridor.goings import left_over
from tests.stories.shop import SCENARIO, Shop


def of(shop: Shop, **options: object) -> Recorded:
    environment = load_environment(shop.folder / "bikes")
    return record(environment, driver="process", workspace=shop.folder, tell=lambda _: None, **options)  # type: ignore[arg-type]


def test__record__a_scenario__gives_recording_and_contract(shop: Shop) -> None:
    recorded = of(shop, save=True)
    assert recorded.run is not None
    assert recorded.run.result is Result.WORKS
    assert sorted(file.name for file in recorded.folder.iterdir()) == ["contract.openapi.json", "recording.har"]
    assert [each.request.path for each in read_har(recorded.folder / "recording.har").exchanges] == ["/bikes.json"]
    assert [(use.operation, use.watched) for use in recorded.uses] == [("GET /bikes.json", True)]
    assert [file.relative_to(shop.folder) for file in recorded.saved] == [
        Path("contracts/price-list/recording.har"),
        Path("contracts/price-list/contract.openapi.json"),
    ]
    assert left_over(shop) == []
    assert shop.leftovers() == []


def test__record__a_person_who_clicks__is_recorded_until_done(shop: Shop) -> None:
    seen: list[str] = []

    def person(reached: Reached) -> None:
        for path in ("/a", "/b"):
            with urllib.request.urlopen(reached.url + path, timeout=10) as answer:
                seen.append(answer.read().decode()[:10])

    recorded = of(shop, person=person)
    assert seen == ['{"columns"'] * 2
    assert [each.request.path for each in read_har(recorded.folder / "recording.har").exchanges] == ["/a", "/b"]
    assert recorded.run is None
    assert {use.watched for use in recorded.uses} == {False}
    assert recorded.saved == ()


def test__record__a_person_who_presses_ctrl_c__leaves_nothing_running(shop: Shop) -> None:
    def person(reached: Reached) -> None:
        urllib.request.urlopen(reached.url + "/a", timeout=10).close()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        of(shop, person=person)
    assert shop.leftovers() == []
    [run] = (shop.folder / ".backfit/runs").iterdir()
    assert (
        '"/a"' in (run / "recording.har.ndjson").read_text().replace("http://127.0.0.1", "")
        or "/a" in (run / "recording.har.ndjson").read_text()
    )


def test__record__a_plugin_that_fails__is_recorded_all_the_same(shop: Shop) -> None:
    shop.write(scenario=SCENARIO.replace('"price"', '"gone"'))
    recorded = of(shop)
    assert recorded.run is not None
    assert recorded.run.result is Result.BROKEN
    assert len(read_har(recorded.folder / "recording.har").exchanges) == 1


def test__record__the_new_side__is_asked(shop: Shop) -> None:
    opened = "urllib.request.urlopen(system.url).read(5).decode()"
    shop.write(scenario=f'import urllib.request\n\n\ndef run(system):\n    return {{"text": {opened}}}\n')
    recorded = of(shop, side="new")
    assert recorded.run is not None
    assert recorded.run.observations == {"text": '{"ok"'}
