"""`pytest environments/` as a user runs it: a real environment, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stories.shop import ENVIRONMENT, SCENARIO, Shop

CONTRACT = {
    "openapi": "3.1.0",
    "info": {"title": "price-list", "version": "1"},
    "paths": {"/bikes.json": {"get": {"operationId": "GET /bikes.json"}}, "/x": {"get": {"operationId": "GET /x"}}},
}


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = Shop(tmp_path, tmp_path / "cache")
    shop.write()
    return shop


def ran(shop: Shop, *arguments: str) -> str:
    """What pytest printed, with its exit code at the end."""
    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:cacheprovider",
            "--backfit-driver",
            "process",
            "-rA",
            *arguments,
            "bikes",
        ],
        cwd=shop.folder,
        env=shop.variables,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return f"{ended.stdout}{ended.stderr}\nexit code {ended.returncode}"


def contract(shop: Shop) -> None:
    folder = shop.folder / "contracts" / "price-list"
    folder.mkdir(parents=True)
    (folder / "contract.openapi.json").write_text(json.dumps(CONTRACT))


def test__pytest__a_plugin_that_breaks__fails_with_its_operation_and_reads_well(shop: Shop) -> None:
    contract(shop)
    said = ran(shop)
    assert "FAILED bikes/environment.yaml::plugin" in said
    assert "FAILED bikes/environment.yaml::GET /bikes.json" in said
    assert "PASSED bikes/environment.yaml::GET /x" in said
    assert "KeyError: 'columns'" in said
    assert "rows of lists became objects" in said
    assert "pytest_plugin.py" not in said, "a traceback of ours tells nobody anything"
    assert "exit code 1" in said
    assert len(shop.runs) == 1, "the environment is checked once"


def test__pytest__accepting_the_shim__passes(shop: Shop) -> None:
    contract(shop)
    said = ran(shop, "--backfit-accept-shim")
    assert "3 passed" in said
    assert "exit code 0" in said


def test__pytest__two_workers__share_one_check(shop: Shop) -> None:
    contract(shop)
    said = ran(shop, "-n", "2")
    assert "2 failed, 1 passed" in said
    assert len(shop.runs) == 1


def test__pytest__a_plugin_that_works__passes_whatever_changed(shop: Shop) -> None:
    contract(shop)
    shop.write(scenario="def run(system):\n    return {'headline': 'fine'}\n")
    assert "3 passed" in ran(shop)


def test__pytest__without_a_saved_contract__the_plugin_has_all_findings(shop: Shop) -> None:
    said = ran(shop)
    assert "1 failed" in said
    assert "rows of lists became objects" in said


def test__pytest__an_environment_that_fails__is_an_error_and_no_failure(shop: Shop) -> None:
    contract(shop)
    shop.write(environment=ENVIRONMENT.replace("start: python3", "start: no-such-program"))
    said = ran(shop)
    assert "3 errors" in said
    assert "failed" not in said.splitlines()[-2]
    assert "no-such-program" in said


def test__pytest__a_bad_environment_file__says_where(shop: Shop) -> None:
    shop.write(environment=ENVIRONMENT.replace("customer:", "custommer:"))
    said = ran(shop)
    assert "environment.yaml:2" in said
    assert "did you mean 'customer'" in said
    assert "Traceback" not in said


def test__pytest__another_yaml_of_that_name__is_nothing_to_it(shop: Shop) -> None:
    shop.write(environment="name: conda\n", scenario=SCENARIO)
    assert "exit code 5" in ran(shop)  # no tests were collected


def test__pytest__an_environment_under_another_name__is_one_too(shop: Shop) -> None:
    (shop.folder / "bikes/environment.yaml").rename(shop.folder / "bikes/second.yaml")
    assert "FAILED bikes/second.yaml::plugin" in ran(shop)


COMING_AND_GOING = """\
import pathlib
import urllib.request


def run(system):
    urllib.request.urlopen(system.url + "/bikes.json").close()
    runs = pathlib.Path(__file__).with_name("runs")
    runs.write_text(runs.read_text() + "." if runs.exists() else ".")
    if len(runs.read_text()) == 3:  # twice on OLD, then NEW for the first time
        raise ConnectionResetError("the network hiccups")
    return {"bikes": 2}
"""


def test__pytest__a_break_that_comes_and_goes__is_an_error_and_no_failure(shop: Shop) -> None:
    shop.write(scenario=COMING_AND_GOING)
    said = ran(shop)
    assert "ERROR bikes/environment.yaml::plugin" in said
    assert "FAILED" not in said
    assert "what the plugin does comes and goes" in said
