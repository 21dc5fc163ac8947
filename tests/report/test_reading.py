from __future__ import annotations

from pathlib import Path

import pytest

from harness.model.errors import BadFile
from harness.model.summary import CheckSummary
from harness.report.json_report import write_json
from harness.report.reading import read_summary


def test__read_summary__of_what_was_written__is_the_same(bike_shop: CheckSummary, tmp_path: Path) -> None:
    write_json(bike_shop, tmp_path / "report.json")
    found = read_summary(tmp_path / "report.json")
    assert (found.verdict, found.runs, found.shim) == (bike_shop.verdict, bike_shop.runs, bike_shop.shim)
    assert [(each.kind, each.level, each.places, each.support) for each in found.changes] == [
        (each.kind, each.level, each.places, each.support) for each in bike_shop.changes
    ]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "backfit/report/v1", "run_id": 7}'])
def test__read_summary__of_something_else__says_so(text: str, tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(text)
    with pytest.raises(BadFile, match="no report of a check"):
        read_summary(tmp_path / "report.json")


def test__read_summary__of_nothing__says_so(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="there is no report"):
        read_summary(tmp_path / "report.json")


def test__read_summary__of_a_faulty_network__is_the_same(faulty: CheckSummary, tmp_path: Path) -> None:
    write_json(faulty, tmp_path / "report.json")
    assert read_summary(tmp_path / "report.json").faulty == faulty.faulty
