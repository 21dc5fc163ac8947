from __future__ import annotations

from pathlib import Path

import pytest

from harness.intake.stub import scenario_stub
from harness.record.scenario_file import wants_page


@pytest.mark.parametrize("paged", [True, False])
def test__scenario_stub__of_either_sort__is_a_scenario(tmp_path: Path, paged: bool) -> None:
    file = tmp_path / "scenario.py"
    file.write_text(scenario_stub(paged=paged))
    assert wants_page(file) is paged
