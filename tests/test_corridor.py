from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness import corridor
from harness.corridor import check, exit_code, save
from harness.environments.load import load_environment
from harness.model.errors import EnvironmentFailed
from harness.model.outcome import Result, Side, Verdict
from harness.model.summary import CheckSummary, ShimSummary
from harness.shims.document import Entry, Lost
from tests.stories.shop import ENVIRONMENT, Shop

SUMMARY = CheckSummary(
    run_id="r",
    environment="bikes",
    customer="Bikes",
    system="bikes",
    old_version="1",
    new_version="2",
    plugin="price-list",
    plugin_version="",
    driver="process",
    driver_reason="",
    browser="",
    verdict=Verdict.BROKEN_SHIMMED,
    folder="run",
    started="2026-01-01T00:00:00+00:00",
)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setenv("BACKFIT_CACHE", str(tmp_path / "cache"))
    shop = Shop(tmp_path, tmp_path / "cache")
    shop.write()
    return shop


@pytest.mark.parametrize(
    ("verdict", "code", "accepting"),
    [
        (Verdict.OK, 0, 0),
        (Verdict.FIXED, 0, 0),
        (Verdict.BROKEN_SHIMMED, 1, 0),
        (Verdict.BROKEN, 1, 1),
        (Verdict.BROKEN_ON_OLD, 3, 3),
        (Verdict.ENVIRONMENT_FAILED, 3, 3),
    ],
)
def test__exit_code__of_each_verdict__is_what_a_pipeline_reads(verdict: Verdict, code: int, accepting: int) -> None:
    summary = replace(SUMMARY, verdict=verdict)
    assert (exit_code(summary), exit_code(summary, accept_shim=True)) == (code, accepting)


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


@pytest.mark.parametrize(
    ("plugin", "folder"),
    [("price-list", "price-list"), ("@scope/plug in", "@scope-plug-in"), ("../../up", "up"), ("..", "unnamed")],
)
def test__save__a_plugin_of_any_name__goes_below_the_workspace(tmp_path: Path, plugin: str, folder: str) -> None:
    (tmp_path / "run").mkdir()
    for name in ("recording.har", "contract.openapi.json", "1..2.shim.yaml"):
        (tmp_path / "run" / name).write_text(name)
    shim = ShimSummary(str(tmp_path / "run/1..2.shim.yaml"), 1, 1, "")
    summary = replace(SUMMARY, plugin=plugin, folder=str(tmp_path / "run"), shim=shim)
    workspace = tmp_path / "work/space"
    kept = [f"contracts/{folder}/recording.har", f"contracts/{folder}/contract.openapi.json"]
    kept.append(f"shims/{folder}/1..2.shim.yaml")
    assert save(summary, workspace) == [workspace / name for name in kept]
    assert [(workspace / name).read_text() for name in kept] == [Path(name).name for name in kept]


@pytest.mark.parametrize("verdict", [Verdict.FIXED, Verdict.BROKEN_ON_OLD, Verdict.ENVIRONMENT_FAILED])
def test__save__of_a_plugin_that_fails_on_old__keeps_nothing(tmp_path: Path, verdict: Verdict) -> None:
    assert save(replace(SUMMARY, verdict=verdict, shim=ShimSummary("x", 1, 1, "")), tmp_path) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("places", "text"),
    [
        (["$.a"], "GET /a: $.a (1 place)"),
        (list("abcde"), "GET /a: a, b, c, d, e (5 places)"),
        (list("abcdef"), "GET /a: a, b, c, d, e, … (6 places)"),
    ],
)
def test__lost__of_an_operation__is_one_line(places: list[str], text: str) -> None:
    assert corridor._lost(Entry("GET", "/a", lost=tuple(Lost(path, "gone") for path in places))) == text


def test__run_folders__begun_in_one_second__differ(shop: Shop) -> None:
    now = datetime.now(UTC)
    folders = {corridor._run_folder(shop.folder, now, "bikes") for _ in range(3)}
    assert {folder.name[16:] for folder in folders} == {"bikes", "bikes-2", "bikes-3"}
