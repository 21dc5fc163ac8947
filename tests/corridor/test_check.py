from __future__ import annotations

from pathlib import Path

import pytest

from harness.corridor.check import check
from harness.environments.load import load_environment
from harness.model.errors import EnvironmentFailed
from harness.model.outcome import Result, Side, Verdict
from tests.stories.shop import ENVIRONMENT, Shop


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setenv("BACKFIT_CACHE", str(tmp_path / "cache"))
    shop = Shop(tmp_path, tmp_path / "cache")
    shop.write()
    return shop


def test__check__a_plugin_that_breaks__runs_three_times_and_times_its_phases(shop: Shop) -> None:
    told: list[str] = []
    summary = check(load_environment(shop.folder / "bikes"), driver="process", workspace=shop.folder, tell=told.append)
    assert [(run.side, run.result, run.calls) for run in summary.runs] == [
        (Side.OLD, Result.WORKS, 1),
        (Side.NEW, Result.BROKEN, 1),
        (Side.SHIMMED, Result.WORKS, 1),
    ]
    assert summary.verdict is Verdict.BROKEN_SHIMMED
    assert all(account.adds_up and account.replayed == 1 for account in summary.accounting.values())
    assert {"prepare", "start old", "plugin on old", "replay old-1", "start new", "learn"} <= set(summary.seconds)
    assert "the plugin on new + shim" in told
    assert summary.shim is not None
    assert Path(summary.shim.file).read_text() == summary.shim.mapping
    assert shop.leftovers() == []


def test__check__calls_that_change_the_system__starts_it_anew_for_each_replay(shop: Shop) -> None:
    server = (shop.folder / "bikes/server.py").read_text()
    sell = "ROWS.append([3, 'Koga', 5]); NEW['rows'].append(dict(zip(NAMES, ROWS[-1])))"
    posting = server.replace(
        "def do_GET", f"def do_POST(self):\n        {sell}\n        self.do_GET()\n\n    def do_GET"
    )
    scenario = (shop.folder / "bikes/scenario.py").read_text().replace('"/bikes.json")', '"/bikes.json", data=b"")')
    shop.write(server=posting, scenario=scenario)
    summary = check(
        load_environment(shop.folder / "bikes"), driver="process", workspace=shop.folder, tell=lambda _: None
    )
    assert summary.runs[0].observations == {"prices": [899, 1450, 5]}
    assert (summary.verdict, summary.runs[2].headline) == (Verdict.BROKEN_SHIMMED, "the same outcome as on old")
    assert (Path(summary.folder) / "old-1.har").read_text().count("Koga") == 1


def test__check__an_environment_that_fails__reports_and_raises(shop: Shop) -> None:
    shop.write(environment=ENVIRONMENT.replace("start: python3", "start: no-such-program"))
    with pytest.raises(EnvironmentFailed):
        check(load_environment(shop.folder / "bikes"), driver="process", workspace=shop.folder, tell=lambda _: None)
    assert {"report.json", "report.html", "report.junit.xml"} <= {file.name for file in shop.runs[0].iterdir()}
