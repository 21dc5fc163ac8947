"""A release engineer asks whether an upgrade breaks a plugin, and commits what was found."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest

from tests.stories.shop import SCENARIO, SERVER, Shop

FILES = {
    "recording.har",
    "contract.openapi.json",
    "old-1.har",
    "old-2.har",
    "new-1.har",
    "new-2.har",
    "changes.json",
    "old..new.shim.yaml",
    "report.json",
    "report.html",
    "report.junit.xml",
    "probing.log",
}
SAME = SERVER.replace('OLD if SIDE == "old" else NEW', "OLD")
PARTLY = SERVER.replace("NEW = {", "NEW = {} and {")
FAILS = "def run(system):\n    raise ValueError(system.url and 'no bikes')\n"
FAILS_ON_OLD = SCENARIO.replace("prices = ", 'assert "columns" not in bikes, "too old"\n    return {}\n    prices = ')


def test__check__a_plugin_that_breaks__works_behind_the_shim(shop: Shop) -> None:
    result = shop.check()
    assert result.code == 1
    for side, word in (("old", "works"), ("new", "broken"), ("new + shim", "works")):
        assert f"plugin on {side:12} {word}" in result.out
    assert "KeyError: 'columns'" in result.out
    assert "broken-shimmed" in result.out
    [run] = shop.runs
    assert {file.name for file in run.iterdir()} == FILES
    assert f"{run.relative_to(shop.folder)}/report.html" in result.out
    assert all(line.startswith("… ") for line in result.err.splitlines())


def test__check__accepting_the_shim__exits_with_0(shop: Shop) -> None:
    assert shop.check("--accept-shim").code == 0


def test__check__without_save__writes_below_backfit_alone(shop: Shop) -> None:
    shop.check()
    assert {path.name for path in shop.folder.iterdir()} == {"bikes", "cache", ".backfit"}


def test__check__with_save__keeps_recording_contract_and_shim(shop: Shop) -> None:
    result = shop.check("--save")
    kept = [f"contracts/price-list/{name}" for name in ("recording.har", "contract.openapi.json")]
    kept.append("shims/price-list/old..new.shim.yaml")
    assert all(f"saved {name}\n" in result.out for name in kept)
    assert "/bikes.json" in json.loads((shop.folder / kept[1]).read_text())["paths"]
    new = shop.runs[0] / "new-1.har"
    verified = shop.run("shim", "verify", kept[2], str(shop.runs[0] / "old-1.har"), str(new))
    assert verified.code == 0


@pytest.mark.parametrize(
    ("server", "scenario", "verdict", "code"),
    [
        (SAME, SCENARIO, "ok", 0),
        (PARTLY, SCENARIO, "broken", 1),
        (SERVER, FAILS, "broken-on-old", 3),
        (SERVER, FAILS_ON_OLD, "fixed", 0),
    ],
    ids=["ok", "broken", "broken-on-old", "fixed"],
)
def test__check__every_verdict__has_its_exit_code_and_reports(
    shop: Shop, server: str, scenario: str, verdict: str, code: int
) -> None:
    shop.write(server=server, scenario=scenario)
    result = shop.check("--save")
    assert (result.code, result.said) == (code, "")
    assert f"verdict   {verdict}: " in result.out
    [run] = shop.runs
    assert json.loads((run / "report.json").read_text())["verdict"] == verdict
    assert ET.parse(run / "report.junit.xml").getroot().tag == "testsuites"
    assert (shop.folder / "contracts").exists() is (verdict in ("ok", "broken"))
    assert ("nothing saved" in result.out) is (verdict in ("fixed", "broken-on-old"))


def test__check__a_plugin_without_calls__says_that_nothing_can_be_seen(shop: Shop) -> None:
    shop.write(scenario="def run(system):\n    return {'n': 1}\n")
    result = shop.check()
    assert result.code == 0
    assert "the plugin made no call that can be replayed" in result.flat


def test__check__a_scenario_that_is_a_command__is_run(shop: Shop) -> None:
    command = (
        'scenario: {run: "python3 -c \'import urllib.request as u; print(len(u.urlopen(\\"{url}/bikes\\").read()))\'"}'
    )
    environment = (shop.folder / "bikes/environment.yaml").read_text().replace("scenario: scenario.py", command)
    shop.write(environment=environment)
    assert shop.check().code == 1


@pytest.mark.parametrize(("name", "value", "coloured"), [("FORCE_COLOR", "1", True), ("NO_COLOR", "1", False)])
def test__check__colours__are_as_the_user_wants(shop: Shop, name: str, value: str, coloured: bool) -> None:
    shop.more = {"FORCE_COLOR": "1", "TERM": "xterm-256color", name: value}
    out = shop.check().out
    assert ("\x1b[3" in out or "\x1b[1;3" in out) is coloured
