from __future__ import annotations

import json
import runpy
import shutil
from pathlib import Path
from typing import Any

import pytest

from harness.replay import host_scenario


class Page:
    """A page whose API is there, or not: what Playwright gives is told in test_host_calls, with a real one."""

    def __init__(self, answers: list[dict[str, Any]]) -> None:
        self.answers = answers
        self.visited: list[str] = []
        self.url = "http://a/desk"

    def goto(self, url: str) -> None:
        self.visited.append(url)

    def evaluate(self, script: str, _: Any) -> Any:
        return True if ".has(" in script else self.answers.pop(0)


class System:
    url = "http://a/"


def test__scenario__asks_load_by_load_and_keeps_each_answer_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy runs where it stands, with nothing but what lies beside it."""
    scenario = tmp_path / "host_scenario.py"
    shutil.copyfile(host_scenario.__file__, scenario)
    call = {"id": "a-1", "path": ["System", "a"]}
    job = {
        "loads": [
            {"page": "/desk?x=1", "calls": [call, {**call, "id": "a-2"}]},
            {"page": "/", "calls": [{**call, "id": "b-1"}]},
        ]
    }
    (tmp_path / "job.json").write_text(json.dumps(job))
    page = Page([{"value": "1"}, {"late": True}])
    monkeypatch.setenv("TMPDIR", str(tmp_path / "told"))
    (tmp_path / "told").mkdir()
    with pytest.raises(IndexError):  # the page dies at the third call
        runpy.run_path(str(scenario))["run"](page, System())
    assert page.visited == ["http://a/desk?x=1", "http://a/"]
    kept = [json.loads(line) for line in (tmp_path / "told/host-calls.ndjson").read_text().splitlines()]
    assert [(line["id"], line.get("value"), line.get("error")) for line in kept] == [
        ("a-1", "1", None),
        ("a-2", None, "no answer within 10 s"),
    ]
