from __future__ import annotations

import pytest

from harness.intake.fact import Fact
from harness.intake.gathered import Gathered
from harness.intake.packages import packages_of

LISTED = [("aiofiles", "23"), ("Datasette", "0.64.8"), ("d-chartjs", "0.2"), ("pywin32", "306"), ("pip", "23.2")]
PIP = [Fact("pip", name, version, f"pip.txt:{at}") for at, (name, version) in enumerate(LISTED, 1)]
NPM = [
    Fact("npm", name, version, "npm.json") for name, version in [("json-server", "0.17.4"), ("@acme/provider", "5.1")]
]


@pytest.mark.parametrize(
    ("facts", "system", "plugin", "expected"),
    [
        (PIP, "datasette", "d_chartjs", ("pip", ("Datasette==0.64.8", "aiofiles==23"), "d-chartjs==0.2", "pip.txt:2")),
        (PIP, "datasette", "", ("pip", ("Datasette==0.64.8", "aiofiles==23", "d-chartjs==0.2"), "", "pip.txt:2")),
        (PIP, "", "d-chartjs", ("pip", (), "d-chartjs==0.2", "pip.txt:3")),
        (NPM, "json-server", "@acme/provider", ("npm", ("json-server@0.17.4",), "@acme/provider@5.1", "npm.json")),
        (PIP, "erp", "", ("pip", (), "", "")),
        (PIP, "", "", ("pip", (), "", "")),
    ],
)
def test__packages_of__a_list__are_requirements(
    facts: list[Fact], system: str, plugin: str, expected: tuple[object, ...]
) -> None:
    found = packages_of(Gathered.of(facts), system, plugin)
    assert (found.kind, found.system, found.plugin, found.source) == expected
