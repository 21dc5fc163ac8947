"""A rental on Kinto and PostgreSQL whose upgrade happens in place: NEW has the bikes that were entered on OLD."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.stories.shop import Shop

ENVIRONMENT = Path(__file__).parents[2] / "environments/rental-fleet"


@pytest.mark.slow
@pytest.mark.docker
def test__check__the_rental_fleet__its_program_works_on_the_data_that_were_migrated(workspace: Shop) -> None:
    result = workspace.run("check", str(ENVIRONMENT), "--driver", "docker")
    assert (result.code, result.said) == (0, ""), result.err
    assert "migrating kinto from 13.6.6 to 26.5.0" in result.err
    assert "Migrate PostgreSQL storage schema from version 22 to 23" in result.err
    [run] = workspace.runs
    report = json.loads((run / "report.json").read_text())
    old, new = report["runs"]
    assert old["observations"]["free"] == ["brompton", "cargo"]
    assert old["observations"]["gears"] == {"Brompton": 6, "Cargo": 8, "Tandem": 27}
    assert new["observations"] == old["observations"], "nobody seeded NEW: these are OLD's"
    assert report["verdict"] == "ok"
    assert [change for change in report["changes"] if change["level"] == "break"] == []
