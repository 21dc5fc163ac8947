from __future__ import annotations

import platform
import sys
from pathlib import Path

from harness.model.outcome import Result, Side
from harness.parity.probes import program
from harness.record.recorder import recorder
from harness.record.scenario import run_scenario
from harness.record.setting import Setting
from tests.parity.probes.test_page import url

__all__ = ["url"]


def test__run__on_a_machine__says_what_is_there_and_calls_once(tmp_path: Path, url: str) -> None:
    with recorder(url) as recording:
        setting = Setting(locale="C.UTF-8", timezone="Asia/Tokyo", python=Path(sys.executable))
        run = run_scenario(Path(program.__file__), recording.reached, Side.NEW, tmp_path, setting)
        exchanges = recording.recording().exchanges
    assert run.result is Result.WORKS, run.headline
    answers = run.observations["answers"]
    assert isinstance(answers, dict)
    assert (answers["locale"], answers["zone"]) == ("C.UTF-8", "Asia/Tokyo")
    assert answers["python"] == platform.python_version()
    assert "pytest" in answers["pip"]
    assert [each.request.path for each in exchanges] == ["/"]
