from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from harness.record import scenario_runner
from harness.record.scenario_runner import Journal


def told(tmp_path: Path, scenario: str) -> list[dict[str, Any]]:
    """The journal's lines after running `scenario` in a bare Python, as a plugin's own is."""
    (tmp_path / "beside.py").write_text("NAME = 'beside'")
    (tmp_path / "s.py").write_text(scenario)
    job = {"journal": str(tmp_path / "journal"), "scenario": str(tmp_path / "s.py"), "url": "http://h"}
    (tmp_path / "job").write_text(json.dumps(job))
    command = [sys.executable, "-S", "-B", scenario_runner.__file__, str(tmp_path / "job")]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    return [json.loads(line) for line in (tmp_path / "journal").read_text().splitlines()]


@pytest.mark.parametrize(
    ("body", "event"),
    [
        ("return {'a': [1, system.url]}", {"returned": {"a": [1, "http://h"]}}),
        ("pass", {"returned": {}}),
        ("raise KeyError('rows\\nand more')", {"raised": "KeyError: 'rows\\nand more'"}),
        ("raise ValueError('one\\ntwo')", {"raised": "ValueError: one"}),
        ("assert system is None", {"raised": "AssertionError"}),
        ("import sys; sys.exit(3)", {"raised": "SystemExit: 3"}),
        ("import beside; return {'a': beside.NAME}", {"returned": {"a": "beside"}}),
        ("import har", {"raised": "ModuleNotFoundError: No module named 'har'"}),
    ],
)
def test__run__a_scenario__tells_what_came_of_it(tmp_path: Path, body: str, event: dict[str, Any]) -> None:
    assert told(tmp_path, f"def run(system): {body}") == [event]


@pytest.mark.parametrize("value", ["3", "{'a': object()}", "{'a': float('nan')}", "['ab', 3]"])
def test__run__what_is_no_dict_of_json__is_told_as_the_scenarios_fault(tmp_path: Path, value: str) -> None:
    (event,) = told(tmp_path, f"def run(system): return {value}")
    assert event["bad_return"].startswith("run() must return a dict of JSON values")


def test__journal__of_a_plugin_that_never_stops__is_bounded(tmp_path: Path) -> None:
    journal = Journal(str(tmp_path / "j"))
    for number in range(1100):
        journal.tell("console_error", number)
    journal.tell("returned", {})
    assert len((tmp_path / "j").read_text().splitlines()) == 1001
